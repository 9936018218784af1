/* Names and values of headers, and the lists that many values are. */
#pragma once
#include <fleche/http.h>

bool fl_header_same_name(fl_str a, fl_str b);              /* without case */
bool fl_header_is_token(fl_str text);                      /* RFC 9110, 5.6.2; "" is none */
/* fl_header_check_value raises FL_BAD_HEADER for what cannot be sent as the value of `name`. */
void fl_header_check_value(fl_str name, fl_str value);

/* fl_header_next_item takes the next item off a comma-separated list: trimmed, empty ones left out, commas in quotes not counted.
 *     for (fl_str item, rest = value; fl_header_next_item(&rest, &item);) … */
bool fl_header_next_item(fl_str *rest, fl_str *ret);
/* fl_header_next_parameter takes the next `; name=value` off what stands behind an item's own value; false at the end. The value is
 * without its quotes, copied into the current arena where it has escapes; parameters without "=" are left out. */
bool fl_header_next_parameter(fl_str *rest, fl_str *ret_name, fl_str *ret_value);
/* fl_header_quality reads "0.8", to three digits; 1 for what is no number from 0 to 1, as Django. */
double fl_header_quality(fl_str text);
