/* Files as answers: the type and the name a browser saves it under come from the file, unless they are said. */
#include "http/header.h"
#include "http/response.h"

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

fl_response *fl_file_response_(fl_file *file, const fl_file_options *options)
{
    bool is_named = options->name != NULL && *options->name != '\0';
    const char *name = last_part(is_named ? options->name : fl_file_name(file));
    const char *type = is_named ? fl_sent_type(fl_str_of(name)) : fl_file_content_type(file);
    const fl_response_options made = { .status = options->status, .content_type = options->content_type };

    fl_response *response = fl_response_make_of(&made, type, fl_lit(""));
    response->streaming = true;
    response->file = file;
    response->file_size = fl_file_size(file);
    fl_set_header(response, "Content-Length", "%lld", response->file_size);
    const char *disposition = fl_content_disposition(options->as_attachment, fl_str_of(name));
    if (disposition != NULL)
        fl_put_header(response, fl_lit("Content-Disposition"), fl_str_of(disposition));
    return response;
}
