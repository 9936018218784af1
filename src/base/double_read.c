/* Text as doubles, correctly rounded, in three steps of which nearly always the first or second is enough:
 *
 *   exact      both the digits and the power of ten are doubles without error, so one operation rounds once (Clinger);
 *   nearest    the digits times the first 128 bits of the power of ten, unless what was cut off could change the rounding or the
 *              result is subnormal (Eisel and Lemire);
 *   slow       strtod() on the digits, at most the 800 that can matter. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/number.h"

enum { WORD_DIGITS = 19, SLOW_DIGITS = 800 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* The first 19 significant digits where there are more. */
static FL_COLD void cut(fl_digits *d, int64_t exponent)
{
    unsigned taken = 0;
    bool behind = false;

    d->value = 0;
    for (const char *at = d->first; at < d->last; at++) {
        if (*at == '.') {
            behind = true;
        } else if (taken < WORD_DIGITS) {
            d->value = d->value * 10 + (uint64_t)(*at - '0');
            taken += d->value != 0;
            exponent -= behind;
        } else {
            d->cut |= *at != '0';
            exponent += !behind;
        }
    }
    d->exponent = exponent;
}

/* Takes the exponent behind the mantissa, if there is one; NULL for an "e" without digits. */
static const char *read_exponent(const char *at, const char *end, int64_t *ret)
{
    const int64_t beyond = (int64_t)1 << 56;
    int64_t value = 0;

    if (at == end || (*at | 0x20) != 'e')
        return at;
    at++;
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    if (at == end || !is_digit(*at))
        return NULL;
    for (; at < end && is_digit(*at); at++)
        if (value < beyond)
            value = value * 10 + (*at - '0');
    *ret = negative ? -value : value;
    return at;
}

const char *fl_digits_read(const char *at, const char *end, fl_digits *ret)
{
    uint64_t value = 0;
    int64_t exponent = 0;

    *ret = (fl_digits){ .negative = at < end && *at == '-' };
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    ret->first = at;
    for (; at < end && is_digit(*at); at++)
        value = value * 10 + (uint64_t)(*at - '0');
    if (at < end && *at == '.')
        for (ret->point = at++; at < end && is_digit(*at); at++)
            value = value * 10 + (uint64_t)(*at - '0');
    ret->last = at;
    size_t count = (size_t)(at - ret->first) - (ret->point != NULL);
    if (count == 0 || (at = read_exponent(at, end, &exponent)) == NULL)
        return NULL;
    ret->plain = ret->point == NULL && at == ret->last;
    ret->value = value;
    ret->exponent = exponent - (ret->point == NULL ? 0 : ret->last - ret->point - 1);
    if (count > WORD_DIGITS)
        cut(ret, exponent);
    return at;
}

static bool exact(uint64_t value, int64_t exponent, double *ret)
{
    static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                     1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

    if (value > 1ull << 53 || exponent < -22 || exponent > 22)
        return false;
    *ret = exponent < 0 ? (double)value / powers[-exponent] : (double)value * powers[exponent];
    return true;
}

static bool nearest(uint64_t value, int64_t exponent, double *ret)
{
    if (value == 0) {
        *ret = 0;
        return true;
    }
    if (exponent < FL_POWER_LEAST || exponent > 308)
        return false;
    fl_power power = fl_powers[exponent - FL_POWER_LEAST];
    int zeros = __builtin_clzll(value);
    value <<= zeros;
    unsigned __int128 product = (unsigned __int128)value * power.high;
    uint64_t high = (uint64_t)(product >> 64), low = (uint64_t)product;

    /* Below bit 9 is what rounding looks at. Where the missing part of the power could carry into it, take 64 bits more. */
    if ((high & 0x1ff) == 0x1ff && low + value < value) {
        unsigned __int128 more = (unsigned __int128)value * power.low;
        low += (uint64_t)(more >> 64);
        high += low < (uint64_t)(more >> 64);
        if ((high & 0x1ff) == 0x1ff && low == UINT64_MAX && (uint64_t)more + value < value)
            return false;
    }
    unsigned top = (unsigned)(high >> 63);
    uint64_t mantissa = high >> (top + 9);
    int binary = fl_power_log2((int)exponent) + 64 + 1023 - zeros - !top;
    if (low == 0 && (high & 0x1ff) == 0 && (mantissa & 3) == 1)
        return false;                                             /* exactly between two, or just not */
    mantissa = (mantissa + (mantissa & 1)) >> 1;
    if (mantissa >> 53 != 0) {
        mantissa >>= 1;
        binary++;
    }
    if (binary < 1 || binary > 2046)
        return false;
    uint64_t bits = (uint64_t)binary << 52 | (mantissa & (UINT64_MAX >> 12));
    memcpy(ret, &bits, sizeof bits);
    return true;
}

/* No decimal point goes in, so the locale does not matter. One digit stands for all behind the 800. */
static FL_COLD double slow(const fl_digits *d)
{
    char text[SLOW_DIGITS + 32];
    size_t size = 0;
    bool more = false;

    for (const char *at = d->first; at < d->last; at++) {
        if (*at == '.' || (size == 0 && *at == '0'))
            continue;
        if (size < SLOW_DIGITS)
            text[size++] = *at;
        else
            more |= *at != '0';
    }
    if (more)
        text[size++] = '1';
    long long exponent = d->exponent + (long long)fl_digits_count(d->value) - (long long)size;
    (void)snprintf(text + size, sizeof text - size, "e%lld", exponent);
    return strtod(text, NULL);
}

bool fl_digits_double(const fl_digits *d, double *ret)
{
    double value, above;

    if (d->cut) {
        if (!nearest(d->value, d->exponent, &value) || !nearest(d->value + 1, d->exponent, &above) || value != above)
            value = slow(d);
    } else if (!exact(d->value, d->exponent, &value) && !nearest(d->value, d->exponent, &value)) {
        value = slow(d);
    }
    if (isinf(value))
        return false;
    *ret = d->negative ? -value : value;
    return true;
}

bool fl_str_double(fl_str s, double *ret)
{
    fl_digits digits;

    return s.size != 0 && fl_digits_read(s.data, s.data + s.size, &digits) == s.data + s.size && fl_digits_double(&digits, ret);
}
