/* Requests for static files, answered: the form that the client takes, 304, ranges, and the descriptor for sendfile(). */
#include <errno.h>
#include <fcntl.h>
#include <fleche/conditional.h>
#include <unistd.h>
#include "http/response.h"
#include "staticfiles/staticfiles.h"

enum { MOST_OPEN = 512 };

static fl_static_table *table_here; /* of this process's site; NULL in debug */

/* -- which form --------------------------------------------------------------------------------------------------------------------------- */

/* The best liked, of equals the smallest. A bare "*" is sent by clients that decode nothing. */
static fl_static_variant *choose(const fl_request *request, fl_static_file *file)
{
    const char *accepted = file->count == 1 ? NULL : fl_headers_get(&request->headers, "Accept-Encoding");
    fl_static_variant *best = NULL, *plain = NULL;
    double best_quality = 0;

    for (size_t i = 0; i < file->count; i++) {
        fl_static_variant *it = &file->variants[i];
        if (it->encoding == NULL)
            plain = it;
        if (accepted == NULL || fl_text_is(accepted, "*"))
            continue;
        double quality = fl_accepts_encoding(request, it->encoding == NULL ? "identity" : it->encoding);
        if (quality > best_quality) {
            best = it;
            best_quality = quality;
        }
    }
    return best == NULL ? plain : best;
}

/* -- the answer ---------------------------------------------------------------------------------------------------------------------------- */

/* The lines are the table's; the array is the response's, who may add to it. */
static void take_headers(fl_response *response, const fl_headers *from)
{
    enum { MORE = 8 }; /* what middleware outside adds */
    fl_headers *to = &response->headers;

    to->capacity = from->count + MORE;
    to->lines = fl_arena_alloc(response->arena, to->capacity * sizeof *to->lines);
    memcpy(to->lines, from->lines, from->count * sizeof *to->lines);
    to->count = from->count;
}

static fl_response *not_modified(fl_response *response, const fl_headers *headers)
{
    static const char *const kept[] = { "Cache-Control", "Content-Location", "Date", "ETag",
                                        "Expires",       "Last-Modified",    "Vary", NULL };

    for (size_t i = 0; response->status == 304 && i < headers->count; i++)
        if (fl_text_in_(fl_str_c(headers->lines[i].name), kept))
            fl_headers_add(&response->headers, headers->lines[i].name, headers->lines[i].value);
    return response;
}

/* A descriptor of one's own. The table keeps one of each file that was asked for: a copy of it costs less than opening the file again,
 * and has the content that the headers were made of, whatever has taken its name since. */
static int descriptor(const fl_static_file *file, fl_static_variant *variant, fl_static_table *table)
{
    struct stat about;

    if (variant->fd >= 0)
        return fcntl(variant->fd, F_DUPFD_CLOEXEC, 0);
    bool all_links = file->root == NULL || fl_static_options()->follow_links;
    int fd = fl_static_open(file->root, variant->path, all_links, &about);
    if (fd < 0)
        return fd;
    if (about.st_size != variant->size) { /* replaced since the table was made */
        (void)close(fd);
        return -ESTALE;
    }
    if (table == NULL || table->open >= MOST_OPEN)
        return fd;
    variant->fd = fd;
    table->open++;
    return fcntl(fd, F_DUPFD_CLOEXEC, 0);
}

static fl_response *sent_by_proxy(const fl_static_file *file, const fl_static_variant *variant)
{
    const fl_staticfiles_options *options = fl_static_options();
    fl_response *response = fl_response_make(200, file->content_type, fl_lit(""));
    const char *below = file->root == NULL ? NULL : fl_after_prefix(variant->path, file->root);

    take_headers(response, &variant->headers);
    (void)fl_delete_header(response, "Content-Length");
    if (options->send_by == FL_SEND_X_SENDFILE) {
        fl_put_header(response, fl_lit("X-Sendfile"), fl_str_of(variant->path));
        return response;
    }
    while (below != NULL && *below == '/')
        below++;
    const char *inside = fl_escape_path(below == NULL ? variant->path : below);
    fl_set_header(response, "X-Accel-Redirect", "%s%s", options->accel_prefix == NULL ? "/" : options->accel_prefix, inside);
    return response;
}

static fl_response *redirect(const fl_request *request, const fl_static_file *file)
{
    const char *mark = *request->query_string == '\0' ? "" : "?";
    int age = fl_static_options()->max_age;
    fl_response *response = fl_redirect_to(fl_text("%s%s%s", file->location, mark, request->query_string));

    if (age != FL_NO_NUMBER && table_here != NULL)
        fl_set_header(response, "Cache-Control", "max-age=%d, public", age == 0 ? 60 : age);
    return response;
}

fl_response *fl_static_answer(fl_request *request, fl_static_file *file, fl_static_table *table)
{
    if (file->location != NULL)
        return redirect(request, file);
    fl_static_variant *variant = choose(request, file);
    fl_response *response = fl_conditional(request, variant->etag, file->modified);
    if (response != NULL)
        return not_modified(response, &variant->headers);
    if (table != NULL && fl_static_options()->send_by != FL_SEND_FILE)
        return sent_by_proxy(file, variant);
    int fd = descriptor(file, variant, table);
    if (fd < 0)
        fl_raise(FL_NOT_FOUND, "the static file %s is gone, or another one than when the server started: %s", variant->path,
                 fl_code_text(fd));
    response = fl_static_file_response(variant->path, fd, variant->size, file->content_type);
    take_headers(response, &variant->headers);
    return fl_apply_range(request, response);
}

/* -- the middleware -------------------------------------------------------------------------------------------------------------------------- */

static fl_static_file *in_table(const fl_static_table *table, const char *path)
{
    fl_static_file **file = fl_map_get(&table->files, fl_str_of(path));
    return file == NULL ? NULL : *file;
}

static fl_static_file *find(const fl_request *request)
{
    if (table_here == NULL)
        return fl_static_lookup(request->path, false);
    fl_static_file *file = in_table(table_here, request->path);
    return file != NULL || request->path == request->path_info ? file : in_table(table_here, request->path_info);
}

static fl_response *serve(fl_request *request, fl_next *next)
{
    fl_static_file *file = fl_is_get(request) ? find(request) : NULL;

    return file == NULL ? fl_call_next(next, request) : fl_static_answer(request, file, table_here);
}

static void forget(void *data)
{
    (void)data;
    table_here = NULL;
}

static bool start(const fl_settings *settings)
{
    table_here = NULL;
    if (settings->debug)
        return true;
    table_here = fl_static_table_new(settings);
    fl_arena_on_end(table_here->arena, forget, NULL);
    return true;
}

FL_MIDDLEWARE(fl_staticfiles, .call = serve, .start = start);

/* -- while developing ---------------------------------------------------------------------------------------------------------------------- */

typedef struct asking {
    fl_request *request;
    fl_response *response;
} asking;

static void answer_from_finders(void *data)
{
    asking *it = data;
    fl_static_file *file = fl_is_get(it->request) ? fl_static_lookup(it->request->path, true) : NULL;

    if (file == NULL)
        fl_raise(FL_NOT_FOUND, "'%s' could not be found", fl_static_name_of(it->request->path));
    it->response = fl_static_answer(it->request, file, NULL);
}

fl_response *fl_staticfiles_answer(fl_request *request, void *data)
{
    asking it = { .request = request };

    if (fl_static_name_of(request->path) == NULL)
        return fl_answer(request, data);
    fl_error *error = fl_protect(answer_from_finders, &it);
    return error == NULL ? it.response : fl_error_response(request, error);
}
