/* References in style sheets and scripts, found as Django 6.1's patterns find them: url(…), @import "…", and the comment that names a
 * source map. One pass from left to right; what stands in a comment is none. */
#include "staticfiles/staticfiles.h"

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f); }
static bool is_quote(char c) { return c == '"' || c == '\''; }

static size_t skip_space(fl_str text, size_t at)
{
    while (at < text.size && is_space(text.data[at]))
        at++;
    return at;
}

static bool has_word(fl_str text, size_t at, fl_str word) { return fl_str_equal_ascii(fl_str_slice(text, at, word.size), word); }

/* url(a.png), url("a.png"), url( 'a.png'): to the first bracket, on one line. */
static bool match_url(fl_str text, size_t at, fl_css_reference *ret)
{
    size_t from = at + 4;

    if (!has_word(text, at, fl_lit("url(")))
        return false;
    if (from < text.size && is_quote(text.data[from]))
        from++;
    from = skip_space(text, from);
    for (size_t i = from; i < text.size && text.data[i] != '\n'; i++) {
        bool closes = is_quote(text.data[i]) && i + 1 < text.size && text.data[i + 1] == ')';
        if (text.data[i] != ')' && !closes)
            continue;
        *ret = (fl_css_reference){
            .whole = fl_str_slice(text, at, i + 1 + closes - at),
            .url = fl_str_slice(text, from, i - from),
            .before = fl_lit("url(\""),
            .after = fl_lit("\")"),
        };
        return true;
    }
    return false;
}

/* @import "a.css" becomes @import url("a.css"). */
static bool match_import(fl_str text, size_t at, fl_css_reference *ret)
{
    const fl_str word = fl_lit("@import");

    if (!has_word(text, at, word))
        return false;
    size_t from = skip_space(text, at + word.size);
    if (from >= text.size || !is_quote(text.data[from]))
        return false;
    from = skip_space(text, from + 1);
    for (size_t i = from; i < text.size && text.data[i] != '\n'; i++)
        if (is_quote(text.data[i])) {
            *ret = (fl_css_reference){
                .whole = fl_str_slice(text, at, i + 1 - at),
                .url = fl_str_slice(text, from, i - from),
                .before = fl_lit("@import url(\""),
                .after = fl_lit("\")"),
            };
            return true;
        }
    return false;
}

/* The line that begins here, without its end. */
static fl_str line_at(fl_str text, size_t at)
{
    fl_str rest = fl_str_slice(text, at, SIZE_MAX);
    size_t end;

    return fl_str_find_char(rest, '\n', &end) ? fl_str_slice(rest, 0, end) : rest;
}

static bool begins_line(fl_str text, size_t at) { return at == 0 || text.data[at - 1] == '\n'; }

static fl_str without_blanks_behind(fl_str text)
{
    while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t'))
        text.size--;
    return text;
}

/* A whole line: the comment that names a source map, in a style sheet. */
static bool match_css_map(fl_str text, size_t at, fl_css_reference *ret)
{
    fl_str line = line_at(text, at), url;
    size_t end;

    if (!begins_line(text, at) || line.size < 4 || (line.data[3] != ' ' && line.data[3] != '\t') ||
        !fl_str_starts(line, fl_lit("/*#")) ||
        !fl_str_after(fl_str_slice(line, 4, SIZE_MAX), fl_lit("sourceMappingURL="), &url) ||
        !fl_str_find(url, fl_lit("*/"), &end) || end + 2 != url.size)
        return false;
    *ret = (fl_css_reference){
        .whole = line,
        .url = without_blanks_behind(fl_str_slice(url, 0, end)),
        .before = fl_lit("/*# sourceMappingURL="),
        .after = fl_lit(" */"),
    };
    return true;
}

/* The same in a script, where a carriage return may stand behind it. */
static bool match_script_map(fl_str text, size_t at, fl_css_reference *ret)
{
    fl_str line = line_at(text, at), url;

    if (line.size > 0 && line.data[line.size - 1] == '\r')
        line.size--;
    if (!begins_line(text, at) || !fl_str_after(line, fl_lit("//# sourceMappingURL="), &url))
        return false;
    *ret = (fl_css_reference){ .whole = line, .url = url, .before = fl_lit("//# sourceMappingURL="), .after = fl_lit("") };
    return true;
}

/* Where the comment that begins here ends; where it does not end, it is none. */
static size_t behind_comment(fl_str text, size_t at)
{
    fl_str rest = fl_str_slice(text, at + 2, SIZE_MAX);
    size_t end;

    return fl_str_find(rest, fl_lit("*/"), &end) ? at + 2 + end + 2 : at + 2;
}

static bool match(fl_str text, bool script, size_t at, fl_css_reference *ret)
{
    switch (text.data[at]) {
    case '/': return script ? match_script_map(text, at, ret) : match_css_map(text, at, ret);
    case '@': return !script && match_import(text, at, ret);
    case 'u':
    case 'U': return !script && match_url(text, at, ret);
    default: return false;
    }
}

bool fl_css_next_reference(fl_str text, bool script, size_t *at, fl_css_reference *ret)
{
    for (size_t i = *at; i < text.size;) {
        if (match(text, script, i, ret)) {
            *at = i + ret->whole.size;
            return true;
        }
        bool is_comment = text.data[i] == '/' && i + 1 < text.size && text.data[i + 1] == '*';
        bool is_line = script && text.data[i] == '/' && i + 1 < text.size && text.data[i + 1] == '/';
        i = is_comment ? behind_comment(text, i) : is_line ? i + line_at(text, i).size : i + 1;
    }
    *at = text.size;
    return false;
}
