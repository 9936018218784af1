/* The switch for processors without assembly of our own: POSIX contexts, slower by a system call for the signal mask. */
#ifdef FL_FIBERS_BY_UCONTEXT
#include <stdint.h>
#include <string.h>
#include "fiber/switch.h"

static _Thread_local ucontext_t thread_context;

void fl_switch(fl_machine *save, fl_machine to) { (void)swapcontext(*save, to); }
fl_machine fl_machine_of_thread(void) { return &thread_context; }

/* makecontext passes ints: a pointer goes as two halves. */
static void begin(unsigned function_high, unsigned function_low, unsigned data_high, unsigned data_low)
{
    uintptr_t function = (uintptr_t)((uint64_t)function_high << 32 | function_low);
    uintptr_t data = (uintptr_t)((uint64_t)data_high << 32 | data_low);

    ((void (*)(void *))function)((void *)data);
}

fl_machine fl_machine_new(void *bottom, void *top, void (*entry)(void *data), void *data)
{
    uintptr_t place = ((uintptr_t)top - sizeof(ucontext_t)) & ~(uintptr_t)63;
    ucontext_t *machine = (ucontext_t *)place;
    uint64_t function = (uintptr_t)entry, argument = (uintptr_t)data;

    (void)getcontext(machine);
    machine->uc_stack.ss_sp = bottom;
    machine->uc_stack.ss_size = place - (uintptr_t)bottom;
    machine->uc_link = NULL;
    makecontext(machine, (void (*)(void))begin, 4, (unsigned)(function >> 32), (unsigned)function, (unsigned)(argument >> 32),
                (unsigned)argument);
    return machine;
}
#endif
