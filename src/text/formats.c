/* The usual formats of American English, and values printed by them. */
#include <fleche/error.h>
#include <fleche/format.h>
#include <fleche/html.h>
#include <math.h>
#include "text/characters.h"
#include "text/dateformat.h"

const char *fl_get_format(const char *name)
{
    static const struct {
        const char *name, *format;
    } formats[] = {
        { "DATE_FORMAT", "N j, Y" },
        { "DATETIME_FORMAT", "N j, Y, P" },
        { "TIME_FORMAT", "P" },
        { "YEAR_MONTH_FORMAT", "F Y" },
        { "MONTH_DAY_FORMAT", "F j" },
        { "SHORT_DATE_FORMAT", "m/d/Y" },
        { "SHORT_DATETIME_FORMAT", "m/d/Y P" },
    };

    for (size_t i = 0; i < FL_LENGTH(formats); i++)
        if (fl_text_is(name, formats[i].name))
            return formats[i].format;
    return name;
}

/* -- moments ----------------------------------------------------------------------------------------------------------------- */

static void put_datetime(fl_buf *out, fl_datetime t, const fl_zone *zone, const char *format)
{
    const fl_moment moment = { .civil = fl_civil_of(t, zone), .instant = t, .has_date = true, .has_time = true };

    if (!fl_is_none_datetime(t))
        fl_put_moment_(out, &moment, format == NULL ? "DATETIME_FORMAT" : format);
}

static void put_date(fl_buf *out, fl_date d, const char *format)
{
    const fl_moment moment = { .civil = fl_civil_of_date(d), .has_date = true };

    if (!fl_is_none_date(d))
        fl_put_moment_(out, &moment, format == NULL ? "DATE_FORMAT" : format);
}

static void put_time(fl_buf *out, fl_time t, const char *format)
{
    int64_t us = t.us_plus_one - 1, seconds = us / 1000000;
    const fl_moment moment = { .has_time = true,
                               .civil = { .hour = (int)(seconds / 3600),
                                          .minute = (int)(seconds / 60 % 60),
                                          .second = (int)(seconds % 60),
                                          .microsecond = (int)(us % 1000000) } };

    if (!fl_is_none_time(t))
        fl_put_moment_(out, &moment, format == NULL ? "TIME_FORMAT" : format);
}

const char *fl_format_datetime_in(fl_datetime t, const char *format, const fl_zone *zone)
{
    fl_buf out = fl_result_();

    put_datetime(&out, t, zone, format);
    return fl_buf_c(&out);
}

const char *fl_format_datetime(fl_datetime t, const char *format) { return fl_format_datetime_in(t, format, fl_zone_here()); }

const char *fl_format_date(fl_date d, const char *format)
{
    fl_buf out = fl_result_();

    put_date(&out, d, format);
    return fl_buf_c(&out);
}

const char *fl_format_time(fl_time t, const char *format)
{
    fl_buf out = fl_result_();

    put_time(&out, t, format);
    return fl_buf_c(&out);
}

void fl_format_moment_to(fl_buf *out, fl_value v, const char *format)
{
    switch (v.kind) {
    case FL_NONE: break;
    case FL_V_DATETIME: put_datetime(out, v.datetime, fl_zone_here(), format); break;
    case FL_V_DATE: put_date(out, v.date, format); break;
    case FL_V_TIME: put_time(out, v.time, format); break;
    default: fl_raise(FL_TYPE_ERROR, "%s cannot be formatted as a date or time", fl_kind_name(v.kind));
    }
}

/* -- all values -------------------------------------------------------------------------------------------------------------- */

void fl_localize_to(fl_buf *out, fl_value v)
{
    switch (v.kind) {
    case FL_V_DATETIME:
    case FL_V_DATE:
    case FL_V_TIME: fl_format_moment_to(out, v, NULL); break;
    case FL_V_FLOAT:
    case FL_V_DECIMAL: fl_number_format_to(out, v, &(const fl_number_style){ 0 }); break;
    default: fl_value_print(v, out);
    }
}

const char *fl_localize_(fl_value v)
{
    fl_buf out = fl_result_();

    fl_localize_to(&out, v);
    return fl_buf_c(&out);
}

const char *fl_filesizeformat(double bytes)
{
    static const char *const units[] = { "KB", "MB", "GB", "TB", "PB" };
    double size = fabs(bytes) / 1024;
    size_t unit = 0;
    fl_buf out = fl_result_();

    if (bytes < 0)
        fl_buf_add_char(&out, '-');
    if (size < 1) {
        fl_buf_format(&out, "%.0f\u00a0%s", trunc(size * 1024), trunc(size * 1024) == 1 ? "byte" : "bytes");
        return fl_buf_c(&out);
    }
    for (; size >= 1024 && unit + 1 < FL_LENGTH(units); unit++)
        size /= 1024;
    fl_buf_format(&out, "%.1f\u00a0%s", size, units[unit]);
    return fl_buf_c(&out);
}
