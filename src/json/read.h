/* The reader's parts: read.c (structure), read_scalar.c (strings and numbers), read_error.c (what and where). */
#pragma once
#include <fleche/arena.h>
#include <fleche/json.h>

enum { FL_JSON_PADDING = 16 };                       /* zero bytes behind the text, so that words can be loaded at its end */

typedef struct fl_json_reader {
    char *at, *text, *end;                           /* a copy of the text in the arena, which becomes the strings in place */
    fl_str source;
    fl_json_limits limits;
    fl_arena *arena;                                 /* what the document lives in */
    fl_arena *scratch;
    fl_value *values;                                /* a stack: open containers, each followed by its keys and values so far */
    size_t count, capacity;
    size_t depth, made;                              /* containers open; values so far */
    size_t open;                                     /* place behind the innermost open container on the stack; 0: none */
    fl_json_error *error;
} fl_json_reader;

/* fl_json_fail notes what is wrong at `at` and returns `code`; fl_json_expected says what stands there instead: -EINVAL. */
int fl_json_fail(fl_json_reader *r, int code, const char *at, const char *format, ...) FL_PRINTF(4, 5);
int fl_json_expected(fl_json_reader *r, const char *what);

/* Both read at r->at and step behind; 0 or what fl_json_fail returned. A string is unescaped and NUL-terminated in its place. */
int fl_json_read_string(fl_json_reader *r, fl_str *ret);
int fl_json_read_number(fl_json_reader *r, fl_value *ret);
