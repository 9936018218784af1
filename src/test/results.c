/* Telling results: failures at once and whole, the rest in one line that is overwritten, and nothing of that into a file. */
#include <unistd.h>
#include "test/plan.h"

static bool is_terminal(void) { return isatty(STDOUT_FILENO) == 1; }

void fl_results_begin(const fl_settings *settings, const fl_plan *plan)
{
    if (settings->no_fork)
        printf("%zu tests, in order\n", plan->count);
    else
        printf("%zu tests, seed %llu, %llu at once\n", plan->count, settings->seed, settings->jobs);
}

static void print_output(const fl_turn *turn)
{
    if (turn->output.size == 0)
        return;
    printf("-- output --\n%.*s", FL_SHOW(turn->output));
    if (turn->output.data[turn->output.size - 1] != '\n')
        printf("\n");
    if (turn->dropped > 0)
        printf("-- and %zu more bytes --\n", turn->dropped);
}

static void print_failure(const fl_settings *settings, const fl_turn *turn)
{
    printf("FAILED %s (%.3f s)\n%.*s", turn->name, turn->seconds, FL_SHOW(turn->text));
    print_output(turn);
    printf("-- again: %s --filter =%s --seed %llu", settings->program, turn->name, settings->seed);
    if (turn->nth > 0)
        printf(" --fail-allocation %zu", turn->nth);
    printf("\n\n");
}

void fl_results_add(const fl_settings *settings, fl_plan *plan, fl_turn *turn)
{
    plan->done++;
    plan->outcomes[turn->outcome]++;
    if (is_terminal())
        printf("\r\033[K");
    if (turn->outcome == FL_FAILED) {
        print_failure(settings, turn);
    } else if (settings->verbose) {
        printf("%s %s (%.3f s)", turn->outcome == FL_PASSED ? "passed" : "skipped", turn->name, turn->seconds);
        if (settings->torture)
            printf(", %zu allocations failed", turn->nth - 1);
        printf("\n");
        print_output(turn);
    }
    if (is_terminal())
        printf("%zu/%zu", plan->done, plan->count);
    (void)fflush(stdout);
}

static void list(const fl_plan *plan, fl_outcome outcome, const char *word)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->turns[i].outcome == outcome)
            printf("%s %s%s%.*s\n", word, plan->turns[i].name, outcome == FL_SKIPPED ? ": " : "",
                   outcome == FL_SKIPPED ? (int)plan->turns[i].text.size : 0, plan->turns[i].text.data);
}

int fl_results_end(const fl_settings *settings, const fl_plan *plan)
{
    const size_t *n = plan->outcomes;

    if (is_terminal())
        printf("\r\033[K");
    list(plan, FL_SKIPPED, "skipped");
    if (n[FL_FAILED] > 1)
        list(plan, FL_FAILED, "failed");
    if (plan->count == 0)
        printf(settings->filters.count > 0 ? "no test has such a name\n" : "there are no tests\n");
    printf("%zu passed, %zu failed, %zu skipped\n", n[FL_PASSED], n[FL_FAILED], n[FL_SKIPPED]);
    return n[FL_FAILED] > 0 || n[FL_PASSED] + n[FL_SKIPPED] == 0;
}
