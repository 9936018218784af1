/* Benchmarks for the tests of the harness. */
#include <fleche/bench.h>
#include <time.h>
#include <unistd.h>

static volatile unsigned sum;

static void add(size_t n, unsigned steps)
{
    for (size_t i = 0; i < n * steps; i++)
        sum += (unsigned)i;
}

static void one_step(size_t n) { add(n, 50); }
static void four_steps(size_t n) { add(n, 200); }

FL_BENCH(alone, .unit = "step", .target = 1e9, .target_of = FL_TARGET_NANOSECONDS) { add(n, 50); }
FL_BENCH(hopeless, .unit = "step", .target = 1e-3, .target_of = FL_TARGET_NANOSECONDS) { add(n, 50); }
FL_BENCH_PAIR(quarter, one_step, four_steps, .target = 2, .target_of = FL_TARGET_TIMES_FASTER);
FL_BENCH(sleeps, .wall = true, .fixed = 3, .rounds = 2)
{
    for (size_t i = 0; i < n; i++)
        (void)usleep(2000);
}
FL_BENCH(breaks) { (void)n, fl_raise(FL_NOT_FOUND, "no data to measure with"); }

int main(int count, char **arguments) { return fl_bench_main(count, arguments); }
