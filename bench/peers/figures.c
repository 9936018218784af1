/* Medians and ratios. A ratio is taken round by round, from servers that ran one after the other, since the machine's own speed
 * changes from one minute to the next by more than the servers differ. */
#include <stdlib.h>
#include "peers.h"

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t n)
{
    if (n == 0)
        return 0;
    qsort(values, n, sizeof *values, by_size);
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

double median_of(const figures *f, size_t offset)
{
    double values[MOST_ROUNDS];

    for (size_t i = 0; i < f->count; i++)
        memcpy(&values[i], (const char *)&f->samples[i] + offset, sizeof *values);
    return median(values, f->count);
}

static double cpu_each(const sample *s) { return s->user + s->system; }

double median_cpu(const figures *f)
{
    double values[MOST_ROUNDS];

    for (size_t i = 0; i < f->count; i++)
        values[i] = cpu_each(&f->samples[i]);
    return median(values, f->count);
}

const figures *result_reference(const result *r)
{
    return r->count > 0 && fl_text_is(r->figures[0].peer->name, r->workload->servers[0]) ? &r->figures[0] : NULL;
}

double median_ratio(const figures *f, const figures *to)
{
    double values[MOST_ROUNDS];
    size_t n = to == NULL ? 0 : f->count < to->count ? f->count : to->count;

    for (size_t i = 0; i < n; i++)
        values[i] = cpu_each(&f->samples[i]) / cpu_each(&to->samples[i]);
    return median(values, n);
}

bool result_met(const result *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->workload->target > 0 && fl_text_is(r->figures[i].peer->name, r->workload->ours) && r->figures[i].count > 0)
            return median_ratio(&r->figures[i], result_reference(r)) <= r->workload->target;
    return true;
}
