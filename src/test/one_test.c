/* One test, in the process that is its own: an arena, a fiber, the body, and then what it left behind. */
#include <fleche/heap.h>
#include "base/unwind.h"
#include "test/record.h"
#include "test/sanitizer.h"

typedef struct attempt { const fl_test *test; size_t nth; fl_arena *arena; } attempt;

static void call_test(void *data) { ((const fl_test *)data)->run(); }

static void body(void *data)
{
    const attempt *a = data;
    fl_arena *before = fl_arena_set_here(a->arena);

    fl_heap_fail(a->nth, false);
    fl_heap_failing_ = fl_test_note_heap;            /* until the test itself makes some fail */
    fl_error *error = fl_protect(call_test, (void *)a->test);
    fl_arena_set_here(before);                       /* the test's may be full, and this is about to tell so */
    if (error != NULL)
        fl_test_note_error(error);
}

/* A body runs on the first fiber of a loop. A first loop leaves libuv's pipe for signals open for good, so one is begun before
 * anything is counted. An error of a fiber that nobody joins fails the test. */
static void nothing(void *data) { (void)data; }

static void note_lost_error(const fl_error *error, const char *fiber)
{
    (void)fiber;
    fl_test_note_error(error);
}

static void begin_fibers(void)
{
    (void)fl_run(nothing, NULL);
    fl_on_lost_error(note_lost_error);
}

static void run_body(attempt *a)
{
    if (a->test->options.plain)
        body(a);
    else if (fl_run(body, a) != 0)
        fl_test_note(FL_FLAW_ERROR, NULL, 0, fl_lit("its loop failed"));
    fl_heap_fail(0, false);                          /* not before: its other fibers may outlive the body */
}

static void expect_nothing_left(int files, size_t arenas)
{
    char text[200];
    int more_files = fl_test_open_files() - files;
    long more_arenas = (long)(fl_arena_live() - arenas);

    if (more_files != 0) {
        (void)snprintf(text, sizeof text, "%d descriptors are open that were not before the test", more_files);
        fl_test_note(FL_FLAW_LEAK, NULL, 0, fl_str_of(text));
    }
    if (more_arenas != 0) {
        (void)snprintf(text, sizeof text, "%ld arenas were made and not freed", more_arenas);
        fl_test_note(FL_FLAW_LEAK, NULL, 0, fl_str_of(text));
    }
    fl_arena_pool_end_();                            /* a pooled arena is poisoned, and its chunk would look lost */
    if (fl_sanitizer_leaks())
        fl_test_note(FL_FLAW_LEAK, NULL, 0, fl_lit("memory was leaked: the output has the sanitizer's report"));
}

void fl_test_run_one(const fl_test *test, size_t nth, fl_record *record)
{
    const fl_test_options *options = &test->options;
    attempt a = { .test = test, .nth = nth };

    fl_record_begin(record);
    fl_test_log_begin();
    fl_backtraces(true);
    begin_fibers();                                  /* for plain tests too: they may run loops of their own */
    (void)fl_arena_here();                           /* the thread's own is no leak of the test's */
    fl_arena_pool_end_();                            /* the runner's: the n-th allocation is the same one in every run */
    int files = fl_test_open_files();
    size_t arenas = fl_arena_live();
    unsigned findings = fl_sanitizer_findings();

    a.arena = fl_arena_new("test", options->arena_budget == 0 ? FL_NO_LIMIT : options->arena_budget);
    run_body(&a);
    fl_arena_free(a.arena);
    /* A failed test was cut short, and what it had not yet given back would only hide why. A torture asks just that. */
    if (!options->leaks_by_design && (record->flaws == 0 || nth > 0))
        expect_nothing_left(files, arenas);
    if (fl_sanitizer_findings() != findings)
        fl_test_note(FL_FLAW_LEAK, NULL, 0, fl_lit("valgrind found errors: the output has its report"));
    record->ended = true;
}
