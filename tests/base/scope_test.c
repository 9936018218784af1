/* fl_scope and fl_keep: every way out of a block gives its memory back and makes the arena before current again. */
#include "helpers.h"
#if FL_ASAN
#include <sanitizer/asan_interface.h>
#endif

static char order[64];
static void note(void *data) { strcat(order, data); }

FL_TEST(a_scope_gives_back_what_it_took)
{
    fl_arena *before = fl_arena_here();
    size_t live = fl_arena_live();

    (void)fl_alloc(1);
    size_t used = fl_arena_used(before);
    for (int i = 0; i < 50; i++)
        fl_scope {
            fl_expect(fl_arena_here() != before);
            (void)fl_alloc(100000);
        }
    fl_expect_same(fl_arena_here(), before);
    fl_expect_equal(fl_arena_used(before), used);
    fl_expect_equal(fl_arena_live(), live);
    memset(fl_alloc(100), 1, 100);                   /* the arena before is really the current one */
}

static int leave_by_return(void)
{
    fl_scope {
        fl_defer(note, (void *)"return ");
        return (int)strlen(fl_text("%s", "four"));
    }
    return 0;
}

FL_TEST(break_continue_return_and_goto_leave_a_scope)
{
    fl_arena *before = fl_arena_here();
    size_t live = fl_arena_live();

    fl_scope {
        fl_defer(note, (void *)"break ");
        break;
    }
    fl_expect_same(fl_arena_here(), before);
    fl_scope {
        fl_defer(note, (void *)"continue ");
        continue;
    }
    fl_expect_same(fl_arena_here(), before);
    fl_expect_equal(leave_by_return(), 4);
    fl_expect_same(fl_arena_here(), before);
    fl_scope {
        fl_defer(note, (void *)"goto");
        goto out;
    }
out:
    fl_expect_same(fl_arena_here(), before);
    fl_expect_text(order, "break continue return goto");
    fl_expect_equal(fl_arena_live(), live);
}

static void raise_in_scopes(void *data)
{
    (void)data;
    fl_defer(note, (void *)"outermost");
    fl_scope {
        fl_defer(note, (void *)"outer ");
        fl_scope {
            fl_defer(note, (void *)"inner ");
            fl_raise(FL_VALUE_ERROR, "in %s", fl_text("a %s", "scope"));
        }
    }
}

FL_TEST(an_error_leaves_all_scopes_and_outlives_them)
{
    fl_arena *before = fl_arena_here();
    size_t live = fl_arena_live();

    fl_error *e = fl_expect_raises(FL_VALUE_ERROR, raise_in_scopes, NULL);
    fl_expect_text(e->message, "in a scope");
    fl_expect_text(order, "inner outer outermost");
    fl_expect_same(fl_arena_here(), before);
    fl_expect_equal(fl_arena_live(), live);
}

static void reraise_in_a_scope(void *data)
{
    (void)data;
    fl_scope {
        fl_error *e = fl_protect(raise_in_scopes, NULL);     /* made in this scope's arena */
        e->detail = fl_text("%s detail", "a");
        e->cause = fl_error_new(FL_NOT_FOUND, "a cause");
        fl_reraise(e);
    }
}

FL_TEST(an_error_caught_in_a_scope_is_raised_out_of_it_whole)
{
    fl_error *e = fl_expect_raises(FL_VALUE_ERROR, reraise_in_a_scope, NULL);

    fl_expect_text(e->message, "in a scope");
    fl_expect_text(e->detail, "a detail");
    fl_expect_text(e->cause->message, "a cause");
    fl_expect_contains(e->file, "scope_test.c");
}

static void raise_again(void *data) { fl_raise(FL_CONFLICT, "closing %s", (const char *)data); }

static void defer_what_raises(void *data)
{
    fl_scope {
        fl_defer(raise_again, (void *)"a");
        fl_defer(raise_again, (void *)"b");
        if (data != NULL)
            fl_raise(FL_VALUE_ERROR, "first");
    }
}

FL_TEST(what_deferred_functions_of_a_scope_raise_outlives_it)
{
    fl_arena *before = fl_arena_here();

    fl_error *e = fl_expect_raises(FL_VALUE_ERROR, defer_what_raises, order);
    fl_expect_text(e->suppressed->message, "closing b");
    fl_expect_text(e->suppressed->suppressed->message, "closing a");
    e = fl_expect_raises(FL_CONFLICT, defer_what_raises, NULL);      /* at the end of a scope that went well */
    fl_expect_text(e->message, "closing b");
    fl_expect_text(e->suppressed->message, "closing a");
    fl_expect(e->suppressed->suppressed == NULL);
    fl_expect_same(fl_arena_here(), before);
}

static void use_the_current_arena(void *data)
{
    const char *text = fl_text("%s", (const char *)data);
    note((void *)text);
}

FL_TEST(deferred_functions_run_with_the_arena_they_were_deferred_with)
{
    fl_scope {
        fl_defer(use_the_current_arena, (void *)"outer");
        fl_scope
            fl_defer(use_the_current_arena, (void *)"inner ");
        fl_arena *own = freed_later(fl_arena_new("own", FL_NO_LIMIT));
        (void)fl_arena_set_here(own);
    }
    fl_expect_text(order, "inner outer");
}

static void set_an_arena_and_raise(void *data)
{
    fl_defer(use_the_current_arena, (void *)"after ");
    fl_defer(free_arena, data);
    (void)fl_arena_set_here(data);
    fl_raise(FL_CONFLICT, "with %s", fl_text("another arena"));
}

FL_TEST(the_end_of_protect_makes_the_arena_before_current)
{
    fl_arena *before = fl_arena_here();

    fl_error *e = fl_expect_raises(FL_CONFLICT, set_an_arena_and_raise, fl_arena_new("own", FL_NO_LIMIT));
    fl_expect_text(e->message, "with another arena");
    fl_expect_same(fl_arena_here(), before);
    fl_expect_text(order, "after ");
}

FL_TEST(keep_copies_one_scope_outward)
{
    const char *outer = NULL, *inner = NULL;
    char *bytes = NULL;

    fl_scope {
        fl_scope {
            inner = fl_keep_text(fl_text("%s", "inner"));
            bytes = fl_keep("\1\2", 2);
        }
        fl_expect_text(inner, "inner");
        fl_expect(bytes[0] == 1 && bytes[1] == 2);
        outer = fl_keep_text(inner);
    }
    fl_expect_text(outer, "inner");
    fl_expect_text(fl_keep_text("no scope"), "no scope");
#if FL_ASAN
    fl_expect(__asan_address_is_poisoned(inner));
#endif
}

static void scopes_in_a_small_arena(void *arena)
{
    (void)fl_arena_set_here(arena);
    fl_scope
        fl_scope
            fl_scope (void)
                fl_alloc(3000);
}

FL_TEST(a_scope_counts_against_the_arena_around_it)
{
    fl_arena *arena = freed_later(fl_arena_new("request", 2000));

    fl_error *e = fl_expect_raises(FL_MEMORY_LIMIT, scopes_in_a_small_arena, arena);
    fl_expect_contains(e->message, "'request'");
    fl_expect_equal(fl_arena_used(arena), 0);
    arena = freed_later(fl_arena_new("nothing", 10));
    e = fl_expect_raises(FL_MEMORY_LIMIT, scopes_in_a_small_arena, arena);
    fl_expect_contains(e->message, "'nothing'");
}

static void open_many_scopes(void *data)
{
    int *depth = data;

    if (*depth == 0)
        return;
    fl_scope {
        --*depth;
        (void)fl_alloc(5000);
        open_many_scopes(data);
    }
}

static void open_twenty_scopes(void *data)
{
    int depth = 20;                                  /* more than are deferred without an allocation */
    (void)data;
    open_many_scopes(&depth);
}

FL_TEST(each_allocation_of_a_scope_may_fail)
{
    fl_arena *before = fl_arena_here();

    fl_expect(until_memory_suffices(open_twenty_scopes, NULL, false) >= 20);
    fl_expect(until_memory_suffices(open_twenty_scopes, NULL, true) >= 20);
    fl_expect_same(fl_arena_here(), before);
}
