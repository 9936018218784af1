/* Comparing and hashing numbers exactly. Integers and floats compare as they are; any other pair by its decimal digits, which
 * every kind has exactly: a double has at most 767 of them. Hashes are residues (residue.h), so no kind is converted to another. */
#include "value/numeric.h"
#include <math.h>
#include <stdio.h>
#include "value/decimal_inside.h"
#include "value/residue.h"

enum { DOUBLE_DIGITS = 767, SCRATCH = DOUBLE_DIGITS + 16, CHUNK = 18 };

/* The number 0.d1d2d3… * 10^leads; no digits for 0. */
typedef struct digits { bool negative; fl_str text; long leads; } digits;

static bool is_nan(fl_value v)
{
    return (v.kind == FL_V_FLOAT && isnan(v.f)) || (v.kind == FL_V_DECIMAL && v.decimal->form == FL_DECIMAL_NAN);
}

/* 1 and -1 for infinities, else 0. */
static int infinite_sign(fl_value v)
{
    if (v.kind == FL_V_FLOAT)
        return isinf(v.f) ? (v.f > 0 ? 1 : -1) : 0;
    return v.kind == FL_V_DECIMAL && v.decimal->form == FL_DECIMAL_INFINITY ? fl_decimal_sign(*v.decimal) : 0;
}

static fl_str without_sign(fl_str text, bool *ret_negative)
{
    *ret_negative = text.size > 0 && text.data[0] == '-';
    return fl_str_slice(text, *ret_negative, SIZE_MAX);
}

static digits digits_of_double(double f, char scratch[SCRATCH])
{
    char text[SCRATCH];
    size_t count = 0, at = 0;
    long exponent = 0;
    int size = snprintf(text, sizeof text, "%.*e", DOUBLE_DIGITS - 1, fabs(f));

    for (; at < (size_t)size && text[at] != 'e'; at++)
        if (text[at] >= '0' && text[at] <= '9')
            scratch[count++] = text[at];
    bool down = text[++at] == '-';
    while (++at < (size_t)size)
        exponent = exponent * 10 + (text[at] - '0');
    return (digits){ f < 0, { scratch, count }, (down ? -exponent : exponent) + 1 };
}

static digits digits_of(fl_value v, char scratch[SCRATCH])
{
    digits d = { 0 };

    if (v.kind == FL_V_FLOAT) {
        d = digits_of_double(v.f, scratch);
    } else {
        fl_decimal number = { v.kind == FL_V_UINT ? (__int128)v.u : v.kind == FL_V_BOOL ? v.b : v.i, 0, FL_DECIMAL_NUMBER };
        int scale = 0;
        if (v.kind == FL_V_DECIMAL) {
            scale = v.decimal->scale;
            number.units = v.decimal->units;
        }
        fl_str text = v.kind == FL_V_BIG ? v.text : (fl_str){ scratch, fl_decimal_write(number, scratch) };
        d.text = without_sign(text, &d.negative);
        d.leads = (long)d.text.size - scale;
    }
    for (; d.text.size > 0 && d.text.data[0] == '0'; d.leads--)
        d.text = fl_str_slice(d.text, 1, SIZE_MAX);
    while (d.text.size > 0 && d.text.data[d.text.size - 1] == '0')
        d.text.size--;
    return d;
}

static int compare_digits(digits a, digits b)
{
    int a_sign = a.text.size == 0 ? 0 : a.negative ? -1 : 1, b_sign = b.text.size == 0 ? 0 : b.negative ? -1 : 1;

    if (a_sign != b_sign || a_sign == 0)
        return (a_sign > b_sign) - (a_sign < b_sign);
    if (a.leads != b.leads)
        return a.leads > b.leads ? a_sign : -a_sign;
    int order = fl_str_compare(a.text, b.text);
    return order == 0 ? 0 : order > 0 ? a_sign : -a_sign;
}

static bool is_small(fl_value v) { return v.kind == FL_V_INT || v.kind == FL_V_BOOL; }
static fl_int small(fl_value v) { return v.kind == FL_V_BOOL ? v.b : v.i; }

static int compare_with_double(fl_int i, double f)
{
    if (f >= 0x1p63)
        return -1;
    if (f < -0x1p63)
        return 1;
    fl_int whole = (fl_int)f;
    double rest = f - (double)whole;                 /* exact: where there is a fraction, whole is small */
    return i != whole ? (i > whole ? 1 : -1) : (rest < 0) - (rest > 0);
}

bool fl_number_compare(fl_value a, fl_value b, int *ret)
{
    char a_scratch[SCRATCH], b_scratch[SCRATCH];

    if (FL_LIKELY(is_small(a) && is_small(b))) {
        *ret = (small(a) > small(b)) - (small(a) < small(b));
        return true;
    }
    if (is_nan(a) || is_nan(b))
        return false;
    int a_infinite = infinite_sign(a), b_infinite = infinite_sign(b);
    if (a.kind == FL_V_FLOAT && b.kind == FL_V_FLOAT)
        *ret = (a.f > b.f) - (a.f < b.f);
    else if (is_small(a) && b.kind == FL_V_FLOAT)
        *ret = compare_with_double(small(a), b.f);
    else if (a.kind == FL_V_FLOAT && is_small(b))
        *ret = -compare_with_double(small(b), a.f);
    else if (a.kind == FL_V_DECIMAL && b.kind == FL_V_DECIMAL)
        *ret = fl_decimal_compare(*a.decimal, *b.decimal);
    else if (a_infinite != 0 || b_infinite != 0)
        *ret = (a_infinite > b_infinite) - (a_infinite < b_infinite);
    else
        *ret = compare_digits(digits_of(a, a_scratch), digits_of(b, b_scratch));
    return true;
}

/* -- hashing ---------------------------------------------------------------------------------------------------------------- */

static uint64_t hash_double(double f)
{
    int exponent;

    if (isnan(f) || isinf(f))
        return isnan(f) ? fl_hash_int(FL_DECIMAL_NAN) : fl_infinity_hash(f < 0);
    uint64_t mantissa = (uint64_t)ldexp(frexp(fabs(f), &exponent), 53);
    int turns = (exponent - 53) % 61;                /* 2^61 is 1 */
    return fl_residue_hash(f < 0, fl_residue_times(fl_residue_of(mantissa), UINT64_C(1) << (turns < 0 ? turns + 61 : turns)));
}

static uint64_t hash_big(fl_str text)
{
    bool negative;
    uint64_t residue = 0;
    fl_str rest = without_sign(text, &negative);

    while (rest.size > 0) {
        uint64_t chunk = 0;
        size_t size = rest.size < CHUNK ? rest.size : CHUNK;
        for (size_t i = 0; i < size; i++)
            chunk = chunk * 10 + (uint64_t)(rest.data[i] - '0');
        residue = fl_residue_of((unsigned __int128)fl_residue_scaled(residue, (int)size) + chunk);
        rest = fl_str_slice(rest, size, SIZE_MAX);
    }
    return fl_residue_hash(negative, residue);
}

uint64_t fl_number_hash(fl_value v)
{
    switch (v.kind) {
    case FL_V_BOOL: return fl_residue_hash(false, v.b);
    case FL_V_INT: return fl_residue_hash(v.i < 0, fl_residue_of(v.i < 0 ? 0 - (uint64_t)v.i : (uint64_t)v.i));
    case FL_V_UINT: return fl_residue_hash(false, fl_residue_of(v.u));
    case FL_V_BIG: return hash_big(v.text);
    case FL_V_FLOAT: return hash_double(v.f);
    default: return fl_decimal_hash(*v.decimal);
    }
}
