/* Typed variables: what each type reads, where values come from, and what is said when something is missing or wrong. */
#include <fleche/test.h>
#include <math.h>
#include "project.h"

/* -- types ------------------------------------------------------------------------------------------------------------------- */

typedef enum type { BOOL, INT, FLOAT, SIZE, DURATION, LIST, INTS, TUPLE, DICT, INT_DICT, JSON, PATH, TEXT, LINES, BYTES } type;

static fl_value read_as(type as)
{
    switch (as) {
    case BOOL: return fl_box(fl_env_bool("V", false));
    case INT: return fl_box(fl_env_int("V", 0));
    case FLOAT: return fl_box(fl_env_float("V", 0));
    case SIZE: return fl_box(fl_env_size("V", 0));
    case DURATION: return fl_box(fl_env_duration("V", FL_SECONDS(0)));
    case LIST: return fl_box(fl_env_list("V"));
    case INTS: return fl_box(fl_env_list("V", .of = FL_V_INT));
    case TUPLE: return fl_box(fl_env_list("V", .tuple = true));
    case DICT: return fl_box(fl_env_dict("V"));
    case INT_DICT: return fl_box(fl_env_dict("V", .of = FL_V_INT));
    case JSON: return fl_box(fl_env_json("V"));
    case PATH: return fl_box(fl_env_path("V", NULL, .under = "/srv"));
    case LINES: return fl_box(fl_env("V", NULL, .escapes = true));
    case BYTES: return fl_box(fl_env_bytes("V"));
    case TEXT: break;
    }
    return fl_box(fl_env("V", NULL));
}

static const struct {
    type as;
    const char *value, *expected;
} readings[] = {
    { BOOL, "true", "True" },
    { BOOL, "Yes", "True" },
    { BOOL, "on", "True" },
    { BOOL, "ok", "True" },
    { BOOL, "Y", "True" },
    { BOOL, "1", "True" },
    { BOOL, "2", "True" },
    { BOOL, " true ", "True" },
    { BOOL, "false", "False" },
    { BOOL, "OFF", "False" },
    { BOOL, "no", "False" },
    { BOOL, "0", "False" },
    { BOOL, "", "False" },
    { BOOL, "n", "False" },
    { INT, "42", "42" },
    { INT, "-7", "-7" },
    { INT, " +7 ", "7" },
    { INT, "1_000_000", "1000000" },
    { INT, "-9223372036854775808", "-9223372036854775808" },
    { FLOAT, "33.3", "33.3" },
    { FLOAT, "-1e3", "-1000.0" },
    { FLOAT, "7", "7.0" },
    { SIZE, "512", "512" },
    { SIZE, "10M", "10485760" },
    { SIZE, "10 MiB", "10485760" },
    { SIZE, "10MB", "10000000" },
    { SIZE, "2.5m", "2621440" },
    { SIZE, "1k", "1024" },
    { SIZE, "3 kB", "3000" },
    { SIZE, "1T", "1099511627776" },
    { SIZE, "0", "0" },
    { DURATION, "30", "datetime.timedelta(seconds=30)" },
    { DURATION, "15m", "datetime.timedelta(seconds=900)" },
    { DURATION, "1h30m", "datetime.timedelta(seconds=5400)" },
    { DURATION, "250ms", "datetime.timedelta(microseconds=250000)" },
    { DURATION, "1.5h", "datetime.timedelta(seconds=5400)" },
    { DURATION, "2w", "datetime.timedelta(days=14)" },
    { DURATION, "1d 12h", "datetime.timedelta(days=1, seconds=43200)" },
    { DURATION, "3 days, 4:05:06", "datetime.timedelta(days=3, seconds=14706)" },
    { DURATION, "P3D", "datetime.timedelta(days=3)" },
    { DURATION, "-30", "datetime.timedelta(days=-1, seconds=86370)" },
    { LIST, "a,b", "['a', 'b']" },
    { LIST, " a , b ,, ", "['a', 'b']" },
    { LIST, "", "[]" },
    { INTS, "1, 2,3", "[1, 2, 3]" },
    { TUPLE, "(a,b)", "('a', 'b')" },
    { TUPLE, "a", "('a',)" },
    { DICT, "a=1,b=x=y", "{'a': '1', 'b': 'x=y'}" },
    { DICT, "", "{}" },
    { INT_DICT, "a=1, b = 2", "{'a': 1, 'b': 2}" },
    { JSON, "{\"a\": [1, null]}", "{'a': [1, None]}" },
    { JSON, "3", "3" },
    { PATH, "/var/lib", "'/var/lib'" },
    { PATH, "media", "'/srv/media'" },
    { PATH, "~/x", "'/home/ada/x'" },
    { PATH, "~", "'/home/ada'" },
    { TEXT, "a\\nb", "'a\\\\nb'" },
    { LINES, "a\\nb\\r\\nc", "'a\\nb\\nc'" },
    { BYTES, "h\xc3\xa9", "b'h\\xc3\\xa9'" },
};

static void check_reading(const void *row)
{
    const __typeof__(readings[0]) *r = row;
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    fl_label("%s", r->value);
    set("HOME", "/home/ada");
    set("V", r->value);
    fl_value_repr(read_as(r->as), &out);
    fl_expect_text(fl_buf_c(&out), r->expected);
}

FL_TEST(each_type_reads_what_it_should) { fl_table(readings, check_reading); }

static void read_row(void *data) { (void)read_as(*(const type *)data); }

static const struct {
    type as;
    const char *value, *expected;
} refusals[] = {
    { BOOL, "maybe", "V: 'maybe' is not a truth value: true, yes, on, 1, false, no, off or 0" },
    { INT, "", "V: '' is not an integer" },
    { INT, "1.0", "V: '1.0' is not an integer" },
    { INT, "eighty", "V: 'eighty' is not an integer" },
    { INT, "9223372036854775808", "V: '9223372036854775808' is not an integer" },
    { INT, "1__0", "V: '1__0' is not an integer" },
    { INT, "_1", "is not an integer" },
    { FLOAT, "1,5", "V: '1,5' is not a number" },
    { SIZE, "ten", "V: 'ten' is not a size" },
    { SIZE, "-1", "is not a size" },
    { SIZE, "1MX", "is not a size" },
    { SIZE, "1M2", "is not a size" },
    { SIZE, "99999999T", "is not a size" },
    { DURATION, "soon", "V: 'soon' is not a duration" },
    { DURATION, "5x", "is not a duration" },
    { INTS, "1,x", "V: '1,x' is not a list of integers, apart by commas" },
    { DICT, "a", "V: 'a' is not a list of name=value" },
    { JSON, "{a}", "V: '{a}' is not JSON (" },
};

static void check_refusal(const void *row)
{
    const __typeof__(refusals[0]) *r = row;

    fl_label("%s", r->value);
    set("V", r->value);
    fl_expect_contains(fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_row, &r->as)->message, r->expected);
}

FL_TEST(a_bad_value_is_an_error_that_names_variable_value_and_type) { fl_table(refusals, check_refusal); }

FL_TEST(unset_variables_are_their_fallbacks)
{
    fl_expect_text(fl_env("NONE", "x"), "x");
    fl_expect(fl_env("NONE", NULL) == NULL);
    fl_expect(fl_env_bool("NONE", true));
    fl_expect_equal(fl_env_int("NONE", -3), -3);
    fl_expect_equal(fl_env_float("NONE", 0.5), 0.5);
    fl_expect_equal(fl_env_size("NONE", 4096), 4096);
    fl_expect_equal(fl_env_duration("NONE", FL_HOURS(1)), FL_HOURS(1));
    fl_expect_text(fl_env_path("NONE", "/srv"), "/srv");
    fl_expect_equal(fl_env_list("NONE", .fallback = "a,b"), fl_list_of("a", "b"));
    fl_expect_equal(fl_env_dict("NONE", .fallback = "a=1", .of = FL_V_INT), fl_dict_of("a", 1));
    fl_expect_equal(fl_env_json("NONE", .fallback = "[1]"), fl_json_list(1));
    fl_expect(fl_env_json("NONE") == NULL);
    fl_expect_equal(fl_len(fl_env_list("NONE")), 0);
}

static void read_choice(FL_UNUSED void *data) { (void)fl_env("LEVEL", "info", .choices = FL_STRINGS("debug", "info")); }

FL_TEST(text_may_be_one_of_a_choice)
{
    set("LEVEL", "debug");
    fl_expect_text(fl_env("LEVEL", "info", .choices = FL_STRINGS("debug", "info")), "debug");
    set("LEVEL", "loud");
    fl_expect_contains(fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_choice, NULL)->message,
                       "'loud' is not one of debug, info");
}

/* -- sources ----------------------------------------------------------------------------------------------------------------- */

FL_TEST(a_value_may_be_that_of_another_variable)
{
    set("DATABASE_URL", "$LONG_NAME");
    set("LONG_NAME", "$$THIRD");
    set("THIRD", "postgres://h/n");
    fl_expect_text(fl_env("DATABASE_URL", NULL), "$$THIRD");             /* $$ is no reference */
    set("LONG_NAME", "$THIRD");
    fl_expect_text(fl_env("DATABASE_URL", NULL), "postgres://h/n");
    set("PRICE", "\\$5");
    fl_expect_text(fl_env("PRICE", NULL), "$5");
    set("PRICE", "$5");
    fl_expect_text(fl_env("PRICE", NULL), "$5");
}

static void read_text(void *name) { (void)fl_env(name, "fallback"); }

FL_TEST(a_reference_that_leads_nowhere_is_an_error)
{
    set("A", "$B");
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_text, "A");
    fl_expect_text(e->message, "A: it refers to $B, which is not set");
    fl_expect_contains(e->hint, "\\$");
    set("B", "$A");
    fl_expect_text(fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_text, "A")->message, "A: it refers to itself");
}

FL_TEST(a_prefix_is_put_before_all_names)
{
    set("SITE_DEBUG", "1");
    set("SITE_URL", "$OTHER");
    set("SITE_OTHER", "x");
    fl_expect_text(fl_env_prefix("SITE_"), "");
    fl_expect(fl_env_bool("DEBUG", false));
    fl_expect_text(fl_env("URL", NULL), "x");
    set("OTHER", "y");
    fl_expect_text(fl_env("URL", NULL), "y");
    fl_expect_text(fl_env_prefix(""), "SITE_");
    fl_expect(!fl_env_bool("DEBUG", false));
}

FL_TEST(secrets_are_read_from_mounted_files)
{
    project();
    set("SECRET_KEY_FILE", written("key", "s3cret\n"));
    set("FILE_TOKEN", written("token", "t0ken"));
    set("DB_PASSWORD_FILE", written("password", "$not a reference\r\n"));
    fl_expect_text(fl_env_required("SECRET_KEY"), "s3cret");
    fl_expect_text(fl_env("TOKEN", NULL), "t0ken");
    fl_expect_text(fl_env("DB_PASSWORD", NULL), "$not a reference");
    set("SECRET_KEY", "direct");
    fl_expect_text(fl_env_required("SECRET_KEY"), "direct");
}

FL_TEST(a_secret_whose_file_is_gone_is_an_error)
{
    project();
    set("SECRET_KEY_FILE", "/nowhere/key");
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_text, "SECRET_KEY");
    fl_expect_text(e->message,
                   "SECRET_KEY: the file /nowhere/key that SECRET_KEY_FILE names cannot be used: no such file or directory");
    fl_expect_contains(e->hint, "unset SECRET_KEY_FILE");
}

static const char *vault(const char *name, void *data)
{
    ++*(int *)data;
    return fl_text_is(name, "STRIPE_KEY") ? "sk_live" : NULL;
}

FL_TEST(a_provider_is_asked_for_what_is_nowhere_else)
{
    int asked = 0;
    size_t cursor = 0;
    fl_env_entry entry;

    fl_env_forget();
    fl_env_use_provider("vault", vault, &asked);
    fl_expect_text(fl_env_required("STRIPE_KEY"), "sk_live");
    fl_expect(fl_env_next(&cursor, &entry));
    fl_expect_equal((int)entry.source, (int)FL_ENV_PROVIDER);
    fl_expect_text(entry.from, "vault");
    fl_expect_text(fl_env("OTHER", "x"), "x");
    fl_expect_equal(asked, 2);
    set("STRIPE_KEY", "sk_test");
    fl_expect_text(fl_env_required("STRIPE_KEY"), "sk_test");
    fl_expect_equal(asked, 2);
    fl_env_forget();
}

/* -- missing and wrong ------------------------------------------------------------------------------------------------------- */

static void read_required(void *name) { (void)fl_env_required(name); }

FL_TEST(a_missing_variable_stops_with_its_name_and_place)
{
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_required, "DJANGO_SECRET_KEY");

    fl_expect_contains(e->message, "DJANGO_SECRET_KEY: the environment variable is not set (tests/env/env_test.c:");
    fl_expect_contains(e->hint, "DJANGO_SECRET_KEY_FILE");
    fl_expect_text(e->file, "tests/env/env_test.c");
    set("DJANGO_SECRET_KEY", "");
    fl_expect_contains(fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_required, "DJANGO_SECRET_KEY")->message, "is empty");
}

static void together(void *run) { fl_env_together(*(void (**)(void *))run, NULL); }
static void run_fine(FL_UNUSED void *data) { fl_expect(fl_env_bool("NONE", true)); }

static void read_many(FL_UNUSED void *data)
{
    fl_expect_text(fl_env_required("MISSING_ONE"), "");
    fl_expect_equal(fl_env_int("PORT", 8000), 8000);
    (void)fl_env_int("MISSING_TWO", 0, .required = true);
    (void)fl_env_bool("DEBUG", false);
}

FL_TEST(what_is_missing_or_wrong_together_is_one_error)
{
    set("PORT", "http");
    set("DEBUG", "perhaps");
    fl_env_together(run_fine, NULL);
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, together, &(fl_fiber_main *){ read_many });
    fl_expect_text(e->message, "MISSING_ONE and MISSING_TWO are not set; PORT and DEBUG are wrong");
    fl_expect_contains(e->detail, "MISSING_TWO: the environment variable is not set");
    fl_expect_contains(e->detail, "\nPORT: 'http' is not an integer");
    fl_expect(e->cause == NULL);
    set("V", "perhaps");                             /* behind it, each is raised at once again */
    fl_expect_contains(fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_row, &(type){ BOOL })->message, "V: ");
}

static void miss_and_raise(FL_UNUSED void *data)
{
    (void)fl_env_required("MISSING_ONE");
    fl_raise(FL_VALUE_ERROR, "what follows from it");
}

FL_TEST(an_error_behind_something_missing_is_its_cause)
{
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, together, &(fl_fiber_main *){ miss_and_raise });

    fl_expect_contains(e->message, "MISSING_ONE: ");
    fl_expect_text(e->cause->message, "what follows from it");
}

/* -- secrets ----------------------------------------------------------------------------------------------------------------- */

static void read_number(void *name) { (void)fl_env_int(name, 0); }
static void read_database(void *name) { (void)fl_env_database_url(name, NULL); }

FL_TEST(secret_values_are_not_in_errors)
{
    project();
    set("API_NUMBER", "hunter2");
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_number, "API_NUMBER");
    fl_expect_text(e->message, "API_NUMBER: " FL_CLEANSED " is not an integer");
    set("LIMIT", "$API_NUMBER");
    e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_number, "LIMIT");
    fl_expect(strstr(fl_error_report(e), "hunter2") == NULL);
    set("OTHER_FILE", written("other", "hunter2"));
    e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_number, "OTHER");
    fl_expect(strstr(fl_error_report(e), "hunter2") == NULL);
    set("DATABASE_URL", "postgres://ada:hunter2@host:port/name");
    e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_database, "DATABASE_URL");
    fl_expect_contains(e->message, "DATABASE_URL: the value, which is not shown, is not a URL of a database");
    fl_expect(strstr(fl_error_report(e), "hunter2") == NULL);
}

static const struct {
    const char *name;
    bool secret;
} names[] = {
    { "SECRET_KEY", true }, { "stripe_api_id", true }, { "AUTHORIZATION", true }, { "csrftoken", true }, { "Monkey", true },
    { "PASSWD", true },     { "X_SIGNATURE", true },   { "HTTP_COOKIE", true },   { "COOKIE", false },   { "DEBUG", false },
    { "", false },          { "TOKE", false },         { "AP I", false },
};

static void check_name(const void *row)
{
    const __typeof__(names[0]) *n = row;

    fl_label("%s", n->name);
    fl_expect_equal(fl_is_secret_name(n->name), n->secret);
}

FL_TEST(names_of_secrets_are_those_of_django) { fl_table(names, check_name); }

FL_TEST(cleansing_goes_into_lists_and_dicts)
{
    fl_dict *database = fl_dict_of("NAME", "db", "PASSWORD", "x", "OPTIONS", fl_dict_of("sslkey", "y", "n", 1));
    fl_value clean = fl_cleanse("DATABASES",
                                fl_box(fl_dict_of("default", database, "list", fl_list_of(fl_dict_of("token", "z"), 7))));

    fl_expect_text(fl_value_text(clean),
                   "{'default': {'NAME': 'db', 'PASSWORD': '" FL_CLEANSED "', 'OPTIONS': {'sslkey': '" FL_CLEANSED
                   "', 'n': 1}}, 'list': [{'token': '" FL_CLEANSED "'}, 7]}");
    fl_expect_text(fl_value_text(fl_cleanse("SECRET_KEY", fl_box(fl_list_of(1)))), FL_CLEANSED);
    fl_expect_text(fl_value_text(fl_cleanse("LOCATION", fl_box("redis://ada:pw@h:1/0,redis://:pw@h:2/0"))),
                   "redis://ada:" FL_CLEANSED "@h:1/0,redis://:" FL_CLEANSED "@h:2/0");
    fl_expect_text(fl_value_text(fl_cleanse("X", fl_box("http://host:80/a@b"))), "http://host:80/a@b");
}

/* -- the report -------------------------------------------------------------------------------------------------------------- */

FL_TEST(the_report_lists_what_was_read_and_what_is_unused)
{
    project();
    written(".env", "DEBUG=1\nSTALE=hunter2\nBASE=/srv\nMEDIA=${BASE}/media\n");
    set("DEBUG_LEVEL", "x");
    fl_expect(fl_env_load(".env"));
    (void)fl_env_bool("DEBUG", false);
    (void)fl_env_bool("DEBUG", true);
    (void)fl_env("API_KEY", "hunter3");
    (void)fl_env_path("MEDIA", "media");
    (void)fl_env("DEBUG_LEVEL", NULL);
    const char *report = fl_env_report();
    fl_expect_contains(report, "variable     type         default");
    fl_expect_contains(report, "DEBUG        truth value  false                 .env:1       tests/env/env_test.c:");
    fl_expect_contains(report, "API_KEY      text         " FL_CLEANSED "  not set      tests/env/env_test.c:");
    fl_expect_contains(report, "DEBUG_LEVEL  text         -                     environment  tests/env/env_test.c:");
    fl_expect_contains(report, "STALE                                           unused       .env:2\n");
    fl_expect(strstr(report, "hunter") == NULL && strstr(report, "BASE ") == NULL);
    size_t cursor = 0;
    fl_env_entry entry;
    fl_expect(fl_env_next(&cursor, &entry));
    fl_expect_equal(entry.reads, 2);
    fl_env_forget();
    fl_expect(getenv("STALE") == NULL);
}

FL_TEST(the_check_counts_what_is_missing_wrong_or_unused)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16), none = fl_buf_in(fl_arena_here(), 1 << 16);

    project();
    (void)fl_env("HOME", NULL);
    fl_expect_equal(fl_env_check(&none), 0);
    written(".env", "PORT=http\nSTALE=1\n");
    fl_expect(fl_env_load(".env"));
    fl_expect_error(FL_IMPROPERLY_CONFIGURED, read_required, "NEEDED");
    fl_expect_error(FL_IMPROPERLY_CONFIGURED, read_number, "PORT");
    fl_expect_equal(fl_env_check(&out), 3);
    fl_expect_contains(fl_buf_c(&out), ": NEEDED is required and not set\n");
    fl_expect_contains(fl_buf_c(&out), ": PORT cannot be read as its type\n");
    fl_expect_contains(fl_buf_c(&out), ".env:2: STALE is set there and never read\n");
    fl_env_forget();
}

/* -- the project's directory ------------------------------------------------------------------------------------------------- */

FL_TEST(paths_are_below_the_projects_directory)
{
    const char *directory = project();

    fl_expect_text(fl_base_path("templates/blog"), fl_text("%s/templates/blog", directory));
    fl_expect_text(fl_base_path("/etc"), "/etc");
    fl_expect_text(fl_base_path(""), directory);
    fl_expect_text(fl_env_path("NONE", "media"), fl_text("%s/media", directory));
}

FL_TEST(without_being_told_it_is_found_from_the_program)
{
    unsetenv("FLECHE_BASE_DIR");
    fl_base_dir_forget();
    fl_expect_ok(chdir("/"));                       /* from where it is started does not matter */
    fl_expect_equal(access(fl_base_path("meson.build"), F_OK), 0);
    fl_expect(fl_base_dir() == fl_base_dir());
}

static void look(FL_UNUSED void *data) { (void)fl_base_dir(); }

FL_TEST(a_directory_that_is_not_there_is_an_error)
{
    set("FLECHE_BASE_DIR", "/nowhere/at/all");
    fl_base_dir_forget();
    fl_expect_contains(fl_expect_raises(FL_IMPROPERLY_CONFIGURED, look, NULL)->message, "/nowhere/at/all");
}
