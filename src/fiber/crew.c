/* Crews: fibers that end before what started them goes on, however it goes on. fl_gather is a crew whose first error cancels
 * the rest. */
#include "fiber/change.h"

struct fl_crew {
    fl_arena *arena;                                 /* the opener's: its fibers allocate from it */
    fl_fiber **members;
    size_t count, capacity;
    fl_error *error;                                 /* the first that one of them raised */
    fl_waiters waiters;                              /* for the last to end, or for a free place */
    bool cancel_on_error, cancelled;
};

size_t fl_crew_count(const fl_crew *crew) { return crew->count; }

void fl_crew_cancel(fl_crew *crew)
{
    crew->cancelled = true;
    for (size_t i = 0; i < crew->count; i++)
        fl_cancel(crew->members[i]);
}

void fl_crew_member_ended(fl_fiber *fiber)
{
    fl_crew *crew = fiber->crew;

    for (size_t i = crew->count; i-- > 0;)
        if (crew->members[i] == fiber) {
            crew->members[i] = crew->members[--crew->count];
            break;
        }
    bool by_us = crew->cancelled && fl_error_is(fiber->error, FL_CANCELLED);
    if (fiber->error != NULL && !by_us && crew->error == NULL) {
        crew->error = fiber->error;                  /* made in the crew's arena: it stays */
        if (crew->cancel_on_error)
            fl_crew_cancel(crew);
    }
    (void)fl_waiters_wake(&crew->waiters, 0);
}

/* Nothing in here may fail: the members use what goes when this returns. */
static void end_crew(void *data)
{
    fl_crew *crew = data;
    fl_fiber *self = fl_fiber_here();

    fl_crew_cancel(crew);
    self->shield++;
    while (crew->count > 0)
        if (fl_waiters_wait(&crew->waiters, NULL) != 0)
            fl_crew_cancel(crew);                    /* a deadlock was broken up */
    self->shield--;
}

static fl_crew *open_crew(bool cancel_on_error)
{
    fl_crew *crew = fl_alloc(sizeof *crew);

    if (fl_fiber_here() == NULL)
        fl_raise(FL_PROGRAMMING_ERROR, "a crew can only be opened on a fiber: start with fl_run()");
    crew->arena = fl_arena_here();
    crew->cancel_on_error = cancel_on_error;
    fl_defer(end_crew, crew);
    return crew;
}

fl_crew *fl_crew_open(void) { return open_crew(false); }

static void nothing(void *data) { (void)data; }

static fl_fiber *add(fl_crew *crew, fl_fiber_main *run, void *data, const char *name)
{
    if (crew->count == crew->capacity) {
        size_t capacity = crew->capacity == 0 ? 8 : crew->capacity * 2;
        crew->members = fl_arena_resize(crew->arena, crew->members, crew->count * sizeof(fl_fiber *),
                                        capacity * sizeof(fl_fiber *));
        crew->capacity = capacity;
    }
    fl_fiber *fiber = fl_spawn(run, data, .arena = crew->arena, .name = name);
    if (fl_locals_copy(fiber) != 0) {
        fiber->run = nothing;
        fl_raise(FL_OUT_OF_MEMORY, "no memory for the values of a fiber of a crew");
    }
    fiber->crew = crew;
    crew->members[crew->count++] = fiber;
    return fiber;
}

fl_fiber *fl_crew_go(fl_crew *crew, fl_fiber_main *run, void *data) { return add(crew, run, data, "crew"); }

void fl_crew_wait(fl_crew *crew)
{
    int code = 0;

    while (crew->count > 0 && code == 0)
        code = fl_waiters_wait(&crew->waiters, NULL);
    if (code != 0)
        fl_raise_wait(code, "for a crew");           /* end_crew, deferred, cancels them and waits */
    (void)fl_undefer(end_crew, crew);
    if (crew->error != NULL)
        fl_reraise(crew->error);
}

/* -- gathering -------------------------------------------------------------------------------------------------------------- */

typedef struct { const fl_call *calls; size_t n; } gathering;

static void gather(void *data)
{
    const gathering *g = data;
    fl_crew *crew = open_crew(true);

    for (size_t i = 0; i < g->n && !crew->cancelled; i++)
        (void)add(crew, g->calls[i].run, g->calls[i].data, "gathered");
    fl_crew_wait(crew);
}

void fl_gather_(const fl_call *calls, size_t n)
{
    fl_error *error = fl_protect(gather, &(gathering){ calls, n });

    if (error != NULL)
        fl_reraise(error);
}

typedef struct { char *items; size_t item, n, at_once; fl_fiber_main *run; } each;

static void gather_each(void *data)
{
    const each *e = data;
    fl_crew *crew = open_crew(true);

    for (size_t i = 0; i < e->n && !crew->cancelled; i++) {
        while (e->at_once > 0 && crew->count >= e->at_once) {
            int code = fl_waiters_wait(&crew->waiters, NULL);
            if (code != 0)
                fl_raise_wait(code, "for a free place in a crew");
        }
        if (!crew->cancelled)
            (void)add(crew, e->run, e->items + i * e->item, "gathered");
    }
    fl_crew_wait(crew);
}

void fl_gather_each_(void *items, size_t item, size_t n, size_t at_once, fl_fiber_main *run)
{
    fl_error *error = fl_protect(gather_each, &(each){ items, item, n, at_once, run });

    if (error != NULL)
        fl_reraise(error);
}
