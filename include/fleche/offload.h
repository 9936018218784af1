/* fl_offload: work that would hold the loop (hashing passwords, resizing pictures) on a thread, while the fiber waits.
 *
 *     static void hash(void *data) { job *j = data; … }          // on another thread: it cannot wait; what it
 *                                                                   // allocates with fl_alloc() is gone when it returns
 *     fl_offload(hash, &job);                                       // waits; raises what hash raised
 *
 * Threads are few (FL_OFFLOAD_THREADS, by default the number of processors, at most 16) and their queue is bounded; a full one makes the caller
 * wait its turn. A cancelled or timed-out call waits for the work to end, since the work uses the caller's memory, and then raises. */
#pragma once
#include "sync.h"

void fl_offload(void (*run)(void *data), void *data);
FL_MUST_CHECK fl_error *fl_try_offload(void (*run)(void *data), void *data);   /* what fl_offload would raise, or NULL */

/* A limit of its own for one kind of work: fl_offload_in(&password_lane, …) runs at most `at_once` at a time. */
typedef struct fl_offload_lane { size_t at_once; size_t running; fl_waiters waiters; } fl_offload_lane;
void fl_offload_in(fl_offload_lane *lane, void (*run)(void *data), void *data);
size_t fl_offload_threads(void);                 /* how many there are (started at the first call) */
