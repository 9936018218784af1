/* Settings as values: each row as Python would have it, so that its repr() is what diffsettings prints. */
#include "settings/settings.h"

static fl_value number(const setting *row, fl_int n) { return row->or_none && n == FL_NO_NUMBER ? FL_NONE_VALUE : fl_box(n); }

static fl_value seconds(fl_duration d)
{
    if (d.us == INT64_MAX)
        return FL_NONE_VALUE;
    return d.us % 1000000 == 0 ? fl_box((fl_int)(d.us / 1000000)) : fl_box((double)d.us / 1e6);
}

static fl_value header(fl_proxy_header h)
{
    if (h.name == NULL)
        return FL_NONE_VALUE;
    fl_list *pair = fl_list_of(h.name, h.value);
    pair->tuple = true;
    return fl_box(pair);
}

static fl_value policy(const fl_csp_directive *table)
{
    fl_dict *policy = fl_dict_new();

    for (; table != NULL && table->name != NULL; table++) {
        fl_list *sources = fl_list_new();
        for (size_t i = 0; i < FL_CSP_SOURCES && table->sources[i] != NULL; i++)
            fl_list_push(sources, table->sources[i]);
        fl_dict_put(policy, fl_str_of(table->name), sources->count == 0 ? fl_box(FL_TRUE) : fl_box(sources));
    }
    return fl_box(policy);
}

/* Only what is given, as in a settings file. */
static void put_text(fl_dict *dict, const char *name, const char *text)
{
    if (text != NULL && text[0] != '\0')
        fl_dict_put(dict, fl_str_of(name), text);
}

static void put_flag(fl_dict *dict, const char *name, bool is, bool value)
{
    if (is)
        fl_dict_put(dict, fl_str_of(name), value);
}

static void put_number(fl_dict *dict, const char *name, fl_int n)
{
    if (n != 0)
        fl_dict_put(dict, fl_str_of(name), n);
}

static fl_value database(const fl_database *d)
{
    fl_dict *dict = fl_dict_new();

    put_text(dict, "ENGINE", d->engine);
    put_text(dict, "NAME", d->name);
    put_text(dict, "USER", d->user);
    put_text(dict, "PASSWORD", d->password);
    put_text(dict, "HOST", d->host);
    put_text(dict, "PORT", d->port);
    put_number(dict, "POOL_MIN", d->pool_min);
    put_number(dict, "POOL_MAX", d->pool_max);
    put_text(dict, "ISOLATION", d->isolation);
    put_flag(dict, "ATOMIC_REQUESTS", d->atomic_requests, true);
    put_flag(dict, "AUTOCOMMIT", d->no_autocommit, false);
    if (d->conn_max_age.set)
        fl_dict_put(dict, fl_lit("CONN_MAX_AGE"), seconds(d->conn_max_age.value));
    put_flag(dict, "CONN_HEALTH_CHECKS", d->conn_health_checks, true);
    put_flag(dict, "DISABLE_SERVER_SIDE_CURSORS", d->disable_server_side_cursors, true);
    put_text(dict, "REPLICA_OF", d->replica_of);
    if (d->options != NULL)
        fl_dict_put(dict, fl_lit("OPTIONS"), d->options);
    return fl_box(dict);
}

static fl_value cache(const fl_cache_backend *c)
{
    fl_dict *dict = fl_dict_new();

    put_text(dict, "BACKEND", c->backend);
    put_text(dict, "LOCATION", c->location);
    put_text(dict, "KEY_PREFIX", c->key_prefix);
    if (c->timeout.us != 0)
        fl_dict_put(dict, fl_lit("TIMEOUT"), seconds(c->timeout.us < 0 ? FL_SECONDS(0) : c->timeout));
    put_number(dict, "VERSION", c->version);
    if (c->options != NULL)
        fl_dict_put(dict, fl_lit("OPTIONS"), c->options);
    return fl_box(dict);
}

static fl_value databases(const fl_settings *s)
{
    fl_dict *all = fl_dict_new();

    for (size_t i = 0; i < s->database_count; i++)
        fl_dict_put(all, fl_str_of(s->databases[i].alias), database(&s->databases[i].database));
    return fl_box(all);
}

static fl_value caches(const fl_settings *s)
{
    fl_dict *all = fl_dict_new();

    for (size_t i = 0; i < s->cache_count; i++)
        fl_dict_put(all, fl_str_of(s->caches[i].alias), cache(&s->caches[i].cache));
    return fl_box(all);
}

static fl_value logging(const fl_log_config *config)
{
    static const char *const levels[] = { "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "OFF" };
    fl_dict *loggers = fl_dict_new();
    size_t handlers = 0;

    if (config == NULL)
        return fl_box(loggers);
    while (handlers < FL_LOG_HANDLERS && config->handlers[handlers] != NULL)
        handlers++;
    for (size_t i = 0; i < FL_LOG_LEVELS && config->levels[i].logger != NULL; i++)
        fl_dict_put(loggers, fl_str_of(config->levels[i].logger), levels[config->levels[i].level]);
    return fl_box(fl_dict_of("handlers", handlers, "levels", loggers));
}

fl_value fl_setting_value(const setting *row, const fl_settings *s)
{
    const void *at = (const char *)s + row->offset;

    switch (row->kind) {
    case SETTING_TEXT: return fl_box(*(const char *const *)at);
    case SETTING_BOOL: return fl_box(*(const bool *)at);
    case SETTING_INT: return number(row, *(const int *)at);
    case SETTING_BIG: return number(row, *(const fl_int *)at);
    case SETTING_SIZE: return fl_box(*(const size_t *)at);
    case SETTING_LIST: return fl_box(*(const fl_list *const *)at == NULL ? fl_list_new() : *(const fl_list *const *)at);
    case SETTING_SECONDS: return seconds(*(const fl_duration *)at);
    case SETTING_DURATION: return fl_box(*(const fl_duration *)at);
    case SETTING_HEADER: return header(*(const fl_proxy_header *)at);
    case SETTING_CSP: return policy(*(const fl_csp_directive *const *)at);
    case SETTING_DATABASES: return databases(s);
    case SETTING_CACHES: return caches(s);
    case SETTING_LOGGING: return logging(*(const fl_log_config *const *)at);
    case SETTING_OPAQUE: return *(const void *const *)at == NULL ? FL_NONE_VALUE : fl_box("set");
    case SETTING_VIEW: return fl_box(*(fl_view *const *)at == NULL ? "built-in" : "set");
    }
    return FL_NONE_VALUE;
}

/* -- by name ----------------------------------------------------------------------------------------------------------------- */

bool fl_setting_of(const fl_settings *s, const char *name, fl_value *ret)
{
    const setting *row = fl_setting_named(fl_str_of(name));

    if (row == NULL)
        return s->own != NULL && fl_dict_find(s->own, fl_str_of(name), ret);
    *ret = fl_setting_value(row, s);
    return true;
}

bool fl_settings_find(const char *name, fl_value *ret) { return fl_setting_of(fl_settings_now(), name, ret); }

fl_value fl_settings_get(const char *name)
{
    fl_value value;

    if (fl_settings_find(name, &value))
        return value;
    fl_error *error = fl_error_new(FL_PROGRAMMING_ERROR, "there is no setting %s", name);
    error->hint = "settings are named in UPPER_CASE; fl_settings_put() adds one";
    fl_reraise(error);
}

fl_list *fl_settings_names(const fl_settings *s)
{
    fl_list *names = fl_list_new();
    fl_value key;

    for (size_t i = 0; i < fl_setting_count; i++)
        fl_list_push(names, fl_setting_rows[i].name);
    for (size_t cursor = 0; s->own != NULL && fl_dict_next(s->own, &cursor, &key, NULL);)
        fl_list_push(names, key);
    fl_list_sort(names);
    return names;
}

fl_dict *fl_settings_safe_dump(void)
{
    const fl_settings *s = fl_settings_now();
    fl_list *names = fl_settings_names(s);
    fl_dict *dump = fl_dict_new();
    fl_value value;

    for (size_t i = 0; i < names->count; i++) {
        const char *name = names->items[i].text.data;
        if (fl_setting_of(s, name, &value))
            fl_dict_put(dump, fl_str_of(name), fl_cleanse(name, value));
    }
    return dump;
}
