/* Limits and time limits: each with the status that it ends in, and that the server is well afterwards. */
#include "server/raw.h"

#define REQUEST "GET / HTTP/1.1\r\nHost: a\r\n"
#define SOON FL_MILLISECONDS(200)

static char *many(char c, size_t n)
{
    char *text = fl_arena_alloc_text(fl_arena_here(), n + 1);

    memset(text, c, n);
    text[n] = '\0';
    return text;
}

static void expect_refused(raw_server *server, const char *request, int status)
{
    raw_client *client = raw_connect(server);

    raw_say(client, request);
    raw_answer answer = raw_next(client);
    fl_expect_equal(answer.status, status);
    fl_expect(answer.whole);
    fl_expect_text(raw_header(&answer, "Connection"), "close");
    fl_expect(raw_is_closed(client));
    fl_expect_equal(raw_ask(server, REQUEST "\r\n").status, 200);
}

/* -- heads ---------------------------------------------------------------------------------------------------------------------------- */

FL_TEST(a_target_too_long_is_414)
{
    raw_server *server = raw_serve(.handler = raw_repeat);

    fl_expect_equal(raw_ask(server, fl_text("GET /%s HTTP/1.1\r\nHost: a\r\n\r\n", many('a', 8189))).status, 200);
    expect_refused(server, fl_text("GET /%s HTTP/1.1\r\nHost: a\r\n\r\n", many('a', 8190)), 414);
    expect_refused(server, fl_text("GET /%s", many('a', 200000)), 414);
}

FL_TEST(a_header_too_long_is_431)
{
    raw_server *server = raw_serve(.handler = raw_repeat);

    fl_expect_equal(raw_ask(server, fl_text(REQUEST "X: %s\r\n\r\n", many('a', 8189))).status, 200);
    expect_refused(server, fl_text(REQUEST "X: %s\r\n\r\n", many('a', 8190)), 431);
    expect_refused(server, fl_text(REQUEST "%s: a\r\n\r\n", many('a', 8191)), 431);
    expect_refused(server, fl_text(REQUEST "X: %s", many('a', 200000)), 431);
}

static const char *headers(int n)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    for (int i = 0; i < n; i++)
        fl_buf_format(&out, "X-%d: y\r\n", i);
    return fl_buf_c(&out);
}

FL_TEST(very_many_headers_are_431)
{
    raw_server *server = raw_serve(.handler = raw_repeat);

    fl_expect_equal(raw_ask(server, fl_text(REQUEST "%s\r\n", headers(99))).status, 200);
    expect_refused(server, fl_text(REQUEST "%s\r\n", headers(100)), 431);
    expect_refused(server, fl_text(REQUEST "%s\r\n", headers(20000)), 431);
}

FL_TEST(a_head_too_long_altogether_is_431)
{
    raw_server *server = raw_serve(.handler = raw_repeat, .limits = { .head = 2000 });
    const char *line = fl_text("X: %s\r\n", many('a', 500));

    fl_expect_equal(raw_ask(server, fl_text(REQUEST "%s%s%s\r\n", line, line, line)).status, 200);
    expect_refused(server, fl_text(REQUEST "%s%s%s%s\r\n", line, line, line, line), 431);
}

FL_TEST(a_head_of_nearly_64_kilobytes_is_read_byte_for_byte)
{
    raw_server *server = raw_serve(.handler = raw_repeat);
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_buf_add(&out, fl_lit("POST /long HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"));
    for (int i = 0; i < 8; i++)
        fl_buf_format(&out, "X-%d: %s\r\n", i, many('b', 8000));
    fl_buf_add(&out, fl_lit("\r\nhello"));
    raw_client *client = raw_connect(server);
    for (size_t i = 0; i < out.size; i += 1000)
        raw_send(client, fl_str_slice(fl_buf_str(&out), i, 1000));
    raw_expect_body(raw_next(client), "POST /long a [hello]");
}

FL_TEST(a_request_that_comes_a_byte_at_a_time_is_answered)
{
    raw_server *server = raw_serve(.handler = raw_repeat);
    raw_client *client = raw_connect(server);
    const char
        *request = "\r\nPOST /a%20b?c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nX: y\r\n\r\n";

    for (const char *at = request; *at != '\0'; at++) {
        raw_send(client, fl_str_n(at, 1));
        fl_yield();
    }
    raw_expect_body(raw_next(client), "POST /a%20b?c a [abc]");
}

/* -- bodies ----------------------------------------------------------------------------------------------------------------------------- */

FL_TEST(an_announced_body_too_long_is_413)
{
    raw_server *server = raw_serve(.handler = raw_repeat, .limits = { .body = 1000 });

    fl_expect_equal(
        raw_ask(server, fl_text("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n%s", many('a', 1000))).status, 200);
    expect_refused(server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", 413);
    expect_refused(server, "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n", 413);
}

FL_TEST(chunks_that_become_too_long_are_413)
{
    raw_server *server = raw_serve(.handler = raw_repeat, .limits = { .body = 1000 });
    const char *head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    fl_expect_equal(raw_ask(server, fl_text("%s3e8\r\n%s\r\n0\r\n\r\n", head, many('a', 1000))).status, 200);
    expect_refused(server, fl_text("%s3e9\r\n%s\r\n0\r\n\r\n", head, many('a', 1001)), 413);
}

static fl_response *count_body(fl_request *request, void *data)
{
    char bytes[1000];
    size_t size = 0, n;

    (void)data;
    while ((n = fl_body_read(request, bytes, sizeof bytes)) > 0)
        size += n;
    return fl_text_response(fl_text("%zu", size));
}

FL_TEST(chunks_of_one_byte_may_not_go_on_for_ever)
{
    raw_server *server = raw_serve(.handler = count_body);
    raw_client *client = raw_connect(server);
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    raw_say(client, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 20000; i++)
        fl_buf_format(&out, "1;%s\r\na\r\n", "0123456789012345678901234567890123456789012345678901234567890123456789");
    raw_send(client, fl_buf_str(&out));
    fl_expect_equal(raw_next(client).status, 400);
}

FL_TEST(small_chunks_are_fine)
{
    raw_server *server = raw_serve(.handler = count_body);
    raw_client *client = raw_connect(server);
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    raw_say(client, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 20000; i++)
        fl_buf_add(&out, fl_lit("1\r\na\r\n"));
    fl_buf_add(&out, fl_lit("0\r\n\r\n"));
    raw_send(client, fl_buf_str(&out));
    raw_expect_body(raw_next(client), "20000");
}

/* -- connections -------------------------------------------------------------------------------------------------------------------------- */

FL_TEST(a_connection_too_many_is_503)
{
    raw_server *server = raw_serve(.handler = raw_repeat, .limits = { .connections = 2 });
    raw_client *first = raw_connect(server), *second = raw_connect(server);

    until(fl_server_figures_of(server->server).open == 2);
    raw_client *third = raw_connect(server);
    raw_answer answer = raw_next(third);
    fl_expect_equal(answer.status, 503);
    fl_expect_text(raw_header(&answer, "Retry-After"), "1");
    fl_expect(raw_is_closed(third));
    raw_say(first, REQUEST "\r\n");
    fl_expect_equal(raw_next(first).status, 200);
    raw_say(second, REQUEST "\r\n");
    fl_expect_equal(raw_next(second).status, 200);
}

FL_TEST(a_connection_ends_behind_its_last_request)
{
    raw_server *server = raw_serve(.handler = raw_repeat, .limits = { .requests = 3 });
    raw_client *client = raw_connect(server);

    raw_say(client, REQUEST "\r\n" REQUEST "\r\n" REQUEST "\r\n" REQUEST "\r\n");
    for (int i = 0; i < 3; i++) {
        raw_answer answer = raw_next(client);
        fl_expect_equal(answer.status, 200);
        fl_expect_equal(raw_header(&answer, "Connection") != NULL, i == 2);
    }
    fl_expect(raw_is_closed(client));
}

/* -- time ------------------------------------------------------------------------------------------------------------------------------------ */

FL_TEST(a_slow_head_is_408)
{
    raw_server *server = raw_serve(.handler = raw_repeat, .timeouts = { .head = SOON });
    raw_client *client = raw_connect(server);

    raw_say(client, "GET / HTTP/1.1\r\nHost:");
    raw_answer answer = raw_next(client);
    fl_expect_equal(answer.status, 408);
    fl_expect_text(raw_header(&answer, "Connection"), "close");
    fl_expect(raw_is_closed(client));
    fl_expect_equal(fl_server_figures_of(server->server).timeouts, (uint64_t)1);
}

static void drip(void *data)
{
    raw_client *client = data;

    while (fl_try_write(client->conn, "\r\n", 2) == 0)
        fl_sleep(FL_MILLISECONDS(20));
}

FL_TEST(a_head_of_drips_is_ended)
{
    raw_server *server = raw_serve(.handler = raw_repeat, .timeouts = { .head = SOON });
    raw_client *client = raw_connect(server);
    fl_crew *crew = fl_crew_open();

    fl_crew_go(crew, drip, client);
    fl_expect(raw_is_closed(client));
    fl_crew_cancel(crew);
}

FL_TEST(a_connection_that_says_nothing_is_closed)
{
    raw_server *server = raw_serve(.handler = raw_repeat, .timeouts = { .head = SOON });
    raw_client *client = raw_connect(server);

    fl_expect(raw_is_closed(client));
    until(fl_server_figures_of(server->server).open == 0);
}

FL_TEST(an_idle_connection_is_closed)
{
    raw_server *server = raw_serve(.handler = raw_repeat, .timeouts = { .idle = SOON });
    raw_client *client = raw_connect(server);

    raw_say(client, REQUEST "\r\n");
    fl_expect_equal(raw_next(client).status, 200);
    fl_expect(raw_is_closed(client));
    fl_expect_equal(fl_server_figures_of(server->server).open, (size_t)0);
}

FL_TEST(a_slow_body_is_408)
{
    raw_server *server = raw_serve(.handler = raw_repeat, .timeouts = { .body = SOON });
    raw_client *client = raw_connect(server);

    raw_say(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
    fl_expect_equal(raw_next(client).status, 408);
    fl_expect(raw_is_closed(client));
}

/* A packet that fills the buffer to its last byte leaves it open whether more is there: the time limit holds all the same. */
FL_TEST(a_slow_body_behind_a_full_buffer_is_408)
{
    raw_server *server = raw_serve(.handler = raw_repeat, .timeouts = { .body = SOON });
    raw_client *client = raw_connect(server);
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_buf_add(&out, fl_lit("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n"));
    while (out.size < 16384)
        fl_buf_add_char(&out, 'a');
    raw_send(client, fl_buf_str(&out));
    fl_expect_equal(raw_next(client).status, 408);
}

static fl_response *answer_much(fl_request *request, void *data)
{
    enum { MUCH = 32 << 20 };

    (void)request, (void)data;
    return fl_bytes_response(((fl_bytes){ (const uint8_t *)many('a', MUCH), MUCH }));
}

FL_TEST(a_client_that_takes_nothing_is_left)
{
    raw_server *server = raw_serve(.handler = answer_much, .timeouts = { .write = SOON }, .limits = { .arena = 256 << 20 });
    raw_client *client = raw_connect(server);

    raw_say(client, REQUEST "\r\n");
    until(fl_server_figures_of(server->server).requests == 1 && fl_server_figures_of(server->server).open == 0);
}

static fl_response *answer_late(fl_request *request, void *data)
{
    (void)request, (void)data;
    fl_sleep(FL_SECONDS(60));
    return fl_text_response("late");
}

FL_TEST(an_answer_that_takes_too_long_is_503)
{
    raw_server *server = raw_serve(.handler = answer_late, .timeouts = { .request = SOON });
    raw_client *client = raw_connect(server);

    raw_say(client, REQUEST "\r\n" REQUEST "\r\n");
    fl_expect_equal(raw_next(client).status, 503);
    fl_expect_equal(raw_next(client).status, 503);
}
