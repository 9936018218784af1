/* Lists and dicts: what they hold, in which order; sorting. */
#include <fleche/test.h>

static const char *repr(fl_list *list) { return fl_value_text(fl_box(list)); }

FL_TEST(a_list_grows_and_counts_from_both_ends)
{
    fl_list *list = fl_list_new();

    for (int i = 0; i < 1000; i++)
        fl_list_push(list, i);
    fl_expect_equal(fl_len(list), 1000);
    fl_expect_equal(fl_list_at(list, 0).i, 0);
    fl_expect_equal(fl_list_at(list, -1).i, 999);
    fl_expect(fl_value_is_none(fl_list_at(list, 1000)) && fl_value_is_none(fl_list_at(list, -1001)));
    fl_expect(fl_len(NULL) == 0 && fl_value_is_none(fl_list_at(NULL, 0)));
}

FL_TEST(a_list_grows_in_its_own_arena)
{
    fl_list *list = fl_list_new();
    fl_dict *dict = fl_dict_new();

    fl_scope {
        fl_list_push(list, 1);
        fl_dict_put(dict, fl_lit("key"), 2);
    }
    fl_expect_equal(fl_list_at(list, 0).i, 1);
    fl_expect_equal(fl_dict_get(dict, fl_lit("key")).i, 2);
}

FL_TEST(sorting_orders_numbers_of_every_kind)
{
    fl_list *list = fl_list_of(3, 1.5, FL_DECIMAL(2.25), FL_FALSE, -1, 1e100, (uint64_t)UINT64_MAX);

    fl_list_sort(list);
    fl_expect_text(repr(list), "[-1, False, 1.5, Decimal('2.25'), 3, 18446744073709551615, 1e+100]");
    list = fl_list_of("b", "B", "a", "é", "", "日");
    fl_list_sort(list);
    fl_expect_text(repr(list), "['', 'B', 'a', 'b', 'é', '日']");
    fl_list_sort(fl_list_new());
    fl_list_sort(NULL);
}

FL_TEST(sorting_is_stable_at_every_length)
{
    for (int n = 0; n < 70; n++) {
        fl_list *list = fl_list_new();
        for (int i = 0; i < n; i++)
            fl_list_push(list, fl_list_of(i * 7919 % 10 / 2 * 1.0, i));
        for (int i = 0; i < n; i++)                              /* equal keys of kinds that differ */
            if (i % 3 == 0)
                list->items[i].list->items[0] = fl_box((fl_int)list->items[i].list->items[0].f);
        fl_list *keys = fl_list_new();
        for (int i = 0; i < n; i++)
            fl_list_push(keys, list->items[i].list->items[0]);
        fl_list_sort(keys);
        fl_list_sort(list);
        for (int i = 1; i < n; i++) {
            fl_value before = list->items[i - 1], here = list->items[i];
            int order = 1;
            fl_expect(fl_value_equal(keys->items[i], here.list->items[0]));
            fl_expect(fl_value_compare(before, here, &order) && order < 0);
            order = 1;
            fl_expect(fl_value_compare(keys->items[i - 1], keys->items[i], &order) && order <= 0);
        }
    }
}

FL_TEST(equal_items_keep_their_order)
{
    fl_list *list = fl_list_of(2, 1, 1.0, FL_TRUE, FL_DECIMAL(1.00), 0, 2.0);

    fl_list_sort(list);
    fl_expect_text(repr(list), "[0, 1, 1.0, True, Decimal('1.00'), 2, 2.0]");
}

static void sort(void *list) { fl_list_sort(list); }

FL_TEST(a_list_that_has_no_order_stays_as_it_was)
{
    fl_list *list = fl_list_of(3, 1, 2, "two", 0);

    fl_error *e = fl_expect_raises(FL_TYPE_ERROR, sort, list);
    fl_expect_contains(e->message, "the text 'two'");
    fl_expect_text(repr(list), "[3, 1, 2, 'two', 0]");
}

FL_TEST(a_dict_keeps_the_order_of_insertion)
{
    fl_dict *dict = fl_dict_of("z", 1, "a", 2, 3, "three");
    fl_value key, value;
    size_t cursor = 0;

    fl_dict_put(dict, fl_lit("z"), 10);
    fl_expect(fl_dict_delete(dict, fl_lit("a")) && !fl_dict_delete(dict, fl_lit("a")));
    fl_dict_put(dict, fl_lit("a"), 20);
    fl_expect_text(fl_value_text(fl_box(dict)), "{'z': 10, 3: 'three', 'a': 20}");
    fl_expect(fl_dict_next(dict, &cursor, &key, NULL) && fl_text_is(key.text.data, "z"));
    fl_expect(fl_dict_next(dict, &cursor, NULL, &value) && fl_text_is(value.text.data, "three"));
    fl_expect_equal(fl_dict_count(dict), 3);
    fl_expect(fl_value_is_none(fl_dict_get(dict, fl_lit("nowhere"))) && fl_value_is_none(fl_dict_get(NULL, fl_lit("z"))) &&
              fl_dict_count(NULL) == 0);
}

static void dict_of_floats(void *unused) { (void)unused, (void)fl_dict_of(1.5, 1); }

FL_TEST(keys_are_texts_or_integers)
{
    fl_expect_contains(fl_expect_raises(FL_TYPE_ERROR, dict_of_floats, NULL)->message, "not the float 1.5");
}
