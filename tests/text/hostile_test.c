/* Input made to cost time: the shapes of the advisories for Django's strip_tags, urlize and Truncator from 2019 to 2026. The
 * bytes that are looked at are counted, for a size and for four times as much: linear work grows four times, quadratic work
 * sixteen. */
#include <errno.h>
#include <fleche/html.h>
#include <fleche/text.h>
#include "../helpers.h"
#include "text/links.h"
#include "text/strip_tags.h"
#include "text/truncate.h"

enum { SIZE = 1 << 13, MORE = 4, MOST_GROWTH = 5, MOST_A_BYTE = 200 };  /* strip_tags goes through it 50 times at most */

typedef size_t measure(fl_str text);

/* `head`, `unit` again and again up to the size, and `tail`. */
static fl_str hostile(const char *head, const char *unit, const char *tail, size_t size)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_buf_add_c(&out, head);
    while (out.size < size)
        fl_buf_add_c(&out, unit);
    fl_buf_add_c(&out, tail);
    return fl_buf_str(&out);
}

typedef struct shape { const char *head, *unit, *tail; } shape;

static void expect_linear(measure *work, const shape *shapes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const shape *s = &shapes[i];
        size_t once = 0, more = 0;
        fl_scope {
            once = work(hostile(s->head, s->unit, s->tail, SIZE));
            more = work(hostile(s->head, s->unit, s->tail, MORE * SIZE));
        }
        fl_label("%s %s %s: %zu, then %zu", s->head, s->unit, s->tail, once, more);
        fl_expect(more <= MOST_GROWTH * once + SIZE);
        fl_expect(more <= (size_t)MOST_A_BYTE * MORE * SIZE);
    }
}

/* -- strip_tags -------------------------------------------------------------------------------------------------------------- */

static size_t strip(fl_str text)
{
    size_t work = 0;
    fl_str stripped;

    int code = fl_strip_tags_counted_(text, &stripped, &work);
    fl_expect(code == 0 || code == -E2BIG);
    return work;
}

FL_TEST(sec_19_strip_tags_is_linear)
{
    static const shape shapes[] = {
        { "", "<", ">" },
        { "", "<a", ">" },
        { ">", "<a", "" },
        { "", "<a>", "" },
        { "", "</a>", "" },
        { "", "&", "<>" },
        { "><!", "&", "D" },
        { "", "&#", "<>" },
        { "", "&x-", "<b>" },
        { "", "<!--", ">" },
        { "", "<!", ">" },
        { "", "<?", ">" },
        { "", "</", ">" },
        { "", "<a b=\"", ">" },
        { "", "<a b='\"", ">" },
        { "<a ", "b= \"' ", ">" },
        { "<a ", "/ ", ">" },
        { "<script>", "</", "<b>" },
        { "", "<script>", ">" },
        { "", "<![CDATA[", ">" },
        { "<!--", ">", "" },
        { "<![CDATA[", ">", "" },
        { "", "<a =", ">" },
        { "<a b", "=", ">" },
        { "", "<title></titl", ">" },
        { "<a b=", " ", ">" },
        { "<a b", " ", "=\"" },
        { "", "<<b>script>", "" },
        { "", "b>", "<" },
    };
    expect_linear(strip, shapes, FL_LENGTH(shapes));
}

static void strip_raising(void *text) { (void)fl_strip_tags(*(fl_str *)text); }

FL_TEST(sec_19_tags_inside_tags_are_refused_beyond_fifty_levels)
{
    fl_str nested = hostile("", "<", "", 60), stripped;
    fl_buf text = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_buf_add(&text, nested);
    for (int i = 0; i < 60; i++)
        fl_buf_add_c(&text, "a>");
    nested = fl_buf_str(&text);
    fl_expect_equal(fl_try_strip_tags(nested, &stripped), -E2BIG);
    fl_error *error = fl_expect_raises(FL_BAD_REQUEST, strip_raising, &nested);
    fl_expect_equal(fl_error_status(error), 400);
    fl_expect_contains(error->detail, "50");
}

FL_TEST(sec_19_long_open_tags_with_many_others_inside_are_refused)
{
    fl_str stripped, few = hostile("<", "x", "", 5000);

    fl_expect_equal(fl_try_strip_tags(hostile("", "<a", "", 1100), &stripped), -E2BIG);
    fl_expect_ok(fl_try_strip_tags(few, &stripped));
    fl_expect_bytes(stripped, few);
}

/* -- urlize ------------------------------------------------------------------------------------------------------------------ */

static size_t urlize(fl_str text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    size_t work = 0;

    fl_urlize_counted_(&out, text, &(const fl_urlize_options){ .escape = true }, &work);
    fl_expect(!fl_buf_failed(&out));
    return work;
}

FL_TEST(sec_19_urlize_is_linear)
{
    static const shape shapes[] = {
        { "", "(", "x.com" },         { "", "[", "" },        { "www.a.com", ")", "" },  { "www.a.com", "]", "" },
        { "", "([", ")]." },          { "", ":", "" },        { "", ".", "" },           { "a.com", ".!;", "" },
        { "a.com", "&;", "" },        { "a.com&", ";", "" },  { "a.com", "&amp;", ";" }, { "a.com", ";&:.;", "" },
        { "", "www.x.com ", "" },     { "", "a@b.com ", "" }, { "", "x.", "com" },       { "a@", "b.", "com" },
        { "", "@", "a.com" },         { "x@", "y", ".com" },  { "http://", "[", "" },    { "http://x.com/?", "a&", "" },
        { "http://x.com/", "%", "" }, { "", "&", ".;" },      { "", "&:a", ";" },        { "", "):", "" },
        { "", ")!]:", "" },           { "", "a.b-", ".com" }, { "a.com", "&lt;)", "" },  { "", "\u00e9.", "com" },
    };
    expect_linear(urlize, shapes, FL_LENGTH(shapes));
}

FL_TEST(sec_19_words_beyond_2048_characters_are_no_links)
{
    fl_expect_contains(fl_urlize(hostile("http://a.com/", "b", "", 2048)).data, "<a href");
    fl_expect(!fl_str_find(fl_urlize(hostile("http://a.com/", "b", "", 2049)), fl_lit("<a"), NULL));
    fl_expect(!fl_str_find(fl_urlize(hostile("x@", "b", ".com", 400)), fl_lit("<a"), NULL));
}

/* -- truncating -------------------------------------------------------------------------------------------------------------- */

static size_t truncated(fl_str text, bool words, size_t most)
{
    size_t work = 0;

    (void)fl_truncate_html_(text, most, NULL, words, &work);
    return work;
}
static size_t truncate_words(fl_str text) { return truncated(text, true, text.size); }
static size_t truncate_chars(fl_str text) { return truncated(text, false, text.size); }
static size_t truncate_first(fl_str text) { return truncated(text, true, 1); }

FL_TEST(sec_19_truncating_html_is_linear)
{
    static const shape shapes[] = {
        { "", "</p>", "" },     { "", "<p>", "x y z" }, { "", "<p></b>", "" },   { "", "<", "" },          { "", "<a", "" },
        { "", "&", "" },        { "", "&x", "" },       { "", "<br>", "a" },     { "<script>", "</", "" }, { "", "<!--", "" },
        { "", "a b", "<p>" },   { "", " ", "x" },       { "", "\xCC\x81", "x" }, { "", "<a b='", "" },     { "x", "</p>", "y z" },
        { "", "<\u00e9>", "" }, { "", "&lt;", "" },     { "", "<x></y>z ", "" }, { "", "<p/>", "" },
    };
    expect_linear(truncate_words, shapes, FL_LENGTH(shapes));
    expect_linear(truncate_chars, shapes, FL_LENGTH(shapes));
    expect_linear(truncate_first, shapes, FL_LENGTH(shapes));
}

/* The buffers of a result are all that the other functions take: their size tells whether something is kept for each
 * character. */
FL_TEST(sec_19_other_functions_take_memory_as_their_input_does)
{
    fl_str text = hostile("", "\"\\\" ' &a;", "", SIZE);
    fl_str word;

    fl_expect_arena (60 * SIZE) {
        (void)fl_slugify(text);
        (void)fl_unescape(text);
        (void)fl_truncate_chars(text, SIZE, NULL);
        (void)fl_truncate_words(text, SIZE, NULL);
        (void)fl_wrap_words(text, 10);
        for (fl_split words = { .rest = text }; fl_smart_split(&words, &word);)
            fl_expect(word.size > 0);
    }
}
