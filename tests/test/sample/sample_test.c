/* Tests for the tests of the runner: each does one thing that a runner must tell. They are a program of their own. */
#include <errno.h>
#include <fcntl.h>
#include <fleche/heap.h>
#include <fleche/log.h>
#include <fleche/test.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

FL_TEST(passes) { fl_expect_equal(1 + 1, 2); }
FL_TEST(passes_too) { printf("said by a test that passes\n"); }

FL_TEST(compares_numbers)
{
    int answer = 41;

    printf("before the failure\n");
    fl_expect_equal(answer, 42);
    printf("never reached\n");
}

FL_TEST(compares_long_texts)
{
    char *a = fl_text("%080d\n%080d", 1, 2), *b = fl_text("%080d\n%080d", 1, 3);

    fl_expect_text(a, b);
}

FL_TEST(compares_bytes) { fl_expect_bytes(fl_lit("a\0\xff"), fl_lit("a\0b")); }
FL_TEST(compares_with_null) { fl_expect_text(NULL, "text"); }
FL_TEST(wants_a_part) { fl_expect_contains("all <there> & \001is", "more"); }
FL_TEST(wants_success) { fl_expect_ok(-ENOENT); }
FL_TEST(wants_to_be_near) { fl_expect_near(1.0, 2.0, 0.5); }

static void raise_not_found(void *data) { fl_raise(FL_NOT_FOUND, "no %s", data == NULL ? "article" : (const char *)data); }
static void do_nothing(void *data) { (void)data; }
FL_TEST(raises) { raise_not_found(NULL); }
FL_TEST(wants_an_error) { fl_expect_error(FL_CONFLICT, do_nothing, NULL); }
FL_TEST(wants_another_error) { fl_expect_error(FL_CONFLICT, raise_not_found, "article"); }

static void fail(void *data) { (void)data, fl_fail("deep inside"); }
FL_TEST(swallows_a_failure) { (void)!fl_protect(fail, NULL); }

static void say_so(void *data) { (void)data, printf("deferred runs\n"); }
FL_TEST(defers)
{
    fl_defer(say_so, NULL);
    fl_fail("%s", "with a reason");
}

FL_TEST(skips) { fl_skip("needs %s", "a moon"); }
FL_TEST(crashes) { raise(SIGSEGV); }
FL_TEST(exits) { exit(0); }
FL_TEST(aborts_by_design, .expect_signal = SIGABRT) { abort(); }
FL_TEST(exits_by_design, .expect_exit = 3, .leaks_by_design = true) { exit(3); }
FL_TEST(should_have_aborted, .expect_signal = SIGABRT) {}

FL_TEST(hangs_with_a_child, .timeout = 0.3)
{
    pid_t child = fork();

    if (child == 0)
        for (;;)
            (void)pause();
    printf("child %d\n", child);
    for (;;)
        (void)pause();
}

FL_TEST(leaks_a_descriptor) { (void)!open("/dev/null", O_RDONLY); }
FL_TEST(leaks_an_arena) { (void)fl_arena_new("lost", FL_NO_LIMIT); }
FL_TEST(leaks_by_design, .leaks_by_design = true) { (void)fl_arena_new("lost", FL_NO_LIMIT); }
FL_TEST(takes_too_much, .arena_budget = 10000) { (void)fl_alloc(20000); }
FL_TEST(writes_much)
{
    for (int i = 0; i < 30000; i++)
        printf("line %d of very many lines that nobody will ever read\n", i);
    fl_fail("after all");
}

typedef struct { int n; } number;
static const number numbers[] = { { 1 }, { 2 }, { 3 } };
static void check_odd(const void *row)
{
    const number *at = row;

    if (at->n == 2)
        fl_expect_equal(at->n % 2, 1);
    fl_label("the number %d", at->n);
    fl_expect(at->n != 3);
}
FL_TEST(has_a_table)
{
    fl_table(numbers, check_odd);
    printf("behind the table\n");
}

static void inner(void *data) { (void)data, fl_fail("in here"); }
static void outer(void *data) { fl_subtest("inner", inner, data); }
FL_TEST(has_parts) { fl_subtest("outer", outer, NULL); }

FL_TEST(keeps_within_its_budgets)
{
    fl_expect_arena (200) {
        (void)fl_alloc(100);
    }
    fl_expect_allocations (1) {
        fl_heap_free(fl_heap_alloc(10));
    }
}
FL_TEST(allocates_too_often)
{
    fl_expect_allocations (1)
        for (int i = 0; i < 3; i++)
            fl_heap_free(fl_heap_alloc(10));
}

/* -- torture ------------------------------------------------------------------------------------------------------------- */
static void *or_raise(void *block)
{
    if (block == NULL)
        fl_raise(FL_OUT_OF_MEMORY, "no block");
    return block;
}

FL_TEST(survives_torture)
{
    for (int i = 0; i < 5; i++) {
        void *block = or_raise(fl_heap_alloc(10));
        fl_defer(fl_heap_free, block);
    }
    (void)fl_alloc(100);
}

FL_TEST(forgets_a_check)
{
    (void)fl_alloc(100);
    char *second = fl_heap_alloc(10);
    *(volatile char *)second = 1;
    fl_heap_free(second);
}

FL_TEST(loses_an_arena_without_memory)
{
    fl_arena *arena = fl_arena_new("lost", FL_NO_LIMIT);

    fl_heap_free(or_raise(fl_heap_alloc(10)));
    fl_arena_free(arena);
}

FL_TEST(mistakes_want_of_memory)
{
    void *block = fl_heap_alloc(10);

    if (block == NULL)
        fl_raise(FL_NOT_FOUND, "no such thing");
    fl_heap_free(block);
}

FL_TEST(crashes_at_exit_without_memory)
{
    void *block = fl_heap_alloc(10);

    if (block == NULL)
        (void)atexit(abort);
    fl_heap_free(or_raise(block));
}

static void forget_a_check(void *data)
{
    (void)data;
    char *block = fl_heap_alloc(10);
    *(volatile char *)block = 1;
    fl_heap_free(block);
}

FL_TEST(leaves_a_fiber_that_forgets_a_check) { fl_spawn(forget_a_check, NULL); }

FL_TEST(gives_up_without_memory)
{
    void *block = fl_heap_alloc(10);

    if (block == NULL)
        fl_skip("no memory");
    fl_heap_free(block);
    forget_a_check(NULL);
}

FL_TEST(is_not_for_torture, .no_torture = true) { *(volatile char *)fl_heap_alloc(1) = 1; }

/* -- places -------------------------------------------------------------------------------------------------------------- */
FL_TEST(leaves_files)
{
    const char *directory = fl_test_directory();
    FILE *file = fopen(fl_text("%s/file", directory), "w");

    fl_expect(file != NULL);
    (void)fclose(file);
    printf("directory %s\n", directory);
    raise(SIGKILL);
}

FL_TEST(logs)
{
    fl_log(FL_WARNING, "shop.cart", "%d articles left", 7);
    fl_expect_contains(fl_test_logged(), "WARNING shop.cart: 7 articles left\n");
    fl_fail("it was logged");
}

int main(int count, char **arguments) { return fl_test_main(count, arguments); }
