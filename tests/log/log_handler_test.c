/* Handlers: files, rotation, threads, and descriptors that do not take what they are given. */
#include <errno.h>
#include <fleche/log.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <syslog.h>
#include "kept.h"

static void remove_folder(void *path)
{
    static const char *const names[] = { "site.log", "site.log.1", "folder" };

    for (size_t i = 0; i < FL_LENGTH(names); i++)
        (void)unlink(fl_text("%s/%s", (char *)path, names[i]));
    (void)rmdir(path);
}

static const char *folder(void)
{
    char *path = fl_text("/tmp/fleche-log-XXXXXX");

    fl_expect(mkdtemp(path) != NULL);
    fl_defer(remove_folder, path);
    return path;
}

static fl_str file_content(const char *path) { return content(closed_later(open(path, O_RDONLY | O_CLOEXEC))); }

static void open_log(void *path) { (void)fl_log_file(path, FL_LOG_PLAIN); }

FL_TEST(a_file_that_cannot_be_opened_raises)
{
    fl_error *e = fl_expect_raises(FL_OS_ERROR, open_log, (void *)"/no/such/folder/site.log");

    fl_expect_contains(e->message, "'/no/such/folder/site.log'");
    fl_expect_equal(e->code, -ENOENT);
}

FL_TEST(a_file_is_appended_to)
{
    const char *path = fl_text("%s/site.log", folder());
    struct stat status;

    for (int i = 0; i < 2; i++) {
        log_to(fl_log_file(path, FL_LOG_PLAIN), FL_INFO);
        fl_info("run %d", i);
        fl_log_set(NULL);
    }
    fl_str text = file_content(path);
    fl_expect_equal(count_of(text, "\n"), 2u);
    fl_expect(stat(path, &status) == 0 && (status.st_mode & 07) == 0);   /* not for everybody */
}

FL_TEST(a_rotated_file_is_opened_anew)
{
    const char *path = fl_text("%s/site.log", folder()), *rotated = fl_text("%s.1", path);
    fl_log_handler *handler = fl_log_file(path, FL_LOG_PLAIN);
    int fd = handler->fd;

    log_to(handler, FL_INFO);
    fl_info("one");
    fl_expect_ok(rename(path, rotated));
    fl_info("two");
    fl_log_reopen();
    fl_info("three");
    fl_expect_equal(handler->fd, fd);
    fl_expect_equal(count_of(file_content(rotated), "\n"), 2u);
    fl_expect_equal(count_of(file_content(path), "three\n"), 1u);
    fl_log_set(NULL);
    fl_expect(fcntl(fd, F_GETFD) == -1);             /* closed with its handler */
}

FL_TEST(a_file_is_found_again_from_another_directory)
{
    const char *path = folder();

    fl_expect_ok(chdir(path));
    log_to(fl_log_file("site.log", FL_LOG_PLAIN), FL_INFO);
    fl_expect_ok(chdir("/"));
    fl_expect_ok(unlink(fl_text("%s/site.log", path)));
    fl_log_reopen();
    fl_info("here");
    fl_expect_equal(count_of(file_content(fl_text("%s/site.log", path)), "here\n"), 1u);
}

FL_TEST(a_file_that_cannot_be_opened_anew_goes_on)
{
    const char *path = folder(), *log = fl_text("%s/folder", path);

    log_to(fl_log_file(log, FL_LOG_PLAIN), FL_INFO);
    int kept = closed_later(open(log, O_RDONLY | O_CLOEXEC));
    fl_expect_ok(unlink(log));
    fl_expect_ok(mkdir(log, 0700));                  /* a folder cannot be written to, even by root */
    fl_log_reopen();
    fl_info("still here");
    fl_expect_ok(rmdir(log));
    fl_expect_contains(fl_str_c(content(kept)), "ERROR fleche.log: the log file could not be opened anew: ");
    fl_expect_contains(fl_str_c(content(kept)), "still here\n");
}

/* -- threads
 * ------------------------------------------------------------------------------------------------------------------- */

enum { RECORDS = 10000 };

static void *log_many(void *name)
{
    for (int i = 0; i < RECORDS; i++)
        fl_log_with(FL_INFO, "threads", FL_PAIRS("i", i), "thread %s says %0*d", (char *)name, i % 200, i);
    return NULL;
}

FL_TEST(threads_write_whole_lines, .timeout = 60)
{
    const char *path = fl_text("%s/site.log", folder());
    pthread_t threads[2];
    fl_str text, line;
    int next[2] = { 0 };

    log_to(fl_log_file(path, FL_LOG_PLAIN), FL_INFO);
    for (size_t i = 0; i < 2; i++)
        fl_expect(pthread_create(&threads[i], NULL, log_many, i == 0 ? (void *)"0" : (void *)"1") == 0);
    for (size_t i = 0; i < 2; i++)
        fl_expect(pthread_join(threads[i], NULL) == 0);
    text = file_content(path);
    for (size_t at; next_line(&text, &line);) {
        fl_expect(fl_str_find(line, fl_lit("Z INFO  threads: thread "), &at) && at == 23);
        int thread = line.data[at + strlen("Z INFO  threads: thread ")] - '0';
        fl_expect(thread == 0 || thread == 1);
        fl_expect(fl_str_ends(line, fl_str_of(fl_text("says %0*d i=%d", next[thread] % 200, next[thread], next[thread]))));
        next[thread]++;
    }
    fl_expect(text.size == 0 && next[0] == RECORDS && next[1] == RECORDS);
}

static bool stop;

static void *log_until_stopped(FL_UNUSED void *data)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
        fl_info("busy");
    return NULL;
}

/* Failing one of its several hundred allocations would leave the threads running. */
FL_TEST(the_log_is_configured_while_threads_log, .timeout = 60, .no_torture = true)
{
    const char *path = fl_text("%s/site.log", folder());
    pthread_t threads[2];

    stop = false;
    log_to(fl_log_file(path, FL_LOG_PLAIN), FL_INFO);
    for (size_t i = 0; i < 2; i++)
        fl_expect(pthread_create(&threads[i], NULL, log_until_stopped, NULL) == 0);
    for (int i = 0; i < 300; i++) {
        fl_log_handler *handler = fl_log_file(path, i % 2 == 0 ? FL_LOG_PLAIN : FL_LOG_JSON);
        fl_log_set(&(fl_log_config){ .handlers = { handler }, .levels = { { "", FL_INFO } } });
        fl_info("configured");
        fl_log_reopen();
    }
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    for (size_t i = 0; i < 2; i++)
        fl_expect(pthread_join(threads[i], NULL) == 0);
    fl_log_set(NULL);
    fl_str text = file_content(path);
    fl_expect_equal(count_of(text, "configured"), 300u);
    fl_expect_equal(count_of(text, "busy") + 300, count_of(text, "\n"));
}

/* -- descriptors that do not take it
 * ----------------------------------------------------------------------------------------------- */

/* A pipe that does not block and takes 4096 bytes. */
static void small_pipe(int ends[2])
{
    fl_expect_ok(pipe2(ends, O_CLOEXEC | O_NONBLOCK));
    (void)closed_later(ends[0]);
    (void)closed_later(ends[1]);
    fl_expect_ok(fcntl(ends[1], F_SETPIPE_SZ, 4096));
}

static void drain(int fd, fl_buf *out)
{
    char room[4096];

    for (ssize_t n; (n = read(fd, room, sizeof room)) > 0;)
        fl_buf_add_n(out, room, (size_t)n);
}

FL_TEST(a_full_pipe_loses_records_and_says_so)
{
    int ends[2];
    fl_buf text = fl_buf_in(fl_arena_here(), 1 << 20);

    small_pipe(ends);
    log_to(fl_log_stream(ends[1], FL_LOG_PLAIN), FL_INFO);
    for (int i = 0; i < 100; i++)
        fl_info("record %0100d", i);
    drain(ends[0], &text);
    size_t through = count_of(fl_buf_str(&text), "record ");
    fl_expect(through > 5 && through < 100);
    fl_info("again");
    drain(ends[0], &text);
    fl_expect_contains(fl_buf_c(&text), "again\n");
    fl_expect_contains(fl_buf_c(&text), fl_text("WARNING fleche.log: records lost before this one: %zu (", 100 - through));
    fl_buf_clear(&text);
    fl_info("and on");
    drain(ends[0], &text);
    fl_expect_equal(count_of(fl_buf_str(&text), "\n"), 1u);
}

FL_TEST(a_line_that_was_torn_is_ended)
{
    int ends[2];
    fl_buf text = fl_buf_in(fl_arena_here(), 1 << 20);

    small_pipe(ends);
    log_to(fl_log_stream(ends[1], FL_LOG_PLAIN), FL_INFO);
    fl_info("large %010000d", 0);
    drain(ends[0], &text);
    fl_expect(text.size == 4096 && count_of(fl_buf_str(&text), "\n") == 0);
    fl_info("small");
    drain(ends[0], &text);
    fl_expect(text.data[4096] == '\n');
    fl_expect_contains(fl_buf_c(&text), "Z INFO  tests.log.log_handler_test: small\n");
    fl_expect_contains(fl_buf_c(&text), "records lost before this one: 1 (");
}

FL_TEST(a_reader_that_is_gone_kills_nobody)
{
    int ends[2], other[2];
    struct sigaction before;
    sigset_t pending;

    fl_expect_ok(sigaction(SIGPIPE, &(struct sigaction){ .sa_handler = SIG_DFL }, &before));
    fl_expect_ok(pipe2(ends, O_CLOEXEC));
    (void)close(ends[0]);
    log_to(fl_log_stream(closed_later(ends[1]), FL_LOG_PLAIN), FL_INFO);
    fl_info("one");
    fl_info("two");
    fl_expect(sigpending(&pending) == 0 && !sigismember(&pending, SIGPIPE));
    small_pipe(other);
    fl_expect_ok(dup2(other[1], ends[1]));           /* somebody reads again */
    fl_info("three");
    fl_buf text = fl_buf_in(fl_arena_here(), 4096);
    drain(other[0], &text);
    fl_expect_contains(fl_buf_c(&text), "three\n");
    fl_expect_contains(fl_buf_c(&text), "records lost before this one: 2 (");
    fl_expect_ok(sigaction(SIGPIPE, &before, NULL));
}

FL_TEST(a_full_disk_is_borne)
{
    int fd = memory_file();
    fl_log_handler *handler = fl_log_file("/dev/full", FL_LOG_JSON);

    log_to(handler, FL_INFO);
    for (int i = 0; i < 3; i++)
        fl_info("nowhere");
    fl_expect_ok(dup2(fd, handler->fd));
    fl_info("there is room");
    fl_str text = content(fd);
    fl_expect_equal(count_of(text, "\n"), 2u);
    fl_expect_contains(fl_str_c(text), "\"level\": \"WARNING\", \"logger\": \"fleche.log\", "
                                       "\"message\": \"records lost before this one: 3 (");
}

FL_TEST(a_descriptor_that_is_none_is_borne)
{
    log_to(fl_log_stream(-1, FL_LOG_PLAIN), FL_INFO);
    fl_info("nowhere");
}

FL_TEST(large_records_are_cut_to_the_limit)
{
    int fd = memory_file();
    char *text = memset(fl_alloc(200001), '\1', 200000);

    log_to(fl_log_stream(fd, FL_LOG_JSON), FL_INFO);
    fl_log_with(FL_INFO, "large", FL_PAIRS("a", text, "b", 2), "%s", text);
    fl_str line = content(fd);
    fl_expect(line.size > 60000 && line.size <= FL_LOG_LINE);
    fl_expect_equal(count_of(line, "\n"), 1u);
    fl_expect_equal(count_of(line, "bytes more)"), 2u);
    fl_expect(fl_str_ends(line, fl_lit("}\n")));
}

/* -- last words, and the system's log
 * ------------------------------------------------------------------------------------------------ */

FL_TEST(last_words_go_to_every_descriptor)
{
    int one = memory_file(), two = memory_file(), error = memory_file(), before = closed_later(dup(STDERR_FILENO));
    const char *pieces[] = { "fleche: ", NULL, "segmentation fault", "\n" };

    fl_log_set(&(fl_log_config){
        .handlers = { fl_log_stream(one, FL_LOG_JSON), fl_log_callback(NULL, NULL), fl_log_stream(two, FL_LOG_PLAIN) } });
    fl_defer(default_log, NULL);
    errno = EBADF;
    fl_log_crash(pieces, FL_LENGTH(pieces));
    fl_expect_equal(errno, EBADF);
    fl_expect_text(fl_str_c(content(one)), "fleche: segmentation fault\n");
    fl_expect_text(fl_str_c(content(two)), "fleche: segmentation fault\n");
    fl_log_set(&(fl_log_config){ .handlers = { NULL } });
    fl_expect_ok(dup2(error, STDERR_FILENO));
    fl_log_crash(pieces, FL_LENGTH(pieces));
    fl_expect_ok(dup2(before, STDERR_FILENO));
    fl_expect_text(fl_str_c(content(error)), "fleche: segmentation fault\n");
    fl_expect_equal(content(one).size, 27u);
}

/* In this program these stand before the C library's. */
static char said[4096];
static int said_priority, opened_facility;
static const char *opened_program;

void openlog(const char *program, FL_UNUSED int options, int facility)
{
    opened_program = program;
    opened_facility = facility;
}

void closelog(void) { opened_program = NULL; }

void syslog(int priority, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(said, sizeof said, format, arguments);
    va_end(arguments);
    said_priority = priority;
}

FL_TEST(the_system_log_gets_priority_and_text)
{
    static const int priorities[] = { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERR, LOG_CRIT };

    log_to(fl_log_syslog(fl_text("my%s", "site"), LOG_LOCAL3), FL_DEBUG);
    fl_expect_text(opened_program, "mysite");
    fl_expect_equal(opened_facility, LOG_LOCAL3);
    for (int level = FL_DEBUG; level <= FL_CRITICAL; level++) {
        fl_log_with((fl_level)level, "shop", FL_PAIRS("n", level), "100%% of\n%d", 7);
        fl_expect_text(said, fl_text("shop: 100%% of\\n7 n=%d", level));
        fl_expect_equal(said_priority, LOG_LOCAL3 | priorities[level]);
    }
    fl_log(FL_INFO, "shop", "%05000d", 7);
    fl_expect_contains(said, "bytes more)");
    fl_expect(strlen(said) <= 2048);
    fl_log_set(NULL);
    fl_expect_text(opened_program, NULL);
}
