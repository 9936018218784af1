/* Settings are code: a function that fills a struct, checked once at start, read only from then on.
 *
 *     static void base(fl_settings *s)
 *     {
 *         fl_env_load(".env");
 *         s->secret_key = fl_env_required("DJANGO_SECRET_KEY");
 *         s->allowed_hosts = fl_env_list("ALLOWED_HOSTS");
 *         fl_use_database(s, "default", .engine = "postgresql", .name = fl_env("DB_NAME", "site"));
 *         fl_use_middleware(s, fl_security, fl_sessions, fl_common, fl_csrf);
 *     }
 *     void development(fl_settings *s) { base(s); s->debug = true; }
 *     void production(fl_settings *s) { base(s); s->secure_ssl_redirect = true; }
 *
 *     fl_settings_load_chosen(development, production);       // the first, or the one that $FLECHE_SETTINGS names
 *     if (fl_settings_now()->debug) …
 *
 * Members are Django's settings in lower case, and begin as Django's defaults; two have the names of Flèche's own: session_age
 * is SESSION_COOKIE_AGE, and backends are short words ("smtp", "redis") where Django has paths of Python classes. NULL is
 * Python's None; a NULL list is empty. While a configure function runs, the current arena is the settings' own, which lives as
 * long as they do; texts and lists that are set must be from it, or literal. */
#pragma once
#include "env.h"
#include "log.h"
#include "macros.h"

/* Made elsewhere; settings only point to them. */
typedef struct fl_request fl_request;
typedef struct fl_response fl_response;
typedef struct fl_urls fl_urls;
typedef struct fl_middleware fl_middleware;
typedef struct fl_auth_backend fl_auth_backend;
typedef fl_response *fl_view(fl_request *request);
typedef void fl_context_processor(fl_request *request, fl_json *context);

/* -- parts ----------------------------------------------------------------------------------------------------------------- */
typedef struct fl_database_setting { const char *alias; fl_database database; } fl_database_setting;
typedef struct fl_cache_setting { const char *alias; fl_cache_backend cache; } fl_cache_setting;

/* Where a proxy says that the client came over HTTPS: { "HTTP_X_FORWARDED_PROTO", "https" }. */
typedef struct fl_proxy_header { const char *name, *value; } fl_proxy_header;

/* A directive of a content security policy; one without sources is sent bare. A table ends with { 0 }. */
enum { FL_CSP_SOURCES = 16 };
typedef struct fl_csp_directive { const char *name, *sources[FL_CSP_SOURCES]; } fl_csp_directive;
#define FL_CSP_NONE             "'none'"
#define FL_CSP_REPORT_SAMPLE    "'report-sample'"
#define FL_CSP_SELF             "'self'"
#define FL_CSP_STRICT_DYNAMIC   "'strict-dynamic'"
#define FL_CSP_UNSAFE_EVAL      "'unsafe-eval'"
#define FL_CSP_UNSAFE_HASHES    "'unsafe-hashes'"
#define FL_CSP_UNSAFE_INLINE    "'unsafe-inline'"
#define FL_CSP_WASM_UNSAFE_EVAL "'wasm-unsafe-eval'"
#define FL_CSP_NONCE            "<CSP_NONCE_SENTINEL>"     /* each response's own nonce stands in its place */

#define FL_NO_NUMBER (-1)       /* Python's None in the numbers that say so: no limit, no maximum age */

/* -- the settings ---------------------------------------------------------------------------------------------------------- */
typedef struct fl_settings {
    /* the project */
    const char *base_dir;                                  /* fl_base_dir() */
    const char *settings_module;                           /* the name they were loaded by: "production" */
    const char *secret_key;                                /* read it through fl_secret_key(), which refuses an empty one */
    const fl_list *secret_key_fallbacks;
    bool debug, debug_propagate_exceptions;
    const fl_urls *root_urlconf;
    const fl_middleware *const *middleware;                /* fl_use_middleware; ends with NULL, and may be NULL */
    fl_context_processor *const *context_processors;       /* fl_use_context_processors; the same */
    const fl_auth_backend *const *auth_backends;           /* fl_use_auth_backends; the same */
    const fl_list *middleware_names, *context_processor_names, *auth_backend_names;   /* the names they were given by */
    const fl_log_config *logging;                          /* fl_use_logging; set as the log's at the end of loading */
    const fl_list *silenced_system_checks;

    /* requests */
    const fl_list *allowed_hosts, *internal_ips, *disallowed_user_agents, *ignorable_404_urls;
    bool append_slash, prepend_www, use_x_forwarded_host, use_x_forwarded_port, signed_cookie_legacy_salt_fallback;
    const char *force_script_name, *default_charset, *signing_backend;
    fl_proxy_header secure_proxy_ssl_header;               /* both NULL: None */
    fl_int data_upload_max_memory_size, data_upload_max_number_fields, data_upload_max_number_files;  /* FL_NO_NUMBER: no limit */
    const fl_list *file_upload_handlers;
    fl_int file_upload_max_memory_size;
    fl_int file_upload_permissions, file_upload_directory_permissions;   /* FL_NO_NUMBER: the system's */
    const char *file_upload_temp_dir;

    /* files */
    const char *static_url, *static_root, *media_url, *media_root;
    const fl_list *staticfiles_dirs, *staticfiles_finders;

    /* security */
    bool secure_ssl_redirect, secure_content_type_nosniff, secure_hsts_include_subdomains, secure_hsts_preload;
    int secure_hsts_seconds;
    const char *secure_ssl_host, *secure_referrer_policy, *secure_cross_origin_opener_policy, *x_frame_options;
    const fl_list *secure_redirect_exempt;
    const fl_csp_directive *secure_csp, *secure_csp_report_only;         /* fl_use_csp; NULL: none is sent */
    fl_int csrf_cookie_age;                                /* FL_NO_NUMBER: until the browser is closed */
    const char *csrf_cookie_domain, *csrf_cookie_name, *csrf_cookie_path, *csrf_cookie_samesite, *csrf_header_name;
    fl_view *csrf_failure_view;                            /* NULL: the built-in one */
    const fl_list *csrf_trusted_origins;
    bool csrf_cookie_httponly, csrf_cookie_secure, csrf_use_sessions;
    bool cors_allow_all_origins, cors_allow_credentials, cors_allow_private_network;
    const fl_list *cors_allowed_origins, *cors_allowed_origin_regexes, *cors_allow_methods, *cors_allow_headers,
        *cors_expose_headers;
    const char *cors_urls_regex;
    fl_int cors_preflight_max_age;

    /* sessions, messages, users */
    const char *session_engine, *session_cache_alias, *session_file_path, *session_serializer;
    const char *session_cookie_name, *session_cookie_domain, *session_cookie_path, *session_cookie_samesite;
    fl_duration session_age;                               /* SESSION_COOKIE_AGE */
    bool session_cookie_secure, session_cookie_httponly, session_expire_at_browser_close, session_save_every_request;
    const char *message_storage;
    const char *auth_user_model, *default_permission, *login_url, *login_redirect_url, *logout_redirect_url;
    fl_int password_reset_timeout;
    fl_duration jwt_access_lifetime, jwt_refresh_lifetime;

    /* data */
    const fl_database_setting *databases;                  /* fl_use_database; fl_settings_database() finds one */
    const fl_cache_setting *caches;                        /* fl_use_cache; fl_settings_cache() finds one */
    size_t database_count, cache_count;
    const char *cache_middleware_alias, *cache_middleware_key_prefix;
    fl_int cache_middleware_seconds;
    const char *channel_layer, *task_broker, *task_results;
    size_t page_size;                                      /* 0: lists are not paginated */
    const void *pagination;

    /* email */
    const char *default_from_email, *server_email, *email_backend, *email_host, *email_host_user, *email_host_password;
    const char *email_subject_prefix, *email_ssl_certfile, *email_ssl_keyfile, *email_file_path;
    int email_port;
    bool email_use_tls, email_use_ssl, email_use_localtime;
    fl_int email_timeout;                                  /* seconds; FL_NO_NUMBER: none */
    const fl_list *admins, *managers;

    /* language and time */
    const char *language_code, *time_zone;
    bool use_tz, use_i18n, use_thousand_separator, urlize_assume_https, language_cookie_secure, language_cookie_httponly;
    const char *language_cookie_name, *language_cookie_domain, *language_cookie_path, *language_cookie_samesite;
    fl_int language_cookie_age;                            /* FL_NO_NUMBER: until the browser is closed */
    const char *date_format, *datetime_format, *time_format, *year_month_format, *month_day_format, *short_date_format,
        *short_datetime_format, *decimal_separator, *thousand_separator;
    const fl_list *date_input_formats, *datetime_input_formats, *time_input_formats;
    int first_day_of_week, number_grouping;

    const fl_dict *own;                                    /* fl_settings_put: what is the application's own */
} fl_settings;

typedef void fl_configure(fl_settings *s);

/* -- filling them ---------------------------------------------------------------------------------------------------------- */
void fl_settings_begin(fl_settings *s);                    /* the defaults; in the current arena */

/* Each is put under its alias; one that was there is replaced. Texts are not copied. */
void fl_use_database_(fl_settings *s, const char *alias, const fl_database *database);
#define fl_use_database(s, alias, ...) fl_use_database_(s, alias, &(const fl_database){ __VA_ARGS__ })
void fl_use_cache_(fl_settings *s, const char *alias, const fl_cache_backend *cache);
#define fl_use_cache(s, alias, ...) fl_use_cache_(s, alias, &(const fl_cache_backend){ __VA_ARGS__ })
/* From a URL in a variable: fl_use_database_url(s, "default", "DATABASE_URL", "sqlite:///db.sqlite3"). Nothing is changed if the
 * variable is not set and the fallback NULL. */
#define fl_use_database_url(s, alias, variable, fallback) \
    do { const fl_database fl_from_url_ = fl_env_database_url(variable, fallback); \
         if (fl_from_url_.engine != NULL) fl_use_database_(s, alias, &fl_from_url_); } while (0)
#define fl_use_cache_url(s, alias, variable, fallback) \
    do { const fl_cache_backend fl_from_url_ = fl_env_cache_url(variable, fallback); \
         if (fl_from_url_.backend != NULL) fl_use_cache_(s, alias, &fl_from_url_); } while (0)
#define fl_use_email_url(s, variable, fallback) \
    do { const fl_email_server fl_from_url_ = fl_env_email_url(variable, fallback); \
         if (fl_from_url_.backend != NULL) fl_use_email_(s, &fl_from_url_); } while (0)
void fl_use_email_(fl_settings *s, const fl_email_server *server);         /* sets email_backend, email_host, … */

/* These replace the whole list. `names` is what stands between the parentheses, for reports. */
#define FL_ADDRESS(c, id) &id,
#define fl_use_middleware(s, ...) \
    fl_use_middleware_(s, (const fl_middleware *const[]){ FL_MAP(FL_ADDRESS, , __VA_ARGS__) NULL }, #__VA_ARGS__)
#define fl_use_context_processors(s, ...) fl_use_context_(s, (fl_context_processor *const[]){ __VA_ARGS__, NULL }, #__VA_ARGS__)
#define fl_use_auth_backends(s, ...) \
    fl_use_auth_backends_(s, (const fl_auth_backend *const[]){ FL_MAP(FL_ADDRESS, , __VA_ARGS__) NULL }, #__VA_ARGS__)
void fl_use_middleware_(fl_settings *s, const fl_middleware *const *list, const char *names);
void fl_use_context_(fl_settings *s, fl_context_processor *const *list, const char *names);
void fl_use_auth_backends_(fl_settings *s, const fl_auth_backend *const *list, const char *names);

/* fl_use_csp(s, { "default-src", { FL_CSP_SELF } }, { "upgrade-insecure-requests" }) */
#define FL_CSP_TABLE_(...) fl_csp_copy_((const fl_csp_directive[]){ __VA_ARGS__, { 0 } })
#define fl_use_csp(s, ...)             ((s)->secure_csp = FL_CSP_TABLE_(__VA_ARGS__))
#define fl_use_csp_report_only(s, ...) ((s)->secure_csp_report_only = FL_CSP_TABLE_(__VA_ARGS__))
const fl_csp_directive *fl_csp_copy_(const fl_csp_directive *table);

/* fl_use_logging(s, .handlers = { fl_log_stderr(FL_LOG_JSON) }, .levels = { { "", FL_INFO } }) */
#define fl_use_logging(s, ...) fl_use_logging_(s, &(const fl_log_config){ __VA_ARGS__ })
void fl_use_logging_(fl_settings *s, const fl_log_config *config);

/* fl_settings_put adds a setting of the application's own, in UPPER_CASE (raises FL_IMPROPERLY_CONFIGURED otherwise, and for a
 * name that is a member's): fl_settings_put(s, "PAYMENT_URL", "https://…"), read with fl_settings_get("PAYMENT_URL"). */
#define fl_settings_put(s, name, x) fl_settings_put_(s, name, fl_box(x))
void fl_settings_put_(fl_settings *s, const char *name, fl_value value);

/* -- the process's settings ------------------------------------------------------------------------------------------------ */
/* fl_settings_load fills settings, checks them, and makes them the process's. Raises FL_IMPROPERLY_CONFIGURED once, with all
 * variables that are missing or wrong, or all settings that are; the process's settings are then as they were. To load again
 * replaces them, and what fl_settings_now() gave before stays good until they are loaded once more. To be called at start, by
 * one thread. */
void fl_settings_load(const char *name, fl_configure *configure);

/* fl_settings_load_chosen loads the function that $FLECHE_SETTINGS names, the first one if it is not set. */
typedef struct fl_settings_choice { const char *name; fl_configure *configure; } fl_settings_choice;
#define FL_SETTINGS_CHOICE_(c, id) { #id, id },
#define fl_settings_load_chosen(...) fl_settings_load_chosen_( \
    (const fl_settings_choice[]){ FL_MAP(FL_SETTINGS_CHOICE_, , __VA_ARGS__) }, FL_COUNT(__VA_ARGS__))
void fl_settings_load_chosen_(const fl_settings_choice *choices, size_t n);

bool fl_settings_are_loaded(void);
const fl_settings *fl_settings_now(void);                  /* raises FL_IMPROPERLY_CONFIGURED before they are loaded */
void fl_settings_forget(void);                             /* for tests: as before the first load */

/* fl_secret_key is the secret key; raises FL_IMPROPERLY_CONFIGURED if it is empty. fl_secret_keys are the keys to check
 * signatures with: it, and the fallbacks that were the key before. */
const char *fl_secret_key(void);
fl_list *fl_secret_keys(void);

const fl_database *fl_settings_database(const fl_settings *s, const char *alias);      /* NULL if there is none */
const fl_cache_backend *fl_settings_cache(const fl_settings *s, const char *alias);

/* -- by name --------------------------------------------------------------------------------------------------------------- */
/* fl_settings_find gives a setting by Django's name ("STATIC_URL") or the application's own; false if there is no such. The
 * other one raises FL_PROGRAMMING_ERROR then. fl_settings_names are all names that these settings have, sorted. */
bool fl_settings_find(const char *name, fl_value *ret);
fl_value fl_settings_get(const char *name);
fl_list *fl_settings_names(const fl_settings *s);

/* fl_settings_safe_dump is all of them by name, as a page for developers may show them: see fl_cleanse(). */
fl_dict *fl_settings_safe_dump(void);

/* fl_settings_diff is what Django's `diffsettings` prints: NAME = repr of what differs from the defaults, sorted, `  ###`
 * behind what is not among Django's settings. */
typedef struct fl_settings_diff_options {
    bool all;                                              /* those that do not differ too */
    bool unified;                                          /* - default, + own */
    bool safe;                                             /* as fl_cleanse() shows them */
    const char *default_name;                              /* what `against` is called */
    fl_configure *against;                                 /* compare with these settings; NULL: with the defaults */
} fl_settings_diff_options;
#define fl_settings_diff(...) fl_settings_diff_(&(const fl_settings_diff_options){ __VA_ARGS__ })
const char *fl_settings_diff_(const fl_settings_diff_options *options);

/* -- for tests ------------------------------------------------------------------------------------------------------------- */
/* fl_settings_override(member, value) changes one until the end of the test (protected call, fl_scope); settings that were not
 * loaded are the defaults then. fl_settings_override_with runs a configure function over them: for parts and several at once.
 * What fl_settings_now() gave before stays as it was: ask anew. */
#define fl_settings_override(member, ...) \
    do { fl_settings *fl_override_ = fl_settings_override_begin_(); \
         fl_override_->member = (__VA_ARGS__); fl_settings_override_end_(fl_override_); } while (0)
void fl_settings_override_with(fl_configure *change);
fl_settings *fl_settings_override_begin_(void);
void fl_settings_override_end_(fl_settings *s);

/* Called for each setting that an override changes, at its begin and (begins false) at its end; NULL: nobody. Set by who sends
 * signals. */
extern void (*fl_settings_changed_hook)(const char *name, fl_value value, bool begins);
