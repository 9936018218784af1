/* fl_raise, fl_protect, fl_defer. */
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "helpers.h"

static char order[64];
static void note(void *data) { strcat(order, data); }
static void nothing(void *data) { (void)data; }
static void refuse(void *data) { fl_raise(FL_CONFLICT, "%s is taken", (const char *)data); }

FL_TEST(protect_gives_what_was_raised)
{
    fl_expect(fl_protect(nothing, NULL) == NULL);
    fl_error *e = fl_protect(refuse, (void *)"the name");
    fl_expect_text(e->message, "the name is taken");
    fl_expect_same(e->is, &FL_CONFLICT);
    fl_expect_contains(e->file, "raise_test.c");
    fl_expect(e->line > 0 && e->cause == NULL && e->suppressed == NULL && e->code == 0);
}

/* -- locals ------------------------------------------------------------------------------------------------------------------ */

typedef struct import { int rows, failed; } import;

static void import_rows(void *data)
{
    import *i = data;

    for (; i->rows < 10; i->rows++)
        if (i->rows == 7)
            fl_raise(FL_VALUE_ERROR, "row %d", i->rows);
}

FL_TEST(what_changes_inside_is_seen_outside)
{
import i = { 0 };

    if (fl_protect(import_rows, &i) != NULL)
        i.failed++;
    fl_expect_equal(i.rows, 7);
    fl_expect_equal(i.failed, 1);
    i.rows++;
    fl_expect(fl_protect(import_rows, &i) == NULL);
    fl_expect_equal(i.rows, 10);
}

static void clean_up(char **name) { note(*name); }

static void hold_two_things(void *data)
{
    char *by_attribute __attribute__((cleanup(clean_up), unused)) = (char *)"attribute ";

    fl_defer(note, (void *)"deferred ");
    if (data != NULL)
        fl_raise(FL_VALUE_ERROR, "no");
}

FL_TEST(an_error_passes_the_cleanup_attribute_but_not_defer)
{
    fl_expect_error(FL_VALUE_ERROR, hold_two_things, order);
    fl_expect_text(order, "deferred ");
    hold_two_things(NULL);
    fl_expect_text(order, "deferred attribute ");
}

/* -- deferring --------------------------------------------------------------------------------------------------------------- */

static void defer_three(void *data)
{
    fl_defer(note, (void *)"a");
    fl_defer(note, (void *)"b");
    fl_defer(note, (void *)"c");
    if (data != NULL)
        fl_raise(FL_CONFLICT, "no");
    note((void *)"|");
}

FL_TEST(the_last_deferred_runs_first)
{
    fl_expect(fl_protect(defer_three, NULL) == NULL);
    fl_expect_text(order, "|cba");
    order[0] = '\0';
    fl_expect_error(FL_CONFLICT, defer_three, order);
    fl_expect_text(order, "cba");
}

static void protect_inside(void *data)
{
    fl_defer(note, (void *)"outer");
    fl_expect_error(FL_CONFLICT, defer_three, data);
    note((void *)"|");
}

FL_TEST(a_protected_call_runs_only_its_own)
{
    fl_expect(fl_protect(protect_inside, order) == NULL);
    fl_expect_text(order, "cba|outer");
}

static void defer_more(void *data)
{
    fl_defer(note, (void *)"from inside ");
    note(data);
}

static void defer_what_defers(void *data)
{
    (void)data;
    fl_defer(note, (void *)"last");
    fl_defer(defer_more, (void *)"outer ");
    fl_raise(FL_CONFLICT, "no");
}

FL_TEST(a_deferred_function_may_defer)
{
    fl_expect_error(FL_CONFLICT, defer_what_defers, NULL);
    fl_expect_text(order, "outer from inside last");
}

static void count_up(void *data) { ++*(int *)data; }

static void defer_a_thousand(void *data)
{
    for (int i = 0; i < 1000; i++)
        fl_defer(count_up, data);
    fl_raise(FL_CONFLICT, "no");
}

FL_TEST(any_number_may_be_deferred)
{
    int ran = 0;

    fl_expect_error(FL_CONFLICT, defer_a_thousand, &ran);
    fl_expect_equal(ran, 1000);
}

static void take_back(void *data)
{
    fl_expect(!fl_undefer(note, data));              /* deferred outside of this call */
    fl_defer(note, data);
    fl_defer(note, (void *)"b");
    fl_defer(note, data);
    fl_defer(note, (void *)"c");
    fl_expect(fl_undefer(note, data));
    fl_expect(!fl_undefer(nothing, data));
}

FL_TEST(undefer_takes_the_newest_back)
{
    static char a[] = "a";

    fl_defer(note, a);
    fl_expect(!fl_undefer(note, order));
    fl_expect(fl_protect(take_back, a) == NULL);
    fl_expect_text(order, "cba");
    fl_expect(fl_undefer(note, a));
    fl_expect(!fl_undefer(note, a));
}

/* -- errors while errors unwind ---------------------------------------------------------------------------------------------- */

static void raise_while_unwinding(void *data)
{
    fl_defer(note, (void *)"ran");
    fl_defer(refuse, (void *)"second");
    fl_defer(refuse, (void *)"first");
    if (data != NULL)
        fl_raise(FL_VALUE_ERROR, "the real one");
}

FL_TEST(errors_of_deferred_functions_are_suppressed_ones)
{
    fl_error *e = fl_expect_raises(FL_VALUE_ERROR, raise_while_unwinding, order);

    fl_expect_text(e->suppressed->message, "first is taken");
    fl_expect_text(e->suppressed->suppressed->message, "second is taken");
    fl_expect(e->suppressed->suppressed->suppressed == NULL);
    fl_expect_text(order, "ran");
}

FL_TEST(without_an_error_a_deferred_one_is_the_error)
{
    fl_error *e = fl_expect_raises(FL_CONFLICT, raise_while_unwinding, NULL);

    fl_expect_text(e->message, "first is taken");
    fl_expect_text(e->suppressed->message, "second is taken");
    fl_expect_text(order, "ran");
}

static void catch_and_raise(void *data)
{
    fl_error *cause = fl_protect(refuse, data);
    fl_error *e = fl_error_new(FL_BAD_REQUEST, "cannot sign up");

    e->cause = cause;
    fl_reraise(e);
}

static void pass_on(void *data)
{
    fl_error *e = fl_protect(catch_and_raise, data);

    fl_expect(e != NULL);
    fl_reraise(e);
}

FL_TEST(reraising_keeps_place_and_cause)
{
    fl_error *direct = fl_expect_raises(FL_BAD_REQUEST, catch_and_raise, (void *)"ada");
    fl_error *e = fl_expect_raises(FL_BAD_REQUEST, pass_on, (void *)"ada");

    fl_expect_equal(e->line, direct->line);
    fl_expect_text(e->file, direct->file);
    fl_expect_text(e->message, "cannot sign up");
    fl_expect(e->cause != NULL);                     /* an error that is passed on without memory is without its cause */
    fl_expect_text(e->cause->message, "ada is taken");
}

/* -- nothing protects -------------------------------------------------------------------------------------------------------- */

static void *raise_unprotected(void *data)
{
    (void)data;
    fl_raise(FL_NOT_FOUND, "no article 7");
}

/* In a thread of a child: a fresh context, without the test's own protected call. */
static int status_of_thread(void *(*run)(void *), char *ret_output, size_t size)
{
    int ends[2], status;
    size_t count = 0;
    ssize_t n;

    fl_expect(pipe(ends) == 0);
    pid_t child = fork();
    if (child == 0) {
        pthread_t thread;
        (void)dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        _exit(pthread_create(&thread, NULL, run, NULL) == 0 && pthread_join(thread, NULL) == 0 ? 0 : 1);
    }
    close(ends[1]);
    while ((n = read(ends[0], ret_output + count, size - 1 - count)) > 0)
        count += (size_t)n;
    close(ends[0]);
    ret_output[count] = '\0';
    fl_expect(waitpid(child, &status, 0) == child);
    return status;
}

/* They fork. */
FL_TEST(an_unprotected_raise_ends_the_process_with_a_report, .no_torture = true)
{
    static char output[8192];
    int status = status_of_thread(raise_unprotected, output, sizeof output);

    fl_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    fl_expect_contains(output, "FL_NOT_FOUND: no article 7");
    fl_expect_contains(output, "raise_test.c:");
}

static void *raise_unprotected_without_memory(void *data)
{
    fl_heap_fail(1, true);
    return raise_unprotected(data);
}

FL_TEST(that_report_needs_no_memory, .no_torture = true)
{
    static char output[8192];
    int status = status_of_thread(raise_unprotected_without_memory, output, sizeof output);

    fl_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    fl_expect_contains(output, "FL_NOT_FOUND: no article 7");
}

/* -- without memory ---------------------------------------------------------------------------------------------------------- */

static void defer_twenty(void *data)
{
    int *open = data;

    for (int i = 0; i < 20; i++) {
        ++*open;
        fl_defer(count_up, open + 1);
    }
}

FL_TEST(what_cannot_be_deferred_runs_at_once)
{
    int opened_and_closed[2] = { 0, 0 };

    fl_expect(until_memory_suffices(defer_twenty, opened_and_closed, false) >= 2);
    fl_expect(until_memory_suffices(defer_twenty, opened_and_closed, true) == 0);    /* the stack of the deferred stays */
    fl_expect_equal(opened_and_closed[0], opened_and_closed[1]);
}

static void raise_long(void *data)
{
    (void)data;
    fl_raise(FL_NOT_FOUND, "%0300d is not there", 7);
}

FL_TEST(raising_without_memory_keeps_the_class_and_the_place)
{
    for (size_t nth = 1; nth < 5; nth++) {
        fl_arena *fresh = freed_later(fl_arena_new("fresh", FL_NO_LIMIT));
        (void)fl_arena_set_here(fresh);
        fl_heap_fail(nth, true);
        fl_error *e = fl_protect(raise_long, NULL);
        fl_heap_fail(0, false);
        fl_expect_same(e->is, &FL_NOT_FOUND);
        fl_expect_contains(e->message, "0000000");
        fl_expect_contains(e->file, "raise_test.c");
        (void)fl_arena_set_here(NULL);
        free_now(fresh);
    }
}

static void pass_on_without_memory(void *data)
{
    fl_error *e = fl_protect(refuse, data);

    e->hint = "a hint";
    fl_heap_fail(1, true);
    fl_reraise(e);
}

static void run_out_while_passing_on(void *data)
{
    (void)fl_arena_set_here(freed_later(fl_arena_new("full", FL_NO_LIMIT)));
    fl_error *e = fl_protect(pass_on_without_memory, data);
    fl_heap_fail(0, false);
    fl_expect_text(e->message, "the name is taken");
    fl_expect_same(e->is, &FL_CONFLICT);
}

FL_TEST(reraising_without_memory_keeps_the_error) { fl_expect(fl_protect(run_out_while_passing_on, (void *)"the name") == NULL); }

static void raise_out_of_memory(void *arena) { (void)fl_arena_alloc(arena, 1000); }

static void raise_ten_without_memory(void *arena)
{
    (void)fl_arena_set_here(arena);
    for (int i = 0; i < 10; i++)
        fl_defer(raise_out_of_memory, arena);
    raise_out_of_memory(arena);
}

static void catch_ten(void *arena)
{
    (void)fl_arena_set_here(arena);
    fl_error *e = fl_protect(raise_ten_without_memory, arena);
    fl_expect_same(e->is, &FL_MEMORY_LIMIT);
    size_t chain = 0;
    for (; e != NULL; e = e->suppressed)
        fl_expect(++chain <= 11);
}

FL_TEST(reserved_errors_never_form_a_circle)
{
    fl_error *e = fl_protect(catch_ten, freed_later(fl_arena_new("full", 10)));
    fl_expect(e == NULL);
}
