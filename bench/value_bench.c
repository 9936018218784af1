/* Values: what templates and JSON do for each value they print. */
#include <fleche/bench.h>

FL_BENCH(decimal_print, .unit = "decimal")
{
    char text[64];
    fl_decimal price = FL_DECIMAL(1999.99);

    for (size_t i = 0; i < n; i++) {
        fl_buf out = { .data = text, .capacity = sizeof text, .limit = sizeof text };
        price.units += 1;
        fl_decimal_print(price, &out);
        fl_bench_use(out.data[0]);
    }
}

FL_BENCH(decimal_parse, .unit = "decimal")
{
    fl_decimal d;

    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_decimal_try_parse(fl_lit("1999.99"), &d));
}

FL_BENCH(decimal_add, .unit = "sum")
{
    fl_decimal total = FL_DECIMAL(0.00), price = FL_DECIMAL(19.9);

    for (size_t i = 0; i < n; i++)
        total = fl_decimal_add(total, price);
    fl_bench_use((long long)total.units);
}

FL_BENCH(decimal_divide, .unit = "quotient")
{
    fl_decimal price = FL_DECIMAL(19.99), by = FL_DECIMAL(7);

    for (size_t i = 0; i < n; i++)
        fl_bench_use((long long)fl_decimal_divide(price, by).units);
}

FL_BENCH(value_equal_int_decimal, .unit = "comparison")
{
    fl_value a = fl_box(1000), b = fl_box(FL_DECIMAL(1000.00));

    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_value_equal(a, b));
}

FL_BENCH(value_repr_text, .unit = "text of 30 bytes")
{
    char text[64];
    fl_value v = fl_box("a text of thirty characters ok");

    for (size_t i = 0; i < n; i++) {
        fl_buf out = { .data = text, .capacity = sizeof text, .limit = sizeof text };
        fl_value_repr(v, &out);
        fl_bench_use(out.data[0]);
    }
}

FL_BENCH(value_box_object, .unit = "object")
{
    static const fl_type type = { .name = "thing" };
    struct {
        fl_tag tag;
    } object = { FL_OBJECT(type) };

    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_box((void *)&object).object);
}

FL_BENCH(list_sort_1000, .unit = "list of 1000 integers")
{
    fl_list *list = fl_list_new();

    for (int i = 0; i < 1000; i++)
        fl_list_push(list, 0);
    for (size_t i = 0; i < n; i++) {
        for (unsigned j = 0, seed = 1; j < 1000; j++)
            list->items[j].i = (fl_int)(seed = seed * 1103515245u + 12345u) % 100000;
        fl_list_sort(list);
    }
}

FL_BENCH(uuid7, .unit = "uuid")
{
    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_uuid7().bytes[15]);
}
