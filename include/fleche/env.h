/* The environment: typed variables, .env files, secrets, and what went wrong with all of them at once.
 *
 *     fl_env_load(".env");                                             // what is set already wins
 *     s->secret_key = fl_env_required("DJANGO_SECRET_KEY");            // stops the start, naming all that is missing
 *     s->debug = fl_env_bool("DEBUG", false);
 *     s->allowed_hosts = fl_env_list("ALLOWED_HOSTS");                 // "a.example, b.example"
 *     s->session_age = fl_env_duration("SESSION_AGE", FL_DAYS(14));    // "15m", "1h30m", "2 days, 4:00:00", "P3D"
 *     fl_int port = fl_env_int("PORT", 0, .required = true);
 *
 * Each read takes options behind its fallback (fl_env_options). Where a variable's value comes from, in this order:
 *
 *     NAME             the process's environment, or a .env file that was loaded into it
 *     NAME_FILE        (or FILE_NAME) names a file whose content is the value, without the line end behind it: mounted secrets
 *     the provider     a function of yours: Vault and its like
 *     the fallback
 *
 * A value that is $OTHER is that variable's; \$ at the front is a dollar sign. What cannot be read as its type raises
 * FL_IMPROPERLY_CONFIGURED, which names the variable, what it has (hidden if it may be a secret) and what was expected; so does
 * a required variable that is not set or empty. Inside fl_env_together() (fl_settings_load() calls it) all of them are raised
 * as one error at its end.
 *
 * Results are in the current arena. Every read is recorded with its place: fl_env_report(). The environment is the process's: it
 * is read at start, by one thread; nothing here waits, except a provider that does. */
#pragma once
#include "error.h"
#include "json.h"
#include "time.h"
#include "value.h"

struct fl_buf;

/* Raised for settings and variables that are missing or wrong, before anything is served with them. */
extern const fl_error_class FL_IMPROPERLY_CONFIGURED;

/* -- .env files ------------------------------------------------------------------------------------------------------------ */
typedef struct fl_env_load_options {
    bool override;                               /* the file wins over what is set already */
    bool literal;                                /* ${NAME} and ${NAME:-default} stay as written */
    bool required;                               /* raises if there is no such file */
} fl_env_load_options;

/* fl_env_load sets what the file says in the process's environment, as python-dotenv does: comments, `export`, quotes ('…'
 * with \' and \\, "…" with \n and its like, `…` as it is), values over several lines, ${NAME:-default}. A path that is not
 * absolute is below fl_base_dir(). False if there is no such file. Raises FL_IMPROPERLY_CONFIGURED with path and line of every
 * statement that cannot be read, having set nothing. Loading a file again forgets what it had set before. */
#define fl_env_load(path, ...) fl_env_load_(path, &(const fl_env_load_options){ __VA_ARGS__ })
bool fl_env_load_(const char *path, const fl_env_load_options *options);

/* fl_dotenv_read reads such a text without touching the environment, which it may refer to: a dict of names and texts, the
 * last of equal names. Faults are added to `errors` with the field "path:line". */
fl_dict *fl_dotenv_read(fl_str text, const char *path, const fl_env_load_options *options, fl_errors *errors);

/* -- variables ------------------------------------------------------------------------------------------------------------- */
typedef struct fl_env_options {
    bool required;                               /* not set, or empty, is an error */
    bool secret;                                 /* its value is never shown; so are names like fl_is_secret_name() */
    bool escapes;                                /* text: \n stands for a line end */
    bool tuple;                                  /* lists: "(a,b)", and prints as one */
    fl_kind of;                                  /* items of lists and dicts: FL_V_INT, FL_V_FLOAT, FL_V_BOOL, else text */
    const char *fallback;                        /* lists, dicts, JSON and URLs: read as if the variable had been set so */
    const char *const *choices;                  /* text: what it may be, FL_STRINGS("a", "b") */
    const char *under;                           /* paths: where one that is not absolute begins; NULL: fl_base_dir() */
    const char *file; int line;                  /* the place of the call: set by the macros */
} fl_env_options;
#define FL_ENV_OPTIONS_(...) &(const fl_env_options){ .file = __FILE__, .line = __LINE__, __VA_ARGS__ }

#define fl_env(name, fallback, ...)             fl_env_text_(name, fallback, FL_ENV_OPTIONS_(__VA_ARGS__))
#define fl_env_required(name, ...)              fl_env_text_(name, NULL, FL_ENV_OPTIONS_(.required = true, __VA_ARGS__))
#define fl_env_bool(name, fallback, ...)        fl_env_bool_(name, fallback, FL_ENV_OPTIONS_(__VA_ARGS__))
#define fl_env_int(name, fallback, ...)         fl_env_int_(name, fallback, FL_ENV_OPTIONS_(__VA_ARGS__))
#define fl_env_float(name, fallback, ...)       fl_env_float_(name, fallback, FL_ENV_OPTIONS_(__VA_ARGS__))
#define fl_env_size(name, fallback, ...)        fl_env_size_(name, fallback, FL_ENV_OPTIONS_(__VA_ARGS__))
#define fl_env_duration(name, fallback, ...)    fl_env_duration_(name, fallback, FL_ENV_OPTIONS_(__VA_ARGS__))
#define fl_env_path(name, fallback, ...)        fl_env_path_(name, fallback, FL_ENV_OPTIONS_(__VA_ARGS__))
#define fl_env_bytes(name, ...)                 fl_env_bytes_(name, FL_ENV_OPTIONS_(__VA_ARGS__))
#define fl_env_list(name, ...)                  fl_env_list_(name, FL_ENV_OPTIONS_(__VA_ARGS__))
#define fl_env_dict(name, ...)                  fl_env_dict_(name, FL_ENV_OPTIONS_(__VA_ARGS__))
#define fl_env_json(name, ...)                  fl_env_json_(name, FL_ENV_OPTIONS_(__VA_ARGS__))

/* The fallbacks of text and paths may be NULL. Truth values: true, yes, on, ok, y, t, false, no, off, n, f, nothing, or a
 * number, in any case. Sizes are bytes: "512", "10M" and "10MiB" by 1024, "10MB" by 1000. Durations: a number is seconds. */
const char *fl_env_text_(const char *name, const char *fallback, const fl_env_options *options);
bool fl_env_bool_(const char *name, bool fallback, const fl_env_options *options);
fl_int fl_env_int_(const char *name, fl_int fallback, const fl_env_options *options);     /* "-12", "1_000" */
double fl_env_float_(const char *name, double fallback, const fl_env_options *options);
fl_int fl_env_size_(const char *name, fl_int fallback, const fl_env_options *options);
fl_duration fl_env_duration_(const char *name, fl_duration fallback, const fl_env_options *options);
const char *fl_env_path_(const char *name, const char *fallback, const fl_env_options *options);      /* ~ is $HOME */
fl_bytes fl_env_bytes_(const char *name, const fl_env_options *options);             /* of the text; none if it is not set */
fl_list *fl_env_list_(const char *name, const fl_env_options *options);              /* trimmed, empty ones left out; never NULL */
fl_dict *fl_env_dict_(const char *name, const fl_env_options *options);              /* "a=1,b=2"; never NULL */
fl_json *fl_env_json_(const char *name, const fl_env_options *options);              /* NULL if it is not set */

/* fl_env_prefix puts `prefix` before the names of all later reads, and returns the one before; not copied; "" for none. */
const char *fl_env_prefix(const char *prefix);

/* -- URLs of services ------------------------------------------------------------------------------------------------------ */
/* The parts of a URL, percent-decoded, "" where there is none; port 0 if none is given. */
typedef struct fl_service_url {
    const char *scheme, *user, *password, *host, *path;
    int port;
    const fl_dict *query;                        /* the last of equal names */
} fl_service_url;

typedef struct fl_database {
    const char *engine, *name, *user, *password, *host, *port;   /* engine: "postgresql", "sqlite", … */
    int pool_min, pool_max;
    const char *isolation;
    bool atomic_requests;
    const char *replica_of;
    fl_maybe_duration conn_max_age;              /* how long a connection is kept; FL_FOREVER: always */
    bool conn_health_checks, no_autocommit, disable_server_side_cursors;
    const fl_dict *options;                      /* the engine's own; NULL for none */
} fl_database;

typedef struct fl_cache_backend {
    const char *backend, *location, *key_prefix; /* backend: "redis", "locmem", …; several locations are apart by commas */
    fl_duration timeout;                         /* 0: 300 s; FL_FOREVER: never; less than 0: at once */
    fl_int version;                              /* 0: 1 */
    const fl_dict *options;
} fl_cache_backend;

typedef struct fl_email_server {
    const char *backend, *host, *user, *password, *file_path;    /* backend: "smtp", "console", "file", "memory", "dummy" */
    int port;                                    /* 0: not given */
    bool use_tls, use_ssl;
    const fl_dict *options;
} fl_email_server;

/* Each reads a URL from the variable, else from `fallback`, which may be NULL: then all is NULL. The schemes are those of
 * django-environ: postgres://user:password@host:5432/name?conn_max_age=60, sqlite:///db.sqlite3, rediss://host:6379/1?timeout=60,
 * memcache://a:11211,b:11211, smtp+tls://user:password@host:587 … No part of the URL but its scheme is ever shown. */
#define fl_env_url(name, fallback_, ...)          fl_env_url_(name, FL_ENV_OPTIONS_(.fallback = fallback_, __VA_ARGS__))
#define fl_env_database_url(name, fallback_, ...) fl_env_database_url_(name, FL_ENV_OPTIONS_(.fallback = fallback_, __VA_ARGS__))
#define fl_env_cache_url(name, fallback_, ...)    fl_env_cache_url_(name, FL_ENV_OPTIONS_(.fallback = fallback_, __VA_ARGS__))
#define fl_env_email_url(name, fallback_, ...)    fl_env_email_url_(name, FL_ENV_OPTIONS_(.fallback = fallback_, __VA_ARGS__))
fl_service_url fl_env_url_(const char *name, const fl_env_options *options);
fl_database fl_env_database_url_(const char *name, const fl_env_options *options);
fl_cache_backend fl_env_cache_url_(const char *name, const fl_env_options *options);
fl_email_server fl_env_email_url_(const char *name, const fl_env_options *options);

/* -- secrets --------------------------------------------------------------------------------------------------------------- */
/* fl_is_secret_name: whether API, AUTH, TOKEN, KEY, SECRET, PASS, SIGNATURE or HTTP_COOKIE is in the name, in any case. */
bool fl_is_secret_name(const char *name);
#define FL_CLEANSED "********************"
/* fl_cleanse gives the value as it may be shown under that name: FL_CLEANSED for a secret one's, and in lists and dicts inside
 * it, by their keys; the password of a URL in text is hidden too. In the current arena. */
fl_value fl_cleanse(const char *name, fl_value value);

/* A source of secrets, asked for names that neither the environment nor a file has: NULL if it has none either. It may wait. */
typedef const char *fl_secret_provider(const char *name, void *data);
/* fl_env_use_provider sets it, or takes it away with NULL; `label` is for reports ("vault"). Neither is copied. */
void fl_env_use_provider(const char *label, fl_secret_provider *provider, void *data);

/* -- what was read --------------------------------------------------------------------------------------------------------- */
typedef enum fl_env_source {
    FL_ENV_UNSET, FL_ENV_SET, FL_ENV_DOTENV, FL_ENV_FILE, FL_ENV_PROVIDER,
    FL_ENV_UNUSED,                               /* in a .env, and never read */
} fl_env_source;
typedef struct fl_env_entry {
    const char *name, *type;                     /* type: "text", "integer" … */
    const char *fallback;                        /* as text; NULL if there is none; FL_CLEANSED for a secret's */
    const char *file; int line;                  /* where it was read first; of an unused one, its .env */
    const char *from;                            /* ".env:3", "/run/secrets/key", the provider's label, or NULL */
    fl_env_source source;
    bool required, secret, missing, wrong;       /* missing: required and not there */
    size_t reads;
} fl_env_entry;
/* fl_env_next goes through what was read, in the order of first reads, and then what is unused; *cursor starts at 0. */
bool fl_env_next(size_t *cursor, fl_env_entry *ret);

/* fl_env_report writes a table of all that, without any value. fl_env_check is for a gate: the same with a line on each variable
 * that is missing, wrong or unused, into `out`; the number of those is returned. */
const char *fl_env_report(void);
size_t fl_env_check(struct fl_buf *out);

/* fl_env_together runs run(data) and puts off until its end what is missing or wrong there; then it is raised as one error, with
 * the error that run() ended in, if any, as its cause. What is missing reads as its fallback meanwhile, text as "". */
void fl_env_together(void (*run)(void *data), void *data);

void fl_env_forget(void);                        /* for tests: nothing read, no provider or prefix, what was loaded is unset */

/* -- where the project is -------------------------------------------------------------------------------------------------- */
/* fl_base_dir is the project's directory, absolute: $FLECHE_BASE_DIR, or the nearest one from the program's upwards (three
 * levels) that has a .env, templates, static, meson.build, CMakeLists.txt, Makefile or .git, or the program's own. Looked for
 * once. fl_base_path joins: fl_base_path("templates/blog"); an absolute path stays as it is. */
const char *fl_base_dir(void);
const char *fl_base_path(const char *path);
void fl_base_dir_forget(void);                   /* for tests: it is looked for anew */
