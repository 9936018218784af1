/* Child processes: what they get and give, how they end, and that none is left behind. */
#include <fleche/child.h>
#include <signal.h>
#include <sys/wait.h>
#include "net.h"

static bool no_child_is_left(void) { return waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD; }

FL_TEST(a_child_gets_its_input_and_gives_its_output)
{
    fl_output out = fl_child_run(FL_STRINGS("sort", "-u"), .input = fl_lit("b\na\nb\n"));

    fl_expect_bytes(out.text, fl_lit("a\nb\n"));
    fl_expect_equal(out.text.data[out.text.size], '\0');
    fl_expect_equal(out.status, 0);
    fl_expect_equal(out.signal, 0);
}

FL_TEST(a_megabyte_goes_through_and_back)
{
    enum { SIZE = 1 << 20 };
    char *bytes = fl_alloc(SIZE);

    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (char)(i * 13 >> 4);
    fl_output out = fl_child_run(FL_STRINGS("cat"), .input = { bytes, SIZE });
    fl_expect(fl_str_equal(out.text, fl_str_n(bytes, SIZE)));
    out = fl_child_run(FL_STRINGS("true"), .input = { bytes, SIZE });        /* it need not read it */
    fl_expect_equal(out.status, 0);
}

FL_TEST(ends_are_told_apart)
{
    fl_expect_equal(fl_child_run(FL_STRINGS("sh", "-c", "exit 7")).status, 7);
    fl_output out = fl_child_run(FL_STRINGS("sh", "-c", "kill -TERM $$"));
    fl_expect_equal(out.signal, SIGTERM);
    out = fl_child_run(FL_STRINGS("sh", "-c", "kill -PIPE $$"));         /* ignored by us, not by them */
    fl_expect_equal(out.signal, SIGPIPE);
    fl_expect(no_child_is_left());
}

FL_TEST(errors_stand_apart_or_are_merged)
{
    const char *const *both = FL_STRINGS("sh", "-c", "echo out; echo err >&2");
    fl_output out = fl_child_run(both);

    fl_expect_bytes(out.text, fl_lit("out\n"));
    fl_expect_bytes(out.errors, fl_lit("err\n"));
    out = fl_child_run(both, .merge_errors = true);
    fl_expect_bytes(out.text, fl_lit("out\nerr\n"));
    fl_expect_equal(out.errors.size, 0u);
    out = fl_child_run(FL_STRINGS("sh", "-c", "exit 3"), .inherit_output = true);
    fl_expect_equal(out.status, 3);
}

FL_TEST(directory_and_environment_are_its_own)
{
    fl_output out = fl_child_run(FL_STRINGS("/bin/sh", "-c", "pwd; echo $WORD$HOME"), .directory = "/usr",
                                 .environment = FL_STRINGS("WORD=given"));
    fl_expect_bytes(out.text, fl_lit("/usr\ngiven\n"));
}

static void run_missing(void *data)
{
    (void)data;
    (void)fl_child_run(FL_STRINGS("no-such-program", "x"));
}

FL_TEST(what_cannot_be_started_is_told)
{
    int files = open_files();
    fl_output out;

    fl_error *error = fl_expect_raises(FL_OS_ERROR, run_missing, NULL);
    fl_expect_contains(error->message, "cannot run no-such-program");
    fl_expect_equal(error->code, -ENOENT);
    fl_expect_equal(fl_try_child_run(FL_STRINGS("true"), &(fl_child_options){ .directory = "/no/such/directory" }, &out),
                    -ENOENT);
    fl_expect_equal(fl_try_child_run(FL_STRINGS("/etc/passwd"), &(fl_child_options){ 0 }, &out), -EACCES);
    fl_expect_equal(open_files(), files);
    fl_expect(no_child_is_left());
}

FL_TEST(too_much_output_kills_it)
{
    fl_output out;

    fl_expect_equal(fl_try_child_run(FL_STRINGS("yes"), &(fl_child_options){ .limit = 100000 }, &out), -EFBIG);
    fl_expect_equal(out.signal, SIGKILL);
    fl_expect(no_child_is_left());
    fl_expect_ok(fl_try_child_run(FL_STRINGS("printf", "12345"), &(fl_child_options){ .limit = 5 }, &out));
    fl_expect_bytes(out.text, fl_lit("12345"));
}

static void run_too_long(void *data)
{
    (void)data;
    (void)fl_child_run(FL_STRINGS("sleep", "100"), .timeout = FL_MILLISECONDS(5));
}

FL_TEST(time_that_is_up_ends_it_politely_first)
{
    fl_output out;
    const char *const *polite = FL_STRINGS("sh", "-c", "trap 'exit 9' TERM; echo ready; while :; do sleep 0.01; done");

    fl_expect_equal(fl_try_child_run(polite, &(fl_child_options){ .timeout = FL_MILLISECONDS(200) }, &out), -ETIMEDOUT);
    fl_expect_equal(out.status, 9);
    fl_expect_bytes(out.text, fl_lit("ready\n"));
    fl_error *error = fl_expect_raises(FL_TIMEOUT, run_too_long, NULL);
    fl_expect_contains(error->message, "sleep did not end within 5 ms");
    fl_expect(no_child_is_left());
}

FL_TEST(who_ignores_the_polite_word_is_killed)
{
    fl_output out;
    const char *const *stubborn = FL_STRINGS("sh", "-c", "trap '' TERM; while :; do sleep 0.05; done");

    fl_expect_equal(fl_try_child_run(stubborn, &(fl_child_options){ .timeout = FL_MILLISECONDS(100) }, &out), -ETIMEDOUT);
    fl_expect_equal(out.signal, SIGKILL);
    fl_expect(no_child_is_left());
}

static void run_long(void *data)
{
    (void)data;
    (void)fl_child_run(FL_STRINGS("sleep", "100"));
}
static void run_long_soon(void *data) { fl_deadline(FL_MILLISECONDS(20), run_long, data); }

FL_TEST(a_cancelled_parent_leaves_no_child)
{
    int files = open_files();
    fl_fiber *fiber = fl_spawn_joinable(run_long, NULL);

    fl_sleep(FL_MILLISECONDS(20));
    fl_cancel(fiber);
    fl_expect(fl_error_is(fl_try_join(fiber), FL_CANCELLED));
    fl_expect(no_child_is_left());
    double before = fl_monotonic();
    fl_expect_error(FL_TIMEOUT, run_long_soon, NULL);
    fl_expect(fl_monotonic() - before < 1.5);        /* our own time being up, there is none for politeness */
    fl_expect(no_child_is_left());
    fl_expect_equal(open_files(), files);
}

/* -- talking ---------------------------------------------------------------------------------------------------------------------- */

FL_TEST(a_child_can_be_talked_with)
{
    fl_child *child = fl_child_start(FL_STRINGS("cat"));
    char bytes[8];
    int status, signal;

    fl_expect(fl_child_pid(child) > 0);
    for (int i = 0; i < 3; i++) {
        fl_write(fl_child_stdin(child), "ping", 4);
        fl_read_all(fl_child_stdout(child), bytes, 4);
        fl_expect_bytes(fl_str_n(bytes, 4), fl_lit("ping"));
    }
    fl_child_close_stdin(child);
    fl_expect_equal(fl_read(fl_child_stdout(child), bytes, sizeof bytes), 0u);
    fl_expect_ok(fl_try_child_wait(child, &status, &signal));
    fl_expect_equal(status, 0);
    fl_expect_equal(signal, 0);
    fl_expect(no_child_is_left());
}

typedef struct { fl_child *child; int code, signal; } waiting;
static void wait_for_child(void *data)
{
    waiting *w = data;
    w->code = fl_try_child_wait(w->child, NULL, &w->signal);
}

FL_TEST(waiting_for_a_child_is_cancelled_and_repeated_elsewhere)
{
    waiting w = { fl_child_start(FL_STRINGS("sleep", "100")), 1, 0 };
    fl_fiber *waiter = fl_spawn_joinable(wait_for_child, &w);

    fl_yield();
    fl_cancel(waiter);
    fl_join(waiter);
    fl_expect_equal(w.code, -ECANCELED);
    fl_child_kill(w.child, SIGINT);
    fl_expect(fl_protect(wait_for_child, &w) == NULL);       /* another protected call than the one it was started in */
    fl_expect_equal(w.code, 0);
    fl_expect_equal(w.signal, SIGINT);
    fl_expect(no_child_is_left());
}

static void start_and_fail(void *data)
{
    (void)data;
    (void)fl_child_start(FL_STRINGS("sleep", "100"));
    fl_raise(FL_CONFLICT, "no more");
}

FL_TEST(an_error_leaves_no_child)
{
    fl_expect_error(FL_CONFLICT, start_and_fail, NULL);
    fl_expect(no_child_is_left());
}

static void start_and_end(void *data)
{
    (void)data;
    (void)fl_child_start(FL_STRINGS("sleep", "100"));
}

FL_TEST(the_end_of_the_loop_leaves_no_child, .plain = true)
{
    fl_expect_equal(fl_run(start_and_end, NULL), 0);
    fl_expect(no_child_is_left());
}
