/* A connection's life: it waits without a fiber; with bytes comes a fiber, which serves requests until none is left in what was read. */
#include <errno.h>
#include <fleche/context.h>
#include <fleche/heap.h>
#include "base/unwind.h"
#include "http/request.h"
#include "server/server.h"

/* -- lists ---------------------------------------------------------------------------------------------------------------------- */

void fl_http1_move(fl_http1 *c, fl_http1_list *to)
{
    if (c->list != NULL) {
        *(c->previous != NULL ? &c->previous->next : &c->list->first) = c->next;
        *(c->next != NULL ? &c->next->previous : &c->list->last) = c->previous;
        c->list->count--;
    }
    c->list = to;
    if (to == NULL)
        return;
    c->previous = to->last;
    c->next = NULL;
    *(to->last != NULL ? &to->last->next : &to->first) = c;
    to->last = c;
    to->count++;
}

const fl_exchange_type fl_http1_exchange = { fl_http1_read_body, fl_http1_write, fl_http1_flush };

/* -- making and ending ------------------------------------------------------------------------------------------------------------ */

int fl_http1_new(fl_server *server, fl_conn *conn, fl_http1 **ret)
{
    fl_http1 *c = fl_heap_zalloc(sizeof *c);

    if (c == NULL)
        return -ENOMEM;
    c->exchange.type = &fl_http1_exchange;
    c->server = server;
    c->conn = conn;
    fl_conn_timeouts(conn, FL_FOREVER, server->options.timeouts.write);
    *ret = c;
    return 0;
}

void fl_http1_release(fl_http1 *c)
{
    if (c->capacity == FL_SERVER_BUFFER)
        fl_server_buffer_give(c->in);
    else
        fl_heap_free(c->in);
    if (c->out.capacity == FL_SERVER_BUFFER - 1)
        fl_server_buffer_give(c->out.data);
    else
        fl_heap_free(c->out.data);
    c->in = NULL;
    c->start = c->end = c->capacity = c->scanned = 0;
    c->out = (fl_buf){ 0 };
}

static int take_buffers(fl_http1 *c)
{
    char *in = fl_server_buffer_take(), *out = fl_server_buffer_take();

    if (in == NULL || out == NULL) {
        fl_server_buffer_give(in);
        fl_server_buffer_give(out);
        return -ENOMEM;
    }
    c->in = in;
    c->capacity = FL_SERVER_BUFFER;
    c->out = (fl_buf){ .data = out, .capacity = FL_SERVER_BUFFER - 1, .limit = FL_NO_LIMIT };
    return 0;
}

void fl_http1_free(fl_http1 *c)
{
    fl_server *server = c->server;

    fl_http1_move(c, NULL);
    fl_http1_release(c);
    fl_conn_close(c->conn);
    fl_heap_free(c);
    if (server->fresh.count + server->idle.count + server->busy.count == 0)
        while (fl_waiters_wake(&server->closers, 0))
            ;
}

void fl_http1_drop(fl_http1 *c)
{
    if (fl_watch_unpark(&c->conn->watch))
        fl_http1_free(c);
    else
        fl_http1_move(c, &c->server->busy);          /* its fiber is on the way */
}

void fl_http1_park(fl_http1 *c, fl_http1_list *to)
{
    fl_http1_release(c);
    c->fiber = NULL;
    c->since = fl_monotonic_us();
    fl_http1_move(c, to);
    fl_watch_on_end(&c->conn->watch, NULL, NULL);
    if (fl_watch_park(&c->conn->watch, fl_http1_serve, c) != 0)
        fl_http1_free(c);
}

/* -- input and output of bytes ------------------------------------------------------------------------------------------------------ */

int fl_http1_send(fl_http1 *c)
{
    if (c->out.size == 0)
        return 0;
    int code = fl_buf_failed(&c->out) ? -ENOMEM : fl_try_write(c->conn, c->out.data, c->out.size);
    c->out.size = 0;
    return code;
}

/* Room for more of a head. A whole buffer without one is grown, up to the limit. */
static int make_room(fl_http1 *c)
{
    size_t most = c->server->options.limits.head + c->server->options.limits.request_line;

    if (c->start > 0) {
        memmove(c->in, c->in + c->start, c->end - c->start);
        c->end -= c->start;
        c->scanned -= c->start < c->scanned ? c->start : c->scanned;
        c->start = 0;
    }
    if (c->end < c->capacity)
        return 0;
    if (c->capacity >= most)
        return 431;
    char *larger = fl_heap_alloc(2 * c->capacity);
    if (larger == NULL)
        return 503;
    memcpy(larger, c->in, c->end);
    if (c->capacity == FL_SERVER_BUFFER)
        fl_server_buffer_give(c->in);
    else
        fl_heap_free(c->in);
    c->in = larger;
    c->capacity *= 2;
    return 0;
}

typedef enum next_step { STEP_ANSWER, STEP_WAIT, STEP_END } next_step;

/* Before a read that will wait: the time that is left for this head. */
static int limit_wait(fl_http1 *c)
{
    fl_duration limit = c->server->options.timeouts.head;
    int64_t now = fl_monotonic_us();

    if (c->since == 0)
        c->since = now;
    if (limit.us != FL_FOREVER.us && (limit.us -= now - c->since) <= 0)
        return -ETIMEDOUT;
    fl_conn_timeouts(c->conn, limit, c->server->options.timeouts.write);
    return 0;
}

/* More bytes for the head: their number, 0 at the end, or a negative code. */
static ssize_t read_more(fl_http1 *c)
{
    int code = fl_http1_send(c);

    if (code == 0 && c->conn->watch.readable)        /* hardly ever waits: without a look at the clock */
        fl_conn_timeouts(c->conn, c->server->options.timeouts.head, c->server->options.timeouts.write);
    else if (code == 0)
        code = limit_wait(c);
    if (code != 0)
        return code;
    ssize_t n = fl_try_read(c->conn, c->in + c->end, c->capacity - c->end);
    if (n > 0)
        c->end += (size_t)n;
    return n;
}

/* Where proxies introduce their clients: before anything else. */
static int introduce(fl_http1 *c) { return !c->server->options.proxy_protocol || c->introduced ? 0 : fl_http1_proxy_line(c); }

/* Until there is a head, or nothing at all. */
static next_step next_head(fl_http1 *c)
{
    c->since = 0;
    if (c->end == c->start)
        c->start = c->end = c->scanned = 0;
    for (;;) {
        int status = c->end > c->start ? introduce(c) : -EAGAIN;
        if (status == -EBADMSG) {
            c->server->figures.refused++;
            return STEP_END;                         /* who is no proxy gets no answer */
        }
        if (status == 0)
            status = c->end > c->start ? fl_http1_parse_head(c) : -EAGAIN;
        if (status == 0)
            return STEP_ANSWER;
        if (status > 0 || (c->end > c->start && (status = make_room(c)) > 0)) {
            fl_http1_refuse(c, status);
            return STEP_END;
        }
        if (c->end == 0 && !c->conn->watch.readable)
            return STEP_WAIT;                        /* empty lines are no reason to wait without an end */
        ssize_t n = read_more(c);
        if (n == -ETIMEDOUT)
            c->server->figures.timeouts++;
        if (n == -ETIMEDOUT && c->end > c->start)
            fl_http1_refuse(c, 408);
        if (n <= 0)
            return STEP_END;
    }
}

void fl_http1_linger(fl_http1 *c)
{
    enum { LINGER_BYTES = 256 * 1024 };
    int64_t until = fl_monotonic_us() + FL_SECONDS(2).us, left;
    size_t skipped = 0;

    if (!c->linger || fl_try_shutdown(c->conn) != 0)
        return;
    while (skipped < LINGER_BYTES && (left = until - fl_monotonic_us()) > 0) {
        fl_conn_timeouts(c->conn, (fl_duration){ left }, FL_SECONDS(2));
        ssize_t n = fl_try_read(c->conn, c->in, c->capacity);
        if (n <= 0)
            return;
        skipped += (size_t)n;
    }
}

/* -- requests --------------------------------------------------------------------------------------------------------------------- */

typedef struct call { fl_http1 *c; fl_response *response; } call;

static void handle(void *data)
{
    call *it = data;
    const fl_server_options *options = &it->c->server->options;

    it->response = options->handler(it->c->request, options->data);
}

static void handle_in_time(void *data)
{
    call *it = data;
    fl_deadline(it->c->server->options.timeouts.request, handle, data);
}

/* Whatever the handler did not turn into a response. */
static fl_response *last_resort(const fl_error *error)
{
    int status = error == NULL ? 500 : fl_error_is(error, FL_TIMEOUT) ? 503 : fl_error_status(error);
    return fl_text_response(fl_status_phrase(status), .status = status);
}

static void tell(fl_http1 *c, int status, int64_t started, const fl_response *response)
{
    const fl_server_options *options = &c->server->options;
    fl_access access = {
        .request = c->request, .response = response, .status = c->gone ? 499 : status, .bytes = c->body_sent, .peer = c->remote
    };

    if (options->access != NULL) {
        access.took.us = fl_monotonic_us() - started;
        access.started.us = fl_now().us - access.took.us;
        options->access(&access, options->data);
    }
    if (options->after != NULL)
        options->after(options->data);
}

void fl_http1_tell_refused(fl_http1 *c, int status)
{
    fl_request *request = c->request;

    c->request = NULL;                               /* half understood */
    tell(c, status, fl_monotonic_us(), NULL);
    c->request = request;
}

void fl_http1_tell_lost(fl_http1 *c, const fl_error *error)
{
    const fl_server_options *options = &c->server->options;

    if (error != NULL && options->lost != NULL && !fl_error_is(error, FL_REQUEST_ABORTED) && !fl_error_is(error, FL_CANCELLED))
        options->lost(c->request, error, options->data);
}

static void close_response(void *response) { fl_response_close(response); }

static int answer_one(fl_http1 *c)
{
    fl_server *server = c->server;
    call it = { .c = c };
    bool has_deadline = server->options.timeouts.request.us != FL_FOREVER.us;
    int64_t started = has_deadline || server->options.access != NULL ? fl_monotonic_us() : 0;

    c->served++;
    server->figures.requests++;
    fl_context_here()->work = c->request;
    fl_error *error = fl_protect(has_deadline ? handle_in_time : handle, &it);
    if (error != NULL || it.response == NULL)
        it.response = last_resort(error);
    else if (has_deadline && it.response->status == 500 && fl_monotonic_us() - started >= server->options.timeouts.request.us)
        it.response->status = 503;                   /* the handler made a page of its own of the error that the deadline raised */
    int status = it.response->status;
    int code = c->gone ? -ECONNRESET : fl_http1_answer(c, it.response);
    fl_http1_tell_lost(c, fl_protect(close_response, it.response));
    fl_context_here()->work = NULL;
    c->gone |= code == -ECONNRESET || code == -EPIPE || code == -ECANCELED;
    server->figures.gone += c->gone;
    server->figures.by_class[status / 100 % 6]++;
    tell(c, status, started, it.response);
    return code;
}

static void client_has_gone(void *data)
{
    fl_http1 *c = data;

    c->gone = true;
    if (c->fiber != NULL)
        fl_cancel(c->fiber);
}

/* A fiber's share: every request that is there. True: the connection waits for more. */
static bool serve_all(fl_http1 *c)
{
    for (;;) {
        next_step step = next_head(c);
        if (step == STEP_WAIT)
            return fl_http1_send(c) == 0;
        if (step == STEP_END)
            break;
        fl_watch_on_end(&c->conn->watch, client_has_gone, c);
        int code = answer_one(c);
        if (code == 0 && !c->closing && fl_http1_skip_body(c) != 0)
            c->closing = c->linger = true;           /* where the next request begins is not known: the answer still leaves */
        if (c->conn != NULL)
            fl_watch_on_end(&c->conn->watch, NULL, NULL);
        c->request = NULL;
        if (code != 0)
            return false;
        if (c->closing)
            break;
        fl_arena_reset(fl_arena_here());
    }
    if (fl_http1_send(c) == 0)
        fl_http1_linger(c);
    return false;
}

typedef struct share { fl_http1 *c; bool waits; } share;

static void serve_protected(void *data)
{
    share *it = data;
    it->waits = serve_all(it->c);
}

static fl_arena *begin(fl_http1 *c)
{
    c->fiber = fl_fiber_now();
    fl_http1_move(c, &c->server->busy);
    return take_buffers(c) == 0 ? fl_arena_try_new_(NULL, "request", c->server->options.limits.arena) : NULL;
}

void fl_http1_serve(void *data)
{
    fl_http1 *c = data;
    share it = { .c = c };
    fl_arena *arena = begin(c);

    if (arena == NULL) {
        fl_http1_free(c);
        return;
    }
    fl_arena *before = fl_arena_set_here(arena);
    fl_error *error = fl_protect(serve_protected, &it);
    fl_arena_set_here(before);
    if (error == NULL && it.waits && !c->server->stopping)
        fl_http1_park(c, c->served > 0 ? &c->server->idle : &c->server->fresh);
    else
        fl_http1_free(c);
    fl_arena_free(arena);
}
