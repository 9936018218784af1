/* Character references in the names of uploads. Browsers write what the form's encoding lacks as &#8364;; so all numbers are read, as
 * HTML says, and of the names those that people write and those of the characters that matter in a path. Other names stay as they
 * are: nothing reads them later. */
#include <fleche/unicode.h>
#include "files/files.h"

typedef struct { fl_str name; bool bare; char text[3]; } named;          /* bare: without the semicolon too */

static const named names[] = {
    { FL_LIT("amp"), true, "&" },     { FL_LIT("AMP"), true, "&" },     { FL_LIT("lt"), true, "<" },
    { FL_LIT("LT"), true, "<" },      { FL_LIT("gt"), true, ">" },      { FL_LIT("GT"), true, ">" },
    { FL_LIT("quot"), true, "\"" },   { FL_LIT("QUOT"), true, "\"" },   { FL_LIT("nbsp"), true, "\xC2\xA0" },
    { FL_LIT("apos"), false, "'" },   { FL_LIT("sol"), false, "/" },    { FL_LIT("bsol"), false, "\\" },
    { FL_LIT("period"), false, "." }, { FL_LIT("colon"), false, ":" },  { FL_LIT("num"), false, "#" },
    { FL_LIT("percnt"), false, "%" }, { FL_LIT("lowbar"), false, "_" }, { FL_LIT("comma"), false, "," },
    { FL_LIT("semi"), false, ";" },   { FL_LIT("Tab"), false, "\t" },   { FL_LIT("NewLine"), false, "\n" },
    { FL_LIT("lpar"), false, "(" },   { FL_LIT("rpar"), false, ")" },   { FL_LIT("plus"), false, "+" },
};

/* HTML reads these numbers as bytes of windows-1252. */
static const uint16_t of_windows[32] = { 0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
                                         0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                         0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178 };

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

static uint32_t meant(uint32_t number)
{
    if (number >= 0x80 && number < 0xA0)
        return of_windows[number - 0x80];
    return number == 0 || number > 0x10FFFF || (number >= 0xD800 && number < 0xE000) ? 0xFFFD : number;
}

/* Of "&#…": the bytes it takes, or 0 if it is none. */
static size_t number_at(fl_str text, fl_buf *out)
{
    bool hex = text.size > 2 && (text.data[2] | 0x20) == 'x';
    size_t start = hex ? 3 : 2, at = start;
    int base = hex ? 16 : 10;
    uint32_t number = 0;
    char bytes[4];

    for (; at < text.size && digit_value(text.data[at]) < base; at++)
        if (number <= 0x10FFFF)
            number = number * (uint32_t)base + (uint32_t)digit_value(text.data[at]);
    if (at == start)
        return 0;
    fl_buf_add_n(out, bytes, fl_utf8_put(meant(number), bytes));
    return at + (at < text.size && text.data[at] == ';');
}

static size_t name_at(fl_str text, fl_buf *out)
{
    fl_str behind;

    for (size_t i = 0; i < FL_LENGTH(names); i++) {
        if (!fl_str_after(fl_str_slice(text, 1, SIZE_MAX), names[i].name, &behind))
            continue;
        bool closed = fl_str_starts(behind, fl_lit(";"));
        if (!closed && !names[i].bare)
            continue;
        fl_buf_add_c(out, names[i].text);
        return 1 + names[i].name.size + closed;
    }
    return 0;
}

fl_str fl_unescape_name(fl_str text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    size_t at;

    while (fl_str_find_char(text, '&', &at)) {
        fl_buf_add_n(&out, text.data, at);
        text = fl_str_slice(text, at, SIZE_MAX);
        size_t taken = text.size > 1 && text.data[1] == '#' ? number_at(text, &out) : name_at(text, &out);
        if (taken == 0) {
            fl_buf_add_char(&out, '&');
            taken = 1;
        }
        text = fl_str_slice(text, taken, SIZE_MAX);
    }
    fl_buf_add(&out, text);
    return (fl_str){ fl_buf_c(&out), out.size };
}
