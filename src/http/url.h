/* URLs as browsers and Python's urlsplit take them apart, for deciding where one leads. */
#pragma once
#include <fleche/str.h>

typedef struct fl_url_parts { fl_str scheme, host; } fl_url_parts;        /* "" for what is not there; the host as written */
/* fl_url_parts_of leaves out what browsers leave out: control characters and spaces in front, tabs and line ends everywhere. */
fl_url_parts fl_url_parts_of(fl_str url);
