/* How values look in the message of a failure: short ones whole, of long ones the place that matters. */
#include "test/record.h"

enum { SHORT = 100, BEFORE = 32, BEHIND = 48, BEGINNING = 1000, VALUE = 2000 };

static bool continues_character(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

static void escape(fl_buf *out, fl_str text, bool bytes)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '\n')
            fl_buf_add(out, fl_lit("\\n"));
        else if (c == '\t')
            fl_buf_add(out, fl_lit("\\t"));
        else if (c == '"' || c == '\\')
            fl_buf_format(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7F || (bytes && c >= 0x80))
            fl_buf_format(out, "\\x%02x", c);
        else
            fl_buf_add_char(out, (char)c);
    }
}

static void show(fl_buf *out, fl_str text, size_t from, size_t size, bool bytes)
{
    if (text.data == NULL) {
        fl_buf_add(out, fl_lit("NULL"));
        return;
    }
    if (from > text.size)
        from = text.size;
    fl_buf_add_c(out, from > 0 ? "…\"" : "\"");
    escape(out, fl_str_slice(text, from, size), bytes);
    fl_buf_add_c(out, size < text.size - from ? "\"…" : "\"");
}

void fl_show_text(fl_buf *out, fl_str text) { show(out, text, 0, BEGINNING, false); }

void fl_show_value(fl_buf *out, fl_value value)
{
    char memory[VALUE];
    fl_buf text = fl_buf_over(memory, sizeof memory);

    fl_value_repr(value, &text);
    fl_buf_add(out, fl_buf_str(&text));
    if (fl_buf_failed(&text))
        fl_buf_add(out, fl_lit("…"));
}

static void say_where(fl_buf *out, fl_str a, size_t at, bool bytes)
{
    size_t line = 1, column = 1;

    for (size_t i = 0; i < at; i++) {
        if (a.data[i] == '\n') {
            line++;
            column = 1;
        } else if (!continues_character(a.data[i])) {
            column++;
        }
    }
    if (bytes)
        fl_buf_format(out, "\n  the first difference is at byte %zu", at);
    else
        fl_buf_format(out, "\n  the first difference is at line %zu, column %zu (byte %zu)", line, column, at);
}

void fl_show_texts(fl_buf *out, fl_str a, fl_str b, bool bytes)
{
    size_t from = 0, size = SHORT, at = 0;

    if (a.data != NULL && b.data != NULL && (a.size > SHORT || b.size > SHORT)) {
        while (at < a.size && at < b.size && a.data[at] == b.data[at])
            at++;
        while (!bytes && at > 0 && at < a.size && continues_character(a.data[at]))
            at--;
        say_where(out, a, at, bytes);
        from = at > BEFORE ? at - BEFORE : 0;
        while (!bytes && from > 0 && continues_character(a.data[from]))
            from--;
        size = at - from + BEHIND;
    }
    fl_buf_add(out, fl_lit("\n  left:  "));
    show(out, a, from, size, bytes);
    fl_buf_add(out, fl_lit("\n  right: "));
    show(out, b, from, size, bytes);
    if (bytes && a.size != b.size)
        fl_buf_format(out, "\n  %zu and %zu bytes", a.size, b.size);
}
