/* Signals to the supervisor. A handler writes the signal's number into a pipe; poll() finds it there, so that nothing is
 * missed between looking and waiting. The handlers stay until all is cleaned up: a second TERM must not leave a socket's file
 * behind. */
#include <errno.h>
#include <fcntl.h>
#include <fleche/log.h>
#include <signal.h>
#include <unistd.h>
#include "process/supervisor.h"

static const int heard[] = { SIGCHLD, SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGTTIN, SIGTTOU, SIGUSR1, SIGUSR2, SIGWINCH };
/* What is not for workers, even if all processes of a terminal get it: the supervisor decides. */
static const int ignored_by_workers[] = { SIGINT, SIGHUP, SIGTTIN, SIGTTOU, SIGUSR2 };
static struct sigaction before[FL_LENGTH(heard)];
static sigset_t mask_before;
static int ends[2] = { -1, -1 };

static void hear(int signal)
{
    int saved = errno;
    char byte = (char)signal;
    (void)!write(ends[1], &byte, 1);
    errno = saved;
}

int fl_orders_begin(void)
{
    sigset_t wanted;
    struct sigaction action = { .sa_handler = hear, .sa_flags = SA_RESTART | SA_NOCLDSTOP };

    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return -errno;
    (void)sigemptyset(&action.sa_mask);
    (void)sigemptyset(&wanted);
    for (size_t i = 0; i < FL_LENGTH(heard); i++) {
        (void)sigaction(heard[i], &action, &before[i]);
        (void)sigaddset(&wanted, heard[i]);
    }
    (void)sigprocmask(SIG_UNBLOCK, &wanted, &mask_before);
    return 0;
}

static void reopen_logs(int signal)
{
    (void)signal;
    fl_log_reopen();
}

int fl_orders_fd(void) { return ends[0]; }

static void restore(bool in_worker)
{
    sigset_t none;

    for (size_t i = 0; i < FL_LENGTH(heard); i++)
        if (in_worker)
            (void)signal(heard[i], SIG_DFL);
        else
            (void)sigaction(heard[i], &before[i], NULL);
    if (in_worker) {
        for (size_t i = 0; i < FL_LENGTH(ignored_by_workers); i++)
            (void)signal(ignored_by_workers[i], SIG_IGN);
        (void)signal(SIGUSR1, reopen_logs);
    }
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, in_worker ? &none : &mask_before, NULL);
}

void fl_orders_end(bool in_worker)
{
    if (ends[0] < 0)
        return;
    restore(in_worker);
    (void)close(ends[0]);
    (void)close(ends[1]);
    ends[0] = ends[1] = -1;
}
