/* URL tables: converters, regular expressions, includes. */
#include "blog.h"

static fl_response *year_archive(fl_request *req)
{
    fl_int year = fl_kwarg_int(req, "year");

    return fl_render(req, "blog/year.html", "year", year);
}

FL_URLS(blog_urls, Path("articles/<int:year>/", year_archive, .name = "year"), RePath("^old/(?P<year>[0-9]{4})/$", year_archive));

static fl_response *thanks(fl_request *req) { return fl_text_response(fl_text("Thanks from %s", req->view_name)); }

FL_URLS(site_urls, Include("blog/", blog_urls, .namespace = "blog"), Include("articles/", article_urls),
        Path("pay/", pay, .name = "pay", .decorators = { FL_POST_ONLY }), Path("thanks/", thanks, .name = "thanks"));
