/* Text out: as Python and Django write it. */
#include <fleche/test.h>
#include "time/vectors.h"

static const char *written(const char *kind, char *key)
{
    static const struct {
        const char *kind;
        fl_time_form form;
    } forms[] = {
        { "str", FL_ISO_SPACE },  { "iso", FL_ISO_8601 },   { "json", FL_ISO_8601_MS },
        { "http", FL_HTTP_DATE }, { "mail", FL_MAIL_DATE },
    };

    if (fl_text_is(kind, "duration_str"))
        return fl_duration_text(FL_MICROSECONDS(number(key)));
    if (fl_text_is(kind, "duration_iso"))
        return fl_duration_iso(FL_MICROSECONDS(number(key)));
    long long us = number(strsep(&key, ","));
    fl_datetime t = fl_datetime_add(fl_datetime_of_unix(0, 0), FL_MICROSECONDS(us));
    for (size_t i = 0; i < FL_LENGTH(forms); i++)
        if (fl_text_is(kind, forms[i].kind))
            return fl_datetime_text_in(t, forms[i].form, fl_zone_fixed((int)number(key)));
    fl_fail("unknown kind %s", kind);
}

static void check_text(char *const *row)
{
    const char *key = fl_text("%s", row[1]);

    if (!fl_text_is(written(row[0], row[1]), row[2]))
        fl_fail("%s of %s is not %s", row[0], key, row[2]);
}

FL_TEST(text_is_what_python_and_django_write) { each_vector("data/time_text.tsv", check_text); }

FL_TEST(none_has_no_text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 100);

    fl_datetime_print(FL_NEVER, FL_ISO_8601, FL_UTC, &out);
    fl_expect_equal((long long)out.size, 0);
    fl_expect_text(fl_datetime_text(FL_NEVER, FL_HTTP_DATE), "");
    fl_expect_text(fl_date_text((fl_date){ 0 }), "");
    fl_expect_text(fl_time_text((fl_time){ 0 }), "");
}

FL_TEST(printing_appends)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 100);

    fl_buf_add(&out, fl_lit("Date: "));
    fl_datetime_print(fl_datetime_of_unix(1795167000, 999999), FL_HTTP_DATE, fl_zone_fixed(3600), &out);
    fl_expect_text(fl_buf_c(&out), "Date: Fri, 20 Nov 2026 09:30:00 GMT");
}

FL_TEST(a_mail_date_with_seconds_in_its_offset_is_the_same_instant)
{
    fl_datetime t = fl_datetime_of_unix(1795167000, 0), back;
    char *text = fl_datetime_text_in(t, FL_MAIL_DATE, fl_zone_fixed(561));

    fl_expect_text(text, "Fri, 20 Nov 2026 09:39:00 +0009");
    fl_expect_ok(fl_mail_date_try_parse(fl_str_of(text), &back));
    fl_expect_equal(back.us, t.us);
}

FL_TEST(times_and_extreme_durations)
{
    fl_expect_text(fl_time_text(fl_time_of(9, 30, 0, 0)), "09:30:00");
    fl_expect_text(fl_time_text(fl_time_of(23, 59, 59, 1)), "23:59:59.000001");
    fl_expect_text(fl_duration_text((fl_duration){ INT64_MIN }), "-106751992 days, 19:59:05.224192");
    fl_expect_text(fl_duration_iso((fl_duration){ INT64_MIN }), "-P106751991DT04H00M54.775808S");
    fl_expect_text(fl_duration_text(FL_FOREVER), "106751991 days, 4:00:54.775807");
}
