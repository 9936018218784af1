/* Values as text: Python's str() and repr(). A list or dict inside itself prints as [...] or {...}, what lies deeper than 512
 * levels as "...". */
#include <fleche/arena.h>
#include "value/inside.h"

/* The lists and dicts around what is printed now, innermost first. */
typedef struct around { const void *container; const struct around *outer; int depth; } around;

static void repr(fl_value v, fl_buf *out, const around *outer);

static bool is_around(const void *container, const around *outer)
{
    for (; outer != NULL; outer = outer->outer)
        if (outer->container == container)
            return true;
    return false;
}

static void repr_list(const fl_list *list, fl_buf *out, const around *outer)
{
    const around here = { list, outer, outer == NULL ? 1 : outer->depth + 1 };

    fl_buf_add_char(out, list->tuple ? '(' : '[');
    if (is_around(list, outer) || here.depth > FL_VALUE_DEPTH) {
        fl_buf_add(out, fl_lit("..."));
    } else {
        for (size_t i = 0; i < list->count && !fl_buf_failed(out); i++) {
            if (i > 0)
                fl_buf_add(out, fl_lit(", "));
            repr(list->items[i], out, &here);
        }
        if (list->tuple && list->count == 1)
            fl_buf_add_char(out, ',');
    }
    fl_buf_add_char(out, list->tuple ? ')' : ']');
}

static void repr_dict(const fl_dict *dict, fl_buf *out, const around *outer)
{
    const around here = { dict, outer, outer == NULL ? 1 : outer->depth + 1 };
    size_t cursor = 0;
    fl_value key, value;

    fl_buf_add_char(out, '{');
    if (is_around(dict, outer) || here.depth > FL_VALUE_DEPTH) {
        fl_buf_add(out, fl_lit("..."));
    } else {
        for (bool first = true; fl_dict_next(dict, &cursor, &key, &value) && !fl_buf_failed(out); first = false) {
            if (!first)
                fl_buf_add(out, fl_lit(", "));
            repr(key, out, NULL);
            fl_buf_add(out, fl_lit(": "));
            repr(value, out, &here);
        }
    }
    fl_buf_add_char(out, '}');
}

/* -- dates and times as the calls that make them ------------------------------------------------------------------------------ */

static void repr_datetime(fl_datetime t, fl_buf *out)
{
    fl_civil c = fl_civil_of(t, FL_UTC);

    fl_buf_format(out, "datetime.datetime(%d, %d, %d, %d, %d", c.year, c.month, c.day, c.hour, c.minute);
    if (c.second != 0 || c.microsecond != 0)
        fl_buf_format(out, ", %d", c.second);
    if (c.microsecond != 0)
        fl_buf_format(out, ", %d", c.microsecond);
    fl_buf_add(out, fl_lit(", tzinfo=datetime.timezone.utc)"));
}

static void repr_date(fl_date d, fl_buf *out)
{
    fl_civil c = fl_civil_of_date(d);
    fl_buf_format(out, "datetime.date(%d, %d, %d)", c.year, c.month, c.day);
}

static void repr_time(fl_time t, fl_buf *out)
{
    int64_t us = t.us_plus_one - 1, seconds = us / 1000000;

    fl_buf_format(out, "datetime.time(%d, %d", (int)(seconds / 3600), (int)(seconds / 60 % 60));
    if (us % 60000000 != 0)
        fl_buf_format(out, ", %d", (int)(seconds % 60));
    if (us % 1000000 != 0)
        fl_buf_format(out, ", %d", (int)(us % 1000000));
    fl_buf_add_char(out, ')');
}

/* Days may be negative; seconds and microseconds never are. */
static void repr_duration(fl_duration d, fl_buf *out)
{
    const int64_t day = INT64_C(86400000000);
    int64_t us = d.us % day, days = d.us / day;
    const char *before = "";

    if (us < 0) {
        us += day;
        days--;
    }
    const struct {
        const char *name;
        int64_t value;
    } parts[] = { { "days", days }, { "seconds", us / 1000000 }, { "microseconds", us % 1000000 } };
    fl_buf_add(out, fl_lit("datetime.timedelta("));
    for (size_t i = 0; i < FL_LENGTH(parts); i++) {
        if (parts[i].value == 0)
            continue;
        fl_buf_format(out, "%s%s=%lld", before, parts[i].name, (long long)parts[i].value);
        before = ", ";
    }
    fl_buf_add(out, d.us == 0 ? fl_lit("0)") : fl_lit(")"));
}

/* -- one value ------------------------------------------------------------------------------------------------------------------ */

static void add_uuid(fl_uuid id, fl_buf *out) { fl_buf_add_c(out, fl_uuid_text(id)); }

static void print_object(const fl_tag *object, fl_buf *out, bool as_repr)
{
    if (as_repr && object->type->repr != NULL)
        object->type->repr(object, out);
    else if (object->type->print != NULL)
        object->type->print(object, out);
    else
        fl_buf_format(out, "<%s object>", object->type->name);
}

/* What str() and repr() have in common. */
static void print_common(fl_value v, fl_buf *out, const around *outer)
{
    switch (v.kind) {
    case FL_NONE: fl_buf_add(out, fl_lit("None")); break;
    case FL_V_BOOL: fl_buf_add(out, v.b ? fl_lit("True") : fl_lit("False")); break;
    case FL_V_INT: fl_buf_add_int(out, v.i); break;
    case FL_V_UINT: fl_buf_add_uint(out, v.u); break;
    case FL_V_BIG: fl_buf_add(out, v.text); break;
    case FL_V_FLOAT: fl_buf_add_double(out, v.f); break;
    case FL_V_BYTES: fl_repr_bytes(v.bytes, out); break;
    case FL_V_LIST: repr_list(v.list, out, outer); break;
    case FL_V_DICT: repr_dict(v.dict, out, outer); break;
    default: break;
    }
}

static void repr(fl_value v, fl_buf *out, const around *outer)
{
    switch (v.kind) {
    case FL_V_TEXT: fl_repr_text(v.text, out); break;
    case FL_V_DATETIME: repr_datetime(v.datetime, out); break;
    case FL_V_DATE: repr_date(v.date, out); break;
    case FL_V_TIME: repr_time(v.time, out); break;
    case FL_V_DURATION: repr_duration(v.duration, out); break;
    case FL_V_OBJECT: print_object(v.object, out, true); break;
    case FL_V_DECIMAL:
        fl_buf_add(out, fl_lit("Decimal('"));
        fl_decimal_print(*v.decimal, out);
        fl_buf_add(out, fl_lit("')"));
        break;
    case FL_V_UUID:
        fl_buf_add(out, fl_lit("UUID('"));
        add_uuid(v.uuid, out);
        fl_buf_add(out, fl_lit("')"));
        break;
    default: print_common(v, out, outer);
    }
}

void fl_value_repr(fl_value v, fl_buf *out) { repr(v, out, NULL); }

void fl_value_print(fl_value v, fl_buf *out)
{
    switch (v.kind) {
    case FL_V_TEXT: fl_buf_add(out, v.text); break;
    case FL_V_DATETIME: fl_datetime_print(v.datetime, FL_ISO_SPACE, FL_UTC, out); break;
    case FL_V_DATE: fl_buf_add_c(out, fl_date_text(v.date)); break;
    case FL_V_TIME: fl_buf_add_c(out, fl_time_text(v.time)); break;
    case FL_V_DURATION: fl_buf_add_c(out, fl_duration_text(v.duration)); break;
    case FL_V_DECIMAL: fl_decimal_print(*v.decimal, out); break;
    case FL_V_UUID: add_uuid(v.uuid, out); break;
    case FL_V_OBJECT: print_object(v.object, out, false); break;
    default: print_common(v, out, NULL);
    }
}

const char *fl_value_text(fl_value v)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    if (v.kind == FL_V_TEXT)
        return v.text.data == NULL ? "" : v.text.data;
    fl_value_print(v, &out);
    return fl_buf_c(&out);
}

const char *fl_value_shown(fl_value v)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 160), whole = fl_buf_in(out.arena, 128);

    fl_buf_add_c(&out, fl_kind_name(v.kind));
    if (v.kind == FL_NONE)
        return fl_buf_c(&out);
    fl_value_repr(v, &whole);
    fl_buf_add_char(&out, ' ');
    fl_buf_add(&out, fl_buf_str(&whole));
    if (fl_buf_failed(&whole))
        fl_buf_add(&out, fl_lit("…"));
    return fl_buf_c(&out);
}
