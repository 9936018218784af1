/* The server for production: workers behind a supervisor, each answering HTTP.
 *
 *     $ ./mysite serve --bind :8000 --workers 4 --access-log -
 *
 * or from a program of one's own, behind fl_setup() and outside of fl_run():
 *
 *     int main(void)
 *     {
 *         fl_setup(&mysite, NULL);
 *         return fl_serve(&(fl_serve_options){ .bind = { ":8000" }, .access_log = "-", .health = true });
 *     }
 *
 * Names and meanings are gunicorn's where it has them. Signals to the first process: TERM and INT stop gracefully, QUIT at once, HUP
 * reloads, TTIN and TTOU change the number of workers, USR1 opens log files anew, USR2 starts a newer program beside this one, WINCH
 * stops the workers alone (process.h says more of each). */
#pragma once
#include "process.h"
#include "server.h"

typedef struct fl_serve_options fl_serve_options;

/* What else is to be done when something happens; all may be NULL. Those of the supervisor run in it, outside of fibers; they must not
 * start threads. A request's run on its fiber; what fl_serve_hooks.pre_request raises answers the request with its status. */
typedef struct fl_serve_hooks {
    /* in the supervisor */
    void (*on_starting)(const fl_serve_options *options);          /* before the sockets are open */
    void (*when_ready)(void);                                      /* all workers are, the first time */
    void (*on_reload)(void);
    void (*pre_fork)(int slot);
    void (*pre_exec)(int pid);                                     /* a newer program was started as this process */
    void (*worker_abort)(int slot, int pid);                       /* its loop stood still for `timeout` */
    void (*child_exit)(int slot, int pid, int status, int signal); /* a worker has ended: its exit status, or the signal that did it */
    void (*nworkers_changed)(int workers);
    void (*on_exit)(void);
    /* in a worker */
    void (*post_fork)(fl_worker *worker);                          /* before it has a server */
    void (*post_worker_init)(fl_worker *worker);                   /* it is about to accept */
    void (*pre_request)(fl_request *request);
    void (*post_request)(const fl_access *access);                 /* behind each answer */
    void (*worker_int)(fl_worker *worker);                         /* it is to stop */
    void (*worker_exit)(fl_worker *worker);                        /* all its requests have been answered */
} fl_serve_hooks;

struct fl_serve_options {
    const char *bind[FL_SUPERVISOR_SOCKETS - 1];   /* "host:port", ":port", "unix:/path", "fd://5"; none: 127.0.0.1:8000 */
    int workers;                                   /* 0: one a processor */
    int backlog;                                   /* of connections that nobody has accepted yet; 0: 511 */
    bool reuse_port;                               /* a queue for each worker */
    size_t worker_connections;                     /* at once in one worker, else 503; 0: no limit */
    size_t max_requests, max_requests_jitter;      /* a worker is replaced after so many, plus a random part of jitter; 0: never */
    size_t memory_limit;                           /* bytes: a worker that has more in memory is replaced; 0: no limit */

    fl_duration timeout;                           /* a worker whose loop stands still so long is aborted; 0: 30 s; FL_FOREVER: never */
    fl_duration graceful_timeout;                  /* for requests in progress when a worker stops; 0: 30 s */
    fl_duration keepalive;                         /* between two requests of a connection; 0: 75 s */
    fl_server_timeouts timeouts;                   /* for heads, bodies, writing, whole requests; `keepalive` goes before its idle */
    fl_server_limits limits;                       /* of lines, headers, bodies; worker_connections goes before its connections */

    /* From whom X-Forwarded-For, X-Forwarded-Proto and X-Request-ID are believed, apart by commas or spaces: addresses, networks,
     * "unix" (any peer of a Unix socket), "*" (anybody: only where nobody else can connect). NULL: nobody. */
    const char *forwarded_allow_ips;
    bool proxy_protocol;                           /* connections begin with a line of HAProxy's PROXY protocol, 1 or 2, by one of them */

    const char *user, *group;                      /* workers become these */
    int file_mode_mask;                            /* the umask, if it is above 0 */
    const char *chdir, *pidfile;
    bool daemon;                                   /* leaves the terminal; the process that was started ends at once */

    /* One line a request: a file, "-" for standard output, NULL for none. The format is gunicorn's (docs/deployment.md), "json", or
     * NULL for Apache's combined one. FL_IMPROPERLY_CONFIGURED names what it does not know. */
    const char *access_log, *access_log_format;
    const char *error_log;                         /* a file for the log, instead of what the settings say; "-": standard error */

    bool health;                                   /* /livez and /readyz, answered before the site sees them, whatever the host */
    bool (*ready)(void);                           /* asked by /readyz, on a fiber: may the balancer send requests? NULL: yes */
    const char *metrics;                           /* a path for figures in Prometheus's form: "/metrics"; NULL: none */
    const char *metrics_bind;                      /* an address of its own for health and metrics; the site's own have no metrics then */
    bool request_ids;                              /* X-Request-ID: a trusted proxy's, else made; in the response too */
    const char *server_name;                       /* the Server header; NULL: none */

    fl_handler *handler;                           /* NULL: fl_answer, the site that was set up */
    void *data;                                    /* the handler's */
    fl_serve_hooks hooks;
};

/* fl_serve serves until it is told to stop: the exit status for main, 0 after a graceful stop, 1 if it could not start. Raises
 * FL_IMPROPERLY_CONFIGURED for options that make no sense, FL_PROGRAMMING_ERROR inside fl_run(). */
int fl_serve(const fl_serve_options *options);

/* fl_serve_request_id is what the access log and other services know the request by; NULL without request_ids. */
const char *fl_serve_request_id(const fl_request *request);
