/* What is in a file: chunks of it, all of it, and more of it. */
#include <errno.h>
#include <unistd.h>
#include "files/files.h"

typedef struct { int fd; char *to; size_t size, at; ssize_t result; } reading;

static void read_part(void *data)
{
    reading *r = data;

    do
        r->result = pread(r->fd, r->to, r->size, (off_t)r->at);
    while (r->result < 0 && errno == EINTR);
    if (r->result < 0)
        r->result = -errno;
}

static ssize_t read_at(fl_file *file, char *to, size_t size, size_t at)
{
    reading r = { .fd = file->fd, .to = to, .size = size, .at = at };
    int code = fl_file_run(file, read_part, &r);
    return code != 0 ? code : r.result;
}

int fl_try_file_next_chunk(fl_file *file, size_t *cursor, fl_str *ret)
{
    if (file->kind == FL_FILE_OF_BYTES) {
        fl_str chunk = fl_str_slice(file->bytes, *cursor, FL_FILE_CHUNK);
        if (chunk.size == 0)
            return 0;
        *cursor += chunk.size;
        *ret = chunk;
        return 1;
    }
    int code = fl_file_ready(file, FL_FILE_READ);
    if (code != 0)
        return code;
    if (file->chunk == NULL)
        file->chunk = fl_arena_alloc(file->arena, FL_FILE_CHUNK);
    ssize_t n = read_at(file, file->chunk, FL_FILE_CHUNK, *cursor);
    if (n <= 0)
        return (int)n;
    *cursor += (size_t)n;
    *ret = fl_str_n(file->chunk, (size_t)n);
    return 1;
}

/* The file may be longer than was known of it (those of /proc say 0), and shorter. */
static int read_to_end(fl_file *file, size_t limit, fl_buf *bytes)
{
    for (;;) {
        size_t known = file->size > (fl_int)bytes->size ? (size_t)file->size - bytes->size : 0;
        size_t room = known > 0 ? known + 1 : FL_FILE_CHUNK;
        if (!fl_buf_room(bytes, room))
            return bytes->error;
        ssize_t n = read_at(file, bytes->data + bytes->size, room, bytes->size);
        if (n <= 0)
            return (int)n;
        bytes->size += (size_t)n;
        if (bytes->size > limit)
            return -EFBIG;
        if ((size_t)n < room && known > 0)
            return 0;
    }
}

int fl_try_file_read_whole(fl_file *file, size_t limit, fl_str *ret)
{
    fl_buf bytes = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_int size;

    int code = fl_try_file_size(file, &size);
    if (code != 0)
        return code;
    if ((uint64_t)size > limit)
        return -EFBIG;
    if (file->kind == FL_FILE_OF_BYTES) {
        *ret = fl_str_copy(file->bytes);
        return 0;
    }
    code = read_to_end(file, limit, &bytes);
    if (code != 0)
        return code;
    *ret = (fl_str){ fl_buf_c(&bytes), bytes.size };
    return 0;
}

/* -- writing ------------------------------------------------------------------------------------------------------------------------- */

int fl_write_fully(int fd, fl_str bytes)
{
    while (bytes.size > 0) {
        ssize_t n = write(fd, bytes.data, bytes.size);
        if (n < 0 && errno != EINTR)
            return -errno;
        if (n > 0)
            bytes = fl_str_slice(bytes, (size_t)n, SIZE_MAX);
    }
    return 0;
}

typedef struct { int fd, code; fl_str bytes; fl_int size; } writing;

/* Behind what is there, or was written by others meanwhile; what a failed write left half is cut off again. */
static void append(void *data)
{
    writing *w = data;
    off_t end = lseek(w->fd, 0, SEEK_END);

    w->code = end < 0 ? -errno : fl_write_fully(w->fd, w->bytes);
    if (w->code == 0)
        w->size = end + (fl_int)w->bytes.size;
    else if (end >= 0)
        (void)!ftruncate(w->fd, end);
}

static int append_in_memory(fl_file *file, fl_str bytes)
{
    fl_buf *out = &file->appended;

    if (file->mode == FL_FILE_READ)
        return -EBADF;
    if (file->bytes.size > 0 && out->size == 0)
        fl_buf_add(out, file->bytes);
    fl_buf_add(out, bytes);
    int code = out->error;
    if (code == 0)
        file->bytes = fl_buf_str(out);
    out->error = 0;                                  /* what was there is still good */
    return code;
}

int fl_try_file_write_bytes(fl_file *file, fl_str bytes)
{
    if (file->kind == FL_FILE_OF_BYTES)
        return append_in_memory(file, bytes);
    int code = fl_file_ready(file, FL_FILE_APPEND);
    if (code == 0 && file->mode == FL_FILE_READ)
        code = -EBADF;
    if (code != 0)
        return code;
    writing w = { .fd = file->fd, .bytes = bytes };
    code = fl_file_run(file, append, &w);
    if (code == 0)
        code = w.code;
    if (code == 0)
        file->size = w.size;
    return code;
}
