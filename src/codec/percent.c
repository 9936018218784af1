/* Percent encoding, and the forms of the web on top of it. What stays as it is is a table by
 * bytes; the room is counted first, so that a text which fits its ceiling exactly fits. */
#include <fleche/codec.h>
#include "codec/hex.h"

typedef struct byte_set { bool has[256]; } byte_set;

static const byte_set unreserved = { {
    ['A' ... 'Z'] = true,
    ['a' ... 'z'] = true,
    ['0' ... '9'] = true,
    ['_'] = true,
    ['.'] = true,
    ['-'] = true,
    ['~'] = true,
} };

static void escape(fl_str bytes, const byte_set *keep, bool plus, fl_buf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t size = bytes.size;

    for (size_t i = 0; i < bytes.size; i++)
        size += keep->has[(uint8_t)bytes.data[i]] || (plus && bytes.data[i] == ' ') ? 0 : 2;
    if (size == 0 || !fl_buf_room(out, size))
        return;
    char *to = out->data + out->size;
    for (size_t i = 0; i < bytes.size; i++) {
        uint8_t byte = (uint8_t)bytes.data[i];
        if (FL_LIKELY(keep->has[byte])) {
            *to++ = (char)byte;
        } else if (plus && byte == ' ') {
            *to++ = '+';
        } else {
            *to++ = '%';
            *to++ = digits[byte >> 4];
            *to++ = digits[byte & 15];
        }
    }
    out->size += size;
}

void fl_percent_encode(fl_str bytes, const char *safe, fl_buf *out)
{
    byte_set keep = unreserved;

    for (; safe != NULL && *safe != '\0'; safe++)
        if ((uint8_t)*safe < 0x80)                   /* a part of a character is not safe */
            keep.has[(uint8_t)*safe] = true;
    escape(bytes, &keep, false, out);
}

/* Whether the % at the front stands for a byte, and which. */
static bool escaped(fl_str text, char *ret)
{
    if (text.size < 3)
        return false;
    uint8_t high = fl_hex_value(text.data[1]), low = fl_hex_value(text.data[2]);
    if ((high | low) == FL_NOT_HEX)
        return false;
    *ret = (char)(high << 4 | low);
    return true;
}

void fl_percent_decode(fl_str text, fl_buf *out)
{
    size_t at;

    while (fl_str_find_char(text, '%', &at)) {
        char byte = '%';
        size_t step = escaped(fl_str_slice(text, at, SIZE_MAX), &byte) ? 3 : 1;
        fl_buf_add_n(out, text.data, at);
        fl_buf_add_char(out, byte);
        text = fl_str_slice(text, at + step, SIZE_MAX);
    }
    fl_buf_add(out, text);
}

void fl_form_encode(fl_str name, fl_str value, fl_buf *out)
{
    if (out->size > 0)
        fl_buf_add_char(out, '&');
    escape(name, &unreserved, true, out);
    fl_buf_add_char(out, '=');
    escape(value, &unreserved, true, out);
}

static fl_str form_text(fl_str part)
{
    char *copy = fl_arena_alloc_text(fl_arena_here(), part.size + 1);
    size_t size = 0;

    for (size_t i = 0; i < part.size; size++) {
        bool is_escape = part.data[i] == '%' && escaped(fl_str_slice(part, i, SIZE_MAX), &copy[size]);
        if (!is_escape)
            copy[size] = part.data[i] == '+' ? ' ' : part.data[i];
        i += is_escape ? 3 : 1;
    }
    copy[size] = '\0';
    return fl_str_n(copy, size);
}

bool fl_form_next(fl_str *rest, fl_str *ret_name, fl_str *ret_value)
{
    fl_str part;

    do {
        if (!fl_str_cut(rest, '&', &part))
            return false;
    } while (part.size == 0);

    fl_str name = part;
    (void)fl_str_cut(&part, '=', &name);
    *ret_name = form_text(name);
    *ret_value = form_text(part);
    return true;
}
