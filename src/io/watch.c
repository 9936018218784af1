/* Waiting for a descriptor. */
#include "io/io.h"
#include <errno.h>
#include <fleche/heap.h>

enum { RETRY_US = 10000 };

static void adjust(fl_watch *watch, int events);

static void start_parked(fl_watch *watch)
{
    fl_fiber *fiber;

    if (fl_fiber_try_new(watch->parked_run, watch->parked_data, &(fl_spawn_options){ .name = "connection" }, &fiber) == 0) {
        watch->parked_run = NULL;
        return;
    }
    if (fl_timer_start(&watch->again, fl_monotonic_us() + RETRY_US) == 0)        /* no memory now: ask again in a moment */
        adjust(watch, watch->watched & ~UV_READABLE);
}

static void start_again(fl_timer *timer) { start_parked(FL_CONTAINER(timer, fl_watch, again)); }

static void happened(uv_poll_t *poll, int status, int events)
{
    fl_watch *watch = poll->data;

    if (status != 0)
        events = UV_READABLE | UV_WRITABLE;          /* whoever waits finds the error by itself */
    if (events & UV_READABLE) {
        watch->readable = true;
        if (watch->reader != NULL)
            fl_wake(watch->reader->fiber, 0);
        else if (watch->parked_run != NULL)
            start_parked(watch);
        else
            adjust(watch, watch->watched & ~UV_READABLE);        /* nobody wants it: epoll would tell us over and over */
    }
    if (events & UV_WRITABLE) {
        if (watch->writer != NULL)
            fl_wake(watch->writer->fiber, 0);
        adjust(watch, watch->watched & ~UV_WRITABLE);
    }
}

static void adjust(fl_watch *watch, int events)
{
    if (watch->watched == events)
        return;
    watch->watched = events;
    if (events == 0)
        (void)uv_poll_stop(watch->poll);
    else
        (void)uv_poll_start(watch->poll, events, happened);
}

int fl_watch_start(fl_watch *watch, int fd)
{
    uv_poll_t *poll = fl_heap_zalloc(sizeof *poll);

    if (poll == NULL)
        return -ENOMEM;
    int code = uv_poll_init(&fl_loop_here_->uv, poll, fd);
    if (code != 0) {
        fl_heap_free(poll);
        return code;
    }
    poll->data = watch;
    *watch = (fl_watch){ .poll = poll, .readable = true, .again.fire = start_again };
    return 0;
}

static void free_poll(uv_handle_t *handle) { fl_heap_free(handle); }

static void dismiss(fl_io_wait **place)
{
    if (*place == NULL)
        return;
    (*place)->closed = true;
    fl_wake((*place)->fiber, -ECANCELED);
    *place = NULL;
}

void fl_watch_dismiss(fl_watch *watch)
{
    dismiss(&watch->reader);
    dismiss(&watch->writer);
    fl_timer_stop(&watch->again);
    adjust(watch, 0);
}

void fl_watch_end(fl_watch *watch)
{
    fl_watch_dismiss(watch);
    uv_close((uv_handle_t *)watch->poll, free_poll);
    watch->poll = NULL;
}

/* Behind the park the watch may be gone: then `closed` says so, and nothing of it is touched. */
static int wait_for(fl_watch *watch, fl_io_wait **place, int event, fl_duration timeout)
{
    fl_io_wait self = { .fiber = fl_fiber_here() };

    if (*place != NULL)
        return -EBUSY;
    adjust(watch, watch->watched | event);
    *place = &self;
    int code = fl_park_until(timeout.us <= 0 ? INT64_MAX : fl_monotonic_us() + timeout.us, NULL, NULL);
    if (!self.closed)
        *place = NULL;
    return code;
}

int fl_watch_readable(fl_watch *watch, fl_duration timeout) { return wait_for(watch, &watch->reader, UV_READABLE, timeout); }
int fl_watch_writable(fl_watch *watch, fl_duration timeout) { return wait_for(watch, &watch->writer, UV_WRITABLE, timeout); }

void fl_watch_park(fl_watch *watch, fl_fiber_main *run, void *data)
{
    watch->parked_run = run;
    watch->parked_data = data;
    adjust(watch, watch->watched | UV_READABLE);
}

int fl_io_begin(void)
{
    enum { WITHOUT_WAITING = 64 };
    static _Thread_local uint64_t switches;          /* the scheduler's count when the present run without waiting began */
    static _Thread_local unsigned operations;
    fl_fiber *self = fl_fiber_here();

    if (self == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "connections can only be used on a fiber: start with fl_run()");
    uint64_t now = atomic_load_explicit(&fl_scheduler_here_->switches, memory_order_relaxed);
    if (now != switches) {
        switches = now;
        operations = 0;
    } else if (++operations >= WITHOUT_WAITING && fl_interrupted(self) == 0) {
        fl_yield();
    }
    return fl_interrupted(self);
}
