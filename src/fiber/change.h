/* Between the files of the fibers: going from one stack to another, with the sanitizers told of it. */
#pragma once
#include "fiber/fiber.h"

#if FL_ASAN
#include <sanitizer/common_interface_defs.h>
#endif
#if FL_TSAN
#include <sanitizer/tsan_interface.h>
#endif

void fl_arrived(fl_scheduler *here, fl_fiber *self);         /* the first thing on a stack that was switched to; NULL: it is new */
void fl_make_ready(fl_scheduler *here, fl_fiber *fiber);     /* to the end of the run queue */
void fl_leave(fl_scheduler *here, fl_fiber *self);           /* to the next that is ready, or to the loop; returns when it is back */
_Noreturn void fl_leave_for_good(fl_scheduler *here, fl_fiber *self);
_Noreturn void fl_fiber_end(fl_fiber *self);
void fl_fiber_release(fl_fiber *fiber);
