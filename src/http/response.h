/* What the makers of responses share. */
#pragma once
#include <fleche/http.h>

#define FL_TYPE_HTML "text/html; charset=utf-8"

/* fl_response_make gives one in the current arena; raises FL_VALUE_ERROR for a status outside of 100 to 599. */
fl_response *fl_response_make(int status, const char *content_type, fl_str body);
/* The same of the options, where they say something. */
fl_response *fl_response_make_of(const fl_response_options *options, const char *content_type, fl_str body);
/* fl_response_replace lets `with` stand in the place of a response: it takes over what is to run at its end, and the decorators' marks. */
fl_response *fl_response_replace(fl_response *response, fl_response *with);
