/* Inside of static files: a walk over a directory, the manifest, and how files are opened without leaving their root. */
#pragma once
#include <fleche/map.h>
#include <fleche/staticfiles.h>
#include <fleche/vec.h>
#include <sys/stat.h>

enum { FL_STATIC_DEPTH = 64, FL_STATIC_LARGEST = 1 << 30 }; /* folders within folders; bytes of a file that is hashed */

/* -- options.c -- */
const fl_staticfiles_options *fl_static_options(void); /* never NULL */
/* What the URL has behind static_url, decoded path in; NULL if it is not below it, or static_url is another host's. */
const char *fl_static_name_of(const char *path);

/* -- walk.c: regular files below a directory, in the order of their names; blocks. The names are relative, with slashes. -- */
typedef struct fl_static_entry {
    const char *name, *path;
    struct stat about;
} fl_static_entry;
typedef fl_vec(fl_static_entry) fl_static_entries;
typedef struct fl_static_walk {
    const char *const *ignore; /* ends with NULL; NULL: nothing is left out */
    bool all_links; /* symbolic links that leave the directory are followed */
} fl_static_walk;
/* A directory that is not there has no files. Raises FL_OS_ERROR for what cannot be read. */
void fl_static_walk_below(const char *root, const fl_static_walk *walk, fl_static_entries *ret);

/* -- open.c -- */
/* fl_static_open opens the path below root for reading: a descriptor, or a negative errno: -EPERM where a symbolic link leads outside,
 * -EISDIR, -EINVAL for what is neither file nor directory. Blocks. */
FL_MUST_CHECK int fl_static_open(const char *root, const char *path, bool all_links, struct stat *ret);
/* Whether the path, links followed, lies below root, links followed. */
bool fl_static_is_below(const char *root, const char *path);
const char *fl_static_etag(const struct stat *about); /* "\"6553f100-1f4\"": seconds and size */
/* A response with the descriptor's content, without headers; the descriptor is its own. */
fl_response *fl_static_file_response(const char *name, int fd, fl_int size, const char *content_type);

/* -- listing.c: the page for a directory, made from what readdir() gave -- */
fl_response *fl_static_listing(const char *relative, const char *const *names, size_t count);

/* -- manifest.c -- */
const char *fl_manifest_hashed(fl_str name); /* NULL: none, or there is no manifest */
bool fl_manifest_has_hashed(fl_str hashed); /* whether it is one of the hashed names */
void fl_manifest_forget(void); /* it is read again when it is next asked for */
/* The text of a manifest of these names: two each, as Django writes it. */
const char *fl_manifest_text(const fl_map *paths);

/* -- hash.c -- */
/* Gives hashed names to all files of static_root that are in `names`, writes them and the manifest. */
void fl_static_post_process(const char *root, const fl_map *names, const fl_collect_options *options, fl_collected *collected,
                            fl_map *paths);

/* -- compress.c -- */
/* Puts .gz and .br beside the file where that makes it smaller by a twentieth. Gives how many were written. */
size_t fl_static_compress(const char *path, const fl_collect_options *options);

/* -- write.c: for commands; all block and raise FL_OS_ERROR -- */
void fl_static_write(const char *path, fl_str bytes, const struct stat *times); /* folders are made; times: NULL, those of now */
void fl_static_copy(const char *from, const char *to);
fl_str fl_static_read(const char *path);
void fl_static_tell(const fl_collect_options *options, int verbosity, const char *format, ...) FL_PRINTF(3, 4);

/* -- table.c -- */
typedef struct fl_static_variant {
    const char *encoding; /* NULL: as it is */
    const char *path, *etag;
    fl_int size;
    int fd; /* -1: not open */
    fl_headers headers; /* all of an answer in full */
} fl_static_variant;
typedef struct fl_static_file {
    const char *location; /* a redirection to or from an index; then nothing else */
    const char *root, *content_type; /* root: where links must stay; NULL: it has been looked at */
    fl_datetime modified;
    size_t count; /* the smallest first */
    fl_static_variant variants[3];
} fl_static_file;
typedef struct fl_static_table {
    fl_map files;
    fl_arena *arena;
    size_t open;
} fl_static_table; /* by URL's path: fl_static_file * */
fl_static_table *fl_static_table_new(const fl_settings *settings); /* in the current arena, which closes its files; blocks */
/* Prepares the file of a URL, with those of its compressed forms that lie beside it; in the current arena; blocks. */
fl_static_file *fl_static_file_new(const char *root, const char *path, const char *url, const struct stat *about, bool debug);
/* What debug mode would answer, looked for now: in `root` of the options, and by the finders; NULL. Blocks. */
fl_static_file *fl_static_lookup(const char *path, bool finders_only);

/* -- answer.c -- */
fl_response *fl_static_answer(fl_request *request, fl_static_file *file, fl_static_table *table); /* table: NULL, none */
