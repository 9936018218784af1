/* Between the files of errors, scopes and contexts. */
#pragma once
#include <fleche/context.h>

typedef struct fl_scope_mark { fl_arena *arena, *outer_arena; struct fl_scope_mark *outer; } fl_scope_mark;

/* Runs what was deferred down to `count` entries, the newest first, each protected. The first error raised lands in *error; further
 * ones, and all if *error was set already, become its suppressed ones. */
void fl_run_deferred(fl_context *here, size_t count, fl_error **error);

_Noreturn void fl_unwind(fl_error *error);           /* to the innermost frame; ends the process without one */
void fl_arena_pool_end_(void);                       /* frees this thread's pooled arenas */
