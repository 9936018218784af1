/* Clocks, and standing still. */
#include <fleche/test.h>
#include <time.h>

FL_TEST(now_is_what_the_system_says)
{
    long long before = time(NULL), now = fl_datetime_unix(fl_now());

    fl_expect(now >= before && now <= time(NULL) + 1);
}

FL_TEST(a_frozen_clock_moves_only_when_advanced)
{
    fl_datetime at = fl_datetime_of_unix(1795167000, 1);
    int64_t monotonic = fl_monotonic_us();

    fl_clock_freeze(at);
    fl_expect_equal(fl_now().us, at.us);
    fl_clock_advance(FL_HOURS(15));
    fl_expect_text(fl_datetime_text(fl_now(), FL_ISO_8601), "2026-11-21T00:30:00.000001Z");
    fl_expect_text(fl_date_text(fl_today()), "2026-11-21");
    (void)fl_zone_set_here(fl_zone_fixed(-3600));
    fl_expect_text(fl_date_text(fl_today()), "2026-11-20");
    while (fl_monotonic_us() == monotonic)
        continue;
    fl_expect(fl_monotonic() > 0);
    fl_clock_thaw();
    fl_expect(fl_now().us != at.us);
    (void)fl_zone_set_here(NULL);
}

static void advance(void *nothing) { (void)nothing, fl_clock_advance(FL_SECONDS(1)); }
static void freeze_at_none(void *nothing) { (void)nothing, fl_clock_freeze(FL_NEVER); }

FL_TEST(a_running_clock_cannot_be_advanced)
{
    fl_expect_contains(fl_expect_raises(FL_PROGRAMMING_ERROR, advance, NULL)->hint, "fl_clock_freeze");
    fl_expect_error(FL_PROGRAMMING_ERROR, freeze_at_none, NULL);
}
