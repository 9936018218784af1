/* Signals, as wake-ups of fibers. */
#include "loop/loop.h"
#include <errno.h>
#include <fleche/heap.h>
#include <fleche/loop.h>

typedef struct fl_signal_watch {
    uv_signal_t handle;
    struct fl_signal_watch *next;                    /* those of fl_on_signal, in the loop's list */
    fl_fiber *waiter;                                /* or: who waits for it */
    int *ret_signal;
    void (*run)(void *data);
    void *data;
    fl_timer again;                                  /* without memory for its fiber now, it is tried again */
} fl_signal_watch;

enum { RETRY_US = 10000 };

static void free_watch(uv_handle_t *handle) { fl_heap_free(handle->data); }

static void end_watch(fl_signal_watch *watch) { uv_close((uv_handle_t *)&watch->handle, free_watch); }

/* Signals that come while one is still waiting for its fiber are that one, as they are to the kernel. */
static void start_fiber(fl_timer *timer)
{
    fl_signal_watch *watch = FL_CONTAINER(timer, fl_signal_watch, again);
    fl_fiber *fiber;

    int code = fl_fiber_try_new(watch->run, watch->data, &(fl_spawn_options){ .name = "signal" }, &fiber);
    if (code != 0 && watch->again.place == 0)
        code = fl_timer_start(&watch->again, fl_monotonic_us() + RETRY_US);
    (void)code;                                      /* no memory even for that: this signal is lost, the next one may not be */
}

static void arrived(uv_signal_t *handle, int signal)
{
    fl_signal_watch *watch = handle->data;

    if (watch->run != NULL) {
        start_fiber(&watch->again);
        return;
    }
    *watch->ret_signal = signal;
    fl_wake(watch->waiter, 0);
}

static fl_signal_watch *watch_new(int signal, int *ret_code)
{
    fl_signal_watch *watch = fl_heap_zalloc(sizeof *watch);

    if (watch == NULL) {
        *ret_code = -ENOMEM;
        return NULL;
    }
    watch->handle.data = watch;
    *ret_code = fl_heap_fails() ? -ENOMEM : uv_signal_init(&fl_loop_here_->uv, &watch->handle);
    if (*ret_code != 0) {
        fl_heap_free(watch);
        return NULL;
    }
    *ret_code = fl_heap_fails() ? -ENOMEM : uv_signal_start(&watch->handle, arrived, signal);
    if (*ret_code != 0) {
        end_watch(watch);
        return NULL;
    }
    return watch;
}

int fl_try_wait_signal(const int *signals, size_t n)
{
    enum { MOST = 16 };
    fl_signal_watch *watches[MOST];
    size_t started = 0;
    int code = n == 0 || n > MOST ? -EINVAL : 0, signal = 0;

    if (fl_fiber_here() == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "fl_try_wait_signal() outside of a fiber: start with fl_run()");
    while (code == 0 && started < n) {
        fl_signal_watch *watch = watch_new(signals[started], &code);
        if (watch == NULL)
            break;
        watch->waiter = fl_fiber_here();
        watch->ret_signal = &signal;
        watches[started++] = watch;
    }
    if (code == 0)
        code = fl_park(NULL, NULL);
    for (size_t i = 0; i < started; i++)
        end_watch(watches[i]);
    return code != 0 ? code : signal;
}

void fl_on_signal(int signal, void (*run)(void *data), void *data)
{
    int code;

    if (fl_loop_here_ == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "fl_on_signal() outside of fl_run()");
    fl_signal_watch *watch = watch_new(signal, &code);
    if (watch == NULL)
        fl_raise_code(code, "signal %d cannot be watched", signal);
    watch->run = run;
    watch->data = data;
    watch->again.fire = start_fiber;
    watch->next = fl_loop_here_->signals;
    fl_loop_here_->signals = watch;
}

void fl_signals_end(fl_loop *loop)
{
    while (loop->signals != NULL) {
        fl_signal_watch *watch = loop->signals;
        loop->signals = watch->next;
        fl_timer_stop(&watch->again);
        end_watch(watch);
    }
}
