/* Sleeping and deadlines. */
#include <errno.h>
#include <fleche/loop.h>
#include <fleche/sync.h>
#include "../fiber/trace.h"

typedef struct { int ms; const char *word; } nap;

static void take_nap(void *data)
{
    const nap *n = data;

    fl_sleep(FL_MILLISECONDS(n->ms));
    note(n->word);
}

FL_TEST(sleepers_wake_in_the_order_of_their_times)
{
    nap naps[] = { { 9, "nine" }, { 3, "three" }, { 6, "six" }, { 0, "now" } };
    double before = fl_monotonic();

    fl_gather_each(naps, 4, 0, take_nap);
    fl_expect_text(trace, "now three six nine");
    fl_expect(fl_monotonic() - before >= 0.009);
}

static void sleep_long(void *data)
{
    (void)data;
    fl_sleep(FL_HOURS(1));
}
static void soon(void *run) { fl_deadline(FL_MILLISECONDS(3), *(fl_fiber_main **)run, NULL); }

FL_TEST(a_deadline_ends_a_wait_with_a_timeout)
{
    fl_fiber_main *run = sleep_long;
    fl_error *e = fl_expect_raises(FL_TIMEOUT, soon, &run);

    fl_expect_contains(e->message, "time");
    fl_sleep(FL_MILLISECONDS(1));                    /* past the deadline's end waits are as before */
    fl_expect(fl_time_left().us == FL_FOREVER.us);
}

static void catch_and_wait_again(void *data)
{
    (void)data;
    fl_expect_equal(fl_try_sleep(FL_HOURS(1)), -ETIMEDOUT);
    fl_expect_equal(fl_try_sleep(FL_MILLISECONDS(1)), -ETIMEDOUT);
}

FL_TEST(past_its_deadline_every_wait_ends_at_once) { fl_deadline(FL_MILLISECONDS(2), catch_and_wait_again, NULL); }

static void inner_is_longer(void *data)
{
    (void)data;
    fl_expect(fl_time_left().us <= 3000);
    fl_deadline(FL_HOURS(2), sleep_long, NULL);
}

FL_TEST(an_outer_deadline_ends_an_inner_one)
{
    fl_fiber_main *run = inner_is_longer;
    fl_expect_error(FL_TIMEOUT, soon, &run);
}

static void inner_is_shorter(void *data)
{
    fl_fiber_main *run = sleep_long;

    (void)data;
    fl_expect_error(FL_TIMEOUT, soon, &run);
    fl_sleep(FL_MILLISECONDS(1));
    note("went on");
}

FL_TEST(an_inner_deadline_leaves_the_outer_one_running)
{
    fl_deadline(FL_HOURS(1), inner_is_shorter, NULL);
    fl_expect_text(trace, "went on");
}

static void wait_for_item(void *chan)
{
    void *item;
    (void)fl_chan_receive(chan, &item);
}

static void receive_in_time(void *chan) { fl_deadline(FL_MILLISECONDS(3), wait_for_item, chan); }

FL_TEST(a_deadline_reaches_a_channel_too)
{
    fl_chan *chan = fl_chan_new(0);

    fl_expect_error(FL_TIMEOUT, receive_in_time, chan);
    fl_expect_equal(fl_chan_try_send(chan, trace), -EAGAIN);        /* nobody waits there any more */
}

static void many_timers(void *data)
{
    uint64_t random = 88172645463325252u;

    (void)data;
    for (int i = 0; i < 500; i++) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        nap short_one = { (int)(random % 5), "" };
        fl_fiber *fiber = fl_spawn_joinable(random % 3 == 0 ? sleep_long : take_nap, &short_one);
        fl_yield();
        fl_cancel(fiber);
        fl_expect(fl_error_is(fl_try_join(fiber), FL_CANCELLED));
    }
}

FL_TEST(timers_are_stopped_as_easily_as_started)
{
    many_timers(NULL);
    fl_expect_equal(fl_loop_now().timers, 0);
}
