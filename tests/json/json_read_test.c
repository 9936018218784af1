/* Reading JSON: what is refused, where and why; limits; numbers and strings at their edges. */
#include <errno.h>
#include "json/scan.h"
#include "../helpers.h"

static fl_value parsed(const char *text)
{
    fl_json *json = NULL;
    fl_json_error why;

    if (fl_json_try_parse(fl_str_of(text), NULL, &json, &why) != 0)
        fl_fail("%s: line %d, column %d: %s", text, why.line, why.column, why.message);
    return json->value;
}

static const struct {
    const char *text;
    int line, column;
    const char *message;
} refused[] = {
    { "", 1, 1, "expected a value, found the end of the text" },
    { "  \n ", 2, 2, "expected a value, found the end of the text" },
    { "nul", 1, 4, "expected a value, found the end of the text" },
    { "nulL", 1, 4, "expected a value, found 'L'" },
    { "True", 1, 1, "expected a value, found 'T'" },
    { "NaN", 1, 1, "expected a value, found 'N'" },
    { "-Infinity", 1, 2, "expected a digit behind '-', found 'I'" },
    { "-", 1, 2, "expected a digit behind '-', found the end of the text" },
    { "+1", 1, 1, "expected a value, found '+'" },
    { "01", 1, 1, "a number does not begin with 0 and another digit" },
    { "-012", 1, 2, "a number does not begin with 0 and another digit" },
    { ".5", 1, 1, "expected a value, found '.'" },
    { "1.", 1, 3, "expected a digit in a number, found the end of the text" },
    { "[1.e3]", 1, 6, "expected a digit in a number, found ']'" },
    { "[1e]", 1, 4, "expected a digit in a number, found ']'" },
    { "1e+", 1, 4, "expected a digit in a number, found the end of the text" },
    { "0x10", 1, 2, "expected the end of the text, found 'x'" },
    { "1e400", 1, 1, "the number is out of the range of doubles" },
    { "[1,\n -1e309]", 2, 2, "the number is out of the range of doubles" },
    { "1 2", 1, 3, "expected the end of the text, found '2'" },
    { "{}}", 1, 3, "expected the end of the text, found '}'" },
    { "[1 2]", 1, 4, "expected ',' or ']' behind a value, found '2'" },
    { "[1,]", 1, 4, "expected a value, found ']'" },
    { "[,1]", 1, 2, "expected a value, found ','" },
    { "[1}", 1, 3, "expected ',' or ']' behind a value, found '}'" },
    { "[", 1, 2, "expected a value, found the end of the text" },
    { "[1", 1, 3, "expected ',' or ']' behind a value, found the end of the text" },
    { "{\"a\":1 x", 1, 8, "expected ',' or '}' behind a value, found 'x'" },
    { "{\"a\":1]", 1, 7, "expected ',' or '}' behind a value, found ']'" },
    { "{\"a\":1,}", 1, 8, "expected a key in double quotes, found '}'" },
    { "{a:1}", 1, 2, "expected a key in double quotes, found 'a'" },
    { "{1:1}", 1, 2, "expected a key in double quotes, found '1'" },
    { "{\"a\" 1}", 1, 6, "expected ':' behind a key, found '1'" },
    { "{\"a\":}", 1, 6, "expected a value, found '}'" },
    { "{\"a\"", 1, 5, "expected ':' behind a key, found the end of the text" },
    { "['a']", 1, 2, "expected a value, found '''" },
    { "// no\n1", 1, 1, "expected a value, found '/'" },
    { "\"abc", 1, 1, "the string that begins here does not end" },
    { "[\"a\", \"bc]", 1, 7, "the string that begins here does not end" },
    { "\"abc\\", 1, 1, "the string that begins here does not end" },
    { "\"abc\\\"", 1, 1, "the string that begins here does not end" },
    { "\"a\nb\"", 1, 3, "the control character 0x0A in a string must be escaped" },
    { "\"12345678\tb\"", 1, 10, "the control character 0x09 in a string must be escaped" },
    { "\"\\x\"", 1, 3, "expected one of \"\\/bfnrtu behind a backslash, found 'x'" },
    { "\"\\u12g4\"", 1, 2, "expected four hexadecimal digits behind \\u" },
    { "\"\\u12", 1, 2, "expected four hexadecimal digits behind \\u" },
    { "\"x\\ud800\"", 1, 3, "\\ud800 is half of a pair of surrogates, the other half is not there" },
    { "\"\\ud800\\n\"", 1, 2, "\\ud800 is half of a pair of surrogates, the other half is not there" },
    { "\"\\uDC00\\uD800\"", 1, 2, "\\uDC00 is half of a pair of surrogates, the other half is not there" },
    { "\"\\ud800\\ud800\"", 1, 2, "\\ud800 is half of a pair of surrogates, the other half is not there" },
    { "\"\xff\"", 1, 2, "the byte 0xFF is not valid UTF-8 here" },
    { "\"\xc0\xaf\"", 1, 2, "the byte 0xC0 is not valid UTF-8 here" },
    { "\"\xe0\x80\x80\"", 1, 2, "the byte 0xE0 is not valid UTF-8 here" },
    { "\"\xed\xa0\x80\"", 1, 2, "the byte 0xED is not valid UTF-8 here" },
    { "\"\xf0\x8f\xbf\xbf\"", 1, 2, "the byte 0xF0 is not valid UTF-8 here" },
    { "\"\xf4\x90\x80\x80\"", 1, 2, "the byte 0xF4 is not valid UTF-8 here" },
    { "\"\xc3\"", 1, 2, "the byte 0xC3 is not valid UTF-8 here" },
    { "\"ok\xe2\x82", 1, 4, "the byte 0xE2 is not valid UTF-8 here" },
    { "[\n  1,\n  é]", 3, 3, "expected a value, found 'é' (U+00E9)" },
    { "\xef\xbb\xbf{}", 1, 1, "(U+FEFF)" },
    { "[\f1]", 1, 2, "expected a value, found the byte 0x0C" },
    { "[\xff]", 1, 2, "expected a value, found the byte 0xFF" },
};

static void check_refused(const void *row)
{
    const struct {
        const char *text;
        int line, column;
        const char *message;
    } *bad = row;
    fl_json *json = NULL;
    fl_json_error why = { 0 };

    fl_label("%s", bad->text);
    fl_expect_equal(fl_json_try_parse(fl_str_of(bad->text), NULL, &json, &why), -EINVAL);
    fl_expect_contains(why.message, bad->message);
    fl_expect_equal(why.line, bad->line);
    fl_expect_equal(why.column, bad->column);
    fl_expect(json == NULL);
    fl_expect_equal(fl_json_try_parse(fl_str_of(bad->text), NULL, &json, NULL), -EINVAL);
}

FL_TEST(faults_are_told_with_line_and_column) { fl_table(refused, check_refused); }

FL_TEST(a_zero_byte_is_no_end)
{
    fl_json *json;
    fl_json_error why;

    fl_expect_equal(fl_json_try_parse(fl_lit("1\0"), NULL, &json, &why), -EINVAL);
    fl_expect_text(why.message, "expected the end of the text, found the byte 0x00");
    fl_expect_equal(fl_json_try_parse(fl_lit("\"a\0b\""), NULL, &json, &why), -EINVAL);
    fl_expect_text(why.message, "the control character 0x00 in a string must be escaped");
    fl_expect_equal(fl_json_try_parse(fl_lit("\"a\\\0\""), NULL, &json, &why), -EINVAL);
    fl_expect_contains(why.message, "behind a backslash");
}

FL_TEST(numbers_become_the_narrowest_kind)
{
    fl_expect_equal(parsed("-9223372036854775808").kind, FL_V_INT);
    fl_expect(parsed("-9223372036854775808").i == INT64_MIN);
    fl_expect(parsed("9223372036854775807").i == INT64_MAX);
    fl_expect_equal(parsed("9223372036854775808").kind, FL_V_UINT);
    fl_expect(parsed("18446744073709551615").u == UINT64_MAX);
    fl_expect_equal(parsed("18446744073709551616").kind, FL_V_BIG);
    fl_value big = parsed("[-9223372036854775809]").list->items[0];
    fl_expect_equal(big.kind, FL_V_BIG);
    fl_expect_text(big.text.data, "-9223372036854775809");
    fl_expect_equal(parsed("999999999999999999").i, 999999999999999999);
    fl_expect_equal(parsed("1.0").kind, FL_V_FLOAT);
    fl_expect(parsed("1e2").f == 100);
    fl_expect(parsed("1e-400").f == 0);
}

FL_TEST(strings_are_unescaped_and_ended)
{
    fl_value v = parsed("[\"\\ud834\\udd1e\", \"a\\u0000b\", \"\\u00e9\\u20AC\\n\", \"\"]");

    fl_expect_bytes(v.list->items[0].text, fl_lit("\xf0\x9d\x84\x9e"));
    fl_expect_bytes(v.list->items[1].text, fl_lit("a\0b"));
    fl_expect_bytes(v.list->items[2].text, fl_lit("é€\n"));
    for (size_t i = 0; i < v.list->count; i++)
        fl_expect(v.list->items[i].text.data[v.list->items[i].text.size] == '\0');
}

FL_TEST(strings_of_every_length_and_escape_place_are_read)
{
    for (size_t size = 1; size < 40; size++)
        for (size_t at = 0; at < size; at++)
            fl_scope {
                char *plain = fl_text("%0*d", (int)size, 0);
                const char *text = fl_text("\"%.*s\\n%sé\"", (int)at, plain, plain + at);
                const char *expected = fl_text("%.*s\n%sé", (int)at, plain, plain + at);
                fl_expect_text(parsed(text).text.data, expected);
            }
}

FL_TEST(decimals_keep_every_digit)
{
    const fl_json_limits limits = { .decimals = true };
    fl_json *json;

    fl_expect_ok(
        fl_json_try_parse(fl_lit("[19.90, 7, 1.00000000000000000000000000000000000000000000001]"), &limits, &json, NULL));
    const fl_value *items = json->value.list->items;
    fl_expect_equal(items[0].kind, FL_V_DECIMAL);
    fl_expect(items[0].decimal->units == 1990 && items[0].decimal->scale == 2);
    fl_expect_equal(items[1].kind, FL_V_INT);
    fl_expect_equal(items[2].kind, FL_V_FLOAT);
}

FL_TEST(of_equal_keys_the_last_wins_or_none)
{
    const fl_json_limits limits = { .refuse_duplicates = true };
    fl_json *json;
    fl_json_error why;
    const char *text = "{\"a\": 1,\n \"\\u0061\": {\"b\": 2}}";

    fl_expect_text(fl_json_dump(fl_json_parse(text)), "{\"a\": {\"b\": 2}}");
    fl_expect_equal(fl_json_try_parse(fl_str_of(text), &limits, &json, &why), -EINVAL);
    fl_expect_text(why.message, "the key 'a' is there twice");
    fl_expect_equal(why.line, 2);
    fl_expect_equal(why.column, 2);
    fl_expect_ok(fl_json_try_parse(fl_lit("{\"a\": {\"a\": 1}, \"b\": 2}"), &limits, &json, &why));
}

/* -- limits ----------------------------------------------------------------------------------------------------------------- */

static fl_str repeated(const char *part, size_t times)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    for (size_t i = 0; i < times; i++)
        fl_buf_add_c(&out, part);
    return fl_buf_str(&out);
}

FL_TEST(a_bomb_of_brackets_is_refused_and_costs_no_stack)
{
    const fl_json_limits deep = { .depth = 200000 };
    fl_json *json;
    fl_json_error why;

    fl_expect_equal(fl_json_try_parse(repeated("[", 100000), NULL, &json, &why), -E2BIG);
    fl_expect_text(why.message, "nested deeper than 512 levels");
    fl_expect_equal(why.column, 513);
    fl_expect_equal(fl_json_try_parse(repeated("{\"a\":", 100000), NULL, &json, &why), -E2BIG);
    fl_expect_equal(fl_json_try_parse(repeated("[", 100000), &deep, &json, &why), -EINVAL);
    fl_str opened = repeated("[", 100000), closed = repeated("]", 100000);
    fl_buf both = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_buf_add(&both, opened);
    fl_buf_add(&both, closed);
    fl_expect_ok(fl_json_try_parse(fl_buf_str(&both), &deep, &json, &why));
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_expect_equal(fl_json_write(json->value, NULL, &out), -ELOOP);
    fl_expect_equal(out.size, 0);
}

FL_TEST(depth_counts_what_is_open)
{
    const fl_json_limits two = { .depth = 2 };
    fl_json *json;

    fl_expect_ok(fl_json_try_parse(fl_lit("[[1],[2],{\"a\":3}]"), &two, &json, NULL));
    fl_expect_equal(fl_json_try_parse(fl_lit("[[1],[[]]]"), &two, &json, NULL), -E2BIG);
}

FL_TEST(size_and_values_are_limited)
{
    const fl_json_limits small = { .size = 10, .values = 3 };
    fl_json *json;
    fl_json_error why;

    fl_expect_ok(fl_json_try_parse(fl_lit("[1234, 56]"), &small, &json, &why));
    fl_expect_equal(fl_json_try_parse(fl_lit("[1234, 567]"), &small, &json, &why), -E2BIG);
    fl_expect_text(why.message, "the text has 11 bytes, more than the 10 allowed");
    fl_expect_equal(fl_json_try_parse(fl_lit("[1,2,3]"), &small, &json, &why), -E2BIG);
    fl_expect_text(why.message, "more than 3 values");
    fl_expect_equal(why.column, 6);
}

FL_TEST(a_string_of_ten_megabytes_is_read)
{
    fl_str text = repeated("0123456789abcdef", 10 << 16);
    fl_buf quoted = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_json *json;

    fl_buf_add_char(&quoted, '"');
    fl_buf_add(&quoted, text);
    fl_buf_add_char(&quoted, '"');
    fl_expect_ok(fl_json_try_parse(fl_buf_str(&quoted), NULL, &json, NULL));
    fl_expect(fl_str_equal(json->value.text, text));
    fl_expect_equal(fl_json_try_parse(fl_str_slice(fl_buf_str(&quoted), 0, text.size), NULL, &json, NULL), -EINVAL);
}

FL_TEST(a_small_arena_is_an_error_not_an_end)
{
    fl_str text = repeated("[1,", 400);
    fl_arena *before = fl_arena_set_here(freed_later(fl_arena_new("tiny", 6000)));
    fl_json *json;
    fl_json_error why;

    int code = fl_json_try_parse(text, NULL, &json, &why);
    fl_arena_set_here(before);
    fl_expect_equal(code, -ENOMEM);
    fl_expect_text(why.message, "not enough memory for the document");
}

static void parse(void *text) { (void)fl_json_parse(text); }

FL_TEST(the_raising_form_says_where)
{
    fl_error *e = fl_expect_raises(FL_BAD_JSON, parse, fl_text("{\n\"a\" 1}"));

    fl_expect_text(e->message, "line 2, column 5: expected ':' behind a key, found '1'");
    fl_expect(fl_error_is(e, FL_BAD_REQUEST));
}

/* -- words ------------------------------------------------------------------------------------------------------------------ */

static bool is_plain(unsigned char c, bool strict)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\' && !(strict && c == 0x7f);
}

FL_TEST(the_first_special_byte_of_a_word_is_found)
{
    for (int byte = 0; byte < 256; byte++)
        for (unsigned at = 0; at < 8; at++)
            for (int strict = 0; strict < 2; strict++) {
                char word[8];
                memset(word, 'x', sizeof word);
                word[at] = (char)byte;
                uint64_t marks = fl_json_marks(fl_json_word(word), strict);
                fl_expect((marks == 0) == is_plain((unsigned char)byte, strict));
                fl_expect(marks == 0 || fl_json_first_mark(marks) == at);
            }
}
