/* A name for each request, to find what several programs logged about it: the one that a proxy in front gave, or a new one. */
#include <fleche/middleware.h>

enum { LONGEST_ID = 128 };
static const char key[] = "request_id";

/* What goes into logs and headers is not anybody's free text. */
static bool is_usable(const char *id)
{
    size_t size = strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+/=:");
    return size > 0 && size <= LONGEST_ID && id[size] == '\0';
}

const char *fl_request_id_of(const fl_request *request)
{
    fl_value id = fl_request_get(request, key);
    return fl_value_is_none(id) ? NULL : id.text.data;
}

/* UUIDs of version 7 sort by time. */
static fl_response *call(fl_request *request, fl_next *next)
{
    const char *given = fl_header(request, "X-Request-ID");
    const char *id = is_usable(given) ? given : fl_uuid_text(fl_uuid7());

    fl_request_put(request, key, id);
    fl_response *response = fl_call_next(next, request);
    fl_put_header(response, fl_lit("X-Request-ID"), fl_str_of(id));
    return response;
}

FL_MIDDLEWARE(fl_request_id, .call = call);
