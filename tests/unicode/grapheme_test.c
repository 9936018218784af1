/* Characters as readers count them, and columns. */
#include <fleche/test.h>

#define FAMILY "👩‍👩‍👧"
#define FLAG "🇫🇷"

typedef struct { const char *text; size_t graphemes, width; } row;
static const row rows[] = {
    { "", 0, 0 },        { "abc", 3, 3 },  { "e\u0301te\u0301", 3, 3 }, { "a\r\nb", 3, 2 }, { "日本語", 3, 6 },
    { FLAG FLAG, 2, 4 }, { "각", 1, 2 },   { "\u0301a", 2, 1 },         { "नि", 1, 1 },     { "x\u200b", 2, 1 },
    { "😀", 1, 2 },       { "a\tb", 3, 2 },
};

static void check_row(const void *data)
{
    const row *r = data;

    fl_label("%s", r->text);
    fl_expect_equal(fl_grapheme_count(fl_str_of(r->text)), r->graphemes);
    fl_expect_equal(fl_display_width(fl_str_of(r->text)), r->width);
}

FL_TEST(graphemes_and_columns_are_counted) { fl_table(rows, check_row); }

FL_TEST(a_family_is_one_character)
{
    fl_expect_equal(fl_grapheme_count(fl_lit(FAMILY)), (size_t)1);
    fl_expect_bytes(fl_grapheme_prefix(fl_lit(FAMILY "bc"), 2), fl_lit(FAMILY "b"));
    fl_expect_bytes(fl_grapheme_prefix(fl_lit("abc"), 0), fl_lit(""));
    fl_expect_bytes(fl_grapheme_prefix(fl_lit("abc"), 9), fl_lit("abc"));
}

typedef struct { const char *text; size_t characters; const char *result; } cut;
static const cut cuts[] = {
    { "The quick brown fox", 10, "The quick…" },
    { "short", 5, "short" },
    { "short", 4, "sho…" },
    { "short", 1, "…" },
    { "short", 0, "" },
    { "", 0, "" },
    { "e\u0301e\u0301e\u0301", 2, "e\u0301…" },
    { FLAG FLAG FLAG, 2, FLAG "…" },
    { FAMILY "ab", 2, FAMILY "…" },
};

static void check_cut(const void *data)
{
    const cut *c = data;

    fl_label("%s at %zu", c->text, c->characters);
    fl_expect_text(fl_truncate(c->text, c->characters), c->result);
}

FL_TEST(truncated_text_ends_in_an_ellipsis_and_splits_no_character) { fl_table(cuts, check_cut); }

FL_TEST(text_that_is_short_enough_is_itself)
{
    const char *text = "déjà vu";

    fl_expect_same(fl_truncate(text, 7), text);
    fl_expect(fl_truncate(NULL, 7) == NULL);
}
