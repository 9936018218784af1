/* Dates, times, spans and numbers as people read them, in American English until a translation is there.
 *
 *     fl_format_datetime(article->created, "j F Y, H:i")                    // 20 November 2026, 09:30
 *     fl_format_date(day, NULL)                                             // Nov. 20, 2026
 *     fl_timesince(article->created)                                        // 2 weeks, 3 days
 *     fl_number_format(1234567.891, .grouping = { 3 }, .decimals = 2)       // 1,234,567.89
 *
 * Results are those of Django 6.1's django.utils.dateformat, .timesince, .numberformat and .formats: C strings in the current
 * arena. A format is a text of Django's characters (a A b c d D e E f F g G h H i I j l L m M n N o O P r s S t T u U w W y Y z
 * Z; behind \ they are themselves), or the name of one: DATE_FORMAT DATETIME_FORMAT TIME_FORMAT YEAR_MONTH_FORMAT
 * MONTH_DAY_FORMAT SHORT_DATE_FORMAT SHORT_DATETIME_FORMAT; NULL is the usual one for the type. None gives "". */
#pragma once
#include "buf.h"
#include "value.h"

/* -- dates and times ----------------------------------------------------------------------------------------------------- */
const char *fl_format_datetime(fl_datetime t, const char *format);                 /* in the current zone */
const char *fl_format_datetime_in(fl_datetime t, const char *format, const fl_zone *zone);
const char *fl_format_date(fl_date d, const char *format);      /* raises FL_TYPE_ERROR for a character that needs a time */
const char *fl_format_time(fl_time t, const char *format);      /* and this for one that needs a date */
/* What a template's date and time filters do: picks by kind. Raises FL_TYPE_ERROR for what is neither date nor time. */
void fl_format_moment_to(fl_buf *out, fl_value v, const char *format);
const char *fl_get_format(const char *name);                    /* "N j, Y" for DATE_FORMAT; the name itself if it is none */

/* -- spans --------------------------------------------------------------------------------------------------------------- */
const char *fl_timesince(fl_datetime from);                     /* until now, in two units: 1 year, 2 months; no-break spaces */
const char *fl_timeuntil(fl_datetime until);
/* "0 minutes" if `from` is not before `to`, "" if one is none. Months and years as the calendar of UTC has them. Raises
 * FL_VALUE_ERROR for a depth below 1. */
const char *fl_timesince_between(fl_datetime from, fl_datetime to, int depth);

/* -- numbers ------------------------------------------------------------------------------------------------------------- */
enum { FL_NO_DECIMALS = -1 };
typedef struct fl_number_style {
    int decimals;                                               /* exactly so many, cut off, not rounded; 0: all there are */
    int grouping[4];                                            /* sizes of groups from the right, the last repeats: { 3, 2 } */
    const char *thousand_separator, *decimal_separator;         /* NULL: "," and "." */
} fl_number_style;
/* Any number, or the text of one; what is none stays as it is. Numbers of more than 200 digits have an exponent. */
const char *fl_number_format_(fl_value number, const fl_number_style *style);
void fl_number_format_to(fl_buf *out, fl_value number, const fl_number_style *style);
#define fl_number_format(number, ...) fl_number_format_(fl_box(number), &(const fl_number_style){ __VA_ARGS__ })
const char *fl_filesizeformat(double bytes);                    /* 12.3 KB, with a no-break space */

/* fl_localize is how a template prints a value: numbers and dates in the usual format, everything else as its str(). */
const char *fl_localize_(fl_value v);
void fl_localize_to(fl_buf *out, fl_value v);
#define fl_localize(x) fl_localize_(fl_box(x))

/* -- the language -------------------------------------------------------------------------------------------------------- */
typedef enum fl_time_unit { FL_YEAR, FL_MONTH, FL_WEEK, FL_DAY, FL_HOUR, FL_MINUTE } fl_time_unit;
typedef struct fl_date_words {
    const char *months[12], *months_short[12];                  /* January, jan */
    const char *months_press[12], *months_inflected[12];        /* of the Associated Press: Jan.; behind a day: January */
    const char *weekdays[7], *weekdays_short[7];                /* from Monday */
    const char *am[2], *pm[2];                                  /* a.m. and AM */
    const char *midnight, *noon, *comma;                        /* comma: between two units of a span */
    void (*count)(fl_buf *out, fl_time_unit unit, long long n); /* "3 weeks" */
} fl_date_words;
extern const fl_date_words fl_date_words_english;
/* The words for whoever asks now; NULL is English. For the module of translations, set once at start. */
extern const fl_date_words *(*fl_date_words_hook)(void);
