/* USR2: the program's file, perhaps a newer one, is started with the command line of this one and its sockets, in the way systemd passes
 * them. Both serve until this one is told to stop; if the newer one ends, this one has lost nothing.
 *
 * The pid file belongs to the newer one: that of this one is renamed to "….oldbin" meanwhile. */
#include <errno.h>
#include <fcntl.h>
#include <fleche/heap.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "process/supervisor.h"

enum { FIRST_PASSED_FD = 3, OUT_OF_THE_WAY = 64, MOST_WORDS = 512, MOST_BYTES = 1 << 17 };

void fl_upgrade_begin(fl_supervision *s)
{
    ssize_t n = readlink("/proc/self/exe", s->program, sizeof s->program - 1);
    s->program[n < 0 ? 0 : n] = '\0';
}

/* -- in the new process ------------------------------------------------------------------------------------------------------- */

/* This process's command line, as words of `room`. */
static bool read_words(char *room, size_t size, char **words, size_t most)
{
    int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, room, size - 1);
    size_t count = 0;

    if (n <= 0)
        return false;
    (void)close(fd);
    room[n] = '\0';
    for (char *at = room; at < room + n && count < most - 1; at += strlen(at) + 1)
        words[count++] = at;
    words[count] = NULL;
    return true;
}

static void set_number(const char *name, long long number)
{
    char text[32];

    (void)snprintf(text, sizeof text, "%lld", number);
    (void)setenv(name, text, 1);
}

static void pass_sockets(const fl_sockets *sockets)
{
    int fds[FL_SUPERVISOR_SOCKETS];

    for (size_t i = 0; i < sockets->count; i++)
        fds[i] = fcntl(sockets->shared[i], F_DUPFD_CLOEXEC, OUT_OF_THE_WAY);
    for (size_t i = 0; i < sockets->count; i++)
        (void)dup2(fds[i], FIRST_PASSED_FD + (int)i);
    set_number("LISTEN_FDS", (long long)sockets->count);
    set_number("LISTEN_PID", getpid());
}

static _Noreturn void become_newer(fl_supervision *s)
{
    char *room = fl_heap_alloc(MOST_BYTES), *words[MOST_WORDS];

    fl_orders_end(false);
    set_number("FLECHE_UPGRADE_OF", getppid());
    if (room != NULL && read_words(room, MOST_BYTES, words, MOST_WORDS)) {
        pass_sockets(&s->sockets);
        (void)execv(s->program, words);
    }
    fprintf(stderr, "fleche: cannot start %s: %s\n", s->program, fl_code_text(-errno));
    _exit(127);
}

/* -- in this one -------------------------------------------------------------------------------------------------------------- */

static void rename_pid_file(fl_supervision *s, bool old)
{
    char path[FL_PATH_TEXT];

    if (s->pid_file < 0)
        return;
    (void)snprintf(path, sizeof path, "%s%s", s->how->pid_file, old ? ".oldbin" : "");
    if (rename(s->pid_path, path) == 0)
        memcpy(s->pid_path, path, sizeof path);
}

void fl_upgrade_start(fl_supervision *s)
{
    if (s->stopping || s->newer > 0)
        return;
    rename_pid_file(s, true);
    (void)fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        become_newer(s);
    if (pid < 0) {
        rename_pid_file(s, false);
        return;
    }
    s->newer = pid;
    fl_supervision_tell(s, (fl_supervisor_event){ .what = FL_SUPERVISOR_UPGRADING, .pid = pid });
}

void fl_upgrade_reap(fl_supervision *s)
{
    int status;

    if (s->newer <= 0 || waitpid(s->newer, &status, WNOHANG) != s->newer)
        return;
    fl_supervision_tell(s, (fl_supervisor_event){ .what = FL_SUPERVISOR_UPGRADE_ENDED,
                                                  .pid = s->newer,
                                                  .status = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
                                                  .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0 });
    s->newer = 0;
    rename_pid_file(s, false);
}
