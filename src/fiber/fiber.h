/* Inside the fibers: what the loop, the thread pool and the sockets build their waiting on.
 *
 * To wait is three steps: put yourself where somebody will find you, park, look at what woke you.
 *
 *     int code = fl_park(abandon, data);            // 0 or what fl_wake() was given; -ECANCELED; -ETIMEDOUT
 *
 * `abandon` takes you out of that place when you are woken early; it must not wait or raise. */
#pragma once
#include <stdatomic.h>
#include <fleche/context.h>
#include <fleche/fiber.h>
#include <fleche/sync.h>
#include "fiber/stack.h"
#include "fiber/switch.h"

typedef struct fl_deadline_mark {                    /* one fl_deadline() in progress; the loop's timer sets expired */
    struct fl_deadline_mark *outer;
    int shield;                                      /* the fiber's shield when it began: outer ones are put off inside it */
    bool expired;
    int64_t at;                                      /* monotonic µs */
} fl_deadline_mark;

typedef enum fl_fiber_state { FL_FIBER_READY, FL_FIBER_RUNNING, FL_FIBER_PARKED, FL_FIBER_ENDED } fl_fiber_state;

/* First what parking, waking and switching touch: one line of the processor's cache. */
struct fl_fiber {
    fl_machine machine;
    fl_fiber *next;                                  /* in the run queue, or among the dead */
    fl_deadline_mark *deadline;
    void (*abandon)(void *data);
    void *abandon_data;
    fl_fiber_state state;
    int shield;
    int wake_code;
    bool cancelled, joinable, joined;

    fl_stack *stack;
    fl_context context;
    fl_fiber *older, *newer;                         /* among all fibers of the thread */
    fl_fiber_main *run;
    void *data;
    const char *name;
    uint64_t id;
    fl_error *error;                                 /* what it raised, until it is joined */
    fl_waiters joiners;
    struct fl_crew *crew;
    struct fl_local_entry *locals;
#if FL_ASAN
    void *fake_stack;
#endif
#if FL_TSAN
    void *tsan;
#endif
};

typedef struct fl_waiter {                           /* on the stack of who waits */
    struct fl_waiter *next, *previous;
    fl_fiber *fiber;
    fl_waiters *queue;
    void *item;                                      /* what a channel hands over */
} fl_waiter;

/* The scheduler of one thread. */
typedef struct fl_scheduler {
    fl_fiber *current;                               /* NULL while the loop itself runs */
    fl_fiber *first, *last;                          /* ready */
    fl_fiber *newest;                                /* all that live */
    fl_fiber *dead;                                  /* ended; released once off its stack */
    fl_fiber main;                                   /* stands for the thread's own stack in a switch */
    fl_context *thread;                              /* the thread's own context */
    size_t live, ready, budget;                      /* budget: switches until the loop has a look at the kernel */
    uint64_t ids;
    _Atomic uint64_t switches;                       /* the watchdog looks at it from its thread */
} fl_scheduler;

extern _Thread_local fl_scheduler *fl_scheduler_here_;

/* fl_scheduler_begin makes this thread's; fl_scheduler_run runs what is ready, at most so many switches; fl_scheduler_end frees it. */
FL_MUST_CHECK int fl_scheduler_begin(void);
void fl_scheduler_run(void);
void fl_scheduler_end(void);

/* fl_fiber_try_new makes a fiber, ready to run. -ENOMEM with errno's reason. */
FL_MUST_CHECK int fl_fiber_try_new(fl_fiber_main *run, void *data, const fl_spawn_options *options, fl_fiber **ret);

int fl_park(void (*abandon)(void *data), void *data);
void fl_wake(fl_fiber *fiber, int code);             /* nothing if it is not parked */
/* fl_wake_early abandons what it waits for first: for cancellation and deadlines. Not through a shield; fl_wake_anyway is. */
void fl_wake_early(fl_fiber *fiber, int code);
void fl_wake_anyway(fl_fiber *fiber, int code);
/* fl_interrupted is 0, or the code that the fiber's next wait ends with at once. */
int fl_interrupted_slowly(const fl_fiber *fiber);
static inline int fl_interrupted(const fl_fiber *fiber)
{
    return FL_LIKELY(!fiber->cancelled && fiber->deadline == NULL) ? 0 : fl_interrupted_slowly(fiber);
}
/* fl_fiber_here, where it stands in the way of every operation. */
static inline fl_fiber *fl_fiber_now(void)
{
    const fl_scheduler *here = fl_scheduler_here_;
    return FL_LIKELY(here != NULL) ? here->current : NULL;
}
/* fl_raise_wait raises for the code of a wait, naming what it waited for. */
_Noreturn void fl_raise_wait(int code, const char *what);

/* Queues of those who wait, first come, first served. fl_waiters_wait parks at the end of the queue. */
FL_MUST_CHECK int fl_waiters_wait(fl_waiters *waiters, void *item);
fl_waiter *fl_waiters_take(fl_waiters *waiters);     /* the first one, off the queue; NULL if there is none. Still parked. */
bool fl_waiters_wake(fl_waiters *waiters, int code); /* takes and wakes the first; false if there is none */

/* fl_locals_copy gives a new fiber the values of this one; fl_locals_free at its end. */
FL_MUST_CHECK int fl_locals_copy(fl_fiber *to);
void fl_locals_free(fl_fiber *fiber);
void fl_crew_member_ended(fl_fiber *fiber);
