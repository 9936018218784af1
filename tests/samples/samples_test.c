/* The samples as one site: what an application writes, asked as a client would. */
#include "../web/site.h"
#include "blog.h"

static bool has(const char *name)
{
    (void)name;
    return true;
}

static void render(fl_request *request, const char *name, const fl_dict *context, fl_buf *out)
{
    (void)request;
    fl_buf_format(out, "%s ", name);
    fl_value_print(fl_box(context), out);
}
static const fl_template_engine showing = { "showing", has, render };

static void begin(void)
{
    set_up(&mysite, "production");
    fl_use_template_engine(&showing);
}

static fl_response *posted(const char *target, const char *form)
{
    fl_request *request = asked("POST", target);

    fl_request_set_body(request, fl_str_of(form), "application/x-www-form-urlencoded");
    return answer(request);
}

FL_TEST(the_sample_tables_lead_to_their_views)
{
    begin();
    fl_expect_contains(body_of(got("/blog/articles/2026/")),
                       "blog/year.html {'site_name': 'Acme', 'support_email': 'help@acme.com', 'year': 2026}");
    fl_expect_contains(body_of(got("/blog/old/1999/")), "'year': 1999");
    fl_expect_equal(got("/blog/articles/soon/")->status, 404);
    fl_expect_text(fl_reverse("blog:year", "year", 2026), "/blog/articles/2026/");
}

FL_TEST(the_sample_view_lists_creates_and_refuses_other_methods)
{
    begin();
    fl_response *response = posted("/articles/", "title=Winter");
    fl_expect_equal(response->status, 302);
    fl_expect_text(fl_response_header(response, "Location"), "/articles/");
    fl_expect_contains(fl_test_logged(), "New article: Winter");
    fl_expect_contains(body_of(got("/articles/")), "['Winter']");
    fl_expect_equal(answer(asked("PUT", "/articles/"))->status, 405);
}

FL_TEST(the_sample_middleware_says_how_long_it_took)
{
    begin();
    fl_expect_contains(fl_response_header(got("/thanks/"), "X-Request-Duration"), "0.0");
}

FL_TEST(the_sample_of_errors_cleans_up_and_leads_on)
{
    begin();
    fl_response *response = posted("/pay/", "card=4711");
    fl_expect_equal(response->status, 302);
    fl_expect_text(fl_response_header(response, "Location"), "/thanks/");
    fl_expect_equal(got("/pay/")->status, 405);
}
