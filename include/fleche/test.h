/* Tests: functions that describe themselves, found without a list.
 *
 *     FL_TEST(adds_two_numbers)
 *     {
 *         fl_expect_equal(1 + 1, 2);                               // prints both sides when they differ
 *         fl_expect_text(fl_text("%d", 7), "7");
 *     }
 *     FL_TEST(refuses_a_letter, .timeout = 5)
 *     {
 *         fl_error *e = fl_expect_raises(FL_VALUE_ERROR, parse, "x");     // parse(void *data)
 *         fl_expect_contains(e->message, "x");
 *     }
 *     int main(int count, char **arguments) { return fl_test_main(count, arguments); }
 *
 * A test is named file.function: tests/arena_test.c and FL_TEST(grows) are arena.grows. Each runs in a process and on a fiber of
 * its own, with a fresh arena, in random order, as many at once as there are processors. A failed expectation ends its test.
 * Descriptors, arenas and (under ASan) memory left behind fail it, too.
 *
 *     --filter TEXT    only those whose name contains it; =NAME: that one (several: any)     --list    names only
 *     --seed N         the order of an earlier run                        --jobs N        how many at once
 *     --no-fork        all in this process, in order: for debuggers       --repeat N      each so many times
 *     --timeout S      for each test (30; .timeout overrides)             --junit FILE    a report in JUnit's XML
 *     --torture        rerun each test failing its 1st, 2nd, 3rd … allocation until none is left to fail (--torture-limit N: 500)
 *     --fail-allocation N   once, failing that one                        --verbose       passed tests too, with their output
 *
 * The last line is "N passed, N failed, N skipped"; the exit status 1 if any failed or none ran, 2 for a wrong command line. */
#pragma once
#include "base.h"
#include "fiber.h"

typedef struct fl_test_options {
    double timeout;                              /* seconds; 0: the runner's. Four times as many under ASan, 20 under valgrind */
    bool plain;                                  /* on the process's own stack, outside the loop */
    bool no_torture;                             /* not rerun with failing allocations (says why in a comment beside it) */
    bool leaks_by_design;                        /* arenas, descriptors and memory may be left: it ends by a crash or an exit */
    int expect_signal, expect_exit;              /* the test process must end so: for what is fatal by design */
    size_t arena_budget;                         /* most bytes its arena may take; 0: no limit */
} fl_test_options;
typedef struct fl_test { const char *name, *file; int line; void (*run)(void); fl_test_options options; } fl_test;

#define FL_REGISTER_TEST(id, fn, ...) \
    static const fl_test id##_test = { #id, __FILE__, __LINE__, fn, { __VA_ARGS__ } }; \
    static const fl_test *const id##_entry __attribute__((used, retain, section("fl_tests"))) = &id##_test
#define FL_TEST(id, ...) static void id(void); FL_REGISTER_TEST(id, id, __VA_ARGS__); static void id(void)
/* FL_TEST_WITH(articles, name) { … t->user … }: articles is a struct type, articles_setup(articles *t) fills it before each test. */
#define FL_TEST_WITH(fixture, id, ...) static void id(fixture *t); \
    static void id##_run(void) { fixture t = { 0 }; fixture##_setup(&t); id(&t); } \
    FL_REGISTER_TEST(id, id##_run, __VA_ARGS__); static void id(FL_UNUSED fixture *t)

int fl_test_main(int count, char **arguments);

/* -- expectations: each ends the test when it does not hold ----------------------------------------------------------------- */
#define fl_expect(condition)       fl_expect_(!!(condition), #condition, __FILE__, __LINE__)
#define fl_expect_equal(a, b)      fl_expect_equal_(fl_box(a), fl_box(b), #a, #b, __FILE__, __LINE__)
#define fl_expect_differs(a, b)    fl_expect_differs_(fl_box(a), fl_box(b), #a, #b, __FILE__, __LINE__)
#define fl_expect_text(a, b)       fl_expect_text_(a, b, #a, #b, __FILE__, __LINE__)            /* C strings; shows the first difference */
#define fl_expect_bytes(a, b)      fl_expect_bytes_(a, b, #a, #b, __FILE__, __LINE__)           /* fl_str; in hex where not printable */
#define fl_expect_same(a, b)       fl_expect_same_(a, b, #a, #b, __FILE__, __LINE__)            /* pointers */
#define fl_expect_contains(text, part) fl_expect_contains_(text, part, #text, __FILE__, __LINE__)
#define fl_expect_near(a, b, by)   fl_expect_near_(a, b, by, #a, #b, __FILE__, __LINE__)
#define fl_expect_ok(code)         fl_expect_ok_(code, #code, __FILE__, __LINE__)               /* 0 or more; shows the code's text */
/* fl_expect_raises gives the error, so that its message can be looked at. */
#define fl_expect_raises(Class, run, data) fl_expect_raises_(&(Class), run, (void *)(data), #run, __FILE__, __LINE__)
#define fl_expect_error(Class, run, data) ((void)fl_expect_raises(Class, run, data))
#define fl_fail(...)               fl_fail_(__FILE__, __LINE__, __VA_ARGS__)
#define fl_skip(...)               fl_skip_(__VA_ARGS__)                                          /* ends the test as skipped, with why */

void fl_expect_(bool ok, const char *text, const char *file, int line);
void fl_expect_equal_(fl_value a, fl_value b, const char *a_text, const char *b_text, const char *file, int line);
void fl_expect_differs_(fl_value a, fl_value b, const char *a_text, const char *b_text, const char *file, int line);
void fl_expect_text_(const char *a, const char *b, const char *a_text, const char *b_text, const char *file, int line);
void fl_expect_bytes_(fl_str a, fl_str b, const char *a_text, const char *b_text, const char *file, int line);
void fl_expect_same_(const void *a, const void *b, const char *a_text, const char *b_text, const char *file, int line);
void fl_expect_contains_(const char *text, const char *part, const char *expression, const char *file, int line);
void fl_expect_near_(double a, double b, double by, const char *a_text, const char *b_text, const char *file, int line);
void fl_expect_ok_(long long code, const char *text, const char *file, int line);
fl_error *fl_expect_raises_(const fl_error_class *is, void (*run)(void *), void *data, const char *text, const char *file, int line);
_Noreturn void fl_fail_(const char *file, int line, const char *format, ...) FL_PRINTF(3, 4);
_Noreturn void fl_skip_(const char *format, ...) FL_PRINTF(1, 2);

/* -- tables and parts: a failure inside names its part and is noted; the test goes on behind it, and has then failed ------------ */
/*     static const struct { int year; bool leap; } years[] = { { 2000, true }, { 1900, false } };
 *     static void check_year(const void *row) { const year *y = row; fl_label("year %d", y->year); fl_expect_equal(…); }
 *     FL_TEST(leap_years) { fl_table(years, check_year); } */
#define fl_table(rows, run) fl_table_(rows, sizeof *(rows), FL_LENGTH(rows), run, #rows)
void fl_table_(const void *rows, size_t row, size_t n, void (*run)(const void *row), const char *text);
void fl_subtest(const char *name, void (*run)(void *data), void *data);
void fl_label(const char *format, ...) FL_PRINTF(1, 2);         /* what failures of this part are about */

/* -- budgets ------------------------------------------------------------------------------------------------------------------- */
/* fl_expect_allocations(n) { … }: the block takes at most n allocations from the heap; fl_expect_arena(bytes) { … }: at most so many
 * bytes from the current arena. Not judged under ASan, whose gaps take memory, nor if the block is left by break or goto. */
typedef struct { const char *file; int line; size_t before, budget; bool arena; } fl_test_budget_;
fl_test_budget_ fl_budget_enter_(size_t budget, bool arena, const char *file, int line);
void fl_budget_leave_(fl_test_budget_ *budget);
#define FL_BUDGET_(n, arena_) \
    for (fl_test_budget_ fl_budget_ = fl_budget_enter_(n, arena_, __FILE__, __LINE__), *fl_budget_once_ = &fl_budget_; \
         fl_budget_once_ != NULL; fl_budget_leave_(fl_budget_once_), fl_budget_once_ = NULL)
#define fl_expect_allocations(n) FL_BUDGET_(n, false)
#define fl_expect_arena(bytes)   FL_BUDGET_(bytes, true)

/* -- what was logged and printed ---------------------------------------------------------------------------------------------------- */
const char *fl_test_logged(void);                /* the log of this test so far: "WARNING blog.import: row 7 …", a line each */
const char *fl_test_file(const char *path);      /* a path below tests/, or below $FLECHE_TESTS; in the current arena */
const char *fl_test_directory(void);             /* this test's temporary directory, made when it first asks, removed after it */
int fl_test_open_files(void);                    /* descriptors open in this process */
