/* The proleptic Gregorian calendar. Years are counted from March, so that the leap day is the last and months have a formula; 400
 * years are added first, so that everything is positive and division rounds down. */
#include <fleche/error.h>
#include "time/calendar.h"

enum {
    DAYS_400 = 146097,                               /* days in 400 years, and quarters of days in 100; 1461 in one year */
    MARCH_TO_JANUARY = 306,                          /* days from 0000-03-01 to 0001-01-01 */
};

bool fl_is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int fl_days_in_month(int year, int month)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && fl_is_leap_year(year));
}

int32_t fl_day_number(int year, int month, int day)
{
    unsigned y = (unsigned)(year + 400 - (month <= 2)), m = (unsigned)(month <= 2 ? month + 9 : month - 3);
    unsigned days = y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5;

    return (int32_t)days + day - DAYS_400 - MARCH_TO_JANUARY;
}

void fl_day_split(int32_t day, int *ret_year, int *ret_month, int *ret_day)
{
    uint32_t quarters = (uint32_t)(day + DAYS_400 + MARCH_TO_JANUARY - 1) * 4 + 3;          /* of days, since -400-03-01 */
    uint32_t century = quarters / DAYS_400, in_century = quarters % DAYS_400 | 3;
    uint32_t year = in_century / 1461, in_year = in_century % 1461 / 4;
    uint32_t month = (in_year * 5 + 2) / 153;

    *ret_day = (int)(in_year - (month * 153 + 2) / 5 + 1);
    *ret_month = (int)(month < 10 ? month + 3 : month - 9);
    *ret_year = (int)(century * 100 + year) - 400 + (month >= 10);
}

fl_date fl_date_of(int year, int month, int day)
{
    if (year < 1 || year > 9999 || day < 1 || day > fl_days_in_month(year, month))
        return (fl_date){ 0 };
    return (fl_date){ fl_day_number(year, month, day) };
}

fl_date fl_date_add_days(fl_date d, int days)
{
    int32_t day;

    if (fl_is_none_date(d))
        return d;
    if (__builtin_add_overflow(d.day, days, &day) || day < 1 || day > FL_LAST_DAY)
        fl_raise(FL_OVERFLOW, "%d days from %s is outside the years 1 to 9999", days, fl_date_text(d));
    return (fl_date){ day };
}

fl_time fl_time_of(int hour, int minute, int second, int microsecond)
{
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || microsecond < 0 ||
        microsecond > 999999)
        return (fl_time){ 0 };
    return (fl_time){ (hour * 3600 + minute * 60 + second) * FL_SECOND_US + microsecond + 1 };
}

/* Week 1 has the year's first Thursday, so a week belongs to the year that its Thursday is in. */
int fl_iso_week(fl_date d, int *ret_year)
{
    int year, month, day;

    if (fl_is_none_date(d))
        return 0;
    int32_t thursday = d.day - fl_day_weekday(d.day) + 3;
    fl_day_split(thursday, &year, &month, &day);
    if (ret_year != NULL)
        *ret_year = year;
    return (thursday - fl_day_number(year, 1, 1)) / 7 + 1;
}

static void set_date(fl_civil *c, int32_t day)
{
    static const uint16_t before_month[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };

    fl_day_split(day, &c->year, &c->month, &c->day);
    c->weekday = fl_day_weekday(day);
    c->yearday = before_month[c->month - 1] + c->day + (c->month > 2 && fl_is_leap_year(c->year));
}

void fl_civil_set(fl_civil *c, fl_datetime t, int offset)
{
    int64_t us = t.us - 1 + offset * FL_SECOND_US;

    if (FL_UNLIKELY(us < 0 || us >= FL_LAST_US))
        fl_raise(FL_OVERFLOW, "%s is outside the years 1 to 9999 in a zone %+d seconds from UTC",
                 fl_datetime_text(t, FL_ISO_8601), offset);
    uint64_t seconds = (uint64_t)us / FL_SECOND_US;
    uint32_t day = (uint32_t)(seconds / 86400), second = (uint32_t)(seconds - day * UINT64_C(86400));
    c->microsecond = (int)((uint64_t)us - seconds * FL_SECOND_US);
    c->hour = (int)(second / 3600);
    c->minute = (int)(second / 60 % 60);
    c->second = (int)(second % 60);
    c->offset = offset;
    set_date(c, (int32_t)day + 1);
}

fl_civil fl_civil_of_date(fl_date d)
{
    fl_civil c = { 0 };

    if (!fl_is_none_date(d))
        set_date(&c, d.day);
    return c;
}

bool fl_civil_us(const fl_civil *c, int64_t *ret)
{
    fl_date date = fl_date_of(c->year, c->month, c->day);
    fl_time time = fl_time_of(c->hour, c->minute, c->second, c->microsecond);

    if (fl_is_none_date(date) || fl_is_none_time(time))
        return false;
    *ret = (date.day - 1) * FL_DAY_US + time.us_plus_one;
    return true;
}

/* -- instants -------------------------------------------------------------------------------------------------------------- */

fl_datetime fl_datetime_add(fl_datetime t, fl_duration by)
{
    int64_t us;

    if (fl_is_none_datetime(t))
        return t;
    if (__builtin_add_overflow(t.us, by.us, &us) || us < 1 || us > FL_LAST_US)
        fl_raise(FL_OVERFLOW, "%s and %s together are outside the years 1 to 9999", fl_datetime_text(t, FL_ISO_8601),
                 fl_duration_text(by));
    return (fl_datetime){ us };
}

fl_duration fl_datetime_between(fl_datetime from, fl_datetime to)
{
    if (fl_is_none_datetime(from) || fl_is_none_datetime(to)) {
        fl_error *e = fl_error_new(FL_VALUE_ERROR, "the time %s none has no length", fl_is_none_datetime(from) ? "from" : "to");
        e->hint = "ask fl_is_none_datetime() first";
        fl_reraise(e);
    }
    return (fl_duration){ to.us - from.us };
}

fl_datetime fl_datetime_of_unix(int64_t seconds, int microseconds)
{
    int64_t us;

    if (__builtin_mul_overflow(seconds, FL_SECOND_US, &us) || __builtin_add_overflow(us, microseconds + FL_UNIX_US, &us) ||
        us < 1 || us > FL_LAST_US)
        fl_raise(FL_OVERFLOW, "%lld seconds from 1970 is outside the years 1 to 9999", (long long)seconds);
    return (fl_datetime){ us };
}

int64_t fl_datetime_unix(fl_datetime t) { return fl_us_unix(t.us); }
