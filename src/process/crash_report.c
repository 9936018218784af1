/* Telling of a crash from inside a signal handler: nothing here allocates, locks or formats with the C library, but in the
 * forked child that puts names to addresses; should that one hang on a lock that the crash left taken, it is killed. */
#include <errno.h>
#include <fleche/buf.h>
#include <fleche/log.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "process/crash.h"

enum { HEX = 19, PATIENCE_MS = 3000 };

static const char *hex(const void *address, char ret[HEX])
{
    uintptr_t rest = (uintptr_t)address;
    char *at = ret + HEX - 1;

    *at = '\0';
    do {
        *--at = "0123456789abcdef"[rest & 15];
        rest >>= 4;
    } while (rest != 0);
    *--at = 'x';
    *--at = '0';
    return at;
}

static void name_frames(void *const *frames, size_t count)
{
    fl_buf out = fl_buf_heap(1 << 16);

    fl_frames_text(frames, count, &out);
    fl_buf_add_char(&out, '\0');
    if (!fl_buf_failed(&out))
        fl_log_crash((const char *const[]){ out.data }, 1);
}

static void name_frames_in_child(void *const *frames, size_t count)
{
    pid_t pid = _Fork();

    if (pid == 0) {
        (void)signal(SIGSEGV, SIG_DFL);              /* what crashed may have left the heap in any state: no second report */
        (void)signal(SIGABRT, SIG_DFL);
        name_frames(frames, count);
        _exit(0);
    }
    for (int waited = 0; pid > 0 && waitpid(pid, NULL, WNOHANG) == 0; waited++) {
        if (waited == PATIENCE_MS)
            (void)kill(pid, SIGKILL);
        (void)nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    }
}

void fl_crash_report(const char *what, const void *address, void *const *frames, size_t count)
{
    char of_address[HEX], of_frame[HEX];
    const fl_fiber *fiber = fl_scheduler_here_ == NULL ? NULL : fl_scheduler_here_->current;

    fl_log_crash((const char *const[]){ "fleche: ", what, " in the fiber '", fiber == NULL ? "main" : fiber->name, "', address ",
                                        hex(address, of_address), "\n" },
                 7);
    for (size_t i = 0; i < count; i++)
        fl_log_crash((const char *const[]){ "  at ", hex((const char *)frames[i] - 1, of_frame), "\n" }, 3);
    name_frames_in_child(frames, count);
}
