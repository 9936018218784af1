/* The arena of what runs now, and fl_scope: an arena for a block. A scope is also an end for what was deferred inside, since that
 * may use memory which goes with it; and it registers itself as deferred, because the cleanup attribute does not run when an
 * error unwinds through the block. */
#include <string.h>
#include "base/unwind.h"

fl_arena *fl_arena_try_here_(void)
{
    fl_context *here = fl_context_here();

    if (FL_UNLIKELY(here->arena == NULL))
        here->arena = fl_own_arena_(here);
    return here->arena;
}

fl_arena *fl_arena_here(void)
{
    fl_arena *arena = fl_arena_try_here_();

    if (FL_UNLIKELY(arena == NULL))
        fl_raise(FL_OUT_OF_MEMORY, "no memory for an arena to begin with");
    return arena;
}

fl_arena *fl_arena_set_here(fl_arena *arena)
{
    fl_arena *before = fl_arena_here();

    fl_here_->arena = arena;
    return before;
}

void *fl_alloc(size_t size) { return fl_arena_zalloc(fl_arena_here(), size); }

void *fl_alloc_array_(size_t item, size_t n)
{
    size_t size;

    if (__builtin_mul_overflow(item, n, &size))
        fl_raise(FL_OUT_OF_MEMORY, "an array of %zu items of %zu bytes is larger than memory", n, item);
    return fl_alloc(size);
}

/* The outer arena is current again already: it was when this was deferred. */
static void end_scope(void *data)
{
    fl_scope_mark *mark = data;

    fl_context_here()->scope = mark->outer;
    fl_arena_free(mark->arena);
}

fl_arena *fl_scope_enter_(void)
{
    fl_arena *outer = fl_arena_here();
    fl_context *here = fl_context_here();
    fl_arena *arena = fl_arena_new_child(outer, "scope");
    fl_scope_mark *mark = fl_arena_try_alloc(arena, sizeof *mark);

    if (mark == NULL) {
        fl_arena_free(arena);
        fl_arena_raise_full_(outer, sizeof *mark);
    }
    *mark = (fl_scope_mark){ .arena = arena, .outer_arena = outer, .outer = here->scope };
    here->scope = mark;
    fl_defer(end_scope, mark);
    here->arena = arena;
    return arena;
}

static bool is_end_of(const fl_deferred *deferred, const fl_arena *scope)
{
    return deferred->run == end_scope && ((const fl_scope_mark *)deferred->data)->arena == scope;
}

void fl_scope_leave_(fl_arena **scope)
{
    fl_context *here = fl_context_here();
    size_t at = here->deferred_count;
    fl_error *error = NULL;

    while (at > 0 && !is_end_of(&here->deferred[at - 1], *scope))
        at--;
    if (at == 0)
        return;                                      /* ended already: the thread is being cancelled */
    fl_run_deferred(here, at - 1, &error);
    if (error != NULL)
        fl_unwind(error);
}

static fl_arena *arena_outside(void)
{
    fl_context *here = fl_context_here();
    return here->scope == NULL ? fl_arena_here() : here->scope->outer_arena;
}

void *fl_keep(const void *bytes, size_t size) { return fl_arena_copy(arena_outside(), bytes, size); }
char *fl_keep_text(const char *text) { return fl_arena_copy_text(arena_outside(), text, strlen(text)); }
