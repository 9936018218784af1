/* Ranges: one part of a body or a file, or the whole. */
#include "vectors.h"

static const char text[] = "0123456789";

static fl_response *body(void) { return fl_text_response(text); }
static fl_response *file(void) { return fl_file_response(fl_file_of_bytes("digits.txt", fl_str_of(text))); }

/* What would be sent: "206 bytes 0-4/10: 01234". */
static const char *told(const fl_response *response)
{
    fl_str sent = fl_response_body(response);
    const char *range = fl_response_header(response, "Content-Range");

    if (response->file != NULL) {
        fl_expect(fl_file_in_memory(response->file, &sent));
        sent = fl_str_slice(sent, (size_t)response->file_from, (size_t)response->file_size);
        fl_expect_text(fl_response_header(response, "Content-Length"), fl_text("%zu", sent.size));
    }
    return fl_text("%d %s: %.*s", response->status, range == NULL ? "-" : range, FL_SHOW(sent));
}

static const struct row {
    const char *range, *told;
} ranges[] = {
    { "bytes=0-4", "206 bytes 0-4/10: 01234" },
    { "bytes=0-0", "206 bytes 0-0/10: 0" },
    { "bytes=9-9", "206 bytes 9-9/10: 9" },
    { "bytes=3-", "206 bytes 3-9/10: 3456789" },
    { "bytes=0-", "206 bytes 0-9/10: 0123456789" },
    { "bytes=5-100", "206 bytes 5-9/10: 56789" },
    { "bytes=-3", "206 bytes 7-9/10: 789" },
    { "bytes=-10", "206 bytes 0-9/10: 0123456789" },
    { "bytes=-11", "206 bytes 0-9/10: 0123456789" },
    { "bytes=2-99999999999999999999999", "206 bytes 2-9/10: 23456789" },
    { "bytes=-99999999999999999999999", "206 bytes 0-9/10: 0123456789" },
    { "Bytes = 1 - 2 ", "206 bytes 1-2/10: 12" },
    { "bytes=10-", "416 bytes */10: " },
    { "bytes=10-20", "416 bytes */10: " },
    { "bytes=99999999999999999999999-", "416 bytes */10: " },
    { "bytes=9223372036854775807-9223372036854775807", "416 bytes */10: " },
    { "bytes=-0", "416 bytes */10: " },
    { "bytes=4-3", "200 -: 0123456789" },
    { "bytes=0-1,3-4", "200 -: 0123456789" },
    { "bytes=-", "200 -: 0123456789" },
    { "bytes=", "200 -: 0123456789" },
    { "bytes", "200 -: 0123456789" },
    { "", "200 -: 0123456789" },
    { "bytes=a-b", "200 -: 0123456789" },
    { "bytes=0x1-2", "200 -: 0123456789" },
    { "bytes=+1-2", "200 -: 0123456789" },
    { "bytes=1-2-3", "200 -: 0123456789" },
    { "bytes=--1", "200 -: 0123456789" },
    { "bytes=1", "200 -: 0123456789" },
    { "items=0-4", "200 -: 0123456789" },
    { "=0-4", "200 -: 0123456789" },
};

static void check_body(const void *data)
{
    const struct row *row = data;

    fl_label("%s", row->range);
    fl_response *response = fl_apply_range(get_with("Range", row->range), body());
    fl_expect_text(told(response), row->told);
    fl_expect_text(fl_response_header(response, "Accept-Ranges"), "bytes");
}

static void check_file(const void *data)
{
    const struct row *row = data;

    fl_label("%s", row->range);
    fl_expect_text(told(fl_apply_range(get_with("Range", row->range), file())), row->told);
}

FL_TEST(one_range_of_a_body_is_cut_out) { fl_table(ranges, check_body); }
FL_TEST(one_range_of_a_file_is_cut_out) { fl_table(ranges, check_file); }

FL_TEST(without_a_range_the_whole_is_sent_and_ranges_are_offered)
{
    fl_response *response = fl_apply_range(get_with(NULL, NULL), body());

    fl_expect_text(told(response), "200 -: 0123456789");
    fl_expect_text(fl_response_header(response, "Accept-Ranges"), "bytes");
}

FL_TEST(nothing_has_no_part)
{
    fl_expect_text(told(fl_apply_range(get_with("Range", "bytes=0-"), fl_text_response(""))), "416 bytes */0: ");
    fl_expect_text(told(fl_apply_range(get_with("Range", "bytes=-5"), fl_text_response(""))), "200 -: ");
}

FL_TEST(only_get_gets_a_part)
{
    fl_request *head = fl_request_new("HEAD", "/"), *post = fl_request_new("POST", "/");

    fl_headers_add(&head->headers, fl_lit("Range"), fl_lit("bytes=0-1"));
    fl_headers_add(&post->headers, fl_lit("Range"), fl_lit("bytes=0-1"));
    fl_response *to_head = fl_apply_range(head, body()), *to_post = fl_apply_range(post, body());
    fl_expect_equal(to_head->status, 200);
    fl_expect_text(fl_response_header(to_head, "Accept-Ranges"), "bytes");
    fl_expect_text(told(to_post), "200 -: 0123456789");
    fl_expect_text(fl_response_header(to_post, "Accept-Ranges"), NULL);
}

static bool nothing(void *state, fl_response *response)
{
    (void)state;
    (void)response;
    return false;
}

FL_TEST(streams_errors_and_what_was_cut_stay_whole)
{
    fl_request *request = get_with("Range", "bytes=0-1");
    fl_response *missing = fl_text_response(text, .status = 404), *stream = fl_stream_response("text/plain", nothing, NULL);
    fl_response *refuses = body();

    fl_set_header(refuses, "Accept-Ranges", "none");
    fl_expect_text(told(fl_apply_range(request, missing)), "404 -: 0123456789");
    fl_expect_equal(fl_apply_range(request, stream)->status, 200);
    fl_expect_text(told(fl_apply_range(request, refuses)), "200 -: 0123456789");
    fl_response *cut = fl_apply_range(request, body());
    fl_expect_text(told(fl_apply_range(get_with("Range", "bytes=1-1"), cut)), "206 bytes 0-1/10: 01");
}

FL_TEST(two_range_headers_are_several_ranges)
{
    fl_request *request = get_with("Range", "bytes=0-1");

    fl_headers_add(&request->headers, fl_lit("Range"), fl_lit("bytes=3-4"));
    fl_expect_equal(fl_apply_range(request, body())->status, 200);
}

static void note(void *data) { *(int *)data += 1; }

FL_TEST(a_416_keeps_cookies_and_what_is_to_be_closed)
{
    int closed = 0;
    fl_response *response = file();

    fl_set_cookie(response, "a", "b");
    fl_response_on_close(response, note, &closed);
    fl_response *instead = fl_apply_range(get_with("Range", "bytes=10-"), response);
    fl_expect(instead->file == NULL);
    fl_expect_text(instead->cookies->header, "a=b; Path=/");
    fl_expect_text(fl_response_header(instead, "Content-Disposition"), NULL);
    fl_response_close(instead);
    fl_expect_equal(closed, 1);
}

/* -- If-Range ----------------------------------------------------------------------------------------------------------------------------- */

static int status_if(const char *wanted, const char *etag, const char *modified)
{
    fl_request *request = get_with("Range", "bytes=0-1");
    fl_response *response = body();

    fl_headers_add(&request->headers, fl_lit("If-Range"), fl_str_of(wanted));
    if (etag != NULL)
        fl_put_header(response, fl_lit("ETag"), fl_str_of(etag));
    if (modified != NULL)
        fl_put_header(response, fl_lit("Last-Modified"), fl_str_of(modified));
    return fl_apply_range(request, response)->status;
}

#define AT "Tue, 14 Nov 2023 22:13:20 GMT"
#define LATER "Tue, 14 Nov 2023 22:13:21 GMT"

FL_TEST(a_part_goes_only_to_who_has_the_same_version)
{
    fl_clock_freeze(fl_datetime_of_unix(1700003600, 0));
    fl_expect_equal(status_if("\"a\"", "\"a\"", NULL), 206);
    fl_expect_equal(status_if("\"b\"", "\"a\"", NULL), 200);
    fl_expect_equal(status_if("\"a\"", NULL, NULL), 200);
    fl_expect_equal(status_if("W/\"a\"", "W/\"a\"", NULL), 200);
    fl_expect_equal(status_if("\"a\"", "W/\"a\"", NULL), 200);
    fl_expect_equal(status_if("\"a\", \"b\"", "\"a\"", NULL), 200);
    fl_expect_equal(status_if(AT, NULL, AT), 206);
    fl_expect_equal(status_if("Tuesday, 14-Nov-23 22:13:20 GMT", NULL, AT), 206);
    fl_expect_equal(status_if(AT, NULL, LATER), 200);
    fl_expect_equal(status_if(LATER, NULL, AT), 200);
    fl_expect_equal(status_if("soon", NULL, AT), 200);
    fl_expect_equal(status_if(AT, "\"a\"", NULL), 200);
}

FL_TEST(a_date_of_this_second_proves_nothing)
{
    fl_clock_freeze(fl_datetime_of_unix(1700000000, 999999));
    fl_expect_equal(status_if(AT, NULL, AT), 200);
    fl_clock_freeze(fl_datetime_of_unix(1700000001, 0));
    fl_expect_equal(status_if(AT, NULL, AT), 206);
}
