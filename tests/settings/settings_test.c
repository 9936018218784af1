/* Settings: their defaults, how they are loaded and refused, found by name, shown and overridden. */
#include <fleche/crypto.h>
#include <fleche/io.h>
#include <fleche/test.h>
#include <sys/stat.h>
#include "loaded.h"
#include "settings/settings.h"

static void empty(FL_UNUSED fl_settings *s) {}
static void with_key(fl_settings *s) { s->secret_key = "k"; }

/* -- defaults ---------------------------------------------------------------------------------------------------------------- */

/* Flèche's words for what are paths of Python's classes in Django. */
static const struct {
    const char *name, *value;
} words[] = {
    { "AUTHENTICATION_BACKENDS", "['model']" },
    { "CACHES", "{'default': {'BACKEND': 'locmem'}}" },
    { "CSRF_FAILURE_VIEW", "'built-in'" },
    { "EMAIL_BACKEND", "'smtp'" },
    { "FILE_UPLOAD_HANDLERS", "['memory', 'temporary']" },
    { "MESSAGE_STORAGE", "'fallback'" },
    { "SESSION_ENGINE", "'db'" },
    { "SESSION_SERIALIZER", "'json'" },
    { "SIGNING_BACKEND", "'timestamp'" },
    { "STATICFILES_FINDERS", "['directories', 'apps']" },
};

static fl_str expected_of(fl_str name, fl_str django)
{
    for (size_t i = 0; i < FL_LENGTH(words); i++)
        if (fl_str_equal(name, fl_str_of(words[i].name)))
            return fl_str_of(words[i].value);
    return django;
}

/* Longer ones are cut in the list, with three points behind. */
static bool agrees(fl_str given, fl_str expected)
{
    if (!fl_str_ends(expected, fl_lit("...")))
        return fl_str_equal(given, expected);
    return fl_str_starts(given, fl_str_slice(expected, 0, expected.size - 3));
}

/* Django 6.1's global settings, NAME = repr a line. */
static fl_str djangos_defaults(void)
{
    char *text = fl_alloc(1 << 16);

    return fl_str_n(text, fread(text, 1, 1 << 16, opened("settings/data/defaults.txt")));
}

FL_TEST(the_defaults_are_djangos)
{
    fl_str text = djangos_defaults(), line;
    fl_settings s;
    size_t known = 0, djangos = 0;

    fl_settings_begin(&s);
    while (fl_str_cut(&text, '\n', &line) && line.size > 0) {
        size_t at;
        fl_value value;
        fl_expect(fl_str_find(line, fl_lit(" = "), &at));
        fl_str name = fl_str_slice(line, 0, at), expected = expected_of(name, fl_str_slice(line, at + 3, SIZE_MAX));
        if (!fl_setting_of(&s, fl_str_c(name), &value))
            continue;
        fl_str given = fl_str_of(written_value(value));
        if (!agrees(given, expected))
            fl_fail("%.*s begins as %.*s, expected %.*s", FL_SHOW(name), FL_SHOW(given), FL_SHOW(expected));
        known++;
    }
    for (size_t i = 0; i < fl_setting_count; i++)
        djangos += !fl_setting_rows[i].own;
    fl_expect_equal(known, djangos);
}

FL_TEST(every_row_of_the_table_that_is_not_own_is_djangos)
{
    fl_str text = djangos_defaults();

    for (size_t i = 0; i < fl_setting_count; i++) {
        const char *line = fl_text("\n%s = ", fl_setting_rows[i].name);
        bool found = fl_str_find(text, fl_str_of(line), NULL) || fl_str_starts(text, fl_str_of(line + 1));
        fl_label("%s", fl_setting_rows[i].name);
        fl_expect_equal(found, !fl_setting_rows[i].own);
    }
}

static size_t size_of(setting_kind kind)
{
    static const size_t sizes[] = {
        [SETTING_BOOL] = sizeof(bool),
        [SETTING_INT] = sizeof(int),
        [SETTING_HEADER] = sizeof(fl_proxy_header),
        [SETTING_SECONDS] = sizeof(fl_duration),
    };
    return kind < FL_LENGTH(sizes) && sizes[kind] != 0 ? sizes[kind] : sizeof(void *);
}

/* Every byte of the struct is a row's, one of the members that rows speak of by their names, or padding before a row. */
FL_TEST(every_member_has_a_row)
{
    bool covered[sizeof(fl_settings)] = { false };
    static const size_t beside[] = {
        offsetof(fl_settings, middleware),     offsetof(fl_settings, context_processors), offsetof(fl_settings, auth_backends),
        offsetof(fl_settings, database_count), offsetof(fl_settings, cache_count),        offsetof(fl_settings, own),
    };
    size_t holes = 0;

    for (size_t i = 0; i < fl_setting_count; i++)
        memset(covered + fl_setting_rows[i].offset, true, size_of(fl_setting_rows[i].kind));
    for (size_t i = 0; i < FL_LENGTH(beside); i++)
        memset(covered + beside[i], true, sizeof(void *));
    for (size_t i = 0; i < sizeof covered; i++) {
        holes = covered[i] ? 0 : holes + 1;
        if (holes >= sizeof(void *))
            fl_fail("the member at byte %zu of fl_settings has no row", i + 1 - holes);
    }
}

FL_TEST(the_table_is_sorted)
{
    for (size_t i = 1; i < fl_setting_count; i++)
        fl_expect(strcmp(fl_setting_rows[i - 1].name, fl_setting_rows[i].name) < 0);
    for (size_t i = 0; i < fl_setting_count; i++)
        fl_expect(fl_setting_named(fl_str_of(fl_setting_rows[i].name)) == &fl_setting_rows[i]);
}

/* -- loading ----------------------------------------------------------------------------------------------------------------- */

static void look(FL_UNUSED void *data) { (void)fl_settings_now(); }

FL_TEST(before_they_are_loaded_settings_are_an_error)
{
    fl_expect(!fl_settings_are_loaded());
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, look, NULL);
    fl_expect_text(e->message, "settings are not configured yet");
    fl_expect_contains(e->hint, "fl_settings_load()");
}

static void site(fl_settings *s)
{
    s->secret_key = fl_text("%s-%d", "made", 7);
    s->allowed_hosts = fl_list_of("a.example", "b.example");
    s->static_root = fl_base_path("public");
    fl_settings_put(s, "PAYMENT_URL", "https://pay.example");
}

FL_TEST(what_is_configured_lives_on)
{
    load("site", site);
    const fl_settings *s = fl_settings_now();
    fl_expect_text(s->settings_module, "site");
    fl_expect_text(s->secret_key, "made-7");
    fl_expect_equal(s->allowed_hosts, fl_list_of("a.example", "b.example"));
    fl_expect_text(s->static_root, fl_text("%s/public", fl_test_directory()));
    fl_expect_text(s->base_dir, fl_test_directory());
    fl_expect(s->use_tz && s->append_slash && !s->debug);
}

FL_TEST(loading_again_replaces_and_keeps_the_generation_before)
{
    load("site", site);
    const fl_settings *before = fl_settings_now();
    fl_settings_load("other", with_key);
    fl_expect_text(fl_settings_now()->secret_key, "k");
    fl_expect_text(before->secret_key, "made-7");
    fl_settings_load("third", with_key);
    fl_expect_text(fl_settings_now()->settings_module, "third");
}

static void broken(fl_settings *s)
{
    s->secret_key = "new";
    fl_raise(FL_VALUE_ERROR, "not today");
}

static void load_broken(FL_UNUSED void *data) { fl_settings_load("broken", broken); }

FL_TEST(what_cannot_be_loaded_leaves_settings_as_they_were)
{
    load("site", site);
    fl_expect_text(fl_expect_raises(FL_VALUE_ERROR, load_broken, NULL)->message, "not today");
    fl_expect_text(fl_settings_now()->secret_key, "made-7");
}

static void development(fl_settings *s) { s->debug = true; }
static void production(fl_settings *s) { s->secret_key = fl_env_required("DJANGO_SECRET_KEY"); }
static void load_one(FL_UNUSED void *data) { fl_settings_load_chosen(development, production); }

FL_TEST(the_environment_chooses_the_settings)
{
    fl_defer(forget, NULL);
    load_one(NULL);
    fl_expect_text(fl_settings_now()->settings_module, "development");
    fl_expect(fl_settings_now()->debug);
    set("FLECHE_SETTINGS", "production");
    set("DJANGO_SECRET_KEY", "k");
    load_one(NULL);
    fl_expect(!fl_settings_now()->debug);
    set("FLECHE_SETTINGS", "staging");
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, load_one, NULL);
    fl_expect_text(e->message, "there are no settings staging");
    fl_expect_contains(e->hint, "development or production");
}

FL_TEST(a_missing_secret_key_in_production_stops_the_start_by_name)
{
    set("FLECHE_SETTINGS", "production");
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, load_one, NULL);
    fl_expect_contains(e->message, "DJANGO_SECRET_KEY: the environment variable is not set (tests/settings/settings_test.c:");
    fl_expect(!fl_settings_are_loaded());
}

static void much_missing(fl_settings *s)
{
    s->secret_key = fl_env_required("DJANGO_SECRET_KEY");
    s->email_host_password = fl_env_required("SMTP_PASSWORD");
    s->email_port = (int)fl_env_int("SMTP_PORT", 25);
}

FL_TEST(all_that_the_environment_lacks_is_told_at_once)
{
    set("SMTP_PORT", "smtp");
    fl_error *e = expect_refused(much_missing);
    fl_expect_text(e->message, "DJANGO_SECRET_KEY and SMTP_PASSWORD are not set; SMTP_PORT is wrong");
}

/* -- the secret key ---------------------------------------------------------------------------------------------------------- */

static void read_key(FL_UNUSED void *data) { (void)fl_secret_key(); }

FL_TEST(an_empty_secret_key_is_an_error_when_it_is_used)
{
    load("empty", empty);
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_key, NULL);
    fl_expect_text(e->message, "the SECRET_KEY setting must not be empty");
}

static void rotated(fl_settings *s)
{
    s->secret_key = "new key";
    s->secret_key_fallbacks = fl_list_of("old key", "older key");
}

static bool signed_by_any(fl_str message, const uint8_t *signature)
{
    const fl_list *keys = fl_secret_keys();

    for (size_t i = 0; i < keys->count; i++) {
        uint8_t expected[32];
        fl_hmac(FL_SHA256, keys->items[i].text, message, expected);
        if (memcmp(expected, signature, sizeof expected) == 0)
            return true;
    }
    return false;
}

FL_TEST(what_was_signed_with_a_rotated_key_still_validates)
{
    uint8_t signature[32];

    load("rotated", rotated);
    fl_hmac(FL_SHA256, fl_lit("old key"), fl_lit("session 7"), signature);
    fl_expect(signed_by_any(fl_lit("session 7"), signature));
    fl_expect_text(fl_secret_key(), "new key");
    fl_settings_load("site", site);
    fl_expect(!signed_by_any(fl_lit("session 7"), signature));
}

/* -- what is refused --------------------------------------------------------------------------------------------------------- */

static void bad_zone(fl_settings *s) { s->time_zone = "Mars/Base"; }
static void bad_port(fl_settings *s) { s->email_port = 65536; }
static void bad_hsts(fl_settings *s) { s->secure_hsts_seconds = -1; }
static void bad_limit(fl_settings *s) { s->data_upload_max_number_fields = -2; }
static void bad_frame(fl_settings *s) { s->x_frame_options = "ALLOW"; }
static void bad_cookie(fl_settings *s) { s->session_cookie_samesite = "lax"; }
static void bad_age(fl_settings *s) { s->session_age = FL_SECONDS(-1); }
static void bad_hosts(fl_settings *s) { s->allowed_hosts = fl_list_of("a", 7); }
static void bad_tls(fl_settings *s) { s->email_use_tls = s->email_use_ssl = true; }
static void bad_header(fl_settings *s) { s->secure_proxy_ssl_header.name = "HTTP_X"; }
static void bad_script(fl_settings *s) { s->force_script_name = "app"; }
static void bad_engine(fl_settings *s) { fl_use_database(s, "default", .name = "x"); }
static void bad_default(fl_settings *s) { fl_use_database(s, "other", .engine = "sqlite"); }
static void bad_pool(fl_settings *s) { fl_use_database(s, "default", .engine = "sqlite", .pool_min = 5, .pool_max = 2); }
static void bad_alias(fl_settings *s) { s->session_cache_alias = "sessions"; }
static void bad_cache(fl_settings *s) { fl_use_cache(s, "x", .location = "y"); }
static void bad_name(fl_settings *s) { s->csrf_cookie_name = ""; }
static void bad_own(fl_settings *s) { fl_settings_put(s, "payment", 1); }
static void bad_member(fl_settings *s) { fl_settings_put(s, "DEBUG", 1); }
static void bad_replica(fl_settings *s)
{
    fl_use_database(s, "default", .engine = "sqlite");
    fl_use_database(s, "replica", .engine = "sqlite", .replica_of = "main");
}

static const struct {
    fl_configure *configure;
    const char *message;
} refusals[] = {
    { bad_zone, "TIME_ZONE: 'Mars/Base' is no time zone" },
    { bad_port, "EMAIL_PORT: 65536 is not between 0 and 65535" },
    { bad_hsts, "SECURE_HSTS_SECONDS: -1 is not between 0 and 2147483647" },
    { bad_limit, "DATA_UPLOAD_MAX_NUMBER_FIELDS: -2 is less than 0" },
    { bad_frame, "X_FRAME_OPTIONS: 'ALLOW' is none of DENY or SAMEORIGIN" },
    { bad_cookie, "SESSION_COOKIE_SAMESITE: 'lax' is none of Lax, Strict or None" },
    { bad_age, "SESSION_COOKIE_AGE: it is less than 0" },
    { bad_hosts, "ALLOWED_HOSTS: its item 1 is of the type integer, where text is expected" },
    { bad_tls, "EMAIL_USE_TLS: it and EMAIL_USE_SSL exclude one another" },
    { bad_header, "SECURE_PROXY_SSL_HEADER: it needs a name and a value" },
    { bad_script, "FORCE_SCRIPT_NAME: 'app' does not begin with a slash" },
    { bad_engine, "DATABASES: 'default' has no engine" },
    { bad_default, "DATABASES: there are databases, but none is 'default'" },
    { bad_pool, "DATABASES: the pool of 'default' has from 5 to 2 connections" },
    { bad_replica, "DATABASES: 'replica' is a replica of 'main', which is no other database" },
    { bad_alias, "SESSION_CACHE_ALIAS: there is no cache 'sessions'" },
    { bad_cache, "CACHES: 'x' has no backend" },
    { bad_name, "CSRF_COOKIE_NAME: it is empty" },
    { bad_own, "the setting payment is not named in UPPER_CASE" },
    { bad_member, "DEBUG is a member of the settings: set it as one" },
};

static void check_refusal(const void *row)
{
    const __typeof__(refusals[0]) *r = row;

    fl_label("%s", r->message);
    fl_expect_text(expect_refused(r->configure)->message, r->message);
}

FL_TEST(bad_values_are_refused_by_name) { fl_table(refusals, check_refusal); }

static void very_bad(fl_settings *s)
{
    bad_zone(s);
    bad_port(s);
    bad_frame(s);
}

FL_TEST(all_bad_values_are_told_at_once)
{
    fl_error *e = expect_refused(very_bad);

    fl_expect_text(e->message, "these settings are wrong: EMAIL_PORT, X_FRAME_OPTIONS and TIME_ZONE");
    fl_expect_contains(e->detail, "X_FRAME_OPTIONS: 'ALLOW' is none of");
}

static void nothing_limited(fl_settings *s)
{
    s->data_upload_max_memory_size = FL_NO_NUMBER;
    s->csrf_cookie_age = FL_NO_NUMBER;
    s->session_cookie_samesite = NULL;
    s->secure_referrer_policy = NULL;
}

FL_TEST(none_is_a_value_where_django_has_it) { load("none", nothing_limited); }

/* -- by name ----------------------------------------------------------------------------------------------------------------- */

static void get(void *name) { (void)fl_settings_get(name); }

FL_TEST(settings_are_found_by_djangos_names)
{
    load("site", site);
    fl_expect_equal(fl_settings_get("ALLOWED_HOSTS"), fl_list_of("a.example", "b.example"));
    fl_expect_equal(fl_settings_get("SESSION_COOKIE_AGE"), 1209600);
    fl_expect_equal(fl_settings_get("PAYMENT_URL"), "https://pay.example");
    fl_expect_contains(fl_expect_raises(FL_PROGRAMMING_ERROR, get, "debug")->message, "there is no setting debug");
}

static void with_secrets(fl_settings *s)
{
    s->secret_key = "hunter1";
    s->email_host_password = "hunter2";
    fl_use_database(s, "default", .engine = "postgresql", .name = "db", .password = "hunter3",
                    .options = fl_dict_of("sslkey", "hunter4", "timeout", 5));
    fl_use_cache(s, "default", .backend = "redis", .location = "redis://:hunter5@h:1/0");
    fl_settings_put(s, "STRIPE", fl_list_of(fl_dict_of("api_token", "hunter6", "mode", "test")));
}

FL_TEST(the_dump_for_developers_hides_secrets_at_every_depth)
{
    load("site", with_secrets);
    fl_dict *dump = fl_settings_safe_dump();
    const char *text = written_value(fl_box(dump));
    fl_expect(strstr(text, "hunter") == NULL);
    fl_expect_contains(text, "'SECRET_KEY': '" FL_CLEANSED "'");
    fl_expect_contains(text, "'PASSWORD': '" FL_CLEANSED "'");
    fl_expect_contains(text, "'sslkey': '" FL_CLEANSED "', 'timeout': 5");
    fl_expect_contains(text, "redis://:" FL_CLEANSED "@h:1/0");
    fl_expect_contains(text, "[{'api_token': '" FL_CLEANSED "', 'mode': 'test'}]");
    fl_expect_contains(text, "'DEBUG': False");
    fl_expect(strstr(fl_settings_diff(.safe = true), "hunter") == NULL);
    fl_expect_contains(fl_settings_diff(.safe = true), "SECRET_KEY = '" FL_CLEANSED "'");
    fl_expect_contains(fl_settings_diff(), "SECRET_KEY = 'hunter1'");
}

FL_TEST(all_names_are_sorted_the_applications_own_among_them)
{
    load("site", site);
    const fl_list *names = fl_settings_names(fl_settings_now());
    fl_expect_equal(names->count, fl_setting_count + 1);
    for (size_t i = 1; i < names->count; i++)
        fl_expect(fl_str_compare(names->items[i - 1].text, names->items[i].text) < 0);
}

/* -- parts ------------------------------------------------------------------------------------------------------------------- */

static void parts(fl_settings *s)
{
    fl_use_database(s, "default", .engine = "postgresql", .name = "one");
    fl_use_database(s, "default", .engine = "postgresql", .name = "two", .conn_max_age = fl_some_duration(FL_FOREVER));
    fl_use_database_url(s, "log", "NOT_SET", "sqlite:///log.sqlite3?timeout=5");
    fl_use_database_url(s, "none", "NOT_SET", NULL);
    fl_use_cache(s, "pages", .backend = "redis", .location = "redis://h", .timeout = FL_MINUTES(1));
    fl_use_cache_url(s, "other", "NOT_SET", "locmemcache://x?timeout=0");
    fl_use_email_url(s, "NOT_SET", "smtp+tls://ada:pw@mail.example:587");
    fl_use_csp(s, { "default-src", { FL_CSP_SELF } }, { "script-src", { FL_CSP_SELF, FL_CSP_NONCE } },
               { "upgrade-insecure-requests" });
    fl_use_csp_report_only(s, { "img-src", { FL_CSP_NONE } });
}

FL_TEST(parts_are_kept_under_their_aliases)
{
    load("parts", parts);
    const fl_settings *s = fl_settings_now();
    fl_expect_text(fl_settings_database(s, "default")->name, "two");
    fl_expect_text(fl_settings_database(s, "log")->engine, "sqlite");
    fl_expect(fl_settings_database(s, "none") == NULL);
    fl_expect_text(fl_settings_cache(s, "pages")->location, "redis://h");
    fl_expect_text(fl_settings_cache(s, "default")->backend, "locmem");
    fl_expect_text(s->email_host, "mail.example");
    fl_expect(s->email_use_tls && !s->email_use_ssl && s->email_port == 587);
    fl_expect_text(written_value(fl_settings_get("DATABASES")),
                   "{'default': {'ENGINE': 'postgresql', 'NAME': 'two', 'CONN_MAX_AGE': None}, "
                   "'log': {'ENGINE': 'sqlite', 'NAME': 'log.sqlite3', 'OPTIONS': {'timeout': 5}}}");
    fl_expect_text(written_value(fl_settings_get("CACHES")),
                   "{'default': {'BACKEND': 'locmem'}, 'pages': {'BACKEND': 'redis', 'LOCATION': 'redis://h', 'TIMEOUT': 60}, "
                   "'other': {'BACKEND': 'locmem', 'LOCATION': 'x', 'TIMEOUT': 0}}");
    fl_expect_text(
        written_value(fl_settings_get("SECURE_CSP")),
        "{'default-src': [\"'self'\"], 'script-src': [\"'self'\", '<CSP_NONCE_SENTINEL>'], 'upgrade-insecure-requests': True}");
    fl_expect_text(written_value(fl_settings_get("SECURE_CSP_REPORT_ONLY")), "{'img-src': [\"'none'\"]}");
}

static void quiet(fl_settings *s)
{
    fl_use_logging(s, .handlers = { fl_log_file(fl_base_path("site.log"), FL_LOG_PLAIN) }, .levels = { { "shop", FL_DEBUG } });
}

static void restore_log(FL_UNUSED void *data) { fl_log_set(NULL); }

FL_TEST(logging_is_set_up_by_loading)
{
    fl_defer(restore_log, NULL);
    load("quiet", quiet);
    fl_log(FL_DEBUG, "shop", "one left");
    fl_expect_contains(fl_file_read(fl_base_path("site.log"), 4096).data, "DEBUG shop: one left");
    fl_expect_text(written_value(fl_settings_get("LOGGING")), "{'handlers': 1, 'levels': {'shop': 'DEBUG'}}");
}

/* -- moving ------------------------------------------------------------------------------------------------------------------ */

static void with_paths(fl_settings *s)
{
    s->static_root = fl_base_path("public");
    s->media_root = fl_env_path("MEDIA_ROOT", "media");
    s->staticfiles_dirs = fl_list_of(fl_base_path("static"));
}

FL_TEST(a_project_that_is_moved_keeps_its_paths)
{
    const char *one = fl_text("%s/one", fl_test_directory()), *two = fl_text("%s/two", fl_test_directory());

    fl_defer(forget, NULL);
    fl_expect_ok(mkdir(one, 0777));
    set("FLECHE_BASE_DIR", one);
    fl_base_dir_forget();
    fl_settings_load("one", with_paths);
    fl_expect_text(fl_settings_now()->static_root, fl_text("%s/public", one));
    fl_expect_ok(rename(one, two));
    set("FLECHE_BASE_DIR", two);
    fl_base_dir_forget();
    fl_settings_load("two", with_paths);
    fl_expect_text(fl_settings_now()->base_dir, two);
    fl_expect_text(fl_settings_now()->static_root, fl_text("%s/public", two));
    fl_expect_text(fl_settings_now()->media_root, fl_text("%s/media", two));
    fl_expect_equal(fl_settings_now()->staticfiles_dirs, fl_list_of(fl_text("%s/static", two)));
}

/* -- overrides --------------------------------------------------------------------------------------------------------------- */

static void override_two(FL_UNUSED void *data)
{
    fl_settings_override(debug, true);
    fl_settings_override(allowed_hosts, fl_list_of("x"));
    fl_expect(fl_settings_now()->debug);
    fl_expect_equal(fl_settings_now()->allowed_hosts, fl_list_of("x"));
    fl_expect_text(fl_settings_now()->secret_key, "made-7");
}

FL_TEST(an_override_ends_with_the_protected_call)
{
    load("site", site);
    const fl_settings *before = fl_settings_now();
    fl_expect(fl_protect(override_two, NULL) == NULL);
    fl_expect_same(fl_settings_now(), before);
    fl_scope {
        fl_settings_override(debug, true);
        fl_expect(fl_settings_now()->debug);
    }
    fl_expect(!fl_settings_now()->debug);
}

FL_TEST(without_loading_an_override_begins_with_the_defaults)
{
    fl_scope {
        fl_settings_override(page_size, 5);
        fl_expect_equal(fl_settings_now()->page_size, 5);
        fl_expect_text(fl_settings_now()->csrf_cookie_name, "csrftoken");
    }
    fl_expect(!fl_settings_are_loaded());
}

static fl_buf changes;

static void note(const char *name, fl_value value, bool begins)
{
    fl_buf_format(&changes, "%s%s=%s\n", begins ? "+" : "-", name, fl_value_text(value));
}

static void change_several(fl_settings *s)
{
    s->debug = true;
    s->session_age = FL_HOURS(1);
    fl_use_cache(s, "default", .backend = "dummy");
    fl_settings_put(s, "FEATURE", "on");
}

FL_TEST(who_sends_signals_is_told_what_changes_and_what_is_restored)
{
    load("site", site);
    changes = fl_buf_in(fl_arena_here(), 1 << 16);
    fl_settings_changed_hook = note;
    fl_scope {
        (void)fl_arena_set_here(changes.arena);
        fl_settings_override_with(change_several);
    }
    fl_settings_changed_hook = NULL;
    fl_expect_text(fl_buf_c(&changes),
                   "+CACHES={'default': {'BACKEND': 'dummy'}}\n+DEBUG=True\n+FEATURE=on\n+SESSION_COOKIE_AGE=3600\n"
                   "-CACHES={'default': {'BACKEND': 'locmem'}}\n-DEBUG=False\n-SESSION_COOKIE_AGE=1209600\n");
}
