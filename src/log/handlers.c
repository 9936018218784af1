/* The handlers that come with the log: streams, files, callbacks. */
#include <errno.h>
#include <fleche/error.h>
#include <fleche/heap.h>
#include <fleche/str.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>
#include "log/stream.h"

fl_log_stream_ fl_log_default_ = {
    .handler = { .write = fl_log_stream_write_, .form = FL_LOG_PLAIN, .fd = STDERR_FILENO },
    .guarded = true,
};

fl_log_handler fl_log_no_memory_ = { .fd = -1 };

static void free_handler(fl_log_handler *self) { fl_heap_free(self); }

fl_log_handler *fl_log_stream(int fd, fl_log_form form)
{
    fl_log_stream_ *s = fl_heap_zalloc(sizeof *s);

    if (s == NULL)
        return &fl_log_no_memory_;
    s->handler = (fl_log_handler){ .write = fl_log_stream_write_, .close = free_handler, .form = form, .fd = fd };
    s->guarded = true;                               /* the descriptor is somebody else's: it may become a pipe */
    return &s->handler;
}

fl_log_handler *fl_log_stderr(fl_log_form form) { return fl_log_stream(STDERR_FILENO, form); }

static void close_file(fl_log_handler *self)
{
    (void)close(self->fd);
    fl_heap_free(self);
}

/* The path is kept from the root, for a process that changes its directory before the file is opened anew. */
static const char *full_path(const char *path)
{
    char directory[PATH_MAX];

    if (path[0] == '/')
        return path;
    if (getcwd(directory, sizeof directory) == NULL)
        fl_raise_code(-errno, "the current directory of the log file '%s' is not known", path);
    return fl_text("%s/%s", directory, path);
}

fl_log_handler *fl_log_file(const char *path, fl_log_form form)
{
    const char *full = full_path(path);
    size_t size = strlen(full) + 1;
    fl_log_stream_ *s = fl_heap_zalloc(sizeof *s + size);
    struct stat status;

    if (s == NULL)
        return &fl_log_no_memory_;
    int fd = fl_log_stream_open_(path);
    if (fd < 0) {
        fl_heap_free(s);
        fl_raise_code(fd, "the log file '%s' cannot be opened", path);
    }
    s->handler = (fl_log_handler){ .write = fl_log_stream_write_, .close = close_file, .form = form, .fd = fd };
    s->guarded = fstat(fd, &status) != 0 || S_ISFIFO(status.st_mode);
    s->reopened = fl_log_reopen_count_();
    s->path = memcpy(s + 1, full, size);
    return &s->handler;
}

typedef struct callback { fl_log_handler handler; void (*run)(const fl_log_record *record, void *data); } callback;

static void call_back(fl_log_handler *self, const fl_log_record *record) { ((callback *)self)->run(record, self->data); }

fl_log_handler *fl_log_callback(void (*run)(const fl_log_record *record, void *data), void *data)
{
    callback *c = fl_heap_alloc(sizeof *c);

    if (c == NULL)
        return &fl_log_no_memory_;
    *c = (callback){ { .write = call_back, .close = free_handler, .fd = -1, .data = data }, run };
    return &c->handler;
}
