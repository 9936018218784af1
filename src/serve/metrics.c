/* Figures of all workers, in shared memory, and their form for Prometheus.
 *
 * Each worker writes into a cell of its own, so that nothing is locked and nothing lost when one dies; the supervisor adds the cell of a
 * worker that has ended to those that have ended before, and gives it away again. */
#include <errno.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>
#include "process/process.h"
#include "serve/serve.h"

typedef struct cell { _Atomic int pid; _Atomic uint64_t figures[FL_FIGURES]; } cell;
typedef struct counted { _Atomic uint64_t starts, crashes, silent, recycled, reloads; } counted;

struct fl_metrics {
    size_t size, count;
    int64_t started;
    counted counted;
    cell ended;                                      /* the sum of those that have ended */
    cell cells[];
};

static cell *own;                                    /* this worker's: one a process */
static fl_worker_figures here;                       /* what it has counted */

static const struct {
    double seconds;
    const char *text;
} buckets[FL_LATENCY_BUCKETS] = {
    { 0.001, "0.001" }, { 0.0025, "0.0025" }, { 0.005, "0.005" }, { 0.01, "0.01" }, { 0.025, "0.025" }, { 0.05, "0.05" },
    { 0.1, "0.1" },     { 0.25, "0.25" },     { 0.5, "0.5" },     { 1, "1" },       { 2.5, "2.5" },     { 10, "10" },
};

int fl_metrics_new(int workers, fl_metrics **ret)
{
    enum { CELLS_A_WORKER = 20, MORE_CELLS = 64 };
    size_t count = (size_t)workers * CELLS_A_WORKER + MORE_CELLS, size = sizeof(fl_metrics) + count * sizeof(cell);
    fl_metrics *metrics = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (metrics == MAP_FAILED)
        return -errno;
    metrics->size = size;
    metrics->count = count;
    metrics->started = fl_datetime_unix(fl_now());
    *ret = metrics;
    return 0;
}

void fl_metrics_free(fl_metrics *metrics) { (void)munmap(metrics, metrics->size); }

/* -- in the supervisor ---------------------------------------------------------------------------------------------------------- */

/* What is a state now ends with its worker. */
static bool is_state(size_t i) { return i >= offsetof(fl_worker_figures, open) / sizeof(uint64_t); }

static void has_ended(fl_metrics *metrics, int pid)
{
    for (size_t k = 0; k < metrics->count; k++) {
        cell *it = &metrics->cells[k];
        if (it->pid != pid)
            continue;
        for (size_t i = 0; i < FL_FIGURES; i++) {
            if (!is_state(i))
                metrics->ended.figures[i] += it->figures[i];
            it->figures[i] = 0;
        }
        it->pid = 0;
    }
}

void fl_metrics_event(fl_metrics *metrics, const fl_supervisor_event *event)
{
    counted *n = &metrics->counted;

    n->starts += event->what == FL_WORKER_STARTED;
    n->crashes += event->what == FL_WORKER_CRASHED;
    n->silent += event->what == FL_WORKER_SILENT;
    n->recycled += event->what == FL_WORKER_RECYCLED;
    n->reloads += event->what == FL_SUPERVISOR_RELOADING;
    if (event->what == FL_WORKER_ENDED || event->what == FL_WORKER_CRASHED)
        has_ended(metrics, event->pid);
}

/* -- in a worker ---------------------------------------------------------------------------------------------------------------- */

void fl_metrics_join(fl_metrics *metrics)
{
    here = (fl_worker_figures){ 0 };
    own = NULL;
    for (size_t k = 0; k < metrics->count && own == NULL; k++) {
        int nobody = 0;
        if (atomic_compare_exchange_strong(&metrics->cells[k].pid, &nobody, (int)getpid()))
            own = &metrics->cells[k];
    }
}

void fl_metrics_request(const fl_access *access)
{
    double seconds = (double)access->took.us / 1e6;
    size_t i = 0;

    here.bytes_out += access->bytes > 0 ? (uint64_t)access->bytes : 0;
    if (access->request == NULL)
        return;
    while (i < FL_LATENCY_BUCKETS && seconds > buckets[i].seconds)
        i++;
    here.seconds[i]++;
    here.took_us += (uint64_t)access->took.us;
}

void fl_metrics_look(const fl_server *server)
{
    fl_server_figures now = fl_server_figures_of(server);
    uint64_t figures[FL_FIGURES];

    for (size_t i = 0; i < FL_LENGTH(here.requests); i++)
        here.requests[i] = now.by_class[i];
    here.connections = now.connections;
    here.refused = now.refused;
    here.timeouts = now.timeouts;
    here.gone = now.gone;
    here.open = now.open;
    here.busy = now.busy;
    if (own == NULL)
        return;
    memcpy(figures, &here, sizeof figures);
    for (size_t i = 0; i < FL_FIGURES; i++)
        atomic_store_explicit(&own->figures[i], figures[i], memory_order_relaxed);
}

void fl_metrics_weigh(void) { here.memory = fl_memory_now(); }

/* -- text ----------------------------------------------------------------------------------------------------------------------- */

static fl_worker_figures sum_of_all(const fl_metrics *metrics, int *ret_workers)
{
    uint64_t sum[FL_FIGURES];
    fl_worker_figures all;

    for (size_t i = 0; i < FL_FIGURES; i++)
        sum[i] = metrics->ended.figures[i];
    *ret_workers = 0;
    for (size_t k = 0; k < metrics->count; k++) {
        if (metrics->cells[k].pid == 0)
            continue;
        ++*ret_workers;
        for (size_t i = 0; i < FL_FIGURES; i++)
            sum[i] += metrics->cells[k].figures[i];
    }
    memcpy(&all, sum, sizeof all);
    return all;
}

static void add_head(fl_buf *out, const char *name, const char *type, const char *help)
{
    fl_buf_format(out, "# HELP fleche_%s %s\n# TYPE fleche_%s %s\n", name, help, name, type);
}

static void add_one(fl_buf *out, const char *name, const char *type, const char *help, uint64_t value)
{
    add_head(out, name, type, help);
    fl_buf_format(out, "fleche_%s %llu\n", name, (unsigned long long)value);
}

static void add_requests(fl_buf *out, const fl_worker_figures *all)
{
    add_head(out, "requests_total", "counter", "Requests answered, by the class of the status.");
    for (int i = 1; i < 6; i++)
        fl_buf_format(out, "fleche_requests_total{class=\"%dxx\"} %llu\n", i, (unsigned long long)all->requests[i]);
}

static void add_latency(fl_buf *out, const fl_worker_figures *all)
{
    uint64_t so_far = 0;

    add_head(out, "request_duration_seconds", "histogram", "From a request's head to its answer's last byte.");
    for (size_t i = 0; i < FL_LATENCY_BUCKETS; i++) {
        so_far += all->seconds[i];
        fl_buf_format(out, "fleche_request_duration_seconds_bucket{le=\"%s\"} %llu\n", buckets[i].text,
                      (unsigned long long)so_far);
    }
    so_far += all->seconds[FL_LATENCY_BUCKETS];
    fl_buf_format(out, "fleche_request_duration_seconds_bucket{le=\"+Inf\"} %llu\n", (unsigned long long)so_far);
    fl_buf_format(out, "fleche_request_duration_seconds_sum %llu.%06llu\n", (unsigned long long)(all->took_us / 1000000),
                  (unsigned long long)(all->took_us % 1000000));
    fl_buf_format(out, "fleche_request_duration_seconds_count %llu\n", (unsigned long long)so_far);
}

void fl_metrics_write(fl_metrics *metrics, fl_buf *out)
{
    int workers;
    fl_worker_figures all = sum_of_all(metrics, &workers);
    const counted *n = &metrics->counted;

    add_requests(out, &all);
    add_latency(out, &all);
    add_one(out, "requests_in_flight", "gauge", "Connections whose request is being answered.", all.busy);
    add_one(out, "connections_open", "gauge", "Connections open now.", all.open);
    add_one(out, "connections_total", "counter", "Connections accepted.", all.connections);
    add_one(out, "response_bytes_total", "counter", "Bytes of bodies sent.", all.bytes_out);
    add_one(out, "refused_total", "counter", "Requests not understood, and connections too many.", all.refused);
    add_one(out, "timeouts_total", "counter", "Heads and bodies that were too slow.", all.timeouts);
    add_one(out, "clients_gone_total", "counter", "Answers whose client had gone.", all.gone);
    add_one(out, "workers", "gauge", "Worker processes.", (uint64_t)workers);
    add_one(out, "memory_bytes", "gauge", "What the workers have in memory.", all.memory);
    add_one(out, "worker_starts_total", "counter", "Workers started.", n->starts);
    add_one(out, "worker_crashes_total", "counter", "Workers ended by a signal.", n->crashes);
    add_one(out, "worker_timeouts_total", "counter", "Workers aborted because they stood still.", n->silent);
    add_one(out, "worker_recycled_total", "counter", "Workers that asked to be replaced.", n->recycled);
    add_one(out, "reloads_total", "counter", "Reloads.", n->reloads);
    add_one(out, "start_time_seconds", "gauge", "When the supervisor started, since 1970.", (uint64_t)metrics->started);
}
