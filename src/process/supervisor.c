/* The supervisor: a small state machine over poll(), without a loop, fibers or threads, so that it can fork at any time.
 *
 * Every slot is to have one worker that is ready, from the newest generation. A process is starting, ready, leaving (told to
 * stop), and then ended. What happened (a signal, a byte from a worker, an end, a time) changes the processes; then
 * `fill_slots` starts what is missing. A reload is nothing but a new generation: its processes start beside the old ones, and
 * each tells its predecessors to leave when it is ready. */
#include "process/supervisor.h"
#include <errno.h>
#include <fleche/heap.h>
#include <fleche/log.h>
#include <fleche/loop.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PLACES_A_SLOT = 8, MORE_SLOTS = 32, EARLY_US = 1000000, LONGEST_WAIT_US = 60000000 };

/* A slot is served when a process of the newest generation that nobody has to replace is there or on its way. */
static bool is_served(const fl_supervision *s, int slot)
{
    for (size_t i = 0; i < s->capacity; i++) {
        const fl_process *p = &s->processes[i];
        bool there = p->state == FL_PROCESS_STARTING || p->state == FL_PROCESS_READY;
        if (there && p->slot == slot && p->generation == s->generation && !p->wants_replacement)
            return true;
    }
    return false;
}

static void fill_slots(fl_supervision *s)
{
    int64_t now = fl_monotonic_us();

    for (int slot = 0; slot < s->slot_count && !s->stopping; slot++)
        if (s->slots[slot].not_before <= now && !is_served(s, slot))
            fl_slot_start(s, slot);
}

/* -- ending ------------------------------------------------------------------------------------------------------------------ */

void fl_process_leave(fl_supervision *s, fl_process *p)
{
    if (p->state == FL_PROCESS_LEAVING || p->state == FL_PROCESS_NONE)
        return;
    p->state = FL_PROCESS_LEAVING;
    p->deadline = fl_monotonic_us() + fl_grace_us(s->how);
    (void)kill(p->pid, SIGTERM);
    fl_supervision_tell_of(s, FL_WORKER_STOPPING, p);
}

static void stop_all(fl_supervision *s, bool at_once)
{
    if (!s->stopping) {
        fl_supervision_tell(s, (fl_supervisor_event){ .what = FL_SUPERVISOR_STOPPING });
        fl_notify_systemd("STOPPING=1");
    }
    for (size_t i = 0; i < s->capacity; i++) {
        fl_process *p = &s->processes[i];
        if (p->state == FL_PROCESS_NONE)
            continue;
        if (!at_once && !s->stopping) {
            fl_process_leave(s, p);
            continue;
        }
        p->state = FL_PROCESS_LEAVING;               /* asked twice is asked for now */
        (void)kill(p->pid, SIGKILL);
    }
    s->stopping = true;
}

static void reload(fl_supervision *s)
{
    char state[64];

    if (s->stopping)
        return;
    (void)snprintf(state, sizeof state, "RELOADING=1\nMONOTONIC_USEC=%lld", (long long)fl_monotonic_us());
    fl_notify_systemd(state);
    fl_supervision_tell(s, (fl_supervisor_event){ .what = FL_SUPERVISOR_RELOADING });
    s->generation++;
    s->announced = false;
    if (s->slot_count == 0)
        fl_resize(s, s->slots_before);
    for (int slot = 0; slot < s->most_slots; slot++)
        s->slots[slot] = (fl_slot){ 0 };
    for (size_t i = 0; i < s->capacity; i++)         /* an earlier reload's, which serve nobody yet */
        if (s->processes[i].state == FL_PROCESS_STARTING)
            fl_process_leave(s, &s->processes[i]);
}

/* TERM and KILL are what it gets from us; another signal is its own doing, even when it was leaving already. */
static bool has_crashed(const fl_process *p, int status)
{
    int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    bool ours = p->state == FL_PROCESS_LEAVING && (signal == SIGTERM || signal == SIGKILL);
    return signal != 0 && !ours;
}

static void has_ended(fl_supervision *s, fl_process *p, int status)
{
    bool crashed = has_crashed(p, status);
    bool early = p->state == FL_PROCESS_STARTING || fl_monotonic_us() - p->started < EARLY_US;
    bool expected = !crashed && (p->state == FL_PROCESS_LEAVING || (p->wants_replacement && status == 0));

    p->state = FL_PROCESS_NONE;
    (void)close(p->fd);
    fl_supervision_tell(s, (fl_supervisor_event){ .what = crashed ? FL_WORKER_CRASHED : FL_WORKER_ENDED,
                                                  .pid = p->pid,
                                                  .slot = p->slot,
                                                  .status = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
                                                  .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0 });
    if (expected || p->generation != s->generation)
        return;
    if (early)
        fl_slot_ended_early(s, p->slot);
    else
        s->slots[p->slot] = (fl_slot){ 0 };
}

static void reap(fl_supervision *s)
{
    for (size_t i = 0; i < s->capacity; i++) {
        int status;
        fl_process *p = &s->processes[i];
        if (p->state != FL_PROCESS_NONE && waitpid(p->pid, &status, WNOHANG) == p->pid)
            has_ended(s, p, status);
    }
    fl_upgrade_reap(s);
}

/* -- what happens ------------------------------------------------------------------------------------------------------------ */

static void announce_when_all_are_ready(fl_supervision *s)
{
    char state[64];
    int ready = 0;

    for (size_t i = 0; i < s->capacity; i++)
        ready += s->processes[i].state == FL_PROCESS_READY && s->processes[i].generation == s->generation;
    if (ready < s->slot_count || s->announced)
        return;
    s->announced = true;
    (void)snprintf(state, sizeof state, "READY=1\nMAINPID=%d", (int)getpid());
    fl_notify_systemd(state);
    fl_supervision_tell(s, (fl_supervisor_event){ .what = FL_SUPERVISOR_READY });
}

static void is_ready(fl_supervision *s, fl_process *p)
{
    if (p->state != FL_PROCESS_STARTING)
        return;
    p->state = FL_PROCESS_READY;
    p->deadline = 0;
    fl_supervision_tell_of(s, FL_WORKER_READY, p);
    for (size_t i = 0; i < s->capacity; i++) {
        fl_process *other = &s->processes[i];
        if (other != p && other->slot == p->slot && (other->generation != p->generation || other->wants_replacement))
            fl_process_leave(s, other);
    }
    announce_when_all_are_ready(s);
}

static void listen_to(fl_supervision *s, fl_process *p)
{
    char said[16];
    ssize_t n = read(p->fd, said, sizeof said);

    p->hung_up = n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);         /* no more is heard of it but its end */
    for (ssize_t i = 0; i < n; i++) {
        if (said[i] == FL_SAYS_READY)
            is_ready(s, p);
        if (said[i] == FL_SAYS_REPLACE_ME && !p->wants_replacement) {
            p->wants_replacement = true;
            fl_supervision_tell_of(s, FL_WORKER_RECYCLED, p);
        }
    }
}

static void stop_gracefully(fl_supervision *s) { stop_all(s, false); }
static void stop_at_once(fl_supervision *s) { stop_all(s, true); }
static void grow(fl_supervision *s) { fl_resize(s, s->slot_count + 1); }

static void shrink(fl_supervision *s)
{
    if (s->slot_count > 1)
        fl_resize(s, s->slot_count - 1);
}

static void reopen_logs(fl_supervision *s)
{
    fl_log_reopen();
    for (size_t i = 0; i < s->capacity; i++)
        if (s->processes[i].state != FL_PROCESS_NONE)
            (void)kill(s->processes[i].pid, SIGUSR1);
    fl_supervision_tell(s, (fl_supervisor_event){ .what = FL_SUPERVISOR_REOPENING });
}

static const struct {
    int signal;
    void (*run)(fl_supervision *s);
} orders[] = {
    { SIGTERM, stop_gracefully },
    { SIGINT, stop_gracefully },
    { SIGQUIT, stop_at_once },
    { SIGHUP, reload },
    { SIGTTIN, grow },
    { SIGTTOU, shrink },
    { SIGUSR1, reopen_logs },
    { SIGUSR2, fl_upgrade_start },
    { SIGWINCH, fl_resize_to_none },
};

static void obey(fl_supervision *s)
{
    char signals[64];
    ssize_t n = read(fl_orders_fd(), signals, sizeof signals);

    for (ssize_t i = 0; i < n; i++)
        for (size_t k = 0; k < FL_LENGTH(orders); k++)
            if (signals[i] == orders[k].signal)
                orders[k].run(s);
    reap(s);
}

/* Gives when to look again, as far as others than processes and slots say. */
static int64_t keep_time(fl_supervision *s)
{
    int64_t now = fl_monotonic_us();

    for (size_t i = 0; i < s->capacity; i++) {
        fl_process *p = &s->processes[i];
        if (p->state != FL_PROCESS_NONE && p->deadline != 0 && p->deadline <= now) {
            (void)kill(p->pid, SIGKILL);
            p->deadline = 0;
        }
    }
    int64_t of_pulses = fl_pulses_check(s, now), of_systemd = fl_systemd_watchdog(s, now);
    return of_pulses < of_systemd ? of_pulses : of_systemd;
}

static int until_next_time(const fl_supervision *s, int64_t of_others)
{
    int64_t now = fl_monotonic_us(), next = now + LONGEST_WAIT_US;

    if (of_others < next)
        next = of_others;
    for (size_t i = 0; i < s->capacity; i++)
        if (s->processes[i].state != FL_PROCESS_NONE && s->processes[i].deadline != 0 && s->processes[i].deadline < next)
            next = s->processes[i].deadline;
    for (int slot = 0; slot < s->slot_count; slot++)
        if (s->slots[slot].not_before > now && s->slots[slot].not_before < next)
            next = s->slots[slot].not_before;
    return next <= now ? 0 : (int)((next - now) / 1000) + 1;
}

static bool any_process(const fl_supervision *s)
{
    for (size_t i = 0; i < s->capacity; i++)
        if (s->processes[i].state != FL_PROCESS_NONE)
            return true;
    return false;
}

static void watch(fl_supervision *s, struct pollfd *polled, fl_process **of)
{
    while (!s->stopping || any_process(s)) {
        nfds_t count = 1;
        fill_slots(s);
        int64_t next = keep_time(s);
        polled[0] = (struct pollfd){ .fd = fl_orders_fd(), .events = POLLIN };
        for (size_t i = 0; i < s->capacity; i++) {
            fl_process *p = &s->processes[i];
            if (p->state == FL_PROCESS_NONE || p->hung_up)
                continue;
            of[count] = p;
            polled[count++] = (struct pollfd){ .fd = p->fd, .events = POLLIN };
        }
        (void)poll(polled, count, until_next_time(s, next));
        for (nfds_t i = 1; i < count; i++)
            if (polled[i].revents != 0)
                listen_to(s, of[i]);
        obey(s);
    }
}

/* -- from beginning to end --------------------------------------------------------------------------------------------------- */

static int processors(void)
{
    cpu_set_t usable;
    return sched_getaffinity(0, sizeof usable, &usable) == 0 ? CPU_COUNT(&usable) : 1;
}

static int prepare(fl_supervision *s)
{
    const fl_supervisor *how = s->how;

    s->slot_count = how->workers > 0 ? how->workers : processors();
    s->most_slots = 2 * s->slot_count + MORE_SLOTS;
    s->capacity = (size_t)s->slot_count * PLACES_A_SLOT + MORE_SLOTS;
    s->processes = fl_heap_zalloc(s->capacity * sizeof *s->processes);
    s->slots = fl_heap_zalloc((size_t)s->most_slots * sizeof *s->slots);
    if (s->processes == NULL || s->slots == NULL || fl_pulses_begin(s) != 0) {
        fprintf(stderr, "fleche: no memory for %d workers\n", s->slot_count);
        return -1;
    }
    int code = fl_orders_begin();
    if (code != 0) {
        fprintf(stderr, "fleche: no pipe for signals: %s\n", fl_code_text(code));
        return -1;
    }
    if (fl_privileges_look_up(how, &s->user, &s->group) != 0)
        return -1;
    if (how->pid_file != NULL && fl_pid_file_take(how->pid_file, &s->pid_file) != 0)
        return -1;
    (void)snprintf(s->pid_path, sizeof s->pid_path, "%s", how->pid_file == NULL ? "" : how->pid_file);
    fl_upgrade_begin(s);
    return fl_sockets_open(&s->sockets, how, s->slot_count);
}

static int run(fl_supervision *s)
{
    size_t most = s->capacity + 1;
    struct pollfd *polled = fl_heap_alloc(most * sizeof *polled);
    fl_process **of = fl_heap_alloc(most * sizeof *of);
    int status = polled == NULL || of == NULL;

    if (status == 0)
        watch(s, polled, of);
    else
        fprintf(stderr, "fleche: no memory for %d workers\n", s->slot_count);
    fl_heap_free(polled);
    fl_heap_free(of);
    return status;
}

int fl_supervise(const fl_supervisor *how)
{
    fl_supervision s = { .how = how, .pid_file = -1 };

    if (fl_loop_uv() != NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "fl_supervise() inside fl_run(): a process with a loop cannot fork workers");
    int status = prepare(&s) == 0 ? run(&s) : 1;
    if (s.newer > 0)
        s.sockets.activated = true;                  /* the files of Unix sockets are the newer program's now */
    fl_sockets_close(&s.sockets);
    if (s.pid_file >= 0)
        fl_pid_file_drop(s.pid_path, s.pid_file);
    fl_orders_end(false);
    fl_heap_free(s.processes);
    fl_heap_free(s.slots);
    fl_pulses_end(&s);
    return status;
}
