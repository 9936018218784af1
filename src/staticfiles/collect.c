/* collectstatic: what the finders have, copied to static_root; only what changed is touched. */
#include <errno.h>
#include <fleche/buf.h>
#include <fleche/io.h>
#include <unistd.h>
#include "staticfiles/staticfiles.h"

typedef struct collecting {
    const fl_collect_options *options;
    const char *root;
    fl_map names; /* const char *, the source, by name */
    fl_collected done;
} collecting;

static const char *root_of(const fl_settings *settings)
{
    fl_error *error;

    if (settings->static_root == NULL || settings->static_root[0] == '\0') {
        error = fl_error_new(FL_IMPROPERLY_CONFIGURED,
                             "You're using the staticfiles app without having set the STATIC_ROOT setting to a filesystem path.");
        error->hint = "set static_root to the directory that the files are to be put in";
        fl_reraise(error);
    }
    const char *root = fl_base_path(settings->static_root);
    if (fl_text_is(root, "/") || fl_text_is(root, fl_base_dir())) {
        error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "static_root is %s, which is not for static files alone", root);
        error->hint = "give it a directory of its own";
        fl_reraise(error);
    }
    return root;
}

static const char *const *patterns_of(const fl_collect_options *options)
{
    static const char *const always[] = { "CVS", ".*", "*~" };
    size_t n = 0;
    const char **patterns = fl_new_array(const char *, FL_LENGTH(always) + fl_len(options->ignore) + 1);

    for (size_t i = 0; !options->no_default_ignore && i < FL_LENGTH(always); i++)
        patterns[n++] = always[i];
    for (size_t i = 0; i < fl_len(options->ignore); i++)
        patterns[n++] = fl_str_c(fl_list_at(options->ignore, (fl_int)i).text);
    return patterns;
}

/* -- one file ------------------------------------------------------------------------------------------------------------------------- */

static bool is_older(const struct stat *a, const struct stat *b)
{
    return a->st_mtim.tv_sec != b->st_mtim.tv_sec ? a->st_mtim.tv_sec < b->st_mtim.tv_sec
                                                  : a->st_mtim.tv_nsec < b->st_mtim.tv_nsec;
}

static bool links_to(const char *path, const char *source)
{
    char target[4096];
    ssize_t size = readlink(path, target, sizeof target);

    return size >= 0 && fl_str_equal(fl_str_n(target, (size_t)size), fl_str_of(source));
}

static bool is_current(const collecting *c, const char *target, const fl_static_entry *entry)
{
    struct stat about;

    if (lstat(target, &about) != 0)
        return false;
    if (c->options->link)
        return links_to(target, entry->path);
    return S_ISREG(about.st_mode) && about.st_size == entry->about.st_size && !is_older(&about, &entry->about);
}

static void put_link(const char *source, const char *target)
{
    const char *temporary = fl_text("%s.%d.part", target, (int)getpid());

    fl_static_write(temporary, fl_lit(""), NULL); /* makes the folders, too */
    (void)unlink(temporary);
    if (symlink(source, temporary) != 0 || rename(temporary, target) != 0)
        fl_raise_code(-errno, "cannot link %s to %s", target, source);
}

static void put(collecting *c, const fl_static_entry *entry)
{
    const char *target = fl_text("%s/%s", c->root, entry->name);
    bool writes = !c->options->dry_run;

    if (is_current(c, target, entry)) {
        c->done.unmodified++;
        fl_static_tell(c->options, 2, "Skipping '%s' (not modified)", entry->name);
        return;
    }
    const char *verb = c->options->link ? writes ? "Linking" : "Pretending to link" : writes ? "Copying" : "Pretending to copy";
    fl_static_tell(c->options, writes ? 1 : 0, "%s '%s'", verb, entry->path);
    if (writes && c->options->link)
        put_link(entry->path, target);
    else if (writes)
        fl_static_copy(entry->path, target);
    *(c->options->link ? &c->done.linked : &c->done.copied) += 1;
}

/* -- all of them ------------------------------------------------------------------------------------------------------------------------- */

static void collect_directory(collecting *c, const char *directory, const fl_static_walk *walk)
{
    fl_static_entries found = { 0 };

    if (fl_text_is(directory, c->root))
        fl_raise(FL_IMPROPERLY_CONFIGURED, "static_root %s is also among the directories that are collected", c->root);
    fl_static_walk_below(directory, walk, &found);
    fl_vec_each (fl_static_entry, entry, &found) {
        if (fl_map_has(&c->names, fl_str_of(entry->name))) {
            fl_static_tell(
                c->options, 0,
                "Found another file with the destination path '%s'. It will be ignored since only the first encountered "
                "file is collected.",
                entry->name);
            continue;
        }
        *(const char **)fl_map_put(&c->names, fl_str_of(entry->name)) = entry->path;
        put(c, entry);
    }
}

static void clear(collecting *c)
{
    fl_static_entries found = { 0 };
    struct stat about;

    fl_static_walk_below(c->root, &(const fl_static_walk){ .all_links = false }, &found);
    fl_vec_each (fl_static_entry, entry, &found) {
        fl_static_tell(c->options, c->options->dry_run ? 0 : 1, "%s '%s'",
                       c->options->dry_run ? "Pretending to delete" : "Deleting", entry->name);
        c->done.deleted++;
        if (!c->options->dry_run && lstat(entry->path, &about) == 0 && unlink(entry->path) != 0)
            fl_raise_code(-errno, "cannot delete %s", entry->path);
    }
}

static void compress_all(collecting *c, const fl_map *paths)
{
    fl_map_each (const char *, entry, paths) {
        c->done.compressed += fl_static_compress(fl_text("%s/%.*s", c->root, FL_SHOW(entry.key.text)), c->options);
        c->done.compressed += fl_static_compress(fl_text("%s/%s", c->root, *entry.at), c->options);
    }
}

static void write_manifest(const collecting *c, const fl_map *paths)
{
    const char *path = fl_text("%s/staticfiles.json", c->root);
    fl_str text = fl_str_of(fl_manifest_text(paths)), old;

    if (fl_try_file_read(path, FL_STATIC_LARGEST, &old) != 0 || !fl_str_equal(text, old))
        fl_static_write(path, text, NULL);
    fl_manifest_forget();
}

fl_collected fl_static_collect_(const fl_collect_options *options)
{
    collecting c = { .options = options, .root = root_of(fl_settings_now()), .names = fl_map_of(const char *) };
    const fl_static_walk walk = { .ignore = patterns_of(options), .all_links = true };
    fl_list *directories = fl_static_directories();
    fl_map paths = fl_map_of(const char *);

    if (options->clear)
        clear(&c);
    for (size_t i = 0; i < fl_len(directories); i++)
        collect_directory(&c, fl_list_at(directories, (fl_int)i).text.data, &walk);
    if (options->dry_run || options->no_post_process)
        return c.done;
    fl_static_post_process(c.root, &c.names, options, &c.done, &paths);
    write_manifest(&c, &paths);
    if (!options->no_compress)
        compress_all(&c, &paths);
    return c.done;
}

const char *fl_collected_text(const fl_collected *done, bool link)
{
    fl_buf text = fl_buf_in(fl_arena_here(), 4096);
    size_t count = link ? done->linked : done->copied;

    fl_buf_format(&text, "%zu static file%s %s", count, count == 1 ? "" : "s", link ? "symlinked" : "copied");
    const char *root = fl_settings_now()->static_root;
    if (root != NULL)
        fl_buf_format(&text, " to '%s'", fl_base_path(root));
    if (done->unmodified > 0)
        fl_buf_format(&text, ", %zu unmodified", done->unmodified);
    if (done->processed > 0)
        fl_buf_format(&text, ", %zu post-processed", done->processed);
    fl_buf_add_char(&text, '.');
    return fl_buf_c(&text);
}
