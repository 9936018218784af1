/* What logging costs: where nothing is wanted, and where a record is made. */
#include <fcntl.h>
#include <fleche/bench.h>
#include <fleche/log.h>
#include <fleche/value.h>
#include <stdio.h>
#include <unistd.h>

static void log_to_nowhere(fl_log_form form)
{
    fl_log_set(&(fl_log_config){ .handlers = { fl_log_file("/dev/null", form) }, .levels = { { "", FL_INFO } } });
}

static void forget(FL_UNUSED const fl_log_record *record, FL_UNUSED void *data) {}

FL_BENCH(log_below_its_level, .unit = "call", .target = 2, .target_of = FL_TARGET_NANOSECONDS)
{
    log_to_nowhere(FL_LOG_PLAIN);
    for (size_t i = 0; i < n; i++)
        fl_debug("row %zu", i);
}

FL_BENCH(log_by_name_below_its_level, .unit = "call")
{
    log_to_nowhere(FL_LOG_PLAIN);
    for (size_t i = 0; i < n; i++)
        fl_log(FL_DEBUG, "blog.import", "row %zu", i);
}

FL_BENCH(log_to_a_callback, .unit = "record")
{
    fl_log_set(&(fl_log_config){ .handlers = { fl_log_callback(forget, NULL) }, .levels = { { "", FL_INFO } } });
    for (size_t i = 0; i < n; i++)
        fl_info("%zu articles imported", i);
}

FL_BENCH(log_json_with_fields, .unit = "record")
{
    log_to_nowhere(FL_LOG_JSON);
    for (size_t i = 0; i < n; i++)
        fl_log_with(FL_INFO, "shop", FL_PAIRS("order", i, "total", "12.50"), "order placed");
}

/* The peer writes a line as short as it can be: what the system asks for one write. */
static void log_plain(size_t n)
{
    log_to_nowhere(FL_LOG_PLAIN);
    for (size_t i = 0; i < n; i++)
        fl_info("%zu articles imported", i);
}

static void bare_write(size_t n)
{
    char line[100];
    int fd = open("/dev/null", O_WRONLY | O_APPEND | O_CLOEXEC);

    for (size_t i = 0; i < n; i++) {
        int size = snprintf(line, sizeof line, "%zu articles imported\n", i);
        fl_bench_use(write(fd, line, (size_t)size));
    }
    (void)close(fd);
}

FL_BENCH_PAIR(log_plain_record, log_plain, bare_write, .unit = "record");
