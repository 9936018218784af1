/* Arenas: blocks, limits, reset, clean-ups, scopes. */
#include <fleche/test.h>

FL_TEST(blocks_are_aligned_and_apart)
{
    fl_arena *arena = fl_arena_new("test", FL_NO_LIMIT);
    char *last = NULL;

    for (size_t size = 1; size < 5000; size += 37) {
        char *block = fl_arena_alloc(arena, size);
        fl_expect((uintptr_t)block % FL_ARENA_ALIGN == 0);
        fl_expect(block != last);
        memset(block, (int)size, size);
        last = block;
    }
    fl_arena_free(arena);
}

static void take_a_kilobyte(void *arena) { (void)fl_arena_alloc(arena, 1024); }

FL_TEST(the_limit_raises_a_clear_error)
{
    fl_arena *arena = fl_arena_new("upload", 6000);

    for (int i = 0; i < 3; i++)
        take_a_kilobyte(arena);
    (void)fl_arena_alloc(arena, 900);
    fl_error *e = fl_expect_raises(FL_MEMORY_LIMIT, take_a_kilobyte, fl_arena_new("tiny", 100));
    fl_expect_contains(e->message, "'tiny'");
    fl_expect_contains(e->message, "100 bytes");
    fl_expect_contains(e->hint, "fl_scope");
    fl_arena_free(arena);
}
