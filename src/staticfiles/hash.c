/* Hashed names. A style sheet's hash is that of its content with the hashed names of what it refers to, so those come first: each file
 * is settled once, when it is first needed. Files that refer to one another in a circle have no such names. */
#include <fleche/buf.h>
#include <fleche/codec.h>
#include <fleche/crypto.h>
#include "files/files.h"
#include "staticfiles/staticfiles.h"

enum { HASH_SHOWN = 12, DEEPEST = 128 };

typedef struct hashing {
    const char *root, *static_url;
    const fl_map *names; /* of all that was collected */
    const fl_collect_options *options;
    fl_collected *collected;
    fl_map *paths; /* const char * by name: NULL while it is being settled */
    size_t depth;
} hashing;

static const char *settle(hashing *h, fl_str name);

/* -- names ------------------------------------------------------------------------------------------------------------------------------- */

static fl_str folder_of(fl_str name)
{
    size_t slash;
    return fl_str_find_last(name, '/', &slash) ? fl_str_slice(name, 0, slash) : fl_lit("");
}

static fl_str last_part(fl_str path)
{
    size_t slash;
    return fl_str_find_last(path, '/', &slash) ? fl_str_slice(path, slash + 1, SIZE_MAX) : path;
}

static const char *hashed_name(fl_str name, fl_str content)
{
    char *hash = fl_hash_hex(FL_MD5, content);
    size_t dot = fl_extension_at(name);

    hash[HASH_SHOWN] = '\0';
    return fl_text("%.*s.%s%.*s", (int)dot, name.data, hash, (int)(name.size - dot), name.data + dot);
}

/* posixpath.normpath: false for what leads above the root. */
static bool normalize(fl_str path, const char **ret)
{
    fl_vec(fl_str) parts = { 0 };
    fl_buf joined = fl_buf_in(fl_arena_here(), FL_LONGEST_NAME * 64);

    for (fl_str part; fl_str_cut(&path, '/', &part);) {
        if (part.size == 0 || fl_str_equal(part, fl_lit(".")))
            continue;
        if (!fl_str_equal(part, fl_lit("..")))
            fl_vec_push(&parts, part);
        else if (parts.count == 0)
            return false;
        else
            parts.count--;
    }
    for (size_t i = 0; i < parts.count; i++) {
        fl_buf_add_c(&joined, i == 0 ? "" : "/");
        fl_buf_add(&joined, parts.items[i]);
    }
    *ret = fl_buf_c(&joined);
    return true;
}

static fl_str decoded(fl_str text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), text.size + 1);

    fl_percent_decode(text, &out);
    return fl_str_of(fl_buf_c(&out));
}

/* -- references --------------------------------------------------------------------------------------------------------------------------- */

/* "https:…", "data:…", "//cdn…", and paths of the site outside of the static files. */
static bool is_elsewhere(const hashing *h, fl_str url)
{
    size_t letters = 0;

    while (letters < url.size && url.data[letters] >= 'a' && url.data[letters] <= 'z')
        letters++;
    return (letters > 0 && letters < url.size && url.data[letters] == ':') || fl_str_starts(url, fl_lit("//")) ||
           (fl_str_starts(url, fl_lit("/")) && !fl_str_starts(url, fl_str_of(h->static_url)));
}

static _Noreturn void missing(fl_str from, fl_str url, const char *target)
{
    fl_error *error = fl_error_new(FL_STATIC_MISSING, "%.*s refers to %.*s, and there is no static file %s", FL_SHOW(from),
                                   FL_SHOW(url), target);
    error->hint = "add the file, take the reference out, or collect with --no-post-process";
    fl_reraise(error);
}

static const char *target_of(const hashing *h, fl_str from, fl_str path)
{
    fl_str below, clean = decoded(path);
    const char *whole = fl_text("%.*s/%.*s", FL_SHOW(folder_of(from)), FL_SHOW(clean)), *target;

    if (fl_str_after(path, fl_str_of(h->static_url), &below))
        whole = decoded(below).data;
    return normalize(fl_str_of(whole), &target) ? target : NULL;
}

/* The URL to write in place of this one; false to leave all as it is. */
static bool convert(hashing *h, fl_str from, fl_str url, fl_str *ret)
{
    fl_str rest = url, path, query;

    if (is_elsewhere(h, url) || !fl_str_cut(&rest, '#', &path) || path.size == 0)
        return false;
    fl_str fragment = fl_str_slice(url, path.size, SIZE_MAX);
    query = path;
    (void)fl_str_cut(&query, '?', &path);
    if (path.size == 0 || fl_str_ends(path, fl_lit("/"))) {
        *ret = decoded(url);
        return true;
    }
    const char *target = target_of(h, from, path);
    if (target == NULL || !fl_map_has(h->names, fl_str_of(target)))
        missing(from, url, target == NULL ? "outside of the root" : target);
    fl_str file = last_part(fl_str_of(settle(h, fl_str_of(target)))), folder = folder_of(path);
    bool is_font = fl_str_find(url, fl_lit("?#"), NULL);
    const char *slash = fl_str_find_char(path, '/', NULL) ? "/" : "", *mark = query.size > 0 || is_font ? "?" : "";
    *ret = decoded(fl_str_of(
        fl_text("%.*s%s%.*s%s%.*s%.*s", FL_SHOW(folder), slash, FL_SHOW(file), mark, FL_SHOW(query), FL_SHOW(fragment))));
    return true;
}

static fl_str rewritten(hashing *h, fl_str name, fl_str content, bool script)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_STATIC_LARGEST);
    size_t at = 0, copied = 0;

    for (fl_css_reference found; fl_css_next_reference(content, script, &at, &found);) {
        fl_str url;
        if (!convert(h, name, found.url, &url))
            continue;
        fl_buf_add(&out, fl_str_slice(content, copied, (size_t)(found.whole.data - content.data) - copied));
        fl_buf_add(&out, found.before);
        fl_buf_add(&out, url);
        fl_buf_add(&out, found.after);
        copied = at;
    }
    fl_buf_add(&out, fl_str_slice(content, copied, SIZE_MAX));
    (void)fl_buf_c(&out);
    return fl_buf_str(&out);
}

/* -- files ---------------------------------------------------------------------------------------------------------------------------------- */

static bool ends_with(fl_str name, fl_str suffix)
{
    return name.size >= suffix.size && fl_str_equal_ascii(fl_str_slice(name, name.size - suffix.size, SIZE_MAX), suffix);
}

/* The name says what is in it: one of the same size is the same. */
static bool is_written(const char *path, size_t size)
{
    struct stat about;
    return lstat(path, &about) == 0 && S_ISREG(about.st_mode) && (size_t)about.st_size == size;
}

static const char *write_hashed(hashing *h, fl_str name)
{
    fl_str content = fl_static_read(fl_text("%s/%.*s", h->root, FL_SHOW(name)));
    bool script = ends_with(name, fl_lit(".js"));

    if (script || ends_with(name, fl_lit(".css")))
        content = rewritten(h, name, content, script);
    const char *hashed = hashed_name(name, content), *path = fl_text("%s/%s", h->root, hashed);
    if (!is_written(path, content.size)) {
        fl_static_write(path, content, NULL);
        h->collected->processed++;
        fl_static_tell(h->options, 1, "Post-processed '%.*s' as '%s'", FL_SHOW(name), hashed);
    }
    return hashed;
}

static const char *settle(hashing *h, fl_str name)
{
    const char **known = fl_map_get(h->paths, name), *hashed = NULL;

    if (known != NULL && *known != NULL)
        return *known;
    if (known != NULL || h->depth == DEEPEST) {
        fl_error *error = fl_error_new(FL_VALUE_ERROR, "%.*s has no hash: it refers to itself, by way of other files",
                                       FL_SHOW(name));
        error->hint = "take one of the references out";
        fl_reraise(error);
    }
    *(const char **)fl_map_put(h->paths, name) = NULL;
    h->depth++;
    fl_scope {
        const char *made = write_hashed(h, name);
        hashed = fl_arena_copy_text(h->paths->arena, made, strlen(made));
    }
    h->depth--;
    *(const char **)fl_map_put(h->paths, name) = hashed;
    return hashed;
}

void fl_static_post_process(const char *root, const fl_map *names, const fl_collect_options *options, fl_collected *collected,
                            fl_map *paths)
{
    hashing h = { .root = root,
                  .static_url = fl_static_url_of(fl_settings_now()),
                  .names = names,
                  .options = options,
                  .collected = collected,
                  .paths = paths };

    fl_map_each (const char *, entry, names)
        (void)settle(&h, entry.key.text);
}
