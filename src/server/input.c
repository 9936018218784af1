/* The body of a request as it comes: so many bytes, or chunks.
 *
 * What was read with the head comes first; then bytes go from the socket straight to the reader. Chunks are read behind the head, where
 * the buffer is free, and only as many bytes at once as the reader has room for. */
#include <errno.h>
#include <fleche/heap.h>
#include "server/server.h"

static void send_continue(fl_http1 *c)
{
    c->expects_continue = false;
    fl_buf_add(&c->out, fl_lit("HTTP/1.1 100 Continue\r\n\r\n"));
}

static ssize_t fill(fl_http1 *c, void *ret, size_t size)
{
    if (c->expects_continue)
        send_continue(c);
    int code = fl_http1_send(c);                     /* a client may wait for that before it goes on */
    if (code != 0)
        return code;
    fl_conn_timeouts(c->conn, c->server->options.timeouts.body, c->server->options.timeouts.write);
    ssize_t n = fl_try_read(c->conn, ret, size);
    if (n == -ETIMEDOUT)
        c->server->figures.timeouts++;
    return n == 0 ? -ECONNRESET : n;
}

static ssize_t read_length(fl_http1 *c, void *ret, size_t size)
{
    ssize_t n;

    if (size > (unsigned long long)c->left)
        size = (size_t)c->left;
    if (c->end > c->start) {
        if (size > c->end - c->start)
            size = c->end - c->start;
        memcpy(ret, c->in + c->start, size);
        c->start += size;
        n = (ssize_t)size;
    } else {
        n = fill(c, ret, size);
    }
    if (n > 0)
        c->left -= n;
    c->body_done = c->left == 0;
    return n;
}

/* -- chunks ---------------------------------------------------------------------------------------------------------------------------- */

/* Bytes to be taken apart, behind what is used of the buffer. */
static int more_input(fl_http1 *c)
{
    enum { LEAST = 1024 };

    if (c->end > c->start)
        return 0;
    if (c->capacity - c->end < LEAST) {              /* the head fills the buffer: its free part begins again behind the head */
        if (c->body_from == 0 || c->capacity - c->body_from < LEAST)
            return -ENOBUFS;
        c->start = c->end = c->body_from;
    }
    ssize_t n = fill(c, c->in + c->end, c->capacity - c->end);
    if (n < 0)
        return (int)n;
    c->end += (size_t)n;
    return 0;
}

/* Frames around nothing cost us as much as content: not without end. */
static bool is_mostly_frames(const fl_http1 *c) { return c->overhead > (1 << 20) && c->overhead / 16 > (uint64_t)c->received; }

static ssize_t read_chunks(fl_http1 *c, void *ret, size_t size)
{
    fl_str content = fl_lit("");

    while (content.size == 0 && c->chunks.state != FL_CHUNKS_END) {
        size_t used;
        int code = more_input(c);
        if (code == 0)
            code = fl_chunks_next(&c->chunks, fl_str_n(c->in + c->start, c->end - c->start), size, &used, &content);
        if (code != 0)
            return code;
        c->start += used;
        c->overhead += used - content.size;
        c->received += (long long)content.size;
        if (is_mostly_frames(c))
            return -EBADMSG;
    }
    memcpy(ret, content.data, content.size);
    c->body_done = c->chunks.state == FL_CHUNKS_END;
    if (c->server->options.limits.body > 0 && c->received > c->server->options.limits.body)
        return -EFBIG;
    return (ssize_t)content.size;
}

ssize_t fl_http1_read_body(fl_exchange *exchange, void *ret, size_t size)
{
    fl_http1 *c = (fl_http1 *)exchange;

    if (c->body_done || size == 0)
        return 0;
    if (c->end > c->start)
        c->expects_continue = false;                 /* it does not wait for our word */
    ssize_t n = c->framing == FL_FRAMING_LENGTH ? read_length(c, ret, size) : read_chunks(c, ret, size);
    c->body_broken |= n < 0;
    return n;
}

/* -- what nobody read --------------------------------------------------------------------------------------------------------------------- */

enum { SKIPPED_AT_MOST = 128 * 1024 };

void fl_http1_settle_body(fl_http1 *c)
{
    if (c->body_done)
        return;
    bool waits_for_us = c->expects_continue;         /* it may send its body or not: nobody can know what comes next */
    bool is_short = c->framing == FL_FRAMING_LENGTH && c->left <= SKIPPED_AT_MOST;
    if (waits_for_us || c->body_broken || (!is_short && c->framing == FL_FRAMING_LENGTH)) {
        c->closing = c->linger = true;
        c->expects_continue = false;
    }
}

int fl_http1_skip_body(fl_http1 *c)
{
    char thrown[4096];
    size_t skipped = 0;

    while (!c->body_done) {
        ssize_t n = fl_http1_read_body(&c->exchange, thrown, sizeof thrown);
        if (n < 0)
            return (int)n;
        skipped += (size_t)n;
        if (skipped > SKIPPED_AT_MOST)
            return -EFBIG;
    }
    return 0;
}
