/* Saving: the bytes are made ready under a name that nobody knows, in the target's directory, and then get the target's name in one
 * step, which fails if it is taken. So nobody ever sees half a file, and of many who save under one name each gets a name of its own.
 * A temporary file is ready as it is, unless it lies on another filesystem. */
#include <errno.h>
#include <fcntl.h>
#include <fleche/crypto.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "files/files.h"
#include "offload/offload.h"

enum { USUAL_PERMISSIONS = 0644, TRIES = 1000 };

/* -- names on the disk, on a thread ---------------------------------------------------------------------------------------------------- */

int fl_publish_by_claim(const char *from, const char *to)
{
    int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0)
        return -errno;
    (void)close(fd);
    if (rename(from, to) == 0)
        return 0;
    int code = -errno;
    (void)unlink(to);
    return code;
}

int fl_publish(const char *from, const char *to, bool overwrite)
{
    if (overwrite)
        return rename(from, to) == 0 ? 0 : -errno;
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    return errno == EINVAL || errno == ENOSYS || errno == ENOTSUP ? fl_publish_by_claim(from, to) : -errno;
}

typedef struct { const char *from, *to; bool overwrite; int code; } publishing;

static void publish(void *data)
{
    publishing *p = data;
    p->code = fl_publish(p->from, p->to, p->overwrite);
}

/* -- a copy beside the target ---------------------------------------------------------------------------------------------------------- */

typedef struct copy {
    const char *path;
    int to, from;                                    /* from -1: the bytes are in memory */
    fl_str bytes;
    off_t at;
    mode_t permissions;
    const struct timespec *times;                    /* of access and change; NULL: now */
    bool made, ended;
    int code;
} copy;

static void begin_copy(void *data)
{
    copy *c = data;

    c->to = open(c->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    c->made = c->to >= 0;
    c->code = c->made ? fl_write_fully(c->to, c->bytes) : -errno;
    c->ended = c->from < 0;
}

/* Some of it: others want the thread, too, and the fiber may be cancelled in between. */
static void copy_some(void *data)
{
    enum { STEP = 16 };
    copy *c = data;
    char bytes[65536];

    for (int i = 0; i < STEP && c->code == 0; i++) {
        ssize_t n = pread(c->from, bytes, sizeof bytes, c->at);
        if (n < 0 && errno == EINTR)
            continue;
        c->ended = n == 0;
        if (n <= 0) {
            c->code = n < 0 ? -errno : 0;
            return;
        }
        c->at += n;
        c->code = fl_write_fully(c->to, fl_str_n(bytes, (size_t)n));
    }
}

static void end_copy(void *data)
{
    copy *c = data;

    if (fchmod(c->to, c->permissions) != 0 || (c->times != NULL && futimens(c->to, c->times) != 0) || fsync(c->to) != 0)
        c->code = -errno;
    if (close(c->to) != 0 && errno != EINTR && c->code == 0)
        c->code = -errno;
    c->to = -1;
}

static int run_copy(fl_file *file, copy *c)
{
    int code = fl_file_run(file, begin_copy, c);

    while (code == 0 && c->code == 0 && !c->ended)
        code = fl_file_run(file, copy_some, c);
    if (code == 0 && c->code == 0)
        code = fl_file_run(file, end_copy, c);
    return code != 0 ? code : c->code;
}

static const char *name_beside(const char *target)
{
    fl_str directory = fl_str_of(target);
    size_t slash;

    directory = fl_str_find_last(directory, '/', &slash) ? fl_str_slice(directory, 0, slash + 1) : fl_lit("");
    return fl_text("%.*s.%s.new", FL_SHOW(directory), fl_random_text(16));
}

/* A whole copy of the file on the target's filesystem; what fails leaves nothing. A cancelled fiber cannot wait any more, so the
 * clean-up blocks. */
static int copy_beside(fl_file *file, copy *c)
{
    c->to = c->from = -1;
    if (file->kind == FL_FILE_OF_BYTES)
        c->bytes = file->bytes;
    else
        c->from = fl_try_file_fd(file);
    if (file->kind != FL_FILE_OF_BYTES && c->from < 0)
        return c->from;
    int code = run_copy(file, c);
    if (c->to >= 0)
        (void)close(c->to);
    if (code != 0 && c->made)
        (void)unlink(c->path);
    return code;
}

/* -- saving ---------------------------------------------------------------------------------------------------------------------------- */

typedef struct saving { fl_file *file; const char *path; bool is_copy; mode_t permissions; } saving;      /* path: where it is ready */

static void flush(void *data)
{
    copy *c = data;
    c->code = fsync(c->to) == 0 ? 0 : -errno;
}

static int make_copy(saving *s, const char *beside)
{
    copy c = { .path = beside, .permissions = s->permissions };
    int code = copy_beside(s->file, &c);

    s->is_copy = code == 0;
    s->path = beside;
    return code;
}

static int make_ready(saving *s, const char *target)
{
    copy c = { .to = s->file->fd };

    if (s->file->kind != FL_FILE_TEMPORARY || !s->file->removed_at_end)
        return make_copy(s, name_beside(target));
    s->path = s->file->path;
    if (c.to < 0)                                    /* closed: who wrote to it is done, and had to be told then */
        return 0;
    int code = fl_file_run(s->file, flush, &c);
    return code != 0 ? code : c.code;
}

static int give_name(saving *s, const char *target, bool overwrite)
{
    publishing p = { .from = s->path, .to = target, .overwrite = overwrite };
    int code = fl_file_run(s->file, publish, &p);

    if (code == 0)
        code = p.code;
    if (code != -EXDEV || s->is_copy)
        return code;
    code = make_copy(s, name_beside(target));
    return code != 0 ? code : give_name(s, target, overwrite);
}

/* Behind the last step nothing waits: the file has its name, whatever becomes of the fiber. */
static void end_saving(saving *s, const char *target)
{
    fl_file *file = s->file;

    if (file->kind != FL_FILE_TEMPORARY || !file->removed_at_end)
        return;
    if (s->is_copy) {
        (void)unlink(file->path);
        (void)!fl_try_file_close(file);
    } else if (file->fd >= 0) {
        (void)fchmod(file->fd, s->permissions);
    } else {
        (void)chmod(target, s->permissions);
    }
    file->removed_at_end = false;
    file->path = target;
}

static void give_up(void *data)
{
    const saving *s = data;

    if (s->is_copy)
        (void)unlink(s->path);
}

static saving saving_of(fl_file *file, const fl_save_options *options)
{
    return (saving){ .file = file,
                     .permissions = options->permissions == 0 ? USUAL_PERMISSIONS : (mode_t)(options->permissions & 07777) };
}

int fl_try_file_save_to(fl_file *file, const char *path, const fl_save_options *options)
{
    saving s = saving_of(file, options);
    const char *target = fl_arena_copy_text(file->arena, path, strlen(path));

    int code = make_ready(&s, target);
    if (code == 0)
        code = give_name(&s, target, options->allow_overwrite);
    if (code != 0) {
        give_up(&s);
        return code;
    }
    end_saving(&s, target);
    return 0;
}

/* What is ready is tried under one name after the other. */
static int give_new_name(saving *s, const char *directory, const char *name, const char **ret_name, const char **ret_path)
{
    const char *taken = name;
    int code = -EEXIST;

    for (int i = 0; i < TRIES && code == -EEXIST; i++) {
        code = i == 0 ? 0 : fl_try_alternative_name(fl_str_of(name), 0, &taken);
        if (code != 0)
            return code;
        const char *path = fl_text("%s/%s", directory, taken);
        *ret_path = fl_arena_copy_text(s->file->arena, path, strlen(path));
        *ret_name = taken;
        code = give_name(s, *ret_path, false);
    }
    return code;
}

int fl_try_file_save_new(const char *directory, const char *name, fl_file *file, const fl_save_options *options, const char **ret)
{
    saving s = saving_of(file, options);
    const char *taken, *path;

    if (fl_name_fault(fl_str_of(name), false) != NULL)
        return -EPERM;
    fl_defer(give_up, &s);                           /* there may be no memory for another name */
    int code = make_ready(&s, fl_text("%s/", directory));
    if (code == 0)
        code = give_new_name(&s, directory, name, &taken, &path);
    (void)fl_undefer(give_up, &s);
    if (code != 0) {
        give_up(&s);
        return code;
    }
    end_saving(&s, path);
    *ret = taken;
    return 0;
}

/* -- moving ------------------------------------------------------------------------------------------------------------------------------ */

typedef struct { const char *from, *to; bool overwrite, is_same; struct stat about; int code; } moving;

static void move(void *data)
{
    moving *m = data;
    struct stat target;

    if (stat(m->from, &m->about) != 0) {
        m->code = -errno;
        return;
    }
    m->is_same = stat(m->to, &target) == 0 && target.st_dev == m->about.st_dev && target.st_ino == m->about.st_ino;
    if (!m->is_same)
        m->code = fl_publish(m->from, m->to, m->overwrite);
}

static int copy_and_remove(const moving *m)
{
    fl_file *file = fl_file_of_path(m->from);
    const struct timespec times[2] = { m->about.st_atim, m->about.st_mtim };
    copy c = { .path = name_beside(m->to), .permissions = m->about.st_mode & 07777, .times = times };
    publishing p = { .from = c.path, .to = m->to, .overwrite = m->overwrite };

    int code = copy_beside(file, &c);
    if (code == 0) {
        code = fl_file_run(file, publish, &p);
        code = code != 0 ? code : p.code;
        (void)unlink(code == 0 ? m->from : c.path);
    }
    (void)!fl_try_file_close(file);
    return code;
}

int fl_try_file_move(const char *from, const char *to, const fl_save_options *options)
{
    moving m = { .from = from, .to = to, .overwrite = options->allow_overwrite };
    int code = fl_pool_run(move, &m);

    if (code == 0)
        code = m.code;
    return code == -EXDEV ? copy_and_remove(&m) : code;
}
