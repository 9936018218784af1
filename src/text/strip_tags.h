/* strip_tags with a count of its work, so that tests can tell that the work is linear. */
#pragma once
#include "text/html_scan.h"

/* fl_strip_tags_counted_ adds to *work the bytes that were looked at. */
FL_MUST_CHECK int fl_strip_tags_counted_(fl_str html, fl_str *ret, size_t *work);
