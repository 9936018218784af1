/* The object: how it is made and ended, and what is known of it. A descriptor and a temporary file end with the arena, so that no way
 * out of a request leaves them behind. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "files/files.h"
#include "offload/offload.h"

static bool get(const void *object, fl_str name, fl_value *ret);
static void print(const void *object, fl_buf *out) { fl_buf_add_c(out, fl_file_name(object)); }
static void repr(const void *object, fl_buf *out) { fl_buf_format(out, "<File: %s>", fl_file_name(object)); }
static bool truth(const void *object)
{
    const fl_file *file = object;
    return file->kind == FL_FILE_OF_BYTES || *fl_file_name(file) != '\0';
}

static const fl_type file_type = { .name = "file", .get = get, .print = print, .repr = repr, .truth = truth };

/* -- its life ------------------------------------------------------------------------------------------------------------------------ */

/* Clean-ups of arenas do not wait: this blocks, for as long as the kernel needs to forget a file. */
static void end(void *data)
{
    fl_file *file = data;

    if (file->fd >= 0)
        (void)close(file->fd);
    if (file->removed_at_end)
        (void)unlink(file->path);
}

static const char *copied(const fl_file *file, const char *text)
{
    return text == NULL ? NULL : fl_arena_copy_text(file->arena, text, strlen(text));
}

fl_file *fl_file_new(fl_file_kind kind, const char *name, const char *path)
{
    fl_file *file = fl_new_of(fl_file);

    *file = (fl_file){ .tag = FL_OBJECT(file_type), .kind = kind, .arena = fl_arena_here(), .fd = -1 };
    file->name = copied(file, name);
    file->path = copied(file, path);
    fl_arena_on_end(file->arena, end, file);
    return file;
}

fl_file *fl_file_of_path(const char *path)
{
    fl_str name = fl_str_of(path);
    size_t slash;

    if (fl_str_find_last(name, '/', &slash))
        name = fl_str_slice(name, slash + 1, SIZE_MAX);
    return fl_file_new(FL_FILE_OF_PATH, name.data, path);
}

fl_file *fl_file_of_bytes(const char *name, fl_str bytes)
{
    fl_file *file = fl_file_new(FL_FILE_OF_BYTES, name, NULL);

    file->mode = FL_FILE_APPEND;
    file->bytes = bytes;
    file->appended = fl_buf_in(file->arena, FL_NO_LIMIT);
    return file;
}

static void close_fd(void *fd) { (void)close((int)(intptr_t)fd); }

fl_file *fl_file_of_fd(const char *name, int fd)
{
    struct stat about;
    int flags = fcntl(fd, F_GETFL);

    fl_defer(close_fd, (void *)(intptr_t)fd);        /* the arena may be at its limit */
    fl_file *file = fl_file_new(FL_FILE_OF_FD, name, NULL);
    file->mode = flags < 0 || (flags & O_ACCMODE) == O_RDONLY ? FL_FILE_READ : FL_FILE_APPEND;
    file->size = fstat(fd, &about) == 0 ? about.st_size : 0;
    file->fd = fd;
    (void)fl_undefer(close_fd, (void *)(intptr_t)fd);
    return file;
}

void fl_file_keep(fl_file *file) { file->removed_at_end = false; }

int fl_file_run(fl_file *file, void (*run)(void *data), void *data)
{
    if (file->busy)
        return -EBUSY;
    file->busy = true;
    int code = fl_pool_run(run, data);
    file->busy = false;
    return code;
}

/* -- opening and closing --------------------------------------------------------------------------------------------------------------- */

typedef struct { const char *path; int flags, fd, code; fl_int size; } opening;

/* O_NONBLOCK: a named pipe would hold the thread until somebody writes to it. */
static void open_path(void *data)
{
    opening *o = data;
    struct stat about;

    o->fd = open(o->path, o->flags | O_CLOEXEC | O_NONBLOCK, 0666);
    if (o->fd < 0 || fstat(o->fd, &about) != 0)
        o->code = -errno;
    else if (!S_ISREG(about.st_mode))
        o->code = S_ISDIR(about.st_mode) ? -EISDIR : -EINVAL;
    else
        o->size = about.st_size;
    if (o->code != 0 && o->fd >= 0)
        (void)close(o->fd);
}

static int open_in_memory(fl_file *file, fl_file_mode mode)
{
    if (mode == FL_FILE_WRITE) {
        file->bytes = fl_lit("");
        fl_buf_clear(&file->appended);
    }
    file->mode = mode;
    return 0;
}

int fl_try_file_open(fl_file *file, fl_file_mode mode)
{
    static const int flags[] = {
        [FL_FILE_READ] = O_RDONLY, [FL_FILE_WRITE] = O_RDWR | O_CREAT | O_TRUNC, [FL_FILE_APPEND] = O_RDWR | O_CREAT | O_APPEND
    };
    opening o = { .path = file->path, .flags = flags[mode] };

    if (file->kind == FL_FILE_OF_BYTES)
        return open_in_memory(file, mode);
    if (file->fd >= 0 && file->mode == mode && mode != FL_FILE_WRITE)
        return 0;
    if (file->path == NULL)
        return -EBADF;
    int code = fl_file_run(file, open_path, &o);
    if (code != 0 || o.code != 0)
        return code != 0 ? code : o.code;
    if (file->fd >= 0)
        (void)close(file->fd);
    file->fd = o.fd;
    file->mode = mode;
    file->size = o.size;
    return 0;
}

int fl_file_ready(fl_file *file, fl_file_mode mode) { return file->fd >= 0 ? 0 : fl_try_file_open(file, mode); }

int fl_try_file_close(fl_file *file)
{
    int fd = file->fd;

    if (fd < 0)
        return 0;
    if (file->busy)
        return -EBUSY;
    file->fd = -1;
    return close(fd) != 0 && errno != EINTR ? -errno : 0;
}

bool fl_file_is_closed(const fl_file *file) { return file->kind != FL_FILE_OF_BYTES && file->fd < 0; }

int fl_try_file_fd(fl_file *file)
{
    if (file->kind == FL_FILE_OF_BYTES)
        return -EINVAL;
    int code = fl_file_ready(file, FL_FILE_READ);
    return code != 0 ? code : file->fd;
}

const char *fl_file_mode_text(const fl_file *file)
{
    static const char *const texts[] = { [FL_FILE_READ] = "rb", [FL_FILE_WRITE] = "wb+", [FL_FILE_APPEND] = "ab+" };
    return texts[file->mode];
}

/* -- what is known ------------------------------------------------------------------------------------------------------------------- */

const char *fl_file_name(const fl_file *file) { return file->name == NULL ? "" : file->name; }
const char *fl_file_path(const fl_file *file) { return file->path; }
const char *fl_file_url(const fl_file *file) { return file->url; }
const char *fl_file_content_type(const fl_file *file)
{
    return file->content_type != NULL ? file->content_type : fl_sent_type(fl_str_of(file->name));
}

void fl_file_set_name(fl_file *file, const char *name) { file->name = copied(file, name); }
void fl_file_set_url(fl_file *file, const char *url) { file->url = copied(file, url); }
void fl_file_set_content_type(fl_file *file, const char *type) { file->content_type = copied(file, type); }

int fl_try_file_size(fl_file *file, fl_int *ret)
{
    int code = file->kind == FL_FILE_OF_BYTES ? 0 : fl_file_ready(file, FL_FILE_READ);

    if (code == 0)
        *ret = file->kind == FL_FILE_OF_BYTES ? (fl_int)file->bytes.size : file->size;
    return code;
}

bool fl_file_multiple_chunks(fl_file *file) { return fl_file_size(file) > FL_FILE_CHUNK; }

bool fl_file_in_memory(const fl_file *file, fl_str *ret)
{
    if (file->kind == FL_FILE_OF_BYTES && ret != NULL)
        *ret = file->bytes;
    return file->kind == FL_FILE_OF_BYTES;
}

/* The object is not changed in what it is, but asking for its size opens it. */
static fl_value size_of(const fl_file *file) { return fl_box(fl_file_size((fl_file *)(uintptr_t)file)); }
static fl_value name_of(const fl_file *file) { return fl_box(file->name); }
static fl_value path_of(const fl_file *file) { return fl_box(file->path); }
static fl_value url_of(const fl_file *file) { return fl_box(file->url); }
static fl_value content_type_of(const fl_file *file) { return fl_box(fl_file_content_type(file)); }
static fl_value mode_of(const fl_file *file) { return fl_box(fl_file_mode_text(file)); }
static fl_value closed_of(const fl_file *file) { return fl_box(fl_file_is_closed(file)); }

static bool get(const void *object, fl_str name, fl_value *ret)
{
    static const struct {
        fl_str name;
        fl_value (*value)(const fl_file *file);
    } attributes[] = {
        { FL_LIT("name"), name_of },
        { FL_LIT("size"), size_of },
        { FL_LIT("url"), url_of },
        { FL_LIT("path"), path_of },
        { FL_LIT("content_type"), content_type_of },
        { FL_LIT("mode"), mode_of },
        { FL_LIT("closed"), closed_of },
    };

    for (size_t i = 0; i < FL_LENGTH(attributes); i++) {
        if (!fl_str_equal(attributes[i].name, name))
            continue;
        *ret = attributes[i].value(object);
        return true;
    }
    return false;
}
