/* The runner's side: which tests run, how, and what came of them. */
#pragma once
#include <fleche/test.h>
#include "test/record.h"
#include "test/settings.h"

typedef struct fl_settings {
    const char *program;
    fl_filters filters;
    unsigned long long seed, jobs, repeat, torture_limit, fail_allocation;
    double timeout;
    const char *junit;
    bool list, no_fork, torture, verbose;
} fl_settings;

typedef enum fl_outcome { FL_PASSED, FL_FAILED, FL_SKIPPED } fl_outcome;

typedef struct fl_turn {                         /* one test once, or in a torture as often as it takes */
    const fl_test *test;
    const char *name;                            /* "arena.grows" */
    size_t nth;                                  /* the allocation to fail; 0: none */
    double seconds;
    fl_outcome outcome;
    fl_str text;                                 /* why it failed or was skipped */
    fl_str output;                               /* what it wrote; kept only where a report will have it */
    size_t dropped;                              /* bytes of output beyond what is kept */
} fl_turn;

typedef struct fl_plan {
    fl_turn *turns;
    size_t count, done;
    size_t outcomes[3];
    double seconds;
} fl_plan;

/* Selected and in order: as in the files with --no-fork and --list, else shuffled by the seed. In the current arena. */
fl_plan fl_plan_make(const fl_settings *settings);

void fl_run_in_processes(const fl_settings *settings, fl_plan *plan);
void fl_run_here(const fl_settings *settings, fl_plan *plan);        /* in this process, one after the other */

/* What a process's end means: sets the turn's outcome and text. `status` is that of waitpid(). */
typedef struct fl_end { int status; bool timed_out; double timeout; } fl_end;
void fl_judge(fl_turn *turn, const fl_record *record, fl_end end);

/* fl_torture_forgive makes a pass of a turn that only failed for want of the memory it was denied; fl_torture_goes_on is whether
 * the next allocation is to be tried. */
void fl_torture_forgive(fl_turn *turn, const fl_record *record, fl_end end);
bool fl_torture_goes_on(const fl_settings *settings, const fl_turn *turn, const fl_record *record);

void fl_results_begin(const fl_settings *settings, const fl_plan *plan);
void fl_results_add(const fl_settings *settings, fl_plan *plan, fl_turn *turn);      /* counts and tells it */
int fl_results_end(const fl_settings *settings, const fl_plan *plan);                  /* the exit status */
int fl_junit_write(const fl_settings *settings, const fl_plan *plan);                  /* 0, or a code */

double fl_seconds_now(void);                     /* of a clock that only goes forward */
