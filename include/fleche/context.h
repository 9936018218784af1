/* What belongs to one line of execution, a thread's own or a fiber's: the arena it allocates from, its protected calls, what it
 * deferred. For Flèche's own modules; the fiber switch exchanges fl_here. */
#pragma once
#include <setjmp.h>
#include "arena.h"
#include "error.h"

typedef struct fl_deferred { void (*run)(void *data); void *data; fl_arena *arena; } fl_deferred;   /* the arena current then */

enum { FL_DEFERRED_INLINE = 8 };                     /* registered without an allocation */

typedef struct fl_frame {                            /* one fl_protect() in progress */
    jmp_buf jump;
    struct fl_frame *outer;
    size_t deferred;                                 /* how many were registered when it began */
    fl_arena *arena;                                 /* the current one then, and again at its end */
    fl_arena *errors;                                /* where errors for it are made; NULL: in the context's own */
    fl_error *error;                                 /* what unwinds to it */
} fl_frame;

typedef struct fl_context {
    fl_arena *arena;                                 /* NULL until it first allocates */
    fl_frame *frame;                                 /* innermost; NULL outside of fl_protect */
    fl_deferred *deferred;                           /* a stack; first the inline ones below */
    size_t deferred_count, deferred_capacity;
    struct fl_fiber *fiber;                          /* NULL for a thread's own */
    fl_arena *own_arena;                             /* made when it first allocates, freed with the context; or NULL */
    struct fl_scope_mark *scope;                     /* innermost fl_scope */
    const struct fl_zone *zone;                      /* time.h: the current one; NULL is UTC */
    void *work;                                      /* what it works for: a request; given on to the fibers of its crews */
    fl_deferred inline_deferred[FL_DEFERRED_INLINE];
} fl_context;

extern _Thread_local fl_context *fl_here_;           /* NULL until the thread first asks */
fl_context *fl_context_begin_(void);
static inline fl_context *fl_context_here(void) { return FL_LIKELY(fl_here_ != NULL) ? fl_here_ : fl_context_begin_(); }

void fl_context_init(fl_context *context);
void fl_context_end(fl_context *context);            /* runs what is still deferred, frees what it owns; must be the current one */

/* fl_error_arena is where an error raised now must live, with all that it points to: the arena of the protected call that will
 * catch it. */
fl_arena *fl_error_arena(void);

/* fl_fiber_name_hook names the running fiber for logs and reports; set by the runtime. */
extern const char *(*fl_fiber_name_hook)(void);

/* fl_frames_now records return addresses, innermost first, at most `capacity`, leaving out `skip` of them; safe in a signal handler
 * once it has been called before. fl_frames_text writes them with function, file and line through libdw. */
size_t fl_frames_now(void **ret, size_t capacity, size_t skip);
struct fl_buf;
void fl_frames_text(void *const *frames, size_t count, struct fl_buf *out);
/* fl_frames_places says the same of each frame in parts, with texts in the current arena: for pages that show the source. */
typedef struct fl_frame_place {
    const void *address;
    const char *function, *file;                     /* NULL: not known; the file as the debugging information has it */
    int line;                                        /* 0 without a file */
} fl_frame_place;
void fl_frames_places(void *const *frames, size_t count, fl_frame_place *ret);
