/* The server's process, blocking clients with deadlines, and closed-loop load. */
#include "served.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <fleche/buf.h>
#include <fleche/context.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000 };

/* -- the server ----------------------------------------------------------------------------------------------------------------- */

static const char *contents(int fd)
{
    enum { MOST = 1 << 20 };
    char *text = fl_alloc(MOST);
    ssize_t n = pread(fd, text, MOST - 1, 0);

    text[n < 0 ? 0 : n] = '\0';
    return text;
}

static void end(void *data)
{
    served *s = data;

    if (s->pid > 0) {
        (void)kill(s->pid, SIGQUIT);
        (void)site_wait_exit(s->pid);
    }
    (void)close(s->errors);
    (void)close(s->output);
    (void)munmap(s->load, sizeof *s->load);
}

static int listening_socket(int *ret_port)
{
    struct sockaddr_in at = { .sin_family = AF_INET };
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fl_expect(fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(fd, 511) == 0);
    fl_expect(getsockname(fd, (struct sockaddr *)&at, &size) == 0);
    *ret_port = ntohs(at.sin_port);
    return fd;
}

static served *new_served(void)
{
    served *s = fl_new_of(served);

    s->errors = memfd_create("errors", MFD_CLOEXEC);
    s->output = memfd_create("output", MFD_CLOEXEC);
    s->load = mmap(NULL, sizeof *s->load, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    fl_expect(s->errors >= 0 && s->output >= 0 && s->load != MAP_FAILED);
    return s;
}

static void take_output(const served *s)
{
    (void)dup2(s->errors, STDERR_FILENO);
    (void)dup2(s->output, STDOUT_FILENO);
    (void)setsid(); /* no terminal, as a service */
}

static _Noreturn void be_server(const served *s, const fl_serve_options *how, int fd)
{
    fl_serve_options options = *how;

    take_output(s);
    fl_setup(&served_site, NULL);
    if (options.bind[0] == NULL)
        options.bind[0] = fl_text("fd://%d", fd);
    if (options.error_log == NULL)
        options.error_log = "-";
    exit(fl_serve(&options));
}

served *served_start(const fl_serve_options *how)
{
    served *s = new_served();
    int fd = listening_socket(&s->port);

    s->pid = site_fork();
    if (s->pid == 0)
        be_server(s, how, fd);
    (void)close(fd);
    fl_defer(end, s);
    served_wait(s, "all workers are ready", 1);
    return s;
}

/* Beside the test program, where the build puts it. */
static const char *program(void)
{
    static char path[1024];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 64);
    char *slash;

    path[n < 0 ? 0 : n] = '\0';
    fl_expect((slash = strrchr(path, '/')) != NULL);
    memcpy(slash, "/serve/fleche-served", sizeof "/serve/fleche-served");
    return path;
}

static _Noreturn void be_program(const served *s, const char *const *words, int fd)
{
    const char *command[40] = { program() };
    size_t n = 1;

    for (; words[n - 1] != NULL && n < FL_LENGTH(command) - 1; n++)
        command[n] = fl_text_is(words[n - 1], "{socket}") ? fl_text("fd://%d", fd) : words[n - 1];
    take_output(s);
    (void)fcntl(fd, F_SETFD, 0);
    (void)execv(command[0], (char *const *)command);
    (void)dprintf(STDERR_FILENO, "%s cannot be run\n", command[0]);
    _exit(127);
}

served *served_run(const char *const *words)
{
    served *s = new_served();
    int fd = listening_socket(&s->port);

    s->pid = site_fork();
    if (s->pid == 0)
        be_program(s, words, fd);
    (void)close(fd);
    fl_defer(end, s);
    return s;
}

void served_tell(const served *s, int signal) { fl_expect_equal(kill(s->pid, signal), 0); }

int served_stop(served *s, int signal)
{
    int pid = s->pid;

    if (signal != 0)
        served_tell(s, signal);
    s->pid = 0;
    return site_wait_exit(pid);
}

size_t served_count(const char *text, const char *part)
{
    size_t n = 0;

    for (const char *at = text; (at = strstr(at, part)) != NULL; at++)
        n++;
    return n;
}

void served_wait(served *s, const char *text, int times)
{
    for (int64_t until = site_ms() + PATIENCE_MS; site_ms() < until; (void)usleep(5000))
        fl_scope
            if ((int)served_count(contents(s->errors), text) >= times)
                return;
    fl_fail("\"%s\" was not said %d times; standard error:\n%s", text, times, contents(s->errors));
}

const char *served_output(const served *s) { return contents(s->output); }
const char *served_errors(const served *s) { return contents(s->errors); }

const char *served_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    const char *text = fd < 0 ? "" : contents(fd);

    if (fd >= 0)
        (void)close(fd);
    return text;
}

/* -- its clients ---------------------------------------------------------------------------------------------------------------- */

static int connect_to(int port)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    struct timeval patience = { .tv_sec = PATIENCE_MS / 1000 };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

static void close_fd(void *data) { (void)close((int)(intptr_t)data); }

int served_connect(const served *s)
{
    int fd = connect_to(s->port);

    if (fd < 0)
        fl_fail("no connection to port %d: %s", s->port, fl_code_text(-errno));
    fl_defer(close_fd, (void *)(intptr_t)fd);
    return fd;
}

void served_send(int fd, const char *bytes)
{
    fl_expect_equal((int)send(fd, bytes, strlen(bytes), MSG_NOSIGNAL), (int)strlen(bytes));
}

const char *served_receive(int fd)
{
    fl_buf text = fl_buf_in(fl_arena_here(), 8 << 20);
    char part[4096];

    for (ssize_t n; (n = recv(fd, part, sizeof part, 0)) > 0;)
        fl_buf_add_n(&text, part, (size_t)n);
    return fl_buf_c(&text);
}

const char *served_exchange(const served *s, const char *bytes)
{
    int fd = served_connect(s);

    (void)send(fd, bytes, strlen(bytes), MSG_NOSIGNAL);
    return served_receive(fd);
}

const char *served_get(const served *s, const char *path)
{
    return served_exchange(s, fl_text("GET %s HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\n\r\n", path));
}

int served_pid(const served *s)
{
    long long pid = 0;
    const char *answer = served_get(s, "/pid/"), *body = strstr(answer, "\r\n\r\n");

    if (body == NULL || !fl_str_int(fl_str_trim(fl_str_of(body)), &pid))
        fl_fail("no worker answered: \"%s\"", answer);
    return (int)pid;
}

const char *served_unix(const char *path, const char *bytes)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    struct timeval patience = { .tv_sec = PATIENCE_MS / 1000 };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    fl_defer(close_fd, (void *)(intptr_t)fd);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) != 0)
        fl_fail("no connection to %s: %s", path, fl_code_text(-errno));
    served_send(fd, bytes);
    return served_receive(fd);
}

/* -- load ----------------------------------------------------------------------------------------------------------------------- */

/* One answer of /pid/ on the connection: 1, and 2 if the connection ends behind it; 0 if it failed. */
static int ask(int fd)
{
    static const char request[] = "GET /pid/ HTTP/1.1\r\nHost: site.test\r\n\r\n";
    char text[2048];
    size_t size = 0;

    if (send(fd, request, sizeof request - 1, MSG_NOSIGNAL) != (ssize_t)sizeof request - 1)
        return 0;
    while (size < sizeof text - 1) {
        ssize_t n = recv(fd, text + size, sizeof text - 1 - size, 0);
        if (n <= 0)
            return 0;
        size += (size_t)n;
        text[size] = '\0';
        const char *body = strstr(text, "\r\n\r\n");
        if (body != NULL && strchr(body + 4, '\n') != NULL)
            return strstr(text, " 200 OK") == NULL ? 0 : strstr(text, "Connection: close") != NULL ? 2 : 1;
    }
    return 0;
}

static _Noreturn void be_client(const served *s)
{
    int fd = -1;

    while (s->load->going) {
        fd = fd < 0 ? connect_to(s->port) : fd;
        int how = fd < 0 ? 0 : ask(fd);
        s->load->answers += how > 0;
        s->load->failures += how == 0;
        if (how != 1 && fd >= 0) {
            (void)close(fd);
            fd = -1;
        }
    }
    _exit(0);
}

int served_load_start(served *s)
{
    s->load->going = true;
    int pid = site_fork();

    if (pid == 0)
        be_client(s);
    return pid;
}

void served_load_end(served *s, int client)
{
    s->load->going = false;
    fl_expect_equal(site_wait_exit(client), 0);
}

void served_load_wait(const served *s, int more)
{
    int wanted = s->load->answers + more;

    for (int64_t until = site_ms() + PATIENCE_MS; s->load->answers < wanted; (void)usleep(1000))
        if (site_ms() > until)
            fl_fail("%d answers more did not come", more);
}
