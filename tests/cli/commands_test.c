/* Command lines of a program: the exit code, what is said, and where. */
#include "commands.h"

/* -- what a command line leads to ------------------------------------------------------------------------------------------ */

#define UNKNOWN_HINT "\nType 'manage help' for usage.\n"
#define STATUS_USAGE "usage: manage status [--code CODE]\n"

typedef struct line { const char *words[8]; int status; const char *out, *err; } line;
static const line lines[] = {
    { { "import_articles", "list.csv", "--dry-run", "-ta", "--tag=b" }, 0, "list.csv 1000 dry ['a', 'b']\n", "" },
    { { "import_articles", "--limit=7", "list.csv" }, 0, "list.csv 7 wet []\n", "" },
    { { "import_articles", "list.csv", "--limit=0" }, 1, "", "CommandError: --limit must be 1 or more\n" },
    { { "status", "--code=3" }, 3, "", "" },
    { { "status", "--code", "x" }, 2, "", STATUS_USAGE "manage status: error: argument --code: 'x' is not a whole number\n" },
    { { "status", "--coed=1" },
      2,
      "",
      STATUS_USAGE "manage status: error: there is no option '--coed=1'; did you mean --code?\n" },
    { { "status", "--ver" }, 2, "", STATUS_USAGE "manage status: error: '--ver' may be --version or --verbosity\n" },
    { { "status", "-v4" }, 2, "", STATUS_USAGE "manage status: error: argument -v/--verbosity: '4' is not one of 0 1 2 3\n" },
    { { "status", "--no-color", "--force-color" }, 1, "", "CommandError: --no-color and --force-color exclude each other\n" },
    { { "hold" }, 1, "", "FL_NOT_FOUND: no article 7\nhint: see ./manage list\n" },
    { { "check" }, 0, "built in\n", "" },
    { { "mirgate" }, 1, "", "Unknown command: 'mirgate'" UNKNOWN_HINT },
    { { "import_artciles", "x" }, 1, "", "Unknown command: 'import_artciles'. Did you mean 'import_articles'?" UNKNOWN_HINT },
    { { "help", "chekc" }, 1, "", "Unknown command: 'chekc'. Did you mean 'check'?" UNKNOWN_HINT },
    { { "hlep" }, 1, "", "Unknown command: 'hlep'. Did you mean 'help'?" UNKNOWN_HINT },
    { { "--settings=x" }, 1, "", "Unknown command: '--settings=x'" UNKNOWN_HINT },
    { { "--version" }, 0, "2.5\n", "" },
    { { "version" }, 0, "2.5\n", "" },
    { { "status", "--version", "--code=x" }, 0, "2.5\n", "" },
    { { "help", "--commands" }, 0, "check\nhold\nimport_articles\nsay\nstatus\n", "" },
};

static void check_line(const void *row)
{
    const line *l = row;

    fl_label("%s %s", l->words[0], l->words[1] == NULL ? "" : l->words[1]);
    said s = manage_with(((fl_commands_options){ .built_in = built_in }), l->words);
    fl_expect_text(s.err, l->err);
    fl_expect_text(s.out, l->out);
    fl_expect_equal(s.status, l->status);
}

FL_TEST(each_command_line_has_its_exit_code_output_and_errors) { fl_table(lines, check_line); }

FL_COMMAND(migrate, "Change the database.", Flag(plan));
static int migrate(const migrate_args *args)
{
    fl_print(args->plan ? "planned\n" : "done\n");
    return 0;
}
FL_COMMAND(closepoll, "Close polls for voting.", Rest(poll_ids, .required = true));
static int closepoll(const closepoll_args *args)
{
    fl_print("closed %s\n", fl_value_text(fl_box(args->poll_ids)));
    return 0;
}
static const fl_command_set with_migrate[] = {
    { "db", FL_COMMANDS(&migrate_command) },
    { "polls", FL_COMMANDS(&closepoll_command) },
    { 0 },
};

FL_TEST(a_misspelt_command_is_answered_with_the_one_that_was_meant)
{
    said s = manage_in(with_migrate, (fl_commands_options){ 0 }, FL_STRINGS("mirgate"));
    said short_one = manage_in(with_migrate, (fl_commands_options){ 0 }, FL_STRINGS("migrte"));

    fl_expect_equal(s.status, 1);
    fl_expect_equal(short_one.status, 1);
    fl_expect_text(short_one.err, "Unknown command: 'migrte'. Did you mean 'migrate'?" UNKNOWN_HINT);
    fl_expect_text(s.err, "Unknown command: 'mirgate'. Did you mean 'migrate'?" UNKNOWN_HINT);
}

FL_TEST(an_app_ships_a_command_that_help_lists_under_it)
{
    fl_expect_text(manage_in(with_migrate, (fl_commands_options){ 0 }, FL_STRINGS("closepoll", "3")).out, "closed ['3']\n");
    fl_expect_equal(manage_in(with_migrate, (fl_commands_options){ 0 }, FL_STRINGS("closepoll")).status, 2);
    fl_expect_contains(manage_in(with_migrate, (fl_commands_options){ 0 }, FL_STRINGS("help")).out,
                       "[polls]\n  closepoll             Close polls for voting.\n");
}

FL_TEST(a_test_captures_what_a_called_command_prints)
{
    fl_commands_use(with_migrate, NULL);
    fl_expect_equal(fl_call_command("migrate", "--plan"), 0);
    fl_expect_text(fl_command_output(), "planned\n");
}

/* -- help ------------------------------------------------------------------------------------------------------------------ */

#define IMPORT_HELP \
    "usage: manage import_articles [--limit LIMIT] [--dry-run]\n" \
    "                              [--tag TAG] ... path\n" \
    "\n" \
    "Import articles from a CSV file.\n" \
    "\n" \
    "Rows that are there already are skipped.\n" \
    "\n" \
    "arguments:\n" \
    "  path                  the file\n" \
    "\n" \
    "options:\n" \
    "  --limit LIMIT         stop after so many rows (default: 1000)\n" \
    "  --dry-run             change nothing\n" \
    "  -t, --tag TAG\n" \
    "\n" \
    "options of every command:\n" \
    "  -h, --help            show this and exit\n" \
    "  --version             show the version and exit\n" \
    "  -v, --verbosity {0,1,2,3}\n" \
    "                        how much is said: 0 nothing, 1 as usual, 2 more,\n" \
    "                        3 everything (default: 1)\n" \
    "  --settings SETTINGS   the settings to use\n" \
    "  --traceback           show where an error was raised\n" \
    "  --no-color            write without colors\n" \
    "  --force-color         write with colors, whoever reads it\n" \
    "  --skip-checks         run no system checks before\n"

FL_TEST(help_about_a_command_is_the_same_however_it_is_asked_for)
{
    fl_expect_text(manage("help", "import_articles").out, IMPORT_HELP);
    fl_expect_text(manage("import_articles", "--help").out, IMPORT_HELP);
    fl_expect_text(manage("import_articles", "--limit=5", "-h").out, IMPORT_HELP);
    fl_expect_equal(manage("import_articles", "--help").status, 0);
}

#define LIST \
    "usage: manage COMMAND ...\n" \
    "\n" \
    "'manage help COMMAND' says what a command takes.\n" \
    "\n" \
    "[blog]\n" \
    "  hold\n" \
    "  import_articles       Import articles from a CSV file.\n" \
    "\n" \
    "[fleche]\n" \
    "  check                 The framework's own.\n" \
    "\n" \
    "[shop]\n" \
    "  say                   Say what the context is.\n" \
    "  status                End with this exit code.\n"

FL_TEST(commands_are_listed_by_app_and_only_those_that_can_be_run)
{
    fl_expect_text(manage().out, LIST);
    fl_expect_text(manage("help").out, LIST);
    fl_expect_text(manage("help", "help").out, LIST);
    fl_expect_text(manage("--help").out, LIST);
    fl_expect_text(manage("-h", "x").out, LIST);
    fl_expect_equal(manage().status, 0);
}

FL_TEST(help_is_wrapped_to_the_width)
{
    said s = manage_with(((fl_commands_options){ .width = 40 }), FL_STRINGS("help"));

    fl_expect_contains(s.out, "  import_articles       Import articles\n                        from a CSV file.\n");
}

FL_TEST(without_a_command_the_default_one_runs)
{
    said s = manage_with(((fl_commands_options){ .default_command = "say" }), FL_STRINGS());

    fl_expect_contains(s.out, "manage shop say v1 -\n");
    fl_expect_equal(s.status, 0);
}

/* -- the options of every command ------------------------------------------------------------------------------------------ */

FL_TEST(the_context_has_what_the_options_say)
{
    fl_expect_contains(manage("say").out, "manage shop say v1 -\n");
    fl_expect_contains(manage("say", "-v3", "--settings", "site.test", "--skip-checks").out,
                       "manage shop say v3 site.test unchecked\n");
    fl_expect(fl_command_here() == NULL);
}

FL_TEST(colors_are_for_terminals_or_whoever_forces_them)
{
    said plain = manage("say"), colored = manage("say", "--force-color"), none = manage("say", "--no-color");

    fl_expect_contains(plain.out, "\ngreen\nhead\n");
    fl_expect_text(plain.err, "careful\nwrong");
    fl_expect_contains(colored.out, "\n\x1b[32;1mgreen\x1b[0m\n\x1b[36;1mhead\x1b[0m\n");
    fl_expect_text(colored.err, "\x1b[33;1mcareful\x1b[0m\n\x1b[31;1mwrong\x1b[0m");
    fl_expect_text(none.err, plain.err);
}

FL_TEST(traceback_shows_the_whole_report)
{
    said s = manage("hold", "--traceback");

    fl_expect_contains(s.err, "FL_NOT_FOUND: no article 7\n  at tests/cli/commands.c:");
    fl_expect_contains(s.err, "  hint: see ./manage list\n");
    fl_expect_equal(s.status, 1);
}

/* -- the hook -------------------------------------------------------------------------------------------------------------- */

static int checks_run;

static void before(const fl_command_context *context)
{
    fl_expect(fl_command_here() == context);
    if (fl_text_is(context->settings, "missing"))
        fl_raise(FL_NOT_FOUND, "no settings %s", context->settings);
    checks_run += !context->skip_checks && !context->command->options.no_checks;
    fl_print("before ");
}

static said manage_hooked(const char *const *words)
{
    return manage_with(((fl_commands_options){ .before = before, .built_in = built_in }), words);
}

FL_TEST(the_hook_runs_before_the_command_and_may_end_it)
{
    fl_expect_text(manage_hooked(FL_STRINGS("import_articles", "x")).out, "before x 1000 wet []\n");
    fl_expect_equal(checks_run, 1);
    fl_expect_text(manage_hooked(FL_STRINGS("check")).out, "before built in\n");
    fl_expect_text(manage_hooked(FL_STRINGS("import_articles", "x", "--skip-checks")).out, "before x 1000 wet []\n");
    fl_expect_equal(checks_run, 1);
    said s = manage_hooked(FL_STRINGS("import_articles", "x", "--settings=missing"));
    fl_expect_text(s.out, "");
    fl_expect_text(s.err, "FL_NOT_FOUND: no settings missing\n");
    fl_expect_equal(s.status, 1);
}

FL_TEST(the_hook_is_for_commands_that_run)
{
    fl_expect_text(manage_hooked(FL_STRINGS("--version")).out, "2.5\n");
    fl_expect_text(manage_hooked(FL_STRINGS("check", "--help")).err, "");
    fl_expect_equal(manage_hooked(FL_STRINGS("status", "--code=x")).status, 2);
    fl_expect_equal(checks_run, 0);
}
