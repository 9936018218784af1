/* The pages of errors for everybody: a template of the site if it has one (404.html …), else a few lines of HTML, as Django sends them. */
#include <fleche/html.h>
#include "web/web.h"

static fl_response *from_text(int status, const char *title, const char *details)
{
    const char *html = fl_text("\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>%s</title>\n</head>\n<body>\n"
                               "  <h1>%s</h1><p>%s</p>\n</body>\n</html>\n",
                               title, title, details);
    return fl_html_response(html, .status = status);
}

static fl_response *from_template(fl_request *request, int status, const char *name, const fl_error *error)
{
    const fl_template_engine *engine = fl_template_engine_now();
    fl_dict *context = fl_dict_of("request_path", request->path, "exception", error == NULL ? "" : error->message);
    fl_buf out = fl_buf_in(request->arena, 8 << 20);

    engine->render(request, name, context, &out);
    fl_response *response = fl_html_response("", .status = status);
    fl_response_set_body(response, fl_buf_str(&out));
    return response;
}

fl_response *fl_plain_page(fl_request *request, int status, const char *title, const char *details, const char *template_name,
                           const fl_error *error)
{
    const fl_template_engine *engine = fl_template_engine_now();

    if (template_name != NULL && engine != NULL && engine->exists(template_name))
        return from_template(request, status, template_name, error);
    return from_text(status, fl_value_text(fl_escape(fl_str_of(title))), fl_value_text(fl_escape(fl_str_of(details))));
}

fl_response *fl_bad_request_page(fl_request *request, fl_error *error)
{
    return fl_plain_page(request, 400, "Bad Request (400)", "", "400.html", error);
}

fl_response *fl_permission_denied_page(fl_request *request, fl_error *error)
{
    return fl_plain_page(request, 403, "403 Forbidden", "", "403.html", error);
}

fl_response *fl_not_found_page(fl_request *request, fl_error *error)
{
    return fl_plain_page(request, 404, "Not Found", "The requested resource was not found on this server.", "404.html", error);
}

fl_response *fl_server_error_page(fl_request *request, fl_error *error)
{
    return fl_plain_page(request, 500, "Server Error (500)", "", "500.html", error);
}
