/* The access log as JSON: one object a line, with the names that log collectors know. */
#include <fleche/json.h>
#include "serve/serve.h"

static void add_text(fl_dict *line, const char *name, fl_str text)
{
    if (text.size > 0)
        fl_dict_put_(line, fl_str_of(name), fl_box(fl_str_copy(text)));
}

static void add_request(fl_dict *line, const fl_request *request)
{
    add_text(line, "method", fl_str_of(request->method));
    add_text(line, "path", fl_str_of(request->full_path));
    add_text(line, "protocol", fl_str_of(fl_text("HTTP/%d.%d", request->version / 10, request->version % 10)));
    add_text(line, "host", fl_str_of(request->host));
    add_text(line, "view", fl_str_of(request->view_name));
    add_text(line, "referer", fl_headers_get_str(&request->headers, fl_lit("Referer")));
    add_text(line, "user_agent", fl_headers_get_str(&request->headers, fl_lit("User-Agent")));
    add_text(line, "request_id", fl_str_of(fl_serve_request_id(request)));
}

void fl_access_json(const fl_access_line *it)
{
    const fl_access *access = it->access;
    fl_dict *line = fl_dict_new();
    size_t before = it->out->size;

    add_text(line, "time", fl_str_of(fl_datetime_text(access->started, FL_ISO_8601_MS)));
    add_text(line, "remote_address", fl_str_of(access->request != NULL ? access->request->remote_address : access->peer));
    add_text(line, "user", fl_access_user(access));
    if (access->request != NULL)
        add_request(line, access->request);
    fl_dict_put(line, fl_lit("status"), access->status);
    fl_dict_put(line, fl_lit("bytes"), access->bytes);
    fl_dict_put(line, fl_lit("took_us"), access->took.us);
    if (fl_json_write(fl_box(line), &(const fl_json_style){ 0 }, it->out) == 0)
        return;
    it->out->size = before;                          /* a header that is no UTF-8: what is ours is said still */
    fl_buf_format(it->out, "{\"status\": %d, \"bytes\": %lld, \"took_us\": %lld}", access->status, access->bytes,
                  (long long)access->took.us);
}
