/* The raising forms: each names its file and what was tried. */
#include <errno.h>
#include "files/files.h"

/* How a message calls it: by its path, or else by its name. */
static const char *called(const fl_file *file)
{
    if (file->path != NULL)
        return file->path;
    return *fl_file_name(file) != '\0' ? file->name : "a file without a name";
}

static _Noreturn void fail(int code, const char *what, const fl_file *file)
{
    if (code == -EBUSY)
        fl_raise(FL_PROGRAMMING_ERROR, "cannot %s %s while another fiber is inside of it", what, called(file));
    if (code == -EBADF)
        fl_raise(FL_VALUE_ERROR, "cannot %s %s: it is %s", what, called(file),
                 file->fd < 0 && file->kind == FL_FILE_OF_FD ? "closed, and has no path to be opened by"
                                                             : "open for reading only");
    if (code == -ENOBUFS)
        fl_raise(FL_MEMORY_LIMIT, "cannot %s %s: that is more memory than is allowed", what, called(file));
    fl_raise_code(code, "cannot %s %s", what, called(file));
}

fl_file *fl_file_temporary_(const char *name, const fl_temporary_options *options)
{
    fl_file *file;
    int code = fl_try_file_temporary(name, options, &file);

    if (code != 0)
        fl_raise_code(code, "cannot make a temporary file%s%s", options->directory == NULL ? "" : " in ",
                      options->directory == NULL ? "" : options->directory);
    return file;
}

void fl_file_open(fl_file *file, fl_file_mode mode)
{
    int code = fl_try_file_open(file, mode);

    if (code != 0)
        fail(code, "open", file);
}

void fl_file_close(fl_file *file)
{
    int code = fl_try_file_close(file);

    if (code != 0)
        fail(code, "close", file);
}

fl_int fl_file_size(fl_file *file)
{
    fl_int size;
    int code = fl_try_file_size(file, &size);

    if (code != 0)
        fail(code, "ask for the size of", file);
    return size;
}

int fl_file_fd(fl_file *file)
{
    int fd = fl_try_file_fd(file);

    if (fd == -EINVAL && file->kind == FL_FILE_OF_BYTES)
        fl_raise(FL_VALUE_ERROR, "%s is in memory and has no descriptor", called(file));
    if (fd < 0)
        fail(fd, "open", file);
    return fd;
}

bool fl_file_next_chunk(fl_file *file, size_t *cursor, fl_str *ret)
{
    int code = fl_try_file_next_chunk(file, cursor, ret);

    if (code < 0)
        fail(code, "read", file);
    return code > 0;
}

fl_str fl_file_read_whole(fl_file *file, size_t limit)
{
    fl_str bytes;
    int code = fl_try_file_read_whole(file, limit, &bytes);

    if (code == -EFBIG)
        fl_raise(FL_MEMORY_LIMIT, "%s is larger than the %zu bytes that may be read of it", called(file), limit);
    if (code != 0)
        fail(code, "read", file);
    return bytes;
}

void fl_file_write_bytes(fl_file *file, fl_str bytes)
{
    int code = fl_try_file_write_bytes(file, bytes);

    if (code != 0)
        fail(code, "write to", file);
}

static _Noreturn void fail_to_save(int code, const char *from, const char *to)
{
    fl_error *error;

    if (code == -ECANCELED || code == -ETIMEDOUT || code == -ENOMEM)
        fl_raise_code(code, "cannot save %s as %s", from, to);
    if (code == -EEXIST)
        error = fl_error_new(FL_OS_ERROR, "cannot save %s as %s: something has that name already", from, to);
    else
        error = fl_error_new(FL_OS_ERROR, "cannot save %s as %s: %s", from, to, fl_code_text(code));
    if (code == -EEXIST)
        error->hint = "say .allow_overwrite = true, or let fl_file_save_new() find another name";
    if (code == -ENOENT)
        error->hint = "make its directory first";
    error->code = code;
    fl_reraise(error);
}

void fl_file_save_to_(fl_file *file, const char *path, const fl_save_options *options)
{
    int code = fl_try_file_save_to(file, path, options);

    if (code != 0)
        fail_to_save(code, called(file), path);
}

const char *fl_file_save_new_(const char *directory, const char *name, fl_file *file, const fl_save_options *options)
{
    const char *taken;

    fl_file_name_check(fl_str_of(name), false);
    int code = fl_try_file_save_new(directory, name, file, options, &taken);
    if (code != 0)
        fail_to_save(code, called(file), fl_text("%s/%s", directory, name));
    return taken;
}

void fl_file_move_(const char *from, const char *to, const fl_save_options *options)
{
    int code = fl_try_file_move(from, to, options);

    if (code != 0)
        fail_to_save(code, from, to);
}
