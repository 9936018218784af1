/* The loop: its end, deadlocks, signals, the watchdog. */
#include <errno.h>
#include <fleche/heap.h>
#include <fleche/loop.h>
#include <fleche/sync.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>
#include <uv.h>
#include "../fiber/trace.h"
#include "fiber/fiber.h"

static void receive(void *chan)
{
    void *item;

    static char undone[] = "undone";
    fl_defer(note_word, undone);
    (void)fl_chan_receive(chan, &item);
}

static void wait_for_each_other(void *data)
{
    fl_chan *chan = fl_chan_new(0);

    (void)data;
    fl_gather({ receive, chan }, { receive, chan });
}

FL_TEST(fibers_that_wait_for_each_other_are_told_and_unwound, .plain = true)
{
    fl_expect_equal(fl_run(wait_for_each_other, NULL), 1);
    fl_expect_text(trace, "undone undone");
}

static void run_again(void *data) { (void)fl_run(wait_for_each_other, data); }

FL_TEST(a_thread_has_one_loop)
{
    fl_error *e = fl_expect_raises(FL_PROGRAMMING_ERROR, run_again, NULL);
    fl_expect_contains(e->message, "fl_run()");
}

static void *loop_in_thread(void *data)
{
    *(int *)data = fl_run((fl_fiber_main *)fl_yield, NULL);
    return NULL;
}

FL_TEST(another_thread_has_a_loop_of_its_own)
{
    pthread_t thread;
    int status = -1;

    fl_expect_equal(pthread_create(&thread, NULL, loop_in_thread, &status), 0);
    fl_expect_equal(pthread_join(thread, NULL), 0);
    fl_expect_equal(status, 0);
}

static void wait_for_usr1(void *data) { *(int *)data = fl_try_wait_signal((const int[]){ SIGUSR1, SIGUSR2 }, 2); }

FL_TEST(a_signal_wakes_the_fiber_that_waits_for_it)
{
    int signal = 0;
    fl_fiber *waiter = fl_spawn_joinable(wait_for_usr1, &signal);

    fl_yield();
    fl_expect_equal(signal, 0);                      /* it waits: else the signal would end this process */
    fl_expect_equal(kill(getpid(), SIGUSR2), 0);
    fl_join(waiter);
    fl_expect_equal(signal, SIGUSR2);
}

static fl_chan *arrivals;
static void arrived(void *data) { fl_chan_send(arrivals, data); }

FL_TEST(each_signal_starts_a_fiber)
{
    void *item;

    arrivals = fl_chan_new(4);
    fl_on_signal(SIGUSR1, arrived, trace);
    for (int i = 0; i < 3; i++) {
        fl_expect_equal(kill(getpid(), SIGUSR1), 0);
        fl_expect(fl_chan_receive(arrivals, &item));
        fl_expect_same(item, trace);
    }
}

/* It moves fl_heap_fail itself. */
FL_TEST(without_memory_a_signal_starts_its_fiber_later, .no_torture = true)
{
    void *item;

    arrivals = fl_chan_new(4);
    fl_on_signal(SIGUSR1, arrived, trace);
    fl_sleep(FL_MILLISECONDS(1));                    /* timers have their memory from here on */
    fl_heap_fail(1, true);
    for (int i = 0; i < 3; i++) {
        (void)kill(getpid(), SIGUSR1);
        fl_sleep(FL_MILLISECONDS(1));
    }
    fl_heap_fail(0, false);
    fl_expect(fl_chan_receive(arrivals, &item));
    fl_expect_equal(kill(getpid(), SIGUSR1), 0);
    fl_expect(fl_chan_receive(arrivals, &item));
    fl_expect_same(item, trace);
}

FL_TEST(a_wait_for_a_signal_can_be_cancelled)
{
    int result = 0;
    fl_fiber *waiter = fl_spawn_joinable(wait_for_usr1, &result);

    fl_yield();
    fl_cancel(waiter);
    fl_join(waiter);
    fl_expect_equal(result, -ECANCELED);
}

static _Atomic int reports;
static char reported[64];
static _Atomic size_t reported_frames;

static void report(const fl_held_loop *held)
{
    (void)snprintf(reported, sizeof reported, "%s", held->fiber);
    reported_frames = held->frame_count;
    reports++;
}

static void hold_the_loop(void *data)
{
    (void)data;
    for (double until = fl_monotonic() + 10; reports == 0 && fl_monotonic() < until;)
        ;
}

FL_TEST(the_watchdog_names_the_fiber_that_holds_the_loop)
{
    fl_watchdog(FL_MILLISECONDS(20), report);
    fl_join(fl_spawn_joinable(hold_the_loop, NULL, .name = "hog"));
    fl_watchdog_stop();
    fl_expect_equal((int)reports, 1);
    fl_expect_text(reported, "hog");
    fl_expect(reported_frames > 0);
}

FL_TEST(the_watchdog_leaves_an_idle_loop_alone)
{
    fl_watchdog(FL_MILLISECONDS(5), report);
    fl_sleep(FL_MILLISECONDS(50));
    fl_watchdog_stop();
    fl_expect_equal((int)reports, 0);
}

/* -- libuv inside ---------------------------------------------------------------------------------------------------------------- */

static void wake(uv_timer_t *timer) { fl_wake(timer->data, 0); }

FL_TEST(handles_of_libuv_live_in_the_loop)
{
    uv_timer_t timer = { .data = NULL };

    fl_sleep(FL_MILLISECONDS(20));                   /* libuv has not run meanwhile: its time is old */
    fl_expect_equal(uv_timer_init(fl_loop_uv(), &timer), 0);
    timer.data = fl_fiber_here();
    double before = fl_monotonic();
    fl_expect_equal(uv_timer_start(&timer, wake, 10, 0), 0);
    fl_expect_equal(fl_park(NULL, NULL), 0);
    double waited = fl_monotonic() - before;
    fl_expect(waited > 0.008 && waited < 1);
    uv_close((uv_handle_t *)&timer, NULL);
    fl_sleep(FL_MILLISECONDS(1));                    /* it is on this stack: closed before that ends */
}
