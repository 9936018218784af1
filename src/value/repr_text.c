/* Text and bytes as Python's repr() quotes them: in single quotes, in double ones where only single ones occur inside; what is not
 * printable escaped. */
#include <fleche/unicode.h>
#include "value/inside.h"

static const char hex[] = "0123456789abcdef";

static char quote_for(fl_str text)
{
    return fl_str_find_char(text, '\'', NULL) && !fl_str_find_char(text, '"', NULL) ? '"' : '\'';
}

static void add_hex(fl_buf *out, char letter, uint32_t value, int digits)
{
    fl_buf_add_char(out, '\\');
    fl_buf_add_char(out, letter);
    while (digits-- > 0)
        fl_buf_add_char(out, hex[value >> (4 * digits) & 15]);
}

/* Below 128; false for what stands for itself. */
static bool add_escaped(fl_buf *out, uint32_t c, char quote)
{
    if (c == '\\' || c == (unsigned char)quote) {
        fl_buf_add_char(out, '\\');
        fl_buf_add_char(out, (char)c);
    } else if (c == '\n' || c == '\r' || c == '\t') {
        fl_buf_add_char(out, '\\');
        fl_buf_add_char(out, c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
    } else if (c < ' ' || c == 0x7f) {
        add_hex(out, 'x', c, 2);
    } else {
        return false;
    }
    return true;
}

static void add_code_point(fl_buf *out, uint32_t c)
{
    char bytes[4];

    if (fl_is_printable(c))
        fl_buf_add_n(out, bytes, fl_utf8_put(c, bytes));
    else if (c <= 0xff)
        add_hex(out, 'x', c, 2);
    else if (c <= 0xffff)
        add_hex(out, 'u', c, 4);
    else
        add_hex(out, 'U', c, 8);
}

/* The bytes in front that need no thought: they are added as one piece. */
static size_t plain_prefix(fl_str text, char quote)
{
    size_t size = 0;

    while (size < text.size && text.data[size] >= ' ' && text.data[size] < 0x7f && text.data[size] != '\\' &&
           text.data[size] != quote)
        size++;
    return size;
}

void fl_repr_text(fl_str text, fl_buf *out)
{
    char quote = quote_for(text);
    uint32_t c;

    fl_buf_add_char(out, quote);
    for (;;) {
        size_t plain = plain_prefix(text, quote);
        fl_buf_add_n(out, text.data, plain);
        text = fl_str_slice(text, plain, SIZE_MAX);
        if (!fl_utf8_next(&text, &c))
            break;
        if (c >= 0x80)
            add_code_point(out, c);
        else
            (void)add_escaped(out, c, quote);
    }
    fl_buf_add_char(out, quote);
}

void fl_repr_bytes(fl_bytes bytes, fl_buf *out)
{
    char quote = quote_for(fl_bytes_str(bytes));

    fl_buf_add_char(out, 'b');
    fl_buf_add_char(out, quote);
    for (size_t i = 0; i < bytes.size; i++) {
        if (bytes.data[i] >= 0x80)
            add_hex(out, 'x', bytes.data[i], 2);
        else if (!add_escaped(out, bytes.data[i], quote))
            fl_buf_add_char(out, (char)bytes.data[i]);
    }
    fl_buf_add_char(out, quote);
}
