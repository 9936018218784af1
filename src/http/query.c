/* The fields of the query string, parsed when they are first asked for. */
#include "http/request.h"

const fl_querydict *fl_query_all(const fl_request *request)
{
    fl_request_parts *parts = fl_request_parts_of(request);

    if (parts->query != NULL)
        return parts->query;
    fl_arena *before = fl_arena_set_here(request->arena);
    fl_querydict *query = fl_querydict_parse(fl_str_of(request->query_string),
                                             &(const fl_querydict_limits){ .fields = parts->limits->fields });
    fl_querydict_freeze(query);
    parts->query = query;
    fl_arena_set_here(before);
    return query;
}

const char *fl_query(const fl_request *request, const char *name) { return fl_querydict_get(fl_query_all(request), name); }
