/* What the vectors do not show: slashes while debugging, marks of views, hosts, broken links, names and times of requests, checks. */
#include <stdio.h>
#include "answers.h"

static fl_response *ok(FL_UNUSED fl_request *request) { return fl_text_response("ok"); }
static fl_response *api(FL_UNUSED fl_request *request) { return fl_text_response("api"); }
static fl_response *names_itself(fl_request *request) { return fl_text_response(fl_request_id_of(request)); }
static fl_response *lost(FL_UNUSED fl_request *request) { fl_raise(FL_NOT_FOUND, "no such thing"); }

FL_URLS(api_urls, Path("", api));
FL_URLS(www_urls, Path("", ok), Path("here/", ok));
FL_URLS(site_middleware_urls, Path("x/", ok), Path("id/", names_itself), Path("lost", lost), Path("lost/", ok),
        Path("framed/", ok, .decorators = { FL_XFRAME_EXEMPT_VIEW }),
        Path("same/", ok, .decorators = { FL_XFRAME("SAMEORIGIN") }));
FL_HOSTS(hosts, { "api.example.com", &api_urls }, { "www.example.com", &www_urls }, { ".shop.example.com", &api_urls });

fl_configure site_all_settings, site_debug_settings, site_misordered_settings, site_csrf_first_settings, site_bad_regex_settings;
void site_all_settings(fl_settings *s)
{
    s->allowed_hosts = fl_list_of("*");
    s->ignorable_404_urls = fl_list_of("^/favicon\\.ico$");
    fl_use_hosts(hosts);
    fl_use_middleware(s, fl_request_id, fl_timing, fl_security, fl_hosts, fl_broken_links, fl_common, fl_csrf, fl_clickjacking);
}
void site_debug_settings(fl_settings *s)
{
    site_all_settings(s);
    s->debug = true;
}
void site_misordered_settings(fl_settings *s)
{
    site_all_settings(s);
    fl_use_csp(s, { "script-src", { FL_CSP_NONCE } });
    s->csrf_trusted_origins = fl_list_of("example.org", "https://example.net");
    s->secure_cross_origin_opener_policy = "wrong";
    fl_use_middleware(s, fl_common, fl_cors, fl_security, fl_csp);
}
static FL_MIDDLEWARE(fl_sessions);
void site_csrf_first_settings(fl_settings *s)
{
    site_all_settings(s);
    fl_use_middleware(s, fl_csrf, fl_sessions);
}
void site_bad_regex_settings(fl_settings *s)
{
    site_all_settings(s);
    s->disallowed_user_agents = fl_list_of("fine", "(open");
}
FL_SITE(all_site,
        Settings(site_all_settings, site_debug_settings, site_misordered_settings, site_csrf_first_settings,
                 site_bad_regex_settings),
        Urls(site_middleware_urls));

static void take_down(FL_UNUSED void *data)
{
    fl_teardown();
    fl_use_hosts(NULL);
}
static void set_up(const char *settings)
{
    fl_setup(&all_site, settings);
    fl_defer(take_down, NULL);
}

/* -- security, frames ------------------------------------------------------------------------------------------------------------------------ */

FL_TEST(the_opener_policy_is_same_origin)
{
    set_up(NULL);
    fl_expect_text(header_of(get("/x/"), "Cross-Origin-Opener-Policy"), "same-origin");
}

FL_TEST(views_say_who_may_frame_them)
{
    set_up(NULL);
    fl_expect_text(header_of(get("/x/"), "X-Frame-Options"), "DENY");
    fl_expect_text(header_of(get("/same/"), "X-Frame-Options"), "SAMEORIGIN");
    fl_expect(header_of(get("/framed/"), "X-Frame-Options") == NULL);
}

/* -- slashes ------------------------------------------------------------------------------------------------------------------------------------ */

FL_TEST(data_for_a_url_without_its_slash_is_an_error_while_debugging)
{
    set_up("site_debug_settings");
    fl_expect_equal(get("/x")->status, 301);
    fl_expect_equal(fl_answer(asking("POST", "/x", "example.com"), NULL)->status, 500);
    fl_expect_contains(fl_test_logged(), "let the form point to example.com/x/");
}

FL_TEST(a_view_that_answers_404_is_not_redirected)
{
    set_up(NULL);
    fl_expect_equal(get("/lost")->status, 404);
}

FL_TEST(slashes_are_looked_for_in_the_hosts_own_table)
{
    set_up(NULL);
    fl_response *response = fl_answer(asking("GET", "/here", "www.example.com"), NULL);
    fl_expect_equal(response->status, 301);
    fl_expect_text(header_of(response, "Location"), "/here/");
    fl_expect_equal(get("/here")->status, 404);
}

static void set_up_bad_regex(FL_UNUSED void *data) { fl_setup(&all_site, "site_bad_regex_settings"); }

FL_TEST(a_wrong_pattern_is_told_at_start_with_its_setting)
{
    fl_error *error = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, set_up_bad_regex, NULL);
    fl_expect_contains(error->message, "disallowed_user_agents has '(open'");
    fl_use_hosts(NULL);
}

/* -- hosts ---------------------------------------------------------------------------------------------------------------------------------------- */

FL_TEST(each_host_has_its_own_urls)
{
    set_up(NULL);
    fl_expect_text(body_of(fl_answer(asking("GET", "/", "api.example.com"), NULL)), "api");
    fl_expect_text(body_of(fl_answer(asking("GET", "/", "www.example.com:8000"), NULL)), "ok");
    fl_expect_text(body_of(fl_answer(asking("GET", "/", "eu.shop.example.com"), NULL)), "api");
    fl_expect_equal(get("/")->status, 404);
}

/* -- names and times ------------------------------------------------------------------------------------------------------------------------------- */

FL_TEST(a_request_has_the_id_it_came_with_or_a_new_one)
{
    set_up(NULL);
    fl_request *request = asking("GET", "/id/", "example.com");
    say(request, "X-Request-ID", "abc-123");
    fl_response *response = fl_answer(request, NULL);
    fl_expect_text(body_of(response), "abc-123");
    fl_expect_text(header_of(response, "X-Request-ID"), "abc-123");
    request = asking("GET", "/id/", "example.com");
    say(request, "X-Request-ID", "a b\"<script>");
    response = fl_answer(request, NULL);
    fl_expect_equal(strlen(header_of(response, "X-Request-ID")), 36);
    fl_expect_text(body_of(response), header_of(response, "X-Request-ID"));
}

FL_TEST(answers_say_how_long_they_took)
{
    double seconds = -1, milliseconds = -1;

    set_up(NULL);
    fl_response *response = get("/x/");
    fl_expect_equal(sscanf(header_of(response, "X-Request-Duration"), "%lf", &seconds), 1);
    fl_expect_equal(sscanf(header_of(response, "Server-Timing"), "total;dur=%lf", &milliseconds), 1);
    fl_expect_near(seconds * 1000, milliseconds, 0.0011);
}

/* -- broken links ------------------------------------------------------------------------------------------------------------------------------------ */

static const char *mail_subject, *mail_text;
static void keep_mail(const char *subject, const char *text)
{
    mail_subject = subject;
    mail_text = text;
}

static const struct {
    const char *target, *referer, *subject;
} links[] = {
    { "/gone/", "http://example.com/from/", "Broken INTERNAL link on example.com" },
    { "/gone/", "https://other.org/page/", "Broken link on example.com" },
    { "/gone/", NULL, NULL },
    { "/gone/", "http://example.com/gone/", NULL },
    { "/gone/", "/gone/", NULL },
    { "/gone/", "https://search.org/?q=gone", NULL },
    { "/gone/", "http://example.com/from/?page=2", "Broken INTERNAL link on example.com" },
    { "/favicon.ico", "http://example.com/from/", NULL },
    { "/x/", "http://example.com/from/", NULL },
};

static void check_link(const void *at)
{
    const typeof(*links) *row = at;
    fl_request *request = asking("GET", row->target, "example.com");

    fl_label("%s from %s", row->target, row->referer == NULL ? "nowhere" : row->referer);
    mail_subject = NULL;
    if (row->referer != NULL)
        say(request, "Referer", row->referer);
    say(request, "User-Agent", "Browser/1");
    request->remote_address = "203.0.113.7";
    (void)fl_answer(request, NULL);
    fl_expect_text(mail_subject, row->subject);
    if (row->subject != NULL)
        fl_expect_text(mail_text, fl_text("Referrer: %s\nRequested URL: %s\nUser agent: Browser/1\nIP address: 203.0.113.7\n",
                                          row->referer, row->target));
}

FL_TEST(managers_hear_of_links_that_somebody_followed)
{
    set_up(NULL);
    fl_mail_managers_hook = keep_mail;
    fl_table(links, check_link);
    fl_mail_managers_hook = NULL;
}

FL_TEST(without_mail_broken_links_are_logged)
{
    set_up(NULL);
    fl_request *request = asking("GET", "/gone/", "example.com");
    say(request, "Referer", "https://other.org/");
    (void)fl_answer(request, NULL);
    fl_expect_contains(fl_test_logged(), "Broken link on example.com: /gone/ from https://other.org/");
}

/* -- checks --------------------------------------------------------------------------------------------------------------------------------------------- */

static const fl_check_message *message_of(const fl_checks *report, const char *id)
{
    for (size_t i = 0; i < report->count; i++)
        if (fl_text_is(report->items[i].id, id))
            return &report->items[i];
    return NULL;
}

FL_TEST(checks_find_what_newer_djangos_find_and_a_wrong_order)
{
    set_up("site_misordered_settings");
    fl_middleware_checks_register();
    fl_checks *report = fl_checks_run(.deploy = true);
    fl_expect_contains(message_of(report, "4_0.E001")->text, "but found example.org.");
    fl_expect_contains(message_of(report, "security.E024")->hint, "same-origin-allow-popups");
    fl_expect(message_of(report, "security.W027") != NULL);
    fl_expect_text(message_of(report, "middleware.W001")->hint, "Move fl_cors above fl_common.");
}

FL_TEST(the_documented_order_has_no_warnings)
{
    set_up(NULL);
    fl_middleware_checks_register();
    fl_checks *report = fl_checks_run(.deploy = false);
    fl_expect(message_of(report, "middleware.W001") == NULL);
    fl_expect(message_of(report, "security.W018") == NULL);
}

static void set_up_csrf_first(FL_UNUSED void *data) { fl_setup(&all_site, "site_csrf_first_settings"); }

FL_TEST(csrf_above_sessions_is_refused_at_start)
{
    fl_error *error = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, set_up_csrf_first, NULL);
    fl_expect_contains(error->message, "the middleware fl_csrf stands before fl_sessions");
    fl_use_hosts(NULL);
}
