/* QueryDicts: what is read, what is written, and what may be changed. */
#include <errno.h>
#include <fleche/http.h>
#include "../codec/vectors.h"

static fl_querydict *parsed(const char *text) { return fl_querydict_parse(fl_str_of(text), NULL); }

static const char *shown(const fl_querydict *q) { return fl_value_text(fl_box(q)); }

FL_TEST(of_several_values_the_last_is_got_and_the_list_has_all)
{
    fl_querydict *q = parsed("a=1&a=2&b=x");

    fl_expect_text(fl_querydict_get(q, "a"), "2");
    fl_expect_text(fl_value_text(fl_box(fl_querydict_list(q, "a"))), "['1', '2']");
    fl_expect_text(fl_querydict_get(q, "b"), "x");
    fl_expect(fl_querydict_get(q, "c") == NULL);
    fl_expect_equal(fl_len(fl_querydict_list(q, "c")), 0);
    fl_expect_equal(fl_querydict_count(q), 2);
    fl_expect(fl_querydict_has(q, "a") && !fl_querydict_has(q, "c"));
}

static void check_vector(const vector *v)
{
    if (!vector_is(v, "query"))
        return;
    fl_querydict *q = fl_querydict_parse(v->fields[1], NULL);
    fl_expect_text(shown(q), fl_str_c(v->fields[2]));
    fl_expect_bytes(fl_str_of(fl_querydict_encode(q, "")), v->fields[3]);
    fl_expect_bytes(fl_str_of(fl_querydict_encode(q, "/:")), v->fields[4]);
    fl_expect_text(shown(parsed(fl_querydict_encode(q, ""))), shown(q));
}

FL_TEST(reads_and_writes_as_django, .no_torture = true)
{
    each_vector("http_forms", check_vector);
} /* a vector is no more than many small parses */

static void parse_too_many(void *data) { (void)fl_querydict_parse(fl_str_of(data), NULL); }

FL_TEST(more_fields_than_the_limit_are_refused_with_400)
{
    fl_buf text = fl_buf_in(fl_arena_here(), 1 << 20);
    fl_querydict *q;

    for (int i = 0; i < 999; i++)
        fl_buf_add_c(&text, "a=1&");
    fl_buf_add_c(&text, "a=1");
    fl_expect_equal(fl_len(fl_querydict_list(parsed(fl_buf_c(&text)), "a")), 1000);
    fl_buf_add_c(&text, "&a=1");
    fl_error *error = fl_expect_raises(FL_TOO_MANY_FIELDS, parse_too_many, fl_buf_c(&text));
    fl_expect_equal(fl_error_status(error), 400);
    fl_expect_contains(error->message, "1000");
    fl_expect_contains(error->hint, "data_upload_max_number_fields");
    fl_expect_ok(fl_querydict_try_parse(fl_buf_str(&text), &(const fl_querydict_limits){ 0 }, &q));
    fl_expect_equal(fl_len(fl_querydict_list(q, "a")), 1001);
}

FL_TEST(empty_parts_count_as_fields_too)
{
    fl_querydict *q;

    fl_expect_equal(fl_querydict_try_parse(fl_lit("&&&"), &(const fl_querydict_limits){ 3 }, &q), -E2BIG);
    fl_expect_equal(fl_querydict_try_parse(fl_lit("&&"), &(const fl_querydict_limits){ 3 }, &q), 0);
    fl_expect_equal(fl_querydict_try_parse(fl_lit(""), &(const fl_querydict_limits){ 1 }, &q), 0);
}

FL_TEST(a_form_of_a_hundred_thousand_fields_costs_what_its_size_costs, .no_torture = true)      /* seconds for each allocation */
{
    fl_buf text = fl_buf_in(fl_arena_here(), 4 << 20);
    fl_querydict *q;

    for (int i = 0; i < 100000; i++)
        fl_buf_format(&text, "&field%d=%d", i, i);
    fl_expect_equal(fl_querydict_try_parse(fl_buf_str(&text), NULL, &q), -E2BIG);
    fl_expect_ok(fl_querydict_try_parse(fl_buf_str(&text), &(const fl_querydict_limits){ 0 }, &q));
    fl_expect_equal(fl_querydict_count(q), 100000);
    for (int i = 0; i < 100000; i += 7)
        fl_expect_text(fl_querydict_get(q, fl_text("field%d", i)), fl_text("%d", i));
    for (int i = 0; i < 100000; i += 2)
        fl_expect_equal(fl_len(fl_querydict_pop(q, fl_text("field%d", i))), 1);
    fl_expect_equal(fl_querydict_count(q), 50000);
    fl_expect(!fl_querydict_has(q, "field500") && fl_querydict_has(q, "field501"));
}

FL_TEST(texts_end_with_a_nul_and_may_have_one_inside)
{
    fl_querydict *q = parsed("a=x%00y&a%00b=1");

    fl_expect_text(fl_querydict_get(q, "a"), "x");
    fl_expect_bytes(fl_querydict_get_str(q, fl_lit("a")), fl_lit("x\0y"));
    fl_expect_bytes(fl_querydict_get_str(q, fl_lit("a\0b")), fl_lit("1"));
    fl_expect(fl_querydict_get_str(q, fl_lit("a\0")).data == NULL);
    fl_expect_equal(fl_querydict_get_str(q, fl_lit("a")).data[3], '\0');
}

FL_TEST(what_is_no_utf8_becomes_a_replacement_character)
{
    fl_expect_text(fl_querydict_get(parsed("a=%ff%41"), "a"), "\uFFFDA");
    fl_expect_text(fl_querydict_get(parsed("a=%c3%28"), "a"), "\uFFFD(");
    fl_expect_text(fl_querydict_get(parsed("a=\xE9"), "a"), "\u00E9");      /* sent bare: Latin-1 */
}

/* -- changing ---------------------------------------------------------------------------------------------------------------- */

FL_TEST(it_is_changed_as_djangos)
{
    fl_querydict *q = fl_querydict_new();

    fl_querydict_set(q, "a", "1");
    fl_querydict_append(q, "a", "2");
    fl_querydict_set(q, "b", "x");
    fl_querydict_set(q, "b", "y");
    fl_expect_text(shown(q), "<QueryDict: {'a': ['1', '2'], 'b': ['y']}>");
    fl_querydict_set_list(q, "a", FL_STRINGS("3", "4", "5"));
    fl_querydict_set_list(q, "none", FL_STRINGS(NULL));
    fl_expect_text(shown(q), "<QueryDict: {'a': ['3', '4', '5'], 'b': ['y'], 'none': []}>");
    fl_expect_text(fl_querydict_get(q, "none"), "");
    fl_expect_text(fl_querydict_set_default(q, "a", "9"), "5");
    fl_expect_text(fl_querydict_set_default(q, "c", "9"), "9");
    fl_expect_text(fl_value_text(fl_box(fl_querydict_set_list_default(q, "d", FL_STRINGS("1", "2")))), "['1', '2']");
    fl_expect_text(fl_value_text(fl_box(fl_querydict_set_list_default(q, "b", FL_STRINGS("1", "2")))), "['y']");
    fl_querydict_update(q, parsed("b=z&e=1"));
    fl_expect_text(fl_querydict_encode(q, ""), "a=3&a=4&a=5&b=y&b=z&c=9&d=1&d=2&e=1");
    fl_expect_text(fl_value_text(fl_box(fl_querydict_dict(q))), "{'a': '5', 'b': 'z', 'none': [], 'c': '9', 'd': '2', 'e': '1'}");
}

FL_TEST(what_is_popped_is_gone_and_comes_out_whole)
{
    fl_querydict *q = parsed("a=1&b=2&a=3&c=4");
    const fl_list *values;
    fl_str name;

    fl_expect_text(fl_value_text(fl_box(fl_querydict_pop(q, "a"))), "['1', '3']");
    fl_expect(fl_querydict_pop(q, "a") == NULL);
    fl_expect(fl_querydict_pop_item(q, &name, &values));
    fl_expect_bytes(name, fl_lit("c"));
    fl_expect_text(fl_value_text(fl_box(values)), "['4']");
    fl_expect_text(shown(q), "<QueryDict: {'b': ['2']}>");
    fl_expect(fl_querydict_pop_item(q, &name, &values));
    fl_expect(!fl_querydict_pop_item(q, &name, &values));
    fl_querydict_append(q, "a", "again");
    fl_expect_text(shown(q), "<QueryDict: {'a': ['again']}>");
    fl_querydict_clear(q);
    fl_expect_text(shown(q), "<QueryDict: {}>");
}

static void change(void *data)
{
    fl_str name;
    const fl_list *values;
    void *const *arguments = data;
    fl_querydict *q = arguments[0];
    switch (*(int *)arguments[1]) {
    case 0: fl_querydict_set(q, "a", "2"); break;
    case 1: fl_querydict_append(q, "a", "2"); break;
    case 2: fl_querydict_set_list(q, "a", FL_STRINGS("2")); break;
    case 3: (void)fl_querydict_set_default(q, "a", "2"); break;
    case 4: fl_querydict_update(q, q); break;
    case 5: (void)fl_querydict_pop(q, "a"); break;
    case 6: (void)fl_querydict_pop_item(q, &name, &values); break;
    case 7: fl_querydict_clear(q); break;
    default: (void)fl_querydict_set_list_default(q, "a", FL_STRINGS("2"));
    }
}

FL_TEST(a_frozen_one_is_changed_in_no_way_but_its_copy_is)
{
    fl_querydict *q = parsed("a=1&a=2");

    fl_querydict_freeze(q);
    for (int way = 0; way < 9; way++) {
        fl_error *error = fl_expect_raises(FL_PROGRAMMING_ERROR, change, ((void *[]){ q, &way }));
        fl_expect_contains(error->hint, "fl_querydict_copy");
    }
    fl_expect_text(shown(q), "<QueryDict: {'a': ['1', '2']}>");
    fl_querydict *copy = fl_querydict_copy(q);
    fl_querydict_append(copy, "a", "3");
    fl_expect_text(shown(copy), "<QueryDict: {'a': ['1', '2', '3']}>");
    fl_expect_text(shown(q), "<QueryDict: {'a': ['1', '2']}>");
}

FL_TEST(one_is_made_from_keys_which_may_repeat)
{
    fl_expect_text(shown(fl_querydict_from_keys(FL_STRINGS("a", "a", "b"), "v")), "<QueryDict: {'a': ['v', 'v'], 'b': ['v']}>");
    fl_expect_text(shown(fl_querydict_from_keys(FL_STRINGS(NULL), "v")), "<QueryDict: {}>");
}

/* A list of names with their counts, kept beside, says what is right. */
FL_TEST(ten_thousand_random_changes_keep_order_and_content, .no_torture = true)
{
    enum { NAMES = 60 };
    int order[NAMES], count = 0;
    fl_querydict *q = fl_querydict_new();
    unsigned random = 1;

    for (int step = 0; step < 10000; step++) {
        random = random * 1103515245u + 12345u;
        int name = (int)(random >> 16) % NAMES, at = 0;
        const char *text = fl_text("name%d", name);
        while (at < count && order[at] != name)
            at++;
        if ((random >> 8) % 5 < 3) {
            fl_querydict_set(q, text, fl_text("%d", step));
            if (at == count)
                order[count++] = name;
        } else {
            fl_expect_equal(fl_querydict_pop(q, text) != NULL, at < count);
            if (at < count)
                memmove(&order[at], &order[at + 1], (size_t)(--count - at) * sizeof *order);
        }
        fl_expect_equal(fl_querydict_count(q), count);
        size_t cursor = 0, seen = 0;
        for (fl_str found; fl_querydict_next(q, &cursor, &found, NULL); seen++)
            fl_expect_bytes(found, fl_str_of(fl_text("name%d", order[seen])));
        fl_expect_equal(seen, count);
        fl_expect_equal(fl_querydict_has(q, text), (random >> 8) % 5 < 3);
    }
}

/* -- as an object ------------------------------------------------------------------------------------------------------------ */

FL_TEST(templates_see_values_names_and_djangos_methods)
{
    fl_value v = fl_box(parsed("a=1&b=2&a=3")), found, name;
    size_t cursor = 0;

    fl_expect(fl_value_get(v, fl_lit("a"), &found));
    fl_expect_text(fl_value_text(found), "3");
    fl_expect(!fl_value_get(v, fl_lit("c"), &found));
    static const struct {
        const char *method, *text;
    } methods[] = {
        { "urlencode", "a=1&a=3&b=2" },
        { "items", "[('a', '3'), ('b', '2')]" },
        { "lists", "[('a', ['1', '3']), ('b', ['2'])]" },
        { "keys", "['a', 'b']" },
        { "values", "['3', '2']" },
        { "dict", "{'a': '3', 'b': '2'}" },
    };
    for (size_t i = 0; i < FL_LENGTH(methods); i++) {
        fl_expect(fl_value_get(v, fl_str_of(methods[i].method), &found));
        fl_expect_text(fl_value_text(found), methods[i].text);
    }
    fl_expect(fl_value_next(v, &cursor, &name) && fl_value_next(v, &cursor, &found));
    fl_expect_text(fl_value_text(name), "a");
    fl_expect_text(fl_value_text(found), "b");
    fl_expect(!fl_value_next(v, &cursor, &found));
    fl_expect(fl_value_truth(v) && !fl_value_truth(fl_box(parsed(""))));
    fl_expect(fl_value_get(fl_box(parsed("items=7")), fl_lit("items"), &found));
    fl_expect_text(fl_value_text(found), "7");                   /* a field comes before a method */
}

FL_TEST(a_parse_allocates_nothing_from_the_heap)
{
    const char *title = NULL;

    for (int warm = 0; warm < 2; warm++)
        fl_expect_allocations (warm == 0 ? 8 : 0) {
            fl_scope {
                title = fl_keep_text(fl_querydict_get(parsed("csrf=h7Gk&title=A+day&body=cold%2C&tags=a&save="), "title"));
            }
        }
    fl_expect_text(title, "A day");
}
