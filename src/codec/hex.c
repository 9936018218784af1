/* Hexadecimal, two characters a byte. */
#include <errno.h>
#include <fleche/codec.h>
#include "codec/hex.h"

#define LETTER_DIGITS(first) [first] = 10, 11, 12, 13, 14, 15

const uint8_t fl_hex_values[256] = {
    [0 ... 255] = FL_NOT_HEX, ['0'] = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, LETTER_DIGITS('a'), LETTER_DIGITS('A'),
};

void fl_hex_encode(fl_str bytes, fl_buf *out)
{
    static const char digits[] = "0123456789abcdef";

    if (bytes.size == 0 || !fl_buf_room(out, bytes.size * 2))
        return;
    char *to = out->data + out->size;
    for (size_t i = 0; i < bytes.size; i++) {
        uint8_t byte = (uint8_t)bytes.data[i];
        to[2 * i] = digits[byte >> 4];
        to[2 * i + 1] = digits[byte & 15];
    }
    out->size += bytes.size * 2;
}

int fl_hex_decode(fl_str text, fl_buf *out)
{
    uint8_t any = 0;

    if (text.size % 2 != 0)
        return -EINVAL;
    if (text.size == 0 || !fl_buf_room(out, text.size / 2))
        return out->error;
    char *to = out->data + out->size;
    for (size_t i = 0; i < text.size; i += 2) {
        uint8_t high = fl_hex_value(text.data[i]), low = fl_hex_value(text.data[i + 1]);
        any |= high | low;
        to[i / 2] = (char)(high << 4 | low);
    }
    if (any > 15)
        return -EINVAL;
    out->size += text.size / 2;
    return 0;
}
