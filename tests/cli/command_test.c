/* The declaration: what the macro makes, and what a compiler says of mistakes in it. */
#include <fleche/buf.h>
#include <fleche/cli.h>
#include <fleche/test.h>
#include <stdio.h>

FL_COMMAND(import_list, "Import articles from a CSV file.", Argument(path, .help = "the file"),
           Int(limit, .help = "stop after so many rows", .default_value = "1000"), Flag(dry_run, .help = "change nothing"),
           Options(.no_checks = true));

static const import_list_args *seen;

static int import_list(const import_list_args *args)
{
    seen = args;
    if (args->limit < 1)
        fl_command_fail("--limit must be 1 or more");
    fl_print("done\n");
    return 0;
}

static const fl_command_set import_sets[] = { { "blog", FL_COMMANDS(&import_list_command) }, { 0 } };

FL_TEST(a_typed_struct_reaches_the_function)
{
    fl_commands_use(import_sets, NULL);
    fl_expect_equal(fl_call_command("import_list", "list.csv", "--dry-run"), 0);
    fl_expect_text(seen->path, "list.csv");
    fl_expect(seen->limit == 1000 && seen->dry_run);
    fl_expect_text(fl_command_output(), "done\n");
}

FL_TEST(the_table_has_name_help_place_and_arguments)
{
    const fl_command *c = &import_list_command;

    fl_expect_text(c->name, "import_list");
    fl_expect(fl_starts_with(c->help, "Import articles from a CSV file."));
    fl_expect(fl_str_ends(fl_str_of(c->file), fl_lit("tests/cli/command_test.c")) && c->line > 0);
    fl_expect_equal(c->count, (size_t)3);
    fl_expect_equal(c->size, sizeof(import_list_args));
    fl_expect_text(c->arguments[2].name, "dry_run");
    fl_expect_text(c->arguments[2].options.help, "change nothing");
    fl_expect_equal(c->arguments[1].offset, offsetof(import_list_args, limit));
    fl_expect(c->arguments[3].name == NULL);
    fl_expect(c->options.no_checks && !c->options.no_loop);
}

typedef struct snippet { const char *code, *says; } snippet;     /* says NULL: it compiles */
#define RUN "static int import(const import_args *args) { (void)args; return 0; }"

static const snippet snippets[] = {
    { "FL_COMMAND(import, \"\", Argument(path, .help = \"the file\"), Int(limit), Flag(dry_run),);" RUN, NULL },
    { "FL_COMMAND(import, \"\", );" RUN, NULL },
    { "FL_COMMAND(import, \"\", Int(limit, .hlep = \"x\"));" RUN, "hlep" },
    { "FL_COMMAND(import, \"\", Int(limit, .default_value = 5));" RUN, "default_value" },
    { "FL_COMMAND(import, \"\", Integer(limit));" RUN, "FL_KT_Integer" },
    { "FL_COMMAND(import, \"\", Options(.no_check = true));" RUN, "no_check" },
    { "FL_COMMAND(import, \"\", Int(limit));"
      "static int import(const import_args *args) { return args->limits > 1; }",
      "limits" },
    { "FL_COMMAND(import, \"\", Int(limit)); static int import(void) { return 0; }", "conflicting types" },
    { "FL_COMMAND(import, \"\", Int(limit));", "import" },
};

static void check_snippet(const void *row)
{
    const snippet *s = row;
    const char *path = fl_text("%s/snippet.c", fl_test_directory());
    fl_buf all = fl_buf_in(fl_arena_here(), 1 << 20);
    char text[1024];

    fl_label("%s", s->code);
    FILE *source = fopen(path, "w");
    fl_expect(source != NULL && fprintf(source, "#include <fleche/cli.h>\n%s\n", s->code) > 0);
    fl_expect(fclose(source) == 0);
    FILE *compiler = popen(
        fl_text("cc -std=gnu17 -Wall -Wextra -Werror -fsyntax-only -I '%s' '%s' 2>&1", fl_test_file("../include"), path), "r");
    fl_expect(compiler != NULL);
    while (fgets(text, sizeof text, compiler) != NULL)
        fl_buf_add_c(&all, text);
    int code = pclose(compiler);
    if (s->says == NULL) {
        fl_expect_text(fl_buf_c(&all), "");
        fl_expect_equal(code, 0);
        return;
    }
    fl_expect(code != 0);
    fl_expect_contains(fl_buf_c(&all), s->says);
}

FL_TEST(misspelt_options_and_members_do_not_compile,
        .no_torture = true) /* compiling is slow, and it is not ours that allocates */
{
    fl_table(snippets, check_snippet);
}
