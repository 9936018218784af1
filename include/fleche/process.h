/* A supervisor and its workers: a crash is small, a reload drops nobody.
 *
 *     static void worker(fl_worker *w)
 *     {
 *         fl_listener *listener = fl_worker_listener(w, 0);
 *         while (!fl_worker_is_stopping(w)) … fl_worker_unit(w);        // one request, task … done
 *     }
 *     int main(void) { return fl_supervise(&(fl_supervisor){ .worker = worker, .workers = 4, .listen = { "127.0.0.1:8000" } }); }
 *
 * The supervisor opens the sockets, forks the workers, and restarts what ends: at once the first time, then with growing pauses if it ends
 * early again and again. Signals to it: TERM and INT stop gracefully (workers get `grace` to finish, then KILL), QUIT at once, HUP
 * reloads: new workers start, and when they are ready the old ones stop gracefully. Sockets stay open throughout. TTIN and TTOU: one
 * worker more or less. WINCH (only without a terminal, whose size it would tell of): all workers stop gracefully, the supervisor stays;
 * HUP brings them back. USR1: log files are opened anew, here and in the workers. USR2: the program's file, perhaps a newer one, is
 * started beside this one with the same command line and the same sockets; end this one by TERM or QUIT when that one serves.
 *
 * In a worker, a NULL dereference in application code becomes FL_NULL_DEREFERENCE in its fiber; the worker then finishes its
 * other work and is replaced. Any other fatal signal writes a backtrace and the worker is replaced. */
#pragma once
#include "io.h"

typedef struct fl_worker fl_worker;
enum { FL_SUPERVISOR_SOCKETS = 8 };

typedef enum fl_supervisor_what {
    FL_WORKER_STARTED, FL_WORKER_READY, FL_WORKER_STOPPING, FL_WORKER_ENDED, FL_WORKER_CRASHED, FL_WORKER_RECYCLED, FL_WORKER_HELD_BACK,
    FL_SUPERVISOR_RELOADING, FL_SUPERVISOR_STOPPING,
    FL_WORKER_STARTING,                              /* told before the fork, without a pid */
    FL_WORKER_SILENT,                                /* its loop stood still too long: it is aborted */
    FL_SUPERVISOR_READY,                             /* all workers are, after a start or a reload */
    FL_SUPERVISOR_RESIZED,                           /* slot: how many workers there shall be now */
    FL_SUPERVISOR_REOPENING, FL_SUPERVISOR_UPGRADING,/* pid: of the new program */
    FL_SUPERVISOR_UPGRADE_ENDED,                     /* the new program's end, with its status */
} fl_supervisor_what;
typedef struct fl_supervisor_event { fl_supervisor_what what; int pid, slot, status, signal; fl_duration pause; } fl_supervisor_event;

typedef struct fl_supervisor {
    void (*worker)(fl_worker *worker);           /* runs on a worker's first fiber; returns when it has stopped */
    int workers;                                 /* 0: one a processor */
    const char *listen[FL_SUPERVISOR_SOCKETS];   /* addresses as in io.h, or "fd://5"; sockets that systemd passes (LISTEN_FDS) come
                                                    instead */
    int backlog, unix_mode;                      /* as in fl_listen_options */
    bool reuse_port;                             /* each worker a queue of its own, rather than one shared */
    fl_duration grace;                           /* for a graceful stop; 0: 30 s */
    fl_duration ready_within;                    /* a worker that is not ready by then is replaced; 0: 30 s */
    size_t units, jitter;                        /* recycle a worker after so many units, plus a random part of jitter; 0: never */
    fl_duration heartbeat;                       /* a worker whose loop stands still so long is aborted, with a backtrace; 0: never */
    size_t memory;                               /* bytes: a worker that has more in memory is replaced; 0: no matter */
    const char *pid_file, *user, *group;         /* written and removed; dropped to after the sockets are open */
    void *data;                                  /* for the worker: fl_worker_data() */
    void (*event)(const fl_supervisor_event *event, void *data);    /* what happens, for logs and tests; NULL: stderr */
} fl_supervisor;

const char *fl_supervisor_what_text(fl_supervisor_what what);   /* "a worker has crashed" */

/* fl_supervise runs until it is told to stop. Returns the process's exit status: 0 after a graceful stop; 1 with a message on stderr
 * if it could not start (an address in use, a pid file of a living process, an unknown user). Raises FL_PROGRAMMING_ERROR inside
 * fl_run(). */
int fl_supervise(const fl_supervisor *how);

fl_listener *fl_worker_listener(fl_worker *worker, size_t which);   /* the worker's own; accepting stops when the worker stops */
/* The same, but the caller's from now on, to close: it is the caller who stops it when the worker stops. */
fl_listener *fl_worker_take_listener(fl_worker *worker, size_t which);
void fl_worker_wait(fl_worker *worker);          /* waits until the worker is to stop */
size_t fl_worker_listener_count(const fl_worker *worker);
int fl_worker_slot(const fl_worker *worker);     /* 0 … workers - 1; kept by a replacement */
void *fl_worker_data(const fl_worker *worker);
void fl_worker_ready(fl_worker *worker);         /* tells the supervisor; automatic when it first asks for a listener */
void fl_worker_unit(fl_worker *worker);          /* one unit of work is done */
bool fl_worker_is_stopping(const fl_worker *worker);
void fl_worker_drain(fl_worker *worker);         /* asks to be replaced: no new work, finish the rest */
fl_worker *fl_worker_here(void);                 /* this process's; NULL if it is no worker */

/* -- crashes ----------------------------------------------------------------------------------------------------------------------- */
/* fl_crash_guard installs the handlers (fl_supervise does so in workers): a stack overflow and every fatal signal are reported with the
 * fiber's name and a backtrace; a fault on the zero page whose code is the application's own, with no library's frame between it and the
 * protected call, is raised as FL_NULL_DEREFERENCE. `after_fault` then runs (a worker drains). */
void fl_crash_guard(void (*after_fault)(void));
