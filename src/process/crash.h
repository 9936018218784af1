/* Between the files of crash handling. All of it runs in a signal handler. */
#pragma once
#include <signal.h>
#include <ucontext.h>
#include "fiber/fiber.h"

enum { FL_CRASH_FRAMES = 64 };

/* The code that is the application's own (and Flèche's, linked into it): the program's executable segments. None of a program
 * that has the C library in it too (-static): there they cannot be told apart. */
void fl_own_code_find(void);                         /* once, outside of handlers */
bool fl_own_code_has(const void *address);

/* Whether every frame from the fault up to the innermost protected call is the application's own code. */
bool fl_fault_is_clean(const ucontext_t *at);

void *fl_machine_pc(const ucontext_t *at);
/* Makes the interrupted code go on in `landing`, as if it had called it where it was. False if this processor is not known. */
bool fl_machine_land(ucontext_t *at, void (*landing)(void));
/* A call through a NULL pointer has arrived at NULL: puts the interrupted code back into the call. */
void fl_machine_back_to_call(ucontext_t *at);

/* Writes what happened, the fiber's name and a backtrace to the log's descriptors, first as addresses, then (in a child
 * process, since naming them needs the heap) with functions and lines. */
void fl_crash_report(const char *what, const void *address, void *const *frames, size_t count);

extern void (*fl_crash_before_report)(void);         /* or NULL; the process is about to end */
