/* Case as Python has it: full mappings, so that one letter may become three.
 *
 * utf8proc has the full case folding and the simple upper and lower case. The full ones follow from those, for every code point:
 * what folds to several code points and is not itself upper case (ß, ŉ, ﬁ, ᾳ) has for its upper case the upper case of each of
 * these; the only lower case of two code points is that of İ. Greek has two small sigmas: one at the end of a word. */
#include <fleche/unicode.h>
#include <utf8proc.h>
#include "unicode/step.h"

enum { LONGEST_FOLD = 8, SIGMA = 0x3A3, FINAL_SIGMA = 0x3C2, DOTTED_I = 0x130 };

static int category(uint32_t code_point) { return utf8proc_get_property((utf8proc_int32_t)code_point)->category; }

static size_t fold(uint32_t code_point, int32_t ret[LONGEST_FOLD])
{
    int boundary = 0;
    return (size_t)utf8proc_decompose_char((utf8proc_int32_t)code_point, ret, LONGEST_FOLD, UTF8PROC_CASEFOLD, &boundary);
}

/* What the mappings have in common: the code point, what stands before and behind it, and where its image goes. */
typedef void add_image(uint32_t code_point, fl_str before, fl_str behind, fl_buf *out);

static void add_folded(uint32_t code_point, FL_UNUSED fl_str before, FL_UNUSED fl_str behind, fl_buf *out)
{
    int32_t folded[LONGEST_FOLD];
    size_t count = fold(code_point, folded);

    for (size_t i = 0; i < count; i++)
        fl_buf_add_code_point(out, (uint32_t)folded[i]);
}

static void add_upper(uint32_t code_point, FL_UNUSED fl_str before, FL_UNUSED fl_str behind, fl_buf *out)
{
    int32_t folded[LONGEST_FOLD];
    size_t count = fold(code_point, folded);

    if (count < 2 || category(code_point) == UTF8PROC_CATEGORY_LU) {
        fl_buf_add_code_point(out, (uint32_t)utf8proc_toupper((utf8proc_int32_t)code_point));
        return;
    }
    for (size_t i = 0; i < count; i++)
        fl_buf_add_code_point(out, (uint32_t)utf8proc_toupper(folded[i]));
}

static bool within(uint32_t code_point, uint32_t first, uint32_t last) { return code_point - first <= last - first; }

/* Unicode's Cased, without what is also Case_Ignorable. */
static bool is_cased(uint32_t c)
{
    int kind = category(c);

    return kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LL || kind == UTF8PROC_CATEGORY_LT || c == 0xAA ||
           c == 0xBA || within(c, 0x2160, 0x217F) || within(c, 0x24B6, 0x24E9) || within(c, 0x1F130, 0x1F149) ||
           within(c, 0x1F150, 0x1F169) || within(c, 0x1F170, 0x1F189);
}

/* Unicode's Case_Ignorable: what stands inside of words without being a letter with case. */
static bool is_ignorable(uint32_t c)
{
    switch (category(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK: return true;
    default: break;
    }
    switch (c) {
    case '\'':
    case '.':
    case ':':
    case 0xB7:
    case 0x387:
    case 0x55F:
    case 0x5F4:
    case 0x2018:
    case 0x2019:
    case 0x2024:
    case 0x2027:
    case 0xFE13:
    case 0xFE52:
    case 0xFE55:
    case 0xFF07:
    case 0xFF0E:
    case 0xFF1A: return true;
    default: return false;
    }
}

static bool letter_follows(fl_str rest)
{
    while (rest.size > 0) {
        uint32_t code_point = fl_utf8_step(&rest);
        if (!is_ignorable(code_point))
            return is_cased(code_point);
    }
    return false;
}

/* Takes the last code point off: what does not end where `text` does is a fault. */
static uint32_t step_back(fl_str *text)
{
    size_t size = 1;

    while (size < 4 && size < text->size && ((uint8_t)text->data[text->size - size] & 0xC0) == 0x80)
        size++;
    fl_str last = fl_str_slice(*text, text->size - size, SIZE_MAX);
    uint32_t code_point = fl_utf8_step(&last);
    text->size -= last.size == 0 ? size : 1;
    return last.size == 0 ? code_point : FL_REPLACEMENT;
}

static bool letter_precedes(fl_str before)
{
    while (before.size > 0) {
        uint32_t code_point = step_back(&before);
        if (!is_ignorable(code_point))
            return is_cased(code_point);
    }
    return false;
}

static void add_lower(uint32_t code_point, fl_str before, fl_str behind, fl_buf *out)
{
    bool is_final = code_point == SIGMA && letter_precedes(before) && !letter_follows(behind);

    fl_buf_add_code_point(out, is_final ? FINAL_SIGMA : (uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point));
    if (code_point == DOTTED_I)
        fl_buf_add(out, fl_lit("\u0307"));
}

/* ASCII by eight: the letters from `first` ('A' or 'a') change their case, which is one bit. */
static uint64_t change_case(uint64_t word, uint8_t first)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t letters = (word + ones * (0x80u - first)) & ~(word + ones * (0x80u - 26 - first)) & ones << 7;
    return word ^ letters >> 2;
}

static void add_ascii(fl_str text, uint8_t first, fl_buf *out)
{
    uint64_t word;

    if (text.size == 0 || !fl_buf_room(out, text.size))
        return;
    for (; text.size >= 8; text = fl_str_slice(text, 8, SIZE_MAX)) {
        memcpy(&word, text.data, 8);
        word = change_case(word, first);
        memcpy(out->data + out->size, &word, 8);
        out->size += 8;
    }
    for (size_t i = 0; i < text.size; i++)
        out->data[out->size++] = (char)change_case((uint8_t)text.data[i], first);
}

static fl_str mapped(fl_str text, uint8_t first, add_image *add)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_str rest = text;

    (void)fl_buf_room(&out, text.size + 4);
    while (rest.size > 0) {
        size_t ascii = fl_ascii_prefix(rest);
        add_ascii(fl_str_slice(rest, 0, ascii), first, &out);
        rest = fl_str_slice(rest, ascii, SIZE_MAX);
        while (rest.size > 0 && (uint8_t)*rest.data >= 0x80) {
            fl_str before = fl_str_n(text.data, text.size - rest.size);
            uint32_t code_point = fl_utf8_step(&rest);
            add(code_point, before, rest, &out);
        }
    }
    return fl_text_made(&out);
}

fl_str fl_casefold(fl_str text) { return mapped(text, 'A', add_folded); }
fl_str fl_lower(fl_str text) { return mapped(text, 'A', add_lower); }
fl_str fl_upper(fl_str text) { return mapped(text, 'a', add_upper); }
