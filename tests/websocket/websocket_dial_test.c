/* Both ends of ours: a server that reads a request by hand and answers, a client that dials. */
#include "pair.h"

typedef struct site {
    fl_listener *listener;
    fl_websocket_options options;
    const char *answer;                              /* instead of an honest one; NULL: honest */
    char request[2048];
    fl_websocket_end end;
} site;

static fl_str field_of(const char *request, const char *name)
{
    fl_str rest = fl_str_of(request), value;

    for (fl_str line; fl_str_cut(&rest, '\n', &line);)
        if (fl_str_after(fl_str_trim(line), fl_str_of(fl_text("%s: ", name)), &value))
            return value;
    return (fl_str){ 0 };
}

static size_t read_request(fl_conn *conn, char *request, size_t most)
{
    size_t size = 0;

    while (strstr(request, "\r\n\r\n") == NULL) {
        size += fl_read(conn, request + size, most - 1 - size);
        request[size] = '\0';
    }
    return size;
}

static void answer(fl_conn *conn, const fl_websocket_agreed *agreed)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 4096);

    fl_buf_format(&out,
                  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n",
                  agreed->accept);
    if (agreed->protocol != NULL)
        fl_buf_format(&out, "Sec-WebSocket-Protocol: %s\r\n", agreed->protocol);
    if (agreed->extensions[0] != '\0')
        fl_buf_format(&out, "Sec-WebSocket-Extensions: %s\r\n", agreed->extensions);
    fl_buf_add(&out, fl_lit("\r\n"));
    fl_write(conn, out.data, out.size);
}

static void serve_one(void *data)
{
    site *s = data;
    fl_websocket_agreed agreed;
    fl_conn *conn = fl_accept(s->listener);

    if (s->answer != NULL) {
        fl_conn_close_here(conn);
        (void)read_request(conn, s->request, sizeof s->request);
        fl_write(conn, s->answer, strlen(s->answer));
        return;
    }
    (void)read_request(conn, s->request, sizeof s->request);
    fl_websocket_handshake asked = { .method = fl_lit("GET"),
                                     .version = fl_lit("HTTP/1.1"),
                                     .upgrade = field_of(s->request, "Upgrade"),
                                     .connection = field_of(s->request, "Connection"),
                                     .sec_websocket_key = field_of(s->request, "Sec-WebSocket-Key"),
                                     .sec_websocket_version = field_of(s->request, "Sec-WebSocket-Version"),
                                     .sec_websocket_protocol = field_of(s->request, "Sec-WebSocket-Protocol"),
                                     .sec_websocket_extensions = field_of(s->request, "Sec-WebSocket-Extensions") };
    fl_expect_ok(fl_websocket_try_handshake(&asked, &s->options, &agreed));
    answer(conn, &agreed);
    fl_websocket *ws = fl_websocket_open(conn, (fl_str){ 0 }, &agreed, &s->options);
    echo(ws);
    s->end = *fl_websocket_ending(ws);
}

static void close_listener(void *listener) { fl_listener_close(listener); }

static const char *start(site *s, fl_fiber **ret)
{
    s->listener = fl_listen("127.0.0.1:0");
    fl_defer(close_listener, s->listener);
    *ret = fl_spawn_joinable(serve_one, s);
    return fl_text("ws://%s/chat?room=7", fl_listener_address(s->listener));
}

static void expect_echo(fl_websocket *ws, fl_websocket_kind kind, fl_str bytes)
{
    fl_websocket_message m;

    fl_websocket_send(ws, kind, bytes);
    fl_expect(fl_websocket_next(ws, &m));
    fl_expect_equal((int)m.kind, (int)kind);
    fl_expect_bytes(m.bytes, bytes);
}

FL_TEST(a_client_talks_with_a_server)
{
    static const char *const ours[] = { "v2", "v1", NULL };
    static const char *const headers[] = { "Cookie: a=b", "Origin: http://example.com", NULL };
    site s = { .options.protocols = (const char *const[]){ "v1", NULL } };
    fl_fiber *server;
    fl_websocket *ws = fl_websocket_dial(start(&s, &server), .protocols = ours, .headers = headers);

    fl_expect_text(fl_websocket_protocol(ws), "v1");
    fl_expect(fl_starts_with(s.request, "GET /chat?room=7 HTTP/1.1\r\nHost: 127.0.0.1:"));
    fl_expect_contains(s.request, "\r\nCookie: a=b\r\nOrigin: http://example.com\r\n");
    expect_echo(ws, FL_WEBSOCKET_TEXT, fl_lit("Hello"));
    expect_echo(ws, FL_WEBSOCKET_BYTES, fl_lit("\0\xFF"));
    expect_echo(ws, FL_WEBSOCKET_TEXT, fl_lit(""));
    expect_echo(ws, FL_WEBSOCKET_TEXT, repeated("large ", 1 << 20));
    fl_websocket_close(ws, 1000, "done");
    fl_join(server);
    expect_end(ws, 1000, "", 1000);
    fl_expect_equal(s.end.code, 1000);
}

typedef struct terms { const char *name; bool theirs, fresh; int bits; } terms;

static void check_terms(const void *data)
{
    const terms *t = data;
    site s = { .options = { .deflate = t->theirs,
                            .no_context_takeover = t->fresh,
                            .deflate_window_bits = t->bits,
                            .deflate_threshold = 10 } };
    fl_fiber *server;

    fl_label("%s", t->name);
    fl_websocket *ws = fl_websocket_dial(start(&s, &server), .deflate = true, .deflate_window_bits = 15, .deflate_threshold = 10);
    for (int i = 0; i < 3; i++) {
        expect_echo(ws, FL_WEBSOCKET_TEXT, fl_str_of(fl_text("{\"number\": %d, \"text\": \"again and again and again\"}", i)));
        expect_echo(ws, FL_WEBSOCKET_BYTES, repeated("0123456789, ", 100000 + (size_t)i));
        expect_echo(ws, FL_WEBSOCKET_TEXT, fl_lit("short"));
    }
    fl_websocket_close(ws, 1000, "");
    fl_join(server);
    expect_end(ws, 1000, "", 1000);
}

static const terms all_terms[] = {
    { "with context", true, false, 15 },
    { "without", true, true, 15 },
    { "in a small window", true, false, 9 },
    { "in a small window, without", true, true, 9 },
    { "the server does not compress", false, false, 12 },
};
FL_TEST(compressed_messages_come_whole_under_all_terms) { fl_table(all_terms, check_terms); }

/* -- failures -------------------------------------------------------------------------------------------------------------- */

typedef struct dialled { const char *url; const char *const *headers; } dialled;

static void dial(void *data)
{
    const dialled *d = data;
    fl_websocket_close(fl_websocket_dial(d->url, .headers = d->headers, .open_timeout = FL_SECONDS(5)), 1000, "");
}

typedef struct refusal { const char *answer, *message; } refusal;

static void check_refusal(const void *data)
{
    const refusal *r = data;
    site s = { .answer = r->answer };
    fl_fiber *server;
    const char *url = start(&s, &server);

    fl_label("%.20s", r->answer);
    const fl_error *e = fl_expect_raises(FL_WEBSOCKET_REFUSED, dial, &((dialled){ url, NULL }));
    fl_expect_contains(e->message, r->message);
    fl_expect_contains(e->message, url);
    fl_join(server);
}

static const refusal refusals[] = {
    { "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "does not switch" },
    { "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n", "Accept" },
    { "hello\r\n\r\n", "HTTP/1.1" },
    { "HTTP/1.1 101 x\r\n", "before it had answered" },
    { "", "before it had answered" },
};
FL_TEST(a_server_that_does_not_agree_is_named_with_what_it_said) { fl_table(refusals, check_refusal); }

FL_TEST(the_answer_of_a_refusal_is_shown)
{
    site s = { .answer = "HTTP/1.1 403 Forbidden\r\n\r\n" };
    fl_fiber *server;
    const char *url = start(&s, &server);
    const fl_error *e = fl_expect_raises(FL_WEBSOCKET_REFUSED, dial, &((dialled){ url, NULL }));

    fl_expect_contains(e->detail, "HTTP/1.1 403 Forbidden");
    fl_join(server);
}

FL_TEST(an_answer_without_an_end_is_refused)
{
    fl_buf endless = fl_buf_in(fl_arena_here(), 65536);
    fl_fiber *server;

    fl_buf_add_c(&endless, "HTTP/1.1 101 x\r\n");
    while (endless.size < 20000)
        fl_buf_add_c(&endless, "X: y\r\n");
    site s = { .answer = fl_buf_c(&endless) };
    const char *url = start(&s, &server);
    fl_expect_contains(fl_expect_raises(FL_WEBSOCKET_REFUSED, dial, &((dialled){ url, NULL }))->message, "too long");
    fl_error *error = fl_try_join(server);           /* may find us gone while it still writes */
    (void)error;
}

static void dial_in_time(void *data) { (void)fl_websocket_dial(data, .open_timeout = FL_MILLISECONDS(20)); }

FL_TEST(a_server_that_does_not_answer_is_left_when_the_time_is_up)
{
    fl_listener *listener = fl_listen("127.0.0.1:0");

    fl_defer(close_listener, listener);
    fl_expect_error(FL_TIMEOUT, dial_in_time, (void *)(uintptr_t)fl_text("ws://%s/", fl_listener_address(listener)));
}

static void check_url(const void *data)
{
    const char *url = *(const char *const *)data;
    const fl_error *e = fl_expect_raises(FL_VALUE_ERROR, dial, &((dialled){ url, NULL }));

    fl_label("%s", url);
    fl_expect_contains(e->message, url);
    fl_expect_differs(e->hint[0], '\0');
}

static const char *const urls[] = { "http://127.0.0.1/",
                                    "wss://127.0.0.1/",
                                    "ws:/127.0.0.1/",
                                    "ws://",
                                    "ws:///path",
                                    "127.0.0.1:80",
                                    "ws://127.0.0.1/a b",
                                    "ws://127.0.0.1/#part",
                                    "ws://user@127.0.0.1/",
                                    "ws://127.0.0.1/\r\nX: y",
                                    "ws://127.0.0.1/caf\xC3\xA9",
                                    "" };
FL_TEST(addresses_that_are_none_are_refused_with_what_one_is) { fl_table(urls, check_url); }

FL_TEST(a_header_that_would_begin_another_is_refused)
{
    const char *const one[] = { "X: y\r\nZ: w", NULL }, *const other[] = { "no colon", NULL };

    fl_expect_error(FL_VALUE_ERROR, dial, &((dialled){ "ws://127.0.0.1:9/", one }));
    fl_expect_error(FL_VALUE_ERROR, dial, &((dialled){ "ws://127.0.0.1:9/", other }));
}

/* -- a client's own duties ------------------------------------------------------------------------------------------------- */

FL_TEST(a_client_waits_for_the_server_to_close_the_connection)
{
    const fl_websocket_agreed agreed = { .client = true };
    int fds[2];
    fl_websocket_message m;
    char bytes[8];

    two_ends(fds);
    fl_conn *peer = conn_of(fds[1]);
    fl_conn_close_here(peer);
    fl_websocket *ws = fl_websocket_open(conn_of(fds[0]), (fl_str){ 0 }, &agreed,
                                         &(fl_websocket_options){ .close_timeout = FL_MILLISECONDS(10) });
    fl_str close = frame_of(CLOSE, false, fl_lit("\x03\xE9"));
    fl_write(peer, close.data, close.size);
    fl_expect(!fl_websocket_next(ws, &m));           /* this server does not close: the time is up */
    expect_end(ws, 1001, "", 1001);
    fl_read_all(peer, bytes, 8);
    fl_expect_equal((unsigned char)bytes[0], (unsigned)CLOSE);
    fl_expect_equal((unsigned char)bytes[1], 0x82u); /* masked */
}
