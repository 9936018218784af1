/* What the writers and readers of dates share. */
#pragma once
#include <fleche/time.h>
#include "time/scan.h"

extern const char fl_month_names[12][4];             /* "Jan"; */
extern const char fl_day_names[7][4];                /* "Mon" first */

/* A name of three letters from the table, as it is spelt there or, with `any_case`, in any case; its index. */
bool fl_scan_name(fl_scan *s, const char (*names)[4], int count, bool any_case, int *ret);

/* fl_raise_unreadable raises FL_VALUE_ERROR for a text that a parser refused with `code`: "'2026-02-30' is not a date: there
 * is no such day". `what` is "a date", `expected` its form, an example; `limits` is what -ERANGE means. */
_Noreturn void fl_raise_unreadable(fl_str text, int code, const char *what, const char *expected, const char *limits);
