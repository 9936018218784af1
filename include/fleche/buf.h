/* fl_buf: a growing run of bytes with a ceiling. What text, JSON, templates and responses are written into.
 *
 *     fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20);       // at most 1 MiB
 *     fl_buf_add(&out, fl_lit("Hello "));
 *     fl_buf_format(&out, "%d", 42);
 *     if (fl_buf_failed(&out)) …                              // beyond the ceiling, or no memory: checked once, at the end
 *     char *text = fl_buf_c(&out);                            // NUL-terminated; raises if it failed
 *
 * A failed append changes nothing and makes every later one do nothing (a sticky error), so the happy path needs no checks.
 * An arena's buffer needs no end; a heap buffer (fl_buf_heap) is given back with fl_buf_free(). What is appended must not be a
 * part of the buffer itself, which may move. */
#pragma once
#include <stdarg.h>
#include "arena.h"
#include "str.h"

typedef struct fl_buf {
    char *data;
    size_t size, capacity, limit;                               /* data has one byte more than capacity, for a NUL */
    fl_arena *arena;                                            /* NULL: the heap's */
    int error;                                                  /* 0, -ENOBUFS beyond a limit (the arena's too), -ENOMEM, or
                                                                   -EINVAL for a format that cannot be written */
} fl_buf;

static inline fl_buf fl_buf_in(fl_arena *arena, size_t limit) { return (fl_buf){ .limit = limit, .arena = arena }; }
static inline fl_buf fl_buf_heap(size_t limit) { return (fl_buf){ .limit = limit }; }
void fl_buf_free(fl_buf *buf);                                  /* a heap buffer's memory back; the buffer is empty again */

bool fl_buf_grow_(fl_buf *buf, size_t more);
/* fl_buf_room makes sure that `more` bytes fit behind what is there; false, and the buffer failed, if they cannot. */
static inline bool fl_buf_room(fl_buf *buf, size_t more)
{
    return FL_LIKELY(more <= buf->capacity - buf->size) || fl_buf_grow_(buf, more);
}
static inline void fl_buf_add_n(fl_buf *buf, const void *bytes, size_t size)
{
    if (FL_LIKELY(fl_buf_room(buf, size)) && size != 0) {
        memcpy(buf->data + buf->size, bytes, size);
        buf->size += size;
    }
}
static inline void fl_buf_add(fl_buf *buf, fl_str s) { fl_buf_add_n(buf, s.data, s.size); }
static inline void fl_buf_add_c(fl_buf *buf, const char *text) { fl_buf_add_n(buf, text, strlen(text)); }
static inline void fl_buf_add_char(fl_buf *buf, char c)
{
    if (FL_LIKELY(fl_buf_room(buf, 1)))
        buf->data[buf->size++] = c;
}
void fl_buf_add_int(fl_buf *buf, long long value);              /* decimal, faster than a format */
void fl_buf_add_uint(fl_buf *buf, unsigned long long value);
void fl_buf_add_double(fl_buf *buf, double value);              /* the shortest form that reads back, as Python's repr() */
void fl_buf_format(fl_buf *buf, const char *format, ...) FL_PRINTF(2, 3);
void fl_buf_format_v(fl_buf *buf, const char *format, va_list arguments) FL_PRINTF(2, 0);

static inline bool fl_buf_failed(const fl_buf *buf) { return buf->error != 0; }
static inline fl_str fl_buf_str(const fl_buf *buf) { return (fl_str){ buf->data, buf->size }; }
char *fl_buf_c(fl_buf *buf);                                    /* puts a NUL behind; raises FL_MEMORY_LIMIT or FL_OUT_OF_MEMORY
                                                                   if it failed */
static inline void fl_buf_clear(fl_buf *buf) { buf->size = 0; buf->error = 0; }
