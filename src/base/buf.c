/* Growing buffers. Growth doubles, up to the ceiling; an error sticks, so that writers check once. There is always one byte more
 * than `capacity`, for the NUL of a format or of fl_buf_c(): it does not count against the ceiling. */
#include <errno.h>
#include <fleche/buf.h>
#include <fleche/error.h>
#include <fleche/heap.h>
#include <stdio.h>
#include "base/unwind.h"

enum { SMALLEST = 63 };

/* Full from now on: no later append gets past the inline check. */
static bool fail(fl_buf *buf, int error)
{
    buf->error = error;
    buf->capacity = buf->size;
    return false;
}

/* -ENOBUFS where a limit stands in the way, the arena's too. */
static char *resize(fl_buf *buf, size_t size, int *ret_error)
{
    char *data = buf->arena == NULL ? fl_heap_resize(buf->data, size)
                                    : fl_arena_try_resize(buf->arena, buf->data, buf->data == NULL ? 0 : buf->capacity + 1, size);
    if (data == NULL)
        *ret_error = fl_arena_over_(buf->arena, size) != NULL ? -ENOBUFS : -ENOMEM;
    return data;
}

bool fl_buf_grow_(fl_buf *buf, size_t more)
{
    int error;

    if (buf->error != 0)
        return false;
    if (more > buf->limit || buf->size > buf->limit - more)
        return fail(buf, -ENOBUFS);

    size_t capacity = buf->capacity > buf->limit / 2 ? buf->limit : buf->capacity * 2 + 1;
    if (capacity < SMALLEST)
        capacity = SMALLEST;
    if (capacity < buf->size + more)
        capacity = buf->size + more;
    if (capacity > buf->limit)
        capacity = buf->limit;
    if (capacity >= PTRDIFF_MAX)
        return fail(buf, -ENOMEM);
    char *data = resize(buf, capacity + 1, &error);
    if (data == NULL)
        return fail(buf, error);
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

    if (buf->error != 0 || (buf->data == NULL && !fl_buf_grow_(buf, 0)))
        return;
    size_t room = buf->capacity - buf->size;
    va_copy(again, arguments);
    int size = vsnprintf(buf->data + buf->size, room + 1, format, again);
    va_end(again);
    if (size < 0) {
        (void)fail(buf, -EINVAL);
        return;
    }
    if ((size_t)size > room) {
        if (!fl_buf_room(buf, (size_t)size))
            return;
        (void)vsnprintf(buf->data + buf->size, (size_t)size + 1, format, arguments);
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
    if (buf->error == 0 && (buf->data != NULL || fl_buf_grow_(buf, 0))) {
        buf->data[buf->size] = '\0';
        return buf->data;
    }
    if (buf->error != -ENOBUFS)
        fl_raise_code(buf->error, "a text of %zu bytes cannot grow", buf->size);
    if (buf->limit != FL_NO_LIMIT)
        fl_raise(FL_MEMORY_LIMIT, "a text of %zu bytes may not grow: its limit is %zu bytes", buf->size, buf->limit);
    fl_raise(FL_MEMORY_LIMIT, "a text of %zu bytes may not grow: the arena '%s' is full", buf->size, buf->arena->name);
}
