/* Subdomains: another URL table for each host. */
#include <fleche/middleware.h>

static const fl_host_route *routes; /* one a process: the configure function's */

void fl_use_hosts(const fl_host_route *hosts) { routes = hosts; }

/* "api.example.com:8000": the name alone. */
static fl_str name_of(const char *host)
{
    fl_str name = fl_str_of(host);
    size_t colon;

    if (name.size > 0 && name.data[0] != '[' && fl_str_find_last(name, ':', &colon))
        name.size = colon;
    return fl_str_lower_ascii(name);
}

static fl_response *call(fl_request *request, fl_next *next)
{
    fl_str name = name_of(request->host);

    for (const fl_host_route *route = routes; route != NULL && route->host != NULL; route++)
        if (fl_is_same_domain(name, fl_str_of(route->host))) {
            request->urlconf = route->urls;
            break;
        }
    return fl_call_next(next, request);
}

/* Tables that cannot be read are found when the site starts. */
static bool start(const fl_settings *settings)
{
    (void)settings;
    for (const fl_host_route *route = routes; route != NULL && route->host != NULL; route++)
        (void)fl_urls_compile(route->urls);
    return routes != NULL;
}

FL_MIDDLEWARE(fl_hosts, .call = call, .start = start);
