/* Connections: bytes there and back, ends, resets, time limits, closing, parking. */
#include <fcntl.h>
#include <signal.h>
#include <signal.h>
#include <sys/time.h>
#include "net.h"

enum { BIG = 4 << 20 };

static void write_text(void *data)
{
    fl_conn *conn = data;
    fl_write(conn, "hello", 5);
}

FL_TEST(a_reader_waits_for_what_is_written)
{
    ends e = unix_ends();
    char bytes[16];

    fl_conn_close_here(e.b);
    fl_fiber *writer = fl_spawn_joinable(write_text, e.b);
    fl_expect_equal(fl_read(e.a, bytes, sizeof bytes), 5u);
    fl_expect_bytes(fl_str_n(bytes, 5), fl_lit("hello"));
    fl_join(writer);
}

static void give_pattern(void *data)
{
    fl_conn *conn = data;
    unsigned char *bytes = fl_alloc(BIG);

    for (size_t i = 0; i < BIG; i++)
        bytes[i] = (unsigned char)(i * 7 >> 3);
    fl_write(conn, bytes, BIG);
    fl_shutdown(conn);
}

static void check_pattern(fl_conn *conn, size_t step)
{
    unsigned char *bytes = fl_alloc(step);
    size_t total = 0;

    for (size_t n; (n = fl_read(conn, bytes, step)) > 0; total += n)
        for (size_t i = 0; i < n; i++)
            fl_expect(bytes[i] == (unsigned char)((total + i) * 7 >> 3));
    fl_expect_equal(total, (size_t)BIG);
    fl_expect_equal(fl_read(conn, bytes, step), 0u);     /* the end stays the end */
}

FL_TEST(megabytes_come_whole_however_they_are_read)
{
    static const size_t steps[] = { 999, 65536, BIG };

    for (size_t i = 0; i < FL_LENGTH(steps); i++) {
        ends e = i == 1 ? unix_ends() : tcp_ends();
        fl_fiber *writer = fl_spawn_joinable(give_pattern, e.b);
        check_pattern(e.a, steps[i]);
        fl_join(writer);
        fl_conn_close(e.b);
    }
}

FL_TEST(the_end_behind_bytes_that_came_with_it_is_seen)
{
    ends e = tcp_ends();
    char bytes[64];

    fl_write(e.b, "bye", 3);
    fl_conn_close(e.b);
    fl_sleep(FL_MILLISECONDS(5));                    /* one event for both */
    fl_expect_equal(fl_read(e.a, bytes, sizeof bytes), 3u);
    fl_expect_equal(fl_read(e.a, bytes, sizeof bytes), 0u);
    fl_expect_equal(fl_try_read_all(e.a, bytes, 1), -ENODATA);
}

FL_TEST(a_half_closed_peer_still_reads)
{
    ends e = tcp_ends();
    char bytes[8];

    fl_conn_close_here(e.b);
    fl_shutdown(e.a);
    fl_expect_equal(fl_read(e.b, bytes, sizeof bytes), 0u);
    fl_write(e.b, "still", 5);
    fl_expect_ok(fl_try_read_all(e.a, bytes, 5));
    fl_expect_equal(fl_try_write(e.a, "x", 1), -EPIPE);
}

FL_TEST(a_reset_is_a_code_and_kills_nobody)
{
    ends e = tcp_ends();
    char bytes[8];

    (void)signal(SIGPIPE, SIG_DFL);
    reset(e.b);
    fl_expect_equal(fl_try_read(e.a, bytes, sizeof bytes), (ssize_t)-ECONNRESET);
    fl_expect_equal(fl_try_write(e.a, "x", 1), -EPIPE);
    fl_expect_equal(fl_try_writev(e.a, &(struct iovec){ bytes, 1 }, 1), -EPIPE);
    fl_expect_equal(fl_try_read(e.a, bytes, sizeof bytes), (ssize_t)0);
    fl_expect_ok(fl_try_wait_readable(e.a));
}

static void read_some(void *data)
{
    char bytes[8];
    (void)fl_read(data, bytes, sizeof bytes);
}
static void read_some_soon(void *conn) { fl_deadline(FL_MILLISECONDS(3), read_some, conn); }

FL_TEST(a_deadline_ends_a_read_and_the_connection_goes_on)
{
    ends e = unix_ends();
    char bytes[8];

    fl_conn_close_here(e.b);
    fl_expect_error(FL_TIMEOUT, read_some_soon, e.a);
    fl_write(e.b, "abc", 3);
    fl_expect_equal(fl_read(e.a, bytes, sizeof bytes), 3u);
    fl_conn_timeouts(e.a, FL_MILLISECONDS(2), FL_FOREVER);
    fl_expect_equal(fl_try_read(e.a, bytes, sizeof bytes), (ssize_t)-ETIMEDOUT);
    fl_error *error = fl_expect_raises(FL_TIMEOUT, read_some, e.a);
    fl_expect_contains(error->message, "read from unix:");
}

typedef struct { fl_conn *conn; int code; bool before; } attempt;

static void try_read(void *data)
{
    attempt *a = data;
    char bytes[8];
    a->code = (int)fl_try_read(a->conn, bytes, sizeof bytes);
}
static void try_fill(void *data)
{
    attempt *a = data;
    a->code = fl_try_write(a->conn, fl_alloc(BIG), BIG);
}

static void try_fill_in_parts(void *data)
{
    attempt *a = data;
    struct iovec parts[] = { { fl_alloc(BIG / 2), BIG / 2 }, { fl_alloc(BIG / 2), BIG / 2 } };
    a->code = fl_try_writev(a->conn, parts, 2);
}

static void try_send_file(void *data)
{
    attempt *a = data;
    FILE *file = tmpfile();

    fl_expect(file != NULL && ftruncate(fileno(file), BIG) == 0);
    a->code = fl_try_sendfile(a->conn, fileno(file), 0, BIG);
    (void)fclose(file);
}

static void try_until_readable(void *data)
{
    attempt *a = data;
    a->code = fl_try_wait_readable(a->conn);
}
static void (*const waits[])(void *) = { try_read, try_fill, try_fill_in_parts, try_send_file, try_until_readable };

FL_TEST(every_wait_can_be_cancelled)
{
    for (size_t i = 0; i < FL_LENGTH(waits); i++) {
        ends e = unix_ends();
        attempt a = { e.a, 1, false };
        fl_fiber *fiber = fl_spawn_joinable(waits[i], &a);
        fl_sleep(FL_MILLISECONDS(1));
        fl_cancel(fiber);
        fl_join(fiber);
        fl_expect_equal(a.code, -ECANCELED);
        fl_conn_close(e.b);
    }
}

FL_TEST(closing_wakes_whoever_waits)
{
    for (size_t i = 0; i < FL_LENGTH(waits); i++) {
        ends e = unix_ends();
        attempt a = { e.b, 1, false };
        fl_fiber *fiber = fl_spawn_joinable(waits[i], &a);
        fl_sleep(FL_MILLISECONDS(1));
        fl_conn_close(e.b);
        fl_join(fiber);
        fl_expect_equal(a.code, -ECANCELED);
    }
}

static void close_it(void *conn) { fl_conn_close(conn); }

FL_TEST(closing_between_the_event_and_the_reader_is_safe)
{
    for (int i = 0; i < 50; i++) {
        ends e = unix_ends();
        attempt a = { e.b, 1, false };
        fl_fiber *reader = fl_spawn_joinable(try_read, &a);
        fl_sleep(FL_MILLISECONDS(0));
        fl_write(e.a, "x", 1);                       /* the loop finds this, and the closer that is due, in one look */
        fl_fiber *closer = fl_spawn_joinable(close_it, e.b);
        fl_join(closer);
        fl_join(reader);
        fl_expect(a.code == -ECANCELED || a.code == 1);
    }
}

FL_TEST(a_peer_that_never_reads_ends_in_a_time_out)
{
    ends e = tcp_ends();

    fl_conn_close_here(e.b);
    fl_conn_timeouts(e.a, FL_FOREVER, FL_MILLISECONDS(5));
    fl_expect_equal(fl_try_write(e.a, fl_alloc(4 * BIG), 4 * BIG), -ETIMEDOUT);
    fl_expect_equal(fl_try_write(e.a, "x", 1), -ETIMEDOUT);
}

FL_TEST(a_second_reader_is_told_so)
{
    ends e = unix_ends();
    attempt a = { e.a, 1, false }, b = a;
    char bytes[8];

    fl_conn_close_here(e.b);
    fl_fiber *reader = fl_spawn_joinable(try_read, &a);
    fl_yield();
    try_read(&b);
    fl_expect_equal(b.code, -EBUSY);
    fl_write(e.a, "one may write meanwhile", 5);
    fl_expect_ok(fl_try_read_all(e.b, bytes, 5));
    fl_write(e.b, "x", 1);
    fl_join(reader);
    fl_expect_equal(a.code, 1);
}

static bool rang;
static void ring(void *data)
{
    (void)data;
    fl_sleep(FL_MILLISECONDS(1));
    rang = true;
}

FL_TEST(a_fiber_that_always_finds_bytes_lets_timers_ring)
{
    ends e = unix_ends();
    char byte;

    fl_conn_close_here(e.b);
    fl_spawn(ring, NULL);
    for (double end = fl_monotonic() + 10; !rang && fl_monotonic() < end;) {
        fl_write(e.a, "x", 1);
        fl_read_all(e.b, &byte, 1);
    }
    fl_expect(rang);
}

FL_TEST(many_parts_and_empty_ones_are_written_in_order)
{
    enum { PARTS = 200 };
    ends e = unix_ends();
    struct iovec parts[PARTS];
    char bytes[PARTS], expected[PARTS];
    size_t size = 0;

    fl_conn_close_here(e.b);
    for (int i = 0; i < PARTS; i++) {
        char *one = fl_text("%c", 'a' + i % 26);
        parts[i] = (struct iovec){ i % 5 == 0 ? NULL : one, i % 5 != 0 };
        if (i % 5 != 0)
            expected[size++] = *one;
    }
    fl_writev(e.a, parts, PARTS);
    fl_writev(e.a, parts, 0);
    fl_read_all(e.b, bytes, size);
    fl_expect_bytes(fl_str_n(bytes, size), fl_str_n(expected, size));
}

FL_TEST(a_file_is_sent_and_a_short_one_is_told)
{
    ends e = tcp_ends();
    FILE *file = tmpfile();
    char bytes[8];

    fl_conn_close_here(e.b);
    fl_expect(file != NULL && fputs("0123456789", file) != EOF && fflush(file) == 0);
    fl_sendfile(e.a, fileno(file), 3, 4);
    fl_read_all(e.b, bytes, 4);
    fl_expect_bytes(fl_str_n(bytes, 4), fl_lit("3456"));
    fl_expect_equal(fl_try_sendfile(e.a, fileno(file), 8, 10), -ENODATA);
    (void)fclose(file);
}

FL_TEST(a_pipe_is_a_connection_too)
{
    int fds[2];
    fl_conn *in;
    char bytes[8];

    fl_expect_equal(pipe2(fds, O_CLOEXEC), 0);
    fl_expect_ok(fl_try_conn_of_fd(fds[0], &in));
    fl_conn_close_here(in);
    fl_expect_equal((int)write(fds[1], "ab", 2), 2);
    fl_expect_equal(fl_read(in, bytes, sizeof bytes), 2u);
    fl_conn_timeouts(in, FL_MILLISECONDS(1), FL_FOREVER);
    fl_expect_equal(fl_try_read(in, bytes, sizeof bytes), (ssize_t)-ETIMEDOUT);
    (void)close(fds[1]);
    fl_expect_equal(fl_read(in, bytes, sizeof bytes), 0u);
}

/* -- parking ------------------------------------------------------------------------------------------------------------------- */

static int parked_runs;
static void run_parked(void *data)
{
    (void)data;
    parked_runs++;
}

FL_TEST(a_parked_connection_has_a_fiber_again_when_bytes_come)
{
    ends e = unix_ends();
    char bytes[8];

    fl_conn_close_here(e.b);
    for (int i = 0; i < 3; i++) {
        size_t fibers = fl_loop_now().fibers;
        fl_conn_park(e.a, run_parked, NULL);
        fl_sleep(FL_MILLISECONDS(2));
        fl_expect_equal(parked_runs, i);
        fl_expect_equal(fl_loop_now().fibers, fibers);
        fl_write(e.b, "hello", 5);
        until(parked_runs == i + 1);
        fl_expect(!fl_conn_unpark(e.a));
        fl_expect_equal(fl_read(e.a, bytes, i == 1 ? 5 : sizeof bytes), 5u);
    }
}

FL_TEST(bytes_that_were_there_before_the_parking_start_the_fiber)
{
    ends e = unix_ends();
    char bytes[8];

    fl_write(e.b, "two requests", 12);
    fl_expect_equal(fl_read(e.a, bytes, 4), 4u);
    fl_conn_park(e.a, run_parked, NULL);
    until(parked_runs == 1);
    fl_expect_equal(fl_read(e.a, bytes, 8), 8u);
    fl_conn_park(e.a, run_parked, NULL);
    fl_conn_close(e.b);                              /* the end counts as well */
    until(parked_runs == 2);
}

FL_TEST(a_parked_connection_is_taken_back_or_closed)
{
    ends e = unix_ends();
    char bytes[8];

    fl_conn_park(e.a, run_parked, NULL);
    fl_expect(fl_conn_unpark(e.a));
    fl_expect(!fl_conn_unpark(e.a));
    fl_write(e.b, "x", 1);
    fl_expect_equal(fl_read(e.a, bytes, sizeof bytes), 1u);
    fl_conn_park(e.b, run_parked, NULL);
    fl_conn_close(e.b);
    fl_sleep(FL_MILLISECONDS(2));
    fl_expect_equal(parked_runs, 0);
}

/* -- ends of calls ---------------------------------------------------------------------------------------------------------------- */

static void hold_and_fail(void *conn)
{
    fl_conn_close_here(conn);
    fl_raise(FL_CONFLICT, "no more");
}

FL_TEST(an_error_closes_what_is_closed_here)
{
    ends e = unix_ends();
    char bytes[8];

    fl_expect_error(FL_CONFLICT, hold_and_fail, e.b);
    fl_expect_equal(fl_read(e.a, bytes, sizeof bytes), 0u);
}

static void use_conn(void *conn) { fl_write(conn, "x", 1); }

FL_TEST(outside_of_fibers_an_error_says_how_to_start, .plain = true)
{
    fl_error *error = fl_expect_raises(FL_PROGRAMMING_ERROR, use_conn, fl_alloc(4096));
    fl_expect_contains(error->message, "fl_run()");
}

/* -- signals --------------------------------------------------------------------------------------------------------------------- */

static volatile sig_atomic_t ticks;

static void tick(int signal)
{
    (void)signal;
    ticks = ticks + 1;
}

static void stop_timer(void *data)
{
    (void)data;
    (void)setitimer(ITIMER_REAL, &(struct itimerval){ 0 }, NULL);
}

FL_TEST(system_calls_that_signals_interrupt_lose_nothing)
{
    ends e = unix_ends();
    struct itimerval often = { .it_interval.tv_usec = 200, .it_value.tv_usec = 200 };

    fl_conn_close_here(e.b);
    fl_expect_equal(sigaction(SIGALRM, &(struct sigaction){ .sa_handler = tick }, NULL), 0);      /* without SA_RESTART */
    fl_defer(stop_timer, NULL);
    fl_expect_equal(setitimer(ITIMER_REAL, &often, NULL), 0);
    while (ticks < 20)
        fl_sleep(FL_MILLISECONDS(1));
    fl_fiber *writer = fl_spawn_joinable(give_pattern, e.b);
    check_pattern(e.a, 1000);
    fl_join(writer);
}
