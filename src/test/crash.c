/* Fatal signals in a test's process: what arrived and where it was, then the signal's own course. The runner sends SIGABRT to a
 * test that takes too long, so that its backtrace shows what it waited in. */
#include <fleche/context.h>
#include <signal.h>
#include <unistd.h>
#include "test/record.h"

enum { FRAMES = 48, STACK = 1 << 18, PATIENCE = 5 };

static char text_memory[1 << 14];

static void tell(int signal)
{
    void *frames[FRAMES];
    fl_buf out = fl_buf_over(text_memory, sizeof text_memory);

    (void)alarm(PATIENCE);                           /* what crashed may hold a lock that telling needs */
    fl_buf_format(&out, "SIG%s (%s)\n", sigabbrev_np(signal), sigdescr_np(signal));
    (void)!write(STDERR_FILENO, out.data, out.size);
    fl_buf_clear(&out);
    fl_frames_text(frames, fl_frames_now(frames, FRAMES, 1), &out);
    (void)!write(STDERR_FILENO, out.data, out.size);
    (void)raise(signal);                             /* its action is the default one again; it waits for the return from here */
}

void fl_test_tell_crashes(const fl_test *test)
{
    static const int signals[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL };
    static char stack[STACK];
    void *warm_up[1];

    (void)fl_frames_now(warm_up, 1, 0);
    /* ASan tells of faults itself, on signal stacks that are its own. */
    if (!FL_ASAN)
        (void)sigaltstack(&(stack_t){ .ss_sp = stack, .ss_size = sizeof stack }, NULL);
    for (size_t i = 0; i < FL_LENGTH(signals); i++) {
        struct sigaction action = { .sa_handler = tell, .sa_flags = (int)SA_RESETHAND | (FL_ASAN ? 0 : SA_ONSTACK) };
        if (signals[i] == test->options.expect_signal)
            action.sa_handler = SIG_DFL;             /* ASan's handler would make an exit of it */
        else if (FL_ASAN && signals[i] != SIGABRT)
            continue;
        (void)sigaction(signals[i], &action, NULL);
    }
}
