/* Conditional requests: decided as Django decides them, and what a 304 keeps. */
#include "vectors.h"

/* -- tags and dates ----------------------------------------------------------------------------------------------------------------- */

static void check_etags(const vector *v)
{
    const fl_list *tags = fl_parse_etags(fl_str_c(v->fields[1]));
    fl_buf out = fl_buf_in(fl_arena_here(), 4096);

    for (size_t i = 0; i < tags->count; i++) {
        fl_buf_add(&out, i == 0 ? fl_lit("") : fl_lit("|"));
        fl_buf_add(&out, tags->items[i].text);
    }
    fl_expect_bytes(fl_buf_str(&out), v->fields[2]);
}

FL_TEST(tags_are_read_as_django_reads_them) { each_http_vector("etags", check_etags); }

FL_TEST(a_comma_inside_of_a_tag_is_part_of_it)
{
    const fl_list *tags = fl_parse_etags("\"a,b\", W/\"c,\", d, \"e");

    fl_expect_equal(tags->count, 2);
    fl_expect_text(fl_value_text(tags->items[0]), "\"a,b\"");
    fl_expect_text(fl_value_text(tags->items[1]), "W/\"c,\"");
}

static void check_quote(const vector *v) { fl_expect_bytes(fl_str_of(fl_quote_etag(fl_str_c(v->fields[1]))), v->fields[2]); }

FL_TEST(tags_are_quoted_unless_they_are) { each_http_vector("quote", check_quote); }
FL_TEST(a_bodys_tag_is_its_md5) { fl_expect_text(fl_etag_of(fl_lit("hello")), "\"5d41402abc4b2a76b9719d911017c592\""); }

static void check_date(const vector *v)
{
    fl_datetime when;
    bool good = fl_parse_http_date(fl_str_c(v->fields[1]), &when);

    fl_expect_equal(good, vector_text(v, 2) != NULL);
    if (good)
        fl_expect_equal(fl_datetime_unix(when), vector_int(v, 2));
}

FL_TEST(dates_of_all_three_forms_are_read) { each_http_vector("date", check_date); }
FL_TEST(dates_are_written)
{
    fl_expect_text(fl_http_date(fl_datetime_of_unix(1700000000, 250000)), "Tue, 14 Nov 2023 22:13:20 GMT");
}

/* -- decisions ------------------------------------------------------------------------------------------------------------------------ */

static void check_decision(const vector *v)
{
    static const char *const names[] = { "If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since" };
    fl_request *request = fl_request_new(fl_str_c(v->fields[1]), "/");

    for (size_t i = 0; i < FL_LENGTH(names); i++)
        if (vector_text(v, 2 + i) != NULL)
            fl_headers_add(&request->headers, fl_str_of(names[i]), v->fields[2 + i]);
    fl_datetime modified = vector_text(v, 7) == NULL ? FL_NEVER : fl_datetime_of_unix(vector_int(v, 7), 500000);
    const fl_response *response = fl_conditional(request, vector_text(v, 6), modified);
    fl_expect_equal(response == NULL ? 200 : response->status, vector_int(v, 8));
}

FL_TEST(conditions_are_decided_as_django_decides_them) { each_http_vector("conditional", check_decision); }

FL_TEST(a_stale_if_match_on_put_is_412)
{
    fl_request *request = fl_request_new("PUT", "/");

    fl_headers_add(&request->headers, fl_lit("If-Match"), fl_lit("\"old\""));
    fl_expect_equal(fl_conditional(request, "\"new\"", FL_NEVER)->status, 412);
    fl_expect(fl_conditional(request, "\"old\"", FL_NEVER) == NULL);
}

FL_TEST(the_time_of_the_file_itself_is_304)
{
    fl_request *request = get_with("If-Modified-Since", "Tue, 14 Nov 2023 22:13:20 GMT");

    fl_expect_equal(fl_conditional(request, NULL, fl_datetime_of_unix(1700000000, 0))->status, 304);
    fl_expect(fl_conditional(request, NULL, fl_datetime_of_unix(1700000001, 0)) == NULL);
}

FL_TEST(a_bare_tag_is_quoted_first)
{
    fl_expect_equal(fl_conditional(get_with("If-None-Match", "\"v1\""), "v1", FL_NEVER)->status, 304);
}

/* -- responses ------------------------------------------------------------------------------------------------------------------------- */

static void note(void *data) { *(int *)data += 1; }

static fl_response *article(void)
{
    fl_response *response = fl_text_response("text");

    fl_set_header(response, "ETag", "\"v1\"");
    fl_set_header(response, "Last-Modified", "Tue, 14 Nov 2023 22:13:20 GMT");
    fl_set_header(response, "Content-Language", "fr");
    fl_set_header(response, "Content-Length", "4");
    fl_set_header(response, "Cache-Control", "max-age=5");
    fl_set_header(response, "Content-Location", "/a");
    fl_set_header(response, "Expires", "0");
    fl_set_header(response, "Vary", "Cookie");
    fl_set_header(response, "X-Other", "x");
    fl_set_cookie(response, "a", "b");
    return response;
}

FL_TEST(a_304_keeps_what_caches_need_and_the_cookies)
{
    int closed = 0;
    fl_response *response = article();

    fl_response_on_close(response, note, &closed);
    fl_response *instead = fl_conditional_of(get_with("If-None-Match", "W/\"v1\""), response);
    fl_buf names = fl_buf_in(fl_arena_here(), 4096);
    for (size_t i = 0; i < instead->headers.count; i++)
        fl_buf_format(&names, "%s: %s\n", instead->headers.lines[i].name.data, instead->headers.lines[i].value.data);
    fl_expect_equal(instead->status, 304);
    fl_expect_text(fl_buf_c(&names), "Cache-Control: max-age=5\nContent-Location: /a\nETag: \"v1\"\nExpires: 0\n"
                                     "Last-Modified: Tue, 14 Nov 2023 22:13:20 GMT\nVary: Cookie\n");
    fl_expect_text(instead->content_type, NULL);
    fl_expect_equal(instead->body.size, 0);
    fl_expect_text(instead->cookies->header, "a=b; Path=/");
    fl_response_close(instead);
    fl_response_close(response);
    fl_expect_equal(closed, 1);
}

FL_TEST(a_response_that_has_changed_stays_as_it_is)
{
    fl_response *response = article();

    fl_expect_same(fl_conditional_of(get_with("If-None-Match", "\"v0\""), response), response);
    fl_expect_same(fl_conditional_of(get_with(NULL, NULL), response), response);
    fl_expect_equal(fl_conditional_of(get_with("If-Modified-Since", "Tue, 14 Nov 2023 22:13:20 GMT"), response)->status, 304);
    fl_expect_equal(fl_conditional_of(get_with("If-Match", "\"v0\""), response)->status, 412);
}

FL_TEST(only_successes_are_judged)
{
    fl_response *response = article();

    response->status = 404;
    fl_expect_same(fl_conditional_of(get_with("If-None-Match", "\"v1\""), response), response);
}

FL_TEST(head_is_judged_as_get_and_a_change_fails)
{
    static const struct { const char *method; int status; } rows[] = { { "GET", 304 }, { "HEAD", 304 }, { "PUT", 412 }, { "DELETE", 412 } };

    for (size_t i = 0; i < FL_LENGTH(rows); i++) {
        fl_request *request = fl_request_new(rows[i].method, "/");
        fl_headers_add(&request->headers, fl_lit("If-None-Match"), fl_lit("*"));
        fl_expect_equal(fl_conditional_of(request, article())->status, rows[i].status);
    }
}
