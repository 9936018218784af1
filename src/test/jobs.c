/* Tests in processes of their own, several at once. The runner waits with ppoll() for output, for ends (SIGCHLD) and for the
 * nearest timeout. Each process leads a group, which is killed when the test has ended: nothing that it started stays. */
#include <errno.h>
#include <fcntl.h>
#include <fleche/heap.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "test/plan.h"
#include "test/sanitizer.h"

enum { OUTPUT_KEPT = 1 << 20, GRACE = 2 };

typedef struct job {
    fl_turn *turn;                                   /* NULL: free */
    fl_record *record;
    pid_t pid;
    int output;                                      /* what the process writes; -1 at its end */
    fl_buf kept;
    size_t dropped;
    double began, timeout, deadline;
    bool timed_out;
} job;

typedef struct pool {
    const fl_settings *settings;
    fl_plan *plan;
    job *jobs;
    size_t count, next, running;
    sigset_t wait_mask;                              /* the signals let through while waiting */
} pool;

static volatile sig_atomic_t interrupted;

static void on_child(int signal) { (void)signal; }
static void on_interrupt(int signal) { interrupted = signal; }

static void handle(int signal, void (*handler)(int))
{
    (void)sigaction(signal, &(struct sigaction){ .sa_handler = handler }, NULL);
}

/* Signals arrive only inside ppoll(), so that none is missed between looking and waiting. */
static void begin_signals(sigset_t *ret_wait_mask)
{
    sigset_t ours;

    handle(SIGCHLD, on_child);
    handle(SIGINT, on_interrupt);
    handle(SIGTERM, on_interrupt);
    (void)sigemptyset(&ours);
    (void)sigaddset(&ours, SIGCHLD);
    (void)sigaddset(&ours, SIGINT);
    (void)sigaddset(&ours, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &ours, ret_wait_mask);
}

static void end_signals(const sigset_t *mask)
{
    handle(SIGCHLD, SIG_DFL);
    handle(SIGINT, SIG_DFL);
    handle(SIGTERM, SIG_DFL);
    (void)sigprocmask(SIG_SETMASK, mask, NULL);
}

static _Noreturn void be_the_test(const job *j, int output, const sigset_t *mask)
{
    int input = open("/dev/null", O_RDONLY | O_CLOEXEC);

    (void)setpgid(0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    end_signals(mask);
    (void)dup2(input, STDIN_FILENO);
    (void)dup2(output, STDOUT_FILENO);
    (void)dup2(output, STDERR_FILENO);
    (void)close(input);
    (void)close(output);
    (void)setvbuf(stdout, NULL, _IOLBF, 0);          /* a crash loses nothing */
    fl_test_tell_crashes(j->turn->test);
    fl_test_run_one(j->turn->test, j->turn->nth, j->record);
    exit(0);
}

static void start(pool *p, job *j)
{
    const fl_test_options *options = &j->turn->test->options;
    int ends[2];

    fl_record_begin(j->record);
    fl_buf_clear(&j->kept);
    j->dropped = 0;
    j->timed_out = false;
    j->began = fl_seconds_now();
    j->timeout = (options->timeout > 0 ? options->timeout : p->settings->timeout) * fl_sanitizer_slowness();
    j->deadline = j->began + j->timeout;
    (void)fflush(NULL);
    if (pipe2(ends, O_CLOEXEC) != 0)
        fl_raise_code(-errno, "no pipe for a test's output");
    j->pid = fork();
    if (j->pid < 0)
        fl_raise_code(-errno, "no process for a test");
    if (j->pid == 0) {
        (void)close(ends[0]);
        be_the_test(j, ends[1], &p->wait_mask);
    }
    (void)setpgid(j->pid, j->pid);                   /* by both, since either may be first */
    (void)close(ends[1]);
    (void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
    j->output = ends[0];
    p->running++;
}

static void read_output(job *j)
{
    char bytes[1 << 14];
    ssize_t n;

    while (j->output >= 0 && (n = read(j->output, bytes, sizeof bytes)) != -1) {
        if (n == 0) {
            (void)close(j->output);
            j->output = -1;
            return;
        }
        size_t room = OUTPUT_KEPT - j->kept.size, kept = (size_t)n < room ? (size_t)n : room;
        fl_buf_add_n(&j->kept, bytes, kept);
        j->dropped += (size_t)n - kept;
    }
}

static void finish(pool *p, job *j)
{
    const fl_settings *settings = p->settings;
    fl_turn *turn = j->turn;
    int status = 0;

    (void)kill(-j->pid, SIGKILL);                    /* before it is reaped, while the number is certainly its group's */
    while (waitpid(j->pid, &status, 0) < 0 && errno == EINTR)
        ;
    read_output(j);
    if (j->output >= 0)
        (void)close(j->output);
    fl_test_directory_end(j->record);
    p->running--;
    turn->seconds += fl_seconds_now() - j->began;
    fl_end end = { .status = status, .timed_out = j->timed_out, .timeout = j->timeout };
    fl_judge(turn, j->record, end);
    fl_torture_forgive(turn, j->record, end);
    if (fl_torture_goes_on(settings, turn, j->record)) {
        turn->nth++;
        start(p, j);
        return;
    }
    if (turn->outcome == FL_FAILED || settings->verbose || settings->junit != NULL) {
        turn->output = fl_str_copy(fl_buf_str(&j->kept));
        turn->dropped = j->dropped;
    }
    fl_results_add(settings, p->plan, turn);
    j->turn = NULL;
}

/* First a signal that shows where it hangs, then the one that nobody survives. */
static void end_overdue(job *j, double now)
{
    (void)kill(j->timed_out ? -j->pid : j->pid, j->timed_out ? SIGKILL : SIGABRT);
    j->timed_out = true;
    j->deadline = now + GRACE * fl_sanitizer_slowness();
}

static void wait_for_something(pool *p)
{
    struct pollfd *polled = fl_new_array(struct pollfd, p->count);
    double nearest = 0, now = fl_seconds_now();

    for (size_t i = 0; i < p->count; i++) {
        const job *j = &p->jobs[i];
        polled[i] = (struct pollfd){ .fd = j->turn == NULL ? -1 : j->output, .events = POLLIN };
        if (j->turn != NULL && (nearest == 0 || j->deadline < nearest))
            nearest = j->deadline;
    }
    double left = nearest > now ? nearest - now : 0;
    (void)ppoll(polled, p->count, &(struct timespec){ (time_t)left, (long)((left - (double)(time_t)left) * 1e9) }, &p->wait_mask);
}

static void look_at(pool *p, job *j)
{
    siginfo_t end = { 0 };
    double now = fl_seconds_now();

    read_output(j);
    if (waitid(P_PID, (id_t)j->pid, &end, WEXITED | WNOHANG | WNOWAIT) == 0 && end.si_pid == j->pid)
        finish(p, j);
    else if (now >= j->deadline)
        end_overdue(j, now);
}

static _Noreturn void give_up(pool *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->jobs[i].turn != NULL) {
            (void)kill(-p->jobs[i].pid, SIGKILL);
            fl_test_directory_end(p->jobs[i].record);
        }
    end_signals(&p->wait_mask);
    (void)raise(interrupted);
    _exit(1);
}

static fl_record *shared_records(size_t count)
{
    void *records = mmap(NULL, count * sizeof(fl_record), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (records == MAP_FAILED)
        fl_raise_code(-errno, "no memory to share with %zu tests", count);
    return records;
}

void fl_run_in_processes(const fl_settings *settings, fl_plan *plan)
{
    size_t count = settings->jobs < plan->count ? (size_t)settings->jobs : plan->count;
    pool p = { .settings = settings, .plan = plan, .count = count };

    if (count == 0)
        return;
    fl_record *records = shared_records(count);
    p.jobs = fl_new_array(job, count);
    for (size_t i = 0; i < count; i++)
        p.jobs[i] = (job){ .record = &records[i], .output = -1, .kept = fl_buf_heap(OUTPUT_KEPT) };
    begin_signals(&p.wait_mask);
    while (p.next < plan->count || p.running > 0) {
        for (size_t i = 0; i < count; i++)
            if (p.jobs[i].turn == NULL && p.next < plan->count) {
                p.jobs[i].turn = &plan->turns[p.next++];
                start(&p, &p.jobs[i]);
            }
        fl_scope {
            wait_for_something(&p);
        }
        if (interrupted != 0)
            give_up(&p);
        for (size_t i = 0; i < count; i++)
            if (p.jobs[i].turn != NULL)
                look_at(&p, &p.jobs[i]);
    }
    end_signals(&p.wait_mask);
    for (size_t i = 0; i < count; i++)
        fl_buf_free(&p.jobs[i].kept);
    (void)munmap(records, count * sizeof *records);
}

void fl_run_here(const fl_settings *settings, fl_plan *plan)
{
    fl_record *record = fl_heap_zalloc(sizeof *record);

    if (record == NULL)
        fl_raise(FL_OUT_OF_MEMORY, "no memory for a record");
    for (size_t i = 0; i < plan->count; i++) {
        fl_turn *turn = &plan->turns[i];
        const fl_test_options *options = &turn->test->options;
        double began = fl_seconds_now();
        if (options->expect_signal != 0 || options->expect_exit != 0) {
            turn->outcome = FL_SKIPPED;
            turn->text = fl_lit("it ends its process, which --no-fork would not survive");
        } else {
            fl_test_run_one(turn->test, turn->nth, record);
            fl_test_directory_end(record);
            turn->seconds = fl_seconds_now() - began;
            fl_judge(turn, record, (fl_end){ 0 });
            fl_torture_forgive(turn, record, (fl_end){ 0 });
        }
        fl_results_add(settings, plan, turn);
    }
    fl_heap_free(record);
}
