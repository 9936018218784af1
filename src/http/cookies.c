/* The Cookie header, read as Django reads it: parts between semicolons, split at their first "=", stripped; a part without "=" is a
 * value without a name; of equal names the last one counts; quoted values are unquoted as Python's http.cookies does. */
#include "http/cookies.h"
#include <fleche/unicode.h>
#include "http/querydict.h"
#include "http/request.h"
#include "http/strip.h"

enum { MOST_COOKIES = 1000 };                        /* far more than browsers keep for a site; the rest is not looked at */

static bool is_octal(const char *at)
{
    return at[0] >= '0' && at[0] <= '3' && at[1] >= '0' && at[1] <= '7' && at[2] >= '0' && at[2] <= '7';
}

/* "a\"b\054c" in quotes: a character behind a backslash is itself, three octal digits are a character of Latin-1. */
static fl_str unquoted(fl_str value)
{
    if (value.size < 2 || value.data[0] != '"' || value.data[value.size - 1] != '"')
        return fl_str_copy(value);
    const char *at = value.data + 1, *end = value.data + value.size - 1;
    char *copy = fl_arena_alloc_text(fl_arena_here(), value.size), *to = copy;
    while (at < end) {
        if (*at == '\\' && end - at > 3 && is_octal(at + 1)) {
            to += fl_utf8_put((uint32_t)((at[1] - '0') << 6 | (at[2] - '0') << 3 | (at[3] - '0')), to);
            at += 4;
        } else {
            at += *at == '\\' && end - at > 1 && at[1] != '\n';
            *to++ = *at++;
        }
    }
    *to = '\0';
    return fl_str_n(copy, (size_t)(to - copy));
}

static void read_part(fl_querydict *cookies, fl_str part)
{
    fl_str name = fl_lit(""), value = part;
    size_t at;

    if (fl_str_find_char(part, '=', &at)) {
        name = fl_str_slice(part, 0, at);
        value = fl_str_slice(part, at + 1, SIZE_MAX);
    }
    name = fl_strip(name);
    value = fl_strip(value);
    if (name.size == 0 && value.size == 0)
        return;
    fl_querydict_entry *entry = fl_querydict_find(cookies, name);
    if (entry != NULL)
        entry->values.count = 0;
    else if (cookies->count == MOST_COOKIES)
        return;
    fl_querydict_put(cookies, entry == NULL ? fl_str_copy(name) : entry->name, unquoted(value));
}

void fl_cookies_read(fl_querydict *cookies, fl_str header)
{
    header = fl_utf8_repair(header);
    for (fl_str part; fl_str_cut(&header, ';', &part);)
        read_part(cookies, part);
}

/* Several headers mean what they would mean joined by "; " (RFC 9113, 8.2.3). */
const fl_querydict *fl_cookies(const fl_request *request)
{
    fl_request_parts *parts = fl_request_parts_of(request);

    if (parts->cookies != NULL)
        return parts->cookies;
    fl_arena *before = fl_arena_set_here(request->arena);
    fl_querydict *cookies = fl_querydict_new();
    for (size_t i = 0; i < request->headers.count; i++)
        if (fl_str_equal_ascii(request->headers.lines[i].name, fl_lit("Cookie")))
            fl_cookies_read(cookies, request->headers.lines[i].value);
    fl_querydict_freeze(cookies);
    parts->cookies = cookies;
    fl_arena_set_here(before);
    return cookies;
}

const char *fl_cookie(const fl_request *request, const char *name) { return fl_querydict_get(fl_cookies(request), name); }
