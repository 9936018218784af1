/* The dates of HTTP and mail. */
#include <errno.h>
#include <fleche/test.h>

static const char *http(const char *text)
{
    fl_datetime t;
    int code = fl_http_date_try_parse(fl_str_of(text), &t);

    return code == 0 ? fl_datetime_text(t, FL_ISO_8601) : code == -EINVAL ? "form" : "range";
}

static const char *mail(const char *text)
{
    fl_datetime t;
    int code = fl_mail_date_try_parse(fl_str_of(text), &t);

    return code == 0 ? fl_datetime_text(t, FL_ISO_8601) : code == -EINVAL ? "form" : "range";
}

typedef struct { const char *text, *expected; } row;

static void check_http(const void *data)
{
    const row *r = data;

    fl_label("%s", r->text);
    fl_expect_text(http(r->text), r->expected);
}

static void check_mail(const void *data)
{
    const row *r = data;

    fl_label("%s", r->text);
    fl_expect_text(mail(r->text), r->expected);
}

FL_TEST(http_dates_have_three_forms)
{
    static const row rows[] = {
        { "Fri, 20 Nov 2026 09:30:00 GMT", "2026-11-20T09:30:00Z" },
        { "Friday, 20-Nov-26 09:30:00 GMT", "2026-11-20T09:30:00Z" },
        { "Fri Nov 20 09:30:00 2026", "2026-11-20T09:30:00Z" },
        { "Sun Nov  1 09:30:00 2026", "2026-11-01T09:30:00Z" },
        { "Wednesday, 18-Nov-26 09:30:00 GMT", "2026-11-18T09:30:00Z" },
        { "Saturday, 01-Jan-00 00:00:00 GMT", "2000-01-01T00:00:00Z" },
        { "Fri, 31 Feb 2026 09:30:00 GMT", "range" },
        { "Fri, 20 Nov 2026 24:00:00 GMT", "range" },
        { "Fri, 20 Nov 2026 09:30:60 GMT", "range" },
        { "Fri, 20 Nov 0000 09:30:00 GMT", "range" },
        { "Fri, 20 Nov 2026 09:30:00 UTC", "form" },
        { "Fri, 20 Nov 2026 09:30:00", "form" },
        { "Fri, 20 nov 2026 09:30:00 GMT", "form" },
        { "fri, 20 Nov 2026 09:30:00 GMT", "form" },
        { "Fri, 2 Nov 2026 09:30:00 GMT", "form" },
        { "Fri,20 Nov 2026 09:30:00 GMT", "form" },
        { "Fri, 20 Nov 2026 09:30:00 GMT ", "form" },
        { "Frday, 20-Nov-26 09:30:00 GMT", "form" },
        { "Fri Nov 1 09:30:00 2026", "form" },
        { "Monsday, 20-Nov-26 09:30:00 GMT", "form" },
        { "", "form" },
        { "0", "form" },
        { "Fri", "form" },
    };

    fl_clock_freeze(fl_datetime_of_unix(1795167000, 0));
    fl_table(rows, check_http);
    fl_clock_thaw();
}

FL_TEST(two_digits_are_at_most_fifty_years_ahead)
{
    fl_clock_freeze(fl_datetime_of_unix(1795167000, 0));                 /* 2026-11-20 09:30 */
    fl_expect_text(http("Friday, 20-Nov-76 09:30:00 GMT"), "2076-11-20T09:30:00Z");
    fl_expect_text(http("Friday, 20-Nov-76 09:30:01 GMT"), "1976-11-20T09:30:01Z");
    fl_expect_text(http("Friday, 20-Nov-77 09:30:00 GMT"), "1977-11-20T09:30:00Z");
    fl_expect_text(http("Friday, 20-Nov-99 09:30:00 GMT"), "1999-11-20T09:30:00Z");
    fl_clock_freeze(fl_datetime_of_unix(4070908800, 0));                 /* 2099 */
    fl_expect_text(http("Friday, 20-Nov-00 09:30:00 GMT"), "2100-11-20T09:30:00Z");
    fl_expect_text(http("Friday, 20-Nov-76 09:30:00 GMT"), "2076-11-20T09:30:00Z");
    fl_clock_thaw();
}

FL_TEST(mail_dates_have_comments_folds_and_old_zones)
{
    static const row rows[] = {
        { "Fri, 20 Nov 2026 09:30:00 +0100", "2026-11-20T08:30:00Z" },
        { "20 Nov 2026 09:30 -0000", "2026-11-20T09:30:00Z" },
        { "Fri,\r\n 20 Nov 2026\r\n\t09:30:00 (half past (nine\\)) or so) +0000 (UTC)", "2026-11-20T09:30:00Z" },
        { "(first) Fri (second) , 1Nov2026 09 : 30 : 00 GMT", "2026-11-01T09:30:00Z" },
        { "FRI, 20 NOV 26 09:30:00 pst", "2026-11-20T17:30:00Z" },
        { "20 Nov 49 00:00:00 UT", "2049-11-20T00:00:00Z" },
        { "20 Nov 50 00:00:00 UT", "1950-11-20T00:00:00Z" },
        { "20 Nov 126 00:00:00 UT", "2026-11-20T00:00:00Z" },
        { "20 Nov 2026 00:00:00 A", "2026-11-20T00:00:00Z" },
        { "20 Nov 2026 00:00:00 Z", "2026-11-20T00:00:00Z" },
        { "20 Nov 2026 00:00:00 CEST", "2026-11-20T00:00:00Z" },
        { "31 Dec 2016 23:59:60 +0000", "2017-01-01T00:00:00Z" },
        { "20 Nov 2026 00:00:00 EDT", "2026-11-20T04:00:00Z" },
        { "31 Feb 2026 00:00 +0000", "range" },
        { "20 Nov 2026 00:61 +0000", "range" },
        { "20 Nov 2026 00:00 +0060", "range" },
        { "20 Nov 2026 00:00 +2400", "range" },
        { "20 Nov 12026 00:00 +0000", "range" },
        { "1 Jan 0001 00:00 +0100", "range" },
        { "20 Nov 2026 00:00:61 +0000", "range" },
        { "20 Nov 2026 00:00", "form" },
        { "20 Nov 2026 +0000", "form" },
        { "20 Nov 2026 00:00 +000", "form" },
        { "20 Nov 2026 00:00 +00000", "form" },
        { "20 Nov 2026 00:00 +0000 x", "form" },
        { "20 Nov 2026 00:00 (+0000", "form" },
        { "Fri 20 Nov 2026 00:00 +0000", "form" },
        { "Fry, 20 Nov 2026 00:00 +0000", "form" },
        { "20 November 2026 00:00 +0000", "form" },
        { "20 Nov 2026 0:00 +0000", "form" },
        { "", "form" },
        { "(", "form" },
        { "20 Nov 1234567890 00:00 UT", "form" },
        { "((((((((((((((((()))))))))))))))))20 Nov 2026 00:00 UT", "form" },
        { "(((((((((((((((())))))))))))))))20 Nov 2026 00:00 UT", "2026-11-20T00:00:00Z" },
    };

    fl_table(rows, check_mail);
}
