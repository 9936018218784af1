/* Filling lines greedily, by what a terminal shows: wide characters take two columns. */
#include "arguments/wrap.h"
#include <fleche/unicode.h>
#include <fleche/vec.h>

void fl_wrap_spaces(size_t count, fl_buf *out)
{
    for (; count > 0; count--)
        fl_buf_add_char(out, ' ');
}

static void new_line(size_t indent, fl_buf *out)
{
    fl_buf_add_char(out, '\n');
    fl_wrap_spaces(indent, out);
}

void fl_wrap_items(const char *const *items, size_t count, size_t at, size_t indent, size_t width, fl_buf *out)
{
    bool is_first = true;                        /* of its line */

    for (size_t i = 0; i < count; i++) {
        size_t columns = fl_display_width(fl_str_of(items[i]));
        bool fits = at + !is_first + columns <= width;
        if (!fits && !(is_first && at <= indent)) {
            new_line(indent, out);
            at = indent;
            is_first = true;
        }
        if (!is_first)
            fl_buf_add_char(out, ' ');
        fl_buf_add_c(out, items[i]);
        at += columns + !is_first;
        is_first = false;
    }
}

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

static void wrap_paragraph(fl_str text, size_t at, size_t indent, size_t width, fl_buf *out)
{
    fl_vec(const char *) words = { 0 };

    for (size_t i = 0, start; i < text.size;) {
        while (i < text.size && is_space(text.data[i]))
            i++;
        for (start = i; i < text.size && !is_space(text.data[i]);)
            i++;
        if (i > start)
            fl_vec_push(&words, fl_str_c(fl_str_slice(text, start, i - start)));
    }
    fl_wrap_items(words.items, words.count, at, indent, width, out);
}

void fl_wrap_text(const char *text, size_t at, size_t indent, size_t width, fl_buf *out)
{
    fl_str rest = fl_str_trim(fl_str_of(text));
    size_t end;

    for (; fl_str_find(rest, fl_lit("\n\n"), &end); at = indent) {
        wrap_paragraph(fl_str_slice(rest, 0, end), at, indent, width, out);
        fl_buf_add_char(out, '\n');
        new_line(indent, out);
        rest = fl_str_trim(fl_str_slice(rest, end, SIZE_MAX));
    }
    wrap_paragraph(rest, at, indent, width, out);
}
