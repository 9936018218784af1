/* Pages for developers, and what makes a process show them. */
#include <fleche/error.h>
#include "debug/debug.h"

bool fl_wants_html(const fl_request *request) { return !fl_is_ajax(request) && fl_accepts(request, "text/html"); }

fl_response *fl_debug_response(const fl_request *request, const char *html, const char *text, int status)
{
    fl_response *response = html != NULL ? fl_html_response(html, .status = status)
                                         : fl_text_response(text, .status = status, .content_type = "text/plain; charset=utf-8");

    (void)request;
    /* its style stands in it, and no policy of the site is for it */
    response->marks |= FL_CSP_EXEMPT | FL_CSP_REPORT_EXEMPT;
    fl_vary_on(response, "Accept", "X-Requested-With");
    return response;
}

static fl_response *server_error(fl_request *request, fl_error *error, int status)
{
    if (fl_wants_html(request))
        return fl_debug_response(request, fl_report_html(request, error, status), NULL, status);
    return fl_debug_response(request, NULL, fl_report_text(request, error, status), status);
}

void fl_debug_install(void)
{
    static const fl_debug_pages pages = { .server_error = server_error,
                                          .not_found = fl_debug_not_found,
                                          .welcome = fl_debug_welcome };
    const fl_settings *settings = fl_settings_now();

    fl_use_debug_pages(&pages);
    fl_backtraces(settings->debug);
    if (settings->logging == NULL)
        fl_debug_log();
}
