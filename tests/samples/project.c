/* A project and one of its apps. (FL_PROJECT would make main() too; here the tests have it.) */
#include "blog.h"

const struct fl_model Article_model = { "Article" };

FL_APP(blog, Label("The blog"), Receivers(tell_subscribers, delete_cover));

FL_SITE(mysite, Apps(blog), Settings(production, development), Urls(site_urls));

void production(fl_settings *s)
{
    development(s);
    s->secret_key = "a key for tests";
    s->allowed_hosts = fl_list_of("*");
    fl_use_middleware(s, timing);
}
