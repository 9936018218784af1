/* Responses: how they are made, written, streamed and closed. */
#include <errno.h>
#include "../helpers.h"
#include <fleche/http.h>
#include "http/exchange.h"

static const char *shown(const fl_response *response)
{
    fl_str body = fl_response_body(response);
    return fl_text("%d %s: %.*s", response->status, response->content_type == NULL ? "-" : response->content_type, FL_SHOW(body));
}

/* -- making -------------------------------------------------------------------------------------------------------------------------- */

FL_TEST(text_and_html_say_what_they_are)
{
    fl_expect_text(shown(fl_text_response("a")), "200 text/plain; charset=utf-8: a");
    fl_expect_text(shown(fl_html_response("<p>")), "200 text/html; charset=utf-8: <p>");
    fl_expect_text(shown(fl_bytes_response(((fl_bytes){ (const uint8_t *)"\0x", 2 }))), "200 application/octet-stream: ");
    fl_expect_text(shown(fl_text_response("a", .status = 201, .content_type = "text/csv")), "201 text/csv: a");
    fl_expect_text(shown(fl_status_response(404)), "404 text/html; charset=utf-8: ");
}

FL_TEST(a_response_does_not_copy_its_text)
{
    static const char text[] = "as it is";
    fl_expect_same(fl_text_response(text)->body.data, text);
}

FL_TEST(a_reason_of_ones_own)
{
    fl_expect_text(fl_text_response("x", .status = 299, .reason = "Made Up")->reason, "Made Up");
    fl_expect_text(fl_text_response("x")->reason, NULL);
}

static void make_with_status(void *status) { (void)fl_status_response((int)(intptr_t)status); }

FL_TEST(statuses_are_from_100_to_599)
{
    static const intptr_t wrong[] = { -1, 0, 99, 600, 1000 };

    for (size_t i = 0; i < FL_LENGTH(wrong); i++)
        fl_expect_error(FL_VALUE_ERROR, make_with_status, wrong[i]);
    make_with_status((void *)100);
    make_with_status((void *)599);
}

FL_TEST(json_is_written_as_djangos_json_response)
{
    fl_json *json = fl_json_object("name", "Zoë", "tags", fl_list_of(1, 2.5), "at", fl_datetime_of_unix(1700000000, 123456),
                                   "day", fl_date_of(2023, 11, 14), "took", FL_SECONDS(90), "price", fl_decimal_parse("1.50"),
                                   "none", fl_json_of(FL_NONE_VALUE));

    fl_expect_text(shown(fl_json_response(json)),
                   "200 application/json: {\"name\": \"Zo\\u00eb\", \"tags\": [1, 2.5], \"at\": \"2023-11-14T22:13:20.123Z\", "
                   "\"day\": \"2023-11-14\", \"took\": \"P0DT00H01M30S\", \"price\": \"1.50\", \"none\": null}");
    fl_expect_text(shown(fl_json_response(fl_json_list(1), .status = 202, .content_type = "application/vnd.api+json")),
                   "202 application/vnd.api+json: [1]");
}

FL_TEST(not_allowed_names_the_methods)
{
    fl_response *response = fl_not_allowed("GET", "POST");

    fl_expect_equal(response->status, 405);
    fl_expect_text(fl_response_header(response, "Allow"), "GET, POST");
    fl_expect_text(fl_response_header(fl_not_allowed("GET"), "Allow"), "GET");
    fl_expect_text(fl_response_header(fl_not_allowed(), "Allow"), "");
}

static void write_to(void *response) { fl_response_write(response, "x"); }
static void set_body_of(void *response) { fl_response_set_body(response, fl_lit("x")); }

FL_TEST(a_304_has_neither_type_nor_body)
{
    fl_response *response = fl_not_modified();

    fl_expect_text(shown(response), "304 -: ");
    fl_expect_error(FL_PROGRAMMING_ERROR, write_to, response);
    fl_expect_error(FL_PROGRAMMING_ERROR, set_body_of, response);
    fl_response_write(response, "");
    fl_response_set_body(response, fl_lit(""));
}

FL_TEST(a_response_is_an_object)
{
    fl_value v = fl_box(fl_text_response("hi", .status = 404)), got;
    static const struct {
        const char *name, *text;
    } attributes[] = {
        { "status_code", "404" }, { "reason_phrase", "Not Found" }, { "content_type", "text/plain; charset=utf-8" },
        { "content", "b'hi'" },   { "streaming", "False" },
    };

    for (size_t i = 0; i < FL_LENGTH(attributes); i++) {
        fl_expect(fl_value_get(v, fl_str_of(attributes[i].name), &got));
        fl_expect_text(fl_value_text(got), attributes[i].text);
    }
    fl_expect(!fl_value_get(v, fl_lit("closers"), &got));
    fl_expect_text(fl_value_text(v), "<response 404, \"text/plain; charset=utf-8\">");
    fl_expect_text(fl_value_text(fl_box(fl_not_modified())), "<response 304>");
}

/* -- writing --------------------------------------------------------------------------------------------------------------------------- */

FL_TEST(a_body_is_built_piece_by_piece)
{
    fl_response *response = fl_text_response("Hello");

    fl_response_write(response, ", ");
    fl_response_printf(response, "%s number %d", "World", 7);
    fl_response_write_bytes(response, fl_str_n("\0!", 2));
    fl_expect_bytes(fl_response_body(response), fl_str_n("Hello, World number 7\0!", 23));
    fl_response_set_body(response, fl_lit("anew"));
    fl_response_write(response, "…");
    fl_expect_text(shown(response), "200 text/plain; charset=utf-8: anew…");
}

FL_TEST(an_empty_body_is_printed_to)
{
    fl_response *response = fl_status_response(200);

    fl_response_printf(response, "%d", 12345);
    fl_response_printf(response, "%s", "");
    fl_expect_text(shown(response), "200 text/html; charset=utf-8: 12345");
}

FL_TEST(a_body_grows_in_place_while_nothing_else_is_taken)
{
    fl_response *response = fl_status_response(200);

    fl_expect_arena ((size_t)3 << 20) {
        for (int i = 0; i < 10000; i++)
            fl_response_printf(response, "line %05d of a body that grows and grows\n", i);
    }
    fl_expect_equal(response->body.size, 420000);
    fl_expect_bytes(fl_str_slice(fl_response_body(response), 419958, 10), fl_lit("line 09999"));
}

FL_TEST(what_is_written_in_a_scope_outlives_it)
{
    fl_response *response = fl_status_response(200);

    for (int i = 0; i < 200; i++)
        fl_scope
            fl_response_write(response, fl_text("%03d ", i));
    fl_expect_equal(response->body.size, 800);
    fl_expect_bytes(fl_str_slice(fl_response_body(response), 792, 8), fl_lit("198 199 "));
}

FL_TEST(a_new_body_takes_back_what_was_said_of_the_old_one)
{
    fl_response *response = fl_file_response(fl_file_of_bytes("a.txt", fl_lit("abc")));

    fl_expect_error(FL_PROGRAMMING_ERROR, write_to, response);
    fl_response_set_body(response, fl_lit("other"));
    fl_expect(!response->streaming && response->file == NULL);
    fl_expect_text(fl_response_header(response, "Content-Length"), NULL);
    fl_response_write(response, "!");
    fl_expect_bytes(fl_response_body(response), fl_lit("other!"));
}

FL_TEST(what_has_been_sent_is_not_written_to)
{
    fl_response *response = fl_text_response("x");

    response->sent = true;
    fl_expect_contains(fl_expect_raises(FL_PROGRAMMING_ERROR, write_to, response)->message, "has been sent");
}

/* -- streams ----------------------------------------------------------------------------------------------------------------------------- */

typedef struct tape { fl_exchange exchange; fl_buf written; int flushes, code; } tape;

static int tape_write(fl_exchange *exchange, fl_response *response, fl_str bytes)
{
    tape *t = (tape *)exchange;

    (void)response;
    if (t->code == 0) {
        fl_buf_add(&t->written, bytes);
        fl_buf_add_char(&t->written, '|');
    }
    return t->code;
}

static int tape_flush(fl_exchange *exchange, fl_response *response)
{
    tape *t = (tape *)exchange;

    (void)response;
    t->flushes++;
    return t->code;
}

static const fl_exchange_type tape_type = { .write = tape_write, .flush = tape_flush };

static tape tape_new(void) { return (tape){ .exchange.type = &tape_type, .written = fl_buf_in(fl_arena_here(), 4096) }; }

static bool count(void *state, fl_response *response)
{
    int *n = state;

    fl_response_printf(response, "%d", ++*n);
    if (*n == 2)
        fl_response_flush(response);
    fl_response_write(response, "a");
    fl_response_write_bytes(response, fl_lit("b"));
    return *n < 3;
}

FL_TEST(a_stream_writes_through_its_exchange)
{
    tape kept = tape_new();
    int n = 0;
    fl_response *response = fl_stream_response("text/event-stream", count, &n);

    fl_expect(response->streaming);
    fl_expect_text(response->content_type, "text/event-stream");
    response->sent = true;
    response->exchange = &kept.exchange;
    while (response->stream(response->stream_state, response))
        ;
    fl_expect_bytes(fl_buf_str(&kept.written), fl_lit("1|a|b|2|a|b|3|a|b|"));
    fl_expect_equal(kept.flushes, 1);
    fl_expect_equal(response->body.size, 0);
}

FL_TEST(a_stream_without_a_client_gathers_its_body)
{
    int n = 0;
    fl_response *response = fl_stream_response(NULL, count, &n);

    while (response->stream(response->stream_state, response))
        ;
    fl_expect_text(shown(response), "200 text/html; charset=utf-8: 1ab2ab3ab");
}

static void flush(void *response) { fl_response_flush(response); }
static void print_to(void *response) { fl_response_printf(response, "%d", 1); }

FL_TEST(a_client_that_has_gone_is_an_error_of_its_own)
{
    static const struct {
        int code;
        const fl_error_class *is;
    } rows[] = {
        { -EPIPE, &FL_REQUEST_ABORTED }, { -ECONNRESET, &FL_REQUEST_ABORTED }, { -ETIMEDOUT, &FL_REQUEST_ABORTED },
        { -ECANCELED, &FL_CANCELLED },   { -ENOMEM, &FL_OUT_OF_MEMORY },
    };
    static void (*const calls[])(void *) = { write_to, print_to, flush };
    int n = 0;

    for (size_t i = 0; i < FL_LENGTH(rows); i++)
        for (size_t j = 0; j < FL_LENGTH(calls); j++) {
            tape kept = tape_new();
            fl_response *response = fl_stream_response(NULL, count, &n);
            kept.code = rows[i].code;
            response->exchange = &kept.exchange;
            fl_error *error = fl_protect(calls[j], response);
            fl_expect(fl_error_is_(error, rows[i].is));
            fl_expect_equal(error->code, rows[i].code);
        }
}

/* -- the end -------------------------------------------------------------------------------------------------------------------------------- */

static fl_buf said;
static void say(void *text) { fl_buf_add_c(&said, text); }
static void fail(void *text) { fl_raise(FL_VALUE_ERROR, "%s", (const char *)text); }

FL_TEST(closers_run_once_the_last_one_first)
{
    fl_response *response = fl_status_response(200);

    said = fl_buf_in(fl_arena_here(), 100);
    fl_response_on_close(response, say, (char *)"1");
    fl_scope
        fl_response_on_close(response, say, (char *)"2");
    fl_response_on_close(response, say, (char *)"3");
    fl_response_close(response);
    fl_response_close(response);
    fl_expect_bytes(fl_buf_str(&said), fl_lit("321"));
}

static void close_response(void *response) { fl_response_close(response); }

FL_TEST(a_closer_that_fails_keeps_none_from_running)
{
    fl_response *response = fl_status_response(200);

    said = fl_buf_in(fl_arena_here(), 100);
    fl_response_on_close(response, say, (char *)"1");
    fl_response_on_close(response, fail, (char *)"second");
    fl_response_on_close(response, fail, (char *)"first");
    fl_response_on_close(response, say, (char *)"4");
    fl_expect_text(fl_expect_raises(FL_VALUE_ERROR, close_response, response)->message, "first");
    fl_expect_bytes(fl_buf_str(&said), fl_lit("41"));
}
