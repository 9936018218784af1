/* Views that say what was asked: queries, forms, headers, paths, cookies. */
#include <fleche/codec.h>
#include <fleche/signing.h>
#include "views.h"

fl_response *say(const char *text) { return fl_text_response(text, .content_type = "text/plain; charset=utf-8"); }

static bool asks_for(const fl_request *req, const char *name) { return fl_query(req, name) != NULL; }

fl_value lists(const fl_querydict *fields)
{
    fl_list *all = fl_list_new();
    size_t cursor = 0;
    const fl_list *values;

    for (fl_str name; fl_querydict_next(fields, &cursor, &name, &values);)
        fl_list_push(all, fl_list_of(name, values));
    return fl_box(all);
}

fl_response *query(fl_request *req)
{
    return fl_json_response(fl_json_object("all", lists(fl_query_all(req)), "a", fl_query(req, "a"), "again",
                                           fl_querydict_encode(fl_query_all(req), "")));
}

static const char *hex(fl_str bytes)
{
    fl_buf text = fl_buf_in(fl_arena_here(), 2 * bytes.size + 1);

    fl_hex_encode(bytes, &text);
    return fl_buf_c(&text);
}

static void add_files(fl_request *req, const char *name, fl_list *files)
{
    const fl_list *found = fl_uploads(req, name);

    for (size_t i = 0; i < fl_len(found); i++) {
        fl_file *one = (fl_file *)(void *)fl_list_at(found, (fl_int)i).object;
        fl_list_push(files, fl_list_of(name, fl_file_name(one), fl_file_content_type(one), fl_file_size(one),
                                       hex(fl_file_read_whole(one, 1 << 20))));
    }
}

fl_response *form(fl_request *req)
{
    static const char *const names[] = { "f", "g", "café", "a b", "x[]" };
    fl_list *files = fl_list_new();

    for (size_t i = 0; i < FL_LENGTH(names); i++)
        add_files(req, names[i], files);
    return fl_json_response(fl_json_object("post", lists(fl_post_all(req)), "files", files));
}

fl_response *body(fl_request *req) { return fl_bytes_response(fl_body(req)); }

fl_response *form_then_body(fl_request *req)
{
    size_t count = fl_querydict_count(fl_post_all(req));
    return fl_json_response(fl_json_object("fields", count, "body", fl_body(req).size));
}

fl_response *meta(fl_request *req)
{
    static const char *const asked[] = {
        "REQUEST_METHOD",      "QUERY_STRING", "CONTENT_TYPE",         "CONTENT_LENGTH", "PATH_INFO",
        "SERVER_PROTOCOL",     "HTTP_HOST",    "HTTP_X_FOO",           "HTTP_X_BAR",     "HTTP_USER_AGENT",
        "HTTP_ACCEPT",         "HTTP_COOKIE",  "HTTP_REFERER",         "HTTP_X_LARGE",   "HTTP_CONTENT_TYPE",
        "HTTP_CONTENT_LENGTH", "HTTP_X_123",   "HTTP_ACCEPT_LANGUAGE", "HTTP_MISSING",
    };
    fl_list *all = fl_list_new();

    for (size_t i = 0; i < FL_LENGTH(asked); i++)
        fl_list_push(all, fl_list_of(asked[i], fl_meta(req, asked[i])));
    return fl_json_response(fl_json_of(all));
}

fl_response *headers(fl_request *req)
{
    return fl_json_response(fl_json_list(fl_header_or_null(req, "x-foo"), fl_header_or_null(req, "X-BAR"),
                                         fl_header_or_null(req, "user-agent"), fl_header_or_null(req, "content-type"),
                                         fl_header_or_null(req, "absent")));
}

fl_response *paths(fl_request *req)
{
    const char *rest = fl_kwarg(req, "rest");
    return fl_json_response(fl_json_object("rest", rest == NULL ? "" : rest, "path", req->path, "path_info", req->path_info,
                                           "full", req->full_path, "absolute", fl_absolute_url(req, NULL), "beside",
                                           fl_absolute_url(req, "x/?y=1")));
}

fl_response *host(fl_request *req)
{
    return fl_json_response(fl_json_object("host", req->host, "port", asks_for(req, "port") ? fl_port(req) : "", "scheme",
                                           req->scheme, "secure", fl_is_secure(req), "url", fl_absolute_url(req, "/x/")));
}

fl_response *accepts(fl_request *req)
{
    return fl_json_response(fl_json_list(fl_accepts(req, "text/html"), fl_accepts(req, "application/json"),
                                         fl_accepts(req, "image/png"), fl_accepts(req, "text/*"), fl_accepts(req, "*/*")));
}

/* -- cookies ---------------------------------------------------------------------------------------------------------------- */

fl_response *cookies(fl_request *req)
{
    fl_list *all = fl_list_new();
    size_t cursor = 0;

    for (fl_str name; fl_querydict_next(fl_cookies(req), &cursor, &name, NULL);)
        fl_list_push(all, fl_list_of(name, fl_cookie(req, fl_str_c(name))));
    return fl_json_response(fl_json_of(all));
}

static const char *query_or(const fl_request *req, const char *name, const char *otherwise)
{
    return asks_for(req, name) ? fl_query(req, name) : otherwise;
}

static fl_cookie_options attributes(const fl_request *req)
{
    return (fl_cookie_options){ .path = fl_query(req, "path"),
                                .domain = fl_query(req, "domain"),
                                .same_site = fl_query(req, "samesite") };
}

fl_response *set_cookie(fl_request *req)
{
    fl_response *response = say("set");
    fl_cookie_options more = attributes(req);
    const fl_list *values = fl_querydict_list(fl_query_all(req), "value");
    long long age = 0;

    if (asks_for(req, "max_age") && fl_str_int(fl_str_of(fl_query(req, "max_age")), &age))
        more.max_age = age == 0 ? FL_COOKIE_GONE : FL_SECONDS(age);
    if (asks_for(req, "expires"))
        more.expires = fl_datetime_of_unix(MODIFIED, 0);
    more.secure = asks_for(req, "secure");
    more.http_only = asks_for(req, "httponly");
    for (size_t i = 0; i < fl_len(values); i++)
        fl_set_cookie_(response, query_or(req, "name", "c"), fl_list_at(values, (fl_int)i).text.data, &more);
    return response;
}

fl_response *delete_cookie(fl_request *req)
{
    fl_response *response = say("deleted");
    fl_cookie_options more = attributes(req);

    fl_delete_cookie_(response, query_or(req, "name", "c"), &more);
    return response;
}

fl_response *sign_cookie(fl_request *req)
{
    fl_response *response = say("signed");

    fl_set_signed_cookie(response, fl_query(req, "name"), fl_query(req, "value"), query_or(req, "salt", ""));
    return response;
}

typedef struct { fl_request *req; const char *value; } reading;

static void read_signed(void *data)
{
    reading *r = data;
    r->value = fl_signed_cookie(r->req, fl_query(r->req, "name"), query_or(r->req, "salt", ""), (fl_duration){ 0 });
}

fl_response *signed_cookie(fl_request *req)
{
    reading r = { .req = req };
    fl_error *error = fl_protect(read_signed, &r);

    if (error != NULL && !fl_error_is(error, FL_BAD_SIGNATURE))
        fl_reraise(error);
    return say(error != NULL ? "refused" : r.value == NULL ? "absent" : r.value);
}
