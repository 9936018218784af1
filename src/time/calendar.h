/* The calendar as numbers. A day number counts from 0001-01-01, which is 1; an instant is in seconds since 1970 where zones are
 * concerned, and fl_datetime's microseconds elsewhere. */
#pragma once
#include <fleche/time.h>

#define FL_SECOND_US INT64_C(1000000)
#define FL_DAY_US (86400 * FL_SECOND_US)

enum { FL_LAST_DAY = 3652059, FL_UNIX_DAY = 719163 };        /* 9999-12-31 and 1970-01-01 */
#define FL_LAST_US (FL_LAST_DAY * FL_DAY_US)                 /* the last microsecond of 9999, as an fl_datetime has it */
#define FL_UNIX_US ((FL_UNIX_DAY - 1) * FL_DAY_US + 1)       /* 1970, the same */

/* Both take any year from -399 on; fl_day_number takes months of 1 to 12 and any day, counted on from the first. */
int32_t fl_day_number(int year, int month, int day);
void fl_day_split(int32_t day, int *ret_year, int *ret_month, int *ret_day);
static inline int fl_day_weekday(int32_t day) { return (int)((uint32_t)(day + 7 * 100000 - 1) % 7); }      /* 0 is Monday */

/* Sets what a clock at `offset` seconds east of UTC shows: all of the civil time but `daylight` and `zone`. Raises
 * FL_OVERFLOW where that is outside the years 1 to 9999. */
void fl_civil_set(fl_civil *c, fl_datetime t, int offset);

/* The microseconds since 0001-01-01 00:00 of the civil time, taken as UTC, plus 1; false if there is no such day or time. */
bool fl_civil_us(const fl_civil *c, int64_t *ret);

/* Seconds since 1970, rounded down, of fl_datetime's microseconds. */
static inline int64_t fl_us_unix(int64_t us) { return (us - 1) / FL_SECOND_US - (FL_UNIX_DAY - 1) * INT64_C(86400); }
