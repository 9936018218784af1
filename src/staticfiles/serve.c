/* One file of a directory: the view that Django calls static.serve, with ranges and entity tags. */
#include <dirent.h>
#include <errno.h>
#include <fleche/conditional.h>
#include <fleche/heap.h>
#include <fleche/offload.h>
#include <stdlib.h>
#include <unistd.h>
#include "staticfiles/staticfiles.h"

typedef struct opening {
    const char *root, *path;
    bool all_links;
    int fd;
    struct stat about;
} opening;

static void open_it(void *data)
{
    opening *it = data;
    it->fd = fl_static_open(it->root, it->path, it->all_links, &it->about);
}

static _Noreturn void not_found(const char *relative) { fl_raise(FL_NOT_FOUND, "\"%s\" does not exist", relative); }

/* The root itself, or what is below it; a slash in front means nothing, and what leads out is not found. */
static const char *path_of(const char *root, const char *relative)
{
    const char *path;

    while (*relative == '/')
        relative++;
    if (fl_try_safe_join(root, &(const fl_str){ relative, strlen(relative) }, 1, &path) != 0)
        not_found(relative);
    return path;
}

/* -- directories ------------------------------------------------------------------------------------------------------------------------ */

enum { MOST_NAMES = 10000 };

/* On a thread, so with the heap's memory. */
typedef struct listing {
    const char *root, *path;
    bool all_links;
    fl_buf names;
    int code;
} listing;

static void read_names(void *data)
{
    listing *it = data;
    DIR *directory = it->all_links || fl_static_is_below(it->root, it->path) ? opendir(it->path) : NULL;
    size_t count = 0;

    if (directory == NULL) {
        it->code = -ENOENT;
        return;
    }
    for (const struct dirent *at; (at = readdir(directory)) != NULL && count < MOST_NAMES;) {
        if (at->d_name[0] == '.')
            continue;
        struct stat about;
        bool is_folder = fstatat(dirfd(directory), at->d_name, &about, 0) == 0 && S_ISDIR(about.st_mode);
        fl_buf_add_c(&it->names, at->d_name);
        fl_buf_add_n(&it->names, "/", is_folder ? 2 : 0);
        if (!is_folder)
            fl_buf_add_char(&it->names, '\0');
        count++;
    }
    (void)closedir(directory);
    it->code = it->names.error;
}

static void free_names(void *names) { fl_buf_free(names); }
static int by_bytes(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static fl_response *list(const char *root, const char *path, const char *relative, const fl_serve_file_options *options)
{
    listing *it = fl_new_of(listing);
    fl_vec(const char *) names = { 0 };

    *it = (listing){ .root = root, .path = path, .all_links = options->follow_links, .names = fl_buf_heap(4 << 20) };
    fl_defer(free_names, &it->names);
    fl_offload(read_names, it);
    if (it->code != 0)
        not_found(relative);
    fl_str rest = fl_buf_str(&it->names);
    for (fl_str name; fl_str_cut(&rest, '\0', &name) && name.size > 0;)
        fl_vec_push(&names, fl_str_c(name));
    if (names.count > 1)
        qsort(names.items, names.count, sizeof *names.items, by_bytes);
    return fl_static_listing(relative, names.items, names.count);
}

/* Links in the page are relative: they need the slash behind the directory. */
static fl_response *serve_directory(fl_request *request, const char *path, const char *relative, const char *root,
                                    const fl_serve_file_options *options)
{
    if (!options->show_indexes)
        fl_raise(FL_NOT_FOUND, "directory indexes are not allowed here");
    if (request->path[0] != '\0' && request->path[strlen(request->path) - 1] != '/') {
        const char *slash = strrchr(request->path, '/');
        return fl_redirect_to(fl_text("./%s/", fl_escape_path(slash == NULL ? request->path : slash + 1)));
    }
    return list(root, path, relative, options);
}

/* -- files --------------------------------------------------------------------------------------------------------------------------------- */

static bool ends_with_slash(const char *text) { return *text != '\0' && text[strlen(text) - 1] == '/'; }

fl_response *fl_serve_file_(fl_request *request, const char *root, const char *relative, const fl_serve_file_options *options)
{
    opening it = { .root = root, .path = path_of(root, relative), .all_links = options->follow_links };
    const char *encoding = NULL;

    if (strlen(relative) != 0 && it.path == NULL)
        not_found(relative);
    fl_offload(open_it, &it);
    if (it.fd == -EISDIR)
        return serve_directory(request, it.path, relative, root, options);
    if (it.fd < 0)
        not_found(relative);
    if (ends_with_slash(relative)) {
        (void)close(it.fd);
        not_found(relative);
    }
    const char *type = fl_guess_type(fl_str_of(it.path), &encoding);
    fl_response *response = fl_static_file_response(it.path, it.fd, it.about.st_size,
                                                    type == NULL ? "application/octet-stream" : type);
    fl_set_header(response, "Content-Length", "%lld", (long long)it.about.st_size);
    fl_put_header(response, fl_lit("Last-Modified"), fl_str_of(fl_http_date(fl_datetime_of_unix(it.about.st_mtime, 0))));
    fl_put_header(response, fl_lit("ETag"), fl_str_of(fl_static_etag(&it.about)));
    if (encoding != NULL)
        fl_put_header(response, fl_lit("Content-Encoding"), fl_str_of(encoding));
    if (options->cache_control != NULL)
        fl_put_header(response, fl_lit("Cache-Control"), fl_str_of(options->cache_control));
    response = fl_conditional_of(request, response);
    return response->status == 200 ? fl_apply_range(request, response) : response;
}
