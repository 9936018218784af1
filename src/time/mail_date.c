/* The dates of HTTP and of mail.
 *
 * HTTP (RFC 9110, 5.6.7) has one form to write and two old ones to read, all in GMT and case-sensitive. The name of the day
 * must be one; that it is the right one is not asked, as nobody else does.
 *
 * Mail (RFC 5322, 3.3 and 4.3) allows white space, line folds and nested comments between all parts, years of two and three
 * digits, and zones by name. */
#include <errno.h>
#include "time/calendar.h"
#include "time/text.h"

enum { DEEPEST_COMMENT = 16 };

bool fl_scan_name(fl_scan *s, const char (*names)[4], int count, bool any_case, int *ret)
{
    if (s->end - s->at < 3)
        return false;
    fl_str seen = fl_str_n(s->at, 3);
    for (int i = 0; i < count; i++) {
        fl_str name = fl_str_n(names[i], 3);
        if (any_case ? fl_str_equal_ascii(seen, name) : fl_str_equal(seen, name)) {
            s->at += 3;
            *ret = i;
            return true;
        }
    }
    return false;
}

static int finish(const fl_civil *c, int offset, fl_datetime *ret)
{
    int64_t us;

    if (!fl_civil_us(c, &us))
        return -ERANGE;
    us -= offset * FL_SECOND_US;
    if (us < 1 || us > FL_LAST_US)
        return -ERANGE;
    ret->us = us;
    return 0;
}

/* -- HTTP ------------------------------------------------------------------------------------------------------------------ */

static bool scan_clock(fl_scan *s, fl_civil *c)
{
    return fl_scan_int(s, 2, 2, &c->hour) && fl_scan_char(s, ':') && fl_scan_int(s, 2, 2, &c->minute) && fl_scan_char(s, ':') &&
           fl_scan_int(s, 2, 2, &c->second);
}

static bool scan_month(fl_scan *s, fl_civil *c)
{
    if (!fl_scan_name(s, fl_month_names, 12, false, &c->month))
        return false;
    c->month++;
    return true;
}

/* ", 20 Nov 2026 09:30:00 GMT" */
static bool scan_fixed(fl_scan s, fl_civil *c)
{
    return fl_scan_text(&s, fl_lit(", ")) && fl_scan_int(&s, 2, 2, &c->day) && fl_scan_char(&s, ' ') && scan_month(&s, c) &&
           fl_scan_char(&s, ' ') && fl_scan_int(&s, 4, 4, &c->year) && fl_scan_char(&s, ' ') && scan_clock(&s, c) &&
           fl_scan_text(&s, fl_lit(" GMT")) && fl_scan_ended(&s);
}

/* "day, 20-Nov-26 09:30:00 GMT", behind the first three letters of the day */
static bool scan_rfc_850(fl_scan s, int weekday, fl_civil *c)
{
    static const fl_str rests[] = {
        FL_LIT("day"), FL_LIT("sday"), FL_LIT("nesday"), FL_LIT("rsday"), FL_LIT("day"), FL_LIT("urday"), FL_LIT("day"),
    };

    return fl_scan_text(&s, rests[weekday]) && fl_scan_text(&s, fl_lit(", ")) && fl_scan_int(&s, 2, 2, &c->day) &&
           fl_scan_char(&s, '-') && scan_month(&s, c) && fl_scan_char(&s, '-') && fl_scan_int(&s, 2, 2, &c->year) &&
           fl_scan_char(&s, ' ') && scan_clock(&s, c) && fl_scan_text(&s, fl_lit(" GMT")) && fl_scan_ended(&s);
}

/* " Nov 20 09:30:00 2026", a day below ten with a space before it */
static bool scan_asctime(fl_scan s, fl_civil *c)
{
    if (!fl_scan_char(&s, ' ') || !scan_month(&s, c) || !fl_scan_char(&s, ' '))
        return false;
    int digits = fl_scan_char(&s, ' ') ? 1 : 2;
    return fl_scan_int(&s, digits, digits, &c->day) && fl_scan_char(&s, ' ') && scan_clock(&s, c) && fl_scan_char(&s, ' ') &&
           fl_scan_int(&s, 4, 4, &c->year) && fl_scan_ended(&s);
}

static int64_t second_of_year(const fl_civil *c)
{
    return ((c->month * 31 + c->day) * 24 + c->hour) * INT64_C(3600) + c->minute * 60 + c->second;
}

/* The century that puts a year of two digits at most fifty years, to the second, into the future. */
static int full_year(const fl_civil *c)
{
    fl_civil now = fl_civil_of(fl_now(), FL_UTC);
    int last = now.year + 50, year = last - last % 100 + c->year;

    if (year > last || (year == last && second_of_year(c) > second_of_year(&now)))
        year -= 100;
    return year;
}

int fl_http_date_try_parse(fl_str text, fl_datetime *ret)
{
    fl_scan s = fl_scan_of(text);
    fl_civil c = { 0 };
    int weekday;

    if (!fl_scan_name(&s, fl_day_names, 7, false, &weekday))
        return -EINVAL;
    if (scan_fixed(s, &c) || scan_asctime(s, &c))
        return finish(&c, 0, ret);
    if (!scan_rfc_850(s, weekday, &c))
        return -EINVAL;
    c.year = full_year(&c);
    return finish(&c, 0, ret);
}

/* -- mail ------------------------------------------------------------------------------------------------------------------ */

static bool skip_comment(fl_scan *s)
{
    int depth = 1;

    while (depth > 0) {
        if (s->at == s->end)
            return false;
        char c = *s->at++;
        if (c == '\\' && s->at < s->end)
            s->at++;
        else if (c == ')')
            depth--;
        else if (c == '(' && ++depth > DEEPEST_COMMENT)
            return false;
    }
    return true;
}

/* White space, line folds and comments, as many as there are; false for a comment that does not end. */
static bool skip_space(fl_scan *s)
{
    for (;;) {
        if (fl_scan_char(s, '(')) {
            if (!skip_comment(s))
                return false;
        } else if (!fl_scan_char(s, ' ') && !fl_scan_char(s, '\t') && !fl_scan_char(s, '\r') && !fl_scan_char(s, '\n')) {
            return true;
        }
    }
}

/* Two digits are of 1950 to 2049, three count from 1900. */
static bool scan_mail_year(fl_scan *s, int *ret)
{
    const char *start = s->at;

    if (!fl_scan_int(s, 2, 9, ret))
        return false;
    if (s->at - start == 2)
        *ret += *ret < 50 ? 2000 : 1900;
    else if (s->at - start == 3)
        *ret += 1900;
    return true;
}

static bool scan_mail_clock(fl_scan *s, fl_civil *c)
{
    if (!fl_scan_int(s, 2, 2, &c->hour) || !skip_space(s) || !fl_scan_char(s, ':') || !skip_space(s) ||
        !fl_scan_int(s, 2, 2, &c->minute) || !skip_space(s))
        return false;
    if (!fl_scan_char(s, ':'))
        return true;
    return skip_space(s) && fl_scan_int(s, 2, 2, &c->second) && skip_space(s);
}

/* A zone by name. Those of the military were used with either sign, and others are unknown: all of them say no more than UTC. */
static bool scan_zone_name(fl_scan *s, int *ret)
{
    static const struct {
        fl_str name;
        int hours;
    } known[] = {
        { FL_LIT("EDT"), -4 }, { FL_LIT("EST"), -5 }, { FL_LIT("CDT"), -5 }, { FL_LIT("CST"), -6 },
        { FL_LIT("MDT"), -6 }, { FL_LIT("MST"), -7 }, { FL_LIT("PDT"), -7 }, { FL_LIT("PST"), -8 },
    };
    const char *start = s->at;

    while (fl_scan_sees_letter(s))
        s->at++;
    fl_str name = fl_str_n(start, (size_t)(s->at - start));
    *ret = 0;
    for (size_t i = 0; i < FL_LENGTH(known); i++)
        if (fl_str_equal_ascii(name, known[i].name))
            *ret = known[i].hours * 3600;
    return name.size > 0;
}

/* +hhmm or a name. -ERANGE where the minutes are none. */
static int scan_mail_zone(fl_scan *s, int *ret)
{
    int hours, minutes;
    bool west = fl_scan_char(s, '-');

    if (!west && !fl_scan_char(s, '+'))
        return scan_zone_name(s, ret) ? 0 : -EINVAL;
    if (!fl_scan_int(s, 2, 2, &hours) || !fl_scan_int(s, 2, 2, &minutes) || fl_scan_sees_digit(s))
        return -EINVAL;
    *ret = (hours * 3600 + minutes * 60) * (west ? -1 : 1);
    return hours > 23 || minutes > 59 ? -ERANGE : 0;
}

int fl_mail_date_try_parse(fl_str text, fl_datetime *ret)
{
    fl_scan s = fl_scan_of(text);
    fl_civil c = { 0 };
    int weekday, offset;

    if (!skip_space(&s))
        return -EINVAL;
    if (fl_scan_name(&s, fl_day_names, 7, true, &weekday) && (!skip_space(&s) || !fl_scan_char(&s, ',') || !skip_space(&s)))
        return -EINVAL;
    if (!fl_scan_int(&s, 1, 2, &c.day) || !skip_space(&s) || !fl_scan_name(&s, fl_month_names, 12, true, &c.month) ||
        !skip_space(&s) || !scan_mail_year(&s, &c.year) || fl_scan_sees_digit(&s) || !skip_space(&s) || !scan_mail_clock(&s, &c))
        return -EINVAL;
    int code = scan_mail_zone(&s, &offset);
    if (code == -EINVAL || !skip_space(&s) || !fl_scan_ended(&s))
        return -EINVAL;
    if (code < 0)
        return code;
    c.month++;
    bool leap = c.second == 60;                      /* a leap second is the moment behind it, since our minutes have none */
    c.second -= leap;
    return finish(&c, offset - leap, ret);
}
