/* Channels, mutexes, semaphores, once, wait-groups. */
#include <errno.h>
#include <fleche/sync.h>
#include "trace.h"

typedef struct { fl_chan *chan; size_t n; } stream;

static void send_numbers(void *data)
{
    const stream *s = data;

    for (size_t i = 1; i <= s->n; i++)
        fl_chan_send(s->chan, (void *)i);
    fl_chan_close(s->chan);
}

static void check_order(size_t room)
{
    stream s = { fl_chan_new(room), 1000 };
    size_t item, expected = 1;
    fl_fiber *sender = fl_spawn_joinable(send_numbers, &s);

    while (fl_chan_receive(s.chan, &item))
        fl_expect_equal(item, expected++);
    fl_expect_equal(expected, 1001);
    fl_join(sender);
}

static void check_room(const void *room)
{
    fl_label("room %zu", *(const size_t *)room);
    check_order(*(const size_t *)room);
}

FL_TEST(a_channel_keeps_the_order)
{
    static const size_t rooms[] = { 0, 1, 2, 7, 2000 };
    fl_table(rooms, check_room);
}

FL_TEST(try_forms_never_wait)
{
    fl_chan *chan = fl_chan_new(1);
    void *item;

    fl_expect_equal(fl_chan_try_receive(chan, &item), -EAGAIN);
    fl_expect_equal(fl_chan_try_send(chan, trace), 0);
    fl_expect_equal(fl_chan_try_send(chan, trace), -EAGAIN);
    fl_chan_close(chan);
    fl_expect_equal(fl_chan_try_send(chan, trace), -EPIPE);
    fl_expect_equal(fl_chan_try_receive(chan, &item), 0);
    fl_expect_same(item, trace);
    fl_expect_equal(fl_chan_try_receive(chan, &item), -EPIPE);
}

static void send_on(void *chan) { fl_chan_send(chan, trace); }

FL_TEST(closing_wakes_who_waits)
{
    fl_chan *chan = fl_chan_new(0);
    fl_fiber *sender = fl_spawn_joinable(send_on, chan);

    fl_yield();
    fl_chan_close(chan);
    fl_expect(fl_error_is(fl_try_join(sender), FL_PROGRAMMING_ERROR));
}

static void receive_on(void *chan)
{
    void *item;
    (void)fl_chan_receive(chan, &item);
}

FL_TEST(a_cancelled_receiver_takes_nothing)
{
    fl_chan *chan = fl_chan_new(0);
    fl_fiber *cancelled = fl_spawn_joinable(receive_on, chan), *other = fl_spawn_joinable(receive_on, chan);

    fl_yield();
    fl_cancel(cancelled);
    fl_chan_send(chan, trace);
    fl_expect(fl_error_is(fl_try_join(cancelled), FL_CANCELLED));
    fl_join(other);
}

typedef struct { fl_mutex *mutex; const char *enter, *leave; } section;

static void in_section(void *data)
{
    const section *s = data;

    fl_mutex_lock_here(s->mutex);
    note(s->enter);
    fl_sleep(FL_MILLISECONDS(1));
    note(s->leave);
}

FL_TEST(a_mutex_keeps_sections_apart_in_order)
{
    fl_mutex mutex = { 0 };
    section a = { &mutex, "(a", "a)" }, b = { &mutex, "(b", "b)" }, c = { &mutex, "(c", "c)" };

    fl_gather({ in_section, &a }, { in_section, &b }, { in_section, &c });
    fl_expect_text(trace, "(a a) (b b) (c c)");
    fl_expect(fl_mutex_try_lock(&mutex));
}

static void lock(void *mutex) { fl_mutex_lock(mutex); }
static void unlock(void *mutex) { fl_mutex_unlock(mutex); }

FL_TEST(a_mutex_is_locked_once_and_unlocked_by_its_owner)
{
    fl_mutex mutex = { 0 };

    fl_mutex_lock(&mutex);
    fl_expect_error(FL_PROGRAMMING_ERROR, lock, &mutex);
    fl_mutex_unlock(&mutex);
    fl_error *e = fl_expect_raises(FL_PROGRAMMING_ERROR, unlock, &mutex);
    fl_expect_contains(e->message, "nobody does");
}

FL_TEST(a_cancelled_waiter_leaves_the_queue_of_a_mutex)
{
    static fl_mutex mutex;                           /* whoever was started before an error outlives this function */
    static section second = { &mutex, "(2", "2)" };

    fl_mutex_lock(&mutex);
    fl_fiber *cancelled = fl_spawn_joinable(lock, &mutex), *next = fl_spawn_joinable(in_section, &second);
    fl_yield();
    fl_cancel(cancelled);
    fl_mutex_unlock(&mutex);
    fl_join(next);
    fl_expect(fl_error_is(fl_try_join(cancelled), FL_CANCELLED));
    fl_expect_text(trace, "(2 2)");
}

typedef struct { fl_semaphore *semaphore; int *inside, *most; } visitor;

static void visit(void *data)
{
    visitor *v = data;

    fl_semaphore_take(v->semaphore);
    if (++*v->inside > *v->most)
        *v->most = *v->inside;
    fl_sleep(FL_MILLISECONDS(1));
    --*v->inside;
    fl_semaphore_give(v->semaphore);
}

FL_TEST(a_semaphore_lets_so_many_in)
{
    fl_semaphore semaphore = FL_SEMAPHORE(3);
    int inside = 0, most = 0;
    visitor visitors[10];

    for (int i = 0; i < 10; i++)
        visitors[i] = (visitor){ &semaphore, &inside, &most };
    fl_gather_each(visitors, 10, 0, visit);
    fl_expect_equal(most, 3);
    fl_expect_equal(semaphore.free, 3);
}

static int attempts;

static void fails_first(void *data)
{
    (void)data;
    fl_sleep(FL_MILLISECONDS(1));
    if (++attempts == 1)
        fl_raise(FL_CONFLICT, "not yet");
}

static fl_once once;
static void do_once(void *data)
{
    fl_once_do(&once, fails_first, data);
    note("ok");
}

FL_TEST(once_tries_again_behind_an_error_and_then_never)
{
    fl_fiber *first = fl_spawn_joinable(do_once, NULL), *second = fl_spawn_joinable(do_once, NULL),
             *third = fl_spawn_joinable(do_once, NULL);

    fl_expect(fl_error_is(fl_try_join(first), FL_CONFLICT));
    fl_join(second);
    fl_join(third);
    fl_expect_equal(attempts, 2);
    fl_expect_text(trace, "ok ok");
}

static void done_soon(void *group)
{
    fl_yield();
    note("done");
    fl_wait_group_done(group);
}
static void done(void *group) { fl_wait_group_done(group); }

FL_TEST(a_wait_group_waits_for_all)
{
    fl_wait_group group = { 0 };

    fl_wait_group_add(&group, 3);
    for (int i = 0; i < 3; i++)
        fl_spawn(done_soon, &group);
    fl_wait_group_wait(&group);
    fl_expect_text(trace, "done done done");
    fl_expect_error(FL_PROGRAMMING_ERROR, done, &group);
}
