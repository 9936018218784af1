/* What belongs to a thread: its arena, what it deferred, its pool. */
#include <fleche/context.h>
#include <fleche/test.h>
#include <pthread.h>

static void in_thread(void *(*run)(void *), void *data)
{
    pthread_t thread;

    fl_expect(pthread_create(&thread, NULL, run, data) == 0);
    fl_expect(pthread_join(thread, NULL) == 0);
}

static void note(void *data) { strcat(data, "ran"); }

static void *use_everything(void *data)
{
    for (int i = 0; i < 20; i++) {
        fl_arena *arena = fl_arena_new("pooled", FL_NO_LIMIT);
        (void)fl_arena_alloc(arena, 10000);
        fl_arena_free(arena);
    }
    (void)fl_text("%s", "in the thread's own arena");
    fl_defer(note, data);
    return fl_arena_here();
}

/* That nothing leaks is the leak checker's to say. */
FL_TEST(a_thread_ends_with_all_it_has)
{
    char order[8] = "";

    in_thread(use_everything, order);
    fl_expect_text(order, "ran");
}

static void *exit_in_a_scope(void *data)
{
    fl_scope {
        fl_defer(note, data);
        (void)fl_alloc(100000);
        pthread_exit(NULL);
    }
    return NULL;
}

FL_TEST(a_thread_that_exits_in_a_scope_leaves_it)
{
    char order[8] = "";

    in_thread(exit_in_a_scope, order);
    fl_expect_text(order, "ran");
}

static void *give_arena(void *data)
{
    *(fl_arena **)data = fl_arena_here();
    fl_expect_equal(fl_arena_live(), 1);
    return NULL;
}

FL_TEST(threads_have_arenas_of_their_own)
{
    fl_arena *theirs = NULL;

    in_thread(give_arena, &theirs);
    fl_expect(theirs != NULL && theirs != fl_arena_here());
}

static void raise_there(void *data) { fl_raise(FL_CONFLICT, "in %s", (const char *)data); }

static void *catch_before_any_arena(void *data)
{
    const fl_error *e = fl_protect(raise_there, (void *)"a fresh thread");

    *(bool *)data = fl_text_is(e->message, "in a fresh thread") && fl_arena_here() != NULL;
    return NULL;
}

FL_TEST(a_thread_may_catch_before_it_allocates)
{
    bool right = false;

    in_thread(catch_before_any_arena, &right);
    fl_expect(right);
}

static void allocate(void *data) { *(bool *)data = fl_alloc(100) != NULL; }

FL_TEST(a_context_of_its_own_is_ended_by_hand)
{
    fl_context own, *before = fl_context_here();
    char order[8] = "";
    bool allocated = false;

    fl_context_init(&own);
    fl_here_ = &own;
    fl_error *error = fl_protect(allocate, &allocated);      /* nothing else protects here */
    fl_defer(note, order);
    fl_context_end(&own);
    fl_here_ = before;
    fl_expect(error == NULL && allocated);
    fl_expect_text(order, "ran");
}
