/* HTML: escaping text, building fragments, taking markup off, finding links.
 *
 *     fl_value link = fl_format_html("<a href=\"{}\">{}</a>", url, title);     // both escaped
 *     fl_value item = fl_format_html_named("<li id=\"{id}\">{link}</li>", "id", 7, "link", link);   // the link as it is
 *     fl_str plain = fl_strip_tags(fl_lit("<p>one <b>two</b></p>"));           // one two
 *     fl_str body = fl_urlize(comment, .escape = true, .nofollow = true);
 *
 * Results are those of Django 6.1's django.utils.html. What is HTML by construction comes as a safe value (FL_VALUE_SAFE),
 * which nothing escapes again; its text is .text, NUL-terminated. Other results are views of copies in the current arena, with
 * a NUL behind. Forms that end in _to append to a buffer, whose ceiling is the only limit. Input is UTF-8; bytes that are not
 * go through as they are, except where a function says what becomes of them. The work is linear in the size of the input,
 * whatever it is. */
#pragma once
#include "buf.h"
#include "value.h"

/* -- escaping ------------------------------------------------------------------------------------------------------------ */
void fl_escape_to(fl_buf *out, fl_str text);               /* & < > " ' as &amp; &lt; &gt; &quot; &#x27; */
fl_value fl_escape(fl_str text);
/* What a template prints: safe text as it is, everything else as its str(), escaped. */
void fl_conditional_escape_to(fl_buf *out, fl_value v);
fl_value fl_conditional_escape_(fl_value v);
#define fl_conditional_escape(x) fl_conditional_escape_(fl_box(x))
fl_str fl_unescape(fl_str html);                           /* Python's html.unescape(): &eacute; &#233; &#xe9 … as é */

/* For text inside a string of JavaScript: \u0027 for what could end it, or the script around it, and for control characters. */
void fl_escapejs_to(fl_buf *out, fl_str text);
fl_value fl_escapejs(fl_str text);

/* The value as JSON in <script id="…" type="application/json">, where </script> cannot end it. The id may be NULL. Raises
 * FL_VALUE_ERROR for what has no JSON form. */
fl_value fl_json_script_(fl_value v, const char *id);
#define fl_json_script(x, id) fl_json_script_(fl_box(x), id)

/* -- building ------------------------------------------------------------------------------------------------------------ */
/* {} takes the next value, {0} one by number, {name} one by name, {{ and }} are braces. Values are escaped unless safe. Raises
 * FL_VALUE_ERROR for a field that has no value or asks for more than that ({:>5}, {!r}, {a.b}), or without any value. */
fl_value fl_format_html_(const char *format, const fl_value *values, size_t count);
fl_value fl_format_html_named_(const char *format, const fl_value *pairs, size_t count);
#define fl_format_html(format, ...) fl_format_html_(format, FL_VALUES(__VA_ARGS__))
#define fl_format_html_named(format, ...) fl_format_html_named_(format, FL_PAIRS(__VA_ARGS__))
/* Each row is a list of values, or a dict of named ones; `separator` is escaped unless safe.
 *     fl_format_html_join("\n", "<li>{} {}</li>", rows) */
fl_value fl_format_html_join_(fl_value separator, const char *format, const fl_list *rows);
#define fl_format_html_join(separator, format, rows) fl_format_html_join_(fl_box(separator), format, rows)

/* -- text into paragraphs ------------------------------------------------------------------------------------------------ */
void fl_linebreaks_to(fl_buf *out, fl_str text, bool escape);   /* empty lines part <p>…</p>, single line ends are <br> */
fl_str fl_linebreaks(fl_str text, bool escape);
void fl_linebreaksbr_to(fl_buf *out, fl_str text, bool escape); /* <br> for every line end */
fl_str fl_linebreaksbr(fl_str text, bool escape);
fl_str fl_avoid_wrapping(fl_str text);                     /* no-break spaces for spaces */

/* -- taking markup off --------------------------------------------------------------------------------------------------- */
/* Without tags, comments, declarations. What is left is no safe HTML: escape it. Nested remains ("<<b>script>") are taken off
 * again, 50 times at most; more, or a tag that is open for 1,000 characters with 50 < in it, raises FL_BAD_REQUEST (-E2BIG from
 * the try form). */
fl_str fl_strip_tags(fl_str html);
FL_MUST_CHECK int fl_try_strip_tags(fl_str html, fl_str *ret);
fl_str fl_strip_spaces_between_tags(fl_str html);          /* white space between > and < */

/* -- links --------------------------------------------------------------------------------------------------------------- */
typedef struct fl_urlize_options {
    size_t limit;                                          /* the most characters of a link's text, with … at its end; 0: all */
    bool nofollow;                                         /* rel="nofollow" on links that are no mail addresses */
    bool escape;                                           /* the text is no HTML: escape it */
    bool safe;                                             /* the text is HTML: leave it, whatever .escape says */
    bool https;                                            /* https://, not http://, for www.x.com: URLIZE_ASSUME_HTTPS */
} fl_urlize_options;

/* http(s)://…, www.…, names that end in .com .edu .gov .int .mil .net .org, and mail addresses become links. Punctuation behind
 * and brackets around them stay outside. */
void fl_urlize_to(fl_buf *out, fl_str text, const fl_urlize_options *options);
fl_str fl_urlize_(fl_str text, const fl_urlize_options *options);
#define fl_urlize(text, ...) fl_urlize_(text, &(const fl_urlize_options){ __VA_ARGS__ })

/* A URL with everything percent-encoded that must be, and nothing twice. */
fl_str fl_smart_urlquote(fl_str url);
