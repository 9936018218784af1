/* staticfiles.json: which hashed name each file has. Read once, when a link or the table first asks; it ends with the site. */
#include <fleche/arguments.h>
#include <fleche/buf.h>
#include <fleche/codec.h>
#include <fleche/crypto.h>
#include <fleche/io.h>
#include <fleche/json.h>
#include <errno.h>
#include "staticfiles/staticfiles.h"
#include "web/web.h"

enum { LARGEST = 64 << 20, HASH_SHOWN = 12, LONGEST_URL = 1 << 16 };

FL_ERROR_CLASS(FL_STATIC_MISSING, FL_VALUE_ERROR, .message = "A static file is missing.");

typedef struct manifest {
    const char *root; /* of which static_root it is */
    bool exists;
    fl_map paths, hashed; /* const char * by name; a set */
} manifest;
static manifest *loaded; /* one a process; in the site's arena */

void fl_manifest_forget(void) { loaded = NULL; }
static void forget(void *data)
{
    (void)data;
    loaded = NULL;
}

/* -- reading ---------------------------------------------------------------------------------------------------------------------------- */

static _Noreturn void broken(const char *path, const char *why)
{
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "%s is no manifest of static files: %s", path, why);
    error->hint = "remove it, and run collectstatic again";
    fl_reraise(error);
}

static void take_paths(manifest *it, const fl_json *json, const char *path)
{
    const char *version = fl_json_text(json, "version");
    const fl_json *paths = fl_json_at(json, "paths");
    fl_value value;

    if (version == NULL || !fl_text_in(version, "1.0", "1.1"))
        broken(path, "its version is neither 1.0 nor 1.1");
    if (paths == NULL || paths->value.kind != FL_V_DICT)
        broken(path, "it has no paths");
    fl_map_each (fl_value, entry, &paths->value.dict->map) {
        value = *entry.at;
        if (value.kind != FL_V_TEXT)
            broken(path, "the name of a path is no text");
        *(const char **)fl_map_put(&it->paths, entry.key.text) = fl_str_c(value.text);
        fl_set_add(&it->hashed, value.text);
    }
}

static void load(manifest *it)
{
    const char *path = fl_text("%s/staticfiles.json", fl_base_path(it->root));
    fl_str text;
    fl_json *json;
    fl_json_error why;
    int code = fl_try_file_read(path, LARGEST, &text);

    if (code == -ENOENT || code == -ENOTDIR)
        return;
    if (code != 0)
        fl_raise_code(code, "cannot read %s", path);
    if (fl_json_try_parse(text, NULL, &json, &why) != 0)
        broken(path, fl_text("line %d, column %d: %s", why.line, why.column, why.message));
    take_paths(it, json, path);
    it->exists = true;
}

typedef struct loading {
    const char *root;
    manifest *ret;
} loading;

static void load_new(void *data)
{
    loading *it = data;
    manifest *fresh = fl_new_of(manifest);

    *fresh = (manifest){ .root = fl_text("%s", it->root), .paths = fl_map_of(const char *), .hashed = fl_set_of_keys() };
    load(fresh);
    fl_arena_on_end(fl_arena_here(), forget, NULL);
    it->ret = fresh;
}

static const manifest *manifest_now(void)
{
    const fl_settings *settings = fl_settings_now();

    if (settings->static_root == NULL)
        return NULL;
    if (FL_LIKELY(loaded != NULL && fl_text_is(loaded->root, settings->static_root)))
        return loaded->exists ? loaded : NULL;
    loading it = { .root = settings->static_root };
    fl_arena *before = fl_arena_set_here(fl_site_now()->arena);
    fl_error *error = fl_protect(load_new, &it);
    fl_arena_set_here(before);
    if (error != NULL)
        fl_reraise(error);
    loaded = it.ret;
    return loaded->exists ? loaded : NULL;
}

const char *fl_manifest_hashed(fl_str name)
{
    const manifest *it = manifest_now();
    const char **hashed = it == NULL ? NULL : fl_map_get(&it->paths, name);

    return hashed == NULL ? NULL : *hashed;
}

bool fl_manifest_has_hashed(fl_str hashed)
{
    const manifest *it = manifest_now();
    return it != NULL && fl_map_has(&it->hashed, hashed);
}

/* -- writing ---------------------------------------------------------------------------------------------------------------------------- */

/* What json.dumps(sorted(paths.items())) gives: [["a", "a.1"], ["b", "b.1"]]. */
static const char *hash_of(const fl_list *names, const fl_map *paths)
{
    fl_list *pairs = fl_list_new();

    for (size_t i = 0; i < fl_len(names); i++) {
        fl_str name = fl_list_at(names, (fl_int)i).text;
        fl_list_push(pairs, fl_list_of(name, *(const char **)fl_map_get(paths, name)));
    }
    char *hex = fl_hash_hex(FL_MD5, fl_str_of(fl_json_dump(fl_json_of(pairs))));
    hex[HASH_SHOWN] = '\0';
    return hex;
}

const char *fl_manifest_text(const fl_map *paths)
{
    fl_list *names = fl_list_new();
    fl_json *sorted = fl_json_of(fl_dict_new());

    fl_map_each (const char *, entry, paths)
        fl_list_push(names, entry.key.text);
    fl_list_sort(names);
    for (size_t i = 0; i < fl_len(names); i++) {
        const char *name = fl_list_at(names, (fl_int)i).text.data;
        fl_json_put(sorted, name, *(const char **)fl_map_get(paths, fl_str_of(name)));
    }
    return fl_json_dump(fl_json_object("paths", sorted, "version", "1.1", "hash", hash_of(names, paths)));
}

/* -- links -------------------------------------------------------------------------------------------------------------------------------- */

static _Noreturn void missing(const manifest *it, fl_str name)
{
    const char **names = fl_new_array(const char *, it->paths.count + 1);
    size_t n = 0;

    fl_map_each (const char *, entry, &it->paths)
        names[n++] = entry.key.text.data;
    fl_error *error = fl_error_new(FL_STATIC_MISSING, "Missing staticfiles manifest entry for '%.*s'", FL_SHOW(name));
    const char *nearest = fl_nearest_name(fl_str_c(name), names);
    error->hint = nearest != NULL ? fl_text("did you mean '%s'?", nearest) : "add the file and run collectstatic again";
    fl_reraise(error);
}

static const char *encoded(const char *prefix, fl_str name, const char *rest)
{
    fl_buf url = fl_buf_in(fl_arena_here(), LONGEST_URL);

    fl_buf_add_c(&url, prefix);
    fl_percent_encode(name, "/~!*()'", &url);
    fl_buf_add_c(&url, rest);
    return fl_buf_c(&url);
}

const char *fl_static(const char *name)
{
    const fl_settings *settings = fl_settings_now();
    const char *prefix = fl_static_url_of(settings);
    const fl_str path = fl_str_n(name, strcspn(name, "?#"));

    if (*prefix == '\0') {
        fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "static files have no URL: the setting static_url is empty");
        error->hint = "set it to \"/static/\"";
        fl_reraise(error);
    }
    const manifest *it = settings->debug || fl_str_ends(path, fl_lit("/")) || path.size == 0 ? NULL : manifest_now();
    if (it == NULL)
        return encoded(prefix, path, name + path.size);
    const char **hashed = fl_map_get(&it->paths, path);
    if (hashed == NULL)
        missing(it, path);
    return encoded(prefix, fl_str_of(*hashed), name + path.size);
}
