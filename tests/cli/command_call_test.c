/* Commands called from code, with what they said and what they raised. */
#include "commands.h"

FL_TEST(a_called_command_gets_typed_arguments_and_its_output_is_kept)
{
    fl_commands_use(blog_and_shop, built_in);
    fl_expect_text(fl_command_output(), "");
    fl_expect_equal(fl_call_command("import_articles", "a.md", "--limit", "5"), 0);
    fl_expect_text(fl_command_output(), "a.md 5 wet []\n");
    fl_expect_text(fl_command_errors(), "");
    fl_expect_equal(fl_call_command("status", "--code=9"), 9);
    fl_expect_text(fl_command_output(), "");
    fl_expect_equal(fl_call_command("say"), 0);
    fl_expect_contains(fl_command_output(), "manage shop say v1 - unchecked called\n");
    fl_expect_text(fl_command_errors(), "careful\nwrong");
    fl_expect(fl_command_here() == NULL);
    fl_expect_equal(fl_call_command("status", "--help"), 0);
    fl_expect_contains(fl_command_output(), "usage: manage status");
}

static void call_badly(void *data)
{
    const char *const *words = data;
    (void)fl_call_command_(words[0], words + 1, true);
}

typedef struct bad_call { const char *words[4]; const fl_error_class *is; const char *says; } bad_call;
static const bad_call bad_calls[] = {
    { { "import_articles", "a", "--limit=0" }, &FL_COMMAND_ERROR, "--limit must be 1 or more" },
    { { "import_articles" }, &FL_COMMAND_ERROR, "import_articles: what is missing: path" },
    { { "import_articles", "a", "--dry-rum" },
      &FL_COMMAND_ERROR,
      "import_articles: there is no option '--dry-rum'; did you mean --dry-run?" },
    { { "import" }, &FL_COMMAND_ERROR, "Unknown command: 'import'" },
    { { "statsu" }, &FL_COMMAND_ERROR, "Unknown command: 'statsu'. Did you mean 'status'?" },
    { { "hold" }, &FL_NOT_FOUND, "no article 7" },
};

static void check_bad_call(const void *row)
{
    const bad_call *call = row;

    fl_commands_use(blog_and_shop, built_in);
    fl_label("%s", call->says);
    fl_error *error = fl_expect_raises_(call->is, call_badly, (void *)(uintptr_t)call->words, "the call", __FILE__, __LINE__);
    fl_expect_text(error->message, call->says);
    fl_expect(fl_command_here() == NULL);
}

FL_TEST(a_called_command_raises_to_its_caller) { fl_table(bad_calls, check_bad_call); }

FL_TEST(misuse_has_the_usage_as_its_hint)
{
    fl_commands_use(blog_and_shop, built_in);
    fl_error *error = fl_expect_raises(FL_COMMAND_ERROR, call_badly, ((const char *const[]){ "status", "x", NULL }));
    fl_expect_text(error->hint, "usage: status [--code CODE]");
}

FL_TEST(a_call_before_any_command_is_known_says_so)
{
    fl_error *error = fl_expect_raises(FL_COMMAND_ERROR, call_badly, ((const char *const[]){ "status", NULL }));
    fl_expect_contains(error->hint, "fl_commands_use()");
}

/* -- from inside a command ------------------------------------------------------------------------------------------------- */

FL_COMMAND(outer, "", Flag(fail));
static int outer(const outer_args *args)
{
    if (args->fail)
        return fl_call_command("hold");
    fl_print("%s: ", fl_command_here()->command->name);
    (void)fl_run_command("import_articles", "shown");
    (void)fl_call_command("import_articles", "kept");
    fl_print("%s: %s", fl_command_here()->command->name, fl_command_output());
    return 4;
}
static const fl_command_set outer_sets[] = { { "blog", FL_COMMANDS(&outer_command, &import_articles_command, &hold_command) },
                                             { 0 } };

FL_TEST(a_command_runs_another_as_its_part_or_for_its_output)
{
    fl_commands_use(outer_sets, NULL);
    fl_expect_equal(fl_call_command("outer"), 4);
    fl_expect_text(fl_command_output(), "outer: shown 1000 wet []\nouter: kept 1000 wet []\n");
}

FL_TEST(output_of_a_part_is_that_of_the_whole)
{
    said s = manage_in(outer_sets, (fl_commands_options){ 0 }, FL_STRINGS("outer"));

    fl_expect_equal(s.status, 4);
    fl_expect_text(s.out, "outer: shown 1000 wet []\nouter: kept 1000 wet []\n");
}

FL_TEST(what_an_inner_command_raises_ends_the_outer_one_and_leaves_no_context)
{
    said s = manage_in(outer_sets, (fl_commands_options){ 0 }, FL_STRINGS("outer", "--fail"));

    fl_expect_equal(s.status, 1);
    fl_expect_contains(s.err, "FL_NOT_FOUND: no article 7\n");
    fl_expect(fl_command_here() == NULL);
}
