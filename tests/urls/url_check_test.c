/* The checks of URL tables, by Django's ids. */
#include "tables.h"

FL_URLS(inner, Path("x/", no_view), Path("/y/", no_view), Path("z/", no_view, .name = "a:b"));
FL_URLS(doubtful, Path("/slash/", no_view), Include("^sub/$", inner, .regex_prefix = true), Path("^old$", no_view),
        Include("one/", inner, .namespace = "same"), Include("two/", inner, .namespace = "same"),
        Include("three/", inner, .namespace = "same"));
FL_URLS(fine_inside, Path("d/", no_view));
FL_URLS(fine, Path("", no_view), Path("a/", no_view, .name = "a"), RePath("^b/$", no_view),
        Include("c/", fine_inside, .namespace = "x"));

static size_t count_of(const fl_url_problem *problems, size_t n, const char *id)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        found += fl_text_is(problems[i].id, id);
    return found;
}

FL_TEST(what_is_doubtful_is_found_with_its_place)
{
    const fl_url_problem *problems;
    size_t n = fl_urls_check(&doubtful, &problems);

    fl_expect_equal(count_of(problems, n, "urls.W001"), 1);
    fl_expect_equal(count_of(problems, n, "urls.W002"), 5);          /* "/slash/", and "/y/" in each of four includes */
    fl_expect_equal(count_of(problems, n, "urls.W003"), 4);
    fl_expect_equal(count_of(problems, n, "urls.W005"), 1);          /* once for all three */
    fl_expect_equal(count_of(problems, n, "2_0.W001"), 1);
    fl_expect_text(problems[0].text,
                   "Your URL pattern '/slash/' has a route beginning with a '/'. Remove this slash as it is unnecessary. "
                   "If this pattern is targeted in an include(), ensure the include() pattern has a trailing '/'.");
    fl_expect_contains(problems[0].file, "url_check_test.c");
    fl_expect_equal(problems[0].line, doubtful.routes[0].line);
}

FL_TEST(of_a_table_without_faults_nothing_is_said)
{
    const fl_url_problem *problems;

    fl_expect_equal(fl_urls_check(&fine, &problems), 0);
}
