/* Answers: their order, their framing, what becomes of bodies nobody read, and of clients that go away. */
#include <fcntl.h>
#include <fleche/conditional.h>
#include <fleche/files.h>
#include "server/raw.h"

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"

/* -- pipelining ----------------------------------------------------------------------------------------------------------------------- */

static fl_response *repeat_slowly(fl_request *request, void *data)
{
    if (request->path[1] % 2 == 0)
        fl_sleep(FL_MILLISECONDS(5));
    return raw_repeat(request, data);
}

FL_TEST(pipelined_requests_are_answered_in_their_order)
{
    raw_server *server = raw_serve(.handler = repeat_slowly);

    for (int n = 1; n <= 16; n++) {
        raw_client *client = raw_connect(server);
        fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
        for (int i = 0; i < n; i++)
            if (i % 3 == 1)
                fl_buf_format(&out, "POST /%d HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nGE", i);
            else if (i % 3 == 2)
                fl_buf_format(&out, "POST /%d HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nGE\r\n0\r\n\r\n", i);
            else
                fl_buf_format(&out, "GET /%d HTTP/1.1\r\nHost: a\r\n\r\n", i);
        raw_send(client, fl_buf_str(&out));
        for (int i = 0; i < n; i++)
            raw_expect_body(raw_next(client), fl_text("%s /%d a [%s]", i % 3 == 0 ? "GET" : "POST", i, i % 3 == 0 ? "" : "GE"));
    }
}

/* -- members that are set without a check ------------------------------------------------------------------------------------------------- */

static fl_response *inject(fl_request *request, void *data)
{
    (void)data;
    if (fl_text_is(request->path, "/type"))
        return fl_text_response("x", .content_type = "text/plain\r\nX-Evil: 1");
    return fl_text_response("x", .reason = "OK\nX-Evil: 1");
}

FL_TEST(a_content_type_or_reason_with_a_line_end_is_a_500)
{
    raw_server *server = raw_serve(.handler = inject);
    raw_client *client = raw_connect(server);

    raw_say(client, GET("/type") GET("/reason"));
    for (int i = 0; i < 2; i++) {
        raw_answer answer = raw_next(client);
        fl_expect_equal(answer.status, 500);
        raw_expect_body(answer, "Internal Server Error");
    }
}

/* -- 100-continue ------------------------------------------------------------------------------------------------------------------------- */

#define UPLOAD "POST /up HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"

FL_TEST(the_body_is_asked_for_when_it_is_read)
{
    raw_server *server = raw_serve(.handler = raw_repeat);
    raw_client *client = raw_connect(server);

    raw_say(client, UPLOAD "Content-Length: 5\r\n\r\n");
    fl_expect_equal(raw_next(client).status, 100);
    raw_say(client, "hello");
    raw_expect_body(raw_next(client), "POST /up a [hello]");
    raw_say(client, UPLOAD "Transfer-Encoding: chunked\r\n\r\n");
    fl_expect_equal(raw_next(client).status, 100);
    raw_say(client, "5\r\nhello\r\n0\r\n\r\n");
    raw_expect_body(raw_next(client), "POST /up a [hello]");
}

FL_TEST(a_body_that_comes_unasked_is_not_asked_for)
{
    raw_server *server = raw_serve(.handler = raw_repeat);
    raw_client *client = raw_connect(server);

    raw_say(client, UPLOAD "Content-Length: 5\r\n\r\nhe");
    fl_yield();
    raw_say(client, "llo");
    raw_expect_body(raw_next(client), "POST /up a [hello]");
}

static fl_response *refuse(fl_request *request, void *data)
{
    (void)request, (void)data;
    return fl_text_response("no", .status = 403);
}

FL_TEST(a_body_that_nobody_reads_is_not_asked_for_and_the_connection_ends)
{
    raw_server *server = raw_serve(.handler = refuse);
    raw_client *client = raw_connect(server);

    raw_say(client, UPLOAD "Content-Length: 5\r\n\r\n");
    raw_answer answer = raw_next(client);
    fl_expect_equal(answer.status, 403);
    fl_expect_text(raw_header(&answer, "Connection"), "close");
    fl_expect(raw_is_closed(client));
}

FL_TEST(another_expectation_is_417)
{
    raw_server *server = raw_serve(.handler = raw_repeat);

    fl_expect_equal(raw_ask(server, "GET / HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\n\r\n").status, 417);
    fl_expect_equal(raw_ask(server, "GET / HTTP/1.0\r\nHost: a\r\nExpect: 100-continue\r\n\r\n").status, 200);
    fl_expect_equal(raw_ask(server, "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n\r\n").status, 200);
}

/* -- bodies that nobody read ---------------------------------------------------------------------------------------------------------------- */

FL_TEST(a_short_body_that_nobody_read_is_skipped)
{
    raw_server *server = raw_serve(.handler = refuse);
    raw_client *client = raw_connect(server);

    raw_say(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 31\r\n\r\n" GET("/hidd"));
    raw_say(client, GET("/second"));
    fl_expect_equal(raw_next(client).status, 403);
    raw_say(client, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" GET("/third"));
    fl_expect_equal(raw_next(client).status, 403);
    fl_expect_equal(raw_next(client).status, 403);
    fl_expect_equal(raw_next(client).status, 403);
}

static void send_much(void *data)
{
    raw_client *client = data;
    static char bytes[64 << 10];

    for (int i = 0; i < 64 && fl_try_write(client->conn, bytes, sizeof bytes) == 0; i++)
        ;
}

/* The client writes before it reads: a reset would take the answer away from it. */
static void check_unread(void *data)
{
    raw_server *server = raw_serve(.handler = refuse);
    raw_client *client = raw_connect(server);
    fl_crew *crew = fl_crew_open();

    raw_say(client, data);
    fl_crew_go(crew, send_much, client);
    raw_answer answer = raw_next(client);
    fl_expect_equal(answer.status, 403);
    raw_expect_body(answer, "no");
    fl_crew_cancel(crew);
}

FL_TEST(a_long_body_that_nobody_read_does_not_take_the_answer_away)
{
    fl_subtest("a length", check_unread, (void *)"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4194304\r\n\r\n");
    fl_subtest("chunks", check_unread, (void *)"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n400000\r\n");
}

FL_TEST(a_broken_body_that_nobody_read_does_not_take_the_answer_away)
{
    raw_server *server = raw_serve(.handler = refuse);
    raw_client *client = raw_connect(server);

    raw_say(client, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" GET("/second"));
    fl_expect_equal(raw_next(client).status, 403);
    fl_expect(raw_is_closed(client));
}

/* -- the framing of answers -------------------------------------------------------------------------------------------------------------------- */

static fl_response *by_path(fl_request *request, void *data)
{
    (void)data;
    if (fl_text_is(request->path, "/204"))
        return fl_text_response("", .status = 204);
    if (fl_text_is(request->path, "/204-with-length")) {
        fl_response *response = fl_text_response("", .status = 204);
        fl_set_header(response, "Content-Length", "0");
        return response;
    }
    if (fl_text_is(request->path, "/304"))
        return fl_not_modified();
    if (fl_text_is(request->path, "/close")) {
        fl_response *response = fl_text_response("bye");
        fl_set_header(response, "Connection", "close");
        return response;
    }
    if (fl_text_is(request->path, "/own-framing")) {
        fl_response *response = fl_text_response("plain");
        fl_set_header(response, "Transfer-Encoding", "chunked");
        fl_set_header(response, "Connection", "keep-alive");
        return response;
    }
    if (fl_text_is(request->path, "/cookies")) {
        fl_response *response = fl_text_response("");
        fl_set_cookie(response, "z", "1");
        fl_set_cookie(response, "a", "2");
        fl_set_cookie(response, "m", "3");
        fl_set_cookie(response, "a", "4");
        return response;
    }
    if (fl_text_is(request->path, "/null"))
        return NULL;
    if (fl_text_is(request->path, "/raise"))
        fl_raise(FL_VALUE_ERROR, "a secret");
    if (fl_text_is(request->path, "/reason"))
        return fl_text_response("", .status = 299, .reason = "Fine Enough");
    return fl_text_response("hello");
}

FL_TEST(statuses_without_a_body_have_neither_body_nor_length)
{
    raw_server *server = raw_serve(.handler = by_path);
    raw_client *client = raw_connect(server);
    static const char *const targets[] = { "/204", "/204-with-length", "/304" };

    for (size_t i = 0; i < FL_LENGTH(targets); i++) {
        raw_say(client, fl_text("GET %s HTTP/1.1\r\nHost: a\r\n\r\n", targets[i]));
        raw_answer answer = raw_next(client);
        fl_expect_equal(answer.status, i == 2 ? 304 : 204);
        fl_expect(raw_header(&answer, "Content-Length") == NULL && raw_header(&answer, "Transfer-Encoding") == NULL);
    }
    raw_say(client, GET("/"));
    raw_expect_body(raw_next(client), "hello");
}

FL_TEST(head_is_answered_as_get_without_the_body)
{
    raw_server *server = raw_serve(.handler = by_path);
    raw_client *client = raw_connect(server);

    raw_say(client, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" GET("/"));
    raw_answer head = raw_next_(client, true), get = raw_next(client);
    fl_expect_bytes(head.head, get.head);
    fl_expect_text(raw_header(&head, "Content-Length"), "5");
    raw_expect_body(get, "hello");
}

FL_TEST(framing_is_the_servers_and_close_is_anyones)
{
    raw_server *server = raw_serve(.handler = by_path);
    raw_client *client = raw_connect(server);

    raw_say(client, GET("/own-framing"));
    raw_answer answer = raw_next(client);
    fl_expect(raw_header(&answer, "Transfer-Encoding") == NULL && raw_header(&answer, "Connection") == NULL);
    raw_expect_body(answer, "plain");
    raw_say(client, GET("/close") GET("/"));
    answer = raw_next(client);
    fl_expect_text(raw_header(&answer, "Connection"), "close");
    fl_expect(raw_is_closed(client));
}

FL_TEST(cookies_keep_the_order_in_which_they_were_first_set)
{
    raw_server *server = raw_serve(.handler = by_path);
    raw_answer answer = raw_ask(server, GET("/cookies"));
    const char *head = fl_str_c(answer.head), *z = strstr(head, "Set-Cookie: z=1"), *a = strstr(head, "Set-Cookie: a=4");

    fl_expect(z != NULL && a != NULL && z < a && a < strstr(head, "Set-Cookie: m=3"));
    fl_expect(strstr(head, "a=2") == NULL);
}

FL_TEST(what_a_handler_does_not_answer_is_a_500_that_tells_nothing)
{
    raw_server *server = raw_serve(.handler = by_path);
    raw_client *client = raw_connect(server);

    raw_say(client, GET("/null") GET("/raise") GET("/reason") GET("/"));
    fl_expect_equal(raw_next(client).status, 500);
    raw_answer answer = raw_next(client);
    fl_expect_equal(answer.status, 500);
    fl_expect(!fl_str_find(answer.body, fl_lit("secret"), NULL));
    fl_expect_equal(raw_next(client).status, 299);
    raw_expect_body(raw_next(client), "hello");
    fl_expect_equal(fl_server_figures_of(server->server).by_class[5], (uint64_t)2);
}

static fl_response *answer_bytes(fl_request *request, void *data)
{
    size_t size = strtoull(request->path + 1, NULL, 10);
    char *bytes = fl_arena_alloc_text(request->arena, size + 1);

    (void)data;
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)('a' + i % 26);
    return fl_bytes_response(((fl_bytes){ (const uint8_t *)bytes, size }));
}

FL_TEST(bodies_of_all_sizes_come_whole)
{
    raw_server *server = raw_serve(.handler = answer_bytes);
    raw_client *client = raw_connect(server);
    static const size_t sizes[] = { 0, 1, 8191, 8192, 8193, 16383, 16384, 16385, 100000, 5000000 };

    for (size_t i = 0; i < FL_LENGTH(sizes); i++) {
        raw_say(client, fl_text("GET /%zu HTTP/1.1\r\nHost: a\r\n\r\n" GET("/7"), sizes[i]));
        raw_answer answer = raw_next(client);
        fl_expect_equal(answer.body.size, sizes[i]);
        for (size_t k = 0; k < answer.body.size; k++)
            if (answer.body.data[k] != (char)('a' + k % 26))
                fl_fail("byte %zu of %zu differs", k, sizes[i]);
        raw_expect_body(raw_next(client), "abcdefg");
    }
}

/* -- streams ------------------------------------------------------------------------------------------------------------------------------------ */

typedef struct stream { int at, end; bool flushes, closed, cancelled; } stream;

static void note_close(void *data) { ((stream *)data)->closed = true; }

static bool write_some(void *state, fl_response *response)
{
    stream *it = state;

    fl_response_printf(response, "line %d\n", it->at);
    if (it->flushes)
        fl_response_flush(response);
    return ++it->at < it->end;
}

static fl_response *answer_stream(fl_request *request, void *data)
{
    fl_response *response = fl_stream_response("text/plain", write_some, data);

    (void)request;
    ((stream *)data)->at = 0;
    fl_response_on_close(response, note_close, data);
    return response;
}

FL_TEST(a_stream_is_chunks_and_the_connection_stays)
{
    stream state = { .end = 3 };
    raw_server *server = raw_serve(.handler = answer_stream, .data = &state);
    raw_client *client = raw_connect(server);

    raw_say(client, GET("/") GET("/"));
    for (int i = 0; i < 2; i++) {
        raw_answer answer = raw_next(client);
        fl_expect_text(raw_header(&answer, "Transfer-Encoding"), "chunked");
        fl_expect(answer.whole && raw_header(&answer, "Content-Length") == NULL);
        raw_expect_body(answer, "line 0\nline 1\nline 2\n");
    }
    fl_expect(state.closed);
}

FL_TEST(a_flushed_part_is_a_chunk_of_its_own)
{
    stream state = { .end = 2, .flushes = true };
    raw_server *server = raw_serve(.handler = answer_stream, .data = &state);
    raw_client *client = raw_connect(server);

    raw_say(client, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    fl_expect_contains(fl_str_c(raw_all(client)), "\r\n\r\n7\r\nline 0\n\r\n7\r\nline 1\n\r\n0\r\n\r\n");
}

FL_TEST(a_stream_to_http_1_0_ends_with_the_connection)
{
    stream state = { .end = 3 };
    raw_server *server = raw_serve(.handler = answer_stream, .data = &state);
    raw_client *client = raw_connect(server);

    raw_say(client, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    raw_answer answer = raw_next(client);
    fl_expect(raw_header(&answer, "Transfer-Encoding") == NULL);
    fl_expect_text(raw_header(&answer, "Connection"), "close");
    raw_expect_body(answer, "line 0\nline 1\nline 2\n");
}

FL_TEST(head_does_not_run_a_stream)
{
    stream state = { .end = 3 };
    raw_server *server = raw_serve(.handler = answer_stream, .data = &state);
    raw_client *client = raw_connect(server);

    raw_say(client, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    fl_expect_equal(raw_next_(client, true).status, 200);
    fl_expect_equal(raw_next_(client, true).status, 200);
    fl_expect_equal(state.at, 0);
    fl_expect(state.closed);
}

static void note_lost(const fl_request *request, const fl_error *error, void *data)
{
    (void)request;
    fl_expect_text(error->message, "in the middle");
    ((stream *)data)->cancelled = true;
}

static bool write_then_raise(void *state, fl_response *response)
{
    stream *it = state;

    if (it->at++ == 1)
        fl_raise(FL_VALUE_ERROR, "in the middle");
    fl_response_write(response, "half");
    fl_response_flush(response);
    return true;
}

static fl_response *answer_half(fl_request *request, void *data)
{
    fl_response *response = fl_stream_response("text/plain", write_then_raise, data);

    (void)request;
    fl_response_on_close(response, note_close, data);
    return response;
}

FL_TEST(the_client_sees_that_a_stream_broke_off)
{
    stream state = { 0 };
    raw_server *server = raw_serve(.handler = answer_half, .data = &state, .lost = note_lost);
    raw_client *client = raw_connect(server);

    raw_say(client, GET("/") GET("/"));
    raw_answer answer = raw_next(client);
    fl_expect_equal(answer.status, 200);
    raw_expect_body(answer, "half");
    fl_expect(!answer.whole);
    fl_expect(raw_is_closed(client));
    until(state.closed && state.cancelled);
}

static fl_response *say_too_much(fl_request *request, void *data)
{
    fl_response *response = answer_stream(request, data);

    fl_set_header(response, "Content-Length", "%s", fl_text_is(request->path, "/right") ? "21" : "5");
    return response;
}

FL_TEST(a_stream_unlike_its_length_ends_the_connection)
{
    stream state = { .end = 3 };
    raw_server *server = raw_serve(.handler = say_too_much, .data = &state);
    raw_client *client = raw_connect(server);

    raw_say(client, GET("/right"));
    raw_expect_body(raw_next(client), "line 0\nline 1\nline 2\n");
    raw_say(client, GET("/wrong") GET("/right"));
    (void)raw_all(client);
    fl_expect_equal(fl_server_figures_of(server->server).requests, (uint64_t)2);
}

static bool write_a_lot(void *state, fl_response *response)
{
    stream *it = state;
    static const char block[64 << 10];

    fl_response_write_bytes(response, fl_str_n(block, sizeof block));
    return ++it->at < it->end;
}

static fl_response *answer_a_lot(fl_request *request, void *data)
{
    fl_response *response = fl_stream_response("application/octet-stream", write_a_lot, data);

    (void)request;
    fl_response_on_close(response, note_close, data);
    return response;
}

/* A stream holds a buffer, whatever its length: 256 MB through an arena of 1 MB. */
FL_TEST(a_long_stream_takes_no_memory)
{
    stream state = { .end = 4096 };
    raw_server *server = raw_serve(.handler = answer_a_lot, .data = &state, .limits = { .arena = 1 << 20 });
    raw_client *client = raw_connect(server);
    size_t size = 0;
    static char bytes[256 << 10];

    raw_say(client, "GET / HTTP/1.0\r\n\r\n");
    for (ssize_t n; (n = fl_try_read(client->conn, bytes, sizeof bytes)) > 0;)
        size += (size_t)n;
    fl_expect(size > (size_t)4096 * (64 << 10));
    fl_expect(state.closed);
}

FL_TEST(a_client_that_vanishes_ends_the_stream)
{
    stream state = { .end = INT32_MAX };
    raw_server *server = raw_serve(.handler = answer_a_lot, .data = &state);
    fl_scope {
        raw_client *client = raw_connect(server);
        raw_say(client, GET("/"));
        (void)raw_more(client);
    }
    until(state.closed);
    until(fl_server_figures_of(server->server).open == 0);
    fl_expect_equal(fl_server_figures_of(server->server).gone, (uint64_t)1);
}

/* -- files ------------------------------------------------------------------------------------------------------------------------------------- */

static fl_response *answer_file(fl_request *request, void *data)
{
    fl_response *response = fl_file_response(fl_file_of_path(data));

    return fl_text_is(request->path, "/ranges") ? fl_apply_range(request, response) : response;
}

FL_TEST(files_are_sent_whole_in_parts_and_to_head_not_at_all)
{
    char *path = fl_text("%s/file.txt", fl_test_directory());
    char *content = fl_arena_alloc_text(fl_arena_here(), 300001);

    for (int i = 0; i < 300000; i++)
        content[i] = (char)('a' + i % 26);
    content[300000] = '\0';
    fl_file_write(path, fl_str_n(content, 300000));
    raw_server *server = raw_serve(.handler = answer_file, .data = path);
    raw_client *client = raw_connect(server);

    raw_say(client, GET("/"));
    raw_answer answer = raw_next(client);
    fl_expect_text(raw_header(&answer, "Content-Length"), "300000");
    fl_expect_bytes(answer.body, fl_str_n(content, 300000));
    raw_say(client, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    answer = raw_next_(client, true);
    fl_expect_text(raw_header(&answer, "Content-Length"), "300000");
    raw_say(client, "GET /ranges HTTP/1.1\r\nHost: a\r\nRange: bytes=26-51\r\n\r\n");
    answer = raw_next(client);
    fl_expect_equal(answer.status, 206);
    fl_expect_text(raw_header(&answer, "Content-Range"), "bytes 26-51/300000");
    raw_expect_body(answer, "abcdefghijklmnopqrstuvwxyz");
    raw_say(client, GET("/"));
    fl_expect_equal(raw_next(client).body.size, (size_t)300000);
}

/* -- clients that go away ---------------------------------------------------------------------------------------------------------------------- */

static void note_cancelled(void *data) { ((stream *)data)->cancelled = true; }

static fl_response *wait_long(fl_request *request, void *data)
{
    stream *it = data;

    (void)request;
    it->at++;
    fl_defer(note_cancelled, it);
    fl_sleep(FL_SECONDS(600));
    return fl_text_response("late");
}

/* ASY-06: the view is cancelled, and its clean-up runs. */
FL_TEST(a_client_that_closes_cancels_the_view)
{
    stream state = { 0 };
    raw_server *server = raw_serve(.handler = wait_long, .data = &state);

    fl_scope {
        raw_client *client = raw_connect(server);
        raw_say(client, GET("/"));
        until(state.at == 1);
    }
    until(state.cancelled && fl_server_figures_of(server->server).open == 0);
    fl_expect_equal(fl_server_figures_of(server->server).gone, (uint64_t)1);
}

/* -- the server's end ---------------------------------------------------------------------------------------------------------------------------- */

static fl_response *wait_shortly(fl_request *request, void *data)
{
    (void)request;
    ((stream *)data)->at++;
    fl_sleep(FL_MILLISECONDS(100));
    return fl_text_response("done");
}

static void close_soon(void *data)
{
    raw_server *server = data;
    fl_server *it = server->server;

    server->server = NULL;
    fl_server_close(it, FL_SECONDS(30));
}

FL_TEST(closing_waits_for_what_is_being_answered)
{
    stream state = { 0 };
    raw_server *server = raw_serve(.handler = wait_shortly, .data = &state);
    raw_client *busy = raw_connect(server), *idle = raw_connect(server);

    raw_say(busy, GET("/") GET("/"));
    until(state.at == 1);
    fl_fiber *closer = fl_spawn_joinable(close_soon, server);
    raw_answer answer = raw_next(busy);
    raw_expect_body(answer, "done");
    fl_expect_text(raw_header(&answer, "Connection"), "close");
    fl_expect(raw_is_closed(busy) && raw_is_closed(idle));
    fl_join(closer);
    fl_conn *conn;
    fl_expect(fl_try_connect(server->address, FL_SECONDS(5), &conn) < 0);
}

FL_TEST(closing_without_grace_cancels)
{
    stream state = { 0 };
    raw_server *server = raw_serve(.handler = wait_long, .data = &state);
    raw_client *client = raw_connect(server);

    raw_say(client, GET("/"));
    until(state.at == 1);
    raw_close(server);
    fl_expect(state.cancelled);
    fl_expect(raw_is_closed(client));
}

FL_TEST(a_connection_opened_elsewhere_is_served)
{
    fl_server *server = fl_server_new(.handler = by_path);
    fl_listener *listener = fl_listen("127.0.0.1:0");
    raw_server *at = fl_new_of(raw_server);

    *at = (raw_server){ server, fl_listener_address(listener) };
    fl_defer(raw_close, at);
    raw_client *client = raw_connect(at);
    raw_say(client, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    fl_server_serve(server, fl_accept(listener));
    raw_expect_body(raw_next(client), "hello");
    fl_listener_close(listener);
}

/* -- the access log ---------------------------------------------------------------------------------------------------------------------------- */

typedef struct seen { int statuses[8], count; long long bytes; char paths[64]; } seen;

static void note_access(const fl_access *access, void *data)
{
    seen *it = data;

    it->statuses[it->count++] = access->status;
    it->bytes += access->bytes;
    if (access->request != NULL)
        (void)snprintf(it->paths + strlen(it->paths), sizeof it->paths - strlen(it->paths), "%s ", access->request->path);
}

FL_TEST(each_answer_is_told_of)
{
    seen log = { 0 };
    raw_server *server = raw_serve(.handler = by_path, .data = &log, .access = note_access);
    raw_client *client = raw_connect(server);

    raw_say(client, GET("/") GET("/204") GET("/raise") "BREW / HTTP/1.1\r\n\r\n");
    (void)raw_all(client);
    fl_expect_equal(log.count, 4);
    fl_expect(log.statuses[0] == 200 && log.statuses[1] == 204 && log.statuses[2] == 500 && log.statuses[3] == 501);
    fl_expect_text(log.paths, "/ /204 /raise ");
    fl_expect_equal(log.bytes, 5LL + 21);
}
