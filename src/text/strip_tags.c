/* HTML without its tags, as Django's strip_tags(): what html.parser calls data is kept, and the result is looked at again as long
 * as that takes something off, since taking a tag off may make another: <<b>script>.
 *
 * Two limits keep hostile input from costing more than its size (CVE-2019-14232, -2024-45230, -2024-53907, -2025-32873): how many
 * times that is done, and how many < a tag may have that goes on for more than 1,000 characters. */
#include <errno.h>
#include <fleche/error.h>
#include <fleche/html.h>
#include "text/characters.h"
#include "text/strip_tags.h"

enum { MOST_PASSES = 50, LONG_TAG = 1000, MOST_OPENINGS = 50 };

static size_t count_of(fl_str text, char c)
{
    size_t count = 0;

    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == c;
    return count;
}

/* -- references: kept, and ended with a semicolon ---------------------------------------------------------------------------- */

static bool in_reference(char c) { return fl_is_ascii_alnum_(c) || c == '-' || c == '.'; }

/* The size of the name at the front; its end is not in doubt only if something stands behind it. */
static size_t name_size(fl_str text)
{
    size_t size = 0;

    if (text.size == 0 || !fl_is_ascii_letter_(text.data[0]))
        return 0;
    while (size < text.size && in_reference(text.data[size]))
        size++;
    if (size < text.size)
        return size;
    for (size_t i = size; i > 1; i--)
        if (text.data[i - 1] == '-' || text.data[i - 1] == '.')
            return i - 1;
    return size;
}

static size_t number_size(fl_str text)
{
    bool hex = text.size > 1 && (text.data[1] | 0x20) == 'x';
    size_t start = hex ? 2 : 1, size = start;

    if (text.size == 0 || text.data[0] != '#')
        return 0;
    while (size < text.size && (hex ? fl_is_ascii_hex_(text.data[size]) : fl_is_ascii_digit_(text.data[size])))
        size++;
    return size == start || (size < text.size && fl_is_ascii_hex_(text.data[size])) ? 0 : size;
}

/* Text up to a piece's end; `rest` goes on to the end of everything. */
static void keep(fl_str piece, fl_str rest, fl_buf *out)
{
    size_t at;

    while (fl_str_find_char(piece, '&', &at)) {
        fl_str behind = fl_str_from_(rest, at + 1);
        size_t size = name_size(behind);
        if (size == 0)
            size = number_size(behind);
        fl_buf_add_n(out, piece.data, at + 1 + size);
        if (size > 0)
            fl_buf_add_char(out, ';');
        at += 1 + size;
        if (size > 0 && at < piece.size && piece.data[at] == ';')
            at++;
        rest = fl_str_from_(rest, at);
        piece = fl_str_from_(piece, at);
    }
    fl_buf_add(out, piece);
}

/* -- passes ------------------------------------------------------------------------------------------------------------------ */

static fl_str strip_once(fl_str html, size_t *work)
{
    fl_buf out = fl_result_();
    fl_html_scan scan = fl_html_scan_of(html);
    fl_html_piece piece;

    while (fl_html_next(&scan, &piece)) {
        if (piece.kind == FL_HTML_TEXT)
            keep(piece.source, fl_str_from_(html, (size_t)(piece.source.data - html.data)), &out);
        else if (piece.kind == FL_HTML_RAW || (piece.kind == FL_HTML_UNFINISHED && fl_str_equal(piece.source, fl_lit("</"))))
            fl_buf_add(&out, piece.source);
    }
    *work += scan.work + html.size;
    return fl_made_(&out);
}

/* Whether a tag without its > goes on for long and has many others in it. */
static bool has_long_open_tag(fl_str html)
{
    for (fl_str part; fl_str_cut(&html, '>', &part);) {
        size_t at = 0;
        while (at + 1 < part.size && !(part.data[at] == '<' && fl_is_ascii_letter_(part.data[at + 1])))
            at++;
        fl_str tag = fl_str_slice(part, at, SIZE_MAX);
        if (tag.size >= LONG_TAG && count_of(tag, '<') >= MOST_OPENINGS && fl_utf8_count(tag) >= LONG_TAG + 2)
            return true;
    }
    return false;
}

int fl_strip_tags_counted_(fl_str html, fl_str *ret, size_t *work)
{
    if (has_long_open_tag(html))
        return -E2BIG;
    for (int pass = 0; fl_str_find_char(html, '<', NULL) && fl_str_find_char(html, '>', NULL); pass++) {
        if (pass == MOST_PASSES)
            return -E2BIG;
        fl_str stripped = strip_once(html, work);
        if (count_of(stripped, '<') == count_of(html, '<'))
            break;
        html = stripped;
    }
    *ret = html;
    return 0;
}

int fl_try_strip_tags(fl_str html, fl_str *ret)
{
    size_t work = 0;
    return fl_strip_tags_counted_(html, ret, &work);
}

fl_str fl_strip_tags(fl_str html)
{
    fl_str stripped;

    if (fl_try_strip_tags(html, &stripped) == 0)
        return stripped.data == html.data ? fl_str_copy(stripped) : stripped;
    fl_error *error = fl_error_new(FL_BAD_REQUEST, "tags are nested too deeply to be taken off");
    error->detail = "at most 50 levels, and at most 50 < in a tag of 1,000 characters";
    error->hint = "text like this is made to cost time: refuse it, or escape it";
    fl_reraise(error);
}

fl_str fl_strip_spaces_between_tags(fl_str html)
{
    fl_buf out = fl_result_();
    size_t at;

    while (fl_str_find_char(html, '>', &at)) {
        fl_buf_add_n(&out, html.data, at + 1);
        html = fl_str_from_(html, at + 1);
        fl_str behind = html, ahead = html;
        for (uint32_t code_point; fl_utf8_next(&ahead, &code_point) && fl_is_space(code_point);)
            behind = ahead;
        if (behind.size > 0 && behind.data[0] == '<')
            html = behind;
    }
    fl_buf_add(&out, html);
    return fl_made_(&out);
}
