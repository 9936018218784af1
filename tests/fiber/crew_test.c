/* Crews and gathering: nobody outlives them. */
#include "trace.h"

static char undone[] = "undone";

static void sleep_long(void *word)
{
    fl_defer(note_word, word);
    fl_sleep(FL_HOURS(1));
}

static void fail_soon(void *data)
{
    (void)data;
    fl_yield();
    fl_raise(FL_CONFLICT, "no luck");
}

static void gather_one_failing(void *data)
{
    (void)data;
    fl_gather({ sleep_long, undone }, { fail_soon, NULL }, { sleep_long, undone });
}

FL_TEST(the_first_error_cancels_the_rest_and_is_raised)
{
    fl_error *e = fl_expect_raises(FL_CONFLICT, gather_one_failing, NULL);

    fl_expect_text(e->message, "no luck");
    fl_expect_text(trace, "undone undone");
}

static void make_text(void *data) { *(char **)data = fl_text("made by %s", fl_fiber_name(NULL)); }

FL_TEST(gathered_fibers_allocate_from_their_starter_s_arena)
{
    char *a, *b;

    fl_gather({ make_text, &a }, { make_text, &b });
    fl_expect_text(a, "made by gathered");
    fl_expect_text(b, "made by gathered");
}

typedef struct { int number, *running, *most; } piece;

static void work_on(void *data)
{
    piece *p = data;

    if (++*p->running > *p->most)
        *p->most = *p->running;
    fl_sleep(FL_MILLISECONDS(1));
    --*p->running;
    p->number *= 2;
}

FL_TEST(gather_each_keeps_to_its_limit)
{
    int running = 0, most = 0;
    piece pieces[20];

    for (int i = 0; i < 20; i++)
        pieces[i] = (piece){ i, &running, &most };
    fl_gather_each(pieces, 20, 4, work_on);
    fl_expect_equal(most, 4);
    for (int i = 0; i < 20; i++)
        fl_expect_equal(pieces[i].number, 2 * i);
}

static void open_and_raise(void *data)
{
    fl_crew *crew = fl_crew_open();

    (void)fl_crew_go(crew, sleep_long, undone);
    fl_yield();
    if (data != NULL)
        fl_raise(FL_CONFLICT, "on the way");
}

FL_TEST(a_crew_ends_with_the_call_that_opened_it)
{
    fl_error *e = fl_expect_raises(FL_CONFLICT, open_and_raise, undone);
    fl_expect_text(e->message, "on the way");
    fl_expect_text(trace, "undone");
    fl_expect(fl_protect(open_and_raise, NULL) == NULL);
    fl_expect_text(trace, "undone undone");
}

static void cancel_starter(void *starter) { fl_cancel(starter); }

static void gather_sleepers(void *data)
{
    (void)data;
    fl_gather({ sleep_long, undone }, { sleep_long, undone });
}

FL_TEST(cancelling_who_gathers_cancels_the_gathered)
{
    fl_fiber *starter = fl_spawn_joinable(gather_sleepers, NULL);

    fl_yield();
    fl_yield();
    cancel_starter(starter);
    fl_expect(fl_error_is(fl_try_join(starter), FL_CANCELLED));
    fl_expect_text(trace, "undone undone");
}

static const fl_local key;
static char request[] = "request 7", changed[] = "changed";

static void read_local(void *data)
{
    *(const char **)data = fl_local_get(&key);
    fl_local_set(&key, changed);
}

FL_TEST(local_values_are_inherited_and_not_shared)
{
    const char *seen = NULL, *seen_by_spawned = "unset";

    fl_local_set(&key, request);
    fl_gather({ read_local, &seen });
    fl_expect_text(seen, "request 7");
    fl_expect_text(fl_local_get(&key), "request 7");
    fl_join(fl_spawn_joinable(read_local, &seen_by_spawned));
    fl_expect(seen_by_spawned == NULL);
}

static void wait_for_crew(void *crew) { fl_crew_wait(crew); }

FL_TEST(a_crew_s_error_waits_until_all_have_ended)
{
    fl_crew *crew = fl_crew_open();
    static char done[] = "done";

    (void)fl_crew_go(crew, fail_soon, NULL);
    (void)fl_crew_go(crew, note_word, done);
    fl_expect_equal(fl_crew_count(crew), 2);
    fl_error *e = fl_expect_raises(FL_CONFLICT, wait_for_crew, crew);
    fl_expect_text(e->message, "no luck");
    fl_expect_text(trace, "done");
    fl_expect_equal(fl_crew_count(crew), 0);
}
