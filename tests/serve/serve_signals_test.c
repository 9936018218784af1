/* Signals to a server under load, as its operator sends them: nobody's request fails. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include "served.h"

static void expect_gone(int pid)
{
    for (int64_t until = site_ms() + 20000; kill(pid, 0) == 0; (void)usleep(2000))
        if (site_ms() > until)
            fl_fail("the process %d is still there", pid);
}

SERVED_TEST(the_site_answers_and_stops_gracefully)
{
    served *s = served_start(&(fl_serve_options){ .workers = 2 });
    const char *answer = served_get(s, "/client/");
    fl_expect_contains(answer, "HTTP/1.1 200 OK\r\n");
    fl_expect_contains(answer, "\r\n\r\n127.0.0.1 http\n");
    int worker = served_pid(s);
    fl_expect_equal(served_stop(s, SIGTERM), 0);
    expect_gone(worker);
}

typedef struct stop { int signal; bool answered; } stop;

static void check_stop(const void *row)
{
    const stop *it = row;
    served *s = served_start(&(fl_serve_options){ .workers = 1 });
    int fd = served_connect(s);

    fl_label("signal %d", it->signal);
    served_send(fd, "GET /slow/ HTTP/1.1\r\nHost: site.test\r\n\r\n");
    (void)served_pid(s);                             /* by now the slow one is in its view */
    served_tell(s, it->signal);
    fl_expect_equal(served_receive(fd)[0] != '\0', it->answered);
    fl_expect_equal(served_stop(s, 0), 0);
}

SERVED_TEST(term_and_int_finish_what_has_begun_and_quit_does_not)
{
    static const stop stops[] = { { SIGTERM, true }, { SIGINT, true }, { SIGQUIT, false } };
    fl_table(stops, check_stop);
}

SERVED_TEST(a_reload_under_load_fails_no_request)
{
    served *s = served_start(&(fl_serve_options){ .workers = 2 });
    int first = served_load_start(s), second = served_load_start(s), worker = served_pid(s);
    for (int round = 0; round < 3; round++) {
        served_load_wait(s, 50);
        served_tell(s, SIGHUP);
        served_wait(s, "all workers are ready", round + 2);
        served_wait(s, "a worker has ended", 2 * (round + 1));
    }
    served_load_wait(s, 50);
    served_load_end(s, first);
    served_load_end(s, second);
    fl_expect_equal((int)s->load->failures, 0);
    expect_gone(worker);
}

SERVED_TEST(ttin_and_ttou_change_the_number_of_workers)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .health = true, .metrics = "/metrics" });
    int load = served_load_start(s);
    for (int i = 2; i <= 3; i++) {
        served_tell(s, SIGTTIN);
        served_wait(s, "a worker is ready", i);
    }
    for (int64_t until = site_ms() + 20000; strstr(served_get(s, "/metrics"), "fleche_workers 3\n") == NULL;)
        fl_expect(site_ms() < until);
    served_tell(s, SIGTTOU);
    served_wait(s, "a worker has ended", 1);
    served_tell(s, SIGTTOU);
    served_wait(s, "a worker has ended", 2);
    served_tell(s, SIGTTOU);                         /* the last one stays */
    served_load_wait(s, 20);
    served_load_end(s, load);
    fl_expect_equal((int)s->load->failures, 0);
    fl_expect_equal(served_stop(s, SIGTERM), 0);
}

SERVED_TEST(winch_stops_the_workers_alone_and_hup_brings_them_back)
{
    served *s = served_start(&(fl_serve_options){ .workers = 2 });
    served_tell(s, SIGWINCH);
    served_wait(s, "a worker has ended", 2);
    int waiting = served_connect(s);                 /* in the kernel's queue: nobody refuses it */
    served_send(waiting, "GET /pid/ HTTP/1.0\r\nHost: site.test\r\n\r\n");
    served_tell(s, SIGHUP);
    fl_expect_contains(served_receive(waiting), "200 OK");
    served_wait(s, "all workers are ready", 2);
}

SERVED_TEST(usr1_opens_the_logs_anew)
{
    const char *path = fl_text("%s/access.log", fl_test_directory()), *old = fl_text("%s.1", path);
    served *s = served_start(&(fl_serve_options){ .workers = 1, .access_log = path, .access_log_format = "%(U)s" });
    (void)served_get(s, "/pid/");
    fl_expect_equal(rename(path, old), 0);
    (void)served_get(s, "/slow/");                   /* goes on in the renamed file */
    served_tell(s, SIGUSR1);
    served_wait(s, "log files are opened anew", 1);
    for (int64_t until = site_ms() + 20000; access(path, F_OK) != 0 && site_ms() < until;)
        (void)served_get(s, "/client/");             /* the worker has its signal a little later */
    fl_expect_equal(served_stop(s, SIGTERM), 0);
    fl_expect_contains(served_file(old), "/pid/\n/slow/\n");
    fl_expect_contains(served_file(path), "/client/\n");
}

SERVED_TEST(a_worker_killed_under_load_loses_its_own_requests_only)
{
    served *s = served_start(&(fl_serve_options){ .workers = 2 });
    int clients[4];
    for (size_t i = 0; i < FL_LENGTH(clients); i++)
        clients[i] = served_load_start(s);
    served_load_wait(s, 100);
    for (int i = 0; i < 2; i++) {
        fl_expect_equal(kill(served_pid(s), SIGKILL), 0);
        served_wait(s, "a worker has crashed", i + 1);
        served_load_wait(s, 100);
    }
    for (size_t i = 0; i < FL_LENGTH(clients); i++)
        served_load_end(s, clients[i]);
    fl_expect((int)s->load->failures <= 2 * (int)FL_LENGTH(clients));      /* each client has one request in flight */
    fl_expect_equal(served_stop(s, SIGTERM), 0);
}
