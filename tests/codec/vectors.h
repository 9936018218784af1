/* Vectors that Python made: tests/data/<name>.tsv, one a line, fields apart by tabs, bytes outside of printable ASCII and the
 * backslash as \xNN. Lines that begin with # are skipped. */
#pragma once
#include "../helpers.h"

enum { MOST_FIELDS = 12 };
typedef struct vector { size_t line, count; fl_str fields[MOST_FIELDS]; } vector;

static inline fl_str vectors_file(const char *name)
{
    static char text[1 << 20];

    size_t size = fread(text, 1, sizeof text, opened(fl_text("data/%s.tsv", name)));
    fl_expect(size > 0 && size < sizeof text);
    return fl_str_n(text, size);
}

static inline fl_str vector_field(fl_str part)
{
    char *text = fl_alloc(part.size + 1);
    size_t size = 0;

    for (size_t i = 0; i < part.size; i++, size++) {
        unsigned byte = (uint8_t)part.data[i];
        if (byte == '\\') {
            fl_expect(i + 3 < part.size && sscanf(part.data + i, "\\x%2x", &byte) == 1);
            i += 3;
        }
        text[size] = (char)byte;
    }
    return fl_str_n(text, size);
}

static inline void each_vector(const char *name, void (*run)(const vector *v))
{
    size_t line = 0;

    for (fl_str text, rest = vectors_file(name); fl_str_cut(&rest, '\n', &text);) {
        vector v = { .line = ++line };
        if (text.size == 0 || text.data[0] == '#')
            continue;
        for (fl_str part; v.count < MOST_FIELDS && fl_str_cut(&text, '\t', &part);)
            v.fields[v.count++] = vector_field(part);
        fl_label("%s.tsv:%zu", name, line);
        run(&v);
    }
}

static inline bool vector_is(const vector *v, const char *kind) { return fl_str_equal(v->fields[0], fl_str_of(kind)); }
static inline long long vector_int(const vector *v, size_t field)
{
    long long value = 0;
    fl_expect(fl_str_int(v->fields[field], &value));
    return value;
}
