/* WebSockets (RFC 6455), with compressed messages (RFC 7692), on fibers.
 *
 *     fl_websocket *ws = fl_websocket_open(conn, early, &agreed, &options);      // behind the 101 that a server has answered
 *     fl_websocket_message m;
 *     while (fl_websocket_next(ws, &m))                                            // waits; false when it is over
 *         fl_websocket_send(ws, m.kind, m.bytes);                                  // waits while the peer is slow
 *
 * and as a client:
 *
 *     fl_websocket *ws = fl_websocket_dial("ws://127.0.0.1:8000/chat", .protocols = (const char *const[]){ "chat", NULL });
 *     fl_websocket_send_text(ws, "hello");
 *     fl_websocket_close(ws, FL_WEBSOCKET_NORMAL, "");                             // waits for the peer's answer
 *
 * One fiber reads; any may send, each message whole, in the order they came. While a fiber reads, pings are answered, the
 * peer is asked for a sign of life, and the closing handshake is kept, all without a word of the application. A WebSocket
 * that nobody reads does none of that. Nothing here waits longer than its time limits.
 *
 * Calls come in two forms: `fl_websocket_x` raises (FL_WEBSOCKET_CLOSED, FL_OS_ERROR, FL_TIMEOUT, FL_CANCELLED …),
 * `fl_websocket_try_x` returns 0 or a negative errno: -EPIPE it is closed or closing, -EBUSY another fiber reads, -ENOBUFS
 * too much waits to be sent, -EILSEQ a text that is not UTF-8, -EINVAL, -ECANCELED, -ETIMEDOUT, -ENOMEM. A wait that a
 * deadline or cancelling ends leaves a reader's WebSocket as it was; a sender's may have been in the middle of a frame, and
 * is closed then. */
#pragma once
#include "error.h"
#include "io.h"
#include "time.h"

typedef struct fl_websocket fl_websocket;
extern const fl_error_class FL_WEBSOCKET_CLOSED, FL_WEBSOCKET_REFUSED;   /* FL_OS_ERROR: a send behind the end; a failed dial */

typedef enum fl_websocket_kind { FL_WEBSOCKET_TEXT = 1, FL_WEBSOCKET_BYTES = 2 } fl_websocket_kind;

/* Close codes. 3000 to 4999 are for libraries and applications. The two that are never sent stand for what was not said. */
enum {
    FL_WEBSOCKET_NORMAL = 1000, FL_WEBSOCKET_GOING_AWAY = 1001, FL_WEBSOCKET_PROTOCOL_ERROR = 1002,
    FL_WEBSOCKET_UNSUPPORTED = 1003,
    FL_WEBSOCKET_NO_CODE = 1005,                 /* the peer closed without a code */
    FL_WEBSOCKET_ABNORMAL = 1006,                /* the connection ended without a word */
    FL_WEBSOCKET_BAD_TEXT = 1007, FL_WEBSOCKET_POLICY = 1008, FL_WEBSOCKET_TOO_BIG = 1009, FL_WEBSOCKET_EXTENSION = 1010,
    FL_WEBSOCKET_INTERNAL = 1011,
};

/* All may be left 0 for what stands behind them. */
typedef struct fl_websocket_options {
    const char *const *protocols;                /* subprotocols of ours, the preferred first, NULL behind the last */
    size_t max_message;                          /* bytes of one message, inflated; 1 MiB. Beyond: 1009 */
    size_t max_frame;                            /* bytes of one frame; as max_message */
    size_t max_queue;                            /* bytes that senders may have waiting behind the one that sends; 1 MiB */
    fl_duration ping_every;                      /* of silence before the peer is asked; 20 s. FL_FOREVER: never */
    fl_duration ping_timeout;                    /* for its answer, and for it to take what is sent; 20 s */
    fl_duration close_timeout;                   /* for the end of the closing handshake; 10 s */
    fl_duration open_timeout;                    /* fl_websocket_dial: to connect and be answered; 10 s */
    bool deflate;                                /* compress messages if the peer can */
    bool no_context_takeover;                    /* each message by itself: less memory, less compression */
    int deflate_window_bits;                     /* of what we compress and, if the peer lets us say, of what it does; 9-15; 12 */
    size_t deflate_threshold;                    /* shorter messages are sent as they are; 128 */
    const char *const *headers;                  /* fl_websocket_dial: lines "Name: value" of its request, NULL behind the last */
} fl_websocket_options;

/* -- the opening handshake, as a server ------------------------------------------------------------------------------------ */

/* What a client asked, each the header's value, empty if it is missing; several of one name joined by ", ". */
typedef struct fl_websocket_handshake {
    fl_str method, version;                      /* "GET", "HTTP/1.1" */
    fl_str upgrade, connection;
    fl_str sec_websocket_key, sec_websocket_version, sec_websocket_protocol, sec_websocket_extensions;
} fl_websocket_handshake;

/* What was agreed, and the values of the answer's headers. An answer 101 has Upgrade: websocket, Connection: Upgrade,
 * Sec-WebSocket-Accept, and Sec-WebSocket-Protocol and -Extensions unless empty; one with 426 has Upgrade: websocket,
 * Connection: Upgrade and Sec-WebSocket-Version: 13; one with 405 has Allow: GET. */
typedef struct fl_websocket_agreed {
    int status;                                  /* 101; else what answers the request: 400, 405 or 426 */
    const char *why;                             /* it was refused, in words; NULL for 101 */
    char accept[32];
    const char *protocol;                        /* one of ours, which the peer has too; NULL: none */
    char extensions[160];
    bool client;                                 /* ours is the client's end */
    bool deflate;                                /* the rest is about that: */
    bool fresh_in, fresh_out;                    /* no context is kept between messages that come, that go */
    int bits_in, bits_out;                       /* windows; bits_out 0: we may not compress */
} fl_websocket_agreed;

/* fl_websocket_try_handshake decides: 0 and status 101, or -EPROTO, with the status that answers and why. `options` may be
 * NULL. Never waits; takes nothing from the arena. */
FL_MUST_CHECK int fl_websocket_try_handshake(const fl_websocket_handshake *client, const fl_websocket_options *options,
                                             fl_websocket_agreed *ret);

/* -- opening --------------------------------------------------------------------------------------------------------------- */

/* fl_websocket_open goes on behind the handshake, with the bytes that were read already (copied). It takes the connection
 * over, also if it fails. It ends with the protected call or fl_scope it is opened in: closed with 1000, with 1011 if an
 * error unwinds, with 1001 if its fiber is cancelled, unless it was closed before. The try form's is ended by
 * fl_websocket_free. */
fl_websocket *fl_websocket_open(fl_conn *conn, fl_str early, const fl_websocket_agreed *agreed,
                                const fl_websocket_options *options);
FL_MUST_CHECK int fl_websocket_try_open(fl_conn *conn, fl_str early, const fl_websocket_agreed *agreed,
                                        const fl_websocket_options *options, fl_websocket **ret);
/* fl_websocket_free ends it at once, however it was opened: says 1000 if there is room to say it, does not wait. Who waits in it gets
 * the end. */
void fl_websocket_free(fl_websocket *ws);

/* fl_websocket_dial connects to "ws://host:port/path?query" as a client; port 80 if there is none. Waits. Raises
 * FL_VALUE_ERROR for what is no such address, FL_WEBSOCKET_REFUSED if the peer does not agree, with what it said. Ends as
 * fl_websocket_open's. */
#define fl_websocket_dial(url, ...) fl_websocket_dial_(url, &(const fl_websocket_options){ __VA_ARGS__ })
fl_websocket *fl_websocket_dial_(const char *url, const fl_websocket_options *options);

const char *fl_websocket_protocol(const fl_websocket *ws);      /* the subprotocol; NULL: none was agreed */

/* -- messages -------------------------------------------------------------------------------------------------------------- */

/* The bytes are good until the next fl_websocket_next, and not NUL-terminated. A text is valid UTF-8. What the application's own
 * loop allocates is the application's: a body that allocates is an fl_scope. */
typedef struct fl_websocket_message { fl_websocket_kind kind; fl_str bytes; } fl_websocket_message;

bool fl_websocket_next(fl_websocket *ws, fl_websocket_message *ret);            /* waits; false when it is over */
FL_MUST_CHECK int fl_websocket_try_next(fl_websocket *ws, fl_websocket_message *ret);       /* 1; 0 when it is over; a code */

/* To send waits for those who came before, and until all is handed to the kernel. */
void fl_websocket_send(fl_websocket *ws, fl_websocket_kind kind, fl_str bytes);
void fl_websocket_send_text(fl_websocket *ws, const char *text);
void fl_websocket_send_bytes(fl_websocket *ws, const void *bytes, size_t size);
FL_MUST_CHECK int fl_websocket_try_send(fl_websocket *ws, fl_websocket_kind kind, fl_str bytes);
/* A ping of our own, with at most 125 bytes. Keep-alive needs none. */
void fl_websocket_ping(fl_websocket *ws, fl_str bytes);
FL_MUST_CHECK int fl_websocket_try_ping(fl_websocket *ws, fl_str bytes);

/* -- the end --------------------------------------------------------------------------------------------------------------- */

/* fl_websocket_close says why and waits for the peer to agree, at most close_timeout; messages that nobody reads meanwhile
 * are thrown away. `code` is one that may be sent (1000-1003, 1007-1014, 3000-4999), the reason UTF-8 of at most 123 bytes.
 * Nothing if it is over. */
void fl_websocket_close(fl_websocket *ws, int code, const char *reason);
FL_MUST_CHECK int fl_websocket_try_close(fl_websocket *ws, int code, fl_str reason);
/* fl_websocket_drain says 1001 for a server that goes, and never waits: its reader comes to the end within close_timeout. */
void fl_websocket_drain(fl_websocket *ws);

typedef struct fl_websocket_end {
    int code;                                    /* the peer's; 1005, 1006 as above; 0: it is not over */
    const char *reason;                          /* the peer's; "" for none */
    int sent;                                    /* what we said; 0: nothing, 1005: no code */
    const char *why;                             /* what ended it, for a log: "a masked frame from a server" */
} fl_websocket_end;
const fl_websocket_end *fl_websocket_ending(const fl_websocket *ws);            /* the WebSocket's own */
