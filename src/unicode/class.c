/* Classes of code points, with the borders where Python draws them. */
#include <fleche/unicode.h>
#include <utf8proc.h>

static int category(uint32_t code_point) { return utf8proc_get_property((utf8proc_int32_t)code_point)->category; }

bool fl_is_letter(uint32_t code_point)
{
    int kind = category(code_point);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

bool fl_is_digit(uint32_t code_point)
{
    /* Digits in circles, above and below the line, and those of scripts without a zero: categories do not tell them apart. */
    static const struct {
        uint32_t first, last;
    } others[] = {
        { 0xB2, 0xB3 },     { 0xB9, 0xB9 },       { 0x1369, 0x1371 },   { 0x19DA, 0x19DA },   { 0x2070, 0x2070 },
        { 0x2074, 0x2079 }, { 0x2080, 0x2089 },   { 0x2460, 0x2468 },   { 0x2474, 0x247C },   { 0x2488, 0x2490 },
        { 0x24EA, 0x24EA }, { 0x24F5, 0x24FD },   { 0x24FF, 0x24FF },   { 0x2776, 0x277E },   { 0x2780, 0x2788 },
        { 0x278A, 0x2792 }, { 0x10A40, 0x10A43 }, { 0x10E60, 0x10E68 }, { 0x11052, 0x1105A }, { 0x1F100, 0x1F10A },
    };

    if (category(code_point) == UTF8PROC_CATEGORY_ND)
        return true;
    for (size_t i = 0; i < FL_LENGTH(others) && code_point >= others[i].first; i++)
        if (code_point <= others[i].last)
            return true;
    return false;
}

bool fl_is_space(uint32_t code_point)
{
    switch (code_point) {
    case 0x1C:
    case 0x1D:
    case 0x1E:
    case 0x1F: /* the separators of files, groups, records, units */
    case ' ':
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000: return true;
    default: return (code_point >= '\t' && code_point <= '\r') || (code_point >= 0x2000 && code_point <= 0x200A);
    }
}

bool fl_is_printable(uint32_t code_point)
{
    int kind = category(code_point);
    return code_point == ' ' || (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_SO);
}
