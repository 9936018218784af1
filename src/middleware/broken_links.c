/* Broken links: a 404 that somebody followed a link to is told to the managers of the site, unless it says nothing: typed addresses,
 * pages that link to themselves, other sites' search results, and what ignorable_404_urls names. */
#include <fleche/log.h>
#include <fleche/middleware.h>
#include "middleware/origin.h"
#include "middleware/patterns.h"

void (*fl_mail_managers_hook)(const char *subject, const char *text);

static struct {
    bool debug, append_slash;
    fl_patterns ignorable;
} here;

static bool start(const fl_settings *s)
{
    here.debug = s->debug;
    here.append_slash = s->append_slash;
    here.ignorable = fl_patterns_compile(s->ignorable_404_urls, "ignorable_404_urls", 0);
    return !s->debug;
}

/* A page of this site: "http(s)://host/…". */
static bool is_internal(const char *host, fl_str referer)
{
    fl_origin origin = fl_origin_of(referer);

    return (fl_str_equal(origin.scheme, fl_lit("http")) || fl_str_equal(origin.scheme, fl_lit("https"))) &&
           fl_str_equal(origin.host, fl_str_of(host)) && fl_origin_path(referer).size > 0;
}

static bool is_ignorable(const fl_request *request, fl_str url, fl_str referer)
{
    if (referer.size == 0)
        return true;
    if (here.append_slash && fl_str_ends(url, fl_lit("/")) && fl_str_equal(referer, fl_str_slice(url, 0, url.size - 1)))
        return true; /* the page without a slash was asked for: that is where the client comes from */
    if (!is_internal(request->host, referer) && fl_str_find_char(referer, '?', NULL))
        return true; /* a search engine's page */
    fl_str host = fl_origin_of(referer).host;
    if ((host.size == 0 || fl_str_equal(host, fl_str_of(request->host))) && fl_str_equal(fl_origin_path(referer), url))
        return true; /* robots that name the page itself */
    return fl_patterns_match(&here.ignorable, url, FL_REGEX_SEARCH);
}

static void tell(const fl_request *request, const char *referer)
{
    const char *kind = is_internal(request->host, fl_str_of(referer)) ? "INTERNAL " : "";
    const char *agent = fl_header_or_null(request, "User-Agent");
    const char *subject = fl_text("Broken %slink on %s", kind, request->host);
    const char *text = fl_text("Referrer: %s\nRequested URL: %s\nUser agent: %s\nIP address: %s\n", referer, request->full_path,
                               agent == NULL ? "<none>" : agent,
                               request->remote_address[0] == '\0' ? "<none>" : request->remote_address);

    if (fl_mail_managers_hook != NULL)
        fl_mail_managers_hook(subject, text);
    else
        fl_log(FL_WARNING, "fleche.request", "%s: %s from %s", subject, request->full_path, referer);
}

/* A mail that cannot be sent does not change the answer. */
typedef struct news {
    const fl_request *request;
    const char *referer;
} news;

static void tell_it(void *data)
{
    const news *it = data;
    tell(it->request, it->referer);
}

static fl_response *call(fl_request *request, fl_next *next)
{
    fl_response *response = fl_call_next(next, request);

    if (FL_LIKELY(response->status != 404))
        return response;
    const char *referer = fl_header(request, "Referer");
    if (is_ignorable(request, fl_str_of(request->full_path), fl_str_of(referer)))
        return response;
    fl_error *error = fl_protect(tell_it, &(news){ request, referer });
    if (error != NULL && fl_error_is(error, FL_CANCELLED))
        fl_reraise(error);
    if (error != NULL)
        fl_log(FL_ERROR, "fleche.request", "the managers were not told about a broken link: %s", error->message);
    return response;
}

FL_MIDDLEWARE(fl_broken_links, .call = call, .start = start);
