/* Where a variable's value comes from: the environment, a file that it names, the provider; and what it refers to. */
#include <errno.h>
#include <stdlib.h>
#include "env/env.h"

enum { DEEPEST_REFERENCE = 8 };

static struct { const char *label; fl_secret_provider *run; void *data; } asked;
static const char *current_prefix = "";

const char *fl_env_prefix(const char *prefix)
{
    const char *before = current_prefix;

    current_prefix = prefix == NULL ? "" : prefix;
    return before;
}

void fl_env_use_provider(const char *label, fl_secret_provider *provider, void *data)
{
    asked.label = label;
    asked.run = provider;
    asked.data = data;
}

void fl_env_forget(void)
{
    fl_env_use_provider(NULL, NULL, NULL);
    current_prefix = "";
    env_forget_records();
}

/* -- sources ----------------------------------------------------------------------------------------------------------------- */

static bool from_environment(env_variable *v, const char *name)
{
    const char *value = getenv(name);
    const env_loaded *loaded = env_loaded_now(name);

    if (value == NULL)
        return false;
    env_mark_used(name);
    v->value = fl_str_c(fl_str_of(value));
    v->source = loaded != NULL ? FL_ENV_DOTENV : FL_ENV_SET;
    v->from = loaded != NULL ? fl_text("%s:%d", loaded->path, loaded->line) : NULL;
    return true;
}

/* The file that `teller` names has the value; the line end that an editor put behind it is none of it. */
static bool from_file(env_variable *v, const char *teller)
{
    const char *path = getenv(teller);
    fl_str text = { 0 };

    if (path == NULL || path[0] == '\0')
        return false;
    env_mark_used(teller);
    v->from = fl_text("%s", path);
    v->source = FL_ENV_FILE;
    v->secret = true;
    v->value = "";
    int code = env_read_file(path, &text);
    if (code != 0 || fl_str_find_char(text, '\0', NULL)) {
        v->fault = fl_text("the file %s that %s names cannot be used: %s", path, teller,
                           code == 0 ? "there is a NUL byte in it" : fl_code_text(code));
        v->hint = fl_text("unset %s, or make the file readable", teller);
        return true;
    }
    text.size -= fl_str_ends(text, fl_lit("\n"));
    text.size -= fl_str_ends(text, fl_lit("\r"));
    v->value = fl_str_c(text);
    return true;
}

static bool from_provider(env_variable *v, const char *name)
{
    const char *value = asked.run == NULL ? NULL : asked.run(name, asked.data);

    if (value == NULL)
        return false;
    v->value = fl_text("%s", value);
    v->source = FL_ENV_PROVIDER;
    v->from = asked.label;
    v->secret = true;
    return true;
}

static bool look(env_variable *v, const char *name)
{
    return from_environment(v, name) || from_file(v, fl_text("%s_FILE", name)) || from_file(v, fl_text("FILE_%s", name)) ||
           from_provider(v, name);
}

/* -- references -------------------------------------------------------------------------------------------------------------- */

/* The name in a value that is $NAME and nothing else, as django-environ's proxied values. */
static const char *referred(const char *value)
{
    size_t size = 0;

    if (value == NULL || value[0] != '$')
        return NULL;
    for (const char *c = value + 1; *c != '\0'; c++, size++) {
        bool letter = (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') || *c == '_';
        if (!letter && (size == 0 || *c < '0' || *c > '9'))
            return NULL;
    }
    return size == 0 ? NULL : value + 1;
}

/* Follows $OTHER: as written, else with the prefix. What it leads to says where the value is from and whether it is secret. */
static void follow(env_variable *v)
{
    const char *other;

    for (int depth = 0; v->source != FL_ENV_FILE && (other = referred(v->value)) != NULL; depth++) {
        v->secret |= fl_is_secret_name(other);
        if (depth < DEEPEST_REFERENCE &&
            (look(v, other) || (current_prefix[0] != '\0' && look(v, fl_text("%s%s", current_prefix, other)))))
            continue;
        v->fault = depth < DEEPEST_REFERENCE ? fl_text("it refers to $%s, which is not set", other) : "it refers to itself";
        v->hint = "if this is no reference to another variable, write \\$ for the dollar sign";
        return;
    }
    if (v->value != NULL && v->source != FL_ENV_FILE && fl_starts_with(v->value, "\\$"))
        v->value++;
}

static void record(const env_variable *v, const char *fallback, bool missing)
{
    bool hidden = v->secret && fallback != NULL && fallback[0] != '\0';
    fl_env_entry entry = {
        .name = v->name,
        .type = v->type,
        .fallback = hidden ? FL_CLEANSED : fallback,
        .file = v->options->file,
        .line = v->options->line,
        .from = v->from,
        .source = v->source,
        .required = v->options->required,
        .secret = v->secret,
        .missing = missing,
        .wrong = v->fault != NULL,
    };

    if (!env_record(&entry))
        fl_raise(FL_OUT_OF_MEMORY, "no memory to note that %s was read", v->name);
}

env_variable env_find(const char *name, const char *type, const char *fallback, const fl_env_options *options)
{
    env_variable v = { .name = current_prefix[0] == '\0' ? name : fl_text("%s%s", current_prefix, name),
                       .type = type,
                       .options = options };

    v.secret = options->secret || fl_is_secret_name(v.name);
    bool found = look(&v, v.name);
    if (found)
        follow(&v);
    bool missing = options->required && v.fault == NULL && (!found || v.value[0] == '\0');
    record(&v, fallback, missing);
    if (v.fault != NULL)
        env_problem(options, v.name, "wrong", v.hint, v.fault);
    if (missing)
        env_problem(options, v.name, "missing",
                    fl_text("set it in the environment or in .env, or name a file that has it in %s_FILE", v.name),
                    fl_text("the environment variable is %s (%s:%d)", found ? "empty" : "not set", options->file, options->line));
    if (v.fault != NULL || missing)
        v.value = NULL;
    return v;
}
