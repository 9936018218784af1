/* Characters of URIs. */
#pragma once
#include <fleche/http.h>

typedef enum fl_uri_class { FL_URI_PATH = 1, FL_URI_QUERY = 2 } fl_uri_class;
bool fl_uri_is_plain(fl_str text, fl_uri_class which);     /* all may stand there as they are */
