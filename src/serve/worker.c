/* A worker's life: a server of its own on the supervisor's sockets, until it is to stop; then what has begun is finished. */
#include <fleche/log.h>
#include "serve/serve.h"

enum { LINE_LIMIT = 1 << 16 };

static fl_duration or_default(fl_duration time, fl_duration value) { return time.us == 0 ? value : time; }

/* -- behind each answer --------------------------------------------------------------------------------------------------------- */

static void write_line(fl_service *service, const fl_access *access)
{
    char room[2048];
    fl_buf line = { .data = room, .capacity = sizeof room - 1, .limit = sizeof room - 1 };

    fl_access_format_write(&service->format, access, &line);
    if (fl_buf_failed(&line)) {
        line = fl_buf_in(fl_arena_here(), LINE_LIMIT);
        fl_access_format_write(&service->format, access, &line);
    }
    if (!fl_buf_failed(&line))
        fl_line_file_write(&service->access_log, fl_buf_str(&line));
}

static void has_answered(const fl_access *access, void *data)
{
    fl_service *service = data;

    fl_metrics_request(access);
    fl_metrics_look(service->server);
    if (service->access_log.path != NULL)
        write_line(service, access);
    if (service->options->hooks.post_request != NULL)
        service->options->hooks.post_request(access);
}

static void count(void *data)
{
    (void)data;
    fl_worker_unit(fl_worker_here());
}

static void has_lost(const fl_request *request, const fl_error *error, void *data)
{
    (void)data;
    fl_log(FL_ERROR, "fleche.serve", "%s %s ended in the middle of its answer: %s", request->method, request->full_path,
           error->message);
}

static void look_regularly(void *data)
{
    const fl_service *service = data;

    do {
        fl_metrics_weigh();
        fl_metrics_look(service->server);
    } while (fl_try_sleep(FL_SECONDS(1)) == 0);
}

/* -- its servers ---------------------------------------------------------------------------------------------------------------- */

static fl_server *new_server(fl_service *service)
{
    const fl_serve_options *how = service->options;
    fl_server_options options = {
        .handler = fl_service_answer,
        .data = service,
        .limits = how->limits,
        .timeouts = how->timeouts,
        .name = how->server_name,
        .trusted = service->trusted,
        .proxy_protocol = how->proxy_protocol,
        .access = has_answered,
        .after = count,
        .lost = has_lost,
    };

    if (how->worker_connections > 0)
        options.limits.connections = how->worker_connections;
    if (how->keepalive.us != 0)
        options.timeouts.idle = how->keepalive;
    return fl_server_new_(&options);
}

/* The address of metrics_bind is the last of them. */
static fl_server *listen_to_all(fl_service *service, fl_worker *worker)
{
    size_t count = fl_worker_listener_count(worker);
    fl_server *figures = NULL;

    if (service->options->metrics_bind != NULL && count > 1)
        figures = fl_server_new(.handler = fl_service_answer_figures, .data = service);
    for (size_t i = 0; i < count; i++)
        fl_server_listen(figures != NULL && i == count - 1 ? figures : service->server, fl_worker_take_listener(worker, i));
    return figures;
}

/* Open connections may bring one more request for a moment: who has sent it already does not lose it. */
static void finish(fl_service *service)
{
    fl_duration grace = or_default(service->options->graceful_timeout, FL_SECONDS(30)), patience = FL_SECONDS(1);
    int64_t began = fl_monotonic_us();

    if (patience.us > grace.us / 2)
        patience.us = grace.us / 2;
    fl_server_drain(service->server, patience);
    int64_t left = grace.us - (fl_monotonic_us() - began);
    fl_server_close(service->server, FL_MICROSECONDS(left > 0 ? left : 1));
}

static void call(void (*hook)(fl_worker *), fl_worker *worker)
{
    if (hook != NULL)
        hook(worker);
}

void fl_service_work(fl_worker *worker)
{
    fl_service *service = fl_worker_data(worker);
    const fl_serve_hooks *hooks = &service->options->hooks;

    fl_metrics_join(service->metrics);
    call(hooks->post_fork, worker);
    service->server = new_server(service);
    call(hooks->post_worker_init, worker);
    fl_fiber *looker = fl_spawn_joinable(look_regularly, service, .name = "figures");
    fl_server *figures = listen_to_all(service, worker);
    fl_worker_wait(worker);
    service->draining = true;
    call(hooks->worker_int, worker);
    fl_cancel(looker);
    (void)!fl_try_join(looker);
    finish(service);
    if (figures != NULL)
        fl_server_close(figures, FL_SECONDS(1));
    call(hooks->worker_exit, worker);
    fl_line_file_close(&service->access_log);
}
