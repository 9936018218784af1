/* CSRF: forms of this site pass, everybody else's are refused with the reason in the log. */
#include "answers.h"

#define SECRET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"
#define TOKEN "0123456789abcdefghijklmnopqrstuvqsuwyACEGIKMOQSUWY02468aceqsuwyA"

static fl_response *form(fl_request *request) { return fl_html_response(fl_csrf_input(request)); }
static fl_response *quiet(FL_UNUSED fl_request *request) { return fl_text_response("done"); }
static fl_response *login(fl_request *request)
{
    fl_rotate_csrf_token(request);
    return fl_text_response("in");
}
FL_URLS(csrf_urls, Path("form/", form), Path("quiet/", quiet), Path("login/", login),
        Path("exempt/", quiet, .decorators = { FL_CSRF_EXEMPT }),
        Path("ensure/", quiet, .decorators = { FL_ENSURE_CSRF_COOKIE }));
FL_URLS(unprotected_urls, Path("plain/", quiet), Path("protected/", quiet, .decorators = { FL_CSRF_PROTECT }),
        Path("ensure/", quiet, .decorators = { FL_ENSURE_CSRF_COOKIE }));

static fl_response *own_page(fl_request *request) { return fl_text_response(fl_csrf_failure_reason(request), .status = 418); }

fl_configure csrf_settings, csrf_own_page_settings, csrf_trusting_settings, csrf_off_settings, csrf_session_settings;
void csrf_off_settings(fl_settings *s) { s->allowed_hosts = fl_list_of("*"); }
void csrf_settings(fl_settings *s)
{
    csrf_off_settings(s);
    fl_use_middleware(s, fl_csrf);
}
void csrf_own_page_settings(fl_settings *s)
{
    csrf_settings(s);
    s->csrf_failure_view = own_page;
}
void csrf_trusting_settings(fl_settings *s)
{
    csrf_settings(s);
    s->csrf_trusted_origins = fl_list_of("https://friend.example.org", "https://*.partner.example", "http://old.example:8000");
}
void csrf_session_settings(fl_settings *s)
{
    csrf_settings(s);
    s->csrf_use_sessions = true;
}
FL_SITE(csrf_site, Settings(csrf_settings, csrf_own_page_settings, csrf_trusting_settings, csrf_session_settings),
        Urls(csrf_urls));
FL_SITE(unprotected_site, Settings(csrf_off_settings), Urls(unprotected_urls));

static void take_down(FL_UNUSED void *data) { fl_teardown(); }
static void set_up(const fl_project *site, const char *settings)
{
    fl_setup(site, settings);
    fl_defer(take_down, NULL);
}

static fl_request *posting(const char *target, const char *cookie, const char *field)
{
    fl_request *request = asking("POST", target, "example.com");

    if (cookie != NULL)
        say(request, "Cookie", fl_text("csrftoken=%s", cookie));
    if (field != NULL)
        fl_request_set_body(request, fl_str_of(fl_text("csrfmiddlewaretoken=%s&a=1", field)),
                            "application/x-www-form-urlencoded");
    return request;
}

static int status_of(fl_request *request) { return fl_answer(request, NULL)->status; }

/* -- the way of a form --------------------------------------------------------------------------------------------------------------------- */

FL_TEST(a_form_is_accepted_with_the_cookie_that_came_with_its_page)
{
    set_up(&csrf_site, NULL);
    fl_response *page = get("/form/");
    fl_expect_text(header_of(page, "Vary"), "Cookie");
    const char *line = page->cookies->header;
    fl_expect_contains(line, "Max-Age=31449600; Path=/; SameSite=Lax");
    char *secret = fl_str_c(fl_str_slice(fl_str_of(line), strlen("csrftoken="), 32));
    char *token = fl_str_c(fl_str_slice(fl_str_of(strstr(body_of(page), "value=\"")), 7, 64));
    fl_expect_equal(strlen(token), 64);
    fl_expect_equal(status_of(posting("/quiet/", secret, token)), 200);
    fl_expect_equal(status_of(posting("/quiet/", secret, NULL)), 403);
    fl_expect_equal(status_of(posting("/quiet/", NULL, token)), 403);
}

FL_TEST(a_page_that_shows_no_token_sends_no_cookie)
{
    set_up(&csrf_site, NULL);
    fl_response *response = get("/quiet/");
    fl_expect(response->cookies == NULL);
    fl_expect(header_of(response, "Vary") == NULL);
}

FL_TEST(tokens_are_masked_anew_each_time)
{
    set_up(&csrf_site, NULL);
    fl_request *request = asking("GET", "/form/", "example.com");
    const char *first = fl_csrf_token(request), *second = fl_csrf_token(request);
    fl_expect(strcmp(first, second) != 0);
}

FL_TEST(scripts_send_the_token_in_a_header)
{
    set_up(&csrf_site, NULL);
    fl_request *request = posting("/quiet/", SECRET, NULL);
    fl_request_set_body(request, fl_lit("{\"a\": 1}"), "application/json");
    say(request, "X-CSRFToken", SECRET);
    fl_expect_equal(status_of(request), 200);
    request = posting("/quiet/", SECRET, NULL);
    fl_request_set_body(request, fl_lit("{\"a\": 1}"), "application/json");
    fl_expect_equal(status_of(request), 403);
}

FL_TEST(logging_in_changes_the_secret)
{
    set_up(&csrf_site, NULL);
    fl_response *response = fl_answer(posting("/login/", SECRET, TOKEN), NULL);
    fl_expect_equal(response->status, 200);
    fl_expect(response->cookies != NULL && strstr(response->cookies->header, SECRET) == NULL);
}

FL_TEST(a_malformed_cookie_is_replaced)
{
    set_up(&csrf_site, NULL);
    fl_request *request = asking("GET", "/quiet/", "example.com");
    say(request, "Cookie", "csrftoken=short");
    fl_response *response = fl_answer(request, NULL);
    fl_expect(response->cookies != NULL);
    request = asking("GET", "/quiet/", "example.com");
    say(request, "Cookie", "csrftoken=" TOKEN);
    fl_expect(fl_answer(request, NULL)->cookies == NULL);
}

/* -- reasons --------------------------------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *cookie, *field, *header, *origin, *reason;
} reasons[] = {
    { NULL, NULL, NULL, NULL, "CSRF cookie not set." },
    { "short", TOKEN, NULL, NULL, "CSRF cookie has incorrect length." },
    { SECRET, NULL, NULL, NULL, "CSRF token missing." },
    { SECRET, "short", NULL, NULL, "CSRF token from POST has incorrect length." },
    { SECRET, "!23456789abcdefghijklmnopqrstuvw", NULL, NULL, "CSRF token from POST has invalid characters." },
    { SECRET, "0123456789abcdefghijklmnopqrstuv", NULL, NULL, "CSRF token from POST incorrect." },
    { SECRET, NULL, "0123456789abcdefghijklmnopqrstuv", NULL, "CSRF token from the 'X-Csrftoken' HTTP header incorrect." },
    { SECRET, TOKEN, NULL, "http://evil.org", "Origin checking failed - http://evil.org does not match any trusted origins." },
    { SECRET, TOKEN, NULL, "null", "Origin checking failed - null does not match any trusted origins." },
    { SECRET, TOKEN, NULL, "https://example.com",
      "Origin checking failed - https://example.com does not match any trusted origins." },
};

static void check_reason(const void *at)
{
    const typeof(*reasons) *row = at;

    fl_label("%s", row->reason);
    fl_request *request = posting("/quiet/", row->cookie, row->field);
    if (row->header != NULL)
        say(request, "X-CSRFToken", row->header);
    if (row->origin != NULL)
        say(request, "Origin", row->origin);
    fl_response *response = fl_answer(request, NULL);
    fl_expect_text(body_of(response), row->reason);
    fl_expect_equal(response->status, 418);
    fl_expect_contains(fl_test_logged(), fl_text("WARNING fleche.security.csrf: Forbidden (%s): /quiet/", row->reason));
}

FL_TEST(each_refusal_has_its_reason_in_the_log_and_for_the_own_view)
{
    set_up(&csrf_site, "csrf_own_page_settings");
    fl_table(reasons, check_reason);
}

FL_TEST(the_built_in_page_says_what_to_do_and_the_reason_only_to_developers)
{
    set_up(&csrf_site, NULL);
    fl_response *response = fl_answer(posting("/quiet/", SECRET, NULL), NULL);
    fl_expect_equal(response->status, 403);
    fl_expect_contains(body_of(response), "CSRF verification failed. Request aborted.");
    fl_expect(strstr(body_of(response), "CSRF token missing.") == NULL);
    fl_settings_override(debug, true);
    fl_expect_contains(body_of(fl_answer(posting("/quiet/", SECRET, NULL), NULL)), "CSRF token missing.");
}

/* -- origins ---------------------------------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *scheme, *name, *value;
    int status;
} origins[] = {
    { "http", "Origin", "http://example.com", 200 },           { "https", "Origin", "https://example.com", 200 },
    { "https", "Origin", "https://friend.example.org", 200 },  { "https", "Origin", "http://friend.example.org", 403 },
    { "https", "Origin", "https://a.b.partner.example", 200 }, { "https", "Origin", "https://partner.example.evil", 403 },
    { "https", "Origin", "https://notpartner.example", 403 },  { "http", "Origin", "http://old.example:8000", 200 },
    { "http", "Origin", "http://old.example", 403 },           { "https", "Referer", "https://friend.example.org/page?x", 200 },
    { "https", "Referer", "https://a.partner.example/", 200 }, { "https", "Referer", "https://evil.example/", 403 },
    { "https", "Referer", "http://friend.example.org/", 403 },
};

static void check_origin(const void *at)
{
    const typeof(*origins) *row = at;
    fl_request *request = posting("/quiet/", SECRET, TOKEN);

    fl_label("%s %s %s", row->scheme, row->name, row->value);
    request->scheme = row->scheme;
    say(request, row->name, row->value);
    fl_expect_equal(status_of(request), row->status);
}

FL_TEST(trusted_origins_are_this_site_and_those_of_the_settings)
{
    set_up(&csrf_site, "csrf_trusting_settings");
    fl_table(origins, check_origin);
}

/* -- decorators -------------------------------------------------------------------------------------------------------------------------------- */

FL_TEST(an_exempt_view_is_not_asked)
{
    set_up(&csrf_site, NULL);
    fl_expect_equal(status_of(posting("/exempt/", NULL, NULL)), 200);
    fl_expect_equal(status_of(posting("/quiet/", NULL, NULL)), 403);
}

FL_TEST(a_view_can_ensure_the_cookie_with_and_without_the_middleware)
{
    set_up(&csrf_site, NULL);
    fl_response *response = get("/ensure/");
    fl_expect(response->cookies != NULL && response->cookies->next == NULL);
    fl_teardown();
    fl_setup(&unprotected_site, NULL);
    fl_expect(get("/ensure/")->cookies != NULL);
}

FL_TEST(one_view_can_be_protected_by_itself)
{
    set_up(&unprotected_site, NULL);
    fl_expect_equal(status_of(posting("/plain/", NULL, NULL)), 200);
    fl_expect_equal(status_of(posting("/protected/", NULL, NULL)), 403);
    fl_expect_equal(status_of(posting("/protected/", SECRET, TOKEN)), 200);
}

static void set_up_with_sessions(FL_UNUSED void *data) { fl_setup(&csrf_site, "csrf_session_settings"); }

FL_TEST(secrets_in_sessions_are_refused_as_long_as_there_are_none)
{
    fl_error *error = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, set_up_with_sessions, NULL);
    fl_expect_contains(error->message, "csrf_use_sessions");
}
