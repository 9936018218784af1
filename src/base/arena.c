/* Arenas: a chain of chunks, and a pointer that moves through the newest.
 *
 * A chunk is twice the size of the one before, up to 64 KiB; what would not fit half of that gets a chunk of its own behind the
 * newest, so that a large block does not throw the rest of the newest away. Reset frees all chunks but the small first one and
 * starts that anew. Ended arenas wait in a small pool per thread with their first chunk, so that a request's arena or a scope
 * costs no malloc; a chunk in the pool counts against no limit.
 *
 * Under ASan the free part of each chunk is poisoned, every block is followed by a poisoned gap, and so are the arenas in the
 * pool: an overrun by one byte, a use after reset and a use of an ended arena are all caught. */
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

static bool has_room(const fl_arena *arena, size_t size) { return size <= arena->limit && arena->taken <= arena->limit - size; }

/* Counts `size` more bytes against the arena and those it is part of; false if one of them has no room. */
static bool charge(fl_arena *arena, size_t size)
{
    for (const fl_arena *a = arena; a != NULL; a = a->parent)
        if (!has_room(a, size))
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

static void chunk_free(fl_chunk *chunk)
{
    unpoison(chunk, chunk->size);
    fl_heap_free(chunk);
}

static void use_chunk(fl_arena *arena, fl_chunk *chunk)
{
    arena->at = chunk == NULL ? NULL : chunk_start(chunk);
    arena->end = chunk == NULL ? NULL : chunk_end(chunk);
}

static fl_arena *take_from_pool(void)
{
    fl_arena *arena = pool;

    if (arena == NULL)
        return NULL;
    unpoison(arena, sizeof *arena);
    pool = arena->parent;
    pooled--;
    return arena;
}

fl_arena *fl_arena_try_new_(fl_arena *parent, const char *name, size_t limit)
{
    fl_arena *arena = take_from_pool();

    if (arena == NULL && (arena = fl_heap_zalloc(sizeof *arena)) == NULL)
        return NULL;
    arena->name = name;
    arena->limit = limit;
    arena->parent = parent;
    if (arena->chunks != NULL && !charge(arena, arena->chunks->size)) {
        chunk_free(arena->chunks);                   /* it came with one that it has no room for */
        arena->chunks = NULL;
        use_chunk(arena, NULL);
    }
    live++;
    return arena;
}

static fl_arena *arena_new(fl_arena *parent, const char *name, size_t limit)
{
    fl_arena *arena = fl_arena_try_new_(parent, name, limit);

    if (arena == NULL)
        fl_raise(FL_OUT_OF_MEMORY, "no memory for the arena '%s'", name);
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
    fl_chunk *kept = NULL;

    run_cleanups(arena);
    for (fl_chunk *chunk = arena->chunks, *older; chunk != NULL; chunk = older) {
        older = chunk->older;
        if (kept == NULL && chunk->size == FIRST_CHUNK) {
            kept = chunk;
            continue;
        }
        discharge(arena, chunk->size);
        chunk_free(chunk);
    }
    arena->chunks = kept;
    use_chunk(arena, kept);
    if (kept != NULL) {
        kept->older = NULL;
        poison(chunk_start(kept), kept->size - sizeof *kept);
    }
}

static void arena_give_back(fl_arena *arena)
{
    if (arena->chunks != NULL)
        chunk_free(arena->chunks);
    fl_heap_free(arena);
}

void fl_arena_free(fl_arena *arena)
{
    if (arena == NULL)
        return;
    fl_arena_reset(arena);
    discharge(arena, arena->taken);
    live--;
    if (pooled == POOLED) {
        arena_give_back(arena);
        return;
    }
    arena->parent = pool;
    pool = arena;
    pooled++;
    poison(arena, sizeof *arena);
}

void fl_arena_pool_end_(void)
{
    for (fl_arena *arena; (arena = take_from_pool()) != NULL;)
        arena_give_back(arena);
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

/* A block in a chunk of its own, which never becomes the one that small blocks come from. */
static void *take_alone(fl_arena *arena, size_t size, size_t align, size_t chunk_size)
{
    fl_chunk *own = chunk_new(arena, chunk_size);

    if (own == NULL)
        return NULL;
    own->older = arena->chunks->older;
    arena->chunks->older = own;

    char *at = arena->at, *end = arena->end;
    use_chunk(arena, own);
    void *block = take(arena, size, align);
    arena->at = at;
    arena->end = end;
    return block;
}

/* The chunk that surely holds a block of `size`; SIZE_MAX when there is none so large. */
static size_t chunk_size_for(size_t size) { return size > SIZE_MAX / 2 ? SIZE_MAX : sizeof(fl_chunk) + size + GAP; }

void *fl_arena_grow_or_null_(fl_arena *arena, size_t size, size_t align)
{
    size_t needed = chunk_size_for(size);

    if (needed == SIZE_MAX)
        return NULL;
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

const fl_arena *fl_arena_over_(const fl_arena *arena, size_t size)
{
    for (const fl_arena *a = arena; a != NULL; a = a->parent)
        if (a->limit != FL_NO_LIMIT && !has_room(a, chunk_size_for(size)))
            return a;
    return NULL;
}

void fl_arena_raise_full_(const fl_arena *arena, size_t size)
{
    const fl_arena *over = fl_arena_over_(arena, size);

    if (over == NULL)
        fl_raise(FL_OUT_OF_MEMORY, "no memory for %zu bytes in the arena '%s'", size, arena->name);
    fl_error *e = fl_error_new(FL_MEMORY_LIMIT, "%zu more bytes would take the arena '%s' over its limit of %zu bytes", size,
                               over->name, over->limit);
    e->hint = "raise the limit, or give memory back early with fl_scope { … } in long loops";
    fl_unwind(e);
}

void *fl_arena_grow_(fl_arena *arena, size_t size, size_t align)
{
    void *block = fl_arena_grow_or_null_(arena, size, align);

    if (block == NULL)
        fl_arena_raise_full_(arena, size);
    return block;
}

void fl_arena_on_end(fl_arena *arena, void (*run)(void *data), void *data)
{
    fl_cleanup *cleanup = fl_arena_try_alloc(arena, sizeof *cleanup);

    if (cleanup == NULL) {
        run(data);                                   /* what it would release must not be lost */
        fl_arena_raise_full_(arena, sizeof *cleanup);
    }
    *cleanup = (fl_cleanup){ arena->cleanups, run, data };
    arena->cleanups = cleanup;
}

/* In place where the block is the last one and its chunk has the room. */
static bool stretch(fl_arena *arena, char *block, size_t size, size_t new_size)
{
    if (block == NULL || block + size + GAP != arena->at)
        return false;
    if (new_size > SIZE_MAX / 2 || new_size + GAP > (size_t)(arena->end - block))
        return false;
    poison(block, size);
    unpoison(block, new_size);
    arena->at = block + new_size + GAP;
    return true;
}

void *fl_arena_try_resize(fl_arena *arena, void *block, size_t size, size_t new_size)
{
    if (stretch(arena, block, size, new_size) || (block != NULL && new_size <= size))
        return block;
    void *bigger = fl_arena_try_alloc(arena, new_size);
    if (bigger != NULL && size != 0)
        memcpy(bigger, block, size);
    return bigger;
}

void *fl_arena_resize(fl_arena *arena, void *block, size_t size, size_t new_size)
{
    void *bigger = fl_arena_try_resize(arena, block, size, new_size);

    if (bigger == NULL)
        fl_arena_raise_full_(arena, new_size);
    return bigger;
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
