/* How a worker's process begins, and how long a slot waits whose workers end too early. */
#include <errno.h>
#include <fcntl.h>
#include <fleche/context.h>
#include <fleche/heap.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
#include "process/supervisor.h"

enum { READY_US = 30000000, FIRST_PAUSE_US = 100000, LONGEST_PAUSE_US = 30000000, MOST_DOUBLINGS = 9 };

void fl_slot_ended_early(fl_supervision *s, int slot)
{
    fl_slot *held = &s->slots[slot];
    int64_t pause = 0;

    if (++held->early_ends > 1) {
        unsigned doublings = held->early_ends - 2;
        pause = (int64_t)FIRST_PAUSE_US << (doublings < MOST_DOUBLINGS ? doublings : MOST_DOUBLINGS);
    }
    if (pause > LONGEST_PAUSE_US)
        pause = LONGEST_PAUSE_US;
    held->not_before = fl_monotonic_us() + pause;
    if (pause > 0)
        fl_supervision_tell(s, (fl_supervisor_event){ .what = FL_WORKER_HELD_BACK, .slot = slot, .pause = { pause } });
}

/* What the supervisor has open is not the worker's: above all the other workers' lines, whose breaking tells them that it is
 * gone. What it deferred and protects is not either. */
static void let_go(fl_supervision *s, int slot)
{
    fl_context *here = fl_context_here();

    here->frame = NULL;
    here->deferred_count = 0;
    for (size_t i = 0; i < s->capacity; i++)
        if (s->processes[i].state != FL_PROCESS_NONE)
            (void)close(s->processes[i].fd);
    if (s->pid_file >= 0)
        (void)close(s->pid_file);
    fl_sockets_keep(&s->sockets, slot);
    fl_heap_free(s->processes);
    fl_heap_free(s->slots);
    s->processes = NULL;
}

static _Noreturn void be_worker(fl_supervision *s, int slot, int fd, fl_pulse *pulse)
{
    fl_orders_end(true);
    let_go(s, slot);
    if (fl_privileges_drop(s->how, s->user, s->group) != 0)
        _exit(1);
    fl_worker_live(s->how, &(fl_worker_place){ &s->sockets, slot, fd, pulse });
}

/* Signals wait until the child's handlers are its own: one that comes before would be written into the supervisor's pipe. */
static pid_t fork_worker(fl_supervision *s, int slot, const int *ends, fl_pulse *pulse)
{
    sigset_t all, before;

    (void)fflush(NULL);
    (void)sigfillset(&all);
    (void)sigprocmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    if (pid == 0) {
        (void)close(ends[0]);
        be_worker(s, slot, ends[1], pulse);
    }
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    return pid;
}

static fl_process *free_place(fl_supervision *s)
{
    for (size_t i = 0; i < s->capacity; i++)
        if (s->processes[i].state == FL_PROCESS_NONE)
            return &s->processes[i];
    return NULL;
}

static void try_later(fl_supervision *s, int slot)
{
    if (s->slots[slot].early_ends == 0)
        s->slots[slot].early_ends = 1;               /* a pause now: at once would fail again */
    fl_slot_ended_early(s, slot);
}

void fl_slot_start(fl_supervision *s, int slot)
{
    fl_process *place = free_place(s);
    int ends[2];

    if (place == NULL)
        return;                                      /* too many leave at once: when one has, there is a place */
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        try_later(s, slot);
        return;
    }
    (void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
    fl_pulse *pulse = &s->pulses[place - s->processes];
    *pulse = fl_monotonic_us();
    fl_supervision_tell(s, (fl_supervisor_event){ .what = FL_WORKER_STARTING, .slot = slot });
    pid_t pid = fork_worker(s, slot, ends, pulse);
    (void)close(ends[1]);
    if (pid < 0) {
        (void)close(ends[0]);
        try_later(s, slot);
        return;
    }
    int64_t now = fl_monotonic_us(), ready_within = s->how->ready_within.us > 0 ? s->how->ready_within.us : READY_US;
    *place = (fl_process){ .state = FL_PROCESS_STARTING,
                           .pid = pid,
                           .slot = slot,
                           .fd = ends[0],
                           .generation = s->generation,
                           .started = now,
                           .deadline = now + ready_within };
    fl_supervision_tell_of(s, FL_WORKER_STARTED, place);
}
