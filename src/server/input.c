/* The body of a request as it comes: so many bytes, or chunks, which llhttp takes apart.
 *
 * What was read with the head comes first; then bytes go from the socket straight to the reader. Chunks are read behind the head, where
 * the buffer is free, and only as many bytes at once as the reader has room for. */
#include <errno.h>
#include <fleche/heap.h>
#include "server/server.h"

static int send_continue(fl_http1 *c)
{
    c->expects_continue = false;
    fl_buf_add(&c->out, fl_lit("HTTP/1.1 100 Continue\r\n\r\n"));
    return 0;
}

static ssize_t fill(fl_http1 *c, void *ret, size_t size)
{
    int code = c->expects_continue ? send_continue(c) : 0;

    if (code == 0 && !c->conn->watch.readable) {
        code = fl_http1_send(c);
        fl_conn_timeouts(c->conn, c->server->options.timeouts.body, c->server->options.timeouts.write);
    }
    if (code != 0)
        return code;
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

typedef struct chunks { char *to; size_t size; bool ended; } chunks;

static int on_body(llhttp_t *parser, const char *at, size_t size)
{
    chunks *it = parser->data;

    memcpy(it->to + it->size, at, size);
    it->size += size;
    return 0;
}

static int on_end(llhttp_t *parser)
{
    ((chunks *)parser->data)->ended = true;
    return HPE_PAUSED;
}

static const llhttp_settings_t chunk_settings = { .on_body = on_body, .on_message_complete = on_end };

/* Bytes for the parser, behind what is used of the buffer. */
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
    chunks it = { .to = ret };

    c->parser.data = &it;
    while (it.size == 0 && !it.ended) {
        int code = more_input(c);
        if (code != 0)
            return code;
        size_t n = c->end - c->start < size ? c->end - c->start : size;
        const char *at = c->in + c->start;
        llhttp_errno_t error = llhttp_execute(&c->parser, at, n);
        size_t used = error == HPE_OK ? n : (size_t)(llhttp_get_error_pos(&c->parser) - at);
        if (error != HPE_OK && !(error == HPE_PAUSED && it.ended))
            return -EBADMSG;
        c->start += used;
        c->overhead += used - it.size;
        c->received += (long long)it.size;
        if (is_mostly_frames(c))
            return -EBADMSG;
    }
    c->body_done = it.ended;
    if (c->server->options.limits.body > 0 && c->received > c->server->options.limits.body)
        return -EFBIG;
    return (ssize_t)it.size;
}

/* From a parsed head to its chunks. A bare line end among the frames is refused by the parser, which is built strict. */
void fl_http1_begin_chunks(fl_http1 *c)
{
    c->parser.settings = (void *)&chunk_settings;
    llhttp_resume(&c->parser);
}

ssize_t fl_http1_read_body(fl_exchange *exchange, void *ret, size_t size)
{
    fl_http1 *c = (fl_http1 *)exchange;

    if (c->body_done || size == 0)
        return 0;
    return c->framing == FL_FRAMING_LENGTH ? read_length(c, ret, size) : read_chunks(c, ret, size);
}

/* -- what nobody read --------------------------------------------------------------------------------------------------------------------- */

enum { SKIPPED_AT_MOST = 128 * 1024 };

void fl_http1_settle_body(fl_http1 *c)
{
    if (c->body_done)
        return;
    bool waits_for_us = c->expects_continue;         /* it may send its body or not: nobody can know what comes next */
    bool is_short = c->framing == FL_FRAMING_LENGTH && c->left <= SKIPPED_AT_MOST;
    if (waits_for_us || (!is_short && c->framing == FL_FRAMING_LENGTH)) {
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
