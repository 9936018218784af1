/* From what was raised to a response: the page of its status, its line in the log, and the signal for what nobody foresaw. */
#include <fleche/log.h>
#include "web/web.h"

static const fl_debug_pages *debug_pages;            /* one a process: the debug module's */

void fl_use_debug_pages(const fl_debug_pages *pages) { debug_pages = pages; }

/* -- the log ---------------------------------------------------------------------------------------------------------------------------- */

static _Thread_local fl_log_subject subject;         /* nothing waits while a record is written */

fl_log_subject fl_log_subject_now(void) { return subject; }

static void log_request(fl_level level, const char *logger, const fl_request *request, const fl_error *error, int status,
                        const char *message)
{
    const char *line = fl_text("%s %s", request->method, request->full_path);

    subject = (fl_log_subject){ request, error, status };
    fl_log_with(level, logger, FL_PAIRS("status_code", status, "request", line), "%s", message);
    subject = (fl_log_subject){ 0 };
}

static void log_refused(const fl_request *request, const fl_error *error, int status, const char *what)
{
    log_request(FL_WARNING, "fleche.request", request, error, status, fl_text("%s: %s", what, request->path));
}

static void log_suspicious(const fl_request *request, const fl_error *error, int status)
{
    log_request(FL_ERROR, fl_text("fleche.security.%s", error->is->name), request, error, status, error->message);
}

static void log_server_error(const fl_request *request, const fl_error *error, int status)
{
    log_request(FL_ERROR, "fleche.request", request, error, status,
                fl_text("%s: %s\n%s", fl_status_phrase(status), request->path, fl_error_report(error)));
}

/* -- the kinds of errors ------------------------------------------------------------------------------------------------------------------ */

typedef fl_response *page_maker(fl_request *request, fl_error *error, int status);

static bool is_debug(void) { return fl_settings_now()->debug && debug_pages != NULL; }

static fl_response *page_by(fl_error_view *own, fl_error_view *plain, fl_request *request, fl_error *error)
{
    return own != NULL ? own(request, error) : plain(request, error);
}

static const fl_error_handlers *handlers(void)
{
    static const fl_error_handlers none;
    return fl_site_here == NULL || fl_site_here->project->handlers == NULL ? &none : fl_site_here->project->handlers;
}

/* A project that has just been made, asked for its first page. */
static bool is_new_site(const fl_request *request)
{
    const fl_route_line *lines;
    const fl_url_table *table = fl_site_here == NULL ? NULL : fl_site_here->urls;

    return request->urlconf == NULL && fl_text_is(request->path_info, "/") && (table == NULL || fl_urls_list(table, &lines) == 0);
}

static fl_response *not_found(fl_request *request, fl_error *error, int status)
{
    if (is_debug() && debug_pages->welcome != NULL && is_new_site(request))
        return debug_pages->welcome(request);
    log_refused(request, error, status, "Not Found");
    if (is_debug() && debug_pages->not_found != NULL)
        return debug_pages->not_found(request, error);
    return page_by(handlers()->not_found, fl_not_found_page, request, error);
}

static fl_response *forbidden(fl_request *request, fl_error *error, int status)
{
    log_refused(request, error, status, "Forbidden (Permission denied)");
    return page_by(handlers()->permission_denied, fl_permission_denied_page, request, error);
}

static fl_response *bad_request_page(fl_request *request, fl_error *error, int status)
{
    if (is_debug() && debug_pages->server_error != NULL)
        return debug_pages->server_error(request, error, status);
    return page_by(handlers()->bad_request, fl_bad_request_page, request, error);
}

static fl_response *multipart(fl_request *request, fl_error *error, int status)
{
    log_refused(request, error, status, "Bad request (Unable to parse request body)");
    return bad_request_page(request, error, status);
}

static fl_response *suspicious(fl_request *request, fl_error *error, int status)
{
    log_suspicious(request, error, status);
    return bad_request_page(request, error, status);
}

static fl_response *bad_request(fl_request *request, fl_error *error, int status)
{
    log_refused(request, error, status, fl_status_phrase(status));
    return bad_request_page(request, error, status);
}

/* An error class of the application's own with a status below 500: its message is for the client. */
static fl_response *own_status(fl_request *request, fl_error *error, int status)
{
    log_refused(request, error, status, fl_status_phrase(status));
    const char *title = fl_text("%s (%d)", fl_status_phrase(status), status);
    return fl_plain_page(request, status, title, error->message, fl_text("%d.html", status), error);
}

static fl_response *server_error(fl_request *request, fl_error *error, int status)
{
    fl_send(got_request_exception, error, .request = request);
    log_server_error(request, error, status);
    if (fl_settings_now()->debug_propagate_exceptions)
        fl_reraise(error);
    if (is_debug() && debug_pages->server_error != NULL)
        return debug_pages->server_error(request, error, status);
    return page_by(handlers()->server_error, fl_server_error_page, request, error);
}

/* The first class that the error is of decides. */
static const struct {
    const fl_error_class *is;
    page_maker *make;
} kinds[] = {
    { &FL_NOT_FOUND, not_found },
    { &FL_PERMISSION_DENIED, forbidden },
    { &FL_MULTIPART_ERROR, multipart },
    { &FL_SUSPICIOUS_OPERATION, suspicious },
};

static page_maker *maker_of(const fl_error *error, int status)
{
    for (size_t i = 0; i < FL_LENGTH(kinds); i++)
        if (fl_error_is_(error, kinds[i].is))
            return kinds[i].make;
    return status >= 500 ? server_error : status == 400 ? bad_request : own_status;
}

/* -- making it ------------------------------------------------------------------------------------------------------------------------------ */

typedef struct attempt { fl_request *request; fl_error *error; int status; fl_response *response; } attempt;

static void make_page(void *data)
{
    attempt *it = data;
    it->response = maker_of(it->error, it->status)(it->request, it->error, it->status);
}

fl_response *fl_error_response(fl_request *request, fl_error *error)
{
    attempt it = { .request = request, .error = error, .status = fl_error_status(error) };

    if (fl_error_is(error, FL_CANCELLED) || fl_error_is(error, FL_REQUEST_ABORTED))
        fl_reraise(error);                           /* nobody will see an answer */
    if (it.status < 400 || it.status > 599)
        it.status = 500;
    fl_error *second = fl_protect(make_page, &it);
    if (second == NULL && it.response != NULL)
        return it.response;
    if (second == NULL)
        second = fl_error_new(FL_VALUE_ERROR, "the handler of status %d returned no response", it.status);
    if (fl_error_is(second, FL_CANCELLED) || fl_settings_now()->debug_propagate_exceptions)
        fl_reraise(second);
    log_server_error(request, second, 500);          /* the page itself went wrong: the plain one cannot */
    return fl_plain_page(request, 500, "Server Error (500)", "", NULL, second);
}
