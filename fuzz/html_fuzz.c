/* What takes HTML or text from strangers apart. Nothing may read beyond its end, hold for long, or give what a template would
 * print with markup in it. */
#include <errno.h>
#include <fleche/base.h>
#include <fleche/html.h>
#include <fleche/text.h>
#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

static bool has_any(fl_str text, const char *characters)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != '\0' && strchr(characters, text.data[i]) != NULL)
            return true;
    return false;
}

static void check_escape(fl_str text)
{
    fl_str escaped = fl_escape(text).text;

    require(!has_any(escaped, "<>\"'"));
    require(fl_str_equal(fl_unescape(escaped), text));
    require(!has_any(fl_escapejs(text).text, "<>\"'&\n\r"));
    require(strlen(fl_format_html("{}", text).text.data) <= escaped.size);
}

static void check_strip(fl_str html)
{
    fl_str once, twice;
    int code = fl_try_strip_tags(html, &once);

    require(code == 0 || code == -E2BIG);
    if (code == 0 && fl_try_strip_tags(once, &twice) == 0)
        require(twice.size == once.size || fl_str_find_char(once, '&', NULL));
    (void)fl_strip_spaces_between_tags(html);
}

static void check_links(fl_str text)
{
    fl_str whole = fl_urlize(text, .escape = true, .nofollow = true), cut = fl_urlize(text, .limit = 9, .escape = true);

    require(fl_str_find(whole, fl_lit("<a href"), NULL) == fl_str_find(cut, fl_lit("<a href"), NULL));
    require(has_any(text, ".@:") || !fl_str_find_char(whole, '<', NULL));
    (void)fl_smart_urlquote(text);
}

static void check_cuts(fl_str text)
{
    for (fl_int most = 0; most < 12; most += 3) {
        require(fl_utf8_count(fl_truncate_words(text, most, "")) <= fl_utf8_count(text) + 1);
        (void)fl_truncate_chars(text, most, NULL);
        (void)fl_truncate_chars_html(text, most, NULL);
        (void)fl_truncate_words_html(text, most, "...");
        (void)fl_wrap_words(text, most + 1);
    }
}

static void check_names(fl_str text)
{
    fl_str slug = fl_slugify(text), word;
    size_t size = 0;

    require(fl_str_equal(fl_slugify(slug), slug) && !has_any(slug, " ./<>&\"'"));
    (void)fl_slugify_unicode(text);
    (void)fl_camel_case_to_spaces(text);
    (void)fl_linebreaks(text, true);
    for (fl_split words = { .rest = text }; fl_smart_split(&words, &word); size += word.size)
        require(word.size > 0);
    require(size <= text.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;
    fl_str input = { (const char *)data, size };

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    check_escape(input);
    check_strip(input);
    check_links(input);
    check_cuts(input);
    check_names(input);
    fl_arena_reset(arena);
    return 0;
}
