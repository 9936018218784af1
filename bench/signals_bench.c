/* Signals: what sending costs where nobody listens, and what a receiver adds. */
#include <fleche/bench.h>
#include <fleche/signals.h>

FL_SIGNAL(bench_quiet);
FL_SIGNAL(bench_heard);

static size_t calls;

static void count(void *instance, const fl_event *event)
{
    fl_bench_use(instance);
    calls += event->created;
}

FL_BENCH(signal_without_receivers, .unit = "sending", .target = 15, .target_of = FL_TARGET_NANOSECONDS)
{
    for (size_t i = 0; i < n; i++)
        fl_send(bench_quiet, &calls, .sender = &calls, .created = true);
}

FL_BENCH(signal_with_a_receiver, .unit = "sending", .target = 120, .target_of = FL_TARGET_NANOSECONDS)
{
    (void)fl_signal_connect(&fl_bench_heard, count, .sender = &calls);
    for (size_t i = 0; i < n; i++)
        fl_send(bench_heard, &calls, .sender = &calls, .created = true);
    (void)fl_signal_disconnect(&fl_bench_heard, count, .sender = &calls);
}

FL_BENCH(signal_robust_with_a_receiver, .unit = "sending")
{
    (void)fl_signal_connect(&fl_bench_heard, count, .sender = &calls);
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_send_robust(bench_heard, &calls, .sender = &calls, .created = true).count);
        }
    (void)fl_signal_disconnect(&fl_bench_heard, count, .sender = &calls);
}
