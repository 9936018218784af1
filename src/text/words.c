/* Lists in words, and words in quotes. */
#include <fleche/error.h>
#include <fleche/text.h>
#include "text/characters.h"

fl_str fl_get_text_list(const fl_list *list, const char *last_word)
{
    fl_buf out = fl_result_();
    size_t count = fl_len(list);

    for (size_t i = 0; i < count; i++) {
        if (i > 0 && i + 1 == count) {
            fl_buf_add_char(&out, ' ');
            fl_buf_add_c(&out, last_word == NULL ? "or" : last_word);
            fl_buf_add_char(&out, ' ');
        } else if (i > 0) {
            fl_buf_add(&out, fl_lit(", "));
        }
        fl_value_print(list->items[i], &out);
    }
    return fl_made_(&out);
}

/* -- quotes ------------------------------------------------------------------------------------------------------------------ */

/* The size of the quoted phrase at the front, with its quotes; 0 if its end is missing. What has no end to the end of the text
 * has none from any later place either, so that is looked for once. */
static size_t quoted_size(fl_split *words, fl_str text)
{
    char quote = text.data[0];
    bool *unclosed = &words->unclosed[quote == '"'];

    if (*unclosed)
        return 0;
    for (size_t at = 1; at < text.size; at++) {
        if (text.data[at] == quote)
            return at + 1;
        if (text.data[at] == '\\' && ++at < text.size && text.data[at] == '\n')
            return 0;
    }
    *unclosed = true;
    return 0;
}

/* The size of the character at the front; *ret_space is whether it is white space. */
static size_t step(fl_str text, bool *ret_space)
{
    fl_str rest = text;
    uint32_t code_point = 0;

    (void)fl_utf8_next(&rest, &code_point);
    *ret_space = fl_is_space(code_point);
    return text.size - rest.size;
}

/* What stands at the front without white space; `quotes` too where they are not told apart. */
static size_t plain_size(fl_str text, bool quotes)
{
    size_t at = 0, size;
    bool space;

    for (; at < text.size; at += size) {
        size = step(fl_str_from_(text, at), &space);
        if (space || (!quotes && (text.data[at] == '"' || text.data[at] == '\'')))
            break;
    }
    return at;
}

static fl_str without_spaces(fl_str text)
{
    bool space;

    while (text.size > 0) {
        size_t size = step(text, &space);
        if (!space)
            break;
        text = fl_str_from_(text, size);
    }
    return text;
}

bool fl_smart_split(fl_split *words, fl_str *ret_word)
{
    fl_str text = without_spaces(words->rest);
    size_t size, part;
    bool phrases = false;

    for (size = plain_size(text, false); size < text.size; size += part + plain_size(fl_str_from_(text, size + part), false)) {
        char c = text.data[size];
        part = c == '"' || c == '\'' ? quoted_size(words, fl_str_from_(text, size)) : 0;
        if (part == 0)
            break;
        phrases = true;
    }
    if (!phrases)
        size = plain_size(text, true);
    *ret_word = fl_str_slice(text, 0, size);
    words->rest = fl_str_slice(text, size, SIZE_MAX);
    return size > 0;
}

fl_str fl_unescape_string_literal(fl_str literal)
{
    char quote = literal.size == 0 ? '\0' : literal.data[0];

    if ((quote != '"' && quote != '\'') || literal.data[literal.size - 1] != quote)
        fl_raise(FL_VALUE_ERROR, "not a string literal: %.*s", FL_SHOW(literal));
    fl_str inside = literal.size < 2 ? fl_lit("") : fl_str_slice(literal, 1, literal.size - 2);
    inside = fl_str_replace(inside, quote == '"' ? fl_lit("\\\"") : fl_lit("\\'"), fl_str_n(&quote, 1));
    return fl_str_replace(inside, fl_lit("\\\\"), fl_lit("\\"));
}
