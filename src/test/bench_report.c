/* The table for people and the JSON for programs. */
#include <errno.h>
#include "test/bench_figures.h"

static fl_figure judged(const fl_bench_result *r, const fl_side *side) { return r->bench->options.wall ? side->wall : side->cpu; }

bool fl_bench_met(const fl_bench_result *r)
{
    switch (r->bench->options.target_of) {
    case FL_TARGET_NONE: return true;
    case FL_TARGET_NANOSECONDS: return judged(r, &r->ours).median <= r->bench->options.target;
    case FL_TARGET_TIMES_FASTER:
    case FL_TARGET_RATIO_AT_LEAST: return r->ratio.median >= r->bench->options.target;
    }
    return true;
}

static const char *target_text(const fl_bench_options *options)
{
    switch (options->target_of) {
    case FL_TARGET_NONE: return "";
    case FL_TARGET_NANOSECONDS: return fl_text("<= %g ns", options->target);
    case FL_TARGET_TIMES_FASTER: return fl_text("%gx faster", options->target);
    case FL_TARGET_RATIO_AT_LEAST: return fl_text(">= %g", options->target);
    }
    return "";
}

/* Three digits that matter, whatever the size. */
static const char *short_number(double v) { return fl_text("%.*f", v < 9.995 ? 2 : v < 99.95 ? 1 : 0, v); }

static const char *spread(fl_figure f)
{
    return fl_text("%s (%s-%s)", short_number(f.median), short_number(f.least), short_number(f.most));
}

void fl_bench_head(void)
{
    printf("%-32s %-14s %-26s %-26s %-22s %s\n", "name", "unit", "ours, ns each", "peer, ns each", "ratio", "target");
}

void fl_bench_row(const fl_bench_result *r)
{
    const fl_bench_options *options = &r->bench->options;
    bool paired = r->bench->peer != NULL;

    fl_scope {
        if (r->error != NULL)
            printf("%-32s failed: %s", r->bench->name, r->error);
        else
            printf("%-32s %-14s %-26s %-26s %-22s %s%s\n", r->bench->name, options->unit == NULL ? "operation" : options->unit,
                   spread(judged(r, &r->ours)), paired ? spread(judged(r, &r->peer)) : "", paired ? spread(r->ratio) : "",
                   target_text(options),
                   options->target_of == FL_TARGET_NONE ? ""
                   : fl_bench_met(r)                    ? "  ok"
                                                        : "  MISSED");
    }
    (void)fflush(stdout);
}

/* -- JSON: by hand, since names are identifiers and the rest are numbers ------------------------------------------------- */

static void put_text(FILE *out, const char *name, const char *text)
{
    fprintf(out, "\"%s\": \"", name);
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            (void)fputc('\\', out);
        (void)fputc((unsigned char)*text < 0x20 ? ' ' : *text, out);
    }
    (void)fputs("\"", out);
}

static void put_figure(FILE *out, const char *name, fl_figure f)
{
    fprintf(out, ", \"%s\": {\"median\": %.6g, \"min\": %.6g, \"max\": %.6g}", name, f.median, f.least, f.most);
}

static void put_side(FILE *out, const char *name, const fl_side *side)
{
    fprintf(out, ", \"%s\": {\"n\": %zu", name, side->n);
    put_figure(out, "cpu_ns", side->cpu);
    put_figure(out, "wall_ns", side->wall);
    (void)fputs("}", out);
}

static void put_result(FILE *out, const fl_bench_result *r)
{
    static const char *const targets[] = { "none", "nanoseconds", "times_faster", "ratio_at_least" };
    const fl_bench_options *options = &r->bench->options;

    (void)fputs("  {", out);
    put_text(out, "name", r->bench->name);
    (void)fputs(", ", out);
    put_text(out, "unit", options->unit == NULL ? "operation" : options->unit);
    if (r->error != NULL) {
        (void)fputs(", ", out);
        put_text(out, "error", r->error);
        (void)fputs("}", out);
        return;
    }
    fprintf(out, ", \"rounds\": %d, \"judged_by\": \"%s\"", r->rounds, options->wall ? "wall" : "cpu");
    put_side(out, "ours", &r->ours);
    if (r->bench->peer != NULL) {
        (void)fputs(", ", out);
        put_text(out, "peer_name", r->bench->peer_name);
        put_side(out, "peer", &r->peer);
        put_figure(out, "ratio", r->ratio);
    }
    fprintf(out, ", \"target_of\": \"%s\", \"target\": %g, \"met\": %s}", targets[options->target_of], options->target,
            fl_bench_met(r) ? "true" : "false");
}

int fl_bench_json(const char *path, const fl_bench_result *results, size_t count)
{
    FILE *out = fopen(path, "we");

    if (out == NULL)
        return -errno;
    (void)fputs("[\n", out);
    for (size_t i = 0; i < count; i++) {
        put_result(out, &results[i]);
        (void)fputs(i + 1 < count ? ",\n" : "\n", out);
    }
    (void)fputs("]\n", out);
    bool failed = ferror(out) != 0;
    return fclose(out) != 0 ? -errno : failed ? -EIO : 0;
}
