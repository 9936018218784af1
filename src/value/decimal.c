/* Decimals as things: made, looked at, compared, converted; and the raising forms of the arithmetic. */
#include <errno.h>
#include <fleche/buf.h>
#include <fleche/error.h>
#include <math.h>
#include "value/decimal_inside.h"
#include "value/residue.h"

int fl_decimal_make(bool negative, fl_u128 magnitude, long exponent, fl_decimal *ret)
{
    const long most = FL_DECIMAL_EXPONENT_MAX;

    if (magnitude == 0)
        exponent = exponent > most ? most : exponent < -most ? -most : exponent;
    else if (exponent > most || exponent < -most)
        return -ERANGE;
    *ret = (fl_decimal){ negative ? -(__int128)magnitude : (__int128)magnitude, (int16_t)-exponent,
                         magnitude == 0 && negative ? FL_DECIMAL_NEGATIVE_ZERO : FL_DECIMAL_NUMBER };
    return 0;
}

fl_decimal fl_decimal_of_int(long long value) { return (fl_decimal){ value, 0, FL_DECIMAL_NUMBER }; }

fl_decimal fl_decimal_of_double(double value)
{
    char text[FL_DECIMAL_TEXT_MAX];
    fl_buf out = { .data = text, .capacity = sizeof text, .limit = sizeof text };
    fl_decimal d = { .form = FL_DECIMAL_NAN };

    fl_buf_add_double(&out, value);
    return fl_decimal_try_parse(fl_buf_str(&out), &d) == 0 ? d : (fl_decimal){ .form = FL_DECIMAL_NAN };
}

bool fl_decimal_is_finite(fl_decimal d) { return fl_decimal_is_usual(d); }
bool fl_decimal_is_zero(fl_decimal d) { return fl_decimal_is_usual(d) && d.units == 0; }
int fl_decimal_sign(fl_decimal d) { return (d.units > 0) - (d.units < 0); }
int fl_decimal_digits(fl_decimal d) { return fl_decimal_is_usual(d) ? fl_u128_digits(fl_decimal_magnitude(d)) : 0; }

fl_decimal fl_decimal_absolute(fl_decimal d) { return fl_decimal_is_negative(d) ? fl_decimal_flipped(d) : d; }
fl_decimal fl_decimal_negate(fl_decimal d) { return fl_decimal_is_zero(d) ? fl_decimal_absolute(d) : fl_decimal_flipped(d); }

fl_decimal fl_decimal_normalize(fl_decimal d)
{
    if (!fl_decimal_is_usual(d))
        return d;
    if (d.units == 0)
        return (fl_decimal){ .form = d.form };
    while (d.units % 10 == 0 && d.scale > -FL_DECIMAL_EXPONENT_MAX) {
        d.units /= 10;
        d.scale--;
    }
    return d;
}

/* -- comparing -------------------------------------------------------------------------------------------------------------- */

/* Of two numbers that are not zero. */
static int compare_magnitudes(fl_decimal a, fl_decimal b)
{
    fl_u128 x = fl_decimal_magnitude(a), y = fl_decimal_magnitude(b);
    int a_digits = fl_u128_digits(x), b_digits = fl_u128_digits(y);
    int a_leads = a_digits - a.scale, b_leads = b_digits - b.scale;

    if (a_leads != b_leads)
        return a_leads > b_leads ? 1 : -1;
    if (a_digits < b_digits)
        x *= fl_powers_of_ten[b_digits - a_digits];
    else
        y *= fl_powers_of_ten[a_digits - b_digits];
    return (x > y) - (x < y);
}

int fl_decimal_compare(fl_decimal a, fl_decimal b)
{
    int sign = fl_decimal_sign(a), other = fl_decimal_sign(b);

    if (a.form == FL_DECIMAL_NAN || b.form == FL_DECIMAL_NAN)
        return 1;
    if (fl_decimal_is_none(a) || fl_decimal_is_none(b))
        return fl_decimal_is_none(b) - fl_decimal_is_none(a);
    if (sign != other || sign == 0)
        return (sign > other) - (sign < other);
    if (a.form == FL_DECIMAL_INFINITY || b.form == FL_DECIMAL_INFINITY)
        return sign * ((a.form == FL_DECIMAL_INFINITY) - (b.form == FL_DECIMAL_INFINITY));
    if (a.scale == b.scale)
        return (a.units > b.units) - (a.units < b.units);
    return sign * compare_magnitudes(a, b);
}

bool fl_decimal_equal(fl_decimal a, fl_decimal b) { return fl_decimal_compare(a, b) == 0; }

uint64_t fl_decimal_hash(fl_decimal d)
{
    if (!fl_decimal_is_usual(d))
        return d.form == FL_DECIMAL_INFINITY ? fl_infinity_hash(d.units < 0) : fl_hash_int(d.form);
    return fl_residue_hash(d.units < 0, fl_residue_scaled(fl_residue_of(fl_decimal_magnitude(d)), -d.scale));
}

/* -- converting ---------------------------------------------------------------------------------------------------------------- */

double fl_decimal_double(fl_decimal d)
{
    static const double exact[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    char text[FL_DECIMAL_TEXT_MAX];
    double value = 0;

    if (!fl_decimal_is_usual(d))
        return d.form == FL_DECIMAL_INFINITY ? (d.units < 0 ? -HUGE_VAL : HUGE_VAL) : (double)NAN;
    if (d.units == 0)
        return d.form == FL_DECIMAL_NEGATIVE_ZERO ? -0.0 : 0.0;
    int leads = fl_decimal_digits(d) - d.scale;
    if (leads > 310 || leads < -330)
        return copysign(leads > 0 ? HUGE_VAL : 0, d.units < 0 ? -1 : 1);
    if (fl_decimal_magnitude(d) <= 1ull << 53 && d.scale >= -22 && d.scale <= 22)       /* one rounding, the division's */
        return d.scale < 0 ? (double)d.units * exact[-d.scale] : (double)d.units / exact[d.scale];
    if (!fl_str_double(fl_str_n(text, fl_decimal_write(d, text)), &value))
        return copysign(leads > 0 ? HUGE_VAL : 0, d.units < 0 ? -1 : 1);
    return value;
}

int fl_decimal_try_int(fl_decimal d, long long *ret)
{
    if (!fl_decimal_is_usual(d))
        return -EDOM;
    __int128 whole = d.units;
    if (d.scale > FL_DECIMAL_DIGITS || whole == 0)
        whole = 0;
    else if (d.scale >= 0)
        whole /= (__int128)fl_powers_of_ten[d.scale];
    else if (d.scale < -18 || whole > INT64_MAX || whole < INT64_MIN)
        return -ERANGE;
    else
        whole *= (__int128)fl_powers_of_ten[-d.scale];
    if (whole > INT64_MAX || whole < INT64_MIN)
        return -ERANGE;
    *ret = (long long)whole;
    return 0;
}

/* -- the raising forms ------------------------------------------------------------------------------------------------------------ */

static _Noreturn FL_COLD void raise_for(int code, const char *what)
{
    if (code == -EDOM)
        fl_raise(FL_VALUE_ERROR, "%s is not a number", what);
    fl_error *e = fl_error_new(FL_OVERFLOW, "%s does not fit a decimal", what);
    e->hint = "a decimal has up to 38 digits and exponents from -6144 to 6144: round what goes in";
    fl_reraise(e);
}

static const char *shown(fl_decimal d) { return fl_decimal_is_none(d) ? "none" : fl_decimal_text(d); }

#define RAISING(name, operator) \
    fl_decimal fl_decimal_##name(fl_decimal a, fl_decimal b) \
    { \
        fl_decimal result = a; \
        int code = fl_decimal_try_##name(a, b, &result); \
        if (FL_UNLIKELY(code != 0)) \
            raise_for(code, fl_text("%s %s %s", shown(a), operator, shown(b))); \
        return result; \
    }
RAISING(add, "+")
RAISING(subtract, "-")
RAISING(multiply, "*")
RAISING(divide, "/")
RAISING(remainder, "%")

fl_decimal fl_decimal_round(fl_decimal d, int places, fl_rounding rounding)
{
    fl_decimal result = d;
    int code = fl_decimal_try_round(d, places, rounding, &result);

    if (FL_UNLIKELY(code != 0))
        raise_for(code, fl_text("%s rounded to %d places", shown(d), places));
    return result;
}
