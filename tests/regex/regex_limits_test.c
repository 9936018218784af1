/* No pattern runs away, whatever the text; memory: none from the heap in steady state, all of it given back; many threads. */
#include <errno.h>
#include <fleche/regex.h>
#include <pthread.h>
#include "../helpers.h"

static const struct {
    const char *pattern;
    size_t size;
} hard[] = {
    { "(a+)+[bc]", 40 },
    { "(a|aa)+[bc]", 100 },
    { "(?:a?){30}[bc]", 60 },
    { "(.*)*[bc]", 500 },
    { "(\\w+\\s?)+[!@]", 400 },
    { ".*.*.*[bc]", 20000 },
    { "[a-z]+[@!]", 4 << 20 },
    { "(?:(?=(a+))a)*[bc]", 100000 },
    { "(?:a|b|aa)*?[!@]", 10000 },
    { "(?:(?=(a+))a){900}[bc]", 500 },
    { "(a*)*(b*)*(c*)*[!@]", 200 },
};

static fl_str many(char c, size_t size)
{
    char *text = fl_alloc(size);

    memset(text, c, size);
    return fl_str_n(text, size);
}

/* The bound is generous, for slow machines and sanitizers: without limits these take from minutes to more than the age of the
 * world. */
static void check_hard(const void *row)
{
    const __typeof__(*hard) *h = row;

    fl_label("%s", h->pattern);
    fl_regex *regex = fl_regex_new(h->pattern, 0);
    fl_str text = many('a', h->size);
    for (fl_regex_how how = FL_REGEX_SEARCH; how <= FL_REGEX_FULL; how++) {
        double before = fl_monotonic();
        int code = fl_regex_try_match(regex, text, how, NULL);
        fl_expect(code == -E2BIG || code == 0);
        fl_expect(fl_monotonic() - before < 20);
    }
}

FL_TEST(no_pattern_runs_away_on_a_hostile_text, .no_torture = true, .timeout = 120) { fl_table(hard, check_hard); }

/* Each match takes a few milliseconds, and there are as many as letters. */
FL_TEST(all_matches_of_a_text_together_are_bounded, .no_torture = true, .timeout = 60)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20);
    fl_regex *regex = fl_regex_new("(?:(?=(a+))a)*[bc]|a", 0);
    double before = fl_monotonic();

    fl_expect_equal(fl_regex_try_replace(regex, many('a', 8000), fl_lit("x"), 0, &out), -E2BIG);
    fl_expect(fl_monotonic() - before < 20);
    fl_expect_equal(out.size, 0);
}

static void match_hard(void *regex) { (void)fl_regex_match(regex, many('a', 40), FL_REGEX_FULL, NULL); }

FL_TEST(what_is_too_hard_says_so_and_what_to_do, .no_torture = true)
{
    fl_regex *regex = fl_regex_new("(a+)+[bc]", 0);

    fl_expect_equal(fl_regex_try_match(regex, many('a', 40), FL_REGEX_SEARCH, NULL), -E2BIG);
    fl_error *error = fl_expect_raises(FL_REGEX_TOO_HARD, match_hard, regex);
    fl_expect_text(error->message, "the pattern '(a+)+[bc]' takes too long in a text of 40 bytes");
    fl_expect_contains(error->hint, "a repeat inside of a repeat");
}

FL_TEST(an_ordinary_match_in_a_long_text_is_found, .no_torture = true)
{
    fl_str text = many('a', 1 << 20);
    fl_regex_groups groups;

    memcpy((char *)(uintptr_t)text.data + text.size - 5, "x=42\n", 5);
    fl_expect(fl_regex_match(fl_regex_new("(?s)^(.*?)x=(\\d+)$", 0), text, FL_REGEX_SEARCH, &groups));
    fl_expect_bytes(groups.items[2], fl_lit("42"));
    fl_expect(fl_regex_match(fl_regex_new("[^x]*x=42\\n", 0), text, FL_REGEX_FULL, NULL));
}

FL_TEST(texts_and_patterns_that_are_too_long_are_refused, .no_torture = true)
{
    fl_regex *regex;
    fl_regex_error why;

    fl_expect_equal(fl_regex_try_match(fl_regex_new("b", 0), many('a', FL_REGEX_LONGEST_TEXT + 1), FL_REGEX_SEARCH, NULL),
                    -E2BIG);
    fl_expect_equal(fl_regex_try_new(many('a', FL_REGEX_LONGEST_PATTERN + 1), 0, &regex, &why), -E2BIG);
    fl_expect_ok(fl_regex_try_new(many('a', FL_REGEX_LONGEST_PATTERN / 2), 0, &regex, &why));
    fl_expect_equal(fl_regex_try_new(fl_lit("((((a{1,99}){1,99}){1,99}){1,99}){1,99}"), 0, &regex, &why), -E2BIG);
}

/* On a fiber: its stack is smaller than a thread's. */
FL_TEST(groups_may_be_deep_but_not_bottomless)
{
    enum { DEEP = FL_REGEX_DEEPEST };
    char pattern[2 * (DEEP + 1) + 2];
    fl_regex *regex;
    fl_regex_error why;

    memset(pattern, '(', DEEP + 1);
    pattern[DEEP + 1] = 'a';
    memset(pattern + DEEP + 2, ')', DEEP + 1);
    fl_expect_equal(fl_regex_try_new(fl_str_n(pattern, 2 * DEEP + 3), 0, &regex, &why), -E2BIG);
    fl_expect_text(why.message, "groups more than 100 deep");
    fl_expect_ok(fl_regex_try_new(fl_str_n(pattern + 1, 2 * DEEP + 1), 0, &regex, &why));
    fl_expect(fl_regex_match(regex, fl_lit("a"), FL_REGEX_FULL, NULL));
}

/* Repeated groups, whose code nests as deep as it can, matched on a fiber too. */
FL_TEST(deep_repeats_stay_within_a_fibers_stack)
{
    fl_buf pattern = fl_buf_in(fl_arena_here(), 4096);

    for (int i = 0; i < FL_REGEX_DEEPEST; i++)
        fl_buf_add_c(&pattern, i % 2 == 0 ? "(?:b|" : "(");
    fl_buf_add_c(&pattern, "a");
    for (int i = 0; i < FL_REGEX_DEEPEST; i++)
        fl_buf_add_c(&pattern, i % 3 == 0 ? ")+" : ")*?");
    fl_regex *regex = fl_regex_new(fl_buf_c(&pattern), 0);
    int code = fl_regex_try_match(regex, fl_lit("aaaa"), FL_REGEX_FULL, NULL);
    fl_expect(code == 1 || code == -E2BIG);
}

static void match_both_ways(const fl_regex *regex, int times)
{
    fl_regex_groups groups;

    for (int i = 0; i < times; i++)
        fl_scope {
            fl_expect(fl_regex_match(regex, fl_lit("articles/2026/a-day-in-winter/"), FL_REGEX_FULL, &groups));
            fl_expect(!fl_regex_match(regex, fl_lit("articles/2026/a-day-in-winter"), FL_REGEX_FULL, &groups));
        }
}

FL_TEST(matching_takes_nothing_from_the_heap_in_steady_state)
{
    fl_regex *regex = fl_regex_new("articles/(?P<year>[0-9]{4})/(?P<slug>[-\\w]+)/", 0);

    match_both_ways(regex, 1);
    fl_expect_allocations (0) {
        match_both_ways(regex, 100);
    }
}

FL_TEST(more_groups_than_before_find_room)
{
    fl_buf pattern = fl_buf_in(fl_arena_here(), 4096);
    fl_regex_groups groups;

    for (int i = 0; i < 200; i++)
        fl_buf_add_c(&pattern, "(a)");
    fl_expect(fl_regex_match(fl_regex_new("(a)", 0), fl_lit("a"), FL_REGEX_FULL, &groups));
    fl_expect(fl_regex_match(fl_regex_new(fl_buf_c(&pattern), 0), many('a', 200), FL_REGEX_FULL, &groups));
    fl_expect_equal(groups.count, 201);
    fl_expect_bytes(groups.items[200], fl_lit("a"));
}

/* -- the cache --------------------------------------------------------------------------------------------------------------- */

FL_TEST(a_cached_pattern_is_compiled_once)
{
    const fl_regex *first = fl_regex_cached("a+", 0);

    fl_expect_same(fl_regex_cached(fl_text("a%c", '+'), 0), first);
    fl_expect(fl_regex_cached("a+", FL_REGEX_IGNORECASE) != first);
    fl_expect(fl_regex_match(first, fl_lit("aa"), FL_REGEX_FULL, NULL));
    fl_expect(!fl_regex_match(first, fl_lit("AA"), FL_REGEX_FULL, NULL));
    fl_expect(fl_regex_match(fl_regex_cached("a+", FL_REGEX_IGNORECASE), fl_lit("AA"), FL_REGEX_FULL, NULL));
}

static void cache_wrong(void *data)
{
    (void)data;
    (void)fl_regex_cached("(", 0);
}

FL_TEST(the_cache_refuses_as_compiling_does) { fl_expect_error(FL_BAD_REGEX, cache_wrong, NULL); }

FL_TEST(the_cache_has_an_end_and_patterns_still_work_behind_it, .no_torture = true)
{
    for (int i = 0; i < 600; i++)
        fl_expect(fl_regex_match(fl_regex_cached(fl_text("x%d", i), 0), fl_str_of(fl_text("x%d", i)), FL_REGEX_FULL, NULL));
    fl_expect_same(fl_regex_cached("x1", 0), fl_regex_cached("x1", 0));
    fl_expect(fl_regex_cached("x599", 0) != fl_regex_cached("x599", 0));
}

/* -- threads ----------------------------------------------------------------------------------------------------------------- */

static void *match_often(void *data)
{
    size_t found = 0;

    for (int i = 0; i < 2000; i++)
        fl_scope {
            found += fl_regex_match(data, fl_lit("key=value"), (fl_regex_how)(i % 3), NULL);
            found += fl_regex_match(fl_regex_cached("k(e)y", 0), fl_lit("a key"), FL_REGEX_SEARCH, NULL);
        }
    return (void *)(uintptr_t)found;
}

FL_TEST(threads_share_a_pattern, .plain = true, .no_torture = true)
{
    fl_regex *regex = fl_regex_new("(\\w+)=(\\w+)", 0);
    pthread_t threads[4];

    for (size_t i = 0; i < FL_LENGTH(threads); i++)
        fl_expect_equal(pthread_create(&threads[i], NULL, match_often, regex), 0);
    for (size_t i = 0; i < FL_LENGTH(threads); i++) {
        void *found;
        fl_expect_equal(pthread_join(threads[i], &found), 0);
        fl_expect_equal((uintptr_t)found, 4000);
    }
}
