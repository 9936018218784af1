/* Parking and waking: what every kind of waiting is made of. */
#include "fiber/change.h"
#include <errno.h>

int fl_interrupted_slowly(const fl_fiber *fiber)
{
    if (fiber->cancelled && fiber->shield == 0)
        return -ECANCELED;
    for (const fl_deadline_mark *at = fiber->deadline; at != NULL && at->shield == fiber->shield; at = at->outer)
        if (at->expired)
            return -ETIMEDOUT;
    return 0;
}

int fl_park(void (*abandon)(void *data), void *data)
{
    fl_fiber *self = fl_fiber_now();
    int interrupted = fl_interrupted(self);

    if (FL_UNLIKELY(interrupted != 0)) {
        if (abandon != NULL)
            abandon(data);
        return interrupted;
    }
    self->abandon = abandon;
    self->abandon_data = data;
    self->state = FL_FIBER_PARKED;
    fl_leave(fl_scheduler_here_, self);
    return self->wake_code;
}

void fl_wake(fl_fiber *fiber, int code)
{
    if (fiber->state != FL_FIBER_PARKED)
        return;
    fiber->wake_code = code;
    fl_make_ready(fl_scheduler_here_, fiber);
}

void fl_wake_anyway(fl_fiber *fiber, int code)
{
    if (fiber->state != FL_FIBER_PARKED)
        return;
    if (fiber->abandon != NULL)
        fiber->abandon(fiber->abandon_data);
    fl_wake(fiber, code);
}

void fl_wake_early(fl_fiber *fiber, int code)
{
    if (fl_interrupted(fiber) != 0)
        fl_wake_anyway(fiber, code);
}

void fl_raise_wait(int code, const char *what)
{
    if (code == -ECANCELED)
        fl_raise(FL_CANCELLED, "cancelled while it waited %s", what);
    if (code == -ETIMEDOUT)
        fl_raise(FL_TIMEOUT, "the time was up while it waited %s", what);
    fl_raise_code(code, "waiting %s", what);
}

void fl_yield(void)
{
    fl_fiber *self = fl_fiber_here();

    if (self == NULL)
        return;
    int interrupted = fl_interrupted(self);
    if (interrupted != 0)
        fl_raise_wait(interrupted, "for its turn");
    fl_make_ready(fl_scheduler_here_, self);
    fl_leave(fl_scheduler_here_, self);
}

static void leave_queue(void *data)
{
    fl_waiter *waiter = data;
    fl_waiters *queue = waiter->queue;

    if (queue == NULL)
        return;                                      /* taken already */
    if (waiter->previous != NULL)
        waiter->previous->next = waiter->next;
    else
        queue->first = waiter->next;
    if (waiter->next != NULL)
        waiter->next->previous = waiter->previous;
    else
        queue->last = waiter->previous;
    waiter->queue = NULL;
}

int fl_waiters_wait(fl_waiters *waiters, void *item)
{
    fl_waiter waiter = { .fiber = fl_fiber_here(), .queue = waiters, .item = item, .previous = waiters->last };

    if (waiter.fiber == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "only fibers can wait: start with fl_run()");
    if (waiters->last != NULL)
        waiters->last->next = &waiter;
    else
        waiters->first = &waiter;
    waiters->last = &waiter;
    return fl_park(leave_queue, &waiter);
}

fl_waiter *fl_waiters_take(fl_waiters *waiters)
{
    fl_waiter *first = waiters->first;

    if (first != NULL)
        leave_queue(first);
    return first;
}

bool fl_waiters_wake(fl_waiters *waiters, int code)
{
    fl_waiter *first = fl_waiters_take(waiters);

    if (first == NULL)
        return false;
    fl_wake(first->fiber, code);
    return true;
}
