/* What tests take and give back however they end: a failed expectation, or in a torture any allocation, may be their end. */
#pragma once
#include <fleche/buf.h>
#include <fleche/heap.h>
#include <fleche/test.h>
#include <stdio.h>
#include <unistd.h>

static inline void free_arena(void *arena) { fl_arena_free(arena); }
static inline void free_buf(void *buf) { fl_buf_free(buf); }
static inline void free_block(void *block) { fl_heap_free(block); }
static inline void close_file(void *file) { (void)fclose(file); }
static inline void close_descriptor(void *fd) { (void)close((int)(intptr_t)fd); }

/* The arena, freed at the end of the test (or of the fl_scope or fl_protect that this is called in). */
static inline fl_arena *freed_later(fl_arena *arena)
{
    fl_defer(free_arena, arena);
    return arena;
}

static inline void free_now(fl_arena *arena)         /* one that freed_later() had */
{
    fl_expect(fl_undefer(free_arena, arena));
    fl_arena_free(arena);
}

/* A buffer from the heap, freed at the end of the test. */
static inline fl_buf *heap_buf(size_t limit)
{
    fl_buf *out = fl_alloc(sizeof *out);

    *out = fl_buf_heap(limit);
    fl_defer(free_buf, out);
    return out;
}

/* fd, closed at the end of the test. */
static inline int closed_later(int fd)
{
    fl_expect_ok(fd);
    fl_defer(close_descriptor, (void *)(intptr_t)fd);
    return fd;
}

/* A file of tests/, open to be read, closed at the end of the test. */
static inline FILE *opened(const char *path)
{
    const char *whole = fl_test_file(path);
    FILE *file = fopen(whole, "re");

    if (file == NULL)
        fl_fail("%s cannot be read", whole);
    fl_defer(close_file, file);
    return file;
}
