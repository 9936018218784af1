/* Spans of time in words: Django's timesince(). Years and months are counted by the calendar (a month has passed when its day
 * and time of day come again), what is left over by weeks, days, hours and minutes. Units that follow one another are shown, up
 * to the depth; the first one that is 0 ends them. */
#include <fleche/error.h>
#include <fleche/html.h>
#include "text/characters.h"
#include "text/date_words.h"

enum { MONTHS = 12, UNITS = FL_MINUTE + 1, DEPTH = 2 };
static const int64_t second = 1000000;

static int64_t of_day(const fl_civil *c) { return ((c->hour * 60LL + c->minute) * 60 + c->second) * second + c->microsecond; }

static int whole_months(const fl_civil *from, const fl_civil *to)
{
    int months = (to->year - from->year) * MONTHS + to->month - from->month;
    bool incomplete = from->day > to->day || (from->day == to->day && of_day(from) > of_day(to));
    return months - incomplete;
}

/* So many months later, to the second; the last day of a month where it has not so many, and never the 29th of February. */
static fl_datetime months_later(fl_civil c, int months)
{
    int month = c.month - 1 + months, days = fl_days_in_month(1, month % MONTHS + 1);

    c.year += month / MONTHS;
    c.month = month % MONTHS + 1;
    c.day = c.day > days ? days : c.day;
    c.microsecond = 0;
    return fl_datetime_of_civil(c, FL_UTC, 0);
}

static void count_units(fl_datetime from, fl_datetime to, long long counts[UNITS])
{
    static const int64_t sizes[UNITS] = { [FL_WEEK] = 604800, [FL_DAY] = 86400, [FL_HOUR] = 3600, [FL_MINUTE] = 60 };
    fl_civil start = fl_civil_of(from, FL_UTC), end = fl_civil_of(to, FL_UTC);
    int months = whole_months(&start, &end);
    fl_datetime rest_from = months > 0 ? months_later(start, months) : from;
    int64_t rest = fl_datetime_between(rest_from, to).us;

    counts[FL_YEAR] = months / MONTHS;
    counts[FL_MONTH] = months % MONTHS;
    for (int unit = FL_WEEK; unit < UNITS; unit++) {
        counts[unit] = rest / (sizes[unit] * second);
        rest %= sizes[unit] * second;
    }
}

static void put_units(fl_buf *out, const long long counts[UNITS], int depth)
{
    const fl_date_words *words = fl_date_words_here_();
    int unit = 0;

    while (unit < UNITS - 1 && counts[unit] == 0)
        unit++;
    for (int shown = 0; unit < UNITS && shown < depth && (shown == 0 || counts[unit] != 0); shown++, unit++) {
        fl_buf count = fl_result_();
        words->count(&count, (fl_time_unit)unit, counts[unit]);
        if (shown > 0)
            fl_buf_add_c(out, words->comma);
        fl_buf_add(out, fl_avoid_wrapping(fl_buf_str(&count)));
    }
}

const char *fl_timesince_between(fl_datetime from, fl_datetime to, int depth)
{
    fl_buf out = fl_result_();
    long long counts[UNITS] = { 0 };

    if (depth < 1)
        fl_raise(FL_VALUE_ERROR, "a span of time cannot be shown with %d units: the least is 1", depth);
    if (fl_is_none_datetime(from) || fl_is_none_datetime(to))
        return "";
    if (fl_datetime_between(from, to).us >= second)
        count_units(from, to, counts);
    put_units(&out, counts, depth);
    return fl_buf_c(&out);
}

const char *fl_timesince(fl_datetime from) { return fl_timesince_between(from, fl_now(), DEPTH); }
const char *fl_timeuntil(fl_datetime until) { return fl_timesince_between(fl_now(), until, DEPTH); }
