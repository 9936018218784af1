/* Inside the loop: timers for the floors above, and the loop itself. */
#pragma once
#include <uv.h>
#include "fiber/fiber.h"

typedef struct fl_timer {                            /* in the memory of who waits */
    int64_t at;                                      /* monotonic µs */
    size_t place;                                    /* in the heap, from 1; 0: not started */
    void (*fire)(struct fl_timer *self);
} fl_timer;

typedef struct fl_loop {
    uv_loop_t uv;
    uv_prepare_t keeper;                             /* makes libuv look at its descriptors */
    int epoll;
    size_t awaited;                                  /* fibers and parked connections that wait for a descriptor */
    fl_timer **timers;                               /* a 4-ary heap, places from 1 */
    size_t timer_count, timer_capacity;
    int64_t trimmed_at;
    uint64_t turns;
    struct fl_signal_watch *signals;
    _Atomic bool inside;                             /* a fiber has the thread: the watchdog looks */
} fl_loop;

extern _Thread_local fl_loop *fl_loop_here_;

/* fl_timer_start arranges for fire(timer) at that time, on the loop, where nothing may wait. -ENOMEM. */
FL_MUST_CHECK int fl_timer_start(fl_timer *timer, int64_t at);
void fl_timer_stop(fl_timer *timer);                 /* nothing if it is not started */
void fl_timers_fire(fl_loop *loop);                  /* all that are due */
int fl_timers_wait(const fl_loop *loop);             /* milliseconds until the first is due, rounded up; -1: there is none */

/* fl_park_until is fl_park with a time limit of its own: -ETIMEDOUT at `at` (INT64_MAX: none). */
int fl_park_until(int64_t at, void (*abandon)(void *data), void *data);

/* A descriptor that the loop looks at: happened() runs on the loop, where nothing may wait, at each edge, with epoll's events.
 * fl_loop_watch_again changes the events, and reports at once what is there already. */
typedef struct fl_watched { void (*happened)(struct fl_watched *self, uint32_t events); } fl_watched;
FL_MUST_CHECK int fl_loop_watch(int fd, uint32_t events, fl_watched *watched);
FL_MUST_CHECK int fl_loop_watch_again(int fd, uint32_t events, fl_watched *watched);
void fl_loop_unwatch(int fd);

FL_MUST_CHECK int fl_poll_begin(fl_loop *loop);
void fl_poll_end(fl_loop *loop);
void fl_poll(fl_loop *loop, int milliseconds);       /* one look at the kernel, waiting at most so long; -1: as long as it takes */

void fl_signals_end(fl_loop *loop);
