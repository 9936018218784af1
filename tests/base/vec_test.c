/* fl_vec of several types. */
#include "helpers.h"

typedef struct point { double x, y; char name; } point;

FL_TEST(vectors_of_any_type)
{
    fl_vec(char) chars = { 0 };
    fl_vec(point) points = { 0 };
    fl_vec(const char *) texts = { 0 };
    fl_vec(long double) wide = { 0 };

    for (int i = 0; i < 1000; i++) {
        fl_vec_push(&chars, (char)('a' + i % 26));
        fl_vec_push(&points, (point){ .x = i, .y = -i, .name = 'p' });
        fl_vec_push(&texts, fl_text("%d", i));
        fl_vec_push(&wide, (long double)i);
    }
    fl_expect_equal(chars.count, 1000);
    for (size_t i = 0; i < 1000; i++) {
        fl_expect(chars.items[i] == (char)('a' + i % 26));
        fl_expect(points.items[i].x == (double)i && points.items[i].y == -(double)i && points.items[i].name == 'p');
        fl_expect_text(texts.items[i], fl_text("%zu", i));
        fl_expect(wide.items[i] == (long double)i);
    }
    fl_expect((uintptr_t)wide.items % 16 == 0);
    size_t i = 0;
    fl_vec_each (const char *, text, &texts)
        fl_expect_text(*text, fl_text("%zu", i++));
}

FL_TEST(each_pop_and_reserve)
{
    fl_vec(int) numbers = { 0 };
    int sum = 0;

    fl_vec_each (int, at, &numbers)
        sum += *at;
    fl_expect_equal(sum, 0);
    fl_vec_reserve(&numbers, 100);
    fl_expect(numbers.capacity >= 100 && numbers.count == 0);
    const int *items = numbers.items;
    for (int i = 1; i <= 100; i++)
        fl_vec_push(&numbers, i);
    fl_expect_same(numbers.items, items);
    fl_vec_each (int, at, &numbers)
        sum += *at;
    fl_expect_equal(sum, 5050);
    fl_expect_equal(fl_vec_pop(&numbers), 100);
    fl_expect_equal(numbers.count, 99);
}

FL_TEST(a_vector_stays_in_its_arena)
{
    fl_vec(int) numbers = { 0 };

    fl_vec_push(&numbers, 0);
    fl_scope {
        for (int i = 1; i < 1000; i++)
            fl_vec_push(&numbers, i);
    }
    fl_expect_equal(numbers.items[999], 999);
    fl_expect_same(numbers.arena, fl_arena_here());
}

static void reserve_everything(void *data)
{
    fl_vec(double) numbers = { 0 };

    (void)data;
    fl_vec_reserve(&numbers, SIZE_MAX / 4);
}

FL_TEST(a_size_beyond_memory_raises) { fl_expect_error(FL_OUT_OF_MEMORY, reserve_everything, NULL); }

static void push_many(void *data)
{
    fl_vec(int) numbers = { 0 };

    (void)data;
    fl_scope {
        numbers.arena = fl_arena_here();
        for (int i = 0; i < 10000; i++)
            fl_vec_push(&numbers, i);
    }
}

FL_TEST(each_allocation_of_a_vector_may_fail) { fl_expect(until_memory_suffices(push_many, NULL, false) > 3); }
