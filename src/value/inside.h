/* What the files of the values share. */
#pragma once
#include <fleche/buf.h>
#include <fleche/value.h>

enum { FL_VALUE_DEPTH = 512 };                               /* levels that printing, comparing and copying follow */

static inline fl_str fl_bytes_str(fl_bytes bytes) { return (fl_str){ (const char *)bytes.data, bytes.size }; }

void fl_repr_text(fl_str text, fl_buf *out);                 /* 'it is quoted' */
void fl_repr_bytes(fl_bytes bytes, fl_buf *out);             /* b'\x00' */
const char *fl_value_shown(fl_value v);                      /* the kind and the start of its repr(), for messages */
