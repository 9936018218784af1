/* The loop: runs what is ready, then looks at the kernel, until all fibers have ended.
 *
 * One turn: every ready fiber once (they switch among themselves), a look at the kernel (which waits only if nothing is ready), due
 * timers.
 * When fibers live, none is ready, and nothing that could wake one is left, they wait for one another: that is reported, and
 * they are cancelled so that they unwind. */
#include "loop/loop.h"
#include <errno.h>
#include <fleche/heap.h>
#include <fleche/loop.h>
#include <signal.h>
#include <stdio.h>

_Thread_local fl_loop *fl_loop_here_;

enum { TRIM_EVERY_US = 1000000 };

struct uv_loop_s *fl_loop_uv(void)
{
    if (fl_loop_here_ == NULL)
        return NULL;
    uv_update_time(&fl_loop_here_->uv);              /* it may not have run for long, and timers count from its time */
    return &fl_loop_here_->uv;
}

fl_loop_figures fl_loop_now(void)
{
    const fl_scheduler *scheduler = fl_scheduler_here_;
    const fl_loop *loop = fl_loop_here_;

    if (loop == NULL)
        return (fl_loop_figures){ 0 };
    return (fl_loop_figures){ .fibers = scheduler->live,
                              .ready = scheduler->ready,
                              .timers = loop->timer_count,
                              .stacks_pooled = fl_stack_pooled(),
                              .switches = scheduler->switches,
                              .turns = loop->turns };
}

static void close_handle(uv_handle_t *handle, void *data)
{
    (void)data;
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

static void end_poll(fl_loop *loop)
{
    uv_walk(&loop->uv, close_handle, NULL);
    (void)uv_run(&loop->uv, UV_RUN_DEFAULT);
    fl_poll_end(loop);
    (void)uv_loop_close(&loop->uv);
}

static int begin(fl_loop *loop)
{
    int code = fl_heap_fails() ? -ENOMEM : uv_loop_init(&loop->uv);

    if (code != 0)
        return code;
    (void)signal(SIGPIPE, SIG_IGN);                  /* a peer that is gone is an error of the write, not the end of the process */
    code = fl_poll_begin(loop);
    if (code != 0) {
        (void)uv_loop_close(&loop->uv);
        return code;
    }
    code = fl_scheduler_begin();
    if (code != 0) {
        end_poll(loop);
        return code;
    }
    fl_loop_here_ = loop;
    return 0;
}

static void end(fl_loop *loop)
{
    fl_signals_end(loop);
    fl_watchdog_stop();
    end_poll(loop);
    fl_heap_free(loop->timers);
    fl_scheduler_end();
    fl_loop_here_ = NULL;
}

/* Nothing can wake anybody any more. */
static void break_deadlock(void)
{
    fprintf(stderr, "fleche: every fiber waits for another one; they are cancelled:");
    for (const fl_fiber *fiber = fl_scheduler_here_->newest; fiber != NULL; fiber = fiber->older)
        if (fiber->state == FL_FIBER_PARKED)
            fprintf(stderr, " %s (%llu)", fiber->name, (unsigned long long)fiber->id);
    fprintf(stderr, "\n");
    for (fl_fiber *fiber = fl_scheduler_here_->newest; fiber != NULL; fiber = fiber->older) {
        fiber->cancelled = true;
        fl_wake_anyway(fiber, -ECANCELED);           /* through shields too: what they wait for will not come */
    }
}

static void run_fibers(fl_loop *loop)
{
    atomic_store_explicit(&loop->inside, true, memory_order_relaxed);
    fl_scheduler_run();
    atomic_store_explicit(&loop->inside, false, memory_order_relaxed);
}

static void trim_stacks(fl_loop *loop)
{
    if (fl_stack_pooled() <= FL_STACKS_NEVER_TRIMMED)
        return;
    int64_t now = fl_monotonic_us();
    if (now - loop->trimmed_at > TRIM_EVERY_US) {
        fl_stack_trim();
        loop->trimmed_at = now;
    }
}

/* Whether anything at all can still make a fiber ready. */
static bool may_wake(const fl_loop *loop) { return loop->timer_count > 0 || loop->awaited > 0 || uv_loop_alive(&loop->uv); }

static void turn(fl_loop *loop)
{
    const fl_scheduler *scheduler = fl_scheduler_here_;

    loop->turns++;
    run_fibers(loop);
    if (scheduler->live == 0)
        return;
    if (scheduler->ready > 0) {
        fl_poll(loop, 0);
    } else if (may_wake(loop)) {
        trim_stacks(loop);
        fl_poll(loop, fl_timers_wait(loop));
    } else {
        break_deadlock();
    }
    fl_timers_fire(loop);
}

static void run_all(fl_loop *loop)
{
    while (fl_scheduler_here_->live > 0)
        turn(loop);
}

int fl_run(fl_fiber_main *start, void *data)
{
    fl_loop *loop;
    int status = 0;

    if (fl_loop_here_ != NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "fl_run() inside fl_run(): this thread has its loop already");
    loop = fl_heap_zalloc(sizeof *loop);
    int code = loop == NULL ? -ENOMEM : begin(loop);
    if (code != 0) {
        fl_heap_free(loop);
        fl_raise_code(code, "a loop cannot be started");
    }
    fl_fiber *first = NULL;
    if (fl_fiber_try_new(start, data, &(fl_spawn_options){ .name = "main" }, &first) == 0) {
        first->joinable = true;
        run_all(loop);
        if (first->error != NULL) {
            fprintf(stderr, "%s", fl_error_report(first->error));
            status = 1;
        }
    } else {
        fprintf(stderr, "fleche: no memory for the first fiber\n");
        status = 1;
    }
    end(loop);
    fl_heap_free(loop);
    return status;
}
