/* Dates, times and datetimes in ISO 8601 as Django's dateparse takes it: a year of four digits, one or two for all else, a
 * fraction of at most twelve of which six count. First the whole form is read (-EINVAL), then the numbers are judged
 * (-ERANGE). */
#include <errno.h>
#include <fleche/error.h>
#include "time/calendar.h"
#include "time/text.h"

static bool scan_date(fl_scan *s, fl_civil *c)
{
    return fl_scan_int(s, 4, 4, &c->year) && fl_scan_char(s, '-') && fl_scan_int(s, 1, 2, &c->month) && fl_scan_char(s, '-') &&
           fl_scan_int(s, 1, 2, &c->day);
}

static bool scan_clock(fl_scan *s, fl_civil *c)
{
    if (!fl_scan_int(s, 1, 2, &c->hour) || !fl_scan_char(s, ':') || !fl_scan_int(s, 1, 2, &c->minute))
        return false;
    if (!fl_scan_char(s, ':'))
        return true;
    if (!fl_scan_int(s, 1, 2, &c->second))
        return false;
    return (!fl_scan_char(s, '.') && !fl_scan_char(s, ',')) || fl_scan_fraction(s, 12, &c->microsecond);
}

/* Z, ±hh, ±hhmm, ±hh:mm or ±hh:mm:ss. -ERANGE for a day or more. */
static int scan_offset(fl_scan *s, int *ret)
{
    int hours, minutes = 0, seconds = 0;
    bool west = fl_scan_char(s, '-');

    if (!west && fl_scan_char(s, 'Z')) {
        *ret = 0;
        return 0;
    }
    if ((!west && !fl_scan_char(s, '+')) || !fl_scan_int(s, 2, 2, &hours))
        return -EINVAL;
    bool colon = fl_scan_char(s, ':');
    if ((colon || fl_scan_sees_digit(s)) && !fl_scan_int(s, 2, 2, &minutes))
        return -EINVAL;
    if (colon && fl_scan_char(s, ':') && !fl_scan_int(s, 2, 2, &seconds))
        return -EINVAL;
    if (hours > 23 || minutes > 59 || seconds > 59)
        return -ERANGE;
    int offset = hours * 3600 + minutes * 60 + seconds;
    *ret = west ? -offset : offset;
    return 0;
}

int fl_datetime_try_parse(fl_str text, const fl_zone *zone, fl_datetime *ret)
{
    fl_scan s = fl_scan_of(text);
    fl_civil c = { 0 };
    int64_t us;
    int offset = 0, code = 0;

    if (!scan_date(&s, &c) || (!fl_scan_char(&s, 'T') && !fl_scan_char(&s, ' ')) || !scan_clock(&s, &c))
        return -EINVAL;
    bool local = fl_scan_ended(&s);
    if (!local) {
        while (fl_scan_char(&s, ' '))
            continue;
        code = scan_offset(&s, &offset);
    }
    if (code == -EINVAL || !fl_scan_ended(&s))
        return -EINVAL;
    if (code < 0 || !fl_civil_us(&c, &us))
        return -ERANGE;
    us = local ? fl_datetime_of_civil(c, zone, 0).us : us - offset * FL_SECOND_US;
    if (us < 1 || us > FL_LAST_US)
        return -ERANGE;
    ret->us = us;
    return 0;
}

int fl_date_try_parse(fl_str text, fl_date *ret)
{
    fl_scan s = fl_scan_of(text);
    fl_civil c = { 0 };

    if (!scan_date(&s, &c) || !fl_scan_ended(&s))
        return -EINVAL;
    fl_date date = fl_date_of(c.year, c.month, c.day);
    if (fl_is_none_date(date))
        return -ERANGE;
    *ret = date;
    return 0;
}

int fl_time_try_parse(fl_str text, fl_time *ret)
{
    fl_scan s = fl_scan_of(text);
    fl_civil c = { 0 };

    if (!scan_clock(&s, &c) || !fl_scan_ended(&s))
        return -EINVAL;
    fl_time time = fl_time_of(c.hour, c.minute, c.second, c.microsecond);
    if (fl_is_none_time(time))
        return -ERANGE;
    *ret = time;
    return 0;
}

/* -- the raising forms ----------------------------------------------------------------------------------------------------- */

/* The text as an error shows it: at most 60 bytes, no character cut in two, no control characters. */
static fl_str shown(fl_str text, char out[64])
{
    size_t size = text.size;

    if (size > 60)
        for (size = 57; size > 0 && ((unsigned char)text.data[size] & 0xc0) == 0x80;)
            size--;
    for (size_t i = 0; i < size; i++)
        out[i] = (unsigned char)text.data[i] < ' ' || text.data[i] == 0x7f ? '?' : text.data[i];
    if (size < text.size) {
        memcpy(out + size, "...", 3);
        size += 3;
    }
    return fl_str_n(out, size);
}

void fl_raise_unreadable(fl_str text, int code, const char *what, const char *expected, const char *limits)
{
    char quoted[64];
    fl_str part = shown(text, quoted);
    fl_error *e;

    if (code == -ERANGE) {
        e = fl_error_new(FL_VALUE_ERROR, "'%.*s' has the form of %s, but is none: %s", FL_SHOW(part), what, limits);
        e->hint = "the calendar is the Gregorian one, of the years 1 to 9999; a day has 24 hours and no leap seconds";
    } else {
        e = fl_error_new(FL_VALUE_ERROR, "'%.*s' is not %s: expected %s", FL_SHOW(part), what, expected);
        e->hint = "to ask without an error, use the function's try form";
    }
    e->code = code;
    fl_reraise(e);
}

fl_datetime fl_datetime_parse(const char *text)
{
    fl_datetime t;
    int code = fl_datetime_try_parse(fl_str_of(text), fl_zone_here(), &t);

    if (code < 0)
        fl_raise_unreadable(fl_str_of(text), code, "a datetime", "a form like 2026-11-20T09:30:00+01:00 or 2026-11-20 09:30",
                            "there is no such day, hour or offset");
    return t;
}

fl_date fl_date_parse(const char *text)
{
    fl_date d;
    int code = fl_date_try_parse(fl_str_of(text), &d);

    if (code < 0)
        fl_raise_unreadable(fl_str_of(text), code, "a date", "the form 2026-11-20", "there is no such day");
    return d;
}

fl_time fl_time_parse(const char *text)
{
    fl_time t;
    int code = fl_time_try_parse(fl_str_of(text), &t);

    if (code < 0)
        fl_raise_unreadable(fl_str_of(text), code, "a time of day", "a form like 09:30 or 09:30:00.5", "there is no such time");
    return t;
}
