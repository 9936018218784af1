/* Arenas: a chain of chunks, the newest first, and a pointer that moves through the newest.
 *
 * A chunk is twice the size of the one before, up to 64 KiB; what would not fit half of that gets a chunk of its own behind the
 * newest, so that a large block does not throw the rest of the newest away. Reset frees all chunks but the first and starts it
 * anew. Ended arenas wait in a small pool per thread with their first chunk, so that a request's arena costs no malloc.
 *
 * Under ASan the free part of each chunk is poisoned and every block is followed by a poisoned gap, so an overrun by one byte and
 * a use after reset are both caught. */
#include <fleche/arena.h>
#include <fleche/error.h>
#include <fleche/heap.h>
#include <string.h>
#include "base/unwind.h"

#if FL_ASAN
#include <sanitizer/asan_interface.h>
#define poison(at, size) ASAN_POISON_MEMORY_REGION(at, size)
#define unpoison(at, size) ASAN_UNPOISON_MEMORY_REGION(at, size)
enum { GAP = 16 };
#else
#define poison(at, size) ((void)(at), (void)(size))
#define unpoison(at, size) ((void)(at), (void)(size))
enum { GAP = 0 };
#endif

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 65536, POOLED = 32 };

typedef struct fl_chunk { struct fl_chunk *older; size_t size; } fl_chunk;
typedef struct fl_cleanup { struct fl_cleanup *older; void (*run)(void *data); void *data; } fl_cleanup;

_Static_assert(sizeof(fl_chunk) % 16 == 0, "blocks behind a chunk's head must be aligned");

static _Thread_local fl_arena *pool;                 /* chained by `parent` */
static _Thread_local size_t pooled, live;

static char *chunk_start(fl_chunk *chunk) { return (char *)(chunk + 1); }
static char *chunk_end(fl_chunk *chunk) { return (char *)chunk + chunk->size; }

/* Counts `size` more bytes against the arena and those it is part of; false if one of them has no room. */
static bool charge(fl_arena *arena, size_t size)
{
    for (const fl_arena *a = arena; a != NULL; a = a->parent)
        if (size > a->limit || a->taken > a->limit - size)
            return false;
    for (fl_arena *a = arena; a != NULL; a = a->parent)
        a->taken += size;
    return true;
}

static void discharge(fl_arena *arena, size_t size)
{
    for (fl_arena *a = arena; a != NULL; a = a->parent)
        a->taken -= size;
}

static fl_chunk *chunk_new(fl_arena *arena, size_t size)
{
    if (!charge(arena, size))
        return NULL;
    fl_chunk *chunk = fl_heap_alloc(size);
    if (chunk == NULL) {
        discharge(arena, size);
        return NULL;
    }
    chunk->size = size;
    poison(chunk_start(chunk), size - sizeof *chunk);
    return chunk;
}

static void chunk_free(fl_arena *arena, fl_chunk *chunk)
{
    discharge(arena, chunk->size);
    unpoison(chunk, chunk->size);
    fl_heap_free(chunk);
}

static void use_chunk(fl_arena *arena, fl_chunk *chunk)
{
    arena->at = chunk_start(chunk);
    arena->end = chunk_end(chunk);
}

static fl_arena *arena_new(fl_arena *parent, const char *name, size_t limit)
{
    fl_arena *arena = pool;

    if (arena != NULL) {
        pool = arena->parent;
        pooled--;
    } else if ((arena = fl_heap_zalloc(sizeof *arena)) == NULL) {
        fl_raise(FL_OUT_OF_MEMORY, "no memory for the arena '%s'", name);
    }
    arena->name = name;
    arena->limit = limit;
    arena->parent = parent;
    for (fl_arena *a = parent; a != NULL; a = a->parent)
        a->taken += arena->taken;                    /* a chunk that came out of the pool with it */
    live++;
    return arena;
}

fl_arena *fl_arena_new(const char *name, size_t limit) { return arena_new(NULL, name, limit); }
fl_arena *fl_arena_new_child(fl_arena *parent, const char *name) { return arena_new(parent, name, FL_NO_LIMIT); }

static void run_cleanups(fl_arena *arena)
{
    while (arena->cleanups != NULL) {
        fl_cleanup *cleanup = arena->cleanups;
        arena->cleanups = cleanup->older;
        cleanup->run(cleanup->data);
    }
}

void fl_arena_reset(fl_arena *arena)
{
    run_cleanups(arena);
    if (arena->chunks == NULL)
        return;
    while (arena->chunks->older != NULL) {
        fl_chunk *chunk = arena->chunks;
        arena->chunks = chunk->older;
        chunk_free(arena, chunk);
    }
    poison(chunk_start(arena->chunks), arena->chunks->size - sizeof *arena->chunks);
    use_chunk(arena, arena->chunks);
}

void fl_arena_free(fl_arena *arena)
{
    if (arena == NULL)
        return;
    fl_arena_reset(arena);
    live--;
    for (fl_arena *a = arena->parent; a != NULL; a = a->parent)
        a->taken -= arena->taken;
    arena->parent = NULL;
    if (pooled < POOLED && (arena->chunks == NULL || arena->chunks->size == FIRST_CHUNK)) {
        arena->parent = pool;
        pool = arena;
        pooled++;
        return;
    }
    if (arena->chunks != NULL)
        chunk_free(arena, arena->chunks);
    fl_heap_free(arena);
}

void fl_arena_pool_end_(void)
{
    while (pool != NULL) {
        fl_arena *arena = pool;
        pool = arena->parent;
        arena->parent = NULL;
        if (arena->chunks != NULL)
            chunk_free(arena, arena->chunks);
        fl_heap_free(arena);
    }
    pooled = 0;
}

void fl_arena_on_end(fl_arena *arena, void (*run)(void *data), void *data)
{
    fl_cleanup *cleanup = fl_arena_alloc(arena, sizeof *cleanup);

    *cleanup = (fl_cleanup){ arena->cleanups, run, data };
    arena->cleanups = cleanup;
}

size_t fl_arena_used(const fl_arena *arena) { return arena->taken; }
size_t fl_arena_live(void) { return live; }

static void *take(fl_arena *arena, size_t size, size_t align)
{
    uintptr_t start = ((uintptr_t)arena->at + (align - 1)) & ~(uintptr_t)(align - 1);
    uintptr_t end = (uintptr_t)arena->end;

    if (arena->at == NULL || start > end || size > end - start || size + GAP > end - start)
        return NULL;
    arena->at = (char *)(start + size + GAP);
    unpoison((void *)start, size);
    return (void *)start;
}

#if FL_ASAN
void *fl_arena_take_checked_(fl_arena *arena, size_t size, size_t align) { return take(arena, size, align); }
#endif

/* A block in a chunk of its own, which never becomes the one that small blocks come from. The first chunk stays the last of the
 * chain, since reset keeps that one. */
static void *take_alone(fl_arena *arena, size_t size, size_t align, size_t chunk_size)
{
    fl_chunk *own = chunk_new(arena, chunk_size);

    if (own == NULL)
        return NULL;
    fl_chunk **place = arena->chunks->older == NULL ? &arena->chunks : &arena->chunks->older;
    own->older = *place;
    *place = own;

    char *at = arena->at, *end = arena->end;
    use_chunk(arena, own);
    void *block = take(arena, size, align);
    arena->at = at;
    arena->end = end;
    return block;
}

void *fl_arena_grow_or_null_(fl_arena *arena, size_t size, size_t align)
{
    const size_t overhead = sizeof(fl_chunk) + FL_ARENA_ALIGN + 2 * (size_t)GAP;

    if (size > SIZE_MAX / 2)
        return NULL;
    size_t needed = size + overhead;
    if (arena->chunks != NULL && needed > LARGEST_CHUNK / 2)
        return take_alone(arena, size, align, needed);

    size_t wanted = arena->chunks == NULL ? FIRST_CHUNK : arena->chunks->size * 2;
    if (wanted > LARGEST_CHUNK)
        wanted = LARGEST_CHUNK;
    fl_chunk *chunk = chunk_new(arena, wanted < needed ? needed : wanted);
    if (chunk == NULL && wanted > needed)
        chunk = chunk_new(arena, needed);            /* the last bytes below the limit */
    if (chunk == NULL)
        return NULL;
    chunk->older = arena->chunks;
    arena->chunks = chunk;
    use_chunk(arena, chunk);
    return take(arena, size, align);
}

/* Says which limit stands in the way: the arena's own or that of one it is part of. */
static _Noreturn void raise_full(const fl_arena *arena, size_t size)
{
    for (const fl_arena *a = arena; a != NULL; a = a->parent) {
        if (size <= a->limit && a->taken <= a->limit - size)
            continue;
        fl_error *e = fl_error_new(FL_MEMORY_LIMIT, "%zu more bytes would take the arena '%s' over its limit of %zu bytes", size,
                                   a->name, a->limit);
        e->hint = "raise the limit, or give memory back early with fl_scope { … } in long loops";
        fl_reraise(e);
    }
    fl_raise(FL_OUT_OF_MEMORY, "no memory for %zu bytes in the arena '%s'", size, arena->name);
}

void *fl_arena_grow_(fl_arena *arena, size_t size, size_t align)
{
    void *block = fl_arena_grow_or_null_(arena, size, align);

    if (block == NULL)
        raise_full(arena, size);
    return block;
}

void *fl_arena_try_resize(fl_arena *arena, void *block, size_t size, size_t new_size)
{
    if (block != NULL && (char *)block + size + GAP == arena->at && new_size + GAP <= (size_t)(arena->end - (char *)block)) {
        poison(block, (size_t)(arena->at - (char *)block));
        arena->at = (char *)block + new_size + GAP;
        unpoison(block, new_size);
        return block;
    }
    if (block != NULL && new_size <= size)
        return block;
    void *bigger = fl_arena_try_alloc(arena, new_size);
    if (bigger != NULL && size != 0)
        memcpy(bigger, block, size);
    return bigger;
}

void *fl_arena_resize(fl_arena *arena, void *block, size_t size, size_t new_size)
{
    void *bigger = fl_arena_try_resize(arena, block, size, new_size);

    if (bigger != NULL)
        return bigger;
    raise_full(arena, new_size);
}

void *fl_arena_zalloc(fl_arena *arena, size_t size) { return memset(fl_arena_alloc(arena, size), 0, size); }

void *fl_arena_copy(fl_arena *arena, const void *bytes, size_t size)
{
    void *copy = fl_arena_alloc(arena, size);
    return size == 0 ? copy : memcpy(copy, bytes, size);
}

char *fl_arena_copy_text(fl_arena *arena, const char *text, size_t size)
{
    char *copy = fl_arena_alloc_text(arena, size + 1);

    if (size != 0)
        memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}
