/* URLs that configure a database, a cache, an email server: the schemes of django-environ, and what their parts mean. */
#include <fleche/codec.h>
#include "env/env.h"

typedef struct scheme { const char *name, *means; } scheme;

static const scheme databases[] = {
    { "postgres", "postgresql" },
    { "postgresql", "postgresql" },
    { "psql", "postgresql" },
    { "pgsql", "postgresql" },
    { "prometheus-postgresql", "postgresql" },
    { "postgis", "postgis" },
    { "prometheus-postgis", "postgis" },
    { "cockroachdb", "cockroachdb" },
    { "mysql", "mysql" },
    { "mysql2", "mysql" },
    { "mysql-connector", "mysql" },
    { "prometheus-mysql", "mysql" },
    { "mysqlgis", "mysqlgis" },
    { "mssql", "mssql" },
    { "pyodbc", "mssql" },
    { "oracle", "oracle" },
    { "redshift", "redshift" },
    { "sqlite", "sqlite" },
    { "prometheus-sqlite", "sqlite" },
    { "spatialite", "spatialite" },
    { "prometheus-spatialite", "spatialite" },
    { "ldap", "ldap" },
};
static const scheme caches[] = {
    { "dbcache", "db" },         { "dummycache", "dummy" },     { "filecache", "file" },    { "locmemcache", "locmem" },
    { "memcache", "memcached" }, { "pymemcache", "memcached" }, { "pylibmc", "memcached" }, { "rediscache", "redis" },
    { "redis", "redis" },        { "rediss", "redis" },         { "valkey", "redis" },      { "valkeys", "redis" },
};
static const scheme servers[] = {
    { "smtp", "smtp" },           { "smtps", "smtp" },    { "smtp+tls", "smtp" },     { "smtp+ssl", "smtp" },
    { "consolemail", "console" }, { "filemail", "file" }, { "memorymail", "memory" }, { "dummymail", "dummy" },
};

static const char *meaning(const scheme *schemes, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(schemes[i].name, name) == 0)
            return schemes[i].means;
    return NULL;
}

static const char *one_of(const char *what, const scheme *schemes, size_t count)
{
    fl_buf out = fl_buf_in(fl_arena_here(), ENV_TEXT_MOST);

    fl_buf_format(&out, "a URL of %s, which begins with", what);
    for (size_t i = 0; i < count; i++)
        fl_buf_format(&out, "%s %s:", i == 0 ? "" : i + 1 == count ? " or" : ",", schemes[i].name);
    return fl_buf_c(&out);
}

/* A service's URL being read: the variable, its text (NULL: there is none), its parts, what its scheme means. */
typedef struct service { env_variable variable; const char *text, *means; fl_service_url url; } service;

static bool read_service(const char *name, const char *what, const scheme *schemes, size_t count, const fl_env_options *options,
                         service *ret)
{
    ret->variable = env_find(name, "URL", options->fallback, options);
    ret->text = ret->variable.value == NULL ? options->fallback : ret->variable.value;
    if (ret->text == NULL)
        return false;
    const char *text = fl_text_is(ret->text, "sqlite://:memory:") ? "sqlite://" : ret->text;
    bool is_url = env_url(fl_str_of(text), &ret->url);
    ret->means = meaning(schemes, count, ret->url.scheme);
    if (is_url && ret->means != NULL)
        return true;
    env_wrong(&ret->variable, one_of(what, schemes, count),
              ret->means != NULL || ret->url.scheme[0] == '\0' ? "the value, which is not shown,"
                                                               : fl_text("a URL of the scheme %s", env_shown(ret->url.scheme)));
    return false;
}

static const char *behind_slash(const char *path) { return path[0] == '/' ? path + 1 : path; }
static bool is_postgres(const char *engine) { return fl_text_in(engine, "postgresql", "postgis"); }

/* -- options in the query ---------------------------------------------------------------------------------------------------- */

/* Takes an option out of the query, which is a dict of this call's own; its name is in any case. */
static const char *taken(const fl_dict *query, const char *name)
{
    fl_value key, value;

    for (size_t cursor = 0; fl_dict_next(query, &cursor, &key, &value);)
        if (fl_str_equal_ascii(key.text, fl_str_of(name))) {
            (void)fl_dict_delete((fl_dict *)query, key.text);
            return value.text.data;
        }
    return NULL;
}

static bool read_option(const service *s, const char *name, const char *text, fl_kind kind, fl_value *ret)
{
    if (text == NULL)
        return false;
    bool is = env_item(kind, fl_str_of(text), ret) && (kind != FL_V_INT || (ret->i < INT32_MAX && ret->i > INT32_MIN));
    if (!is)
        env_wrong(&s->variable, kind == FL_V_BOOL ? "a truth value" : "an integer",
                  fl_text("its option %s, %s,", name, env_shown(text)));
    return is;
}

static bool option(const service *s, const char *name, fl_kind kind, fl_value *ret)
{
    return read_option(s, name, taken(s->url.query, name), kind, ret);
}

static bool flag(const service *s, const char *name, bool otherwise)
{
    fl_value is;

    return option(s, name, FL_V_BOOL, &is) ? is.b : otherwise;
}

/* Seconds, or None for ever. */
static bool seconds(const service *s, const char *name, fl_duration *ret)
{
    const char *text = taken(s->url.query, name);
    fl_value value;

    if (text != NULL && fl_str_equal_ascii(fl_str_of(text), fl_lit("none"))) {
        *ret = FL_FOREVER;
        return true;
    }
    if (!read_option(s, name, text, FL_V_INT, &value))
        return false;
    *ret = FL_SECONDS(value.i);
    return true;
}

/* What is left in the query is the engine's own; digits become integers. */
static const fl_dict *own_options(const service *s)
{
    fl_dict *options = fl_dict_new();
    fl_value key, value, number;

    for (size_t cursor = 0; fl_dict_next(s->url.query, &cursor, &key, &value);) {
        bool digits = strspn(value.text.data, "0123456789") == value.text.size && env_item(FL_V_INT, value.text, &number);
        fl_dict_put(options, key.text, digits ? number : value);
    }
    return fl_dict_count(options) == 0 ? NULL : options;
}

/* -- databases --------------------------------------------------------------------------------------------------------------- */

/* host:port,host:port of a cluster: the hosts, and the ports, each apart by commas. */
static void split_cluster(const char *places, fl_database *ret)
{
    fl_buf hosts = fl_buf_in(fl_arena_here(), ENV_TEXT_MOST), ports = fl_buf_in(fl_arena_here(), ENV_TEXT_MOST);
    unsigned long long port;

    for (fl_str place, rest = fl_str_of(places); fl_str_cut(&rest, ',', &place);) {
        size_t colon = 0;
        bool has_port = fl_str_find_last(place, ':', &colon) && fl_str_uint(fl_str_slice(place, colon + 1, SIZE_MAX), &port);
        fl_str host = has_port ? fl_str_slice(place, 0, colon) : place;
        fl_buf_format(&hosts, "%s%.*s", hosts.size == 0 ? "" : ",", FL_SHOW(host));
        if (has_port)
            fl_buf_format(&ports, "%s%llu", ports.size == 0 ? "" : ",", port);
    }
    ret->host = fl_buf_c(&hosts);
    ret->port = fl_buf_c(&ports);
}

/* A path that begins with a slash again is that of a socket's directory and a name behind it. */
static void split_socket(const char *path, fl_database *ret)
{
    size_t slash = 0;

    (void)fl_str_find_last(fl_str_of(path), '/', &slash);
    ret->host = fl_str_c(fl_str_n(path, slash));
    ret->name = path + slash + 1;
}

static void place_database(const service *s, fl_database *ret)
{
    const fl_service_url *url = &s->url;
    const char *path = behind_slash(url->path);

    *ret = (fl_database){ .engine = s->means, .name = path, .user = url->user, .password = url->password, .host = url->host };
    ret->port = url->port == 0 ? "" : fl_text("%d", url->port);
    if (is_postgres(s->means) && strchr(url->host, ',') != NULL)
        split_cluster(url->host, ret);
    if (path[0] == '/' && (is_postgres(s->means) || strstr(path, "cloudsql") != NULL))
        split_socket(path, ret);
    if (strcmp(s->means, "oracle") == 0 && path[0] == '\0') {
        ret->name = url->host;
        ret->host = "";
    }
    if (strcmp(s->means, "sqlite") == 0 && path[0] == '\0')
        ret->name = ":memory:";
    if (strcmp(s->means, "ldap") == 0)
        ret->name = fl_text("ldap://%s%s%s", url->host, url->port == 0 ? "" : ":", ret->port);
}

fl_database fl_env_database_url_(const char *name, const fl_env_options *options)
{
    fl_database database = { 0 };
    service s;
    fl_duration age;

    if (!read_service(name, "a database", databases, FL_LENGTH(databases), options, &s))
        return database;
    place_database(&s, &database);
    if (seconds(&s, "conn_max_age", &age))
        database.conn_max_age = fl_some_duration(age);
    database.atomic_requests = flag(&s, "atomic_requests", false);
    database.no_autocommit = !flag(&s, "autocommit", true);
    database.conn_health_checks = flag(&s, "conn_health_checks", false);
    database.disable_server_side_cursors = flag(&s, "disable_server_side_cursors", false);
    database.options = own_options(&s);
    return database;
}

/* -- caches ------------------------------------------------------------------------------------------------------------------ */

/* The URL's user, host and port as written. */
static fl_str places_of(const char *text)
{
    fl_str rest = fl_str_of(text);
    size_t at = 0;

    if (!fl_str_find(rest, fl_lit("://"), &at))
        return (fl_str){ 0 };
    rest = fl_str_slice(rest, at + 3, SIZE_MAX);
    for (at = 0; at < rest.size && strchr("/?#", rest.data[at]) == NULL;)
        at++;
    return fl_str_slice(rest, 0, at);
}

static const char *redis_location(const service *s, fl_str places)
{
    const char *transport = fl_text_is(s->url.scheme, "rediscache") ? "redis" : s->url.scheme;
    fl_buf out = fl_buf_in(fl_arena_here(), ENV_TEXT_MOST);

    if (places.size == 0) {
        const char *number = taken(s->url.query, "db");
        return fl_text("unix://%s%s%s", s->url.path, number == NULL ? "" : "?db=", number == NULL ? "" : number);
    }
    for (fl_str place; fl_str_cut(&places, ',', &place);)
        fl_buf_format(&out, "%s%s://%.*s%s", out.size == 0 ? "" : ",", transport, FL_SHOW(place), s->url.path);
    return fl_buf_c(&out);
}

static const char *location_of(const service *s)
{
    fl_str places = places_of(s->text);

    if (strcmp(s->means, "redis") == 0)
        return redis_location(s, places);
    if (strcmp(s->means, "file") == 0)
        return fl_text("%.*s%s", FL_SHOW(places), s->url.path);
    if (strcmp(s->means, "memcached") == 0 && places.size == 0)
        return fl_text("unix:%s", s->url.path);
    return fl_str_c(places);
}

fl_cache_backend fl_env_cache_url_(const char *name, const fl_env_options *options)
{
    fl_cache_backend cache = { 0 };
    fl_value version;
    service s;
    fl_duration timeout;

    if (!read_service(name, "a cache", caches, FL_LENGTH(caches), options, &s))
        return cache;
    cache.backend = s.means;
    cache.location = location_of(&s);
    cache.key_prefix = taken(s.url.query, "key_prefix");
    if (seconds(&s, "timeout", &timeout))
        cache.timeout = timeout.us == 0 ? FL_MICROSECONDS(-1) : timeout;
    if (option(&s, "version", FL_V_INT, &version))
        cache.version = version.i;
    cache.options = own_options(&s);
    return cache;
}

/* -- email ------------------------------------------------------------------------------------------------------------------- */

fl_email_server fl_env_email_url_(const char *name, const fl_env_options *options)
{
    service s;

    if (!read_service(name, "an email server", servers, FL_LENGTH(servers), options, &s))
        return (fl_email_server){ 0 };
    fl_email_server server = {
        .backend = s.means,
        .host = s.url.host,
        .user = s.url.user,
        .password = s.url.password,
        .file_path = behind_slash(s.url.path),
        .port = s.url.port,
    };
    server.use_tls = flag(&s, "email_use_tls", fl_text_in(s.url.scheme, "smtps", "smtp+tls"));
    server.use_ssl = flag(&s, "email_use_ssl", fl_text_is(s.url.scheme, "smtp+ssl"));
    server.options = own_options(&s);
    return server;
}
