/* Integers of 256 bits, as far as decimals need them: products of two coefficients, and quotients with all their digits. */
#include "value/decimal_inside.h"

#define E19 ((fl_u128)UINT64_C(10000000000000000000))
#define LOW(n) ((fl_u128)UINT64_C(n))
#define HIGH(n) (E19 * UINT64_C(n))

const fl_u128 fl_powers_of_ten[FL_DECIMAL_DIGITS + 1] = {
    LOW(1),
    LOW(10),
    LOW(100),
    LOW(1000),
    LOW(10000),
    LOW(100000),
    LOW(1000000),
    LOW(10000000),
    LOW(100000000),
    LOW(1000000000),
    LOW(10000000000),
    LOW(100000000000),
    LOW(1000000000000),
    LOW(10000000000000),
    LOW(100000000000000),
    LOW(1000000000000000),
    LOW(10000000000000000),
    LOW(100000000000000000),
    LOW(1000000000000000000),
    HIGH(1),
    HIGH(10),
    HIGH(100),
    HIGH(1000),
    HIGH(10000),
    HIGH(100000),
    HIGH(1000000),
    HIGH(10000000),
    HIGH(100000000),
    HIGH(1000000000),
    HIGH(10000000000),
    HIGH(100000000000),
    HIGH(1000000000000),
    HIGH(10000000000000),
    HIGH(100000000000000),
    HIGH(1000000000000000),
    HIGH(10000000000000000),
    HIGH(100000000000000000),
    HIGH(1000000000000000000),
    HIGH(10000000000000000000),
};

static int bits_of(fl_u128 a)
{
    uint64_t high = (uint64_t)(a >> 64), low = (uint64_t)a;
    return high != 0 ? 128 - __builtin_clzll(high) : low != 0 ? 64 - __builtin_clzll(low) : 0;
}

/* floor(bits * log10(2)): the digits, or one less. */
static int digits_of_bits(int bits) { return bits * 30103 / 100000; }

int fl_u128_digits(fl_u128 a)
{
    int digits = digits_of_bits(bits_of(a));
    return digits > FL_DECIMAL_DIGITS || a < fl_powers_of_ten[digits] ? digits + (a == 0) : digits + 1;
}

int fl_wide_digits(fl_wide a)
{
    if (a.high == 0 && a.low < fl_powers_of_ten[FL_DECIMAL_DIGITS])
        return fl_u128_digits(a.low);
    int digits = digits_of_bits(a.high == 0 ? bits_of(a.low) : 128 + bits_of(a.high));
    return fl_wide_compare(a, fl_wide_scaled(1, digits)) < 0 ? digits : digits + 1;
}

int fl_wide_compare(fl_wide a, fl_wide b)
{
    return a.high != b.high ? (a.high > b.high ? 1 : -1) : (a.low > b.low) - (a.low < b.low);
}

fl_wide fl_wide_add(fl_wide a, fl_wide b)
{
    fl_u128 low = a.low + b.low;
    return (fl_wide){ a.high + b.high + (low < a.low), low };
}

fl_wide fl_wide_subtract(fl_wide a, fl_wide b) { return (fl_wide){ a.high - b.high - (a.low < b.low), a.low - b.low }; }

fl_wide fl_wide_product(fl_u128 a, fl_u128 b)
{
    uint64_t a1 = (uint64_t)(a >> 64), a0 = (uint64_t)a, b1 = (uint64_t)(b >> 64), b0 = (uint64_t)b;
    fl_u128 low = (fl_u128)a0 * b0, middle = (fl_u128)a1 * b0 + (low >> 64), other = (fl_u128)a0 * b1 + (uint64_t)middle;

    return (fl_wide){ (fl_u128)a1 * b1 + (middle >> 64) + (other >> 64), other << 64 | (uint64_t)low };
}

fl_wide fl_wide_scaled(fl_u128 a, int power)
{
    if (power <= FL_DECIMAL_DIGITS)
        return fl_wide_product(a, fl_powers_of_ten[power]);
    fl_wide first = fl_wide_product(a, fl_powers_of_ten[power - FL_DECIMAL_DIGITS]);
    fl_wide result = fl_wide_product(first.low, fl_powers_of_ten[FL_DECIMAL_DIGITS]);
    result.high += first.high * fl_powers_of_ten[FL_DECIMAL_DIGITS];
    return result;
}

/* One step of long division: (*rest, next) by `by`, where *rest < by and the highest bit of `by` is set. The quotient of the
 * leading words is at most two too large (Knuth 4.3.1). */
static uint64_t divide_step(fl_u128 *rest, uint64_t next, fl_u128 by)
{
    uint64_t by1 = (uint64_t)(by >> 64), by0 = (uint64_t)by;
    fl_u128 estimate = *rest / by1;
    uint64_t quotient = estimate > UINT64_MAX ? UINT64_MAX : (uint64_t)estimate;
    fl_wide dividend = { *rest >> 64, *rest << 64 | next };
    fl_u128 low = (fl_u128)quotient * by0, middle = (fl_u128)quotient * by1 + (low >> 64);
    fl_wide product = { middle >> 64, middle << 64 | (uint64_t)low }, divisor = { 0, by };

    while (fl_wide_compare(product, dividend) > 0) {
        product = fl_wide_subtract(product, divisor);
        quotient--;
    }
    *rest = fl_wide_subtract(dividend, product).low;
    return quotient;
}

static fl_wide divide_by_word(fl_wide a, uint64_t by, fl_u128 *ret_rest)
{
    uint64_t words[4] = { (uint64_t)(a.high >> 64), (uint64_t)a.high, (uint64_t)(a.low >> 64), (uint64_t)a.low };
    fl_u128 rest = 0;

    for (int i = 0; i < 4; i++) {
        fl_u128 now = rest << 64 | words[i];
        words[i] = (uint64_t)(now / by);
        rest = now % by;
    }
    *ret_rest = rest;
    return (fl_wide){ (fl_u128)words[0] << 64 | words[1], (fl_u128)words[2] << 64 | words[3] };
}

fl_wide fl_wide_divide(fl_wide a, fl_u128 by, fl_u128 *ret_rest)
{
    if (a.high == 0) {
        *ret_rest = a.low % by;
        return (fl_wide){ 0, a.low / by };
    }
    if (by <= UINT64_MAX)
        return divide_by_word(a, (uint64_t)by, ret_rest);

    int shift = 128 - bits_of(by);
    fl_u128 divisor = by << shift, rest = shift == 0 ? 0 : a.high >> (128 - shift);
    fl_u128 high = shift == 0 ? a.high : a.high << shift | a.low >> (128 - shift), low = a.low << shift;
    uint64_t q3 = divide_step(&rest, (uint64_t)(high >> 64), divisor), q2 = divide_step(&rest, (uint64_t)high, divisor);
    uint64_t q1 = divide_step(&rest, (uint64_t)(low >> 64), divisor), q0 = divide_step(&rest, (uint64_t)low, divisor);

    *ret_rest = rest >> shift;
    return (fl_wide){ (fl_u128)q3 << 64 | q2, (fl_u128)q1 << 64 | q0 };
}
