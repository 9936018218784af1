/* Bodies: read whole, before the view or when it asks, or part by part. */
#include <errno.h>
#include <fleche/context.h>
#include "http/request.h"

/* With statuses of their own, which tell the client more. */
static const fl_error_class too_slow = { .name = "FL_UNREADABLE_BODY", .parent = &FL_UNREADABLE_BODY, .status = 408 };
static const fl_error_class too_long = { .name = "FL_UNREADABLE_BODY", .parent = &FL_UNREADABLE_BODY, .status = 413 };

static _Noreturn FL_COLD void fail(ssize_t code)
{
    if (code == -ECANCELED)
        fl_raise(FL_CANCELLED, "the body of the request is not wanted any more");
    if (code == -EFBIG)
        fl_raise(too_long, "the request's body is longer than this server takes");
    bool is_late = code == -ETIMEDOUT;
    fl_error *error = fl_error_new_(is_late ? &too_slow : &FL_UNREADABLE_BODY, __FILE__, __LINE__, "%s",
                                    is_late            ? "the request's body did not come in time"
                                    : code == -EBADMSG ? "the request's body is not framed as HTTP says"
                                                       : "the client broke off in the middle of its body");
    error->code = (int)code;
    fl_reraise(error);
}

/* What was read too early comes first. */
static size_t read_on(fl_request *request, void *ret, size_t size)
{
    fl_str *ahead = &request->parts->ahead;

    if (ahead->size > 0) {
        size_t n = ahead->size < size ? ahead->size : size;
        memcpy(ret, ahead->data, n);
        *ahead = fl_str_slice(*ahead, n, SIZE_MAX);
        return n;
    }
    if (request->exchange == NULL || size == 0)
        return 0;
    ssize_t n = request->exchange->type->read_body(request->exchange, ret, size);
    if (n < 0)
        fail(n);
    return (size_t)n;
}

size_t fl_body_read(fl_request *request, void *ret, size_t size)
{
    fl_request_parts *parts = fl_request_parts_of(request);

    if (parts->body_state == FL_BODY_PARSED)
        fl_raise(FL_BODY_CONSUMED, "the request's body has gone into its form: it cannot be read any more");
    if (parts->body_state == FL_BODY_WHOLE)
        parts->ahead = (fl_str){ (const char *)request->body.data, request->body.size };
    parts->body_state = FL_BODY_PARTLY;
    return read_on(request, ret, size);
}

static _Noreturn FL_COLD void refuse(size_t limit)
{
    fl_error *error = fl_error_new(FL_REQUEST_DATA_TOO_BIG, "the request's body is longer than %zu bytes", limit);

    error->hint = "raise data_upload_max_memory_size, or read the body part by part with fl_body_read()";
    fl_reraise(error);
}

/* Everything, into one block with a NUL behind. False: there is more than the limit, and what came of it is kept for later. */
static bool read_whole(fl_request *request, size_t limit)
{
    fl_request_parts *parts = request->parts;
    fl_arena *arena = request->arena;
    size_t room = request->content_length >= 0 ? (size_t)request->content_length : 8192, size = 0;
    char *bytes = fl_arena_alloc_text(arena, room + 1);

    for (size_t n; (n = read_on(request, bytes + size, room - size)) > 0;) {
        size += n;
        if (size > limit) {
            parts->ahead = (fl_str){ bytes, size };
            return false;
        }
        if (size < room || request->content_length >= 0)
            continue;
        size_t more = room < limit ? room : limit - room + 1;
        bytes = fl_arena_resize(arena, bytes, room + 1, room + more + 1);
        room += more;
    }
    bytes[size] = '\0';
    request->body = (fl_bytes){ (uint8_t *)bytes, size };
    parts->body_state = FL_BODY_WHOLE;
    return true;
}

static bool is_announced_too_big(const fl_request *request, size_t limit)
{
    return request->content_length > 0 && (size_t)request->content_length > limit;
}

void fl_request_read_early(fl_request *request)
{
    if (request->exchange == NULL || request->content_length == 0 || fl_text_is(request->content_type, "multipart/form-data"))
        return;
    fl_request_parts *parts = fl_request_parts_of(request);
    if (parts->body_state == FL_BODY_UNREAD && !is_announced_too_big(request, parts->limits->body))
        (void)read_whole(request, parts->limits->body);
}

fl_bytes fl_body(fl_request *request)
{
    fl_request_parts *parts = fl_request_parts_of(request);

    if (parts->body_state == FL_BODY_WHOLE || (request->exchange == NULL && parts->body_state == FL_BODY_UNREAD))
        return request->body;
    if (parts->body_state != FL_BODY_UNREAD)
        fl_raise(FL_BODY_CONSUMED, "the request's body has been read in parts: it cannot be had as a whole any more");
    if (is_announced_too_big(request, parts->limits->body) || !read_whole(request, parts->limits->body))
        refuse(parts->limits->body);
    return request->body;
}

void fl_request_set_body(fl_request *request, fl_str body, const char *content_type)
{
    fl_request_parts *parts = fl_request_parts_of(request);
    fl_str type = fl_str_of(content_type);

    request->body = (fl_bytes){ (const uint8_t *)fl_str_copy(body).data, body.size };
    request->content_length = (long long)body.size;
    parts->body_state = FL_BODY_WHOLE;
    fl_headers_put(&request->headers, fl_lit("Content-Type"), type);
    fl_headers_put(&request->headers, fl_lit("Content-Length"), fl_str_of(fl_text("%zu", body.size)));
    fl_request_set_content_type(request);
}

const fl_json *fl_body_json(fl_request *request)
{
    fl_bytes body = fl_body(request);
    fl_json *json;
    fl_json_error why;
    int code = fl_json_try_parse((fl_str){ (const char *)body.data, body.size }, NULL, &json, &why);

    if (code == -ENOMEM)
        fl_raise(FL_OUT_OF_MEMORY, "no memory for the request's JSON");
    if (code != 0)
        fl_raise(FL_BAD_JSON, "the request's body is no JSON: %s at line %d, column %d", why.message, why.line, why.column);
    return json;
}

/* "Text/HTML; charset=x": "text/html". */
void fl_request_set_content_type(fl_request *request)
{
    fl_str type = fl_headers_get_str(&request->headers, fl_lit("Content-Type"));
    size_t end = type.size;

    if (type.data == NULL)
        return;
    (void)fl_str_find_char(type, ';', &end);
    request->content_type = fl_str_lower_ascii(fl_str_trim(fl_str_slice(type, 0, end))).data;
}
