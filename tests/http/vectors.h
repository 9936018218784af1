/* Vectors of tests/data/http_response.tsv, which tests/oracle/http_response.py makes with Django, and requests to go with them. */
#pragma once
#include <fleche/conditional.h>
#include "../codec/vectors.h"

/* Those of one kind. */
static inline void each_http_vector(const char *kind, void (*run)(const vector *v))
{
    size_t line = 0, found = 0;

    for (fl_str text, rest = vectors_file("http_response"); fl_str_cut(&rest, '\n', &text);) {
        vector v = { .line = ++line };
        fl_str wanted;
        if (!fl_str_after(text, fl_str_of(kind), &wanted) || wanted.size == 0 || wanted.data[0] != '\t')
            continue;
        for (fl_str part; v.count < MOST_FIELDS && fl_str_cut(&text, '\t', &part);)
            v.fields[v.count++] = vector_field(part);
        if (v.count < MOST_FIELDS && fl_str_ends(wanted, fl_lit("\t")))
            v.fields[v.count++] = fl_lit("");        /* an empty field at the end of the line */
        fl_label("http_response.tsv:%zu", line);
        run(&v);
        found++;
    }
    fl_expect(found > 0);
}

/* "-" is NULL. */
static inline const char *vector_text(const vector *v, size_t field)
{
    fl_expect(field < v->count);
    return fl_str_equal(v->fields[field], fl_lit("-")) ? NULL : fl_str_c(v->fields[field]);
}

static inline bool vector_bool(const vector *v, size_t field) { return vector_int(v, field) != 0; }

/* "a|b" as a list that ends with a NULL; "" is an empty one. */
static inline const char *const *vector_words(const vector *v, size_t field)
{
    const char **words = fl_new_array(const char *, v->fields[field].size + 2);
    fl_str rest = v->fields[field], word;

    for (size_t n = 0; fl_str_cut(&rest, '|', &word); n++)
        words[n] = fl_str_c(word);
    return words;
}

static inline fl_request *get_with(const char *header, const char *value)
{
    fl_request *request = fl_request_new("GET", "/");

    if (value != NULL)
        fl_headers_add(&request->headers, fl_str_of(header), fl_str_of(value));
    return request;
}

/* The clock of the vectors. */
static inline void freeze(void) { fl_clock_freeze(fl_datetime_of_unix(1700000000, 250000)); }
