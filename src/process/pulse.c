/* Heartbeats: each worker writes into shared memory when its loop last turned; the supervisor reads, and aborts who stands still. The
 * abort makes the worker report where it was. systemd watches the supervisor in the same way. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "process/supervisor.h"

enum { REPORT_US = 5000000 };                        /* for the report; then it is killed */

/* $WATCHDOG_USEC is how often systemd must hear of the process $WATCHDOG_PID: half of it is safe. */
static int64_t watchdog_interval(void)
{
    const char *every = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
    long long us, of = getpid();

    if (every == NULL || !fl_str_int(fl_str_of(every), &us) || us <= 0)
        return 0;
    if (pid != NULL && (!fl_str_int(fl_str_of(pid), &of) || of != getpid()))
        return 0;
    return us / 2 > 0 ? us / 2 : 1;
}

int fl_pulses_begin(fl_supervision *s)
{
    void *memory = mmap(NULL, s->capacity * sizeof *s->pulses, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED)
        return -errno;
    s->pulses = memory;
    s->watchdog_every = watchdog_interval();
    return 0;
}

void fl_pulses_end(fl_supervision *s)
{
    if (s->pulses != NULL)
        (void)munmap(s->pulses, s->capacity * sizeof *s->pulses);
}

int64_t fl_pulses_check(fl_supervision *s, int64_t now)
{
    int64_t next = INT64_MAX, limit = s->how->heartbeat.us;

    if (limit <= 0 || limit == FL_FOREVER.us)
        return next;
    for (size_t i = 0; i < s->capacity; i++) {
        fl_process *p = &s->processes[i];
        if (p->state == FL_PROCESS_NONE || p->aborted)
            continue;
        int64_t due = s->pulses[i] + limit;
        if (due <= now) {
            p->aborted = true;
            p->deadline = now + REPORT_US;
            (void)kill(p->pid, SIGABRT);
            fl_supervision_tell_of(s, FL_WORKER_SILENT, p);
            due = p->deadline;
        }
        next = due < next ? due : next;
    }
    return next;
}

int64_t fl_systemd_watchdog(fl_supervision *s, int64_t now)
{
    if (s->watchdog_every == 0)
        return INT64_MAX;
    if (s->watchdog_next <= now) {
        fl_notify_systemd("WATCHDOG=1");
        s->watchdog_next = now + s->watchdog_every;
    }
    return s->watchdog_next;
}

size_t fl_memory_now(void)
{
    char text[128];
    unsigned long long pages = 0;
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text);

    if (fd >= 0)
        (void)close(fd);
    fl_str rest = fl_str_n(text, n < 0 ? 0 : (size_t)n), all, resident;
    if (!fl_str_cut(&rest, ' ', &all) || !fl_str_cut(&rest, ' ', &resident) || !fl_str_uint(resident, &pages))
        return 0;
    return (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
}
