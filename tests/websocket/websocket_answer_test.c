/* The client's half of the opening handshake: which answers of a server are one. */
#include <errno.h>
#include "wire.h"
#include "websocket/handshake.h"

#define OK "HTTP/1.1 101 Switching Protocols\r\n"
#define UPGRADE "Upgrade: websocket\r\nConnection: Upgrade\r\n"
#define ACCEPT "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
#define EXTENSIONS "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=12"

typedef struct row { const char *name, *head, *why; } row;       /* why NULL: it is good */

static int read_answer(const char *head, bool plain, fl_websocket_agreed *ret)
{
    static const char *const protocols[] = { "chat", "other", NULL };
    fl_websocket_options options = fl_websocket_filled(&(fl_websocket_options){ .protocols = protocols, .deflate = !plain });

    return fl_websocket_read_answer(fl_str_of(head), fl_lit("dGhlIHNhbXBsZSBub25jZQ=="), &options, ret);
}

static void check(const void *data)
{
    const row *r = data;
    fl_websocket_agreed agreed;

    fl_label("%s", r->name);
    fl_expect_equal(read_answer(r->head, false, &agreed), r->why == NULL ? 0 : -EPROTO);
    fl_expect(agreed.client);
    if (r->why != NULL)
        fl_expect_contains(agreed.why, r->why);
}

static const row rows[] = {
    { "the least", OK UPGRADE ACCEPT "\r\n", NULL },
    { "other headers", OK "Server: x\r\n" UPGRADE "Date: now\r\n" ACCEPT "X-Y: z\r\n\r\n", NULL },
    { "in any case, with space around", OK "UPGRADE:WebSocket\r\nconnection:  keep-alive, upgrade \r\n" ACCEPT "\r\n", NULL },
    { "no phrase", "HTTP/1.1 101\r\n" UPGRADE ACCEPT "\r\n", NULL },
    { "a subprotocol", OK UPGRADE ACCEPT "Sec-WebSocket-Protocol: chat\r\n\r\n", NULL },
    { "an extension", OK UPGRADE ACCEPT EXTENSIONS "\r\n\r\n", NULL },
    { "nothing", "", "HTTP/1.1" },
    { "something else", "SSH-2.0-x\r\n\r\n", "HTTP/1.1" },
    { "an older HTTP", "HTTP/1.0 101 x\r\n" UPGRADE ACCEPT "\r\n", "HTTP/1.1" },
    { "a number too long", "HTTP/1.1 1010 x\r\n" UPGRADE ACCEPT "\r\n", "HTTP/1.1" },
    { "a refusal", "HTTP/1.1 403 Forbidden\r\n\r\n", "does not switch" },
    { "a redirection", "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", "does not switch" },
    { "no Upgrade", OK "Connection: Upgrade\r\n" ACCEPT "\r\n", "another protocol" },
    { "another Upgrade", OK "Upgrade: h2c\r\nConnection: Upgrade\r\n" ACCEPT "\r\n", "another protocol" },
    { "no Connection", OK "Upgrade: websocket\r\n" ACCEPT "\r\n", "another protocol" },
    { "no Accept", OK UPGRADE "\r\n", "Accept" },
    { "another Accept", OK UPGRADE "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOp=\r\n\r\n", "Accept" },
    { "Accept twice", OK UPGRADE ACCEPT ACCEPT "\r\n", "cannot be read" },
    { "a line that is no field", OK UPGRADE "what\r\n" ACCEPT "\r\n", "cannot be read" },
    { "a name with a space", OK "Upgrade : websocket\r\n" ACCEPT "\r\n", "cannot be read" },
    { "no empty line", OK UPGRADE ACCEPT, "cannot be read" },
    { "a subprotocol we did not offer", OK UPGRADE ACCEPT "Sec-WebSocket-Protocol: chess\r\n\r\n", "subprotocol" },
    { "two subprotocols", OK UPGRADE ACCEPT "Sec-WebSocket-Protocol: chat, other\r\n\r\n", "subprotocol" },
    { "an unknown extension", OK UPGRADE ACCEPT "Sec-WebSocket-Extensions: foo\r\n\r\n", "extension" },
    { "the extension twice", OK UPGRADE ACCEPT EXTENSIONS ", permessage-deflate\r\n\r\n", "extension" },
    { "a window larger than offered",
      OK UPGRADE ACCEPT "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=15\r\n\r\n", "extension" },
    { "no window", OK UPGRADE ACCEPT "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n", "extension" },
    { "our window without a size", OK UPGRADE ACCEPT EXTENSIONS "; client_max_window_bits\r\n\r\n", "extension" },
};
FL_TEST(an_answer_must_be_one_to_our_question) { fl_table(rows, check); }

FL_TEST(what_the_server_chose_is_agreed)
{
    fl_websocket_agreed agreed;

    fl_expect_ok(read_answer(OK UPGRADE ACCEPT "Sec-WebSocket-Protocol: other\r\n" EXTENSIONS
                                               "; client_max_window_bits=10; server_no_context_takeover\r\n\r\n",
                             false, &agreed));
    fl_expect_text(agreed.protocol, "other");
    fl_expect(agreed.deflate && agreed.fresh_in && !agreed.fresh_out);
    fl_expect_equal(agreed.bits_in, 12);
    fl_expect_equal(agreed.bits_out, 10);
    fl_expect_ok(read_answer(OK UPGRADE ACCEPT EXTENSIONS "; client_max_window_bits=8; client_no_context_takeover\r\n\r\n", false,
                             &agreed));
    fl_expect_equal(agreed.bits_out, 0);             /* zlib cannot: nothing is compressed */
    fl_expect(agreed.fresh_out);
}

FL_TEST(an_extension_that_was_not_offered_is_refused)
{
    fl_websocket_agreed agreed;

    fl_expect_equal(read_answer(OK UPGRADE ACCEPT EXTENSIONS "\r\n\r\n", true, &agreed), -EPROTO);
    fl_expect_contains(agreed.why, "extension");
}

FL_TEST(a_header_of_a_thousand_fields_is_refused)
{
    fl_buf head = fl_buf_in(fl_arena_here(), 65536);
    fl_websocket_agreed agreed;

    fl_buf_add_c(&head, OK);
    for (int i = 0; i < 1000; i++)
        fl_buf_format(&head, "X-%d: y\r\n", i);
    fl_buf_add_c(&head, UPGRADE ACCEPT "\r\n");
    fl_expect_equal(read_answer(fl_buf_c(&head), false, &agreed), -EPROTO);
}
