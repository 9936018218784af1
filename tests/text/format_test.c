/* Dates, spans and numbers for people: what has no vectors. */
#include <fleche/format.h>
#include "../helpers.h"

static fl_datetime moment(void) { return fl_datetime_parse("2026-11-20T09:30:00Z"); }

FL_TEST(the_usual_formats_are_those_of_american_english)
{
    fl_datetime t = moment();

    fl_expect_text(fl_format_datetime(t, NULL), "Nov. 20, 2026, 9:30 a.m.");
    fl_expect_text(fl_format_datetime(t, "SHORT_DATETIME_FORMAT"), "11/20/2026 9:30 a.m.");
    fl_expect_text(fl_format_date(fl_date_of(2026, 3, 1), NULL), "March 1, 2026");
    fl_expect_text(fl_format_date(fl_date_of(2026, 3, 1), "SHORT_DATE_FORMAT"), "03/01/2026");
    fl_expect_text(fl_format_date(fl_date_of(2026, 3, 1), "YEAR_MONTH_FORMAT"), "March 2026");
    fl_expect_text(fl_format_date(fl_date_of(2026, 3, 1), "MONTH_DAY_FORMAT"), "March 1");
    fl_expect_text(fl_format_time(fl_time_of(12, 0, 0, 0), NULL), "noon");
    fl_expect_text(fl_format_time(fl_time_of(0, 0, 59, 0), NULL), "midnight");
    fl_expect_text(fl_get_format("DATE_FORMAT"), "N j, Y");
    fl_expect_text(fl_get_format("Y"), "Y");
}

FL_TEST(datetimes_are_shown_in_the_current_zone)
{
    fl_datetime t = moment();

    (void)fl_zone_set_here(fl_zone_fixed(-5 * 3600));
    fl_expect_text(fl_format_datetime(t, "H:i O c"), "04:30 -0500 2026-11-20T04:30:00-05:00");
    fl_expect_text(fl_format_datetime_in(t, "H:i", FL_UTC), "09:30");
    fl_expect_text(fl_format_date(fl_date_of(1970, 1, 1), "U"), "18000");
}

FL_TEST(none_is_formatted_as_nothing)
{
    fl_expect_text(fl_format_datetime(FL_NEVER, NULL), "");
    fl_expect_text(fl_format_date((fl_date){ 0 }, "Y"), "");
    fl_expect_text(fl_format_time((fl_time){ 0 }, "H"), "");
    fl_expect_text(fl_timesince(FL_NEVER), "");
    fl_expect_text(fl_number_format(FL_NONE_VALUE), "");
}

static void date_with_hours(FL_UNUSED void *data) { (void)fl_format_date(fl_date_of(2026, 1, 1), "Y H"); }
static void time_with_years(FL_UNUSED void *data) { (void)fl_format_time(fl_time_of(1, 2, 3, 0), "Y H"); }

static void format_a_number(FL_UNUSED void *data)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 100);
    fl_format_moment_to(&out, fl_box(7), "Y");
}

FL_TEST(parts_that_are_not_there_are_refused_by_their_character)
{
    fl_expect_contains(fl_expect_raises(FL_TYPE_ERROR, date_with_hours, NULL)->message, "'H'");
    fl_expect_contains(fl_expect_raises(FL_TYPE_ERROR, time_with_years, NULL)->message, "'Y'");
    fl_expect_contains(fl_expect_raises(FL_TYPE_ERROR, format_a_number, NULL)->message, "integer");
}

/* -- spans ------------------------------------------------------------------------------------------------------------------- */

static void no_depth(FL_UNUSED void *data) { (void)fl_timesince_between(moment(), moment(), 0); }

FL_TEST(spans_are_counted_from_and_until_now)
{
    fl_clock_freeze(moment());
    fl_expect_text(fl_timesince(fl_datetime_parse("2025-08-10T09:30:00Z")), "1\u00a0year, 3\u00a0months");
    fl_expect_text(fl_timeuntil(fl_datetime_parse("2026-11-20T11:31:59Z")), "2\u00a0hours, 1\u00a0minute");
    fl_expect_text(fl_timesince(fl_datetime_parse("2026-11-20T09:30:01Z")), "0\u00a0minutes");
    fl_clock_thaw();
    fl_expect_error(FL_VALUE_ERROR, no_depth, NULL);
}

/* -- another language -------------------------------------------------------------------------------------------------------- */

static void count_german(fl_buf *out, fl_time_unit unit, long long n)
{
    fl_buf_format(out, "%lld %s", n, unit == FL_DAY ? (n == 1 ? "Tag" : "Tage") : "Einheiten");
}

static const fl_date_words *german(void)
{
    static fl_date_words words;

    words = fl_date_words_english;
    words.months[10] = "November\u00e4";
    words.months_short[10] = "\u00e9nov";
    words.count = count_german;
    return &words;
}

FL_TEST(the_words_can_be_another_languages)
{
    fl_date_words_hook = german;
    fl_expect_text(fl_format_datetime(moment(), "F M b r"), "November\u00e4 \u00c9nov \u00e9nov Fri, 20 Nov 2026 09:30:00 +0000");
    fl_expect_text(fl_timesince_between(moment(), fl_datetime_add(moment(), FL_DAYS(3)), 1), "3\u00a0Tage");
    fl_date_words_hook = NULL;
    fl_expect_text(fl_format_datetime(moment(), "F"), "November");
}

/* -- numbers ----------------------------------------------------------------------------------------------------------------- */

FL_TEST(numbers_have_groups_and_decimals_as_asked)
{
    fl_expect_text(fl_number_format(1234567.891, .grouping = { 3 }, .decimals = 2), "1,234,567.89");
    fl_expect_text(fl_number_format(1234567, .grouping = { 3, 2 }, .thousand_separator = "'"), "12'34'567");
    fl_expect_text(fl_number_format(-999, .grouping = { 3 }), "-999");
    fl_expect_text(fl_number_format(1.5, .decimals = 3, .decimal_separator = ","), "1,500");
    fl_expect_text(fl_number_format(1.999, .decimals = FL_NO_DECIMALS), "1");
    fl_expect_text(fl_number_format(18446744073709551615ull, .grouping = { 3 }), "18,446,744,073,709,551,615");
    fl_expect_text(fl_number_format("12 apples", .grouping = { 3 }), "12 apples");
    fl_expect_text(fl_number_format("abc"), "abc");
    fl_expect_text(fl_number_format(1.0 / 0.0), "inf");
    fl_expect_text(fl_number_format(fl_decimal_parse("NaN")), "NaN");
}

FL_TEST(sizes_of_files_have_the_nearest_unit)
{
    fl_expect_text(fl_filesizeformat(0), "0\u00a0bytes");
    fl_expect_text(fl_filesizeformat(1), "1\u00a0byte");
    fl_expect_text(fl_filesizeformat(1023), "1023\u00a0bytes");
    fl_expect_text(fl_filesizeformat(1024), "1.0\u00a0KB");
    fl_expect_text(fl_filesizeformat(10 * 1024 * 1024), "10.0\u00a0MB");
    fl_expect_text(fl_filesizeformat(1024 * 1024 - 1), "1024.0\u00a0KB");
    fl_expect_text(fl_filesizeformat(1024.0 * 1024 * 1024 * 1024 * 1024 * 2000), "2000.0\u00a0PB");
    fl_expect_text(fl_filesizeformat(-2048), "-2.0\u00a0KB");
}

FL_TEST(values_are_printed_in_the_usual_format)
{
    fl_expect_text(fl_localize(moment()), "Nov. 20, 2026, 9:30 a.m.");
    fl_expect_text(fl_localize(fl_date_of(2026, 5, 4)), "May 4, 2026");
    fl_expect_text(fl_localize(fl_time_of(13, 5, 0, 0)), "1:05 p.m.");
    fl_expect_text(fl_localize(1234.5), "1234.5");
    fl_expect_text(fl_localize(1e16), "10000000000000000");
    fl_expect_text(fl_localize(fl_decimal_parse("1E+3")), "1000");
    fl_expect_text(fl_localize(FL_TRUE), "True");
    fl_expect_text(fl_localize("text"), "text");
}
