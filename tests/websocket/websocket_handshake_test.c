/* The server's half of the opening handshake: every header that can be wrong, and what is agreed if none is. */
#include <errno.h>
#include "wire.h"

typedef struct row {
    const char *name;
    const char *method, *version, *upgrade, *connection, *key, *number, *protocol;      /* NULL: as it should be */
    int status;
    const char *why;
} row;

static fl_str or_else(const char *text, const char *otherwise) { return fl_str_of(text == NULL ? otherwise : text); }

static fl_websocket_handshake handshake_of(const row *r)
{
    return (fl_websocket_handshake){ .method = or_else(r->method, "GET"),
                                     .version = or_else(r->version, "HTTP/1.1"),
                                     .upgrade = or_else(r->upgrade, "websocket"),
                                     .connection = or_else(r->connection, "Upgrade"),
                                     .sec_websocket_key = or_else(r->key, "dGhlIHNhbXBsZSBub25jZQ=="),
                                     .sec_websocket_version = or_else(r->number, "13"),
                                     .sec_websocket_protocol = or_else(r->protocol, "") };
}

static void check(const void *data)
{
    const row *r = data;
    fl_websocket_handshake asked = handshake_of(r);
    fl_websocket_agreed agreed;

    fl_label("%s", r->name);
    fl_expect_equal(fl_websocket_try_handshake(&asked, NULL, &agreed), r->status == 101 ? 0 : -EPROTO);
    fl_expect_equal(agreed.status, r->status);
    if (r->status == 101) {
        fl_expect(agreed.why == NULL);
        fl_expect_text(agreed.accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");           /* RFC 6455, 1.3 */
        fl_expect_text(agreed.extensions, "");
    } else {
        fl_expect_contains(agreed.why, r->why);
    }
}

static const row rows[] = {
    { "as it should be", .status = 101 },
    { "a POST", .method = "POST", .status = 405, .why = "GET" },
    { "a get in small letters", .method = "get", .status = 405, .why = "GET" },
    { "a HEAD", .method = "HEAD", .status = 405, .why = "GET" },
    { "no method", .method = "", .status = 405, .why = "GET" },
    { "HTTP/1.0", .version = "HTTP/1.0", .status = 400, .why = "HTTP/1.1" },
    { "HTTP/2", .version = "HTTP/2.0", .status = 400, .why = "HTTP/1.1" },
    { "no version of HTTP", .version = "", .status = 400, .why = "HTTP/1.1" },
    { "no Upgrade", .upgrade = "", .status = 426, .why = "Upgrade" },
    { "an Upgrade to something else", .upgrade = "h2c", .status = 426, .why = "Upgrade" },
    { "an Upgrade to something like it", .upgrade = "websockets", .status = 426, .why = "Upgrade" },
    { "an Upgrade in any case", .upgrade = "WebSocket", .status = 101 },
    { "an Upgrade among others", .upgrade = "h2c, websocket", .status = 101 },
    { "no Connection", .connection = "", .status = 400, .why = "Connection" },
    { "a Connection to be kept", .connection = "keep-alive", .status = 400, .why = "Connection" },
    { "a Connection with both", .connection = "keep-alive, Upgrade", .status = 101 },
    { "a Connection in any case, with empty elements", .connection = " ,upgrade ,", .status = 101 },
    { "a Connection with a word like it", .connection = "upgraded", .status = 400, .why = "Connection" },
    { "no key", .key = "", .status = 400, .why = "Key" },
    { "a key of 15 bytes", .key = "MDEyMzQ1Njc4OTAxMjM0", .status = 400, .why = "Key" },
    { "a key of 17 bytes", .key = "MDEyMzQ1Njc4OTAxMjM0NTY=", .status = 400, .why = "Key" },
    { "a key of 18 bytes", .key = "MDEyMzQ1Njc4OTAxMjM0NTY3", .status = 400, .why = "Key" },
    { "a key that is not base64", .key = "dGhlIHNhbXBsZSBub25jZ!==", .status = 400, .why = "Key" },
    { "a key without its padding", .key = "dGhlIHNhbXBsZSBub25jZQ", .status = 400, .why = "Key" },
    { "a key with stray bits", .key = "dGhlIHNhbXBsZSBub25jZR==", .status = 400, .why = "Key" },
    { "two keys", .key = "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ==", .status = 400, .why = "Key" },
    { "no number of the protocol", .number = "", .status = 400, .why = "Version" },
    { "an older one", .number = "8", .status = 426, .why = "13" },
    { "a newer one", .number = "14", .status = 426, .why = "13" },
    { "two", .number = "13, 8", .status = 426, .why = "13" },
    { "with a zero", .number = "013", .status = 426, .why = "13" },
    { "a subprotocol with a space", .protocol = "chat, super chat", .status = 400, .why = "Protocol" },
    { "a subprotocol twice", .protocol = "chat, other, chat", .status = 400, .why = "twice" },
    { "subprotocols that nobody has", .protocol = "chat, other", .status = 101 },
};
FL_TEST(each_header_is_needed_as_it_is_written) { fl_table(rows, check); }

FL_TEST(more_than_64_subprotocols_are_refused)
{
    fl_websocket_handshake asked = handshake_of(&(row){ .name = "" });
    fl_buf names = fl_buf_in(fl_arena_here(), 4096);
    fl_websocket_agreed agreed;

    for (int i = 0; i < 65; i++) {
        fl_buf_format(&names, "%sp%d", i == 0 ? "" : ",", i);
        asked.sec_websocket_protocol = fl_buf_str(&names);
        fl_expect_equal(fl_websocket_try_handshake(&asked, NULL, &agreed), i < 64 ? 0 : -EPROTO);
    }
    fl_expect_equal(agreed.status, 400);
}

/* -- subprotocols ---------------------------------------------------------------------------------------------------------- */

typedef struct choice { const char *ours[4], *theirs, *agreed; } choice;

static void check_choice(const void *data)
{
    const choice *c = data;
    fl_websocket_handshake asked = handshake_of(&(row){ .protocol = c->theirs });
    fl_websocket_agreed agreed;

    fl_label("%s", c->theirs);
    fl_expect_ok(fl_websocket_try_handshake(&asked, &(fl_websocket_options){ .protocols = c->ours }, &agreed));
    fl_expect(fl_text_is(agreed.protocol, c->agreed));
}

static const choice choices[] = {
    { { "chat" }, "chat", "chat" },
    { { "chat", "superchat" }, "superchat, chat", "chat" },        /* our order */
    { { "chat", "superchat" }, "superchat", "superchat" },
    { { "chat" }, "Chat", NULL },                                   /* names are as they are written */
    { { "chat" }, "", NULL },
    { { NULL }, "chat", NULL },
    { { "v2", "v1" }, "v0,v1 ,\tv2", "v2" },
};
FL_TEST(the_first_of_our_subprotocols_that_the_client_has_is_taken) { fl_table(choices, check_choice); }

/* -- permessage-deflate (RFC 7692, 7.1) ------------------------------------------------------------------------------------ */

typedef struct offer {
    const char *offer, *answer;                      /* answer NULL: the handshake is refused */
    bool fresh_in, fresh_out;
    int bits_in, bits_out;
} offer;

static int ask_for(const char *offers, const fl_websocket_options *options, fl_websocket_agreed *ret)
{
    fl_websocket_handshake asked = handshake_of(&(row){ .name = "" });

    asked.sec_websocket_extensions = fl_str_of(offers);
    return fl_websocket_try_handshake(&asked, options, ret);
}

static void check_offer(const void *data)
{
    const offer *o = data;
    fl_websocket_agreed agreed;
    int code = ask_for(o->offer, &(fl_websocket_options){ .deflate = true, .deflate_window_bits = 13 }, &agreed);

    fl_label("%s", o->offer);
    fl_expect_equal(code, o->answer == NULL ? -EPROTO : 0);
    if (o->answer == NULL) {
        fl_expect_equal(agreed.status, 400);
        return;
    }
    fl_expect_text(agreed.extensions, o->answer);
    fl_expect_equal(agreed.deflate, o->answer[0] != '\0');
    fl_expect_equal(agreed.fresh_in, o->fresh_in);
    fl_expect_equal(agreed.fresh_out, o->fresh_out);
    fl_expect_equal(agreed.bits_in, o->bits_in);
    fl_expect_equal(agreed.bits_out, o->bits_out);
}

#define P "permessage-deflate"
static const offer offers[] = {
    { P, P, false, false, 15, 13 },
    { "Permessage-Deflate", P, false, false, 15, 13 },
    { P "; client_max_window_bits", P "; client_max_window_bits=13", false, false, 13, 13 },
    { P ";client_max_window_bits=10", P "; client_max_window_bits=10", false, false, 10, 13 },
    { P "; client_max_window_bits=\"10\"", P "; client_max_window_bits=10", false, false, 10, 13 },
    { P "; client_max_window_bits=15", P "; client_max_window_bits=13", false, false, 13, 13 },
    { P "; client_max_window_bits=8", P "; client_max_window_bits=8", false, false, 8, 13 },
    { P "; server_max_window_bits=10", P "; server_max_window_bits=10", false, false, 15, 10 },
    { P "; server_max_window_bits=15", P "; server_max_window_bits=13", false, false, 15, 13 },
    { P "; server_max_window_bits=8", P "; server_max_window_bits=8", false, false, 15,
      0 }, /* zlib cannot: nothing is compressed */
    { P "; server_no_context_takeover", P "; server_no_context_takeover", false, true, 15, 13 },
    { P "; client_no_context_takeover", P "; client_no_context_takeover", true, false, 15, 13 },
    { P "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12; client_max_window_bits",
      P "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12; client_max_window_bits=13", true,
      true, 13, 12 },
    { "x-webkit-deflate-frame, " P, P, false, false, 15, 13 },
    { "foo; bar=\"a,b\"", NULL },                    /* RFC 6455 9.1: inside the quotes there must be a token */
    { "foo; bar=baz; other, " P "; client_max_window_bits=9", P "; client_max_window_bits=9", false, false, 9, 13 },
    { P "; client_max_window_bits=7, " P, P, false, false, 15, 13 },       /* an offer that cannot be, then one that can */
    { P "; client_max_window_bits=16", "", false, false, 0, 0 },
    { P "; client_max_window_bits=010", "", false, false, 0, 0 },
    { P "; client_max_window_bits=+9", "", false, false, 0, 0 },
    { P "; client_max_window_bits=9; client_max_window_bits=9", "", false, false, 0, 0 },
    { P "; client_max_window_bits; client_max_window_bits=9", "", false, false, 0, 0 },
    { P "; client_max_window_bits; client_max_window_bits", "", false, false, 0, 0 },
    { P "; server_max_window_bits", "", false, false, 0, 0 },
    { P "; server_max_window_bits=99", "", false, false, 0, 0 },
    { P "; server_no_context_takeover=1", "", false, false, 0, 0 },
    { P "; server_no_context_takeover; server_no_context_takeover", "", false, false, 0, 0 },
    { P "; unknown", "", false, false, 0, 0 },
    { P "; unknown=1", "", false, false, 0, 0 },
    { "other", "", false, false, 0, 0 },
    { "", "", false, false, 0, 0 },
    { P ";", NULL },
    { P "; ;client_max_window_bits", NULL },
    { P "; client_max_window_bits=", NULL },
    { P "; =9", NULL },
    { "per message", NULL },
    { P ", b@d", NULL },
    { P "; client_max_window_bits=\"9", NULL },
};
FL_TEST(an_offer_of_compression_is_taken_declined_or_refused) { fl_table(offers, check_offer); }

FL_TEST(no_compression_is_agreed_unless_the_options_say_so)
{
    fl_websocket_agreed agreed;

    fl_expect_ok(ask_for(P, NULL, &agreed));
    fl_expect(!agreed.deflate);
    fl_expect_text(agreed.extensions, "");
}

FL_TEST(messages_by_themselves_are_asked_of_both_sides)
{
    fl_websocket_agreed agreed;

    fl_expect_ok(ask_for(P, &(fl_websocket_options){ .deflate = true, .no_context_takeover = true }, &agreed));
    fl_expect_text(agreed.extensions, P "; server_no_context_takeover; client_no_context_takeover");
    fl_expect(agreed.fresh_in && agreed.fresh_out);
}
