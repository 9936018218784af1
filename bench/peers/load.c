/* wrk drives the servers: from Lua, at its end, it prints one line of numbers for us. */
#include <stdio.h>
#include "peers.h"

static load parse(const workload *w, const char *output)
{
    fl_str text = file_text(output);
    size_t at;
    unsigned long long requests, microseconds, p50, p99;
    load l = { 0 };

    if (!fl_str_find(text, fl_lit("measured "), &at) ||
        sscanf(fl_str_c(fl_str_slice(text, at, SIZE_MAX)), "measured %llu %llu %llu %llu %ld %ld", &requests, &microseconds, &p50,
               &p99, &l.wrong, &l.broken) != 6)
        fl_raise(FL_VALUE_ERROR, "wrk said nothing of %s: %.*s", w->name, FL_SHOW(text));
    l.requests = (double)requests;
    l.seconds = (double)microseconds / 1e6;
    l.p50 = (double)p50 / 1e6;
    l.p99 = (double)p99 / 1e6;
    return l;
}

load load_drive(const comparison *c, const workload *w, int port, unsigned long long seconds)
{
    const char *output = fl_text("%s/wrk", c->work);
    const char *arguments[] = {
        "wrk",
        "--threads",
        "2",
        "--connections",
        fl_text("%d", w->connections),
        "--duration",
        fl_text("%llus", seconds),
        "--latency",
        "--script",
        "bench/peers/pipeline.lua",
        fl_text("http://127.0.0.1:%d%s", port, w->path),
        "--",
        fl_text("%d", w->depth),
        NULL,
    };

    if (program_run(arguments, output) != 0)
        fl_raise(FL_OS_ERROR, "wrk failed: %.*s", FL_SHOW(file_text(output)));
    return parse(w, output);
}

/* One round: first what does not count, until caches and compilers are warm, then what does. */
sample sample_of(const comparison *c, const workload *w, const running *server)
{
    (void)load_drive(c, w, server->port, c->warm_up);
    cpu before = tree_cpu(server->pid);
    load l = load_drive(c, w, server->port, c->seconds);
    cpu after = tree_cpu(server->pid);
    if (l.requests == 0)
        fl_raise(FL_VALUE_ERROR, "no request was answered (%ld connections failed)", l.broken);
    return (sample){
        .user = (after.user - before.user) * 1e6 / l.requests,
        .system = (after.system - before.system) * 1e6 / l.requests,
        .rate = l.requests / l.seconds,
        .p50 = l.p50,
        .p99 = l.p99,
        .memory = tree_memory(server->pid),
        .wrong = l.wrong,
        .broken = l.broken,
    };
}
