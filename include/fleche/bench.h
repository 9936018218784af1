/* Benchmarks: two ways to do the same thing, measured in turn in one run, as a ratio.
 *
 *     FL_BENCH(arena_alloc, .unit = "allocation", .target = 3, .target_of = FL_TARGET_NANOSECONDS)
 *     {
 *         for (size_t i = 0; i < n; i++)
 *             fl_bench_use(fl_arena_alloc(arena, 32));
 *     }
 *     FL_BENCH_PAIR(json_parse, fleche_parse, jansson_parse, .unit = "MB", .target = 4, .target_of = FL_TARGET_TIMES_FASTER)
 *
 * The body does the work n times; the harness finds an n that takes long enough, measures pairs of runs in turn (A B A B …), and
 * prints medians of CPU time (user + system of the process and its children) and wall time per operation, and the ratio pair by pair. */
#pragma once
#include "base.h"

typedef enum fl_target { FL_TARGET_NONE, FL_TARGET_NANOSECONDS, FL_TARGET_TIMES_FASTER, FL_TARGET_RATIO_AT_LEAST } fl_target;
typedef struct fl_bench_options {
    const char *unit;                            /* what one operation is */
    double target;                               /* at most so many ns, or so many times faster than the peer */
    fl_target target_of;
    bool wall;                                   /* judge by wall time, for what waits */
    size_t fixed;                                /* a fixed n; 0: found */
    int rounds;                                  /* pairs; 0: 7 */
} fl_bench_options;
typedef struct fl_bench { const char *name, *file; void (*run)(size_t n); void (*peer)(size_t n); const char *peer_name; fl_bench_options options; } fl_bench;

#define FL_REGISTER_BENCH_(id, ...) \
    static const fl_bench id##_bench = __VA_ARGS__; \
    static const fl_bench *const id##_entry __attribute__((used, retain, section("fl_benches"))) = &id##_bench
#define FL_BENCH(id, ...) static void id(size_t n); \
    FL_REGISTER_BENCH_(id, { #id, __FILE__, id, NULL, NULL, { __VA_ARGS__ } }); static void id(size_t n)
#define FL_BENCH_PAIR(id, ours, theirs, ...) FL_REGISTER_BENCH_(id, { #id, __FILE__, ours, theirs, #theirs, { __VA_ARGS__ } })

#define fl_bench_use(value) __asm__ volatile("" : : "g"(value) : "memory")   /* the compiler may not drop it */
int fl_bench_main(int count, char **arguments);  /* --filter TEXT, --rounds N, --json FILE */
