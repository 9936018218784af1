/* Values: cycles and depth, objects through their type tables, walking, copying. */
#include "../helpers.h"

static const char *repr(fl_value v)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20);

    fl_value_repr(v, &out);
    return fl_buf_c(&out);
}
#define fl_repr(x) repr(fl_box(x))

/* -- printing ------------------------------------------------------------------------------------------------------------------- */

FL_TEST(lists_tuples_and_dicts_print_as_in_python)
{
    fl_list *one = fl_list_of(1), *two = fl_list_of("it's", 2.0), *none = fl_list_of();
    one->tuple = two->tuple = none->tuple = true;

    fl_expect_text(fl_repr(fl_list_of()), "[]");
    fl_expect_text(fl_repr(fl_list_of(1, "two", 3.0, FL_TRUE, NULL)), "[1, 'two', 3.0, True, None]");
    fl_expect_text(fl_repr(one), "(1,)");
    fl_expect_text(fl_repr(two), "(\"it's\", 2.0)");
    fl_expect_text(fl_repr(none), "()");
    fl_expect_text(fl_repr(fl_dict_of()), "{}");
    fl_expect_text(fl_repr(fl_dict_of("a", 1, 2, fl_list_of("b"))), "{'a': 1, 2: ['b']}");
    fl_expect_text(fl_value_text(fl_box(fl_list_of(FL_DECIMAL(1.0), FL_SECONDS(86402)))),
                   "[Decimal('1.0'), datetime.timedelta(days=1, seconds=2)]");
    fl_expect_text(fl_repr(fl_uuid_parse("12345678123456781234567812345678")), "UUID('12345678-1234-5678-1234-567812345678')");
}

FL_TEST(what_contains_itself_prints_with_dots)
{
    fl_list *list = fl_list_of(1), *tuple = fl_list_of();
    fl_dict *dict = fl_dict_of("a", 1);

    fl_list_push(list, list);
    fl_expect_text(fl_repr(list), "[1, [...]]");
    fl_dict_put(dict, fl_lit("me"), dict);
    fl_expect_text(fl_repr(dict), "{'a': 1, 'me': {...}}");
    tuple->tuple = true;
    fl_list_push(tuple, fl_list_of(tuple));
    fl_expect_text(fl_repr(tuple), "([(...)],)");
    fl_list *twice = fl_list_of(7);
    fl_expect_text(fl_repr(fl_list_of(twice, twice)), "[[7], [7]]");
}

static fl_list *nested(int levels)
{
    fl_list *list = fl_list_of();

    while (--levels > 0)
        list = fl_list_of(list);
    return list;
}

FL_TEST(printing_stops_at_512_levels)
{
    const char *within = fl_repr(nested(512)), *beyond = fl_repr(nested(513));

    fl_expect_equal(strlen(within), 1024);
    fl_expect(!fl_str_find(fl_str_of(within), fl_lit("..."), NULL));
    fl_expect_contains(beyond, "[[...]]");
    fl_expect_contains(fl_repr(nested(100000)), "[[...]]");
}

FL_TEST(a_full_buffer_ends_printing)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 10);

    fl_value_repr(fl_box(fl_list_of(1111, 2222, 3333)), &out);
    fl_expect(fl_buf_failed(&out));
    fl_expect_bytes(fl_buf_str(&out), fl_lit("[1111, "));
}

/* -- comparing ------------------------------------------------------------------------------------------------------------------- */

static bool equal(fl_value a, fl_value b)
{
    bool same = fl_value_equal(a, b);

    fl_expect(same == fl_value_equal(b, a));
    fl_expect(!same || fl_value_hash(a) == fl_value_hash(b));
    return same;
}
#define fl_equal(a, b) equal(fl_box(a), fl_box(b))

FL_TEST(containers_are_equal_by_their_items)
{
    fl_list *tuple = fl_list_of(1, 2);
    tuple->tuple = true;

    fl_expect(fl_equal(fl_list_of(1, "a", fl_list_of()), fl_list_of(1.0, "a", fl_list_of())));
    fl_expect(!fl_equal(fl_list_of(1, 2), fl_list_of(1)) && !fl_equal(fl_list_of(1), fl_list_of(2)));
    fl_expect(!fl_equal(tuple, fl_list_of(1, 2)));
    fl_expect(fl_equal(fl_dict_of("a", 1, "b", 2), fl_dict_of("b", 2.0, "a", FL_TRUE)));
    fl_expect(!fl_equal(fl_dict_of("a", 1), fl_dict_of("b", 1)) && !fl_equal(fl_dict_of("1", 1), fl_dict_of(1, 1)));
    fl_expect(!fl_equal("1", 1) && !fl_equal(fl_list_of(), fl_dict_of()) && !fl_equal(NULL, 0) && fl_equal(NULL, NULL));
    fl_expect(fl_equal(fl_safe(fl_box("<b>")), "<b>"));
}

FL_TEST(lists_order_by_the_first_difference)
{
    int order = 9;

    fl_expect(fl_value_compare(fl_box(fl_list_of(1, 2)), fl_box(fl_list_of(1, 3)), &order) && order < 0);
    fl_expect(fl_value_compare(fl_box(fl_list_of(1, 2)), fl_box(fl_list_of(1)), &order) && order > 0);
    fl_expect(fl_value_compare(fl_box(fl_list_of(2, NULL)), fl_box(fl_list_of(1, "x")), &order) && order > 0);
    order = 9;
    fl_expect(!fl_value_compare(fl_box(fl_list_of(1, NULL)), fl_box(fl_list_of(1, "x")), &order) && order == 9);
    fl_expect(!fl_value_compare(fl_box(fl_dict_of()), fl_box(fl_dict_of("a", 1)), &order));
    fl_expect(!fl_value_compare(fl_box(NULL), fl_box(NULL), &order));
}

static fl_list *endless(void)
{
    fl_list *list = fl_list_of(1);
    fl_list_push(list, list);
    return list;
}

static void compare_endless(void *unused) { (void)unused, (void)fl_value_equal(fl_box(endless()), fl_box(endless())); }
static void copy_endless(void *unused) { (void)unused, (void)fl_value_copy(fl_arena_here(), fl_box(endless())); }

FL_TEST(endless_values_are_errors_where_python_recurses_too_deep)
{
    fl_list *list = endless();

    fl_expect(fl_equal(list, list));
    fl_expect(fl_value_hash(fl_box(list)) == fl_value_hash(fl_box(endless())));
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, compare_endless, NULL)->message, "512 levels");
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, copy_endless, NULL)->message, "cannot be copied");
}

/* -- objects --------------------------------------------------------------------------------------------------------------------- */

typedef struct version { fl_tag tag; int major, minor; } version;
static const fl_type version_type;

static bool version_get(const void *object, fl_str name, fl_value *ret)
{
    if (!fl_str_equal(name, fl_lit("major")))
        return false;
    *ret = fl_box(((const version *)object)->major);
    return true;
}

static bool version_index(const void *object, long long at, fl_value *ret)
{
    const version *v = object;
    *ret = fl_box(at == 0 ? v->major : v->minor);
    return at == 0 || at == 1;
}

static long long version_length(const void *object) { return object != NULL ? 2 : 0; }
static fl_value version_call(const void *object, const fl_value *arguments, size_t count)
{
    return fl_box(((const version *)object)->major + (count > 0 ? fl_value_int(arguments[0]) : 0));
}

static void version_print(const void *object, fl_buf *out)
{
    const version *v = object;
    fl_buf_format(out, "%d.%d", v->major, v->minor);
}

static void version_repr(const void *object, fl_buf *out)
{
    fl_buf_add_c(out, "v");
    version_print(object, out);
}

static bool version_compare(const void *object, fl_value other, int *ret)
{
    const version *a = object, *b = (const version *)other.object;
    if (other.kind != FL_V_OBJECT || b->tag.type != &version_type)
        return false;
    *ret = a->major != b->major ? a->major - b->major : a->minor - b->minor;
    return true;
}

static const fl_type version_type = { .name = "version",
                                      .get = version_get,
                                      .index = version_index,
                                      .length = version_length,
                                      .call = version_call,
                                      .print = version_print,
                                      .repr = version_repr,
                                      .compare = version_compare };
static const fl_type plain_type = { .name = "plain" };

static void call_text(void *unused) { (void)unused, (void)fl_value_call(fl_box("abc"), NULL, 0); }

FL_TEST(objects_answer_through_their_type_table)
{
    version old = { FL_OBJECT(version_type), 1, 9 }, new = { FL_OBJECT(version_type), 2, 0 }, same = old;
    fl_value v = fl_box(&old), item;
    fl_int length;
    size_t cursor = 0;
    int order;

    fl_expect_text(fl_value_text(v), "1.9");
    fl_expect_text(fl_repr(fl_list_of(&old)), "[v1.9]");
    fl_expect(fl_value_get(v, fl_lit("major"), &item) && item.i == 1 && !fl_value_get(v, fl_lit("other"), &item));
    fl_expect(fl_value_index(v, -1, &item) && item.i == 9 && !fl_value_index(v, 2, &item) && !fl_value_index(v, -3, &item));
    fl_expect(fl_value_length(v, &length) && length == 2 && fl_value_is_iterable(v));
    fl_expect(fl_value_next(v, &cursor, &item) && item.i == 1 && fl_value_next(v, &cursor, &item) && item.i == 9 &&
              !fl_value_next(v, &cursor, &item));
    fl_expect_equal(fl_value_call(v, (fl_value[]){ fl_box(4) }, 1).i, 5);
    fl_expect(fl_value_compare(v, fl_box(&new), &order) && order < 0 && fl_value_compare(fl_box(&new), v, &order) && order > 0);
    fl_expect(fl_equal(&old, &same) && !fl_equal(&old, &new) && !fl_equal(&old, 1));
    fl_expect(fl_value_truth(v));
}

FL_TEST(an_object_with_an_empty_table_is_only_itself)
{
    struct {
        fl_tag tag;
    } a = { FL_OBJECT(plain_type) }, b = a;
    fl_value v = fl_box((void *)&a), item;
    size_t cursor = 0;
    fl_int length;
    int order;

    fl_expect(fl_value_truth(v) && fl_value_equal(v, v) && !fl_value_equal(v, fl_box((void *)&b)) &&
              !fl_value_compare(v, fl_box((void *)&b), &order));
    fl_expect(!fl_value_get(v, fl_lit("x"), &item) && !fl_value_index(v, 0, &item) && !fl_value_next(v, &cursor, &item) &&
              !fl_value_length(v, &length));
    fl_expect(!fl_value_is_iterable(v) && !fl_value_is_callable(v));
    fl_expect_contains(fl_expect_raises(FL_TYPE_ERROR, call_text, NULL)->message, "the text 'abc' cannot be called");
}

/* -- walking ----------------------------------------------------------------------------------------------------------------------- */

static const char *walked(fl_value v)
{
    fl_list *items = fl_list_new();
    fl_value item;

    for (size_t cursor = 0; fl_value_next(v, &cursor, &item);)
        fl_list_push(items, item);
    return fl_repr(items);
}

FL_TEST(text_is_measured_and_walked_by_code_points)
{
    fl_value text = fl_box("aé日😀"), item;
    fl_int length;

    fl_expect(fl_value_length(text, &length) && length == 4);
    fl_expect_text(walked(text), "['a', 'é', '日', '😀']");
    fl_expect(fl_value_index(text, 1, &item) && fl_text_is(item.text.data, "é"));
    fl_expect(fl_value_index(text, -1, &item) && fl_text_is(item.text.data, "😀"));
    fl_expect(!fl_value_index(text, 4, &item) && !fl_value_index(text, -5, &item) && !fl_value_index(fl_box(""), 0, &item));
}

FL_TEST(lists_dicts_and_bytes_are_walked)
{
    fl_value item, dict = fl_box(fl_dict_of("a", 1, 5, "five")), list = fl_box(fl_list_of(1, 2, 3));
    fl_value bytes = fl_box(((fl_bytes){ (const uint8_t *)"ab", 2 }));

    fl_expect_text(walked(list), "[1, 2, 3]");
    fl_expect_text(walked(dict), "['a', 5]");
    fl_expect_text(walked(bytes), "[97, 98]");
    fl_expect(fl_value_index(list, -1, &item) && item.i == 3 && !fl_value_index(list, 3, &item));
    fl_expect(fl_value_index(dict, 5, &item) && fl_text_is(item.text.data, "five") && !fl_value_index(dict, 0, &item));
    fl_expect(fl_value_get(dict, fl_lit("a"), &item) && item.i == 1 && !fl_value_get(list, fl_lit("a"), &item));
    fl_expect(!fl_value_is_iterable(fl_box(1)) && fl_value_is_iterable(dict));
}

static void int_of_text(void *unused) { (void)unused, (void)fl_value_int(fl_box("12 apples")); }
static void float_of_list(void *unused) { (void)unused, (void)fl_value_float(fl_box(fl_list_of(1))); }
static void int_of_long_text(void *text) { (void)fl_value_int(fl_box((char *)text)); }

FL_TEST(refused_conversions_show_the_value)
{
    char *text = fl_alloc(5000);
    memset(text, 'x', 4999);

    fl_expect_equal(fl_value_int(fl_box(" 12 ")), 12);
    fl_expect(fl_value_float(fl_box("1.5")) > 1.4);
    fl_expect_contains(fl_expect_raises(FL_TYPE_ERROR, int_of_text, NULL)->message, "not the text '12 apples'");
    fl_expect_contains(fl_expect_raises(FL_TYPE_ERROR, float_of_list, NULL)->message, "not the list [1]");
    fl_error *e = fl_expect_raises(FL_TYPE_ERROR, int_of_long_text, text);
    fl_expect(strlen(e->message) < 250);
    fl_expect_contains(e->message, "…");
}

/* -- copying ------------------------------------------------------------------------------------------------------------------------ */

FL_TEST(a_copy_shares_nothing_with_its_original)
{
    fl_arena *arena = freed_later(fl_arena_new("copies", FL_NO_LIMIT));
    char text[] = "text";
    fl_value copy = FL_NONE_VALUE;

    fl_scope {
        fl_list *tuple = fl_list_of(text, FL_DECIMAL(1.5));
        tuple->tuple = true;
        copy = fl_value_copy(
            arena, fl_box(fl_dict_of("t", tuple, 7, ((fl_bytes){ (const uint8_t *)text, 2 }), "d", fl_dict_of("x", NULL))));
    }
    text[0] = '!';
    fl_expect_text(repr(copy), "{'t': ('text', Decimal('1.5')), 7: b'te', 'd': {'x': None}}");
    fl_dict_put(copy.dict, fl_lit("new"), 1);
}
