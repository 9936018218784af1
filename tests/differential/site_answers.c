/* Views that answer in all ways there are: redirects, statuses, errors, JSON, headers, streams, files, conditions. */
#include <fleche/conditional.h>
#include "views.h"

static bool asks_for(const fl_request *req, const char *name) { return fl_query(req, name) != NULL; }

fl_response *redirect_to(fl_request *req) { return fl_redirect_to(fl_query(req, "to"), .permanent = asks_for(req, "permanent")); }

fl_response *redirect_by_name(fl_request *req)
{
    return asks_for(req, "permanent") ? fl_redirect_permanently(req, "article", "number", 7)
                                      : fl_redirect(req, "article", "number", 7);
}

fl_response *redirect_as_shortcut(fl_request *req) { return fl_redirect(req, fl_query(req, "to")); }

fl_response *status(fl_request *req)
{
    int code = (int)fl_kwarg_int(req, "code");
    return fl_text_response(fl_text("status %d", code), .content_type = "text/plain; charset=utf-8", .status = code);
}

fl_response *not_modified(FL_UNUSED fl_request *req) { return fl_not_modified(); }

fl_response *not_allowed(FL_UNUSED fl_request *req) { return fl_not_allowed("GET", "PUT"); }

fl_response *fails(fl_request *req)
{
    const char *how = fl_kwarg(req, "how");

    if (fl_text_is(how, "missing"))
        fl_raise(FL_NOT_FOUND, "there is no such thing");
    if (fl_text_is(how, "denied"))
        fl_raise(FL_PERMISSION_DENIED, "not for you");
    if (fl_text_is(how, "bad"))
        fl_raise(FL_BAD_REQUEST, "this cannot be");
    if (fl_text_is(how, "suspicious"))
        fl_raise(FL_SUSPICIOUS_OPERATION, "this is odd");
    fl_raise(FL_VALUE_ERROR, "this went wrong");
}

static fl_datetime at(int microsecond, const char *offset)
{
    return fl_datetime_parse(fl_text("2024-02-29T13:37:05.%06d%s", microsecond, offset));
}

fl_response *types(fl_request *req)
{
    fl_json *all = fl_json_object("text", "café \U0001f600 \"quoted\" \\ / <b>&'\u2028\x7f\t\n\x01", "empty", "", "int", 42,
                                  "negative", -7, "big", INT64_MAX, "unsigned", UINT64_MAX, "float", 0.1, "whole", 3.0, "large",
                                  1e22, "small", 1e-7, "zero", -0.0, "third", 1.0 / 3, "true", FL_TRUE, "false", FL_FALSE, "none",
                                  FL_NONE_VALUE);

    fl_json_put(all, "date", fl_date_of(2024, 2, 29));
    fl_json_put(all, "time", fl_time_of(13, 37, 5, 0));
    fl_json_put(all, "time_us", fl_time_of(13, 37, 5, 123456));
    fl_json_put(all, "utc", at(123456, "Z"));
    fl_json_put(all, "utc_whole", fl_datetime_of_unix(MODIFIED, 0));
    fl_json_put(all, "zoned", asks_for(req, "zoned") ? fl_box(at(1000, "+05:30")) : FL_NONE_VALUE);
    fl_json_put(all, "duration", fl_duration_parse("3 04:05:06"));
    fl_json_put(all, "duration_us", FL_MICROSECONDS(1000500));
    fl_json_put(all, "negative_duration", FL_HOURS(-1));
    fl_json_put(all, "decimal", fl_decimal_parse("1.10"));
    fl_json_put(all, "decimal_large", fl_decimal_parse("1E+3"));
    fl_json_put(all, "uuid", fl_uuid_parse("12345678-1234-5678-1234-567812345678"));
    fl_json_put(all, "list", fl_list_of(1, "two", fl_list_new(), fl_dict_new()));
    fl_json_put(all, "nested", fl_dict_of("a", fl_dict_of("b", fl_list_of(FL_NONE_VALUE))));
    fl_json_put(all, "klä", 1);
    return fl_json_response(all);
}

fl_response *json_list(FL_UNUSED fl_request *req) { return fl_json_response(fl_json_list(1, 2.5, "x")); }

fl_response *set_headers(FL_UNUSED fl_request *req)
{
    fl_response *response = say("headers");

    fl_set_header(response, "X-One", "1");
    fl_set_header(response, "x-two", "second");
    fl_set_header(response, "X-One", "again");
    fl_set_header(response, "X-Gone", "x");
    fl_delete_header(response, "x-gone");
    fl_set_default_header(response, "X-One", "default");
    fl_set_default_header(response, "X-Three", "third");
    fl_set_header(response, "Content-Language", "en");
    return response;
}

/* The parts of a text between commas, as C strings. */
static const char *const *words(fl_str text)
{
    const char **all = fl_new_array(const char *, text.size + 2);
    size_t count = 0;

    for (fl_str part, rest = text; fl_str_cut(&rest, ',', &part);)
        all[count++] = fl_str_c(part);
    return all;
}

fl_response *vary(fl_request *req)
{
    fl_response *response = say("vary");
    const fl_list *on = fl_querydict_list(fl_query_all(req), "on");

    for (size_t i = 0; i < fl_len(on); i++)
        fl_vary_on_(response, words(fl_list_at(on, (fl_int)i).text));
    return response;
}

fl_response *patched(fl_request *req)
{
    fl_response *response = say("patched");
    const fl_list *with = fl_querydict_list(fl_query_all(req), "with");
    const char **directives = fl_new_array(const char *, fl_len(with) + 1);

    if (asks_for(req, "cache"))
        fl_set_header(response, "Cache-Control", "%s", fl_query(req, "cache"));
    for (size_t i = 0; i < fl_len(with); i++)
        directives[i] = fl_list_at(with, (fl_int)i).text.data;
    fl_patch_cache_control_(response, directives);
    return response;
}

static bool next_line(void *state, fl_response *response)
{
    static const char *const lines[] = { "one\n", "two\n", "café\n" };
    size_t *number = state;

    fl_response_write(response, lines[*number]);
    fl_response_flush(response);
    return ++*number < FL_LENGTH(lines);
}

fl_response *stream(FL_UNUSED fl_request *req)
{
    return fl_stream_response("text/plain; charset=utf-8", next_line, fl_new_of(size_t));
}

fl_response *file(fl_request *req)
{
    static const char tens[] =
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789";
    const char *name = fl_query(req, "name");

    return fl_file_response(fl_file_of_bytes(name == NULL ? "" : name, fl_str_of(tens)),
                            .as_attachment = asks_for(req, "attachment"));
}

/* -- conditions, methods, caches: by the routes' decorators -------------------------------------------------------------------- */

fl_response *conditional(fl_request *req) { return say(fl_text("version 1 by %s", req->method)); }

fl_response *weakly_tagged(FL_UNUSED fl_request *req) { return say("weak"); }

fl_response *dated(FL_UNUSED fl_request *req) { return say("dated"); }

/* Says the word that its route gives it. */
fl_response *plain_answer(fl_request *req)
{
    const char *word = fl_kwarg(req, "say");
    return say(fl_text_is(word, "by") ? fl_text("by %s", req->method) : word);
}
