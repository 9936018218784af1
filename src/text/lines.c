/* Line ends, paragraphs, spaces. */
#include <fleche/html.h>
#include <fleche/text.h>
#include "text/characters.h"

/* Takes off *rest the text before the next line end, and the line end: \r\n, \r or \n; false if there was none. */
static bool cut_line(fl_str *rest, fl_str *ret_line)
{
    size_t at = 0;

    while (at < rest->size && rest->data[at] != '\n' && rest->data[at] != '\r')
        at++;
    *ret_line = fl_str_slice(*rest, 0, at);
    bool found = at < rest->size;
    if (found)
        at += fl_str_starts(fl_str_from_(*rest, at), fl_lit("\r\n")) ? 2 : 1;
    *rest = fl_str_slice(*rest, at, SIZE_MAX);
    return found;
}

static void put_lines(fl_buf *out, fl_str text, fl_str line_end, bool escape)
{
    fl_str line;

    for (bool more = true; more;) {
        more = cut_line(&text, &line);
        if (escape)
            fl_escape_to(out, line);
        else
            fl_buf_add(out, line);
        if (more)
            fl_buf_add(out, line_end);
    }
}

fl_str fl_normalize_newlines(fl_str text)
{
    fl_buf out = fl_result_();

    put_lines(&out, text, fl_lit("\n"), false);
    return fl_made_(&out);
}

void fl_linebreaksbr_to(fl_buf *out, fl_str text, bool escape) { put_lines(out, text, fl_lit("<br>"), escape); }

fl_str fl_linebreaksbr(fl_str text, bool escape)
{
    fl_buf out = fl_result_();

    fl_linebreaksbr_to(&out, text, escape);
    return fl_made_(&out);
}

void fl_linebreaks_to(fl_buf *out, fl_str text, bool escape)
{
    fl_str lines = fl_normalize_newlines(text);
    size_t end;

    while (fl_str_find(lines, fl_lit("\n\n"), &end)) {
        fl_buf_add(out, fl_lit("<p>"));
        put_lines(out, fl_str_slice(lines, 0, end), fl_lit("<br>"), escape);
        fl_buf_add(out, fl_lit("</p>\n\n"));
        while (end < lines.size && lines.data[end] == '\n')
            end++;
        lines = fl_str_from_(lines, end);
    }
    fl_buf_add(out, fl_lit("<p>"));
    put_lines(out, lines, fl_lit("<br>"), escape);
    fl_buf_add(out, fl_lit("</p>"));
}

fl_str fl_linebreaks(fl_str text, bool escape)
{
    fl_buf out = fl_result_();

    fl_linebreaks_to(&out, text, escape);
    return fl_made_(&out);
}

fl_str fl_avoid_wrapping(fl_str text) { return fl_str_replace(text, fl_lit(" "), fl_lit("\u00a0")); }
