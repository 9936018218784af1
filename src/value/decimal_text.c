/* Decimals as text, written and read as Python's decimal.Decimal does. */
#include <errno.h>
#include <fleche/buf.h>
#include <fleche/error.h>
#include "value/decimal_inside.h"

/* -- writing ------------------------------------------------------------------------------------------------------------------ */

static void add_digits(fl_buf *out, fl_u128 magnitude)
{
    const uint64_t chunk = UINT64_C(1000000000000000000);

    if (magnitude <= UINT64_MAX) {
        fl_buf_add_uint(out, (uint64_t)magnitude);
        return;
    }
    add_digits(out, magnitude / chunk);
    size_t at = out->size;
    fl_buf_add_uint(out, chunk + (uint64_t)(magnitude % chunk));     /* the 1 in front keeps the zeros behind it */
    memmove(out->data + at, out->data + at + 1, 18);
    out->size--;
}

static fl_str special_text(fl_decimal d)
{
    switch (d.form) {
    case FL_DECIMAL_NAN: return fl_lit("NaN");
    case FL_DECIMAL_INFINITY: return d.units < 0 ? fl_lit("-Infinity") : fl_lit("Infinity");
    default: return fl_lit("");
    }
}

/* A point behind the first `leads` digits, or zeros in front where there are not so many. */
static void add_pointed(fl_buf *out, fl_str digits, long leads)
{
    if (leads <= 0) {
        fl_buf_add(out, fl_lit("0."));
        for (; leads < 0; leads++)
            fl_buf_add_char(out, '0');
        fl_buf_add(out, digits);
        return;
    }
    fl_buf_add_n(out, digits.data, (size_t)leads);
    if ((size_t)leads == digits.size)
        return;
    fl_buf_add_char(out, '.');
    fl_buf_add_n(out, digits.data + leads, digits.size - (size_t)leads);
}

size_t fl_decimal_write(fl_decimal d, char ret[FL_DECIMAL_TEXT_MAX])
{
    char text[FL_DECIMAL_TEXT_MAX];
    fl_buf digits = { .data = text, .capacity = sizeof text, .limit = sizeof text };
    fl_buf out = { .data = ret, .capacity = FL_DECIMAL_TEXT_MAX, .limit = FL_DECIMAL_TEXT_MAX };

    if (!fl_decimal_is_usual(d)) {
        fl_buf_add(&out, special_text(d));
        return out.size;
    }
    if (fl_decimal_is_negative(d))
        fl_buf_add_char(&out, '-');
    if (d.scale == 0) {
        add_digits(&out, fl_decimal_magnitude(d));
        return out.size;
    }
    add_digits(&digits, fl_decimal_magnitude(d));
    long leads = (long)digits.size - d.scale;
    if (d.scale > 0 && leads > -6) {
        add_pointed(&out, fl_buf_str(&digits), leads);
        return out.size;
    }
    add_pointed(&out, fl_buf_str(&digits), 1);
    fl_buf_add(&out, leads > 0 ? fl_lit("E+") : fl_lit("E"));
    fl_buf_add_int(&out, leads - 1);
    return out.size;
}

void fl_decimal_print(fl_decimal d, fl_buf *out)
{
    char text[FL_DECIMAL_TEXT_MAX];

    if (FL_LIKELY(out->capacity - out->size >= sizeof text))
        out->size += fl_decimal_write(d, out->data + out->size);
    else
        fl_buf_add_n(out, text, fl_decimal_write(d, text));
}

const char *fl_decimal_text(fl_decimal d)
{
    char text[FL_DECIMAL_TEXT_MAX];
    size_t size = fl_decimal_write(d, text);

    return fl_arena_copy_text(fl_arena_here(), text, size);
}

const char *fl_decimal_plain(fl_decimal d)
{
    char text[FL_DECIMAL_TEXT_MAX];
    fl_buf digits = { .data = text, .capacity = sizeof text, .limit = sizeof text };
    fl_buf out = fl_buf_in(fl_arena_here(), 2 * FL_DECIMAL_EXPONENT_MAX);

    if (!fl_decimal_is_usual(d))
        return fl_decimal_text(d);
    if (fl_decimal_is_negative(d))
        fl_buf_add_char(&out, '-');
    add_digits(&digits, fl_decimal_magnitude(d));
    if (d.scale > 0) {
        add_pointed(&out, fl_buf_str(&digits), (long)digits.size - d.scale);
        return fl_buf_c(&out);
    }
    fl_buf_add(&out, fl_buf_str(&digits));
    for (int zeros = d.units == 0 ? 0 : -d.scale; zeros > 0; zeros--)
        fl_buf_add_char(&out, '0');
    return fl_buf_c(&out);
}

/* -- reading ------------------------------------------------------------------------------------------------------------------- */

/* What is left to read. Underscores are stepped over wherever they stand, as Python does. */
static int peek(fl_str *rest)
{
    while (rest->size > 0 && rest->data[0] == '_')
        *rest = fl_str_slice(*rest, 1, SIZE_MAX);
    return rest->size == 0 ? -1 : (unsigned char)rest->data[0];
}

static void step(fl_str *rest) { *rest = fl_str_slice(*rest, 1, SIZE_MAX); }

static bool takes(fl_str *rest, const char *word)
{
    fl_str at = *rest;

    for (; *word != '\0'; word++) {
        int c = peek(&at);
        if (c < 0 || (c | 0x20) != *word)
            return false;
        step(&at);
    }
    *rest = at;
    return true;
}

static bool takes_sign(fl_str *rest)
{
    int c = peek(rest);

    if (c == '-' || c == '+')
        step(rest);
    return c == '-';
}

typedef struct coefficient { fl_u128 units; long behind_point; bool any, too_long; } coefficient;

static void take_digits(fl_str *rest, coefficient *ret, bool behind_point)
{
    for (int c; (c = peek(rest)) >= '0' && c <= '9'; step(rest)) {
        ret->any = true;
        ret->behind_point += behind_point;
        if (ret->units >= fl_powers_of_ten[FL_DECIMAL_DIGITS - 1])
            ret->too_long = true;
        else
            ret->units = ret->units * 10 + (unsigned)(c - '0');
    }
}

/* Exponents beyond any use are all the same: out of range. */
static bool take_exponent(fl_str *rest, long *ret)
{
    const long beyond = 1L << 40;
    bool negative = takes_sign(rest), any = false;
    long value = 0;

    for (int c; (c = peek(rest)) >= '0' && c <= '9'; step(rest)) {
        any = true;
        value = value > beyond ? beyond : value * 10 + (c - '0');
    }
    *ret = negative ? -value : value;
    return any;
}

int fl_decimal_try_parse(fl_str text, fl_decimal *ret)
{
    fl_str rest = fl_str_trim(text);
    bool negative = takes_sign(&rest);
    coefficient digits = { 0 };
    long exponent = 0;

    if (takes(&rest, "inf")) {
        (void)takes(&rest, "inity");
        *ret = peek(&rest) < 0 ? (fl_decimal){ negative ? -1 : 1, 0, FL_DECIMAL_INFINITY } : *ret;
        return peek(&rest) < 0 ? 0 : -EINVAL;
    }
    if (takes(&rest, "nan")) {
        *ret = peek(&rest) < 0 ? (fl_decimal){ .form = FL_DECIMAL_NAN } : *ret;
        return peek(&rest) < 0 ? 0 : -EINVAL;
    }
    take_digits(&rest, &digits, false);
    if (peek(&rest) == '.') {
        step(&rest);
        take_digits(&rest, &digits, true);
    }
    if (!digits.any)
        return -EINVAL;
    if (takes(&rest, "e") && !take_exponent(&rest, &exponent))
        return -EINVAL;
    if (peek(&rest) >= 0)
        return -EINVAL;
    if (digits.too_long)
        return -ERANGE;
    return fl_decimal_make(negative, digits.units, exponent - digits.behind_point, ret);
}

fl_decimal fl_decimal_parse(const char *text)
{
    fl_decimal d;
    int code = fl_decimal_try_parse(fl_str_of(text), &d);

    if (code == 0)
        return d;
    if (code == -ERANGE)
        fl_raise(FL_OVERFLOW, "'%s' has more than 38 digits or an exponent beyond 6144", text);
    fl_raise(FL_VALUE_ERROR, "'%s' is not a decimal number", text == NULL ? "" : text);
}
