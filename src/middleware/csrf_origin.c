/* Where a form comes from, by what its browser says: Origin, or, over HTTPS and without one, Referer. Both must be this site or one of
 * csrf_trusted_origins (with a star in front of the host: it and all below it). */
#include <fleche/http.h>
#include <fleche/settings.h>
#include "middleware/csrf.h"
#include "middleware/origin.h"

/* Trusted origins with a star stand for all hosts below: ".example.com". */
static fl_str pattern_of(fl_str host) { return fl_str_starts(host, fl_lit("*")) ? fl_str_slice(host, 1, SIZE_MAX) : host; }

static bool is_trusted_origin(fl_str origin, fl_origin parts, const fl_list *trusted)
{
    for (size_t i = 0; i < fl_len(trusted); i++) {
        fl_str text = fl_list_at(trusted, (fl_int)i).text;
        if (!fl_str_find_char(text, '*', NULL)) {
            if (fl_str_equal(text, origin))
                return true;
            continue;
        }
        fl_origin pattern = fl_origin_of(text);
        if (fl_str_equal(pattern.scheme, parts.scheme) && fl_is_same_domain(parts.host, pattern_of(pattern.host)))
            return true;
    }
    return false;
}

const char *fl_csrf_origin_problem(const fl_request *request)
{
    const fl_settings *settings = fl_settings_now();
    fl_str origin = fl_str_of(fl_header(request, "Origin"));
    const char *own = fl_text("%s://%s", fl_is_secure(request) ? "https" : "http", request->host);

    if (fl_str_equal(origin, fl_str_of(own)))
        return NULL;
    fl_origin parts = fl_origin_of(origin);
    if (is_trusted_origin(origin, parts, settings->csrf_trusted_origins))
        return NULL;
    return fl_text("Origin checking failed - %.*s does not match any trusted origins.", FL_SHOW(origin));
}

/* The host that a Referer must have: the cookie's domain if it has one, with the port where it is not the usual one. */
static fl_str own_host(const fl_request *request, const fl_settings *settings)
{
    const char *domain = settings->csrf_use_sessions ? settings->session_cookie_domain : settings->csrf_cookie_domain;
    const char *port = fl_port(request);

    if (domain == NULL)
        return fl_str_of(request->host);
    return fl_str_of(fl_text_in(port, "443", "80") ? domain : fl_text("%s:%s", domain, port));
}

const char *fl_csrf_referer_problem(const fl_request *request)
{
    const fl_settings *settings = fl_settings_now();
    const char *referer = fl_header_or_null(request, "Referer");

    if (referer == NULL)
        return "Referer checking failed - no Referer.";
    fl_origin parts = fl_origin_of(fl_str_of(referer));
    fl_str host = parts.host;
    if (parts.scheme.size == 0 || host.size == 0)
        return "Referer checking failed - Referer is malformed.";
    if (!fl_str_equal_ascii(parts.scheme, fl_lit("https")))
        return "Referer checking failed - Referer is insecure while host is secure.";
    for (size_t i = 0; i < fl_len(settings->csrf_trusted_origins); i++)
        if (fl_is_same_domain(host, pattern_of(fl_origin_of(fl_list_at(settings->csrf_trusted_origins, (fl_int)i).text).host)))
            return NULL;
    if (fl_is_same_domain(host, own_host(request, settings)))
        return NULL;
    return fl_text("Referer checking failed - %s does not match any trusted origins.", referer);
}
