/* Faults: what can be survived is, what cannot is reported.
 *
 * A read or write on the zero page is a NULL dereference. If the code that did it, and every frame up to the protected call, is the
 * application's own, no library can have been left with a lock held or a heap half changed, and it is raised as an error: the handler
 * makes the interrupted code "call" land(), which raises on the fiber's own stack. Everything else ends the process by
 * the signal that it got, behind a report. The handler runs on a stack of its own, since the fiber's may be what is full. */
#include <errno.h>
#include <fleche/process.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "process/crash.h"

enum { ALTERNATE_STACK = 128 * 1024, LOWEST_MAPPED = 65536, GUARD = 4096 };

static void (*after_fault_hook)(void);
static _Thread_local struct { const void *address; void *frames[FL_CRASH_FRAMES]; size_t count; } fault;

static void land(void)
{
    if (after_fault_hook != NULL)
        after_fault_hook();
    fl_error *e = fl_error_new(FL_NULL_DEREFERENCE, "NULL was dereferenced (address %p)", fault.address);
    void **kept = fl_arena_try_alloc(fl_arena_here(), fault.count * sizeof *kept);
    if (kept != NULL) {
        memcpy(kept, fault.frames, fault.count * sizeof *kept);
        e->frames = kept;
        e->frame_count = fault.count;
    }
    e->hint = "look at the topmost frame of the backtrace: a pointer in that line was NULL";
    fl_reraise(e);
}

static bool survives(int signal, const siginfo_t *info, ucontext_t *at)
{
    if (signal != SIGSEGV || info->si_code <= 0 || (uintptr_t)info->si_addr >= LOWEST_MAPPED || !fl_fault_is_clean(at))
        return false;
    fault.address = info->si_addr;
    fault.count = fl_frames_now(fault.frames, FL_CRASH_FRAMES, 2);
    return fl_machine_land(at, land);
}

static const char *name_of(int signal, const siginfo_t *info)
{
    const fl_fiber *fiber = fl_scheduler_here_ == NULL ? NULL : fl_scheduler_here_->current;
    const char *address = info->si_addr;

    if ((signal == SIGSEGV || signal == SIGBUS) && fiber != NULL && address < fiber->stack->bottom && address >= fiber->stack->bottom - GUARD)
        return "stack overflow";
    switch (signal) {
    case SIGSEGV: return "segmentation fault";
    case SIGBUS: return "bus error";
    case SIGFPE: return "arithmetic fault";
    case SIGILL: return "illegal instruction";
    case SIGABRT: return "abort";
    default: return "fatal signal";
    }
}

static void handle(int signal, siginfo_t *info, void *context)
{
    void *frames[FL_CRASH_FRAMES];
    static _Atomic bool reporting;

    if (survives(signal, info, context))
        return;
    (void)sigaction(signal, &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
    if (!atomic_exchange(&reporting, true)) {
        size_t count = fl_frames_now(frames, FL_CRASH_FRAMES, 2);
        fl_crash_report(name_of(signal, info), info->si_addr, frames, count);
    }
    (void)raise(signal);                             /* blocked until this handler returns: then it ends the process */
}

void fl_crash_guard(void (*after_fault)(void))
{
    static const int fatal[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
    static _Thread_local void *stack;
    void *warm_up[2];

    after_fault_hook = after_fault;
    fl_own_code_find();
    (void)fl_frames_now(warm_up, 2, 0);              /* loads the unwinder, which a handler may not */
    if (stack == NULL) {
        stack = mmap(NULL, ALTERNATE_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (stack == MAP_FAILED) {
            stack = NULL;
            fl_raise(FL_OUT_OF_MEMORY, "no memory for the stack of signal handlers");
        }
        (void)sigaltstack(&(stack_t){ .ss_sp = stack, .ss_size = ALTERNATE_STACK }, NULL);
    }
    struct sigaction action = { .sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK };
    (void)sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < FL_LENGTH(fatal); i++)
        (void)sigaction(fatal[i], &action, NULL);
}
