/* What several files of this module ask of characters, and how their results are made. */
#pragma once
#include <fleche/buf.h>
#include <fleche/unicode.h>

bool fl_is_word_(uint32_t code_point);               /* a character of a word to Python's \w: letters, numbers, _ */
bool fl_is_mark_(uint32_t code_point);               /* Python's unicodedata.combining() */
fl_str fl_trim_spaces_(fl_str text);                 /* Python's strip() */
fl_str fl_trim_characters_(fl_str text, const char *characters);     /* ASCII ones, at both ends */

/* Where the character after the first `count` begins; text.size if it has fewer. */
size_t fl_offset_of_(fl_str text, size_t count);

static inline bool fl_is_ascii_letter_(char c) { return (unsigned)((c | 0x20) - 'a') < 26; }
static inline bool fl_is_ascii_digit_(char c) { return (unsigned)(c - '0') < 10; }
static inline bool fl_is_ascii_alnum_(char c) { return fl_is_ascii_letter_(c) || fl_is_ascii_digit_(c); }
static inline bool fl_is_ascii_hex_(char c) { return fl_is_ascii_digit_(c) || (unsigned)((c | 0x20) - 'a') < 6; }
static inline char fl_ascii_lower_(char c) { return (char)((unsigned)(c - 'A') < 26 ? c + 32 : c); }

/* The rest of a text from `at`; at <= text.size. */
static inline fl_str fl_str_from_(fl_str text, size_t at) { return (fl_str){ text.data + at, text.size - at }; }

/* A buffer for a result, in the current arena, whose limit it has. */
static inline fl_buf fl_result_(void) { return fl_buf_in(fl_arena_here(), FL_NO_LIMIT); }
static inline fl_str fl_made_(fl_buf *out)
{
    size_t size = out->size;
    return (fl_str){ fl_buf_c(out), size };
}

static inline void fl_buf_add_code_point_(fl_buf *out, uint32_t code_point)
{
    char bytes[4];
    fl_buf_add_n(out, bytes, fl_utf8_put(code_point, bytes));
}
