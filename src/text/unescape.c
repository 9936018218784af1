/* Python's html.unescape(): references to characters, by number or by name, as HTML 5 reads them. Of a name that is not known
 * as a whole the longest known beginning counts: &notit; is ¬it; */
#include "text/unescape.h"
#include <fleche/html.h>
#include "text/characters.h"
#include "text/entities.h"

/* What browsers make of numbers that are control characters: those of Windows-1252. */
static const uint16_t windows[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
};

static bool is_left_out(uint32_t number)
{
    return (number >= 1 && number <= 8) || (number >= 0x0B && number <= 0x1F && number != 0x0C && number != 0x0D) ||
           number == 0x7F || (number >= 0xFDD0 && number <= 0xFDEF) || (number & 0xFFFE) == 0xFFFE;
}

static void put_number(uint32_t number, fl_buf *out)
{
    if (number >= 0x80 && number < 0xA0)
        number = windows[number - 0x80];
    else if (number == 0 || (number >= 0xD800 && number < 0xE000) || number > 0x10FFFF)
        number = 0xFFFD;
    else if (is_left_out(number))
        return;
    fl_buf_add_code_point_(out, number);
}

static size_t by_number(fl_str text, fl_buf *out)
{
    bool hex = text.size > 2 && (text.data[2] | 0x20) == 'x';
    size_t at = hex ? 3 : 2, start = at;
    uint32_t number = 0;

    for (; at < text.size && (hex ? fl_is_ascii_hex_(text.data[at]) : fl_is_ascii_digit_(text.data[at])); at++) {
        uint32_t digit = fl_is_ascii_digit_(text.data[at]) ? (uint32_t)(text.data[at] - '0') : (text.data[at] | 0x20u) - 'a' + 10;
        if (number <= 0x10FFFF)
            number = number * (hex ? 16 : 10) + digit;
    }
    if (at == start)
        return 0;
    put_number(number, out);
    return at + (at < text.size && text.data[at] == ';');
}

/* The characters of the name, if it is one. */
static bool named(fl_str name, fl_str *ret)
{
    size_t low = 0, high = FL_ENTITIES;

    while (low < high) {
        size_t middle = (low + high) / 2;
        fl_str characters = fl_str_n(fl_entities + fl_entity_offsets[middle],
                                     (size_t)(fl_entity_offsets[middle + 1] - fl_entity_offsets[middle]));
        fl_str entry = characters;
        (void)fl_str_cut(&characters, '=', &entry);
        int order = fl_str_compare(name, entry);
        if (order == 0) {
            *ret = characters;
            return true;
        }
        *(order < 0 ? &high : &low) = order < 0 ? middle : middle + 1;
    }
    return false;
}

/* Names are ASCII, so bytes that are not end the search for one as well as the 32 characters do. */
static size_t by_name(fl_str text, fl_buf *out)
{
    size_t size = 1;
    fl_str characters;

    while (size < text.size && size <= FL_ENTITY_LONGEST && fl_is_ascii_alnum_(text.data[size]))
        size++;
    if (size < text.size && text.data[size] == ';')
        size++;
    for (; size > 2; size--) {
        if (!named(fl_str_n(text.data + 1, size - 1), &characters))
            continue;
        fl_buf_add(out, characters);
        return size;
    }
    return 0;
}

size_t fl_reference_(fl_str text, fl_buf *out)
{
    if (text.size < 2)
        return 0;
    return text.data[1] == '#' ? by_number(text, out) : by_name(text, out);
}

void fl_unescape_to_(fl_buf *out, fl_str html)
{
    size_t at;

    while (fl_str_find_char(html, '&', &at)) {
        fl_buf_add_n(out, html.data, at);
        html = fl_str_from_(html, at);
        size_t size = fl_reference_(html, out);
        if (size == 0)
            fl_buf_add_char(out, '&');
        html = fl_str_from_(html, size == 0 ? 1 : size);
    }
    fl_buf_add(out, html);
}

fl_str fl_unescape(fl_str html)
{
    fl_buf out = fl_result_();

    fl_unescape_to_(&out, html);
    return fl_made_(&out);
}
