/* Durations as text: Python's and Django's forms out, Django's three forms in. Sums are of 128 bits, in millionths of a
 * millionth of a microsecond where ISO 8601 lets every part have a fraction; rounding comes once, at the end. */
#include <errno.h>
#include <fleche/arena.h>
#include <fleche/buf.h>
#include <fleche/error.h>
#include <stdio.h>
#include "time/calendar.h"
#include "time/text.h"

typedef __int128 wide;

enum { FRACTION_DIGITS = 12 };

#define WIDE_ONE INT64_C(1000000000000)              /* a whole, with that many digits behind the point */
#define HUGE_COUNT INT64_C(10000000000000)           /* more seconds than any duration has */

/* -- out ------------------------------------------------------------------------------------------------------------------- */

char *fl_duration_text(fl_duration d)
{
    bool before = d.us % FL_DAY_US < 0;              /* days are rounded down: the time of day behind them is positive */
    int64_t days = d.us / FL_DAY_US - before, us = d.us % FL_DAY_US + before * FL_DAY_US;
    int seconds = (int)(us / FL_SECOND_US), fraction = (int)(us % FL_SECOND_US);
    fl_buf out = fl_buf_in(fl_arena_here(), 64);

    if (days != 0)
        fl_buf_format(&out, "%lld day%s, ", (long long)days, days == 1 || days == -1 ? "" : "s");
    fl_buf_format(&out, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (fraction != 0)
        fl_buf_format(&out, ".%06d", fraction);
    return fl_buf_c(&out);
}

char *fl_duration_iso(fl_duration d)
{
    uint64_t us = d.us < 0 ? 0 - (uint64_t)d.us : (uint64_t)d.us, days = us / FL_DAY_US;
    unsigned seconds = (unsigned)(us % FL_DAY_US / FL_SECOND_US), fraction = (unsigned)(us % FL_SECOND_US);
    fl_buf out = fl_buf_in(fl_arena_here(), 64);

    fl_buf_format(&out, "%sP%lluDT%02uH%02uM%02u", d.us < 0 ? "-" : "", (unsigned long long)days, seconds / 3600,
                  seconds / 60 % 60, seconds % 60);
    if (fraction != 0)
        fl_buf_format(&out, ".%06u", fraction);
    fl_buf_add_char(&out, 'S');
    return fl_buf_c(&out);
}

/* -- in -------------------------------------------------------------------------------------------------------------------- */

/* Any number of digits; what is too large for every duration stays so. */
static bool scan_count(fl_scan *s, int64_t *ret)
{
    int64_t count = 0;

    if (!fl_scan_sees_digit(s))
        return false;
    for (; fl_scan_sees_digit(s); s->at++)
        count = count >= HUGE_COUNT ? HUGE_COUNT : count * 10 + (*s->at - '0');
    *ret = count;
    return true;
}

static wide signed_us(bool negative, int64_t seconds, int millionths)
{
    wide us = (wide)seconds * FL_SECOND_US + millionths;

    return negative ? -us : us;
}

/* "[-]4 ", or nothing: *s stands as it was unless a count of days and its space are there. */
static bool scan_days(fl_scan *s, wide *ret)
{
    fl_scan ahead = *s;
    int64_t days;
    bool negative = fl_scan_char(&ahead, '-');

    if (!scan_count(&ahead, &days) || !fl_scan_char(&ahead, ' '))
        return false;
    *ret = signed_us(negative, days, 0) * 86400;
    *s = ahead;
    return true;
}

/* [days ["day[s], "]] [-][[h:]m:]s[.ffffff]: str(timedelta) and Django's own. The sign in the middle is the time's. */
static int parse_standard(fl_scan s, wide *ret)
{
    int64_t parts[3] = { 0 }, seconds = 0;
    wide days = 0;
    int fraction = 0;

    if (scan_days(&s, &days) && !fl_scan_text(&s, fl_lit("day, ")))
        (void)fl_scan_text(&s, fl_lit("days, "));
    bool negative = fl_scan_char(&s, '-');
    for (int n = 0; n == 0 || (n < 3 && fl_scan_char(&s, ':')); n++) {
        if (!scan_count(&s, &parts[n]))
            return -EINVAL;
        seconds = seconds * 60 + parts[n];           /* at most HUGE_COUNT * 3661: fits */
    }
    if ((fl_scan_char(&s, '.') || fl_scan_char(&s, ',')) && !fl_scan_fraction(&s, 12, &fraction))
        return -EINVAL;
    *ret = days + signed_us(negative, seconds, fraction);
    return fl_scan_ended(&s) ? 0 : -EINVAL;
}

/* [-]4 day[s] [[+-]hh:mm:ss[.ffffff]], either part alone: what PostgreSQL writes. */
static int parse_postgres(fl_scan s, wide *ret)
{
    int64_t hours;
    int minutes, seconds, fraction = 0;
    wide days = 0;
    bool has_days = scan_days(&s, &days);

    if (has_days) {
        if (!fl_scan_text(&s, fl_lit("day")))
            return -EINVAL;
        (void)fl_scan_char(&s, 's');
        (void)fl_scan_char(&s, ' ');
    }
    *ret = days;
    if (fl_scan_ended(&s))
        return has_days ? 0 : -EINVAL;
    bool negative = fl_scan_char(&s, '-');
    if (!negative)
        (void)fl_scan_char(&s, '+');
    if (!scan_count(&s, &hours) || !fl_scan_char(&s, ':') || !fl_scan_int(&s, 2, 2, &minutes) || !fl_scan_char(&s, ':') ||
        !fl_scan_int(&s, 2, 2, &seconds) || (fl_scan_char(&s, '.') && !fl_scan_fraction(&s, 6, &fraction)))
        return -EINVAL;
    *ret += signed_us(negative, hours * 3600 + minutes * 60 + seconds, fraction);
    return fl_scan_ended(&s) ? 0 : -EINVAL;
}

/* One part of the ISO form, "1.5H": adds it to the sum if that letter ends it, else takes nothing. */
static bool scan_part(fl_scan *s, char letter, int64_t unit_seconds, wide *sum)
{
    fl_scan ahead = *s;
    int64_t count, fraction = 0, place = WIDE_ONE;

    if (!scan_count(&ahead, &count))
        return false;
    if (fl_scan_char(&ahead, '.') || fl_scan_char(&ahead, ',')) {
        if (!fl_scan_sees_digit(&ahead))
            return false;
        for (; fl_scan_sees_digit(&ahead); ahead.at++) {
            place /= 10;
            fraction += place * (*ahead.at - '0');
        }
    }
    if (!fl_scan_char(&ahead, letter))
        return false;
    *sum += ((wide)count * WIDE_ONE + fraction) * unit_seconds * FL_SECOND_US;
    *s = ahead;
    return true;
}

/* To the nearest microsecond, halves to the even one, as timedelta does. */
static wide rounded(wide sum)
{
    wide whole = sum / WIDE_ONE, rest = sum % WIDE_ONE;

    return whole + (rest > WIDE_ONE / 2 || (rest == WIDE_ONE / 2 && whole % 2 != 0));
}

/* [+-]P4W, or [+-]P[4D][T[4H][4M][4S]] with one part at least; each may have a fraction. */
static int parse_iso(fl_scan s, wide *ret)
{
    wide sum = 0;
    bool negative = fl_scan_char(&s, '-');

    if (!negative)
        (void)fl_scan_char(&s, '+');
    if (!fl_scan_char(&s, 'P'))
        return -EINVAL;
    bool any = scan_part(&s, 'W', 7 * 86400, &sum);
    if (!any) {
        any = scan_part(&s, 'D', 86400, &sum);
        if (fl_scan_char(&s, 'T')) {
            any |= scan_part(&s, 'H', 3600, &sum);
            any |= scan_part(&s, 'M', 60, &sum);
            any |= scan_part(&s, 'S', 1, &sum);
        }
    }
    *ret = negative ? -rounded(sum) : rounded(sum);
    return any && fl_scan_ended(&s) ? 0 : -EINVAL;
}

int fl_duration_try_parse(fl_str text, fl_duration *ret)
{
    wide us = 0;
    fl_scan s = fl_scan_of(text);

    if (parse_standard(s, &us) != 0 && parse_iso(s, &us) != 0 && parse_postgres(s, &us) != 0)
        return -EINVAL;
    if (us < INT64_MIN || us > INT64_MAX)
        return -ERANGE;
    ret->us = (int64_t)us;
    return 0;
}

fl_duration fl_duration_parse(const char *text)
{
    fl_duration d;
    int code = fl_duration_try_parse(fl_str_of(text), &d);

    if (code < 0)
        fl_raise_unreadable(fl_str_of(text), code, "a duration", "a form like 3 days, 4:05:06 or P3DT4H5M6S",
                            "it is longer than 292000 years");
    return d;
}
