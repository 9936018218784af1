/* Inside the environment: where a value was found, what was read, what was loaded, what went wrong. */
#pragma once
#include <fleche/buf.h>
#include <fleche/env.h>

enum {
    ENV_FILE_MOST = 1 << 20,                         /* bytes of a .env or a secret's file */
    ENV_VALUE_MOST = 128 * 1024 - 1,                 /* of a value: execve() takes no more */
    ENV_TEXT_MOST = 1 << 20,                         /* of reports and messages */
};

/* A variable being read, with what was found of it. */
typedef struct env_variable {
    const char *name;                                /* with the prefix */
    const char *type;                                /* "integer" */
    const char *value;                               /* NULL: not there */
    fl_env_source source;
    const char *from;
    bool secret;
    const char *fault, *hint;                        /* why it has no value though something is there */
    const fl_env_options *options;
} env_variable;

/* env_find looks the variable up and records the read. `fallback` is text for the report, or NULL. What is missing though
 * required, or refers to what is not there, is raised or collected here, and has no value then. */
env_variable env_find(const char *name, const char *type, const char *fallback, const fl_env_options *options);
/* env_wrong raises or collects that the value is not what was expected ("an integer"). `shown` replaces the value, if not
 * NULL. */
void env_wrong(const env_variable *variable, const char *expected, const char *shown);
/* env_problem raises or collects any other problem: `subject` names what it is about; the error's place is that of the read,
 * if `at` is not NULL. */
void env_problem(const fl_env_options *at, const char *subject, const char *code, const char *hint, const char *message);

/* What was read: env_record copies the entry's texts. False without memory. */
bool env_record(const fl_env_entry *entry);
void env_record_wrong(const char *name);
const fl_env_entry *env_recorded(size_t at);         /* NULL past the last */
void env_forget_records(void);

/* What .env files have set in the environment, and what stood there before (NULL: nothing). env_load_record is called before
 * it is set; false without memory. */
typedef struct env_loaded { char *name, *value, *path, *before; int line; bool used; } env_loaded;
bool env_load_record(const char *name, const char *value, const char *path, int line);
env_loaded *env_loaded_now(const char *name);        /* if the variable still has what a .env set; else NULL */
const env_loaded *env_loaded_at(size_t at);
void env_mark_used(const char *name);
void env_unload(const char *path);                   /* what that file set is as it was before; of all files for NULL */

/* env_read_file reads a whole file of at most ENV_FILE_MOST bytes into the current arena: 0, -EFBIG or a negative errno; without
 * memory it raises. */
int env_read_file(const char *path, fl_str *ret);
const char *env_shown(const char *value);            /* quoted as Python's repr(), cut if long */
char *env_decode(fl_str text, bool plus);            /* percent-decoded; plus signs are spaces */
/* env_url takes a URL apart; false if it is none. */
bool env_url(fl_str text, fl_service_url *ret);
/* env_item reads one item of a list or dict as that kind; false if it is none. */
bool env_item(fl_kind kind, fl_str text, fl_value *ret);
