/* QueryDicts: what is read, written and read again is the same; every text is UTF-8 with a NUL behind; a copy is its original. */
#include <fleche/base.h>
#include <fleche/http.h>
#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

static bool equal(const fl_querydict *a, const fl_querydict *b)
{
    return fl_text_is(fl_value_text(fl_box(a)), fl_value_text(fl_box(b)));
}

static void check(fl_str text)
{
    fl_querydict *q, *again;
    const fl_list *values;
    size_t cursor = 0, names = 0;

    if (fl_querydict_try_parse(text, NULL, &q) != 0)
        return;
    for (fl_str name; fl_querydict_next(q, &cursor, &name, &values); names++) {
        require(fl_utf8_valid(name) && name.data[name.size] == '\0' && values->count > 0);
        require(fl_str_equal(fl_querydict_get_str(q, name), values->items[values->count - 1].text));
        for (size_t i = 0; i < values->count; i++) {
            fl_str value = values->items[i].text;
            require(fl_utf8_valid(value) && value.data[value.size] == '\0');
        }
    }
    require(names == fl_querydict_count(q));
    require(fl_querydict_try_parse(fl_str_of(fl_querydict_encode(q, "")), &(const fl_querydict_limits){ 0 }, &again) == 0);
    require(equal(q, again));
    fl_querydict *copy = fl_querydict_copy(q);
    require(equal(q, copy));
    for (fl_str name; fl_querydict_pop_item(copy, &name, &values);)
        require(fl_querydict_get_str(copy, name).data == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    check(fl_str_n((const char *)data, size));
    fl_arena_reset(arena);
    return 0;
}
