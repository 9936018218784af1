/* Text in lines of a width, as Python's textwrap breaks them when words stay whole and are broken at spaces only. */
#include <fleche/error.h>
#include <fleche/text.h>
#include "text/characters.h"

enum { TAB = 8 };

/* A run of spaces or of anything else, and its width in characters. */
typedef struct chunk { fl_str text; size_t width; bool blank; } chunk;

static bool ends_line(uint32_t c)
{
    return (c >= '\n' && c <= '\r') || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Python's splitlines(). */
static fl_str take_line(fl_str *rest)
{
    fl_str ahead = *rest;
    uint32_t code_point;

    for (size_t at = 0; fl_utf8_next(&ahead, &code_point); at = rest->size - ahead.size) {
        if (!ends_line(code_point))
            continue;
        fl_str line = fl_str_slice(*rest, 0, at);
        if (code_point == '\r')
            (void)fl_str_after(ahead, fl_lit("\n"), &ahead);
        *rest = ahead;
        return line;
    }
    fl_str line = *rest;
    *rest = (fl_str){ 0 };
    return line;
}

static fl_str without_tabs(fl_str line)
{
    fl_buf out = fl_result_();
    size_t column = 0, start;

    for (fl_str rest = line; rest.size > 0;) {
        uint32_t code_point;
        start = line.size - rest.size;
        (void)fl_utf8_next(&rest, &code_point);
        if (code_point != '\t') {
            fl_buf_add_n(&out, line.data + start, line.size - rest.size - start);
            column++;
            continue;
        }
        do {
            fl_buf_add_char(&out, ' ');
        } while (++column % TAB != 0);
    }
    return fl_made_(&out);
}

static chunk next_chunk(fl_str *rest)
{
    bool spaces = rest->size > 0 && rest->data[0] == ' ';
    size_t size = 0;

    while (size < rest->size && (rest->data[size] == ' ') == spaces)
        size++;
    fl_str text = fl_str_slice(*rest, 0, size);
    *rest = fl_str_slice(*rest, size, SIZE_MAX);
    return (chunk){ text, fl_utf8_count(text), fl_trim_spaces_(text).size == 0 };
}

static void end_line(fl_buf *out, bool *any)
{
    if (*any)
        fl_buf_add_char(out, '\n');
    *any = true;
}

/* Takes off what fits one line: pieces as long as there is room, but at least one. The blank one at its end is left out. */
static fl_str take_fitting(chunk *next, fl_str *rest, size_t width)
{
    fl_str line = fl_str_slice(next->text, 0, 0);
    size_t used = 0, size = 0;
    line.data = next->text.data;

    while (next->text.size > 0 && (used + next->width <= width || used == 0)) {
        used += next->width;
        size += next->text.size;
        line.size = next->blank ? line.size : size;
        *next = next_chunk(rest);
    }
    return line;
}

/* False if the line has nothing but white space. */
static bool wrap_line(fl_buf *out, fl_str line, size_t width, bool *any)
{
    chunk next = next_chunk(&line);
    bool wrapped = false;

    while (next.text.size > 0) {
        if (wrapped && next.blank)
            next = next_chunk(&line);
        if (next.text.size == 0)
            break;
        fl_str part = take_fitting(&next, &line, width);
        if (part.size == 0)
            continue;
        end_line(out, any);
        fl_buf_add(out, part);
        wrapped = true;
    }
    return wrapped;
}

fl_str fl_wrap_words(fl_str text, fl_int width)
{
    fl_buf out = fl_result_();
    bool any = false, ends = fl_str_ends(text, fl_lit("\n"));

    if (width < 1)
        fl_raise(FL_VALUE_ERROR, "text cannot be wrapped to a width of %lld: the least is 1", width);
    while (text.size > 0) {
        fl_str line = take_line(&text);
        if (wrap_line(&out, without_tabs(line), (size_t)width, &any))
            continue;
        end_line(&out, &any);
        fl_buf_add(&out, line);
    }
    if (ends)
        end_line(&out, &any);
    return fl_made_(&out);
}
