/* URLs of services: django-environ's answers, and what Flèche's names for engines and backends are. */
#include <fleche/test.h>
#include "../codec/vectors.h"
#include "project.h"

static void expect_options(const fl_dict *given, fl_str json)
{
    fl_expect_equal(fl_box_json(fl_json_parse(fl_str_c(json))), given == NULL ? fl_box(fl_dict_new()) : fl_box(given));
}

static void check_database(const vector *v)
{
    fl_database d = fl_env_database_url("URL", NULL);

    fl_expect_text(d.name, v->fields[2].data);
    fl_expect_text(d.user, v->fields[3].data);
    fl_expect_text(d.password, v->fields[4].data);
    fl_expect_text(d.host, v->fields[5].data);
    fl_expect_text(d.port, v->fields[6].data);
    expect_options(d.options, v->fields[7]);
}

static void check_cache(const vector *v)
{
    fl_cache_backend c = fl_env_cache_url("URL", NULL);

    fl_expect_text(c.location, v->fields[2].data);
    fl_expect_text(c.key_prefix == NULL ? "" : c.key_prefix, v->fields[3].data);
    fl_expect_equal(c.timeout, v->fields[4].size == 0 ? FL_SECONDS(0) : FL_SECONDS(vector_int(v, 4)));
    expect_options(c.options, v->fields[5]);
}

static void check_email(const vector *v)
{
    fl_email_server e = fl_env_email_url("URL", NULL);

    fl_expect_text(e.host, v->fields[2].data);
    fl_expect_text(e.user, v->fields[3].data);
    fl_expect_text(e.password, v->fields[4].data);
    fl_expect_equal(e.port, v->fields[5].size == 0 ? 0 : vector_int(v, 5));
    fl_expect_text(e.file_path, v->fields[6].data);
    fl_expect_equal(e.use_tls, vector_int(v, 7) == 1);
    fl_expect_equal(e.use_ssl, vector_int(v, 8) == 1);
}

static void check_vector(const vector *v)
{
    set("URL", v->fields[1].data);
    if (vector_is(v, "database"))
        check_database(v);
    else if (vector_is(v, "cache"))
        check_cache(v);
    else
        check_email(v);
}

FL_TEST(urls_are_taken_apart_as_django_environ_does) { each_vector("env_urls", check_vector); }

static const struct {
    const char *url, *engine, *name, *host, *port;
} databases[] = {
    { "postgres://h/n", "postgresql", "n", "h", "" },
    { "psql://h/n", "postgresql", "n", "h", "" },
    { "postgis://h/n", "postgis", "n", "h", "" },
    { "mysql2://h/n", "mysql", "n", "h", "" },
    { "sqlite:///n", "sqlite", "n", "", "" },
    { "mssql://h:1433/n", "mssql", "n", "h", "1433" },
    { "cockroachdb://h:26257/n", "cockroachdb", "n", "h", "26257" },
    { "oracle://service", "oracle", "service", "", "" },
    { "postgres://a:1,b:2,c/n", "postgresql", "n", "a,b,c", "1,2" },
    { "ldap://h:389/dc", "ldap", "ldap://h:389", "h", "389" },
    { "postgres:////var/run/postgresql/db", "postgresql", "db", "/var/run/postgresql", "" },
    { "mysql://u:p@//cloudsql/project:region:instance/db", "mysql", "db", "/cloudsql/project:region:instance", "" },
};

static void check_engine(const void *row)
{
    const __typeof__(databases[0]) *r = row;

    fl_label("%s", r->url);
    set("URL", r->url);
    fl_database d = fl_env_database_url("URL", NULL);
    fl_expect_text(d.engine, r->engine);
    fl_expect_text(d.name, r->name);
    fl_expect_text(d.host, r->host);
    fl_expect_text(d.port, r->port);
}

FL_TEST(schemes_are_engines) { fl_table(databases, check_engine); }

FL_TEST(options_of_a_database_that_are_the_frameworks)
{
    set("URL", "postgres://h/n?CONN_MAX_AGE=none&atomic_requests=True&autocommit=false&conn_health_checks=1"
               "&disable_server_side_cursors=yes&connect_timeout=5");
    fl_database d = fl_env_database_url("URL", NULL);
    fl_expect_equal(d.conn_max_age.value, FL_FOREVER);
    fl_expect(d.conn_max_age.set && d.atomic_requests && d.no_autocommit && d.conn_health_checks &&
              d.disable_server_side_cursors);
    fl_expect_equal(d.options, fl_dict_of("connect_timeout", 5));
}

static const struct {
    const char *url, *backend;
} caches[] = {
    { "locmemcache://", "locmem" },  { "dummycache://", "dummy" },   { "filecache:///x", "file" }, { "dbcache://t", "db" },
    { "memcache://h", "memcached" }, { "pylibmc://h", "memcached" }, { "redis://h", "redis" },     { "valkeys://h", "redis" },
};

static void check_backend(const void *row)
{
    const __typeof__(caches[0]) *r = row;

    fl_label("%s", r->url);
    set("URL", r->url);
    fl_expect_text(fl_env_cache_url("URL", NULL).backend, r->backend);
}

FL_TEST(schemes_are_cache_backends) { fl_table(caches, check_backend); }

FL_TEST(options_of_a_cache)
{
    set("URL", "redis:///run/redis.sock?db=3&timeout=None&VERSION=2&max_connections=9");
    fl_cache_backend c = fl_env_cache_url("URL", NULL);
    fl_expect_text(c.location, "unix:///run/redis.sock?db=3");
    fl_expect_equal(c.timeout, FL_FOREVER);
    fl_expect_equal(c.version, 2);
    fl_expect_equal(c.options, fl_dict_of("max_connections", 9));
    set("URL", "locmemcache://?timeout=0");
    fl_expect(fl_env_cache_url("URL", NULL).timeout.us < 0);
}

FL_TEST(an_unset_url_is_its_fallback_or_nothing)
{
    fl_expect_text(fl_env_database_url("NONE", "sqlite:///db.sqlite3").name, "db.sqlite3");
    fl_expect(fl_env_database_url("NONE", NULL).engine == NULL);
    fl_expect(fl_env_cache_url("NONE", NULL).backend == NULL);
    fl_expect(fl_env_email_url("NONE", NULL).backend == NULL);
    fl_expect(fl_env_url("NONE", NULL).scheme == NULL);
}

FL_TEST(the_parts_of_any_url)
{
    set("URL", "HTTPS://ada:p%40w@Example.com:8443/a%20b/c?x=1&y=2&x=3#top");
    fl_service_url u = fl_env_url("URL", NULL);
    fl_expect_text(u.scheme, "https");
    fl_expect_text(u.user, "ada");
    fl_expect_text(u.password, "p@w");
    fl_expect_text(u.host, "example.com");
    fl_expect_equal(u.port, 8443);
    fl_expect_text(u.path, "/a b/c");
    fl_expect_equal(u.query, fl_dict_of("x", "3", "y", "2"));
}

typedef enum service { DATABASE, CACHE, EMAIL, ANY } service;

static void read_service(void *data)
{
    switch (*(const service *)data) {
    case DATABASE: (void)fl_env_database_url("URL", NULL); break;
    case CACHE: (void)fl_env_cache_url("URL", NULL); break;
    case EMAIL: (void)fl_env_email_url("URL", NULL); break;
    case ANY: (void)fl_env_url("URL", NULL); break;
    }
}

static const struct {
    service of;
    const char *url, *expected;
} refusals[] = {
    { DATABASE, "mongodb://h/n", "URL: a URL of the scheme 'mongodb' is not a URL of a database, which begins with postgres:, " },
    { DATABASE, "just text", "URL: the value, which is not shown, is not a URL of a database" },
    { DATABASE, "postgres://h:99999/n", "the value, which is not shown," },
    { DATABASE, "postgres://h/n?conn_max_age=x", "conn_max_age" },
    { DATABASE, "postgres://[::1/n", "the value, which is not shown," },
    { DATABASE, "postgres://h/n?atomic_requests=perhaps", "'perhaps', is not a truth value" },
    { CACHE, "redi://h", "URL: a URL of the scheme 'redi' is not a URL of a cache" },
    { EMAIL, "imap://h", "URL: a URL of the scheme 'imap' is not a URL of an email server" },
    { ANY, "://", "is not a URL: scheme://user" },
};

static void check_refusal(const void *row)
{
    const __typeof__(refusals[0]) *r = row;

    fl_label("%s", r->url);
    set("URL", r->url);
    fl_expect_contains(fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_service, &r->of)->message, r->expected);
}

FL_TEST(urls_of_something_else_are_refused) { fl_table(refusals, check_refusal); }
