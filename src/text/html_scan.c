/* The pieces of HTML as Python's html.parser (3.14) tells them apart, which follows the tokenizer of the HTML standard. The one
 * difference from a browser is kept: after an attribute's = and white space, a quote without its end begins another attribute. */
#include "text/html_scan.h"
#include "text/characters.h"

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v'); }
static bool is_gap(char c) { return is_space(c) || c == '/'; }

/* Where c is at or behind `from`, or the end of the text. */
static size_t find(fl_html_scan *scan, size_t from, char c)
{
    const char *found = from < scan->text.size ? memchr(scan->text.data + from, c, scan->text.size - from) : NULL;
    size_t at = found == NULL ? scan->text.size : (size_t)(found - scan->text.data);

    scan->work += at > from ? at - from : 1;
    return at;
}

static size_t skip(fl_html_scan *scan, size_t at, bool (*is)(char c))
{
    size_t start = at;

    while (at < scan->text.size && is(scan->text.data[at]))
        at++;
    scan->work += at - start;
    return at;
}

static bool has(const fl_html_scan *scan, size_t at, fl_str text)
{
    return at <= scan->text.size && fl_str_starts(fl_str_from_(scan->text, at), text);
}

static bool in_name(char c) { return !is_gap(c) && c != '>'; }
static bool in_attribute(char c) { return in_name(c) && c != '='; }
static bool in_bare_value(char c) { return !is_space(c) && c != '>'; }

/* Behind the attribute's value, whose = is expected at or behind `at`; `at` itself if there is none. */
static size_t skip_value(fl_html_scan *scan, size_t at)
{
    fl_str text = scan->text;
    size_t equals = skip(scan, at, is_space);

    if (equals >= text.size || text.data[equals] != '=')
        return at;
    size_t value = skip(scan, equals + 1, is_space);
    if (value >= text.size || (text.data[value] != '"' && text.data[value] != '\''))
        return skip(scan, value, in_bare_value);
    size_t end = find(scan, value + 1, text.data[value]);
    if (end < text.size)
        return end + 1;
    return value > equals + 1 ? equals + 1 : at;
}

/* Behind the > of the tag whose name begins at `at`; 0 if it has none. */
static size_t skip_tag(fl_html_scan *scan, size_t at, bool *ret_empty)
{
    fl_str text = scan->text;
    size_t gap = skip(scan, at, in_name);

    for (at = skip(scan, gap, is_gap); at < text.size && text.data[at] != '>'; at = skip(scan, gap, is_gap)) {
        char before = text.data[at - 1];
        if (!is_gap(before) && before != '"' && before != '\'')
            return 0;
        size_t name = at + 1;
        name = skip(scan, name, in_attribute);
        gap = skip_value(scan, name);
    }
    *ret_empty = at > gap && text.data[at - 1] == '/';
    return at < text.size ? at + 1 : 0;
}

static size_t skip_comment(fl_html_scan *scan, size_t at)
{
    fl_str text = scan->text;
    size_t start = at + 4;

    if (has(scan, start, fl_lit(">")) || has(scan, start, fl_lit("->")))
        return find(scan, start, '>') + 1;
    for (at = find(scan, start, '>'); at < text.size; at = find(scan, at + 1, '>')) {
        fl_str comment = fl_str_slice(text, start, at - start);
        if (fl_str_ends(comment, fl_lit("--")) || fl_str_ends(comment, fl_lit("--!")))
            return at + 1;
    }
    return 0;
}

static size_t skip_marked_section(fl_html_scan *scan, size_t at)
{
    for (at = find(scan, at, '>'); at < scan->text.size; at = find(scan, at + 1, '>'))
        if (scan->text.data[at - 1] == ']' && scan->text.data[at - 2] == ']')
            return at + 1;
    return 0;
}

/* Behind a comment, a declaration, an instruction, or a closing tag without a name. */
static size_t skip_other(fl_html_scan *scan, size_t at)
{
    if (has(scan, at, fl_lit("<!--")))
        return skip_comment(scan, at);
    if (has(scan, at, fl_lit("<![CDATA[")))
        return skip_marked_section(scan, at);
    size_t end = find(scan, at + 2, '>');
    return end < scan->text.size ? end + 1 : 0;
}

/* -- elements whose content is not markup ------------------------------------------------------------------------------------ */

static void enter(fl_html_scan *scan, fl_str name)
{
    static const struct {
        fl_str name;
        bool references;
    } elements[] = {
        { FL_LIT("script"), false },  { FL_LIT("style"), false },   { FL_LIT("xmp"), false },
        { FL_LIT("iframe"), false },  { FL_LIT("noembed"), false }, { FL_LIT("noframes"), false },
        { FL_LIT("textarea"), true }, { FL_LIT("title"), true },    { FL_LIT("plaintext"), false },
    };

    for (size_t i = 0; i < FL_LENGTH(elements); i++) {
        if (!fl_str_equal_ascii(name, elements[i].name))
            continue;
        scan->inside = elements[i].name;
        scan->references = elements[i].references;
    }
}

/* Where the element's content ends: its closing tag, or the end of the text. */
static size_t content_end(fl_html_scan *scan)
{
    fl_str text = scan->text, name = scan->inside;

    if (fl_str_equal(name, fl_lit("plaintext")))
        return text.size;
    for (size_t at = find(scan, scan->at, '<'); at < text.size; at = find(scan, at + 1, '<')) {
        size_t behind = at + 2 + name.size;
        if (behind < text.size && text.data[at + 1] == '/' && (is_gap(text.data[behind]) || text.data[behind] == '>') &&
            fl_str_equal_ascii(fl_str_slice(text, at + 2, name.size), name))
            return at;
    }
    return text.size;
}

/* -- pieces ------------------------------------------------------------------------------------------------------------------ */

static bool found(fl_html_scan *scan, fl_html_kind kind, size_t end, fl_html_piece *ret)
{
    if (end == 0) {
        kind = FL_HTML_UNFINISHED;
        end = scan->text.size;
    }
    ret->kind = kind;
    ret->source = fl_str_n(scan->text.data + scan->at, end - scan->at);
    scan->at = end;
    return true;
}

static bool found_tag(fl_html_scan *scan, bool closing, fl_html_piece *ret)
{
    bool empty = false;
    size_t start = scan->at + (closing ? 2 : 1), end = skip_tag(scan, start, &empty);

    ret->name = fl_str_n(scan->text.data + start, skip(scan, start, in_name) - start);
    if (closing && end != 0)
        scan->inside = (fl_str){ 0 };
    else if (!empty && end != 0)
        enter(scan, ret->name);
    return found(scan, closing ? FL_HTML_CLOSE : empty ? FL_HTML_EMPTY : FL_HTML_OPEN, end, ret);
}

static bool found_markup(fl_html_scan *scan, fl_html_piece *ret)
{
    fl_str text = scan->text;
    size_t at = scan->at;
    char next = at + 1 < text.size ? text.data[at + 1] : '\0', third = at + 2 < text.size ? text.data[at + 2] : '\0';

    if (fl_is_ascii_letter_(next))
        return found_tag(scan, false, ret);
    if (next == '/' && fl_is_ascii_letter_(third))
        return found_tag(scan, true, ret);
    if (next == '/' || next == '!' || next == '?')
        return found(scan, FL_HTML_OTHER, skip_other(scan, at), ret);
    return found(scan, FL_HTML_TEXT, at + 1, ret);
}

bool fl_html_next(fl_html_scan *scan, fl_html_piece *ret)
{
    *ret = (fl_html_piece){ 0 };
    if (scan->at >= scan->text.size)
        return false;
    if (scan->inside.size > 0) {
        size_t end = content_end(scan);
        if (end > scan->at)
            return found(scan, scan->references ? FL_HTML_TEXT : FL_HTML_RAW, end, ret);
    } else if (scan->text.data[scan->at] != '<') {
        return found(scan, FL_HTML_TEXT, find(scan, scan->at, '<'), ret);
    }
    return found_markup(scan, ret);
}
