/* Links to static files, and where files are found. */
#include "site.h"

static const char manifest[] =
    "{\"paths\": {\"css/a.css\": \"css/a.b132f9589593.css\", \"img/x y.png\": \"img/x y.55505ba281b0.png\"}, "
    "\"version\": \"1.1\", \"hash\": \"ebb385977431\"}";

static void link_it(void *name) { (void)fl_static(name); }

FL_TEST(links_have_the_hash_of_the_manifest)
{
    put_file("out/staticfiles.json", manifest);
    set_up(NULL);
    fl_expect_text(fl_static("css/a.css"), "/static/css/a.b132f9589593.css");
    fl_expect_text(fl_static("img/x y.png"), "/static/img/x%20y.55505ba281b0.png");
    fl_expect_text(fl_static("css/a.css?v=1#top"), "/static/css/a.b132f9589593.css?v=1#top");
    fl_expect_text(fl_static("css/"), "/static/css/");
}

FL_TEST(a_name_that_is_not_in_the_manifest_is_an_error_with_the_nearest)
{
    put_file("out/staticfiles.json", manifest);
    set_up(NULL);
    fl_error *error = fl_expect_raises(FL_STATIC_MISSING, link_it, "css/b.css");
    fl_expect_text(error->message, "Missing staticfiles manifest entry for 'css/b.css'");
    fl_expect_text(error->hint, "did you mean 'css/a.css'?");
}

FL_TEST(without_a_manifest_and_in_debug_names_are_as_they_are)
{
    set_up(NULL);
    fl_expect_text(fl_static("css/a.css"), "/static/css/a.css");
    fl_settings_override(static_url, "https://cdn.example/s");
    fl_expect_text(fl_static("a b.css"), "https://cdn.example/s/a%20b.css");
    fl_settings_override(static_url, "static/");
    fl_expect_text(fl_static("a.css"), "/static/a.css");
}

FL_TEST(in_debug_the_manifest_is_not_used)
{
    put_file("out/staticfiles.json", manifest);
    set_up("debug_settings");
    fl_expect_text(fl_static("css/a.css"), "/static/css/a.css");
}

FL_TEST(a_broken_manifest_is_told)
{
    set_up(NULL);
    put_file("out/staticfiles.json", "{\"paths\": {}}");
    fl_error *error = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, link_it, "a.css");
    fl_expect_contains(error->message, "staticfiles.json");
    put_file("out/staticfiles.json", "{");
    fl_expect_error(FL_IMPROPERLY_CONFIGURED, link_it, "a.css");
}

FL_TEST(the_first_directory_has_the_file)
{
    set_up(NULL);
    put_file("assets/a.css", "");
    put_file("more/a.css", "");
    put_file("more/b.css", "");
    put_file("secret", "");
    fl_expect_text(fl_static_find("a.css"), in_test("assets/a.css"));
    fl_expect_text(fl_static_find("b.css"), in_test("more/b.css"));
    fl_expect_equal(fl_len(fl_static_find_all("a.css")), 2);
    fl_expect(fl_static_find("../secret") == NULL && fl_static_find("none") == NULL && fl_static_find("/etc/passwd") == NULL);
    fl_settings_override(staticfiles_finders, fl_list_of("apps"));
    fl_expect(fl_static_find("a.css") == NULL);
}

FL_TEST(checks_find_directories_that_are_missing_or_the_root)
{
    set_up(NULL);
    fl_settings_override(staticfiles_dirs, fl_list_of(in_test("nowhere"), in_test("out")));
    fl_check_register(&fl_staticfiles_check);
    fl_checks *report = fl_checks_run(.tags = FL_STRINGS("staticfiles"));
    fl_check_unregister(&fl_staticfiles_check);
    fl_expect_equal(report->count, 2);
    fl_expect_text(report->items[0].id, "staticfiles.W004");
    fl_expect_contains(report->items[0].text, in_test("nowhere"));
    fl_expect_text(report->items[1].id, "staticfiles.E002");
}
