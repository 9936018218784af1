/* collectstatic and findstatic from the command line, and when a development server serves static files. */
#include "../staticfiles/site.h"
#include <fleche/manage.h>
#include "manage/manage.h"

static void know_commands(void)
{
    static const fl_command *const commands[] = { &fl_manage_collectstatic_command, &fl_manage_findstatic_command, NULL };
    static const fl_command_set sets[] = { { "manage", commands }, { 0 } };

    fl_commands_use(sets, NULL);
}

FL_TEST(collectstatic_says_what_it_did)
{
    set_up(NULL);
    know_commands();
    put_file("assets/css/a.css", "a{background:url(../x.png)}");
    put_file("assets/x.png", "PNG");
    put_file("assets/x.scss", "");
    fl_expect_equal(fl_call_command("collectstatic", "--noinput", "--ignore", "*.scss"), 0);
    fl_expect_text(fl_command_output(), fl_text("\n2 static files copied to '%s', 2 post-processed.\n", in_test("out")));
    fl_expect(is_there("out/staticfiles.json"));
    fl_expect_equal(fl_call_command("collectstatic", "--no-input", "-i", "*.scss"), 0);
    fl_expect_text(fl_command_output(), fl_text("\n0 static files copied to '%s', 2 unmodified.\n", in_test("out")));
}

FL_TEST(collectstatic_only_pretends_in_a_dry_run)
{
    set_up(NULL);
    know_commands();
    put_file("assets/a.txt", "a");
    fl_expect_equal(fl_call_command("collectstatic", "-n", "--no-post-process"), 0);
    fl_expect_contains(fl_command_output(), fl_text("Pretending to copy '%s'", in_test("assets/a.txt")));
    fl_expect(!is_there("out/a.txt"));
}

FL_TEST(findstatic_shows_all_or_the_first)
{
    set_up(NULL);
    know_commands();
    put_file("assets/a.txt", "");
    put_file("more/a.txt", "");
    fl_expect_equal(fl_call_command("findstatic", "a.txt"), 0);
    fl_expect_text(fl_command_output(),
                   fl_text("Found 'a.txt' here:\n  %s\n  %s\n", in_test("assets/a.txt"), in_test("more/a.txt")));
    fl_expect_equal(fl_call_command("findstatic", "--first", "a.txt", "-v", "2"), 0);
    fl_expect_text(fl_command_output(), fl_text("Found 'a.txt' here:\n  %s\nLooking in the following locations:\n  %s\n  %s\n",
                                                in_test("assets/a.txt"), in_test("assets"), in_test("more")));
    fl_expect_equal(fl_call_command("findstatic", "none"), 1);
    fl_expect_contains(fl_command_errors(), "No matching file found for 'none'.");
}

FL_TEST(a_development_server_serves_static_files_in_debug)
{
    set_up("debug_settings");
    fl_expect(fl_manage_handler(false, false) == fl_staticfiles_answer);
    fl_expect(fl_manage_handler(true, false) == fl_answer);
    fl_expect(fl_manage_handler(true, true) == fl_answer);
}

FL_TEST(without_debug_static_files_must_be_asked_for)
{
    set_up(NULL);
    fl_expect(fl_manage_handler(false, false) == fl_answer);
    fl_expect(fl_manage_handler(false, true) == fl_staticfiles_answer);
    put_file("assets/x.css", "x");
    fl_expect_text(body_of(fl_manage_handler(false, true)(request_for("GET", "/static/x.css", NULL, NULL), NULL)), "x");
}
