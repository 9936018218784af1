/* Fibers: straight-line code that waits without holding a thread.
 *
 *     static void fetch(void *data) { page *p = data; … fl_sleep(FL_MILLISECONDS(10)); … }
 *
 *     int main(void) { return fl_run(start, NULL); }           // the loop runs until start() and all it began have ended
 *
 *     fl_gather({ fetch, &a }, { fetch, &b });                    // both at once; raises the first error, the other is cancelled
 *
 * A fiber has a stack of its own (256 KiB of address space, committed as it is used, a guard page below), its own error frames and
 * an arena that it takes when it first allocates. It never changes threads. It runs until it waits (sleeps, reads, joins…) or
 * ends; others run meanwhile. A function that may wait says so ("waits").
 *
 * Structured: fibers of a crew (and fl_gather) never outlive it. fl_spawn() alone makes one that nobody must join.
 *
 * Cancelling wakes a fiber out of what it waits in: there FL_CANCELLED is raised (or -ECANCELED returned by the `try` forms), and
 * again in whatever it waits in next, so it unwinds through its deferred functions, which may wait inside fl_shield(). */
#pragma once
#include "error.h"
#include "time.h"

typedef struct fl_fiber fl_fiber;
typedef void fl_fiber_main(void *data);

/* fl_run runs `start(data)` as the first fiber of this thread's loop and returns when all fibers have ended: 0, or 1 if
 * start raised (the error is reported on stderr). Not to be called from a fiber. */
int fl_run(fl_fiber_main *start, void *data);

/* -- one fiber ---------------------------------------------------------------------------------------------------------- */
typedef struct fl_spawn_options {
    const char *name;                            /* for messages, not copied; NULL: "fiber" */
    size_t stack;                                /* bytes; 0: 256 KiB */
    fl_arena *arena;                             /* what it allocates from; NULL: one of its own, gone when it ends */
} fl_spawn_options;

/* fl_spawn starts run(data) soon. An error that it raises and nobody joins ends up with the loop's error handler (fl_on_lost_error).
 * Raises FL_OUT_OF_MEMORY if there is no stack to be had, with the system limit that stands in the way. The handle is good until the
 * fiber has ended, and past that only if it was asked for with fl_spawn_joinable, until it is joined. */
#define fl_spawn(run, data, ...) fl_spawn_(run, data, &(const fl_spawn_options){ __VA_ARGS__ })
#define fl_spawn_joinable(run, data, ...) fl_spawn_joinable_(run, data, &(const fl_spawn_options){ __VA_ARGS__ })
fl_fiber *fl_spawn_(fl_fiber_main *run, void *data, const fl_spawn_options *options);
fl_fiber *fl_spawn_joinable_(fl_fiber_main *run, void *data, const fl_spawn_options *options);

void fl_join(fl_fiber *fiber);                   /* waits for its end; raises what it raised. A joinable fiber is joined once. */
FL_MUST_CHECK fl_error *fl_try_join(fl_fiber *fiber);   /* its error, copied into the current arena, or NULL; waits */
void fl_cancel(fl_fiber *fiber);                 /* wakes it with FL_CANCELLED; does not wait for it */
bool fl_is_cancelled(void);                      /* whether this fiber has been cancelled */
void fl_yield(void);                             /* lets the others run first; raises FL_CANCELLED */
fl_fiber *fl_fiber_here(void);                   /* NULL outside of fibers */
const char *fl_fiber_name(const fl_fiber *fiber);/* of this fiber for NULL; "main" outside */
void fl_fiber_rename(const char *name);          /* not copied */
uint64_t fl_fiber_id(const fl_fiber *fiber);     /* 1, 2, 3 … in this thread */
size_t fl_fiber_stack_used(const fl_fiber *fiber);   /* most bytes of stack it touched, by page; 0: not measured in this build */
/* fl_on_lost_error says what becomes of the errors of this thread's fibers that nobody joins. NULL, the default,
 * and where it raises itself: a report on stderr. */
void fl_on_lost_error(void (*run)(const fl_error *error, const char *fiber));

/* fl_shield runs run(data) with cancellation put off until it returns: for clean-up that waits. */
void fl_shield(void (*run)(void *data), void *data);

/* -- time --------------------------------------------------------------------------------------------------------------- */
void fl_sleep(fl_duration time);                 /* waits; raises FL_CANCELLED */
FL_MUST_CHECK int fl_try_sleep(fl_duration time);/* 0, -ECANCELED, or -ETIMEDOUT when a deadline came first */

/* fl_deadline runs run(data); what it waits in longer than `time` from now ends in FL_TIMEOUT (-ETIMEDOUT), raised inside it and
 * unwinding it, as the time of an outer deadline does. Code that never waits is not interrupted. */
void fl_deadline(fl_duration time, void (*run)(void *data), void *data);
fl_duration fl_time_left(void);                  /* until the nearest deadline; FL_FOREVER without one */

/* -- several ------------------------------------------------------------------------------------------------------------- */
typedef struct fl_call { fl_fiber_main *run; void *data; } fl_call;

/* fl_gather runs all calls at once, each on a fiber that allocates from this one's arena, and waits for all. If one raises,
 * the others are cancelled and waited for, and the first error is raised here. */
#define fl_gather(...) fl_gather_((const fl_call[]){ __VA_ARGS__ }, sizeof((const fl_call[]){ __VA_ARGS__ }) / sizeof(fl_call))
void fl_gather_(const fl_call *calls, size_t n);
/* fl_gather_each runs run(&items[i]) for each item, at most `at_once` of them at a time (0: all). */
#define fl_gather_each(items, n, at_once, run) fl_gather_each_(items, sizeof *(items), n, at_once, run)
void fl_gather_each_(void *items, size_t item, size_t n, size_t at_once, fl_fiber_main *run);

/* A crew: fibers that come and go, all ended when it closes.
 *     fl_crew *crew = fl_crew_open();
 *     while (…) fl_crew_go(crew, serve, connection);
 *     fl_crew_wait(crew);                                  // until all have ended; raises the first error
 * If the function that opened it unwinds or its protected call ends, its fibers are cancelled and waited for. */
typedef struct fl_crew fl_crew;
fl_crew *fl_crew_open(void);
fl_fiber *fl_crew_go(fl_crew *crew, fl_fiber_main *run, void *data);
void fl_crew_cancel(fl_crew *crew);
void fl_crew_wait(fl_crew *crew);                /* waits; the crew is closed then */
size_t fl_crew_count(const fl_crew *crew);       /* fibers still running */

/* -- fiber-local values ---------------------------------------------------------------------------------------------------- */
/* A key is a static variable's address; a crew's fibers and gathered ones see their starter's values as they were then.
 *     static const fl_local request_key;
 *     fl_local_set(&request_key, req);   …   fl_request *req = fl_local_get(&request_key); */
typedef struct fl_local { char unused; } fl_local;
void fl_local_set(const fl_local *key, void *value);
void *fl_local_get(const fl_local *key);         /* NULL if never set */
