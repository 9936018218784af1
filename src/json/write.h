/* The writer's parts: write.c (structure), write_scalar.c (strings, numbers, dates). */
#pragma once
#include <fleche/buf.h>
#include <fleche/json.h>

/* Both append; 0 or the codes of fl_json_write. A failed buffer is seen at the end. Scalars are all but lists and dicts. */
int fl_json_write_string(fl_str text, const fl_json_style *style, fl_buf *out);
int fl_json_write_scalar(fl_value v, const fl_json_style *style, fl_buf *out);
