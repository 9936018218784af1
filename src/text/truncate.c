/* Text cut to a number of characters or words, with an ending that says so: Django's Truncator. Marks that combine with the
 * character before them are not counted, and text is brought into its composed form (NFC) first. */
#include "text/truncate.h"
#include <fleche/text.h>
#include "text/characters.h"

static const fl_str placeholder = FL_LIT("%(truncated_text)s");

static fl_str ending_or_ellipsis(const char *ending) { return ending == NULL ? fl_lit(FL_ELLIPSIS) : fl_str_of(ending); }

/* The ending with the text in its place, %% being a percent sign. */
static void fill_in(fl_buf *out, fl_str ending, fl_str text)
{
    size_t at;

    while (fl_str_find_char(ending, '%', &at)) {
        fl_str mark = fl_str_from_(ending, at), behind;
        fl_buf_add_n(out, ending.data, at);
        if (fl_str_after(mark, placeholder, &behind)) {
            fl_buf_add(out, text);
        } else {
            fl_buf_add_char(out, '%');
            behind = fl_str_from_(mark, fl_str_starts(mark, fl_lit("%%")) ? 2 : 1);
        }
        ending = behind;
    }
    fl_buf_add(out, ending);
}

void fl_add_ending_(fl_buf *out, fl_str text, const char *ending)
{
    fl_str with = ending_or_ellipsis(ending);

    if (fl_str_find(with, placeholder, NULL)) {
        fill_in(out, with, text);
        return;
    }
    fl_buf_add(out, text);
    if (!fl_str_ends(text, with))
        fl_buf_add(out, with);
}

size_t fl_without_ending_(size_t most, const char *ending)
{
    fl_buf text = fl_result_();

    fl_add_ending_(&text, fl_lit(""), ending);
    fl_str rest = fl_buf_str(&text);
    for (uint32_t code_point; most > 0 && fl_utf8_next(&rest, &code_point);)
        most -= !fl_is_mark_(code_point);
    return most;
}

static fl_str with_ending(fl_str text, const char *ending)
{
    fl_buf out = fl_result_();

    fl_add_ending_(&out, text, ending);
    return fl_made_(&out);
}

fl_str fl_truncate_chars(fl_str text, fl_int most, const char *ending)
{
    if (most <= 0)
        return fl_lit("");
    fl_str given = text;
    text = fl_normalize(text, FL_NFC);
    size_t kept = fl_without_ending_((size_t)most, ending), cut = 0, count = 0;
    fl_str rest = text;
    bool known = false;
    for (uint32_t code_point;;) {
        size_t at = text.size - rest.size;
        if (!fl_utf8_next(&rest, &code_point))
            return text.data == given.data ? fl_str_copy(text) : text;
        if (fl_is_mark_(code_point))
            continue;
        count++;
        if (!known && count > kept) {
            cut = at;
            known = true;
        }
        if (count > (size_t)most)
            return with_ending(fl_str_slice(text, 0, cut), ending);
    }
}

bool fl_next_word_(fl_str *rest, fl_str *ret_gap, fl_str *ret_word)
{
    fl_str ahead = *rest, start = *rest;
    uint32_t code_point;

    while (fl_utf8_next(&ahead, &code_point) && fl_is_space(code_point))
        start = ahead;
    *ret_gap = fl_str_n(rest->data, rest->size - start.size);
    *rest = ahead = start;
    while (fl_utf8_next(&ahead, &code_point) && !fl_is_space(code_point))
        *rest = ahead;
    *ret_word = fl_str_n(start.data, start.size - rest->size);
    return ret_word->size > 0;
}

fl_str fl_truncate_words(fl_str text, fl_int most, const char *ending)
{
    fl_buf out = fl_result_();
    fl_str gap, word;

    for (fl_int count = 0; most > 0 && fl_next_word_(&text, &gap, &word); count++) {
        if (count == most)
            return with_ending(fl_buf_str(&out), ending);
        if (count > 0)
            fl_buf_add_char(&out, ' ');
        fl_buf_add(&out, word);
    }
    return fl_made_(&out);
}

fl_str fl_truncate_chars_html(fl_str html, fl_int most, const char *ending)
{
    size_t work = 0;
    return most <= 0 ? fl_lit("") : fl_truncate_html_(fl_normalize(html, FL_NFC), (size_t)most, ending, false, &work);
}

fl_str fl_truncate_words_html(fl_str html, fl_int most, const char *ending)
{
    size_t work = 0;
    return most <= 0 ? fl_lit("") : fl_truncate_html_(html, (size_t)most, ending, true, &work);
}
