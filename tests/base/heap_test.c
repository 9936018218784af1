/* The heap's failures on request. */
#include <fleche/heap.h>
#include <fleche/test.h>

static bool works(void)
{
    void *block = fl_heap_alloc(10);

    fl_heap_free(block);
    return block != NULL;
}

/* They move fl_heap_fail themselves. */
FL_TEST(the_nth_allocation_fails_once, .no_torture = true)
{
    fl_heap_fail(2, false);
    fl_expect(works() && !fl_heap_failed());
    fl_expect(!works() && fl_heap_failed());
    fl_expect(works());
    fl_heap_fail(0, false);
}

FL_TEST(or_all_behind_it_fail_too, .no_torture = true)
{
    fl_heap_fail(1, true);
    bool first = works(), second = works();
    fl_heap_fail(0, false);
    fl_expect(!first && !second && works());
}

FL_TEST(a_resize_that_fails_leaves_the_block, .no_torture = true)
{
    char *block = fl_heap_alloc(4);

    memcpy(block, "abc", 4);
    fl_heap_fail(1, false);
    fl_expect(fl_heap_resize(block, 1000) == NULL);
    fl_expect_text(block, "abc");
    block = fl_heap_resize(block, 0);
    fl_expect(block != NULL);
    fl_heap_free(block);
}

FL_TEST(allocations_are_counted)
{
    size_t before = fl_heap_count();

    (void)works();
    (void)works();
    fl_expect_equal(fl_heap_count(), before + 2);
}
