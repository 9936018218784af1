/* The server: its listeners, who may come in, who has waited too long, and its end. */
#include <errno.h>
#include <fleche/heap.h>
#include "server/server.h"

typedef struct fl_listening { struct fl_listening *next; fl_server *server; fl_listener *listener; fl_fiber *fiber; } fl_listening;
typedef struct closing { fl_server *server; fl_duration grace; } closing;

/* -- making ----------------------------------------------------------------------------------------------------------------------- */

static void set_default(fl_duration *time, int64_t us)
{
    if (time->us == 0)
        time->us = us;
}

static void set_default_size(size_t *size, size_t value)
{
    if (*size == 0)
        *size = value;
}

static void set_defaults(fl_server_options *options)
{
    set_default_size(&options->limits.request_line, 8190);
    set_default_size(&options->limits.header_line, 8190);
    set_default_size(&options->limits.headers, 100);
    set_default_size(&options->limits.head, 64 << 10);
    set_default_size(&options->limits.arena, 64 << 20);
    set_default(&options->timeouts.head, FL_SECONDS(10).us);
    set_default(&options->timeouts.body, FL_SECONDS(30).us);
    set_default(&options->timeouts.idle, FL_SECONDS(75).us);
    set_default(&options->timeouts.write, FL_SECONDS(30).us);
    set_default(&options->timeouts.request, FL_FOREVER.us);
}

/* Once a second: those that came first in each list have waited longest. */
static void close_old(fl_http1_list *list, fl_duration limit, int64_t now)
{
    while (list->first != NULL && limit.us != FL_FOREVER.us && now - list->first->since >= limit.us)
        fl_http1_drop(list->first);
}

/* Without memory for a timer the next connection that comes in tries again. */
static void look_again_in_a_second(fl_server *server, int64_t now)
{
    if (server->sweep.place == 0)
        (void)!fl_timer_start(&server->sweep, now + FL_SECONDS(1).us);
}

static void sweep(fl_timer *timer)
{
    fl_server *server = FL_CONTAINER(timer, fl_server, sweep);
    int64_t now = fl_monotonic_us();

    close_old(&server->fresh, server->options.timeouts.head, now);
    close_old(&server->idle, server->options.timeouts.idle, now);
    if (server->fresh.count + server->idle.count > 0)
        look_again_in_a_second(server, now);
}

fl_server *fl_server_new_(const fl_server_options *options)
{
    fl_server *server = fl_heap_zalloc(sizeof *server);

    if (server == NULL)
        fl_raise(FL_OUT_OF_MEMORY, "no memory for a server");
    server->options = *options;
    server->sweep.fire = sweep;
    set_defaults(&server->options);
    return server;
}

/* -- coming in ---------------------------------------------------------------------------------------------------------------------- */

static size_t connections(const fl_server *server) { return server->fresh.count + server->idle.count + server->busy.count; }

/* A connection too many is told so, if it can take that at once. */
static void turn_away(fl_server *server, fl_conn *conn)
{
    static const char answer[] =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n";

    server->figures.refused++;
    server->figures.by_class[5]++;
    fl_conn_timeouts(conn, FL_SECONDS(1), FL_SECONDS(1));
    (void)!fl_try_write(conn, answer, sizeof answer - 1);
    fl_conn_close(conn);
}

static void let_in(fl_server *server, fl_conn *conn)
{
    fl_http1 *c;

    server->figures.connections++;
    if (server->options.limits.connections > 0 && connections(server) >= server->options.limits.connections) {
        turn_away(server, conn);
        return;
    }
    if (fl_http1_new(server, conn, &c) != 0) {
        fl_conn_close(conn);
        return;
    }
    fl_http1_park(c, &server->fresh);
    look_again_in_a_second(server, fl_monotonic_us());
}

static void accept_all(void *data)
{
    fl_listening *it = data;
    fl_conn *conn;

    while (fl_try_accept(it->listener, &conn) == 0)
        let_in(it->server, conn);
}

void fl_server_listen(fl_server *server, fl_listener *listener)
{
    fl_listening *it = fl_heap_zalloc(sizeof *it);

    if (it == NULL) {
        fl_listener_close(listener);
        fl_raise(FL_OUT_OF_MEMORY, "no memory to listen");
    }
    *it = (fl_listening){ .next = server->listening, .server = server, .listener = listener };
    server->listening = it;                          /* from here on the server's end closes it, whatever is raised */
    it->fiber = fl_spawn_joinable(accept_all, it, .name = "listener");
}

/* A connection that somebody else opened, on this fiber, until it ends. */
void fl_server_serve(fl_server *server, fl_conn *conn)
{
    fl_http1 *c;
    int code = fl_http1_new(server, conn, &c);

    if (code != 0) {
        fl_conn_close(conn);
        fl_raise_code(code, "a connection");
    }
    fl_http1_serve(c);
}

/* -- ending -------------------------------------------------------------------------------------------------------------------------- */

bool fl_server_is_stopping(const fl_server *server) { return server->stopping; }

static void stop_listening(fl_server *server)
{
    server->stopping = true;
    for (fl_listening *it = server->listening; it != NULL; it = it->next)
        fl_listener_stop(it->listener);
}

void fl_server_stop(fl_server *server)
{
    stop_listening(server);
    for (fl_http1 *c = server->busy.first; c != NULL; c = c->next)
        if (c->handed_over)
            fl_cancel(c->fiber);
    while (server->idle.first != NULL)
        fl_http1_drop(server->idle.first);
    while (server->fresh.first != NULL)
        fl_http1_drop(server->fresh.first);
}

static void wait_for_connections(void *data)
{
    fl_server *server = data;

    while (connections(server) > 0)
        if (fl_waiters_wait(&server->closers, NULL) != 0)
            return;
}

static void wait_shielded(void *data) { fl_shield(wait_for_connections, data); }

static void wait_in_time(void *data)
{
    closing *call = data;
    fl_deadline(call->grace, wait_for_connections, call->server);
}

void fl_server_drain(fl_server *server, fl_duration patience)
{
    stop_listening(server);
    fl_error *late = connections(server) > 0 ? fl_protect(wait_in_time, &(closing){ server, patience }) : NULL;
    if (late != NULL && !fl_error_is(late, FL_TIMEOUT))
        fl_reraise(late);
}

void fl_server_close(fl_server *server, fl_duration grace)
{
    fl_server_stop(server);
    fl_error *late = connections(server) > 0 ? fl_protect(wait_in_time, &(closing){ server, grace }) : NULL;
    (void)late;                                      /* those that are left are cancelled now */
    for (fl_http1 *c = server->busy.first; c != NULL; c = c->next)
        if (c->fiber != NULL)
            fl_cancel(c->fiber);
    wait_shielded(server);
    fl_timer_stop(&server->sweep);
    while (server->listening != NULL) {
        fl_listening *it = server->listening;
        server->listening = it->next;
        fl_error *error = it->fiber == NULL ? NULL : fl_try_join(it->fiber);
        (void)error;                                 /* a listener's end is no error of its own */
        fl_listener_close(it->listener);
        fl_heap_free(it);
    }
    fl_server_buffers_end();
    fl_heap_free(server);
}

fl_server_figures fl_server_figures_of(const fl_server *server)
{
    fl_server_figures figures = server->figures;

    figures.open = connections(server);
    figures.busy = server->busy.count;
    return figures;
}
