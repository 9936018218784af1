/* Inside the production server: what its supervisor and its workers share.
 *
 * fl_serve (serve.c) makes a fl_service and runs a supervisor; each worker (worker.c) has a server whose handler is fl_service_answer
 * (handler.c), and writes its figures into a cell of shared memory (metrics.c) and lines into the access log (access.c, line_file.c). */
#pragma once
#include <fleche/buf.h>
#include <fleche/serve.h>

/* -- line_file.c: lines into a file that can be renamed away ------------------------------------------------------------------------- */
typedef struct fl_line_file { const char *path; int fd; unsigned reopened; } fl_line_file;
FL_MUST_CHECK int fl_line_file_open(fl_line_file *file, const char *path);   /* "-": standard output. 0, or a negative code */
void fl_line_file_write(fl_line_file *file, fl_str line);
void fl_line_file_close(fl_line_file *file);

/* -- access.c: a format, taken apart once ------------------------------------------------------------------------------------------- */
typedef struct fl_access_line { fl_buf *out; const fl_access *access; fl_str name; } fl_access_line;
typedef void fl_access_atom(const fl_access_line *line);
typedef struct fl_access_piece { fl_access_atom *atom; fl_str text; } fl_access_piece;        /* text: itself, or the atom's name */
enum { FL_ACCESS_PIECES = 64 };
typedef struct fl_access_format { size_t count; fl_access_piece pieces[FL_ACCESS_PIECES]; } fl_access_format;
#define FL_ACCESS_COMBINED "%(h)s %(l)s %(u)s %(t)s \"%(r)s\" %(s)s %(b)s \"%(f)s\" \"%(a)s\""

void fl_access_format_read(fl_access_format *ret, const char *format);     /* raises FL_IMPROPERLY_CONFIGURED */
void fl_access_format_write(const fl_access_format *format, const fl_access *access, fl_buf *out);
/* The atoms' parts that more than one form needs. */
void fl_access_add_escaped(fl_buf *out, fl_str text);
fl_str fl_access_user(const fl_access *access);      /* of HTTP's basic authentication; empty */
fl_access_atom fl_access_json;                       /* access_json.c: all of it as one object */

/* -- metrics.c ---------------------------------------------------------------------------------------------------------------------- */
enum { FL_LATENCY_BUCKETS = 12 };
typedef struct fl_worker_figures {                   /* one worker's, written by it alone */
    uint64_t requests[6], seconds[FL_LATENCY_BUCKETS + 1], took_us;        /* by class; by latency, the last one beyond all */
    uint64_t connections, bytes_out, refused, timeouts, gone;
    uint64_t open, busy, memory;                     /* now */
} fl_worker_figures;
enum { FL_FIGURES = sizeof(fl_worker_figures) / sizeof(uint64_t) };

typedef struct fl_metrics fl_metrics;                /* in shared memory */
FL_MUST_CHECK int fl_metrics_new(int workers, fl_metrics **ret);
void fl_metrics_free(fl_metrics *metrics);
void fl_metrics_event(fl_metrics *metrics, const fl_supervisor_event *event);      /* in the supervisor */
void fl_metrics_join(fl_metrics *metrics);           /* in a worker: takes a cell */
void fl_metrics_request(const fl_access *access);
void fl_metrics_look(const fl_server *server);       /* takes over what the server has counted */
void fl_metrics_weigh(void);                         /* and how much memory there is */
void fl_metrics_write(fl_metrics *metrics, fl_buf *out);

/* -- all of it ---------------------------------------------------------------------------------------------------------------------- */
typedef struct fl_service {
    const fl_serve_options *options;
    const char *const *trusted;
    size_t site_listeners;                           /* behind them is that of metrics_bind */
    fl_access_format format;
    fl_line_file access_log;
    fl_metrics *metrics;
    fl_server *server;                               /* in a worker */
    bool has_been_ready, draining;
} fl_service;

void fl_service_work(fl_worker *worker);             /* worker.c */
fl_handler fl_service_answer, fl_service_answer_figures;           /* handler.c; data: the fl_service */
FL_MUST_CHECK int fl_leave_terminal(void);           /* daemon.c: 0 in the process that goes on */
