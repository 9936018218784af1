/* The benchmarks' harness, seen from outside. */
#include "sample_run.h"

FL_TEST(a_pair_gives_a_ratio)
{
    const char *path = fl_text("%s/figures.json", fl_test_directory());
    sample_run run = run_bench("--rounds", "3", "--filter", "quarter", "--json", path);
    const char *json = read_text(path);

    fl_expect_equal(run.status, 0);
    fl_expect_contains(run.text, "quarter");
    fl_expect_contains(run.text, "2x faster");
    fl_expect_contains(json, "\"name\": \"quarter\", \"unit\": \"operation\", \"rounds\": 3, \"judged_by\": \"cpu\"");
    fl_expect_contains(json, "\"peer_name\": \"four_steps\"");
    const char *ratio = strstr(json, "\"ratio\": {\"median\": ");
    fl_expect(ratio != NULL);
    fl_str number = fl_str_of(ratio + strlen("\"ratio\": {\"median\": "));
    double median;
    fl_expect(fl_str_double(fl_str_n(number.data, strcspn(number.data, ",")), &median));
    fl_expect(median > 1.5);                         /* four times the work, on whatever machine */
}

FL_TEST(targets_are_judged)
{
    sample_run run = run_bench("--rounds", "1", "--filter", "=alone", "--check");

    fl_expect_equal(run.status, 0);
    fl_expect_contains(run.text, "<= 1e+09 ns  ok\n");
    run = run_bench("--rounds", "1", "--filter", "=hopeless");
    fl_expect_equal(run.status, 0);
    fl_expect_contains(run.text, "<= 0.001 ns  MISSED\n");
    run = run_bench("--rounds", "1", "--filter", "=hopeless", "--check");
    fl_expect_equal(run.status, 1);
}

FL_TEST(an_error_in_a_benchmark_is_told)
{
    sample_run run = run_bench("--filter", "breaks", "--filter", "sleeps");

    fl_expect_equal(run.status, 0);
    fl_expect_contains(run.text, "failed: FL_NOT_FOUND: no data to measure with");
    fl_expect_contains(run.text, "sleeps ");
}

FL_TEST(names_are_listed_in_the_order_of_the_file)
{
    sample_run run = run_bench("--list", "--filter", "quarter", "--filter", "alone");

    fl_expect_text(run.text, "alone\nquarter\n");
}
