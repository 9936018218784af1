/* Fibers: they run, wait, end, fail, are cancelled. */
#include <fleche/test.h>
#include <fleche/loop.h>
#include <fleche/sync.h>

static char trace[256];
static void note(const char *what) { strncat(trace, what, sizeof trace - strlen(trace) - 1); }

static void say_a(void *data) { (void)data; note("a1 "); fl_yield(); note("a2 "); }
static void say_b(void *data) { (void)data; note("b1 "); fl_yield(); note("b2 "); }
static void both(void *data) { (void)data; fl_gather({ say_a, NULL }, { say_b, NULL }); note("end"); }

FL_TEST(gathered_fibers_take_turns, .plain = true)
{
    fl_expect_equal(fl_run(both, NULL), 0);
    fl_expect_text(trace, "a1 b1 a2 b2 end");
}

static char undone[] = "undone ";
static void sleep_long(void *data) { (void)data; fl_sleep(FL_HOURS(1)); }
static void undo(void *data) { note(data); }
static void sleep_long_with_defer(void *data) { fl_defer(undo, data); sleep_long(NULL); }
static void fails(void *data) { (void)data; fl_yield(); fl_raise(FL_CONFLICT, "no luck"); }
static void gather_failing(void *data) { (void)data; fl_gather({ sleep_long_with_defer, undone }, { fails, NULL }); }
static void catch_it(void *data)
{
    (void)data;
    fl_error *e = fl_protect(gather_failing, NULL);
    note(e == NULL ? "nothing" : e->message);
}

FL_TEST(the_first_error_cancels_the_rest_and_is_raised, .plain = true)
{
    fl_expect_equal(fl_run(catch_it, NULL), 0);
    fl_expect_text(trace, "undone no luck");
}

static void deadline_body(void *data) { (void)data; fl_deadline(FL_MILLISECONDS(5), sleep_long, NULL); }
static void in_time(void *data)
{
    (void)data;
    fl_error *e = fl_protect(deadline_body, NULL);
    note(fl_error_is(e, FL_TIMEOUT) ? "timeout " : "?");
    fl_sleep(FL_MILLISECONDS(1));
    note("after");
}

FL_TEST(a_deadline_ends_a_sleep, .plain = true)
{
    fl_expect_equal(fl_run(in_time, NULL), 0);
    fl_expect_text(trace, "timeout after");
}

static void wait_forever(void *data) { void *item; (void)fl_chan_receive(data, &item); }
static void deadlock(void *data)
{
    (void)data;
    fl_chan *chan = fl_chan_new(0);
    fl_gather({ wait_forever, chan }, { wait_forever, chan });
}

FL_TEST(a_deadlock_is_reported_and_broken, .plain = true)
{
    fl_expect_equal(fl_run(deadlock, NULL), 1);
}
