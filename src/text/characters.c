/* Characters as Python's regular expressions and str methods see them. */
#include "text/characters.h"
#include <utf8proc.h>

bool fl_is_word_(uint32_t code_point)
{
    if (code_point < 0x80)
        return fl_is_ascii_alnum_((char)code_point) || code_point == '_';
    int kind = utf8proc_get_property((utf8proc_int32_t)code_point)->category;
    return (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) ||
           (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO);
}

bool fl_is_mark_(uint32_t code_point)
{
    return code_point >= 0x300 && utf8proc_get_property((utf8proc_int32_t)code_point)->combining_class != 0;
}

fl_str fl_trim_spaces_(fl_str text)
{
    fl_str rest = text;
    uint32_t code_point;

    while (fl_utf8_next(&rest, &code_point) && fl_is_space(code_point))
        text = rest;
    while (text.size > 0) {
        size_t at = text.size - 1;
        while (at > 0 && ((uint8_t)text.data[at] & 0xC0) == 0x80)
            at--;
        fl_str last = fl_str_from_(text, at);
        if (!fl_utf8_next(&last, &code_point) || !fl_is_space(code_point))
            break;
        text.size = at;
    }
    return text;
}

fl_str fl_trim_characters_(fl_str text, const char *characters)
{
    while (text.size > 0 && strchr(characters, text.data[0]) != NULL && text.data[0] != '\0')
        text = fl_str_from_(text, 1);
    while (text.size > 0 && strchr(characters, text.data[text.size - 1]) != NULL && text.data[text.size - 1] != '\0')
        text.size--;
    return text;
}

size_t fl_offset_of_(fl_str text, size_t count)
{
    fl_str rest = text;
    uint32_t code_point;

    while (count-- > 0 && fl_utf8_next(&rest, &code_point))
        continue;
    return text.size - rest.size;
}
