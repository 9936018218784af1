/* Datetimes, dates and times as text. Each form is written into a few bytes, in a buffer with room or on the stack to be
 * copied. */
#include <fleche/arena.h>
#include <fleche/buf.h>
#include <string.h>
#include "time/calendar.h"
#include "time/text.h"

enum { LONGEST = 48 };                               /* 9999-12-31 23:59:59.999999+23:59:59 has 35 */

const char fl_month_names[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
const char fl_day_names[7][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

static char *put_digits(char *at, int n, int value)
{
    for (int i = n; i-- > 0; value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + n;
}

static char *put_2(char *at, int value)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                                "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                                "8081828384858687888990919293949596979899";

    memcpy(at, &pairs[value * 2], 2);
    return at + 2;
}

static char *put_char(char *at, char c)
{
    *at = c;
    return at + 1;
}

static char *put_date(char *at, const fl_civil *c)
{
    at = put_char(put_2(put_2(at, c->year / 100), c->year % 100), '-');
    return put_2(put_char(put_2(at, c->month), '-'), c->day);
}

static char *put_clock(char *at, const fl_civil *c)
{
    at = put_char(put_2(at, c->hour), ':');
    return put_2(put_char(put_2(at, c->minute), ':'), c->second);
}

static char *put_fraction(char *at, int microsecond, bool milliseconds)
{
    if (microsecond == 0)
        return at;
    at = put_char(at, '.');
    return milliseconds ? put_digits(at, 3, microsecond / 1000) : put_digits(at, 6, microsecond);
}

/* +hh:mm, with seconds if there are any; or, `compact`, +hhmm. */
static char *put_offset(char *at, int offset, bool compact)
{
    int size = offset < 0 ? -offset : offset;

    at = put_2(put_char(at, offset < 0 ? '-' : '+'), size / 3600);
    if (!compact)
        at = put_char(at, ':');
    at = put_2(at, size / 60 % 60);
    return size % 60 == 0 || compact ? at : put_2(put_char(at, ':'), size % 60);
}

static char *put_iso(char *at, const fl_civil *c, fl_time_form form)
{
    at = put_date(at, c);
    at = put_clock(put_char(at, form == FL_ISO_SPACE ? ' ' : 'T'), c);
    at = put_fraction(at, c->microsecond, form == FL_ISO_8601_MS);
    return c->offset == 0 && form != FL_ISO_SPACE ? put_char(at, 'Z') : put_offset(at, c->offset, false);
}

/* "Fri, 20 Nov 2026 09:30:00 " */
static char *put_named(char *at, const fl_civil *c)
{
    memcpy(at, fl_day_names[c->weekday], 3);
    memcpy(at + 3, ", ", 2);
    at = put_char(put_2(at + 5, c->day), ' ');
    memcpy(at, fl_month_names[c->month - 1], 3);
    at = put_2(put_2(put_char(at + 3, ' '), c->year / 100), c->year % 100);
    return put_char(put_clock(put_char(at, ' '), c), ' ');
}

static size_t write_datetime(fl_datetime t, fl_time_form form, const fl_zone *zone, char out[LONGEST])
{
    fl_civil c = fl_civil_of(t, form == FL_HTTP_DATE ? FL_UTC : zone);
    char *end;

    if (form == FL_HTTP_DATE) {
        end = put_named(out, &c);
        memcpy(end, "GMT", 3);
        end += 3;
    } else if (form == FL_MAIL_DATE) {
        if (c.offset % 60 != 0)                      /* which +hhmm cannot say: the time of the whole minute */
            fl_civil_set(&c, t, c.offset - c.offset % 60);
        end = put_offset(put_named(out, &c), c.offset, true);
    } else {
        end = put_iso(out, &c, form);
    }
    return (size_t)(end - out);
}

static char *kept(const char *text, size_t size) { return fl_arena_copy_text(fl_arena_here(), text, size); }

char *fl_datetime_text_in(fl_datetime t, fl_time_form form, const fl_zone *zone)
{
    char out[LONGEST];

    return kept(out, fl_is_none_datetime(t) ? 0 : write_datetime(t, form, zone, out));
}

char *fl_datetime_text(fl_datetime t, fl_time_form form) { return fl_datetime_text_in(t, form, FL_UTC); }

void fl_datetime_print(fl_datetime t, fl_time_form form, const fl_zone *zone, fl_buf *out)
{
    char text[LONGEST];

    if (fl_is_none_datetime(t))
        return;
    if (FL_LIKELY(out->capacity - out->size >= LONGEST))                   /* most often: in place */
        out->size += write_datetime(t, form, zone, out->data + out->size);
    else
        fl_buf_add_n(out, text, write_datetime(t, form, zone, text));
}

char *fl_date_text(fl_date d)
{
    char out[LONGEST];
    fl_civil c = fl_civil_of_date(d);

    return kept(out, fl_is_none_date(d) ? 0 : (size_t)(put_date(out, &c) - out));
}

char *fl_time_text(fl_time t)
{
    char out[LONGEST];
    fl_civil c = fl_civil_of((fl_datetime){ t.us_plus_one }, FL_UTC);

    return kept(out, fl_is_none_time(t) ? 0 : (size_t)(put_fraction(put_clock(out, &c), c.microsecond, false) - out));
}
