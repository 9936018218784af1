/* What numbers as text share: digits out, digits in, powers of ten. */
#pragma once
#include <fleche/str.h>

/* -- powers of ten ------------------------------------------------------------------------------------------------------ */

enum { FL_POWER_LEAST = -342, FL_POWER_MOST = 324, FL_POWER_EXACT = 55 };
/* The first 128 bits of 10^k, the highest one set, the rest cut off: nothing is lost for k from 0 to FL_POWER_EXACT. */
typedef struct fl_power { uint64_t high, low; } fl_power;
extern const fl_power fl_powers[FL_POWER_MOST - FL_POWER_LEAST + 1];

/* The exponent of 10^k's highest bit, floor(k * log2(10)); right for |k| up to 1233. */
static inline int fl_power_log2(int k) { return (k * 1741647) >> 19; }

/* -- out ---------------------------------------------------------------------------------------------------------------- */

enum { FL_DOUBLE_SIZE = 32 };                        /* room for any double's text: at most 24 bytes */

unsigned fl_digits_count(uint64_t value);            /* 1 for 0, 20 for 2^64 - 1 */
void fl_digits_write(char *end, uint64_t value);     /* so that the last digit stands before `end` */

/* -- in ----------------------------------------------------------------------------------------------------------------- */

/* What a number's text says: value * 10^exponent, and a little more if it was cut. */
typedef struct fl_digits {
    const char *first, *point, *last;                /* the first digit or point; the point or NULL; behind the mantissa */
    uint64_t value;                                  /* of the first 19 significant digits */
    int64_t exponent;
    bool negative, cut, plain;                       /* cut: other digits than 0 were left out; plain: no point, no exponent */
} fl_digits;

/* fl_digits_read takes [+-]digits[.digits][e[+-]digits] off the text, digits before or behind the point optional but not both.
 * The place behind it, or NULL if no number stands there. */
const char *fl_digits_read(const char *at, const char *end, fl_digits *ret);
/* fl_digits_double is the double nearest to the number, ties to even; false beyond the range of doubles. */
bool fl_digits_double(const fl_digits *digits, double *ret);
