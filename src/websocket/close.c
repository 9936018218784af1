/* The end of a WebSocket: asked for here, waited for by whoever reads. */
#include <errno.h>
#include <fleche/unicode.h>
#include "websocket/websocket.h"

void fl_websocket_finish(fl_websocket *ws, int code, fl_str reason, const char *why)
{
    if (ws->over)
        return;
    ws->over = true;
    if (reason.size > 0)
        memcpy(ws->reason, reason.data, reason.size);
    ws->end.code = code;
    ws->end.reason = ws->reason;
    ws->end.why = why;
    if (fl_loop_here_ != NULL)
        fl_timer_stop(&ws->last_call);
    fl_conn *conn = ws->conn;
    ws->conn = NULL;                                 /* before anybody is woken */
    fl_conn_close(conn);
    while (fl_waiters_wake(&ws->senders, -EPIPE))
        ;
    while (fl_waiters_wake(&ws->closers, 0))
        ;
}

const fl_websocket_end *fl_websocket_ending(const fl_websocket *ws) { return &ws->end; }

static int look_for_end(fl_websocket *ws)
{
    ws->discarding = true;
    int code = fl_websocket_try_next(ws, NULL);
    ws->discarding = false;
    return code;
}

/* Where a fiber reads, it is that one which sees the end; else this one looks for it. If it has to go, another one does. */
int fl_websocket_wait_for_end(fl_websocket *ws)
{
    int code = 0;

    while (code >= 0 && !ws->over)
        code = ws->reading ? fl_waiters_wait(&ws->closers, NULL) : look_for_end(ws);
    if (code < 0)
        (void)fl_waiters_wake(&ws->closers, 0);
    return code < 0 ? code : 0;
}

int fl_websocket_try_close(fl_websocket *ws, int code, fl_str reason)
{
    if (!fl_websocket_code_may_be_sent(code) || reason.size > FL_REASON_MOST || !fl_utf8_valid(reason))
        return -EINVAL;
    if (ws->over)
        return 0;
    fl_websocket_enter(ws);
    int status = fl_websocket_send_close(ws, code, reason);
    if (status == 0 || ws->broken)
        status = fl_websocket_wait_for_end(ws);
    if (ws->over)
        status = 0;
    fl_websocket_leave(ws);
    return status;
}

void fl_websocket_drain(fl_websocket *ws)
{
    if (!ws->over)
        fl_websocket_say_close(ws, FL_WEBSOCKET_GOING_AWAY);
}
