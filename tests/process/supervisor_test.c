/* A supervisor's workers: they answer, die, are replaced, reloaded, recycled and stopped, and no client notices. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>
#include "site.h"

/* Other processes' allocations are not the test's to fail. */
#define SUPERVISOR_TEST(id) FL_TEST(id, .plain = true, .no_torture = true)

static void tell(const site *s, int signal) { fl_expect_equal(kill(s->pid, signal), 0); }

static void expect_gone(int pid)
{
    for (int64_t until = site_ms() + 10000; kill(pid, 0) == 0; (void)usleep(1000))
        if (site_ms() > until)
            fl_fail("the process %d is still there", pid);
}

SUPERVISOR_TEST(workers_answer_and_stop_gracefully)
{
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 2 });
    int worker = site_ask_pid(s);
    fl_expect(worker != s->pid && worker != getpid());
    tell(s, SIGTERM);
    (void)site_wait_for(s, FL_SUPERVISOR_STOPPING);
    fl_expect_equal(site_end(s), 0);
    expect_gone(worker);
    fl_expect_text(site_errors(s), "");
}

SUPERVISOR_TEST(a_killed_worker_is_replaced_and_nobody_is_refused)
{
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 1 });
    for (int i = 0; i < 2; i++) {                    /* a third end in a row would be held back */
        int worker = site_ask_pid(s);
        fl_expect_equal(kill(worker, SIGSTOP), 0);
        int queued = site_connect(s);               /* in the kernel's queue when its worker dies */
        site_send(queued, "who");
        int64_t killed = site_ms();
        fl_expect_equal(kill(worker, SIGKILL), 0);
        fl_expect(site_ask_pid(s) != worker);
        fl_expect(site_ms() - killed < 2000);
        fl_expect(site_receive(queued)[0] != '\0');
        fl_supervisor_event event = site_wait_for(s, FL_WORKER_CRASHED);
        fl_expect_equal(event.pid, worker);
        fl_expect_equal(event.signal, SIGKILL);
        fl_expect_equal(event.slot, 0);
    }
}

SUPERVISOR_TEST(stopping_finishes_the_request_in_progress)
{
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 1 });
    int fd = site_connect(s);
    site_send(fd, "slow");
    (void)site_ask(s, "who");                       /* by now the slow one has been taken, too */
    tell(s, SIGTERM);
    fl_expect(site_receive(fd)[0] != '\0');
    fl_expect_equal(site_end(s), 0);
}

SUPERVISOR_TEST(stopping_twice_or_by_quit_waits_for_nobody)
{
    site *s;
    const int signals[][2] = { { SIGTERM, SIGINT }, { SIGQUIT, SIGQUIT } };

    for (int i = 0; i < 2; i++) {
        s = site_start_waiting(&(fl_supervisor){ .workers = 2, .data = &(site_state){ .deaf = true } });
        int64_t began = site_ms();
        tell(s, signals[i][0]);
        (void)site_wait_for(s, FL_SUPERVISOR_STOPPING);
        tell(s, signals[i][1]);
        fl_expect_equal(site_end(s), 0);
        fl_expect(site_ms() - began < 5000);
    }
}

SUPERVISOR_TEST(a_worker_that_ignores_the_end_is_killed_after_its_grace)
{
    site_state first = { .deaf = true };
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 1, .grace = FL_MILLISECONDS(200), .data = &first });
    int64_t began = site_ms();
    tell(s, SIGTERM);
    fl_expect_equal(site_wait_for(s, FL_WORKER_ENDED).signal, SIGKILL);
    fl_expect(site_ms() - began >= 200);
    fl_expect_equal(site_end(s), 0);
}

SUPERVISOR_TEST(a_reload_under_load_fails_nobody)
{
    int old[2];
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 2 });
    int first = site_load(s), second = site_load(s);
    for (int round = 0; round < 3; round++) {
        int answers = s->state->answers;
        tell(s, SIGHUP);
        (void)site_wait_for(s, FL_SUPERVISOR_RELOADING);
        for (int i = 0; i < 2; i++)
            old[i] = site_wait_for(s, FL_WORKER_ENDED).pid;
        expect_gone(old[0]);
        expect_gone(old[1]);
        while (s->state->answers < answers + 20)      /* the new ones serve */
            (void)usleep(1000);
    }
    site_end_load(s, first);
    site_end_load(s, second);
    fl_expect_equal((int)s->state->failures, 0);
    fl_expect_equal((int)s->state->starts, 8);
    int worker = site_ask_pid(s);
    fl_expect(worker != old[0] && worker != old[1]);
}

SUPERVISOR_TEST(a_reload_during_a_reload_starts_over)
{
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 1 });
    int worker = site_ask_pid(s);
    s->state->never_ready = true;
    for (int i = 0; i < 5; i++) {
        tell(s, SIGHUP);
        (void)site_wait_for(s, FL_WORKER_STARTED);
    }
    fl_expect_equal(site_ask_pid(s), worker);       /* it serves until there is another that is ready */
    s->state->never_ready = false;
    (void)site_wait_for(s, FL_WORKER_READY);
    expect_gone(worker);
    fl_expect(site_ask_pid(s) != worker);
}

SUPERVISOR_TEST(stopping_while_workers_start_ends_them)
{
    site *s = site_start(&(fl_supervisor){ .workers = 3, .grace = FL_SECONDS(5), .data = &(site_state){ .never_ready = true } });
    int last = 0;
    for (int i = 0; i < 3; i++)
        last = site_wait_for(s, FL_WORKER_STARTED).pid;
    tell(s, SIGTERM);
    s->state->never_ready = false;
    fl_expect_equal(site_end(s), 0);
    expect_gone(last);
}

SUPERVISOR_TEST(a_worker_that_is_never_ready_is_replaced)
{
    site_state first = { .never_ready = true };
    site *s = site_start(&(fl_supervisor){ .workers = 1, .ready_within = FL_MILLISECONDS(100), .data = &first });
    fl_expect_equal(site_wait_for(s, FL_WORKER_CRASHED).signal, SIGKILL);
    s->state->never_ready = false;
    (void)site_wait_for(s, FL_WORKER_READY);
}

SUPERVISOR_TEST(early_ends_are_held_back_longer_and_longer)
{
    int64_t pauses[3];
    site *s = site_start(&(fl_supervisor){ .workers = 1, .data = &(site_state){ .failing_starts = 4 } });
    fl_expect_equal(site_wait_for(s, FL_WORKER_ENDED).status, 1);
    for (int i = 0; i < 3; i++)
        pauses[i] = site_wait_for(s, FL_WORKER_HELD_BACK).pause.us;
    fl_expect_equal(pauses[0], 100000);              /* the first one is replaced at once */
    fl_expect_equal(pauses[1], 200000);
    fl_expect_equal(pauses[2], 400000);
    (void)site_wait_for(s, FL_WORKER_READY);
    fl_expect_contains(site_errors(s), "told to fail at the start");
    (void)usleep(1100000);                           /* it lives long enough to be trusted again */
    int64_t killed = site_ms();
    fl_expect_equal(kill(site_ask_pid(s), SIGKILL), 0);
    (void)site_wait_for(s, FL_WORKER_READY);
    fl_expect(site_ms() - killed < 600);
}

SUPERVISOR_TEST(workers_are_recycled_after_their_share_of_work)
{
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 1, .units = 8, .jitter = 2 });
    int load = site_load(s), worker = site_ask_pid(s);
    for (int i = 0; i < 11; i++)                     /* 8 or 9 are its share; what is beyond it asks for no second replacement */
        (void)site_ask(s, "unit");
    fl_expect_equal(site_wait_for(s, FL_WORKER_RECYCLED).pid, worker);
    int next = site_wait_for(s, FL_WORKER_STARTED).pid;
    fl_expect_equal(site_wait_for(s, FL_WORKER_ENDED).pid, worker);
    site_end_load(s, load);
    fl_expect_equal((int)s->state->failures, 0);
    fl_expect_equal(site_ask_pid(s), next);
    fl_expect_equal((int)s->state->starts, 2);
}

SUPERVISOR_TEST(many_that_leave_slowly_do_not_stop_the_rest)
{
    site_state first = { .deaf = true };
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 1, .grace = FL_MILLISECONDS(300), .data = &first });
    for (int i = 0; i < 12; i++) {                   /* more than there are places */
        tell(s, SIGHUP);
        (void)site_wait_for(s, FL_WORKER_READY);
    }
    const char *answer = NULL;                       /* one that leaves may have taken the connection, and ends with it */
    for (int64_t until = site_ms() + 10000; site_ms() < until && fl_str_of(answer).size == 0;)
        answer = site_ask(s, "who");
    fl_expect(fl_str_of(answer).size > 0);
    tell(s, SIGQUIT);
    fl_expect_equal(site_end(s), 0);
}

/* The last writer of the events' pipe is the last process of the service. */
static void wait_until_all_are_gone(const site *s)
{
    fl_supervisor_event event;

    for (int64_t until = site_ms() + 10000; site_ms() < until;) {
        struct pollfd waiting = { .fd = s->events, .events = POLLIN };
        if (poll(&waiting, 1, 100) > 0 && read(s->events, &event, sizeof event) == 0)
            return;
    }
    fl_fail("some of its processes live on");
}

SUPERVISOR_TEST(workers_whose_supervisor_is_killed_finish_and_free_the_address)
{
    site *s, *next;

    s = site_start_waiting(&(fl_supervisor){ .workers = 2, .grace = FL_SECONDS(20) });
    int fd = site_connect(s);
    site_send(fd, "slow");
    (void)site_ask(s, "who");
    (void)site_ask(s, "who");
    const char *address = fl_text("127.0.0.1:%d", (int)s->state->port);
    tell(s, SIGKILL);
    fl_expect_equal(site_end(s), 256 + SIGKILL);
    for (int probe; (probe = site_try_connect(s)) >= 0; (void)usleep(1000))    /* the workers notice, in their time */
        (void)close(probe);
    next = site_start_waiting(&(fl_supervisor){ .workers = 1, .listen = { address } });
    fl_expect(site_ask_pid(next) > 0);
    fl_expect(site_receive(fd)[0] != '\0');          /* and the request in progress was finished meanwhile */
    wait_until_all_are_gone(s);
}

SUPERVISOR_TEST(a_worker_without_its_supervisor_ends_within_its_grace)
{
    site_state first = { .deaf = true };
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 1, .grace = FL_MILLISECONDS(100), .data = &first });
    tell(s, SIGKILL);
    fl_expect_equal(site_end(s), 256 + SIGKILL);
    wait_until_all_are_gone(s);
}

/* -- descriptors ------------------------------------------------------------------------------------------------------------- */

static void answer_open_files(fl_worker *worker)
{
    fl_conn *conn;
    fl_listener *listener = fl_worker_listener(worker, 0);
    site_state *state = fl_worker_data(worker);

    state->port = fl_listener_port(listener);
    while (fl_try_accept(listener, &conn) == 0) {
        int open_files = 0;
        for (int fd = 3; fd < 256; fd++)
            open_files += fcntl(fd, F_GETFD) >= 0;
        const char *text = fl_text("%d", open_files);
        fl_write(conn, text, strlen(text));
        fl_conn_close(conn);
    }
}

/* The first worker was forked when there was nothing of the others to inherit. */
SUPERVISOR_TEST(workers_hold_no_descriptors_of_one_another)
{
    site *s = site_start_waiting(&(fl_supervisor){ .worker = answer_open_files, .workers = 6, .reuse_port = true });
    const char *first = site_ask(s, "");
    for (int i = 0; i < 20; i++)
        fl_expect_text(site_ask(s, ""), first);
    tell(s, SIGHUP);
    for (int i = 0; i < 6; i++)
        (void)site_wait_for(s, FL_WORKER_ENDED);
    for (int i = 0; i < 20; i++)
        fl_expect_text(site_ask(s, ""), first);
}

/* -- sockets ----------------------------------------------------------------------------------------------------------------- */

SUPERVISOR_TEST(each_worker_can_have_a_queue_of_its_own)
{
    bool seen[3] = { false };
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 3, .reuse_port = true });
    for (int i = 0; i < 300 && !(seen[0] && seen[1] && seen[2]); i++) {
        long long slot = 0;
        const char *text = site_ask(s, "who");
        size_t at;
        fl_expect(fl_str_find_last(fl_str_of(text), ' ', &at));
        fl_expect(fl_str_int(fl_str_trim(fl_str_of(text + at)), &slot));
        seen[slot] = true;
    }
    fl_expect(seen[0] && seen[1] && seen[2]);
}

SUPERVISOR_TEST(a_reload_with_queues_of_their_own_fails_nobody)
{
    site *s = site_start_waiting(&(fl_supervisor){ .workers = 2, .reuse_port = true });
    int load = site_load(s);
    tell(s, SIGHUP);
    for (int i = 0; i < 2; i++)
        (void)site_wait_for(s, FL_WORKER_ENDED);
    for (int before = s->state->answers; s->state->answers < before + 20; (void)usleep(1000))
        ;
    site_end_load(s, load);
    fl_expect_equal((int)s->state->failures, 0);
}
