/* Timers: a 4-ary heap by time, whose first says how long the loop may wait. Each knows its place, so stopping one is as cheap as
 * starting. */
#include "loop/loop.h"
#include <errno.h>
#include <fleche/heap.h>
#include <limits.h>

enum { CHILDREN = 4, FIRST_CAPACITY = 64 };

static void put(fl_loop *loop, size_t place, fl_timer *timer)
{
    loop->timers[place] = timer;
    timer->place = place;
}

static size_t parent_of(size_t place) { return (place - 2) / CHILDREN + 1; }
static size_t first_child_of(size_t place) { return (place - 1) * CHILDREN + 2; }

static void rise(fl_loop *loop, size_t place, fl_timer *timer)
{
    while (place > 1 && loop->timers[parent_of(place)]->at > timer->at) {
        put(loop, place, loop->timers[parent_of(place)]);
        place = parent_of(place);
    }
    put(loop, place, timer);
}

static void sink(fl_loop *loop, size_t place, fl_timer *timer)
{
    for (;;) {
        size_t child = first_child_of(place), end = child + CHILDREN, least = child;
        if (child > loop->timer_count)
            break;
        if (end > loop->timer_count + 1)
            end = loop->timer_count + 1;
        while (++child < end)
            if (loop->timers[child]->at < loop->timers[least]->at)
                least = child;
        if (loop->timers[least]->at >= timer->at)
            break;
        put(loop, place, loop->timers[least]);
        place = least;
    }
    put(loop, place, timer);
}

int fl_timer_start(fl_timer *timer, int64_t at)
{
    fl_loop *loop = fl_loop_here_;

    if (loop->timer_count + 2 > loop->timer_capacity) {
        size_t capacity = loop->timer_capacity == 0 ? FIRST_CAPACITY : loop->timer_capacity * 2;
        fl_timer **bigger = fl_heap_resize(loop->timers, capacity * sizeof *bigger);
        if (bigger == NULL)
            return -ENOMEM;
        loop->timers = bigger;
        loop->timer_capacity = capacity;
    }
    timer->at = at;
    rise(loop, ++loop->timer_count, timer);
    return 0;
}

void fl_timer_stop(fl_timer *timer)
{
    fl_loop *loop = fl_loop_here_;
    size_t place = timer->place;

    if (place == 0)
        return;
    timer->place = 0;
    fl_timer *last = loop->timers[loop->timer_count--];
    if (last == timer)
        return;
    if (place > 1 && loop->timers[parent_of(place)]->at > last->at)
        rise(loop, place, last);
    else
        sink(loop, place, last);
}

void fl_timers_fire(fl_loop *loop)
{
    if (loop->timer_count == 0)
        return;
    int64_t now = fl_monotonic_us();
    while (loop->timer_count > 0 && loop->timers[1]->at <= now) {
        fl_timer *due = loop->timers[1];
        fl_timer_stop(due);
        due->fire(due);
    }
}

int fl_timers_wait(const fl_loop *loop)
{
    if (loop->timer_count == 0)
        return -1;
    int64_t wait = loop->timers[1]->at - fl_monotonic_us();
    return wait <= 0 ? 0 : wait > INT_MAX * INT64_C(1000) ? INT_MAX : (int)((wait + 999) / 1000);
}

/* -- waiting with a limit -------------------------------------------------------------------------------------------------------- */

typedef struct { fl_timer timer; fl_fiber *fiber; void (*abandon)(void *data); void *data; } limited;

static void limit_reached(fl_timer *timer)
{
    limited *wait = (limited *)timer;

    if (wait->abandon != NULL)
        wait->abandon(wait->data);
    fl_wake(wait->fiber, -ETIMEDOUT);
}

static void abandon_limited(void *data)
{
    limited *wait = data;

    fl_timer_stop(&wait->timer);
    if (wait->abandon != NULL)
        wait->abandon(wait->data);
}

int fl_park_until(int64_t at, void (*abandon)(void *data), void *data)
{
    limited wait = { .timer.fire = limit_reached, .fiber = fl_fiber_here(), .abandon = abandon, .data = data };

    if (at == INT64_MAX)
        return fl_park(abandon, data);
    int code = fl_timer_start(&wait.timer, at);
    if (code != 0) {
        if (abandon != NULL)
            abandon(data);
        return code;
    }
    code = fl_park(abandon_limited, &wait);
    fl_timer_stop(&wait.timer);
    return code;
}
