/* Leaving the terminal: a session of its own, without a terminal, and nothing to read from or write to. */
#include <errno.h>
#include <fcntl.h>
#include <fleche/context.h>
#include <stdio.h>
#include <unistd.h>
#include "serve/serve.h"

/* The process that was started ends here, without what exit() would run: the other one goes on with all of it. */
static int go_on_in_child(void)
{
    (void)fflush(NULL);
    pid_t pid = fork();

    if (pid > 0)
        _exit(0);
    return pid < 0 ? -errno : 0;
}

int fl_leave_terminal(void)
{
    int code = go_on_in_child();

    if (code == 0)
        code = setsid() < 0 ? -errno : go_on_in_child();
    int nothing = code == 0 ? open("/dev/null", O_RDWR | O_CLOEXEC) : -1;
    if (code != 0 || nothing < 0)
        return code != 0 ? code : -errno;
    for (int fd = 0; fd < 3; fd++)
        (void)dup2(nothing, fd);
    if (nothing > 2)
        (void)close(nothing);
    return 0;
}
