/* Memory of a connection that is open and silent: what the server has more for each of some thousands. What the kernel keeps for a
 * socket is not in it, and is the same for all. */
#include <sys/resource.h>
#include <unistd.h>
#include "peers.h"

enum { FIRST = 100, SPARE = 64 };                    /* what the first connections need, all need once */

typedef struct held { int *fds; size_t count; } held;

void idle_allow_descriptors(void)
{
    struct rlimit files;

    (void)getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &files);
}

static void check_limit(size_t wanted)
{
    struct rlimit files;

    (void)getrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < wanted)
        fl_raise(FL_OS_ERROR, "so many connections need %zu descriptors; ulimit -Hn is %lu", wanted,
                 (unsigned long)files.rlim_max);
}

static void let_go(void *data)
{
    held *h = data;

    for (size_t i = 0; i < h->count; i++)
        if (h->fds[i] >= 0)
            (void)close(h->fds[i]);
}

double idle_bytes(const comparison *c, const workload *w, const running *server, double *ret_memory)
{
    size_t n = (size_t)c->idle;
    held *h = fl_new_array(held, 1);

    check_limit(FIRST + n + SPARE);
    *h = (held){ fl_new_array(int, FIRST + n), FIRST + n };
    memset(h->fds, -1, h->count * sizeof *h->fds);
    fl_defer(let_go, h);
    client_hold(server->port, w->path, h->fds, FIRST);
    double before = tree_memory(server->pid);
    client_hold(server->port, w->path, h->fds + FIRST, n);
    *ret_memory = tree_memory(server->pid);
    return (*ret_memory - before) / (double)n;
}
