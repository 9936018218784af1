/* Benchmarks: two ways to do the same thing, measured in turn in one run, as a ratio.
 *
 *     FL_BENCH(arena_alloc, .unit = "allocation", .target = 3, .target_of = FL_TARGET_NANOSECONDS)
 *     {
 *         for (size_t i = 0; i < n; i++)
 *             fl_bench_use(fl_arena_alloc(arena, 32));
 *     }
 *     FL_BENCH_PAIR(json_parse, fleche_parse, jansson_parse, .unit = "MB", .target = 4, .target_of = FL_TARGET_TIMES_FASTER)
 *
 * The body does the work n times; the harness finds an n that takes 20 ms, measures pairs of runs in turn (A B A B …), and prints
 * the median, least and most CPU time per operation (user + system of the process and the children it waited for; with .wall the
 * time that passed), and the ratio pair by pair: the peer's time by ours. What a run takes from the current arena is given back
 * after it.
 *
 *     --filter TEXT    only those whose name contains it; =NAME: that one (several: any)
 *     --rounds N       pairs of runs                 --json FILE    all figures
 *     --list           names only                    --check        exit with 1 if a target is missed
 *
 * The exit status is 0 whether targets are met or not, unless --check is given. */
#pragma once
#include "base.h"

typedef enum fl_target { FL_TARGET_NONE, FL_TARGET_NANOSECONDS, FL_TARGET_TIMES_FASTER, FL_TARGET_RATIO_AT_LEAST } fl_target;
typedef struct fl_bench_options {
    const char *unit;                            /* what one operation is */
    double target;                               /* at most so many ns, or at least this ratio */
    fl_target target_of;
    bool wall;                                   /* judge by wall time, for what waits */
    size_t fixed;                                /* a fixed n; 0: found */
    int rounds;                                  /* pairs; 0: 7 */
} fl_bench_options;
typedef struct fl_bench {
    const char *name, *file;
    int line;
    void (*run)(size_t n), (*peer)(size_t n);
    const char *peer_name;
    fl_bench_options options;
} fl_bench;

#define FL_REGISTER_BENCH_(id, ...) \
    static const fl_bench id##_bench = __VA_ARGS__; \
    static const fl_bench *const id##_entry __attribute__((used, retain, section("fl_benches"))) = &id##_bench
#define FL_BENCH(id, ...) static void id(size_t n); \
    FL_REGISTER_BENCH_(id, { #id, __FILE__, __LINE__, id, NULL, NULL, { __VA_ARGS__ } }); static void id(size_t n)
#define FL_BENCH_PAIR(id, ours, theirs, ...) FL_REGISTER_BENCH_(id, { #id, __FILE__, __LINE__, ours, theirs, #theirs, { __VA_ARGS__ } })

#define fl_bench_use(value) __asm__ volatile("" : : "g"(value) : "memory")   /* the compiler may not drop it */
int fl_bench_main(int count, char **arguments);  /* gives the exit status */
