/* Who runs next. A fiber that waits switches straight to the next one that is ready, without passing through the loop; after as many
 * switches as there were ready fibers, or 128, the loop has its turn, so that fibers which always have work starve neither sockets nor
 * timers. The thread's own stack takes part as the fiber `main`. */
#include "fiber/change.h"
#include <errno.h>
#include <fleche/heap.h>
#include <pthread.h>

_Thread_local fl_scheduler *fl_scheduler_here_;

enum { LEAST_BUDGET = 128 };                         /* switches a turn: a look at the kernel costs as much as twenty */

static const char *name_for_logs(void)
{
    const fl_fiber *self = fl_fiber_here();
    return self == NULL ? NULL : self->name;
}

int fl_scheduler_begin(void)
{
    fl_scheduler *here = fl_heap_zalloc(sizeof *here);

    if (here == NULL)
        return -ENOMEM;
    here->main.machine = fl_machine_of_thread();
    here->main.name = "loop";
#if FL_TSAN
    here->main.tsan = __tsan_get_current_fiber();
#endif
    fl_fiber_name_hook = name_for_logs;
    fl_scheduler_here_ = here;
    return 0;
}

void fl_scheduler_end(void)
{
    while (fl_scheduler_here_->newest != NULL)       /* ended, and never joined */
        fl_fiber_release(fl_scheduler_here_->newest);
    fl_heap_free(fl_scheduler_here_);
    fl_scheduler_here_ = NULL;
    fl_stack_pool_end();
}

void fl_make_ready(fl_scheduler *here, fl_fiber *fiber)
{
    fiber->state = FL_FIBER_READY;
    fiber->next = NULL;
    if (here->last == NULL)
        here->first = fiber;
    else
        here->last->next = fiber;
    here->last = fiber;
    here->ready++;
}

static fl_fiber *take_ready(fl_scheduler *here)
{
    fl_fiber *fiber = here->first;

    here->first = fiber->next;
    if (here->first == NULL)
        here->last = NULL;
    here->ready--;
    return fiber;
}

#if FL_ASAN
/* The bounds of the stack that is gone to: a fiber's own, or the thread's. */
static void announce(fl_scheduler *here, fl_fiber *from, fl_fiber *to, bool for_good)
{
    void **keep = for_good ? NULL : &from->fake_stack;

    if (to != &here->main) {
        __sanitizer_start_switch_fiber(keep, to->stack->bottom, (size_t)((char *)to->stack->top - to->stack->bottom));
        return;
    }
    pthread_attr_t attributes;
    static _Thread_local void *bottom;
    static _Thread_local size_t size;
    if (bottom == NULL && pthread_getattr_np(pthread_self(), &attributes) == 0) {
        (void)pthread_attr_getstack(&attributes, &bottom, &size);
        (void)pthread_attr_destroy(&attributes);
    }
    __sanitizer_start_switch_fiber(keep, bottom, size);
}
#endif

void fl_arrived(fl_scheduler *here, fl_fiber *self)
{
#if FL_ASAN
    __sanitizer_finish_switch_fiber(self == NULL ? NULL : self->fake_stack, NULL, NULL);
#else
    (void)self;
#endif
    if (FL_UNLIKELY(here->dead != NULL)) {
        fl_fiber *dead = here->dead;
        here->dead = NULL;
        here->live--;
        if (!dead->joinable)
            fl_fiber_release(dead);
    }
}

static void go(fl_scheduler *here, fl_fiber *from, fl_fiber *to, bool for_good)
{
    uint64_t switches = atomic_load_explicit(&here->switches, memory_order_relaxed);

    atomic_store_explicit(&here->switches, switches + 1, memory_order_relaxed);
    if (to == &here->main) {
        here->current = NULL;
        fl_here_ = here->thread;
    } else {
        to->state = FL_FIBER_RUNNING;
        here->current = to;
        fl_here_ = &to->context;
    }
#if FL_ASAN
    announce(here, from, to, for_good);
#else
    (void)for_good;
#endif
#if FL_TSAN
    __tsan_switch_to_fiber(to->tsan, 0);
#endif
    fl_switch(&from->machine, to->machine);
}

static fl_fiber *next_one(fl_scheduler *here)
{
    if (here->first == NULL || here->budget == 0)
        return &here->main;
    here->budget--;
    return take_ready(here);
}

void fl_leave(fl_scheduler *here, fl_fiber *self)
{
    fl_fiber *next = next_one(here);

    if (next == self) {                              /* the only one that is ready: yielded to itself */
        self->state = FL_FIBER_RUNNING;
        return;
    }
    go(here, self, next, false);
    fl_arrived(here, self);
}

void fl_leave_for_good(fl_scheduler *here, fl_fiber *self)
{
    here->dead = self;
    go(here, self, next_one(here), true);
    __builtin_unreachable();
}

void fl_scheduler_run(void)
{
    fl_scheduler *here = fl_scheduler_here_;

    if (here->first == NULL)
        return;
    here->budget = here->ready < LEAST_BUDGET ? LEAST_BUDGET : here->ready;
    here->thread = fl_context_here();
    fl_fiber *next = next_one(here);
    go(here, &here->main, next, false);
    fl_arrived(here, &here->main);
}
