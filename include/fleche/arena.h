/* Arenas: memory that nobody frees.
 *
 * An arena hands out memory by moving a pointer and takes all of it back in one step. Every request, task, command and test
 * has one; fl_alloc() takes from the one of whatever runs now, so application code never frees:
 *
 *     char *name = fl_alloc(64);                  // zeroed; lives until the request ends
 *     fl_scope {                                  // for long loops: what the block takes is given back at its end
 *         char *line = fl_text("row %d", i);
 *     }
 *
 * An arena of one's own serves the memory that lives longer or shorter than that:
 *
 *     fl_arena *arena = fl_arena_new("import", 16 << 20);          // at most 16 MiB, then fl_raise(FL_MEMORY_LIMIT, …)
 *     fl_arena_on_end(arena, close_file, file);                    // runs at reset and free, the last one first
 *     fl_arena_reset(arena);                                       // all memory back
 *     fl_arena_free(arena);
 *
 * Under AddressSanitizer what an arena took back is poisoned: a use after the end is reported at its line.
 * An arena belongs to one thread. Memory is aligned to 16 bytes, text to 1. */
#pragma once
#include "attributes.h"
#include "macros.h"

typedef struct fl_arena {
    char *at, *end;                     /* the free part of the current chunk; the rest is private */
    struct fl_chunk *chunks;
    struct fl_cleanup *cleanups;
    const char *name;
    size_t limit, taken;                /* bytes; taken counts chunks, so a little more than was asked for */
    struct fl_arena *parent;
} fl_arena;

#define FL_ARENA_ALIGN ((size_t)16)
#define FL_NO_LIMIT SIZE_MAX

/* fl_arena_new makes an empty arena; `name` appears in error messages and is not copied; `limit` is the most bytes it may take
 * (FL_NO_LIMIT for none). Raises FL_OUT_OF_MEMORY. */
fl_arena *fl_arena_new(const char *name, size_t limit);

/* fl_arena_new_child makes an arena for a shorter time than `parent`'s; what it takes counts against the parent's limit too.
 * It must be freed before the parent ends. */
fl_arena *fl_arena_new_child(fl_arena *parent, const char *name);

void fl_arena_reset(fl_arena *arena);   /* runs the clean-ups, takes all memory back, keeps a first small chunk */
void fl_arena_free(fl_arena *arena);    /* the same, and the arena itself is gone; NULL is fine */

/* fl_arena_on_end registers `run(data)` for the arena's next reset or free, last registered first. Clean-ups never raise.
 * Without memory to register it, runs it at once and raises as fl_arena_alloc does. */
void fl_arena_on_end(fl_arena *arena, void (*run)(void *data), void *data);

/* fl_arena_used is the number of bytes in chunks now; fl_arena_live how many arenas exist in this thread (for leak checks). */
size_t fl_arena_used(const fl_arena *arena);
size_t fl_arena_live(void);

/* The slow half of the inlines below: takes a new chunk. NULL beyond the limit or without memory; the other one raises. */
void *fl_arena_grow_or_null_(fl_arena *arena, size_t size, size_t align);
void *fl_arena_grow_(fl_arena *arena, size_t size, size_t align);

#if FL_ASAN
void *fl_arena_take_checked_(fl_arena *arena, size_t size, size_t align);
#define FL_ARENA_FAST_(arena, size, align) fl_arena_take_checked_(arena, size, align)
#else
static inline void *fl_arena_take_fast_(fl_arena *arena, size_t size, size_t align)
{
    uintptr_t start = ((uintptr_t)arena->at + (align - 1)) & ~(uintptr_t)(align - 1);
    uintptr_t end = (uintptr_t)arena->end;

    if (FL_UNLIKELY(start > end || size > end - start))
        return NULL;
    arena->at = (char *)(start + size);
    return (void *)start;
}
#define FL_ARENA_FAST_(arena, size, align) fl_arena_take_fast_(arena, size, align)
#endif

/* fl_arena_alloc gives `size` bytes, not zeroed. Raises FL_MEMORY_LIMIT beyond the arena's limit. */
static inline void *fl_arena_alloc(fl_arena *arena, size_t size)
{
    void *p = FL_ARENA_FAST_(arena, size, FL_ARENA_ALIGN);
    return FL_LIKELY(p != NULL) ? p : fl_arena_grow_(arena, size, FL_ARENA_ALIGN);
}

/* fl_arena_alloc_text gives `size` bytes for characters, unaligned and not zeroed. Raises as fl_arena_alloc. */
static inline char *fl_arena_alloc_text(fl_arena *arena, size_t size)
{
    void *p = FL_ARENA_FAST_(arena, size, 1);
    return FL_LIKELY(p != NULL) ? p : fl_arena_grow_(arena, size, 1);
}

/* fl_arena_try_alloc is fl_arena_alloc that returns NULL instead of raising. */
static inline void *fl_arena_try_alloc(fl_arena *arena, size_t size)
{
    void *p = FL_ARENA_FAST_(arena, size, FL_ARENA_ALIGN);
    return FL_LIKELY(p != NULL) ? p : fl_arena_grow_or_null_(arena, size, FL_ARENA_ALIGN);
}

/* fl_arena_resize makes `block`, of `size` bytes, hold `new_size`: in place where it was the arena's last, else by a copy.
 * The new bytes are not zeroed; `block` may be NULL with size 0. Raises as fl_arena_alloc. */
void *fl_arena_resize(fl_arena *arena, void *block, size_t size, size_t new_size);
void *fl_arena_try_resize(fl_arena *arena, void *block, size_t size, size_t new_size);      /* NULL, and block as it was */

void *fl_arena_zalloc(fl_arena *arena, size_t size);                        /* zeroed */
void *fl_arena_copy(fl_arena *arena, const void *bytes, size_t size);       /* a copy of the bytes */
char *fl_arena_copy_text(fl_arena *arena, const char *text, size_t size);   /* a copy of size characters, and a NUL */

/* -- the arena of what runs now --------------------------------------------------------------------------------------- */

fl_arena *fl_arena_here(void);                   /* never NULL: a thread or fiber gets one when it first asks */
/* fl_arena_set_here makes it the one that fl_alloc() takes from and returns the one before. The end of a fl_protect() or fl_scope
 * makes current again what was when it began. */
fl_arena *fl_arena_set_here(fl_arena *arena);

void *fl_alloc(size_t size);                     /* zeroed, 16-byte aligned, of fl_arena_here() */
#define fl_new_of(T)          ((T *)fl_alloc(sizeof(T)))
#define fl_new_array(T, n)    ((T *)fl_alloc_array_(sizeof(T), n))
void *fl_alloc_array_(size_t item, size_t n);    /* checks the product */

/* fl_scope { … } gives back at its end what the block took. Left by break, return, goto or an error, it still does; what was
 * registered inside with fl_defer() runs at its end. `continue` and `break` in it leave the scope, not a loop around it. */
fl_arena *fl_scope_enter_(void);
void fl_scope_leave_(fl_arena **scope);
#define fl_scope FL_SCOPE_(__COUNTER__)
#define FL_SCOPE_(n) FL_SCOPE_NAMED_(FL_CAT(fl_scope_, n), FL_CAT(fl_once_, n))
#define FL_SCOPE_NAMED_(scope, once) \
    for (fl_arena *scope __attribute__((cleanup(fl_scope_leave_))) = fl_scope_enter_(), *once = scope; once != NULL; once = NULL)

/* fl_keep copies outward: into the arena that was current before the innermost fl_scope. */
void *fl_keep(const void *bytes, size_t size);
char *fl_keep_text(const char *text);
