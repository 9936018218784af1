/* The site of the tests of static files: its settings for production and for debugging, and one page. */
#include "site.h"

fl_configure static_settings, debug_settings;

void static_settings(fl_settings *s)
{
    s->static_url = "/static/";
    s->static_root = in_test("out");
    s->staticfiles_dirs = fl_list_of(in_test("assets"), in_test("more"));
    s->allowed_hosts = fl_list_of("*");
    fl_use_middleware(s, fl_staticfiles);
}

void debug_settings(fl_settings *s)
{
    static_settings(s);
    s->debug = true;
}

static fl_response *home(fl_request *request)
{
    (void)request;
    return fl_text_response("home");
}

FL_URLS(static_site_urls, Path("home/", home));
FL_SITE(static_site, Settings(static_settings, debug_settings), Urls(static_site_urls));
