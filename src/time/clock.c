/* The clocks. A frozen wall clock is one number for the whole process; 0, which is no datetime, lets the system's be asked. */
#include <fleche/error.h>
#include <stdatomic.h>
#include <time.h>
#include "time/calendar.h"

static _Atomic int64_t frozen;

static int64_t read_clock(clockid_t clock)
{
    struct timespec now;

    (void)clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * FL_SECOND_US + now.tv_nsec / 1000;
}

fl_datetime fl_now(void)
{
    int64_t at = atomic_load_explicit(&frozen, memory_order_relaxed);

    return (fl_datetime){ FL_LIKELY(at == 0) ? read_clock(CLOCK_REALTIME) + FL_UNIX_US : at };
}

fl_date fl_today(void) { return fl_date_in(fl_now(), fl_zone_here()); }
int64_t fl_monotonic_us(void) { return read_clock(CLOCK_MONOTONIC); }

double fl_monotonic(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void fl_clock_freeze(fl_datetime at)
{
    if (fl_is_none_datetime(at))
        fl_raise(FL_PROGRAMMING_ERROR, "the clock cannot be frozen at none");
    atomic_store(&frozen, at.us);
}

void fl_clock_advance(fl_duration by)
{
    fl_datetime at = { atomic_load(&frozen) };

    if (fl_is_none_datetime(at)) {
        fl_error *e = fl_error_new(FL_PROGRAMMING_ERROR, "the clock was advanced while it runs");
        e->hint = "freeze it first: fl_clock_freeze(fl_now())";
        fl_reraise(e);
    }
    atomic_store(&frozen, fl_datetime_add(at, by).us);
}

void fl_clock_thaw(void) { atomic_store(&frozen, 0); }
