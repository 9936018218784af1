/* Which tests, and in which order. The linker gathers them in a section; what order it and the compiler leave them in is nobody's
 * business, so they are sorted first: a seed means the same order in every build. */
#include "test/plan.h"

extern const fl_test *const __start_fl_tests[] __attribute__((weak));
extern const fl_test *const __stop_fl_tests[] __attribute__((weak));

static int by_place(const void *a, const void *b)
{
    const fl_test *x = *(const fl_test *const *)a, *y = *(const fl_test *const *)b;
    int files = strcmp(x->file, y->file);

    return files != 0 ? files : (x->line > y->line) - (x->line < y->line);
}

/* "../tests/base/arena_test.c" and grows: "arena.grows" */
static const char *name_of(const fl_test *test)
{
    fl_str stem = fl_str_of(test->file);
    size_t at;

    if (fl_str_find_last(stem, '/', &at))
        stem = fl_str_slice(stem, at + 1, SIZE_MAX);
    if (fl_str_find_last(stem, '.', &at))
        stem.size = at;
    if (fl_str_ends(stem, fl_lit("_test")))
        stem.size -= strlen("_test");
    return fl_text("%.*s.%s", FL_SHOW(stem), test->name);
}

/* Fit for a torture: neither marked nor ending by a crash or exit that leaves nothing to judge. */
static bool is_wanted(const fl_settings *settings, const fl_test *test, const char *name)
{
    const fl_test_options *options = &test->options;

    if (settings->torture && (options->no_torture || options->expect_signal != 0 || options->expect_exit != 0))
        return false;
    return fl_filters_take(&settings->filters, name);
}

static uint64_t next_random(uint64_t *state)         /* splitmix64 */
{
    uint64_t z = *state += 0x9E3779B97F4A7C15;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

static void shuffle(fl_turn *turns, size_t count, uint64_t seed)
{
    for (size_t left = count; left > 1; left--) {
        size_t at = (size_t)(next_random(&seed) % left);
        fl_turn picked = turns[at];
        turns[at] = turns[left - 1];
        turns[left - 1] = picked;
    }
}

fl_plan fl_plan_make(const fl_settings *settings)
{
    size_t all = (size_t)(__stop_fl_tests - __start_fl_tests);
    const fl_test **tests = fl_new_array(const fl_test *, all);
    size_t first = settings->torture ? 1 : (size_t)settings->fail_allocation;
    fl_vec(fl_turn) turns = { 0 };

    for (size_t i = 0; i < all; i++)
        tests[i] = __start_fl_tests[i];
    if (all > 0)
        qsort(tests, all, sizeof *tests, by_place);
    for (size_t i = 0; i < all; i++) {
        const char *name = name_of(tests[i]);
        for (size_t again = 0; again < settings->repeat && is_wanted(settings, tests[i], name); again++)
            fl_vec_push(&turns, (fl_turn){ .test = tests[i], .name = name, .nth = first });
    }
    if (!settings->no_fork && !settings->list)
        shuffle(turns.items, turns.count, settings->seed);
    return (fl_plan){ .turns = turns.items, .count = turns.count };
}
