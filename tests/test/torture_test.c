/* Torture finds what only happens without memory. */
#include "sample_run.h"

static sample_run torture(const char *name)
{
    return run_sample("--torture", "--verbose", "--filter", fl_text("=sample.%s", name));
}

FL_TEST(a_careful_test_survives)
{
    sample_run run = torture("survives_torture");

    fl_expect_equal(run.status, 0);
    fl_expect_contains(run.text, "passed sample.survives_torture");
    fl_expect_contains(run.text, ", 6 allocations failed\n");
}

FL_TEST(an_unchecked_allocation_is_found)
{
    sample_run run = torture("forgets_a_check");

    fl_expect_equal(run.status, 1);
    fl_expect_contains(run.text, "with allocation 2 failing:\n");
    fl_expect_contains(run.text, " --fail-allocation 2\n");
}

FL_TEST(a_single_allocation_can_be_failed_again)
{
    sample_run run = run_sample("--fail-allocation", "2", "--filter", "forgets_a_check");

    fl_expect_equal(run.status, 1);
    fl_expect_contains(run.text, FL_ASAN ? "stopped by a sanitizer" : "SIGSEGV");
    run = run_sample("--fail-allocation", "3", "--filter", "forgets_a_check");
    fl_expect_equal(run.status, 0);
}

FL_TEST(a_leak_on_the_way_out_is_found)
{
    sample_run run = torture("loses_an_arena_without_memory");

    fl_expect_equal(run.status, 1);
    fl_expect_contains(run.text, "1 arenas were made and not freed");
}

FL_TEST(another_error_than_out_of_memory_is_found)
{
    sample_run run = torture("mistakes_want_of_memory");

    fl_expect_equal(run.status, 1);
    fl_expect_contains(run.text, "with allocation 1 failing:\n");
    fl_expect_contains(run.text, "FL_NOT_FOUND: no such thing");
}

FL_TEST(a_crash_behind_the_end_is_found)
{
    sample_run run = torture("crashes_at_exit_without_memory");

    fl_expect_equal(run.status, 1);
    fl_expect_contains(run.text, "came to its end, but its process was ended by SIGABRT");
}

FL_TEST(fibers_that_outlive_the_body_are_tortured_too)
{
    sample_run run = torture("leaves_a_fiber_that_forgets_a_check");

    fl_expect_equal(run.status, 1);
    fl_expect_contains(run.text, FL_ASAN ? "stopped by a sanitizer" : "SIGSEGV");
}

FL_TEST(to_skip_for_want_of_memory_is_not_the_end)
{
    sample_run run = torture("gives_up_without_memory");

    fl_expect_equal(run.status, 1);
    fl_expect_contains(run.text, "with allocation 2 failing:\n");
}

FL_TEST(marked_tests_are_left_out)
{
    sample_run run = torture("is_not_for_torture");

    fl_expect_equal(run.status, 1);
    fl_expect_contains(run.text, "0 passed, 0 failed, 0 skipped");
}
