/* Time: instants, civil dates, zones, and the text forms that the web uses.
 *
 *     fl_datetime now = fl_now();                                          // microseconds, UTC
 *     const fl_zone *paris = fl_zone_named("Europe/Paris");                // from the system's zone files
 *     fl_civil local = fl_civil_of(now, paris);
 *     char *text = fl_datetime_text(now, FL_ISO_8601);                     // 2026-11-20T09:30:00.000001Z
 *
 * All bits zero is "none" in every type. A datetime is an instant, always UTC inside; a civil time is what a calendar and a clock
 * in a zone show. Years 1 to 9999, the proleptic Gregorian calendar. Parsers come in two forms: `try` takes a view and returns
 * 0 or -EINVAL (not of the form) or -ERANGE (no such day or hour); the other takes a C string and raises FL_VALUE_ERROR. */
#pragma once
#include "str.h"

struct fl_buf;

typedef struct { int64_t us; } fl_datetime;                /* microseconds since 0001-01-01 00:00 UTC, plus 1: 0 is none */
typedef struct { int32_t day; } fl_date;                   /* day 1 is 0001-01-01; 0 is none */
typedef struct { int64_t us_plus_one; } fl_time;           /* microseconds since midnight, plus 1; 0 is none */
typedef struct { int64_t us; } fl_duration;

#define FL_NEVER ((fl_datetime){ 0 })
#define FL_MICROSECONDS(n) ((fl_duration){ (int64_t)(n) })
#define FL_MILLISECONDS(n) ((fl_duration){ (int64_t)(n) * 1000 })
#define FL_SECONDS(n)      ((fl_duration){ (int64_t)((n) * 1000000LL) })      /* 0.5 is fine too, in these */
#define FL_MINUTES(n)      FL_SECONDS((n) * 60LL)
#define FL_HOURS(n)        FL_SECONDS((n) * 3600LL)
#define FL_DAYS(n)         FL_SECONDS((n) * 86400LL)
#define FL_FOREVER         ((fl_duration){ INT64_MAX })

typedef struct fl_civil {
    int year, month, day;                                  /* 1-9999, 1-12, 1-31 */
    int hour, minute, second, microsecond;
    int weekday, yearday;                                  /* 0 Monday … 6 Sunday; 1-366 */
    int offset;                                            /* seconds east of UTC */
    bool daylight;                                         /* summer time */
    char zone[8];                                          /* "CET" */
} fl_civil;

/* -- clocks ----------------------------------------------------------------------------------------------------------- */
fl_datetime fl_now(void);
fl_date fl_today(void);                                    /* in the current zone */
double fl_monotonic(void);                                 /* seconds; only differences mean anything */
int64_t fl_monotonic_us(void);

/* For tests: the wall clock stands still at `at` until advanced or let go; monotonic time goes on. Process-wide. */
void fl_clock_freeze(fl_datetime at);
void fl_clock_advance(fl_duration by);
void fl_clock_thaw(void);

/* -- values ----------------------------------------------------------------------------------------------------------- */
static inline bool fl_is_none_datetime(fl_datetime t) { return t.us == 0; }
static inline bool fl_is_none_date(fl_date d) { return d.day == 0; }
static inline bool fl_is_none_time(fl_time t) { return t.us_plus_one == 0; }
/* These raise FL_OVERFLOW outside the years 1 to 9999; what is added to none is none. */
fl_datetime fl_datetime_add(fl_datetime t, fl_duration by);
fl_duration fl_datetime_between(fl_datetime from, fl_datetime to);         /* raises FL_VALUE_ERROR if one of them is none */
fl_datetime fl_datetime_of_unix(int64_t seconds, int microseconds);
int64_t fl_datetime_unix(fl_datetime t);                                   /* whole seconds since 1970, rounded down */
fl_date fl_date_of(int year, int month, int day);                          /* none if there is no such day */
fl_date fl_date_add_days(fl_date d, int days);
fl_time fl_time_of(int hour, int minute, int second, int microsecond);     /* none if there is no such time */
bool fl_is_leap_year(int year);
int fl_days_in_month(int year, int month);
int fl_iso_week(fl_date d, int *ret_year);                                 /* 1-53, and the year it belongs to; 0 for none */

/* -- zones ------------------------------------------------------------------------------------------------------------ */
typedef struct fl_zone fl_zone;
extern const fl_zone *const FL_UTC;
/* fl_zone_try_named finds an IANA zone ("Europe/Paris") in $ZONEINFO or /usr/share/zoneinfo, read once and kept for the process.
 * 0, -ENOENT, -EINVAL for a name or a file that is not one, or the code of reading it. The raising form names the zone. */
FL_MUST_CHECK int fl_zone_try_named(fl_str name, const fl_zone **ret);
const fl_zone *fl_zone_named(const char *name);
const fl_zone *fl_zone_fixed(int offset_seconds);          /* "UTC+02:00", in the current arena */
const char *fl_zone_name(const fl_zone *zone);
const fl_zone *fl_zone_here(void);                         /* the fiber's current zone; UTC until set */
const fl_zone *fl_zone_set_here(const fl_zone *zone);      /* returns the one before */

fl_civil fl_civil_of(fl_datetime t, const fl_zone *zone);  /* what a clock in the zone shows; all zero for none */
fl_civil fl_civil_of_date(fl_date d);
/* fl_datetime_of_civil is the instant. A local time that a change of clocks skips or repeats: `fold` 0 takes the earlier
 * offset, 1 the later one, as Python's fold. offset, daylight, zone, weekday and yearday of the argument are not read. None if
 * there is no such day or time. */
fl_datetime fl_datetime_of_civil(fl_civil c, const fl_zone *zone, int fold);
bool fl_civil_exists(fl_civil c, const fl_zone *zone);     /* false in the hour that summer time skips */
bool fl_civil_is_ambiguous(fl_civil c, const fl_zone *zone);
fl_date fl_date_in(fl_datetime t, const fl_zone *zone);
fl_time fl_time_in(fl_datetime t, const fl_zone *zone);

/* -- text ------------------------------------------------------------------------------------------------------------- */
typedef enum fl_time_form {
    FL_ISO_8601,                                           /* 2026-11-20T09:30:00.000001Z (no fraction when it is 0) */
    FL_ISO_8601_MS,                                        /* 2026-11-20T09:30:00.250Z, the same: Django's JSON encoder */
    FL_ISO_SPACE,                                          /* 2026-11-20 09:30:00+00:00: Python's str() */
    FL_HTTP_DATE,                                          /* Fri, 20 Nov 2026 09:30:00 GMT (RFC 9110) */
    FL_MAIL_DATE,                                          /* Fri, 20 Nov 2026 09:30:00 +0000 (RFC 5322) */
} fl_time_form;

char *fl_datetime_text(fl_datetime t, fl_time_form form);  /* UTC; in the current arena, as all of these; "" for none */
char *fl_datetime_text_in(fl_datetime t, fl_time_form form, const fl_zone *zone);
char *fl_date_text(fl_date d);                             /* 2026-11-20 */
char *fl_time_text(fl_time t);                             /* 09:30:00 or 09:30:00.000001 */
char *fl_duration_text(fl_duration d);                     /* 3 days, 4:05:06.000007: Python's str() */
char *fl_duration_iso(fl_duration d);                      /* P3DT04H05M06.000007S: Django's duration_iso_string */
void fl_datetime_print(fl_datetime t, fl_time_form form, const fl_zone *zone, struct fl_buf *out);

/* ISO 8601 as Django's parse_datetime reads it: T or space, seconds and fraction optional, Z or ±hh[:mm[:ss]]; without an offset the
 * time is in `zone`. */
FL_MUST_CHECK int fl_datetime_try_parse(fl_str text, const fl_zone *zone, fl_datetime *ret);
fl_datetime fl_datetime_parse(const char *text);           /* in the current zone */
FL_MUST_CHECK int fl_date_try_parse(fl_str text, fl_date *ret);
fl_date fl_date_parse(const char *text);
FL_MUST_CHECK int fl_time_try_parse(fl_str text, fl_time *ret);
fl_time fl_time_parse(const char *text);
FL_MUST_CHECK int fl_duration_try_parse(fl_str text, fl_duration *ret);    /* Django's parse_duration: all its forms, PnW too */
fl_duration fl_duration_parse(const char *text);
FL_MUST_CHECK int fl_http_date_try_parse(fl_str text, fl_datetime *ret);   /* IMF-fixdate, RFC 850 and asctime forms */
FL_MUST_CHECK int fl_mail_date_try_parse(fl_str text, fl_datetime *ret);   /* RFC 5322, obsolete zones and comments too */
