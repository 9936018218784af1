/* How long a killed worker is missed: from KILL to the first answer of its replacement, while another client connects all the
 * time and counts who refuses it. Prints the figures; the exit status is 1 if they miss the target. */
#include <arpa/inet.h>
#include <errno.h>
#include <fleche/process.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KILLS = 20, TARGET_US = 50000, SETTLE_US = 1100000 };       /* a worker that lived for a second is replaced at once */

typedef struct { _Atomic int port, connected, refused; } shared;
static shared *all;

static void answer(void *data)
{
    char question[16];
    fl_conn *conn = data;

    if (fl_try_read(conn, question, sizeof question) > 0) {
        int pid = getpid();
        (void)!fl_try_write(conn, &pid, sizeof pid);
    }
    fl_conn_close(conn);
}

static void work(fl_worker *worker)
{
    fl_listener *listener = fl_worker_listener(worker, 0);
    fl_conn *conn;

    all->port = fl_listener_port(listener);
    while (fl_try_accept(listener, &conn) == 0)
        fl_spawn(answer, conn);
}

static void ignore(const fl_supervisor_event *event, void *data) { (void)event, (void)data; }

static int dial(void)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)all->port) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

static int ask_pid(void)
{
    int pid = 0, fd = dial();

    if (fd >= 0 && send(fd, "who", 3, MSG_NOSIGNAL) == 3 && recv(fd, &pid, sizeof pid, MSG_WAITALL) != (ssize_t)sizeof pid)
        pid = 0;
    (void)close(fd);
    return pid;
}

static _Noreturn void connect_all_the_time(void)
{
    for (;; (void)usleep(200)) {
        int fd = dial();
        if (fd < 0)
            all->refused++;
        else
            all->connected++;
        (void)close(fd);
    }
}

static int64_t time_one_kill(void)
{
    int worker = ask_pid();
    int64_t began = fl_monotonic_us();

    (void)kill(worker, SIGKILL);
    for (int pid = 0; pid == 0 || pid == worker;)
        pid = ask_pid();
    return fl_monotonic_us() - began;
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static bool measure(void)
{
    int64_t times[KILLS];

    while (all->port == 0)
        (void)usleep(1000);
    for (int i = 0; i < KILLS; i++) {
        (void)usleep(SETTLE_US);
        times[i] = time_one_kill();
    }
    qsort(times, KILLS, sizeof *times, by_size);
    int64_t median = times[KILLS / 2];
    printf("KILL to the replacement's first answer: median %.1f ms, fastest %.1f, slowest %.1f, of %d (target: %d ms)\n",
           (double)median / 1e3, (double)times[0] / 1e3, (double)times[KILLS - 1] / 1e3, KILLS, TARGET_US / 1000);
    printf("connections meanwhile: %d made, %d refused (target: 0)\n", (int)all->connected, (int)all->refused);
    return median <= TARGET_US && all->refused == 0;
}

int main(void)
{
    all = mmap(NULL, sizeof *all, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED)
        return 1;
    pid_t service = fork();
    if (service == 0)
        return fl_supervise(&(fl_supervisor){ .worker = work, .workers = 1, .listen = { "127.0.0.1:0" }, .event = ignore });
    while (all->port == 0)
        (void)usleep(1000);
    pid_t client = fork();
    if (client == 0)
        connect_all_the_time();
    bool reached = measure();
    (void)kill(client, SIGKILL);
    (void)kill(service, SIGTERM);
    (void)waitpid(client, NULL, 0);
    (void)waitpid(service, NULL, 0);
    return !reached;
}
