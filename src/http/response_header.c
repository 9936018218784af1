/* The headers of responses. Content-Type is a member of its own, since nearly every response has one. */
#include <stdio.h>
#include <fleche/buf.h>
#include "http/header.h"

enum { SHORT_VALUE = 512, LONGEST_VALUE = 1 << 16 };

static bool is_content_type(fl_str name) { return name.size == 12 && fl_header_same_name(name, fl_lit("Content-Type")); }

static void set_content_type(fl_response *response, fl_str value)
{
    fl_header_check_value(fl_lit("Content-Type"), value);
    response->content_type = fl_arena_copy_text(response->arena, value.data, value.size);
}

/* What is set behind the head would be lost, and nobody would know. */
static void check_unsent(const fl_response *response, fl_str name)
{
    if (FL_LIKELY(!response->sent))
        return;
    fl_error *error = fl_error_new(FL_PROGRAMMING_ERROR, "the header %.*s is set when the response's head has been sent",
                                   FL_SHOW(name));
    error->hint = "set headers before the stream begins";
    fl_reraise(error);
}

void fl_put_header(fl_response *response, fl_str name, fl_str value)
{
    check_unsent(response, name);
    if (is_content_type(name))
        set_content_type(response, value);
    else
        fl_headers_put(&response->headers, name, value);
}

void fl_add_header(fl_response *response, fl_str name, fl_str value)
{
    check_unsent(response, name);
    if (is_content_type(name))
        set_content_type(response, value);
    else
        fl_headers_add(&response->headers, name, value);
}

/* Longer than the stack's share. */
static FL_PRINTF(3, 0) void set_long_header(fl_response *response, fl_str name, const char *format, va_list arguments)
{
    fl_buf text = fl_buf_in(fl_arena_here(), LONGEST_VALUE);

    fl_buf_format_v(&text, format, arguments);
    if (fl_buf_failed(&text))
        fl_raise(FL_BAD_HEADER, "the value of %.*s is longer than %d bytes", FL_SHOW(name), LONGEST_VALUE);
    fl_put_header(response, name, fl_buf_str(&text));
}

void fl_set_header(fl_response *response, const char *name, const char *format, ...)
{
    fl_str named = fl_str_of(name);
    char text[SHORT_VALUE];
    va_list arguments;

    if (strchr(format, '%') == NULL) {
        fl_put_header(response, named, fl_str_of(format));
        return;
    }
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (FL_LIKELY(size >= 0 && size < SHORT_VALUE)) {
        fl_put_header(response, named, fl_str_n(text, (size_t)size));
        return;
    }
    va_start(arguments, format);
    set_long_header(response, named, format, arguments);
    va_end(arguments);
}

void fl_set_default_header(fl_response *response, const char *name, const char *value)
{
    if (fl_response_header(response, name) == NULL)
        fl_put_header(response, fl_str_of(name), fl_str_of(value));
}

const char *fl_response_header(const fl_response *response, const char *name)
{
    return is_content_type(fl_str_of(name)) ? response->content_type : fl_headers_joined(&response->headers, name);
}

bool fl_delete_header(fl_response *response, const char *name)
{
    if (!is_content_type(fl_str_of(name)))
        return fl_headers_delete(&response->headers, fl_str_of(name));
    bool had = response->content_type != NULL;
    response->content_type = NULL;
    return had;
}
