/* The JUnit report: well-formed whatever a test says, and complete. */
#include "sample_run.h"

/* Tags nest, text has no bare "<" or "&", there are no control characters: enough of a parser to trust the report. */
static void expect_well_formed(const char *xml)
{
    fl_vec(fl_str) open = { 0 };

    for (const char *at = xml; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 && *at != '\n' && *at != '\t')
            fl_fail("a control character at byte %td", at - xml);
        if (*at == '&' && strncmp(at, "&lt;", 4) != 0 && strncmp(at, "&gt;", 4) != 0 && strncmp(at, "&amp;", 5) != 0 &&
            strncmp(at, "&quot;", 6) != 0 && strncmp(at, "&#13;", 5) != 0)
            fl_fail("a bare & at byte %td", at - xml);
        if (*at != '<')
            continue;
        const char *end = strchr(at, '>');
        fl_expect(end != NULL);
        fl_str tag = { at + 1, (size_t)(end - at - 1) };
        fl_expect(!fl_str_find(tag, fl_lit("<"), NULL));
        fl_str name = { tag.data, strcspn(tag.data, " />\n") };
        if (tag.data[0] == '/') {
            fl_expect(open.count > 0);
            fl_expect_bytes(fl_str_slice(tag, 1, SIZE_MAX), fl_vec_pop(&open));
        } else if (tag.data[0] != '?' && end[-1] != '/') {
            fl_vec_push(&open, name);
        }
        at = end;
    }
    fl_expect_equal(open.count, 0);
}

FL_TEST(the_report_is_complete_and_well_formed)
{
    const char *path = fl_text("%s/report.xml", fl_test_directory());
    sample_run run = run_sample("--junit", path, "--filter", "wants_a_part", "--filter", "passes_too", "--filter", "skips");
    const char *xml = read_text(path);

    fl_expect_equal(run.status, 1);
    expect_well_formed(xml);
    fl_expect_contains(xml, "<testsuite name=\"sample-tests\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\" time=\"");
    fl_expect_contains(xml, "<testcase classname=\"sample\" name=\"wants_a_part\" file=\"tests/test/sample/sample_test.c\" ");
    fl_expect_contains(xml, "all &lt;there&gt; &amp; ");
    fl_expect_contains(xml, "<skipped message=\"needs a moon\"/>");
    fl_expect_contains(xml, "<system-out>said by a test that passes\n</system-out>");
}

FL_TEST(a_report_that_cannot_be_written_fails_the_run)
{
    sample_run run = run_sample("--junit", "/nowhere/report.xml", "--filter", "passes_too");

    fl_expect_equal(run.status, 1);
    fl_expect_contains(run.text, "/nowhere/report.xml: ");
}
