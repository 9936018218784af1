/* The command, run as an operator runs it: a program of its own, with pid file, upgrade, daemon, systemd. */
#include <errno.h>
#include <fleche/http.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include "served.h"

#define WORDS(...) FL_STRINGS(__VA_ARGS__)

static int number_in(const char *path)
{
    long long number = 0;
    return fl_str_int(fl_str_trim(fl_str_of(served_file(path))), &number) ? (int)number : 0;
}

static int wait_for_number(const char *path, int other_than)
{
    int number = 0;

    for (int64_t until = site_ms() + 20000; site_ms() < until; (void)usleep(5000))
        if ((number = number_in(path)) != 0 && number != other_than)
            return number;
    fl_fail("%s has no number", path);
}

static void wait_until_answered(const served *s)
{
    for (int64_t until = site_ms() + 20000; site_ms() < until; (void)usleep(5000))
        if (fl_starts_with(served_get(s, "/readyz"), "HTTP/1.1 200 "))
            return;
    fl_fail("nobody answers; standard error:\n%s", served_errors(s));
}

SERVED_TEST(serve_serves_what_its_options_say)
{
    const char *pid = fl_text("%s/pid", fl_test_directory());
    served *s = served_run(WORDS("serve", "--bind", "{socket}", "-w", "2", "--pid", pid, "--access-log", "-",
                                 "--access-log-format", "%(m)s %(U)s %(s)s", "--request-ids", "--metrics", "/figures",
                                 "--server-name", "fleche", "--timeout", "5", "--error-log", "-"));
    served_wait(s, "all workers are ready", 1);
    fl_expect_equal(number_in(pid), s->pid);
    const char *answer = served_get(s, "/pid/");
    fl_expect_contains(answer, "\r\nServer: fleche\r\n");
    fl_expect_contains(answer, "\r\nX-Request-ID: ");
    fl_expect_contains(served_get(s, "/figures"), "\nfleche_workers 2\n");
    fl_expect_contains(served_get(s, "/livez"), " 200 OK\r\n");
    fl_expect_equal(served_stop(s, SIGTERM), 0);
    fl_expect_contains(served_output(s), "GET /pid/ 200\n");
    fl_expect(access(pid, F_OK) != 0);
}

typedef struct wrong {
    const char *option, *value, *said;
} wrong;

static void check_wrong(const void *row)
{
    const wrong *it = row;
    served *s = served_run(WORDS("serve", "--bind", "{socket}", it->option, it->value));

    fl_label("%s %s", it->option, it->value);
    fl_expect_equal(served_stop(s, 0), 1);
    fl_expect_contains(served_errors(s), it->said);
}

SERVED_TEST(options_that_make_no_sense_are_refused_with_why)
{
    static const wrong cases[] = {
        { "--workers", "-1", "-1 workers are not possible" },
        { "--umask", "9", "no octal number" },
        { "--timeout", "-1", "--timeout must be a number of seconds" },
        { "--keep-alive", "1e300", "--keep-alive must be a number of seconds" },
        { "--forwarded-allow-ips", "localhost", "'localhost' is no address" },
        { "--access-log-format", "%(z)s", "there is no atom 'z'" },
        { "--metrics", "metrics", "'metrics' is no path" },
        { "--chdir", "/no/such/directory", "/no/such/directory" },
        { "--bind", "fd://900", "descriptor 900" },
        { "--user", "no-such-user", "no user 'no-such-user'" },
        { "--access-log", "/no/such/directory/log", "/no/such/directory/log" },
    };
    fl_table(cases, check_wrong);
}

SERVED_TEST(a_newer_program_takes_over_and_no_request_fails)
{
    const char *pid = fl_text("%s/pid", fl_test_directory()), *old_pid = fl_text("%s.oldbin", pid);
    served *s = served_run(WORDS("serve", "--bind", "{socket}", "-w", "1", "--pid", pid, "--error-log", "-"));
    served_wait(s, "all workers are ready", 1);
    fl_expect_equal(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0); /* the newer one's parent, when the older is gone */
    int load = served_load_start(s), worker = served_pid(s);
    served_tell(s, SIGUSR2);
    int newer = wait_for_number(pid, s->pid);
    served_wait(s, "all workers are ready", 2);
    fl_expect_equal(number_in(old_pid), s->pid);
    served_load_wait(s, 20);
    fl_expect_equal(served_stop(s, SIGTERM), 0); /* the older one */
    served_load_wait(s, 20);
    served_load_end(s, load);
    fl_expect_equal((int)s->load->failures, 0);
    fl_expect(served_pid(s) != worker);
    fl_expect(access(old_pid, F_OK) != 0);
    s->pid = newer;
    fl_expect_equal(served_stop(s, SIGTERM), 0);
    fl_expect(access(pid, F_OK) != 0);
}

SERVED_TEST(an_upgrade_that_fails_changes_nothing)
{
    const char *pid = fl_text("%s/pid", fl_test_directory());
    served *s = served_run(WORDS("serve", "--bind", "{socket}", "-w", "1", "--pid", pid, "--error-log", "-"));
    served_wait(s, "all workers are ready", 1);
    served_tell(s, SIGUSR2);
    int newer = wait_for_number(pid, s->pid);
    fl_expect_equal(kill(newer, SIGKILL), 0);
    served_wait(s, "the new program has ended", 1);
    (void)wait_for_number(pid, newer);
    fl_expect_equal(number_in(pid), s->pid);
    wait_until_answered(s);
}

SERVED_TEST(a_daemon_leaves_its_parent)
{
    const char *pid = fl_text("%s/pid", fl_test_directory());
    fl_expect_equal(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
    served *s = served_run(WORDS("serve", "--bind", "{socket}", "-w", "1", "--pid", pid, "--daemon"));
    int parent = s->pid;
    fl_expect_equal(served_stop(s, 0), 0); /* the one that was started ends at once */
    int daemon = wait_for_number(pid, 0);
    fl_expect(daemon != parent && getsid(daemon) != daemon && getsid(daemon) != getsid(0));
    wait_until_answered(s);
    s->pid = daemon;
    fl_expect_equal(served_stop(s, SIGTERM), 0);
}

/* -- systemd -------------------------------------------------------------------------------------------------------------------- */

static int notify_socket(const char *path)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    struct timeval patience = { .tv_sec = 20 };
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    (void)snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
    fl_expect_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return fd;
}

static void expect_notice(int fd, const char *text)
{
    char said[256] = "";

    for (int i = 0; i < 1000 && recv(fd, said, sizeof said - 1, 0) > 0; i++) {
        if (strstr(said, text) != NULL)
            return;
        memset(said, 0, sizeof said);
    }
    fl_fail("systemd was not told %s", text);
}

SERVED_TEST(systemd_is_told_what_happens)
{
    const char *path = fl_text("%s/notify", fl_test_directory());
    int fd = notify_socket(path);
    (void)setenv("NOTIFY_SOCKET", path, 1);
    (void)setenv("WATCHDOG_USEC", "100000", 1);
    served *s = served_run(WORDS("serve", "--bind", "{socket}", "-w", "1"));
    expect_notice(fd, fl_text("READY=1\nMAINPID=%d", s->pid));
    expect_notice(fd, "WATCHDOG=1");
    expect_notice(fd, "WATCHDOG=1");
    served_tell(s, SIGHUP);
    expect_notice(fd, "RELOADING=1\nMONOTONIC_USEC=");
    expect_notice(fd, "READY=1");
    served_tell(s, SIGTERM);
    expect_notice(fd, "STOPPING=1");
    fl_expect_equal(served_stop(s, 0), 0);
    (void)close(fd);
}

/* -- one site, three ways in ---------------------------------------------------------------------------------------------------- */

static void answer_as_library(void *data)
{
    fl_request *request = fl_request_new("GET", "/client/");

    (void)data;
    request->host = "site.test";
    request->remote_address = "203.0.113.9";
    fl_setup(&served_site, NULL);
    fl_response *response = fl_answer(request, NULL);
    fl_expect_equal(response->status, 200);
    fl_expect_bytes(fl_response_body(response), fl_lit("203.0.113.9 http\n"));
    fl_teardown();
}

FL_TEST(a_site_is_a_function_of_requests) { answer_as_library(NULL); }

SERVED_TEST(a_site_behind_a_proxy_or_alone_is_the_same)
{
    const char *path = fl_text("%s/site.sock", fl_test_directory());
    served *s = served_run(
        WORDS("serve", "--bind", "{socket}", "--bind", fl_text("unix:%s", path), "-w", "1", "--error-log", "-"));
    served_wait(s, "all workers are ready", 1);
    fl_expect_contains(served_get(s, "/client/"), "\r\n127.0.0.1 http\n");
    fl_expect_contains(served_unix(path, "GET /client/ HTTP/1.0\r\nHost: site.test\r\nX-Forwarded-For: 203.0.113.9\r\n"
                                         "X-Forwarded-Proto: https\r\n\r\n"),
                       "\r\n203.0.113.9 https\n");
    fl_expect_equal(served_stop(s, SIGTERM), 0);
    fl_expect(access(path, F_OK) != 0);
}
