/* Raising, protecting, deferring: the only file with setjmp.
 *
 * What was deferred runs before the jump, on the stack of whoever raised, since its data may be locals of the functions that
 * are about to be left. Each deferred function runs in a protected call of its own, so one that raises stops no other.
 * The jump goes upward inside one stack, never between stacks: each fiber has frames of its own. */
#include <fleche/heap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/unwind.h"

static FL_COLD _Noreturn void end_process(const fl_error *error)
{
    fprintf(stderr, "An error that nothing protects against:\n%s", fl_error_report(error));
    abort();
}

_Noreturn void fl_unwind(fl_error *error)
{
    fl_context *here = fl_context_here();
    fl_frame *frame = here->frame;

    if (frame == NULL)
        end_process(error);
    frame->error = error;
    fl_run_deferred(here, frame->deferred, &frame->error);
    _longjmp(frame->jump, 1);
}

static fl_error *protect(fl_context *here, fl_arena *errors, void (*run)(void *data), void *data)
{
    fl_frame frame;

    frame.outer = here->frame;
    frame.deferred = here->deferred_count;
    frame.arena = here->arena;
    frame.errors = errors;
    frame.error = NULL;
    here->frame = &frame;
    if (_setjmp(frame.jump) == 0) {
        run(data);
        if (here->deferred_count > frame.deferred)
            fl_run_deferred(here, frame.deferred, &frame.error);
    }
    here->frame = frame.outer;
    here->arena = frame.arena;
    return frame.error;
}

fl_error *fl_protect(void (*run)(void *data), void *data)
{
    fl_context *here = fl_context_here();
    return protect(here, here->arena, run, data);
}

void fl_run_deferred(fl_context *here, size_t count, fl_error **error)
{
    while (here->deferred_count > count) {
        fl_deferred last = here->deferred[--here->deferred_count];
        here->arena = last.arena;
        fl_error *raised = protect(here, here->frame == NULL ? NULL : here->frame->errors, last.run, last.data);
        fl_error **place = error;
        while (*place != NULL && *place != raised)   /* a reserved error may be in the chain already, made anew */
            place = &(*place)->suppressed;
        *place = raised;
    }
}

void fl_defer(void (*run)(void *data), void *data)
{
    fl_context *here = fl_context_here();

    if (FL_UNLIKELY(here->deferred_count == here->deferred_capacity)) {
        bool is_inline = here->deferred == here->inline_deferred;
        size_t capacity = here->deferred_capacity * 2;
        fl_deferred *bigger = fl_heap_resize(is_inline ? NULL : here->deferred, capacity * sizeof *bigger);
        if (bigger == NULL) {
            run(data);                               /* what it would release must not be lost */
            fl_raise(FL_OUT_OF_MEMORY, "no memory to defer a function (%zu are deferred)", here->deferred_count);
        }
        if (is_inline)
            memcpy(bigger, here->inline_deferred, sizeof here->inline_deferred);
        here->deferred = bigger;
        here->deferred_capacity = capacity;
    }
    here->deferred[here->deferred_count++] = (fl_deferred){ run, data, here->arena };
}

bool fl_undefer(void (*run)(void *data), void *data)
{
    fl_context *here = fl_context_here();
    size_t bottom = here->frame == NULL ? 0 : here->frame->deferred;

    for (size_t at = here->deferred_count; at > bottom; at--)
        if (here->deferred[at - 1].run == run && here->deferred[at - 1].data == data) {
            memmove(&here->deferred[at - 1], &here->deferred[at], (here->deferred_count - at) * sizeof *here->deferred);
            here->deferred_count--;
            return true;
        }
    return false;
}
