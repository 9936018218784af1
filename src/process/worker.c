/* A worker's own side: its listeners, its state, the line to its supervisor. When that line breaks, the supervisor is gone, and
 * the worker stops gracefully. */
#include "process/process.h"
#include <errno.h>
#include <fleche/loop.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>
#include "process/crash.h"

struct fl_worker {
    const fl_supervisor *how;
    const fl_sockets *sockets;
    fl_listener *listeners[FL_SUPERVISOR_SOCKETS];
    fl_conn *line;                                   /* to the supervisor */
    const struct uv_loop_s *loop;
    fl_pulse *pulse;
    fl_waiters waiting;                              /* for it to stop */
    int slot, fd;
    size_t units, last_unit;                         /* done, and after how many it asks to be replaced (0: never) */
    bool ready, stopping;
    _Atomic bool replaced;                           /* it has asked to be: perhaps on another thread */
};

static fl_worker *here;                              /* one a process */

fl_worker *fl_worker_here(void) { return here; }
int fl_worker_slot(const fl_worker *worker) { return worker->slot; }
void *fl_worker_data(const fl_worker *worker) { return worker->how->data; }
bool fl_worker_is_stopping(const fl_worker *worker) { return worker->stopping; }
size_t fl_worker_listener_count(const fl_worker *worker) { return worker->sockets->count; }

/* One byte on a line that nothing else writes to: it fits. Safe wherever it is called from. */
static void say(const fl_worker *worker, char what) { (void)!write(worker->fd, &what, 1); }

void fl_worker_ready(fl_worker *worker)
{
    if (worker->ready)
        return;
    worker->ready = true;
    say(worker, FL_SAYS_READY);
}

static void stop_accepting(fl_worker *worker)
{
    worker->stopping = true;
    for (size_t i = 0; i < worker->sockets->count; i++)
        if (worker->listeners[i] != NULL)
            fl_listener_stop(worker->listeners[i]);
    while (fl_waiters_wake(&worker->waiting, 0))
        ;
}

static void ask_for_replacement(fl_worker *worker)
{
    if (!atomic_exchange(&worker->replaced, true))
        say(worker, FL_SAYS_REPLACE_ME);
}

void fl_worker_drain(fl_worker *worker)
{
    ask_for_replacement(worker);
    stop_accepting(worker);
}

void fl_worker_unit(fl_worker *worker)
{
    if (++worker->units == worker->last_unit)
        ask_for_replacement(worker);                 /* and goes on until the replacement is ready */
}

fl_listener *fl_worker_listener(fl_worker *worker, size_t which)
{
    if (which >= worker->sockets->count)
        fl_raise(FL_PROGRAMMING_ERROR, "the worker has %zu listeners; number %zu was asked for", worker->sockets->count, which);
    if (worker->listeners[which] == NULL) {
        int code = fl_try_listener_of_fd(fl_sockets_fd(worker->sockets, worker->slot, which), &worker->listeners[which]);
        if (code != 0)
            fl_raise_code(code, "the worker's listener %zu", which);
        if (worker->stopping)
            fl_listener_stop(worker->listeners[which]);
    }
    fl_worker_ready(worker);                         /* from now on the kernel's queue is its own to empty */
    return worker->listeners[which];
}

fl_listener *fl_worker_take_listener(fl_worker *worker, size_t which)
{
    fl_listener *listener = fl_worker_listener(worker, which);

    worker->listeners[which] = NULL;
    return listener;
}

void fl_worker_wait(fl_worker *worker)
{
    while (!worker->stopping) {
        int code = fl_waiters_wait(&worker->waiting, NULL);
        if (code != 0)
            fl_raise_code(code, "waiting for the worker's end");
    }
}

/* -- its pulse ---------------------------------------------------------------------------------------------------------------- */

/* As often as needed to be believed, and to see in time that memory has grown. */
static void beat(void *data)
{
    enum { LONGEST_US = 1000000 };
    fl_worker *worker = data;
    int64_t pause = worker->how->heartbeat.us / 4;

    if (pause <= 0 || pause > LONGEST_US)
        pause = LONGEST_US;
    while (worker->how->heartbeat.us > 0 || worker->how->memory > 0) {
        *worker->pulse = fl_monotonic_us();
        if (worker->how->memory > 0 && fl_memory_now() > worker->how->memory)
            ask_for_replacement(worker);
        if (fl_try_sleep(FL_MICROSECONDS(pause)) != 0)
            return;
    }
}

/* -- its life ---------------------------------------------------------------------------------------------------------------- */

static void on_stop(void *data) { stop_accepting(data); }

/* The supervisor never writes: the line becomes readable when it is gone. Then nobody is left to end this process after its
 * grace, so it has the kernel do it; and the next supervisor finds its addresses free. */
static void watch_line(void *data)
{
    fl_worker *worker = data;
    char byte;

    if (fl_try_read(worker->line, &byte, 1) == -ECANCELED)
        return;
    (void)alarm((unsigned)(fl_grace_us(worker->how) / 1000000) + 1);
    fl_sockets_abandon(worker->sockets);
    stop_accepting(worker);
}

/* A fault on the pool's threads only asks: the rest belongs to the loop, and comes when the replacement is ready. */
static void after_fault(void)
{
    ask_for_replacement(here);
    if (fl_loop_uv() == here->loop)
        stop_accepting(here);
}

static void before_end(void) { ask_for_replacement(here); }

static void run_worker(void *data)
{
    fl_worker *worker = data;

    worker->how->worker(worker);
}

static void live(void *data)
{
    fl_worker *worker = data;
    int code = fl_try_conn_of_fd(worker->fd, &worker->line);

    worker->loop = fl_loop_uv();
    if (code != 0)
        fl_raise_code(code, "the line to the supervisor");
    fl_on_signal(SIGTERM, on_stop, worker);
    fl_fiber *watcher = fl_spawn_joinable(watch_line, worker, .name = "supervisor line");
    fl_fiber *heart = fl_spawn_joinable(beat, worker, .name = "heartbeat");
    fl_error *error = fl_protect(run_worker, worker);
    for (size_t i = 0; i < worker->sockets->count; i++)
        fl_listener_close(worker->listeners[i]);
    fl_cancel(heart);
    (void)!fl_try_join(heart);
    fl_cancel(watcher);
    fl_error *of_watcher = fl_try_join(watcher);
    fl_conn_close(worker->line);
    if (error != NULL || (of_watcher != NULL && !fl_error_is(of_watcher, FL_CANCELLED)))
        fl_reraise(error != NULL ? error : of_watcher);
}

static size_t draw_last_unit(const fl_supervisor *how)
{
    uint64_t random = 0;

    if (how->units == 0)
        return 0;
    if (how->jitter > 0)
        (void)!getrandom(&random, sizeof random, 0);
    return how->units + (how->jitter > 0 ? (size_t)(random % how->jitter) : 0);
}

void fl_worker_live(const fl_supervisor *how, const fl_worker_place *place)
{
    static fl_worker worker;

    worker = (fl_worker){ .how = how,
                          .sockets = place->sockets,
                          .slot = place->slot,
                          .fd = place->fd,
                          .pulse = place->pulse,
                          .last_unit = draw_last_unit(how) };
    here = &worker;
    fl_crash_guard(after_fault);
    fl_crash_before_report = before_end;             /* a report takes a moment in which a replacement can start */
    exit(fl_run(live, &worker));
}
