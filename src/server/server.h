/* Inside the server: its connections, and one connection's way through HTTP/1.1.
 *
 * A connection waits in one of two lists, ordered by when it began to wait, until bytes come; then a fiber serves it (http1.c): reads a head
 * (head.c), has the request answered (answer.c), writes the answer into a buffer that leaves when nothing more is there to be answered. */
#pragma once
#include <fleche/buf.h>
#include <fleche/server.h>
#include "http/exchange.h"
#include "io/io.h"

enum { FL_SERVER_BUFFER = 16384 };

typedef struct fl_http1 fl_http1;
typedef struct fl_http1_list { fl_http1 *first, *last; size_t count; } fl_http1_list;

struct fl_server {
    fl_server_options options;
    fl_http1_list fresh, idle, busy;                 /* no byte yet; between requests; with a fiber */
    fl_timer sweep;
    fl_crew *acceptors;
    struct fl_listening *listening;
    fl_waiters closers;                              /* who waits for the last connection */
    fl_server_figures figures;
    bool stopping, has_crew;
};

typedef enum fl_framing { FL_FRAMING_NONE, FL_FRAMING_LENGTH, FL_FRAMING_CHUNKED } fl_framing;

typedef enum fl_chunk_state {
    FL_CHUNK_SIZE, FL_CHUNK_EXTENSION, FL_CHUNK_QUOTED, FL_CHUNK_ESCAPED, FL_CHUNK_SIZE_LF, FL_CHUNK_CONTENT, FL_CHUNK_CR, FL_CHUNK_CONTENT_LF,
    FL_CHUNK_TRAILER, FL_CHUNK_NAME, FL_CHUNK_VALUE, FL_CHUNK_VALUE_LF, FL_CHUNK_LAST_LF,
    FL_CHUNKS_END, FL_CHUNK_BAD,
} fl_chunk_state;

typedef struct fl_chunks {                           /* all zero: before the first size */
    fl_chunk_state state;
    unsigned digits;                                 /* of the size so far */
    size_t frame;                                    /* bytes of this size's line, or of the trailers */
    int64_t left;                                    /* of the chunk's content */
} fl_chunks;

struct fl_http1 {
    fl_exchange exchange;                            /* first: requests know it as this */
    fl_server *server;
    fl_conn *conn;                                   /* NULL: handed over */
    fl_http1 *previous, *next;
    fl_http1_list *list;
    int64_t since;                                   /* monotonic µs: when it began to wait, or its head to come (0: not yet) */
    fl_fiber *fiber;

    char *in;                                        /* what was read: [start, end) is not used yet */
    size_t start, end, capacity, scanned;
    fl_buf out;                                      /* what is to leave */
    size_t served;

    fl_request *request;                             /* the one in progress */
    fl_framing framing;
    long long left;                                  /* of a body with a length */
    fl_chunks chunks;
    size_t body_from;                                /* in[] is free from here on while the body is read */
    uint64_t overhead;                               /* bytes of chunks that were no content */
    long long received;                              /* bytes of chunks that were */
    bool body_done, body_broken, expects_continue, closing, gone, linger;
    bool knows_peer, trusted, introduced;            /* its peer is known, and one of ours; its PROXY line has been read */
    bool handed_over;                                /* to what speaks another protocol now */

    /* the answer in progress */
    bool chunked, headless;                          /* its body goes in chunks; is not sent at all (HEAD) */
    fl_buf chunk;
    long long body_sent;
    char remote[FL_ADDRESS_TEXT];
    int remote_port;
};

/* Buffers of FL_SERVER_BUFFER bytes, kept for the next connection. NULL without memory. */
char *fl_server_buffer_take(void);
void fl_server_buffer_give(char *buffer);
void fl_server_buffers_end(void);

/* -- http1.c: a connection's life ------------------------------------------------------------------------------------------------- */
FL_MUST_CHECK int fl_http1_new(fl_server *server, fl_conn *conn, fl_http1 **ret);
void fl_http1_free(fl_http1 *c);
void fl_http1_drop(fl_http1 *c);                     /* one that waits without a fiber; if bytes have come meanwhile, it is served */
void fl_http1_move(fl_http1 *c, fl_http1_list *to);  /* NULL: in no list */
void fl_http1_park(fl_http1 *c, fl_http1_list *to);  /* waits there for bytes, without a fiber */
void fl_http1_serve(void *c);                        /* a fiber's main */
void fl_http1_release(fl_http1 *c);                  /* its buffers, while somebody else has the connection */
void fl_http1_tell_refused(fl_http1 *c, int status);
void fl_http1_tell_lost(fl_http1 *c, const fl_error *error);    /* raised when it was too late for an answer; NULL is fine */
/* Everything that is to leave, leaves; waits. */
FL_MUST_CHECK int fl_http1_send(fl_http1 *c);
void fl_http1_linger(fl_http1 *c);                   /* so that the client reads our last words although we did not read all of its own */

/* -- head.c ------------------------------------------------------------------------------------------------------------------------- */
/* 0: in[start, end) had a whole head, which c->request is now, and start is behind it. -EAGAIN: there is none yet. Else a status. */
int fl_http1_parse_head(fl_http1 *c);

/* -- input.c ------------------------------------------------------------------------------------------------------------------------ */
extern const fl_exchange_type fl_http1_exchange;
ssize_t fl_http1_read_body(fl_exchange *exchange, void *ret, size_t size);
/* What is left of the body is skipped if that is cheap; else the connection ends behind the answer. Called before the head leaves. */
void fl_http1_settle_body(fl_http1 *c);
FL_MUST_CHECK int fl_http1_skip_body(fl_http1 *c);

/* -- chunks.c ------------------------------------------------------------------------------------------------------------------------ */
/* The next part of the content, a view of at most `most` bytes, empty if there is none in these; *ret_used of them are done with. At
 * the end the state is FL_CHUNKS_END. -EBADMSG. */
FL_MUST_CHECK int fl_chunks_next(fl_chunks *chunks, fl_str bytes, size_t most, size_t *ret_used, fl_str *ret_content);

/* -- answer.c: from a response to bytes --------------------------------------------------------------------------------------------- */
FL_MUST_CHECK int fl_http1_answer(fl_http1 *c, fl_response *response);
int fl_http1_write(fl_exchange *exchange, fl_response *response, fl_str bytes);
int fl_http1_flush(fl_exchange *exchange, fl_response *response);
void fl_http1_refuse(fl_http1 *c, int status);       /* to what could not be understood: a short text, and the end */

/* -- proxy.c ------------------------------------------------------------------------------------------------------------------------ */
void fl_http1_forwarded(fl_http1 *c);                /* the client's address and scheme, as a trusted peer says */
/* The PROXY protocol's line at the start of in[]: 0 behind it, -EAGAIN (more bytes), -EBADMSG. */
int fl_http1_proxy_line(fl_http1 *c);
