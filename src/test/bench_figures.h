/* What benchmarks measured, and telling it. */
#pragma once
#include <fleche/bench.h>

typedef struct fl_figure { double median, least, most; } fl_figure;       /* of all rounds */
typedef struct fl_side { size_t n; fl_figure cpu, wall; } fl_side;          /* nanoseconds an operation */

typedef struct fl_bench_result {
    const fl_bench *bench;
    int rounds;
    fl_side ours, peer;
    fl_figure ratio;                             /* the peer's time by ours, pair by pair: above 1, ours is faster */
    const char *error;                           /* why there are no figures, or NULL */
} fl_bench_result;

/* Whether the target is met; true without one. */
bool fl_bench_met(const fl_bench_result *result);
void fl_bench_head(void);
void fl_bench_row(const fl_bench_result *result);
int fl_bench_json(const char *path, const fl_bench_result *results, size_t count);     /* 0, or a code */
