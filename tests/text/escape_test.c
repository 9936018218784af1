/* Escaping, and fragments built of escaped values. */
#include <fleche/html.h>
#include "../helpers.h"

/* One byte at a time: what the fast way must give too. */
static const char *slowly_escaped(fl_str text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    for (size_t i = 0; i < text.size; i++) {
        switch (text.data[i]) {
        case '&': fl_buf_add_c(&out, "&amp;"); break;
        case '<': fl_buf_add_c(&out, "&lt;"); break;
        case '>': fl_buf_add_c(&out, "&gt;"); break;
        case '"': fl_buf_add_c(&out, "&quot;"); break;
        case '\'': fl_buf_add_c(&out, "&#x27;"); break;
        default: fl_buf_add_char(&out, text.data[i]);
        }
    }
    return fl_buf_c(&out);
}

FL_TEST(every_size_and_place_of_a_special_character_is_escaped)
{
    char text[70];

    for (size_t size = 0; size < sizeof text; size++)
        for (size_t at = 0; at < size; at++)
            for (const char *special = "&<>\"'\x3F\x3A\x3D\x26"; *special != '\0'; special++) {
                memset(text, 'x', size);
                text[at] = *special;
                text[size - 1 - at] = '<';
                fl_scope {
                    fl_str view = fl_str_n(text, size);
                    fl_expect_text(fl_escape(view).text.data, slowly_escaped(view));
                }
            }
}

FL_TEST(all_bytes_but_five_stay)
{
    char text[256];

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)i;
    fl_str made = fl_escape(fl_str_n(text, sizeof text)).text;
    fl_expect_equal(made.size, 256 + 4 + 3 + 3 + 5 + 5);
    fl_expect(memcmp(made.data + made.size - 128, text + 128, 128) == 0);
}

FL_TEST(a_ceiling_that_the_escaped_text_fits_is_high_enough)
{
    fl_str text = fl_lit("<a href=\"x\">it's & that</a>");
    size_t size = strlen(slowly_escaped(text));
    fl_buf *enough = heap_buf(size), *less = heap_buf(size - 1);

    fl_escape_to(enough, text);
    fl_escape_to(less, text);
    fl_expect_equal(enough->error, 0);
    fl_expect_equal(enough->size, size);
    fl_expect(fl_buf_failed(less));
    fl_expect_equal(less->size, 0);
}

FL_TEST(safe_text_is_not_escaped_again)
{
    fl_value once = fl_conditional_escape("<b>");

    fl_expect_text(once.text.data, "&lt;b&gt;");
    fl_expect_text(fl_conditional_escape(once).text.data, "&lt;b&gt;");
    fl_expect_text(fl_conditional_escape(fl_safe(fl_box("<b>"))).text.data, "<b>");
    fl_expect_text(fl_escape(once.text).text.data, "&amp;lt;b&amp;gt;");
}

FL_TEST(values_of_every_kind_are_escaped_as_their_text)
{
    fl_expect_text(fl_conditional_escape(42).text.data, "42");
    fl_expect_text(fl_conditional_escape(1.5).text.data, "1.5");
    fl_expect_text(fl_conditional_escape(FL_TRUE).text.data, "True");
    fl_expect_text(fl_conditional_escape(FL_NONE_VALUE).text.data, "None");
    fl_expect_text(fl_conditional_escape(fl_list_of("<", 1)).text.data, "[&#x27;&lt;&#x27;, 1]");
    fl_expect_text(fl_conditional_escape(fl_dict_of("a&", "'")).text.data, "{&#x27;a&amp;&#x27;: &quot;&#x27;&quot;}");
    fl_expect((fl_conditional_escape(42).flags & FL_VALUE_SAFE) != 0);
}

/* -- fragments --------------------------------------------------------------------------------------------------------------- */

FL_TEST(values_go_into_a_format_escaped)
{
    fl_value link = fl_format_html("<a href=\"{}\">{}</a>", "/?a=1&b=2", "\"R&D\"");

    fl_expect_text(link.text.data, "<a href=\"/?a=1&amp;b=2\">&quot;R&amp;D&quot;</a>");
    fl_expect_text(fl_format_html("<li>{}</li>", link).text.data, "<li><a href=\"/?a=1&amp;b=2\">&quot;R&amp;D&quot;</a></li>");
    fl_expect_text(fl_format_html("{1}{0}{1}", "a", "b").text.data, "bab");
    fl_expect_text(fl_format_html("{{}} {} }}{{", 7).text.data, "{} 7 }{");
    fl_expect_text(fl_format_html_named("{b}-{a}-{b}", "a", "<", "b", 2).text.data, "2-&lt;-2");
}

static void format_with(void *format) { (void)fl_format_html((const char *)format, "one", "two"); }
static void format_named(void *format) { (void)fl_format_html_named((const char *)format, "a", 1); }
static void format_without(void *format) { (void)fl_format_html((const char *)format); }

FL_TEST(fields_without_a_value_are_refused_by_name)
{
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, format_with, "{} {} {}")->message, "{} of \"{} {} {}\" has no value");
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, format_with, "{2}")->message, "{2}");
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, format_with, "{name}")->message, "{name}");
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, format_with, "{99999999999999999999999}")->message, "no value");
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, format_named, "{b}")->message, "{b}");
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, format_named, "{}")->hint, "by name");
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, format_without, "<b>")->message, "no values");
}

FL_TEST(formats_that_ask_for_more_are_refused)
{
    static const char *const formats[] = { "{:>5}", "{!r}", "{0.name}", "{0[1]}", "{", "}", "{0", "{} {0}", "{0} {}" };

    for (size_t i = 0; i < FL_LENGTH(formats); i++) {
        fl_label("%s", formats[i]);
        fl_expect_error(FL_VALUE_ERROR, format_with, (void *)(uintptr_t)formats[i]);
    }
}

FL_TEST(rows_are_joined_with_an_escaped_separator)
{
    fl_list *rows = fl_list_of(fl_list_of("a", "<1>"), fl_list_of("b", 2));
    fl_list *named = fl_list_of(fl_dict_of("id", 1, "title", "x&y"));

    fl_expect_text(fl_format_html_join("\n", "<li>{}: {}</li>", rows).text.data, "<li>a: &lt;1&gt;</li>\n<li>b: 2</li>");
    fl_expect_text(fl_format_html_join("<br>", "{}{}", rows).text.data, "a&lt;1&gt;&lt;br&gt;b2");
    fl_expect_text(fl_format_html_join(fl_safe(fl_box("<br>")), "{}{}", rows).text.data, "a&lt;1&gt;<br>b2");
    fl_expect_text(fl_format_html_join("", "{id} {title}", named).text.data, "1 x&amp;y");
    fl_expect_text(fl_format_html_join(", ", "{}", fl_list_new()).text.data, "");
}

static void join_strangers(void *rows) { (void)fl_format_html_join("", "{}", (const fl_list *)rows); }

FL_TEST(a_row_that_is_no_list_is_refused) { fl_expect_error(FL_TYPE_ERROR, join_strangers, fl_list_of(7)); }

static void script_of_bytes(void *data) { (void)fl_json_script(((fl_bytes){ (const uint8_t *)"x", 1 }), (const char *)data); }

FL_TEST(json_in_a_script_cannot_end_it)
{
    fl_value script = fl_json_script(fl_dict_of("</script>", "&\u2028"), "a\"b");

    fl_expect_text(script.text.data, "<script id=\"a&quot;b\" type=\"application/json\">"
                                     "{\"\\u003C/script\\u003E\": \"\\u0026\\u2028\"}</script>");
    fl_expect((script.flags & FL_VALUE_SAFE) != 0);
    fl_expect_text(fl_json_script(fl_list_of(1, FL_NONE_VALUE), NULL).text.data,
                   "<script type=\"application/json\">[1, null]</script>");
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, script_of_bytes, "data")->message, "\"data\"");
}

FL_TEST(spaces_become_no_break_spaces)
{
    fl_expect_text(fl_avoid_wrapping(fl_lit("3 weeks")).data, "3\u00a0weeks");
    fl_expect_text(fl_linebreaksbr(fl_lit("a\r\n<\n"), true).data, "a<br>&lt;<br>");
    fl_expect_text(fl_linebreaksbr(fl_lit("a\n<b>"), false).data, "a<br><b>");
}

/* As Python's urlsplit() since 3.13.1: a host with something beside its brackets is none, so the whole is encoded as one part. */
FL_TEST(a_host_with_something_beside_its_brackets_is_none)
{
    fl_expect_text(fl_smart_urlquote(fl_lit("http://[::1]:80/?a=%26b")).data, "http://[::1]:80/?a=%26b");
    fl_expect_text(fl_smart_urlquote(fl_lit("http://[::1]x/?a=%26b")).data, "http://[::1]x/?a=&b");
    fl_expect_text(fl_smart_urlquote(fl_lit("http://x[::1]/?a=%26b")).data, "http://x[::1]/?a=&b");
}
