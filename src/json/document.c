/* Documents: built from C values, looked into by keys and paths, written as text. */
#include <errno.h>
#include <fleche/buf.h>
#include <fleche/error.h>
#include <fleche/json.h>

fl_json *fl_json_of_(fl_value v)
{
    fl_json *json = fl_new_of(fl_json);

    json->value = v;
    return json;
}

fl_json *fl_json_object_(const fl_value *pairs, size_t n) { return fl_json_of_(fl_box_dict(fl_dict_of_(pairs, n))); }
fl_json *fl_json_list_(const fl_value *values, size_t n) { return fl_json_of_(fl_box_list(fl_list_of_(values, n))); }

void fl_json_put_(fl_json *object, const char *key, fl_value v)
{
    if (object == NULL || object->value.kind != FL_V_DICT)
        fl_raise(FL_TYPE_ERROR, "'%s' cannot be put into %s, which is no JSON object", key,
                 object == NULL ? "NULL" : fl_kind_name(object->value.kind));
    fl_dict_put_(object->value.dict, fl_str_of(key), v);
}

static bool find(fl_value in, fl_str key, fl_value *ret) { return in.kind == FL_V_DICT && fl_dict_find(in.dict, key, ret); }

const char *fl_json_text(const fl_json *object, const char *key)
{
    fl_value v;

    return object != NULL && find(object->value, fl_str_of(key), &v) && v.kind == FL_V_TEXT ? v.text.data : NULL;
}

fl_int fl_json_int(const fl_json *object, const char *key)
{
    fl_value v;

    if (object == NULL || !find(object->value, fl_str_of(key), &v))
        return 0;
    if (v.kind != FL_V_INT)
        fl_raise(FL_BAD_REQUEST, "'%s' must be an integer of 64 bits, it is %s", key, fl_kind_name(v.kind));
    return v.i;
}

bool fl_json_bool(const fl_json *object, const char *key)
{
    fl_value v;

    return object != NULL && find(object->value, fl_str_of(key), &v) && v.kind == FL_V_BOOL && v.b;
}

static bool step(fl_value in, fl_str name, fl_value *ret)
{
    long long at;

    if (in.kind == FL_V_DICT)
        return fl_dict_find(in.dict, name, ret);
    if (in.kind != FL_V_LIST || !fl_str_int(name, &at) || at >= (long long)in.list->count || at < -(long long)in.list->count)
        return false;
    *ret = fl_list_at(in.list, at);
    return true;
}

fl_json *fl_json_at(const fl_json *json, const char *path)
{
    fl_str rest = fl_str_of(path), name;

    if (json == NULL)
        return NULL;
    fl_value v = json->value;
    while (fl_str_cut(&rest, '.', &name))
        if (!step(v, name, &v))
            return NULL;
    return fl_json_of_(v);
}

static const char *reason(int code)
{
    switch (code) {
    case -EDOM: return "NaN and infinities have no JSON form";
    case -EILSEQ: return "a text is not valid UTF-8";
    case -ELOOP: return "it is nested deeper than 512 levels, or holds itself";
    case -EINVAL: return "bytes and objects have no JSON form";
    default: return fl_code_text(code);
    }
}

const char *fl_json_dump_as_(const fl_json *json, const fl_json_style *style)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    int code = fl_json_write(json == NULL ? FL_NONE_VALUE : json->value, style, &out);
    if (code == -ENOMEM)
        fl_raise(FL_MEMORY_LIMIT, "not enough memory to write the document as JSON");
    if (code != 0)
        fl_raise(FL_VALUE_ERROR, "the document cannot be written as JSON: %s", reason(code));
    return fl_buf_c(&out);
}

const char *fl_json_dump(const fl_json *json) { return fl_json_dump_as_(json, NULL); }
