/* Integers in base 62 and base 36, for short text in links: Django's forms, so that what one wrote the other reads. */
#include <errno.h>
#include <fleche/codec.h>

enum { LONGEST_BASE36 = 13 };

static void add_digits(bool negative, unsigned long long value, unsigned base, fl_buf *out)
{
    char text[16], *at = text + sizeof text;         /* 2^64 has 13 digits in base 36 */

    do {
        unsigned digit = (unsigned)(value % base);
        *--at = (char)(digit < 10 ? '0' + digit : digit < 36 ? (base == 36 ? 'a' : 'A') + (digit - 10) : 'a' + (digit - 36));
        value /= base;
    } while (value > 0);
    if (negative)
        *--at = '-';
    fl_buf_add_n(out, at, (size_t)(text + sizeof text - at));
}

/* Base 36 has one alphabet for both cases. */
static unsigned digit_value(char c, unsigned base)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'A' && c <= 'Z')
        return (unsigned)(c - 'A') + 10;
    if (c >= 'a' && c <= 'z')
        return (unsigned)(c - 'a') + (base == 36 ? 10 : 36);
    return base;
}

static int read_digits(fl_str text, unsigned base, unsigned long long *ret)
{
    unsigned long long value = 0;

    if (text.size == 0)
        return -EINVAL;
    for (size_t i = 0; i < text.size; i++) {
        unsigned digit = digit_value(text.data[i], base);
        if (digit >= base || __builtin_mul_overflow(value, base, &value) || __builtin_add_overflow(value, digit, &value))
            return -EINVAL;
    }
    *ret = value;
    return 0;
}

void fl_base62_encode(long long value, fl_buf *out)
{
    add_digits(value < 0, value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value, 62, out);
}

int fl_base62_decode(fl_str text, long long *ret)
{
    bool negative = text.size > 0 && text.data[0] == '-';
    unsigned long long size;
    int error = read_digits(fl_str_slice(text, negative, SIZE_MAX), 62, &size);

    if (error != 0 || size > (unsigned long long)INT64_MAX + negative)
        return -EINVAL;
    *ret = negative ? (long long)(0 - size) : (long long)size;
    return 0;
}

void fl_base36_encode(unsigned long long value, fl_buf *out) { add_digits(false, value, 36, out); }

int fl_base36_decode(fl_str text, unsigned long long *ret)
{
    return text.size > LONGEST_BASE36 ? -EINVAL : read_digits(text, 36, ret);
}
