/* fl_value: one value of any kind. What templates, JSON, query parameters and expressions share.
 *
 *     fl_value v = fl_box(42);                        // every number, text, date, decimal, list and tagged object boxes itself
 *     fl_list *tags = fl_list_of("c", "web", 7);
 *     fl_dict *page = fl_dict_of("title", "Hello", "tags", tags);
 *     const char *text = fl_value_text(fl_dict_get(page, fl_lit("title")));
 *
 * Boxing picks a function by the C type (_Generic), so a wrong type is an error at its line. Mind two facts of C: `true` and
 * enumerators are int, so they box as integers; (bool) makes a truth value. A pointer to anything but text, a list, a dict or
 * a tagged object (object.h) raises FL_TYPE_ERROR with how to box it.
 *
 * Values are small, copied freely and own nothing: text, lists and dicts live in an arena. */
#pragma once
#include "macros.h"
#include "map.h"
#include "object.h"
#include "decimal.h"
#include "time.h"

typedef long long fl_int;                              /* %lld everywhere; int64_t is long here and long long there */
typedef fl_int fl_id;
typedef struct { uint8_t bytes[16]; } fl_uuid;
typedef struct fl_list fl_list;
typedef struct fl_dict fl_dict;
typedef struct fl_json fl_json;                        /* a JSON document: json.h */

/* Numbers that may be absent, where 0 is a value like any other. */
typedef struct { fl_int value; bool set; } fl_maybe_int;
typedef struct { double value; bool set; } fl_maybe_float;
typedef struct { bool value; bool set; } fl_maybe_bool;
typedef struct { fl_duration value; bool set; } fl_maybe_duration;
static inline fl_maybe_int fl_some_int(fl_int v) { return (fl_maybe_int){ v, true }; }
static inline fl_maybe_float fl_some_float(double v) { return (fl_maybe_float){ v, true }; }
static inline fl_maybe_bool fl_some_bool(bool v) { return (fl_maybe_bool){ v, true }; }
static inline fl_maybe_duration fl_some_duration(fl_duration v) { return (fl_maybe_duration){ v, true }; }

typedef enum fl_kind {
    FL_NONE, FL_V_BOOL, FL_V_INT, FL_V_UINT, FL_V_BIG, FL_V_FLOAT, FL_V_DECIMAL, FL_V_TEXT, FL_V_BYTES, FL_V_DATETIME, FL_V_DATE,
    FL_V_TIME, FL_V_DURATION, FL_V_UUID, FL_V_LIST, FL_V_DICT, FL_V_OBJECT,
} fl_kind;

enum { FL_VALUE_SAFE = 1 };                            /* flags: the text is HTML already and is not escaped again */

typedef struct fl_value {
    fl_kind kind;
    uint32_t flags;
    union {
        bool b;
        fl_int i;
        uint64_t u;                                    /* FL_V_UINT: only what does not fit an fl_int */
        double f;
        fl_str text;                                   /* FL_V_TEXT, and FL_V_BIG: an integer's digits; NUL-terminated behind */
        fl_bytes bytes;
        const fl_decimal *decimal;
        fl_datetime datetime;
        fl_date date;
        fl_time time;
        fl_duration duration;
        fl_uuid uuid;
        fl_list *list;
        fl_dict *dict;
        fl_tag *object;
    };
} fl_value;

#define FL_NONE_VALUE ((fl_value){ 0 })
#define FL_TRUE  ((bool)1)                             /* `true` boxes as the integer 1; these box as truth values */
#define FL_FALSE ((bool)0)

/* -- boxing ----------------------------------------------------------------------------------------------------------- */
fl_value fl_box_bool(bool v);
fl_value fl_box_int(fl_int v);
fl_value fl_box_uint(uint64_t v);
fl_value fl_box_float(double v);
fl_value fl_box_single(float v);                       /* so that a float is silent under -Wdouble-promotion */
fl_value fl_box_text(const char *v);                   /* NULL is none; the text is not copied */
fl_value fl_box_str(fl_str v);                         /* copied into the current arena, to be NUL-terminated */
fl_value fl_box_bytes(fl_bytes v);
fl_value fl_box_datetime(fl_datetime v);               /* the zero value of these is none */
fl_value fl_box_date(fl_date v);
fl_value fl_box_time(fl_time v);
fl_value fl_box_duration(fl_duration v);
fl_value fl_box_decimal(fl_decimal v);
fl_value fl_box_uuid(fl_uuid v);
fl_value fl_box_maybe_int(fl_maybe_int v);
fl_value fl_box_maybe_float(fl_maybe_float v);
fl_value fl_box_maybe_bool(fl_maybe_bool v);
fl_value fl_box_maybe_duration(fl_maybe_duration v);
fl_value fl_box_list(const fl_list *v);
fl_value fl_box_dict(const fl_dict *v);
fl_value fl_box_json(const fl_json *v);                /* what the document holds */
fl_value fl_box_value(fl_value v);
fl_value fl_box_object(const void *v);                 /* checks the tag: raises FL_TYPE_ERROR on a stranger; NULL is none */
#define fl_box(x) _Generic((x), \
    char *: fl_box_text, const char *: fl_box_text, fl_str: fl_box_str, bool: fl_box_bool, \
    char: fl_box_int, signed char: fl_box_int, unsigned char: fl_box_int, short: fl_box_int, unsigned short: fl_box_int, \
    int: fl_box_int, unsigned: fl_box_uint, long: fl_box_int, unsigned long: fl_box_uint, \
    long long: fl_box_int, unsigned long long: fl_box_uint, float: fl_box_single, double: fl_box_float, \
    fl_datetime: fl_box_datetime, fl_date: fl_box_date, fl_time: fl_box_time, fl_duration: fl_box_duration, \
    fl_decimal: fl_box_decimal, fl_uuid: fl_box_uuid, fl_bytes: fl_box_bytes, \
    fl_maybe_int: fl_box_maybe_int, fl_maybe_float: fl_box_maybe_float, fl_maybe_bool: fl_box_maybe_bool, \
    fl_maybe_duration: fl_box_maybe_duration, \
    fl_list *: fl_box_list, const fl_list *: fl_box_list, fl_dict *: fl_box_dict, const fl_dict *: fl_box_dict, \
    fl_json *: fl_box_json, const fl_json *: fl_box_json, fl_value: fl_box_value, default: fl_box_object)(x)

/* FL_VALUES(a, b, …): an array of boxed values and its count. FL_PAIRS: name, value, name, value …; an odd count does not compile. */
#define FL_BOX_ITEM(c, x) fl_box(x),
#define FL_VALUES(...) (const fl_value[]){ FL_BOXED(FL_BOX_ITEM, , __VA_ARGS__) { 0 } }, FL_COUNT(__VA_ARGS__)
#define FL_PAIRS(...) (const fl_value[]){ FL_BOXED(FL_BOX_ITEM, , __VA_ARGS__) { 0 } }, \
    FL_COUNT(__VA_ARGS__) / 2 + 0 * sizeof(struct { \
        _Static_assert(FL_COUNT(__VA_ARGS__) % 2 == 0, "give name, value pairs"); char c; })
/* Names of columns and SQL are literals: "" x compiles for nothing else, so no user's input becomes one. */
#define FL_LITERAL_ITEM(c, x) "" x,
#define FL_LITERALS(...) (const char *const[]){ FL_BOXED(FL_LITERAL_ITEM, , __VA_ARGS__) NULL }
#define FL_STRINGS(...) (const char *const[]){ __VA_ARGS__ __VA_OPT__(,) NULL }

fl_value fl_safe(fl_value text);                       /* marks text as HTML that needs no escaping */

/* -- looking at values ------------------------------------------------------------------------------------------------- */
const char *fl_kind_name(fl_kind kind);                /* "integer", "text", … */
static inline bool fl_value_is_none(fl_value v) { return v.kind == FL_NONE; }
bool fl_value_truth(fl_value v);                       /* Python's bool(): 0, "", empty lists and none are false */
const char *fl_value_text(fl_value v);                 /* Python's str(): none is "None", 1.0 is "1.0", True is "True" */
void fl_value_print(fl_value v, struct fl_buf *out);   /* the same, into a buffer */
void fl_value_repr(fl_value v, struct fl_buf *out);    /* Python's repr(): "it's quoted", [1, 'two'], {'a': None} */
/* Conversions: false, and *ret as it was, if the value is not such a number or text of one (white space around is fine). */
bool fl_value_to_int(fl_value v, fl_int *ret);         /* exact: 2.0 is 2, 2.5 is refused */
bool fl_value_to_double(fl_value v, double *ret);      /* the nearest double */
bool fl_value_to_decimal(fl_value v, fl_decimal *ret); /* exact; of a float, its shortest text */
fl_int fl_value_int(fl_value v);                       /* raises FL_TYPE_ERROR that shows the value */
double fl_value_float(fl_value v);

bool fl_value_equal(fl_value a, fl_value b);           /* Python's ==: 1 == 1.0 == True == Decimal(1); "1" != 1 */
/* fl_value_compare orders as Python's <: numbers among each other, text, bytes, dates, lists; false where Python raises TypeError,
 * and for a NaN, which has no order. Equality, order and copies raise FL_VALUE_ERROR beyond 512 levels of lists and dicts. */
bool fl_value_compare(fl_value a, fl_value b, int *ret);
uint64_t fl_value_hash(fl_value v);                    /* equal values, equal hashes; an object that compares must equal only its type */

bool fl_value_length(fl_value v, fl_int *ret);         /* characters of text, items of a list or dict; false if it has none */
bool fl_value_get(fl_value v, fl_str name, fl_value *ret);           /* attribute of an object, key of a dict */
bool fl_value_index(fl_value v, fl_int at, fl_value *ret);           /* item, -1 is the last; of a dict, at an integer key */
/* fl_value_next iterates: over items, keys of a dict, characters of text, numbers of bytes; *cursor starts at 0. */
bool fl_value_next(fl_value v, size_t *cursor, fl_value *ret);
bool fl_value_is_iterable(fl_value v);
bool fl_value_is_callable(fl_value v);
fl_value fl_value_call(fl_value v, const fl_value *arguments, size_t count);   /* raises FL_TYPE_ERROR if it cannot be called */
fl_value fl_value_copy(fl_arena *arena, fl_value v);   /* deep; an object is copied as its pointer */

/* -- lists ------------------------------------------------------------------------------------------------------------- */
struct fl_list { fl_value *items; size_t count, capacity; fl_arena *arena; bool tuple; };   /* tuple: prints as (1, 2) */
fl_list *fl_list_new(void);
fl_list *fl_list_of_(const fl_value *values, size_t n);
#define fl_list_of(...) fl_list_of_(FL_VALUES(__VA_ARGS__))
void fl_list_push_(fl_list *list, fl_value v);
#define fl_list_push(list, x) fl_list_push_(list, fl_box(x))
size_t fl_len(const fl_list *list);                    /* 0 for NULL */
fl_value fl_list_at(const fl_list *list, fl_int at);   /* -1 is the last; none beyond the ends */
void fl_list_sort(fl_list *list);                      /* stable; raises FL_TYPE_ERROR for what has no order, the list as it was */

/* -- dicts: ordered, from text (or integers) to values ------------------------------------------------------------------- */
struct fl_dict { fl_map map; };
fl_dict *fl_dict_new(void);
fl_dict *fl_dict_of_(const fl_value *pairs, size_t n);
#define fl_dict_of(...) fl_dict_of_(FL_PAIRS(__VA_ARGS__))
void fl_dict_put_(fl_dict *dict, fl_str key, fl_value v);
#define fl_dict_put(dict, key, x) fl_dict_put_(dict, key, fl_box(x))
fl_value fl_dict_get(const fl_dict *dict, fl_str key); /* none if it is not there */
bool fl_dict_find(const fl_dict *dict, fl_str key, fl_value *ret);
bool fl_dict_delete(fl_dict *dict, fl_str key);
size_t fl_dict_count(const fl_dict *dict);             /* 0 for NULL */
/* fl_dict_next steps in order: *cursor starts at 0; either result may be NULL. */
bool fl_dict_next(const fl_dict *dict, size_t *cursor, fl_value *ret_key, fl_value *ret_value);

/* -- uuids --------------------------------------------------------------------------------------------------------------- */
fl_uuid fl_uuid4(void);                                /* random */
fl_uuid fl_uuid7(void);                                /* by time: later ones sort later, within one process strictly */
FL_MUST_CHECK int fl_uuid_try_parse(fl_str text, fl_uuid *ret);   /* with or without hyphens, braces or urn:uuid: */
fl_uuid fl_uuid_parse(const char *text);               /* raises FL_VALUE_ERROR */
char *fl_uuid_text(fl_uuid id);                        /* lower case, with hyphens */
static inline bool fl_is_none_uuid(fl_uuid id) { return fl_str_equal((fl_str){ (char *)id.bytes, 16 }, (fl_str){ (char[16]){ 0 }, 16 }); }
fl_value fl_default_uuid4(void);                       /* for .default_call */
