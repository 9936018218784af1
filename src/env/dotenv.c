/* The grammar of .env files, as python-dotenv reads it: [export] NAME [= value] [# comment]. White space is Unicode's.
 *
 * A quoted value ends at the first quote without a backslash before it; if there is none, at the last one with. A value
 * between backquotes, which python-dotenv does not know, is taken as it is where the closing one ends the statement. */
#include "env/dotenv.h"
#include <fleche/arena.h>
#include <fleche/unicode.h>

fl_str dotenv_newlines(fl_str text)
{
    fl_str rest;

    if (fl_str_after(text, fl_lit("\xef\xbb\xbf"), &rest))
        text = rest;
    if (!fl_str_find_char(text, '\r', NULL))
        return text;
    char *copy = fl_arena_alloc_text(fl_arena_here(), text.size);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool pair = text.data[i] == '\r' && i + 1 < text.size && text.data[i + 1] == '\n';
        if (!pair)
            copy[size++] = text.data[i];
        if (text.data[i] == '\r' && !pair)
            copy[size - 1] = '\n';
    }
    return fl_str_n(copy, size);
}

/* -- steps ------------------------------------------------------------------------------------------------------------------- */

static bool at_end(const dotenv_reader *r) { return r->at >= r->text.size; }
static char here(const dotenv_reader *r) { return at_end(r) ? '\n' : r->text.data[r->at]; }
static fl_str rest_of(const dotenv_reader *r) { return fl_str_slice(r->text, r->at, SIZE_MAX); }

/* The bytes of the white space at the front, 0 if there is none. */
static size_t space(fl_str text)
{
    fl_str rest = text;
    uint32_t code_point;

    return fl_utf8_next(&rest, &code_point) && fl_is_space(code_point) ? text.size - rest.size : 0;
}

static void skip_blanks(dotenv_reader *r)            /* within the line */
{
    for (size_t size; here(r) != '\n' && (size = space(rest_of(r))) > 0;)
        r->at += size;
}

static void skip_white_space(dotenv_reader *r)
{
    for (size_t size; (size = space(rest_of(r))) > 0; r->at += size)
        r->line += here(r) == '\n';
}

static void skip_line(dotenv_reader *r)
{
    while (!at_end(r) && here(r) != '\n')
        r->at++;
    r->line += !at_end(r);
    r->at += !at_end(r);
}

static fl_str take(dotenv_reader *r, size_t size)
{
    fl_str part = fl_str_slice(r->text, r->at, size);

    for (size_t i = 0; i < part.size; i++)
        r->line += part.data[i] == '\n';
    r->at += part.size;
    return part;
}

/* -- names ------------------------------------------------------------------------------------------------------------------- */

static void skip_export(dotenv_reader *r)
{
    dotenv_reader ahead = *r;

    if (!fl_str_starts(rest_of(r), fl_lit("export")))
        return;
    ahead.at += 6;
    skip_blanks(&ahead);
    if (ahead.at > r->at + 6)
        *r = ahead;
}

static bool read_name(dotenv_reader *r, fl_str *ret)
{
    size_t size = 0;

    if (here(r) == '\'') {
        fl_str inside = fl_str_slice(r->text, r->at + 1, SIZE_MAX);
        if (!fl_str_find_char(inside, '\'', &size) || size == 0)
            return false;
        *ret = fl_str_slice(take(r, size + 2), 1, size);
        return true;
    }
    for (fl_str rest = rest_of(r); size < rest.size; size++) {
        char c = rest.data[size];
        if (c == '=' || c == '#' || space(fl_str_slice(rest, size, SIZE_MAX)) > 0)
            break;
    }
    *ret = take(r, size);
    return size > 0;
}

/* -- values ------------------------------------------------------------------------------------------------------------------ */

/* What a backslash and `c` stand for between such quotes; NUL: for themselves. */
static char escape(char quote, char c)
{
    static const char from[] = "\\'\"abfnrtv", to[] = "\\'\"\a\b\f\n\r\t\v";
    const char *found = c == '\0' ? NULL : strchr(from, c);

    if (found == NULL || (quote == '\'' && found > from + 1))
        return '\0';
    return to[found - from];
}

static fl_str unescaped(fl_str text, char quote)
{
    if (!fl_str_find_char(text, '\\', NULL))
        return text;
    char *copy = fl_arena_alloc_text(fl_arena_here(), text.size);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i] == '\\' && i + 1 < text.size ? escape(quote, text.data[i + 1]) : '\0';
        copy[size++] = c == '\0' ? text.data[i] : c;
        i += c != '\0';
    }
    return fl_str_n(copy, size);
}

/* The closing quote's place behind an opening one at the front. */
static bool closing_quote(fl_str text, char quote, size_t *ret_at)
{
    size_t escaped = 0;

    for (size_t i = 1; i < text.size; i++) {
        if (text.data[i] == quote) {
            *ret_at = i;
            return true;
        }
        if (text.data[i] == '\\' && i + 1 < text.size && text.data[i + 1] == quote)
            escaped = ++i;
    }
    *ret_at = escaped;
    return escaped > 0;
}

static bool ends_behind(const dotenv_reader *r)      /* nothing but white space and a comment until the end of the line */
{
    dotenv_reader ahead = *r;

    skip_blanks(&ahead);
    return here(&ahead) == '\n' || here(&ahead) == '#';
}

static const char *read_quoted(dotenv_reader *r, dotenv_statement *ret)
{
    char quote = here(r);
    size_t at = 0;

    if (!closing_quote(rest_of(r), quote, &at))
        return "a quote is not closed";
    ret->value = unescaped(fl_str_slice(take(r, at + 1), 1, at - 1), quote);
    return ends_behind(r) ? NULL : "there is something behind the closing quote";
}

static bool read_backquoted(dotenv_reader *r, dotenv_statement *ret)
{
    dotenv_reader ahead = *r;
    fl_str inside = fl_str_slice(r->text, r->at + 1, SIZE_MAX);
    size_t size;

    if (!fl_str_find_char(inside, '`', &size))
        return false;
    fl_str value = fl_str_slice(take(&ahead, size + 2), 1, size);
    if (!ends_behind(&ahead))
        return false;
    *r = ahead;
    ret->value = value;
    return true;
}

static void read_plain(dotenv_reader *r, bool behind_space, dotenv_statement *ret)
{
    fl_str line = rest_of(r);
    size_t size = 0, end = 0;

    (void)(fl_str_find_char(line, '\n', &line.size));
    line = take(r, line.size);
    if (behind_space && fl_str_starts(line, fl_lit("#")))
        line.size = 0;
    while (size < line.size) {                       /* up to a # behind white space, and without white space at its end */
        size_t blank = space(fl_str_slice(line, size, SIZE_MAX));
        if (blank == 0 && line.data[size] == '#' && size > end)
            break;
        size += blank == 0 ? 1 : blank;
        end = blank == 0 ? size : end;
    }
    ret->value = fl_str_slice(line, 0, end);
}

static const char *read_value(dotenv_reader *r, dotenv_statement *ret)
{
    size_t sign = r->at++;

    ret->has_value = true;
    skip_blanks(r);
    switch (here(r)) {
    case '\n': return NULL;
    case '\'':
    case '"': return read_quoted(r, ret);
    case '`':
        if (read_backquoted(r, ret))
            return NULL;
        break;
    default: break;
    }
    read_plain(r, r->at > sign + 1, ret);
    return NULL;
}

static const char *read_statement(dotenv_reader *r, dotenv_statement *ret)
{
    if (here(r) == '#')
        return NULL;
    skip_export(r);
    if (here(r) == '#')                              /* export # … */
        return NULL;
    if (!read_name(r, &ret->name))
        return here(r) == '\'' ? "the quote of a name is not closed" : "there is no name";
    ret->has_name = true;
    skip_blanks(r);
    if (here(r) == '=')
        return read_value(r, ret);
    return ends_behind(r) ? NULL : "there is no = behind the name";
}

bool dotenv_next(dotenv_reader *r, dotenv_statement *ret)
{
    skip_white_space(r);
    if (at_end(r))
        return false;
    *ret = (dotenv_statement){ .line = r->line };
    ret->fault = read_statement(r, ret);
    skip_line(r);
    return true;
}
