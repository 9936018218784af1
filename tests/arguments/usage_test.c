/* Usage and help, to the letter. */
#include <fleche/arguments.h>
#include <fleche/buf.h>
#include <fleche/test.h>

FL_ARGUMENTS(import, Argument(path, .help = "the file"), Argument(encoding, .default_value = "utf-8"),
             Rest(fields, .help = "columns to take"),
             Int(limit, .short_name = "l", .help = "stop after so many rows", .default_value = "1000"),
             Text(a_rather_long_name, .help = "its help stands on a line of its own, since there is no room beside it",
                  .required = true),
             Flag(dry_run, .short_name = "d", .help = "change nothing"), Flag(color, .default_value = "true"),
             Bool(input, .help = "ask"), Texts(tag), Text(output, .choices = "json xml", .help = "the form"));
FL_ARGUMENTS(common, Stop(help, .short_name = "h", .help = "show this"), Rest(names, .required = true));
FL_ARGUMENTS(nothing, );

static const fl_argument_group both[] = {
    { .arguments = import_arguments },
    { .arguments = common_arguments, .title = "of every command" },
};

static fl_buf scratch(void) { return fl_buf_in(fl_arena_here(), 1 << 16); }

FL_TEST(usage_names_options_then_words_in_lines_of_the_width)
{
    fl_buf out = scratch();

    fl_arguments_usage("manage import", both, 2, 72, &out);
    fl_expect_text(fl_buf_c(&out), "usage: manage import [--limit LIMIT]\n"
                                   "                     --a-rather-long-name A_RATHER_LONG_NAME [--dry-run]\n"
                                   "                     [--no-color] [--input | --no-input] [--tag TAG] ...\n"
                                   "                     [--output {json,xml}] [--help] path [encoding]\n"
                                   "                     [fields ...] names [names ...]\n");
}

FL_TEST(usage_of_nothing_is_the_program_alone)
{
    fl_argument_group group = { .arguments = nothing_arguments };
    fl_buf out = scratch();

    fl_arguments_usage("manage check", &group, 1, 72, &out);
    fl_expect_text(fl_buf_c(&out), "usage: manage check\n");
}

FL_TEST(help_lists_arguments_and_options_in_columns)
{
    fl_buf out = scratch();

    fl_arguments_help(both, 2, 60, &out);
    fl_expect_text(fl_buf_c(&out), "\narguments:\n"
                                   "  path                  the file\n"
                                   "  encoding              (default: utf-8)\n"
                                   "  fields                columns to take\n"
                                   "\noptions:\n"
                                   "  -l, --limit LIMIT     stop after so many rows (default:\n"
                                   "                        1000)\n"
                                   "  --a-rather-long-name A_RATHER_LONG_NAME\n"
                                   "                        its help stands on a line of its\n"
                                   "                        own, since there is no room beside\n"
                                   "                        it (required)\n"
                                   "  -d, --dry-run         change nothing\n"
                                   "  --no-color\n"
                                   "  --input, --no-input   ask\n"
                                   "  --tag TAG\n"
                                   "  --output {json,xml}   the form\n"
                                   "\nof every command:\n"
                                   "  -h, --help            show this\n"
                                   "  names\n");
}

FL_TEST(narrow_terminals_and_wide_characters_are_counted_in_columns)
{
    static const fl_argument wide[] = {
        { .name = "日本", .kind = FL_ARGUMENT_WORD, .options = { .help = "日本 日本 日本 日本\n\n second" } },
        { 0 },
    };
    const fl_argument_group group = { .arguments = wide };
    fl_buf out = scratch();

    fl_arguments_help(&group, 1, 1, &out);
    fl_expect_text(fl_buf_c(&out), "\narguments:\n"
                                   "  日本  日本 日本\n"
                                   "        日本 日本\n"
                                   "\n"
                                   "        second\n");
}
