/* What most sites want: some user agents stay outside, one form of the host's name and of each path, and the length of the body. */
#include <fleche/buf.h>
#include <fleche/middleware.h>
#include <fleche/text.h>
#include "middleware/patterns.h"

static struct {
    bool append_slash, prepend_www, debug;
    fl_patterns disallowed;
} here;

/* User agents are bytes that anybody chose: no UTF-8 is expected. */
static bool start(const fl_settings *s)
{
    here.append_slash = s->append_slash;
    here.prepend_www = s->prepend_www;
    here.debug = s->debug;
    here.disallowed = fl_patterns_compile(s->disallowed_user_agents, "disallowed_user_agents", FL_REGEX_BYTES);
    return true;
}

static void refuse_user_agent(const fl_request *request)
{
    const char *agent = fl_header_or_null(request, "User-Agent");

    if (agent != NULL && fl_patterns_match(&here.disallowed, fl_str_of(agent), FL_REGEX_SEARCH))
        fl_raise(FL_PERMISSION_DENIED, "forbidden user agent");
}

/* -- slashes ----------------------------------------------------------------------------------------------------------------------------- */

static const fl_match *resolve(const fl_request *request, const char *path)
{
    const fl_url_table *table = request->urlconf == NULL ? fl_urls_root() : fl_urls_compile(request->urlconf);
    return table == NULL ? NULL : fl_url_resolve(table, path);
}

/* Whether the path leads nowhere, but would with a slash. */
static bool wants_slash(const fl_request *request)
{
    const char *path = request->path_info;
    size_t size = strlen(path);

    if (!here.append_slash || (size > 0 && path[size - 1] == '/') || resolve(request, path) != NULL)
        return false;
    const fl_match *match = resolve(request, fl_text("%s/", path));
    return match != NULL && !fl_route_has(match, fl_wrap_no_append_slash);
}

/* A redirect would lose what the form has sent: the developer is told so. */
static void refuse_with_data(const fl_request *request, const char *target)
{
    if (!here.debug || !fl_text_in(request->method, "DELETE", "POST", "PUT", "PATCH"))
        return;
    fl_error *error = fl_error_new(
        FL_PROGRAMMING_ERROR,
        "this URL was called by %s, but it does not end in a slash, and append_slash is set: a redirect to the "
        "URL with a slash cannot keep the data of a %s",
        request->method, request->method);
    error->hint = fl_text("let the form point to %s%s (mind the slash at its end), or set append_slash to false", request->host,
                          target);
    fl_reraise(error);
}

/* "//host/x" would lead to another site: it becomes "/%2Fhost/x/". */
static const char *path_with_slash(const fl_request *request)
{
    fl_str path = fl_str_of(request->full_path), query = fl_lit("");
    size_t at;

    if (fl_str_find_char(path, '?', &at)) {
        query = fl_str_slice(path, at, SIZE_MAX);
        path.size = at;
    }
    const char *target = fl_str_c(fl_escape_leading_slashes(fl_str_of(fl_text("%.*s/%.*s", FL_SHOW(path), FL_SHOW(query)))));
    refuse_with_data(request, target);
    return target;
}

/* -- www ----------------------------------------------------------------------------------------------------------------------------------- */

/* Both corrections in one redirect. */
static fl_response *to_www(const fl_request *request)
{
    const char *path = wants_slash(request) ? path_with_slash(request) : request->full_path;
    return fl_redirect_to(fl_text("%s://www.%s%s", request->scheme, request->host, path), .permanent = true);
}

static bool lacks_www(const fl_request *request) { return request->host[0] != '\0' && !fl_starts_with(request->host, "www."); }

/* -- each request ------------------------------------------------------------------------------------------------------------------------- */

static void set_length(fl_response *response)
{
    char digits[24], *at = digits + sizeof digits;

    if (response->streaming || response->status < 200 || response->status == 204 || response->status == 304 ||
        fl_headers_get_str(&response->headers, fl_lit("Content-Length")).data != NULL)
        return;
    size_t size = response->body.size;
    do
        *--at = (char)('0' + size % 10);
    while ((size /= 10) > 0);
    fl_put_header(response, fl_lit("Content-Length"), fl_str_n(at, (size_t)(digits + sizeof digits - at)));
}

static fl_response *call(fl_request *request, fl_next *next)
{
    if (here.disallowed.count > 0)
        refuse_user_agent(request);
    if (here.prepend_www && lacks_www(request))
        return to_www(request);
    fl_response *response = fl_call_next(next, request);
    if (FL_UNLIKELY(response->status == 404) && wants_slash(request))
        return fl_redirect_to(path_with_slash(request), .permanent = true);
    set_length(response);
    return response;
}

FL_MIDDLEWARE(fl_common, .call = call, .start = start);
