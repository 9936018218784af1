/* The commands that the tests run. */
#include "commands.h"

FL_COMMAND(import_articles, "Import articles from a CSV file.\n\nRows that are there already are skipped.",
           Argument(path, .help = "the file"), Int(limit, .help = "stop after so many rows", .default_value = "1000"),
           Flag(dry_run, .help = "change nothing"), Texts(tag, .short_name = "t"));

static int import_articles(const import_articles_args *args)
{
    if (args->limit < 1)
        fl_command_fail("--limit must be 1 or more");
    fl_print("%s %lld %s %s\n", args->path, args->limit, args->dry_run ? "dry" : "wet", fl_value_text(fl_box(args->tag)));
    return 0;
}

FL_COMMAND(status, "End with this exit code.", Int(code));
static int status(const status_args *args) { return (int)args->code; }

FL_COMMAND(hold, "", );
static int hold(const hold_args *args)
{
    (void)args;
    fl_error *error = fl_error_new(FL_NOT_FOUND, "no article 7");
    error->hint = "see ./manage list";
    fl_reraise(error);
}

FL_COMMAND(say, "Say what the context is.", Text(only));
static int say(const say_args *args)
{
    const fl_command_context *here = fl_command_here();

    fl_print("%s %s %s v%d %s%s%s\n", here->program, here->app, here->command->name, here->verbosity,
             here->settings == NULL ? "-" : here->settings, here->skip_checks ? " unchecked" : "", here->called ? " called" : "");
    if (args->only != NULL)
        fl_print("only %s\n", args->only);
    fl_print_as(FL_STYLE_SUCCESS, "%s\n", "green");
    fl_print("%s\n", fl_styled(FL_STYLE_HEADING, "head"));
    fl_print_warning("careful\n");
    fl_print_error("wrong");
    return 0;
}

FL_COMMAND(check, "The framework's own.", Options(.no_checks = true));
static int check(const check_args *args)
{
    (void)args;
    fl_print("built in\n");
    return 0;
}

static const fl_command replaced_command = {
    .name = "status", .help = "never seen", .arguments = status_arguments, .run = status_run
};

const fl_command_set blog_and_shop[] = {
    { "shop", FL_COMMANDS(&status_command, &say_command) },
    { "blog", FL_COMMANDS(&import_articles_command, &hold_command) },
    { 0 },
};
const fl_command *const built_in[] = { &check_command, &replaced_command, NULL };

said manage_in(const fl_command_set *sets, fl_commands_options options, const char *const *words)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20), err = out;
    char *line[16] = { (char *)(uintptr_t) "/usr/bin/manage" };
    int count = 1;

    for (; *words != NULL; words++)
        line[count++] = (char *)(uintptr_t)*words;
    options.out = &out;
    options.err = &err;
    options.width = options.width == 0 ? 72 : options.width;
    options.version = "2.5";
    int code = fl_commands_run_(count, line, sets, &options);
    return (said){ code, fl_buf_c(&out), fl_buf_c(&err) };
}
