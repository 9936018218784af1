/* What a request's head says by the names of CGI. */
#include <fleche/http.h>
#include <fleche/test.h>

typedef struct { const char *host, *name; } named;
static const named names[] = {
    { "example.com", "example.com" }, { "example.com:8000", "example.com" }, { "[::1]", "[::1]" }, { "[::1]:81", "[::1]" }, { "", "" },
};

static void check_name(const void *row)
{
    const named *n = row;
    fl_request *request = fl_request_new("GET", "/");

    fl_label("host \"%s\"", n->host);
    request->host = n->host;
    fl_expect_text(fl_meta(request, "SERVER_NAME"), n->name);
}

FL_TEST(the_server_name_is_the_host_without_its_port) { fl_table(names, check_name); }

FL_TEST(the_bodys_type_and_length_have_one_name_each)
{
    fl_request *request = fl_request_new("POST", "/");

    fl_headers_add(&request->headers, fl_lit("Content-Type"), fl_lit("text/plain"));
    fl_headers_add(&request->headers, fl_lit("Content-Length"), fl_lit("5"));
    fl_expect_text(fl_meta(request, "CONTENT_TYPE"), "text/plain");
    fl_expect_text(fl_meta(request, "CONTENT_LENGTH"), "5");
    fl_expect_same(fl_meta(request, "HTTP_CONTENT_TYPE"), NULL);
    fl_expect_same(fl_meta(request, "HTTP_CONTENT_LENGTH"), NULL);
}

FL_TEST(headers_of_one_name_are_joined_cookies_by_semicolons)
{
    fl_request *request = fl_request_new("GET", "/");

    fl_headers_add(&request->headers, fl_lit("X-Foo"), fl_lit("1"));
    fl_headers_add(&request->headers, fl_lit("Cookie"), fl_lit("a=1"));
    fl_headers_add(&request->headers, fl_lit("x-foo"), fl_lit("2"));
    fl_headers_add(&request->headers, fl_lit("cookie"), fl_lit("b=2"));
    fl_expect_text(fl_meta(request, "HTTP_X_FOO"), "1, 2");
    fl_expect_text(fl_meta(request, "HTTP_COOKIE"), "a=1; b=2");
}

FL_TEST(the_absolute_url_of_a_request_has_no_dots_to_follow)
{
    fl_request *request = fl_request_new("GET", "/a/../b/./c?d=/../e");

    request->host = "example.com";
    fl_expect_text(fl_absolute_url(request, NULL), "http://example.com/b/c?d=/../e");
}
