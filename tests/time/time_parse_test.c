/* Text in: as Django reads it, and what differs from it. */
#include <errno.h>
#include <fleche/test.h>
#include "time/vectors.h"

static int parsed(const char *kind, fl_str text, long long *ret)
{
    fl_datetime t;
    fl_date date;
    fl_time time;
    fl_duration duration;
    int code;

    if (fl_text_is(kind, "date")) {
        code = fl_date_try_parse(text, &date);
        *ret = code == 0 ? date.day : 0;
    } else if (fl_text_is(kind, "time")) {
        code = fl_time_try_parse(text, &time);
        *ret = code == 0 ? time.us_plus_one - 1 : 0;
    } else if (fl_text_is(kind, "duration")) {
        code = fl_duration_try_parse(text, &duration);
        *ret = code == 0 ? duration.us : 0;
    } else {
        code = fl_text_is(kind, "mail") ? fl_mail_date_try_parse(text, &t) : fl_datetime_try_parse(text, FL_UTC, &t);
        *ret = code == 0 ? fl_datetime_between(fl_datetime_of_unix(0, 0), t).us : 0;
    }
    return code;
}

static void check_parse(char *const *row)
{
    long long value;
    int code = parsed(row[0], fl_str_of(row[1]), &value);
    int expected = fl_text_is(row[2], "form") ? -EINVAL : fl_text_is(row[2], "range") ? -ERANGE : 0;

    if (code != expected || (code == 0 && value != number(row[2])))
        fl_fail("%s '%s': code %d, %lld, not %s", row[0], row[1], code, value, row[2]);
}

FL_TEST(text_is_read_as_django_reads_it) { each_vector("data/time_parse.tsv", check_parse); }

static void check_own(const void *row)
{
    const struct { const char *kind, *text; int code; long long value; } *r = row;
    long long value;

    fl_label("%s '%s'", r->kind, r->text);
    fl_expect_equal(parsed(r->kind, fl_str_of(r->text), &value), r->code);
    fl_expect_equal(value, r->value);
}

FL_TEST(beyond_django)
{
    static const struct {
        const char *kind, *text;
        int code;
        long long value;
    } rows[] = {
        { "duration", "P2W", 0, 1209600000000 },
        { "duration", "-P0.5W", 0, -302400000000 },
        { "duration", "P1W1D", -EINVAL, 0 },
        { "duration", "P", -EINVAL, 0 },
        { "duration", "PT", -EINVAL, 0 },
        { "duration", "", -EINVAL, 0 },
        { "duration", "PT1S2M", -EINVAL, 0 },
        { "duration", "PT0.0000005S", 0, 0 },
        { "duration", "PT0.0000015S", 0, 2 },
        { "duration", "PT0.00000150000001S", 0, 2 },
        { "duration", "99999999999999999999999", -ERANGE, 0 },
        { "duration", "-P99999999999999999999W", -ERANGE, 0 },
        { "duration", "9223372036854.775807", 0, INT64_MAX },
        { "duration", "9223372036854.775808", -ERANGE, 0 },
        { "datetime", "1970-01-01T00:00:01 Z", 0, 1000000 },
        { "datetime", "1970-01-01T00:00:01  +00:00:01", 0, 0 },
        { "datetime", "1970-01-01T00:00+01:75", -ERANGE, 0 },
        { "datetime", "0001-01-01T00:00+00:01", -ERANGE, 0 },
        { "datetime", "9999-12-31T23:59-00:01", -ERANGE, 0 },
        { "datetime", "1970-01-01T00:00\n", -EINVAL, 0 },
        { "time", "10:20:30Z", -EINVAL, 0 },
    };

    fl_table(rows, check_own);
}

static void parse_date(void *text) { (void)fl_date_parse(text); }
static void parse_datetime(void *text) { (void)fl_datetime_parse(text); }
static void parse_time(void *text) { (void)fl_time_parse(text); }
static void parse_duration(void *text) { (void)fl_duration_parse(text); }

static fl_error *refusal(void (*parse)(void *text), const char *text)
{
    return fl_expect_raises(FL_VALUE_ERROR, parse, (char *)text);
}

FL_TEST(errors_quote_the_text_and_say_what_was_expected)
{
    fl_error *e = refusal(parse_date, "20.11.2026");
    fl_expect_text(e->message, "'20.11.2026' is not a date: expected the form 2026-11-20");
    fl_expect(e->hint != NULL && e->code == -EINVAL);

    e = refusal(parse_date, "2026-02-30");
    fl_expect_text(e->message, "'2026-02-30' has the form of a date, but is none: there is no such day");
    fl_expect_equal(e->code, -ERANGE);

    e = refusal(parse_datetime, "12345678901234567890123456789012345678901234567890123456\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6");
    fl_expect_contains(e->message, "'12345678901234567890123456789012345678901234567890123456...' is not");
    e = refusal(parse_time, "a\nb\x7f");
    fl_expect_contains(e->message, "'a?b?' is not a time of day");
    fl_expect_contains(refusal(parse_duration, NULL)->message, "'' is not a duration");
    fl_expect_equal(fl_duration_parse("1:00").us, FL_MINUTES(1).us);
    fl_expect_text(fl_time_text(fl_time_parse("9:30")), "09:30:00");
    fl_expect_text(fl_date_text(fl_date_parse("2026-1-2")), "2026-01-02");
}
