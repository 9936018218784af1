/* Numbers of every kind among each other, exactly, as in Python: 2**53 + 1 is not 9007199254740992.0, and Decimal("0.1") not 0.1. */
#pragma once
#include <fleche/value.h>

static inline bool fl_is_number(fl_value v) { return v.kind >= FL_V_BOOL && v.kind <= FL_V_DECIMAL; }

/* Of two numbers; false if one is not a number (NaN): then they are neither equal nor in any order. */
bool fl_number_compare(fl_value a, fl_value b, int *ret);
uint64_t fl_number_hash(fl_value v);
