/* C strings in the current arena, and replacing in views. */
#include <fleche/buf.h>
#include <fleche/error.h>
#include <string.h>

char *fl_text(const char *format, ...)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    va_list arguments;

    va_start(arguments, format);
    fl_buf_format_v(&out, format, arguments);
    va_end(arguments);
    char *text = fl_buf_c(&out);
    return fl_arena_resize(out.arena, text, out.capacity + 1, out.size + 1);     /* the room behind it back */
}

bool fl_text_is(const char *a, const char *b) { return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0); }

const char *fl_after_prefix(const char *text, const char *prefix)
{
    size_t size = strlen(prefix);
    return text != NULL && strncmp(text, prefix, size) == 0 ? text + size : NULL;
}

bool fl_starts_with(const char *text, const char *prefix) { return fl_after_prefix(text, prefix) != NULL; }

bool fl_text_in_(const char *text, const char *const *options)
{
    for (; *options != NULL; options++)
        if (fl_text_is(text, *options))
            return true;
    return false;
}

fl_str fl_str_replace(fl_str s, fl_str part, fl_str with)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    size_t at;

    if (part.size == 0)
        return fl_str_copy(s);
    while (fl_str_find(s, part, &at)) {
        fl_buf_add_n(&out, s.data, at);
        fl_buf_add(&out, with);
        s = fl_str_slice(s, at + part.size, SIZE_MAX);
    }
    fl_buf_add(&out, s);
    return (fl_str){ fl_buf_c(&out), out.size };
}
