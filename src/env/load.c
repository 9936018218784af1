/* Loading a .env file: its statements are read, what they refer to is put in, and all is set at once or not at all.
 *
 * References see what the file has said so far and the environment; which of them wins, wins for the variable too. What was
 * set by a file is remembered: loading it again starts without it, so that a reload sees what was changed and taken out. */
#include <errno.h>
#include <fleche/map.h>
#include <fleche/unicode.h>
#include <stdlib.h>
#include "env/dotenv.h"
#include "env/env.h"

enum { VARIABLES_MOST = 4096, FAULTS_MOST = 20 };

typedef struct variable { fl_str value; bool has_value, used; int line; } variable;

typedef struct loading {
    const char *path;
    const fl_env_load_options *options;
    fl_errors *errors;
    fl_map variables;                                /* of variable */
} loading;

static void fault(const loading *l, int line, const char *what)
{
    if (l->errors->count < FAULTS_MOST)              /* a file that is none says so often enough */
        fl_errors_add_code(l->errors, fl_text("%s:%d", l->path, line), "dotenv", "%s", what);
}

/* -- references -------------------------------------------------------------------------------------------------------------- */

/* ${name} or ${name:-default} at the front, as python-dotenv matches it: a colon elsewhere in the name is no reference. */
static bool reference(fl_str text, fl_str *ret_name, fl_str *ret_default, size_t *ret_size)
{
    fl_str rest;
    size_t end = 0, close = 0;

    if (!fl_str_after(text, fl_lit("${"), &rest))
        return false;
    while (end < rest.size && rest.data[end] != '}' && rest.data[end] != ':')
        end++;
    fl_str behind = fl_str_slice(rest, end, SIZE_MAX);
    *ret_name = fl_str_slice(rest, 0, end);
    *ret_default = fl_lit("");
    if (fl_str_after(behind, fl_lit(":-"), &behind)) {
        if (!fl_str_find_char(behind, '}', &close))
            return false;
        *ret_default = fl_str_slice(behind, 0, close);
        *ret_size = 2 + end + 2 + close + 1;
        return true;
    }
    *ret_size = 2 + end + 1;
    return fl_str_starts(behind, fl_lit("}"));
}

static fl_str resolve(const loading *l, fl_str name, fl_str otherwise)
{
    variable *own = fl_map_get(&l->variables, name);
    const char *key = fl_str_c(name);
    const char *outside = name.size == 0 ? NULL : getenv(key);

    if (name.size > 0)
        env_mark_used(key);
    if (own != NULL)
        own->used = true;
    if (own != NULL && (l->options->override || outside == NULL))
        return own->value;
    return outside == NULL ? otherwise : fl_str_of(outside);
}

static bool interpolate(const loading *l, fl_str text, fl_str *ret)
{
    fl_str name, otherwise;
    size_t at, size;

    if (l->options->literal || !fl_str_find(text, fl_lit("${"), NULL)) {
        *ret = text;
        return text.size <= ENV_VALUE_MOST;
    }
    fl_buf out = fl_buf_in(fl_arena_here(), ENV_VALUE_MOST);
    while (fl_str_find_char(text, '$', &at)) {
        fl_buf_add_n(&out, text.data, at);
        text = fl_str_slice(text, at, SIZE_MAX);
        bool found = reference(text, &name, &otherwise, &size);
        if (found)
            fl_buf_add(&out, resolve(l, name, otherwise));
        else
            fl_buf_add_char(&out, '$');
        text = fl_str_slice(text, found ? size : 1, SIZE_MAX);
    }
    fl_buf_add(&out, text);
    if (out.error == -ENOMEM)
        fl_raise_code(out.error, "cannot read %s", l->path);
    *ret = fl_buf_str(&out);
    return !fl_buf_failed(&out);
}

/* -- reading ----------------------------------------------------------------------------------------------------------------- */

static const char *unusable(fl_str name, fl_str value)
{
    if (fl_str_find_char(name, '=', NULL))
        return "a name has a = in it";
    if (fl_str_find_char(name, '\0', NULL) || fl_str_find_char(value, '\0', NULL))
        return "there is a NUL byte";
    return NULL;
}

static void take(loading *l, const dotenv_statement *s)
{
    fl_str value = { 0 };
    const char *why = s->fault;

    if (why == NULL && !s->has_name)
        return;
    if (why == NULL && s->has_value)
        why = unusable(s->name, s->value);
    if (why == NULL && s->has_value && !interpolate(l, s->value, &value))
        why = "the value is too long";
    if (why == NULL && l->variables.count >= VARIABLES_MOST && !fl_map_has(&l->variables, s->name))
        why = "there are too many variables";
    if (why != NULL) {
        fault(l, s->line, why);
        return;
    }
    variable *v = fl_map_put(&l->variables, s->name);
    *v = (variable){ .value = value, .has_value = s->has_value, .line = s->line };
}

static void read_text(loading *l, fl_str text)
{
    dotenv_reader reader = { .text = dotenv_newlines(text), .line = 1 };
    dotenv_statement statement;
    size_t valid = fl_utf8_valid_prefix(reader.text);

    if (valid < reader.text.size) {
        for (size_t i = 0; i < valid; i++)
            reader.line += reader.text.data[i] == '\n';
        fault(l, reader.line, "this is not UTF-8");
        return;
    }
    while (dotenv_next(&reader, &statement))
        take(l, &statement);
}

fl_dict *fl_dotenv_read(fl_str text, const char *path, const fl_env_load_options *options, fl_errors *errors)
{
    static const fl_env_load_options none;
    loading l = {
        .path = path, .options = options == NULL ? &none : options, .errors = errors, .variables = fl_map_of(variable)
    };
    fl_dict *dict = fl_dict_new();

    if (text.size > ENV_FILE_MOST)
        fault(&l, 1, "the file is larger than 1 MiB");
    else
        read_text(&l, text);
    fl_map_each (variable, it, &l.variables)
        if (it.at->has_value)
            fl_dict_put(dict, it.key.text, it.at->value);
        else
            fl_dict_put(dict, it.key.text, FL_NONE_VALUE);
    return dict;
}

/* -- setting ----------------------------------------------------------------------------------------------------------------- */

static void set(const loading *l, const char *name, const variable *v)
{
    const char *value = fl_str_c(v->value);

    if (!v->has_value || (getenv(name) != NULL && !l->options->override))
        return;
    if (!env_load_record(name, value, l->path, v->line) || setenv(name, value, 1) != 0)
        fl_raise(FL_OUT_OF_MEMORY, "no memory to set %s of %s", name, l->path);
    if (v->used)
        env_mark_used(name);
}

static void raise_faults(const loading *l)
{
    if (l->errors->count == 1)
        env_problem(NULL, l->errors->items[0].field, "dotenv",
                    "a statement is NAME=value; quote values with spaces, quotes or line ends", l->errors->items[0].message);
    else
        for (size_t i = 0; i < l->errors->count; i++)
            env_problem(NULL, l->errors->items[i].field, "dotenv", NULL, l->errors->items[i].message);
}

typedef struct load_call { loading loading; fl_str text; } load_call;

static void load_text(void *data)
{
    load_call *call = data;

    read_text(&call->loading, call->text);
    if (call->loading.errors->count > 0) {
        raise_faults(&call->loading);
        return;
    }
    fl_map_each (variable, it, &call->loading.variables)
        set(&call->loading, it.key.text.data, it.at);
}

bool fl_env_load_(const char *path, const fl_env_load_options *options)
{
    const char *whole = fl_base_path(path);
    bool loaded = true;

    fl_scope {
        load_call call = { .loading = { .path = path, .options = options, .variables = fl_map_of(variable) } };
        int code = env_read_file(whole, &call.text);
        loaded = code != -ENOENT && code != -ENOTDIR;
        env_unload(path);
        if (code == 0) {
            call.loading.errors = fl_errors_new();
            fl_env_together(load_text, &call);
        } else if (loaded || options->required) {
            const char *why = fl_text("cannot be read: %s", fl_code_text(code));
            env_problem(NULL, whole, "dotenv", "fl_env_load() is given this path", why);
        }
    }
    return loaded;
}
