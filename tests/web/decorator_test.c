/* The decorators that routes carry. */
#include <fleche/conditional.h>
#include "site.h"

static size_t calls;                                 /* of this process's test */

static fl_response *counting_view(fl_request *request)
{
    (void)request;
    calls++;
    return fl_text_response("body");
}

static const char *the_etag(fl_request *request)
{
    (void)request;
    return "v1";
}
static fl_datetime the_time(fl_request *request)
{
    fl_datetime when;

    (void)request;
    fl_expect(fl_parse_http_date("Tue, 14 Nov 2023 22:13:20 GMT", &when));
    return when;
}

static fl_response *stamp(fl_request *request, fl_next *next)
{
    fl_response *response = fl_call_next(next, request);

    fl_set_header(response, "X-Stamped", "%s", "yes");
    return response;
}
FL_MIDDLEWARE(stamping, .call = stamp);

FL_URLS(included, Path("deep/", counting_view, .decorators = { FL_VARY_ON("Accept") }));
FL_URLS(decorated_urls, Path("get/", counting_view, .decorators = { FL_GET_ONLY }),
        Path("post/", counting_view, .decorators = { FL_POST_ONLY }),
        Path("safe/", counting_view, .decorators = { FL_SAFE_ONLY }),
        Path("some/", counting_view, .decorators = { FL_METHODS("GET", "PUT", "DELETE") }),
        Path("vary/", counting_view, .decorators = { FL_VARY_ON("Cookie", "Accept-Language") }),
        Path("never/", counting_view, .decorators = { FL_NEVER_CACHE }),
        Path("cache/", counting_view, .decorators = { FL_CACHE_CONTROL("max-age=60", "public") }),
        Path("condition/", counting_view, .decorators = { FL_CONDITION(.etag = the_etag, .last_modified = the_time) }),
        Path("frame/", counting_view, .decorators = { FL_XFRAME("DENY") }),
        Path("exempt/", counting_view, .decorators = { FL_XFRAME_EXEMPT_VIEW }),
        Path("secret/", counting_view, .decorators = { FL_SENSITIVE_POST("password"), FL_NO_APPEND_SLASH }),
        Path("stamped/", counting_view, .decorators = { FL_WITH_MIDDLEWARE(stamping) }),
        Path("all/", counting_view, .decorators = { FL_VARY_ON("A"), FL_GET_ONLY }),
        Include("inner/", included, .decorators = { FL_GET_ONLY }));

fl_configure decorator_settings;
void decorator_settings(fl_settings *s)
{
    s->secret_key = "a key for tests";
    s->allowed_hosts = any_host();
}
FL_SITE(decorated_site, Settings(decorator_settings), Urls(decorated_urls));

static const char *header_of(const char *path, const char *name) { return fl_response_header(got(path), name); }

static const struct {
    const char *path, *method;
    int status;
    const char *allow;
} methods[] = {
    { "/get/", "GET", 200, NULL },          { "/get/", "POST", 405, "GET" },
    { "/get/", "HEAD", 405, "GET" },                 /* as Django's require_GET */
    { "/post/", "POST", 200, NULL },        { "/post/", "GET", 405, "POST" },
    { "/safe/", "HEAD", 200, NULL },        { "/safe/", "PUT", 405, "GET, HEAD" },
    { "/some/", "DELETE", 200, NULL },      { "/some/", "POST", 405, "GET, PUT, DELETE" },
    { "/inner/deep/", "POST", 405, "GET" },
};

static void check_method(const void *row)
{
    const typeof(*methods) *it = row;
    fl_response *response = answer(asked(it->method, it->path));

    fl_label("%s %s", it->method, it->path);
    fl_expect_equal(response->status, it->status);
    if (it->allow != NULL)
        fl_expect_text(fl_response_header(response, "Allow"), it->allow);
}

FL_TEST(a_method_that_a_view_does_not_take_is_a_405_with_allow)
{
    set_up(&decorated_site, NULL);
    fl_table(methods, check_method);
    fl_expect_contains(fl_test_logged(), "WARNING fleche.request: Method Not Allowed (POST): /get/");
}

FL_TEST(a_refused_request_does_not_reach_its_view)
{
    set_up(&decorated_site, NULL);
    (void)answer(asked("POST", "/get/"));
    fl_expect_equal(calls, 0);
}

FL_TEST(vary_and_cache_control_are_said)
{
    set_up(&decorated_site, NULL);
    fl_expect_text(header_of("/vary/", "Vary"), "Cookie, Accept-Language");
    fl_expect_text(header_of("/cache/", "Cache-Control"), "max-age=60, public");
    fl_expect_text(header_of("/inner/deep/", "Vary"), "Accept");
}

FL_TEST(never_cache_says_what_django_says)
{
    set_up(&decorated_site, NULL);
    fl_expect_text(header_of("/never/", "Cache-Control"), "max-age=0, no-cache, no-store, must-revalidate, private");
    fl_expect_text(header_of("/never/", "Expires"), fl_http_date(fl_now()));
}

FL_TEST(the_first_decorator_stands_outermost)
{
    set_up(&decorated_site, NULL);
    fl_response *response = answer(asked("POST", "/all/"));
    fl_expect_equal(response->status, 405);
    fl_expect_text(fl_response_header(response, "Vary"), "A");
}

/* -- conditions ----------------------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *method, *header, *value;
    int status;
    size_t calls;
} conditions[] = {
    { "GET", "X-None", "", 200, 1 },
    { "GET", "If-None-Match", "\"v1\"", 304, 0 },
    { "GET", "If-None-Match", "\"v0\"", 200, 1 },
    { "GET", "If-Modified-Since", "Tue, 14 Nov 2023 22:13:20 GMT", 304, 0 },
    { "GET", "If-Modified-Since", "Tue, 14 Nov 2023 22:13:19 GMT", 200, 1 },
    { "PUT", "If-Match", "\"v0\"", 412, 0 },
    { "PUT", "If-Match", "\"v1\"", 200, 1 },
    { "PUT", "If-Unmodified-Since", "Tue, 14 Nov 2023 22:13:19 GMT", 412, 0 },
};

static void check_condition(const void *row)
{
    const typeof(*conditions) *it = row;

    calls = 0;
    fl_label("%s %s: %s", it->method, it->header, it->value);
    fl_expect_equal(answer(asked_with(it->method, "/condition/", it->header, it->value))->status, it->status);
    fl_expect_equal(calls, it->calls);
}

FL_TEST(conditions_are_answered_without_the_view)
{
    set_up(&decorated_site, NULL);
    fl_table(conditions, check_condition);
    fl_expect_text(header_of("/condition/", "ETag"), "\"v1\"");
    fl_expect_text(header_of("/condition/", "Last-Modified"), "Tue, 14 Nov 2023 22:13:20 GMT");
}

/* -- marks -------------------------------------------------------------------------------------------------------------------------------- */

FL_TEST(frames_are_allowed_or_denied_by_the_view)
{
    set_up(&decorated_site, NULL);
    fl_expect_text(header_of("/frame/", "X-Frame-Options"), "DENY");
    fl_expect((got("/exempt/")->marks & FL_XFRAME_EXEMPT) != 0);
}

FL_TEST(what_is_sensitive_and_what_takes_no_slash_can_be_asked)
{
    set_up(&decorated_site, NULL);
    fl_request *request = asked("GET", "/secret/");
    (void)answer(request);
    fl_expect_text(fl_sensitive_post(request)[0], "password");
    fl_expect(fl_sensitive_post(request)[1] == NULL);
    fl_expect(fl_route_has(request->match, fl_wrap_no_append_slash));
    request = asked("GET", "/get/");
    (void)answer(request);
    fl_expect(fl_sensitive_post(request) == NULL && !fl_route_has(request->match, fl_wrap_no_append_slash));
}

FL_TEST(a_middleware_can_stand_around_one_view)
{
    set_up(&decorated_site, NULL);
    fl_expect_text(header_of("/stamped/", "X-Stamped"), "yes");
    fl_expect(header_of("/get/", "X-Stamped") == NULL);
}
