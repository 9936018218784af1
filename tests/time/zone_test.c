/* Zones: names, files, changes of clocks, and what damaged files do. */
#include <errno.h>
#include <fleche/heap.h>
#include <fleche/test.h>
#include "time/vectors.h"
#include "time/zone.h"

static void check_zone(char *const *row)
{
    fl_civil c = fl_civil_of(fl_datetime_of_unix(number(row[1]), 0), fl_zone_named(row[0]));

    if (c.offset != number(row[2]) || c.daylight != (number(row[3]) != 0) || !fl_text_is(c.zone, row[4]))
        fl_fail("%s at %s: %d %d %s, not %s %s %s", row[0], row[1], c.offset, c.daylight, c.zone, row[2], row[3], row[4]);
}

FL_TEST(zones_are_as_python_has_them)
{
    use_zones_of_tests();
    each_vector("data/time_zones.tsv", check_zone);
}

static void check_local(char *const *row)
{
    const fl_zone *zone = fl_zone_named(row[0]);
    fl_datetime as_utc;

    fl_expect_ok(fl_datetime_try_parse(fl_str_of(row[1]), FL_UTC, &as_utc));
    fl_civil c = fl_civil_of(as_utc, FL_UTC);
    fl_datetime t = fl_datetime_of_civil(c, zone, (int)number(row[2]));
    if (fl_datetime_unix(t) != number(row[3]))
        fl_fail("%s %s fold %s: %lld, not %s", row[0], row[1], row[2], (long long)fl_datetime_unix(t), row[3]);
    if (fl_civil_exists(c, zone) != (number(row[4]) != 0) || fl_civil_is_ambiguous(c, zone) != (number(row[5]) != 0))
        fl_fail("%s %s: exists and is ambiguous are not %s and %s", row[0], row[1], row[4], row[5]);
}

FL_TEST(local_times_are_the_instants_that_python_says)
{
    use_zones_of_tests();
    each_vector("data/time_local.tsv", check_local);
}

FL_TEST(times_before_and_behind_a_change_differ_by_a_microsecond)
{
    use_zones_of_tests();
    const fl_zone *paris = fl_zone_named("Europe/Paris");
    fl_datetime change = fl_datetime_of_unix(1774746000, 0);        /* 2026-03-29 01:00 UTC */

    fl_expect_text(fl_datetime_text_in(change, FL_ISO_SPACE, paris), "2026-03-29 03:00:00+02:00");
    fl_expect_text(fl_datetime_text_in(fl_datetime_add(change, FL_MICROSECONDS(-1)), FL_ISO_SPACE, paris),
                   "2026-03-29 01:59:59.999999+01:00");
    fl_expect_text(fl_date_text(fl_date_in(fl_datetime_of_unix(1795215600, 0), paris)), "2026-11-21");
    fl_expect_text(fl_time_text(fl_time_in(fl_datetime_of_unix(1795215600, 500000), paris)), "00:00:00.500000");
    fl_expect_text(fl_zone_name(paris), "Europe/Paris");
    fl_expect_same(fl_zone_named("Europe/Paris"), paris);
}

static void check_name(const void *row)
{
    const fl_zone *zone;
    const char *name = *(const char *const *)row;

    fl_label("'%s'", name);
    fl_expect_equal(fl_zone_try_named(fl_str_of(name), &zone), -EINVAL);
}

FL_TEST(names_cannot_leave_the_directory)
{
    static const char *const names[] = {
        "",
        "/",
        "/etc/passwd",
        "../passwd",
        "Europe/../Europe/Paris",
        "Europe//Paris",
        "Europe/",
        ".",
        "..",
        "./UTC",
        "Europe/Paris ",
        "Europe\\Paris",
        "tzdata.zi",
        "Europe/Paris\n",
        "Eur\xc3\xb6pe",
        "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    };
    const fl_zone *zone;

    use_zones_of_tests();
    fl_table(names, check_name);
    fl_expect_equal(fl_zone_try_named((fl_str){ "Europe/Paris\0", 13 }, &zone), -EINVAL);
    fl_expect_equal(fl_zone_try_named(fl_lit("Europe"), &zone), -ENOENT);
    fl_expect_equal(fl_zone_try_named(fl_lit("Europe/Paris/Texas"), &zone), -ENOENT);
    fl_expect_equal(fl_zone_try_named(fl_lit("Nowhere/At_All"), &zone), -ENOENT);
}

static void ask_for_nowhere(void *nothing) { (void)nothing, (void)fl_zone_named("Nowhere/At_All"); }
static void ask_for_null(void *nothing) { (void)nothing, (void)fl_zone_named(NULL); }
static void ask_for_a_day(void *nothing) { (void)nothing, (void)fl_zone_fixed(86400); }

FL_TEST(an_unknown_zone_says_what_to_install)
{
    fl_error *e = fl_expect_raises(FL_VALUE_ERROR, ask_for_nowhere, NULL);

    fl_expect_contains(e->message, "'Nowhere/At_All'");
    fl_expect_contains(e->hint, "tzdata");
    fl_expect_equal(e->code, -ENOENT);
    fl_expect_error(FL_VALUE_ERROR, ask_for_null, NULL);
}

FL_TEST(fixed_zones_are_named_by_their_offset)
{
    fl_datetime t = fl_datetime_of_unix(0, 0);
    const fl_zone *india = fl_zone_fixed(19800);

    fl_expect_text(fl_zone_name(india), "UTC+05:30");
    fl_expect_text(fl_civil_of(t, india).zone, "+0530");
    fl_expect_text(fl_zone_name(fl_zone_fixed(-7200)), "UTC-02:00");
    fl_expect_text(fl_civil_of(t, fl_zone_fixed(-7200)).zone, "-02");
    fl_expect_text(fl_zone_name(fl_zone_fixed(561)), "UTC+00:09:21");
    fl_expect_text(fl_civil_of(t, fl_zone_fixed(561)).zone, "+000921");
    fl_expect_same(fl_zone_fixed(0), FL_UTC);
    fl_expect_error(FL_VALUE_ERROR, ask_for_a_day, NULL);
    fl_expect_equal(fl_datetime_unix(fl_datetime_of_civil(fl_civil_of(t, india), india, 0)), 0);
}

static void show_year_0(void *nothing) { (void)nothing, (void)fl_civil_of((fl_datetime){ 1 }, fl_zone_fixed(-3600)); }

FL_TEST(a_clock_does_not_show_the_year_0)
{
    fl_civil none = { 0 }, last = fl_civil_of_date(fl_date_of(9999, 12, 31));

    fl_expect_error(FL_OVERFLOW, show_year_0, NULL);
    fl_expect(fl_is_none_datetime(fl_datetime_of_civil(none, FL_UTC, 0)));
    last.hour = 23;
    fl_expect(fl_is_none_datetime(fl_datetime_of_civil(last, fl_zone_fixed(-3600), 0)));
    fl_expect_equal(fl_civil_of(FL_NEVER, FL_UTC).year, 0);
    fl_expect(!fl_civil_exists(none, FL_UTC));
}

FL_TEST(the_current_zone_is_utc_until_set)
{
    use_zones_of_tests();
    fl_expect_same(fl_zone_here(), FL_UTC);
    const fl_zone *before = fl_zone_set_here(fl_zone_named("Asia/Kathmandu"));
    fl_expect_same(before, FL_UTC);
    fl_expect_equal(fl_datetime_parse("2026-11-20 05:45").us, fl_datetime_parse("2026-11-20T00:00Z").us);
    fl_expect_text(fl_zone_name(fl_zone_set_here(before)), "Asia/Kathmandu");
}

/* -- files ----------------------------------------------------------------------------------------------------------------- */

static size_t read_zone_file(const char *name, uint8_t *buffer, size_t capacity)
{
    return fread(buffer, 1, capacity, opened(fl_text("data/zoneinfo/%s", name)));
}

FL_TEST(no_damaged_file_is_trusted)
{
    uint8_t file[4096];
    size_t size = read_zone_file("Australia/Lord_Howe", file, sizeof file);
    fl_zone *zone;

    for (size_t shorter = 0; shorter < size; shorter++) {
        fl_scope {
            const uint8_t *copy = fl_arena_copy(fl_arena_here(), file, shorter);
            fl_expect_equal(fl_zone_read((fl_bytes){ copy, shorter }, fl_lit("Test"), &zone), -EINVAL);
        }
    }
    for (size_t at = 0; at < size; at++) {
        file[at] ^= 0xff;
        if (fl_zone_read((fl_bytes){ file, size }, fl_lit("Test"), &zone) == 0) {
            bool holds = true;
            for (int64_t t = -4000000000; t < 5000000000; t += 90000000) {
                fl_zone_span span = fl_zone_find(zone, t);
                holds &= span.from <= t && t < span.until;
            }
            fl_heap_free(zone);
            fl_expect(holds);
        }
        file[at] ^= 0xff;
    }
}

FL_TEST(a_file_of_version_1_has_32_bits_and_no_rule)
{
    uint8_t file[4096];
    size_t size = read_zone_file("Europe/Paris", file, sizeof file);
    fl_zone *zone;

    use_zones_of_tests();
    file[4] = 0;
    fl_expect_ok(fl_zone_read((fl_bytes){ file, size }, fl_lit("Test"), &zone));
    fl_defer(free_block, zone);
    fl_expect(!zone->has_rule);
    for (int64_t t = -2000000000; t < 2100000000; t += 5000011)
        fl_expect_equal(fl_zone_find(zone, t).kind.offset, fl_zone_span_at(fl_zone_named("Europe/Paris"), t).kind.offset);
}

/* -- rules ----------------------------------------------------------------------------------------------------------------- */

FL_TEST(rules_of_all_forms_change_on_their_day)
{
    static const struct {
        const char *rule;
        long long change;
        int before, after;
    } rows[] = {
        { "CET-1CEST,M3.5.0,M10.5.0/3", 1774746000, 3600, 7200 },
        { "EST5EDT,M3.2.0,M11.1.0", 1772953200, -18000, -14400 },
        { "IST-1GMT0,M10.5.0,M3.5.0/1", 1774746000, 0, 3600 },
        { "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", 1774746000, -10800, -7200 },
        { "AAA0BBB,J60/0,J300/0", 1709251200, 0, 3600 },        /* 2024-03-01, a leap year */
        { "AAA0BBB,59/0,300/0", 1709164800, 0, 3600 },          /* 2024-02-29 */
        { "AAA0BBB-2:30:15,0/167,300/0", 1767225600 + 167 * 3600, 0, 9015 },
    };

    for (size_t i = 0; i < FL_LENGTH(rows); i++) {
        fl_zone_rule rule;
        fl_expect_ok(fl_zone_rule_read(fl_str_of(rows[i].rule), &rule));
        fl_zone_span before = fl_zone_rule_span(&rule, rows[i].change - 1), after = fl_zone_rule_span(&rule, rows[i].change);
        fl_expect_equal(before.until, rows[i].change);
        fl_expect_equal(after.from, rows[i].change);
        fl_expect_equal(before.kind.offset, rows[i].before);
        fl_expect_equal(after.kind.offset, rows[i].after);
    }
}

FL_TEST(summer_time_may_last_all_year)
{
    fl_zone_rule rule;

    fl_expect_ok(fl_zone_rule_read(fl_lit("XXX3EDT4,0/0,J365/23"), &rule));
    for (int64_t t = 0; t < 4000000000; t += 86399)
        fl_expect(fl_zone_rule_span(&rule, t).kind.daylight);
}

static void check_bad_rule(const void *row)
{
    fl_zone_rule rule;

    fl_label("%s", *(const char *const *)row);
    fl_expect_equal(fl_zone_rule_read(fl_str_of(*(const char *const *)row), &rule), -EINVAL);
}

FL_TEST(rules_that_are_none_are_refused)
{
    static const char *const rules[] = {
        "",
        "CET",
        "CE-1",
        "<CET-1",
        "CET-25",
        "CET-1CEST",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,J0,J1",
        "CET-1CEST,J366,J1",
        "CET-1CEST,366,1",
        "CET-1CEST,M3.5.0/168,M10.5.0",
        "CET-1CEST,M3.5.0,M10.5.0/3 ",
        "CET-1:60",
        ":Europe/Paris",
        "CET-1CEST,M3.5.0,M10.5.0,",
    };

    fl_table(rules, check_bad_rule);
}
