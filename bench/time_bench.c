/* What a server does with time on every request. */
#include <fleche/bench.h>

FL_BENCH(time_now, .unit = "clock reading", .target = 30, .target_of = FL_TARGET_NANOSECONDS)
{
    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_now().us);
}

/* Over a few hours, so that the season stays: what a page of rows costs. */
FL_BENCH(time_civil_in_zone, .unit = "datetime", .target = 100, .target_of = FL_TARGET_NANOSECONDS)
{
    const fl_zone *zone = fl_zone_named("Europe/Paris");
    fl_datetime t = fl_datetime_of_unix(1795167000, 0);

    for (size_t i = 0; i < n; i++) {
        fl_civil c = fl_civil_of((fl_datetime){ t.us + (int64_t)(i & 0xfff) * 1000001 }, zone);
        fl_bench_use(c.minute);
    }
}

/* Over a century: every call searches. */
FL_BENCH(time_civil_in_zone_scattered, .unit = "datetime")
{
    const fl_zone *zone = fl_zone_named("Europe/Paris");

    for (size_t i = 0; i < n; i++) {
        fl_civil c = fl_civil_of(fl_datetime_of_unix((int64_t)(i * 7919 % 4096) * 770000, 0), zone);
        fl_bench_use(c.minute);
    }
}

FL_BENCH(time_instant_of_civil, .unit = "datetime", .target = 100, .target_of = FL_TARGET_NANOSECONDS)
{
    const fl_zone *zone = fl_zone_named("Europe/Paris");
    fl_civil c = fl_civil_of(fl_datetime_of_unix(1795167000, 0), zone);

    for (size_t i = 0; i < n; i++) {
        c.second = (int)(i % 60);
        fl_bench_use(fl_datetime_of_civil(c, zone, 0).us);
    }
}

FL_BENCH(time_http_date, .unit = "date", .target = 50, .target_of = FL_TARGET_NANOSECONDS)
{
    fl_datetime t = fl_datetime_of_unix(1795167000, 0);
    fl_buf out = fl_buf_in(fl_arena_here(), 4096);

    for (size_t i = 0; i < n; i++) {
        fl_buf_clear(&out);
        fl_datetime_print((fl_datetime){ t.us + (int64_t)i }, FL_HTTP_DATE, FL_UTC, &out);
        fl_bench_use(out.data);
    }
}

FL_BENCH(time_http_date_parse, .unit = "date", .target = 100, .target_of = FL_TARGET_NANOSECONDS)
{
    fl_datetime t;

    for (size_t i = 0; i < n; i++) {
        int code = fl_http_date_try_parse(fl_lit("Fri, 20 Nov 2026 09:30:00 GMT"), &t);
        fl_bench_use(code);
    }
}

FL_BENCH(time_iso_parse, .unit = "datetime", .target = 100, .target_of = FL_TARGET_NANOSECONDS)
{
    fl_datetime t;

    for (size_t i = 0; i < n; i++) {
        int code = fl_datetime_try_parse(fl_lit("2026-11-20T09:30:00.000001+01:00"), FL_UTC, &t);
        fl_bench_use(code);
    }
}
