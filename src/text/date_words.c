/* The English words for dates and spans, and the place where translations put theirs. */
#include "text/date_words.h"

const fl_date_words *(*fl_date_words_hook)(void);

static void count(fl_buf *out, fl_time_unit unit, long long n)
{
    static const char *const names[] = {
        [FL_YEAR] = "year", [FL_MONTH] = "month", [FL_WEEK] = "week",
        [FL_DAY] = "day",   [FL_HOUR] = "hour",   [FL_MINUTE] = "minute",
    };

    fl_buf_add_int(out, n);
    fl_buf_add_char(out, ' ');
    fl_buf_add_c(out, names[unit]);
    if (n != 1)
        fl_buf_add_char(out, 's');
}

#define MONTHS_ \
    { \
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" \
    }

const fl_date_words fl_date_words_english = {
    .months = MONTHS_,
    .months_inflected = MONTHS_,
    .months_short = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" },
    .months_press = { "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec." },
    .weekdays = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
    .weekdays_short = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
    .am = { "a.m.", "AM" },
    .pm = { "p.m.", "PM" },
    .midnight = "midnight",
    .noon = "noon",
    .comma = ", ",
    .count = count,
};

const fl_date_words *fl_date_words_here_(void)
{
    const fl_date_words *words = fl_date_words_hook == NULL ? NULL : fl_date_words_hook();
    return words == NULL ? &fl_date_words_english : words;
}
