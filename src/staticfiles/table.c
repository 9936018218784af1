/* All files that are served, with their headers, made once at start: a request then costs a look into a hash map. In debug the same is
 * made for the one file of a request. Headers, names and ages are those of WhiteNoise; but each compressed form has an entity tag
 * of its own, as RFC 9110 has it, so that a range of one is never joined to another. */
#include <errno.h>
#include <fleche/conditional.h>
#include <fleche/log.h>
#include <stdlib.h>
#include <unistd.h>
#include "files/files.h"
#include "staticfiles/staticfiles.h"

enum { USUAL_AGE = 60, FOREVER = 10 * 365 * 24 * 60 * 60 };

static const struct {
    const char *suffix, *encoding;
} forms[] = { { ".br", "br" }, { ".gz", "gzip" } };

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* -- headers ---------------------------------------------------------------------------------------------------------------------------- */

static const char *type_of(const char *path)
{
    static const fl_mime_override whole_names[] = {
        { "apple-app-site-association", "application/json" },
        { "crossdomain.xml", "text/x-cross-domain-policy" },
        { 0 },
    };
    const char *name = file_name(path), *encoding = NULL;

    for (const fl_mime_override *it = fl_static_options()->types; it != NULL && it->suffix != NULL; it++)
        if (it->suffix[0] == '.' ? fl_str_ends(fl_str_of(name), fl_str_of(it->suffix)) : fl_text_is(name, it->suffix))
            return it->type;
    for (const fl_mime_override *it = whole_names; it->suffix != NULL; it++)
        if (fl_text_is(name, it->suffix))
            return it->type;
    const char *type = fl_guess_type(fl_str_of(name), &encoding);
    return encoding != NULL ? fl_sent_type(fl_str_of(name)) : type == NULL ? "application/octet-stream" : type;
}

static const char *content_type_of(const char *path)
{
    const char *type = type_of(path), *charset = fl_static_options()->charset;

    return fl_starts_with(type, "text/") && strchr(type, ';') == NULL
               ? fl_text("%s; charset=\"%s\"", type, charset == NULL ? "utf-8" : charset)
               : fl_text("%s", type);
}

static bool is_immutable(const char *path, const char *url)
{
    const fl_staticfiles_options *options = fl_static_options();

    if (options->immutable != NULL)
        return options->immutable(path, url);
    const char *name = fl_static_name_of(url);
    return name != NULL && fl_manifest_has_hashed(fl_str_of(name));
}

static const char *cache_control(const char *path, const char *url, bool debug)
{
    int age = fl_static_options()->max_age;

    if (is_immutable(path, url))
        return fl_text("max-age=%d, public, immutable", FOREVER);
    if (age == FL_NO_NUMBER)
        return NULL;
    return fl_text("max-age=%d, public", age != 0 ? age : debug ? 0 : USUAL_AGE);
}

static void add(fl_headers *headers, const char *name, const char *value)
{
    if (fl_headers_get(headers, name) == NULL)
        fl_headers_add(headers, fl_str_of(name), fl_str_of(value));
}

static fl_headers common_headers(const char *path, const char *url, const struct stat *about, bool varies, bool debug)
{
    const fl_staticfiles_options *options = fl_static_options();
    fl_headers headers = { 0 };

    const char *age = cache_control(path, url, debug);
    if (age != NULL)
        add(&headers, "Cache-Control", age);
    if (!options->no_origin)
        add(&headers, "Access-Control-Allow-Origin", "*");
    if (options->add_headers != NULL)
        options->add_headers(&headers, path, url);
    if (varies)
        add(&headers, "Vary", "Accept-Encoding");
    add(&headers, "Last-Modified", fl_http_date(fl_datetime_of_unix(about->st_mtime, 0)));
    return headers;
}

static fl_headers copy_of(const fl_headers *headers)
{
    fl_headers copy = { 0 };

    for (size_t i = 0; i < headers->count; i++)
        fl_headers_add(&copy, headers->lines[i].name, headers->lines[i].value);
    return copy;
}

/* -- files --------------------------------------------------------------------------------------------------------------------------------- */

static const char *etag_of(const struct stat *about, const char *encoding)
{
    const char *tag = fl_static_etag(about);

    return encoding == NULL ? tag : fl_text("%.*s-%s\"", (int)strlen(tag) - 1, tag, encoding);
}

static int by_size(const void *a, const void *b)
{
    fl_int x = ((const fl_static_variant *)a)->size, y = ((const fl_static_variant *)b)->size;
    return (x > y) - (x < y);
}

static void fill_headers(fl_static_variant *variant, const fl_headers *common, const struct stat *about)
{
    variant->headers = copy_of(common);
    const char *own = fl_headers_get(&variant->headers, "ETag");
    variant->etag = own != NULL ? own : etag_of(about, variant->encoding);
    add(&variant->headers, "ETag", variant->etag);
    add(&variant->headers, "Content-Length", fl_text("%lld", variant->size));
    if (variant->encoding != NULL)
        add(&variant->headers, "Content-Encoding", variant->encoding);
}

fl_static_file *fl_static_file_new(const char *root, const char *path, const char *url, const struct stat *about, bool debug)
{
    fl_static_file *file = fl_new_of(fl_static_file);
    struct stat form;

    *file = (fl_static_file){ .root = root, .modified = fl_datetime_of_unix(about->st_mtime, 0) };
    file->content_type = content_type_of(path);
    file->variants[file->count++] = (fl_static_variant){ .path = path, .size = about->st_size, .fd = -1 };
    for (size_t i = 0; i < FL_LENGTH(forms); i++) {
        const char *beside = fl_text("%s%s", path, forms[i].suffix);
        if (stat(beside, &form) == 0 && S_ISREG(form.st_mode))
            file->variants[file->count++] = (fl_static_variant){
                .encoding = forms[i].encoding, .path = beside, .size = form.st_size, .fd = -1
            };
    }
    fl_headers common = common_headers(path, url, about, file->count > 1, debug);
    for (size_t i = 0; i < file->count; i++)
        fill_headers(&file->variants[i], &common, about);
    qsort(file->variants, file->count, sizeof *file->variants, by_size);
    return file;
}

static fl_static_file *redirection(const char *location)
{
    fl_static_file *file = fl_new_of(fl_static_file);

    file->location = location;
    return file;
}

/* -- the table ------------------------------------------------------------------------------------------------------------------------------ */

static void close_files(void *data)
{
    fl_static_table *table = data;

    fl_map_each (fl_static_file *, entry, &table->files)
        for (size_t i = 0; i < (*entry.at)->count; i++)
            if ((*entry.at)->variants[i].fd >= 0)
                (void)close((*entry.at)->variants[i].fd);
}

static void put(fl_static_table *table, const char *url, fl_static_file *file)
{
    *(fl_static_file **)fl_map_put(&table->files, fl_str_of(url)) = file;
}

/* "/docs/index.html" is served as "/docs/", and its own name and "/docs" lead there. */
static const char *put_index(fl_static_table *table, const char *url)
{
    const char *index = fl_static_options()->index_file;

    if (index == NULL || !fl_str_ends(fl_str_of(url), fl_str_of(fl_text("/%s", index))))
        return url;
    const char *folder = fl_text("%.*s", (int)(strlen(url) - strlen(index)), url);
    const char *bare = fl_text("%.*s", (int)strlen(folder) - 1, folder);
    put(table, url, redirection("./"));
    if (*bare != '\0')
        put(table, bare, redirection(fl_text("./%s/", fl_escape_path(file_name(bare)))));
    return folder;
}

static bool is_form_of_another(const char *path)
{
    struct stat about;

    for (size_t i = 0; i < FL_LENGTH(forms); i++)
        if (fl_str_ends(fl_str_of(path), fl_str_of(forms[i].suffix)))
            return stat(fl_text("%.*s", (int)(strlen(path) - strlen(forms[i].suffix)), path), &about) == 0 &&
                   S_ISREG(about.st_mode);
    return false;
}

static void put_all(fl_static_table *table, const char *root, const char *prefix)
{
    const bool all_links = fl_static_options()->follow_links;
    fl_static_entries found = { 0 };
    struct stat about;

    if (stat(root, &about) != 0 || !S_ISDIR(about.st_mode)) {
        fl_log(FL_WARNING, "fleche.staticfiles", "No directory at: %s", root);
        return;
    }
    fl_static_walk_below(root, &(const fl_static_walk){ .all_links = all_links }, &found);
    fl_vec_each (fl_static_entry, entry, &found)
        if (!is_form_of_another(entry->path)) {
            const char *url = put_index(table, fl_text("%s%s", prefix, entry->name));
            put(table, url, fl_static_file_new(root, entry->path, url, &entry->about, false));
        }
}

/* The path of a URL that names a host. */
static const char *path_part(const char *url)
{
    size_t colon;

    if (!fl_str_find(fl_str_of(url), fl_lit("://"), &colon))
        return url;
    const char *slash = strchr(url + colon + 3, '/');
    return slash == NULL ? "/" : slash;
}

fl_static_table *fl_static_table_new(const fl_settings *settings)
{
    const fl_staticfiles_options *options = fl_static_options();
    const char *prefix = path_part(fl_static_url_of(settings));
    fl_static_table *table = fl_new_of(fl_static_table);

    table->arena = fl_arena_here();
    table->files = fl_map_of(fl_static_file *);
    if (options->root != NULL)
        put_all(table, fl_base_path(options->root), "/");
    if (settings->static_root != NULL && *prefix != '\0')
        put_all(table, fl_base_path(settings->static_root), prefix);
    fl_arena_on_end(table->arena, close_files, table);
    return table;
}

/* -- one file, now ------------------------------------------------------------------------------------------------------------------------- */

static fl_static_file *prepare(const char *path, const char *url)
{
    struct stat about;

    if (path == NULL || stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return NULL;
    return fl_static_file_new(NULL, path, url, &about, true);
}

static const char *below_root(const char *path)
{
    const fl_staticfiles_options *options = fl_static_options();
    const char *root = fl_base_path(options->root), *whole;
    const fl_str relative = fl_str_slice(fl_str_of(path), 1, SIZE_MAX);
    struct stat about;

    if (fl_str_starts(relative, fl_lit("/")) || fl_try_safe_join(root, &relative, 1, &whole) != 0 || stat(whole, &about) != 0)
        return NULL;
    if (!options->follow_links && !fl_static_is_below(root, whole))
        return NULL;
    return whole;
}

static fl_static_file *lookup_in_root(const char *path)
{
    const char *index = fl_static_options()->index_file;
    struct stat about;

    if (fl_static_options()->root == NULL || path[0] != '/')
        return NULL;
    bool is_folder = path[strlen(path) - 1] == '/';
    if (index != NULL && is_folder)
        return prepare(below_root(fl_text("%s%s", path, index)), path);
    if (is_folder)
        return NULL;
    const char *whole = below_root(path);
    if (whole == NULL)
        return NULL;
    if (index != NULL && fl_text_is(file_name(path), index))
        return redirection("./");
    if (index != NULL && stat(whole, &about) == 0 && S_ISDIR(about.st_mode) && below_root(fl_text("%s/%s", path, index)) != NULL)
        return redirection(fl_text("./%s/", fl_escape_path(file_name(path))));
    return prepare(whole, path);
}

fl_static_file *fl_static_lookup(const char *path, bool finders_only)
{
    const char *name = fl_static_name_of(path);
    const bool is_file = name != NULL && *name != '\0' && name[strlen(name) - 1] != '/';
    fl_static_file *file = is_file ? prepare(fl_static_find(name), path) : NULL;

    return file != NULL || finders_only ? file : lookup_in_root(path);
}
