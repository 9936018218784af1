/* What the files of the decimals share: magnitudes of 128 and 256 bits, and how a result is put together. */
#pragma once
#include <fleche/decimal.h>

typedef unsigned __int128 fl_u128;
typedef struct fl_wide { fl_u128 high, low; } fl_wide;

enum { FL_DECIMAL_EXPONENT_MAX = 6144, FL_DECIMAL_TEXT_MAX = 64 };

extern const fl_u128 fl_powers_of_ten[FL_DECIMAL_DIGITS + 1];

int fl_u128_digits(fl_u128 a);                               /* 1 for 0 */
int fl_wide_digits(fl_wide a);
int fl_wide_compare(fl_wide a, fl_wide b);
fl_wide fl_wide_add(fl_wide a, fl_wide b);
fl_wide fl_wide_subtract(fl_wide a, fl_wide b);              /* a >= b */
fl_wide fl_wide_product(fl_u128 a, fl_u128 b);
fl_wide fl_wide_scaled(fl_u128 a, int power);                /* a * 10^power, which must fit: 77 digits do */
fl_wide fl_wide_divide(fl_wide a, fl_u128 by, fl_u128 *ret_rest);

static inline bool fl_decimal_is_usual(fl_decimal d) { return d.form == FL_DECIMAL_NUMBER || d.form == FL_DECIMAL_NEGATIVE_ZERO; }
static inline bool fl_decimal_is_negative(fl_decimal d) { return d.form == FL_DECIMAL_NEGATIVE_ZERO || d.units < 0; }
static inline fl_u128 fl_decimal_magnitude(fl_decimal d) { return d.units < 0 ? -(fl_u128)d.units : (fl_u128)d.units; }

static inline fl_decimal fl_decimal_flipped(fl_decimal d)    /* the other sign, of zeros and infinities too */
{
    if (fl_decimal_is_usual(d) && d.units == 0)
        d.form = d.form == FL_DECIMAL_NUMBER ? FL_DECIMAL_NEGATIVE_ZERO : FL_DECIMAL_NUMBER;
    d.units = -d.units;
    return d;
}

/* 0, or -ERANGE for an exponent beyond the range; a zero's is brought into it, since it is zero all the same. magnitude < 10^38. */
int fl_decimal_make(bool negative, fl_u128 magnitude, long exponent, fl_decimal *ret);

/* Python's str() into `ret`, without a NUL; its length. */
size_t fl_decimal_write(fl_decimal d, char ret[FL_DECIMAL_TEXT_MAX]);
