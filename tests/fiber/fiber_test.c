/* Fibers: they run, wait, end, fail, are joined and cancelled. */
#include <fleche/heap.h>
#include <fleche/loop.h>
#include <fleche/sync.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "trace.h"

static void note_twice(void *words)
{
    const char *const *word = words;

    note(word[0]);
    fl_yield();
    note(word[1]);
}

FL_TEST(fibers_take_turns_in_the_order_they_were_started)
{
    const char *a[] = { "a1", "a2" }, *b[] = { "b1", "b2" };
    fl_fiber *first = fl_spawn_joinable(note_twice, a), *second = fl_spawn_joinable(note_twice, b);

    fl_join(second);
    fl_join(first);
    fl_expect_text(trace, "a1 b1 a2 b2");
}

static void fail(void *data) { fl_raise(FL_CONFLICT, "no luck with %d", *(int *)data); }

FL_TEST(joining_raises_what_the_fiber_raised)
{
    int number = 7;
    fl_fiber *fiber = fl_spawn_joinable(fail, &number);
    fl_error *error = fl_try_join(fiber);

    fl_expect(fl_error_is(error, FL_CONFLICT));
    fl_expect_text(error->message, "no luck with 7");
    fl_expect_contains(error->file, "fiber_test.c");
}

static void join(void *fiber) { fl_join(fiber); }
static void nothing(void *data) { (void)data; }

static void fail_at_length(void *data) { fl_raise(FL_CONFLICT, "no luck with %020000d", *(int *)data); }

/* It moves fl_heap_fail itself. */
FL_TEST(without_memory_joining_keeps_the_class_and_the_text, .no_torture = true)
{
    int number = 7;
    fl_fiber *fiber = fl_spawn_joinable(fail_at_length, &number);

    fl_yield();
    fl_heap_fail(1, true);
    fl_error *error = fl_try_join(fiber);
    fl_heap_fail(0, false);
    fl_expect(fl_error_is(error, FL_CONFLICT));
    fl_expect_contains(error->message, "no luck with 0000");
}

FL_TEST(a_fiber_is_joined_once_and_not_by_itself)
{
    fl_fiber *fiber = fl_spawn(nothing, NULL);
    fl_error *e = fl_expect_raises(FL_PROGRAMMING_ERROR, join, fiber);
    fl_expect_contains(e->message, "fl_spawn_joinable");
    e = fl_expect_raises(FL_PROGRAMMING_ERROR, join, fl_fiber_here());
    fl_expect_contains(e->message, "cannot be joined");
}

static const char *lost;
static void keep_lost(const fl_error *error, const char *fiber) { lost = fl_text("%s: %s", fiber, error->message); }

static fl_arena *test_arena;
static void keep_lost_outside(const fl_error *error, const char *fiber)
{
    fl_arena *before = fl_arena_set_here(test_arena);
    keep_lost(error, fiber);
    (void)fl_arena_set_here(before);
}

FL_TEST(an_error_that_nobody_joins_is_told)
{
    int number = 3;

    test_arena = fl_arena_here();
    fl_on_lost_error(keep_lost_outside);
    fl_spawn(fail, &number, .name = "importer");
    fl_yield();
    fl_yield();
    fl_expect_text(lost, "importer: no luck with 3");
}

static void refuse_to_hear(const fl_error *error, const char *fiber)
{
    fl_raise(FL_PROGRAMMING_ERROR, "%s: %s", fiber, error->message);
}

FL_TEST(a_handler_of_lost_errors_may_raise)
{
    int number = 3;

    fl_on_lost_error(refuse_to_hear);
    fl_spawn(fail, &number);
    fl_yield();
    fl_yield();                                      /* the first error is on stderr, and all go on */
}

static void sleep_long(void *word)
{
    fl_defer(note_word, word);
    fl_sleep(FL_HOURS(1));
    note("never");
}

FL_TEST(cancelling_wakes_a_sleeper_and_runs_its_defers)
{
    static char word[] = "undone";
    fl_fiber *fiber = fl_spawn_joinable(sleep_long, word);

    fl_yield();
    fl_cancel(fiber);
    fl_error *error = fl_try_join(fiber);
    fl_expect(fl_error_is(error, FL_CANCELLED));
    fl_expect_text(trace, "undone");
}

static void sleep_a_little(void *data)
{
    (void)data;
    fl_sleep(FL_MILLISECONDS(2));
    note("cleaned");
}

static void clean_up(void *data) { fl_shield(sleep_a_little, data); }
static void clean_up_without_shield(void *data) { sleep_a_little(data); }

static void sleep_and_clean(void *data)
{
    fl_defer(data == NULL ? clean_up : clean_up_without_shield, NULL);
    fl_sleep(FL_HOURS(1));
}

FL_TEST(a_shield_lets_clean_up_wait)
{
    fl_fiber *fiber = fl_spawn_joinable(sleep_and_clean, NULL);

    fl_yield();
    fl_cancel(fiber);
    fl_expect(fl_error_is(fl_try_join(fiber), FL_CANCELLED));
    fl_expect_text(trace, "cleaned");
}

FL_TEST(without_a_shield_a_cancelled_fiber_waits_no_more)
{
    fl_fiber *fiber = fl_spawn_joinable(sleep_and_clean, &trace);

    fl_yield();
    fl_cancel(fiber);
    fl_error *error = fl_try_join(fiber);
    fl_expect(fl_error_is(error, FL_CANCELLED));
    fl_expect(fl_error_is(error->suppressed, FL_CANCELLED));
    fl_expect_text(trace, "");
}

static void use_memory(void *data)
{
    size_t *before = data;

    *before = fl_arena_live();
    for (int i = 0; i < 100; i++)
        (void)fl_text("%0100d", i);
    fl_sleep(FL_MILLISECONDS(1));
}

FL_TEST(a_fiber_has_an_arena_that_ends_with_it)
{
    size_t inside, before = fl_arena_live();

    fl_join(fl_spawn_joinable(use_memory, &inside));
    fl_expect_equal(fl_arena_live(), before);
}

static void nest(void *depth)
{
    char frame[512];

    memset(frame, *(int *)depth & 0x7f, sizeof frame);
    __asm__ volatile("" : : "r"(frame) : "memory");  /* the compiler may not do without it */
    if (--*(int *)depth > 0)
        nest(depth);
    fl_expect_equal(frame[0], frame[511]);
    fl_yield();
}

FL_TEST(a_stack_is_deep_enough_for_real_work)
{
    int depth = 250;                                 /* 128 KiB and more */
    fl_fiber *fiber = fl_spawn_joinable(nest, &depth);

    fl_yield();
    fl_expect(fl_fiber_stack_used(fiber) > 120 * 1024);
    fl_join(fiber);
}

static void use_megabyte(void *data)
{
    volatile char frame[1 << 20];

    frame[0] = frame[sizeof frame - 1] = 1;
    *(int *)data = frame[0];
}

FL_TEST(a_larger_stack_can_be_asked_for)
{
    int ran = 0;

    fl_join(fl_spawn_joinable(use_megabyte, &ran, .stack = 3 << 20));
    fl_expect_equal(ran, 1);
}

FL_TEST(names_and_numbers_tell_fibers_apart)
{
    fl_fiber *a = fl_spawn_joinable(nothing, NULL, .name = "reader"), *b = fl_spawn_joinable(nothing, NULL);

    fl_expect_text(fl_fiber_name(a), "reader");
    fl_expect_text(fl_fiber_name(b), "fiber");
    fl_expect(fl_fiber_id(a) < fl_fiber_id(b));
    fl_fiber_rename("tester");
    fl_expect_text(fl_fiber_name(NULL), "tester");
    fl_join(a);
    fl_join(b);
}

static void spawn_outside(void *data) { fl_spawn(nothing, data); }
static void sleep_outside(void *data)
{
    (void)data;
    fl_sleep(FL_MILLISECONDS(1));
}

FL_TEST(outside_of_the_loop_errors_say_how_to_start, .plain = true)
{
    fl_error *e = fl_expect_raises(FL_PROGRAMMING_ERROR, spawn_outside, NULL);
    fl_expect_contains(e->message, "fl_run()");
    e = fl_expect_raises(FL_PROGRAMMING_ERROR, sleep_outside, NULL);
    fl_expect_contains(e->message, "fl_run()");
    fl_expect_text(fl_fiber_name(NULL), "main");
    fl_expect(fl_fiber_here() == NULL);
}

static void count_up(void *data) { ++*(int *)data; }

static void start_many(void *data)
{
    for (int i = 0; i < 10000; i++) {
        fl_spawn(count_up, data);
        if (i % 100 == 0)
            fl_yield();
    }
}

FL_TEST(ten_thousand_fibers_come_and_go, .plain = true)
{
    int count = 0;

    fl_expect_equal(fl_run(start_many, &count), 0);
    fl_expect_equal(count, 10000);
}

static void sleep_briefly(void *data)
{
    fl_sleep(FL_MILLISECONDS(20));
    ++*(int *)data;
}

enum { SLEEPERS = FL_TSAN ? 5000 : 20000 };          /* ThreadSanitizer knows no more fibers than that */

static void start_sleepers(void *data)
{
    for (int i = 0; i < SLEEPERS; i++)
        fl_spawn(sleep_briefly, data);
}

/* Its time is that of so many stacks. */
FL_TEST(many_fibers_sleep_at_once, .plain = true, .no_torture = true)
{
    int woken = 0;

    fl_expect_equal(fl_run(start_sleepers, &woken), 0);
    fl_expect_equal(woken, SLEEPERS);
}

static void spawn_one(void *data) { fl_join(fl_spawn_joinable(count_up, data)); }

/* It moves fl_heap_fail itself. */
FL_TEST(without_memory_for_a_stack_spawning_raises, .no_torture = true)
{
    static int count;                                /* fibers outlive this function */

    fl_expect(fl_protect(spawn_one, &count) == NULL);
    for (int i = 0; i < 70; i++)                     /* past the first slab of stacks */
        fl_spawn(sleep_briefly, &count);
    fl_heap_fail(1, true);
    fl_error *error = NULL;
    for (int i = 0; i < 200 && error == NULL; i++)
        error = fl_protect(spawn_outside, NULL);
    fl_heap_fail(0, false);
    fl_expect(fl_error_is(error, FL_OUT_OF_MEMORY));
}
