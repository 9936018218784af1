/* The fields of a record: boxed pairs as members of a JSON object.
 *
 * Numbers and text are written here, without memory, so that any bytes are fine in them. Other kinds are JSON's business: that
 * may take memory, call the application's functions and raise, so it happens in an arena of its own, and its errors end here. */
#include <errno.h>
#include <fleche/context.h>
#include <fleche/json.h>
#include <math.h>
#include "log/log.h"

enum { AT_END = 48, SCRATCH = 4 * FL_LOG_LINE };     /* AT_END: room for `, "fields_left_out": N` */

/* Text between quotes. The result is how many of its bytes found no room. */
static size_t put_text(fl_buf *out, fl_str text)
{
    size_t room = out->capacity - out->size, left = text.size;

    fl_buf_add_char(out, '"');
    if (room > FL_LOG_MORE + 2)
        left = fl_log_put_(out, text, FL_LOG_AS_TEXT, room - FL_LOG_MORE - 2);
    fl_log_put_more_(out, left);
    fl_buf_add_char(out, '"');
    return left;
}

typedef struct job { const fl_value *value; fl_buf *out; fl_arena *arena; size_t left; int code; } job;

static void print_value(void *data)
{
    job *j = data;

    j->arena = fl_arena_new("log", SCRATCH);
    fl_context_here()->arena = j->arena;
    j->code = fl_json_write(*j->value, &(const fl_json_style){ .utf8 = true }, j->out);
    if (j->code == 0 || j->code == -ENOBUFS)
        return;
    fl_buf text = fl_buf_in(j->arena, FL_LOG_LINE);  /* what JSON cannot say */
    fl_value_repr(*j->value, &text);
    j->out->size = 0;
    j->left = put_text(j->out, fl_buf_str(&text));
    j->code = j->out->error;
}

static size_t put_other(fl_buf *out, const fl_value *value)
{
    fl_context *here = fl_context_here();
    fl_arena *before = here->arena;
    fl_buf part = fl_log_over_(out->data + out->size, out->capacity - out->size);
    job j = { .value = value, .out = &part };
    fl_error *error = fl_protect(print_value, &j);

    here->arena = before;
    fl_arena_free(j.arena);
    if (error != NULL)
        return put_text(out, fl_lit("(it raised an error)"));
    out->error = j.code;
    if (j.code == 0)
        out->size += part.size;
    return j.left;
}

/* The result is how many bytes of a text found no room. */
static size_t put_value(fl_buf *out, const fl_value *value)
{
    switch (value->kind) {
    case FL_NONE: fl_buf_add(out, fl_lit("null")); break;
    case FL_V_BOOL: fl_buf_add(out, value->b ? fl_lit("true") : fl_lit("false")); break;
    case FL_V_INT: fl_buf_add_int(out, value->i); break;
    case FL_V_UINT: fl_buf_add_uint(out, value->u); break;
    case FL_V_FLOAT:
        if (isfinite(value->f))
            fl_buf_add_double(out, value->f);
        else
            return put_text(out, isnan(value->f) ? fl_lit("nan") : value->f > 0 ? fl_lit("inf") : fl_lit("-inf"));
        break;
    case FL_V_TEXT: return put_text(out, value->text);
    default: return put_other(out, value);
    }
    return 0;
}

static bool is_taken(fl_str name)
{
    static const char *const names[] = { "time", "level", "logger",    "message", "file",           "line",
                                         "pid",  "fiber", "held_back", "fields",  "fields_left_out" };

    for (size_t i = 0; i < FL_LENGTH(names); i++)
        if (fl_str_equal(name, fl_str_of(names[i])))
            return true;
    return false;
}

fl_str fl_log_fields_(const fl_value *pairs, size_t n, char *room, size_t size, size_t *ret_left)
{
    fl_buf out = fl_log_over_(room, size - AT_END);
    size_t left_out = 0, cut = 0;

    for (size_t i = 0; i < n; i++) {
        const fl_value *name = &pairs[2 * i], *value = &pairs[2 * i + 1];
        size_t before = out.size;
        fl_str text = name->kind == FL_V_TEXT ? name->text : fl_lit("?");
        fl_buf_add(&out, before == 0 ? fl_lit("\"") : fl_lit(", \""));
        size_t more = fl_log_put_(&out, text, FL_LOG_AS_TEXT, FL_LOG_NAME);
        fl_buf_add(&out, is_taken(text) ? fl_lit("_\": ") : fl_lit("\": "));
        cut += put_value(&out, value);
        if (!fl_buf_failed(&out) && more == 0)
            continue;
        out = fl_log_over_(room, size - AT_END);
        out.size = before;
        left_out++;
    }
    out.limit = out.capacity = size;
    if (left_out > 0)
        fl_buf_format(&out, "%s\"fields_left_out\": %zu", out.size == 0 ? "" : ", ", left_out);
    *ret_left = left_out + cut;
    return fl_buf_str(&out);
}
