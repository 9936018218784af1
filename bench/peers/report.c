/* Tables for people, and one JSON document for whoever compares one run with another. */
#include <errno.h>
#include <fleche/json.h>
#include <stdio.h>
#include "peers.h"

enum { MOST_JSON = 4 << 20 };
static const double WORTH_TELLING = 0.005;           /* of a system call for a response */

static void print_row(const figures *f, const figures *to)
{
    if (f->count == 0)
        return;
    printf("%-14s %9.2f %8.2f %8.2f %8.3f %10.0f %8.2f %8.2f", f->peer->name, median_cpu(f), MEDIAN(f, user), MEDIAN(f, system),
           median_ratio(f, to), MEDIAN(f, rate), MEDIAN(f, p50) * 1e3, MEDIAN(f, p99) * 1e3);
    printf(" %7s %7.1f\n", f->calls.all > 0 ? fl_text("%.2f", f->calls.all) : "-", MEDIAN(f, memory) / 1e6);
}

static void print_failures(const figures *f)
{
    long wrong = 0, broken = 0;

    for (size_t i = 0; i < f->count; i++) {
        wrong += f->samples[i].wrong;
        broken += f->samples[i].broken;
    }
    if (wrong + broken > 0)
        printf("%s: %ld answers were not 200, %ld connections failed\n", f->peer->name, wrong, broken);
    if (f->failed != NULL)
        printf("%s: %s\n", f->peer->name, f->failed);
}

static void print_calls(const figures *f)
{
    if (f->calls.all == 0)
        return;
    printf("  %-14s", f->peer->name);
    for (size_t i = 0; i < f->calls.count; i++)
        if (f->calls.items[i].each >= WORTH_TELLING)
            printf(" %s %.2f", f->calls.items[i].name, f->calls.items[i].each);
    printf("\n");
}

static void print_idle(const comparison *c, const result *r)
{
    printf("%-14s %14s %10s\n", "server", "bytes each", "MB in all");
    for (size_t i = 0; i < r->count; i++)
        if (r->figures[i].count > 0)
            printf("%-14s %14.0f %10.1f\n", r->figures[i].peer->name, r->figures[i].each, MEDIAN(&r->figures[i], memory) / 1e6);
    printf("(%llu connections, besides 100 that were there before)\n", c->idle);
}

static void print_driven(const result *r)
{
    const workload *w = r->workload;

    printf("%-14s %9s %8s %8s %8s %10s %8s %8s %7s %7s\n", "server", "CPU us", "user", "system", "ratio", "a second", "p50 ms",
           "p99 ms", "calls", "MB");
    for (size_t i = 0; i < r->count; i++)
        print_row(&r->figures[i], result_reference(r));
    for (size_t i = 0; i < r->count; i++)
        print_calls(&r->figures[i]);
    if (w->target > 0)
        printf("target: %s at most %.2f of %s%s\n", w->ours, w->target, w->servers[0], result_met(r) ? "" : ": MISSED");
}

void report_result(const comparison *c, const result *r)
{
    printf("\n%s: GET %s, %s", r->workload->name, r->workload->path, r->workload->title);
    if (r->workload->depth > 0)
        printf("; median of %llu rounds of %llu s", c->rounds, c->seconds);
    printf("\n");
    if (r->workload->depth == 0)
        print_idle(c, r);
    else
        print_driven(r);
    for (size_t i = 0; i < r->count; i++)
        print_failures(&r->figures[i]);
    fflush(stdout);
}

/* -- JSON --------------------------------------------------------------------------------------------------------------------- */

static fl_list *samples_json(const figures *f)
{
    fl_list *list = fl_list_new();

    for (size_t i = 0; i < f->count; i++)
        fl_list_push(list, f->samples[i].user + f->samples[i].system);
    return list;
}

static fl_dict *calls_json(const calls *c)
{
    fl_dict *dict = fl_dict_new();

    for (size_t i = 0; i < c->count; i++)
        fl_dict_put(dict, fl_str_of(c->items[i].name), c->items[i].each);
    return dict;
}

static fl_dict *figures_json(const result *r, const figures *f)
{
    fl_dict *dict = fl_dict_of("server", f->peer->name, "memory_bytes", MEDIAN(f, memory));

    if (f->failed != NULL)
        fl_dict_put(dict, fl_lit("failed"), f->failed);
    if (r->workload->depth == 0) {
        fl_dict_put(dict, fl_lit("bytes_each"), f->each);
        return dict;
    }
    fl_dict_put(dict, fl_lit("cpu_us"), median_cpu(f));
    fl_dict_put(dict, fl_lit("user_us"), MEDIAN(f, user));
    fl_dict_put(dict, fl_lit("system_us"), MEDIAN(f, system));
    fl_dict_put(dict, fl_lit("ratio"), median_ratio(f, result_reference(r)));
    fl_dict_put(dict, fl_lit("requests_per_second"), MEDIAN(f, rate));
    fl_dict_put(dict, fl_lit("p50_us"), MEDIAN(f, p50) * 1e6);
    fl_dict_put(dict, fl_lit("p99_us"), MEDIAN(f, p99) * 1e6);
    fl_dict_put(dict, fl_lit("cpu_us_of_rounds"), samples_json(f));
    fl_dict_put(dict, fl_lit("calls"), f->calls.all);
    fl_dict_put(dict, fl_lit("calls_by_name"), calls_json(&f->calls));
    return dict;
}

static fl_dict *result_json(const result *r)
{
    fl_list *servers = fl_list_new();

    for (size_t i = 0; i < r->count; i++)
        fl_list_push(servers, figures_json(r, &r->figures[i]));
    return fl_dict_of("workload", r->workload->name, "connections", r->workload->connections, "depth", r->workload->depth,
                      "target", r->workload->target, "servers", servers);
}

void report_json(const comparison *c, const result *results, size_t count)
{
    fl_buf text = fl_buf_in(fl_arena_here(), MOST_JSON);
    fl_list *list = fl_list_new();

    for (size_t i = 0; i < count; i++)
        fl_list_push(list, result_json(&results[i]));
    fl_dict *all = fl_dict_of("rounds", (fl_int)c->rounds, "seconds", (fl_int)c->seconds, "workloads", list);
    int code = fl_json_write(fl_box(all), &(const fl_json_style){ .indent = 2 }, &text);
    FILE *file = code == 0 ? fopen(c->json, "w") : NULL;
    if (file == NULL)
        fl_raise_code(code == 0 ? -errno : code, "%s", c->json);
    fprintf(file, "%.*s\n", FL_SHOW(fl_buf_str(&text)));
    if (fclose(file) != 0)
        fl_raise_code(-errno, "%s", c->json);
}
