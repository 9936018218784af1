/* Who was asked, and how: the Host header against allowed_hosts, and what proxies in front say, where the settings believe them. */
#include <fleche/buf.h>
#include "web/web.h"

/* "example.com:80": the name alone, in lower case, without a dot at its end. */
static fl_str name_of(const char *host)
{
    fl_str name = fl_str_of(host);
    size_t colon;

    if (name.size > 0 && name.data[0] == '[') {
        if (fl_str_find_char(name, ']', &colon))
            name.size = colon + 1;
    } else if (fl_str_find_last(name, ':', &colon)) {
        name.size = colon;
    }
    if (fl_str_ends(name, fl_lit(".")))
        name.size--;
    return name;
}

static bool matches(fl_str name, fl_str pattern)
{
    fl_str rest;

    if (fl_str_equal(pattern, fl_lit("*")))
        return true;
    if (!fl_str_after(pattern, fl_lit("."), &rest))
        return fl_str_equal_ascii(name, pattern);
    return fl_str_equal_ascii(name, rest) ||
           (name.size > pattern.size && fl_str_equal_ascii(fl_str_slice(name, name.size - pattern.size, SIZE_MAX), pattern));
}

bool fl_host_allowed(const char *host, const fl_list *allowed)
{
    fl_str name = name_of(host);

    for (size_t i = 0; i < fl_len(allowed); i++)
        if (matches(name, fl_list_at(allowed, (fl_int)i).text))
            return true;
    return false;
}

/* Django's reading of RFC 1034 and 1035: letters, digits, "-" and "."; or an address of IPv6 in brackets; then a port. */
static bool is_well_formed(const char *host)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    bool brackets = host[0] == '[';
    size_t n = strspn(host + brackets, brackets ? "0123456789abcdefABCDEF:." : letters) + brackets;

    if (brackets && (host[n] != ']' || memchr(host, ':', n) == NULL))
        return false;
    const char *rest = host + n + brackets;
    if (rest == host || *rest == '\0')
        return rest > host;
    size_t digits = *rest == ':' ? strspn(rest + 1, "0123456789") : 0;
    return digits > 0 && rest[1 + digits] == '\0';
}

static _Noreturn FL_COLD void refuse(const char *host, bool well_formed)
{
    fl_str name = name_of(host);
    fl_error *error = fl_error_new(FL_DISALLOWED_HOST, "invalid HTTP_HOST header: '%s'", host);

    if (well_formed && name.size > 0)
        error->hint = fl_text("you may need to add '%.*s' to allowed_hosts", FL_SHOW(name));
    else
        error->hint = "the domain name is not valid according to RFC 1034/1035";
    fl_reraise(error);
}

/* "https" by a header that only our proxy can set: of a list its first value counts. */
static bool is_secure_by_header(const fl_request *request, const fl_settings *settings)
{
    const char *value = settings->secure_proxy_ssl_header.name == NULL ? NULL
                                                                       : fl_meta(request, settings->secure_proxy_ssl_header.name);
    fl_str rest = fl_str_of(value), first;

    return value != NULL && fl_str_cut(&rest, ',', &first) &&
           fl_str_equal(fl_str_trim(first), fl_str_of(settings->secure_proxy_ssl_header.value));
}

/* The Host header, or what proxies in front say that it was, where the settings believe them. */
static const char *asked_host(const fl_request *request, const fl_settings *settings)
{
    const char *forwarded = settings->use_x_forwarded_host ? fl_header_or_null(request, "X-Forwarded-Host") : NULL;
    const char *host = forwarded != NULL ? forwarded : request->host[0] != '\0' ? request->host : fl_header(request, "Host");
    const char *port = settings->use_x_forwarded_port ? fl_header_or_null(request, "X-Forwarded-Port") : NULL;
    fl_str name = fl_str_of(host);
    size_t end;

    if (port == NULL)
        return host;
    if (fl_str_find_last(name, ':', &end) && !fl_str_ends(name, fl_lit("]")))
        name.size = end;
    return fl_text_is(port, fl_text_is(request->scheme, "https") ? "443" : "80") ? fl_str_c(name)
                                                                                 : fl_text("%.*s:%s", FL_SHOW(name), port);
}

static bool is_allowed(const char *host, const fl_settings *settings)
{
    static const char *const loopback[] = { ".localhost", "127.0.0.1", "[::1]" };

    if (fl_len(settings->allowed_hosts) > 0 || !settings->debug)
        return fl_host_allowed(host, settings->allowed_hosts);
    for (size_t i = 0; i < FL_LENGTH(loopback); i++)
        if (matches(name_of(host), fl_str_of(loopback[i])))
            return true;
    return false;
}

void fl_request_check_host(fl_request *request, const fl_settings *settings)
{
    if (settings->secure_proxy_ssl_header.name != NULL)
        request->scheme = is_secure_by_header(request, settings) ? "https" : "http";
    request->host = asked_host(request, settings);
    bool well_formed = is_well_formed(request->host);
    if (FL_UNLIKELY(!well_formed || !is_allowed(request->host, settings)))
        refuse(request->host, well_formed);
}
