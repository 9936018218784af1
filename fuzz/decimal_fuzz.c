/* Decimals: what is read prints and reads back as itself; arithmetic obeys its laws and agrees with slow digit-by-digit arithmetic.
 * The input is an operation's byte, then two numbers with a line feed between them. */
#include <errno.h>
#include <fleche/base.h>
#include <stdlib.h>

enum { SLOW = 160 };                                         /* digits of the slow integers, least first */
typedef struct slow { uint8_t digit[SLOW]; } slow;

static void require(bool holds)
{
    if (!holds)
        abort();
}

static slow slow_of(fl_decimal d, int zeros)
{
    slow s = { { 0 } };
    unsigned __int128 left = d.units < 0 ? -(unsigned __int128)d.units : (unsigned __int128)d.units;

    for (int i = zeros; left != 0; i++, left /= 10)
        s.digit[i] = (uint8_t)(left % 10);
    return s;
}

static slow slow_sum(slow a, slow b)
{
    for (int i = 0, carry = 0; i < SLOW; i++) {
        int sum = a.digit[i] + b.digit[i] + carry;
        a.digit[i] = (uint8_t)(sum % 10);
        carry = sum / 10;
    }
    return a;
}

static slow slow_product(slow a, slow b)
{
    unsigned sums[SLOW] = { 0 };
    slow s;

    for (int i = 0; i < 40; i++)
        for (int j = 0; j < 40; j++)
            sums[i + j] += (unsigned)a.digit[i] * b.digit[j];
    for (int i = 0; i < SLOW; i++) {
        s.digit[i] = (uint8_t)(sums[i] % 10);
        if (i + 1 < SLOW)
            sums[i + 1] += sums[i] / 10;
    }
    return s;
}

static bool is_number(fl_decimal d) { return fl_decimal_is_finite(d); }

static void check_text(fl_decimal d)
{
    fl_decimal again;
    int code = fl_decimal_try_parse(fl_str_of(fl_decimal_text(d)), &again);

    require(code == 0 && again.units == d.units && again.scale == d.scale && again.form == d.form);
    code = fl_decimal_try_parse(fl_str_of(fl_decimal_plain(d)), &again);
    require(code == -ERANGE || (code == 0 && (d.form == FL_DECIMAL_NAN || fl_decimal_equal(again, d))));
    fl_decimal normal = fl_decimal_normalize(d);
    require(d.form == FL_DECIMAL_NAN || (fl_decimal_equal(normal, d) && fl_decimal_hash(normal) == fl_decimal_hash(d)));
}

/* Sums of numbers of one sign at most 60 digits apart, as long integers. */
static void check_sum(fl_decimal a, fl_decimal b)
{
    fl_decimal sum, back;
    int code = fl_decimal_try_add(a, b, &sum);

    require(code != 0 || !is_number(a) || !is_number(b) || (fl_decimal_try_add(b, a, &back) == 0 && fl_decimal_equal(sum, back)));
    if (!is_number(a) || !is_number(b) || (a.units < 0) != (b.units < 0) || abs(a.scale - b.scale) > 60)
        return;
    int scale = a.scale > b.scale ? a.scale : b.scale, first = 0, count = SLOW;
    slow s = slow_sum(slow_of(a, scale - a.scale), slow_of(b, scale - b.scale));
    while (count > 0 && s.digit[count - 1] == 0)
        count--;
    while (first < count && s.digit[first] == 0)
        first++;
    require((code == 0) == (count - first <= FL_DECIMAL_DIGITS));
    if (code != 0)
        return;
    slow result = slow_of(sum, scale - sum.scale);
    require(memcmp(&s, &result, sizeof s) == 0);
}

/* Exact products whole, rounded ones to within half of the last digit. */
static void check_product(fl_decimal a, fl_decimal b)
{
    fl_decimal product;

    if (fl_decimal_try_multiply(a, b, &product) != 0 || !is_number(product) || product.units == 0)
        return;
    slow s = slow_product(slow_of(a, 0), slow_of(b, 0)), half = { { 0 } };
    int dropped = a.scale + b.scale - product.scale;
    require(dropped >= 0 && dropped <= FL_DECIMAL_DIGITS);
    if (dropped > 0) {
        half.digit[dropped - 1] = 5;
        s = slow_sum(s, half);
        bool tie = s.digit[dropped - 1] == 0;
        for (int i = 0; i < dropped; i++) {
            tie = tie && s.digit[i] == 0;
            s.digit[i] = 0;
        }
        if (tie && s.digit[dropped] % 2 == 1)
            s.digit[dropped]--;
    }
    slow result = slow_of(product, dropped);
    require(memcmp(&s, &result, sizeof s) == 0);
}

/* A quotient times the divisor is the dividend to within half of the quotient's last digit; the remainder is smaller than the divisor. */
static void check_quotient(fl_decimal a, fl_decimal b)
{
    fl_decimal quotient, rest, back, away;

    if (!is_number(a) || !is_number(b))
        return;
    if (fl_decimal_try_remainder(a, b, &rest) == 0) {
        require(fl_decimal_compare(fl_decimal_absolute(rest), fl_decimal_absolute(b)) < 0);
        require(fl_decimal_is_zero(rest) || fl_decimal_sign(rest) == fl_decimal_sign(a));
    }
    if (fl_decimal_try_divide(a, b, &quotient) != 0 || fl_decimal_digits(quotient) == FL_DECIMAL_DIGITS)
        return;
    if (fl_decimal_try_multiply(quotient, b, &back) == 0 && fl_decimal_try_subtract(back, a, &away) == 0)      /* it was exact */
        require(fl_decimal_is_zero(away));
}

static void check_order(fl_decimal a, fl_decimal b)
{
    fl_decimal difference;
    int order = fl_decimal_compare(a, b);

    if (a.form == FL_DECIMAL_NAN || b.form == FL_DECIMAL_NAN)
        return;
    require(order == -fl_decimal_compare(b, a));
    require(order != 0 || fl_decimal_hash(a) == fl_decimal_hash(b));
    if (fl_decimal_try_subtract(a, b, &difference) == 0)
        require(fl_decimal_sign(difference) == order);
}

static void check_round(fl_decimal d, int places)
{
    fl_decimal down, up, floor, ceiling;

    if (!is_number(d) || fl_decimal_try_round(d, places, FL_ROUND_DOWN, &down) != 0 ||
        fl_decimal_try_round(d, places, FL_ROUND_UP, &up) != 0)
        return;
    require(down.scale == places && fl_decimal_compare(fl_decimal_absolute(down), fl_decimal_absolute(d)) <= 0);
    require(fl_decimal_compare(fl_decimal_absolute(up), fl_decimal_absolute(d)) >= 0);
    if (fl_decimal_try_round(d, places, FL_ROUND_FLOOR, &floor) == 0 &&
        fl_decimal_try_round(d, places, FL_ROUND_CEILING, &ceiling) == 0)
        require(fl_decimal_compare(floor, d) <= 0 && fl_decimal_compare(ceiling, d) >= 0);
    for (int r = FL_ROUND_HALF_EVEN; r <= FL_ROUND_HALF_DOWN; r++) {
        fl_decimal half;
        require(fl_decimal_try_round(d, places, (fl_rounding)r, &half) == 0 &&
                (fl_decimal_equal(half, down) || fl_decimal_equal(half, up)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;
    fl_decimal a, b;
    fl_str rest, first;

    if (size < 2)
        return 0;
    if (arena == NULL)
        arena = fl_arena_new("fuzz", 16 << 20);
    fl_arena_reset(arena);
    (void)fl_arena_set_here(arena);
    rest = fl_str_n((const char *)data + 1, size - 1);
    if (!fl_str_cut(&rest, '\n', &first) || fl_decimal_try_parse(first, &a) != 0)
        return 0;
    check_text(a);
    check_round(a, (int8_t)data[0]);
    require(fl_decimal_equal(fl_decimal_of_double(fl_decimal_double(a)), a) || fl_decimal_digits(a) > 15 ||
            a.form == FL_DECIMAL_NAN || fl_decimal_digits(a) - a.scale > 308 || fl_decimal_digits(a) - a.scale < -306);
    if (fl_decimal_try_parse(rest, &b) != 0)
        return 0;
    check_sum(a, b);
    check_product(a, b);
    check_quotient(a, b);
    check_order(a, b);
    return 0;
}
