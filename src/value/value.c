/* Values one at a time: their kinds, truth, and numbers out of them. */
#include <errno.h>
#include <fleche/error.h>
#include <math.h>
#include "value/inside.h"

const char *fl_kind_name(fl_kind kind)
{
    static const char *const names[] = {
        [FL_NONE] = "none",           [FL_V_BOOL] = "boolean",      [FL_V_INT] = "integer",     [FL_V_UINT] = "integer",
        [FL_V_BIG] = "integer",       [FL_V_FLOAT] = "float",       [FL_V_DECIMAL] = "decimal", [FL_V_TEXT] = "text",
        [FL_V_BYTES] = "bytes",       [FL_V_DATETIME] = "datetime", [FL_V_DATE] = "date",       [FL_V_TIME] = "time",
        [FL_V_DURATION] = "duration", [FL_V_UUID] = "uuid",         [FL_V_LIST] = "list",       [FL_V_DICT] = "dict",
        [FL_V_OBJECT] = "object",
    };

    return (size_t)kind < FL_LENGTH(names) ? names[kind] : "unknown";
}

fl_value fl_safe(fl_value text)
{
    text.flags |= FL_VALUE_SAFE;
    return text;
}

static bool object_truth(const fl_tag *object)
{
    if (object->type->truth != NULL)
        return object->type->truth(object);
    return object->type->length == NULL || object->type->length(object) != 0;
}

bool fl_value_truth(fl_value v)
{
    switch (v.kind) {
    case FL_NONE: return false;
    case FL_V_BOOL: return v.b;
    case FL_V_INT: return v.i != 0;
    case FL_V_UINT: return v.u != 0;
    case FL_V_BIG: return !fl_str_equal(v.text, fl_lit("0"));
    case FL_V_FLOAT: return v.f < 0 || v.f > 0 || isnan(v.f);
    case FL_V_DECIMAL: return !fl_decimal_is_zero(*v.decimal);
    case FL_V_TEXT: return v.text.size != 0;
    case FL_V_BYTES: return v.bytes.size != 0;
    case FL_V_DURATION: return v.duration.us != 0;
    case FL_V_LIST: return v.list->count != 0;
    case FL_V_DICT: return fl_dict_count(v.dict) != 0;
    case FL_V_OBJECT: return object_truth(v.object);
    case FL_V_DATETIME:
    case FL_V_DATE:
    case FL_V_TIME:
    case FL_V_UUID: return true;
    }
    return true;
}

/* -- numbers out of values ---------------------------------------------------------------------------------------------------- */

static bool whole_decimal(const fl_decimal *d, fl_int *ret)
{
    fl_int n;

    if (fl_decimal_try_int(*d, &n) != 0 || !fl_decimal_equal(fl_decimal_of_int(n), *d))
        return false;
    *ret = n;
    return true;
}

bool fl_value_to_int(fl_value v, fl_int *ret)
{
    switch (v.kind) {
    case FL_V_BOOL: *ret = v.b; return true;
    case FL_V_INT: *ret = v.i; return true;
    case FL_V_DECIMAL: return whole_decimal(v.decimal, ret);
    case FL_V_TEXT:
    case FL_V_BIG: return fl_str_int(fl_str_trim(v.text), ret);
    case FL_V_UINT:
        if (v.u > INT64_MAX)
            return false;
        *ret = (fl_int)v.u;
        return true;
    case FL_V_FLOAT:
        if (!(v.f >= -0x1p63 && v.f < 0x1p63) || v.f != trunc(v.f))
            return false;
        *ret = (fl_int)v.f;
        return true;
    default: return false;
    }
}

bool fl_value_to_double(fl_value v, double *ret)
{
    switch (v.kind) {
    case FL_V_BOOL: *ret = v.b; return true;
    case FL_V_INT: *ret = (double)v.i; return true;
    case FL_V_UINT: *ret = (double)v.u; return true;
    case FL_V_FLOAT: *ret = v.f; return true;
    case FL_V_DECIMAL: *ret = fl_decimal_double(*v.decimal); return true;
    case FL_V_TEXT:
    case FL_V_BIG: return fl_str_double(fl_str_trim(v.text), ret);
    default: return false;
    }
}

bool fl_value_to_decimal(fl_value v, fl_decimal *ret)
{
    switch (v.kind) {
    case FL_V_BOOL: *ret = fl_decimal_of_int(v.b); return true;
    case FL_V_INT: *ret = fl_decimal_of_int(v.i); return true;
    case FL_V_UINT: *ret = (fl_decimal){ (__int128)v.u, 0, FL_DECIMAL_NUMBER }; return true;
    case FL_V_FLOAT: *ret = fl_decimal_of_double(v.f); return true;
    case FL_V_DECIMAL: *ret = *v.decimal; return true;
    case FL_V_TEXT:
    case FL_V_BIG: return fl_decimal_try_parse(v.text, ret) == 0;
    default: return false;
    }
}

fl_int fl_value_int(fl_value v)
{
    fl_int n;

    if (!fl_value_to_int(v, &n))
        fl_raise(FL_TYPE_ERROR, "an integer is needed, not the %s", fl_value_shown(v));
    return n;
}

double fl_value_float(fl_value v)
{
    double f;

    if (!fl_value_to_double(v, &f))
        fl_raise(FL_TYPE_ERROR, "a number is needed, not the %s", fl_value_shown(v));
    return f;
}
