/* WebSockets over the server (ASY-10): the handshake out of a request, bytes that came early, the end. */
#include "server/raw.h"

static void echo(fl_websocket *ws, void *state)
{
    fl_websocket_message m;

    (*(int *)state)++;
    while (fl_websocket_next(ws, &m)) {
        if (fl_str_equal(m.bytes, fl_lit("raise")))
            fl_raise(FL_VALUE_ERROR, "as asked");
        fl_websocket_send(ws, m.kind, m.bytes);
    }
    (*(int *)state)--;
}

static fl_response *answer(fl_request *request, void *data)
{
    static const char *const ours[] = { "v2", "chat", NULL };

    if (fl_text_is(request->path, "/plain"))
        return raw_repeat(request, NULL);
    return fl_websocket_response(request, echo, data, &(const fl_websocket_options){ .protocols = ours, .deflate = true });
}

static fl_websocket *dial(const raw_server *server, const char *protocol)
{
    const char *url = fl_text("ws://%s/chat", server->address);

    return protocol == NULL ? fl_websocket_dial(url)
                            : fl_websocket_dial(url, .protocols = FL_STRINGS(fl_text("%s", protocol)), .deflate = true);
}

FL_TEST(messages_are_echoed_end_to_end)
{
    int open = 0;
    raw_server *server = raw_serve(.handler = answer, .data = &open);
    fl_websocket *ws = dial(server, "chat");
    fl_websocket_message m;

    fl_expect_text(fl_websocket_protocol(ws), "chat");
    for (int i = 0; i < 100; i++) {
        const char *text = fl_text("message %d of several, long enough to be compressed: %0*d", i, i * 10 + 1, 0);
        fl_websocket_send_text(ws, text);
        fl_expect(fl_websocket_next(ws, &m));
        fl_expect_bytes(m.bytes, fl_str_of(text));
    }
    fl_expect_equal(open, 1);
    fl_websocket_close(ws, FL_WEBSOCKET_NORMAL, "done");
    fl_expect_equal(fl_websocket_ending(ws)->code, 1000);
    until(open == 0 && fl_server_figures_of(server->server).open == 0);
    fl_expect_equal(raw_ask(server, "GET /plain HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
}

#define HANDSHAKE \
    "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n" \
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

/* A frame in the packet of the request is the WebSocket's; so are the answers before it the client's. */
FL_TEST(frames_that_come_with_the_request_are_not_lost)
{
    int open = 0;
    raw_server *server = raw_serve(.handler = answer, .data = &open);
    raw_client *client = raw_connect(server);

    raw_say(client, "GET /plain HTTP/1.1\r\nHost: a\r\n\r\n" HANDSHAKE "\x81\x85\x01\x02\x03\x04igohn");
    raw_expect_body(raw_next(client), "GET /plain a []");
    raw_answer first = raw_next(client);
    fl_expect_equal(first.status, 101);
    fl_expect_text(raw_header(&first, "Upgrade"), "websocket");
    fl_expect_text(raw_header(&first, "Connection"), "Upgrade");
    fl_expect_text(raw_header(&first, "Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    fl_expect(raw_header(&first, "Content-Length") == NULL && raw_header(&first, "Content-Type") == NULL);
    fl_buf frame = fl_buf_in(fl_arena_here(), 100);
    fl_expect(raw_take(client, 7, &frame));
    fl_expect_bytes(fl_buf_str(&frame), fl_lit("\x81\x05hello"));
}

static const struct refusal {
    const char *what, *request;
    int status;
    const char *header, *value;
} refusals[] = {
    { "no upgrade", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 426, "Upgrade", "websocket" },
    { "another version",
      "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
      426, "Sec-WebSocket-Version", "13" },
    { "no key", "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n",
      400, "Upgrade", NULL },
    { "another method", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
      405, "Allow", "GET" },
};

static void check_refusal(const void *data)
{
    const struct refusal *row = data;
    int open = 0;
    raw_server *server = raw_serve(.handler = answer, .data = &open);
    raw_client *client = raw_connect(server);

    fl_label("%s", row->what);
    raw_say(client, row->request);
    raw_answer refused = raw_next(client);
    fl_expect_equal(refused.status, row->status);
    fl_expect_text(raw_header(&refused, row->header), row->value);
    raw_say(client, "GET /plain HTTP/1.1\r\nHost: a\r\n\r\n");
    fl_expect_equal(raw_next(client).status, 200);
}

FL_TEST(what_is_no_handshake_is_refused_and_the_connection_stays) { fl_table(refusals, check_refusal); }

static void note_lost(const fl_request *request, const fl_error *error, void *data)
{
    (void)request;
    fl_expect_text(error->message, "as asked");
    *(int *)data = 100;
}

FL_TEST(what_a_websocket_raises_is_told_and_ends_it_with_1011)
{
    int open = 0;
    raw_server *server = raw_serve(.handler = answer, .data = &open, .lost = note_lost);
    fl_websocket *ws = dial(server, NULL);
    fl_websocket_message m;

    fl_websocket_send_text(ws, "raise");
    fl_expect(!fl_websocket_next(ws, &m));
    fl_expect_equal(fl_websocket_ending(ws)->code, 1011);
    until(open == 100);
}

FL_TEST(a_server_that_closes_says_1001)
{
    int open = 0;
    raw_server *server = raw_serve(.handler = answer, .data = &open);
    fl_websocket *ws = dial(server, NULL);
    fl_websocket_message m;

    until(open == 1);
    raw_close(server);
    fl_expect(!fl_websocket_next(ws, &m));
    fl_expect_equal(fl_websocket_ending(ws)->code, 1001);
}
