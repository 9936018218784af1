/* A WebSocket's life: opened on a connection, ended with whoever opened it. */
#include <errno.h>
#include <fleche/heap.h>
#include "websocket/websocket.h"

static void free_all(fl_websocket *ws)
{
    fl_websocket_engine_end(&ws->engine);
    fl_heap_free(ws->large);
    fl_heap_free(ws->early);
    fl_heap_free(ws);
}

void fl_websocket_leave(fl_websocket *ws)
{
    if (--ws->users == 0 && ws->abandoned)
        free_all(ws);
}

static int keep_early(fl_websocket *ws, fl_str early)
{
    if (early.size == 0)
        return 0;
    ws->early = fl_heap_alloc(early.size);
    if (ws->early == NULL)
        return -ENOMEM;
    memcpy(ws->early, early.data, early.size);
    fl_websocket_engine_feed(&ws->engine, fl_str_n(ws->early, early.size));
    return 0;
}

static int begin(fl_websocket *ws, fl_conn *conn, fl_str early, const fl_websocket_agreed *agreed,
                 const fl_websocket_options *options)
{
    fl_websocket_options filled = fl_websocket_filled(options);
    int code = fl_websocket_engine_init(&ws->engine, agreed, &filled);

    ws->conn = conn;
    ws->max_queue = filled.max_queue;
    ws->threshold = filled.deflate_threshold;
    ws->ping_every = filled.ping_every;
    ws->ping_timeout = filled.ping_timeout;
    ws->close_timeout = filled.close_timeout;
    ws->protocol = agreed->protocol;
    ws->end = (fl_websocket_end){ .reason = ws->reason, .why = "" };
    return code != 0 ? code : keep_early(ws, early);
}

int fl_websocket_try_open(fl_conn *conn, fl_str early, const fl_websocket_agreed *agreed, const fl_websocket_options *options,
                          fl_websocket **ret)
{
    fl_websocket *ws = fl_heap_zalloc(sizeof *ws);
    int code = ws == NULL ? -ENOMEM : begin(ws, conn, early, agreed, options);

    if (code == 0) {
        fl_conn_timeouts(conn, ws->ping_every, ws->ping_timeout);
        *ret = ws;
        return 0;
    }
    if (ws != NULL)
        free_all(ws);
    fl_conn_close(conn);
    return code;
}

static void end(fl_websocket *ws, int code)
{
    fl_websocket_enter(ws);
    if (!ws->over)
        fl_websocket_say_close(ws, code);
    fl_websocket_finish(ws, FL_WEBSOCKET_ABNORMAL, (fl_str){ 0 }, "it was left by its owner");
    ws->abandoned = true;
    fl_websocket_leave(ws);
}

static void end_here(void *ws);

void fl_websocket_free(fl_websocket *ws)
{
    if (ws == NULL)
        return;
    (void)fl_undefer(end_here, ws);                  /* of one that was to end with its protected call */
    end(ws, FL_WEBSOCKET_NORMAL);
}

/* A deferred function runs in a protected call of its own; the one around it knows whether an error unwinds. */
static int code_of_ending(void)
{
    const fl_frame *frame = fl_context_here()->frame;
    const fl_error *error = frame == NULL || frame->outer == NULL ? NULL : frame->outer->error;

    if (fl_error_is(error, FL_CANCELLED))
        return FL_WEBSOCKET_GOING_AWAY;
    return error == NULL ? FL_WEBSOCKET_NORMAL : FL_WEBSOCKET_INTERNAL;
}

static void end_here(void *ws) { end(ws, code_of_ending()); }

fl_websocket *fl_websocket_open(fl_conn *conn, fl_str early, const fl_websocket_agreed *agreed,
                                const fl_websocket_options *options)
{
    fl_websocket *ws;
    int code = fl_websocket_try_open(conn, early, agreed, options, &ws);

    if (code != 0)
        fl_raise_code(code, "cannot open a WebSocket");
    fl_defer(end_here, ws);
    return ws;
}

const char *fl_websocket_protocol(const fl_websocket *ws) { return ws->protocol; }
