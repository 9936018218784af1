/* Character references as text. */
#pragma once
#include <fleche/buf.h>

/* fl_reference_ reads the reference at the front of text, which begins with &, and appends what it stands for. The result is its
 * size; 0, and nothing is appended, if it stands for nothing. */
size_t fl_reference_(fl_str text, fl_buf *out);
void fl_unescape_to_(fl_buf *out, fl_str html);
