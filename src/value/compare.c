/* Equality, order and hashes of values, as Python's ==, < and hash(). Lists and dicts are followed 512 levels down; a value is
 * equal to itself without a look inside, so that most cycles end there. */
#include <fleche/error.h>
#include "value/inside.h"
#include "value/numeric.h"

enum { HASHED_LEVELS = 8 };

static bool equal(fl_value a, fl_value b, int depth);

static int order_of(int64_t a, int64_t b) { return (a > b) - (a < b); }

static void check_depth(int depth)
{
    if (depth >= FL_VALUE_DEPTH)
        fl_raise(FL_VALUE_ERROR, "values nested in more than %d levels (or in themselves) cannot be compared", FL_VALUE_DEPTH);
}

static bool lists_equal(const fl_list *a, const fl_list *b, int depth)
{
    if (a == b)
        return true;
    if (a->tuple != b->tuple || a->count != b->count)
        return false;
    check_depth(depth);
    for (size_t i = 0; i < a->count; i++)
        if (!equal(a->items[i], b->items[i], depth + 1))
            return false;
    return true;
}

static bool dicts_equal(const fl_dict *a, const fl_dict *b, int depth)
{
    size_t cursor = 0;
    fl_map_key key;

    if (a == b)
        return true;
    if (fl_dict_count(a) != fl_dict_count(b))
        return false;
    check_depth(depth);
    for (const fl_value *mine; (mine = fl_map_next(&a->map, &cursor, &key)) != NULL;) {
        const fl_value *its = key.is_number ? fl_map_get_int(&b->map, key.number) : fl_map_get(&b->map, key.text);
        if (its == NULL || !equal(*mine, *its, depth + 1))
            return false;
    }
    return true;
}

/* An object decides, whichever side it stands on. */
static bool objects_compare(fl_value a, fl_value b, int *ret)
{
    if (a.kind == FL_V_OBJECT && b.kind == FL_V_OBJECT && a.object == b.object) {
        *ret = 0;
        return true;
    }
    if (a.kind == FL_V_OBJECT && a.object->type->compare != NULL && a.object->type->compare(a.object, b, ret))
        return true;
    if (b.kind != FL_V_OBJECT || b.object->type->compare == NULL || !b.object->type->compare(b.object, a, ret))
        return false;
    *ret = *ret < 0 ? 1 : *ret > 0 ? -1 : 0;
    return true;
}

static bool equal(fl_value a, fl_value b, int depth)
{
    int order = 1;

    if (fl_is_number(a) && fl_is_number(b))
        return fl_number_compare(a, b, &order) && order == 0;
    if (a.kind == FL_V_OBJECT || b.kind == FL_V_OBJECT)
        return objects_compare(a, b, &order) && order == 0;
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case FL_NONE: return true;
    case FL_V_LIST: return lists_equal(a.list, b.list, depth);
    case FL_V_DICT: return dicts_equal(a.dict, b.dict, depth);
    default: return fl_value_compare(a, b, &order) && order == 0;
    }
}

bool fl_value_equal(fl_value a, fl_value b) { return equal(a, b, 0); }

/* -- order ------------------------------------------------------------------------------------------------------------------ */

static bool compare(fl_value a, fl_value b, int depth, int *ret);

/* By the first items that differ, else by length. */
static bool lists_compare(const fl_list *a, const fl_list *b, int depth, int *ret)
{
    if (a->tuple != b->tuple)
        return false;
    check_depth(depth);
    for (size_t i = 0; a != b && i < a->count && i < b->count; i++)
        if (!equal(a->items[i], b->items[i], depth + 1))
            return compare(a->items[i], b->items[i], depth + 1, ret);
    *ret = (a->count > b->count) - (a->count < b->count);
    return true;
}

static bool compare(fl_value a, fl_value b, int depth, int *ret)
{
    if (fl_is_number(a) && fl_is_number(b))
        return fl_number_compare(a, b, ret);
    if (a.kind == FL_V_OBJECT || b.kind == FL_V_OBJECT)
        return objects_compare(a, b, ret);
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case FL_V_TEXT: *ret = fl_str_compare(a.text, b.text); return true;          /* UTF-8 orders as code points do */
    case FL_V_BYTES: *ret = fl_str_compare(fl_bytes_str(a.bytes), fl_bytes_str(b.bytes)); return true;
    case FL_V_DATETIME: *ret = order_of(a.datetime.us, b.datetime.us); return true;
    case FL_V_DATE: *ret = order_of(a.date.day, b.date.day); return true;
    case FL_V_TIME: *ret = order_of(a.time.us_plus_one, b.time.us_plus_one); return true;
    case FL_V_DURATION: *ret = order_of(a.duration.us, b.duration.us); return true;
    case FL_V_UUID: *ret = memcmp(a.uuid.bytes, b.uuid.bytes, sizeof a.uuid.bytes); return true;
    case FL_V_LIST: return lists_compare(a.list, b.list, depth, ret);
    default: return false;
    }
}

bool fl_value_compare(fl_value a, fl_value b, int *ret)
{
    int order;

    if (!compare(a, b, 0, &order))
        return false;
    *ret = order;
    return true;
}

/* -- hashes ------------------------------------------------------------------------------------------------------------------- */

static uint64_t hash_level(fl_value v, int depth);

static uint64_t hash_list(const fl_list *list, int depth)
{
    uint64_t hash = fl_hash_int(list->count * 2 + list->tuple);

    for (size_t i = 0; depth < HASHED_LEVELS && i < list->count; i++)
        hash = fl_hash_int(hash ^ hash_level(list->items[i], depth + 1));
    return hash;
}

/* The sum of its pairs, since equal dicts may differ in order. */
static uint64_t hash_dict(const fl_dict *dict, int depth)
{
    uint64_t hash = dict->map.count;
    size_t cursor = 0;
    fl_value key, value;

    while (depth < HASHED_LEVELS && fl_dict_next(dict, &cursor, &key, &value))
        hash += fl_hash_int(hash_level(key, depth + 1) ^ fl_hash_int(hash_level(value, depth + 1)));
    return fl_hash_int(hash);
}

static uint64_t hash_level(fl_value v, int depth)
{
    if (fl_is_number(v))
        return fl_number_hash(v);
    switch (v.kind) {
    case FL_V_TEXT: return fl_hash_bytes(v.text.data, v.text.size);
    case FL_V_BYTES: return fl_hash_bytes(v.bytes.data, v.bytes.size);
    case FL_V_DATETIME: return fl_hash_int((uint64_t)v.datetime.us);
    case FL_V_DATE: return fl_hash_int((uint64_t)v.date.day);
    case FL_V_TIME: return fl_hash_int((uint64_t)v.time.us_plus_one);
    case FL_V_DURATION: return fl_hash_int((uint64_t)v.duration.us);
    case FL_V_UUID: return fl_hash_bytes(v.uuid.bytes, sizeof v.uuid.bytes);
    case FL_V_LIST: return hash_list(v.list, depth);
    case FL_V_DICT: return hash_dict(v.dict, depth);
    case FL_V_OBJECT:                                    /* one that compares may equal another of its type */
        return fl_hash_int((uint64_t)(v.object->type->compare == NULL ? (const void *)v.object : v.object->type));
    default: return fl_hash_int(0);
    }
}

uint64_t fl_value_hash(fl_value v) { return hash_level(v, 0); }
