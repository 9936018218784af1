/* CORS: who may read answers, and preflights that no view sees. */
#include "answers.h"

static int views;
static fl_response *data(FL_UNUSED fl_request *request)
{
    views++;
    return fl_text_response("data");
}
FL_URLS(cors_urls, Path("api/", data), Path("page/", data));

fl_configure cors_settings, cors_all_settings, cors_credentials_settings, cors_wrong_settings;
static void cors_base(fl_settings *s)
{
    s->allowed_hosts = fl_list_of("*");
    fl_use_middleware(s, fl_cors, fl_common);
}
void cors_settings(fl_settings *s)
{
    cors_base(s);
    s->cors_allowed_origins = fl_list_of("https://app.example.org", "http://localhost:3000", "null");
    s->cors_allowed_origin_regexes = fl_list_of("^https://\\w+\\.example\\.net$");
    s->cors_expose_headers = fl_list_of("X-Total", "X-Page");
    s->cors_urls_regex = "^/api/";
    s->cors_allow_private_network = true;
}
void cors_all_settings(fl_settings *s)
{
    cors_base(s);
    s->cors_allow_all_origins = true;
}
void cors_credentials_settings(fl_settings *s)
{
    cors_all_settings(s);
    s->cors_allow_credentials = true;
    s->cors_preflight_max_age = 0;
}
void cors_wrong_settings(fl_settings *s)
{
    cors_base(s);
    s->cors_allowed_origins = fl_list_of("app.example.org");
}
FL_SITE(cors_site, Settings(cors_settings, cors_all_settings, cors_credentials_settings, cors_wrong_settings), Urls(cors_urls));

static void take_down(FL_UNUSED void *data) { fl_teardown(); }
static void set_up(const char *settings)
{
    fl_setup(&cors_site, settings);
    fl_defer(take_down, NULL);
}

static fl_response *ask(const char *method, const char *target, const char *origin)
{
    fl_request *request = asking(method, target, "example.com");

    if (origin != NULL)
        say(request, "Origin", origin);
    if (fl_text_is(method, "OPTIONS"))
        say(request, "Access-Control-Request-Method", "PUT");
    return fl_answer(request, NULL);
}

static const char *allowed(const fl_response *response) { return header_of(response, "Access-Control-Allow-Origin"); }

static const struct {
    const char *origin;
    bool allowed;
} askers[] = {
    { "https://app.example.org", true },
    { "http://app.example.org", false },
    { "https://app.example.org.evil.org", false },
    { "http://localhost:3000", true },
    { "http://localhost:3001", false },
    { "null", true },
    { "https://a.example.net", true },
    { "https://a.example.net.evil.org", false },
    { "https://a-b.example.net", false },
    { "", false },
};

static void check_asker(const void *at)
{
    const typeof(*askers) *row = at;
    fl_response *response = ask("GET", "/api/", row->origin);

    fl_label("%s", row->origin);
    fl_expect_text(allowed(response), row->allowed ? row->origin : NULL);
    fl_expect_text(header_of(response, "Vary"), "origin");
    fl_expect_text(body_of(response), "data");
}

FL_TEST(listed_origins_and_those_that_match_may_read)
{
    set_up(NULL);
    fl_table(askers, check_asker);
}

FL_TEST(a_preflight_is_answered_without_the_view)
{
    set_up(NULL);
    views = 0;
    fl_response *response = ask("OPTIONS", "/api/", "https://app.example.org");
    fl_expect_equal(views, 0);
    fl_expect_equal(response->status, 200);
    fl_expect_equal(response->body.size, 0);
    fl_expect_text(allowed(response), "https://app.example.org");
    fl_expect_text(header_of(response, "Access-Control-Allow-Methods"), "DELETE, GET, OPTIONS, PATCH, POST, PUT");
    fl_expect_text(header_of(response, "Access-Control-Allow-Headers"),
                   "accept, authorization, content-type, user-agent, x-csrftoken, x-requested-with");
    fl_expect_text(header_of(response, "Access-Control-Max-Age"), "86400");
    fl_expect_text(header_of(response, "Access-Control-Expose-Headers"), "X-Total, X-Page");
    fl_expect_text(header_of(response, "Content-Length"), "0");
}

FL_TEST(a_preflight_of_a_stranger_is_told_nothing)
{
    set_up(NULL);
    fl_response *response = ask("OPTIONS", "/api/", "https://evil.org");
    fl_expect_equal(response->status, 200);
    fl_expect(allowed(response) == NULL && header_of(response, "Access-Control-Allow-Methods") == NULL);
}

FL_TEST(options_that_are_no_preflight_go_to_the_view)
{
    set_up(NULL);
    views = 0;
    fl_expect_equal(fl_answer(asking("OPTIONS", "/api/", "example.com"), NULL)->status, 200);
    fl_expect_equal(views, 1);
}

FL_TEST(other_paths_are_left_alone)
{
    set_up(NULL);
    fl_response *response = ask("GET", "/page/", "https://app.example.org");
    fl_expect(allowed(response) == NULL && header_of(response, "Vary") == NULL);
}

FL_TEST(private_networks_are_allowed_where_asked_for)
{
    set_up(NULL);
    fl_request *request = asking("OPTIONS", "/api/", "example.com");
    say(request, "Origin", "https://app.example.org");
    say(request, "Access-Control-Request-Method", "GET");
    say(request, "Access-Control-Request-Private-Network", "true");
    fl_expect_text(header_of(fl_answer(request, NULL), "Access-Control-Allow-Private-Network"), "true");
    fl_expect(header_of(ask("OPTIONS", "/api/", "https://app.example.org"), "Access-Control-Allow-Private-Network") == NULL);
}

FL_TEST(all_origins_are_a_star_unless_cookies_come_along)
{
    set_up("cors_all_settings");
    fl_expect_text(allowed(ask("GET", "/page/", "https://anybody.org")), "*");
    fl_teardown();
    fl_setup(&cors_site, "cors_credentials_settings");
    fl_response *response = ask("OPTIONS", "/page/", "https://anybody.org");
    fl_expect_text(allowed(response), "https://anybody.org");
    fl_expect_text(header_of(response, "Access-Control-Allow-Credentials"), "true");
    fl_expect(header_of(response, "Access-Control-Max-Age") == NULL);
}

static void set_up_wrong(FL_UNUSED void *data) { fl_setup(&cors_site, "cors_wrong_settings"); }

FL_TEST(an_origin_without_a_scheme_is_told_at_start)
{
    fl_error *error = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, set_up_wrong, NULL);
    fl_expect_contains(error->message, "'app.example.org'");
}
