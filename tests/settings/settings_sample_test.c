/* Settings from the environment: a base, and what production changes. The functions are as an application writes them; the
 * middleware that they name is none here, only its addresses matter. */
#include <fleche/settings.h>
#include <fleche/test.h>
#include "loaded.h"

struct fl_middleware {
    const char *name;
};
static const fl_middleware fl_security = { "security" }, fl_sessions = { "sessions" }, fl_common = { "common" },
                           fl_csrf = { "csrf" }, fl_authentication = { "authentication" }, fl_messages = { "messages" },
                           timing = { "timing" };

static void base(fl_settings *s)
{
    fl_env_load(".env");
    s->secret_key = fl_env_required("DJANGO_SECRET_KEY");
    s->debug = fl_env_bool("DEBUG", false);
    s->allowed_hosts = fl_env_list("ALLOWED_HOSTS");
    s->page_size = 20;

    fl_use_database(s, "default", .engine = "postgresql", .name = fl_env("DB_NAME", "myapp"),
                    .user = fl_env("DB_USER", "postgres"), .host = fl_env("DB_HOST", "localhost"),
                    .port = fl_env("DB_PORT", "5432"));
    fl_use_cache(s, "default", .backend = "redis", .location = "redis://127.0.0.1:6379/1");
    fl_use_middleware(s, fl_security, fl_sessions, fl_common, fl_csrf, fl_authentication, fl_messages, timing);
}

static fl_configure development, production;

static void development(fl_settings *s)
{
    base(s);
    s->debug = true;
}

static void production(fl_settings *s)
{
    base(s);
    s->debug = false;
    s->secure_ssl_redirect = true;
    s->session_cookie_secure = true;
    s->csrf_cookie_secure = true;
    s->secure_hsts_seconds = 31536000;
}

/* -- what comes of it -------------------------------------------------------------------------------------------------------- */

static void choose(FL_UNUSED void *data) { fl_settings_load_chosen(development, production); }

static void write_env(const char *text)
{
    FILE *file = fopen(fl_text("%s/.env", fl_test_directory()), "wb");

    fl_expect(file != NULL);
    fl_expect(fputs(text, file) >= 0);
    fl_expect_equal(fclose(file), 0);
    set("FLECHE_BASE_DIR", fl_test_directory());
    fl_base_dir_forget();
    fl_defer(forget, NULL);
}

FL_TEST(development_comes_from_the_file_and_the_fallbacks)
{
    write_env("DJANGO_SECRET_KEY='s3cret'\nALLOWED_HOSTS=a.example, b.example\nDB_NAME=site\n");
    choose(NULL);
    const fl_settings *s = fl_settings_now();
    fl_expect_text(s->secret_key, "s3cret");
    fl_expect(s->debug && !s->secure_ssl_redirect && s->secure_hsts_seconds == 0);
    fl_expect_equal(s->allowed_hosts, fl_list_of("a.example", "b.example"));
    fl_expect_equal(s->page_size, 20);
    const fl_database *database = fl_settings_database(s, "default");
    fl_expect_text(database->name, "site");
    fl_expect_text(database->host, "localhost");
    fl_expect_text(fl_settings_cache(s, "default")->location, "redis://127.0.0.1:6379/1");
    fl_expect_same(s->middleware[0], &fl_security);
    fl_expect_same(s->middleware[6], &timing);
    fl_expect(s->middleware[7] == NULL);
    fl_expect_equal(fl_settings_get("MIDDLEWARE"), fl_list_of("fl_security", "fl_sessions", "fl_common", "fl_csrf",
                                                              "fl_authentication", "fl_messages", "timing"));
}

FL_TEST(production_changes_what_it_changes)
{
    write_env("DJANGO_SECRET_KEY=s3cret\nDEBUG=yes\n");
    set("FLECHE_SETTINGS", "production");
    choose(NULL);
    const fl_settings *s = fl_settings_now();
    fl_expect(!s->debug && s->secure_ssl_redirect && s->session_cookie_secure && s->csrf_cookie_secure);
    fl_expect_equal(s->secure_hsts_seconds, 31536000);
}

FL_TEST(without_its_secret_key_neither_starts)
{
    write_env("DEBUG=perhaps\n");
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, choose, NULL);
    fl_expect_text(e->message, "DJANGO_SECRET_KEY is not set; DEBUG is wrong");
}
