/* Forms: what fl_post and fl_upload find, parsed when one of them is first asked. As Django's request.POST, only a POST has one, and
 * whose body was read part by part has none any more. */
#include <fleche/error.h>
#include "http/header_value.h"
#include "http/request.h"
#include "http/upload.h"

const fl_request_limits fl_request_limits_default = {
    .body = 2621440,
    .fields = 1000,
    .files = 100,
    .in_memory = 2621440,
};

static const fl_list no_files;

void fl_request_use_limits(fl_request *request, const fl_request_limits *limits)
{
    fl_request_parts_of(request)->limits = limits;
}

void fl_request_upload_handlers_(fl_request *request, const fl_upload_handler *const *handlers)
{
    fl_request_parts *parts = fl_request_parts_of(request);
    size_t count = 0;

    if (parts->form != NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "upload handlers are set before the form is parsed: it has been, already");
    while (handlers[count] != NULL)
        count++;
    parts->handlers = fl_arena_copy(request->arena, handlers, (count + 1) * sizeof *handlers);
}

/* RFC 1866 knows no charset for these forms; who names one that is not UTF-8 would be read wrongly. */
static void want_utf8(const fl_request *request)
{
    fl_header_value type;

    if (!fl_header_value_parse(fl_str_of(fl_header(request, "Content-Type")), &type))
        return;
    fl_str charset = fl_querydict_get_str(type.parameters, fl_lit("charset"));
    if (charset.size > 0 && !fl_str_equal_ascii(charset, fl_lit("utf-8")))
        fl_raise(FL_BAD_REQUEST, "a form of the type application/x-www-form-urlencoded must be UTF-8, not '%.*s'",
                 FL_SHOW(charset));
}

static void read_urlencoded(fl_request *request)
{
    fl_request_parts *parts = request->parts;

    want_utf8(request);
    fl_bytes body = fl_body(request);
    fl_querydict *form = fl_querydict_parse(fl_str_n((const char *)body.data, body.size),
                                            &(const fl_querydict_limits){ .fields = parts->limits->fields });
    fl_querydict_freeze(form);
    parts->form = form;
    parts->files = fl_dict_new();
}

static void read_nothing(fl_request *request)
{
    request->parts->form = fl_querydict_new();
    fl_querydict_freeze(request->parts->form);
    request->parts->files = fl_dict_new();
}

static void read_form(fl_request *request)
{
    bool can = fl_is_post(request) && request->parts->body_state != FL_BODY_PARTLY;

    if (can && fl_text_is(request->content_type, "multipart/form-data"))
        fl_upload_read(request);
    else if (can && fl_text_is(request->content_type, "application/x-www-form-urlencoded"))
        read_urlencoded(request);
    else
        read_nothing(request);
}

/* With its form: parsing that changes nothing that a view sees. */
static const fl_request_parts *parsed(const fl_request *request)
{
    fl_request_parts *parts = fl_request_parts_of(request);

    if (parts->form == NULL) {
        fl_arena *before = fl_arena_set_here(request->arena);
        read_form((fl_request *)request);
        fl_arena_set_here(before);
    }
    return parts;
}

const fl_querydict *fl_post_all(const fl_request *request) { return parsed(request)->form; }
const char *fl_post(const fl_request *request, const char *name) { return fl_querydict_get(fl_post_all(request), name); }

const fl_list *fl_uploads(const fl_request *request, const char *name)
{
    fl_value list;
    return fl_dict_find(parsed(request)->files, fl_str_of(name), &list) ? list.list : &no_files;
}

fl_file *fl_upload(const fl_request *request, const char *name)
{
    const fl_list *files = fl_uploads(request, name);
    return files->count == 0 ? NULL : (void *)files->items[files->count - 1].object;
}
