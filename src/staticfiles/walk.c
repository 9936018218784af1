/* All files below a directory. Names are sorted, so that what is made of them is the same wherever it is made. */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include "staticfiles/staticfiles.h"

typedef struct walking {
    const char *root;
    const fl_static_walk *options;
    fl_static_entries *found;
} walking;

static bool is_ignored(const fl_static_walk *options, const char *name, const char *part)
{
    for (size_t i = 0; options->ignore != NULL && options->ignore[i] != NULL; i++)
        if (fnmatch(options->ignore[i], part, FNM_NOESCAPE) == 0 || fnmatch(options->ignore[i], name, FNM_NOESCAPE) == 0)
            return true;
    return false;
}

static void walk(const walking *w, const char *folder, size_t depth);

static void visit(const walking *w, const char *folder, const char *part, size_t depth)
{
    const char *name = *folder == '\0' ? fl_text("%s", part) : fl_text("%s/%s", folder, part);
    fl_static_entry entry = { .name = name, .path = fl_text("%s/%s", w->root, name) };
    struct stat itself;

    if (is_ignored(w->options, name, part) || lstat(entry.path, &itself) != 0 || stat(entry.path, &entry.about) != 0)
        return;
    if (S_ISLNK(itself.st_mode) && !w->options->all_links && !fl_static_is_below(w->root, entry.path))
        return;
    if (S_ISDIR(entry.about.st_mode))
        walk(w, name, depth + 1);
    else if (S_ISREG(entry.about.st_mode))
        fl_vec_push(w->found, entry);
}

typedef fl_vec(const char *) names;

static int by_bytes(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }
static void close_directory(void *directory) { (void)closedir(directory); }

static void list(const char *path, names *ret)
{
    DIR *directory = opendir(path);

    if (directory == NULL && (errno == ENOENT || errno == ENOTDIR))
        return;
    if (directory == NULL)
        fl_raise_code(-errno, "cannot list %s", path);
    fl_scope {
        fl_defer(close_directory, directory);
        for (const struct dirent *at; (at = readdir(directory)) != NULL;)
            if (!fl_text_in(at->d_name, ".", ".."))
                fl_vec_push(ret, fl_arena_copy_text(ret->arena, at->d_name, strlen(at->d_name)));
    }
    if (ret->count > 1)
        qsort(ret->items, ret->count, sizeof *ret->items, by_bytes);
}

static void walk(const walking *w, const char *folder, size_t depth)
{
    const char *path = *folder == '\0' ? w->root : fl_text("%s/%s", w->root, folder);
    names inside = { .arena = fl_arena_here() };

    if (depth > FL_STATIC_DEPTH)
        fl_raise(FL_OS_ERROR, "%s lies more than %d folders below %s: a symbolic link may lead in a circle", path,
                 FL_STATIC_DEPTH, w->root);
    list(path, &inside);
    fl_vec_each (const char *, name, &inside)
        visit(w, folder, *name, depth);
}

void fl_static_walk_below(const char *root, const fl_static_walk *options, fl_static_entries *ret)
{
    walk(&(walking){ root, options, ret }, "", 0);
}
