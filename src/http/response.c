/* Responses: how each kind is made. Their texts are not copied: what a view says lives as long as the request. */
#include <fleche/buf.h>
#include "http/header.h"
#include "http/response.h"

static bool get_attribute(const void *object, fl_str name, fl_value *ret)
{
    const fl_response *response = object;

    if (fl_str_equal(name, fl_lit("status_code")) || fl_str_equal(name, fl_lit("status")))
        *ret = fl_box_int(response->status);
    else if (fl_str_equal(name, fl_lit("reason_phrase")))
        *ret = fl_box_text(response->reason != NULL ? response->reason : fl_status_phrase(response->status));
    else if (fl_str_equal(name, fl_lit("content_type")))
        *ret = fl_box_text(response->content_type);
    else if (fl_str_equal(name, fl_lit("content")))
        *ret = fl_box_bytes(response->body);
    else if (fl_str_equal(name, fl_lit("streaming")))
        *ret = fl_box_bool(response->streaming);
    else
        return false;
    return true;
}

static void print(const void *object, fl_buf *out)
{
    const fl_response *response = object;

    fl_buf_format(out, "<response %d", response->status);
    if (response->content_type != NULL)
        fl_buf_format(out, ", \"%s\"", response->content_type);
    fl_buf_add_char(out, '>');
}

static const fl_type response_type = { .name = "response", .get = get_attribute, .print = print };

fl_response *fl_response_make(int status, const char *content_type, fl_str body)
{
    fl_response *response = fl_new_of(fl_response);

    if (status < 100 || status > 599)
        fl_raise(FL_VALUE_ERROR, "a response's status is from 100 to 599, not %d", status);
    response->tag = (fl_tag)FL_OBJECT(response_type);
    response->arena = response->headers.arena = fl_arena_here();
    response->status = status;
    response->content_type = content_type;
    response->body = (fl_bytes){ (const uint8_t *)body.data, body.size };
    response->file_size = -1;
    return response;
}

fl_response *fl_response_make_of(const fl_response_options *options, const char *content_type, fl_str body)
{
    if (options->content_type != NULL) {
        fl_header_check_value(fl_lit("Content-Type"), fl_str_of(options->content_type));
        content_type = options->content_type;
    }
    fl_response *response = fl_response_make(options->status == 0 ? 200 : options->status, content_type, body);
    if (options->reason != NULL) {
        fl_header_check_value(fl_lit("the reason phrase"), fl_str_of(options->reason));
        response->reason = options->reason;
    }
    return response;
}

fl_response *fl_text_response_(const char *text, const fl_response_options *options)
{
    return fl_response_make_of(options, "text/plain; charset=utf-8", fl_str_of(text));
}

fl_response *fl_html_response_(const char *html, const fl_response_options *options)
{
    return fl_response_make_of(options, FL_TYPE_HTML, fl_str_of(html));
}

fl_response *fl_bytes_response_(fl_bytes bytes, const fl_response_options *options)
{
    return fl_response_make_of(options, "application/octet-stream", (fl_str){ (const char *)bytes.data, bytes.size });
}

/* json.dumps() with Django's encoder: ASCII, ", " and ": ". There is no `safe`: what it guarded against ended with ECMAScript 5. */
fl_response *fl_json_response_(const fl_json *json, const fl_response_options *options)
{
    return fl_response_make_of(options, "application/json", fl_str_of(fl_json_dump(json)));
}

fl_response *fl_status_response(int status) { return fl_response_make(status, status == 304 ? NULL : FL_TYPE_HTML, fl_lit("")); }
fl_response *fl_not_modified(void) { return fl_status_response(304); }

fl_response *fl_not_allowed_(const char *const *permitted)
{
    fl_response *response = fl_status_response(405);
    fl_buf methods = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    for (size_t i = 0; permitted[i] != NULL; i++) {
        fl_buf_add(&methods, i == 0 ? fl_lit("") : fl_lit(", "));
        fl_buf_add_c(&methods, permitted[i]);
    }
    fl_put_header(response, fl_lit("Allow"), fl_str_of(fl_buf_c(&methods)));
    return response;
}

fl_response *fl_stream_response(const char *content_type, fl_stream_body *body, void *state)
{
    fl_response *response = fl_response_make_of(&(const fl_response_options){ .content_type = content_type }, FL_TYPE_HTML,
                                                fl_lit(""));

    response->streaming = true;
    response->stream = body;
    response->stream_state = state;
    return response;
}

fl_response *fl_response_replace(fl_response *response, fl_response *with)
{
    with->closers = response->closers;
    with->marks = response->marks;
    response->closers = NULL;
    return with;
}
