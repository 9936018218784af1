/* Inside a WebSocket: the engine and its connection.
 *
 * `users` counts the calls under way, so that a fiber which waits in one finds the memory still there when the owner has
 * ended it meanwhile; the last to leave frees it. The connection is NULL once it is closed, and nothing is touched behind a
 * wait before that has been looked at. */
#pragma once
#include "fiber/fiber.h"
#include "loop/loop.h"
#include "websocket/engine.h"

enum { FL_READ_SMALL = 1024, FL_READ_LARGE = 16384 };

struct fl_websocket {
    fl_conn *conn;
    fl_websocket_engine engine;
    size_t max_queue, threshold;
    fl_duration ping_every, ping_timeout, close_timeout;
    const char *protocol;

    unsigned users;
    bool reading, sending;                           /* a fiber does */
    bool discarding;                                 /* the one that reads looks for the end only */
    bool abandoned;                                  /* its owner is gone */
    bool over;                                       /* nothing comes any more */
    bool closing, close_sent;                        /* our Close is on its way, or out: nobody may begin to send, or go on to */
    bool broken;                                     /* half a frame is out: nothing may follow */
    bool asked;                                      /* a ping has had no answer yet */
    bool filled;                                     /* the last read found as much as it could take */
    size_t queued;                                   /* bytes of those who wait to send */
    fl_waiters senders, closers;
    fl_timer last_call;                              /* for the end of the closing handshake */
    int close_waits;                                 /* the code of a Close that the one who sends now will send, or 0 */
    bool pong_waits;                                 /* the same of a pong */
    uint8_t pong_size;
    char pong[FL_CONTROL_MOST];

    fl_websocket_end end;
    char reason[FL_REASON_MOST + 1];
    char *large;                                     /* what was read; NULL while little comes */
    char *early;                                     /* what came with the handshake, until it is taken */
    char small[FL_READ_SMALL];
};

static inline void fl_websocket_enter(fl_websocket *ws) { ws->users++; }
void fl_websocket_leave(fl_websocket *ws);

/* The end: what it was, for whoever asks; everybody is woken, the connection closed. The second end is none. */
void fl_websocket_finish(fl_websocket *ws, int code, fl_str reason, const char *why);

/* Waits for the end, reading where nobody else does. 0, or a wait's code. */
FL_MUST_CHECK int fl_websocket_wait_for_end(fl_websocket *ws);

/* A frame, when it is this fiber's turn: 0, -EPIPE once it is over or closing, or a wait's code. */
FL_MUST_CHECK int fl_websocket_send_frame(fl_websocket *ws, fl_engine_opcode opcode, fl_str payload);
FL_MUST_CHECK int fl_websocket_answer_ping(fl_websocket *ws, fl_str payload);
/* Our Close, 1005 for one without a code, in its turn; the time for the handshake's end begins. 0 also if one is out already. */
FL_MUST_CHECK int fl_websocket_send_close(fl_websocket *ws, int code, fl_str reason);
/* The same without waiting, and so perhaps not at all. */
void fl_websocket_say_close(fl_websocket *ws, int code);
