/* The memory of idle keep-alive connections: 10,000 clients ask once over HTTP/1.1 and stay; what the server's process has resident more.
 *
 *     $ ninja -C build bench/fleche-bench-idle && build/bench/fleche-bench-idle */
#include <errno.h>
#include <fleche/base.h>
#include <fleche/server.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { IDLE = 10000, FIRST = 100, TARGET = 6144 };

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "fleche-bench-idle: %s: %s\n", what, strerror(errno));
    exit(1);
}

static fl_response *answer(fl_request *request, void *data)
{
    (void)request, (void)data;
    return fl_text_response("Hello, World!");
}

static void serve(void *fd)
{
    fl_listener *listener;

    if (fl_try_listener_of_fd(*(int *)fd, &listener) != 0)
        die("listener");
    fl_server_listen(fl_server_new(.handler = answer, .timeouts.idle = FL_SECONDS(600)), listener);
    fl_sleep(FL_SECONDS(600));
}

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

static void ask_and_stay(const struct sockaddr_in *at, int n)
{
    static const char request[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    char bytes[4096];

    for (int i = 0; i < n; i++) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0 || connect(fd, (const struct sockaddr *)at, sizeof *at) != 0 ||
            send(fd, request, sizeof request - 1, 0) != sizeof request - 1 || recv(fd, bytes, sizeof bytes, 0) < 100)
            die("a client");
    }
}

static long resident(pid_t pid)
{
    char path[64], line[256];
    long kilobytes = -1;

    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        (void)sscanf(line, "VmRSS: %ld", &kilobytes);
    if (file == NULL || kilobytes < 0)
        die(path);
    (void)fclose(file);
    return kilobytes * 1024;
}

int main(void)
{
    struct sockaddr_in at;
    struct rlimit files;
    int listener = listen_somewhere(&at);

    (void)getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < IDLE + 2 * FIRST) {
        printf("at most %lu descriptors are allowed: raise the limit (ulimit -Hn)\n", (unsigned long)files.rlim_cur);
        return 1;
    }
    pid_t pid = fork();
    if (pid == 0)
        _exit(fl_run(serve, &listener));
    ask_and_stay(&at, FIRST);                        /* what the first ones need, all need once */
    long before = resident(pid);
    ask_and_stay(&at, IDLE);
    long each = (resident(pid) - before) / IDLE;
    (void)kill(pid, SIGKILL);
    (void)waitpid(pid, NULL, 0);
    printf("%d idle connections: %ld bytes each (target: %d)\n", IDLE, each, TARGET);
    return each <= TARGET ? 0 : 1;
}
