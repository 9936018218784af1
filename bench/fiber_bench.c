/* Fibers: switching, starting, sleeping, handing over. Each body is one run of the loop. */
#include <fleche/bench.h>
#include <fleche/loop.h>
#include <fleche/sync.h>

static size_t rounds;

static void yield_rounds(void *data)
{
    (void)data;
    for (size_t i = 0; i < rounds; i++)
        fl_yield();
}

static void two_that_yield(void *data)
{
    (void)data;
    fl_gather({ yield_rounds, NULL }, { yield_rounds, NULL });
}

FL_BENCH(fiber_switch, .unit = "switch", .target = 15, .target_of = FL_TARGET_NANOSECONDS)
{
    rounds = n / 2;
    fl_bench_use(fl_run(two_that_yield, NULL));
}

static void nothing(void *data) { (void)data; }

static void spawn_rounds(void *data)
{
    (void)data;
    for (size_t i = 0; i < rounds; i += 10) {
        for (int j = 0; j < 10; j++)
            fl_spawn(nothing, NULL);
        fl_yield();
    }
}

FL_BENCH(fiber_spawn_and_finish, .unit = "fiber", .target = 200, .target_of = FL_TARGET_NANOSECONDS)
{
    rounds = n;
    fl_bench_use(fl_run(spawn_rounds, NULL));
}

static void sleep_zero_rounds(void *data)
{
    (void)data;
    for (size_t i = 0; i < rounds; i++)
        fl_sleep(FL_MICROSECONDS(0));
}

FL_BENCH(fiber_sleep_zero, .unit = "sleep")
{
    rounds = n;
    fl_bench_use(fl_run(sleep_zero_rounds, NULL));
}

static void send_rounds(void *chan)
{
    for (size_t i = 0; i < rounds; i++)
        fl_chan_send(chan, &rounds);
    fl_chan_close(chan);
}

static void receive_all(void *data)
{
    fl_chan *chan = fl_chan_new(0);
    void *item;

    (void)data;
    fl_spawn(send_rounds, chan);
    while (fl_chan_receive(chan, &item))
        fl_bench_use(item);
}

FL_BENCH(channel_handover, .unit = "item")
{
    rounds = n;
    fl_bench_use(fl_run(receive_all, NULL));
}

static void gather_rounds(void *data)
{
    (void)data;
    for (size_t i = 0; i < rounds; i += 4)
        fl_scope
            fl_gather({ nothing, NULL }, { nothing, NULL }, { nothing, NULL }, { nothing, NULL });
}

FL_BENCH(gather_of_four, .unit = "fiber")
{
    rounds = n;
    fl_bench_use(fl_run(gather_rounds, NULL));
}
