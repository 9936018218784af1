/* Stripping as Python's str.strip(): by characters, not by bytes. */
#include "http/strip.h"
#include <fleche/unicode.h>

static bool is_space_at(fl_str text)
{
    uint32_t code_point;
    return fl_utf8_next(&text, &code_point) && fl_is_space(code_point);
}

/* Where the last character begins. */
static size_t last_character(fl_str text)
{
    size_t at = text.size - 1;

    while (at > 0 && text.size - at < 4 && ((uint8_t)text.data[at] & 0xC0) == 0x80)
        at--;
    return at;
}

fl_str fl_strip(fl_str text)
{
    uint32_t code_point;

    for (fl_str rest = text; fl_utf8_next(&rest, &code_point) && fl_is_space(code_point);)
        text = rest;
    while (text.size > 0) {
        size_t at = last_character(text);
        if (!is_space_at(fl_str_slice(text, at, SIZE_MAX)))
            break;
        text.size = at;
    }
    return text;
}
