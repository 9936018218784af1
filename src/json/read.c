/* Reading JSON. The structure is walked in a loop, not by recursion: fibers have small stacks, and texts may nest deeply.
 *
 * The text is copied once into the arena, and its strings are unescaped and ended there. Values gather on a stack; when a
 * container closes, what stands above it is moved into a list or dict of exactly that size, which takes its place. An open
 * container's own entry on the stack holds the place of the one around it. */
#include <errno.h>
#include <fleche/error.h>
#include <string.h>
#include "json/read.h"
#include "json/scan.h"

enum { DEFAULT_DEPTH = 512, DEFAULT_SIZE = 64 << 20, DEFAULT_VALUES = 8000000, FIRST_VALUES = 128 };
enum { DONE, MORE };                                 /* beside negative codes: the document is complete; another value comes */

static void skip_space(fl_json_reader *r)
{
    char *at = r->at;

    while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t') {
        at++;
        while (fl_json_word(at) == FL_JSON_ALL(' '))
            at += sizeof(uint64_t);
    }
    r->at = at;
}

/* -- the stack -------------------------------------------------------------------------------------------------------------- */

static FL_NOINLINE void grow(fl_json_reader *r)
{
    size_t capacity = r->capacity == 0 ? FIRST_VALUES : r->capacity * 2;

    r->values = fl_arena_resize(r->scratch, r->values, r->capacity * sizeof *r->values, capacity * sizeof *r->values);
    r->capacity = capacity;
}

static inline fl_value *push(fl_json_reader *r)
{
    if (FL_UNLIKELY(r->count == r->capacity))
        grow(r);
    return &r->values[r->count++];
}

static int open_container(fl_json_reader *r, fl_kind kind)
{
    if (r->depth == r->limits.depth)
        return fl_json_fail(r, -E2BIG, r->at, "nested deeper than %zu levels", r->limits.depth);
    *push(r) = (fl_value){ .kind = kind, .u = r->open };
    r->open = r->count;
    r->depth++;
    r->at++;
    return 0;
}

/* The container's place on the stack becomes its value. */
static void close_container(fl_json_reader *r, fl_value value)
{
    fl_value *place = &r->values[r->open - 1];

    r->count = r->open;
    r->open = place->u;
    r->depth--;
    r->at++;
    *place = value;
}

static void close_list(fl_json_reader *r)
{
    size_t count = r->count - r->open;
    fl_list *list = fl_arena_alloc(r->arena, sizeof *list);

    *list = (fl_list){ .count = count, .capacity = count, .arena = r->arena };
    if (count > 0)
        list->items = fl_arena_copy(r->arena, &r->values[r->open], count * sizeof *list->items);
    close_container(r, (fl_value){ .kind = FL_V_LIST, .list = list });
}

static int close_dict(fl_json_reader *r)
{
    fl_dict *dict = fl_arena_alloc(r->arena, sizeof *dict);

    dict->map = fl_map_of(fl_value);
    for (size_t i = r->open; i < r->count; i += 2) {
        const fl_value *key = &r->values[i];
        size_t before = dict->map.count;
        fl_value *place = fl_map_put(&dict->map, key->text);
        *place = r->values[i + 1];
        if (r->limits.refuse_duplicates && dict->map.count == before) {
            int shown = key->text.size > 64 ? 64 : (int)key->text.size;
            return fl_json_fail(r, -EINVAL, r->text + key->flags, "the key '%.*s' is there twice", shown, key->text.data);
        }
    }
    close_container(r, (fl_value){ .kind = FL_V_DICT, .dict = dict });
    return 0;
}

/* -- the structure ---------------------------------------------------------------------------------------------------------- */

/* A key with its colon. flags keep where it began. */
static int read_key(fl_json_reader *r)
{
    fl_value *key = push(r);
    uint32_t offset = (uint32_t)(r->at - r->text);

    if (*r->at != '"')
        return fl_json_expected(r, "a key in double quotes");
    *key = (fl_value){ .kind = FL_V_TEXT, .flags = offset };
    int code = fl_json_read_string(r, &key->text);
    if (code != 0)
        return code;
    if (*r->at != ':') {
        skip_space(r);
        if (*r->at != ':')
            return fl_json_expected(r, "':' behind a key");
    }
    r->at++;
    return MORE;
}

static int read_word(fl_json_reader *r, const char *word, fl_value value)
{
    for (; *word != '\0'; word++, r->at++)
        if (*r->at != *word)
            return fl_json_expected(r, "a value");
    *push(r) = value;
    return DONE;
}

/* A scalar, or the begin of a container: DONE if a value is complete, MORE if its first one comes now. */
static int read_value(fl_json_reader *r)
{
    int code;

    skip_space(r);
    if (r->made++ == r->limits.values)
        return fl_json_fail(r, -E2BIG, r->at, "more than %zu values", r->limits.values);
    switch (*r->at) {
    case '"': {
        fl_value *place = push(r);
        *place = (fl_value){ .kind = FL_V_TEXT };
        return fl_json_read_string(r, &place->text);
    }
    case '{':
        if ((code = open_container(r, FL_V_DICT)) != 0)
            return code;
        skip_space(r);
        return *r->at == '}' ? close_dict(r) : read_key(r);
    case '[':
        if ((code = open_container(r, FL_V_LIST)) != 0)
            return code;
        skip_space(r);
        if (*r->at != ']')
            return MORE;
        close_list(r);
        return DONE;
    case '-':
    case '0' ... '9': return fl_json_read_number(r, push(r));
    case 't': return read_word(r, "true", (fl_value){ .kind = FL_V_BOOL, .b = true });
    case 'f': return read_word(r, "false", (fl_value){ .kind = FL_V_BOOL, .b = false });
    case 'n': return read_word(r, "null", FL_NONE_VALUE);
    default: return fl_json_expected(r, "a value");
    }
}

/* What follows a complete value: ends of containers, until a comma says that there is more. */
static int read_behind(fl_json_reader *r)
{
    while (r->open != 0) {
        bool in_dict = r->values[r->open - 1].kind == FL_V_DICT;
        int code = DONE;
        skip_space(r);
        if (*r->at == ',') {
            r->at++;
            if (!in_dict)
                return MORE;
            skip_space(r);
            return read_key(r);
        }
        if (*r->at != (in_dict ? '}' : ']'))
            return fl_json_expected(r, in_dict ? "',' or '}' behind a value" : "',' or ']' behind a value");
        if (in_dict)
            code = close_dict(r);
        else
            close_list(r);
        if (code != DONE)
            return code;
    }
    return DONE;
}

static int read_document(fl_json_reader *r)
{
    int code = MORE;

    while (code == MORE) {
        code = read_value(r);
        if (code == DONE)
            code = read_behind(r);
    }
    if (code != DONE)
        return code;
    skip_space(r);
    return r->at == r->end ? DONE : fl_json_expected(r, "the end of the text");
}

/* -- the outside ------------------------------------------------------------------------------------------------------------ */

typedef struct job { fl_json_reader reader; fl_json *json; int code; } job;

static void free_scratch(void *arena) { fl_arena_free(arena); }

static void read_protected(void *data)
{
    job *reading = data;
    fl_json_reader *r = &reading->reader;
    size_t size = r->source.size;

    if (size > r->limits.size || size > UINT32_MAX) {
        size_t most = size > r->limits.size ? r->limits.size : UINT32_MAX;
        reading->code = fl_json_fail(r, -E2BIG, r->text, "the text has %zu bytes, more than the %zu allowed", size, most);
        return;
    }
    r->text = r->at = fl_arena_alloc_text(r->arena, size + FL_JSON_PADDING);
    r->end = r->text + size;
    if (size > 0)
        memcpy(r->text, r->source.data, size);
    memset(r->end, 0, FL_JSON_PADDING);
    r->scratch = fl_arena_new_child(r->arena, "JSON");
    fl_defer(free_scratch, r->scratch);
    reading->code = read_document(r);
    if (reading->code != 0)
        return;
    reading->json = fl_arena_alloc(r->arena, sizeof *reading->json);
    reading->json->value = r->values[0];
}

int fl_json_try_parse(fl_str text, const fl_json_limits *limits, fl_json **ret, fl_json_error *reterr)
{
    job reading = { .reader = { .source = text, .arena = fl_arena_here(), .error = reterr } };
    fl_json_limits *chosen = &reading.reader.limits;

    if (limits != NULL)
        *chosen = *limits;
    if (chosen->depth == 0)
        chosen->depth = DEFAULT_DEPTH;
    if (chosen->size == 0)
        chosen->size = DEFAULT_SIZE;
    if (chosen->values == 0)
        chosen->values = DEFAULT_VALUES;
    fl_error *error = fl_protect(read_protected, &reading);
    if (error != NULL && !fl_error_is(error, FL_OUT_OF_MEMORY))
        fl_reraise(error);
    if (error != NULL) {
        if (reterr != NULL)
            *reterr = (fl_json_error){ .message = "not enough memory for the document", .line = 1, .column = 1 };
        return -ENOMEM;
    }
    if (reading.code == 0)
        *ret = reading.json;
    return reading.code;
}

fl_json *fl_json_parse(const char *text)
{
    fl_json_error why;
    fl_json *json;

    int code = fl_json_try_parse(fl_str_of(text), NULL, &json, &why);
    if (code == -ENOMEM)
        fl_raise(FL_MEMORY_LIMIT, "%s", why.message);
    if (code != 0)
        fl_raise(FL_BAD_JSON, "line %d, column %d: %s", why.line, why.column, why.message);
    return json;
}
