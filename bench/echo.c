/* How much processor a request costs: an echo server on fibers, beside one on bare epoll and one on libuv's callbacks.
 *
 * Each server runs in a process of its own and is driven by the same closed loop of 32 connections and 64-byte requests; what counts
 * is the server's processor time (user and system, from wait4). Servers take turns, round by round; medians are printed, and the
 * ratios to the fibers of the same round. Behind that: connections accepted and closed, and the memory of idle connections without a fiber.
 *
 *     $ ninja -C build bench/fleche-bench-echo && build/bench/fleche-bench-echo [requests] [rounds] [server] */
#include <errno.h>
#include <fleche/base.h>
#include <fleche/io.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

enum { CONNECTIONS = 32, SIZE = 64, BUFFER = 4096, EVENTS = 64, MOST_ROUNDS = 99, IDLE = 10000, CONNECTS = 20000 };

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "fleche-bench-echo: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* -- on fibers ------------------------------------------------------------------------------------------------------------------ */

static void echo(void *data)
{
    fl_conn *conn = data;
    char bytes[BUFFER];
    ssize_t n;

    while ((n = fl_try_read(conn, bytes, sizeof bytes)) > 0 && fl_try_write(conn, bytes, (size_t)n) == 0)
        ;
    fl_conn_close(conn);
}

static void accept_on_fibers(void *fd)
{
    fl_listener *listener;
    fl_conn *conn;

    if (fl_try_listener_of_fd(*(int *)fd, &listener) != 0)
        die("listener");
    while (fl_try_accept(listener, &conn) == 0)
        fl_spawn(echo, conn);
}

static void serve_on_fibers(int fd) { (void)fl_run(accept_on_fibers, &fd); }

/* -- on bare epoll ---------------------------------------------------------------------------------------------------------------- */

static void watch(int loop, int fd)
{
    if (epoll_ctl(loop, EPOLL_CTL_ADD, fd, &(struct epoll_event){ .events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data.fd = fd }) != 0)
        die("epoll_ctl");
}

static void accept_bare(int loop, int listener)
{
    int fd;

    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
        watch(loop, fd);
    }
}

static void echo_bare(int fd)
{
    char bytes[BUFFER];
    ssize_t n;

    while ((n = recv(fd, bytes, sizeof bytes, 0)) > 0) {
        if (send(fd, bytes, (size_t)n, MSG_NOSIGNAL) != n)
            die("send");
        if (n < BUFFER)
            return;                                  /* empty now; more would be a new edge */
    }
    if (n == 0 || errno != EAGAIN)
        (void)close(fd);
}

static void serve_on_epoll(int listener)
{
    int loop = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event events[EVENTS];

    watch(loop, listener);
    for (;;) {
        int n = epoll_wait(loop, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            if (events[i].data.fd == listener)
                accept_bare(loop, listener);
            else
                echo_bare(events[i].data.fd);
        }
    }
}

/* -- on libuv's callbacks ------------------------------------------------------------------------------------------------------------- */

typedef struct { uv_tcp_t tcp; uv_write_t write; char bytes[BUFFER]; } uv_peer;

static void give_buffer(uv_handle_t *handle, size_t wish, uv_buf_t *ret)
{
    (void)wish;
    *ret = uv_buf_init(((uv_peer *)handle)->bytes, BUFFER);
}

static void free_peer(uv_handle_t *handle) { free(handle); }
static void written(uv_write_t *request, int status) { (void)request, (void)status; }

static void has_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *bytes)
{
    uv_peer *peer = (uv_peer *)stream;
    uv_buf_t answer = uv_buf_init(bytes->base, (unsigned)(n < 0 ? 0 : n));

    if (n < 0)
        uv_close((uv_handle_t *)stream, free_peer);
    else if (n > 0 && uv_write(&peer->write, stream, &answer, 1, written) != 0)
        die("uv_write");
}

static void has_come(uv_stream_t *listener, int status)
{
    uv_peer *peer = calloc(1, sizeof *peer);

    if (status != 0 || peer == NULL || uv_tcp_init(listener->loop, &peer->tcp) != 0)
        die("uv_tcp_init");
    if (uv_accept(listener, (uv_stream_t *)&peer->tcp) != 0 || uv_tcp_nodelay(&peer->tcp, 1) != 0)
        die("uv_accept");
    (void)uv_read_start((uv_stream_t *)&peer->tcp, give_buffer, has_read);
}

static void serve_on_libuv(int fd)
{
    uv_loop_t loop;
    uv_tcp_t listener;

    if (uv_loop_init(&loop) != 0 || uv_tcp_init(&loop, &listener) != 0 || uv_tcp_open(&listener, fd) != 0 ||
        uv_listen((uv_stream_t *)&listener, 511, has_come) != 0)
        die("libuv");
    (void)uv_run(&loop, UV_RUN_DEFAULT);
}

/* -- the load --------------------------------------------------------------------------------------------------------------------- */

static int listen_somewhere(struct sockaddr_in *ret)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    socklen_t size = sizeof *ret;

    *ret = (struct sockaddr_in){ .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (fd < 0 || bind(fd, (struct sockaddr *)ret, sizeof *ret) != 0 || listen(fd, 4096) != 0 ||
        getsockname(fd, (struct sockaddr *)ret, &size) != 0)
        die("listen");
    return fd;
}

static int connect_to(const struct sockaddr_in *at)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || connect(fd, (const struct sockaddr *)at, sizeof *at) != 0)
        die("connect");
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
    return fd;
}

/* Each connection sends its next request when it has its answer. */
static void drive_echo(const struct sockaddr_in *at, long requests)
{
    int loop = epoll_create1(EPOLL_CLOEXEC), fds[CONNECTIONS];
    struct epoll_event events[EVENTS];
    char bytes[BUFFER] = { 0 };
    long sent = CONNECTIONS, answered = 0;

    for (int i = 0; i < CONNECTIONS; i++) {
        fds[i] = connect_to(at);
        watch(loop, fds[i]);
        if (send(fds[i], bytes, SIZE, 0) != SIZE)
            die("send");
    }
    while (answered < requests) {
        int n = epoll_wait(loop, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            if (recv(events[i].data.fd, bytes, sizeof bytes, 0) != SIZE)
                die("recv");
            answered++;
            if (sent < requests && send(events[i].data.fd, bytes, SIZE, 0) == SIZE)
                sent++;
        }
    }
    for (int i = 0; i < CONNECTIONS; i++)
        (void)close(fds[i]);
    (void)close(loop);
}

static void drive_connects(const struct sockaddr_in *at, long connects)
{
    char bytes[SIZE] = { 0 };

    for (long i = 0; i < connects; i++) {
        int fd = connect_to(at);
        if (send(fd, bytes, SIZE, 0) != SIZE || recv(fd, bytes, SIZE, MSG_WAITALL) != SIZE)
            die("echo");
        (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){ 1, 0 }, sizeof(struct linger));   /* no TIME_WAIT */
        (void)close(fd);
    }
}

/* -- measuring ---------------------------------------------------------------------------------------------------------------------- */

typedef struct { const char *name; void (*serve)(int listener); double cpu[MOST_ROUNDS], rate[MOST_ROUNDS]; } server;

static void measure(server *s, int round, long n, void (*drive)(const struct sockaddr_in *at, long n))
{
    struct sockaddr_in at;
    struct rusage used;
    int listener = listen_somewhere(&at), status;

    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        s->serve(listener);
        _exit(0);
    }
    (void)close(listener);
    double before = fl_monotonic();
    drive(&at, n);
    s->rate[round] = (double)n / (fl_monotonic() - before);
    (void)kill(pid, SIGKILL);
    if (wait4(pid, &status, 0, &used) != pid)
        die("wait4");
    double seconds = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                     (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    s->cpu[round] = seconds * 1e6 / (double)n;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const double *values, int n)
{
    double sorted[MOST_ROUNDS];

    memcpy(sorted, values, (size_t)n * sizeof *sorted);
    qsort(sorted, (size_t)n, sizeof *sorted, by_size);
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

static void compare(const char *what, long n, int rounds, const char *only, void (*drive)(const struct sockaddr_in *at, long n))
{
    server servers[] = { { "fibers", serve_on_fibers }, { "epoll", serve_on_epoll }, { "libuv", serve_on_libuv } };
    double ratio[MOST_ROUNDS];

    printf("%ld %s, %d rounds\n%-8s %14s %14s %28s\n", n, what, rounds, "server", "CPU us each", "a second",
           "its CPU / that of fibers");
    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < FL_LENGTH(servers); i++)
            if (only == NULL || fl_text_is(only, servers[i].name))
                measure(&servers[i], round, n, drive);
    for (size_t i = 0; i < FL_LENGTH(servers); i++) {
        for (int round = 0; round < rounds; round++)
            ratio[round] = servers[i].cpu[round] / servers[0].cpu[round];
        printf("%-8s %14.2f %14.0f %28.3f\n", servers[i].name, median(servers[i].cpu, rounds), median(servers[i].rate, rounds),
               median(ratio, rounds));
    }
}

/* -- idle connections ------------------------------------------------------------------------------------------------------------------ */

static void serve_and_park(void *data)
{
    fl_conn *conn = data;
    char bytes[BUFFER];
    ssize_t n = fl_try_read(conn, bytes, sizeof bytes);

    if (n > 0 && fl_try_write(conn, bytes, (size_t)n) == 0)
        fl_conn_park(conn, serve_and_park, conn);    /* no fiber until it says more */
    else
        fl_conn_close(conn);
}

static void accept_to_park(void *fd)
{
    fl_listener *listener;
    fl_conn *conn;

    if (fl_try_listener_of_fd(*(int *)fd, &listener) != 0)
        die("listener");
    while (fl_try_accept(listener, &conn) == 0)
        fl_spawn(serve_and_park, conn);
}

static long resident(pid_t pid)
{
    char path[64];
    long pages = 0;

    (void)snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL || fscanf(file, "%*d %ld", &pages) != 1)
        die(path);
    (void)fclose(file);
    return pages * sysconf(_SC_PAGESIZE);
}

static void talk_and_stay(const struct sockaddr_in *at, int *fds, int n)
{
    char bytes[SIZE] = { 0 };

    for (int i = 0; i < n; i++) {
        fds[i] = connect_to(at);
        if (send(fds[i], bytes, SIZE, 0) != SIZE || recv(fds[i], bytes, SIZE, MSG_WAITALL) != SIZE)
            die("echo");
    }
}

static void measure_idle(void)
{
    static int fds[IDLE + 100];
    struct sockaddr_in at;
    struct rlimit files;
    int listener = listen_somewhere(&at);

    (void)getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < IDLE + 200) {
        printf("idle connections are not measured: at most %lu descriptors are allowed\n", (unsigned long)files.rlim_cur);
        return;
    }
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        _exit(fl_run(accept_to_park, &listener));
    talk_and_stay(&at, fds, 100);                    /* what the first ones need, all need once */
    long before = resident(pid);
    talk_and_stay(&at, fds + 100, IDLE);
    printf("%d idle connections: %.0f bytes each\n", IDLE, (double)(resident(pid) - before) / IDLE);
    (void)kill(pid, SIGKILL);
    (void)waitpid(pid, NULL, 0);
}

int main(int count, char **arguments)
{
    long requests = count > 1 ? strtol(arguments[1], NULL, 10) : 200000;
    int rounds = count > 2 ? (int)strtol(arguments[2], NULL, 10) : 7;
    const char *only = count > 3 ? arguments[3] : NULL;

    if (requests < CONNECTIONS || rounds < 1 || rounds > MOST_ROUNDS) {
        fprintf(stderr, "usage: fleche-bench-echo [requests] [rounds] [fibers|epoll|libuv]\n");
        return 2;
    }
    compare("requests of 64 bytes on 32 connections", requests, rounds, only, drive_echo);
    compare("connections of one request each", CONNECTS, rounds, only, drive_connects);
    measure_idle();
    return 0;
}
