/* fl_buf: growth, ceilings, sticky errors, numbers. */
#include <errno.h>
#include <limits.h>
#include "helpers.h"

FL_TEST(a_buffer_grows)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_buf_add(&out, fl_lit("Hello "));
    fl_buf_add_c(&out, "world");
    fl_buf_add_char(&out, '!');
    fl_buf_format(&out, " %d%%", 100);
    for (int i = 0; i < 10000; i++)
        fl_buf_add_char(&out, 'x');
    fl_expect_equal(out.size, 10017);
    fl_expect(fl_str_starts(fl_buf_str(&out), fl_lit("Hello world! 100%xxx")));
    fl_expect_equal(strlen(fl_buf_c(&out)), 10017);
    fl_expect(!fl_buf_failed(&out));
}

FL_TEST(an_empty_buffer_is_an_empty_text)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 0);

    fl_buf_add(&out, (fl_str){ NULL, 0 });
    fl_buf_format(&out, "%s", "");
    fl_expect_text(fl_buf_c(&out), "");
    fl_expect_text(fl_buf_c(heap_buf(10)), "");
}

static void terminate(void *buf) { (void)fl_buf_c(buf); }

FL_TEST(the_ceiling_is_exact)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 5);

    fl_buf_add_c(&out, "1234");
    fl_buf_format(&out, "%d", 5);                    /* the NUL that a format writes does not count */
    fl_expect_text(fl_buf_c(&out), "12345");
    fl_buf_format(&out, "%s", "");
    fl_buf_add_n(&out, NULL, 0);
    fl_expect_text(fl_buf_c(&out), "12345");
    fl_buf_add_char(&out, '6');
    fl_expect_equal(out.error, -ENOBUFS);
    fl_expect_bytes(fl_buf_str(&out), fl_lit("12345"));
    fl_expect_contains(fl_expect_raises(FL_MEMORY_LIMIT, terminate, &out)->message, "5 bytes");
}

FL_TEST(an_error_sticks_until_cleared)
{
    fl_buf *out = heap_buf(10);

    fl_buf_add_c(out, "12345678");
    fl_buf_add_c(out, "too long");
    fl_expect(fl_buf_failed(out));
    fl_buf_add_char(out, '9');                      /* would fit */
    fl_buf_format(out, "9");
    fl_buf_add_int(out, 9);
    fl_expect_equal(out->size, 8);
    fl_expect(!fl_buf_room(out, 1));
    fl_buf_clear(out);
    fl_buf_add_c(out, "1234567890");
    fl_expect_text(fl_buf_c(out), "1234567890");
    fl_buf_free(out);
    fl_expect(out->data == NULL && out->size == 0 && out->limit == 10);
}

FL_TEST(sizes_do_not_wrap)
{
    fl_buf *out = heap_buf(FL_NO_LIMIT);

    fl_buf_add_c(out, "x");
    fl_expect(!fl_buf_room(out, SIZE_MAX - 1));
    fl_expect_equal(out->error, -ENOMEM);
    fl_buf_clear(out);
    fl_expect(!fl_buf_room(out, SIZE_MAX));
    out = heap_buf(100);
    fl_buf_add_c(out, "x");
    fl_expect(!fl_buf_room(out, SIZE_MAX));
    fl_expect_equal(out->error, -ENOBUFS);
}

FL_TEST(the_arena_s_limit_is_a_limit)
{
    fl_arena *arena = freed_later(fl_arena_new("small", 1000));
    fl_buf out = fl_buf_in(arena, FL_NO_LIMIT);

    for (int i = 0; i < 2000; i++)
        fl_buf_add_char(&out, 'x');
    fl_expect_equal(out.error, -ENOBUFS);
    fl_expect_contains(fl_expect_raises(FL_MEMORY_LIMIT, terminate, &out)->message, "'small'");
}

FL_TEST(a_format_of_any_length_fits)
{
    for (int size = 60; size < 70; size++) {
        fl_buf out = fl_buf_in(fl_arena_here(), 200);
        fl_buf_format(&out, "%0*d", size, 7);
        fl_buf_format(&out, "%0*d", size, 8);
        fl_expect_equal(out.size, (size_t)size * 2);
        fl_expect_equal(strlen(fl_buf_c(&out)), (size_t)size * 2);
    }
}

FL_TEST(integers_at_their_extremes)
{
    static const long long numbers[] = { 0, 1, -1, 9, 10, 99, 100, 101, 12345, -999, INT_MAX, INT_MIN, LLONG_MAX, LLONG_MIN };

    for (size_t i = 0; i < FL_LENGTH(numbers); i++) {
        fl_buf out = fl_buf_in(fl_arena_here(), 100);
        fl_buf_add_int(&out, numbers[i]);
        fl_expect_text(fl_buf_c(&out), fl_text("%lld", numbers[i]));
        fl_buf_clear(&out);
        fl_buf_add_uint(&out, (unsigned long long)numbers[i]);
        fl_expect_text(fl_buf_c(&out), fl_text("%llu", (unsigned long long)numbers[i]));
    }
}

static void write_a_page(void *data)
{
    fl_buf heap = fl_buf_heap(FL_NO_LIMIT), arena = fl_buf_in(data, FL_NO_LIMIT);

    fl_scope {                                       /* what is deferred in it runs before the locals go */
        fl_defer(free_buf, &heap);
        for (int i = 0; i < 500; i++) {
            fl_buf_format(&heap, "row %d\n", i);
            fl_buf_format(&arena, "row %d\n", i);
        }
        fl_expect_text(fl_buf_c(&heap), fl_buf_c(&arena));
    }
}

FL_TEST(each_allocation_of_a_buffer_may_fail)
{
    fl_arena *arena = freed_later(fl_arena_new("page", FL_NO_LIMIT));

    fl_expect(until_memory_suffices(write_a_page, arena, false) > 6);
    fl_arena_reset(arena);
    fl_expect(until_memory_suffices(write_a_page, arena, true) > 6);
}
