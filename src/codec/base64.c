/* Base64: six bytes become eight characters at a time, two by each look-up, and back, one by each.
 *
 * The decoder takes what the encoder writes and nothing else: the padding its form wants, no bits beyond the last byte. Two texts
 * for one signature would be two keys for one session. */
#include <endian.h>
#include <errno.h>
#include <fleche/codec.h>

/* clang-format off */
/* All pairs of digits, in order: a row is one digit before each of the 64, of which the last two are y and z. */
#define ROW(a, y, z) \
    a "A" a "B" a "C" a "D" a "E" a "F" a "G" a "H" a "I" a "J" a "K" a "L" a "M" \
    a "N" a "O" a "P" a "Q" a "R" a "S" a "T" a "U" a "V" a "W" a "X" a "Y" a "Z" \
    a "a" a "b" a "c" a "d" a "e" a "f" a "g" a "h" a "i" a "j" a "k" a "l" a "m" \
    a "n" a "o" a "p" a "q" a "r" a "s" a "t" a "u" a "v" a "w" a "x" a "y" a "z" \
    a "0" a "1" a "2" a "3" a "4" a "5" a "6" a "7" a "8" a "9" a y a z
#define PAIRS(y, z) \
    ROW("A", y, z) ROW("B", y, z) ROW("C", y, z) ROW("D", y, z) ROW("E", y, z) ROW("F", y, z) ROW("G", y, z) \
    ROW("H", y, z) ROW("I", y, z) ROW("J", y, z) ROW("K", y, z) ROW("L", y, z) ROW("M", y, z) ROW("N", y, z) \
    ROW("O", y, z) ROW("P", y, z) ROW("Q", y, z) ROW("R", y, z) ROW("S", y, z) ROW("T", y, z) ROW("U", y, z) \
    ROW("V", y, z) ROW("W", y, z) ROW("X", y, z) ROW("Y", y, z) ROW("Z", y, z) ROW("a", y, z) ROW("b", y, z) \
    ROW("c", y, z) ROW("d", y, z) ROW("e", y, z) ROW("f", y, z) ROW("g", y, z) ROW("h", y, z) ROW("i", y, z) \
    ROW("j", y, z) ROW("k", y, z) ROW("l", y, z) ROW("m", y, z) ROW("n", y, z) ROW("o", y, z) ROW("p", y, z) \
    ROW("q", y, z) ROW("r", y, z) ROW("s", y, z) ROW("t", y, z) ROW("u", y, z) ROW("v", y, z) ROW("w", y, z) \
    ROW("x", y, z) ROW("y", y, z) ROW("z", y, z) ROW("0", y, z) ROW("1", y, z) ROW("2", y, z) ROW("3", y, z) \
    ROW("4", y, z) ROW("5", y, z) ROW("6", y, z) ROW("7", y, z) ROW("8", y, z) ROW("9", y, z) ROW(y, y, z) \
    ROW(z, y, z)
#define LETTER_VALUES \
    [0 ... 255] = BAD, \
    ['A'] = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, \
    ['a'] = 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, \
    ['0'] = 52, 53, 54, 55, 56, 57, 58, 59, 60, 61
/* clang-format on */

enum { BAD = 0xFF };

typedef struct alphabet { const char *pairs; bool padded; uint8_t values[256]; } alphabet;

static const char url_pairs[] = PAIRS("-", "_");
static const alphabet alphabets[] = {
    [FL_BASE64] = { PAIRS("+", "/"), true, { LETTER_VALUES, ['+'] = 62, ['/'] = 63 } },
    [FL_BASE64URL] = { url_pairs, false, { LETTER_VALUES, ['-'] = 62, ['_'] = 63 } },
    [FL_BASE64URL_PADDED] = { url_pairs, true, { LETTER_VALUES, ['-'] = 62, ['_'] = 63 } },
};

static uint64_t load_big(const uint8_t *from)
{
    uint64_t word;

    memcpy(&word, from, 8);
    return be64toh(word);
}

/* One to three bytes into as many characters as they need. */
static void encode_group(const alphabet *letters, const uint8_t *bytes, size_t count, char *to)
{
    uint32_t word = 0;

    for (size_t i = 0; i < 3; i++)
        word = word << 8 | (i < count ? bytes[i] : 0);
    for (size_t i = 0; i <= count; i++)
        to[i] = letters->pairs[2 * (word >> (18 - 6 * i) & 63) + 1];
    if (letters->padded)
        memset(to + count + 1, '=', 3 - count);
}

void fl_base64_encode(fl_str bytes, fl_base64_form form, fl_buf *out)
{
    const alphabet *letters = &alphabets[form];
    const uint8_t *at = (const uint8_t *)bytes.data;
    size_t left = bytes.size, tail = left % 3;
    size_t size = left / 3 * 4 + (tail == 0 ? 0 : letters->padded ? 4 : tail + 1);

    if (size == 0 || !fl_buf_room(out, size))
        return;
    char *to = out->data + out->size;
    for (; left >= 8; left -= 6, at += 6, to += 8) {                 /* 8: a whole word is read */
        uint64_t word = load_big(at);
        memcpy(to, letters->pairs + 2 * (word >> 52), 2);
        memcpy(to + 2, letters->pairs + 2 * (word >> 40 & 0xFFF), 2);
        memcpy(to + 4, letters->pairs + 2 * (word >> 28 & 0xFFF), 2);
        memcpy(to + 6, letters->pairs + 2 * (word >> 16 & 0xFFF), 2);
    }
    for (; left >= 3; left -= 3, at += 3, to += 4)
        encode_group(letters, at, 3, to);
    if (left > 0)
        encode_group(letters, at, left, to);
    out->size += size;
}

/* Two to four characters into a byte less. Gives more than 63 if one of them is no digit or has bits of no byte. */
static uint8_t decode_group(const alphabet *letters, const uint8_t *digits, size_t count, uint8_t *to)
{
    uint32_t word = 0;
    uint8_t any = 0;

    for (size_t i = 0; i < 4; i++) {
        uint8_t value = i < count ? letters->values[digits[i]] : 0;
        any |= value;
        word = word << 6 | value;
    }
    for (size_t i = 0; i + 1 < count; i++)
        to[i] = (uint8_t)(word >> (16 - 8 * i));
    return (word << 8 * (count - 1) & 0xFFFFFF) == 0 ? any : BAD;
}

/* The characters without their padding, or false for a wrong number of either. */
static bool unpadded(fl_str text, bool padded, fl_str *ret)
{
    size_t size = text.size;

    if (padded) {
        if (size % 4 != 0)
            return false;
        for (int i = 0; i < 2 && size > 0 && text.data[size - 1] == '='; i++)
            size--;
    }
    *ret = fl_str_n(text.data, size);
    return size % 4 != 1;
}

int fl_base64_decode(fl_str text, fl_base64_form form, fl_buf *out)
{
    const alphabet *letters = &alphabets[form];
    fl_str digits;

    if (!unpadded(text, letters->padded, &digits))
        return -EINVAL;
    size_t left = digits.size, size = left / 4 * 3 + left % 4 * 3 / 4;
    if (size == 0 || !fl_buf_room(out, size))
        return out->error;
    const uint8_t *at = (const uint8_t *)digits.data;
    uint8_t *to = (uint8_t *)out->data + out->size, any = 0;

    for (; left >= 12; left -= 8, at += 8, to += 6) {                /* 12: a whole word is written */
        uint64_t word = 0;
#pragma GCC unroll 8
        for (int i = 0; i < 8; i++) {
            uint8_t value = letters->values[at[i]];
            any |= value;
            word = word << 6 | value;
        }
        word = htobe64(word << 16);
        memcpy(to, &word, 8);
    }
    for (; left >= 4; left -= 4, at += 4, to += 3)
        any |= decode_group(letters, at, 4, to);
    if (left > 0)
        any |= decode_group(letters, at, left, to);
    if (any > 63)
        return -EINVAL;
    out->size += size;
    return 0;
}
