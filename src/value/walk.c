/* Going into values: length, attributes, items, iteration, calls. Objects answer through their type table. */
#include <fleche/error.h>
#include <fleche/unicode.h>
#include "value/inside.h"

static bool found(fl_value v, fl_value *ret)
{
    *ret = v;
    return true;
}

bool fl_value_length(fl_value v, fl_int *ret)
{
    switch (v.kind) {
    case FL_V_TEXT: *ret = (fl_int)fl_utf8_count(v.text); return true;
    case FL_V_BYTES: *ret = (fl_int)v.bytes.size; return true;
    case FL_V_LIST: *ret = (fl_int)v.list->count; return true;
    case FL_V_DICT: *ret = (fl_int)fl_dict_count(v.dict); return true;
    case FL_V_OBJECT:
        if (v.object->type->length == NULL)
            return false;
        *ret = v.object->type->length(v.object);
        return true;
    default: return false;
    }
}

bool fl_value_get(fl_value v, fl_str name, fl_value *ret)
{
    if (v.kind == FL_V_DICT)
        return fl_dict_find(v.dict, name, ret);
    return v.kind == FL_V_OBJECT && v.object->type->get != NULL && v.object->type->get(v.object, name, ret);
}

static bool character_at(fl_str text, fl_int at, fl_value *ret)
{
    uint32_t c;

    for (; at > 0; at--)
        if (!fl_utf8_next(&text, &c))
            return false;
    fl_str rest = text;
    if (!fl_utf8_next(&rest, &c))
        return false;
    return found(fl_box_str(fl_str_slice(text, 0, text.size - rest.size)), ret);
}

bool fl_value_index(fl_value v, fl_int at, fl_value *ret)
{
    fl_int length;

    if (v.kind == FL_V_DICT) {                               /* no position: the key that is this integer */
        const fl_value *place = fl_map_get_int(&v.dict->map, at);
        return place != NULL && found(*place, ret);
    }
    if (fl_value_length(v, &length)) {
        at += at < 0 ? length : 0;
        if (at < 0 || at >= length)
            return false;
    }
    switch (v.kind) {
    case FL_V_LIST: return found(v.list->items[at], ret);
    case FL_V_BYTES: return found(fl_box_int(v.bytes.data[at]), ret);
    case FL_V_TEXT: return character_at(v.text, at, ret);
    case FL_V_OBJECT: return v.object->type->index != NULL && v.object->type->index(v.object, at, ret);
    default: return false;
    }
}

/* An object without next but with items and a length is walked by position. */
static bool is_sequence(const fl_tag *object) { return object->type->index != NULL && object->type->length != NULL; }

static bool next_of_object(const fl_tag *object, size_t *cursor, fl_value *ret)
{
    if (object->type->next != NULL)
        return object->type->next(object, cursor, ret);
    if (!is_sequence(object) || *cursor >= (size_t)object->type->length(object))
        return false;
    return object->type->index(object, (long long)(*cursor)++, ret);
}

bool fl_value_next(fl_value v, size_t *cursor, fl_value *ret)
{
    switch (v.kind) {
    case FL_V_LIST: return *cursor < v.list->count && found(v.list->items[(*cursor)++], ret);
    case FL_V_DICT: return fl_dict_next(v.dict, cursor, ret, NULL);
    case FL_V_BYTES: return *cursor < v.bytes.size && found(fl_box_int(v.bytes.data[(*cursor)++]), ret);
    case FL_V_TEXT:
        if (!character_at(fl_str_slice(v.text, *cursor, SIZE_MAX), 0, ret))
            return false;
        *cursor += ret->text.size;
        return true;
    case FL_V_OBJECT: return next_of_object(v.object, cursor, ret);
    default: return false;
    }
}

bool fl_value_is_iterable(fl_value v)
{
    if (v.kind == FL_V_OBJECT)
        return v.object->type->next != NULL || is_sequence(v.object);
    return v.kind == FL_V_LIST || v.kind == FL_V_DICT || v.kind == FL_V_TEXT || v.kind == FL_V_BYTES;
}

bool fl_value_is_callable(fl_value v) { return v.kind == FL_V_OBJECT && v.object->type->call != NULL; }

fl_value fl_value_call(fl_value v, const fl_value *arguments, size_t count)
{
    if (!fl_value_is_callable(v))
        fl_raise(FL_TYPE_ERROR, "the %s cannot be called", fl_value_shown(v));
    return v.object->type->call(v.object, arguments, count);
}
