/* The runner, seen from outside: what the sample program writes and how it ends. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "sample_run.h"

static const char *last_line(const char *text)
{
    size_t size = strlen(text);

    while (size > 0 && text[size - 1] == '\n')
        size--;
    const char *start = memrchr(text, '\n', size);
    start = start == NULL ? text : start + 1;
    return fl_str_c(fl_str_n(start, (size_t)(text + size - start)));
}

static void expect_without(const char *text, const char *part)
{
    if (strstr(text, part) != NULL)
        fl_fail("\"%s\" is in:\n%s", part, text);
}

static const char *only(const char *name) { return fl_text("=sample.%s", name); }

FL_TEST(passing_tests_are_quiet)
{
    sample_run run = run_sample("--filter", "sample.passes");

    fl_expect_equal(run.status, 0);
    fl_expect_text(last_line(run.text), "2 passed, 0 failed, 0 skipped");
    expect_without(run.text, "said by a test");
}

FL_TEST(verbose_shows_names_and_output)
{
    sample_run run = run_sample("--verbose", "--filter", "passes_too");

    fl_expect_contains(run.text, "passed sample.passes_too (");
    fl_expect_contains(run.text, "said by a test that passes\n");
}

/* How one failing test is told; each text is a part of it. */
typedef struct { const char *name, *parts[4]; } telling;
static const telling tellings[] = {
    { "compares_numbers",
      { "FAILED sample.compares_numbers (", ": expected answer == 42\n  left:  41\n  right: 42\n",
        "before the failure\n-- again: ", "sample-tests --filter =sample.compares_numbers --seed" } },
    { "compares_long_texts", { "difference is at line 2, column 80 (byte 160)", "left:  …\"0", "02\"\n", "03\"\n" } },
    { "compares_bytes", { "left:  \"a\\x00\\xff\"", "right: \"a\\x00b\"" } },
    { "compares_with_null", { "left:  NULL", "right: \"text\"" } },
    { "wants_a_part", { "to contain \"more\"\n  it is: \"all <there> & \\x01is\"" } },
    { "wants_success", { "expected -ENOENT to succeed\n  it gave -2: ", "o such file or directory" } },
    { "wants_to_be_near", { "expected 1.0 to be within 0.5 of 2.0\n  left:  1\n  right: 2\n" } },
    { "raises", { "FL_NOT_FOUND: no article\n" } },
    { "wants_an_error", { "expected do_nothing to raise FL_CONFLICT; it raised nothing" } },
    { "wants_another_error", { "to raise FL_CONFLICT; it raised FL_NOT_FOUND: no article" } },
    { "swallows_a_failure", { "deep inside", "0 passed, 1 failed" } },
    { "defers", { "with a reason", "-- output --\ndeferred runs\n" } },
    { "exits", { "sample.exits exited with status 0" } },
    { "should_have_aborted", { "should have been ended by SIGABRT; it came to its end" } },
    { "leaks_a_descriptor", { "1 descriptors are open that were not before the test" } },
    { "leaks_an_arena", { "1 arenas were made and not freed" } },
    { "takes_too_much", { "FL_MEMORY_LIMIT: ", "the arena 'test' over its limit of 10000 bytes" } },
    { "writes_much", { "after all", "line 0 of", "-- and ", " more bytes --" } },
    { "has_a_table", { "numbers[1]: expected at->n % 2 == 1", "the number 3: expected at->n != 3", "behind the table" } },
    { "has_parts", { "outer: inner: in here" } },
    { "logs", { "it was logged" } },
};

static void check_telling(const void *row)
{
    const telling *t = row;
    sample_run run = run_sample("--filter", only(t->name));

    fl_label("%s", t->name);
    fl_expect_equal(run.status, 1);
    fl_expect_text(last_line(run.text), "0 passed, 1 failed, 0 skipped");
    for (size_t i = 0; i < FL_LENGTH(t->parts) && t->parts[i] != NULL; i++)
        fl_expect_contains(run.text, t->parts[i]);
    expect_without(run.text, "never reached");
}

FL_TEST(failures_are_told) { fl_table(tellings, check_telling); }

FL_TEST(a_crash_is_told_with_a_backtrace)
{
    sample_run run = run_sample("--filter", only("crashes"));

    fl_expect_equal(run.status, 1);
    fl_expect_contains(run.text, FL_ASAN ? "was stopped by a sanitizer" : "was ended by SIGSEGV");
    fl_expect_contains(run.text, FL_ASAN ? "AddressSanitizer" : "SIGSEGV (Segmentation fault)\n");
    fl_expect_contains(run.text, "#0 ");
}

FL_TEST(expected_ends_pass)
{
    sample_run run = run_sample("--filter", "by_design", "--filter", "budgets");

    fl_expect_equal(run.status, 0);
    fl_expect_text(last_line(run.text), "4 passed, 0 failed, 0 skipped");
}

FL_TEST(an_allocation_too_many_is_told)
{
    if (FL_ASAN)
        fl_skip("budgets are not judged under AddressSanitizer");
    sample_run run = run_sample("--filter", "allocates_too_often");

    fl_expect_contains(run.text, "expected at most 1 allocations; it took 3");
}

FL_TEST(skipped_tests_are_listed_with_their_reason)
{
    sample_run run = run_sample("--filter", "skips");

    fl_expect_equal(run.status, 0);
    fl_expect_contains(run.text, "skipped sample.skips: needs a moon\n0 passed, 0 failed, 1 skipped\n");
}

static bool is_gone(pid_t pid)
{
    char state[64];
    FILE *file = fopen(fl_text("/proc/%d/stat", pid), "re");
    if (file == NULL)
        return true;
    size_t size = fread(state, 1, sizeof state - 1, file);
    (void)fclose(file);
    state[size] = '\0';
    return size == 0 || strstr(state, ") Z") != NULL;       /* a zombie that whoever adopted it has not reaped */
}

FL_TEST(a_test_that_hangs_is_ended_with_its_children)
{
    sample_run run = run_sample("--filter", "hangs");
    const char *child = strstr(run.text, "child ");

    fl_expect_equal(run.status, 1);
    fl_expect_contains(run.text, "sample.hangs_with_a_child took longer than ");
    fl_expect_contains(run.text, "SIGABRT");
    fl_expect(child != NULL);
    pid_t pid = (pid_t)strtol(child + strlen("child "), NULL, 10);
    while (!is_gone(pid))
        (void)usleep(1000);                          /* killed, but perhaps not yet gone */
}

FL_TEST(temporary_directories_go_even_after_a_crash)
{
    sample_run run = run_sample("--filter", "leaves_files");
    const char *line = strstr(run.text, "directory /");

    fl_expect(line != NULL);
    fl_str rest = fl_str_of(line + strlen("directory ")), path;
    fl_expect(fl_str_cut(&rest, '\n', &path));
    fl_expect_contains(fl_str_c(path), "/fleche-test-");
    fl_expect(access(fl_str_c(path), F_OK) != 0);
}

static const char *order_of(const char *seed)
{
    sample_run run = run_sample("--verbose", "--jobs", "1", "--repeat", "8", "--filter", "sample.passes", "--seed", seed);
    fl_buf order = fl_buf_in(fl_arena_here(), 4096);

    for (const char *at = run.text; (at = strstr(at, "passed sample.")) != NULL; at++)
        fl_buf_add_char(&order, strncmp(at, "passed sample.passes_too", 24) == 0 ? 'b' : 'a');
    return fl_buf_c(&order);
}

FL_TEST(a_seed_repeats_an_order)
{
    const char *first = order_of("7");

    fl_expect_equal(strlen(first), 16);
    fl_expect_text(order_of("7"), first);
    fl_expect(!fl_text_is(order_of("8"), first));
}

FL_TEST(lists_names_in_the_order_of_the_file)
{
    sample_run run = run_sample("--list", "--filter", "sample.passes");

    fl_expect_text(run.text, "sample.passes\nsample.passes_too\n");
}

FL_TEST(runs_in_one_process_for_debuggers)
{
    sample_run run = run_sample("--no-fork", "--filter", "numbers", "--filter", "passes", "--filter", "exits_by_design");

    fl_expect_equal(run.status, 1);
    fl_expect_contains(run.text, "expected answer == 42");
    fl_expect_text(last_line(run.text), "2 passed, 1 failed, 1 skipped");
}

FL_TEST(refuses_what_it_does_not_know)
{
    sample_run run = run_sample("--speed");

    fl_expect_equal(run.status, 2);
    fl_expect_contains(run.text, "unknown option --speed");
    run = run_sample("--jobs", "none");
    fl_expect_equal(run.status, 2);
    fl_expect_contains(run.text, "--jobs takes a whole number of 1 or more, not \"none\"");
    run = run_sample("--help");
    fl_expect_equal(run.status, 0);
    fl_expect_contains(run.text, "--torture-limit");
}

FL_TEST(a_run_of_nothing_fails)
{
    sample_run run = run_sample("--filter", "no such test");

    fl_expect_equal(run.status, 1);
    fl_expect_contains(run.text, "no test has such a name\n0 passed, 0 failed, 0 skipped\n");
}
