/* The log of a test: every record from DEBUG up, kept as text in memory of a fixed size, so that capturing allocates nothing that
 * a budget would count or a torture would fail. */
#include <fleche/log.h>
#include "test/record.h"

enum { KEPT = 1 << 18 };

static char memory[KEPT];
static fl_buf logged;

static const char *level_name(fl_level level)
{
    static const char *const names[] = { "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL" };

    return (size_t)level < FL_LENGTH(names) ? names[level] : "OFF";
}

static void keep(const fl_log_record *record, void *data)
{
    fl_buf *out = data;

    fl_buf_format(out, "%s %.*s: ", level_name(record->level), FL_SHOW(record->logger));
    fl_buf_add(out, record->message);
    fl_buf_add_char(out, '\n');
}

void fl_test_log_begin(void)
{
    logged = fl_buf_over(memory, sizeof memory);
    fl_log_set(&(fl_log_config){ .handlers = { fl_log_callback(keep, &logged) }, .levels = { { "", FL_DEBUG } } });
}

const char *fl_test_logged(void) { return fl_str_c(fl_buf_str(&logged)); }
