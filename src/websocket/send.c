/* Sending: one frame at a time, each fiber in its turn. Who waits keeps its own bytes, so a queue costs no memory of ours;
 * how much may wait is limited all the same. A frame that is cut off in its middle leaves nothing that could follow it. */
#include <errno.h>
#include <fleche/unicode.h>
#include <sys/socket.h>
#include <unistd.h>
#include "websocket/websocket.h"

enum { CLOSE_HEAD = 2 };

static bool is_shut(const fl_websocket *ws) { return ws->over || ws->close_sent || ws->broken; }

/* -- turns ----------------------------------------------------------------------------------------------------------------- */

/* Whether a message is too much to let it wait. One always may, whatever its size, and so may what is no message. */
static bool is_full(const fl_websocket *ws, size_t size)
{
    return ws->sending && ws->queued > 0 && (size > ws->max_queue || ws->queued > ws->max_queue - size);
}

/* Each counts for a byte more than it has, so that empty messages count too. 0: the turn was handed over. */
static int wait_for_turn(fl_websocket *ws, size_t size)
{
    ws->queued += size + 1;
    int code = fl_waiters_wait(&ws->senders, NULL);
    ws->queued -= size + 1;
    return code;
}

static int take_turn(fl_websocket *ws, size_t size)
{
    fl_fiber *self = fl_fiber_here();
    int code = self == NULL ? 0 : fl_interrupted(self);

    if (code != 0)
        return code;                                 /* before a byte of it is out */
    if (ws->sending)
        return wait_for_turn(ws, size);
    ws->sending = true;
    return 0;
}

static void break_off(fl_websocket *ws)
{
    ws->broken = true;
    if (ws->conn != NULL)
        (void)shutdown(fl_conn_fd(ws->conn), SHUT_RDWR);     /* who reads comes to the end */
}

static int write_frame(fl_websocket *ws, fl_engine_opcode opcode, bool compressed, fl_str payload)
{
    fl_websocket_frame frame;
    int code = fl_websocket_frame_make(&ws->engine, opcode, compressed, payload, &frame);

    if (code == 0) {
        struct iovec parts[] = { { frame.header, frame.header_size },
                                 { (void *)(uintptr_t)frame.payload.data, frame.payload.size } };
        code = fl_try_writev(ws->conn, parts, frame.payload.size > 0 ? 2 : 1);
        if (code != 0)
            break_off(ws);
    }
    fl_websocket_frame_end(&frame);
    return ws->over && code != 0 ? -EPIPE : code;
}

static int write_close(fl_websocket *ws, int code, fl_str reason)
{
    char payload[CLOSE_HEAD + FL_REASON_MOST] = { (char)(code >> 8), (char)code };
    bool bare = code == FL_WEBSOCKET_NO_CODE;

    if (reason.size > 0)
        memcpy(payload + CLOSE_HEAD, reason.data, reason.size);
    ws->close_sent = true;
    ws->end.sent = code;
    return write_frame(ws, FL_OPCODE_CLOSE, false, fl_str_n(payload, bare ? 0 : CLOSE_HEAD + reason.size));
}

static void hand_over(fl_websocket *ws)
{
    if (!fl_waiters_wake(&ws->senders, 0))
        ws->sending = false;
}

/* What could not be said while this fiber was sending, then the next one's turn. */
static void end_turn(fl_websocket *ws)
{
    int code = 0;

    if (ws->pong_waits && !is_shut(ws)) {
        char bytes[FL_CONTROL_MOST];
        memcpy(bytes, ws->pong, ws->pong_size);
        ws->pong_waits = false;
        code = write_frame(ws, FL_OPCODE_PONG, false, fl_str_n(bytes, ws->pong_size));
    }
    if (code == 0 && ws->close_waits != 0 && !is_shut(ws))
        code = write_close(ws, ws->close_waits, (fl_str){ 0 });
    hand_over(ws);
    (void)code;                                      /* it broke off then, which whoever comes next is told */
}

/* -- frames ---------------------------------------------------------------------------------------------------------------- */

int fl_websocket_send_frame(fl_websocket *ws, fl_engine_opcode opcode, fl_str payload)
{
    int code = take_turn(ws, payload.size);

    if (code != 0)
        return code;
    code = is_shut(ws) ? -EPIPE : write_frame(ws, opcode, false, payload);
    end_turn(ws);
    return code;
}

int fl_websocket_answer_ping(fl_websocket *ws, fl_str payload)
{
    if (is_shut(ws))
        return 0;
    if (!ws->sending)
        return fl_websocket_send_frame(ws, FL_OPCODE_PONG, payload);
    memcpy(ws->pong, payload.data, payload.size);    /* an older one need not be answered any more (RFC 6455, 5.5.3) */
    ws->pong_size = (uint8_t)payload.size;
    ws->pong_waits = true;
    return 0;
}

static void time_is_up(fl_timer *timer)
{
    fl_websocket *ws = FL_CONTAINER(timer, fl_websocket, last_call);

    if (ws->conn != NULL)
        (void)shutdown(fl_conn_fd(ws->conn), SHUT_RDWR);
    while (fl_waiters_wake(&ws->closers, 0))         /* to read to the end themselves, if who did has not come back */
        ;
}

/* Without memory for a timer there is no time. */
static void begin_last_call(fl_websocket *ws)
{
    if (ws->last_call.place != 0)
        return;
    ws->last_call.fire = time_is_up;
    int64_t now = fl_monotonic_us();
    int64_t at = ws->close_timeout.us > INT64_MAX - now ? INT64_MAX : now + ws->close_timeout.us;
    if (fl_timer_start(&ws->last_call, at) != 0)
        break_off(ws);
}

int fl_websocket_send_close(fl_websocket *ws, int code, fl_str reason)
{
    if (is_shut(ws))
        return 0;
    ws->closing = true;
    begin_last_call(ws);
    int status = take_turn(ws, reason.size);
    if (status != 0)
        return status;
    if (!is_shut(ws))
        status = write_close(ws, code, reason);
    end_turn(ws);
    return status;
}

void fl_websocket_say_close(fl_websocket *ws, int code)
{
    char payload[CLOSE_HEAD] = { (char)(code >> 8), (char)code };
    uint8_t bytes[FL_FRAME_HEADER + CLOSE_HEAD];
    fl_websocket_frame frame;

    if (is_shut(ws))
        return;
    ws->closing = true;
    begin_last_call(ws);
    if (ws->sending) {
        ws->close_waits = code;
        return;
    }
    if (fl_websocket_frame_make(&ws->engine, FL_OPCODE_CLOSE, false, fl_str_n(payload, sizeof payload), &frame) == 0) {
        memcpy(bytes, frame.header, frame.header_size);
        memcpy(bytes + frame.header_size, frame.payload.data, sizeof payload);
        size_t size = frame.header_size + sizeof payload;
        ws->close_sent = true;
        if (send(fl_conn_fd(ws->conn), bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)size)
            ws->end.sent = code;
        else
            break_off(ws);
    }
    fl_websocket_frame_end(&frame);
}

/* -- messages -------------------------------------------------------------------------------------------------------------- */

static int write_compressed(fl_websocket *ws, fl_websocket_kind kind, fl_str bytes)
{
    fl_buf out = fl_buf_heap(FL_NO_LIMIT);
    int code = fl_websocket_deflate(&ws->engine.deflater, ws->engine.bits_out, bytes, &out);

    if (ws->engine.fresh_out)
        fl_websocket_deflater_end(&ws->engine.deflater);
    if (code == 0)
        code = write_frame(ws, (fl_engine_opcode)kind, true, fl_buf_str(&out));
    if (code != 0 && !ws->engine.fresh_out)
        break_off(ws);                               /* the peer's window is not ours any more */
    fl_buf_free(&out);
    return code;
}

static int send_message(fl_websocket *ws, fl_websocket_kind kind, fl_str bytes)
{
    int code = is_full(ws, bytes.size) ? -ENOBUFS : take_turn(ws, bytes.size);

    if (code != 0)
        return code;
    if (is_shut(ws))
        code = -EPIPE;
    else if (ws->engine.deflate && ws->engine.bits_out != 0 && bytes.size >= ws->threshold)
        code = write_compressed(ws, kind, bytes);
    else
        code = write_frame(ws, (fl_engine_opcode)kind, false, bytes);
    end_turn(ws);
    return code;
}

int fl_websocket_try_send(fl_websocket *ws, fl_websocket_kind kind, fl_str bytes)
{
    if (kind != FL_WEBSOCKET_TEXT && kind != FL_WEBSOCKET_BYTES)
        return -EINVAL;
    if (kind == FL_WEBSOCKET_TEXT && !fl_utf8_valid(bytes))
        return -EILSEQ;
    if (is_shut(ws) || ws->closing)
        return -EPIPE;
    fl_websocket_enter(ws);
    int code = send_message(ws, kind, bytes);
    fl_websocket_leave(ws);
    return code;
}

int fl_websocket_try_ping(fl_websocket *ws, fl_str bytes)
{
    if (bytes.size > FL_CONTROL_MOST)
        return -EINVAL;
    if (is_shut(ws) || ws->closing)
        return -EPIPE;
    fl_websocket_enter(ws);
    int code = fl_websocket_send_frame(ws, FL_OPCODE_PING, bytes);
    fl_websocket_leave(ws);
    return code;
}
