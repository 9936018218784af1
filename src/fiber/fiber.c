/* Fibers: birth, life, end. A fiber's struct lies at the top of its stack, so that a fiber is one piece of memory from a pool. */
#include "fiber/fiber.h"
#include <errno.h>
#include <fleche/heap.h>
#include <stdio.h>
#include <string.h>
#include "base/unwind.h"
#include "fiber/change.h"

static const fl_spawn_options no_options;

/* Stacks lie at multiples of their size, so the same depth of all would share a few sets of the processor's cache: neighbours begin at
 * different places of the page. */
static fl_fiber *place_on(fl_stack *stack)
{
    enum { COLOURS = 8, APART = 256 };
    uintptr_t colour = (uintptr_t)stack->top / FL_STACK_SIZE % COLOURS;
    uintptr_t at = ((uintptr_t)stack->top - colour * APART - sizeof(fl_fiber)) & ~(uintptr_t)63;
    return (fl_fiber *)at;
}

static void live(void *data)
{
    fl_fiber *self = data;
    self->run(self->data);
}

/* The first function on every fiber's stack. */
static void begin(void *data)
{
    fl_fiber *self = data;

    fl_arrived(fl_scheduler_here_, NULL);
    self->error = fl_protect(live, self);
    fl_fiber_end(self);
}

int fl_fiber_try_new(fl_fiber_main *run, void *data, const fl_spawn_options *options, fl_fiber **ret)
{
    fl_scheduler *here = fl_scheduler_here_;
    fl_stack *stack = fl_stack_take(options->stack);

    if (stack == NULL)
        return -ENOMEM;
    fl_fiber *fiber = place_on(stack);
    memset(fiber, 0, sizeof *fiber);
    fl_context_init(&fiber->context);
    fiber->context.fiber = fiber;
    fiber->context.arena = options->arena;
    fiber->stack = stack;
    fiber->run = run;
    fiber->data = data;
    fiber->name = options->name == NULL ? "fiber" : options->name;
    fiber->id = ++here->ids;
    fiber->machine = fl_machine_new(stack->bottom, fiber, begin, fiber);
#if FL_TSAN
    fiber->tsan = __tsan_create_fiber(0);
#endif
    fiber->older = here->newest;
    if (here->newest != NULL)
        here->newest->newer = fiber;
    here->newest = fiber;
    here->live++;
    fl_make_ready(here, fiber);
    *ret = fiber;
    return 0;
}

static fl_fiber *spawn(fl_fiber_main *run, void *data, const fl_spawn_options *options, bool joinable)
{
    fl_fiber *fiber;

    if (fl_scheduler_here_ == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "fibers can only be started inside fl_run()");
    if (fl_fiber_try_new(run, data, options == NULL ? &no_options : options, &fiber) != 0) {
        fl_error *e = fl_error_new(FL_OUT_OF_MEMORY, "no stack for a fiber beside the %zu that live", fl_scheduler_here_->live);
        e->hint =
            "a limit stands in the way: vm.max_map_count (two mappings a fiber before Linux 6.13), ulimit -v, or memory itself";
        fl_reraise(e);
    }
    fiber->joinable = joinable;
    return fiber;
}

fl_fiber *fl_spawn_(fl_fiber_main *run, void *data, const fl_spawn_options *options) { return spawn(run, data, options, false); }

fl_fiber *fl_spawn_joinable_(fl_fiber_main *run, void *data, const fl_spawn_options *options)
{
    return spawn(run, data, options, true);
}

static void default_lost_error(const fl_error *error, const char *fiber)
{
    fprintf(stderr, "The fiber '%s' failed and nobody joined it:\n%s", fiber, fl_error_report(error));
}

static _Thread_local void (*lost_error)(const fl_error *error, const char *fiber) = default_lost_error;

static void tell_lost(void *data)
{
    const fl_fiber *self = data;
    lost_error(self->error, self->name);
}

/* Nothing protects any more, and the application's function may raise. */
static void report_lost(fl_fiber *self)
{
    if (self->error == NULL || fl_error_is(self->error, FL_CANCELLED))
        return;
    if (fl_protect(tell_lost, self) != NULL)
        default_lost_error(self->error, self->name);
}

void fl_on_lost_error(void (*run)(const fl_error *error, const char *fiber))
{
    lost_error = run == NULL ? default_lost_error : run;
}

/* Runs on the fiber's own stack, and leaves it for good. */
void fl_fiber_end(fl_fiber *self)
{
    fl_scheduler *here = fl_scheduler_here_;

    self->state = FL_FIBER_ENDED;
    fl_locals_free(self);
    if (self->crew != NULL)
        fl_crew_member_ended(self);
    else if (!self->joinable)
        report_lost(self);
    while (fl_waiters_wake(&self->joiners, 0))
        ;
    fl_leave_for_good(here, self);
}

/* Runs on another stack: nothing of the fiber is used behind this. */
void fl_fiber_release(fl_fiber *fiber)
{
    fl_scheduler *here = fl_scheduler_here_;

    if (fiber->older != NULL)
        fiber->older->newer = fiber->newer;
    if (fiber->newer != NULL)
        fiber->newer->older = fiber->older;
    else
        here->newest = fiber->older;
    fl_arena_free(fiber->context.own_arena);
    if (fiber->context.deferred != fiber->context.inline_deferred)
        fl_heap_free(fiber->context.deferred);
#if FL_TSAN
    __tsan_destroy_fiber(fiber->tsan);
#endif
    fl_stack_give(fiber->stack);
}

static fl_fiber *must_be_inside(const char *what)
{
    fl_fiber *self = fl_fiber_here();

    if (self == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "%s outside of a fiber: start with fl_run()", what);
    return self;
}

fl_error *fl_try_join(fl_fiber *fiber)
{
    fl_fiber *self = must_be_inside("fl_join()");

    if (!fiber->joinable || fiber->joined || fiber == self)
        fl_raise(FL_PROGRAMMING_ERROR, "the fiber '%s' cannot be joined: %s", fiber->name,
                 fiber == self   ? "it is this one"
                 : fiber->joined ? "it has been already"
                                 : "it was not started with fl_spawn_joinable()");
    if (fiber->state != FL_FIBER_ENDED) {
        int code = fl_waiters_wait(&fiber->joiners, NULL);
        if (code != 0)
            fl_raise_wait(code, "for a fiber to end");
    }
    fiber->joined = true;
    fl_error *error = fiber->error == NULL ? NULL : fl_error_move_(fl_arena_try_here_(), fiber->error);
    fl_fiber_release(fiber);
    return error;
}

void fl_join(fl_fiber *fiber)
{
    fl_error *error = fl_try_join(fiber);

    if (error != NULL)
        fl_reraise(error);
}

void fl_cancel(fl_fiber *fiber)
{
    if (fiber->state == FL_FIBER_ENDED || fiber->cancelled)
        return;
    fiber->cancelled = true;
    fl_wake_early(fiber, -ECANCELED);
}

bool fl_is_cancelled(void)
{
    const fl_fiber *self = fl_fiber_here();
    return self != NULL && self->cancelled;
}

fl_fiber *fl_fiber_here(void) { return fl_here_ == NULL ? NULL : fl_here_->fiber; }

const char *fl_fiber_name(const fl_fiber *fiber)
{
    if (fiber == NULL)
        fiber = fl_fiber_here();
    return fiber == NULL ? "main" : fiber->name;
}

void fl_fiber_rename(const char *name) { must_be_inside("fl_fiber_rename()")->name = name; }
uint64_t fl_fiber_id(const fl_fiber *fiber) { return fiber->id; }
size_t fl_fiber_stack_used(const fl_fiber *fiber) { return fl_stack_touched(fiber->stack); }

void fl_shield(void (*run)(void *data), void *data)
{
    fl_fiber *self = must_be_inside("fl_shield()");

    self->shield++;
    fl_error *error = fl_protect(run, data);
    self->shield--;
    if (error != NULL)
        fl_reraise(error);
}
