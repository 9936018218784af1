/* Reading: what the engine makes of the bytes, and what is done about it. The fiber that reads also keeps the connection
 * alive, since it is the one that notices silence: its reads are limited to the time after which the peer is asked, then to
 * the time it has to answer. */
#include <errno.h>
#include <fleche/heap.h>
#include "websocket/websocket.h"

/* -- bytes ----------------------------------------------------------------------------------------------------------------- */

/* A large block while much comes, so that an idle connection has none. */
static char *room(fl_websocket *ws, size_t *ret_size)
{
    bool wants_large = ws->filled || ws->engine.left > FL_READ_SMALL;

    if (wants_large && ws->large == NULL)
        ws->large = fl_heap_alloc(FL_READ_LARGE);
    if (!wants_large) {
        fl_heap_free(ws->large);
        ws->large = NULL;
    }
    *ret_size = ws->large == NULL ? FL_READ_SMALL : FL_READ_LARGE;
    return ws->large == NULL ? ws->small : ws->large;
}

/* -ECANCELED where another fiber closed the connection is the end of it, not ours. */
static int code_of(const fl_websocket *ws, ssize_t n) { return ws->conn == NULL ? -EPIPE : (int)n; }

static bool is_own_limit(ssize_t n) { return n == -ETIMEDOUT && fl_time_left().us > 0; }

static int ask(fl_websocket *ws)
{
    if (ws->closing || ws->sending)
        return 0;                                    /* the last call, and a peer that takes what is sent, have their own time */
    if (ws->asked)
        return -ETIME;
    ws->asked = true;
    return fl_websocket_send_frame(ws, FL_OPCODE_PING, (fl_str){ 0 });
}

/* 0 when there is something for the engine; -ENODATA at the stream's end, -ETIME if the peer is silent, -EPIPE if it is over. */
static int read_more(fl_websocket *ws)
{
    size_t size;
    int code = 0;

    fl_heap_free(ws->early);
    ws->early = NULL;
    while (code == 0) {
        char *at = room(ws, &size);
        fl_conn_timeouts(ws->conn, ws->asked ? ws->ping_timeout : ws->ping_every, ws->ping_timeout);
        ssize_t n = fl_try_read(ws->conn, at, size);
        if (n > 0) {
            ws->asked = false;
            ws->filled = (size_t)n == size;
            fl_websocket_engine_feed(&ws->engine, fl_str_n(at, (size_t)n));
            return 0;
        }
        ws->filled = false;
        if (n == 0)
            return -ENODATA;
        code = is_own_limit(n) ? ask(ws) : code_of(ws, n);
    }
    return code;
}

/* -- ends ------------------------------------------------------------------------------------------------------------------ */

/* Takes what comes and throws it away, until the peer has closed or the time is up: a connection closed over unread bytes is
 * reset, and our Close lost with it. */
static void drain(fl_websocket *ws)
{
    ssize_t n = 1;

    while (n > 0 && ws->conn != NULL) {
        fl_conn_timeouts(ws->conn, ws->close_timeout, ws->ping_timeout);
        n = fl_try_read(ws->conn, ws->small, sizeof ws->small);
    }
}

/* A wait's code, where that is the fiber's own affair: the WebSocket is as it was. */
static bool is_interruption(const fl_websocket *ws, int code)
{
    return ws->conn != NULL && !ws->broken && (code == -ECANCELED || code == -ETIMEDOUT || code == -EBUSY);
}

static int lose(fl_websocket *ws, int code)
{
    if (is_interruption(ws, code))
        return code;
    if (code == -ETIME) {
        fl_websocket_say_close(ws, FL_WEBSOCKET_INTERNAL);
        fl_websocket_finish(ws, FL_WEBSOCKET_ABNORMAL, (fl_str){ 0 }, "the peer did not answer a ping in time");
    } else {
        fl_websocket_finish(ws, FL_WEBSOCKET_ABNORMAL, (fl_str){ 0 },
                            ws->close_sent     ? "the peer did not answer a close in time"
                            : ws->broken       ? "the peer did not take what was sent"
                            : code == -ENODATA ? "the connection ended without a close"
                                               : "the connection broke");
    }
    return 0;
}

static int be_closed(fl_websocket *ws)
{
    char reason[FL_REASON_MOST];
    size_t size = ws->engine.control.size;
    bool ours = ws->close_sent;

    memcpy(reason, ws->engine.control.data, size);
    int code = fl_websocket_send_close(ws, ws->engine.code, (fl_str){ 0 });
    if (ws->engine.client && code == 0)
        drain(ws);                                   /* the server is the one to close the connection (RFC 6455, 7.1.1) */
    fl_websocket_finish(ws, ws->engine.code, fl_str_n(reason, size), ours ? "we closed it" : "the peer closed it");
    return 0;
}

static int be_failed(fl_websocket *ws)
{
    int code = fl_websocket_send_close(ws, ws->engine.code, (fl_str){ 0 });

    if (code == 0 && ws->conn != NULL && fl_try_shutdown(ws->conn) == 0)
        drain(ws);
    fl_websocket_finish(ws, FL_WEBSOCKET_ABNORMAL, (fl_str){ 0 }, ws->engine.why);
    return 0;
}

/* -- messages -------------------------------------------------------------------------------------------------------------- */

/* 1: a message; 0: over; a code. */
static int next_message(fl_websocket *ws, fl_websocket_message *ret)
{
    int code = 0;

    fl_websocket_engine_forget(&ws->engine);
    while (code == 0 && !ws->over) {
        switch (fl_websocket_engine_next(&ws->engine)) {
        case FL_ENGINE_MESSAGE: *ret = ws->engine.message; return 1;
        case FL_ENGINE_PING: code = fl_websocket_answer_ping(ws, ws->engine.control); break;
        case FL_ENGINE_CLOSE: return be_closed(ws);
        case FL_ENGINE_FAILED: return be_failed(ws);
        case FL_ENGINE_PONG:
        case FL_ENGINE_NOTHING: break;
        case FL_ENGINE_MORE: code = read_more(ws); break;
        }
    }
    return code == 0 ? 0 : lose(ws, code);
}

int fl_websocket_try_next(fl_websocket *ws, fl_websocket_message *ret)
{
    fl_websocket_message unread;

    if (ws->over)
        return 0;
    if (ws->reading && !ws->discarding)
        return -EBUSY;
    fl_websocket_enter(ws);
    int code;
    if (ws->reading) {
        code = fl_websocket_wait_for_end(ws);        /* another fiber closes it */
    } else {
        ws->reading = true;
        code = next_message(ws, ret == NULL ? &unread : ret);
        ws->reading = false;
    }
    fl_websocket_leave(ws);
    return code;
}
