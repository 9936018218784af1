/* Where the project is, so that it can be moved, and started from anywhere. */
#include <errno.h>
#include <fleche/heap.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>
#include "env/env.h"

enum { LEVELS = 3 };

static const char *const marks[] = { ".env", "templates", "static", "meson.build", "CMakeLists.txt", "Makefile", ".git" };

static char *found;                                  /* the process's; on the heap */

static bool has_mark(const char *directory)
{
    for (size_t i = 0; i < FL_LENGTH(marks); i++)
        if (access(fl_text("%s/%s", directory, marks[i]), F_OK) == 0)
            return true;
    return false;
}

static const char *parent(const char *directory)
{
    size_t slash = 0;

    (void)fl_str_find_last(fl_str_of(directory), '/', &slash);
    return fl_str_c(fl_str_n(directory, slash));
}

static const char *working_directory(void)
{
    char path[PATH_MAX];

    if (getcwd(path, sizeof path) == NULL)
        fl_raise_code(-errno, "the working directory is unknown");
    return fl_text("%s", path);
}

/* The nearest directory with a mark, from the program's upwards, but never the root; else the program's. */
static const char *look_from_program(void)
{
    char path[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path);

    if (size <= 0 || size == (ssize_t)sizeof path)
        return working_directory();
    const char *own = parent(fl_str_c(fl_str_n(path, (size_t)size)));
    const char *at = own;
    for (int level = 0; level <= LEVELS && at[0] != '\0'; level++, at = parent(at))
        if (has_mark(at))
            return at;
    return own[0] == '\0' ? "/" : own;
}

static const char *look(void)
{
    char real[PATH_MAX];
    const char *told = getenv("FLECHE_BASE_DIR");

    if (told == NULL || told[0] == '\0')
        return look_from_program();
    if (realpath(told, real) != NULL)
        return fl_text("%s", real);
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "the directory of FLECHE_BASE_DIR, %s, cannot be used: %s", told,
                                   fl_code_text(-errno));
    error->hint = "set FLECHE_BASE_DIR to the project's directory, or not at all";
    fl_reraise(error);
}

const char *fl_base_dir(void)
{
    if (found != NULL)
        return found;
    fl_scope {
        const char *directory = look();
        size_t size = strlen(directory) + 1;
        found = fl_heap_alloc(size);
        if (found != NULL)
            memcpy(found, directory, size);
    }
    if (found == NULL)
        fl_raise(FL_OUT_OF_MEMORY, "no memory for the name of the project's directory");
    return found;
}

const char *fl_base_path(const char *path)
{
    if (path[0] == '/')
        return path;
    const char *base = fl_base_dir();
    return path[0] == '\0' ? base : fl_text("%s/%s", fl_text_is(base, "/") ? "" : base, path);
}

void fl_base_dir_forget(void)
{
    fl_heap_free(found);
    found = NULL;
}
