/* Decimals: every vector of Python's decimal with 38 digits, and what raises. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include "../helpers.h"

typedef struct vector { char *operation, *a, *b, *expected; int line; } vector;
typedef int (*binary)(fl_decimal a, fl_decimal b, fl_decimal *ret);

static fl_decimal number(const char *text)
{
    fl_decimal d = { 0 };
    if (fl_decimal_try_parse(fl_str_of(text), &d) != 0)
        fl_fail("the vector's operand '%s' does not parse", text);
    return d;
}

static const char *outcome(int code, fl_decimal d)
{
    return code == -EDOM     ? "EDOM"
           : code == -ERANGE ? "ERANGE"
           : code == -EINVAL ? "EINVAL"
           : code == 0       ? fl_decimal_text(d)
                             : "another code";
}

static const char *unescaped(const char *text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    for (; *text != '\0'; text++) {
        char c = *text != '\\' ? *text : *++text == 't' ? '\t' : *text == 'n' ? '\n' : *text;
        fl_buf_add_char(&out, c);
    }
    return fl_buf_c(&out);
}

static const char *binary_result(const vector *v)
{
    static const struct {
        const char *name;
        binary run;
    } operations[] = { { "add", fl_decimal_try_add },
                       { "subtract", fl_decimal_try_subtract },
                       { "multiply", fl_decimal_try_multiply },
                       { "divide", fl_decimal_try_divide },
                       { "remainder", fl_decimal_try_remainder } };
    fl_decimal d = { 0 };

    for (size_t i = 0; i < FL_LENGTH(operations); i++)
        if (fl_text_is(operations[i].name, v->operation))
            return outcome(operations[i].run(number(v->a), number(v->b), &d), d);
    return NULL;
}

static const char *unary_result(const vector *v)
{
    fl_decimal d = number(v->a);
    long long n;

    if (fl_text_is(v->operation, "plain"))
        return fl_decimal_plain(d);
    if (fl_text_is(v->operation, "normalize"))
        return fl_decimal_text(fl_decimal_normalize(d));
    if (fl_text_is(v->operation, "negate"))
        return fl_decimal_text(fl_decimal_negate(d));
    if (fl_text_is(v->operation, "absolute"))
        return fl_decimal_text(fl_decimal_absolute(d));
    if (fl_text_is(v->operation, "digits"))
        return fl_text("%d", fl_decimal_digits(d));
    if (fl_text_is(v->operation, "sign"))
        return fl_text("%d", fl_decimal_sign(d));
    if (fl_text_is(v->operation, "int")) {
        int code = fl_decimal_try_int(d, &n);
        return code != 0 ? outcome(code, d) : fl_text("%lld", n);
    }
    return NULL;
}

static const char *result_of(const vector *v)
{
    fl_decimal d = { 0 };

    if (fl_text_is(v->operation, "parse")) {
        int code = fl_decimal_try_parse(fl_str_of(unescaped(v->a)), &d);
        return outcome(code, d);
    }
    if (fl_text_is(v->operation, "round")) {
        char *rounding;
        int places = (int)strtol(v->b, &rounding, 10), which = (int)strtol(rounding + 1, NULL, 10);
        int code = fl_decimal_try_round(number(v->a), places, (fl_rounding)which, &d);
        return outcome(code, d);
    }
    if (fl_text_is(v->operation, "compare"))
        return fl_text("%d", fl_decimal_compare(number(v->a), number(v->b)));
    if (fl_text_is(v->operation, "hash"))
        return fl_decimal_hash(number(v->a)) == fl_decimal_hash(number(v->b)) ? "same" : "other";
    const char *result = binary_result(v);
    return result != NULL ? result : unary_result(v);
}

static void check(const vector *v)
{
    if (fl_text_is(v->operation, "double")) {
        double expected = strtod(v->expected, NULL), given = fl_decimal_double(number(v->a));
        if (given != expected || signbit(given) != signbit(expected))
            fl_fail("line %d: %s as a double is %a, expected %a", v->line, v->a, given, expected);
        return;
    }
    const char *result = result_of(v);
    if (!fl_text_is(result, v->expected))
        fl_fail("line %d: %s of %s and %s is %s, expected %s", v->line, v->operation, v->a, v->b, result, v->expected);
}

FL_TEST(every_vector_of_python_agrees)
{
    FILE *file = opened("data/decimal.tsv");
    char line[16384];
    int count = 0;

    while (fgets(line, sizeof line, file) != NULL) {
        fl_str rest = fl_str_of(line), part;
        vector v = { .line = ++count };
        char **fields[] = { &v.operation, &v.a, &v.b, &v.expected };
        line[strcspn(line, "\n")] = '\0';
        rest.size = strlen(line);
        for (size_t i = 0; i < FL_LENGTH(fields); i++) {
            fl_expect(fl_str_cut(&rest, '\t', &part));
            *fields[i] = fl_str_c(part);
        }
        fl_scope {
            check(&v);
        }
    }
    fl_expect(count > 2000);
}

FL_TEST(all_bits_zero_is_none_and_computes_nothing)
{
    fl_decimal none = { 0 }, one = fl_decimal_of_int(1), d = one;

    fl_expect(fl_decimal_is_none(none) && !fl_decimal_is_zero(none) && !fl_decimal_is_finite(none));
    fl_expect_text(fl_decimal_text(none), "");
    fl_expect(fl_decimal_try_add(none, one, &d) == -EDOM);
    fl_expect(fl_decimal_try_divide(one, none, &d) == -EDOM);
    fl_expect(fl_decimal_try_round(none, 2, FL_ROUND_DOWN, &d) == -EDOM);
    fl_expect(fl_decimal_equal(d, one));
    fl_expect(fl_decimal_equal(none, none) && fl_decimal_compare(none, one) < 0 && fl_decimal_compare(one, none) > 0);
}

FL_TEST(a_literal_keeps_its_digits)
{
    fl_expect_text(fl_decimal_text(FL_DECIMAL(19.90)), "19.90");
    fl_expect_text(fl_decimal_text(FL_DECIMAL(-0.1)), "-0.1");
    fl_expect_text(fl_decimal_text(fl_decimal_multiply(FL_DECIMAL(19.99), fl_decimal_of_int(3))), "59.97");
}

FL_TEST(a_double_becomes_its_shortest_text)
{
    fl_expect(fl_decimal_equal(fl_decimal_of_double(0.1), FL_DECIMAL(0.1)));
    fl_expect(fl_decimal_equal(fl_decimal_of_double(-1e22), FL_DECIMAL(-1e22)));
    fl_expect(fl_decimal_equal(fl_decimal_of_double(5e-324), FL_DECIMAL(5e-324)));
    fl_expect(fl_decimal_equal(fl_decimal_of_double(HUGE_VAL), fl_decimal_parse("inf")));
    fl_expect_text(fl_decimal_text(fl_decimal_of_double((double)NAN)), "NaN");
}

FL_TEST(a_nan_equals_nothing)
{
    fl_decimal nan = fl_decimal_parse("NaN");

    fl_expect(!fl_decimal_equal(nan, nan));
    fl_expect(fl_decimal_compare(nan, fl_decimal_of_int(1)) == 1 && fl_decimal_compare(fl_decimal_of_int(1), nan) == 1);
}

static void divide_by_zero(void *unused) { (void)unused, (void)fl_decimal_divide(FL_DECIMAL(19.9), FL_DECIMAL(0)); }
static void lose_digits(void *unused) { (void)unused, (void)fl_decimal_add(FL_DECIMAL(1e40), FL_DECIMAL(1)); }
static void parse_words(void *unused) { (void)unused, (void)fl_decimal_parse("twelve"); }
static void parse_null(void *unused) { (void)unused, (void)fl_decimal_parse(NULL); }
static void parse_too_much(void *unused) { (void)unused, (void)fl_decimal_parse("1e6145"); }
static void round_too_far(void *unused) { (void)unused, (void)fl_decimal_round(FL_DECIMAL(1.5), 40, FL_ROUND_DOWN); }

FL_TEST(errors_show_the_numbers)
{
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, divide_by_zero, NULL)->message, "19.9 / 0 is not a number");
    fl_expect_contains(fl_expect_raises(FL_OVERFLOW, lose_digits, NULL)->message, "1E+40 + 1 does not fit");
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, parse_words, NULL)->message, "'twelve'");
    fl_expect_error(FL_VALUE_ERROR, parse_null, NULL);
    fl_expect_contains(fl_expect_raises(FL_OVERFLOW, parse_too_much, NULL)->message, "'1e6145'");
    fl_expect_contains(fl_expect_raises(FL_OVERFLOW, round_too_far, NULL)->message, "1.5 rounded to 40 places");
}

FL_TEST(printing_needs_no_more_room_than_the_text)
{
    char text[5];
    fl_buf out = { .data = text, .capacity = sizeof text, .limit = sizeof text };

    fl_decimal_print(FL_DECIMAL(12.50), &out);
    fl_expect(!fl_buf_failed(&out));
    fl_expect_bytes(fl_buf_str(&out), fl_lit("12.50"));
    fl_decimal_print(FL_DECIMAL(1), &out);
    fl_expect(fl_buf_failed(&out));
}
