/* Numbers as people write them: groups of digits, a sign for the point. The digits are those of the number's text, cut off and
 * never rounded. */
#include <fleche/format.h>
#include "text/characters.h"

enum { GROUPS = 4, MOST_DIGITS = 200 };

static const char *or_else(const char *text, const char *otherwise) { return text == NULL ? otherwise : text; }

/* How many digits the group has that ends `index` groups from the right. */
static size_t group_size(const fl_number_style *style, size_t index)
{
    int size = style->grouping[0];

    for (size_t i = 1; i < GROUPS && i <= index && style->grouping[i] > 0; i++)
        size = style->grouping[i];
    return (size_t)size;
}

static void put_grouped(fl_buf *out, fl_str digits, const fl_number_style *style)
{
    size_t groups = 0, first = digits.size;

    for (; style->grouping[0] > 0 && first > group_size(style, groups); groups++)
        first -= group_size(style, groups);
    fl_buf_add_n(out, digits.data, first);
    for (size_t at = first; groups > 0; at += group_size(style, groups)) {
        groups--;
        fl_buf_add_c(out, or_else(style->thousand_separator, ","));
        fl_buf_add_n(out, digits.data + at, group_size(style, groups));
    }
}

static void put_decimals(fl_buf *out, fl_str decimals, const fl_number_style *style)
{
    size_t most = style->decimals > 0 ? (size_t)style->decimals : style->decimals < 0 ? 0 : decimals.size;
    fl_str kept = fl_str_slice(decimals, 0, most);

    if (most == 0)
        return;
    fl_buf_add_c(out, or_else(style->decimal_separator, "."));
    fl_buf_add(out, kept);
    for (size_t i = kept.size; i < most; i++)
        fl_buf_add_char(out, '0');
}

/* An exponent behind the digits stays as it is. */
static void put_digits(fl_buf *out, fl_str text, const fl_number_style *style)
{
    fl_str whole, exponent = { 0 };
    size_t at;

    if (fl_str_after(text, fl_lit("-"), &text))
        fl_buf_add_char(out, '-');
    if (fl_str_find_char(text, 'e', &at)) {
        exponent = fl_str_from_(text, at);
        text.size = at;
    }
    fl_str decimals = text;
    (void)fl_str_cut(&decimals, '.', &whole);
    put_grouped(out, whole, style);
    put_decimals(out, decimals, style);
    fl_buf_add(out, exponent);
}

/* -- decimals ---------------------------------------------------------------------------------------------------------------- */

/* Too small to show in the decimals that are asked for. */
static bool vanishes(fl_decimal d, const fl_number_style *style)
{
    if (style->decimals == 0)
        return false;
    fl_decimal least = { .units = 1, .scale = (int16_t)(style->decimals > 0 ? style->decimals : 1), .form = FL_DECIMAL_NUMBER };
    return fl_decimal_compare(fl_decimal_absolute(d), least) < 0;
}

/* 1.234e+300: one digit before the point. */
static void put_scientific(fl_buf *out, fl_decimal d, const fl_number_style *style)
{
    int digits = fl_decimal_digits(d), exponent = digits - 1 - d.scale;
    fl_decimal one = d;

    one.scale = (int16_t)(digits - 1);
    put_digits(out, fl_str_of(fl_decimal_plain(one)), style);
    fl_buf_add_char(out, 'e');
    fl_buf_add_char(out, exponent < 0 ? '-' : '+');
    fl_buf_add_int(out, exponent < 0 ? -exponent : exponent);
}

static void put_decimal(fl_buf *out, fl_decimal d, const fl_number_style *style)
{
    if (!fl_decimal_is_finite(d)) {
        fl_decimal_print(d, out);
        return;
    }
    if (vanishes(d, style))
        d = fl_decimal_of_int(0);
    int size = d.scale < 0 ? -d.scale : d.scale;
    if (size + fl_decimal_digits(d) > MOST_DIGITS)
        put_scientific(out, d, style);
    else
        put_digits(out, fl_str_of(fl_decimal_plain(d)), style);
}

static bool is_number(fl_str text)
{
    bool digits = false, point = false;

    (void)fl_str_after(text, fl_lit("-"), &text);
    for (size_t i = 0; i < text.size; i++) {
        if (!fl_is_ascii_digit_(text.data[i]) && (text.data[i] != '.' || point || !digits))
            return false;
        digits = true;
        point |= text.data[i] == '.';
    }
    return digits;
}

void fl_number_format_to(fl_buf *out, fl_value number, const fl_number_style *style)
{
    fl_decimal d;

    if (fl_value_is_none(number))
        return;
    fl_str text = fl_str_of(fl_value_text(number));
    bool wide = number.kind == FL_V_FLOAT && fl_str_find_char(text, 'e', NULL);
    if (number.kind == FL_V_DECIMAL)
        put_decimal(out, *number.decimal, style);
    else if (wide && fl_decimal_try_parse(text, &d) == 0)
        put_decimal(out, d, style);
    else if (is_number(text))
        put_digits(out, text, style);
    else
        fl_buf_add(out, text);
}

const char *fl_number_format_(fl_value number, const fl_number_style *style)
{
    fl_buf out = fl_result_();

    fl_number_format_to(&out, number, style);
    return fl_buf_c(&out);
}
