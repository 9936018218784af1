/* diffsettings: Django's output for the same values (tests/oracle/settings_diff.py), but for the words of Flèche. */
#include <fleche/test.h>
#include "../codec/vectors.h"
#include "loaded.h"
#include "settings/settings.h"

/* Only that they are there matters. */
struct fl_urls {
    const char *name;
};
struct fl_middleware {
    const char *name;
};
static const fl_urls site_urls = { "site_urls" };
static const fl_middleware fl_security = { "fl_security" }, fl_common = { "fl_common" };

static void plain(fl_settings *s)
{
    s->debug = true;
    s->allowed_hosts = fl_list_of("a.example", ".b.example");
    s->secret_key = "it's";
    s->time_zone = "UTC";
    s->static_url = "/static/";
    s->email_port = 587;
    s->secure_proxy_ssl_header = (fl_proxy_header){ "HTTP_X_FORWARDED_PROTO", "https" };
    s->force_script_name = "/x";
}

static void none(fl_settings *s)
{
    s->secret_key = "x";
    s->data_upload_max_memory_size = s->csrf_cookie_age = s->file_upload_permissions = FL_NO_NUMBER;
    s->email_timeout = 7;
    s->session_age = FL_HOURS(1);
    s->session_cookie_samesite = NULL;
    s->language_cookie_age = 60;
}

static void own(fl_settings *s)
{
    s->secret_key = "x";
    s->root_urlconf = &site_urls;
    s->page_size = 20;
    s->admins = fl_list_of("ada@example.com");
    s->internal_ips = fl_list_new();
    fl_settings_put(s, "PAYMENT_URL", "https://pay.example");
    fl_settings_put(s, "RETRIES", 3);
    fl_use_database(s, "default", .engine = "postgresql", .name = "db", .port = "5432");
    fl_use_database(s, "replica", .engine = "sqlite", .name = ":memory:", .options = fl_dict_of("timeout", 5));
    fl_use_cache(s, "default", .backend = "redis", .location = "redis://h", .timeout = FL_MINUTES(1));
    fl_use_middleware(s, fl_security, fl_common);
}

static fl_configure *configure_of(const vector *v) { return vector_is(v, "plain") ? plain : vector_is(v, "none") ? none : own; }

/* The name that a line of a diff is about. */
static fl_str name_of(fl_str line)
{
    size_t end = 0;

    while (line.size > 0 && (line.data[0] < 'A' || line.data[0] > 'Z'))
        line = fl_str_slice(line, 1, SIZE_MAX);
    (void)fl_str_find_char(line, ' ', &end);
    return fl_str_slice(line, 0, end);
}

static bool is_in(fl_str name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (fl_str_equal(name, fl_str_of(*names)))
            return true;
    return false;
}

/* Flèche's words, and what is newer than the Django that made the vectors or has another default there. */
static const char *const apart[] = {
    "AUTHENTICATION_BACKENDS",
    "CSRF_FAILURE_VIEW",
    "EMAIL_BACKEND",
    "FILE_UPLOAD_HANDLERS",
    "MESSAGE_STORAGE",
    "SESSION_ENGINE",
    "SESSION_SERIALIZER",
    "SIGNING_BACKEND",
    "STATICFILES_FINDERS",
    "SECRET_KEY_FALLBACKS",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY",
    "SECURE_CSP",
    "SECURE_CSP_REPORT_ONLY",
    "SIGNED_COOKIE_LEGACY_SALT_FALLBACK",
    "URLIZE_ASSUME_HTTPS",
    "USE_TZ",
    NULL,
};

/* In a diff of all, each line of ours is one of Django's; those that Flèche does not have are Django's alone. */
static size_t check_all(fl_str ours, fl_str djangos)
{
    size_t checked = 0;

    for (fl_str line; fl_str_cut(&ours, '\n', &line);) {
        const setting *row = fl_setting_named(name_of(line));
        if (is_in(name_of(line), apart) || (row != NULL && row->own && fl_str_starts(line, fl_lit("### "))) ||
            (row != NULL && row->own && fl_str_starts(line, fl_lit("  "))))
            continue;
        bool found = fl_str_find(djangos, line, NULL);
        if (!found)
            fl_fail("Django does not print: %.*s", FL_SHOW(line));
        checked++;
    }
    return checked;
}

static void check(const vector *v)
{
    fl_str django = fl_str_replace(v->fields[2], fl_lit("django.core.cache.backends.locmem.LocMemCache"), fl_lit("locmem"));
    const char *form = v->fields[1].data;
    bool unified = fl_starts_with(form, "unified"), all = fl_str_ends(v->fields[1], fl_lit("all"));

    fl_settings_load(v->fields[0].data, configure_of(v));
    if (all)
        fl_expect(check_all(fl_str_of(fl_settings_diff(.all = true, .unified = unified)), django) > 90);
    else if (fl_text_is(form, "against"))
        fl_expect_text(fl_settings_diff(.against = plain, .default_name = "plain"), fl_str_c(django));
    else
        fl_expect_text(fl_settings_diff(.unified = unified), fl_str_c(django));
}

static void each_line(void (*run)(const vector *v))
{
    char *text = fl_alloc(1 << 17);
    fl_str rest = fl_str_n(text, fread(text, 1, 1 << 17, opened("settings/data/diff.tsv"))), line;

    while (fl_str_cut(&rest, '\n', &line) && line.size > 0) {
        vector v = { 0 };
        for (fl_str part; fl_str_cut(&line, '\t', &part);)
            v.fields[v.count++] = vector_field(part);
        fl_label("%s %s", v.fields[0].data, v.fields[1].data);
        run(&v);
    }
}

FL_TEST(diffsettings_prints_what_django_prints)
{
    load("plain", plain);
    each_line(check);
}

FL_TEST(settings_of_the_frameworks_own_have_the_marker_where_they_were_set)
{
    load("own", own);
    const char *diff = fl_settings_diff();
    fl_expect_contains(diff, "PAGE_SIZE = 20  ###");
    fl_expect_contains(diff, "PAYMENT_URL = 'https://pay.example'  ###");
    fl_expect(strstr(diff, "BASE_DIR") == NULL && strstr(diff, "CORS_") == NULL);
    fl_expect_contains(fl_settings_diff(.all = true), "### CORS_ALLOW_ALL_ORIGINS = False");
    fl_expect_contains(fl_settings_diff(.all = true, .unified = true), "  CORS_ALLOW_ALL_ORIGINS = False");
}
