/* A supervisor and its host: addresses, files, users, systemd. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "site.h"

/* Other processes' allocations are not the test's to fail. */
#define HOST_TEST(id) FL_TEST(id, .plain = true, .no_torture = true)

static const char *own_path(const char *ending) { return fl_text("/tmp/fleche-test-%d.%s", (int)getpid(), ending); }

static void expect_start_to_fail(const fl_supervisor *how, const char *message)
{
    site *s = site_start(how);
    fl_expect_equal(site_end(s), 1);
    fl_expect_contains(site_errors(s), message);
}

HOST_TEST(an_address_in_use_ends_it_with_a_message)
{
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 1 });
    const char *address = fl_text("127.0.0.1:%d", (int)s->state->port);
    expect_start_to_fail(&(fl_supervisor){ .workers = 1, .listen = { address } }, address);
    expect_start_to_fail(&(fl_supervisor){ .workers = 1, .listen = { "127.0.0.1:0", address } }, "in use");
    fl_expect(site_ask_pid(s) > 0);
}

HOST_TEST(what_is_no_address_is_told)
{
    expect_start_to_fail(&(fl_supervisor){ .workers = 1, .listen = { "8000" } }, "cannot listen on 8000: this is no address");
}

HOST_TEST(unknown_users_and_groups_are_told)
{
    expect_start_to_fail(&(fl_supervisor){ .workers = 1, .user = "no-such-user" }, "there is no user 'no-such-user'");
    expect_start_to_fail(&(fl_supervisor){ .workers = 1, .group = "no-such-group" }, "there is no group 'no-such-group'");
}

/* -- Unix sockets ------------------------------------------------------------------------------------------------------------ */

static const char *ask_at(const char *path)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    (void)snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
    fl_expect_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    site_send(fd, "who");
    return site_receive(fd);
}

static void serve_unix(const char *path, bool reuse_port)
{
    const char *address = fl_text("unix:%s", path);
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 2, .reuse_port = reuse_port, .listen = { address } });
    fl_expect(ask_at(path)[0] != '\0');
    fl_expect_equal(kill(s->pid, SIGTERM), 0);
    fl_expect_equal(site_end(s), 0);
    fl_expect(access(path, F_OK) != 0);
}

HOST_TEST(a_unix_socket_is_removed_at_the_end)
{
    serve_unix(own_path("socket"), false);
    serve_unix(own_path("socket"), true);
}

HOST_TEST(a_unix_socket_that_was_left_behind_is_replaced)
{
    const char *path = own_path("socket");
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 1, .listen = { fl_text("unix:%s", path) } });
    fl_expect_equal(kill(s->pid, SIGKILL), 0);
    (void)site_end(s);
    fl_supervisor_event event;
    while (read(s->events, &event, sizeof event) > 0)             /* to the end of its last worker */
        ;
    fl_expect(access(path, F_OK) == 0);
    serve_unix(path, false);
}

/* -- the pid file ------------------------------------------------------------------------------------------------------------ */

HOST_TEST(the_pid_file_tells_who_runs_and_lets_no_second_one_run)
{
    const char *path = own_path("pid");
    char text[32] = "";
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 1, .pid_file = path });
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    fl_expect(read(fd, text, sizeof text - 1) > 0);
    (void)close(fd);
    fl_expect_text(text, fl_text("%d\n", s->pid));
    expect_start_to_fail(&(fl_supervisor){ .workers = 1, .pid_file = path }, fl_text("held by process %d", s->pid));
    fl_expect_equal(kill(s->pid, SIGTERM), 0);
    fl_expect_equal(site_end(s), 0);
    fl_expect(access(path, F_OK) != 0);
}

HOST_TEST(a_pid_file_that_was_left_behind_is_taken_over)
{
    const char *path = own_path("pid");
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 1, .pid_file = path });
    fl_expect_equal(kill(s->pid, SIGKILL), 0);
    (void)site_end(s);
    fl_expect(access(path, F_OK) == 0);
    /* at once: the old worker may still be there */
    s = site_start_waiting(&(fl_supervisor){ .workers = 1, .pid_file = path });
    fl_expect_equal(kill(s->pid, SIGTERM), 0);
    fl_expect_equal(site_end(s), 0);
    fl_expect(access(path, F_OK) != 0);
}

HOST_TEST(a_pid_file_that_cannot_be_written_is_told)
{
    expect_start_to_fail(&(fl_supervisor){ .workers = 1, .pid_file = "/nowhere/at/all.pid" }, "open the pid file /nowhere");
    expect_start_to_fail(&(fl_supervisor){ .workers = 1, .pid_file = "/tmp" }, "cannot open the pid file /tmp");
}

/* -- users ------------------------------------------------------------------------------------------------------------------- */

static void answer_identity(fl_worker *worker)
{
    fl_conn *conn;
    gid_t groups[64];
    fl_listener *listener = fl_worker_listener(worker, 0);
    site_state *state = fl_worker_data(worker);

    state->port = fl_listener_port(listener);
    while (fl_try_accept(listener, &conn) == 0) {
        bool root_group = false;
        int n = getgroups((int)FL_LENGTH(groups), groups);
        for (int i = 0; i < n; i++)
            root_group |= groups[i] == 0;
        const char *company = root_group ? "and root's group" : "alone";
        const char *text = fl_text("%u %u %u %u %s", getuid(), geteuid(), getgid(), getegid(), company);
        fl_write(conn, text, strlen(text));
        fl_conn_close(conn);
    }
}

HOST_TEST(workers_run_as_the_user_that_was_named)
{
    site *s;
    const struct passwd *nobody = getpwnam("nobody");

    if (geteuid() != 0 || nobody == NULL) {
        expect_start_to_fail(&(fl_supervisor){ .workers = 1, .user = "root" }, "only root can change");
        return;
    }
    unsigned user = nobody->pw_uid, group = nobody->pw_gid;
    s = site_start_waiting(&(fl_supervisor){ .worker = answer_identity, .workers = 1, .user = "nobody" });
    fl_expect_text(site_ask(s, ""), fl_text("%u %u %u %u alone", user, user, group, group));
    fl_expect_equal(kill(s->pid, SIGHUP), 0);         /* the supervisor stays root, for the next ones */
    (void)site_wait_for(s, FL_WORKER_ENDED);
    fl_expect_text(site_ask(s, ""), fl_text("%u %u %u %u alone", user, user, group, group));
}

/* -- systemd ----------------------------------------------------------------------------------------------------------------- */

static void expect_notification(int fd, const char *what)
{
    char text[256] = "";
    struct pollfd waiting = { .fd = fd, .events = POLLIN };

    fl_expect_equal(poll(&waiting, 1, 10000), 1);
    fl_expect(recv(fd, text, sizeof text - 1, 0) > 0);
    fl_expect_contains(text, what);
}

HOST_TEST(systemd_hears_of_readiness_reloads_and_the_end)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    site *s;

    int size = snprintf(at.sun_path + 1, sizeof at.sun_path - 1, "fleche-test-%d", (int)getpid());
    fl_expect_equal(bind(fd, (struct sockaddr *)&at, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)size)), 0);
    fl_expect_equal(setenv("NOTIFY_SOCKET", fl_text("@%s", at.sun_path + 1), 1), 0);
    s = site_start_waiting(&(fl_supervisor){ .workers = 2 });
    expect_notification(fd, "READY=1");
    fl_expect_equal(kill(s->pid, SIGHUP), 0);
    expect_notification(fd, "RELOADING=1\nMONOTONIC_USEC=");
    expect_notification(fd, "READY=1");
    fl_expect_equal(kill(s->pid, SIGTERM), 0);
    expect_notification(fd, "STOPPING=1");
    fl_expect_equal(site_end(s), 0);
    (void)unsetenv("NOTIFY_SOCKET");
    (void)close(fd);
}

static int listen_anywhere(int *ret_port)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    fl_expect(bind(fd, (struct sockaddr *)&at, size) == 0 && listen(fd, 16) == 0);
    fl_expect_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
    *ret_port = ntohs(at.sin_port);
    return fd;
}

/* In the supervisor's process: what systemd does before it runs a service. */
static int pass_in(fl_supervisor *how, int fd, int pid)
{
    (void)dup2(fd, 3);
    (void)setenv("LISTEN_FDS", "1", 1);
    (void)setenv("LISTEN_PID", fl_text("%d", pid), 1);
    return fl_supervise(how);
}

static void work_once(fl_worker *worker)
{
    fl_conn *conn;
    fl_listener *listener = fl_worker_listener(worker, 0);

    while (fl_try_accept(listener, &conn) == 0) {
        const char *text = fl_text("%zu %s %s", fl_worker_listener_count(worker), fl_listener_address(listener),
                                   getenv("LISTEN_FDS") == NULL ? "clean" : "left");
        fl_write(conn, text, strlen(text));
        fl_conn_close(conn);
    }
}

HOST_TEST(sockets_that_systemd_passes_are_used_instead)
{
    int port, fd = listen_anywhere(&port), pid = site_fork();
    site_state state = { .port = port };
    const site service = { .state = &state }, *s = &service;

    if (pid == 0)
        exit(pass_in(&(fl_supervisor){ .worker = work_once, .workers = 1, .listen = { "127.0.0.1:1" } }, fd, getpid()));
    fl_expect_text(site_ask(s, ""), fl_text("1 127.0.0.1:%d clean", port));
    fl_expect_equal(kill(pid, SIGTERM), 0);
    fl_expect_equal(site_wait_exit(pid), 0);
    (void)close(fd);
}

HOST_TEST(sockets_for_another_process_are_left_alone)
{
    int port, fd = listen_anywhere(&port), pid = site_fork();

    if (pid == 0)
        exit(pass_in(&(fl_supervisor){ .worker = work_once, .workers = 1, .listen = { "nothing" } }, fd, getppid()));
    fl_expect_equal(site_wait_exit(pid), 1);         /* it listens for itself, and "nothing" is no address */
    (void)close(fd);
}
