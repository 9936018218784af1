/* Mutexes, semaphores, once, wait-groups. What is given is handed straight to the one that waited longest, so nobody can slip in
 * between its waking and its running. */
#include "fiber/fiber.h"
#include <errno.h>

/* -- mutex ------------------------------------------------------------------------------------------------------------------ */

bool fl_mutex_try_lock(fl_mutex *mutex)
{
    if (mutex->owner != NULL)
        return false;
    mutex->owner = fl_fiber_here();
    return mutex->owner != NULL;
}

void fl_mutex_lock(fl_mutex *mutex)
{
    if (fl_mutex_try_lock(mutex))
        return;
    if (mutex->owner != NULL && mutex->owner == fl_fiber_here())
        fl_raise(FL_PROGRAMMING_ERROR, "the fiber '%s' holds this mutex already", fl_fiber_name(NULL));
    int code = fl_waiters_wait(&mutex->waiters, NULL);
    if (code != 0)
        fl_raise_wait(code, "for a mutex");
}

void fl_mutex_unlock(fl_mutex *mutex)
{
    if (mutex->owner == NULL || mutex->owner != fl_fiber_here())
        fl_raise(FL_PROGRAMMING_ERROR, "the fiber '%s' does not hold this mutex: %s does", fl_fiber_name(NULL),
                 mutex->owner == NULL ? "nobody" : fl_fiber_name(mutex->owner));
    fl_waiter *next = fl_waiters_take(&mutex->waiters);
    mutex->owner = next == NULL ? NULL : next->fiber;
    if (next != NULL)
        fl_wake(next->fiber, 0);
}

static void unlock(void *mutex) { fl_mutex_unlock(mutex); }

void fl_mutex_lock_here(fl_mutex *mutex)
{
    fl_mutex_lock(mutex);
    fl_defer(unlock, mutex);
}

/* -- semaphore -------------------------------------------------------------------------------------------------------------- */

bool fl_semaphore_try_take(fl_semaphore *semaphore)
{
    if (semaphore->free == 0)
        return false;
    semaphore->free--;
    return true;
}

void fl_semaphore_take(fl_semaphore *semaphore)
{
    if (fl_semaphore_try_take(semaphore))
        return;
    int code = fl_waiters_wait(&semaphore->waiters, NULL);
    if (code != 0)
        fl_raise_wait(code, "for a semaphore");
}

void fl_semaphore_give(fl_semaphore *semaphore)
{
    if (!fl_waiters_wake(&semaphore->waiters, 0))
        semaphore->free++;
}

/* -- once ------------------------------------------------------------------------------------------------------------------- */

enum { NOT_YET, RUNNING, DONE };

void fl_once_do(fl_once *once, void (*run)(void *data), void *data)
{
    while (once->state == RUNNING) {
        int code = fl_waiters_wait(&once->waiters, NULL);
        if (code != 0)
            fl_raise_wait(code, "for what runs once");
    }
    if (once->state == DONE)
        return;
    once->state = RUNNING;
    fl_error *error = fl_protect(run, data);
    once->state = error == NULL ? DONE : NOT_YET;
    while (fl_waiters_wake(&once->waiters, 0))
        ;
    if (error != NULL)
        fl_reraise(error);
}

/* -- wait-group --------------------------------------------------------------------------------------------------------------- */

void fl_wait_group_add(fl_wait_group *group, size_t n) { group->count += n; }

void fl_wait_group_done(fl_wait_group *group)
{
    if (group->count == 0)
        fl_raise(FL_PROGRAMMING_ERROR, "more is done than was added to this wait-group");
    if (--group->count > 0)
        return;
    while (fl_waiters_wake(&group->waiters, 0))
        ;
}

void fl_wait_group_wait(fl_wait_group *group)
{
    while (group->count > 0) {
        int code = fl_waiters_wait(&group->waiters, NULL);
        if (code != 0)
            fl_raise_wait(code, "for a wait-group");
    }
}
