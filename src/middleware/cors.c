/* CORS: which other sites' scripts may read answers, as django-cors-headers. Preflights are answered here; no view sees them. */
#include <fleche/buf.h>
#include <fleche/middleware.h>
#include "middleware/origin.h"
#include "middleware/patterns.h"

/* One a process: the settings, and the headers' texts. */
static struct {
    bool all, credentials, private_network, everywhere;
    const fl_list *origins;
    fl_patterns patterns;
    const fl_regex *paths;
    const char *expose, *methods, *headers, *max_age; /* NULL: none */
} here;

/* -- starting --------------------------------------------------------------------------------------------------------------------------- */

/* "a, b"; NULL of an empty list. */
static const char *joined(const fl_list *list)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 64 << 10);

    for (size_t i = 0; i < fl_len(list); i++) {
        if (i > 0)
            fl_buf_add(&out, fl_lit(", "));
        fl_buf_add_c(&out, fl_value_text(fl_list_at(list, (fl_int)i)));
    }
    return fl_len(list) == 0 ? NULL : fl_buf_c(&out);
}

static void check_origins(const fl_list *origins)
{
    for (size_t i = 0; i < fl_len(origins); i++) {
        const char *text = fl_value_text(fl_list_at(origins, (fl_int)i));
        if (fl_text_in(text, "null", "file://") || fl_origin_of(fl_str_of(text)).host.size > 0)
            continue;
        fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "cors_allowed_origins has '%s', which is no origin", text);
        error->hint = "write scheme and host: https://example.com";
        fl_reraise(error);
    }
}

static bool start(const fl_settings *s)
{
    check_origins(s->cors_allowed_origins);
    here.all = s->cors_allow_all_origins;
    here.credentials = s->cors_allow_credentials;
    here.private_network = s->cors_allow_private_network;
    here.origins = s->cors_allowed_origins;
    here.patterns = fl_patterns_compile(s->cors_allowed_origin_regexes, "cors_allowed_origin_regexes", 0);
    here.everywhere = s->cors_urls_regex == NULL || fl_text_is(s->cors_urls_regex, "^.*$");
    here.paths = here.everywhere ? NULL : fl_patterns_compile(fl_list_of(s->cors_urls_regex), "cors_urls_regex", 0).items[0];
    here.expose = joined(s->cors_expose_headers);
    here.methods = joined(s->cors_allow_methods);
    here.headers = joined(s->cors_allow_headers);
    here.max_age = s->cors_preflight_max_age > 0 ? fl_text("%lld", s->cors_preflight_max_age) : NULL;
    return true;
}

/* -- each request ------------------------------------------------------------------------------------------------------------------------ */

static bool is_listed(fl_str origin)
{
    fl_origin asked = fl_origin_of(origin);

    for (size_t i = 0; i < fl_len(here.origins); i++) {
        fl_str text = fl_str_of(fl_value_text(fl_list_at(here.origins, (fl_int)i)));
        fl_origin listed = fl_origin_of(text);
        bool same_parts = listed.scheme.size > 0 && fl_str_equal(listed.scheme, asked.scheme) &&
                          fl_str_equal(listed.host, asked.host);
        if (same_parts || fl_str_equal(text, origin))
            return true;
    }
    return false;
}

static bool is_allowed(fl_str origin)
{
    return here.all || is_listed(origin) || fl_patterns_match(&here.patterns, origin, FL_REGEX_START);
}

static void put(fl_response *response, fl_str name, const char *value)
{
    if (value != NULL)
        fl_put_header(response, name, fl_str_of(value));
}

static void add_headers(const fl_request *request, fl_response *response, fl_str origin)
{
    if (here.credentials)
        put(response, fl_lit("Access-Control-Allow-Credentials"), "true");
    fl_put_header(response, fl_lit("Access-Control-Allow-Origin"), here.all && !here.credentials ? fl_lit("*") : origin);
    put(response, fl_lit("Access-Control-Expose-Headers"), here.expose);
    if (fl_text_is(request->method, "OPTIONS")) {
        put(response, fl_lit("Access-Control-Allow-Headers"), here.headers);
        put(response, fl_lit("Access-Control-Allow-Methods"), here.methods);
        put(response, fl_lit("Access-Control-Max-Age"), here.max_age);
    }
    if (here.private_network && fl_text_is(fl_header(request, "Access-Control-Request-Private-Network"), "true"))
        put(response, fl_lit("Access-Control-Allow-Private-Network"), "true");
}

static bool is_enabled(const fl_request *request)
{
    return here.everywhere || fl_regex_try_match(here.paths, fl_str_of(request->path_info), FL_REGEX_START, NULL) > 0;
}

static bool is_preflight(const fl_request *request)
{
    return fl_text_is(request->method, "OPTIONS") && fl_header_or_null(request, "Access-Control-Request-Method") != NULL;
}

static fl_response *call(fl_request *request, fl_next *next)
{
    if (!is_enabled(request))
        return fl_call_next(next, request);
    fl_response *response;
    if (is_preflight(request)) {
        response = fl_status_response(200);
        fl_put_header(response, fl_lit("Content-Length"), fl_lit("0"));
    } else {
        response = fl_call_next(next, request);
    }
    fl_vary_on(response, "origin");
    fl_str origin = fl_headers_get_str(&request->headers, fl_lit("Origin"));
    if (origin.size > 0 && is_allowed(origin))
        add_headers(request, response, origin);
    return response;
}

FL_MIDDLEWARE(fl_cors, .call = call, .start = start);
