/* Writing JSON, as Python's json.dumps() lays it out. A loop with a stack of the open lists and dicts, since values may nest as
 * deep as 512 levels and fibers have small stacks. Works in a scope of its own: what dates and sorted keys need is given back at
 * the end. */
#include <errno.h>
#include <fleche/error.h>
#include <fleche/vec.h>
#include <stdlib.h>
#include <string.h>
#include "json/write.h"

enum { DEEPEST = 512 };

typedef struct pair { fl_value key, value; } pair;
typedef struct level {
    const fl_list *list;                             /* NULL: a dict */
    const fl_dict *dict;
    const pair *sorted;                              /* the dict's pairs in order, or NULL */
    size_t cursor;
    bool any;                                        /* something was written */
} level;
typedef struct writer {
    fl_value value;
    const fl_json_style *style;
    fl_buf *out;
    fl_str comma, colon;
    fl_vec(level) levels;
    int code;
} writer;

static int key_kind(fl_value key) { return key.kind == FL_V_TEXT; }

/* Integers first, by size; text by its bytes, which for UTF-8 is the order of code points. */
static int compare_pairs(const void *left, const void *right)
{
    fl_value a = ((const pair *)left)->key, b = ((const pair *)right)->key;

    if (key_kind(a) != key_kind(b))
        return key_kind(a) - key_kind(b);
    return a.kind == FL_V_TEXT ? fl_str_compare(a.text, b.text) : (a.i > b.i) - (a.i < b.i);
}

static const pair *sort_pairs(const fl_dict *dict)
{
    size_t count = fl_dict_count(dict), cursor = 0;
    pair *pairs = fl_new_array(pair, count);

    for (size_t i = 0; i < count && fl_dict_next(dict, &cursor, &pairs[i].key, &pairs[i].value); i++)
        continue;
    qsort(pairs, count, sizeof *pairs, compare_pairs);
    return pairs;
}

static void new_line(writer *w)
{
    size_t spaces = w->levels.count * (size_t)w->style->indent;

    if (w->style->indent <= 0 || !fl_buf_room(w->out, spaces + 1))
        return;
    w->out->data[w->out->size] = '\n';
    memset(w->out->data + w->out->size + 1, ' ', spaces);
    w->out->size += spaces + 1;
}

/* A scalar, or the begin of a list or dict. */
static int write_value(writer *w, fl_value v)
{
    if (v.kind != FL_V_LIST && v.kind != FL_V_DICT)
        return fl_json_write_scalar(v, w->style, w->out);
    if (w->levels.count == DEEPEST)
        return -ELOOP;
    level inner = { 0 };
    if (v.kind == FL_V_LIST) {
        inner.list = v.list;
    } else {
        inner.dict = v.dict;
        if (w->style->sort_keys)
            inner.sorted = sort_pairs(v.dict);
    }
    fl_buf_add_char(w->out, v.kind == FL_V_LIST ? '[' : '{');
    fl_vec_push(&w->levels, inner);
    return 0;
}

/* The next item of a list or pair of a dict; false at the end. */
static bool next(level *top, pair *ret)
{
    if (top->list != NULL) {
        if (top->cursor == top->list->count)
            return false;
        ret->value = top->list->items[top->cursor++];
        return true;
    }
    if (top->sorted == NULL)
        return fl_dict_next(top->dict, &top->cursor, &ret->key, &ret->value);
    if (top->cursor == fl_dict_count(top->dict))
        return false;
    *ret = top->sorted[top->cursor++];
    return true;
}

static int write_key(writer *w, fl_value key)
{
    int code = 0;

    if (key.kind == FL_V_TEXT) {
        code = fl_json_write_string(key.text, w->style, w->out);
    } else {
        fl_buf_add_char(w->out, '"');
        fl_buf_add_int(w->out, key.i);
        fl_buf_add_char(w->out, '"');
    }
    fl_buf_add(w->out, w->colon);
    return code;
}

static void close_level(writer *w)
{
    level closed = fl_vec_pop(&w->levels);

    if (closed.any)
        new_line(w);
    fl_buf_add_char(w->out, closed.list != NULL ? ']' : '}');
}

static int write_document(writer *w)
{
    int code = write_value(w, w->value);
    pair item = { 0 };

    while (code == 0 && w->levels.count > 0 && !fl_buf_failed(w->out)) {
        level *top = &w->levels.items[w->levels.count - 1];
        if (!next(top, &item)) {
            close_level(w);
            continue;
        }
        if (top->any)
            fl_buf_add(w->out, w->comma);
        top->any = true;
        new_line(w);
        if (top->list == NULL)
            code = write_key(w, item.key);
        if (code == 0)
            code = write_value(w, item.value);
    }
    return code != 0 ? code : w->out->error;
}

static void write_protected(void *data)
{
    writer *w = data;

    fl_scope {
        w->code = write_document(w);
    }
}

int fl_json_write(fl_value v, const fl_json_style *style, fl_buf *out)
{
    static const fl_json_style plain;
    writer w = { .value = v, .style = style == NULL ? &plain : style, .out = out };
    size_t before = out->size;

    w.comma = w.style->compact || w.style->indent > 0 ? fl_lit(",") : fl_lit(", ");
    w.colon = w.style->compact ? fl_lit(":") : fl_lit(": ");
    fl_error *error = fl_protect(write_protected, &w);
    if (error != NULL && !fl_error_is(error, FL_OUT_OF_MEMORY))
        fl_reraise(error);
    if (error != NULL)
        w.code = -ENOMEM;
    if (w.code != 0 && !fl_buf_failed(out))
        out->size = before;                          /* nothing is appended in part */
    return w.code;
}
