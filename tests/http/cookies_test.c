/* Cookies: what the header of a request says. */
#include <fleche/http.h>
#include "../codec/vectors.h"

static fl_request *request_with(const char *cookie)
{
    fl_request *request = fl_request_new("GET", "/");

    fl_headers_add(&request->headers, fl_lit("Cookie"), fl_str_of(cookie));
    return request;
}

static void check_vector(const vector *v)
{
    if (!vector_is(v, "cookie"))
        return;
    fl_request *request = fl_request_new("GET", "/");
    fl_headers_add(&request->headers, fl_lit("Cookie"), v->fields[1]);
    fl_expect_text(fl_value_text(fl_box(fl_querydict_dict(fl_cookies(request)))), fl_str_c(v->fields[2]));
}

FL_TEST(are_read_as_django_reads_them, .no_torture = true) { each_vector("http_forms", check_vector); }    /* many small parses */

FL_TEST(are_had_by_name_and_absent_ones_are_null)
{
    fl_request *request = request_with("sessionid=abc; csrftoken=\"x\\073y\"");

    fl_expect_text(fl_cookie(request, "sessionid"), "abc");
    fl_expect_text(fl_cookie(request, "csrftoken"), "x;y");
    fl_expect(fl_cookie(request, "SessionID") == NULL);
    fl_expect(fl_cookie(fl_request_new("GET", "/"), "a") == NULL);
}

FL_TEST(several_headers_are_one)
{
    fl_request *request = request_with("a=1; b=2");

    fl_headers_add(&request->headers, fl_lit("cookie"), fl_lit("c=3; a=4"));
    fl_expect_text(fl_value_text(fl_box(fl_querydict_dict(fl_cookies(request)))), "{'a': '4', 'b': '2', 'c': '3'}");
}

FL_TEST(bytes_that_are_no_utf8_become_replacement_characters)
{
    fl_expect_text(fl_cookie(request_with("a=\xFFx"), "a"), "\uFFFDx");
}

static void change(void *cookies) { fl_querydict_set(cookies, "a", "1"); }

FL_TEST(are_read_only) { fl_expect_error(FL_PROGRAMMING_ERROR, change, fl_cookies(request_with("a=1"))); }

FL_TEST(are_parsed_once_into_the_requests_own_memory)
{
    fl_request *request = request_with("a=1");
    const fl_querydict *first = NULL;

    fl_scope {
        first = fl_cookies(request);
    }
    fl_expect_same(fl_cookies(request), first);
    fl_expect_text(fl_cookie(request, "a"), "1");
}

FL_TEST(thousands_of_them_are_cut_off, .no_torture = true)
{
    fl_buf text = fl_buf_in(fl_arena_here(), 1 << 20);

    for (int i = 0; i < 5000; i++)
        fl_buf_format(&text, "c%d=%d;", i, i);
    fl_request *request = request_with(fl_buf_c(&text));
    fl_expect_equal(fl_querydict_count(fl_cookies(request)), 1000);
    fl_expect_text(fl_cookie(request, "c999"), "999");
}
