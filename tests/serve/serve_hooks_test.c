/* Hooks run where they should, in the order that operators expect. */
#include <signal.h>
#include <unistd.h>
#include "served.h"

static void say(const char *what) { (void)!write(STDOUT_FILENO, fl_text("%s\n", what), strlen(what) + 1); }

static void on_starting(const fl_serve_options *options) { say(options->workers == 1 ? "on_starting" : "?"); }
static void when_ready(void) { say("when_ready"); }
static void on_reload(void) { say("on_reload"); }
static void on_exit_(void) { say("on_exit"); }
static void pre_fork(int slot) { say(fl_text("pre_fork %d", slot)); }
static void pre_exec(int pid) { say(pid > 0 ? "pre_exec" : "?"); }
static void nworkers_changed(int workers) { say(fl_text("nworkers_changed %d", workers)); }
static void worker_abort(int slot, int pid) { say(pid > 0 ? fl_text("worker_abort %d", slot) : "?"); }
static void child_exit(int slot, int pid, int status, int signal)
{
    say(pid > 0 ? fl_text("child_exit %d %d %d", slot, status, signal) : "?");
}
static void post_fork(fl_worker *worker) { say(fl_text("post_fork %d", fl_worker_slot(worker))); }
static void post_worker_init(fl_worker *worker) { say(fl_text("post_worker_init %d", fl_worker_slot(worker))); }
static void worker_int(fl_worker *worker) { say(fl_text("worker_int %d", fl_worker_slot(worker))); }
static void worker_exit(fl_worker *worker) { say(fl_text("worker_exit %d", fl_worker_slot(worker))); }
static void post_request(const fl_access *access) { say(fl_text("post_request %d", access->status)); }

static void pre_request(fl_request *request)
{
    say(fl_text("pre_request %s", request->path));
    if (fl_starts_with(request->path, "/closed/"))
        fl_raise(FL_PERMISSION_DENIED, "the hook says no");
}

static const fl_serve_hooks hooks = {
    on_starting, when_ready, on_reload,        pre_fork,    pre_exec,     worker_abort, child_exit,  nworkers_changed,
    on_exit_,    post_fork,  post_worker_init, pre_request, post_request, worker_int,   worker_exit,
};

/* Each stands behind the one before it. */
static void expect_in_order(const char *text, const char *const *parts)
{
    for (const char *at = text; *parts != NULL; parts++) {
        const char *found = strstr(at, *parts);
        if (found == NULL)
            fl_fail("\"%s\" does not come in its turn in:\n%s", *parts, text);
        at = found;
    }
}

SERVED_TEST(hooks_are_called_in_their_order)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .hooks = hooks });
    (void)served_get(s, "/pid/");
    fl_expect_contains(served_get(s, "/closed/"), "HTTP/1.1 403 ");
    served_tell(s, SIGTTIN);
    served_wait(s, "a worker is ready", 2);
    served_tell(s, SIGHUP);
    served_wait(s, "a worker has ended", 2);
    fl_expect_equal(served_stop(s, SIGTERM), 0);
    expect_in_order(served_output(s),
                    FL_STRINGS("on_starting\n", "pre_fork 0\n", "post_fork 0\n", "post_worker_init 0\n", "when_ready\n",
                               "pre_request /pid/\n", "post_request 200\n", "pre_request /closed/\n", "post_request 403\n",
                               "nworkers_changed 2\n", "pre_fork 1\n", "post_fork 1\n", "on_reload\n", "worker_int",
                               "worker_exit", "child_exit", "on_exit\n"));
}

SERVED_TEST(hooks_know_of_aborted_workers)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .timeout = FL_MILLISECONDS(500), .hooks = hooks });
    (void)served_get(s, "/spin/");
    served_wait(s, "a worker has crashed", 1);
    expect_in_order(served_output(s), FL_STRINGS("worker_abort 0\n", "child_exit 0 0 6\n"));
}
