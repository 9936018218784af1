/* Entity tags, one after the other. */
#pragma once
#include <fleche/conditional.h>

/* fl_etag_next takes the next well-formed tag off a list of them; what is none is skipped up to its comma. */
bool fl_etag_next(fl_str *rest, fl_str *ret);
