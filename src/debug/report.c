/* The reporter in use: the usual one, or a site's own. */
#include "debug/debug.h"

const fl_reporter fl_error_reporter = { .html = fl_reporter_html, .text = fl_reporter_text };

static const fl_reporter *in_use;                    /* one a process; NULL: the usual one */

void fl_use_reporter(const fl_reporter *reporter) { in_use = reporter; }
const fl_reporter *fl_reporter_now(void) { return in_use == NULL ? &fl_error_reporter : in_use; }

const char *fl_report_html(const fl_request *request, const fl_error *error, int status)
{
    const fl_reporter *reporter = fl_reporter_now();
    return (reporter->html != NULL ? reporter->html : fl_reporter_html)(reporter, request, error, status);
}

const char *fl_report_text(const fl_request *request, const fl_error *error, int status)
{
    const fl_reporter *reporter = fl_reporter_now();
    return (reporter->text != NULL ? reporter->text : fl_reporter_text)(reporter, request, error, status);
}
