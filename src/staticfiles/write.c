/* Files as collectstatic writes them: beside their place first, then renamed, so that who serves them meanwhile sees the old or the
 * new one, never half of it. */
#include <errno.h>
#include <fcntl.h>
#include <fleche/io.h>
#include <stdarg.h>
#include <unistd.h>
#include "files/files.h"
#include "staticfiles/staticfiles.h"

static void make_folders(const char *path)
{
    char *folder = fl_text("%s", path);

    for (char *slash = folder; (slash = strchr(slash + 1, '/')) != NULL;) {
        *slash = '\0';
        if (mkdir(folder, 0777) != 0 && errno != EEXIST)
            fl_raise_code(-errno, "cannot make the directory %s", folder);
        *slash = '/';
    }
}

typedef struct writing {
    int fd;
    const char *path, *temporary;
} writing;

static void give_up(void *data)
{
    writing *it = data;

    (void)close(it->fd);
    (void)unlink(it->temporary);
}

static writing *begin(const char *path)
{
    writing *it = fl_new_of(writing);

    make_folders(path);
    *it = (writing){ .path = path, .temporary = fl_text("%s.%d.part", path, (int)getpid()) };
    it->fd = open(it->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (it->fd < 0)
        fl_raise_code(-errno, "cannot write %s", it->temporary);
    fl_defer(give_up, it);
    return it;
}

static void add(const writing *it, fl_str bytes)
{
    int code = fl_write_fully(it->fd, bytes);

    if (code != 0)
        fl_raise_code(code, "cannot write %s", it->temporary);
}

static void end(writing *it, const struct stat *times)
{
    if (times != NULL && futimens(it->fd, (const struct timespec[]){ times->st_atim, times->st_mtim }) != 0)
        fl_raise_code(-errno, "cannot set the time of %s", it->temporary);
    if (rename(it->temporary, it->path) != 0)
        fl_raise_code(-errno, "cannot write %s", it->path);
    (void)fl_undefer(give_up, it);
    (void)close(it->fd);
}

void fl_static_write(const char *path, fl_str bytes, const struct stat *times)
{
    writing *it = begin(path);

    add(it, bytes);
    end(it, times);
}

static void close_fd(void *fd) { (void)close((int)(intptr_t)fd); }

void fl_static_copy(const char *from, const char *to)
{
    enum { STEP = 1 << 16 };
    int fd = open(from, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        fl_raise_code(-errno, "cannot read %s", from);
    fl_scope {
        fl_defer(close_fd, (void *)(intptr_t)fd);
        char *bytes = fl_alloc(STEP);
        writing *it = begin(to);
        ssize_t n;
        while ((n = read(fd, bytes, STEP)) > 0)
            add(it, fl_str_n(bytes, (size_t)n));
        if (n < 0)
            fl_raise_code(-errno, "cannot read %s", from);
        end(it, NULL);
    }
}

fl_str fl_static_read(const char *path) { return fl_file_read(path, FL_STATIC_LARGEST); }

void fl_static_tell(const fl_collect_options *options, int verbosity, const char *format, ...)
{
    va_list arguments;

    if (options->tell == NULL)
        return;
    fl_scope {
        fl_buf line = fl_buf_in(fl_arena_here(), 1 << 16);
        va_start(arguments, format);
        fl_buf_format_v(&line, format, arguments);
        va_end(arguments);
        options->tell(verbosity, fl_buf_c(&line), options->data);
    }
}
