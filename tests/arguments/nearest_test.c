/* What was probably meant. */
#include <fleche/arguments.h>
#include <fleche/test.h>

typedef struct pair { const char *a, *b; size_t distance; } pair;
static const pair pairs[] = {
    { "", "", 0 },
    { "", "abc", 3 },
    { "abc", "", 3 },
    { "same", "same", 0 },
    { "mirgate", "migrate", 1 },
    { "migrte", "migrate", 1 },
    { "kitten", "sitting", 3 },
    { "ab", "ba", 1 },
    { "abc", "cab", 2 },
    { "ca", "abc", 3 },
    { "flaw", "lawn", 2 },
    { "A", "a", 1 },
};

static void check_pair(const void *row)
{
    const pair *p = row;

    fl_label("%s, %s", p->a, p->b);
    fl_expect_equal(fl_edit_distance(fl_str_of(p->a), fl_str_of(p->b)), p->distance);
    fl_expect_equal(fl_edit_distance(fl_str_of(p->b), fl_str_of(p->a)), p->distance);
}

FL_TEST(distances_count_insertions_deletions_replacements_and_exchanged_neighbours) { fl_table(pairs, check_pair); }

FL_TEST(what_is_too_long_is_far_from_everything)
{
    char a[65];

    memset(a, 'a', sizeof a);
    fl_expect_equal(fl_edit_distance(fl_str_n(a, 64), fl_str_n(a, 64)), (size_t)0);
    fl_expect_equal(fl_edit_distance(fl_str_n(a, 65), fl_str_n(a, 64)), SIZE_MAX);
    fl_expect_equal(fl_edit_distance(fl_str_n(a, 64), fl_str_n(a, 65)), SIZE_MAX);
}

typedef struct wish { const char *name, *nearest; } wish;
static const wish wishes[] = {
    { "mirgate", "migrate" },
    { "migrte", "migrate" },
    { "runsever", "runserver" },
    { "Check", "check" },
    { "serv", "serve" },
    { "makemigration", "makemigrations" },
    { "frobnicate", NULL },
    { "", NULL },
    { "x", NULL },
    { "shel", "shell" },
};

static void check_wish(const void *row)
{
    const wish *w = row;

    fl_label("%s", w->name);
    const char *nearest = fl_nearest_name(
        w->name, FL_STRINGS("check", "migrate", "makemigrations", "runserver", "serve", "shell", "squash", "y"));
    fl_expect_text(nearest, w->nearest);
}

FL_TEST(the_nearest_name_is_found_and_none_that_is_far) { fl_table(wishes, check_wish); }

FL_TEST(of_equally_near_names_the_first_is_meant)
{
    fl_expect_text(fl_nearest_name("cat", FL_STRINGS("hat", "bat")), "hat");
    fl_expect_text(fl_nearest_name("cat", FL_STRINGS()), NULL);
}
