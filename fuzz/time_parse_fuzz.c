/* All parsers of dates and durations, with the same text: what is read, written and read again must be the same. */
#include <errno.h>
#include <fleche/arena.h>
#include <fleche/time.h>
#include <stdlib.h>

#define check(condition) \
    do { \
        if (!(condition)) \
            abort(); \
    } while (0)

static void check_code(int code) { check(code == 0 || code == -EINVAL || code == -ERANGE); }
static int64_t whole_seconds(fl_datetime t) { return t.us - 1 - (t.us - 1) % 1000000; }

static void check_datetime(fl_datetime t, const fl_zone *zone)
{
    fl_datetime again;

    check(t.us > 0);
    check(fl_datetime_try_parse(fl_str_of(fl_datetime_text(t, FL_ISO_8601)), zone, &again) == 0 && again.us == t.us);
    check(fl_datetime_try_parse(fl_str_of(fl_datetime_text(t, FL_ISO_SPACE)), zone, &again) == 0 && again.us == t.us);
    check(fl_datetime_try_parse(fl_str_of(fl_datetime_text(t, FL_ISO_8601_MS)), zone, &again) == 0 && t.us - again.us < 1000);
    check(fl_http_date_try_parse(fl_str_of(fl_datetime_text(t, FL_HTTP_DATE)), &again) == 0 && again.us - 1 == whole_seconds(t));
    check(fl_mail_date_try_parse(fl_str_of(fl_datetime_text(t, FL_MAIL_DATE)), &again) == 0 && again.us - 1 == whole_seconds(t));
    check(fl_datetime_of_civil(fl_civil_of(t, FL_UTC), FL_UTC, 0).us == t.us);
    if (t.us > INT64_C(86400000000) && t.us < 3652058 * INT64_C(86400000000)) {
        char *text = fl_datetime_text_in(t, FL_ISO_8601, zone);
        check(fl_datetime_try_parse(fl_str_of(text), FL_UTC, &again) == 0 && again.us == t.us);
        check(fl_datetime_of_civil(fl_civil_of(t, zone), zone, 0).us == t.us);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;
    fl_str text = { (const char *)data, size };
    fl_datetime t;
    fl_date date, date_again;
    fl_time time, time_again;
    fl_duration d, d_again;
    int code;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", 1 << 20);
    fl_arena *before = fl_arena_set_here(arena);
    const fl_zone *zone = fl_zone_fixed(size == 0 ? 0 : data[size - 1] * 300 - 38000);
    check_code(code = fl_datetime_try_parse(text, zone, &t));
    if (code == 0)
        check_datetime(t, zone);
    check_code(code = fl_http_date_try_parse(text, &t));
    if (code == 0)
        check_datetime(t, zone);
    check_code(code = fl_mail_date_try_parse(text, &t));
    if (code == 0)
        check_datetime(t, zone);
    check_code(code = fl_date_try_parse(text, &date));
    if (code == 0)
        check(fl_date_try_parse(fl_str_of(fl_date_text(date)), &date_again) == 0 && date_again.day == date.day);
    check_code(code = fl_time_try_parse(text, &time));
    if (code == 0)
        check(fl_time_try_parse(fl_str_of(fl_time_text(time)), &time_again) == 0 && time_again.us_plus_one == time.us_plus_one);
    check_code(code = fl_duration_try_parse(text, &d));
    if (code == 0) {
        check(fl_duration_try_parse(fl_str_of(fl_duration_text(d)), &d_again) == 0 && d_again.us == d.us);
        check(fl_duration_try_parse(fl_str_of(fl_duration_iso(d)), &d_again) == 0 && d_again.us == d.us);
    }
    (void)fl_arena_set_here(before);
    fl_arena_reset(arena);
    return 0;
}
