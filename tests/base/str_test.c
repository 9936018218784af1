/* Views of text, and C strings. */
#include <limits.h>
#include "helpers.h"

static const fl_str none = { NULL, 0 };

FL_TEST(equality_and_order_are_those_of_bytes)
{
    fl_expect(fl_str_equal(none, fl_lit("")) && fl_str_equal(fl_lit("a\0b"), fl_lit("a\0b")));
    fl_expect(!fl_str_equal(fl_lit("a\0b"), fl_lit("a\0c")) && !fl_str_equal(fl_lit("a"), fl_lit("ab")));
    fl_expect(fl_str_compare(none, fl_lit("")) == 0 && fl_str_compare(none, fl_lit("a")) < 0);
    fl_expect(fl_str_compare(fl_lit("ab"), fl_lit("a")) > 0 && fl_str_compare(fl_lit("a"), fl_lit("b")) < 0);
    fl_expect(fl_str_compare(fl_lit("\xff"), fl_lit("a")) > 0);      /* unsigned */
    fl_expect(fl_str_equal_ascii(fl_lit("Content-Type"), fl_lit("cONTENT-tYPE")));
    fl_expect(!fl_str_equal_ascii(fl_lit("\xc3\x84"), fl_lit("\xc3\xa4")) && !fl_str_equal_ascii(fl_lit("@"), fl_lit("`")));
}

FL_TEST(a_slice_stays_inside)
{
    fl_str s = fl_lit("hello");

    fl_expect_bytes(fl_str_slice(s, 1, 3), fl_lit("ell"));
    fl_expect_bytes(fl_str_slice(s, 3, SIZE_MAX), fl_lit("lo"));
    fl_expect_bytes(fl_str_slice(s, 9, 9), fl_lit(""));
    fl_expect_bytes(fl_str_slice(none, 0, 1), fl_lit(""));
}

FL_TEST(prefixes_and_suffixes)
{
    fl_str rest = fl_lit("untouched");

    fl_expect(fl_str_starts(fl_lit("abc"), fl_lit("ab")) && fl_str_starts(none, none));
    fl_expect(!fl_str_starts(fl_lit("a"), fl_lit("ab")));
    fl_expect(fl_str_ends(fl_lit("abc"), fl_lit("bc")) && fl_str_ends(fl_lit("abc"), none));
    fl_expect(!fl_str_ends(fl_lit("c"), fl_lit("bc")));
    fl_expect(!fl_str_after(fl_lit("/articles"), fl_lit("/articles/"), &rest));
    fl_expect_bytes(rest, fl_lit("untouched"));
    fl_expect(fl_str_after(fl_lit("/articles/7/"), fl_lit("/articles/"), &rest));
    fl_expect_bytes(rest, fl_lit("7/"));
    fl_expect(fl_str_after(fl_lit("ab"), fl_lit("ab"), &rest) && rest.size == 0);
}

FL_TEST(finding)
{
    size_t at = 99;

    fl_expect(fl_str_find(fl_lit("a needle"), fl_lit("need"), &at) && at == 2);
    fl_expect(fl_str_find(fl_lit("abc"), none, &at) && at == 0);
    fl_expect(fl_str_find(none, none, &at) && at == 0);
    at = 99;
    fl_expect(!fl_str_find(none, fl_lit("a"), &at) && !fl_str_find(fl_lit("ab"), fl_lit("abc"), &at) && at == 99);
    fl_expect(fl_str_find(fl_lit("a\0b"), fl_lit("\0b"), NULL));
    fl_expect(fl_str_find_char(fl_lit("a.b.c"), '.', &at) && at == 1);
    fl_expect(fl_str_find_last(fl_lit("a.b.c"), '.', &at) && at == 3);
    fl_expect(!fl_str_find_last(none, '.', &at) && !fl_str_find_char(none, '.', &at) && at == 3);
}

FL_TEST(trimming)
{
    fl_expect_bytes(fl_str_trim(fl_lit(" \t\r\n\v\fa b \n")), fl_lit("a b"));
    fl_expect_bytes(fl_str_trim(fl_lit("   ")), fl_lit(""));
    fl_expect_bytes(fl_str_trim(none), fl_lit(""));
    fl_expect_bytes(fl_str_trim(fl_lit("\xa0x")), fl_lit("\xa0x"));
}

static const char *parts_of(fl_str list)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1000);

    for (fl_str part, rest = list; fl_str_cut(&rest, ',', &part);)
        fl_buf_format(&out, "[%.*s]", FL_SHOW(part));
    return fl_buf_c(&out);
}

FL_TEST(cutting)
{
    fl_expect_text(parts_of(fl_lit("a,,b")), "[a][][b]");
    fl_expect_text(parts_of(fl_lit("a,")), "[a][]");
    fl_expect_text(parts_of(fl_lit(",")), "[][]");
    fl_expect_text(parts_of(fl_lit("a")), "[a]");
    fl_expect_text(parts_of(fl_lit("")), "[]");
    fl_expect_text(parts_of(none), "");
}

typedef struct int_row { const char *text; bool is; long long value; } int_row;
static const int_row ints[] = {
    { "0", true, 0 },
    { "7", true, 7 },
    { "+7", true, 7 },
    { "-7", true, -7 },
    { "007", true, 7 },
    { "-0", true, 0 },
    { "9223372036854775807", true, LLONG_MAX },
    { "-9223372036854775808", true, LLONG_MIN },
    { "9223372036854775808", false, 0 },
    { "-9223372036854775809", false, 0 },
    { "99999999999999999999", false, 0 },
    { "", false, 0 },
    { "-", false, 0 },
    { "+", false, 0 },
    { "+-7", false, 0 },
    { "-+7", false, 0 },
    { "--7", false, 0 },
    { " 7", false, 0 },
    { "7 ", false, 0 },
    { "7a", false, 0 },
    { "0x7", false, 0 },
    { "1_000", false, 0 },
    { "\xd9\xa7", false, 0 },
};

static void check_int(const void *row)
{
    const int_row *r = row;
    long long value = 4711;

    fl_label("'%s'", r->text);
    fl_expect_equal(fl_str_int(fl_str_of(r->text), &value), r->is);
    fl_expect_equal(value, r->is ? r->value : 4711);
}

FL_TEST(integers_are_digits_with_an_optional_sign) { fl_table(ints, check_int); }

FL_TEST(unsigned_integers)
{
    unsigned long long value = 1;

    fl_expect(fl_str_uint(fl_lit("18446744073709551615"), &value) && value == ULLONG_MAX);
    fl_expect(!fl_str_uint(fl_lit("18446744073709551616"), &value) && !fl_str_uint(fl_lit("-1"), &value) && value == ULLONG_MAX);
    fl_expect(!fl_str_int(fl_lit("7\0"), &(long long){ 0 }));
}

FL_TEST(copies)
{
    fl_expect_text(fl_str_c(fl_str_n("abcdef", 3)), "abc");
    fl_expect_text(fl_str_c(none), "");
    fl_expect_text(fl_str_copy(fl_str_n("abcdef", 2)).data, "ab");
    fl_expect_bytes(fl_str_lower_ascii(fl_lit("AZaz09\xc3\x84[@")), fl_lit("azaz09\xc3\x84[@"));
    fl_expect_bytes(fl_str_upper_ascii(fl_lit("AZaz09\xc3\xa4{`")), fl_lit("AZAZ09\xc3\xa4{`"));
    fl_expect_bytes(fl_str_lower_ascii(none), fl_lit(""));
}

FL_TEST(replacing)
{
    fl_str s = fl_lit("aaa");

    fl_expect_bytes(fl_str_replace(s, fl_lit("a"), fl_lit("bc")), fl_lit("bcbcbc"));
    fl_expect_bytes(fl_str_replace(s, fl_lit("aa"), none), fl_lit("a"));
    fl_expect_bytes(fl_str_replace(s, fl_lit("x"), fl_lit("y")), s);
    fl_expect_bytes(fl_str_replace(s, none, fl_lit("y")), s);
    fl_expect(fl_str_replace(s, none, fl_lit("y")).data != s.data);
    fl_expect_bytes(fl_str_replace(none, fl_lit("a"), fl_lit("y")), fl_lit(""));
    fl_expect_bytes(fl_str_replace(s, s, none), fl_lit(""));
}

FL_TEST(c_strings)
{
    fl_expect(fl_text_is("a", "a") && fl_text_is(NULL, NULL) && !fl_text_is("a", NULL) && !fl_text_is(NULL, "a"));
    fl_expect(fl_starts_with("abc", "ab") && fl_starts_with("abc", ""));
    fl_expect(!fl_starts_with("ab", "abc") && !fl_starts_with(NULL, "a"));
    fl_expect_text(fl_after_prefix("--jobs=4", "--jobs="), "4");
    fl_expect(fl_after_prefix("--job", "--jobs=") == NULL);
    fl_expect(fl_text_in("b", "a", "b") && !fl_text_in("c", "a", "b") && !fl_text_in("a") && !fl_text_in(NULL, "a"));
}

FL_TEST(texts_take_the_room_they_need)
{
    fl_arena *arena = freed_later(fl_arena_new("texts", FL_NO_LIMIT)), *before = fl_arena_set_here(arena);

    for (int i = 0; i < 200; i++)
        fl_expect_text(fl_text("row %d", i % 10), i % 10 == 7 ? "row 7" : fl_text("row %d", i % 10));
    size_t size = strlen(fl_text("%01000d", 7));
    (void)fl_arena_set_here(before);
    fl_expect_equal(size, 1000);
    if (!FL_ASAN)
        fl_expect_equal(fl_arena_used(arena), 4096 + 8192);
}
