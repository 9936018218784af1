/* The context of what runs now. A thread's own is made when it first asks and freed with the thread; a fiber's is a part of the
 * fiber. The pointer is thread-local, and fibers never change threads, so no address of it goes stale across a switch. */
#include <fleche/context.h>
#include <fleche/heap.h>
#include <pthread.h>
#include "base/unwind.h"

_Thread_local fl_context *fl_here_;
static _Thread_local fl_context thread_context;
static pthread_key_t thread_end;

const char *(*fl_fiber_name_hook)(void);

static void end_thread(void *context)
{
    fl_context_end(context);
    fl_here_ = NULL;
    fl_arena_pool_end_();
}

static void make_key(void) { (void)pthread_key_create(&thread_end, end_thread); }

/* The main thread's key destructors do not run at exit(). */
__attribute__((destructor)) static void end_main_thread(void)
{
    if (fl_here_ == &thread_context)
        end_thread(&thread_context);
    fl_arena_pool_end_();
}

fl_context *fl_context_begin_(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, make_key);
    fl_context_init(&thread_context);
    (void)pthread_setspecific(thread_end, &thread_context);
    fl_here_ = &thread_context;
    return fl_here_;
}

void fl_context_init(fl_context *context)
{
    *context = (fl_context){ .deferred_capacity = FL_DEFERRED_INLINE };
    context->deferred = context->inline_deferred;
}

fl_arena *fl_own_arena_(fl_context *here)
{
    if (here->own_arena == NULL)
        here->own_arena = fl_arena_try_new_(NULL, here->fiber == NULL ? "thread" : "fiber", FL_NO_LIMIT);
    return here->own_arena;
}

void fl_context_end(fl_context *context)
{
    fl_error *error = NULL;

    fl_run_deferred(context, 0, &error);
    fl_arena_free(context->own_arena);
    if (context->deferred != context->inline_deferred)
        fl_heap_free(context->deferred);
    fl_context_init(context);
}
