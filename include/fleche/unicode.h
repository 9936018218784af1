/* Unicode over utf8proc: what text needs beyond bytes.
 *
 *     if (!fl_utf8_valid(body)) …
 *     fl_str key = fl_casefold(name);                       // for comparing without case, in the current arena
 *     const char *label = fl_truncate(title, 40);           // by what a reader counts as a character
 *
 * Functions that take a view of text expect valid UTF-8; where it is not, the broken bytes are treated as U+FFFD. */
#pragma once
#include "str.h"

bool fl_utf8_valid(fl_str text);                             /* no overlong forms, surrogates, or code points above U+10FFFF */
size_t fl_utf8_valid_prefix(fl_str text);                    /* bytes before the first fault; text.size if there is none */
size_t fl_utf8_count(fl_str text);                           /* code points: Python's len() */
/* fl_utf8_next takes the next code point off *rest; false at the end. */
bool fl_utf8_next(fl_str *rest, uint32_t *ret_code_point);
size_t fl_utf8_put(uint32_t code_point, char ret[4]);        /* its bytes' count; 0 for no code point */
fl_str fl_utf8_repair(fl_str text);                          /* faults replaced by U+FFFD as Python's errors="replace"; itself if valid */

typedef enum fl_normal_form { FL_NFC, FL_NFD, FL_NFKC, FL_NFKD } fl_normal_form;
fl_str fl_normalize(fl_str text, fl_normal_form to);         /* in the current arena, as all of these */
fl_str fl_casefold(fl_str text);                             /* Python's casefold() */
fl_str fl_lower(fl_str text);                                /* Python's lower() and upper() */
fl_str fl_upper(fl_str text);
fl_str fl_strip_marks(fl_str text);                          /* é as e: NFKD without accents (a combining class) */

size_t fl_display_width(fl_str text);                        /* columns in a terminal: 2 for wide characters, 0 for marks */
fl_str fl_grapheme_prefix(fl_str text, size_t graphemes);    /* the first so many; a view of text */
size_t fl_grapheme_count(fl_str text);
/* fl_truncate gives at most so many characters, an ellipsis the last; never splits a grapheme; text itself if short enough. */
const char *fl_truncate(const char *text, size_t characters);

bool fl_is_letter(uint32_t code_point);
bool fl_is_digit(uint32_t code_point);                       /* Python's str.isdigit(): ² and ① too */
bool fl_is_space(uint32_t code_point);                       /* Python's str.isspace() */
bool fl_is_printable(uint32_t code_point);                   /* Python's str.isprintable() */
