/* From what was raised to a page: statuses, bytes, own handlers, the log of each kind; debug on and off. */
#include <fleche/server.h>
#include "site.h"

FL_ERROR_CLASS(CARD_REFUSED, FL_BAD_REQUEST, .status = 402, .message = "The payment was refused.");

typedef struct kind { const char *name; const fl_error_class *is; int status; const char *logged; } kind;

static const kind kinds[] = {
    { "not-found", &FL_NOT_FOUND, 404, "WARNING fleche.request: Not Found: /raise/not-found/" },
    { "denied", &FL_PERMISSION_DENIED, 403, "WARNING fleche.request: Forbidden (Permission denied): /raise/denied/" },
    { "bad", &FL_BAD_REQUEST, 400, "WARNING fleche.request: Bad Request: /raise/bad/" },
    { "multipart", &FL_MULTIPART_ERROR, 400,
      "WARNING fleche.request: Bad request (Unable to parse request body): /raise/multipart/" },
    { "host", &FL_DISALLOWED_HOST, 400, "ERROR fleche.security.FL_DISALLOWED_HOST: raised host" },
    { "redirect", &FL_DISALLOWED_REDIRECT, 400, "ERROR fleche.security.FL_DISALLOWED_REDIRECT: raised redirect" },
    { "data", &FL_REQUEST_DATA_TOO_BIG, 400, "ERROR fleche.security.FL_REQUEST_DATA_TOO_BIG: raised data" },
    { "fields", &FL_TOO_MANY_FIELDS, 400, "ERROR fleche.security.FL_TOO_MANY_FIELDS: raised fields" },
    { "files", &FL_TOO_MANY_FILES, 400, "ERROR fleche.security.FL_TOO_MANY_FILES: raised files" },
    { "form", &FL_SUSPICIOUS_MULTIPART, 400, "ERROR fleche.security.FL_SUSPICIOUS_MULTIPART: raised form" },
    { "file", &FL_SUSPICIOUS_FILE, 400, "ERROR fleche.security.FL_SUSPICIOUS_FILE: raised file" },
    { "operation", &FL_SUSPICIOUS_OPERATION, 400, "ERROR fleche.security.FL_SUSPICIOUS_OPERATION: raised operation" },
    { "payment", &CARD_REFUSED, 402, "WARNING fleche.request: Payment Required: /raise/payment/" },
    { "value", &FL_VALUE_ERROR, 500, "ERROR fleche.request: Internal Server Error: /raise/value/" },
};

static fl_response *raising_view(fl_request *request)
{
    for (size_t i = 0; i < FL_LENGTH(kinds); i++)
        if (fl_text_is(kinds[i].name, fl_kwarg(request, "kind")))
            fl_raise_(kinds[i].is, __FILE__, __LINE__, "raised %s", kinds[i].name);
    return fl_text_response("nothing was raised");
}

static fl_response *form_view(fl_request *request)
{
    return fl_text_response(fl_text("%zu", fl_querydict_count(fl_post_all(request))));
}

static fl_response *body_view(fl_request *request) { return fl_text_response(fl_text("%zu", fl_body(request).size)); }

FL_URLS(raising_urls, Path("raise/<slug:kind>/", raising_view), Path("form/", form_view), Path("body/", body_view));

fl_configure live, developing;
void live(fl_settings *s)
{
    s->secret_key = "a key for tests";
    s->allowed_hosts = any_host();
}
void developing(fl_settings *s)
{
    live(s);
    s->debug = true;
}
FL_SITE(raising_site, Settings(live, developing), Urls(raising_urls));

static void check_kind(const void *row)
{
    const kind *it = row;

    fl_label("%s", it->name);
    fl_expect_equal(got(fl_text("/raise/%s/", it->name))->status, it->status);
    fl_expect_contains(fl_test_logged(), it->logged);
}

FL_TEST(each_kind_has_its_status_and_its_line_in_the_log)
{
    set_up(&raising_site, NULL);
    fl_table(kinds, check_kind);
}

/* What django.views.defaults of Django 3.2 answers without templates. */
static const struct {
    const char *name, *body;
} pages[] = {
    { "not-found",
      "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>Not Found</title>\n</head>\n<body>\n  <h1>Not Found</h1><p>The "
      "requested resource was not found on this server.</p>\n</body>\n</html>\n" },
    { "value",
      "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>Server Error (500)</title>\n</head>\n<body>\n  <h1>Server Error "
      "(500)</h1><p></p>\n</body>\n</html>\n" },
    { "bad",
      "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>Bad Request (400)</title>\n</head>\n<body>\n  <h1>Bad Request "
      "(400)</h1><p></p>\n</body>\n</html>\n" },
    { "denied", "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>403 Forbidden</title>\n</head>\n<body>\n  <h1>403 "
                "Forbidden</h1><p></p>\n</body>\n</html>\n" },
};

static void check_page(const void *row)
{
    const typeof(*pages) *it = row;
    fl_response *response = got(fl_text("/raise/%s/", it->name));

    fl_expect_text(body_of(response), it->body);
    fl_expect_text(response->content_type, "text/html; charset=utf-8");
}

FL_TEST(the_plain_pages_are_djangos_to_the_byte)
{
    set_up(&raising_site, NULL);
    fl_table(pages, check_page);
}

FL_TEST(an_error_of_ones_own_shows_its_message_and_a_500_does_not)
{
    set_up(&raising_site, NULL);
    fl_expect_contains(body_of(got("/raise/payment/")), "<h1>Payment Required (402)</h1><p>raised payment</p>");
    fl_expect(strstr(body_of(got("/raise/value/")), "raised") == NULL);
}

/* -- limits ---------------------------------------------------------------------------------------------------------------------------- */

static fl_request *posted(const char *target, fl_str body)
{
    fl_request *request = asked("POST", target);

    fl_request_set_body(request, body, "application/x-www-form-urlencoded");
    return request;
}

static fl_str form_of(size_t fields)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20);

    for (size_t i = 0; i < fields; i++)
        fl_buf_format(&out, "%sf%zu=1", i > 0 ? "&" : "", i);
    return fl_buf_str(&out);
}

FL_TEST(a_thousand_fields_are_read_and_one_more_is_a_400)
{
    set_up(&raising_site, NULL);
    fl_expect_text(body_of(answer(posted("/form/", form_of(1000)))), "1000");
    fl_expect_equal(answer(posted("/form/", form_of(1001)))->status, 400);
    fl_expect_contains(fl_test_logged(), "fleche.security.FL_TOO_MANY_FIELDS");
}

fl_configure narrow;
void narrow(fl_settings *s)
{
    live(s);
    s->data_upload_max_memory_size = 10;
}
FL_SITE(narrow_site, Settings(narrow), Urls(raising_urls));

/* Over a connection, where the body is read by the limits of the settings. */
static const char *sent(const char *body)
{
    fl_server *server = fl_server_new(.handler = fl_answer);
    fl_listener *listener = fl_listen("127.0.0.1:0");
    char text[4096];
    size_t size = 0;

    fl_server_listen(server, listener);
    fl_conn *conn = fl_connect(fl_listener_address(listener), FL_SECONDS(10));
    const char *request = fl_text(
        "POST /form/ HTTP/1.1\r\nHost: testserver\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
        strlen(body), body);
    fl_write(conn, request, strlen(request));
    for (size_t n; (n = fl_read(conn, text + size, sizeof text - 1 - size)) > 0;)
        size += n;
    fl_conn_close(conn);
    fl_server_close(server, FL_SECONDS(10));
    return fl_str_c(fl_str_n(text, size));
}

FL_TEST(a_form_beyond_the_limit_of_the_settings_is_a_400, .no_torture = true)          /* the server's own tests do that */
{
    set_up(&narrow_site, NULL);
    fl_expect_contains(sent("a=12345678"), "HTTP/1.1 200 OK");
    fl_expect_contains(sent("a=123456789"), "HTTP/1.1 400 Bad Request");
    fl_expect_contains(fl_test_logged(), "fleche.security.FL_REQUEST_DATA_TOO_BIG");
}

/* -- a project's own pages ---------------------------------------------------------------------------------------------------------- */

static fl_response *own_not_found(fl_request *request, fl_error *error)
{
    return fl_text_response(fl_text("own 404 of %s: %s", request->path, error->message), .status = 404);
}
static fl_response *own_bad(fl_request *request, fl_error *error)
{
    (void)request;
    (void)error;
    return fl_text_response("own 400", .status = 400);
}
static fl_response *broken_500(fl_request *request, fl_error *error)
{
    (void)request;
    (void)error;
    fl_raise(FL_VALUE_ERROR, "the page itself");
}
static fl_response *no_403(fl_request *request, fl_error *error)
{
    (void)request;
    (void)error;
    return NULL;
}
FL_SITE(own_pages_site, Settings(live, developing), Urls(raising_urls),
        Handlers(.not_found = own_not_found, .bad_request = own_bad, .server_error = broken_500, .permission_denied = no_403));

FL_TEST(a_project_has_its_own_pages_and_they_get_what_was_raised)
{
    set_up(&own_pages_site, NULL);
    fl_expect_text(body_of(got("/raise/not-found/")), "own 404 of /raise/not-found/: raised not-found");
    fl_expect_text(body_of(got("/raise/bad/")), "own 400");
    fl_expect_text(body_of(got("/raise/fields/")), "own 400");
}

FL_TEST(a_page_that_fails_itself_leaves_the_plain_500)
{
    set_up(&own_pages_site, NULL);
    fl_expect_text(body_of(got("/raise/value/")), pages[1].body);
    fl_expect_contains(fl_test_logged(), "the page itself");
    fl_expect_equal(got("/raise/denied/")->status, 500);
    fl_expect_contains(fl_test_logged(), "the handler of status 403 returned no response");
}

/* -- debug ------------------------------------------------------------------------------------------------------------------------------ */

static fl_response *technical(fl_request *request, fl_error *error, int status)
{
    (void)request;
    return fl_text_response(fl_text("technical %s", error->message), .status = status);
}
static fl_response *technical_404(fl_request *request, fl_error *error)
{
    (void)request;
    (void)error;
    return fl_text_response("technical 404", .status = 404);
}
static const fl_debug_pages technical_pages = { .server_error = technical, .not_found = technical_404 };

FL_TEST(debug_shows_the_technical_pages_and_without_it_nobody_sees_them)
{
    set_up(&own_pages_site, "developing");
    fl_use_debug_pages(&technical_pages);
    fl_expect_text(body_of(answer(asked_with("GET", "/raise/value/", "Host", "localhost"))), "technical raised value");
    fl_expect_text(body_of(got("/raise/not-found/")), "technical 404");
    fl_teardown();
    fl_setup(&raising_site, "live");
    fl_expect_text(body_of(got("/raise/value/")), pages[1].body);
    fl_expect_text(body_of(got("/raise/not-found/")), pages[0].body);
}
