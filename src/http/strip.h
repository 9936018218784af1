/* White space around texts that came in headers. */
#pragma once
#include <fleche/str.h>

fl_str fl_strip(fl_str text);                        /* a view without Unicode's white space at both ends: Python's str.strip() */
