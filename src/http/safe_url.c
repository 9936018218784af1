/* Where a URL leads that a client gave: the guard against open redirects, Django's url_has_allowed_host_and_scheme.
 *
 * Browsers are more forgiving than any standard: they take "\" for "/", skip control characters in front, and find a host behind three
 * slashes. So a URL is judged both as it is and with "\" as "/", and what only a browser understands is refused. Three slashes are three
 * with a tab between them, too: Django's own guard does not see those. */
#include <fleche/buf.h>
#include <fleche/unicode.h>
#include "http/header.h"
#include "http/url.h"

enum { LONGEST = 2048 };

/* -- taking apart ------------------------------------------------------------------------------------------------------------------------ */

static bool is_dropped(char c) { return c == '\t' || c == '\r' || c == '\n'; }

static fl_str cleaned(fl_str url)
{
    size_t size = 0;

    while (url.size > 0 && (uint8_t)url.data[0] <= ' ')
        url = fl_str_slice(url, 1, SIZE_MAX);
    char *text = fl_arena_alloc_text(fl_arena_here(), url.size + 1);
    for (size_t i = 0; i < url.size; i++)
        if (!is_dropped(url.data[i]))
            text[size++] = url.data[i];
    return fl_str_n(text, size);
}

static bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
static bool is_in_scheme(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'; }

static size_t scheme_size(fl_str url)
{
    size_t i = 0;

    while (i < url.size && is_in_scheme(url.data[i]))
        i++;
    return i < url.size && i > 0 && url.data[i] == ':' && is_letter(url.data[0]) ? i : 0;
}

fl_url_parts fl_url_parts_of(fl_str url)
{
    fl_str rest = cleaned(url);
    size_t size = scheme_size(rest), end = 0;
    fl_url_parts parts = { .scheme = fl_str_slice(rest, 0, size), .host = fl_lit("") };

    rest = fl_str_slice(rest, size == 0 ? 0 : size + 1, SIZE_MAX);
    if (!fl_str_starts(rest, fl_lit("//")))
        return parts;
    rest = fl_str_slice(rest, 2, SIZE_MAX);
    while (end < rest.size && rest.data[end] != '/' && rest.data[end] != '?' && rest.data[end] != '#')
        end++;
    parts.host = fl_str_slice(rest, 0, end);
    return parts;
}

/* -- judging -------------------------------------------------------------------------------------------------------------------------------- */

static bool is_among(fl_str host, const char *const *hosts)
{
    for (size_t i = 0; hosts != NULL && hosts[i] != NULL; i++)
        if (fl_str_equal(host, fl_str_of(hosts[i])))
            return true;
    return false;
}

static bool has_allowed_scheme(fl_str scheme, bool require_https)
{
    return fl_header_same_name(scheme, fl_lit("https")) || (!require_https && fl_header_same_name(scheme, fl_lit("http")));
}

/* Of a text that does not begin with white space: control, format and private characters, and those that are none. */
static bool begins_with_control(fl_str url)
{
    uint32_t first = 0;
    return fl_utf8_next(&url, &first) && !fl_is_printable(first);
}

static bool leads_there(fl_str url, const char *const *hosts, bool require_https)
{
    if (fl_str_starts(cleaned(url), fl_lit("///")) || fl_utf8_count(url) > LONGEST || begins_with_control(url))
        return false;
    fl_url_parts parts = fl_url_parts_of(url);
    if (parts.host.size == 0)
        return parts.scheme.size == 0;               /* "http:///example.com" has a host only for browsers */
    fl_str scheme = parts.scheme.size == 0 ? fl_lit("http") : parts.scheme;
    return is_among(parts.host, hosts) && has_allowed_scheme(scheme, require_https);
}

/* Without white space at both ends, Unicode's too. */
static fl_str strip(fl_str text)
{
    size_t start = text.size, end = 0;
    uint32_t c;

    for (fl_str rest = text; rest.size > 0;) {
        size_t at = text.size - rest.size;
        (void)fl_utf8_next(&rest, &c);
        if (fl_is_space(c))
            continue;
        start = at < start ? at : start;
        end = text.size - rest.size;
    }
    return start >= end ? fl_lit("") : fl_str_slice(text, start, end - start);
}

bool fl_url_has_allowed_host_and_scheme(const char *url, const char *const *hosts, bool require_https)
{
    fl_str text = strip(fl_str_of(url));

    return text.size > 0 && leads_there(text, hosts, require_https) &&
           leads_there(fl_str_replace(text, fl_lit("\\"), fl_lit("/")), hosts, require_https);
}

bool fl_is_same_domain(fl_str host, fl_str pattern)
{
    fl_str wanted = fl_str_lower_ascii(pattern);

    if (wanted.size == 0)
        return false;
    return fl_str_equal(host, wanted) ||
           (wanted.data[0] == '.' && (fl_str_ends(host, wanted) || fl_str_equal(host, fl_str_slice(wanted, 1, SIZE_MAX))));
}
