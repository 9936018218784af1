/* What a reader counts as one character (graphemes), and the columns that text takes in a terminal. utf8proc has the tables. */
#include <fleche/unicode.h>
#include <utf8proc.h>
#include "unicode/step.h"

/* The bytes of the first grapheme; `text` is not empty. Between two printable ASCII characters there is always a boundary. */
static size_t grapheme_size(fl_str text)
{
    fl_str rest = text;
    uint32_t before = fl_utf8_step(&rest);
    utf8proc_int32_t state = 0;

    if (before >= ' ' && before < 0x7F && (rest.size == 0 || (uint8_t)*rest.data < 0x80))
        return 1;
    while (rest.size > 0) {
        fl_str at = rest;
        uint32_t next = fl_utf8_step(&rest);
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)before, (utf8proc_int32_t)next, &state))
            return (size_t)(at.data - text.data);
        before = next;
    }
    return text.size;
}

fl_str fl_grapheme_prefix(fl_str text, size_t graphemes)
{
    size_t size = 0;

    for (; graphemes > 0 && size < text.size; graphemes--)
        size += grapheme_size(fl_str_slice(text, size, SIZE_MAX));
    return fl_str_slice(text, 0, size);
}

size_t fl_grapheme_count(fl_str text)
{
    size_t count = 0;

    for (; text.size > 0; count++)
        text = fl_str_slice(text, grapheme_size(text), SIZE_MAX);
    return count;
}

const char *fl_truncate(const char *text, size_t characters)
{
    fl_str whole = fl_str_of(text);

    if (fl_grapheme_prefix(whole, characters).size == whole.size)
        return text;
    if (characters == 0)
        return "";

    fl_str prefix = fl_grapheme_prefix(whole, characters - 1);
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_buf_add(&out, prefix);
    fl_buf_add(&out, fl_lit("…"));
    return fl_buf_c(&out);
}

size_t fl_display_width(fl_str text)
{
    size_t width = 0;

    while (text.size > 0) {
        int columns = utf8proc_charwidth((utf8proc_int32_t)fl_utf8_step(&text));
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}
