/* What a developer sees of an error: the page and its text. */
#include "site.h"

/* Far from the calls, whose source is in the page. */
static const char *const secrets[] = { "query-secret", "header-secret", "cookie-secret",
                                       "form-secret",  "correct horse", "tok-4711" };
static const char *const elsewhere[] = { "http://", "https://", "src=", "@import", "<script" };

static fl_response *posted(const char *target, const char *form)
{
    fl_request *request = request_to("POST", target);

    fl_request_set_body(request, fl_str_of(form), "application/x-www-form-urlencoded");
    return fl_answer(request, NULL);
}

static void expect_without(const char *text, const char *part)
{
    if (strstr(text, part) != NULL)
        fl_fail("\"%s\" must not be in it", part);
}

static void need_names(void)
{
#ifndef FL_HAVE_LIBDW
    fl_skip("without libdw calls have no lines");
#endif
}

FL_TEST(the_page_has_every_section)
{
    set_up_site(&faulty_site, "faulty_dev");
    fl_response *response = fl_answer(request_to("GET", "/pay/?a=1&b=two"), NULL);
    const char *page = body_of(response);

    fl_expect_equal(response->status, 500);
    fl_expect_text(response->content_type, "text/html; charset=utf-8");
    static const char *const parts[] = {
        "<title>PaymentRefused at /pay/</title>",
        "<h1>PaymentRefused</h1>",
        "id=\"backtrace\"",
        "id=\"request\"",
        "id=\"environment\"",
        "id=\"text\"",
        "<textarea readonly",
        "<h3>GET</h3>",
        "<h3>POST</h3>",
        "<h3>FILES</h3>",
        "<h3>COOKIES</h3>",
        "<h3>META</h3>",
        "<th scope=\"row\">b</th><td><code>two</code></td>",
        "12.50 &lt; 13.00",
        "ask for &lt;less&gt;",
    };
    for (size_t i = 0; i < FL_LENGTH(parts); i++)
        fl_expect_contains(page, parts[i]);
    fl_expect_contains(page, fl_text("<th scope=\"row\">Flèche</th><td><code>%s</code>", FL_VERSION));
}

FL_TEST(calls_are_shown_with_their_source_and_the_line_is_marked)
{
    need_names();
    set_up_site(&faulty_site, "faulty_dev");
    const char *page = page_at("/pay/");

    fl_expect_contains(page, "<code class=\"fn\">charge_the_card</code> <code class=\"at\">tests/debug/site.c:");
    const char *mark = strstr(page, "<mark class=\"line\"");
    fl_expect(mark != NULL);
    fl_expect_contains(fl_str_c(fl_str_slice(fl_str_of(mark), 0, 400)), "the marked line");
    fl_expect_contains(page, "of the framework</summary>");
    fl_expect(strstr(page, "fl_error_new_") != NULL);           /* it is there, folded */
}

FL_TEST(causes_follow_the_error)
{
    need_names();
    set_up_site(&faulty_site, "faulty_dev");
    const char *page = page_at("/pay/");

    fl_expect_contains(page, "<small>Caused by</small> <code>FL_TIMEOUT</code>");
    fl_expect_contains(page, "the bank &lt;b&gt;did not&lt;/b&gt; answer");
    fl_expect_contains(page, "<code class=\"fn\">ask_the_bank</code>");
}

static void raise_in_defer(void *data)
{
    (void)data;
    fl_raise(FL_OS_ERROR, "the drawer is stuck");
}

static void raise_twice(void *data)
{
    (void)data;
    fl_defer(raise_in_defer, NULL);
    fl_raise(FL_VALUE_ERROR, "no such coin");
}

FL_TEST(suppressed_errors_are_shown_too)
{
    const char *page = fl_report_html(NULL, fl_protect(raise_twice, NULL), 500);

    fl_expect_contains(page, "<small>While it unwound</small> <code>FL_OS_ERROR</code>");
    fl_expect_contains(page, "the drawer is stuck");
    fl_expect_contains(page, "There was no request.");
}

FL_TEST(without_a_backtrace_the_place_is_shown)
{
    fl_backtraces(false);
    const char *page = fl_report_html(NULL, fl_error_new(FL_VALUE_ERROR, "here"), 500);

    fl_expect_contains(page, "<mark class=\"line\"");
    fl_expect_contains(page, "fl_error_new(FL_VALUE_ERROR, &quot;here&quot;)");
}

FL_TEST(calls_without_names_leave_the_place_shown)
{
    fl_error *error = fl_error_new(FL_VALUE_ERROR, "here too");
    void *nowhere[] = { (void *)16 };
    error->frames = nowhere;
    error->frame_count = 1;
    const char *page = fl_report_html(NULL, error, 500);

    fl_expect_contains(page, "fl_error_new(FL_VALUE_ERROR, &quot;here too&quot;)");
    fl_expect_contains(page, "<code class=\"fn\">0x10</code>");
}

FL_TEST(everything_from_outside_is_escaped)
{
    set_up_site(&faulty_site, "faulty_dev");
    fl_request *request = request_to("GET", "/pay/?holder=%3Cscript%3Ex&%3Cscript%3En=%3Cscript%3Ev");
    fl_headers_put(&request->headers, fl_lit("X-Evil"), fl_lit("<script>header</script>"));
    fl_headers_put(&request->headers, fl_lit("Cookie"), fl_lit("evil=<script>cookie</script>"));
    const char *page = body_of(fl_answer(request, NULL));

    expect_without(page, "<script");
    fl_expect_contains(page, "no money from &lt;script&gt;alert(&#x27;&lt;script&gt;x&#x27;)");
    fl_expect_contains(page, "&lt;script&gt;header&lt;/script&gt;");
    fl_expect_contains(page, "&lt;script&gt;cookie&lt;/script&gt;");
    fl_expect_contains(page, "Books &amp; &lt;more&gt;");
    const char *lost = page_at("/%3Cscript%3Epath%3C/script%3E/?%3Cscript%3E");
    expect_without(lost, "<script");
    fl_expect_contains(lost, "&lt;script&gt;path&lt;/script&gt;");
}

FL_TEST(secrets_are_starred_in_settings_headers_cookies_and_forms)
{
    set_up_site(&faulty_site, "faulty_dev");
    fl_request *request = request_to("POST", fl_text("/pay/?api_token=%s&page=2", secrets[0]));
    fl_headers_put(&request->headers, fl_lit("Authorization"), fl_str_of(fl_text("Bearer %s", secrets[1])));
    fl_headers_put(&request->headers, fl_lit("Cookie"), fl_str_of(fl_text("sessionid=%s; theme=dark", secrets[2])));
    fl_request_set_body(request, fl_str_of(fl_text("password=%s&name=Ada", secrets[3])), "application/x-www-form-urlencoded");
    const char *page = body_of(fl_answer(request, NULL));

    for (size_t i = 0; i < FL_LENGTH(secrets); i++)
        expect_without(page, secrets[i]);
    static const char *const starred[] = { "api_token", "HTTP_AUTHORIZATION", "HTTP_COOKIE",  "sessionid",
                                           "password",  "SECRET_KEY",         "PAYMENT_TOKEN" };
    for (size_t i = 0; i < FL_LENGTH(starred); i++)
        if (strstr(page, fl_text("<th scope=\"row\">%s</th><td><code>" FL_CLEANSED "<", starred[i])) == NULL &&
            strstr(page, fl_text("<th scope=\"row\">%s</th><td><code>&#x27;" FL_CLEANSED "&#x27;<", starred[i])) == NULL)
            fl_fail("%s is not starred", starred[i]);
    fl_expect_contains(page, "<th scope=\"row\">theme</th><td><code>dark</code>");
    fl_expect_contains(page, "<th scope=\"row\">name</th><td><code>Ada</code>");
    fl_expect_contains(page, "?api_token=" FL_CLEANSED "&amp;page=2");
}

/* As Django's filter: a page that only the developer sees hides nothing but what sounds secret. */
FL_TEST(sensitive_fields_are_shown_while_debug_is_on_and_starred_in_reports_else)
{
    set_up_site(&faulty_site, "faulty_dev");
    const char *page = body_of(posted("/pay/", "card=4000123&amount=7"));
    fl_expect_contains(page, "4000123");
}

static const char *reported;
static const char *keep_report(const fl_reporter *self, const fl_request *request, const fl_error *error, int status)
{
    (void)error;
    (void)status;
    reported = fl_text("%s:%s", fl_error_reporter.text(self, request, NULL, 500),
                       fl_error_reporter.html(self, request, NULL, 500));
    return "our own report";
}

static bool always(const fl_request *request)
{
    (void)request;
    return true;
}

static bool is_shop(const char *name) { return strstr(name, "SHOP") != NULL; }

FL_TEST(a_reporter_of_ones_own_takes_the_place_of_the_usual_one)
{
    static const fl_reporter own = { .filter = { .substitute = "(hidden)", .hides = is_shop, .is_active = always },
                                     .html = keep_report };

    set_up_site(&faulty_site, "faulty_dev");
    fl_use_reporter(&own);
    fl_expect_text(body_of(posted("/pay/", "card=4000123&password=shown&amount=7")), "our own report");
    expect_without(reported, "4000123");
    fl_expect_contains(reported, "card = (hidden)");
    fl_expect_contains(reported, "SHOP_NAME = (hidden)");
    fl_expect_contains(reported, "password = shown");
    fl_use_reporter(NULL);
    fl_expect_same(fl_reporter_now(), &fl_error_reporter);
}

FL_TEST(all_fields_are_starred_for_a_decorator_without_names)
{
    static const fl_reporter own = { .filter = { .is_active = always } };

    set_up_site(&faulty_site, "faulty_dev");
    fl_use_reporter(&own);
    const char *page = body_of(posted("/sealed/", "card=4000123&amount=777777"));
    expect_without(page, "4000123");
    expect_without(page, "777777");
    page = body_of(posted("/shop/pay/", "card=4000123&amount=777777"));
    expect_without(page, "4000123");
    fl_expect_contains(page, "777777");
}

FL_TEST(who_does_not_ask_for_html_gets_text)
{
    need_names();
    set_up_site(&faulty_site, "faulty_dev");
    fl_request *script = request_to("GET", "/pay/?holder=Bob"), *curl = request_to("GET", "/pay/");
    fl_headers_put(&script->headers, fl_lit("X-Requested-With"), fl_lit("XMLHttpRequest"));
    fl_headers_put(&curl->headers, fl_lit("Accept"), fl_lit("application/json"));
    fl_response *answer = fl_answer(script, NULL);
    const char *text = body_of(answer);

    fl_expect_text(answer->content_type, "text/plain; charset=utf-8");
    fl_expect_equal(answer->status, 500);
    fl_expect(fl_starts_with(
        text, "500 Internal Server Error: GET /pay/\n\nPaymentRefused: no money from <script>alert('Bob')</script>\n"
              "  at tests/debug/site.c:"));
    fl_expect_contains(text, "  detail: 12.50 < 13.00\n  hint: ask for <less>\n\nBacktrace, innermost call first:\n");
    fl_expect_contains(text, " charge_the_card at tests/debug/site.c:");
    fl_expect_contains(text, "\nCaused by FL_TIMEOUT: the bank <b>did not</b> answer\n");
    fl_expect_contains(text, "\nGET:\n  holder = Bob\n");
    fl_expect_contains(text, "SHOP_NAME = 'Books & <more>'");
    fl_expect_text(fl_answer(curl, NULL)->content_type, "text/plain; charset=utf-8");
}

FL_TEST(the_page_carries_the_text_to_be_copied)
{
    set_up_site(&faulty_site, "faulty_dev");
    const char *page = page_at("/pay/"), *area = strstr(page, "<textarea");

    fl_expect(area != NULL);
    fl_expect_contains(area, "500 Internal Server Error: GET /pay/");
    fl_expect_contains(area, "Caused by FL_TIMEOUT");
}

FL_TEST(suspicious_requests_get_the_page_with_400)
{
    set_up_site(&faulty_site, "faulty_dev");
    fl_response *response = fl_answer(request_to("GET", "/suspicious/"), NULL);

    fl_expect_equal(response->status, 400);
    fl_expect_contains(body_of(response), "400 Bad Request");
    fl_expect_contains(body_of(response), "the form was tampered with");
}

FL_TEST(without_debug_nobody_sees_any_of_it)
{
    set_up_site(&faulty_site, "faulty_live");
    fl_response *response = fl_answer(request_to("GET", "/pay/"), NULL);

    fl_expect_equal(response->status, 500);
    expect_without(body_of(response), "PaymentRefused");
    fl_expect_contains(body_of(response), "<h1>Server Error (500)</h1>");
    fl_expect_contains(page_at("/nowhere/"), "<h1>Not Found</h1>");
}

/* The report is made because of this form, and must not fail for it again. */
FL_TEST(a_form_that_cannot_be_read_is_said_to_be_so)
{
    set_up_site(&faulty_site, "faulty_dev");
    fl_request *request = request_to("POST", "/pay/");
    fl_buf form = fl_buf_in(fl_arena_here(), 1 << 20);
    for (int i = 0; i < 1200; i++)
        fl_buf_format(&form, "f%d=1&", i);
    fl_request_set_body(request, fl_buf_str(&form), "application/x-www-form-urlencoded");
    fl_response *response = fl_answer(request, NULL);

    fl_expect_equal(response->status, 500);
    fl_expect_contains(body_of(response), "<h3>POST</h3>\n<p class=\"none\">could not be read: ");
}

FL_TEST(the_answer_is_of_no_policy_and_varies_with_who_asks)
{
    set_up_site(&faulty_site, "faulty_dev");
    fl_response *response = fl_answer(request_to("GET", "/pay/"), NULL);

    fl_expect((response->marks & FL_CSP_EXEMPT) != 0);
    fl_expect_text(fl_response_header(response, "Vary"), "Accept, X-Requested-With");
}

FL_TEST(the_page_needs_nothing_from_elsewhere)
{
    const char *page = fl_report_html(NULL, fl_error_new(FL_VALUE_ERROR, "x"), 500);

    for (size_t i = 0; i < FL_LENGTH(elsewhere); i++)
        expect_without(page, elsewhere[i]);
}
