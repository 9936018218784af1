/* Redirects: 302 and its relations, to places that may be told to a browser. */
#include "http/header.h"
#include "http/response.h"
#include "http/url.h"

enum { LONGEST = 16384 };

static _Noreturn FL_COLD void refuse_scheme(fl_str scheme)
{
    fl_error *error = fl_error_new(FL_DISALLOWED_REDIRECT, "unsafe redirect to a URL with protocol '%.*s'", FL_SHOW(scheme));

    error->hint = "redirects lead to http, https and ftp, or to a path";
    fl_reraise(error);
}

static void check_scheme(const char *location)
{
    static const fl_str allowed[] = { FL_LIT("http"), FL_LIT("https"), FL_LIT("ftp") };
    fl_str scheme = fl_url_parts_of(fl_str_of(location)).scheme;

    for (size_t i = 0; i < FL_LENGTH(allowed); i++)
        if (fl_header_same_name(scheme, allowed[i]))
            return;
    if (scheme.size > 0)
        refuse_scheme(scheme);
}

fl_response *fl_redirect_to_(const char *location, const fl_redirect_options *options)
{
    size_t longest = options->max_length == 0 ? LONGEST : options->max_length;
    fl_str uri = fl_str_of(fl_iri_to_uri(location));

    if (uri.size > longest)
        fl_raise(FL_DISALLOWED_REDIRECT, "unsafe redirect exceeding %zu characters (it has %zu)", longest, uri.size);
    check_scheme(location);
    int status = options->preserve_request ? options->permanent ? 308 : 307 : options->permanent ? 301 : 302;
    fl_response *response = fl_response_make(status, FL_TYPE_HTML, fl_lit(""));
    fl_headers_add(&response->headers, fl_lit("Location"), uri);
    return response;
}
