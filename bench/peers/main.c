/* HTTP servers side by side: what a request costs each of them in processor time, and how much memory they hold.
 *
 * Each server in turn is started on a port of its own, asked once and its answer looked at, warmed up, and driven by wrk; what counts
 * is the time that the processes of the server spent meanwhile, user and system, divided by the requests. Servers take turns
 * within a round. Requests a second are told too, but the load and the server share the processors.
 *
 *     $ ./dev bench peers [--filter WORKLOAD/SERVER] [--rounds N] [--seconds N] [--json FILE] [--check] */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "peers.h"

enum { ROUNDS = 5, SECONDS = 3, WARM_UP = 1, IDLE = 10000 };

typedef struct turn { const comparison *c; const workload *workload; figures *figures; bool first, last; } turn;

/* -- one server's turn ---------------------------------------------------------------------------------------------------------- */

static void take_turn(void *data)
{
    turn *t = data;
    figures *f = t->figures;

    if (t->first)
        peer_prepare(t->c, f->peer);
    running *server = peer_start(t->c, f->peer);
    workload_check(t->workload, server->port);
    if (t->workload->depth == 0)
        f->each = idle_bytes(t->c, t->workload, server, &f->samples[f->count].memory);
    else
        f->samples[f->count] = sample_of(t->c, t->workload, server);
    f->count++;
    if (t->last && t->workload->depth > 0 && !t->c->no_calls)
        f->calls = calls_count(t->c, t->workload, server);
}

static void measure_round(const comparison *c, result *r, unsigned long long round, unsigned long long rounds)
{
    for (size_t i = 0; i < r->count; i++) {
        figures *f = &r->figures[i];
        if (f->failed != NULL)
            continue;
        if (isatty(STDERR_FILENO))
            fprintf(stderr, "\r\033[K%s, round %llu of %llu: %s", r->workload->name, round + 1, rounds, f->peer->name);
        turn t = { c, r->workload, f, round == 0, round + 1 == rounds };
        fl_error *error = fl_protect(take_turn, &t);
        if (error != NULL)
            f->failed = error->detail == NULL ? error->message : fl_text("%s\n%s", error->message, error->detail);
    }
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K");
}

/* -- what is measured --------------------------------------------------------------------------------------------------------------- */

static bool is_wanted(const comparison *c, const workload *w, const char *server)
{
    return fl_filters_take(&c->filters, fl_text("%s/%s", w->name, server));
}

static const peer *find_peer(const char *name, const bool *there)
{
    for (size_t i = 0; i < peer_count; i++)
        if (there[i] && fl_text_is(peers[i].name, name))
            return &peers[i];
    return NULL;
}

/* The servers of a workload that are wanted and there; the first one too, if there is any, since the others' ratios are to it. */
static void pick_servers(const comparison *c, const workload *w, const bool *there, result *ret)
{
    const char *const *server = w->servers;

    *ret = (result){ .workload = w };
    for (size_t i = 0; i < FL_LENGTH(w->servers) && server[i] != NULL; i++) {
        const peer *p = find_peer(server[i], there);
        if (p != NULL && (i == 0 || is_wanted(c, w, server[i])))
            ret->figures[ret->count++].peer = p;
    }
    if (ret->count == 1 && !is_wanted(c, w, ret->figures[0].peer->name))
        ret->count = 0;
}

/* Others who use the processors are in the figures too: caches are shared, and servers that wait longer find more to do at once. */
static void tell_machine(void)
{
    double busy[3] = { 0 };

    (void)!getloadavg(busy, FL_LENGTH(busy));
    printf("%ld processors, load average %.2f %.2f %.2f before\n", sysconf(_SC_NPROCESSORS_ONLN), busy[0], busy[1], busy[2]);
}

static void look_for_wrk(const comparison *c)
{
    enum { NO_SUCH_PROGRAM = 127 };
    const char *arguments[] = { "wrk", "--version", NULL };

    if (program_run(arguments, fl_text("%s/version", c->work)) == NO_SUCH_PROGRAM)
        fl_raise(FL_OS_ERROR, "wrk, which drives the servers, is not here: apt-get install wrk");
}

/* Says what is there and how to get what is not. */
static void look_for_peers(const comparison *c, bool *ret_there)
{
    for (size_t i = 0; i < peer_count; i++) {
        const char *version = peer_version(c, &peers[i]);
        ret_there[i] = version != NULL;
        if (version != NULL)
            printf("%-14s %s\n", peers[i].name, version);
        else if (peers[i].package != NULL)
            printf("%-14s is not here: apt-get install %s\n", peers[i].name, peers[i].package);
        else
            printf("%-14s has no such mode yet, or is not built\n", peers[i].name);
    }
    fflush(stdout);
}

static void list(const comparison *c)
{
    for (size_t i = 0; i < workload_count; i++)
        for (const char *const *server = workloads[i].servers; *server != NULL; server++)
            if (is_wanted(c, &workloads[i], *server))
                printf("%s/%s\n", workloads[i].name, *server);
}

/* -- the run ---------------------------------------------------------------------------------------------------------------------------- */

static bool compare(const comparison *c)
{
    bool there[MOST_PEERS] = { 0 }, well = true;
    result *results = fl_new_array(result, workload_count);
    size_t measured = 0;

    look_for_wrk(c);
    tell_machine();
    look_for_peers(c, there);
    for (size_t i = 0; i < workload_count; i++) {
        result *r = &results[measured];
        unsigned long long rounds = workloads[i].depth == 0 ? 1 : c->rounds;
        pick_servers(c, &workloads[i], there, r);
        if (r->count == 0)
            continue;
        measured++;
        for (unsigned long long round = 0; round < rounds; round++)
            measure_round(c, r, round, rounds);
        report_result(c, r);
        well = well && result_met(r);
    }
    if (c->json != NULL)
        report_json(c, results, measured);
    return well;
}

static bool read_options(comparison *c, int count, char **arguments, int *ret_status)
{
    const fl_option options[] = {
        { "--filter", "TEXT", "those whose WORKLOAD/SERVER contains it; =NAME: only it; several: any", FL_OPTION_FILTER,
          &c->filters, 0 },
        { "--list", NULL, "their names, and measure nothing", FL_OPTION_FLAG, &c->list, 0 },
        { "--rounds", "N", "turns of each server, at most 99 (5)", FL_OPTION_COUNT, &c->rounds, 1 },
        { "--seconds", "N", "of each turn (3)", FL_OPTION_COUNT, &c->seconds, 1 },
        { "--warm-up", "N", "seconds before it (1)", FL_OPTION_COUNT, &c->warm_up, 1 },
        { "--idle", "N", "connections that are held (10000)", FL_OPTION_COUNT, &c->idle, 1 },
        { "--no-calls", NULL, "system calls are not counted", FL_OPTION_FLAG, &c->no_calls, 0 },
        { "--json", "FILE", "all figures", FL_OPTION_TEXT, &c->json, 0 },
        { "--check", NULL, "exit with 1 if a target is missed", FL_OPTION_FLAG, &c->check, 0 },
    };

    *c = (comparison){ .rounds = ROUNDS, .seconds = SECONDS, .warm_up = WARM_UP, .idle = IDLE };
    if (!fl_options_read(options, FL_LENGTH(options), count, arguments, ret_status))
        return false;
    c->rounds = c->rounds > MOST_ROUNDS ? MOST_ROUNDS : c->rounds;
    return true;
}

/* Beside this program, where our own server is. */
static void find_places(comparison *c)
{
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path);
    size_t slash = 0;

    if (size < 0 || !fl_str_find_last(fl_str_n(path, (size_t)size), '/', &slash))
        fl_raise_code(-errno, "/proc/self/exe");
    c->here = fl_str_c(fl_str_n(path, slash));
    c->work = fl_text("%s/run", c->here);
    if (mkdir(c->work, 0755) != 0 && errno != EEXIST)
        fl_raise_code(-errno, "%s", c->work);
    if (access("bench/peers/pipeline.lua", R_OK) != 0)
        fl_raise(FL_OS_ERROR, "there is no bench/peers/pipeline.lua: this runs where the sources begin");
}

int main(int count, char **arguments)
{
    comparison c;
    int status;

    if (!read_options(&c, count, arguments, &status))
        return status;
    if (c.list) {
        list(&c);
        return 0;
    }
    find_places(&c);
    idle_allow_descriptors();
    return !compare(&c) && c.check;
}
