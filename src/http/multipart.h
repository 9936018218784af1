/* Inside of the multipart parser: what its two halves, the stream and the headers of parts, share. */
#pragma once
#include <fleche/upload.h>

enum { FL_PART_HEADERS = 8192, FL_PART_HEADER_LINES = 64 };          /* bytes of a part's headers, and lines */

/* fl_part_read reads a part's header lines into the current arena. 1; 0 if it has no name, so that nobody can ask for it;
 * -E2BIG for too many lines. */
int fl_part_read(fl_str headers, fl_multipart_part *ret);
