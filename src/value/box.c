/* Boxing: one function a C type, which fl_box() picks. None in, none out. */
#include <fleche/arena.h>
#include <fleche/error.h>
#include <fleche/value.h>
#include "value/readable.h"

#ifndef FL_CHECK_OBJECTS
#ifdef NDEBUG
#define FL_CHECK_OBJECTS 0
#else
#define FL_CHECK_OBJECTS 1
#endif
#endif

fl_value fl_box_bool(bool v) { return (fl_value){ .kind = FL_V_BOOL, .b = v }; }
fl_value fl_box_int(fl_int v) { return (fl_value){ .kind = FL_V_INT, .i = v }; }
fl_value fl_box_float(double v) { return (fl_value){ .kind = FL_V_FLOAT, .f = v }; }
fl_value fl_box_single(float v) { return fl_box_float((double)v); }
fl_value fl_box_bytes(fl_bytes v) { return (fl_value){ .kind = FL_V_BYTES, .bytes = v }; }
fl_value fl_box_duration(fl_duration v) { return (fl_value){ .kind = FL_V_DURATION, .duration = v }; }
fl_value fl_box_value(fl_value v) { return v; }

fl_value fl_box_uint(uint64_t v) { return v <= INT64_MAX ? fl_box_int((fl_int)v) : (fl_value){ .kind = FL_V_UINT, .u = v }; }

fl_value fl_box_text(const char *v) { return v == NULL ? FL_NONE_VALUE : (fl_value){ .kind = FL_V_TEXT, .text = fl_str_of(v) }; }
fl_value fl_box_str(fl_str v) { return (fl_value){ .kind = FL_V_TEXT, .text = fl_str_copy(v) }; }

fl_value fl_box_datetime(fl_datetime v) { return v.us == 0 ? FL_NONE_VALUE : (fl_value){ .kind = FL_V_DATETIME, .datetime = v }; }

fl_value fl_box_date(fl_date v) { return v.day == 0 ? FL_NONE_VALUE : (fl_value){ .kind = FL_V_DATE, .date = v }; }
fl_value fl_box_time(fl_time v) { return v.us_plus_one == 0 ? FL_NONE_VALUE : (fl_value){ .kind = FL_V_TIME, .time = v }; }
fl_value fl_box_uuid(fl_uuid v) { return fl_is_none_uuid(v) ? FL_NONE_VALUE : (fl_value){ .kind = FL_V_UUID, .uuid = v }; }

fl_value fl_box_decimal(fl_decimal v)
{
    if (fl_decimal_is_none(v))
        return FL_NONE_VALUE;
    return (fl_value){ .kind = FL_V_DECIMAL, .decimal = fl_arena_copy(fl_arena_here(), &v, sizeof v) };
}

fl_value fl_box_maybe_int(fl_maybe_int v) { return v.set ? fl_box_int(v.value) : FL_NONE_VALUE; }
fl_value fl_box_maybe_float(fl_maybe_float v) { return v.set ? fl_box_float(v.value) : FL_NONE_VALUE; }
fl_value fl_box_maybe_bool(fl_maybe_bool v) { return v.set ? fl_box_bool(v.value) : FL_NONE_VALUE; }
fl_value fl_box_maybe_duration(fl_maybe_duration v) { return v.set ? fl_box_duration(v.value) : FL_NONE_VALUE; }

fl_value fl_box_list(const fl_list *v)
{
    return v == NULL ? FL_NONE_VALUE : (fl_value){ .kind = FL_V_LIST, .list = (fl_list *)v };
}
fl_value fl_box_dict(const fl_dict *v)
{
    return v == NULL ? FL_NONE_VALUE : (fl_value){ .kind = FL_V_DICT, .dict = (fl_dict *)v };
}

/* A document begins with its value (json.h, a floor above). */
fl_value fl_box_json(const fl_json *v) { return v == NULL ? FL_NONE_VALUE : *(const fl_value *)v; }

/* In debug builds a pointer is looked at before it is followed, so that a stranger's is an error whatever it points to. */
static bool is_object(const fl_tag *tag)
{
    if (FL_CHECK_OBJECTS && !fl_tag_is_readable(tag))
        return false;
    return tag->magic == FL_OBJECT_MAGIC && tag->type != NULL;
}

fl_value fl_box_object(const void *v)
{
    const fl_tag *tag = v;

    if (tag == NULL)
        return FL_NONE_VALUE;
    if (FL_UNLIKELY(!is_object(tag))) {
        fl_error *e = fl_error_new(FL_TYPE_ERROR, "a pointer that is neither text, a list, a dict nor a tagged object was boxed");
        e->hint = "box the value it points to, or begin its struct with an fl_tag (see fleche/object.h)";
        fl_reraise(e);
    }
    return (fl_value){ .kind = FL_V_OBJECT, .object = (fl_tag *)tag };
}
