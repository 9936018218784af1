/* The unprefixed words for values: List(1, 2), Json("a", 1), JsonList("a", "b"). #define FL_NO_SHORT_NAMES before <fleche/fleche.h> to
 * keep them out and write fl_list_of, fl_json_object, fl_json_list. */
#pragma once
#include "json.h"

#ifndef FL_NO_SHORT_NAMES
#define List(...)     fl_list_of(__VA_ARGS__)
#define Json(...)     fl_json_object(__VA_ARGS__)
#define JsonList(...) fl_json_list(__VA_ARGS__)
#endif
