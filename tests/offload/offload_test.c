/* Work on threads: where it runs, what comes back, who waits. */
#include <errno.h>
#include <fleche/loop.h>
#include <fleche/offload.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>
#include "../fiber/trace.h"

static void note_thread(void *data) { *(pthread_t *)data = pthread_self(); }

FL_TEST(work_runs_on_another_thread)
{
    pthread_t there = pthread_self();

    fl_offload(note_thread, &there);
    fl_expect(!pthread_equal(there, pthread_self()));
    fl_expect(fl_offload_threads() >= 1 && fl_offload_threads() <= 16);
}

static void fail(void *data) { fl_raise(FL_CONFLICT, "no luck with %s", fl_text("%d", *(int *)data)); }
static void offload_fail(void *data) { fl_offload(fail, data); }

FL_TEST(what_it_raises_comes_back)
{
    int number = 7;
    (void)fl_text("this fiber has its arena");
    size_t arenas = fl_arena_live();
    fl_error *error = fl_expect_raises(FL_CONFLICT, offload_fail, &number);

    fl_expect_text(error->message, "no luck with 7");
    error = fl_try_offload(fail, &number);
    fl_expect(fl_error_is(error, FL_CONFLICT));
    fl_expect_text(error->message, "no luck with 7");
    fl_expect_equal(fl_arena_live(), arenas);
}

static void allocate(void *data)
{
    size_t before = fl_arena_live();

    for (int i = 0; i < 1000; i++)
        *(size_t *)data += strlen(fl_text("%0100d", i));
    fl_expect_equal(fl_arena_live(), before);        /* the thread's own: it made none */
}

FL_TEST(work_may_allocate)
{
    size_t size = 0;

    (void)fl_text("this fiber has its arena");
    size_t arenas = fl_arena_live();
    for (int i = 0; i < 20; i++)
        fl_offload(allocate, &size);
    fl_expect_equal(size, 20u * 1000 * 100);
    fl_expect_equal(fl_arena_live(), arenas);
}

typedef struct { pthread_barrier_t *barrier; bool met; } meeting;

static void meet(void *data)
{
    meeting *m = data;
    (void)pthread_barrier_wait(m->barrier);
    m->met = true;
}

static void go_and_meet(void *data) { fl_offload(meet, data); }

FL_TEST(threads_run_at_once)
{
    pthread_barrier_t barrier;

    (void)setenv("FL_OFFLOAD_THREADS", "3", 1);
    fl_expect_equal(fl_offload_threads(), 3u);
    fl_expect_equal(pthread_barrier_init(&barrier, NULL, 3), 0);
    meeting meetings[] = { { &barrier, false }, { &barrier, false }, { &barrier, false } };
    fl_gather_each(meetings, 3, 0, go_and_meet);     /* each waits for the other two: with fewer threads it would never end */
    fl_expect(meetings[0].met && meetings[1].met && meetings[2].met);
    (void)pthread_barrier_destroy(&barrier);
}

/* -- the queue -------------------------------------------------------------------------------------------------------------------- */

static _Atomic int running, most;
static int order[64];
static _Atomic int ended;

static void count(void *data)
{
    int now = ++running, seen = most;

    while (now > seen && !atomic_compare_exchange_weak(&most, &seen, now))
        ;
    (void)usleep(500);
    running--;
    order[ended++] = *(int *)data;
}

static void offload_count(void *data) { fl_offload(count, data); }

FL_TEST(whoever_came_first_is_served_first)
{
    enum { MANY = 40 };
    int numbers[MANY];

    (void)setenv("FL_OFFLOAD_THREADS", "1", 1);
    for (int i = 0; i < MANY; i++)
        numbers[i] = i;
    fl_gather_each(numbers, MANY, 0, offload_count);
    for (int i = 0; i < MANY; i++)
        fl_expect_equal(order[i], i);
    fl_expect_equal((int)most, 1);
}

static atomic_bool let_go;
static atomic_bool worked;

static void hold(void *data)
{
    (void)data;
    while (!let_go)
        (void)usleep(200);
    worked = true;
}

static void offload_hold(void *data) { fl_offload(hold, data); }
static void release(void *data)
{
    (void)data;
    fl_sleep(FL_MILLISECONDS(10));
    let_go = true;
}

FL_TEST(a_cancelled_call_waits_for_its_work_and_then_raises)
{
    fl_fiber *caller = fl_spawn_joinable(offload_hold, NULL);

    fl_sleep(FL_MILLISECONDS(2));
    fl_cancel(caller);
    fl_fiber *releaser = fl_spawn_joinable(release, NULL);
    fl_error *error = fl_try_join(caller);
    fl_expect(worked);
    fl_expect(fl_error_is(error, FL_CANCELLED));
    fl_join(releaser);
}

static void offload_hold_soon(void *data) { fl_deadline(FL_MILLISECONDS(2), offload_hold, data); }

FL_TEST(a_deadline_waits_for_the_work_too)
{
    fl_fiber *releaser = fl_spawn_joinable(release, NULL);

    fl_expect_error(FL_TIMEOUT, offload_hold_soon, NULL);
    fl_expect(worked);
    fl_join(releaser);
}

FL_TEST(who_is_cancelled_in_the_queue_never_runs)
{
    enum { HOLDERS = 4 };                            /* one thread, and as many places in its queue */
    fl_fiber *holders[HOLDERS];
    int number = 1;

    (void)setenv("FL_OFFLOAD_THREADS", "1", 1);
    for (int i = 0; i < HOLDERS; i++)
        holders[i] = fl_spawn_joinable(offload_hold, NULL);
    fl_fiber *late = fl_spawn_joinable(offload_count, &number);
    fl_sleep(FL_MILLISECONDS(1));
    fl_cancel(late);
    fl_expect(fl_error_is(fl_try_join(late), FL_CANCELLED));
    let_go = true;
    for (int i = 0; i < HOLDERS; i++)
        fl_join(holders[i]);
    fl_expect_equal((int)ended, 0);
    offload_count(&number);                          /* its place was not lost */
    fl_expect_equal((int)ended, 1);
}

/* -- lanes ------------------------------------------------------------------------------------------------------------------------- */

static fl_offload_lane lane;
static void count_in_lane(void *data) { fl_offload_in(&lane, count, data); }
static void fail_in_lane(void *data) { fl_offload_in(&lane, fail, data); }

FL_TEST(a_lane_limits_what_runs_at_once)
{
    enum { MANY = 20 };
    int numbers[MANY] = { 0 };

    (void)setenv("FL_OFFLOAD_THREADS", "8", 1);
    lane = (fl_offload_lane){ .at_once = 2 };
    fl_gather_each(numbers, MANY, 0, count_in_lane);
    fl_expect_equal((int)ended, MANY);
    fl_expect((int)most <= 2);
    fl_expect_equal(lane.running, 0u);
}

FL_TEST(an_error_leaves_its_lane)
{
    int number = 3;

    lane = (fl_offload_lane){ 0 };                   /* one at a time */
    for (int i = 0; i < 3; i++)
        fl_expect_error(FL_CONFLICT, fail_in_lane, &number);
    fl_expect_equal(lane.running, 0u);
}

static void offload_outside(void *data) { fl_offload(count, data); }

FL_TEST(outside_of_fibers_an_error_says_how_to_start, .plain = true)
{
    fl_error *error = fl_expect_raises(FL_PROGRAMMING_ERROR, offload_outside, NULL);
    fl_expect_contains(error->message, "fl_run()");
}
