/* The service, its operator and its clients: blocking sockets, and deadlines on everything. */
#include "site.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <fleche/context.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 15000 };

int64_t site_ms(void) { return fl_monotonic_us() / 1000; }

/* -- the service ------------------------------------------------------------------------------------------------------------- */

static site_state *state;                            /* in a worker */
static int number;                                   /* of this worker: how many were started before it */

__attribute__((no_sanitize("address", "undefined"))) static FL_NOINLINE void follow_null(void *data)
{
    volatile int *volatile nothing = NULL;

    (void)data;
    *nothing = 1;
}

static void answer(fl_conn *conn, const char *line)
{
    if (fl_starts_with(line, "slow"))
        fl_sleep(FL_MILLISECONDS(300));
    if (fl_starts_with(line, "abort"))
        abort();
    if (fl_starts_with(line, "unit"))
        fl_worker_unit(fl_worker_here());
    const char *text = fl_text("%d %d %d\n", (int)getpid(), number, fl_worker_slot(fl_worker_here()));
    if (fl_starts_with(line, "null")) {
        fl_error *error = fl_protect(follow_null, NULL);
        text = error == NULL ? "nothing happened\n" : fl_text("%s %s", error->is->name, fl_error_report(error));
    }
    fl_write(conn, text, strlen(text));
}

static void serve(void *data)
{
    fl_conn *conn = data;
    char line[64] = "";

    fl_conn_close_here(conn);
    if (fl_read(conn, line, sizeof line - 1) > 0)
        answer(conn, line);
}

static void serve_protected(void *data) { (void)!fl_protect(serve, data); }

static void work(fl_worker *worker)
{
    fl_conn *conn;

    state = fl_worker_data(worker);
    number = state->starts++;
    if (state->failing_starts > 0) {
        state->failing_starts--;
        fl_raise(FL_CONFLICT, "told to fail at the start");
    }
    if (state->deaf)
        (void)signal(SIGTERM, SIG_IGN);              /* and asleep: nothing but KILL ends it */
    while (state->never_ready)
        fl_sleep(FL_MILLISECONDS(20));
    fl_listener *listener = fl_worker_listener(worker, 0);
    state->port = fl_listener_port(listener) != 0 ? fl_listener_port(listener) : -1;     /* a Unix socket has none */
    fl_crew *crew = fl_crew_open();
    while (fl_try_accept(listener, &conn) == 0)
        fl_crew_go(crew, serve_protected, conn);
    fl_crew_wait(crew);
    while (state->deaf)
        fl_sleep(FL_MILLISECONDS(20));
}

static void note_event(const fl_supervisor_event *event, void *data)
{
    const site_state *shared = data;
    (void)!write(shared->events[1], event, sizeof *event);
}

/* -- its operator ------------------------------------------------------------------------------------------------------------ */

int site_fork(void)
{
    (void)fflush(NULL);
    int pid = fork();

    if (pid == 0) {
        fl_context *here = fl_context_here();
        here->frame = NULL;
        here->deferred_count = 0;
    }
    fl_expect(pid >= 0);
    return pid;
}

int site_wait_exit(int pid)
{
    int status;

    for (int64_t until = site_ms() + PATIENCE_MS; waitpid(pid, &status, WNOHANG) == 0; (void)usleep(1000))
        if (site_ms() > until) {
            (void)kill(pid, SIGKILL);
            (void)waitpid(pid, &status, 0);
            fl_fail("the process %d did not end", pid);
        }
    return WIFSIGNALED(status) ? 256 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void close_site(void *data)
{
    site *s = data;

    if (s->pid > 0) {
        (void)kill(s->pid, SIGQUIT);
        (void)site_wait_exit(s->pid);
    }
    (void)close(s->events);
    (void)close(s->errors);
    (void)munmap(s->state, sizeof *s->state);
}

static _Noreturn void be_supervisor(site *s, const fl_supervisor *how, int errors)
{
    fl_supervisor service = *how;

    (void)dup2(errors, STDERR_FILENO);
    (void)close(errors);
    service.worker = how->worker == NULL ? work : how->worker;
    service.data = s->state;
    service.event = note_event;
    if (service.listen[0] == NULL)
        service.listen[0] = "127.0.0.1:0";
    exit(fl_supervise(&service));
}

site *site_start(const fl_supervisor *how)
{
    site *s = fl_new_of(site);
    int errors = memfd_create("stderr", MFD_CLOEXEC);

    s->errors = errors;
    s->state = mmap(NULL, sizeof *s->state, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    fl_expect(s->state != MAP_FAILED && errors >= 0 && pipe2(s->state->events, O_CLOEXEC) == 0);
    s->events = s->state->events[0];
    if (how->data != NULL)                           /* a state to begin with */
        memcpy(s->state, how->data, offsetof(site_state, events));
    s->pid = site_fork();
    if (s->pid == 0)
        be_supervisor(s, how, dup(errors));
    (void)close(s->state->events[1]);
    fl_defer(close_site, s);
    return s;
}

site *site_start_waiting(const fl_supervisor *how)
{
    site *s = site_start(how);

    for (int i = 0; i < how->workers; i++)
        (void)site_wait_for(s, FL_WORKER_READY);
    for (int64_t until = site_ms() + PATIENCE_MS; s->state->port == 0 && site_ms() < until; (void)usleep(1000))
        ;
    return s;
}

int site_end(site *s)
{
    int pid = s->pid;

    s->pid = 0;
    return site_wait_exit(pid);
}

const char *site_errors(site *s)
{
    char *text = fl_alloc(1 << 16);

    (void)!pread(s->errors, text, (1 << 16) - 1, 0);
    return text;
}

fl_supervisor_event site_wait_for(site *s, fl_supervisor_what what)
{
    fl_supervisor_event event = { 0 };

    for (int64_t until = site_ms() + PATIENCE_MS; site_ms() < until;) {
        struct pollfd waiting = { .fd = s->events, .events = POLLIN };
        if (poll(&waiting, 1, 100) <= 0)
            continue;
        ssize_t n = read(s->events, &event, sizeof event);
        if (n <= 0)
            break;
        if (event.what == what)
            return event;
    }
    fl_fail("the event %d did not come; stderr: %s", (int)what, site_errors(s));
}

/* -- its clients ------------------------------------------------------------------------------------------------------------- */

int site_try_connect(const site *s)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)s->state->port) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct timeval patience = { .tv_sec = 10 };

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

int site_connect(const site *s)
{
    int fd = site_try_connect(s);

    if (fd < 0)
        fl_fail("no connection to port %d: %s", (int)s->state->port, fl_code_text(-errno));
    return fd;
}

void site_send(int fd, const char *text) { fl_expect_equal((int)send(fd, text, strlen(text), MSG_NOSIGNAL), (int)strlen(text)); }

static size_t receive(int fd, char *text, size_t capacity)
{
    size_t size = 0;
    ssize_t n;

    while (size < capacity - 1 && (n = recv(fd, text + size, capacity - 1 - size, 0)) > 0)
        size += (size_t)n;
    text[size] = '\0';
    (void)close(fd);
    return size;
}

const char *site_receive(int fd)
{
    char *text = fl_alloc(1 << 15);

    (void)receive(fd, text, 1 << 15);
    return text;
}

const char *site_ask(const site *s, const char *line)
{
    int fd = site_connect(s);

    site_send(fd, line);
    return site_receive(fd);
}

int site_ask_pid(const site *s)
{
    long long pid = 0;
    fl_str text = fl_str_of(site_ask(s, "who")), first;

    if (!fl_str_cut(&text, ' ', &first) || !fl_str_int(first, &pid))
        fl_fail("no worker answered");
    return (int)pid;
}

static _Noreturn void load(const site *s)
{
    while (s->state->loading) {
        char text[64];
        int fd = site_try_connect(s);
        bool answered = fd >= 0 && send(fd, "who", 3, MSG_NOSIGNAL) == 3 && receive(fd, text, sizeof text) > 0;
        if (answered)
            s->state->answers++;
        else
            s->state->failures++;
    }
    _exit(0);
}

int site_load(const site *s)
{
    s->state->loading = true;
    int pid = site_fork();

    if (pid == 0)
        load(s);
    return pid;
}

void site_end_load(const site *s, int pid)
{
    s->state->loading = false;
    fl_expect_equal(site_wait_exit(pid), 0);
}
