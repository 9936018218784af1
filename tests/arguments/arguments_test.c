/* Typed values reach their members; what is wrong is said with the argument, the value and what was expected. */
#include <fleche/arguments.h>
#include <fleche/buf.h>
#include <fleche/test.h>

FL_ARGUMENTS(all, Argument(path), Rest(more), Text(name, .short_name = "n"), Texts(tag), Int(limit, .short_name = "l"),
             Float(ratio), Time(since), Data(filter), Flag(publish), Flag(color, .default_value = "true"),
             Bool(input, .default_value = "true"), Stop(help, .short_name = "h"), Text(output, .choices = "json xml"),
             Flag(verbose), Flag(version));

static const char *parse_all(all_args *args, const char *const *words)
{
    const fl_argument_group group = FL_ARGUMENT_GROUP(all, args);

    return fl_arguments_parse(&group, 1, words);
}
#define parse_all(args, ...) parse_all(args, FL_STRINGS(__VA_ARGS__))

FL_TEST(every_kind_reaches_its_member)
{
    all_args args;

    const char *wrong = parse_all(&args, "list.csv", "--name", "ada", "--limit=7", "--ratio=.5", "--since", "2026-11-20T09:30Z",
                                  "b", "--filter={\"a\": [1]}", "--publish", "--no-color", "--no-input", "--tag", "x", "--tag=y",
                                  "c");
    fl_expect_text(wrong, NULL);
    fl_expect_text(args.path, "list.csv");
    fl_expect_text(fl_value_text(fl_box(args.more)), "['b', 'c']");
    fl_expect_text(fl_value_text(fl_box(args.tag)), "['x', 'y']");
    fl_expect_text(args.name, "ada");
    fl_expect_equal(args.limit, 7);
    fl_expect_equal(args.ratio, 0.5);
    fl_expect_text(fl_datetime_text(args.since, FL_ISO_8601), "2026-11-20T09:30:00Z");
    fl_expect_text(fl_json_dump(args.filter), "{\"a\": [1]}");
    fl_expect(args.publish && !args.color && !args.input && !args.help);
}

FL_TEST(what_is_not_given_has_its_default_or_all_bits_zero)
{
    all_args args;

    memset(&args, 0xaa, sizeof args);
    fl_expect_text(parse_all(&args, "p"), NULL);
    fl_expect_equal(fl_len(args.more), (size_t)0);
    fl_expect(args.more != NULL && args.tag != NULL && args.name == NULL && args.limit == 0 && args.filter == NULL);
    fl_expect(args.ratio <= 0 && args.ratio >= 0 && fl_is_none_datetime(args.since));
    fl_expect(!args.publish && args.color && args.input && !args.help);
}

FL_TEST(times_are_in_the_current_zone_and_a_date_is_its_midnight)
{
    all_args args;

    (void)fl_zone_set_here(fl_zone_fixed(7200));
    fl_expect_text(parse_all(&args, "p", "--since=2026-11-20 09:30"), NULL);
    fl_expect_text(fl_datetime_text(args.since, FL_ISO_8601), "2026-11-20T07:30:00Z");
    fl_expect_text(parse_all(&args, "p", "--since=2026-11-20"), NULL);
    fl_expect_text(fl_datetime_text(args.since, FL_ISO_8601), "2026-11-19T22:00:00Z");
}

FL_TEST(the_last_of_several_counts_and_lists_gather)
{
    all_args args;

    fl_expect_text(
        parse_all(&args, "p", "--limit=1", "-l2", "--input", "--no-input", "--tag=a", "--no-input", "--input", "--tag=b"), NULL);
    fl_expect_equal(args.limit, 2);
    fl_expect(args.input);
    fl_expect_text(fl_value_text(fl_box(args.tag)), "['a', 'b']");
}

FL_TEST(a_stop_ends_the_reading_whatever_else_is_wrong)
{
    all_args args;

    fl_expect_text(parse_all(&args, "--unknown", "-h", "--limit=x"), NULL);
    fl_expect(args.help);
    fl_expect_contains(parse_all(&args, "--limit=x", "-h"), "--limit");
}

FL_TEST(forms_that_newer_versions_of_argparse_read)
{
    all_args args;

    fl_expect_text(parse_all(&args, "p", "--ratio", "-1e3", "--limit", "-5"), NULL);
    fl_expect_equal(args.ratio, -1000.0);
    fl_expect_equal(args.limit, -5);
    fl_expect_text(parse_all(&args, "--", "-1", "--", "--name"), NULL);
    fl_expect_text(args.path, "-1");
    fl_expect_text(fl_value_text(fl_box(args.more)), "['--', '--name']");
}

/* -- what is wrong --------------------------------------------------------------------------------------------------------- */

typedef struct bad_line { const char *words[6], *says; } bad_line;
static const bad_line bad_lines[] = {
    { { NULL }, "what is missing: path" },
    { { "p", "--limit", "abc" }, "argument -l/--limit: 'abc' is not a whole number" },
    { { "p", "-l1.5" }, "argument -l/--limit: '1.5' is not a whole number" },
    { { "p", "--limit=" }, "argument -l/--limit: '' is not a whole number" },
    { { "p", "--limit=99999999999999999999" }, "argument -l/--limit: '99999999999999999999' has too many digits" },
    { { "p", "--limit" }, "argument -l/--limit: a whole number is expected behind it" },
    { { "p", "--limit", "--publish" }, "argument -l/--limit: a whole number is expected behind it" },
    { { "p", "--name", "--" }, "argument -n/--name: a text is expected behind it" },
    { { "p", "--ratio", "half" }, "argument --ratio: 'half' is not a number" },
    { { "p", "--since", "soon" }, "argument --since: 'soon' is not a time like 2026-11-20T09:30" },
    { { "p", "--since=2026-02-30T10:00" }, "argument --since: '2026-02-30T10:00' is a time that does not exist" },
    { { "p", "--filter={" }, "argument --filter: '{' is not JSON: " },
    { { "p", "--output=jsn" }, "argument --output: 'jsn' is not one of json xml; did you mean json?" },
    { { "p", "--output" }, "argument --output: one of json xml is expected behind it" },
    { { "p", "--publish=yes" }, "argument --publish: it takes no value" },
    { { "p", "-hn=" }, NULL },
    { { "p", "-hq" }, "argument -h/--help: it takes no value, and '-q' is no option" },
    { { "p", "--pubish" }, "there is no option '--pubish'; did you mean --publish?" },
    { { "p", "--pubish=1" }, "there is no option '--pubish=1'; did you mean --publish?" },
    { { "p", "-publish" }, "there is no option '-publish'; did you mean --publish?" },
    { { "p", "--no-publish" }, "there is no option '--no-publish'; did you mean" },
    { { "p", "-q" }, "there is no option '-q'" },
    { { "--ver", "p" }, "'--ver' may be --verbose or --version" },
    { { "p", "--no" }, "'--no' may be --no-color or --no-input" },
    { { "p", "--color" }, "there is no option '--color'" },
    { { "p", "--name=a", "--limit=\x1b[31m\xff" }, "argument -l/--limit: '\\x1b[31m\xef\xbf\xbd' is not a whole number" },
};

static void check_bad_line(const void *row)
{
    const bad_line *line = row;
    const fl_argument_group group = FL_ARGUMENT_GROUP(all, fl_new_of(all_args));

    fl_label("%s", line->says);
    const char *wrong = fl_arguments_parse(&group, 1, line->words);
    if (line->says == NULL)
        fl_expect_text(wrong, NULL);
    else
        fl_expect(wrong != NULL && fl_starts_with(wrong, line->says));
}

FL_TEST(errors_name_the_argument_the_value_and_what_is_expected) { fl_table(bad_lines, check_bad_line); }

FL_ARGUMENTS(strict, Argument(one), Int(two, .required = true), Texts(three, .required = true));
FL_ARGUMENTS(nothing, );

FL_TEST(all_that_is_missing_is_named_at_once_and_so_is_what_is_too_much)
{
    strict_args args;
    nothing_args none;
    const fl_argument_group group = FL_ARGUMENT_GROUP(strict, &args), empty = FL_ARGUMENT_GROUP(nothing, &none);

    fl_expect_text(fl_arguments_parse(&group, 1, FL_STRINGS("--three=a")), "what is missing: one, --two");
    fl_expect_text(fl_arguments_parse(&group, 1, FL_STRINGS("a", "b", "--two=1")), "'b' is one argument too many");
    fl_expect_text(fl_arguments_parse(&empty, 1, FL_STRINGS()), NULL);
    fl_expect_text(fl_arguments_parse(&empty, 1, FL_STRINGS("x")), "'x' is one argument too many");
}

FL_TEST(long_values_are_shown_cut)
{
    strict_args args;
    const fl_argument_group group = FL_ARGUMENT_GROUP(strict, &args);
    char *word = fl_alloc(100001);

    memset(word, 'x', 100000);
    const char *wrong = fl_arguments_parse(&group, 1, FL_STRINGS("--two", word));
    fl_expect_contains(wrong, "xxx…' is not");
    fl_expect(strlen(wrong) < 200);
}

FL_TEST(groups_share_one_command_line)
{
    strict_args args;
    all_args more;
    const fl_argument_group groups[] = { FL_ARGUMENT_GROUP(strict, &args), FL_ARGUMENT_GROUP(all, &more) };

    fl_expect_text(fl_arguments_parse(groups, 2, FL_STRINGS("a", "--name=ada", "b", "--two=2", "--three=x", "c")), NULL);
    fl_expect_text(args.one, "a");
    fl_expect_text(more.path, "b");
    fl_expect_text(fl_value_text(fl_box(more.more)), "['c']");
    fl_expect(args.two == 2 && fl_text_is(more.name, "ada"));
}

/* -- declarations that make no sense --------------------------------------------------------------------------------------- */

FL_ARGUMENTS(twice, Flag(a_b), Int(x, .short_name = "x"), Flag(y, .short_name = "x"));
FL_ARGUMENTS(long_short, Flag(yes, .short_name = "yes"));
FL_ARGUMENTS(short_word, Argument(path, .short_name = "p"));
FL_ARGUMENTS(bad_default, Int(limit, .default_value = "many"));
FL_ARGUMENTS(bad_choice, Text(output, .default_value = "yaml", .choices = "json xml"));
FL_ARGUMENTS(bad_flag, Flag(on, .default_value = "yes"));
FL_ARGUMENTS(list_default, Rest(paths, .default_value = "a"));
FL_ARGUMENTS(two_rests, Rest(paths), Rest(names));

typedef struct bad_table { const fl_argument *arguments; const char *says; } bad_table;
static const bad_table bad_tables[] = {
    { twice_arguments, "argument y is not the only one named -x" },
    { long_short_arguments, "argument yes has a short name that is not one letter or digit" },
    { short_word_arguments, "argument path is no option" },
    { bad_default_arguments, "argument limit has a default that is none: 'many' is not a whole number" },
    { bad_choice_arguments, "argument output has a default that is none: 'yaml' is not one of json xml" },
    { bad_flag_arguments, "argument on is a flag" },
    { list_default_arguments, "argument paths is a list and has no default" },
    { two_rests_arguments, "argument names cannot take what is left: paths does already" },
};

static void parse_nothing(void *data) { (void)!fl_arguments_parse(data, 1, FL_STRINGS()); }

static void check_bad_table(const void *row)
{
    const bad_table *table = row;
    fl_argument_group group = { .arguments = table->arguments, .into = fl_alloc(256) };

    fl_label("%s", table->says);
    fl_expect_contains(fl_expect_raises(FL_PROGRAMMING_ERROR, parse_nothing, &group)->message, table->says);
}

FL_TEST(declarations_that_make_no_sense_are_refused_with_their_reason) { fl_table(bad_tables, check_bad_table); }
