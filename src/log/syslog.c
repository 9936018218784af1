/* Records to the system's log. syslog(3) adds time, program and process; it keeps one program name for the process, so there is
 * at most one such handler at a time. */
#include <fleche/error.h>
#include <fleche/heap.h>
#include <string.h>
#include <syslog.h>
#include "log/log.h"

enum { LINE = 2048 };                                /* what every syslog takes (RFC 5424) */

typedef struct system_log { fl_log_handler handler; int facility; char program[]; } system_log;

static void write_record(fl_log_handler *self, const fl_log_record *record)
{
    static const int priorities[] = { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERR, LOG_CRIT };
    char room[LINE];
    fl_buf out = fl_log_over_(room, sizeof room);

    (void)fl_log_body_(record, &out);
    syslog(((system_log *)self)->facility | priorities[record->level], "%.*s", FL_SHOW(fl_buf_str(&out)));
}

static void close_log(fl_log_handler *self)
{
    closelog();                                      /* before its name goes */
    fl_heap_free(self);
}

fl_log_handler *fl_log_syslog(const char *program, int facility)
{
    size_t size = strlen(program) + 1;
    system_log *log = fl_heap_zalloc(sizeof *log + size);

    if (log == NULL)
        return &fl_log_no_memory_;
    log->handler = (fl_log_handler){ .write = write_record, .close = close_log, .fd = -1 };
    log->facility = facility;
    memcpy(log->program, program, size);
    openlog(log->program, LOG_PID, facility);
    return &log->handler;
}
