/* Stacks: guarded, reused, trimmed. Taken here by hand, outside of any fiber. */
#include <fleche/test.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "fiber/stack.h"

static fl_stack *take(size_t size)
{
    fl_stack *stack = fl_stack_take(size);

    if (stack == NULL)
        fl_raise(FL_OUT_OF_MEMORY, "no stack");
    return stack;
}

FL_TEST(a_stack_is_used_again, .plain = true)
{
    fl_stack *first = take(0);

    fl_expect((size_t)(first->top - first->bottom) > FL_STACK_SIZE - 8192);
    fl_stack_give(first);
    fl_expect_equal(fl_stack_pooled(), 1);
    fl_expect_same(fl_stack_take(0), first);
    fl_stack_give(first);
    fl_stack_pool_end();
    fl_expect_equal(fl_stack_pooled(), 0);
}

static void touch(fl_stack *stack)
{
    for (volatile char *at = stack->bottom; at < stack->top; at += 4096)
        *at = 1;
}

FL_TEST(trimming_gives_memory_back_but_for_the_tops, .plain = true)
{
    enum { STACKS = 80 };
    fl_stack *stacks[STACKS];

    for (int i = 0; i < STACKS; i++) {
        stacks[i] = take(0);
        touch(stacks[i]);
        fl_expect(fl_stack_touched(stacks[i]) >= FL_STACK_SIZE - 8192);
    }
    for (int i = 0; i < STACKS; i++)
        fl_stack_give(stacks[i]);
    fl_stack_trim();
    fl_expect(fl_stack_touched(stacks[0]) <= 16384);                 /* given back first: deep in the pool */
    fl_expect(fl_stack_touched(stacks[STACKS - 1]) > 16384);         /* the next to be taken: kept warm */
    fl_stack_pool_end();
}

static void overrun(fl_stack *stack) { *(volatile char *)(stack->bottom - 1) = 1; }

static int signal_of_overrun(size_t size)
{
    int status;
    pid_t pid = fork();

    if (pid == 0) {
        (void)signal(SIGSEGV, SIG_DFL);
        (void)signal(SIGBUS, SIG_DFL);
        fl_stack *stack = fl_stack_take(size);
        if (stack != NULL)
            overrun(stack);
        _exit(0);
    }
    fl_expect(waitpid(pid, &status, 0) == pid);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

FL_TEST(below_a_stack_there_is_a_guard, .plain = true)
{
    fl_stack *stack = take(0);

    fl_expect(fl_stack_guards(stack->bottom - 1));
    fl_expect(!fl_stack_guards(stack->bottom));
    fl_expect(!fl_stack_guards(&stack));
    fl_stack_give(stack);
    fl_stack_pool_end();
    fl_expect_equal(signal_of_overrun(0), SIGSEGV);
    fl_expect_equal(signal_of_overrun(2 << 20), SIGSEGV);
}

FL_TEST(a_larger_stack_is_unmapped_when_given_back, .plain = true)
{
    fl_stack *stack = take(3 << 20);

    fl_expect(stack->top - stack->bottom >= 3 << 20);
    touch(stack);
    fl_stack_give(stack);
    fl_expect_equal(fl_stack_pooled(), 0);
}
