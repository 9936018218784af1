/* Arithmetic of decimals, digit for digit that of Python's decimal with a context of 38 digits.
 *
 * A result is computed whole, in up to 77 digits, and then brought to 38: multiplication and division round half-even, where
 * Python would; addition and remainder only drop zeros, and fail where digits would be lost. */
#include <errno.h>
#include "value/decimal_inside.h"

enum { DIGITS = FL_DECIMAL_DIGITS };

static const fl_decimal nan_value = { .form = FL_DECIMAL_NAN };

static bool is_nan(fl_decimal d) { return d.form == FL_DECIMAL_NAN; }
static bool is_infinite(fl_decimal d) { return d.form == FL_DECIMAL_INFINITY; }
static bool is_small(fl_decimal d) { return d.units <= INT64_MAX && d.units >= -INT64_MAX; }
static fl_decimal infinity(bool negative) { return (fl_decimal){ negative ? -1 : 1, 0, FL_DECIMAL_INFINITY }; }

static int answer(fl_decimal d, fl_decimal *ret)
{
    *ret = d;
    return 0;
}

/* Whether a magnitude of which `rest` of 10^places was cut off goes one up. */
static bool goes_up(fl_rounding rounding, bool negative, bool odd, fl_u128 rest, fl_u128 power)
{
    if (rest == 0)
        return false;
    fl_u128 other = power - rest;
    switch (rounding) {
    case FL_ROUND_HALF_EVEN: return rest > other || (rest == other && odd);
    case FL_ROUND_HALF_UP: return rest >= other;
    case FL_ROUND_HALF_DOWN: return rest > other;
    case FL_ROUND_DOWN: return false;
    case FL_ROUND_UP: return true;
    case FL_ROUND_FLOOR: return negative;
    case FL_ROUND_CEILING: return !negative;
    }
    return false;
}

/* Brings a result to 38 digits. */
static int finish(bool negative, fl_wide magnitude, long exponent, bool may_round, fl_decimal *ret)
{
    int drop = fl_wide_digits(magnitude) - DIGITS;
    fl_u128 rest;

    if (drop <= 0)
        return fl_decimal_make(negative, magnitude.low, exponent, ret);
    fl_u128 kept = fl_wide_divide(magnitude, fl_powers_of_ten[drop], &rest).low;
    if (rest != 0 && !may_round)
        return -ERANGE;
    if (goes_up(FL_ROUND_HALF_EVEN, negative, kept & 1, rest, fl_powers_of_ten[drop]) && ++kept == fl_powers_of_ten[DIGITS]) {
        kept /= 10;
        drop++;
    }
    return fl_decimal_make(negative, kept, exponent + drop, ret);
}

/* -- addition ------------------------------------------------------------------------------------------------------------- */

static int add_special(fl_decimal a, fl_decimal b, fl_decimal *ret)
{
    if (fl_decimal_is_none(a) || fl_decimal_is_none(b))
        return -EDOM;
    if (is_nan(a) || is_nan(b))
        return answer(nan_value, ret);
    if (is_infinite(a) && is_infinite(b) && a.units != b.units)
        return -EDOM;
    return answer(is_infinite(a) ? a : b, ret);
}

/* `d` plus a zero of a smaller exponent: the same number, with zeros behind as far as 38 digits allow. */
static int add_zero(fl_decimal d, int exponent, fl_decimal *ret)
{
    fl_u128 magnitude = fl_decimal_magnitude(d);
    int zeros = -d.scale - exponent, room = DIGITS - fl_u128_digits(magnitude);

    zeros = zeros < 0 ? 0 : zeros > room ? room : zeros;
    return fl_decimal_make(d.units < 0, magnitude * fl_powers_of_ten[zeros], -d.scale - zeros, ret);
}

static int add_wide(fl_decimal a, fl_decimal b, fl_decimal *ret)
{
    fl_u128 low = fl_decimal_magnitude(b);
    int distance = b.scale - a.scale, exponent = -b.scale;

    for (; distance > DIGITS; distance--, exponent++) {          /* zeros need no room */
        if (low % 10 != 0)
            return -ERANGE;
        low /= 10;
    }
    fl_wide x = fl_wide_scaled(fl_decimal_magnitude(a), distance), y = { 0, low };
    if ((a.units < 0) == (b.units < 0))
        return finish(a.units < 0, fl_wide_add(x, y), exponent, false, ret);
    int order = fl_wide_compare(x, y);
    if (order == 0)
        return fl_decimal_make(false, 0, exponent, ret);
    return order > 0 ? finish(a.units < 0, fl_wide_subtract(x, y), exponent, false, ret)
                     : finish(b.units < 0, fl_wide_subtract(y, x), exponent, false, ret);
}

int fl_decimal_try_add(fl_decimal a, fl_decimal b, fl_decimal *ret)
{
    __int128 sum;

    if (FL_UNLIKELY(!fl_decimal_is_usual(a) || !fl_decimal_is_usual(b)))
        return add_special(a, b, ret);
    if (a.scale > b.scale) {
        fl_decimal c = a;
        a = b;
        b = c;
    }
    if (a.units == 0 && b.units == 0)
        return fl_decimal_make(fl_decimal_is_negative(a) && fl_decimal_is_negative(b), 0, -b.scale, ret);
    if (a.units == 0 || b.units == 0)
        return add_zero(a.units == 0 ? b : a, -b.scale, ret);
    int distance = b.scale - a.scale;
    if (distance == 0 || (distance <= 18 && is_small(a))) {
        __int128 units = a.units * (__int128)fl_powers_of_ten[distance];
        if (!__builtin_add_overflow(units, b.units, &sum)) {
            fl_u128 magnitude = sum < 0 ? -(fl_u128)sum : (fl_u128)sum;
            if (magnitude < fl_powers_of_ten[DIGITS])
                return answer((fl_decimal){ sum, b.scale, FL_DECIMAL_NUMBER }, ret);
        }
    }
    return add_wide(a, b, ret);
}

int fl_decimal_try_subtract(fl_decimal a, fl_decimal b, fl_decimal *ret)
{
    return fl_decimal_try_add(a, fl_decimal_flipped(b), ret);
}

/* -- multiplication and division ---------------------------------------------------------------------------------------------- */

int fl_decimal_try_multiply(fl_decimal a, fl_decimal b, fl_decimal *ret)
{
    bool negative = fl_decimal_is_negative(a) != fl_decimal_is_negative(b);

    if (FL_LIKELY(fl_decimal_is_usual(a) && fl_decimal_is_usual(b))) {
        long exponent = -(long)a.scale - b.scale;
        fl_u128 x = fl_decimal_magnitude(a), y = fl_decimal_magnitude(b);
        if (is_small(a) && is_small(b))
            return fl_decimal_make(negative, x * y, exponent, ret);
        return finish(negative, fl_wide_product(x, y), exponent, true, ret);
    }
    if (fl_decimal_is_none(a) || fl_decimal_is_none(b))
        return -EDOM;
    if (is_nan(a) || is_nan(b))
        return answer(nan_value, ret);
    if (fl_decimal_is_zero(a) || fl_decimal_is_zero(b))          /* times an infinity */
        return -EDOM;
    return answer(infinity(negative), ret);
}

static int divide_special(fl_decimal a, fl_decimal b, bool negative, fl_decimal *ret)
{
    if (fl_decimal_is_none(a) || fl_decimal_is_none(b))
        return -EDOM;
    if (is_nan(a) || is_nan(b))
        return answer(nan_value, ret);
    if (is_infinite(a))
        return is_infinite(b) ? -EDOM : answer(infinity(negative), ret);
    return fl_decimal_make(negative, 0, -FL_DECIMAL_EXPONENT_MAX, ret);
}

int fl_decimal_try_divide(fl_decimal a, fl_decimal b, fl_decimal *ret)
{
    bool negative = fl_decimal_is_negative(a) != fl_decimal_is_negative(b);
    fl_u128 rest;

    if (FL_UNLIKELY(!fl_decimal_is_usual(a) || !fl_decimal_is_usual(b)))
        return divide_special(a, b, negative, ret);
    if (b.units == 0)
        return -EDOM;
    long ideal = (long)b.scale - a.scale;
    if (a.units == 0)
        return fl_decimal_make(negative, 0, ideal, ret);

    /* One or two digits more than are kept; the last of them says whether anything came behind. */
    fl_u128 x = fl_decimal_magnitude(a), y = fl_decimal_magnitude(b);
    int shift = fl_u128_digits(y) - fl_u128_digits(x) + DIGITS + 1;
    fl_wide quotient = fl_wide_divide(fl_wide_scaled(x, shift), y, &rest);
    long exponent = ideal - shift;
    if (rest != 0) {
        (void)fl_wide_divide(quotient, 5, &rest);
        if (rest == 0)
            quotient = fl_wide_add(quotient, (fl_wide){ 0, 1 });
        return finish(negative, quotient, exponent, true, ret);
    }
    for (; exponent < ideal; exponent++) {
        fl_wide tenth = fl_wide_divide(quotient, 10, &rest);
        if (rest != 0)
            break;
        quotient = tenth;
    }
    return finish(negative, quotient, exponent, true, ret);
}

static int remainder_special(fl_decimal a, fl_decimal b, fl_decimal *ret)
{
    if (fl_decimal_is_none(a) || fl_decimal_is_none(b))
        return -EDOM;
    if (is_nan(a) || is_nan(b))
        return answer(nan_value, ret);
    return is_infinite(a) ? -EDOM : answer(a, ret);
}

int fl_decimal_try_remainder(fl_decimal a, fl_decimal b, fl_decimal *ret)
{
    bool negative = fl_decimal_is_negative(a);
    fl_u128 x = fl_decimal_magnitude(a), y = fl_decimal_magnitude(b), rest;

    if (FL_UNLIKELY(!fl_decimal_is_usual(a) || !fl_decimal_is_usual(b)))
        return remainder_special(a, b, ret);
    if (y == 0)
        return -EDOM;
    int distance = b.scale - a.scale;                            /* > 0: a has the larger exponent */
    int exponent = -(distance > 0 ? b.scale : a.scale);
    int lead = fl_u128_digits(x) - fl_u128_digits(y) + distance; /* digits of a's whole part over b's */
    if (x == 0)
        return fl_decimal_make(negative, 0, exponent, ret);
    if (lead <= -2)
        return fl_decimal_make(negative, distance > 0 ? x * fl_powers_of_ten[distance] : x, exponent, ret);
    if (lead > DIGITS)
        return -ERANGE;
    if (distance < 0 && fl_u128_digits(y) - distance > DIGITS)   /* b is larger than any coefficient */
        return fl_decimal_make(negative, x, exponent, ret);
    fl_wide dividend = fl_wide_scaled(x, distance > 0 ? distance : 0);
    fl_wide quotient = fl_wide_divide(dividend, distance < 0 ? y * fl_powers_of_ten[-distance] : y, &rest);
    if (fl_wide_digits(quotient) > DIGITS)
        return -ERANGE;
    return fl_decimal_make(negative, rest, exponent, ret);
}

/* -- rounding ------------------------------------------------------------------------------------------------------------------ */

int fl_decimal_try_round(fl_decimal d, int places, fl_rounding rounding, fl_decimal *ret)
{
    if (is_nan(d))
        return answer(d, ret);
    if (!fl_decimal_is_usual(d))
        return -EDOM;
    if (places < -FL_DECIMAL_EXPONENT_MAX || places > FL_DECIMAL_EXPONENT_MAX)
        return -ERANGE;

    bool negative = fl_decimal_is_negative(d);
    fl_u128 magnitude = fl_decimal_magnitude(d), kept;
    int drop = d.scale - places;
    if (magnitude == 0)
        return fl_decimal_make(negative, 0, -places, ret);
    if (drop <= 0) {
        if (fl_u128_digits(magnitude) - drop > DIGITS)
            return -ERANGE;
        return fl_decimal_make(negative, magnitude * fl_powers_of_ten[-drop], -places, ret);
    }
    if (drop <= DIGITS) {
        kept = magnitude / fl_powers_of_ten[drop];
        kept += goes_up(rounding, negative, kept & 1, magnitude % fl_powers_of_ten[drop], fl_powers_of_ten[drop]);
    } else {
        kept = goes_up(rounding, negative, false, 1, fl_powers_of_ten[DIGITS]);     /* less than half, whatever it is */
    }
    return fl_decimal_make(negative, kept, -places, ret);
}
