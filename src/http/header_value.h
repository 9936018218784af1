/* Headers with parameters: `form-data; name="a"; filename*=UTF-8''na%C3%AFve.txt`. */
#pragma once
#include <fleche/querydict.h>

typedef struct fl_header_value {
    fl_str value;                                    /* "form-data", in lower case */
    fl_querydict *parameters;                        /* names in lower case; of equal ones the last counts */
} fl_header_value;

/* fl_header_value_parse reads it as Django's parse_header_parameters, RFC 2231's charsets included; in the current arena. False where
 * a value that says it has a charset does not. */
bool fl_header_value_parse(fl_str text, fl_header_value *ret);
