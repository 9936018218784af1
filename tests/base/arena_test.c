/* Arenas: blocks, limits, reset, clean-ups, the pool, what ASan sees. Scopes have a file of their own. */
#include <fleche/heap.h>
#include "helpers.h"
#if FL_ASAN
#include <sanitizer/asan_interface.h>
#endif

FL_TEST(blocks_are_aligned_and_apart)
{
    fl_arena *arena = freed_later(fl_arena_new("test", FL_NO_LIMIT));
    char *last = NULL;

    for (size_t size = 1; size < 5000; size += 37) {
        char *block = fl_arena_alloc(arena, size);
        fl_expect((uintptr_t)block % FL_ARENA_ALIGN == 0);
        fl_expect(last == NULL || last[0] == last[(size - 38)]);
        memset(block, (int)size, size);
        last = block;
    }
}

FL_TEST(text_is_packed)
{
    fl_arena *arena = freed_later(fl_arena_new("test", FL_NO_LIMIT));
    char *a = fl_arena_copy_text(arena, "ab", 2), *b = fl_arena_copy_text(arena, "cd", 2);

    if (!FL_ASAN)
        fl_expect_same(b, a + 3);
    fl_expect_text(a, "ab");
    fl_expect_text(b, "cd");
}

FL_TEST(an_empty_block_is_a_block)
{
    fl_arena *arena = freed_later(fl_arena_new("test", FL_NO_LIMIT));

    fl_expect(fl_arena_alloc(arena, 0) != NULL);
    fl_expect(fl_arena_copy(arena, NULL, 0) != NULL);
    fl_expect_text(fl_arena_copy_text(arena, NULL, 0), "");
}

FL_TEST(alloc_here_is_zeroed_even_after_reset)
{
    fl_arena *arena = freed_later(fl_arena_new("test", FL_NO_LIMIT)), *before = fl_arena_set_here(arena);

    memset(fl_arena_alloc(arena, 600), 0xff, 600);
    fl_arena_reset(arena);
    const char *block = fl_alloc(600);
    for (size_t i = 0; i < 600; i++)
        fl_expect(block[i] == 0);
    fl_expect_same(fl_arena_set_here(before), arena);
}

static void allocate_a_monstrous_array(void *data) { (void)data, (void)fl_new_array(double, SIZE_MAX / 4); }
static void allocate_all(void *arena) { (void)fl_arena_alloc(arena, SIZE_MAX); }

FL_TEST(sizes_beyond_memory_raise)
{
    fl_arena *arena = freed_later(fl_arena_new("test", 1 << 20));

    fl_expect_contains(fl_expect_raises(FL_OUT_OF_MEMORY, allocate_a_monstrous_array, NULL)->message, "8 bytes");
    fl_expect_error(FL_MEMORY_LIMIT, allocate_all, arena);
    fl_expect(fl_arena_try_alloc(arena, SIZE_MAX - 15) == NULL);
    char *block = fl_arena_alloc(arena, 8);
    fl_expect(fl_arena_try_resize(arena, block, 8, SIZE_MAX - 15) == NULL);
    fl_expect(fl_arena_try_resize(arena, block, 8, SIZE_MAX - 16) == NULL);
}

/* -- limits ------------------------------------------------------------------------------------------------------------------ */

static void take_a_kilobyte(void *arena) { (void)fl_arena_alloc(arena, 1024); }

FL_TEST(the_limit_raises_a_clear_error)
{
    fl_arena *arena = freed_later(fl_arena_new("upload", 6000));

    for (int i = 0; i < 3; i++)
        take_a_kilobyte(arena);
    (void)fl_arena_alloc(arena, 900);
    free_now(arena);
    arena = freed_later(fl_arena_new("tiny", 100));
    fl_error *e = fl_expect_raises(FL_MEMORY_LIMIT, take_a_kilobyte, arena);
    fl_expect_contains(e->message, "1024 more bytes");
    fl_expect_contains(e->message, "'tiny'");
    fl_expect_contains(e->message, "100 bytes");
    fl_expect_contains(e->hint, "fl_scope");
}

static void take_the_rest(void *arena) { (void)fl_arena_alloc(arena, 6000 - 4096 - 8); }

FL_TEST(a_block_that_fits_without_its_chunk_is_over_the_limit_too)
{
    fl_arena *arena = freed_later(fl_arena_new("upload", 6000));

    (void)fl_arena_alloc(arena, 4000);
    fl_expect_equal(fl_arena_used(arena), 4096);
    fl_expect_error(FL_MEMORY_LIMIT, take_the_rest, arena);
    (void)fl_arena_alloc(arena, 1500);
    fl_expect(fl_arena_used(arena) <= 6000);
}

FL_TEST(a_chunk_from_the_pool_does_not_slip_past_the_limit)
{
    fl_arena *arena = freed_later(fl_arena_new("first", FL_NO_LIMIT));

    take_a_kilobyte(arena);
    free_now(arena);
    arena = freed_later(fl_arena_new("tiny", 100));
    fl_expect_equal(fl_arena_used(arena), 0);
    fl_expect(fl_arena_try_alloc(arena, 1024) == NULL);
    fl_expect(fl_arena_try_alloc(arena, 50) != NULL);
}

FL_TEST(what_a_child_takes_counts_against_its_parent)
{
    fl_arena *parent = freed_later(fl_arena_new("request", 20000));
    fl_arena *child = freed_later(fl_arena_new_child(parent, "scope"));
    fl_arena *grandchild = freed_later(fl_arena_new_child(child, "inner"));

    (void)fl_arena_alloc(grandchild, 10000);
    fl_expect(fl_arena_used(parent) >= 10000);
    fl_expect_equal(fl_arena_used(parent), fl_arena_used(child));
    fl_expect(fl_arena_try_alloc(child, 10000) == NULL);
    fl_arena_reset(grandchild);
    fl_expect_equal(fl_arena_used(parent), fl_arena_used(grandchild));
    fl_expect(fl_arena_try_alloc(child, 10000) != NULL);
    free_now(grandchild);
    free_now(child);
    fl_expect_equal(fl_arena_used(parent), 0);
}

FL_TEST(a_child_from_the_pool_counts_what_it_came_with)
{
    fl_arena *parent = freed_later(fl_arena_new("request", 6000));

    for (int i = 0; i < 10; i++) {
        fl_arena *child = freed_later(fl_arena_new_child(parent, "scope"));
        (void)fl_arena_alloc(child, 100);
        fl_expect_equal(fl_arena_used(parent), 4096);
        fl_arena *second = freed_later(fl_arena_new_child(parent, "second"));
        (void)fl_arena_alloc(second, 100);
        fl_expect(fl_arena_used(parent) <= 6000);
        free_now(second);
        free_now(child);
        fl_expect_equal(fl_arena_used(parent), 0);
    }
}

static void take_a_kilobyte_of_a_child(void *parent)
{
    fl_arena *child = fl_arena_new_child(parent, "scope");

    fl_defer(free_arena, child);
    take_a_kilobyte(child);
}

FL_TEST(the_error_names_the_arena_whose_limit_it_is)
{
    fl_arena *parent = freed_later(fl_arena_new("request", 500));

    fl_error *e = fl_expect_raises(FL_MEMORY_LIMIT, take_a_kilobyte_of_a_child, parent);
    fl_expect_contains(e->message, "'request'");
}

/* -- reset and reuse --------------------------------------------------------------------------------------------------------- */

FL_TEST(reset_gives_all_but_a_small_chunk_back)
{
    fl_arena *arena = freed_later(fl_arena_new("test", FL_NO_LIMIT));
    void *first = fl_arena_alloc(arena, 16);

    for (int i = 0; i < 1000; i++)
        (void)fl_arena_alloc(arena, 100);
    (void)fl_arena_alloc(arena, 1 << 20);
    fl_expect(fl_arena_used(arena) > (1 << 20) + 100000);
    fl_arena_reset(arena);
    fl_expect_equal(fl_arena_used(arena), 4096);
    fl_expect_same(fl_arena_alloc(arena, 16), first);
}

FL_TEST(a_large_first_block_is_not_kept)
{
    fl_arena *arena = freed_later(fl_arena_new("test", FL_NO_LIMIT));

    (void)fl_arena_alloc(arena, 1 << 20);
    fl_arena_reset(arena);
    fl_expect_equal(fl_arena_used(arena), 0);
    (void)fl_arena_alloc(arena, 10);
    fl_expect_equal(fl_arena_used(arena), 4096);
}

FL_TEST(a_large_block_leaves_the_newest_chunk_in_use)
{
    fl_arena *arena = freed_later(fl_arena_new("test", FL_NO_LIMIT));
    char *small = fl_arena_alloc(arena, 16);

    memset(fl_arena_alloc(arena, 100000), 1, 100000);
    char *next = fl_arena_alloc(arena, 16);
    fl_expect(next > small && next - small <= 32);
}

FL_TEST(an_arena_of_the_pool_costs_no_allocation)
{
    fl_arena *arena = freed_later(fl_arena_new("first", FL_NO_LIMIT));

    (void)fl_arena_alloc(arena, 16);
    free_now(arena);
    size_t before = fl_heap_count();
    for (int i = 0; i < 100; i++) {
        arena = freed_later(fl_arena_new("next", FL_NO_LIMIT));
        (void)fl_arena_alloc(arena, 1000);
        free_now(arena);
    }
    fl_expect_equal(fl_heap_count(), before);
}

FL_TEST(live_counts_arenas)
{
    size_t before = fl_arena_live();
    fl_arena *many[100];

    for (size_t i = 0; i < 100; i++)
        many[i] = freed_later(fl_arena_new("one of many", FL_NO_LIMIT));
    fl_expect_equal(fl_arena_live(), before + 100);
    for (size_t i = 0; i < 100; i++)                 /* more than the pool holds */
        free_now(many[i]);
    fl_expect_equal(fl_arena_live(), before);
    fl_arena_free(NULL);
}

/* -- resizing ---------------------------------------------------------------------------------------------------------------- */

FL_TEST(the_last_block_grows_and_shrinks_in_place)
{
    fl_arena *arena = freed_later(fl_arena_new("test", FL_NO_LIMIT));
    char *block = fl_arena_alloc(arena, 10);

    memcpy(block, "123456789", 10);
    fl_expect_same(fl_arena_resize(arena, block, 10, 1000), block);
    memset(block + 10, 'x', 990);
    fl_expect_same(fl_arena_resize(arena, block, 1000, 10), block);
    char *next = fl_arena_alloc(arena, 1);
    fl_expect(next - block <= 48);
    fl_expect_text(block, "123456789");
    char *moved = fl_arena_resize(arena, block, 10, 20);
    fl_expect(moved != block);
    fl_expect_text(moved, "123456789");
    fl_expect_same(fl_arena_resize(arena, block, 10, 4), block);
}

FL_TEST(resizing_nothing_makes_a_block)
{
    fl_arena *arena = freed_later(fl_arena_new("test", FL_NO_LIMIT));

    memset(fl_arena_resize(arena, NULL, 0, 100), 1, 100);
}

FL_TEST(a_resize_that_fails_leaves_the_block)
{
    fl_arena *arena = freed_later(fl_arena_new("test", 5000));
    char *block = fl_arena_copy_text(arena, "here", 4);

    fl_expect(fl_arena_try_resize(arena, block, 5, 6000) == NULL);
    fl_expect_text(block, "here");
}

/* -- clean-ups --------------------------------------------------------------------------------------------------------------- */

static char order[32];
static void note(void *text) { strcat(order, text); }

FL_TEST(clean_ups_run_last_first_at_reset_and_at_free)
{
    fl_arena *arena = freed_later(fl_arena_new("test", FL_NO_LIMIT));

    fl_arena_on_end(arena, note, (void *)"a");
    fl_arena_on_end(arena, note, (void *)"b");
    fl_arena_on_end(arena, note, (void *)"c");
    fl_arena_reset(arena);
    fl_expect_text(order, "cba");
    fl_arena_reset(arena);
    fl_expect_text(order, "cba");
    fl_arena_on_end(arena, note, (void *)"d");
    free_now(arena);
    fl_expect_text(order, "cbad");
}

static void register_another(void *arena) { fl_arena_on_end(arena, note, (void *)"late"); }

FL_TEST(a_clean_up_may_register_another)
{
    fl_arena *arena = freed_later(fl_arena_new("test", FL_NO_LIMIT));

    fl_arena_on_end(arena, note, (void *)"first ");
    fl_arena_on_end(arena, register_another, arena);
    free_now(arena);
    fl_expect_text(order, "latefirst ");
}

static void register_in_a_full_one(void *arena) { fl_arena_on_end(arena, note, (void *)"at once"); }

FL_TEST(a_clean_up_without_room_runs_at_once)
{
    fl_arena *arena = freed_later(fl_arena_new("full", 10));

    fl_expect_error(FL_MEMORY_LIMIT, register_in_a_full_one, arena);
    fl_expect_text(order, "at once");
}

/* -- without memory ---------------------------------------------------------------------------------------------------------- */

static void work_with_an_arena(void *data)
{
    fl_arena *arena = fl_arena_new("work", FL_NO_LIMIT), *child;

    (void)data;
    fl_defer(free_arena, arena);
    for (size_t i = 0; i < 100; i++)
        (void)fl_arena_alloc(arena, 1000);
    (void)fl_arena_alloc(arena, 100000);
    child = fl_arena_new_child(arena, "child");
    fl_defer(free_arena, child);
    void *block = fl_arena_alloc(child, 10);
    (void)fl_arena_resize(child, block, 10, 200000);
}

FL_TEST(each_allocation_of_an_arena_may_fail)
{
    fl_expect(until_memory_suffices(work_with_an_arena, NULL, false) >= 5);
    fl_expect(until_memory_suffices(work_with_an_arena, NULL, true) >= 5);
}

/* -- what the sanitizer sees ------------------------------------------------------------------------------------------------- */

#if !FL_ASAN
FL_TEST(memory_taken_back_is_poisoned) { fl_skip("only AddressSanitizer sees it"); }
#else
FL_TEST(memory_taken_back_is_poisoned)
{
    fl_arena *arena = freed_later(fl_arena_new("test", FL_NO_LIMIT));
    char *block = fl_arena_alloc(arena, 40), *text = fl_arena_copy_text(arena, "abc", 3), *large = fl_arena_alloc(arena, 100000);

    fl_expect(!__asan_address_is_poisoned(block) && !__asan_address_is_poisoned(block + 39));
    fl_expect(__asan_address_is_poisoned(block + 40));
    fl_expect(!__asan_address_is_poisoned(text + 3));
    fl_expect(__asan_address_is_poisoned(text + 4));
    fl_expect(__asan_address_is_poisoned(large + 100000));
    fl_arena_reset(arena);
    fl_expect(__asan_address_is_poisoned(block) && __asan_address_is_poisoned(text) && __asan_address_is_poisoned(large));
    free_now(arena);
    fl_expect(__asan_address_is_poisoned(arena));
}

FL_TEST(a_shrunken_block_ends_earlier)
{
    fl_arena *arena = freed_later(fl_arena_new("test", FL_NO_LIMIT));
    char *block = fl_arena_alloc(arena, 400);

    fl_expect_same(fl_arena_resize(arena, block, 400, 100), block);
    fl_expect(!__asan_address_is_poisoned(block + 99));
    fl_expect(__asan_address_is_poisoned(block + 100) && __asan_address_is_poisoned(block + 399));
}
#endif
