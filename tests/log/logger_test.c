/* Loggers: names, levels, configurations, limits, and what must not happen while logging. */
#include <errno.h>
#include <fleche/context.h>
#include <fleche/heap.h>
#include <sys/wait.h>
#include "kept.h"
#include "log/log.h"

/* Records as text, one a line, in the arena of the test. */
static void keep(const fl_log_record *record, void *data)
{
    fl_buf *out = data;
    fl_buf_format(out, "%d %.*s: %.*s", (int)record->level, FL_SHOW(record->logger), FL_SHOW(record->message));
    if (record->held_back > 0)
        fl_buf_format(out, " (+%u)", record->held_back);
    if (record->fields.size > 0)
        fl_buf_format(out, " {%.*s}", FL_SHOW(record->fields));
    fl_buf_add_char(out, '\n');
}

static fl_buf *kept_log(fl_level level)
{
    fl_buf *out = fl_new_of(fl_buf);

    *out = fl_buf_in(fl_arena_here(), 1 << 20);
    log_to(fl_log_callback(keep, out), level);
    return out;
}

static const struct naming {
    const char *given, *name;
} namings[] = {
    { "src/blog/import.c", "blog.import" },
    { "blog/views.c", "blog.views" },
    { "./blog/views.c", "blog.views" },
    { "../src/blog/views.c", "blog.views" },
    { "../../src/./blog//views.c", "blog.views" },
    { "main.c", "main" },
    { "blog/models.h", "blog.models" },
    { "/home/site/src/blog/views.c", "blog.views" },
    { "/a/src/b/src/c.c", "c" },
    { "/opt/x.c", "opt.x" },
    { "a/src/b.c", "a.src.b" },
    { "src.c", "src" },
    { "blog/x.test.c", "blog.x.test" },
    { "blog.import", "blog.import" },
    { "blog", "blog" },
    { "", "" },
    { "a.b.co", "a.b.co" },
    { "lib/x", "lib.x" },
};

static void check_naming(const void *row)
{
    const struct naming *n = row;
    char room[FL_LOG_NAME];

    fl_expect_text(fl_log_name_(n->given, room), n->name);
    fl_expect_text(fl_log_name_(n->name, room), n->name);
}

FL_TEST(paths_become_dotted_names) { fl_table(namings, check_naming); }

FL_TEST(names_are_cut_and_kept_once)
{
    char room[FL_LOG_NAME];
    const char *longest = fl_text("a/%0300d.c", 7);

    fl_expect_equal(strlen(fl_log_name_(longest, room)), FL_LOG_NAME - 1);
    fl_expect_text(fl_log_name_(NULL, room), "");
    fl_expect_same((void *)fl_log_intern_("kept.once"), (void *)fl_log_intern_(fl_text("kept.%s", "once")));
}

FL_TEST(a_file_names_its_logger)
{
    fl_buf *log = kept_log(FL_INFO);

    fl_info("%d articles imported", 7);
    fl_expect_text(fl_buf_c(log), "1 tests.log.logger_test: 7 articles imported\n");
}

FL_TEST(levels_go_by_the_nearest_name)
{
    fl_log_handler *handler = fl_log_callback(keep, fl_new_of(fl_buf));

    fl_log_set(&(fl_log_config){
        .handlers = { handler },
        .levels = { { "blog", FL_ERROR }, { "", FL_INFO }, { "src/blog/import.c", FL_DEBUG }, { "x", FL_LEVEL_OFF } } });
    fl_defer(default_log, NULL);
    fl_expect(fl_log_wants(FL_DEBUG, "blog.import"));
    fl_expect(fl_log_wants(FL_DEBUG, "blog.import.rows"));
    fl_expect(fl_log_wants(FL_DEBUG, "src/blog/import.c"));
    fl_expect(!fl_log_wants(FL_WARNING, "blog.importer"));
    fl_expect(fl_log_wants(FL_ERROR, "blog"));
    fl_expect(!fl_log_wants(FL_WARNING, "blog.views"));
    fl_expect(fl_log_wants(FL_INFO, "blogs"));
    fl_expect(!fl_log_wants(FL_DEBUG, "shop"));
    fl_expect(!fl_log_wants(FL_CRITICAL, "x.y"));
    fl_expect(!fl_log_wants(FL_LEVEL_OFF, "blog"));
}

FL_TEST(without_a_level_warnings_are_wanted)
{
    fl_log_set(&(fl_log_config){ .handlers = { fl_log_callback(keep, NULL) }, .levels = { { "blog", FL_DEBUG } } });
    fl_defer(default_log, NULL);
    fl_expect(fl_log_wants(FL_WARNING, "shop"));
    fl_expect(!fl_log_wants(FL_INFO, "shop"));
    fl_log_set(NULL);
    fl_expect(fl_log_wants(FL_WARNING, "blog"));
    fl_expect(!fl_log_wants(FL_INFO, "blog"));
    fl_log_set(&(fl_log_config){ .levels = { { "", FL_DEBUG } } });
    fl_expect(!fl_log_wants(FL_CRITICAL, "blog"));   /* nobody listens */
}

static void say(fl_level level) { fl_log_limited(level, 0, "level %d", (int)level); }

FL_TEST(a_place_follows_the_configuration)
{
    fl_buf *log = kept_log(FL_INFO);

    say(FL_DEBUG);
    say(FL_INFO);
    fl_log_set(NULL);
    log = kept_log(FL_DEBUG);
    say(FL_DEBUG);
    say(FL_LEVEL_OFF);
    fl_expect_text(fl_buf_c(log), "0 tests.log.logger_test: level 0\n");
    log = kept_log(FL_ERROR);
    say(FL_WARNING);
    say(FL_ERROR);
    fl_expect_text(fl_buf_c(log), "3 tests.log.logger_test: level 3\n");
}

FL_TEST(each_handler_has_a_level)
{
    fl_buf all = fl_buf_in(fl_arena_here(), 4096), errors = all;
    fl_log_handler *first = fl_log_at_least(fl_log_callback(keep, &all), FL_WARNING);
    fl_log_handler *second = fl_log_at_least(fl_log_callback(keep, &errors), FL_ERROR);

    fl_log_set(&(fl_log_config){ .handlers = { first, second }, .levels = { { "", FL_DEBUG } } });
    fl_defer(default_log, NULL);
    fl_expect(!fl_log_wants(FL_INFO, "x"));
    fl_log(FL_INFO, "x", "one");
    fl_log(FL_WARNING, "x", "two");
    fl_log(FL_ERROR, "x", "three");
    fl_expect_text(fl_buf_c(&all), "2 x: two\n3 x: three\n");
    fl_expect_text(fl_buf_c(&errors), "3 x: three\n");
    say(FL_INFO);
    fl_log_at_least(second, FL_DEBUG);               /* later, and places notice */
    say(FL_INFO);
    fl_expect_contains(fl_buf_c(&errors), "1 tests.log.logger_test: level 1\n");
}

static int closed;
static void count_close(FL_UNUSED fl_log_handler *self) { closed++; }
static void write_nothing(FL_UNUSED fl_log_handler *self, FL_UNUSED const fl_log_record *record) {}

FL_TEST(handlers_are_closed_when_they_are_left_out)
{
    static fl_log_handler one = { .write = write_nothing, .close = count_close, .fd = -1 };
    static fl_log_handler two = { .write = write_nothing, .close = count_close, .fd = -1 };

    closed = 0;
    fl_log_set(&(fl_log_config){ .handlers = { &one, &two } });
    fl_log_set(&(fl_log_config){ .handlers = { &two } });
    fl_expect_equal(closed, 1);
    fl_log_set(NULL);
    fl_expect_equal(closed, 2);
}

FL_TEST(a_limited_place_says_what_it_held_back)
{
    fl_buf *log = kept_log(FL_INFO);

    fl_clock_freeze(fl_datetime_of_unix(1800000000, 0));
    for (int second = 0; second < 3; second++) {
        for (int i = 0; i < (second == 1 ? 1 : 5); i++)
            fl_log_limited(FL_INFO, 2, "row %d", i);
        fl_clock_advance(FL_SECONDS(1));
    }
    fl_clock_thaw();
    fl_expect_text(fl_buf_c(log), "1 tests.log.logger_test: row 0\n1 tests.log.logger_test: row 1\n"
                                  "1 tests.log.logger_test: row 0 (+3)\n"
                                  "1 tests.log.logger_test: row 0\n1 tests.log.logger_test: row 1\n");
}

FL_TEST(long_messages_are_kept_to_a_limit)
{
    fl_buf *log = kept_log(FL_INFO);
    char *text = memset(fl_alloc(100001), 'x', 100000);

    fl_log(FL_INFO, "a", "%.*s|", 5000, text);
    fl_expect_equal(log->size, 5001 + strlen("1 a: \n"));
    fl_buf_clear(log);
    fl_log(FL_INFO, "a", "%s", text);
    fl_expect_equal(log->size, FL_LOG_LINE + strlen("1 a: \n"));
    fl_buf_clear(log);
    fl_heap_fail(1, true);
    fl_log(FL_INFO, "a", "%s", text);
    fl_heap_fail(0, false);
    fl_expect(log->size > 2000 && log->size < 2100);
}

FL_TEST(errno_is_kept_and_can_be_logged)
{
    fl_buf *log = kept_log(FL_INFO);

    errno = ENOENT;
    fl_info("%m");
    fl_expect_equal(errno, ENOENT);
    fl_log(FL_INFO, "a", "%m");
    fl_log_with(FL_INFO, "a", FL_PAIRS("n", 1), "%m");
    fl_expect_equal(errno, ENOENT);
    fl_expect_equal(count_of(fl_buf_str(log), "No such file"), 3u);
}

static void raise_or_log(const fl_log_record *record, FL_UNUSED void *data)
{
    fl_error_log("from inside");
    if (fl_str_equal(record->message, fl_lit("configure")))
        fl_log_set(NULL);
    fl_raise(FL_VALUE_ERROR, "not a good handler");
}

FL_TEST(a_handler_that_raises_stops_nobody)
{
    fl_buf log = fl_buf_in(fl_arena_here(), 4096);

    fl_log_set(&(fl_log_config){ .handlers = { fl_log_callback(raise_or_log, NULL), fl_log_callback(keep, &log) },
                                 .levels = { { "", FL_INFO } } });
    fl_defer(default_log, NULL);
    fl_log(FL_INFO, "a", "one");
    fl_log(FL_INFO, "a", "configure");
    fl_log(FL_INFO, "a", "two");
    fl_expect_text(fl_buf_c(&log), "1 a: one\n1 a: configure\n1 a: two\n");
}

static const char *named_fiber(void) { return "GET /articles/"; }

FL_TEST(the_fiber_is_named)
{
    int fd = memory_file();
    const char *(*before)(void) = fl_fiber_name_hook;

    log_to(fl_log_stream(fd, FL_LOG_JSON), FL_INFO);
    fl_fiber_name_hook = named_fiber;
    fl_info("x");
    fl_fiber_name_hook = before;
    fl_expect_contains(fl_str_c(content(fd)), fl_text("\"pid\": %d, \"fiber\": \"GET /articles/\"}", getpid()));
    fl_expect_contains(fl_str_c(content(fd)), "tests/log/logger_test.c\", \"line\": ");
}

static void log_in_a_full_arena(void *data)
{
    while (fl_arena_try_alloc(data, 64) != NULL)
        continue;
    fl_log_with(FL_INFO, "full", FL_PAIRS("n", 7, "text", "yes"), "%0600d", 7);
    fl_info("%d", 8);
}

FL_TEST(a_full_arena_does_not_matter)
{
    int fd = memory_file();

    log_to(fl_log_stream(fd, FL_LOG_JSON), FL_INFO);
    fl_arena *arena = freed_later(fl_arena_new("small", 5000)), *before = fl_arena_here();
    fl_arena_set_here(arena);
    fl_error *error = fl_protect(log_in_a_full_arena, arena);
    fl_arena_set_here(before);
    fl_expect(error == NULL);
    fl_expect_equal(count_of(content(fd), "\n"), 2u);
    fl_expect_contains(fl_str_c(content(fd)), "\"n\": 7, \"text\": \"yes\"}\n");
}

FL_TEST(the_usual_record_takes_no_memory)
{
    int fd = memory_file();

    log_to(fl_log_stream(fd, FL_LOG_PLAIN), FL_INFO);
    fl_info("the first one keeps its name");
    size_t used = fl_arena_used(fl_arena_here()), before = fl_heap_count();
    for (int i = 0; i < 100; i++)
        fl_info("record %d", i);
    fl_log_with(FL_INFO, "a", FL_PAIRS("n", 7, "float", 0.5, "text", "x", "none", (const char *)NULL), "record");
    fl_expect_equal(fl_heap_count(), before);
    fl_expect_equal(fl_arena_used(fl_arena_here()), used);
}

FL_TEST(without_memory_records_get_through)
{
    for (size_t nth = 1; nth < 12; nth++) {
        int fd = memory_file();
        char *text = memset(fl_alloc(20001), '\n', 20000);
        fl_list *list = fl_list_of(1, 2);
        log_to(fl_log_stream(fd, FL_LOG_JSON), FL_INFO);
        fl_heap_fail(nth, nth % 2 == 0);
        fl_info("short");
        fl_log(FL_INFO, "a/b.c", "%s", text);
        fl_log_with(FL_INFO, "a", FL_PAIRS("list", list, "long", text), "with");
        fl_heap_fail(0, false);
        fl_expect_equal(count_of(content(fd), "}\n"), 3u);
        fl_expect_equal(count_of(content(fd), "\n"), 3u);
        fl_expect_equal(count_of(content(fd), "\"message\": \"with\""), 1u);
    }
}

/* It forks: a child without memory would go on as a second test. */
FL_TEST(a_child_logs_on, .no_torture = true)
{
    int fd = memory_file(), status;

    log_to(fl_log_stream(fd, FL_LOG_PLAIN), FL_INFO);
    fl_info("before");
    pid_t pid = fork();
    if (pid == 0) {
        fl_info("in the child");
        fl_log_set(&(fl_log_config){ .handlers = { fl_log_stream(fd, FL_LOG_JSON) }, .levels = { { "", FL_INFO } } });
        fl_info("as configured there");
        _exit(0);
    }
    fl_expect(waitpid(pid, &status, 0) == pid && status == 0);
    fl_info("after");
    fl_expect_equal(count_of(content(fd), "\n"), 4u);
    fl_expect_contains(fl_str_c(content(fd)), "\"message\": \"as configured there\"");
    fl_expect_contains(fl_str_c(content(fd)), fl_text("\"pid\": %d", pid));
}

FL_TEST(by_default_warnings_go_to_stderr)
{
    int fd = memory_file(), before = closed_later(dup(STDERR_FILENO));

    fl_log_set(NULL);
    fl_expect_ok(dup2(fd, STDERR_FILENO));
    fl_info("not wanted");
    fl_warn("row %d has no title", 7);
    fl_expect_ok(dup2(before, STDERR_FILENO));
    fl_expect_equal(count_of(content(fd), "\n"), 1u);
    fl_expect_contains(fl_str_c(content(fd)), "Z WARNING tests.log.logger_test: row 7 has no title\n");
}
