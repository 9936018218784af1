/* Content security policies: texts, nonces, overrides. */
#include "answers.h"

static fl_response *plain(FL_UNUSED fl_request *request) { return fl_text_response("x"); }
static fl_response *with_nonce(fl_request *request) { return fl_text_response(fl_csp_nonce(request)); }
static fl_response *own_header(FL_UNUSED fl_request *request)
{
    fl_response *response = fl_text_response("x");

    fl_set_header(response, "Content-Security-Policy", "own");
    return response;
}

FL_URLS(csp_urls, Path("plain/", plain), Path("nonce/", with_nonce), Path("own/", own_header),
        Path("other/", with_nonce,
             .decorators = { FL_CSP_OVERRIDE({ "script-src", { FL_CSP_NONCE } }, { "img-src", { "https:", "data:" } }) }),
        Path("none/", plain, .decorators = { FL_CSP_OVERRIDE() }),
        Path("report/", plain, .decorators = { FL_CSP_REPORT_ONLY_OVERRIDE({ "default-src", { FL_CSP_NONE } }) }));
fl_configure csp_settings;
void csp_settings(fl_settings *s)
{
    s->allowed_hosts = fl_list_of("*");
    fl_use_csp(s, { "default-src", { FL_CSP_SELF } }, { "script-src", { FL_CSP_SELF, FL_CSP_NONCE } },
               { "img-src", { FL_CSP_SELF, "https:" } }, { "style-src", { FL_CSP_NONCE } }, { "upgrade-insecure-requests" });
    fl_use_csp_report_only(s, { "default-src", { "https:" } }, { "report-uri", { "/reports/" } });
    fl_use_middleware(s, fl_csp);
}
FL_SITE(csp_site, Settings(csp_settings), Urls(csp_urls));

static void take_down(FL_UNUSED void *data) { fl_teardown(); }
static fl_response *ask(const char *target)
{
    fl_setup(&csp_site, NULL);
    fl_defer(take_down, NULL);
    return get(target);
}
static const char *policy_of(const fl_response *response) { return header_of(response, "Content-Security-Policy"); }
static const char *reported_of(const fl_response *response) { return header_of(response, "Content-Security-Policy-Report-Only"); }

FL_TEST(a_page_with_a_nonce_has_it_in_its_policy)
{
    fl_response *response = ask("/nonce/");
    const char *nonce = body_of(response);
    fl_expect_equal(strlen(nonce), 22);
    fl_expect_text(policy_of(response),
                   fl_text("default-src 'self'; script-src 'self' 'nonce-%s'; img-src 'self' https:; style-src 'nonce-%s'; "
                           "upgrade-insecure-requests",
                           nonce, nonce));
    fl_expect(strcmp(body_of(get("/nonce/")), nonce) != 0);
}

FL_TEST(a_page_without_a_nonce_has_a_policy_without_one)
{
    fl_response *response = ask("/plain/");
    fl_expect_text(policy_of(response),
                   "default-src 'self'; script-src 'self'; img-src 'self' https:; upgrade-insecure-requests");
    fl_expect_text(reported_of(response), "default-src https:; report-uri /reports/");
}

FL_TEST(a_nonce_is_the_same_for_the_whole_request)
{
    fl_request *request = asking("GET", "/", "example.com");
    fl_expect_text(fl_csp_nonce(request), fl_csp_nonce(request));
}

FL_TEST(a_header_of_the_views_own_stays) { fl_expect_text(policy_of(ask("/own/")), "own"); }

FL_TEST(a_view_can_have_another_policy)
{
    fl_response *response = ask("/other/");
    fl_expect_text(policy_of(response), fl_text("script-src 'nonce-%s'; img-src https: data:", body_of(response)));
    fl_expect_text(reported_of(response), "default-src https:; report-uri /reports/");
}

FL_TEST(a_view_can_have_no_policy)
{
    fl_response *response = ask("/none/");
    fl_expect(policy_of(response) == NULL);
    fl_expect(reported_of(response) != NULL);
}

FL_TEST(what_is_only_reported_can_be_overridden_too)
{
    fl_response *response = ask("/report/");
    fl_expect_text(reported_of(response), "default-src 'none'");
    fl_expect(policy_of(response) != NULL);
}

FL_TEST(templates_make_a_nonce_only_where_they_print_it)
{
    fl_request *request = asking("GET", "/", "example.com");
    fl_json *context = fl_json_object("title", "x");
    fl_csp_context(request, context);
    fl_value nonce = fl_dict_get(fl_box(context).dict, fl_lit("csp_nonce"));
    fl_expect(!fl_value_truth(nonce));
    fl_expect_text(fl_value_text(nonce), fl_csp_nonce(request));
    fl_expect(fl_value_truth(nonce));
}
