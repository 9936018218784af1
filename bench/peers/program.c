/* Other programs. Each has a process group of its own, so that all of it can be ended, and ends with us, however we end. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "peers.h"

enum { NOT_FOUND = 127, GRACE_MS = 5000, MOST_TEXT = 1 << 20 };

static _Noreturn void become(const char *const *arguments, const char *const *environment, const char *output, pid_t parent)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC), out = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    union {
        const char *const *in;
        char *const *out;
    } same = { arguments }; /* exec changes nothing of them */

    (void)setpgid(0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent || null < 0 || out < 0 || dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0)
        _exit(NOT_FOUND);
    for (; environment != NULL && *environment != NULL; environment++) {
        union {
            const char *in;
            char *out;
        } pair = { *environment };
        (void)putenv(pair.out);
    }
    (void)execvp(arguments[0], same.out);
    fprintf(stderr, "%s: %s\n", arguments[0], strerror(errno));
    _exit(NOT_FOUND);
}

pid_t program_start(const char *const *arguments, const char *const *environment, const char *output)
{
    pid_t parent = getpid();

    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        become(arguments, environment, output, parent);
    if (pid < 0)
        fl_raise_code(-errno, "fork for %s", arguments[0]);
    return pid;
}

int program_run(const char *const *arguments, const char *output)
{
    pid_t pid = program_start(arguments, NULL, output);
    int status = 0;

    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            fl_raise_code(-errno, "waiting for %s", arguments[0]);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool program_ended(pid_t pid)
{
    siginfo_t info = { 0 };
    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

void program_end(pid_t pid, int signal)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd watched = { .fd = fd, .events = POLLIN };

    (void)kill(pid, signal);
    if (fd < 0 || poll(&watched, 1, GRACE_MS) <= 0)
        (void)kill(-pid, SIGKILL);
    (void)waitpid(pid, NULL, 0);
    if (fd >= 0)
        (void)close(fd);
}

fl_str file_text(const char *path)
{
    fl_buf text = fl_buf_in(fl_arena_here(), MOST_TEXT);
    char bytes[4096];
    FILE *file = fopen(path, "r");

    if (file == NULL)
        return fl_lit("");
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
        fl_buf_add_n(&text, bytes, n);
    (void)fclose(file);
    return fl_buf_str(&text);
}
