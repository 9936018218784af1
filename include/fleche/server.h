/* An HTTP server on fibers: connections in, requests to one handler, answers out.
 *
 *     static fl_response *answer(fl_request *req, void *data) { return fl_text_response("Hello, World!"); }
 *
 *     fl_server *server = fl_server_new(.handler = answer);
 *     fl_server_listen(server, fl_listen("127.0.0.1:8000"));      // serves at once, beside whatever else runs
 *     …
 *     fl_server_close(server, FL_SECONDS(30));                    // waits for what is being answered, at most so long
 *
 * HTTP/1.1 and 1.0: keep-alive, pipelining (the answers to what came in one packet leave in one), chunked bodies both ways,
 * Expect: 100-continue, HEAD, files by sendfile(), streams, and connections that are handed over (WebSockets). A connection that
 * waits for its next request has no fiber and no buffers. What cannot be understood without doubt is refused with 400 and the
 * connection ends: two lengths, a length and chunks, folded headers, bare line ends, an absent or doubtful Host.
 *
 * When a client goes away while its answer is still being made, the fiber that makes it is cancelled. */
#pragma once
#include "io.h"
#include "upload.h"
#include "websocket.h"

typedef struct fl_server fl_server;
typedef fl_response *fl_handler(fl_request *request, void *data);

typedef struct fl_server_limits {                /* 0: the default */
    size_t request_line;                         /* 8190 bytes, else 414 */
    size_t header_line;                          /* 8190, else 431 */
    size_t headers;                              /* 100 lines, else 431 */
    size_t head;                                 /* 64 KiB altogether, else 431 */
    long long body;                              /* of a request as it is sent, else 413; 0: none, each reader has its own */
    size_t connections;                          /* at once, else 503; 0: none */
    size_t requests;                             /* on one connection, then it ends; 0: none */
    size_t arena;                                /* memory of one request: FL_MEMORY_LIMIT is raised beyond; 64 MiB */
} fl_server_limits;

typedef struct fl_server_timeouts {              /* 0: the default; FL_FOREVER: none */
    fl_duration head;                            /* from a connection's begin, or the first byte, to the head's end: 10 s, else 408 */
    fl_duration body;                            /* between two parts of a body: 30 s, else 408 */
    fl_duration idle;                            /* between two requests: 75 s; then it is closed */
    fl_duration write;                           /* until the client takes some more: 30 s; then it is closed */
    fl_duration request;                         /* for all of an answer: none; else 503 */
} fl_server_timeouts;

typedef struct fl_access {                       /* one line of the access log */
    const fl_request *request;                   /* NULL if it could not be understood */
    const fl_response *response;                 /* NULL if there is none of a handler's */
    int status;                                  /* 499: the client had gone */
    long long bytes;                             /* of the body, sent */
    fl_datetime started;
    fl_duration took;
    const char *peer;
} fl_access;

typedef struct fl_server_options {
    fl_handler *handler;                         /* raises or returns NULL: 500 */
    void *data;
    fl_server_limits limits;
    fl_server_timeouts timeouts;
    const char *name;                            /* the Server header; NULL: none */
    /* Proxies in front: from these peers (addresses, networks "10.0.0.0/8", "unix", "*"; ends with NULL) X-Forwarded-For is believed
     * for the client's address and X-Forwarded-Proto for the scheme. NULL: nobody. */
    const char *const *trusted;
    bool proxy_protocol;                         /* each connection begins with a line of HAProxy's PROXY protocol, 1 or 2, by a
                                                    trusted peer */
    const fl_request_limits *request_limits;     /* forms and uploads; NULL: fl_request_limits_default */
    void (*access)(const fl_access *access, void *data);     /* behind each answer; NULL: nothing is told */
    void (*after)(void *data);                   /* behind each answer: for counting work; may be NULL */
    void (*lost)(const fl_request *request, const fl_error *error, void *data);   /* raised by a stream, too late for an answer */
} fl_server_options;

#define fl_server_new(...) fl_server_new_(&(const fl_server_options){ __VA_ARGS__ })
fl_server *fl_server_new_(const fl_server_options *options);         /* lives until fl_server_close; raises FL_OUT_OF_MEMORY */
/* fl_server_listen accepts from the listener, which it takes over also if it fails, until the server is closed. */
void fl_server_listen(fl_server *server, fl_listener *listener);
/* fl_server_drain accepts nobody any more, but connections that are open may bring one more request, which is answered with
 * "Connection: close". Waits until none is left, at most so long: behind it, fl_server_close. */
void fl_server_drain(fl_server *server, fl_duration patience);
/* fl_server_stop lets go of the listeners and of idle connections; what is being answered ends with "Connection: close"; connections that
 * were handed over (WebSockets) are cancelled, and say goodbye. */
void fl_server_stop(fl_server *server);
bool fl_server_is_stopping(const fl_server *server);
/* fl_server_close stops, waits at most so long, cancels what is left, and frees the server. */
void fl_server_close(fl_server *server, fl_duration grace);
/* fl_server_serve answers one connection on this fiber until it ends, whoever opened it (tests, other transports). */
void fl_server_serve(fl_server *server, fl_conn *conn);

/* Whether this request came from one of server_options.trusted: what it says of its way can be believed. */
bool fl_server_trusts(const fl_request *request);

typedef struct fl_server_figures {
    uint64_t connections, requests, by_class[6]; /* accepted; answered; by_class[4]: 4xx */
    uint64_t bytes_out, refused, timeouts, gone; /* refused: not understood; gone: the client had left */
    size_t open, busy;                           /* connections now; being answered now */
} fl_server_figures;
fl_server_figures fl_server_figures_of(const fl_server *server);

/* -- WebSockets ---------------------------------------------------------------------------------------------------------------------- */
/* fl_websocket_response answers a request for a WebSocket: with 101, and then run(ws, state) has the connection, on the request's fiber
 * and with its memory, until it returns (how it ends then: fl_websocket_open). What is no proper request for one gets the handshake's
 * status: 400, 405 or 426. Whether the Origin may connect is to be looked at before. The options' lists live as long as the request. */
typedef void fl_websocket_run(fl_websocket *ws, void *state);
fl_response *fl_websocket_response(fl_request *request, fl_websocket_run *run, void *state, const fl_websocket_options *options);
