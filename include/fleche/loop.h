/* The loop beneath the fibers: what embeds other libraries and watches over it. Applications seldom need it.
 *
 * One loop a thread; fl_run() makes it. It waits in an epoll of its own, and libuv runs inside it when it has something to do.
 * Between two looks at the kernel it runs every fiber that is ready. */
#pragma once
#include "fiber.h"

struct uv_loop_s *fl_loop_uv(void);              /* this thread's libuv loop, its time up to date, for libraries that bring their own
                                                    handles; NULL outside of fl_run */

/* -- signals ----------------------------------------------------------------------------------------------------------------- */
FL_MUST_CHECK int fl_try_wait_signal(const int *signals, size_t n);        /* waits for one of them: its number, or a negative code */
/* fl_on_signal runs run(data) as a new fiber each time `signal` arrives, until the loop ends. */
void fl_on_signal(int signal, void (*run)(void *data), void *data);

/* -- the watchdog ---------------------------------------------------------------------------------------------------------------- */
/* fl_watchdog reports (once a spell) a fiber that has held this thread's loop longer than `limit`: its name, the time so far and where it
 * is (return addresses, innermost first, for fl_frames_text). `report` runs in the watchdog's own thread; NULL writes to stderr. */
typedef struct fl_held_loop { const char *fiber; uint64_t fiber_id; fl_duration held; void *const *frames; size_t frame_count; } fl_held_loop;
void fl_watchdog(fl_duration limit, void (*report)(const fl_held_loop *held));
void fl_watchdog_stop(void);

/* -- figures ------------------------------------------------------------------------------------------------------------------------ */
typedef struct fl_loop_figures { size_t fibers, ready, timers, stacks_pooled; uint64_t switches, turns; } fl_loop_figures;
fl_loop_figures fl_loop_now(void);
