/* .env files: python-dotenv's answers, what Flèche has beyond them, and how a file gets into the environment. */
#include <fleche/test.h>
#include "../codec/vectors.h"
#include "project.h"

/* -- reading ----------------------------------------------------------------------------------------------------------------- */

static const char *told(const fl_dict *dict)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    fl_value_repr(fl_box(dict), &out);
    return fl_buf_c(&out);
}

static void check_vector(const vector *v)
{
    fl_env_load_options options = { .override = vector_int(v, 1) == 1 };
    fl_errors *errors = fl_errors_new();
    fl_dict *expected = fl_dict_new();

    for (size_t i = 3; i + 1 < v->count; i += 2)
        if (fl_str_equal(v->fields[i + 1], fl_lit("-")))
            fl_dict_put(expected, v->fields[i], FL_NONE_VALUE);
        else
            fl_dict_put(expected, v->fields[i], fl_str_slice(v->fields[i + 1], 1, SIZE_MAX));
    fl_dict *read = fl_dotenv_read(v->fields[0], ".env", &options, errors);
    fl_expect_text(told(read), told(expected));
    fl_expect_equal(errors->count, vector_int(v, 2));
}

FL_TEST(every_file_reads_as_python_dotenv_reads_it)
{
    set("OUT", "side");
    set("a", "outer");
    each_vector("env_files", check_vector);
}

/* Backquotes, and what later versions of python-dotenv read otherwise than the one the vectors are of. */
static const struct {
    const char *text, *expected;
} own[] = {
    { "a=`b c`", "{'a': 'b c'}" },
    { "a=`it's \"quoted\" \\n`  # c", "{'a': 'it\\'s \"quoted\" \\\\n'}" },
    { "a=`b\nc`\nd=e", "{'a': 'b\\nc', 'd': 'e'}" },
    { "a=`b` c", "{'a': '`b` c'}" },
    { "a=`b\nc=d", "{'a': '`b', 'c': 'd'}" },
    { "a= #c", "{'a': ''}" },
    { "a=  # comment\nb=1", "{'a': '', 'b': '1'}" },
    { "\xef\xbb\xbf"
      "a=b",
      "{'a': 'b'}" },
};

static void check_own(const void *row)
{
    const __typeof__(own[0]) *o = row;
    fl_errors *errors = fl_errors_new();

    fl_label("%s", o->text);
    fl_expect_text(told(fl_dotenv_read(fl_str_of(o->text), ".env", NULL, errors)), o->expected);
    fl_expect_equal(errors->count, 0);
}

FL_TEST(backquotes_and_comments_for_values) { fl_table(own, check_own); }

static const struct {
    const char *text, *at, *message;
} faults[] = {
    { "a=1\nb: 2", ".env:2", "there is no = behind the name" },
    { "\n\na=\"1\nb=2", ".env:3", "a quote is not closed" },
    { "a='1' 2", ".env:1", "there is something behind the closing quote" },
    { "=1", ".env:1", "there is no name" },
    { "'a=1", ".env:1", "the quote of a name is not closed" },
    { "'a=b'=1", ".env:1", "a name has a = in it" },
    { "a=1\nb=\xff", ".env:2", "this is not UTF-8" },
};

static void check_fault(const void *row)
{
    const __typeof__(faults[0]) *f = row;
    fl_errors *errors = fl_errors_new();

    fl_label("%s", f->text);
    (void)fl_dotenv_read(fl_str_of(f->text), ".env", NULL, errors);
    fl_expect_equal(errors->count, 1);
    fl_expect_text(errors->items[0].field, f->at);
    fl_expect_text(errors->items[0].message, f->message);
}

FL_TEST(faults_have_path_and_line) { fl_table(faults, check_fault); }

FL_TEST(a_nul_byte_is_a_fault)
{
    fl_errors *errors = fl_errors_new();

    (void)fl_dotenv_read(fl_lit("a=1\0002"), ".env", NULL, errors);
    fl_expect_text(fl_errors_first(errors, ".env:1"), "there is a NUL byte");
}

FL_TEST(values_that_double_each_line_end_at_the_limit)
{
    fl_buf text = fl_buf_in(fl_arena_here(), 1 << 16);
    fl_errors *errors = fl_errors_new();

    fl_buf_add_c(&text, "v0=0123456789abcdef\n");
    for (int i = 1; i < 20; i++)
        fl_buf_format(&text, "v%d=${v%d}${v%d}\n", i, i - 1, i - 1);
    fl_dict *read = fl_dotenv_read(fl_buf_str(&text), ".env", NULL, errors);
    fl_expect_equal(fl_dict_get(read, fl_lit("v12")).text.size, 65536);
    fl_expect_text(fl_errors_first(errors, ".env:14"), "the value is too long");
}

FL_TEST(a_file_that_is_none_complains_a_few_times_only)
{
    fl_buf text = fl_buf_in(fl_arena_here(), 1 << 20);
    fl_errors *errors = fl_errors_new();

    for (int i = 0; i < 10000; i++)
        fl_buf_add_c(&text, "no statement\n");
    (void)fl_dotenv_read(fl_buf_str(&text), ".env", NULL, errors);
    fl_expect_equal(errors->count, 20);
}

/* -- loading ----------------------------------------------------------------------------------------------------------------- */

FL_TEST(a_file_is_set_in_the_environment)
{
    project();
    written(".env", "export FIRST='1'\nSECOND=\"${FIRST}2\"\nBARE\n");
    fl_expect(fl_env_load(".env"));
    fl_expect_text(getenv("FIRST"), "1");
    fl_expect_text(getenv("SECOND"), "12");
    fl_expect(getenv("BARE") == NULL);
}

FL_TEST(the_real_environment_wins_unless_asked)
{
    project();
    set("SHARED", "real");
    written(".env", "SHARED=file\nREFERS=${SHARED}\n");
    fl_expect(fl_env_load(".env"));
    fl_expect_text(getenv("SHARED"), "real");
    fl_expect_text(getenv("REFERS"), "real");
    fl_expect(fl_env_load(".env", .override = true));
    fl_expect_text(getenv("SHARED"), "file");
    fl_expect_text(getenv("REFERS"), "file");
}

FL_TEST(of_two_files_the_first_wins)
{
    project();
    written(".env.local", "A=local\n");
    written(".env", "A=shared\nB=shared\n");
    fl_expect(fl_env_load(".env.local"));
    fl_expect(fl_env_load(".env"));
    fl_expect_text(getenv("A"), "local");
    fl_expect_text(getenv("B"), "shared");
}

FL_TEST(references_stay_as_written_if_asked)
{
    project();
    written(".env", "A=${B:-c}\n");
    fl_expect(fl_env_load(".env", .literal = true));
    fl_expect_text(getenv("A"), "${B:-c}");
}

FL_TEST(no_such_file_is_no_error_unless_required)
{
    project();
    fl_expect(!fl_env_load(".env"));
    fl_expect(!fl_env_load(".env/below"));
}

static void load_required(void *path) { (void)fl_env_load(path, .required = true); }
static void load(void *path) { (void)fl_env_load(path); }

FL_TEST(a_required_file_is_named)
{
    const char *directory = project();
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, load_required, ".env");

    fl_expect_contains(e->message, fl_text("%s/.env", directory));
    fl_expect_contains(e->message, "no such file");
}

FL_TEST(a_directory_is_no_file_of_variables)
{
    project();
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, load, ".");
    fl_expect_contains(e->message, "cannot be read");
}

FL_TEST(a_file_with_a_fault_sets_nothing_and_shows_no_value)
{
    project();
    written(".env", "A=1\nTOKEN='hunter2\n");
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, load, ".env");
    fl_expect_text(e->message, ".env:2: a quote is not closed");
    fl_expect(getenv("A") == NULL);
    fl_expect(strstr(fl_error_report(e), "hunter2") == NULL);
}

FL_TEST(all_faults_of_a_file_are_told_at_once)
{
    project();
    written(".env", "a b\nA=1\nc d\n");
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, load, ".env");
    fl_expect_contains(e->message, ".env:1 and .env:3 cannot be read");
    fl_expect_contains(e->detail, ".env:3: there is no = behind the name");
}

FL_TEST(a_file_that_is_too_large_is_refused)
{
    project();
    char *text = fl_alloc((1 << 20) + 100);
    memset(text, '#', (1 << 20) + 50);
    written(".env", text);
    fl_error *e = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, load, ".env");
    fl_expect_contains(e->message, "too large");
}

FL_TEST(loading_again_sees_what_was_changed_and_taken_out)
{
    project();
    set("REAL", "real");
    written(".env", "A=1\nB=${A}\nGONE=x\nREAL=file\n");
    fl_expect(fl_env_load(".env", .override = true));
    fl_expect_text(getenv("REAL"), "file");
    written(".env", "A=2\nB=${A}\n");
    fl_expect(fl_env_load(".env"));
    fl_expect_text(getenv("B"), "2");
    fl_expect(getenv("GONE") == NULL);
    fl_expect_text(getenv("REAL"), "real");
}
