/* The thread pool is libuv's. What it lacks stands here: a bound on its queue, fibers that wait their turn in order, errors that
 * come back, and lanes, which limit one kind of work. */
#include "offload/offload.h"
#include <errno.h>
#include <fleche/heap.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_THREADS = 16, QUEUED_A_THREAD = 4 };

static _Thread_local size_t in_flight;               /* of this loop */
static _Thread_local fl_waiters queue;
static size_t threads;

static void choose_threads(void)
{
    const char *wish = getenv("FL_OFFLOAD_THREADS");
    long long n = 0;
    char text[24];

    if (wish == NULL || !fl_str_int(fl_str_of(wish), &n) || n < 1)
        n = sysconf(_SC_NPROCESSORS_ONLN);
    threads = n < 1 ? 1 : n > MOST_THREADS ? MOST_THREADS : (size_t)n;
    (void)snprintf(text, sizeof text, "%zu", threads);
    (void)setenv("UV_THREADPOOL_SIZE", text, 1);     /* libuv reads it at its first use */
}

size_t fl_offload_threads(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, choose_threads);
    return threads;
}

/* -- one piece of work --------------------------------------------------------------------------------------------------------- */

typedef struct { uv_work_t request; fl_fiber *fiber; void (*run)(void *data); void *data; } work;

static void on_thread(uv_work_t *request)
{
    work *w = (work *)request;
    w->run(w->data);
}

static void back_on_loop(uv_work_t *request, int status)
{
    work *w = (work *)request;
    (void)status;
    fl_wake(w->fiber, 0);
}

static int take_place(void)
{
    if (in_flight < fl_offload_threads() * QUEUED_A_THREAD) {
        in_flight++;
        return 0;
    }
    return fl_waiters_wait(&queue, NULL);            /* who ends hands its place on */
}

static void give_place(void)
{
    if (!fl_waiters_wake(&queue, 0))
        in_flight--;
}

int fl_pool_run(void (*run)(void *data), void *data)
{
    work w = { .fiber = fl_fiber_here(), .run = run, .data = data };

    if (w.fiber == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "the thread pool can only be used from a fiber: start with fl_run()");
    int code = fl_interrupted(w.fiber);
    if (code == 0)
        code = take_place();
    if (code != 0)
        return code;
    code = fl_heap_fails() ? -ENOMEM : uv_queue_work(&fl_loop_here_->uv, &w.request, on_thread, back_on_loop);
    if (code == 0) {
        w.fiber->shield++;
        (void)fl_park(NULL, NULL);
        w.fiber->shield--;
    }
    give_place();
    return code;
}

/* -- with errors ------------------------------------------------------------------------------------------------------------------- */

typedef struct { void (*run)(void *data); void *data; fl_arena *arena; fl_error *error; } job;

static void protect_job(void *data)
{
    job *j = data;
    fl_arena *before = fl_arena_set_here(j->arena);

    j->error = fl_protect(j->run, j->data);
    (void)fl_arena_set_here(before);
}

static void free_arena(void *arena) { fl_arena_free(arena); }

/* What the job allocates, its error too, lies in an arena that this thread makes and frees; the other one has left it by then. */
static void run_job(void *data)
{
    job *j = data;
    fl_arena *ours = fl_arena_here();

    j->arena = fl_arena_new("offload", FL_NO_LIMIT);
    fl_defer(free_arena, j->arena);
    int code = fl_pool_run(protect_job, j);
    if (code != 0)
        fl_raise_wait(code, "for the thread pool");
    if (j->error != NULL)
        fl_reraise(fl_error_copy(ours, j->error));
    int interrupted = fl_interrupted(fl_fiber_here());
    if (interrupted != 0)
        fl_raise_wait(interrupted, "for work on the thread pool, which has ended");
}

fl_error *fl_try_offload(void (*run)(void *data), void *data) { return fl_protect(run_job, &(job){ .run = run, .data = data }); }

void fl_offload(void (*run)(void *data), void *data)
{
    fl_error *error = fl_try_offload(run, data);

    if (error != NULL)
        fl_reraise(error);
}

/* -- lanes ---------------------------------------------------------------------------------------------------------------------------- */

static void leave_lane(void *data)
{
    fl_offload_lane *lane = data;

    if (!fl_waiters_wake(&lane->waiters, 0))
        lane->running--;
}

typedef struct { fl_offload_lane *lane; void (*run)(void *data); void *data; } laned;

static void run_in_lane(void *data)
{
    const laned *call = data;

    fl_defer(leave_lane, call->lane);
    fl_offload(call->run, call->data);
}

void fl_offload_in(fl_offload_lane *lane, void (*run)(void *data), void *data)
{
    if (lane->running < (lane->at_once == 0 ? 1 : lane->at_once)) {
        lane->running++;
    } else {
        int code = fl_waiters_wait(&lane->waiters, NULL);
        if (code != 0)
            fl_raise_wait(code, "for a place in a lane");
    }
    fl_error *error = fl_protect(run_in_lane, &(laned){ lane, run, data });
    if (error != NULL)
        fl_reraise(error);
}
