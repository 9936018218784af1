/* Requests: how one is made, and what is asked of its head. */
#include "http/request.h"
#include <fleche/buf.h>
#include <fleche/context.h>

static const char *text_member(const fl_request *request, size_t offset)
{
    const char *text;

    memcpy(&text, (const char *)request + offset, sizeof text);
    return text;
}

/* What templates see of a request. */
static bool get_attribute(const void *object, fl_str name, fl_value *ret)
{
    static const struct {
        fl_str name;
        size_t offset;
    } texts[] = {
        { FL_LIT("method"), offsetof(fl_request, method) },
        { FL_LIT("path"), offsetof(fl_request, path) },
        { FL_LIT("path_info"), offsetof(fl_request, path_info) },
        { FL_LIT("get_full_path"), offsetof(fl_request, full_path) },
        { FL_LIT("full_path"), offsetof(fl_request, full_path) },
        { FL_LIT("scheme"), offsetof(fl_request, scheme) },
        { FL_LIT("get_host"), offsetof(fl_request, host) },
        { FL_LIT("host"), offsetof(fl_request, host) },
        { FL_LIT("content_type"), offsetof(fl_request, content_type) },
        { FL_LIT("query_string"), offsetof(fl_request, query_string) },
        { FL_LIT("view_name"), offsetof(fl_request, view_name) },
    };
    static const struct {
        fl_str name;
        const fl_querydict *(*get)(const fl_request *request);
    } fields[] = {
        { FL_LIT("GET"), fl_query_all },
        { FL_LIT("POST"), fl_post_all },
        { FL_LIT("COOKIES"), fl_cookies },
    };
    const fl_request *request = object;

    for (size_t i = 0; i < FL_LENGTH(texts); i++)
        if (fl_str_equal(name, texts[i].name)) {
            *ret = fl_box_text(text_member(request, texts[i].offset));
            return true;
        }
    for (size_t i = 0; i < FL_LENGTH(fields); i++)
        if (fl_str_equal(name, fields[i].name)) {
            *ret = fl_box_object(fields[i].get(request));
            return true;
        }
    if (fl_str_equal(name, fl_lit("is_secure"))) {
        *ret = fl_box_bool(fl_is_secure(request));
        return true;
    }
    return request->parts != NULL && request->parts->items != NULL && fl_dict_find(request->parts->items, name, ret);
}

static void print(const void *object, struct fl_buf *out)
{
    const fl_request *request = object;

    fl_buf_format(out, "<%s request '%s'>", request->method, request->full_path);
}

static const fl_type request_type = { .name = "request", .get = get_attribute, .print = print };

void fl_request_init(fl_request *request, fl_arena *arena)
{
    *request = (fl_request){
        .arena = arena,
        .headers.arena = arena,
        .tag = FL_OBJECT(request_type),
        .method = "GET",
        .path = "/",
        .path_info = "/",
        .query_string = "",
        .full_path = "/",
        .scheme = "http",
        .host = "",
        .content_type = "",
        .remote_address = "",
        .version = 11,
        .script_name = "",
    };
}

fl_request *fl_request_new(const char *method, const char *target)
{
    fl_request *request = fl_new_of(fl_request);

    fl_request_init(request, fl_arena_here());
    request->method = fl_str_c(fl_str_of(method));
    if (fl_request_set_target(request, fl_str_copy(fl_str_of(target))) != 0)
        fl_raise(FL_VALUE_ERROR, "a request's target begins with a slash, unlike '%s'", target);
    return request;
}

fl_request_parts *fl_request_parts_of(const fl_request *request)
{
    fl_request *self = (fl_request *)request;        /* what is parsed when it is asked for is no change of the request */

    if (self->parts == NULL) {
        self->parts = fl_arena_zalloc(request->arena, sizeof *self->parts);
        self->parts->limits = request->limits != NULL ? request->limits : &fl_request_limits_default;
    }
    return self->parts;
}

/* -- which one -------------------------------------------------------------------------------------------------------------------- */

fl_request *fl_current_request_or_null(void) { return fl_context_here()->work; }

fl_request *fl_current_request(void)
{
    fl_request *request = fl_current_request_or_null();

    if (request == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "there is no current request: this does not run for one");
    return request;
}

/* -- its method -------------------------------------------------------------------------------------------------------------------- */

bool fl_is_get(const fl_request *request) { return fl_text_in(request->method, "GET", "HEAD"); }
bool fl_is_post(const fl_request *request) { return fl_text_is(request->method, "POST"); }
bool fl_is_safe_method(const fl_request *request) { return fl_text_in(request->method, "GET", "HEAD", "OPTIONS", "TRACE"); }
bool fl_is_secure(const fl_request *request) { return fl_text_is(request->scheme, "https"); }
bool fl_is_ajax(const fl_request *request) { return fl_text_is(fl_header(request, "X-Requested-With"), "XMLHttpRequest"); }

/* -- its head ---------------------------------------------------------------------------------------------------------------------- */

const char *fl_header_or_null(const fl_request *request, const char *name) { return fl_headers_joined(&request->headers, name); }

const char *fl_header(const fl_request *request, const char *name)
{
    const char *value = fl_header_or_null(request, name);
    return value == NULL ? "" : value;
}

/* "HTTP_X_REQUESTED_WITH" is X-Requested-With: names of headers know no case. */
static const char *header_of_meta(const fl_request *request, const char *name)
{
    char *header = fl_text("%s", name);

    for (char *c = header; *c != '\0'; c++)
        if (*c == '_')
            *c = '-';
    return fl_header_or_null(request, header);
}

static bool port_in(const char *host, const char **ret)
{
    const char *bracket = strrchr(host, ']');
    const char *colon = strrchr(host, ':');

    if (colon == NULL || (bracket != NULL && colon < bracket) || colon[1] == '\0')
        return false;
    *ret = colon + 1;
    return true;
}

static const char *host_without_port(const char *host)
{
    const char *port;
    return port_in(host, &port) ? fl_text("%.*s", (int)(port - 1 - host), host) : host;
}

const char *fl_meta(const fl_request *request, const char *name)
{
    const char *rest = fl_after_prefix(name, "HTTP_");

    if (rest != NULL && !fl_text_in(rest, "CONTENT_TYPE", "CONTENT_LENGTH"))
        return header_of_meta(request, rest);
    if (fl_text_in(name, "CONTENT_TYPE", "CONTENT_LENGTH"))
        return header_of_meta(request, name);
    if (fl_text_is(name, "SERVER_PROTOCOL"))
        return request->version == 20 ? "HTTP/2" : request->version == 10 ? "HTTP/1.0" : "HTTP/1.1";
    if (fl_text_is(name, "SERVER_NAME"))
        return host_without_port(request->host);
    const struct {
        const char *name, *value;
    } plain[] = {
        { "REQUEST_METHOD", request->method },   { "QUERY_STRING", request->query_string },  { "PATH_INFO", request->path_info },
        { "SCRIPT_NAME", request->script_name }, { "REMOTE_ADDR", request->remote_address }, { "SERVER_PORT", fl_port(request) },
    };
    for (size_t i = 0; i < FL_LENGTH(plain); i++)
        if (fl_text_is(name, plain[i].name))
            return plain[i].value;
    return NULL;
}

const char *fl_port(const fl_request *request)
{
    const char *port;
    return port_in(request->host, &port) ? port : fl_is_secure(request) ? "443" : "80";
}

/* -- what middleware leaves --------------------------------------------------------------------------------------------------------- */

void fl_request_put_(fl_request *request, const char *key, fl_value value)
{
    fl_request_parts *parts = fl_request_parts_of(request);

    fl_arena *before = fl_arena_set_here(request->arena);
    if (parts->items == NULL)
        parts->items = fl_dict_new();
    fl_dict_put_(parts->items, fl_str_of(key), value);
    fl_arena_set_here(before);
}

fl_value fl_request_get(const fl_request *request, const char *key)
{
    return request->parts == NULL ? FL_NONE_VALUE : fl_dict_get(request->parts->items, fl_str_of(key));
}
