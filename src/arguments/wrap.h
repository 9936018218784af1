/* Text in lines of a width, for terminals. */
#pragma once
#include <fleche/buf.h>

/* fl_wrap_items appends the items, a space between two, beginning in column `at`; where one would pass the last of `width`
 * columns it begins a new line, behind `indent` spaces. An item is never split. */
void fl_wrap_items(const char *const *items, size_t count, size_t at, size_t indent, size_t width, fl_buf *out);
/* fl_wrap_text does so with the words of a text; empty lines in it stay, other line ends are spaces. */
void fl_wrap_text(const char *text, size_t at, size_t indent, size_t width, fl_buf *out);
void fl_wrap_spaces(size_t count, fl_buf *out);
