/* The context switch: what is left of a fiber when it does not run is a stack pointer.
 *
 * fl_switch saves the callee-saved registers on the current stack, stores the stack pointer in *save, and goes on at `to`.
 * The floating-point control words are not part of it: code that changes the rounding mode must not wait meanwhile. */
#pragma once
#include <stddef.h>

#ifdef FL_FIBERS_BY_UCONTEXT
#include <ucontext.h>
typedef ucontext_t *fl_machine;                      /* lives at the top of its stack, or in the thread's scheduler */
#else
typedef void *fl_machine;                            /* the saved stack pointer */
#endif

void fl_switch(fl_machine *save, fl_machine to);

/* fl_machine_new prepares a stack whose usable part ends at `top` so that the first switch to it calls entry(data), which never
 * returns. fl_machine_of_thread is the place for the thread's own. */
fl_machine fl_machine_new(void *bottom, void *top, void (*entry)(void *data), void *data);
fl_machine fl_machine_of_thread(void);
