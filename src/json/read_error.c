/* What is wrong with a text, and where: computed only once it is known to be wrong. */
#include <errno.h>
#include <fleche/buf.h>
#include "json/read.h"
#include "json/scan.h"

static void locate(fl_str text, size_t offset, fl_json_error *ret)
{
    ret->offset = offset;
    ret->line = 1;
    ret->column = 1;
    for (size_t i = 0; i < offset; i++) {
        ret->column++;
        if (text.data[i] == '\n') {
            ret->line++;
            ret->column = 1;
        }
    }
}

int fl_json_fail(fl_json_reader *r, int code, const char *at, const char *format, ...)
{
    va_list arguments;
    fl_buf message = fl_buf_in(r->arena, 1024);

    if (r->error == NULL)
        return code;
    va_start(arguments, format);
    fl_buf_format_v(&message, format, arguments);
    va_end(arguments);
    locate(r->source, (size_t)(at - r->text), r->error);
    r->error->message = fl_buf_c(&message);
    return code;
}

int fl_json_expected(fl_json_reader *r, const char *what)
{
    unsigned char byte = (unsigned char)*r->at;
    uint32_t point;

    if (r->at == r->end)
        return fl_json_fail(r, -EINVAL, r->at, "expected %s, found the end of the text", what);
    if (byte > ' ' && byte < 0x7f)
        return fl_json_fail(r, -EINVAL, r->at, "expected %s, found '%c'", what, byte);
    unsigned size = fl_json_utf8(r->at, r->end, &point);
    if (size == 0)
        return fl_json_fail(r, -EINVAL, r->at, "expected %s, found the byte 0x%02X", what, byte);
    return fl_json_fail(r, -EINVAL, r->at, "expected %s, found '%.*s' (U+%04X)", what, (int)size, r->at, point);
}
