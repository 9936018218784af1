/* fl_decimal: exact decimal numbers of up to 38 digits, as Python's decimal.Decimal prints and rounds them.
 *
 *     fl_decimal price = FL_DECIMAL(19.99);                            // the digits as written, never a double
 *     fl_decimal total = fl_decimal_multiply(price, fl_decimal_of_int(3));
 *     fl_print("%s", fl_decimal_text(fl_decimal_round(total, 1, FL_ROUND_HALF_EVEN)));     // 60.0
 *
 * The value is units * 10^-scale: 19.90 keeps its zero. All bits zero is "none", not the number 0. Results that do not fit
 * 38 digits are rounded half-even where the operation may round (divide, multiply), and otherwise, or beyond the range of
 * the scale (±6144), raise FL_OVERFLOW; dividing by zero raises FL_VALUE_ERROR. Each raising function has a `try` form that
 * returns a code instead: 0, -ERANGE (does not fit) or -EDOM (no result: division by zero, infinity minus itself, an operand that is
 * none). A NaN goes through: what is computed with one is one. */
#pragma once
#include "str.h"

struct fl_buf;

enum { FL_DECIMAL_NONE, FL_DECIMAL_NUMBER, FL_DECIMAL_NEGATIVE_ZERO, FL_DECIMAL_INFINITY, FL_DECIMAL_NAN };

/* form is one of the above; an infinity's sign is that of its units (1 or -1). */
typedef struct { __int128 units; int16_t scale; uint16_t form; } fl_decimal;

#define FL_DECIMAL_DIGITS 38
#define FL_DECIMAL(literal) fl_decimal_parse(#literal)

typedef enum fl_rounding {
    FL_ROUND_HALF_EVEN, FL_ROUND_HALF_UP, FL_ROUND_HALF_DOWN, FL_ROUND_DOWN, FL_ROUND_UP, FL_ROUND_FLOOR, FL_ROUND_CEILING,
} fl_rounding;

/* fl_decimal_parse reads "12", "-1.50", "1e3", "Infinity", "NaN" (white space around allowed, underscores stepped over, as Python
 * does; signaling NaNs and payloads refused). Raises FL_VALUE_ERROR that quotes the text, FL_OVERFLOW for more than 38 digits; the try
 * form takes a view and returns -EINVAL or -ERANGE. */
fl_decimal fl_decimal_parse(const char *text);
FL_MUST_CHECK int fl_decimal_try_parse(fl_str text, fl_decimal *ret);
fl_decimal fl_decimal_of_int(long long value);
fl_decimal fl_decimal_of_double(double value);                   /* of its shortest text: 0.1 is 0.1 */

static inline bool fl_decimal_is_none(fl_decimal d) { return d.form == FL_DECIMAL_NONE; }
bool fl_decimal_is_finite(fl_decimal d);
bool fl_decimal_is_zero(fl_decimal d);
int fl_decimal_sign(fl_decimal d);                               /* -1, 0, 1 */

fl_decimal fl_decimal_add(fl_decimal a, fl_decimal b);
fl_decimal fl_decimal_subtract(fl_decimal a, fl_decimal b);
fl_decimal fl_decimal_multiply(fl_decimal a, fl_decimal b);
fl_decimal fl_decimal_divide(fl_decimal a, fl_decimal b);        /* 38 digits, as Python with prec = 38 */
fl_decimal fl_decimal_remainder(fl_decimal a, fl_decimal b);     /* the sign of a, as Python's % */
fl_decimal fl_decimal_negate(fl_decimal d);                      /* Python's -d: of any zero, 0 without a sign */
fl_decimal fl_decimal_absolute(fl_decimal d);
FL_MUST_CHECK int fl_decimal_try_add(fl_decimal a, fl_decimal b, fl_decimal *ret);
FL_MUST_CHECK int fl_decimal_try_subtract(fl_decimal a, fl_decimal b, fl_decimal *ret);
FL_MUST_CHECK int fl_decimal_try_multiply(fl_decimal a, fl_decimal b, fl_decimal *ret);
FL_MUST_CHECK int fl_decimal_try_divide(fl_decimal a, fl_decimal b, fl_decimal *ret);
FL_MUST_CHECK int fl_decimal_try_remainder(fl_decimal a, fl_decimal b, fl_decimal *ret);

/* fl_decimal_round gives exactly `places` digits behind the point (negative: before it), as Python's quantize(). */
fl_decimal fl_decimal_round(fl_decimal d, int places, fl_rounding rounding);
FL_MUST_CHECK int fl_decimal_try_round(fl_decimal d, int places, fl_rounding rounding, fl_decimal *ret);
fl_decimal fl_decimal_normalize(fl_decimal d);                   /* trailing zeros off: 1.50 is 1.5, 100 is 1E+2 */

/* By value: 1.0 equals 1. A NaN is unordered: compare gives 1 for it, equal gives false. None is below every number. */
int fl_decimal_compare(fl_decimal a, fl_decimal b);
bool fl_decimal_equal(fl_decimal a, fl_decimal b);
uint64_t fl_decimal_hash(fl_decimal d);                          /* equal numbers, equal hashes */

double fl_decimal_double(fl_decimal d);
FL_MUST_CHECK int fl_decimal_try_int(fl_decimal d, long long *ret);   /* towards zero; -ERANGE if it does not fit */
int fl_decimal_digits(fl_decimal d);                             /* digits of the coefficient: 3 for 19.9, 1 for 0 */

const char *fl_decimal_text(fl_decimal d);                       /* Python's str(): 1E+3, 0.001, 1E-7; "" for none; current arena */
const char *fl_decimal_plain(fl_decimal d);                      /* never an exponent, as Python's format(d, "f") */
void fl_decimal_print(fl_decimal d, struct fl_buf *out);         /* fl_decimal_text into a buffer */
