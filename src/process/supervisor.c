/* The supervisor: a small state machine over poll(), without a loop, fibers or threads, so that it can fork at any time.
 *
 * Every slot is to have one worker that is ready, from the newest generation. A child is starting, ready, leaving (told to stop, or asked
 * to be replaced), and then ended. What happened (a signal, a byte from a worker, an end, a time) changes the children; then
 * `fill_slots` starts what is missing. A reload is nothing but a new generation: its children start beside the old ones, and each
 * tells its predecessor to leave when it is ready. */
#include "process/process.h"
#include <errno.h>
#include <fcntl.h>
#include <fleche/heap.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILDREN_A_SLOT = 4, GRACE_US = 30000000, READY_US = 30000000, EARLY_US = 1000000, FIRST_PAUSE_US = 100000,
       LONGEST_PAUSE_US = 30000000 };

typedef enum child_state { FREE, STARTING, READY, LEAVING } child_state;

typedef struct child {
    child_state state;
    int pid, slot, fd;                               /* fd: our end of its line */
    unsigned generation;
    int64_t started, deadline;                       /* deadline: killed then; 0: none */
    bool wants_replacement, hung_up;
} child;

typedef struct supervisor {
    const fl_supervisor *how;
    fl_sockets sockets;
    int slots, pid_file;
    uid_t user;
    gid_t group;
    child *children;
    size_t capacity;
    int64_t *not_before;                             /* a slot is held back until then */
    unsigned *early_ends;                            /* of a slot, in a row */
    unsigned generation;
    bool stopping, announced;
} supervisor;

static int wake_pipe[2] = { -1, -1 };

static void on_signal(int signal)
{
    int saved = errno;
    char byte = (char)signal;
    (void)!write(wake_pipe[1], &byte, 1);
    errno = saved;
}

static const int handled[] = { SIGCHLD, SIGTERM, SIGINT, SIGQUIT, SIGHUP };

static void set_signals(void (*handler)(int))
{
    for (size_t i = 0; i < FL_LENGTH(handled); i++)
        (void)sigaction(handled[i], &(struct sigaction){ .sa_handler = handler, .sa_flags = SA_RESTART | SA_NOCLDSTOP }, NULL);
}

static void tell(const supervisor *s, fl_supervisor_event event)
{
    static const char *const names[] = {
        "a worker has started", "a worker is ready", "a worker is to stop", "a worker has ended", "a worker has crashed",
        "a worker is replaced after its share of work", "a worker ends too early: its place waits", "reloading", "stopping",
    };

    if (s->how->event != NULL) {
        s->how->event(&event, s->how->data);
        return;
    }
    fprintf(stderr, "fleche: %s", names[event.what]);
    if (event.pid != 0)
        fprintf(stderr, " (slot %d, process %d", event.slot, event.pid);
    if (event.signal != 0)
        fprintf(stderr, ", signal %d", event.signal);
    else if (event.status != 0)
        fprintf(stderr, ", status %d", event.status);
    if (event.pause.us != 0)
        fprintf(stderr, ", %lld ms", (long long)event.pause.us / 1000);
    fprintf(stderr, event.pid != 0 ? ")\n" : "\n");
}

static void tell_of(const supervisor *s, fl_supervisor_what what, const child *c)
{
    tell(s, (fl_supervisor_event){ .what = what, .pid = c->pid, .slot = c->slot });
}

static int64_t or_default(fl_duration time, int64_t usual) { return time.us > 0 ? time.us : usual; }

/* -- starting ---------------------------------------------------------------------------------------------------------------------- */

static _Noreturn void be_worker(supervisor *s, int slot, int fd)
{
    sigset_t none;
    const fl_supervisor *how = s->how;
    fl_sockets sockets = s->sockets;

    set_signals(SIG_DFL);
    (void)signal(SIGINT, SIG_IGN);                   /* a terminal sends it to all: the supervisor decides */
    (void)signal(SIGHUP, SIG_IGN);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)close(wake_pipe[0]);
    (void)close(wake_pipe[1]);
    for (size_t i = 0; i < s->capacity; i++)
        if (s->children[i].state != FREE)
            (void)close(s->children[i].fd);
    if (s->pid_file >= 0)
        (void)close(s->pid_file);
    if (fl_privileges_drop(how, s->user, s->group) != 0)
        _exit(1);
    fl_heap_free(s->children);
    fl_heap_free(s->not_before);
    fl_heap_free(s->early_ends);
    fl_worker_live(how, &sockets, slot, fd);
}

static child *free_place(supervisor *s)
{
    for (size_t i = 0; i < s->capacity; i++)
        if (s->children[i].state == FREE)
            return &s->children[i];
    return NULL;
}

static void hold_back(supervisor *s, int slot)
{
    unsigned steps = s->early_ends[slot] < 2 ? 0 : s->early_ends[slot] - 2;
    int64_t pause = s->early_ends[slot] < 2 ? 0 : FIRST_PAUSE_US << (steps < 9 ? steps : 9);

    if (pause > LONGEST_PAUSE_US)
        pause = LONGEST_PAUSE_US;
    s->not_before[slot] = fl_monotonic_us() + pause;
    if (pause > 0)
        tell(s, (fl_supervisor_event){ .what = FL_WORKER_HELD_BACK, .slot = slot, .pause = { pause } });
}

static void start(supervisor *s, int slot)
{
    child *c = free_place(s);
    int ends[2];

    if (c == NULL)
        return;                                      /* too many leave at once: when one has, there is a place */
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        s->early_ends[slot]++;
        hold_back(s, slot);
        return;
    }
    (void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
    (void)fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        (void)close(ends[0]);
        be_worker(s, slot, ends[1]);
    }
    (void)close(ends[1]);
    if (pid < 0) {
        (void)close(ends[0]);
        s->early_ends[slot]++;
        hold_back(s, slot);
        return;
    }
    int64_t now = fl_monotonic_us();
    *c = (child){ .state = STARTING, .pid = pid, .slot = slot, .fd = ends[0], .generation = s->generation, .started = now,
                  .deadline = now + or_default(s->how->ready_within, READY_US) };
    tell_of(s, FL_WORKER_STARTED, c);
}

/* A slot is served when a child of the newest generation that nobody has to replace is there or on its way. */
static bool is_served(const supervisor *s, int slot)
{
    for (size_t i = 0; i < s->capacity; i++) {
        const child *c = &s->children[i];
        if (c->slot == slot && (c->state == STARTING || c->state == READY) && c->generation == s->generation && !c->wants_replacement)
            return true;
    }
    return false;
}

static void fill_slots(supervisor *s)
{
    int64_t now = fl_monotonic_us();

    for (int slot = 0; slot < s->slots && !s->stopping; slot++)
        if (s->not_before[slot] <= now && !is_served(s, slot))
            start(s, slot);
}

/* -- ending ------------------------------------------------------------------------------------------------------------------------ */

static void leave(supervisor *s, child *c)
{
    if (c->state == LEAVING || c->state == FREE)
        return;
    c->state = LEAVING;
    c->deadline = fl_monotonic_us() + or_default(s->how->grace, GRACE_US);
    (void)kill(c->pid, SIGTERM);
    tell_of(s, FL_WORKER_STOPPING, c);
}

static void stop_all(supervisor *s, bool at_once)
{
    if (!s->stopping) {
        tell(s, (fl_supervisor_event){ .what = FL_SUPERVISOR_STOPPING });
        fl_notify_systemd("STOPPING=1");
    }
    for (size_t i = 0; i < s->capacity; i++) {
        if (s->children[i].state == FREE)
            continue;
        if (at_once || s->stopping)                  /* asked twice is asked for now */
            (void)kill(s->children[i].pid, SIGKILL);
        else
            leave(s, &s->children[i]);
    }
    s->stopping = true;
}

static void reload(supervisor *s)
{
    char state[64];

    if (s->stopping)
        return;
    (void)snprintf(state, sizeof state, "RELOADING=1\nMONOTONIC_USEC=%lld", (long long)fl_monotonic_us());
    fl_notify_systemd(state);
    tell(s, (fl_supervisor_event){ .what = FL_SUPERVISOR_RELOADING });
    s->generation++;
    s->announced = false;
    for (int slot = 0; slot < s->slots; slot++)
        s->not_before[slot] = 0;
}

static void has_ended(supervisor *s, child *c, int status)
{
    bool early = fl_monotonic_us() - c->started < EARLY_US;
    bool expected = c->state == LEAVING;

    tell(s, (fl_supervisor_event){ .what = WIFSIGNALED(status) && !expected ? FL_WORKER_CRASHED : FL_WORKER_ENDED, .pid = c->pid,
                                   .slot = c->slot, .status = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
                                   .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0 });
    (void)close(c->fd);
    c->state = FREE;
    if (expected)
        return;
    s->early_ends[c->slot] = early ? s->early_ends[c->slot] + 1 : 0;
    if (c->generation == s->generation)
        hold_back(s, c->slot);
}

static void reap(supervisor *s)
{
    for (size_t i = 0; i < s->capacity; i++) {
        int status;
        if (s->children[i].state != FREE && waitpid(s->children[i].pid, &status, WNOHANG) == s->children[i].pid)
            has_ended(s, &s->children[i], status);
    }
}

/* -- what happens ------------------------------------------------------------------------------------------------------------------- */

static void announce_when_all_are_ready(supervisor *s)
{
    int ready = 0;

    for (size_t i = 0; i < s->capacity; i++)
        ready += s->children[i].state == READY && s->children[i].generation == s->generation;
    if (ready < s->slots || s->announced)
        return;
    s->announced = true;
    fl_notify_systemd("READY=1");
}

static void is_ready(supervisor *s, child *c)
{
    if (c->state != STARTING)
        return;
    c->state = READY;
    c->deadline = 0;
    tell_of(s, FL_WORKER_READY, c);
    for (size_t i = 0; i < s->capacity; i++) {
        child *other = &s->children[i];
        if (other != c && other->slot == c->slot && (other->state == READY || other->state == STARTING)
            && (other->generation != c->generation || other->wants_replacement))
            leave(s, other);
    }
    announce_when_all_are_ready(s);
}

static void listen_to(supervisor *s, child *c)
{
    char said[16];
    ssize_t n = read(c->fd, said, sizeof said);

    c->hung_up = n == 0;                             /* it ends, or will: no more is heard of it but its end */
    for (ssize_t i = 0; i < n; i++) {
        if (said[i] == FL_SAYS_READY)
            is_ready(s, c);
        if (said[i] == FL_SAYS_REPLACE_ME && !c->wants_replacement) {
            c->wants_replacement = true;
            tell_of(s, FL_WORKER_RECYCLED, c);
        }
    }
}

static void obey(supervisor *s)
{
    char signals[64];
    ssize_t n = read(wake_pipe[0], signals, sizeof signals);

    for (ssize_t i = 0; i < n; i++) {
        if (signals[i] == SIGTERM || signals[i] == SIGINT)
            stop_all(s, false);
        if (signals[i] == SIGQUIT)
            stop_all(s, true);
        if (signals[i] == SIGHUP)
            reload(s);
    }
    reap(s);
}

static void keep_time(supervisor *s)
{
    int64_t now = fl_monotonic_us();

    for (size_t i = 0; i < s->capacity; i++)
        if (s->children[i].state != FREE && s->children[i].deadline != 0 && s->children[i].deadline <= now) {
            (void)kill(s->children[i].pid, SIGKILL);
            s->children[i].deadline = 0;
        }
}

static int until_next_time(const supervisor *s)
{
    int64_t now = fl_monotonic_us(), next = now + 60000000;

    for (size_t i = 0; i < s->capacity; i++)
        if (s->children[i].state != FREE && s->children[i].deadline != 0 && s->children[i].deadline < next)
            next = s->children[i].deadline;
    for (int slot = 0; slot < s->slots; slot++)
        if (s->not_before[slot] > now && s->not_before[slot] < next)
            next = s->not_before[slot];
    return next <= now ? 0 : (int)((next - now) / 1000) + 1;
}

static bool any_child(const supervisor *s)
{
    for (size_t i = 0; i < s->capacity; i++)
        if (s->children[i].state != FREE)
            return true;
    return false;
}

static void watch(supervisor *s, struct pollfd *polled, child **of)
{
    while (!s->stopping || any_child(s)) {
        nfds_t count = 1;
        fill_slots(s);
        polled[0] = (struct pollfd){ .fd = wake_pipe[0], .events = POLLIN };
        for (size_t i = 0; i < s->capacity; i++)
            if (s->children[i].state != FREE) {
                of[count] = &s->children[i];
                polled[count++] = (struct pollfd){ .fd = s->children[i].hung_up ? -1 : s->children[i].fd, .events = POLLIN };
            }
        (void)poll(polled, count, until_next_time(s));
        for (nfds_t i = 1; i < count; i++)
            if (polled[i].revents != 0)
                listen_to(s, of[i]);
        obey(s);
        keep_time(s);
    }
}

/* -- from beginning to end ------------------------------------------------------------------------------------------------------------ */

static int prepare(supervisor *s)
{
    const fl_supervisor *how = s->how;

    s->slots = how->workers > 0 ? how->workers : (int)sysconf(_SC_NPROCESSORS_ONLN);
    s->capacity = (size_t)s->slots * CHILDREN_A_SLOT;
    s->children = fl_heap_zalloc(s->capacity * sizeof *s->children);
    s->not_before = fl_heap_zalloc((size_t)s->slots * sizeof *s->not_before);
    s->early_ends = fl_heap_zalloc((size_t)s->slots * sizeof *s->early_ends);
    if (s->children == NULL || s->not_before == NULL || s->early_ends == NULL) {
        fprintf(stderr, "fleche: no memory for %d workers\n", s->slots);
        return -1;
    }
    if (pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0) {
        fprintf(stderr, "fleche: no pipe for signals: %s\n", fl_code_text(-errno));
        return -1;
    }
    if (fl_privileges_look_up(how, &s->user, &s->group) != 0)
        return -1;
    if (how->pid_file != NULL && fl_pid_file_take(how->pid_file, &s->pid_file) != 0)
        return -1;
    return fl_sockets_open(&s->sockets, how, s->slots);
}

static int run(supervisor *s)
{
    size_t most = s->capacity + 1;
    struct pollfd *polled = fl_heap_alloc(most * sizeof *polled);
    child **of = fl_heap_alloc(most * sizeof *of);
    int status = polled == NULL || of == NULL;

    if (status == 0) {
        set_signals(on_signal);
        watch(s, polled, of);
        set_signals(SIG_DFL);
    }
    fl_heap_free(polled);
    fl_heap_free(of);
    return status;
}

int fl_supervise(const fl_supervisor *how)
{
    supervisor s = { .how = how, .pid_file = -1 };
    int status = prepare(&s) == 0 ? run(&s) : 1;

    fl_sockets_close(&s.sockets, s.slots);
    if (s.pid_file >= 0)
        fl_pid_file_drop(how->pid_file, s.pid_file);
    for (int i = 0; i < 2; i++) {
        if (wake_pipe[i] >= 0)
            (void)close(wake_pipe[i]);
        wake_pipe[i] = -1;
    }
    fl_heap_free(s.children);
    fl_heap_free(s.not_before);
    fl_heap_free(s.early_ends);
    return status;
}
