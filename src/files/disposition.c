/* Content-Disposition, RFC 6266: a quoted string where the name can be one, else percent-encoded UTF-8 (RFC 8187). */
#include <fleche/codec.h>
#include "files/files.h"

static bool is_quotable(fl_str name)
{
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] != '\t' && (name.data[i] < ' ' || name.data[i] > '~'))
            return false;
    return true;
}

static void add_quoted(fl_buf *out, fl_str name)
{
    fl_buf_add_char(out, '"');
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] == '"' || name.data[i] == '\\')
            fl_buf_add_char(out, '\\');
        fl_buf_add_char(out, name.data[i]);
    }
    fl_buf_add_char(out, '"');
}

const char *fl_content_disposition(bool as_attachment, fl_str name)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    if (name.size == 0)
        return as_attachment ? "attachment" : NULL;
    fl_buf_add_c(&out, as_attachment ? "attachment; filename" : "inline; filename");
    if (is_quotable(name)) {
        fl_buf_add_char(&out, '=');
        add_quoted(&out, name);
    } else {
        fl_buf_add(&out, fl_lit("*=utf-8''"));
        fl_percent_encode(name, "/", &out);
    }
    return fl_buf_c(&out);
}
