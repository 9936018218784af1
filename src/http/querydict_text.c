/* QueryDicts in their text form, "a=1&a=2&b=x", and as objects that templates walk. */
#include <errno.h>
#include <fleche/codec.h>
#include <fleche/error.h>
#include <fleche/unicode.h>
#include <fleche/http.h>
#include "http/querydict.h"

static const fl_querydict_limits usual_limits = { .fields = 1000 };

/* -- reading ----------------------------------------------------------------------------------------------------------------- */

enum { PLAIN, ESCAPE, SPACE, EQUALS, AND };
static const uint8_t classes[256] = { ['%'] = ESCAPE, ['+'] = SPACE, ['='] = EQUALS, ['&'] = AND };

/* What is read is decoded into one block for all: nothing gets longer, and the NUL behind each text takes the separator's place. */
typedef struct reader {
    const char *at, *end;
    char *to;
} reader;

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Reads up to an "&" or what `stop` says, or to the end; stands there. Bytes that came escaped may be no UTF-8. */
static fl_str read_text(reader *r, uint8_t stop)
{
    const char *at = r->at, *end = r->end;
    char *start = r->to, *to = start;
    int high, low, seen = 0;

    for (; at < end; at++) {
        uint8_t class = classes[(uint8_t)*at];
        if (FL_LIKELY(class == PLAIN)) {
            *to++ = *at;
        } else if (class == AND || class == stop) {
            break;
        } else if (class == ESCAPE && end - at > 2 && (high = digit_of(at[1])) >= 0 && (low = digit_of(at[2])) >= 0) {
            *to++ = (char)(high << 4 | low);
            seen |= high;
            at += 2;
        } else {
            *to++ = class == SPACE ? ' ' : *at;
        }
    }
    *to = '\0';
    r->at = at;
    r->to = to + 1;
    fl_str text = { start, (size_t)(to - start) };
    return (seen & 8) == 0 ? text : fl_utf8_repair(text);
}

static void read_pair(reader *r, fl_querydict *q)
{
    fl_str name = read_text(r, EQUALS), value = fl_lit("");

    if (r->at < r->end && *r->at == '=') {
        r->at++;
        value = read_text(r, AND);
    }
    fl_querydict_put(q, name, value);
}

/* Parts are counted as Django does, the empty ones too; never further than to the limit. */
static bool has_more_than(fl_str text, size_t limit)
{
    const char *at = text.data, *end = text.data + text.size;
    size_t parts = text.size > 0;

    for (; parts <= limit && text.size > 0 && (at = memchr(at, '&', (size_t)(end - at))) != NULL; at++)
        parts++;
    return parts > limit;
}

/* A text with bytes that are no UTF-8, sent without escaping them, is taken as Latin-1, as Django does. */
static fl_str from_latin1(fl_str text)
{
    char *copy = fl_arena_alloc_text(fl_arena_here(), 2 * text.size + 1);
    size_t size = 0;

    for (size_t i = 0; i < text.size; i++)
        size += fl_utf8_put((uint8_t)text.data[i], copy + size);
    return fl_str_n(copy, size);
}

int fl_querydict_try_parse(fl_str text, const fl_querydict_limits *limits, fl_querydict **ret)
{
    size_t limit = limits == NULL ? usual_limits.fields : limits->fields;

    if (limit != 0 && has_more_than(text, limit))
        return -E2BIG;
    fl_querydict *q = fl_querydict_new();
    if (!fl_utf8_valid(text))
        text = from_latin1(text);
    reader r = { text.data, text.data + text.size, fl_arena_alloc_text(q->arena, text.size + 1) };
    while (r.at < r.end)
        if (*r.at == '&')
            r.at++;
        else
            read_pair(&r, q);
    *ret = q;
    return 0;
}

fl_querydict *fl_querydict_parse(fl_str text, const fl_querydict_limits *limits)
{
    fl_querydict *q;

    if (fl_querydict_try_parse(text, limits, &q) == 0)
        return q;
    fl_error *error = fl_error_new(FL_TOO_MANY_FIELDS, "more than %zu fields were sent",
                                   limits == NULL ? usual_limits.fields : limits->fields);
    error->hint = "raise data_upload_max_number_fields if that many are meant";
    fl_reraise(error);
}

/* -- writing ----------------------------------------------------------------------------------------------------------------- */

static void encode_pair(fl_str name, fl_str value, const char *safe, fl_buf *out)
{
    if (*safe == '\0') {
        fl_form_encode(name, value, out);
        return;
    }
    if (out->size > 0)
        fl_buf_add_char(out, '&');
    fl_percent_encode(name, safe, out);
    fl_buf_add_char(out, '=');
    fl_percent_encode(value, safe, out);
}

char *fl_querydict_encode(const fl_querydict *q, const char *safe)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    const fl_list *values;
    size_t cursor = 0;

    for (fl_str name; fl_querydict_next(q, &cursor, &name, &values);)
        for (size_t i = 0; i < values->count; i++)
            encode_pair(name, values->items[i].text, safe == NULL ? "" : safe, &out);
    return fl_buf_c(&out);
}

/* -- as an object ------------------------------------------------------------------------------------------------------------ */

static fl_value text_value(fl_str text) { return (fl_value){ .kind = FL_V_TEXT, .text = text }; }
static fl_value last_of(const fl_list *values) { return values->count == 0 ? fl_box_list(values) : fl_list_at(values, -1); }

fl_dict *fl_querydict_dict(const fl_querydict *q)
{
    fl_dict *dict = fl_dict_new();
    const fl_list *values;
    size_t cursor = 0;

    for (fl_str name; fl_querydict_next(q, &cursor, &name, &values);)
        fl_dict_put(dict, name, last_of(values));
    return dict;
}

static fl_value pair(fl_value name, fl_value value)
{
    fl_list *both = fl_list_of(name, value);

    both->tuple = true;
    return fl_box(both);
}

static fl_value names_of(const fl_querydict *q)
{
    fl_list *list = fl_list_new();
    size_t cursor = 0;

    for (fl_str name; fl_querydict_next(q, &cursor, &name, NULL);)
        fl_list_push(list, text_value(name));
    return fl_box(list);
}

static fl_value values_of(const fl_querydict *q)
{
    fl_list *list = fl_list_new();
    const fl_list *values;

    for (size_t cursor = 0; fl_querydict_next(q, &cursor, NULL, &values);)
        fl_list_push(list, last_of(values));
    return fl_box(list);
}

static fl_value items_of(const fl_querydict *q)
{
    fl_list *list = fl_list_new();
    const fl_list *values;
    size_t cursor = 0;

    for (fl_str name; fl_querydict_next(q, &cursor, &name, &values);)
        fl_list_push(list, pair(text_value(name), last_of(values)));
    return fl_box(list);
}

static fl_value lists_of(const fl_querydict *q)
{
    fl_list *list = fl_list_new();
    const fl_list *values;
    size_t cursor = 0;

    for (fl_str name; fl_querydict_next(q, &cursor, &name, &values);)
        fl_list_push(list, pair(text_value(name), fl_box_list(values)));
    return fl_box(list);
}

static fl_value dict_of(const fl_querydict *q) { return fl_box(fl_querydict_dict(q)); }
static fl_value encoded(const fl_querydict *q) { return fl_box(fl_querydict_encode(q, "")); }

/* A name's last value; then what templates call on Django's. */
static bool get_item(const void *object, fl_str name, fl_value *ret)
{
    static const struct {
        fl_str name;
        fl_value (*run)(const fl_querydict *q);
    } methods[] = {
        { FL_LIT("urlencode"), encoded }, { FL_LIT("items"), items_of },   { FL_LIT("lists"), lists_of },
        { FL_LIT("keys"), names_of },     { FL_LIT("values"), values_of }, { FL_LIT("dict"), dict_of },
    };
    const fl_querydict *q = object;
    const fl_querydict_entry *entry = fl_querydict_find(q, name);

    if (entry != NULL) {
        *ret = last_of(&entry->values);
        return true;
    }
    for (size_t i = 0; i < FL_LENGTH(methods); i++)
        if (fl_str_equal(name, methods[i].name)) {
            *ret = methods[i].run(q);
            return true;
        }
    return false;
}

static bool next_name(const void *object, size_t *cursor, fl_value *ret)
{
    fl_str name;

    if (!fl_querydict_next(object, cursor, &name, NULL))
        return false;
    *ret = text_value(name);
    return true;
}

static long long length(const void *object) { return (long long)fl_querydict_count(object); }

/* As Django shows it: <QueryDict: {'a': ['1', '2']}>. */
static void print(const void *object, struct fl_buf *out)
{
    const char *between = "";
    const fl_list *values;
    size_t cursor = 0;

    fl_buf_add_c(out, "<QueryDict: {");
    for (fl_str name; fl_querydict_next(object, &cursor, &name, &values); between = ", ") {
        fl_buf_add_c(out, between);
        fl_value_repr(text_value(name), out);
        fl_buf_add_c(out, ": ");
        fl_value_repr(fl_box_list(values), out);
    }
    fl_buf_add_c(out, "}>");
}

const fl_type fl_querydict_type = { .name = "QueryDict", .get = get_item, .next = next_name, .length = length, .print = print };
