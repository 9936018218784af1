/* Faults: what can be survived is, what cannot is reported.
 *
 * A read, a write or a call on the zero page is a NULL dereference. If the code that did it, and every frame up to the
 * protected call, is the application's own, no library can have been left with a lock held or a heap half changed, and it is
 * raised as an error: the handler makes the interrupted code "call" land(), which raises on the fiber's own stack. Everything
 * else ends the process by the signal that it got, behind a report. The handler runs on a stack of its own, since the fiber's
 * may be what is full; all signals wait meanwhile, so that a fault in the handler itself ends the process at once. */
#include <errno.h>
#include <fleche/process.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "process/crash.h"

/* libdw, naming frames in the forked child, takes some hundred KiB of stack. */
enum { ALTERNATE_STACK = 1024 * 1024, LOWEST_MAPPED = 65536, GUARD = 4096 };

static void (*after_fault_hook)(void);
void (*fl_crash_before_report)(void);
static _Thread_local struct { const void *address; void *frames[FL_CRASH_FRAMES]; size_t count; } fault;

static void land(void)
{
    if (after_fault_hook != NULL)
        after_fault_hook();
    fl_error *e = fl_error_new(FL_NULL_DEREFERENCE, "NULL was dereferenced (address %p)", fault.address);
    fl_arena *arena = fl_error_arena();
    void **kept = arena == NULL ? NULL : fl_arena_try_alloc(arena, fault.count * sizeof *kept);
    if (kept != NULL) {
        memcpy(kept, fault.frames, fault.count * sizeof *kept);
        e->frames = kept;
        e->frame_count = fault.count;
    }
    e->hint = "look at the topmost frame of the backtrace: a pointer in that line was NULL";
    fl_reraise(e);
}

/* The frames from the fault on, as return addresses; the handler's own are left out. */
static size_t frames_of(const ucontext_t *at, void **ret)
{
    void *all[FL_CRASH_FRAMES];
    size_t n = fl_frames_now(all, FL_CRASH_FRAMES, 0), first = 0;

    while (first < n && all[first] != fl_machine_pc(at))
        first++;
    if (first == n)
        first = 0;                                   /* a jump into nowhere */
    memcpy(ret, all + first, (n - first) * sizeof *ret);
    if (first > 0)
        ret[0] = (char *)ret[0] + 1;
    return n - first;
}

static bool is_fault(int signal, const siginfo_t *info)
{
    return signal == SIGSEGV && (info->si_code == SEGV_MAPERR || info->si_code == SEGV_ACCERR);    /* else no address is known */
}

static bool survives(int signal, const siginfo_t *info, ucontext_t *at)
{
    mcontext_t before = at->uc_mcontext;

    if (!is_fault(signal, info) || (uintptr_t)info->si_addr >= LOWEST_MAPPED)
        return false;
    if (fl_machine_pc(at) == info->si_addr)
        fl_machine_back_to_call(at);
    if (!fl_fault_is_clean(at)) {
        at->uc_mcontext = before;
        return false;
    }
    fault.address = info->si_addr;
    fault.count = frames_of(at, fault.frames);
    return fl_machine_land(at, land);
}

static const char *name_of(int signal, const siginfo_t *info)
{
    const fl_fiber *fiber = fl_scheduler_here_ == NULL ? NULL : fl_scheduler_here_->current;
    const char *address = info->si_addr;

    if ((signal == SIGSEGV || signal == SIGBUS) && fiber != NULL) {
        const char *bottom = fiber->stack->bottom;
        if (address < bottom && address >= bottom - GUARD)
            return "stack overflow";
    }
    switch (signal) {
    case SIGSEGV: return "segmentation fault";
    case SIGBUS: return "bus error";
    case SIGFPE: return info->si_code == FPE_INTDIV ? "division by zero" : "arithmetic fault";
    case SIGILL: return "illegal instruction";
    case SIGABRT: return "abort";
    default: return "fatal signal";
    }
}

static void report_once(int signal, const siginfo_t *info, const ucontext_t *at)
{
    static _Atomic int reporter;
    int none = 0;
    void *frames[FL_CRASH_FRAMES];

    if (!atomic_compare_exchange_strong(&reporter, &none, gettid())) {
        while (none != gettid())
            (void)pause();                           /* another thread's report goes first, and ends the process */
        return;
    }
    if (fl_crash_before_report != NULL)
        fl_crash_before_report();
    size_t count = frames_of(at, frames);
    fl_crash_report(name_of(signal, info), is_fault(signal, info) ? info->si_addr : fl_machine_pc(at), frames, count);
}

static void handle(int signal, siginfo_t *info, void *context)
{
    int saved = errno;

    if (survives(signal, info, context)) {
        errno = saved;
        return;
    }
    report_once(signal, info, context);
    (void)sigaction(signal, &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
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
        int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK;
        stack = mmap(NULL, ALTERNATE_STACK, PROT_READ | PROT_WRITE, flags, -1, 0);
        if (stack == MAP_FAILED) {
            stack = NULL;
            fl_raise(FL_OUT_OF_MEMORY, "no memory for the stack of signal handlers");
        }
    }
    (void)sigaltstack(&(stack_t){ .ss_sp = stack, .ss_size = ALTERNATE_STACK }, NULL);
    struct sigaction action = { .sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK };
    (void)sigfillset(&action.sa_mask);
    for (size_t i = 0; i < FL_LENGTH(fatal); i++)
        (void)sigaction(fatal[i], &action, NULL);
}
