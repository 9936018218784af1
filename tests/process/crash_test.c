/* Faults: a NULL dereference in the application's own code is an error, everything else ends the process with a report. */
#include <fleche/offload.h>
#include <search.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#include "site.h"

/* The sanitizers would tell of these before the processor does. */
#define FAULTY __attribute__((no_sanitize("address", "undefined"))) static FL_NOINLINE
#if defined(__clang__)
#define WITHOUT_FRAME_POINTER
#else
#define WITHOUT_FRAME_POINTER __attribute__((optimize("omit-frame-pointer")))
#endif

static volatile int sink;
typedef struct large { char before[4000]; int member; } large;

FAULTY void read_null(void *data)
{
    const volatile int *volatile nothing = data;
    sink = *nothing;
}

FAULTY void write_null(void *data)
{
    volatile int *volatile nothing = data;
    *nothing = 1;
}

FAULTY void read_member_of_null(void *data)
{
    const volatile large *volatile nothing = data;
    sink = nothing->member;
}

FAULTY void call_null(void *data)
{
    void (*volatile nothing)(void *) = NULL;
    nothing(data);
    sink = 1;                                        /* not a jump instead of a call */
}

FAULTY WITHOUT_FRAME_POINTER void read_null_without_frame_pointer(void *data)
{
    volatile char frame[100];
    const volatile int *volatile nothing = data;

    frame[0] = 1;
    sink = *nothing + frame[0];
}

static void read_null_in_scope(void *data)
{
    fl_scope
        read_null(data);
}

/* -- what is survived -------------------------------------------------------------------------------------------------------- */

static const struct survived {
    const char *function;
    void (*run)(void *data);
} survived[] = {
    { "read_null", read_null },
    { "write_null", write_null },
    { "read_member_of_null", read_member_of_null },
    { "call_null", call_null },
    { "read_null_without_frame_pointer", read_null_without_frame_pointer },
    { "read_null_in_scope", read_null_in_scope },
};

static int faults, clean_ups;
static void count_fault(void) { faults++; }
static void count_clean_up(void *data)
{
    (void)data;
    clean_ups++;
}

typedef struct { void (*run)(void *data); char *allocated; } attempt;

FAULTY void cause(void *data)
{
    attempt *a = data;

    a->allocated = fl_text("%s", "before the fault");
    fl_defer(count_clean_up, NULL);
    a->run(NULL);
    sink = 1;
}

static void check_survived(const void *row)
{
    const struct survived *known = row;
    attempt a = { .run = known->run };
    const char *innermost = known->run == read_null_in_scope ? "read_null" : known->function;

    fl_label("%s", known->function);
    faults = clean_ups = 0;
    for (int i = 1; i <= 3; i++) {                   /* and can fault again */
        fl_error *error = fl_expect_raises(FL_NULL_DEREFERENCE, cause, &a);
        fl_expect_equal(clean_ups, i);
        fl_expect_equal(faults, i);
        fl_expect_text(a.allocated, "before the fault");
        const char *report = fl_error_report(error);
        fl_expect_contains(report, fl_text("#0 %s", innermost));
        fl_expect_contains(report, " cause");
        fl_expect_contains(report, "crash_test.c");
        fl_expect_equal(fl_error_status(error), 500);
    }
}

FL_TEST(null_in_own_code_becomes_an_error_in_its_fiber)
{
    fl_crash_guard(count_fault);
    fl_table(survived, check_survived);
}

FL_TEST(null_outside_of_fibers_is_an_error_too, .plain = true)
{
    fl_crash_guard(NULL);
    fl_error *error = fl_expect_raises(FL_NULL_DEREFERENCE, read_null, NULL);
    fl_expect_contains(error->message, "NULL was dereferenced");
}

static void fail_and_clean_up(void *data)
{
    fl_defer(count_clean_up, NULL);
    fl_defer(read_null, data);
    fl_defer(count_clean_up, NULL);
    fl_raise(FL_CONFLICT, "the first of two");
}

FL_TEST(null_in_a_deferred_function_stops_no_other)
{
    fl_crash_guard(NULL);
    clean_ups = 0;
    fl_error *error = fl_expect_raises(FL_CONFLICT, fail_and_clean_up, NULL);
    fl_expect_equal(clean_ups, 2);
    fl_expect(fl_error_is(error->suppressed, FL_NULL_DEREFERENCE));
    fl_expect_contains(fl_error_report(error), "read_null");
}

FL_TEST(null_on_the_thread_pool_comes_back_as_an_error)
{
    fl_crash_guard(NULL);
    for (int i = 0; i < 3; i++) {
        fl_error *error = fl_try_offload(read_null, NULL);
        fl_expect(fl_error_is(error, FL_NULL_DEREFERENCE));
        fl_expect_contains(fl_error_report(error), "read_null");
    }
}

/* -- what is not ------------------------------------------------------------------------------------------------------------- */

static void measure_null(void *data)
{
    size_t (*volatile length)(const char *) = strlen;
    sink = (int)length(data);
}

FAULTY int compare_badly(const void *a, const void *b)
{
    read_null(NULL);
    return a < b;
}

/* The C library calls the application: not qsort(), which clang's AddressSanitizer puts in place of the library's. */
static void search_badly(void *data)
{
    const int numbers[] = { 3, 1, 2 };
    size_t count = FL_LENGTH(numbers);

    (void)data;
    sink = lfind(numbers, numbers, &count, sizeof *numbers, compare_badly) != NULL;
}

FAULTY void follow_wild_pointer(void *data)
{
    const volatile int *volatile wild = (const volatile int *)(uintptr_t)0xdead0000;
    (void)data;
    sink = *wild;
}

FAULTY void follow_impossible_pointer(void *data)
{
    /* the processor tells no address of it */
    const volatile int *volatile impossible = (const volatile int *)(uintptr_t)0x4141414141414141;
    (void)data;
    sink = *impossible;
}

FAULTY void overflow_stack(void *data)
{
    volatile char frame[1000];

    frame[0] = 1;
    if (sink >= 0)
        overflow_stack(data);
    sink = frame[0];
}

static void give_up(void *data)
{
    (void)data;
    abort();
}

FAULTY void divide_by_zero(void *data)
{
    volatile int seven = 7, zero = data != NULL;
    sink = seven / zero;
}

static const struct deadly {
    const char *what, *function;
    int signal;
    void (*run)(void *data);
} deadly[] = {
    { "segmentation fault in the fiber 'tested', address 0x0", "measure_null", SIGSEGV, measure_null },
    { "segmentation fault in the fiber 'tested', address 0x0", "compare_badly", SIGSEGV, search_badly },
    { "segmentation fault in the fiber 'tested', address 0xdead0000", "follow_wild_pointer", SIGSEGV, follow_wild_pointer },
#if defined(__x86_64__)
    { "segmentation fault in the fiber 'tested'", "follow_impossible_pointer", SIGSEGV, follow_impossible_pointer },
    { "division by zero in the fiber 'tested'", "divide_by_zero", SIGFPE, divide_by_zero },
#endif
    { "stack overflow in the fiber 'tested'", "overflow_stack", SIGSEGV, overflow_stack },
    { "abort in the fiber 'tested'", "give_up", SIGABRT, give_up },
};

static void in_fiber(void *data)
{
    const struct deadly *d = data;

    fl_fiber_rename("tested");
    (void)!fl_protect(d->run, NULL);
}

static void run_deadly(void *data) { fl_join(fl_spawn_joinable(in_fiber, data)); }

static void check_deadly(const void *row)
{
    const struct deadly *d = row;
    char text[1 << 15] = "";
    int errors = memfd_create("stderr", MFD_CLOEXEC), pid = site_fork();

    fl_label("%s", d->function);
    if (pid == 0) {
        (void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0 });
        (void)dup2(errors, STDERR_FILENO);
        fl_crash_guard(NULL);
        _exit(fl_run(run_deadly, (void *)row));
    }
    int status = site_wait_exit(pid);
    (void)!pread(errors, text, sizeof text - 1, 0);
    (void)close(errors);
    fl_expect_contains(text, d->what);
    fl_expect_contains(text, d->function);
    fl_expect_contains(text, "crash_test.c");
    fl_expect_equal(status, 256 + d->signal);
}

FL_TEST(other_faults_end_the_process_with_a_report, .plain = true, .no_torture = true)      /* it would torture another process */
{
    fl_table(deadly, check_deadly);
}

/* -- in workers -------------------------------------------------------------------------------------------------------------- */

FL_TEST(a_worker_that_survived_finishes_and_is_replaced, .plain = true, .no_torture = true)  /* the same */
{
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 1 });
    int worker = site_ask_pid(s), slow = site_connect(s);

    site_send(slow, "slow");
    (void)site_ask(s, "who");
    const char *text = site_ask(s, "null");
    fl_expect_contains(text, "FL_NULL_DEREFERENCE");
    fl_expect_contains(text, "follow_null");
    fl_expect(site_ask_pid(s) != worker);            /* it takes no new ones */
    fl_expect_contains(site_receive(slow), fl_text("%d ", worker));
    fl_expect_equal(site_wait_for(s, FL_WORKER_RECYCLED).pid, worker);
    fl_supervisor_event ended = site_wait_for(s, FL_WORKER_ENDED);
    fl_expect_equal(ended.pid, worker);
    fl_expect_equal(ended.status, 0);
    fl_expect_equal(ended.signal, 0);
}

FL_TEST(a_worker_that_aborts_is_replaced_and_its_client_sees_it, .plain = true, .no_torture = true)  /* the same */
{
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 1 });
    int worker = site_ask_pid(s);

    fl_expect_text(site_ask(s, "abort"), "");
    fl_expect(site_ask_pid(s) != worker);
    fl_supervisor_event crashed = site_wait_for(s, FL_WORKER_CRASHED);
    fl_expect_equal(crashed.pid, worker);
    fl_expect_equal(crashed.signal, SIGABRT);
    fl_expect_contains(site_errors(s), "abort in the fiber 'crew'");
    fl_expect_contains(site_errors(s), "site.c");
}
