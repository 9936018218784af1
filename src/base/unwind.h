/* Between the files of arenas, errors, scopes and contexts. */
#pragma once
#include <fleche/context.h>
#include <stdarg.h>

typedef struct fl_scope_mark { fl_arena *arena, *outer_arena; struct fl_scope_mark *outer; } fl_scope_mark;

/* Runs what was deferred down to `count` entries, the newest first, each protected and with the arena that was current when it
 * was deferred. The first error raised lands in *error; further ones, and all if *error was set already, become its suppressed
 * ones. They are made where the error that unwinds is: outside of the scopes that end. */
void fl_run_deferred(fl_context *here, size_t count, fl_error **error);

/* The error in the arena; where that is NULL or has no room, its class, place and text in a reserved one. Never raises. */
fl_error *fl_error_move_(fl_arena *arena, fl_error *error);

_Noreturn void fl_unwind(fl_error *error);           /* to the innermost frame; ends the process without one */

/* Makes an error in the arena of its catcher, with a code (0: none) whose text goes behind the message; `caller` is the return
 * address where its backtrace begins. Never fails and never raises. */
fl_error *fl_error_make_(const fl_error_class *is, int code, const char *file, int line, const void *caller, const char *format,
                         va_list arguments) FL_PRINTF(6, 0);

fl_arena *fl_arena_try_new_(fl_arena *parent, const char *name, size_t limit);       /* NULL without memory */

/* The arena, or the one it is part of, whose limit has no room for a block of `size`; NULL: none's. The other one raises, and
 * says which limit it is, or that memory is out. */
const fl_arena *fl_arena_over_(const fl_arena *arena, size_t size);
_Noreturn void fl_arena_raise_full_(const fl_arena *arena, size_t size) FL_COLD;

fl_arena *fl_arena_try_here_(void);                  /* the current one; NULL without memory for one to begin with */
fl_arena *fl_own_arena_(fl_context *here);           /* made when first asked for; NULL without memory */
void fl_arena_pool_end_(void);                       /* frees this thread's pooled arenas */
