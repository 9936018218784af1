/* JSON: read strictly, written as Python's json module or Django write it.
 *
 *     fl_json *page = fl_json_object("title", "Hello", "tags", fl_json_list("c", "web"));
 *     const char *text = fl_json_dump(page);                              // {"title": "Hello", "tags": ["c", "web"]}
 *
 *     fl_json_error why;
 *     fl_json *json;
 *     if (fl_json_try_parse(body, NULL, &json, &why) != 0) …              // why.line, why.column, why.message
 *
 * Reading follows RFC 8259 to the letter: UTF-8 only, no NaN, comments or trailing commas, one value and nothing behind it, with
 * limits on depth, size and values. Integers beyond 64 bits keep their digits (FL_V_BIG); other numbers become doubles, and 1e400
 * is an error, not an infinity. Of equal keys the last wins, as in Python, unless the options refuse them. */
#pragma once
#include "value.h"

struct fl_buf;

/* A document: any value inside. A pointer to one boxes as what it holds. */
struct fl_json { fl_value value; };

/* -- reading ------------------------------------------------------------------------------------------------------------ */
typedef struct fl_json_limits {
    size_t depth;                                      /* 0: 512 */
    size_t size;                                       /* bytes of text; 0: 64 MiB; never more than 4 GiB */
    size_t values;                                     /* values in the document, keys not counted; 0: 8 million */
    bool refuse_duplicates;                            /* equal keys in one object are an error */
    bool decimals;                                     /* numbers with a point or exponent become decimals; doubles if too long */
} fl_json_limits;
typedef struct fl_json_error { const char *message; size_t offset; int line, column; } fl_json_error; /* from 1; column in bytes */

/* fl_json_try_parse reads one document into the current arena. 0, -EINVAL (not JSON), -E2BIG (a limit) or -ENOMEM; then *reterr
 * (may be NULL) says what and where. limits may be NULL. The text is not kept. */
FL_MUST_CHECK int fl_json_try_parse(fl_str text, const fl_json_limits *limits, fl_json **ret, fl_json_error *reterr);
fl_json *fl_json_parse(const char *text);              /* raises FL_BAD_JSON (a FL_BAD_REQUEST) with line and column */

/* -- building and looking ------------------------------------------------------------------------------------------------- */
fl_json *fl_json_of_(fl_value v);
#define fl_json_of(x) fl_json_of_(fl_box(x))
fl_json *fl_json_object_(const fl_value *pairs, size_t n);
fl_json *fl_json_list_(const fl_value *values, size_t n);
#define fl_json_object(...) fl_json_object_(FL_PAIRS(__VA_ARGS__))
#define fl_json_list(...) fl_json_list_(FL_VALUES(__VA_ARGS__))
void fl_json_put_(fl_json *object, const char *key, fl_value v);   /* raises FL_TYPE_ERROR if it is no object */
#define fl_json_put(object, key, x) fl_json_put_(object, key, fl_box(x))
const char *fl_json_text(const fl_json *object, const char *key);  /* the text at the key; NULL if absent, null or no text */
fl_int fl_json_int(const fl_json *object, const char *key);        /* 0 if absent; raises FL_BAD_REQUEST if it is no integer */
bool fl_json_bool(const fl_json *object, const char *key);         /* false if absent or not true */
fl_json *fl_json_at(const fl_json *json, const char *path);        /* "user.tags.0", -1 the last; NULL where there is nothing */

/* -- writing -------------------------------------------------------------------------------------------------------------- */
typedef struct fl_json_style {
    bool utf8;                                         /* characters as they are; else \uXXXX for all beyond ASCII, as Python */
    bool compact;                                      /* {"a":1} instead of {"a": 1} */
    bool sort_keys;                                    /* by code point; integer keys first */
    int indent;                                        /* spaces a level; 0: one line */
    bool html_safe;                                    /* < > & as \u003C …: for <script> */
} fl_json_style;

/* fl_json_write appends the value. 0; -EDOM for NaN and infinities, -EILSEQ for text that is no UTF-8, -ELOOP beyond 512 levels,
 * -EINVAL for bytes and objects, which have no JSON form, or the buffer's own error; then nothing is appended, unless the buffer
 * is full. Dates, decimals, durations and uuids are written as Django's JSON encoder writes them: text, datetimes with
 * milliseconds. style may be NULL. */
FL_MUST_CHECK int fl_json_write(fl_value v, const fl_json_style *style, struct fl_buf *out);
const char *fl_json_dump(const fl_json *json);         /* Python's json.dumps(): ASCII, ", " and ": "; raises FL_VALUE_ERROR */
const char *fl_json_dump_as_(const fl_json *json, const fl_json_style *style);
#define fl_json_dump_as(json, ...) fl_json_dump_as_(json, &(const fl_json_style){ __VA_ARGS__ })
