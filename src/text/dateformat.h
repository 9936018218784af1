/* Dates and times by the characters of a format. */
#pragma once
#include <fleche/format.h>

typedef struct fl_moment {
    fl_civil civil;
    fl_datetime instant;                             /* none for a date or a time alone */
    bool has_date, has_time;
} fl_moment;

/* fl_put_moment_ appends it; format may be a name or NULL. Raises FL_TYPE_ERROR for a character that needs what is not there. */
void fl_put_moment_(fl_buf *out, const fl_moment *moment, const char *format);
