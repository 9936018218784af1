/* The watchdog: a thread that samples the loop's count of switches. While fibers run and the count stands still, one fiber holds the
 * loop. Where it is, only its own thread can tell: a signal (SIGURG, which nobody uses and which is ignored by default) makes it
 * note its name and return addresses. A switch pays nothing for this but counting. */
#include "loop/loop.h"
#include <errno.h>
#include <fleche/buf.h>
#include <fleche/heap.h>
#include <fleche/loop.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { FRAMES = 48, NAME = 64, SAMPLES_A_LIMIT = 4, ANSWER_US = 200000, STEP_US = 200 };

static struct {
    pthread_t thread, watched;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool running, stop;
    fl_loop *loop;
    fl_scheduler *scheduler;
    int64_t limit_us;
    void (*report)(const fl_held_loop *held);
    /* written by the signal handler */
    void *frames[FRAMES];
    size_t frame_count;
    char name[NAME];
    uint64_t id;
    _Atomic int answered;
} dog = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void tell_where(int signal)
{
    int saved = errno;
    const fl_scheduler *here = fl_scheduler_here_;
    const fl_fiber *fiber = here == NULL ? NULL : here->current;
    size_t size = 0;

    (void)signal;
    if (fiber != NULL) {
        while (size + 1 < NAME && fiber->name[size] != '\0')
            size++;
        memcpy(dog.name, fiber->name, size);
        dog.name[size] = '\0';
        dog.id = fiber->id;
        dog.frame_count = fl_frames_now(dog.frames, FRAMES, 1);
    }
    atomic_store(&dog.answered, fiber == NULL ? -1 : 1);
    errno = saved;
}

static void print_frames(void *data)
{
    const fl_held_loop *held = data;

    fl_scope {
        fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);
        fl_frames_text(held->frames, held->frame_count, &out);
        fprintf(stderr, "%s", fl_buf_c(&out));
    }
}

static void report_on_stderr(const fl_held_loop *held)
{
    fprintf(stderr, "fleche: the fiber '%s' (%llu) has held the loop for %lld ms:\n", held->fiber,
            (unsigned long long)held->fiber_id, (long long)held->held.us / 1000);
    if (fl_protect(print_frames, (void *)held) != NULL)
        fprintf(stderr, "  (no memory to say where)\n");
}

static void pause_us(long us)
{
    (void)nanosleep(&(struct timespec){ .tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000 }, NULL);
}

static void investigate(int64_t held_us, uint64_t switches)
{
    atomic_store(&dog.answered, 0);
    if (pthread_kill(dog.watched, SIGURG) != 0)
        return;
    for (long waited = 0; atomic_load(&dog.answered) == 0 && waited < ANSWER_US; waited += STEP_US)
        pause_us(STEP_US);
    if (atomic_load(&dog.answered) != 1 || atomic_load(&dog.scheduler->switches) != switches)
        return;                                      /* it has just let go */
    fl_held_loop held = {
        .fiber = dog.name, .fiber_id = dog.id, .held = { held_us }, .frames = dog.frames, .frame_count = dog.frame_count
    };
    (dog.report == NULL ? report_on_stderr : dog.report)(&held);
}

static bool wait_for_stop(int64_t us)
{
    struct timespec until;

    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += us / 1000000;
    until.tv_nsec += us % 1000000 * 1000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    (void)pthread_mutex_lock(&dog.lock);
    if (!dog.stop)
        (void)pthread_cond_timedwait(&dog.wake, &dog.lock, &until);
    bool stop = dog.stop;
    (void)pthread_mutex_unlock(&dog.lock);
    return stop;
}

static void *watch(void *data)
{
    uint64_t seen = 0, reported = UINT64_MAX;
    int64_t since = fl_monotonic_us();

    (void)data;
    while (!wait_for_stop(dog.limit_us / SAMPLES_A_LIMIT + 1)) {
        uint64_t switches = atomic_load_explicit(&dog.scheduler->switches, memory_order_relaxed);
        bool inside = atomic_load_explicit(&dog.loop->inside, memory_order_relaxed);
        int64_t now = fl_monotonic_us();
        if (!inside || switches != seen) {
            seen = switches;
            since = now;
        } else if (now - since >= dog.limit_us && reported != switches) {
            reported = switches;
            investigate(now - since, switches);
        }
    }
    return NULL;
}

static void end_dog(void)
{
    (void)pthread_cond_destroy(&dog.wake);
    (void)signal(SIGURG, SIG_DFL);
}

void fl_watchdog(fl_duration limit, void (*report)(const fl_held_loop *held))
{
    void *warm_up[2];
    pthread_condattr_t monotonic;

    if (fl_loop_here_ == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "fl_watchdog() outside of fl_run()");
    if (limit.us <= 0)
        fl_raise(FL_VALUE_ERROR, "the watchdog's limit must be more than 0 µs, not %lld", (long long)limit.us);
    fl_watchdog_stop();
    (void)fl_frames_now(warm_up, 2, 0);              /* loads the unwinder, which a signal handler may not */
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&dog.wake, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    dog.watched = pthread_self();
    dog.loop = fl_loop_here_;
    dog.scheduler = fl_scheduler_here_;
    dog.limit_us = limit.us;
    dog.report = report;
    dog.stop = false;
    (void)sigaction(SIGURG, &(struct sigaction){ .sa_handler = tell_where, .sa_flags = SA_RESTART }, NULL);
    int code = fl_heap_fails() ? ENOMEM : pthread_create(&dog.thread, NULL, watch, NULL);
    if (code != 0) {
        end_dog();
        fl_raise_code(-code, "the watchdog's thread cannot be started");
    }
    dog.running = true;
}

void fl_watchdog_stop(void)
{
    if (!dog.running || dog.loop != fl_loop_here_)
        return;
    (void)pthread_mutex_lock(&dog.lock);
    dog.stop = true;
    (void)pthread_cond_signal(&dog.wake);
    (void)pthread_mutex_unlock(&dog.lock);
    (void)pthread_join(dog.thread, NULL);
    end_dog();
    dog.running = false;
}
