/* Measuring. Machines speed up, slow down and are shared, so a figure means little by itself: two ways to do a thing run in turn
 * (A B A B …), each pair gives a ratio, and the median of the ratios is the answer. What is measured is CPU time of the process
 * and of the children it has waited for; wall time stands beside it. */
#include <sys/resource.h>
#include <time.h>
#include "test/bench_figures.h"
#include "test/settings.h"

extern const fl_bench *const __start_fl_benches[] __attribute__((weak));
extern const fl_bench *const __stop_fl_benches[] __attribute__((weak));

enum { ROUNDS = 7, MOST_ROUNDS = 1000 };
static const double LONG_ENOUGH = 20e6;              /* ns a run */

typedef struct bench_settings {
    fl_filters filters;
    unsigned long long rounds;
    const char *json;
    bool list, check;
} bench_settings;
typedef struct times { double cpu, wall; } times;   /* ns */
typedef struct sample { times ours, peer; } sample;

static double cpu_of(int who)
{
    struct rusage usage;

    (void)getrusage(who, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e9 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e3;
}

static times now(void)
{
    struct timespec wall;

    (void)clock_gettime(CLOCK_MONOTONIC, &wall);
    return (times){
        .cpu = cpu_of(RUSAGE_SELF) + cpu_of(RUSAGE_CHILDREN),
        .wall = (double)wall.tv_sec * 1e9 + (double)wall.tv_nsec,
    };
}

/* One run of n operations; what it takes from the current arena is given back outside of the time. */
static times measure(void (*run)(size_t n), size_t n)
{
    times before = { 0 }, after = { 0 };

    fl_scope {
        before = now();
        run(n);
        after = now();
    }
    return (times){ after.cpu - before.cpu, after.wall - before.wall };
}

/* Doubles n, or goes straight for it once there is something to go by, until a run takes long enough. Warms up, too. */
static size_t find_n(void (*run)(size_t n))
{
    for (size_t n = 1;;) {
        double took = measure(run, n).wall;
        if (took >= LONG_ENOUGH || n > SIZE_MAX / 16)
            return n;
        double factor = took < LONG_ENOUGH / 100 ? 10 : LONG_ENOUGH / took * 1.2;
        n = (size_t)((double)n * factor) + 1;
    }
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static fl_figure figure_of(double *values, size_t count)
{
    qsort(values, count, sizeof *values, ascending);
    double median = count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
    return (fl_figure){ .median = median, .least = values[0], .most = values[count - 1] };
}

/* Of the doubles that stand at `offset` in each sample. */
static fl_figure column(const sample *samples, size_t count, size_t offset, size_t n)
{
    double *values = fl_new_array(double, count);

    for (size_t i = 0; i < count; i++) {
        memcpy(&values[i], (const char *)&samples[i] + offset, sizeof *values);
        values[i] /= (double)n;
    }
    return figure_of(values, count);
}

static fl_figure ratios(const fl_bench_result *r, const sample *samples)
{
    double *values = fl_new_array(double, (size_t)r->rounds);

    for (int i = 0; i < r->rounds; i++) {
        times ours = samples[i].ours, peer = samples[i].peer;
        double by = r->bench->options.wall ? ours.wall : ours.cpu, of = r->bench->options.wall ? peer.wall : peer.cpu;
        values[i] = by > 0 ? of / (double)r->peer.n / (by / (double)r->ours.n) : 0;
    }
    return figure_of(values, (size_t)r->rounds);
}

static void run_rounds(void *data)
{
    fl_bench_result *r = data;
    const fl_bench *bench = r->bench;
    size_t rounds = (size_t)r->rounds, fixed = bench->options.fixed;
    sample *samples = fl_new_array(sample, rounds);

    r->ours.n = fixed > 0 ? fixed : find_n(bench->run);
    if (bench->peer != NULL)
        r->peer.n = fixed > 0 ? fixed : find_n(bench->peer);
    for (size_t i = 0; i < rounds; i++) {
        samples[i].ours = measure(bench->run, r->ours.n);
        if (bench->peer != NULL)
            samples[i].peer = measure(bench->peer, r->peer.n);
    }
    r->ours.cpu = column(samples, rounds, offsetof(sample, ours.cpu), r->ours.n);
    r->ours.wall = column(samples, rounds, offsetof(sample, ours.wall), r->ours.n);
    if (bench->peer == NULL)
        return;
    r->peer.cpu = column(samples, rounds, offsetof(sample, peer.cpu), r->peer.n);
    r->peer.wall = column(samples, rounds, offsetof(sample, peer.wall), r->peer.n);
    r->ratio = ratios(r, samples);
}

static fl_bench_result run_bench(const bench_settings *settings, const fl_bench *bench)
{
    int own = bench->options.rounds > 0 ? bench->options.rounds : ROUNDS;
    fl_bench_result result = { .bench = bench, .rounds = settings->rounds > 0 ? (int)settings->rounds : own };
    fl_error *error = fl_protect(run_rounds, &result);

    if (error != NULL)
        result.error = fl_error_report(error);
    return result;
}

static bool read_settings(bench_settings *s, int count, char **arguments, int *ret_status)
{
    const fl_option options[] = {
        { "--filter", "TEXT", "those whose name contains it; =NAME: only it; several: any", FL_OPTION_FILTER, &s->filters, 0 },
        { "--list", NULL, "the names, and measure nothing", FL_OPTION_FLAG, &s->list, 0 },
        { "--rounds", "N", "pairs of runs, at most 1000 (7, or what the benchmark says)", FL_OPTION_COUNT, &s->rounds, 1 },
        { "--json", "FILE", "all figures", FL_OPTION_TEXT, &s->json, 0 },
        { "--check", NULL, "exit with 1 if a target is missed", FL_OPTION_FLAG, &s->check, 0 },
    };

    if (!fl_options_read(options, FL_LENGTH(options), count, arguments, ret_status))
        return false;
    s->rounds = s->rounds > MOST_ROUNDS ? MOST_ROUNDS : s->rounds;
    return true;
}

static int by_place(const void *a, const void *b)
{
    const fl_bench *x = *(const fl_bench *const *)a, *y = *(const fl_bench *const *)b;
    int files = strcmp(x->file, y->file);

    return files != 0 ? files : (x->line > y->line) - (x->line < y->line);
}

/* In the order of the files, whatever the linker made of it. */
static const fl_bench **sorted_benches(size_t *ret_count)
{
    size_t count = (size_t)(__stop_fl_benches - __start_fl_benches);
    const fl_bench **benches = fl_new_array(const fl_bench *, count);

    for (size_t i = 0; i < count; i++)
        benches[i] = __start_fl_benches[i];
    if (count > 0)
        qsort(benches, count, sizeof *benches, by_place);
    *ret_count = count;
    return benches;
}

/* Whether all was well: every benchmark has figures and met its target. */
static bool run_all(const bench_settings *settings, const fl_bench **benches, size_t all, fl_bench_result *results,
                    size_t *ret_count)
{
    bool well = true;
    size_t count = 0;

    fl_bench_head();
    for (size_t i = 0; i < all; i++) {
        if (!fl_filters_take(&settings->filters, benches[i]->name))
            continue;
        fl_bench_result *result = &results[count++];
        *result = run_bench(settings, benches[i]);
        fl_bench_row(result);
        well = well && result->error == NULL && fl_bench_met(result);
    }
    *ret_count = count;
    return well;
}

static int list(const bench_settings *settings, const fl_bench **benches, size_t all)
{
    for (size_t i = 0; i < all; i++)
        if (fl_filters_take(&settings->filters, benches[i]->name))
            printf("%s\n", benches[i]->name);
    return 0;
}

int fl_bench_main(int count, char **arguments)
{
    bench_settings settings = { 0 };
    size_t all, measured = 0;
    int status;

    if (!read_settings(&settings, count, arguments, &status))
        return status;
    const fl_bench **benches = sorted_benches(&all);
    if (settings.list)
        return list(&settings, benches, all);
    fl_bench_result *results = fl_new_array(fl_bench_result, all);
    bool well = run_all(&settings, benches, all, results, &measured);
    int code = settings.json == NULL ? 0 : fl_bench_json(settings.json, results, measured);
    if (code < 0)
        fprintf(stderr, "%s: %s: %s\n", arguments[0], settings.json, fl_code_text(code));
    return code < 0 || (settings.check && !well);
}
