/* Deep copies: everything a value leads to, in the given arena. */
#include <fleche/error.h>
#include "value/inside.h"

static fl_value copy(fl_value v, int depth);

static fl_list *copy_list(const fl_list *list, int depth)
{
    fl_list *made = fl_list_of_(list->items, list->count);

    made->tuple = list->tuple;
    for (size_t i = 0; i < made->count; i++)
        made->items[i] = copy(made->items[i], depth + 1);
    return made;
}

static fl_dict *copy_dict(const fl_dict *dict, int depth)
{
    fl_dict *made = fl_dict_new();
    size_t cursor = 0;
    fl_map_key key;

    for (const fl_value *item; (item = fl_map_next(&dict->map, &cursor, &key)) != NULL;) {
        fl_value value = copy(*item, depth + 1);
        *(fl_value *)(key.is_number ? fl_map_put_int(&made->map, key.number) : fl_map_put(&made->map, key.text)) = value;
    }
    return made;
}

/* Into the current arena. */
static fl_value copy(fl_value v, int depth)
{
    fl_arena *arena = fl_arena_here();

    if (depth > FL_VALUE_DEPTH)
        fl_raise(FL_VALUE_ERROR, "a value nested in more than %d levels (or in itself) cannot be copied", FL_VALUE_DEPTH);
    switch (v.kind) {
    case FL_V_TEXT:
    case FL_V_BIG: v.text.data = fl_arena_copy_text(arena, v.text.data, v.text.size); break;
    case FL_V_BYTES: v.bytes.data = fl_arena_copy(arena, v.bytes.data, v.bytes.size); break;
    case FL_V_DECIMAL: v.decimal = fl_arena_copy(arena, v.decimal, sizeof *v.decimal); break;
    case FL_V_LIST: v.list = copy_list(v.list, depth); break;
    case FL_V_DICT: v.dict = copy_dict(v.dict, depth); break;
    default: break;
    }
    return v;
}

/* If this raises, the one who catches has the arena back that was current there. */
fl_value fl_value_copy(fl_arena *arena, fl_value v)
{
    fl_arena *before = fl_arena_set_here(arena);
    fl_value made = copy(v, 0);

    (void)fl_arena_set_here(before);
    return made;
}
