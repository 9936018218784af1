/* The headers of responses, and what no setter lets into one. */
#include "../helpers.h"
#include <fleche/http.h>

FL_TEST(headers_are_set_replaced_added_and_deleted)
{
    fl_response *response = fl_text_response("x");

    fl_set_header(response, "X-A", "%d%%", 5);
    fl_set_header(response, "x-a", "%s", "six");
    fl_expect_text(fl_response_header(response, "X-A"), "six");
    fl_add_header(response, fl_lit("X-A"), fl_lit("seven"));
    fl_expect_text(fl_response_header(response, "X-A"), "six, seven");
    fl_put_header(response, fl_lit("X-A"), fl_lit("eight"));
    fl_expect_text(fl_response_header(response, "X-A"), "eight");
    fl_expect(fl_delete_header(response, "x-A"));
    fl_expect(!fl_delete_header(response, "x-A"));
    fl_expect_text(fl_response_header(response, "X-A"), NULL);
}

FL_TEST(a_default_stands_back)
{
    fl_response *response = fl_text_response("x");

    fl_set_default_header(response, "X-A", "first");
    fl_set_default_header(response, "x-a", "second");
    fl_set_default_header(response, "Content-Type", "text/csv");
    fl_expect_text(fl_response_header(response, "X-A"), "first");
    fl_expect_text(response->content_type, "text/plain; charset=utf-8");
}

FL_TEST(content_type_is_the_member_in_every_way)
{
    fl_response *response = fl_text_response("x");

    fl_expect_text(fl_response_header(response, "content-type"), "text/plain; charset=utf-8");
    fl_set_header(response, "CONTENT-TYPE", "text/%s", "csv");
    fl_expect_text(response->content_type, "text/csv");
    fl_add_header(response, fl_lit("Content-Type"), fl_lit("text/a"));
    fl_expect_text(response->content_type, "text/a");
    fl_put_header(response, fl_lit("Content-Type"), fl_lit("text/b"));
    fl_expect_text(response->content_type, "text/b");
    fl_expect(fl_delete_header(response, "Content-type"));
    fl_expect(!fl_delete_header(response, "Content-type"));
    fl_expect_text(response->content_type, NULL);
    fl_set_default_header(response, "content-Type", "text/c");
    fl_expect_text(response->content_type, "text/c");
    fl_expect_equal(response->headers.count, 0);
}

FL_TEST(a_long_value_is_formatted_whole)
{
    fl_response *response = fl_text_response("x");

    for (int size = 500; size < 530; size++) {
        fl_set_header(response, "X-Long", "%0*d", size, 7);
        fl_expect_equal(strlen(fl_response_header(response, "X-Long")), size);
    }
    fl_expect(fl_str_ends(fl_str_of(fl_response_header(response, "X-Long")), fl_lit("007")));
}

FL_TEST(what_is_set_in_a_scope_outlives_it)
{
    fl_response *response = fl_text_response("x");

    fl_scope {
        fl_set_header(response, "X-A", "%s", fl_text("%d", 1));
        fl_put_header(response, fl_lit("Content-Type"), fl_str_of(fl_text("text/%d", 2)));
        fl_set_default_header(response, "X-B", fl_text("%d", 3));
        fl_vary_on(response, fl_text("X-%d", 4));
        fl_patch_cache_control(response, fl_text("max-age=%d", 5));
    }
    (void)fl_text("%0500d", 9);
    fl_expect_text(fl_response_header(response, "X-A"), "1");
    fl_expect_text(response->content_type, "text/2");
    fl_expect_text(fl_response_header(response, "X-B"), "3");
    fl_expect_text(fl_response_header(response, "Vary"), "X-4");
    fl_expect_text(fl_response_header(response, "Cache-Control"), "max-age=5");
}

/* -- behind the head ------------------------------------------------------------------------------------------------------------------ */

static void set_one(void *response) { fl_set_header(response, "X-A", "b"); }

FL_TEST(a_header_behind_the_head_is_an_error)
{
    fl_response *response = fl_text_response("x");

    response->sent = true;
    fl_expect_contains(fl_expect_raises(FL_PROGRAMMING_ERROR, set_one, response)->message, "X-A");
}

/* -- injection: every function that puts text into a head ---------------------------------------------------------------------------- */

static const char *const splits[] = { "a\r\nSet-Cookie: b=c", "a\nX: y", "a\r", "\n", "text/plain\r\n\r\n<script>" };
static const char *evil;

static fl_response *fresh(void) { return fl_text_response("x"); }
static void by_set_header(FL_UNUSED void *none) { fl_set_header(fresh(), "X", "%s", evil); }
static void by_long_set_header(FL_UNUSED void *none) { fl_set_header(fresh(), "X", "%0600d%s", 1, evil); }
static void by_literal(FL_UNUSED void *none) { fl_set_header(fresh(), "X", "a\r\nb"); }
static void by_set_header_name(FL_UNUSED void *none) { fl_set_header(fresh(), evil, "x"); }
static void by_put_header(FL_UNUSED void *none) { fl_put_header(fresh(), fl_lit("X"), fl_str_of(evil)); }
static void by_put_header_name(FL_UNUSED void *none) { fl_put_header(fresh(), fl_str_of(evil), fl_lit("x")); }
static void by_put_type(FL_UNUSED void *none) { fl_put_header(fresh(), fl_lit("Content-Type"), fl_str_of(evil)); }
static void by_add_header(FL_UNUSED void *none) { fl_add_header(fresh(), fl_lit("X"), fl_str_of(evil)); }
static void by_add_header_name(FL_UNUSED void *none) { fl_add_header(fresh(), fl_str_of(evil), fl_lit("x")); }
static void by_add_type(FL_UNUSED void *none) { fl_add_header(fresh(), fl_lit("content-type"), fl_str_of(evil)); }
static void by_default_header(FL_UNUSED void *none) { fl_set_default_header(fresh(), "X", evil); }
static void by_default_name(FL_UNUSED void *none) { fl_set_default_header(fresh(), evil, "x"); }
static void by_vary(FL_UNUSED void *none) { fl_vary_on(fresh(), "Cookie", evil, "X"); }
static void by_cache_control(FL_UNUSED void *none) { fl_patch_cache_control(fresh(), evil, "private"); }
static void by_not_allowed(FL_UNUSED void *none) { (void)fl_not_allowed("GET", evil, "POST"); }
static void by_text_type(FL_UNUSED void *none) { (void)fl_text_response("x", .content_type = evil); }
static void by_html_type(FL_UNUSED void *none) { (void)fl_html_response("x", .content_type = evil); }
static void by_bytes_type(FL_UNUSED void *none) { (void)fl_bytes_response(((fl_bytes){ NULL, 0 }), .content_type = evil); }
static void by_json_type(FL_UNUSED void *none) { (void)fl_json_response(fl_json_list(1), .content_type = evil); }
static void by_stream_type(FL_UNUSED void *none) { (void)fl_stream_response(evil, NULL, NULL); }
static void by_reason(FL_UNUSED void *none) { (void)fl_text_response("x", .reason = evil); }
static void by_cookie_name(FL_UNUSED void *none) { fl_set_cookie(fresh(), evil, "x"); }
static void by_cookie_path(FL_UNUSED void *none) { fl_set_cookie(fresh(), "a", "x", .path = evil); }
static void by_cookie_domain(FL_UNUSED void *none) { fl_set_cookie(fresh(), "a", "x", .domain = evil); }
static void by_gone_name(FL_UNUSED void *none) { fl_delete_cookie(fresh(), evil); }
static void by_gone_path(FL_UNUSED void *none) { fl_delete_cookie(fresh(), "a", .path = evil); }
static void by_request_header(FL_UNUSED void *none)
{
    fl_headers_put(&fl_request_new("GET", "/")->headers, fl_lit("X"), fl_str_of(evil));
}
static void by_request_type(FL_UNUSED void *none) { fl_request_set_body(fl_request_new("POST", "/"), fl_lit("x"), evil); }
static void by_file_type(FL_UNUSED void *none)
{
    (void)fl_file_response(fl_file_of_bytes("a", fl_lit("x")), .content_type = evil);
}

static void (*const setters[])(void *) = {
    by_set_header, by_long_set_header, by_literal,         by_set_header_name, by_put_header,     by_put_header_name,
    by_put_type,   by_add_header,      by_add_header_name, by_add_type,        by_default_header, by_default_name,
    by_vary,       by_cache_control,   by_not_allowed,     by_text_type,       by_html_type,      by_bytes_type,
    by_json_type,  by_stream_type,     by_reason,          by_cookie_name,     by_cookie_path,    by_cookie_domain,
    by_gone_name,  by_gone_path,       by_request_header,  by_request_type,    by_file_type,
};

FL_TEST(no_setter_lets_a_line_end_into_a_head)
{
    for (size_t i = 0; i < FL_LENGTH(splits); i++)
        for (size_t j = 0; j < FL_LENGTH(setters); j++) {
            evil = splits[i];
            fl_label("setter %zu, text %zu", j, i);
            fl_expect_error(FL_BAD_HEADER, setters[j], NULL);
        }
}

static void expect_one_line(const char *value) { fl_expect(strpbrk(value, "\r\n") == NULL); }

/* What is encoded cannot do harm, and is no error. */
FL_TEST(what_is_encoded_stays_in_its_line)
{
    for (size_t i = 0; i < FL_LENGTH(splits); i++) {
        fl_response *response = fl_redirect_to(fl_text("/%s", splits[i]));
        fl_set_cookie(response, "a", splits[i]);
        expect_one_line(fl_response_header(response, "Location"));
        expect_one_line(response->cookies->header);
        fl_response *file = fl_file_response(fl_file_of_bytes("a", fl_lit("x")), .as_attachment = true, .name = splits[i]);
        expect_one_line(fl_response_header(file, "Content-Disposition"));
    }
}
