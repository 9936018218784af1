/* Waiting for a descriptor.
 *
 * The loop tells of edges, so what an edge said is kept until a system call has found the opposite: `readable` until a read came
 * back short or empty. Where somebody else reads the descriptor, nothing is known, and the loop is asked to look again. */
#include "io/io.h"
#include <errno.h>
#include <sys/epoll.h>

enum { RETRY_US = 10000, INPUT = EPOLLIN | EPOLLRDHUP, GONE = EPOLLRDHUP | EPOLLHUP | EPOLLERR };

static void let_park(fl_watch *watch, fl_fiber_main *run, void *data)
{
    fl_loop_here_->awaited += (size_t)(run != NULL) - (size_t)(watch->parked_run != NULL);
    watch->parked_run = run;
    watch->parked_data = data;
}

static int look_again(fl_watch *watch, uint32_t events)
{
    int code = fl_loop_watch_again(watch->fd, events, &watch->watched);

    if (code == 0)
        watch->events = events;
    return code;
}

static void start_parked(fl_watch *watch)
{
    fl_fiber *fiber;

    if (fl_fiber_try_new(watch->parked_run, watch->parked_data, &(fl_spawn_options){ .name = "connection" }, &fiber) == 0)
        let_park(watch, NULL, NULL);
    else if (fl_timer_start(&watch->again, fl_monotonic_us() + RETRY_US) != 0)   /* no memory now, not even for a moment's pause */
        (void)look_again(watch, watch->events);
}

static void start_again(fl_timer *timer) { start_parked(FL_CONTAINER(timer, fl_watch, again)); }

static void happened(fl_watched *watched, uint32_t events)
{
    fl_watch *watch = (fl_watch *)watched;

    if ((events & (EPOLLIN | GONE)) != 0) {
        bool ended = !watch->ended && (events & GONE) != 0;
        watch->readable = true;
        watch->ended |= ended;
        if (watch->reader != NULL)
            fl_wake(watch->reader->fiber, 0);
        else if (ended && watch->on_end != NULL)
            watch->on_end(watch->on_end_data);
        else if (watch->parked_run != NULL && watch->again.place == 0)
            start_parked(watch);
    }
    if ((events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0 && watch->writer != NULL)
        fl_wake(watch->writer->fiber, 0);
}

int fl_watch_start(fl_watch *watch, int fd)
{
    *watch = (fl_watch){ .watched.happened = happened, .fd = fd, .events = INPUT, .readable = true, .again.fire = start_again };
    return fl_loop_watch(fd, INPUT, &watch->watched);
}

static void dismiss(fl_io_wait **place)
{
    if (*place == NULL)
        return;
    (*place)->closed = true;
    fl_wake((*place)->fiber, -ECANCELED);
    *place = NULL;
}

void fl_watch_end(fl_watch *watch)
{
    if (watch->events == 0)
        return;
    watch->events = 0;
    if (fl_loop_here_ == NULL)
        return;                                      /* it has outlived the loop: nobody waits any more */
    dismiss(&watch->reader);
    dismiss(&watch->writer);
    fl_timer_stop(&watch->again);
    let_park(watch, NULL, NULL);
    fl_loop_unwatch(watch->fd);
}

/* Behind the park the watch may be gone: then `closed` says so, and nothing of it is touched, whatever woke us first. */
static int wait_in(fl_io_wait **place, fl_duration timeout)
{
    fl_io_wait self = { .fiber = fl_fiber_now() };

    *place = &self;
    fl_loop_here_->awaited++;
    int code = fl_park_until(timeout.us <= 0 ? INT64_MAX : fl_monotonic_us() + timeout.us, NULL, NULL);
    fl_loop_here_->awaited--;
    if (self.closed)
        return -ECANCELED;
    *place = NULL;
    return code;
}

int fl_watch_readable(fl_watch *watch, fl_duration timeout) { return wait_in(&watch->reader, timeout); }

int fl_watch_writable(fl_watch *watch, fl_duration timeout)
{
    int code = (watch->events & EPOLLOUT) != 0 ? 0 : look_again(watch, watch->events | EPOLLOUT);
    return code != 0 ? code : wait_in(&watch->writer, timeout);
}

int fl_watch_anew(fl_watch *watch, bool readable, fl_duration timeout)
{
    int code = look_again(watch, watch->events | (readable ? 0 : EPOLLOUT));
    return code != 0 ? code : wait_in(readable ? &watch->reader : &watch->writer, timeout);
}

/* Unless it is known to be empty, the loop looks again: bytes that nobody has read yet start the fiber at once. */
int fl_watch_park(fl_watch *watch, fl_fiber_main *run, void *data)
{
    int code = watch->readable ? look_again(watch, watch->events) : 0;

    if (code == 0)
        let_park(watch, run, data);
    return code;
}

bool fl_watch_unpark(fl_watch *watch)
{
    bool parked = watch->parked_run != NULL;

    fl_timer_stop(&watch->again);
    let_park(watch, NULL, NULL);
    return parked;
}

/* -- the start of each operation ------------------------------------------------------------------------------------------ */

static bool has_had_its_share(void)
{
    enum { WITHOUT_WAITING = 64 };
    static _Thread_local uint64_t switches;          /* the scheduler's count when the present run without waiting began */
    static _Thread_local unsigned operations;
    uint64_t now = atomic_load_explicit(&fl_scheduler_here_->switches, memory_order_relaxed);

    if (FL_LIKELY(now != switches)) {
        switches = now;
        operations = 0;
        return false;
    }
    return ++operations >= WITHOUT_WAITING;
}

/* The others and the loop first. Whoever closes the connection meanwhile finds us in our place. */
static int give_way(fl_io_wait **place)
{
    fl_io_wait self = { .fiber = fl_fiber_now() };

    if (place != NULL)
        *place = &self;
    fl_scheduler_here_->budget = 0;
    fl_yield();
    if (self.closed)
        return -ECANCELED;
    if (place != NULL)
        *place = NULL;
    return fl_interrupted(self.fiber);
}

int fl_io_begin(fl_io_wait **place)
{
    fl_fiber *self = fl_fiber_now();

    if (self == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "connections can only be used on a fiber: start with fl_run()");
    if (place != NULL && *place != NULL)
        return -EBUSY;
    int code = fl_interrupted(self);
    return code == 0 && has_had_its_share() ? give_way(place) : code;
}
