/* The runner: reads its command line, runs what it picks, tells what came of it. */
#include <sys/random.h>
#include <time.h>
#include <unistd.h>
#include "test/plan.h"

double fl_seconds_now(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static unsigned long long random_seed(void)
{
    uint32_t seed = 1;                               /* short, since people type it */

    (void)!getrandom(&seed, sizeof seed, 0);
    return seed % 1000000;
}

static bool read_settings(fl_settings *s, int count, char **arguments, int *ret_status)
{
    const fl_option options[] = {
        { "--filter", "TEXT", "those whose name contains it; =NAME: only it; several: any", FL_OPTION_FILTER, &s->filters, 0 },
        { "--list", NULL, "the names, and run nothing", FL_OPTION_FLAG, &s->list, 0 },
        { "--seed", "N", "the order of an earlier run", FL_OPTION_COUNT, &s->seed, 0 },
        { "--jobs", "N", "how many at once (the processors)", FL_OPTION_COUNT, &s->jobs, 1 },
        { "--no-fork", NULL, "all in this process, in order: for debuggers", FL_OPTION_FLAG, &s->no_fork, 0 },
        { "--repeat", "N", "each so many times", FL_OPTION_COUNT, &s->repeat, 1 },
        { "--timeout", "S", "seconds for each test (30)", FL_OPTION_NUMBER, &s->timeout, 0 },
        { "--junit", "FILE", "a report in JUnit's XML", FL_OPTION_TEXT, &s->junit, 0 },
        { "--torture", NULL, "each again and again, failing its 1st, 2nd, 3rd … allocation", FL_OPTION_FLAG, &s->torture, 0 },
        { "--torture-limit", "N", "at most so many allocations (500)", FL_OPTION_COUNT, &s->torture_limit, 1 },
        { "--fail-allocation", "N", "once, failing this allocation", FL_OPTION_COUNT, &s->fail_allocation, 1 },
        { "--verbose", NULL, "passed tests too, with their output", FL_OPTION_FLAG, &s->verbose, 0 },
    };

    if (!fl_options_read(options, FL_LENGTH(options), count, arguments, ret_status))
        return false;
    if (s->torture && (s->no_fork || s->fail_allocation > 0)) {
        fprintf(stderr, "%s: --torture goes neither with --no-fork nor with --fail-allocation\n", arguments[0]);
        return false;
    }
    return true;
}

static int run(const fl_settings *settings, fl_plan *plan)
{
    double began = fl_seconds_now();

    fl_results_begin(settings, plan);
    if (settings->no_fork)
        fl_run_here(settings, plan);
    else
        fl_run_in_processes(settings, plan);
    plan->seconds = fl_seconds_now() - began;
    int code = settings->junit == NULL ? 0 : fl_junit_write(settings, plan);
    if (code < 0)
        fprintf(stderr, "%s: %s: %s\n", settings->program, settings->junit, fl_code_text(code));
    return fl_results_end(settings, plan) != 0 || code < 0;
}

int fl_test_main(int count, char **arguments)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    fl_settings settings = { .program = arguments[0],
                             .seed = random_seed(),
                             .jobs = processors < 1 ? 1 : (unsigned)processors,
                             .repeat = 1,
                             .torture_limit = 500,
                             .timeout = 30 };
    int status;

    if (!read_settings(&settings, count, arguments, &status))
        return status;
    fl_arena *arena = fl_arena_new("runner", FL_NO_LIMIT), *before = fl_arena_set_here(arena);
    fl_plan plan = fl_plan_make(&settings);
    if (settings.list) {
        for (size_t i = 0; i < plan.count; i++)
            printf("%s\n", plan.turns[i].name);
        status = 0;
    } else {
        status = run(&settings, &plan);
    }
    fl_arena_set_here(before);
    fl_arena_free(arena);
    return status;
}
