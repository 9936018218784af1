/* Django's date and time formats: a character for each part of a date, everything else as it is. A datetime is an instant seen
 * in a zone, so its offset is never in doubt; a time alone has no zone, so what asks for one is empty. */
#include <fleche/error.h>
#include <fleche/text.h>
#include "text/characters.h"
#include "text/date_words.h"
#include "text/dateformat.h"

typedef struct printing { fl_buf *out; const fl_moment *moment; const fl_date_words *words; } printing;

static void put_number(const printing *p, int n, int digits)
{
    for (int bound = 10; digits > 1; digits--, bound *= 10)
        if (n < bound)
            fl_buf_add_char(p->out, '0');
    fl_buf_add_int(p->out, n);
}

static int twelve_hours(const fl_civil *c) { return c->hour % 12 == 0 ? 12 : c->hour % 12; }
static bool has_zone(const printing *p) { return !fl_is_none_datetime(p->moment->instant); }

static void put_hour_and_minute(const printing *p)
{
    put_number(p, twelve_hours(&p->moment->civil), 1);
    if (p->moment->civil.minute == 0)
        return;
    fl_buf_add_char(p->out, ':');
    put_number(p, p->moment->civil.minute, 2);
}

static const char *half_of_day(const printing *p, int form)
{
    return p->moment->civil.hour > 11 ? p->words->pm[form] : p->words->am[form];
}

static void put_time_in_words(const printing *p)
{
    const fl_civil *c = &p->moment->civil;

    if (c->minute == 0 && c->hour % 12 == 0) {
        fl_buf_add_c(p->out, c->hour == 0 ? p->words->midnight : p->words->noon);
        return;
    }
    put_hour_and_minute(p);
    fl_buf_add_char(p->out, ' ');
    fl_buf_add_c(p->out, half_of_day(p, 0));
}

static void put_offset(const printing *p)
{
    int offset = p->moment->civil.offset, size = offset < 0 ? -offset : offset;

    if (has_zone(p))
        fl_buf_format(p->out, "%c%02d%02d", offset < 0 ? '-' : '+', size / 3600, size / 60 % 60);
}

/* Of a date alone: when its day begins here. */
static int64_t unix_seconds(const fl_moment *moment)
{
    fl_datetime t = moment->instant;
    return fl_datetime_unix(fl_is_none_datetime(t) ? fl_datetime_of_civil(moment->civil, fl_zone_here(), 0) : t);
}

/* False if it is none of the characters for times. */
static bool put_time_part(const printing *p, char part)
{
    const fl_civil *c = &p->moment->civil;

    switch (part) {
    case 'a': fl_buf_add_c(p->out, half_of_day(p, 0)); break;
    case 'A': fl_buf_add_c(p->out, half_of_day(p, 1)); break;
    case 'f': put_hour_and_minute(p); break;
    case 'g': put_number(p, twelve_hours(c), 1); break;
    case 'G': put_number(p, c->hour, 1); break;
    case 'h': put_number(p, twelve_hours(c), 2); break;
    case 'H': put_number(p, c->hour, 2); break;
    case 'i': put_number(p, c->minute, 2); break;
    case 'O': put_offset(p); break;
    case 'P': put_time_in_words(p); break;
    case 's': put_number(p, c->second, 2); break;
    case 'u': put_number(p, c->microsecond, 6); break;
    case 'e':
    case 'T': fl_buf_add_c(p->out, c->zone); break;
    case 'Z':
        if (has_zone(p))
            put_number(p, c->offset, 1);
        break;
    default: return false;
    }
    return true;
}

static const char *ordinal_suffix(int day)
{
    static const char *const suffixes[10] = { "th", "st", "nd", "rd", "th", "th", "th", "th", "th", "th" };
    return day >= 11 && day <= 13 ? "th" : suffixes[day % 10];
}

static int iso_week(const fl_civil *c, bool year)
{
    int in_year, week = fl_iso_week(fl_date_of(c->year, c->month, c->day), &in_year);
    return year ? in_year : week;
}

static void put_iso(const printing *p)
{
    const fl_civil *c = &p->moment->civil;
    int offset = c->offset, size = offset < 0 ? -offset : offset;

    fl_buf_format(p->out, "%04d-%02d-%02d", c->year, c->month, c->day);
    if (!p->moment->has_time)
        return;
    fl_buf_format(p->out, "T%02d:%02d:%02d", c->hour, c->minute, c->second);
    if (c->microsecond != 0)
        fl_buf_format(p->out, ".%06d", c->microsecond);
    fl_buf_format(p->out, "%c%02d:%02d", offset < 0 ? '-' : '+', size / 3600, size / 60 % 60);
    if (size % 60 != 0)
        fl_buf_format(p->out, ":%02d", size % 60);
}

/* RFC 5322, in English whatever the language. */
static void put_mail_date(const printing *p)
{
    const fl_civil *c = &p->moment->civil;
    const fl_date_words *english = &fl_date_words_english;

    fl_buf_format(p->out, "%s, %02d %.3s %04d %02d:%02d:%02d ", english->weekdays_short[c->weekday], c->day,
                  english->months[c->month - 1], c->year, c->hour, c->minute, c->second);
    put_offset(p);
}

static void put_date_part(const printing *p, char part)
{
    const fl_civil *c = &p->moment->civil;
    int month = c->month - 1;

    switch (part) {
    case 'b': fl_buf_add_c(p->out, p->words->months_short[month]); break;
    case 'c': put_iso(p); break;
    case 'd': put_number(p, c->day, 2); break;
    case 'D': fl_buf_add_c(p->out, p->words->weekdays_short[c->weekday]); break;
    case 'E': fl_buf_add_c(p->out, p->words->months_inflected[month]); break;
    case 'F': fl_buf_add_c(p->out, p->words->months[month]); break;
    case 'I': fl_buf_add_c(p->out, !has_zone(p) ? "" : c->daylight ? "1" : "0"); break;
    case 'j': put_number(p, c->day, 1); break;
    case 'l': fl_buf_add_c(p->out, p->words->weekdays[c->weekday]); break;
    case 'L': fl_buf_add_c(p->out, fl_is_leap_year(c->year) ? "True" : "False"); break;
    case 'm': put_number(p, c->month, 2); break;
    case 'M': fl_buf_add(p->out, fl_capfirst(fl_str_of(p->words->months_short[month]))); break;
    case 'n': put_number(p, c->month, 1); break;
    case 'N': fl_buf_add_c(p->out, p->words->months_press[month]); break;
    case 'o': put_number(p, iso_week(c, true), 1); break;
    case 'r': put_mail_date(p); break;
    case 'S': fl_buf_add_c(p->out, ordinal_suffix(c->day)); break;
    case 't': put_number(p, fl_days_in_month(c->year, c->month), 2); break;
    case 'U': fl_buf_add_int(p->out, unix_seconds(p->moment)); break;
    case 'w': put_number(p, (c->weekday + 1) % 7, 1); break;
    case 'W': put_number(p, iso_week(c, false), 1); break;
    case 'y': put_number(p, c->year % 100, 2); break;
    case 'Y': put_number(p, c->year, 4); break;
    default: put_number(p, c->yearday, 1); break;    /* z */
    }
}

static bool is_in(char c, const char *characters) { return c != '\0' && strchr(characters, c) != NULL; }
static bool needs_time(char c) { return is_in(c, "aAefgGhHiOPsTuZr"); }
static bool needs_date(char c) { return is_in(c, "bcdDEFIjlLmMnNorStUwWyYz"); }

_Noreturn static void refuse(char part, const char *what, const char *missing, const char *hint)
{
    fl_error *error = fl_error_new(FL_TYPE_ERROR, "the format of a %s has '%c', which needs a %s", what, part, missing);
    error->hint = hint;
    fl_reraise(error);
}

static void put_part(const printing *p, char part)
{
    if (!p->moment->has_time && needs_time(part))
        refuse(part, "date", "time", "put a \\ before letters that stand for themselves");
    if (!p->moment->has_date && needs_date(part))
        refuse(part, "time", "date", "put a \\ before letters that stand for themselves");
    if (!put_time_part(p, part))
        put_date_part(p, part);
}

void fl_put_moment_(fl_buf *out, const fl_moment *moment, const char *format)
{
    const printing p = { out, moment, fl_date_words_here_() };
    fl_str text = fl_str_of(fl_get_format(format));

    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool literal = i > 0 && text.data[i - 1] == '\\';
        if (!literal && (needs_time(c) || needs_date(c)))
            put_part(&p, c);
        else if (c == '\\' && i + 1 < text.size && text.data[i + 1] != '\n')
            fl_buf_add_char(out, text.data[++i]);
        else
            fl_buf_add_char(out, c);
    }
}
