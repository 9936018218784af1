/* The calendar and arithmetic with instants. */
#include <fleche/test.h>

FL_TEST(every_day_of_the_calendar_follows_the_one_before)
{
    int year = 1, month = 1, day = 1, yearday = 1;

    for (int32_t n = 1; n <= 3652059; n++) {
        fl_civil c = fl_civil_of_date((fl_date){ n });
        if (c.year != year || c.month != month || c.day != day || c.yearday != yearday || c.weekday != (n - 1) % 7 ||
            fl_date_of(year, month, day).day != n)
            fl_fail("day %d is %d-%d-%d, not %d-%d-%d", n, c.year, c.month, c.day, year, month, day);
        yearday++;
        if (++day > fl_days_in_month(year, month)) {
            day = 1;
            if (++month > 12) {
                month = 1;
                yearday = 1;
                year++;
            }
        }
    }
    fl_expect_equal(year, 10000);
}

FL_TEST(days_that_are_none_are_none)
{
    static const struct {
        int year, month, day;
    } rows[] = {
        { 0, 1, 1 },    { 10000, 1, 1 }, { 2023, 2, 29 }, { 1900, 2, 29 },
        { 2026, 0, 1 }, { 2026, 13, 1 }, { 2026, 4, 31 }, { 2026, 1, 0 },
    };

    for (size_t i = 0; i < FL_LENGTH(rows); i++)
        fl_expect(fl_is_none_date(fl_date_of(rows[i].year, rows[i].month, rows[i].day)));
    fl_expect(!fl_is_none_date(fl_date_of(2000, 2, 29)));
    fl_expect(fl_is_none_time(fl_time_of(24, 0, 0, 0)));
    fl_expect(fl_is_none_time(fl_time_of(0, 0, 0, 1000000)));
    fl_expect(!fl_is_none_time(fl_time_of(0, 0, 0, 0)));
    fl_expect_equal(fl_days_in_month(2026, 13), 0);
}

FL_TEST(weeks_belong_to_the_year_of_their_thursday)
{
    static const struct {
        int year, month, day, week, week_year;
    } rows[] = {
        { 2026, 11, 20, 47, 2026 }, { 2021, 1, 3, 53, 2020 }, { 2020, 12, 31, 53, 2020 }, { 2024, 12, 30, 1, 2025 },
        { 2027, 1, 1, 53, 2026 },   { 1, 1, 1, 1, 1 },        { 9999, 12, 31, 52, 9999 },
    };

    for (size_t i = 0; i < FL_LENGTH(rows); i++) {
        int year = 0;
        fl_expect_equal(fl_iso_week(fl_date_of(rows[i].year, rows[i].month, rows[i].day), &year), rows[i].week);
        fl_expect_equal(year, rows[i].week_year);
    }
    fl_expect_equal(fl_iso_week((fl_date){ 0 }, NULL), 0);
}

FL_TEST(the_first_microsecond_is_one_above_none)
{
    fl_datetime first = fl_datetime_of_unix(-62135596800, 0), last = fl_datetime_of_unix(253402300799, 999999);

    fl_expect_equal(first.us, 1);
    fl_expect_text(fl_datetime_text(first, FL_ISO_8601), "0001-01-01T00:00:00Z");
    fl_expect_text(fl_datetime_text(last, FL_ISO_8601), "9999-12-31T23:59:59.999999Z");
    fl_expect_equal(fl_datetime_between(first, last).us, last.us - 1);
    fl_expect_equal(fl_datetime_add(first, fl_datetime_between(first, last)).us, last.us);
    fl_expect_equal(fl_datetime_unix(fl_datetime_of_unix(-1, 999999)), -1);
    fl_expect_equal(fl_datetime_unix(fl_datetime_of_unix(0, -1)), -1);
    fl_expect_equal(fl_datetime_unix(first), -62135596800);
}

static void before_the_first(void *nothing) { (void)nothing, (void)fl_datetime_add((fl_datetime){ 1 }, FL_MICROSECONDS(-1)); }
static void behind_the_last(void *nothing) { (void)nothing, (void)fl_datetime_of_unix(253402300800, 0); }
static void forever_from_now(void *nothing) { (void)nothing, (void)fl_datetime_add(fl_now(), FL_FOREVER); }
static void from_none(void *nothing) { (void)nothing, (void)fl_datetime_between(FL_NEVER, fl_now()); }
static void a_day_too_far(void *nothing) { (void)nothing, (void)fl_date_add_days(fl_date_of(9999, 12, 31), 1); }

FL_TEST(what_leaves_the_calendar_raises)
{
    fl_expect_error(FL_OVERFLOW, before_the_first, NULL);
    fl_expect_error(FL_OVERFLOW, behind_the_last, NULL);
    fl_expect_error(FL_OVERFLOW, forever_from_now, NULL);
    fl_expect_error(FL_VALUE_ERROR, from_none, NULL);
    fl_expect_contains(fl_expect_raises(FL_OVERFLOW, a_day_too_far, NULL)->message, "9999-12-31");
    fl_expect(fl_is_none_datetime(fl_datetime_add(FL_NEVER, FL_DAYS(1))));
    fl_expect(fl_is_none_date(fl_date_add_days((fl_date){ 0 }, 1)));
    fl_expect_text(fl_date_text(fl_date_add_days(fl_date_of(2024, 2, 28), 2)), "2024-03-01");
}

FL_TEST(long_durations_do_not_overflow_int)
{
    fl_expect_equal(FL_DAYS(36500).us, 36500LL * 86400 * 1000000);
    fl_expect_equal(FL_HOURS(24).us, FL_DAYS(1).us);
    fl_expect_equal(FL_SECONDS(0.25).us, 250000);
    fl_expect_equal(FL_MINUTES(1.5).us, 90000000);
}
