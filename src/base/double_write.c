/* Doubles as text: the shortest digits that read back to the same double, of those the nearest, in the form of Python's repr().
 *
 * The digits are found as Raffaello Giulietti's "Schubfach" does. A double c * 2^q owns the interval of numbers that round to it.
 * Take k so that 10^k is at most as wide as the interval: then a multiple of 10^k lies inside, and at most one of 10^(k+1), which
 * is shorter and preferred. Scaled by 10^-k (128 bits of it, see number.h) the interval's ends and middle fit 64 bits;
 * a product's lost bits leave a sticky lowest bit behind, enough to tell less, equal and more. */
#include <fleche/buf.h>
#include <math.h>
#include "base/number.h"

typedef struct shortest { uint64_t digits; int exponent; } shortest;

/* The product's bits above 128, with a lowest bit that is set if anything but 0 stands below. */
static uint64_t scale(fl_power power, uint64_t by)
{
    unsigned __int128 low = (unsigned __int128)power.low * by;
    unsigned __int128 high = (unsigned __int128)power.high * by + (uint64_t)(low >> 64);

    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

static fl_power power_rounded_up(int k)
{
    fl_power power = fl_powers[k - FL_POWER_LEAST];

    if (k < 0 || k > FL_POWER_EXACT)
        power.high += ++power.low == 0;
    return power;
}

/* For c * 2^q; `narrow` where the next double below is only half as far as the one above. */
static shortest find(uint64_t c, int q, bool narrow)
{
    int k = (q * 1262611 - (narrow ? 524031 : 0)) >> 22;          /* floor(log10(2^q)), or of three quarters of it */
    int shift = q + fl_power_log2(-k) + 1;
    fl_power power = power_rounded_up(-k);
    bool odd = c & 1;                                             /* only an even double owns the ends of its interval */
    uint64_t low = scale(power, (4 * c - 2 + narrow) << shift) + odd;
    uint64_t middle = scale(power, 4 * c << shift);
    uint64_t high = scale(power, (4 * c + 2) << shift) - odd;

    uint64_t here = middle / 4, tens = here / 10;                 /* all three are in quarters */
    if (here >= 10) {
        bool down = low <= 40 * tens, up = 40 * tens + 40 <= high;
        if (down != up)
            return (shortest){ tens + up, k + 1 };
    }
    bool down = low <= 4 * here, up = 4 * here + 4 <= high;
    if (down == up)
        up = middle > 4 * here + 2 || (middle == 4 * here + 2 && (here & 1));
    return (shortest){ here + up, k };
}

static shortest shortest_of(double value)
{
    uint64_t bits;
    shortest ret;

    memcpy(&bits, &value, sizeof bits);
    uint64_t fraction = bits & (UINT64_MAX >> 12);
    int exponent = (int)(bits >> 52 & 0x7ff);
    uint64_t c = exponent == 0 ? fraction : fraction | 1ull << 52;
    int q = (exponent == 0 ? 1 : exponent) - 1075;

    if (q <= 0 && q > -53 && (c & ((1ull << -q) - 1)) == 0)
        ret = (shortest){ c >> -q, 0 };                           /* a whole number below 2^53 */
    else
        ret = find(c, q, fraction == 0 && exponent > 1);
    while (ret.digits % 10000 == 0)
        ret = (shortest){ ret.digits / 10000, ret.exponent + 4 };
    while (ret.digits % 10 == 0)
        ret = (shortest){ ret.digits / 10, ret.exponent + 1 };
    return ret;
}

/* Python's rule: plain from 0.0001 to below 1e16, else with an exponent of two digits at least. Returns the size. */
static size_t lay_out(char *out, shortest number)
{
    int size = (int)fl_digits_count(number.digits), point = size + number.exponent;

    if (point > 16 || point < -3) {
        fl_digits_write(out + 1 + size, number.digits);
        out[0] = out[1];
        out[1] = '.';
        char *at = out + (size == 1 ? 1 : size + 1);
        int exponent = point - 1, magnitude = exponent < 0 ? -exponent : exponent;
        *at++ = 'e';
        *at++ = exponent < 0 ? '-' : '+';
        if (magnitude < 10)
            *at++ = '0';
        at += fl_digits_count((uint64_t)magnitude);
        fl_digits_write(at, (uint64_t)magnitude);
        return (size_t)(at - out);
    }
    if (point <= 0) {                                             /* 0.0012 */
        memcpy(out, "0.000", 5);
        fl_digits_write(out + 2 - point + size, number.digits);
        return (size_t)(2 - point + size);
    }
    if (point >= size) {                                          /* 1200.0 */
        memset(out + size, '0', (size_t)(point - size));
        fl_digits_write(out + size, number.digits);
        memcpy(out + point, ".0", 2);
        return (size_t)(point + 2);
    }
    fl_digits_write(out + 1 + size, number.digits);               /* 12.5 */
    memmove(out, out + 1, (size_t)point);
    out[point] = '.';
    return (size_t)(size + 1);
}

static size_t write(char *out, double value)
{
    size_t sign = signbit(value) != 0;

    *out = '-';
    if (value == 0) {
        memcpy(out + sign, "0.0", 3);
        return sign + 3;
    }
    return sign + lay_out(out + sign, shortest_of(fabs(value)));
}

void fl_buf_add_double(fl_buf *buf, double value)
{
    char text[FL_DOUBLE_SIZE];

    if (isnan(value) || isinf(value))
        fl_buf_add_c(buf, isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
    else if (FL_LIKELY(buf->capacity - buf->size >= FL_DOUBLE_SIZE))
        buf->size += write(buf->data + buf->size, value);
    else
        fl_buf_add_n(buf, text, write(text, value));
}
