/* Dicts: ordered maps to values. Keys are texts or integers; 1 and "1" are two. */
#include <fleche/error.h>
#include "value/inside.h"

fl_dict *fl_dict_new(void)
{
    fl_dict *dict = fl_new_of(fl_dict);

    dict->map = fl_map_of(fl_value);
    dict->map.arena = fl_arena_here();                       /* its own, not that of the scope where the first item comes */
    return dict;
}

/* The place of a boxed key. */
static fl_value *place_of(fl_dict *dict, fl_value key)
{
    if (key.kind == FL_V_TEXT)
        return fl_map_put(&dict->map, key.text);
    if (key.kind == FL_V_INT)
        return fl_map_put_int(&dict->map, key.i);
    fl_raise(FL_TYPE_ERROR, "the key of a dict is a text or an integer, not the %s", fl_value_shown(key));
}

fl_dict *fl_dict_of_(const fl_value *pairs, size_t n)
{
    fl_dict *dict = fl_dict_new();

    for (size_t i = 0; i < n; i++)
        *place_of(dict, pairs[2 * i]) = pairs[2 * i + 1];
    return dict;
}

void fl_dict_put_(fl_dict *dict, fl_str key, fl_value v)
{
    fl_value *place = fl_map_put(&dict->map, key);
    *place = v;
}

bool fl_dict_find(const fl_dict *dict, fl_str key, fl_value *ret)
{
    const fl_value *place = dict == NULL ? NULL : fl_map_get(&dict->map, key);

    if (place == NULL)
        return false;
    *ret = *place;
    return true;
}

fl_value fl_dict_get(const fl_dict *dict, fl_str key)
{
    fl_value v = FL_NONE_VALUE;

    (void)fl_dict_find(dict, key, &v);
    return v;
}

bool fl_dict_delete(fl_dict *dict, fl_str key) { return fl_map_delete(&dict->map, key); }
size_t fl_dict_count(const fl_dict *dict) { return dict == NULL ? 0 : dict->map.count; }

bool fl_dict_next(const fl_dict *dict, size_t *cursor, fl_value *ret_key, fl_value *ret_value)
{
    fl_map_key key;
    const fl_value *place = dict == NULL ? NULL : fl_map_next(&dict->map, cursor, &key);

    if (place == NULL)
        return false;
    if (ret_key != NULL)
        *ret_key = key.is_number ? fl_box_int(key.number) : (fl_value){ .kind = FL_V_TEXT, .text = key.text };
    if (ret_value != NULL)
        *ret_value = *place;
    return true;
}
