/* fl_map: a model test, order, deletion, places, sets. */
#include "helpers.h"

FL_TEST(put_get_and_delete)
{
    fl_map ages = fl_map_of(int);

    fl_expect(fl_map_get(&ages, fl_lit("ada")) == NULL && !fl_map_delete(&ages, fl_lit("ada")) && fl_map_sane(&ages));
    int *place = fl_map_put(&ages, fl_lit("ada"));
    fl_expect_equal(*place, 0);
    *place = 36;
    fl_expect_same(fl_map_put(&ages, fl_lit("ada")), place);
    fl_expect_equal(*(int *)fl_map_get(&ages, fl_lit("ada")), 36);
    fl_expect(fl_map_has(&ages, fl_lit("ada")) && !fl_map_has(&ages, fl_lit("ad")) && !fl_map_has(&ages, fl_lit("adaa")));
    fl_expect_equal(ages.count, 1);
    fl_expect(fl_map_delete(&ages, fl_lit("ada")) && !fl_map_delete(&ages, fl_lit("ada")));
    fl_expect_equal(ages.count, 0);
    fl_expect_equal(*(int *)fl_map_put(&ages, fl_lit("ada")), 0);
    fl_expect(fl_map_sane(&ages));
}

FL_TEST(numbers_and_texts_are_different_keys)
{
    fl_map map = fl_map_of(char);

    *(char *)fl_map_put(&map, fl_lit("1")) = 't';
    *(char *)fl_map_put_int(&map, 1) = 'n';
    *(char *)fl_map_put(&map, fl_lit("\1\0\0\0\0\0\0\0")) = 'b';
    *(char *)fl_map_put_int(&map, INT64_MIN) = 'm';
    *(char *)fl_map_put(&map, (fl_str){ NULL, 0 }) = 'e';
    fl_expect_equal(map.count, 5);
    fl_expect(*(char *)fl_map_get(&map, fl_lit("1")) == 't' && *(char *)fl_map_get_int(&map, 1) == 'n');
    fl_expect(*(char *)fl_map_get_int(&map, INT64_MIN) == 'm' && *(char *)fl_map_get(&map, fl_lit("")) == 'e');
    fl_expect(fl_map_delete_int(&map, 1) && fl_map_has(&map, fl_lit("1")) && !fl_map_has_int(&map, 1));
    fl_expect(fl_map_sane(&map));
}

FL_TEST(keys_are_copied_with_a_nul)
{
    fl_map map = fl_map_of(int);
    char name[] = "adabert";

    (void)fl_map_put(&map, fl_str_n(name, 3));
    memset(name, 'x', 7);
    fl_map_each (int, it, &map) {
        fl_expect(it.key.text.data != name);
        fl_expect_text(it.key.text.data, "ada");
    }
}

FL_TEST(iteration_is_in_the_order_of_insertion)
{
    fl_map map = fl_map_of(int);
    int expected = 0;

    for (int i = 0; i < 1000; i++)
        *(int *)fl_map_put(&map, fl_str_of(fl_text("%d", i * 7919 % 1000))) = i;
    for (int i = 0; i < 1000; i += 3)
        fl_expect(fl_map_delete(&map, fl_str_of(fl_text("%d", i * 7919 % 1000))));
    *(int *)fl_map_put(&map, fl_lit("0")) = 1000;    /* was the first: a new one is the last */
    fl_map_each (int, it, &map) {
        expected += expected % 3 == 0;
        fl_expect_equal(*it.at, expected == 1000 ? 1000 : expected);
        if (expected < 999)
            fl_expect_text(it.key.text.data, fl_text("%d", expected * 7919 % 1000));
        expected++;
    }
    fl_expect_equal(map.count, 667);
    fl_expect(fl_map_sane(&map));
}

FL_TEST(the_current_key_may_be_deleted_while_iterating)
{
    fl_map map = fl_map_of(int);
    int seen = 0;

    for (int i = 0; i < 500; i++)
        *(int *)fl_map_put_int(&map, i) = i;
    fl_map_each (int, it, &map) {
        fl_expect_equal(it.key.number, seen++);
        fl_expect(it.key.is_number);
        if (*it.at % 5 != 0)
            fl_expect(fl_map_delete_int(&map, it.key.number));
        fl_expect(*it.at == seen - 1);
    }
    fl_expect_equal(seen, 500);
    fl_expect_equal(map.count, 100);
    fl_expect(fl_map_sane(&map));
}

FL_TEST(a_set_has_no_items)
{
    fl_map set = fl_set_of_keys();

    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 100; i++)
            fl_set_add_int(&set, i % 50);
    fl_set_add(&set, fl_lit("x"));
    fl_expect_equal(set.count, 51);
    fl_expect(fl_map_has_int(&set, 49) && !fl_map_has_int(&set, 50) && fl_map_has(&set, fl_lit("x")));
    size_t n = 0;
    fl_map_each (void, it, &set)
        n++;
    fl_expect_equal(n, 51);
    fl_expect(fl_map_sane(&set));
}

typedef struct wide { long double number; char rest[33]; } wide;

FL_TEST(items_are_aligned_and_zeroed)
{
    fl_map map = fl_map_of(wide), odd = fl_map_of(char[13]);

    for (int i = 0; i < 100; i++) {
        wide *w = fl_map_put_int(&map, i);
        fl_expect((uintptr_t)w % _Alignof(wide) == 0 && w->number == 0 && w->rest[32] == 0);
        memset(w, 0xff, sizeof *w);
        memset(fl_map_put_int(&odd, i), i, 13);
    }
    for (int i = 0; i < 100; i++) {
        const char *item = fl_map_get_int(&odd, i);
        fl_expect((uintptr_t)item % 8 == 0 && item[0] == i && item[12] == i);
    }
    fl_expect(fl_map_sane(&map) && fl_map_sane(&odd));
}

FL_TEST(clearing_keeps_the_memory)
{
    fl_map map = fl_map_of(int);

    fl_map_clear(&map);
    for (int i = 0; i < 1000; i++)
        (void)fl_map_put_int(&map, i);
    const size_t used = fl_arena_used(fl_arena_here());
    for (int round = 0; round < 100; round++) {
        fl_map_clear(&map);
        fl_expect(map.count == 0 && fl_map_sane(&map) && !fl_map_has_int(&map, 5));
        for (int i = 0; i < 1000; i++)
            fl_expect_equal(*(int *)fl_map_put_int(&map, i + round), 0);
    }
    fl_expect_equal(fl_arena_used(fl_arena_here()), used);
}

FL_TEST(a_queue_of_keys_takes_no_more_memory)
{
    fl_map map = fl_map_of(int);

    for (int i = 0; i < 100; i++)
        (void)fl_map_put_int(&map, i);
    size_t capacity = map.capacity;
    for (int i = 0; i < 100000; i++) {
        (void)fl_map_put_int(&map, i + 100);
        fl_expect(fl_map_delete_int(&map, i));
    }
    fl_expect(map.capacity <= capacity * 2);
    fl_expect_equal(map.count, 100);
    fl_expect(fl_map_sane(&map));
}

FL_TEST(a_map_stays_in_its_arena)
{
    fl_map map = fl_map_of(int);

    (void)fl_map_put_int(&map, 0);
    fl_scope {
        for (int i = 1; i < 1000; i++)
            *(int *)fl_map_put(&map, fl_str_of(fl_text("%d", i))) = i;
    }
    fl_expect_equal(*(int *)fl_map_get(&map, fl_lit("999")), 999);
    fl_expect(fl_map_sane(&map));
}

/* -- against a model --------------------------------------------------------------------------------------------------------- */

enum { KEYS = 300 };
typedef struct model { int value[KEYS], order[KEYS], count; } model;       /* value 0: not there; order: keys as they came */

static void model_put(model *m, int key, int value)
{
    if (m->value[key] == 0)
        m->order[m->count++] = key;
    m->value[key] = value;
}

static bool model_delete(model *m, int key)
{
    if (m->value[key] == 0)
        return false;
    int at = 0;
    while (m->order[at] != key)
        at++;
    memmove(m->order + at, m->order + at + 1, (size_t)(m->count - at - 1) * sizeof *m->order);
    m->count--;
    m->value[key] = 0;
    return true;
}

static void compare(const fl_map *map, const model *m)
{
    int at = 0;

    fl_expect(fl_map_sane(map));
    fl_expect_equal(map->count, m->count);
    fl_map_each (int, it, map) {
        int key = it.key.is_number ? (int)it.key.number : (int)it.key.text.size;
        fl_expect(it.key.is_number == (key % 2 == 0));
        fl_expect_equal(key, m->order[at++]);
        fl_expect_equal(*it.at, m->value[key]);
    }
    fl_expect_equal(at, m->count);
}

/* Even keys are numbers, odd ones texts of that size. */
FL_TEST(random_operations_agree_with_a_model)
{
    static char letters[KEYS];
    static model m;
    fl_map map = fl_map_of(int);
    uint64_t random = 88172645463325252u;

    memset(letters, 'k', sizeof letters);
    for (int i = 1; i <= 60000; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        int keys = i / 10000 % 2 == 0 ? KEYS : 20, key = (int)(random >> 33) % keys, what = (int)(random >> 62);
        fl_str text = fl_str_n(letters, (size_t)key);
        if (what <= 1) {
            *(int *)(key % 2 == 0 ? fl_map_put_int(&map, key) : fl_map_put(&map, text)) = i;
            model_put(&m, key, i);
        } else if (what == 2) {
            bool deleted = key % 2 == 0 ? fl_map_delete_int(&map, key) : fl_map_delete(&map, text);
            fl_expect_equal(deleted, model_delete(&m, key));
        } else {
            const int *place = key % 2 == 0 ? fl_map_get_int(&map, key) : fl_map_get(&map, text);
            fl_expect_equal(place == NULL ? 0 : *place, m.value[key]);
        }
        if (i % 97 == 0)
            compare(&map, &m);
    }
    compare(&map, &m);
}

/* -- without memory ---------------------------------------------------------------------------------------------------------- */

static void put_many(void *data)
{
    fl_map *map = data;

    for (int i = 0; i < 3000; i++)
        *(int *)fl_map_put(map, fl_str_of(fl_text("key %d", i))) = i;
}

static void put_many_in_a_scope(void *data)
{
    (void)data;
    fl_scope {
        fl_map map = fl_map_of(int);
        fl_error *error = fl_protect(put_many, &map);
        fl_expect(fl_map_sane(&map));                /* a failure left it as it was */
        int n = 0;
        fl_map_each (int, it, &map)
            fl_expect_equal(*it.at, n++);
        if (error != NULL)
            fl_reraise(error);
        fl_expect_equal(map.count, 3000);
    }
}

FL_TEST(each_allocation_of_a_map_may_fail) { fl_expect(until_memory_suffices(put_many_in_a_scope, NULL, false) > 6); }
