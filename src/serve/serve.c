/* The production server in its supervisor: options become a service, and what happens to it is logged, counted and told. */
#include <errno.h>
#include <fleche/env.h>
#include <fleche/log.h>
#include <fleche/loop.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "server/proxy.h"
#include "serve/serve.h"

enum { MARGIN_US = 2000000 };                        /* a worker ends what is late itself; the supervisor's kill comes behind that */

/* -- what happens --------------------------------------------------------------------------------------------------------------- */

static const struct {
    fl_supervisor_what what;
    fl_level level;
} levels[] = {
    { FL_WORKER_CRASHED, FL_ERROR },
    { FL_WORKER_SILENT, FL_ERROR },
    { FL_WORKER_HELD_BACK, FL_WARNING },
    { FL_WORKER_STARTING, FL_DEBUG },
    { FL_SUPERVISOR_UPGRADE_ENDED, FL_WARNING },
};

static void log_event(const fl_supervisor_event *event)
{
    fl_level level = FL_INFO;

    for (size_t i = 0; i < FL_LENGTH(levels); i++)
        if (levels[i].what == event->what)
            level = levels[i].level;
    fl_log_with(level, "fleche.serve",
                FL_PAIRS("slot", event->slot, "worker", event->pid, "status", event->status, "signal", event->signal), "%s",
                fl_supervisor_what_text(event->what));
}

static void tell_ready(fl_service *service)
{
    if (!service->has_been_ready && service->options->hooks.when_ready != NULL)
        service->options->hooks.when_ready();
    service->has_been_ready = true;
}

static void tell_hooks(fl_service *service, const fl_supervisor_event *event)
{
    const fl_serve_hooks *hooks = &service->options->hooks;

    if (event->what == FL_SUPERVISOR_READY)
        tell_ready(service);
    if (event->what == FL_SUPERVISOR_RELOADING && hooks->on_reload != NULL)
        hooks->on_reload();
    if (event->what == FL_WORKER_STARTING && hooks->pre_fork != NULL)
        hooks->pre_fork(event->slot);
    if (event->what == FL_SUPERVISOR_UPGRADING && hooks->pre_exec != NULL)
        hooks->pre_exec(event->pid);
    if (event->what == FL_WORKER_SILENT && hooks->worker_abort != NULL)
        hooks->worker_abort(event->slot, event->pid);
    if ((event->what == FL_WORKER_ENDED || event->what == FL_WORKER_CRASHED) && hooks->child_exit != NULL)
        hooks->child_exit(event->slot, event->pid, event->status, event->signal);
    if (event->what == FL_SUPERVISOR_RESIZED && hooks->nworkers_changed != NULL)
        hooks->nworkers_changed(event->slot);
}

static void happened(const fl_supervisor_event *event, void *data)
{
    fl_service *service = data;

    fl_metrics_event(service->metrics, event);
    log_event(event);
    tell_hooks(service, event);
}

/* -- preparing ------------------------------------------------------------------------------------------------------------------ */

static _Noreturn void refuse(const char *what, const char *hint)
{
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "%s", what);
    error->hint = hint;
    fl_reraise(error);
}

/* "127.0.0.1, 10.0.0.0/8" as a list. */
static const char *const *read_trusted(const char *text)
{
    size_t n = 0, size = fl_str_of(text).size;
    const char **list = fl_new_array(const char *, size / 2 + 2);

    for (fl_str rest = fl_str_of(text), part; fl_str_cut(&rest, ',', &part);)
        for (fl_str word; fl_str_cut(&part, ' ', &word);) {
            if (word.size == 0)
                continue;
            if (!fl_proxy_is_entry(word))
                refuse(fl_text("forwarded_allow_ips: '%.*s' is no address and no network", FL_SHOW(word)),
                       "write addresses, networks (10.0.0.0/8), unix or *, apart by commas");
            list[n++] = fl_str_c(word);
        }
    list[n] = NULL;
    return n > 0 ? list : NULL;
}

static int processors(void)
{
    cpu_set_t usable;
    return sched_getaffinity(0, sizeof usable, &usable) == 0 ? CPU_COUNT(&usable) : 1;
}

static int complain(const char *what, const char *about, int code)
{
    fprintf(stderr, "fleche: %s %s: %s\n", what, about, fl_code_text(code));
    return -1;
}

static int open_logs(fl_service *service)
{
    const fl_serve_options *options = service->options;
    int code = options->access_log == NULL ? 0 : fl_line_file_open(&service->access_log, options->access_log);

    if (code != 0)
        return complain("cannot open the access log", options->access_log, code);
    if (options->error_log != NULL)
        fl_log_set(
            &(fl_log_config){ .handlers = { fl_text_is(options->error_log, "-") ? fl_log_stderr(FL_LOG_PLAIN)
                                                                                : fl_log_file(options->error_log, FL_LOG_PLAIN) },
                              .levels = { { "", FL_INFO } } });
    return 0;
}

/* A program that takes over from another one, which left the terminal long ago, stays where it is. */
static int enter(fl_service *service)
{
    const fl_serve_options *options = service->options;
    bool takes_over = getenv("FLECHE_UPGRADE_OF") != NULL;

    (void)unsetenv("FLECHE_UPGRADE_OF");
    if (options->chdir != NULL && chdir(options->chdir) != 0)
        return complain("cannot change to the directory", options->chdir, -errno);
    if (options->file_mode_mask > 0)
        (void)umask((mode_t)options->file_mode_mask);
    int code = options->daemon && !takes_over ? fl_leave_terminal() : 0;
    if (code != 0)
        return complain("cannot become a", "daemon", code);
    return open_logs(service);
}

static fl_supervisor supervisor_of(fl_service *service)
{
    const fl_serve_options *options = service->options;
    fl_duration grace = options->graceful_timeout.us == 0 ? FL_SECONDS(30) : options->graceful_timeout;
    fl_supervisor how = {
        .worker = fl_service_work,
        .workers = options->workers > 0 ? options->workers : processors(),
        .backlog = options->backlog,
        .reuse_port = options->reuse_port,
        .grace = { grace.us + MARGIN_US },
        .units = options->max_requests,
        .jitter = options->max_requests_jitter,
        .heartbeat = options->timeout.us == 0 ? FL_SECONDS(30) : options->timeout,
        .memory = options->memory_limit,
        .pid_file = options->pidfile,
        .user = options->user,
        .group = options->group,
        .data = service,
        .event = happened,
    };
    size_t n = 0;

    for (; n < FL_LENGTH(options->bind) && options->bind[n] != NULL; n++)
        how.listen[n] = options->bind[n];
    if (n == 0)
        how.listen[n++] = "127.0.0.1:8000";
    if (options->metrics_bind != NULL)
        how.listen[n++] = options->metrics_bind;
    return how;
}

static int serve(fl_service *service)
{
    const fl_serve_hooks *hooks = &service->options->hooks;
    fl_supervisor how = supervisor_of(service);

    if (enter(service) != 0)
        return 1;
    int code = fl_metrics_new(how.workers, &service->metrics);
    if (code != 0) {
        (void)complain("no shared memory for", "the figures", code);
        return 1;
    }
    if (hooks->on_starting != NULL)
        hooks->on_starting(service->options);
    int status = fl_supervise(&how);
    if (hooks->on_exit != NULL)
        hooks->on_exit();
    fl_metrics_free(service->metrics);
    return status;
}

int fl_serve(const fl_serve_options *options)
{
    fl_service service = { .options = options, .access_log = { .fd = -1 } };

    if (fl_loop_uv() != NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "fl_serve() inside fl_run(): a process with a loop cannot fork workers");
    if (options->metrics != NULL && options->metrics[0] != '/')
        refuse(fl_text("metrics: '%s' is no path", options->metrics), "it begins with a slash: /metrics");
    service.trusted = read_trusted(options->forwarded_allow_ips);
    if (options->proxy_protocol && service.trusted == NULL)
        refuse("proxy_protocol needs forwarded_allow_ips",
               "name the addresses of the proxies that may say who their clients are");
    fl_access_format_read(&service.format, options->access_log_format);
    int status = serve(&service);
    fl_line_file_close(&service.access_log);
    return status;
}
