/* What happens, told: to the application's callback, or as one line on stderr. */
#include <stdio.h>
#include <unistd.h>
#include "process/supervisor.h"

const char *fl_supervisor_what_text(fl_supervisor_what what)
{
    switch (what) {
    case FL_WORKER_STARTED: return "a worker has started";
    case FL_WORKER_READY: return "a worker is ready";
    case FL_WORKER_STOPPING: return "a worker is to stop";
    case FL_WORKER_ENDED: return "a worker has ended";
    case FL_WORKER_CRASHED: return "a worker has crashed";
    case FL_WORKER_RECYCLED: return "a worker asks to be replaced";
    case FL_WORKER_HELD_BACK: return "workers end too early: the next one waits";
    case FL_SUPERVISOR_RELOADING: return "reloading";
    case FL_SUPERVISOR_STOPPING: return "stopping";
    case FL_WORKER_STARTING: return "a worker is about to start";
    case FL_WORKER_SILENT: return "a worker stands still and is aborted";
    case FL_SUPERVISOR_READY: return "all workers are ready";
    case FL_SUPERVISOR_RESIZED: return "the number of workers changes";
    case FL_SUPERVISOR_REOPENING: return "log files are opened anew";
    case FL_SUPERVISOR_UPGRADING: return "the new program has been started";
    case FL_SUPERVISOR_UPGRADE_ENDED: return "the new program has ended";
    }
    return "something happened";
}

/* One write() a line: workers write to the same stderr. */
static void tell_stderr(const fl_supervisor_event *event)
{
    char line[256], facts[128] = "";

    if (event->what == FL_WORKER_STARTING)
        return;                                      /* it is told when it has */
    if (event->what == FL_WORKER_HELD_BACK)
        (void)snprintf(facts, sizeof facts, " (slot %d, %lld ms)", event->slot, (long long)event->pause.us / 1000);
    else if (event->signal != 0)
        (void)snprintf(facts, sizeof facts, " (slot %d, process %d, signal %d)", event->slot, event->pid, event->signal);
    else if (event->status != 0)
        (void)snprintf(facts, sizeof facts, " (slot %d, process %d, status %d)", event->slot, event->pid, event->status);
    else if (event->pid != 0)
        (void)snprintf(facts, sizeof facts, " (slot %d, process %d)", event->slot, event->pid);
    int size = snprintf(line, sizeof line, "fleche: %s%s\n", fl_supervisor_what_text(event->what), facts);
    (void)!write(STDERR_FILENO, line, (size_t)size);
}

void fl_supervision_tell(const fl_supervision *s, fl_supervisor_event event)
{
    if (s->how->event != NULL)
        s->how->event(&event, s->how->data);
    else
        tell_stderr(&event);
}

void fl_supervision_tell_of(const fl_supervision *s, fl_supervisor_what what, const fl_process *process)
{
    fl_supervision_tell(s, (fl_supervisor_event){ .what = what, .pid = process->pid, .slot = process->slot });
}
