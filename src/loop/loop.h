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
    uv_timer_t alarm;                                /* the one libuv timer: the earliest of ours */
    int64_t alarm_at;                                /* 0: not set */
    fl_timer **timers;                               /* a 4-ary heap, places from 1 */
    size_t timer_count, timer_capacity;
    int64_t now, trimmed_at;
    uint64_t turns;
    struct fl_signal_watch *signals;
    _Atomic bool inside;                             /* a fiber has the thread: the watchdog looks */
} fl_loop;

extern _Thread_local fl_loop *fl_loop_here_;

/* fl_timer_start arranges for fire(timer) at that time, on the loop, where nothing may wait. -ENOMEM. */
FL_MUST_CHECK int fl_timer_start(fl_timer *timer, int64_t at);
void fl_timer_stop(fl_timer *timer);                 /* nothing if it is not started */
void fl_timers_fire(fl_loop *loop);                  /* all that are due */
void fl_timers_arm(fl_loop *loop);                   /* libuv's for the earliest */

/* fl_park_until is fl_park with a time limit of its own: -ETIMEDOUT at `at` (INT64_MAX: none). */
int fl_park_until(int64_t at, void (*abandon)(void *data), void *data);

void fl_signals_end(fl_loop *loop);
