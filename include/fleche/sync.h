/* Waiting for one another: channels, mutexes, semaphores, once, wait-groups. Between fibers of one thread; none of them blocks it.
 *
 *     fl_chan *jobs = fl_chan_new(16);                       // room for 16 before a sender waits; in the current arena
 *     fl_chan_send(jobs, job);                                // waits while it is full
 *     while (fl_chan_receive(jobs, &job)) …                    // waits while it is empty; false when closed and empty
 *
 * Whatever waits is woken in the order it came. All that wait raise FL_CANCELLED or FL_TIMEOUT (deadlines of fiber.h); the `try`
 * forms return a code instead: 0, -EAGAIN (would wait; never waits) or as said. */
#pragma once
#include "fiber.h"

typedef struct fl_chan fl_chan;
fl_chan *fl_chan_new(size_t room);               /* 0: a sender waits until its item is taken */
void fl_chan_send(fl_chan *chan, void *item);    /* waits; raises FL_PROGRAMMING_ERROR if it is closed */
bool fl_chan_receive(fl_chan *chan, void *ret_item);   /* waits; ret_item is a void ** of any kind; false: closed and empty */
FL_MUST_CHECK int fl_chan_try_send(fl_chan *chan, void *item);             /* -EAGAIN if full, -EPIPE if closed */
FL_MUST_CHECK int fl_chan_try_receive(fl_chan *chan, void *ret_item);      /* -EAGAIN if empty, -EPIPE if closed and empty */
void fl_chan_close(fl_chan *chan);               /* what is inside can still be received */
size_t fl_chan_count(const fl_chan *chan);

/* A mutex is for a section that waits inside: without waiting, nothing else runs anyway. All zero is an open one. */
typedef struct fl_waiters { struct fl_waiter *first, *last; } fl_waiters;
typedef struct fl_mutex { fl_fiber *owner; fl_waiters waiters; } fl_mutex;
void fl_mutex_lock(fl_mutex *mutex);             /* waits; raises FL_PROGRAMMING_ERROR if this fiber holds it already */
bool fl_mutex_try_lock(fl_mutex *mutex);
void fl_mutex_unlock(fl_mutex *mutex);           /* raises FL_PROGRAMMING_ERROR if this fiber does not hold it */
/* fl_mutex_lock_here locks until the end of the protected call or fl_scope, however it ends. */
void fl_mutex_lock_here(fl_mutex *mutex);

typedef struct fl_semaphore { size_t free; fl_waiters waiters; } fl_semaphore;
#define FL_SEMAPHORE(n) { .free = n }
void fl_semaphore_take(fl_semaphore *semaphore); /* waits for a free place */
bool fl_semaphore_try_take(fl_semaphore *semaphore);
void fl_semaphore_give(fl_semaphore *semaphore);

/* fl_once_do runs run(data) the first time; who comes meanwhile waits. If it raises, the next one tries again. */
typedef struct fl_once { int state; fl_waiters waiters; } fl_once;
void fl_once_do(fl_once *once, void (*run)(void *data), void *data);

typedef struct fl_wait_group { size_t count; fl_waiters waiters; } fl_wait_group;
void fl_wait_group_add(fl_wait_group *group, size_t n);
void fl_wait_group_done(fl_wait_group *group);   /* raises FL_PROGRAMMING_ERROR below zero */
void fl_wait_group_wait(fl_wait_group *group);   /* waits until the count is 0 */
