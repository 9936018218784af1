/* POSIX TZ strings, the footers of zone files: two kinds of time and the days of the year on which they begin. Read with the
 * extension of RFC 9636: times of day from -167 to 167 hours. */
#include <errno.h>
#include <string.h>
#include "time/calendar.h"
#include "time/scan.h"
#include "time/zone.h"

/* "CET" or "<+03>", three characters or more; cut to what an fl_civil has room for. */
static bool read_name(fl_scan *s, char ret[8])
{
    bool quoted = fl_scan_char(s, '<');
    const char *start = s->at;

    while (fl_scan_sees_letter(s) || (quoted && (fl_scan_sees_digit(s) || (s->at < s->end && (*s->at == '+' || *s->at == '-')))))
        s->at++;
    size_t size = (size_t)(s->at - start);
    if (size < 3 || (quoted && !fl_scan_char(s, '>')))
        return false;
    memcpy(ret, start, size < 8 ? size : 7);
    return true;
}

/* [+-]h[h[h]][:mm[:ss]] */
static bool read_time(fl_scan *s, int most_hours, int32_t *ret)
{
    int hours, minutes = 0, seconds = 0;
    bool negative = fl_scan_char(s, '-');

    if (!negative)
        (void)fl_scan_char(s, '+');
    if (!fl_scan_int(s, 1, 3, &hours) || hours > most_hours)
        return false;
    if (fl_scan_char(s, ':') && (!fl_scan_int(s, 2, 2, &minutes) || minutes > 59))
        return false;
    if (fl_scan_char(s, ':') && (!fl_scan_int(s, 2, 2, &seconds) || seconds > 59))
        return false;
    int32_t time = hours * 3600 + minutes * 60 + seconds;
    *ret = negative ? -time : time;
    return true;
}

static bool read_day(fl_scan *s, fl_zone_day *ret)
{
    fl_zone_day day = { .form = 'N', .time = 2 * 3600 };
    int a, b, c;

    if (fl_scan_char(s, 'M')) {
        if (!fl_scan_int(s, 1, 2, &a) || !fl_scan_char(s, '.') || !fl_scan_int(s, 1, 1, &b) || !fl_scan_char(s, '.') ||
            !fl_scan_int(s, 1, 1, &c) || a < 1 || a > 12 || b < 1 || b > 5 || c > 6)
            return false;
        day.form = 'M';
        day.month = (uint8_t)a;
        day.week = (uint8_t)b;
        day.weekday = (uint8_t)((c + 6) % 7);        /* POSIX begins with Sunday, we with Monday */
    } else {
        day.form = fl_scan_char(s, 'J') ? 'J' : 'N';
        if (!fl_scan_int(s, 1, 3, &a) || a > 365 || (day.form == 'J' && a == 0))
            return false;
        day.yearday = (uint16_t)a;
    }
    if (fl_scan_char(s, '/') && !read_time(s, 167, &day.time))
        return false;
    *ret = day;
    return true;
}

int fl_zone_rule_read(fl_str text, fl_zone_rule *ret)
{
    fl_zone_rule rule = { 0 };
    fl_scan s = fl_scan_of(text);
    int32_t west;

    if (!read_name(&s, rule.kinds[0].name) || !read_time(&s, 24, &west))
        return -EINVAL;
    rule.kinds[0].offset = -west;
    if (!fl_scan_ended(&s)) {
        rule.changes = rule.kinds[1].daylight = true;
        rule.kinds[1].offset = rule.kinds[0].offset + 3600;
        if (!read_name(&s, rule.kinds[1].name))
            return -EINVAL;
        if (s.at < s.end && *s.at != ',') {
            if (!read_time(&s, 24, &west))
                return -EINVAL;
            rule.kinds[1].offset = -west;
        }
        if (!fl_scan_char(&s, ',') || !read_day(&s, &rule.starts[1]) || !fl_scan_char(&s, ',') || !read_day(&s, &rule.starts[0]))
            return -EINVAL;
    }
    if (!fl_scan_ended(&s))
        return -EINVAL;
    *ret = rule;
    return 0;
}

static int32_t day_in(const fl_zone_day *rule, int year)
{
    if (rule->form != 'M') {
        int32_t first = fl_day_number(year, 1, 1);
        bool no_leap_day = rule->form == 'J' && !(fl_is_leap_year(year) && rule->yearday >= 60);
        return first + rule->yearday - no_leap_day;      /* J counts from 1, and jumps over the leap day */
    }
    int32_t first = fl_day_number(year, rule->month, 1);
    int32_t day = first + (rule->weekday - fl_day_weekday(first) + 7) % 7 + (rule->week - 1) * 7;
    return day < first + fl_days_in_month(year, rule->month) ? day : day - 7;        /* week 5 is the last one */
}

static int64_t start_in(const fl_zone_rule *rule, int kind, int year)
{
    const fl_zone_day *start = &rule->starts[kind];

    return (day_in(start, year) - FL_UNIX_DAY) * INT64_C(86400) + start->time - rule->kinds[!kind].offset;
}

/* Of all changes of the years around the instant, the last that is not behind it and the first that is; a time of day of
 * -167 hours may move a change into the year before. Where both come at once, summer time begins: that is how it is written
 * for all year. */
fl_zone_span fl_zone_rule_span(const fl_zone_rule *rule, int64_t t)
{
    fl_zone_span span = { INT64_MIN, INT64_MAX, rule->kinds[0] };
    int year, month, day;

    if (!rule->changes)
        return span;
    fl_day_split((int32_t)((t + FL_UNIX_DAY * INT64_C(86400)) / 86400), &year, &month, &day);
    for (int i = 2 * (year - 2); i < 2 * (year + 3); i++) {
        int64_t at = start_in(rule, i & 1, i >> 1);
        if (at > t) {
            span.until = at < span.until ? at : span.until;
        } else if (at >= span.from) {
            span.from = at;
            span.kind = rule->kinds[i & 1];
        }
    }
    return span;
}
