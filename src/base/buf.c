/* Growing buffers. Growth doubles, up to the ceiling; an error sticks, so that writers check once. */
#include <errno.h>
#include <fleche/buf.h>
#include <fleche/error.h>
#include <fleche/heap.h>
#include <stdio.h>

enum { SMALLEST = 64 };

/* Full from now on: no later append gets past the inline check. */
static bool fail(fl_buf *buf, int error)
{
    buf->error = error;
    buf->capacity = buf->size;
    return false;
}

bool fl_buf_grow_(fl_buf *buf, size_t more)
{
    if (buf->error != 0)
        return false;
    if (more > buf->limit || buf->size > buf->limit - more)
        return fail(buf, -ENOBUFS);

    size_t capacity = buf->capacity < SMALLEST ? SMALLEST : buf->capacity > buf->limit / 2 ? buf->limit : buf->capacity * 2;
    if (capacity < buf->size + more)
        capacity = buf->size + more;
    if (capacity > buf->limit)
        capacity = buf->limit;
    char *data = buf->arena == NULL ? fl_heap_resize(buf->data, capacity)
                                    : fl_arena_try_resize(buf->arena, buf->data, buf->capacity, capacity);
    if (data == NULL)
        return fail(buf, -ENOMEM);
    buf->data = data;
    buf->capacity = capacity;
    return true;
}

void fl_buf_free(fl_buf *buf)
{
    if (buf->arena == NULL)
        fl_heap_free(buf->data);
    *buf = (fl_buf){ .limit = buf->limit, .arena = buf->arena };
}

void fl_buf_format_v(fl_buf *buf, const char *format, va_list arguments)
{
    va_list again;

    if (!fl_buf_room(buf, 1))
        return;
    va_copy(again, arguments);
    size_t room = buf->capacity - buf->size;
    int size = vsnprintf(buf->data + buf->size, room, format, again);
    va_end(again);
    if (size < 0) {
        (void)fail(buf, -EINVAL);
        return;
    }
    if ((size_t)size >= room) {
        size_t at = buf->size;
        if (!fl_buf_room(buf, (size_t)size + 1))
            return;
        (void)vsnprintf(buf->data + at, (size_t)size + 1, format, arguments);
    }
    buf->size += (size_t)size;
}

void fl_buf_format(fl_buf *buf, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fl_buf_format_v(buf, format, arguments);
    va_end(arguments);
}

char *fl_buf_c(fl_buf *buf)
{
    if (buf->error == 0 && buf->size == buf->limit && buf->limit < SIZE_MAX)
        buf->limit++;                                /* the NUL is not the writer's */
    if (fl_buf_room(buf, 1))
        buf->data[buf->size] = '\0';
    if (buf->error == -ENOBUFS)
        fl_raise(FL_MEMORY_LIMIT, "text of more than %zu bytes", buf->limit);
    if (buf->error != 0)
        fl_raise_code(buf->error, "a buffer of %zu bytes cannot grow", buf->size);
    return buf->data;
}
