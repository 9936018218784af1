/* The raising forms: each says what was tried and, where it can be said, what to do. */
#include <errno.h>
#include "websocket/websocket.h"

FL_ERROR_CLASS(FL_WEBSOCKET_CLOSED, FL_OS_ERROR, .message = "The WebSocket is closed.");
FL_ERROR_CLASS(FL_WEBSOCKET_REFUSED, FL_OS_ERROR, .message = "The WebSocket was refused.");

static _Noreturn void fail(fl_websocket *ws, int code, const char *what)
{
    fl_error *e;

    if (code == -EPIPE) {
        e = fl_error_new(FL_WEBSOCKET_CLOSED, "cannot %s: the WebSocket is closed", what);
        e->detail = ws->over ? ws->end.why : "the closing handshake has begun";
    } else if (code == -EILSEQ) {
        e = fl_error_new(FL_VALUE_ERROR, "cannot %s: the text is not UTF-8", what);
        e->hint = "send it as bytes (FL_WEBSOCKET_BYTES), or mend it with fl_utf8_repair()";
    } else if (code == -ENOBUFS) {
        e = fl_error_new(FL_MEMORY_LIMIT, "cannot %s: %zu bytes wait to be sent already", what, ws->queued);
        e->hint = "the peer reads more slowly than is sent: send less, close it, or raise max_queue";
    } else if (code == -EBUSY) {
        e = fl_error_new(FL_PROGRAMMING_ERROR, "cannot %s: another fiber reads this WebSocket", what);
        e->hint = "let one fiber read, and hand its messages on by a channel";
    } else if (code == -ECANCELED || (code == -ETIMEDOUT && fl_interrupted(fl_fiber_here()) != 0)) {
        fl_raise_wait(code, fl_text("to %s", what));
    } else {
        fl_raise_code(code, "cannot %s", what);
    }
    fl_reraise(e);
}

bool fl_websocket_next(fl_websocket *ws, fl_websocket_message *ret)
{
    int code = fl_websocket_try_next(ws, ret);

    if (code < 0)
        fail(ws, code, "wait for a message");
    return code > 0;
}

void fl_websocket_send(fl_websocket *ws, fl_websocket_kind kind, fl_str bytes)
{
    int code = fl_websocket_try_send(ws, kind, bytes);

    if (code == -EINVAL)
        fl_raise(FL_VALUE_ERROR, "%d is no kind of message: FL_WEBSOCKET_TEXT or FL_WEBSOCKET_BYTES", (int)kind);
    if (code != 0)
        fail(ws, code, "send a message");
}

void fl_websocket_send_text(fl_websocket *ws, const char *text) { fl_websocket_send(ws, FL_WEBSOCKET_TEXT, fl_str_of(text)); }

void fl_websocket_send_bytes(fl_websocket *ws, const void *bytes, size_t size)
{
    fl_websocket_send(ws, FL_WEBSOCKET_BYTES, fl_str_n(bytes, size));
}

void fl_websocket_ping(fl_websocket *ws, fl_str bytes)
{
    int code = fl_websocket_try_ping(ws, bytes);

    if (code == -EINVAL)
        fl_raise(FL_VALUE_ERROR, "a ping of %zu bytes is too long: 125 at most", bytes.size);
    if (code != 0)
        fail(ws, code, "send a ping");
}

void fl_websocket_close(fl_websocket *ws, int code, const char *reason)
{
    int status = fl_websocket_try_close(ws, code, fl_str_of(reason));

    if (status == -EINVAL) {
        fl_error *e = fl_error_new(FL_VALUE_ERROR, "cannot close a WebSocket with the code %d and the reason '%s'", code, reason);
        e->hint = "codes are 1000-1003, 1007-1014 and 3000-4999, reasons UTF-8 of at most 123 bytes";
        fl_reraise(e);
    }
    if (status != 0)
        fail(ws, status, "close it");
}
