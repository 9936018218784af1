/* Strings, numbers and what has no JSON type of its own. Runs of plain characters are found a word at a time and copied at
 * once. */
#include <errno.h>
#include <math.h>
#include "json/scan.h"
#include "json/write.h"

/* How many bytes stand as they are, in every style but html_safe. */
static inline size_t count_plain(const char *at, size_t size)
{
    size_t done = 0;
    uint64_t marks;

    for (; size - done >= sizeof marks; done += sizeof marks)
        if ((marks = fl_json_marks(fl_json_word(at + done), true)) != 0)
            return done + fl_json_first_mark(marks);
    for (; done < size; done++) {
        unsigned char c = (unsigned char)at[done];
        if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\')
            break;
    }
    return done;
}

static size_t count_plain_html(const char *at, size_t size)
{
    size_t plain = count_plain(at, size);

    for (size_t i = 0; i < plain; i++)
        if (at[i] == '<' || at[i] == '>' || at[i] == '&')
            return i;
    return plain;
}

static void add_unicode(uint32_t unit, const char *digits, fl_buf *out)
{
    const char text[6] = { '\\', 'u', digits[unit >> 12], digits[unit >> 8 & 15], digits[unit >> 4 & 15], digits[unit & 15] };

    fl_buf_add_n(out, text, sizeof text);
}

static void add_ascii(unsigned char c, const fl_json_style *style, fl_buf *out)
{
    static const char letters[128] = {
        ['"'] = '"', ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't',
    };

    if (letters[c] != 0)
        fl_buf_add_n(out, (const char[]){ '\\', letters[c] }, 2);
    else if (c == 0x7f && style->utf8)
        fl_buf_add_char(out, 0x7f);
    else                                             /* Django's escapes for HTML are in upper case, Python's in lower case */
        add_unicode(c, c < 0x20 || c == 0x7f ? "0123456789abcdef" : "0123456789ABCDEF", out);
}

/* The character at `at`, which is not plain; its size, or 0 if it is no UTF-8. */
static unsigned add_special(const char *at, const char *end, const fl_json_style *style, fl_buf *out)
{
    static const char digits[] = "0123456789abcdef";
    uint32_t point;

    if ((unsigned char)*at < 0x80) {
        add_ascii((unsigned char)*at, style, out);
        return 1;
    }
    unsigned size = fl_json_utf8(at, end, &point);
    if (size == 0)
        return 0;
    if (style->utf8) {
        fl_buf_add_n(out, at, size);
    } else if (point < 0x10000) {
        add_unicode(point, digits, out);
    } else {
        add_unicode(0xd800 + ((point - 0x10000) >> 10), digits, out);
        add_unicode(0xdc00 + ((point - 0x10000) & 0x3ff), digits, out);
    }
    return size;
}

int fl_json_write_string(fl_str text, const fl_json_style *style, fl_buf *out)
{
    const char *at = text.data, *end = at + text.size;

    if (!fl_buf_room(out, text.size + 2))
        return 0;
    fl_buf_add_char(out, '"');
    for (;;) {
        size_t left = (size_t)(end - at), plain = style->html_safe ? count_plain_html(at, left) : count_plain(at, left);
        fl_buf_add_n(out, at, plain);
        at += plain;
        if (at == end)
            break;
        unsigned size = add_special(at, end, style, out);
        if (size == 0)
            return -EILSEQ;
        at += size;
    }
    fl_buf_add_char(out, '"');
    return 0;
}

static void add_uuid(fl_uuid id, fl_buf *out)
{
    static const char digits[] = "0123456789abcdef";
    char text[38], *at = text;

    *at++ = '"';
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        *at++ = digits[id.bytes[i] >> 4];
        *at++ = digits[id.bytes[i] & 15];
    }
    *at = '"';
    fl_buf_add_n(out, text, sizeof text);
}

static void add_quoted(fl_str text, fl_buf *out)
{
    fl_buf_add_char(out, '"');
    fl_buf_add(out, text);
    fl_buf_add_char(out, '"');
}

/* As Django: milliseconds, and no fraction at all where there are no microseconds. */
static void add_datetime(fl_datetime t, fl_buf *out)
{
    bool whole = (t.us - 1) % 1000000 == 0;

    fl_buf_add_char(out, '"');
    fl_datetime_print(t, whole ? FL_ISO_8601 : FL_ISO_8601_MS, FL_UTC, out);
    fl_buf_add_char(out, '"');
}

int fl_json_write_scalar(fl_value v, const fl_json_style *style, fl_buf *out)
{
    switch (v.kind) {
    case FL_NONE: fl_buf_add_n(out, "null", 4); return 0;
    case FL_V_BOOL: fl_buf_add(out, v.b ? fl_lit("true") : fl_lit("false")); return 0;
    case FL_V_INT: fl_buf_add_int(out, v.i); return 0;
    case FL_V_UINT: fl_buf_add_uint(out, v.u); return 0;
    case FL_V_BIG: fl_buf_add(out, v.text); return 0;
    case FL_V_FLOAT:
        if (!isfinite(v.f))
            return -EDOM;
        fl_buf_add_double(out, v.f);
        return 0;
    case FL_V_TEXT: return fl_json_write_string(v.text, style, out);
    case FL_V_DECIMAL:
        fl_buf_add_char(out, '"');
        fl_decimal_print(*v.decimal, out);
        fl_buf_add_char(out, '"');
        return 0;
    case FL_V_DATETIME: add_datetime(v.datetime, out); return 0;
    case FL_V_DATE: add_quoted(fl_str_of(fl_date_text(v.date)), out); return 0;
    case FL_V_TIME: add_quoted(fl_str_slice(fl_str_of(fl_time_text(v.time)), 0, sizeof "09:30:00.123" - 1), out); return 0;
    case FL_V_DURATION: add_quoted(fl_str_of(fl_duration_iso(v.duration)), out); return 0;
    case FL_V_UUID: add_uuid(v.uuid, out); return 0;
    case FL_V_LIST:
    case FL_V_DICT:
    case FL_V_BYTES:
    case FL_V_OBJECT: break;
    }
    return -EINVAL;
}
