/* Strings and numbers. A string's characters move towards its start as escapes shrink, and its NUL takes the closing quote's
 * place or an earlier one: nothing is copied but what stands behind an escape. The zero byte behind the text ends every loop. */
#include <errno.h>
#include <string.h>
#include "base/number.h"
#include "json/read.h"
#include "json/scan.h"

static inline char *skip_plain(char *at)
{
    uint64_t marks;

    while ((marks = fl_json_marks(fl_json_word(at), false)) == 0)
        at += sizeof marks;
    return at + fl_json_first_mark(marks);
}

static bool read_hex(const char *at, uint32_t *ret)
{
    uint32_t value = 0;

    for (int i = 0; i < 4; i++) {
        char c = at[i], letter = (char)(c | 0x20);
        if (c >= '0' && c <= '9')
            value = value << 4 | (uint32_t)(c - '0');
        else if (letter >= 'a' && letter <= 'f')
            value = value << 4 | (uint32_t)(letter - 'a' + 10);
        else
            return false;
    }
    *ret = value;
    return true;
}

static char *put_utf8(char *to, uint32_t point)
{
    if (point < 0x80) {
        *to++ = (char)point;
        return to;
    }
    if (point < 0x800) {
        *to++ = (char)(0xc0 | point >> 6);
    } else {
        if (point < 0x10000) {
            *to++ = (char)(0xe0 | point >> 12);
        } else {
            *to++ = (char)(0xf0 | point >> 18);
            *to++ = (char)(0x80 | (point >> 12 & 0x3f));
        }
        *to++ = (char)(0x80 | (point >> 6 & 0x3f));
    }
    *to++ = (char)(0x80 | (point & 0x3f));
    return to;
}

/* \uXXXX at *at, two of them for what lies beyond the first 65,536 characters; at most as long as the escape. */
static int unescape_unicode(fl_json_reader *r, char **at, char **to)
{
    uint32_t point, low = 0;

    if (!read_hex(*at + 2, &point))
        return fl_json_fail(r, -EINVAL, *at, "expected four hexadecimal digits behind \\u");
    if (point >= 0xd800 && point < 0xe000) {
        bool pair = point < 0xdc00 && (*at)[6] == '\\' && (*at)[7] == 'u' && read_hex(*at + 8, &low);
        if (!pair || low < 0xdc00 || low >= 0xe000)
            return fl_json_fail(r, -EINVAL, *at, "\\u%.4s is half of a pair of surrogates, the other half is not there", *at + 2);
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        *at += 6;
    }
    *at += 6;
    *to = put_utf8(*to, point);
    return 0;
}

static int unescape(fl_json_reader *r, char **at, char **to)
{
    static const char meanings[256] = {
        ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t',
    };
    char meaning = meanings[(unsigned char)(*at)[1]];

    if ((*at)[1] == 'u')
        return unescape_unicode(r, at, to);
    if (meaning == 0) {
        r->at = *at + 1;
        return r->at == r->end ? 0 : fl_json_expected(r, "one of \"\\/bfnrtu behind a backslash");
    }
    *(*to)++ = meaning;
    *at += 2;
    return 0;
}

/* From the first character at `at` that is not plain. */
static int read_special(fl_json_reader *r, char *start, char *at, fl_str *ret)
{
    const char *quote = r->at;
    char *to = at;
    uint32_t point;

    while (*at != '"') {
        unsigned char byte = (unsigned char)*at;
        int code = 0;
        if (byte == '\\') {
            code = unescape(r, &at, &to);
        } else if (byte >= 0x80) {
            unsigned size = fl_json_utf8(at, r->end, &point);
            code = size == 0 ? fl_json_fail(r, -EINVAL, at, "the byte 0x%02X is not valid UTF-8 here", byte) : 0;
            memmove(to, at, size);
            at += size;
            to += size;
        } else if (at < r->end) {
            code = fl_json_fail(r, -EINVAL, at, "the control character 0x%02X in a string must be escaped", byte);
        }
        if (code != 0)
            return code;
        if (at >= r->end || r->at == r->end)
            return fl_json_fail(r, -EINVAL, quote, "the string that begins here does not end");
        char *plain = at;
        at = skip_plain(at);
        memmove(to, plain, (size_t)(at - plain));
        to += at - plain;
    }
    *to = '\0';
    r->at = at + 1;
    *ret = (fl_str){ start, (size_t)(to - start) };
    return 0;
}

int fl_json_read_string(fl_json_reader *r, fl_str *ret)
{
    char *start = r->at + 1, *at = skip_plain(start);

    if (FL_UNLIKELY(*at != '"'))
        return read_special(r, start, at, ret);
    *at = '\0';
    r->at = at + 1;
    *ret = (fl_str){ start, (size_t)(at - start) };
    return 0;
}

/* -- numbers ---------------------------------------------------------------------------------------------------------------- */

static bool is_digit(char c) { return (unsigned char)(c - '0') <= 9; }

static void read_integer(fl_json_reader *r, const fl_digits *d, fl_value *ret)
{
    size_t size = (size_t)(d->last - d->first);
    unsigned long long value;
    bool fits = fl_str_uint((fl_str){ d->first, size }, &value);

    if (fits && value <= (uint64_t)INT64_MAX + d->negative) {
        *ret = (fl_value){ .kind = FL_V_INT, .i = (fl_int)(d->negative ? 0 - value : value) };
    } else if (fits && !d->negative) {
        *ret = (fl_value){ .kind = FL_V_UINT, .u = value };
    } else {
        size += d->negative;                                      /* copied: in the text there is no place for its NUL */
        *ret = (fl_value){ .kind = FL_V_BIG, .text = { fl_arena_copy_text(r->arena, r->at, size), size } };
    }
}

/* Anything but a short integer. */
static FL_NOINLINE int read_long_number(fl_json_reader *r, fl_value *ret)
{
    fl_digits digits;
    fl_decimal decimal;
    char *first = r->at + (*r->at == '-');

    if (!is_digit(*first)) {
        r->at = first;
        return fl_json_expected(r, "a digit behind '-'");
    }
    if (*first == '0' && is_digit(first[1]))
        return fl_json_fail(r, -EINVAL, first, "a number does not begin with 0 and another digit");
    const char *behind = fl_digits_read(r->at, r->end, &digits);
    if (behind != NULL && digits.point != NULL && !is_digit(digits.point[1]))
        behind = NULL;
    if (behind == NULL) {
        while (is_digit(*r->at) || (*r->at != '\0' && strchr("+-.eE", *r->at) != NULL))
            r->at++;
        return fl_json_expected(r, "a digit in a number");
    }
    if (digits.plain) {
        read_integer(r, &digits, ret);
    } else if (r->limits.decimals && fl_decimal_try_parse((fl_str){ r->at, (size_t)(behind - r->at) }, &decimal) == 0) {
        *ret = (fl_value){ .kind = FL_V_DECIMAL, .decimal = fl_arena_copy(r->arena, &decimal, sizeof decimal) };
    } else {
        double value;
        if (!fl_digits_double(&digits, &value))
            return fl_json_fail(r, -EINVAL, r->at, "the number is out of the range of doubles");
        *ret = (fl_value){ .kind = FL_V_FLOAT, .f = value };
    }
    r->at += behind - r->at;
    return 0;
}

int fl_json_read_number(fl_json_reader *r, fl_value *ret)
{
    enum { SHORT = 18 };                                          /* digits that always fit */
    bool negative = *r->at == '-';
    char *first = r->at + negative, *at = first;
    fl_int value = 0;

    while (is_digit(*at) && at - first < SHORT)
        value = value * 10 + (*at++ - '0');
    bool begins = at > first && (*first != '0' || at - first == 1), ends = !is_digit(*at) && *at != '.' && (*at | 0x20) != 'e';
    if (!begins || !ends)
        return read_long_number(r, ret);
    *ret = (fl_value){ .kind = FL_V_INT, .i = negative ? -value : value };
    r->at = at;
    return 0;
}
