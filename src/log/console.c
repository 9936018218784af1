/* Records for the terminal of who develops: a report of an error stays readable there, line by line, and requests look as
 * Django's server prints them. What stands behind a line end is indented, so that no message can pass for a second record. */
#include <fleche/time.h>
#include "log/log.h"

enum { TAIL = FL_LOG_MORE + 2 };                     /* what stands behind the message at most */

static const fl_zone *zone;                          /* one a process; NULL: UTC */

void fl_log_zone(const fl_zone *to) { __atomic_store_n(&zone, to, __ATOMIC_RELAXED); }

static size_t room_left(const fl_buf *out, size_t reserve)
{
    size_t room = out->capacity - out->size;
    return room > reserve ? room - reserve : 0;
}

static size_t end_line(fl_buf *out, size_t more)
{
    fl_log_put_more_(out, more);
    fl_buf_add_char(out, '\n');
    return more;
}

/* -- FL_LOG_CONSOLE ---------------------------------------------------------------------------------------------------------- */

/* The lines of the message behind its first one; the result is what found no room. */
static size_t put_lines(fl_buf *out, fl_str rest)
{
    const fl_str indent = FL_LIT("\n    ");

    for (fl_str line; rest.size > 0 && fl_str_cut(&rest, '\n', &line);) {
        if (room_left(out, TAIL) < indent.size + line.size)
            return line.size + rest.size;
        fl_buf_add(out, indent);
        size_t left = fl_log_put_(out, line, FL_LOG_AS_PLAIN, room_left(out, TAIL));
        if (left > 0)
            return left + rest.size;
    }
    return 0;
}

size_t fl_log_console_line_(const fl_log_record *record, fl_buf *out)
{
    enum { NAME = 128, ROOM_BEHIND_FIELDS = 256 };
    fl_str rest = record->message, first = { 0 };

    fl_buf_format(out, "%s ", fl_log_level_name_(record->level));
    (void)fl_log_put_(out, record->logger, FL_LOG_AS_PLAIN, NAME);
    fl_buf_add(out, fl_lit(": "));
    (void)fl_str_cut(&rest, '\n', &first);
    size_t more = fl_log_put_(out, first, FL_LOG_AS_PLAIN, room_left(out, TAIL));
    if (more > 0)
        return end_line(out, more + rest.size + record->cut);
    if (record->held_back > 0 && room_left(out, TAIL) > ROOM_BEHIND_FIELDS)
        fl_buf_format(out, " (+%u held back)", record->held_back);
    if (record->fields.size > 0 && room_left(out, ROOM_BEHIND_FIELDS) / 6 > record->fields.size)   /* \u2028 is six */
        fl_log_put_fields_(out, record->fields);
    return end_line(out, put_lines(out, rest) + record->cut);
}

/* -- FL_LOG_SERVER ----------------------------------------------------------------------------------------------------------- */

size_t fl_log_server_line_(const fl_log_record *record, fl_buf *out)
{
    static const char *const months[] = {
        "", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    const fl_zone *here = __atomic_load_n(&zone, __ATOMIC_RELAXED);
    fl_civil c = fl_civil_of(fl_datetime_of_unix(record->unix_us / 1000000, 0), here == NULL ? FL_UTC : here);

    fl_buf_format(out, "[%02d/%s/%04d %02d:%02d:%02d] ", c.day, months[c.month], c.year, c.hour, c.minute, c.second);
    size_t left = fl_log_put_(out, record->message, FL_LOG_AS_PLAIN, room_left(out, TAIL));
    return end_line(out, left + record->cut);
}
