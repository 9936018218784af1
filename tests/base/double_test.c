/* Numbers as text: doubles as Python reads and writes them, integers at their ends. */
#include <math.h>
#include <stdlib.h>
#include "helpers.h"

static const char *written(double value)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 64);

    fl_buf_add_double(&out, value);
    return fl_buf_c(&out);
}

static uint64_t bits_of(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}

FL_TEST(doubles_are_read_and_written_as_python_does)
{
    char line[2048];
    size_t rows = 0;
    FILE *file = opened("data/double.tsv");

    while (fgets(line, sizeof line, file) != NULL) {
        fl_str rest = fl_str_trim(fl_str_of(line)), text = { 0 }, bits = { 0 }, repr = { 0 };
        fl_expect(fl_str_cut(&rest, '\t', &text) && fl_str_cut(&rest, '\t', &bits) && fl_str_cut(&rest, '\t', &repr));
        double value = 0;
        bool read = fl_str_double(text, &value);
        if (fl_str_equal(bits, fl_lit("-"))) {
            if (read)
                fl_fail("%.*s is beyond the range, but was read as %g", FL_SHOW(text), value);
        } else {
            if (!read || bits_of(value) != strtoull(bits.data, NULL, 16))
                fl_fail("%.*s was read as %a, not %.*s", FL_SHOW(text), value, FL_SHOW(bits));
            fl_expect_text(written(value), fl_str_c(repr));
        }
        rows++;
    }
    fl_expect(rows > 300);
}

static const char *const refused[] = {
    "",   " ",  ".",    "-",     "+",   "e5",   ".e5", "1e",       "1e+", "1e-",   "1.5.2", "--1",   "+-1",   " 1",
    "1 ", "1x", "0x10", "0x1p3", "inf", "-inf", "nan", "infinity", "NaN", "1_000", "1,5",   "1e5.5", "1e400", "-1e400",
};

static void check_refused(const void *row)
{
    const char *text = *(const char *const *)row;
    double value = 7;

    fl_label("'%s'", text);
    fl_expect(!fl_str_double(fl_str_of(text), &value));
    fl_expect(value == 7);
}

FL_TEST(what_is_no_plain_number_is_refused) { fl_table(refused, check_refused); }

FL_TEST(a_view_ends_where_it_ends)
{
    double value;

    fl_expect(fl_str_double(fl_str_n("12.5e31", 4), &value) && value == 12.5);
    fl_expect(fl_str_double(fl_str_n("12.5e31", 6), &value) && value == 12.5e3);
    fl_expect(!fl_str_double(fl_str_n("12.5e31", 5), &value));
    fl_expect(!fl_str_double(fl_str_n(NULL, 0), &value));
}

/* Random bits, decimal fractions, subnormals, and neighbours of powers of two. */
static double random_double(uint64_t *state, int i)
{
    double value;

    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    uint64_t bits = *state;
    if (i % 4 == 1)
        return (double)(bits % 100000000000) / 1000;
    if (i % 4 == 2)
        bits &= UINT64_MAX >> 12;
    if (i % 4 == 3)
        bits = (bits & UINT64_MAX << 52) | (bits & 3);
    memcpy(&value, &bits, sizeof value);
    return isfinite(value) ? value : 1;
}

FL_TEST(doubles_survive_the_way_there_and_back)
{
    uint64_t state = 88172645463325252;

    for (int i = 0; i < 20000; i++)
        fl_scope {
            double value = random_double(&state, i), back;
            const char *text = written(value);
            if (!fl_str_double(fl_str_of(text), &back) || bits_of(back) != bits_of(value) ||
                bits_of(strtod(text, NULL)) != bits_of(value))
                fl_fail("%a was written as %s", value, text);
        }
}

FL_TEST(no_shorter_text_would_do)
{
    uint64_t state = 4242424242;

    for (int i = 0; i < 3000; i++)
        fl_scope {
            double value = random_double(&state, i);
            size_t digits = 0, zeros = 0;
            for (const char *at = written(value); *at != '\0' && *at != 'e'; at++) {
                if (*at == '.' || *at == '-' || (digits == 0 && *at == '0'))
                    continue;
                digits++;
                zeros = *at == '0' ? zeros + 1 : 0;
            }
            digits -= zeros;
            if (digits > 1 && strtod(fl_text("%.*e", (int)digits - 2, value), NULL) == value)
                fl_fail("%s has more digits than %.*e", written(value), (int)digits - 2, value);
        }
}

FL_TEST(long_texts_round_as_strtod_does)
{
    uint64_t state = 987654321;

    for (int i = 0; i < 3000; i++)
        fl_scope {
            double value = random_double(&state, i), ours = 0;
            const char *text = fl_text("%.*e", i % 60, value);
            bool beyond = isinf(strtod(text, NULL));
            if (fl_str_double(fl_str_of(text), &ours) == beyond || (!beyond && bits_of(ours) != bits_of(strtod(text, NULL))))
                fl_fail("%s was read as %a", text, ours);
        }
}

FL_TEST(names_stand_for_what_is_no_number)
{
    fl_expect_text(written((double)NAN), "nan");
    fl_expect_text(written((double)INFINITY), "inf");
    fl_expect_text(written(-(double)INFINITY), "-inf");
}

FL_TEST(a_full_buffer_takes_exactly_what_fits)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 8);

    fl_buf_add_double(&out, 1.5);
    fl_buf_add_int(&out, -1234);
    fl_expect_bytes(fl_buf_str(&out), fl_lit("1.5-1234"));
    fl_expect(!fl_buf_failed(&out));
    fl_buf_add_int(&out, 1);
    fl_expect(fl_buf_failed(&out));
    fl_expect_equal(out.size, 8);
}

static const struct {
    long long value;
    const char *text;
} integers[] = {
    { 0, "0" },
    { 9, "9" },
    { 10, "10" },
    { 99, "99" },
    { 100, "100" },
    { -1, "-1" },
    { -10, "-10" },
    { 4095, "4095" },
    { 4096, "4096" },
    { 999999999, "999999999" },
    { 1000000000, "1000000000" },
    { 999999999999999999, "999999999999999999" },
    { 1000000000000000000, "1000000000000000000" },
    { INT64_MAX, "9223372036854775807" },
    { INT64_MIN, "-9223372036854775808" },
};

static void check_integer(const void *row)
{
    const struct {
        long long value;
        const char *text;
    } *integer = row;
    fl_buf out = fl_buf_in(fl_arena_here(), 64);

    fl_label("%s", integer->text);
    fl_buf_add_int(&out, integer->value);
    fl_expect_text(fl_buf_c(&out), integer->text);
}

FL_TEST(integers_are_written) { fl_table(integers, check_integer); }

FL_TEST(every_length_of_an_unsigned_integer_is_written)
{
    for (unsigned long long value = 1; value < UINT64_MAX / 10; value = value * 10 + 1)
        for (int by = -1; by <= 1; by++) {
            fl_buf out = fl_buf_in(fl_arena_here(), 64);
            fl_buf_add_uint(&out, value - 1 + (unsigned long long)by);
            fl_expect_text(fl_buf_c(&out), fl_text("%llu", value - 1 + (unsigned long long)by));
        }
    fl_buf out = fl_buf_in(fl_arena_here(), 64);
    fl_buf_add_uint(&out, UINT64_MAX);
    fl_expect_text(fl_buf_c(&out), "18446744073709551615");
}
