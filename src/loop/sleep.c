/* Sleeping, and deadlines: a timer that ends whatever its fiber waits in. */
#include "loop/loop.h"
#include <errno.h>

/* Times so far away that they do not fit mean never. */
static int64_t time_from_now(fl_duration time)
{
    int64_t at;

    if (time.us == INT64_MAX || __builtin_add_overflow(fl_monotonic_us(), time.us < 0 ? 0 : time.us, &at))
        return INT64_MAX - 1;
    return at;
}

typedef struct { fl_timer timer; fl_fiber *fiber; } sleeper;

static void wake_sleeper(fl_timer *timer) { fl_wake(((sleeper *)timer)->fiber, 0); }
static void stop_timer(void *timer) { fl_timer_stop(timer); }

int fl_try_sleep(fl_duration time)
{
    sleeper self = { .timer.fire = wake_sleeper, .fiber = fl_fiber_here() };

    if (self.fiber == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "fl_sleep() outside of a fiber: start with fl_run()");
    int code = fl_timer_start(&self.timer, time_from_now(time));
    return code != 0 ? code : fl_park(stop_timer, &self.timer);
}

void fl_sleep(fl_duration time)
{
    int code = fl_try_sleep(time);

    if (code != 0)
        fl_raise_wait(code, "for time to pass");
}

/* -- deadlines ---------------------------------------------------------------------------------------------------------------- */

typedef struct {
    fl_deadline_mark mark;
    fl_timer timer;
    fl_fiber *fiber;
} deadline;

static void expire(fl_timer *timer)
{
    deadline *self = FL_CONTAINER(timer, deadline, timer);

    self->mark.expired = true;
    fl_wake_early(self->fiber, -ETIMEDOUT);
}

void fl_deadline(fl_duration time, void (*run)(void *data), void *data)
{
    fl_fiber *self = fl_fiber_here();

    if (self == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "fl_deadline() outside of a fiber: start with fl_run()");
    deadline here = { .mark = { .outer = self->deadline, .shield = self->shield, .at = time_from_now(time) },
                      .timer.fire = expire,
                      .fiber = self };
    int code = fl_timer_start(&here.timer, here.mark.at);
    if (code != 0)
        fl_raise_code(code, "a deadline cannot be set");
    self->deadline = &here.mark;
    fl_error *error = fl_protect(run, data);
    self->deadline = here.mark.outer;
    fl_timer_stop(&here.timer);
    if (error != NULL)
        fl_reraise(error);
}

fl_duration fl_time_left(void)
{
    const fl_fiber *self = fl_fiber_here();
    int64_t nearest = INT64_MAX;

    for (const fl_deadline_mark *at = self == NULL ? NULL : self->deadline; at != NULL && at->shield == self->shield;
         at = at->outer)
        if (at->at < nearest)
            nearest = at->at;
    if (nearest >= INT64_MAX - 1)
        return FL_FOREVER;
    int64_t left = nearest - fl_monotonic_us();
    return (fl_duration){ left < 0 ? 0 : left };
}
