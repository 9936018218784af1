/* Files on the thread pool: a disk may be slow, and there is no other way to wait for it. What a thread reads lands on the heap, since
 * arenas belong to the loop's thread. */
#include <errno.h>
#include <fcntl.h>
#include <fleche/buf.h>
#include <fleche/heap.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "io/io.h"
#include "offload/offload.h"

/* -- whole files ----------------------------------------------------------------------------------------------------------------- */

typedef struct { const char *path; size_t limit; fl_buf bytes; int code; } reading;

static int read_to_end(int fd, fl_buf *bytes)
{
    enum { STEP = 65536 };                           /* behind the size that fstat gave, which /proc does not know */

    for (;;) {
        size_t left = bytes->limit - bytes->size;
        if (bytes->size == bytes->capacity && !fl_buf_room(bytes, left < STEP ? left : STEP))
            return bytes->error;
        size_t room = bytes->capacity - bytes->size;
        ssize_t n = read(fd, bytes->data + bytes->size, room < left ? room : left);
        if (n == 0)
            return 0;
        if (n < 0 && errno != EINTR)
            return -errno;
        if (n > 0 && (bytes->size += (size_t)n) == bytes->limit)
            return -EFBIG;                           /* the ceiling is one more than the caller's limit */
    }
}

static void read_whole(void *data)
{
    reading *r = data;
    struct stat file;
    int fd = open(r->path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        r->code = -errno;
        return;
    }
    if (fstat(fd, &file) != 0)
        r->code = -errno;
    else if (S_ISDIR(file.st_mode))
        r->code = -EISDIR;
    else if (file.st_size > 0 && (uint64_t)file.st_size > r->limit)
        r->code = -EFBIG;
    else
        r->code = fl_buf_room(&r->bytes, (size_t)file.st_size + 1) ? read_to_end(fd, &r->bytes) : r->bytes.error;
    (void)close(fd);
}

static void free_bytes(void *bytes) { fl_buf_free(bytes); }

int fl_try_file_read(const char *path, size_t limit, fl_str *ret)
{
    size_t ceiling = limit == SIZE_MAX ? limit : limit + 1;
    reading r = { .path = path, .limit = limit, .bytes = fl_buf_heap(ceiling) };
    int code = fl_pool_run(read_whole, &r);

    if (code == 0)
        code = r.code;
    if (code == 0) {
        fl_defer(free_bytes, &r.bytes);              /* the arena may be at its limit */
        *ret = fl_str_copy(fl_buf_str(&r.bytes));
        (void)fl_undefer(free_bytes, &r.bytes);
    }
    fl_buf_free(&r.bytes);
    return code;
}

fl_str fl_file_read(const char *path, size_t limit)
{
    fl_str bytes;
    int code = fl_try_file_read(path, limit, &bytes);

    if (code == -EFBIG)
        fl_raise(FL_MEMORY_LIMIT, "%s is larger than the %zu bytes that may be read of it", path, limit);
    if (code != 0)
        fl_raise_code(code, "cannot read %s", path);
    return bytes;
}

typedef struct { const char *path; fl_str bytes; int code; } writing;

static int write_all(int fd, fl_str bytes)
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

/* A new file beside the path, that nobody else has, and that lets nobody read it who may not read the one it will replace. */
static int open_beside(const char *path, char *ret, size_t capacity)
{
    static _Atomic unsigned count;
    enum { TRIES = 100 };
    struct stat old;
    bool replaces = stat(path, &old) == 0;
    int fd = -1;

    for (int i = 0; fd < 0 && i < TRIES; i++) {
        int size = snprintf(ret, capacity, "%s.%d-%u.new", path, (int)getpid(), count++);
        if (size < 0 || (size_t)size >= capacity)
            return -ENAMETOOLONG;
        fd = open(ret, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, replaces ? old.st_mode & 0777 : 0666);
        if (fd < 0 && errno != EEXIST)               /* left behind by an earlier process of our number */
            return -errno;
    }
    if (fd < 0)
        return -EEXIST;
    if (replaces)
        (void)fchmod(fd, old.st_mode & 07777);       /* what the umask took away */
    return fd;
}

static void write_whole(void *data)
{
    writing *w = data;
    char beside[4096];
    int fd = open_beside(w->path, beside, sizeof beside);

    if (fd < 0) {
        w->code = fd;
        return;
    }
    w->code = write_all(fd, w->bytes);
    if (w->code == 0 && fdatasync(fd) != 0)
        w->code = -errno;
    if (close(fd) != 0 && w->code == 0)
        w->code = -errno;
    if (w->code == 0 && rename(beside, w->path) != 0)
        w->code = -errno;
    if (w->code != 0)
        (void)unlink(beside);
}

int fl_try_file_write(const char *path, fl_str bytes)
{
    writing w = { .path = path, .bytes = bytes };
    int code = fl_pool_run(write_whole, &w);
    return code != 0 ? code : w.code;
}

void fl_file_write(const char *path, fl_str bytes)
{
    int code = fl_try_file_write(path, bytes);

    if (code != 0)
        fl_raise_code(code, "cannot write %s", path);
}

/* -- parts of files ----------------------------------------------------------------------------------------------------------------- */

typedef struct { int fd; char *to; const char *from; size_t size; int64_t offset; ssize_t result; } part;

static void read_part(void *data)
{
    part *p = data;

    do
        p->result = pread(p->fd, p->to, p->size, p->offset);
    while (p->result < 0 && errno == EINTR);
    if (p->result < 0)
        p->result = -errno;
}

static void write_part(void *data)
{
    part *p = data;

    do
        p->result = pwrite(p->fd, p->from, p->size, p->offset);
    while (p->result < 0 && errno == EINTR);
    if (p->result < 0)
        p->result = -errno;
}

ssize_t fl_try_file_read_at(int fd, void *ret, size_t size, int64_t offset)
{
    part p = { .fd = fd, .to = ret, .size = size, .offset = offset };
    int code = fl_pool_run(read_part, &p);
    return code != 0 ? code : p.result;
}

ssize_t fl_try_file_write_at(int fd, const void *bytes, size_t size, int64_t offset)
{
    part p = { .fd = fd, .from = bytes, .size = size, .offset = offset };
    int code = fl_pool_run(write_part, &p);
    return code != 0 ? code : p.result;
}
