/* The scheme and the host (with its port) of a URL: "https://example.com:8000/x" is "https" and "example.com:8000". */
#pragma once
#include <fleche/str.h>

typedef struct fl_origin { fl_str scheme, host; } fl_origin;     /* empty where there is none */

fl_origin fl_origin_of(fl_str url);
/* The path behind it, without query and fragment: "/x". */
fl_str fl_origin_path(fl_str url);
