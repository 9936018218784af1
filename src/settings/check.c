/* What settings may be: by the table's rows, and what rows say about one another. All faults are told at once. */
#include <errno.h>
#include <fleche/buf.h>
#include <stdlib.h>
#include <unistd.h>
#include "settings/settings.h"

static const char *shown(const setting *row, const fl_settings *s)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    fl_value_repr(fl_cleanse(row->name, fl_setting_value(row, s)), &out);
    return fl_buf_c(&out);
}

static const char *joined(const char *const *texts)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    for (size_t i = 0; texts[i] != NULL; i++)
        fl_buf_format(&out, "%s%s", i == 0 ? "" : texts[i + 1] == NULL ? " or " : ", ", texts[i]);
    return fl_buf_c(&out);
}

static void check_text(const setting *row, const fl_settings *s, fl_errors *errors)
{
    const char *text = *(const char *const *)(const void *)((const char *)s + row->offset);

    if (text != NULL && row->choices != NULL && !fl_text_in_(text, row->choices))
        fl_errors_add(errors, row->name, "%s is none of %s", shown(row, s), joined(row->choices));
}

static void check_number(const setting *row, const fl_settings *s, fl_errors *errors)
{
    fl_value value = fl_setting_value(row, s);

    if (value.kind != FL_V_INT || (value.i >= row->least && value.i <= row->most))
        return;
    if (row->most == INT64_MAX)
        fl_errors_add(errors, row->name, "%lld is less than %lld", value.i, row->least);
    else
        fl_errors_add(errors, row->name, "%lld is not between %lld and %lld", value.i, row->least, row->most);
}

static void check_list(const setting *row, const fl_settings *s, fl_errors *errors)
{
    fl_value list = fl_setting_value(row, s);

    for (size_t i = 0; i < list.list->count; i++)
        if (list.list->items[i].kind != FL_V_TEXT) {
            fl_errors_add(errors, row->name, "its item %zu is of the type %s, where text is expected", i,
                          fl_kind_name(list.list->items[i].kind));
            return;
        }
}

static void check_row(const setting *row, const fl_settings *s, fl_errors *errors)
{
    const void *at = (const char *)s + row->offset;

    switch (row->kind) {
    case SETTING_TEXT: check_text(row, s, errors); break;
    case SETTING_INT:
    case SETTING_BIG: check_number(row, s, errors); break;
    case SETTING_LIST: check_list(row, s, errors); break;
    case SETTING_SECONDS:
    case SETTING_DURATION:
        if (((const fl_duration *)at)->us < 0)
            fl_errors_add(errors, row->name, "it is less than 0");
        break;
    default: break;
    }
}

/* -- what hangs together ----------------------------------------------------------------------------------------------------- */

/* As Django: without the system's zones, any name passes. */
static void check_time_zone(const fl_settings *s, fl_errors *errors)
{
    const char *directory = getenv("ZONEINFO");
    const fl_zone *zone;

    if (access(directory == NULL ? "/usr/share/zoneinfo" : directory, F_OK) != 0)
        return;
    int code = fl_zone_try_named(fl_str_of(s->time_zone), &zone);
    if (code == -ENOENT || code == -EINVAL)
        fl_errors_add(errors, "TIME_ZONE", "'%s' is no time zone", s->time_zone);
}

static void check_databases(const fl_settings *s, fl_errors *errors)
{
    for (size_t i = 0; i < s->database_count; i++) {
        const fl_database_setting *d = &s->databases[i];
        const char *of = d->database.replica_of;
        if (d->database.engine == NULL || d->database.engine[0] == '\0')
            fl_errors_add(errors, "DATABASES", "'%s' has no engine", d->alias);
        if (of != NULL && (strcmp(of, d->alias) == 0 || fl_settings_database(s, of) == NULL))
            fl_errors_add(errors, "DATABASES", "'%s' is a replica of '%s', which is no other database", d->alias, of);
        if (d->database.pool_min < 0 || d->database.pool_max < 0 ||
            (d->database.pool_max > 0 && d->database.pool_min > d->database.pool_max))
            fl_errors_add(errors, "DATABASES", "the pool of '%s' has from %d to %d connections", d->alias, d->database.pool_min,
                          d->database.pool_max);
    }
    if (s->database_count > 0 && fl_settings_database(s, "default") == NULL)
        fl_errors_add(errors, "DATABASES", "there are databases, but none is 'default'");
}

static void check_caches(const fl_settings *s, fl_errors *errors)
{
    for (size_t i = 0; i < s->cache_count; i++)
        if (s->caches[i].cache.backend == NULL || s->caches[i].cache.backend[0] == '\0')
            fl_errors_add(errors, "CACHES", "'%s' has no backend", s->caches[i].alias);
    if (fl_settings_cache(s, s->session_cache_alias) == NULL)
        fl_errors_add(errors, "SESSION_CACHE_ALIAS", "there is no cache '%s'", s->session_cache_alias);
    if (fl_settings_cache(s, s->cache_middleware_alias) == NULL)
        fl_errors_add(errors, "CACHE_MIDDLEWARE_ALIAS", "there is no cache '%s'", s->cache_middleware_alias);
}

static void check_together(const fl_settings *s, fl_errors *errors)
{
    check_time_zone(s, errors);
    check_databases(s, errors);
    check_caches(s, errors);
    if (s->email_use_tls && s->email_use_ssl)
        fl_errors_add(errors, "EMAIL_USE_TLS", "it and EMAIL_USE_SSL exclude one another");
    if ((s->secure_proxy_ssl_header.name == NULL) != (s->secure_proxy_ssl_header.value == NULL))
        fl_errors_add(errors, "SECURE_PROXY_SSL_HEADER", "it needs a name and a value");
    if (s->force_script_name != NULL && s->force_script_name[0] != '\0' && s->force_script_name[0] != '/')
        fl_errors_add(errors, "FORCE_SCRIPT_NAME", "'%s' does not begin with a slash", s->force_script_name);
}

/* Texts that the framework relies on: none of them is NULL or empty. */
static void check_given(const fl_settings *s, fl_errors *errors)
{
    static const char *const given[] = {
        "AUTH_USER_MODEL",
        "BASE_DIR",
        "CACHE_MIDDLEWARE_ALIAS",
        "CSRF_COOKIE_NAME",
        "CSRF_HEADER_NAME",
        "DEFAULT_CHARSET",
        "EMAIL_BACKEND",
        "LANGUAGE_CODE",
        "LANGUAGE_COOKIE_NAME",
        "SESSION_CACHE_ALIAS",
        "SESSION_COOKIE_NAME",
        "SESSION_ENGINE",
        "TIME_ZONE",
    };

    for (size_t i = 0; i < FL_LENGTH(given); i++)
        if (!fl_value_truth(fl_setting_value(fl_setting_named(fl_str_of(given[i])), s)))
            fl_errors_add(errors, given[i], "it is empty");
}

static _Noreturn void raise_all(const fl_errors *errors)
{
    fl_buf names = fl_buf_in(fl_arena_here(), 1 << 20), details = fl_buf_in(fl_arena_here(), 1 << 20);

    for (size_t i = 0; i < errors->count; i++) {
        const fl_field_error *e = &errors->items[i];
        fl_buf_format(&names, "%s%s", i == 0 ? "" : i + 1 == errors->count ? " and " : ", ", e->field);
        fl_buf_format(&details, "%s%s: %s", i == 0 ? "" : "\n", e->field, e->message);
    }
    if (errors->count == 1)
        fl_raise(FL_IMPROPERLY_CONFIGURED, "%s", fl_buf_c(&details));
    fl_error *error = fl_error_new(FL_IMPROPERLY_CONFIGURED, "these settings are wrong: %s", fl_buf_c(&names));
    error->detail = fl_buf_c(&details);
    fl_reraise(error);
}

void fl_settings_check(const fl_settings *s)
{
    fl_errors *errors = fl_errors_new();

    check_given(s, errors);
    if (errors->count > 0)
        raise_all(errors);
    for (size_t i = 0; i < fl_setting_count; i++)
        check_row(&fl_setting_rows[i], s, errors);
    check_together(s, errors);
    if (errors->count > 0)
        raise_all(errors);
}
