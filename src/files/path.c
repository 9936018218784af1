/* Paths that stay below a base, and names that are names. Only the text is looked at: what is there on the disk may change between the
 * look and the use anyway. */
#include <errno.h>
#include <limits.h>
#include <unistd.h>
#include "files/files.h"

enum { LONGEST_JOINED = 65536 };                     /* before `..` and `.` are taken out */

FL_ERROR_CLASS(FL_SUSPICIOUS_OPERATION, FL_BAD_REQUEST, .status = 400, .message = "The request was refused.");
FL_ERROR_CLASS(FL_SUSPICIOUS_FILE, FL_SUSPICIOUS_OPERATION, .status = 400, .message = "This file name was refused.");

/* As os.path.join: a part that begins with a slash begins anew. */
static void join(fl_buf *path, fl_str part)
{
    if (fl_str_starts(part, fl_lit("/")))
        fl_buf_clear(path);
    else if (path->size > 0 && path->data[path->size - 1] != '/')
        fl_buf_add_char(path, '/');
    fl_buf_add(path, part);
}

/* In place: no `.`, no `..`, no empty parts. The root stays "/", and "//" where there are just two slashes, as POSIX has it. */
static fl_str normalized(char *path, size_t size)
{
    fl_str rest = fl_str_n(path, size);
    size_t root = fl_str_starts(rest, fl_lit("//")) && !fl_str_starts(rest, fl_lit("///")) ? 2 : 1;
    size_t at = root;

    rest = fl_str_slice(rest, root, SIZE_MAX);
    for (fl_str part; fl_str_cut(&rest, '/', &part);) {
        if (part.size == 0 || fl_str_equal(part, fl_lit(".")))
            continue;
        if (fl_str_equal(part, fl_lit(".."))) {
            while (at > root && path[--at] != '/') {}
            continue;
        }
        if (at > root)
            path[at++] = '/';
        memmove(path + at, part.data, part.size);
        at += part.size;
    }
    path[at] = '\0';
    return fl_str_n(path, at);
}

/* abspath(join(base, …)); what stands before the first absolute part does not matter, nor how long it was. */
static int absolute(const char *base, const fl_str *parts, size_t n, fl_str *ret)
{
    fl_buf path = fl_buf_in(fl_arena_here(), LONGEST_JOINED);
    char here[PATH_MAX];

    if (base[0] != '/') {
        if (getcwd(here, sizeof here) == NULL)
            return -errno;
        join(&path, fl_str_of(here));
    }
    join(&path, fl_str_of(base));
    for (size_t i = 0; i < n; i++)
        join(&path, parts[i]);
    if (fl_buf_failed(&path))
        return path.error == -ENOMEM ? -ENOMEM : -ENAMETOOLONG;
    *ret = normalized(fl_buf_c(&path), path.size);
    return ret->size < PATH_MAX ? 0 : -ENAMETOOLONG;
}

static bool is_root(fl_str path) { return fl_str_equal(path, fl_lit("/")) || fl_str_equal(path, fl_lit("//")); }

static bool is_within(fl_str base, fl_str path)
{
    fl_str rest;
    return is_root(base) || (fl_str_after(path, base, &rest) && (rest.size == 0 || rest.data[0] == '/'));
}

int fl_try_safe_join(const char *base, const fl_str *parts, size_t n, const char **ret)
{
    fl_str whole_base, path;

    for (size_t i = 0; i < n; i++)
        if (fl_str_find_char(parts[i], '\0', NULL))
            return -EPERM;
    int code = absolute(base, NULL, 0, &whole_base);
    if (code == 0)
        code = absolute(base, parts, n, &path);
    if (code != 0)
        return code;
    if (!is_within(whole_base, path))
        return -EPERM;
    *ret = path.data;
    return 0;
}

const char *fl_safe_join_(const char *base, const fl_str *parts, size_t n)
{
    const char *path;
    fl_buf shown = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    int code = fl_try_safe_join(base, parts, n, &path);

    if (code == 0)
        return path;
    if (code != -EPERM && code != -ENAMETOOLONG)
        fl_raise_code(code, "cannot join a path to %s", base);
    for (size_t i = 0; i < n; i++)
        fl_value_repr(fl_box(fl_str_slice(parts[i], 0, FL_LONGEST_NAME)), &shown);
    fl_error *error = code == -EPERM
                          ? fl_error_new(FL_SUSPICIOUS_FILE, "%s leads outside of %s, or has a NUL", fl_buf_c(&shown), base)
                          : fl_error_new(FL_SUSPICIOUS_FILE, "the path below %s is too long", base);
    error->code = code;
    fl_reraise(error);
}

/* -- names ----------------------------------------------------------------------------------------------------------------------------- */

static bool has_dots_part(fl_str path)
{
    for (fl_str part; fl_str_cut(&path, '/', &part);)
        if (fl_str_equal(part, fl_lit("..")))
            return true;
    return false;
}

const char *fl_name_fault(fl_str name, bool folders)
{
    fl_str last = name;
    size_t slash;

    if (fl_str_find_char(name, '\0', NULL))
        return "it has a NUL";
    if (fl_str_find_last(name, '/', &slash))
        last = fl_str_slice(name, slash + 1, SIZE_MAX);
    if (last.size == 0 || fl_str_equal(last, fl_lit(".")) || fl_str_equal(last, fl_lit("..")))
        return "its last part is no name";
    if (!folders)
        return last.size == name.size ? NULL : "it has a slash";
    fl_str path = fl_str_replace(name, fl_lit("\\"), fl_lit("/"));
    if (path.data[0] == '/')
        return "it is an absolute path";
    return has_dots_part(path) ? "it leads upward" : NULL;
}

int fl_try_file_name_check(fl_str name, bool folders) { return fl_name_fault(name, folders) == NULL ? 0 : -EPERM; }

void fl_file_name_check(fl_str name, bool folders)
{
    const char *fault = fl_name_fault(name, folders);

    if (fault == NULL)
        return;
    fl_buf shown = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_value_repr(fl_box(fl_str_slice(name, 0, FL_LONGEST_NAME)), &shown);
    fl_error *error = fl_error_new(FL_SUSPICIOUS_FILE, "%s is no name for a file: %s", fl_buf_c(&shown), fault);
    error->code = -EPERM;
    fl_reraise(error);
}
