/* serve: the server for production, as options of a command line. */
#include <fleche/serve.h>
#include <stdlib.h>
#include "manage/manage.h"

FL_COMMAND_NAMED(
    fl_manage_serve, "serve",
    "Starts the server for production: workers behind a supervisor.\n\n"
    "TERM stops it gracefully, HUP reloads, TTIN and TTOU change the number of workers, USR1 opens log files anew, USR2 starts a newer "
    "program beside it.",
    Texts(bind, .short_name = "b", .help = "host:port, :port, unix:/path or fd://5; may be given several times"),
    Int(workers, .short_name = "w", .help = "worker processes; 0: $WEB_CONCURRENCY, or one a processor", .default_value = "0"),
    Int(backlog, .help = "connections that may wait to be accepted", .default_value = "511"),
    Flag(reuse_port, .help = "a queue of connections for each worker"),
    Int(worker_connections, .help = "connections at once in one worker, else 503; 0: no limit", .default_value = "0"),
    Int(max_requests, .help = "a worker is replaced after so many; 0: never", .default_value = "0"),
    Int(max_requests_jitter, .help = "plus a random part of so many", .default_value = "0"),
    Int(memory_limit, .help = "MiB; a worker that has more in memory is replaced; 0: no limit", .default_value = "0"),
    Float(timeout, .short_name = "t", .help = "seconds; a worker that stands still so long is aborted; 0: never",
          .default_value = "30"),
    Float(graceful_timeout, .help = "seconds for requests in progress when a worker stops", .default_value = "30"),
    Float(keep_alive, .help = "seconds between two requests of a connection", .default_value = "75"),
    Float(header_timeout, .help = "seconds for the head of a request, else 408", .default_value = "10"),
    Float(body_timeout, .help = "seconds between two parts of a body, else 408", .default_value = "30"),
    Float(write_timeout, .help = "seconds until a client takes more of its answer", .default_value = "30"),
    Float(request_timeout, .help = "seconds for all of an answer, else 503; 0: no limit", .default_value = "0"),
    Int(limit_request_line, .help = "bytes, else 414", .default_value = "8190"),
    Int(limit_request_fields, .help = "header lines, else 431", .default_value = "100"),
    Int(limit_request_field_size, .help = "bytes of one, else 431", .default_value = "8190"),
    Int(limit_body, .help = "bytes, else 413; 0: no limit of the server's own", .default_value = "0"),
    Text(forwarded_allow_ips, .help = "whom X-Forwarded-For is believed from: addresses, networks, unix, *"),
    Flag(proxy_protocol, .help = "connections begin with a line of the PROXY protocol, 1 or 2"),
    Text(user, .short_name = "u", .help = "who the workers become"),
    Text(group, .short_name = "g", .help = "the group of the workers"),
    Text(umask, .short_name = "m", .help = "for files that are made: 027"), Text(chdir, .help = "the directory to work in"),
    Text(pid, .short_name = "p", .help = "a file for the first process's number"),
    Flag(daemon, .short_name = "D", .help = "leave the terminal"),
    Text(access_log, .help = "a file for one line a request; - is standard output"),
    Text(access_log_format, .help = "as gunicorn's, or json; the default is Apache's combined format"),
    Text(error_log, .help = "a file for the log, instead of what the settings say"),
    Bool(health, .help = "answer /livez and /readyz", .default_value = "true"),
    Text(metrics, .help = "a path for figures in Prometheus's form"),
    Text(metrics_bind, .help = "an address of its own for health and metrics"),
    Flag(request_ids, .help = "give each request an X-Request-ID"), Text(server_name, .help = "the Server header"),
    Options(.no_loop = true));

/* "8000" alone is on this machine only. */
static const char *address_of(const char *text)
{
    long long port;

    if (fl_str_int(fl_str_of(text), &port))
        return fl_text("127.0.0.1:%lld", port);
    return text;
}

static void take_addresses(fl_serve_options *options, const fl_list *given)
{
    const char *port = getenv("PORT");

    if (given->count > FL_LENGTH(options->bind))
        fl_command_fail("at most %zu addresses can be listened on", FL_LENGTH(options->bind));
    for (size_t i = 0; i < given->count; i++)
        options->bind[i] = address_of(fl_str_c(given->items[i].text));
    if (given->count == 0)
        options->bind[0] = port != NULL ? fl_text(":%s", port) : "127.0.0.1:8000";
}

static int worker_count(fl_int given)
{
    const char *text = getenv("WEB_CONCURRENCY");
    long long n = given;

    if (n == 0 && text != NULL && !fl_str_int(fl_str_of(text), &n))
        fl_command_fail("WEB_CONCURRENCY is '%s', which is no number of workers", text);
    if (n < 0 || n > 1024)
        fl_command_fail("%lld workers are not possible; give 1 to 1024, or 0 for one a processor", n);
    return (int)n;
}

static int mask_of(const char *text)
{
    int mask = 0;

    for (const char *at = text; at != NULL && *at != '\0'; at++) {
        if (*at < '0' || *at > '7' || mask > 077)
            fl_command_fail("the umask '%s' is no octal number such as 027", text);
        mask = mask * 8 + (*at - '0');
    }
    return mask;
}

static size_t size_of(const char *name, fl_int number)
{
    if (number < 0)
        fl_command_fail("--%s must not be negative", name);
    return (size_t)number;
}

static fl_duration time_of(const char *name, double seconds)
{
    static const double longest = 1e9;

    if (!(seconds >= 0 && seconds <= longest))
        fl_command_fail("--%s must be a number of seconds, from 0 on", name);
    return seconds > 0 ? FL_SECONDS(seconds) : FL_MICROSECONDS(1);
}

/* 0 seconds, where that means that there is no limit. */
static fl_duration time_or_forever(const char *name, double seconds) { return seconds == 0 ? FL_FOREVER : time_of(name, seconds); }

static const char *trusted_of(const char *given)
{
    const char *of_environment = getenv("FORWARDED_ALLOW_IPS");

    if (given != NULL)
        return given;
    return of_environment != NULL ? of_environment : "127.0.0.1,::1,unix";
}

static int fl_manage_serve(const fl_manage_serve_args *args)
{
    fl_serve_options options = {
        .workers = worker_count(args->workers),
        .backlog = (int)size_of("backlog", args->backlog),
        .reuse_port = args->reuse_port,
        .worker_connections = size_of("worker-connections", args->worker_connections),
        .max_requests = size_of("max-requests", args->max_requests),
        .max_requests_jitter = size_of("max-requests-jitter", args->max_requests_jitter),
        .memory_limit = size_of("memory-limit", args->memory_limit) << 20,
        .timeout = time_or_forever("timeout", args->timeout),
        .graceful_timeout = time_of("graceful-timeout", args->graceful_timeout),
        .keepalive = time_of("keep-alive", args->keep_alive),
        .timeouts = { .head = time_of("header-timeout", args->header_timeout),
                      .body = time_of("body-timeout", args->body_timeout),
                      .write = time_of("write-timeout", args->write_timeout),
                      .request = time_or_forever("request-timeout", args->request_timeout) },
        .limits = { .request_line = size_of("limit-request-line", args->limit_request_line),
                    .headers = size_of("limit-request-fields", args->limit_request_fields),
                    .header_line = size_of("limit-request-field-size", args->limit_request_field_size),
                    .body = (long long)size_of("limit-body", args->limit_body) },
        .forwarded_allow_ips = trusted_of(args->forwarded_allow_ips),
        .proxy_protocol = args->proxy_protocol,
        .user = args->user,
        .group = args->group,
        .file_mode_mask = mask_of(args->umask),
        .chdir = args->chdir,
        .pidfile = args->pid,
        .daemon = args->daemon,
        .access_log = args->access_log,
        .access_log_format = args->access_log_format,
        .error_log = args->error_log,
        .health = args->health,
        .metrics = args->metrics,
        .metrics_bind = args->metrics_bind != NULL ? address_of(args->metrics_bind) : NULL,
        .request_ids = args->request_ids,
        .server_name = args->server_name,
    };

    take_addresses(&options, args->bind);
    return fl_serve(&options);
}
