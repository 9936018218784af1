/* What truncating text and truncating HTML share. */
#pragma once
#include "text/html_scan.h"
#include <fleche/buf.h>

#define FL_ELLIPSIS "\u2026"

/* Appends `text` with the ending in its place: behind it (unless it ends so already), or around it where the ending has
 * %(truncated_text)s. */
void fl_add_ending_(fl_buf *out, fl_str text, const char *ending);
/* How many characters of `most` the ending leaves. */
size_t fl_without_ending_(size_t most, const char *ending);
/* The next word and, in *ret_gap, the white space before it; false if only white space is left. */
bool fl_next_word_(fl_str *rest, fl_str *ret_gap, fl_str *ret_word);

/* Truncating HTML, with a count of the bytes looked at. */
fl_str fl_truncate_html_(fl_str html, size_t most, const char *ending, bool words, size_t *work);
