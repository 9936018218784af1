/* The utilities of templates: escaping beside a loop over bytes, and what filters do. */
#include <fleche/bench.h>
#include <fleche/format.h>
#include <fleche/html.h>
#include <fleche/text.h>

enum { SIZE = 1 << 16 };

static char bytes[SIZE];

static fl_str filled(const char *unit)
{
    size_t size = strlen(unit), whole = SIZE / size * size;

    for (size_t at = 0; at < whole; at += size)
        memcpy(bytes + at, unit, size);
    return fl_str_n(bytes, whole);
}

static const char prose[] = "The quick brown fox jumps over the lazy dog, and it does so at noon. ";
static const char marked[] = "Fish & chips <b>for \"two\"</b>, it's said, cost less than one thinks they would. ";

static void escape(fl_str text, size_t n)
{
    fl_buf out = fl_buf_heap(8 * SIZE);

    for (size_t i = 0; i < n; i++) {
        fl_buf_clear(&out);
        fl_escape_to(&out, text);
        fl_bench_use(out.data);
    }
    fl_buf_free(&out);
}

/* What one writes first: a switch for each byte into room that is large enough. */
static FL_NOINLINE size_t escape_bytes(char *to, fl_str text)
{
    char *start = to;

    for (size_t i = 0; i < text.size; i++) {
        switch (text.data[i]) {
        case '&': to = (char *)memcpy(to, "&amp;", 5) + 5; break;
        case '<': to = (char *)memcpy(to, "&lt;", 4) + 4; break;
        case '>': to = (char *)memcpy(to, "&gt;", 4) + 4; break;
        case '"': to = (char *)memcpy(to, "&quot;", 6) + 6; break;
        case '\'': to = (char *)memcpy(to, "&#x27;", 6) + 6; break;
        default: *to++ = text.data[i];
        }
    }
    return (size_t)(to - start);
}

static void loop_over_bytes(fl_str text, size_t n)
{
    static char room[6 * SIZE];

    for (size_t i = 0; i < n; i++)
        fl_bench_use(escape_bytes(room, text));
}

static void our_prose(size_t n) { escape(filled(prose), n); }
static void prose_by_bytes(size_t n) { loop_over_bytes(filled(prose), n); }
FL_BENCH_PAIR(escape_prose, our_prose, prose_by_bytes, .unit = "64 KiB", .target = 5, .target_of = FL_TARGET_TIMES_FASTER);

static void our_marked(size_t n) { escape(filled(marked), n); }
static void marked_by_bytes(size_t n) { loop_over_bytes(filled(marked), n); }
FL_BENCH_PAIR(escape_marked, our_marked, marked_by_bytes, .unit = "64 KiB");

static void our_short(size_t n) { escape(fl_lit("Ada Lovelace"), n); }
static void short_by_bytes(size_t n) { loop_over_bytes(fl_lit("Ada Lovelace"), n); }
FL_BENCH_PAIR(escape_12_bytes, our_short, short_by_bytes, .unit = "text");

static void map(fl_str (*run)(fl_str text), fl_str text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(run(text).data);
        }
}

static fl_str urlize(fl_str text) { return fl_urlize(text, .escape = true); }
static fl_str truncate_words(fl_str html) { return fl_truncate_words_html(html, 1000, NULL); }

FL_BENCH(slugify_title, .unit = "title") { map(fl_slugify, fl_lit("A Title of the Usual Length, with 7 Words!"), n); }
FL_BENCH(slugify_french_title, .unit = "title") { map(fl_slugify, fl_lit("Un éléphant à l'orée du bois, déjà vu"), n); }
FL_BENCH(urlize_prose, .unit = "64 KiB") { map(urlize, filled(prose), n); }
FL_BENCH(urlize_links, .unit = "64 KiB")
{
    map(urlize, filled("see www.example.com, or (http://example.org/a?b=c&d) and me@example.net. "), n);
}
FL_BENCH(strip_tags, .unit = "64 KiB")
{
    map(fl_strip_tags, filled("<p class=\"a\">Some <b>bold</b> text &amp; more of it</p>\n"), n);
}
FL_BENCH(truncate_1000_words_html, .unit = "64 KiB")
{
    map(truncate_words, filled("<p>Some <b>bold</b> text and more of it</p>\n"), n);
}

FL_BENCH(format_html_two_fields, .unit = "fragment")
{
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_format_html("<a href=\"{}\">{}</a>", "/articles/7/", "Fish & chips").text.data);
        }
}

FL_BENCH(date_format, .unit = "date")
{
    fl_datetime t = fl_datetime_parse("2026-11-20T09:30:00Z");

    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_format_datetime(t, "N j, Y, P"));
        }
}

FL_BENCH(gzip_64_kib, .unit = "64 KiB")
{
    fl_str text = filled(marked);

    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_buf out = fl_buf_in(fl_arena_here(), SIZE);
            fl_compress_string(&out, text, 100);
            fl_bench_use(out.data);
        }
}
