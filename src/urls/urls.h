/* Inside the URL tables. A root table is laid out flat: each way from the root to a view is a chain of parts, one a table it goes
 * through. Ways whose parts are plain paths share a trie (trie.c); the others are tried part by part (chain.c). Which of the ways that match
 * comes first in the tables is the answer. */
#pragma once
#include <fleche/env.h>
#include <fleche/regex.h>
#include <fleche/urls.h>
#include <fleche/vec.h>

enum { FL_URL_ARGUMENTS = 32 };                      /* of one way */

typedef struct fl_url_class {                        /* a converter that the trie knows by itself */
    const fl_converter *converter;
    size_t exactly;                                  /* so many characters; 0: as many as there are, at least one */
    bool takes[256];
} fl_url_class;

typedef struct fl_url_token {                        /* a piece of a path pattern: text as it is, or a parameter */
    fl_str text;                                     /* the literal, or the parameter's name */
    const fl_converter *converter;                   /* NULL: a literal */
    const fl_url_class *class;                       /* NULL: the trie does not know the converter */
} fl_url_token;

typedef struct fl_url_part {                         /* the pattern of one route */
    const fl_route *route;
    fl_url_token *tokens;                            /* of a path; of a regex: none */
    size_t token_count;
    fl_regex *regex;                                 /* of a regex, or of a path in a chain; else NULL */
    const char **group_names;                        /* by number from 1: NULL for unnamed ones */
    const fl_converter **group_converters;
    size_t group_count;
    fl_regex_how how;                                /* an expression that ends a way with "$" takes all, with no line end behind */
    bool named;                                      /* unnamed groups do not count */
} fl_url_part;

/* What a path of a way looks like, for reversing: texts, and names of parameters between them. Optional groups make several of one. */
typedef struct fl_url_piece { fl_str text; const char *parameter; const fl_converter *converter; } fl_url_piece;
typedef struct fl_url_shape { fl_url_piece *pieces; size_t count, parameters; } fl_url_shape;
enum { FL_URL_SHAPES = 16 };

typedef struct fl_url_way {
    fl_url_part *parts;
    size_t part_count, order;
    bool chained;                                    /* not in the trie */
    fl_str prefix;                                   /* what every path of it begins with */
    const fl_route *leaf;
    const char *parameters[FL_URL_ARGUMENTS];        /* of the trie, in order */
    size_t parameter_count;
    fl_match match;                                  /* as it is given out, without what is captured */
    size_t *extra_parts;                             /* of its arguments, the further ones: which part gives each */
    size_t space;                                    /* the innermost namespace around it; SIZE_MAX for none */
    const char *full_name;                           /* "ns:name"; NULL */
    fl_url_shape *shapes;                            /* of those with a name */
    size_t shape_count;
} fl_url_way;

typedef struct fl_url_node fl_url_node;
typedef struct fl_url_edge { const fl_url_class *class; fl_url_node *to; bool sure; } fl_url_edge;
struct fl_url_node {
    fl_str text;                                     /* stands before what the node is about */
    size_t way, least;                               /* the way that ends here; the first of all below: SIZE_MAX for none */
    uint8_t *firsts;                                 /* the first characters of `next` */
    fl_url_node **next;
    size_t next_count;
    fl_url_edge *edges;
    size_t edge_count;
};

typedef struct fl_url_name { fl_vec(size_t) ways; } fl_url_name;
typedef struct fl_url_space {                        /* a namespace, for reversing: its app, and the ways below it by their own name */
    const char *name, *app_name, *path;              /* path: with those around it, "a:b" */
} fl_url_space;

struct fl_url_table {
    const fl_url_table *older;
    const fl_urls *root;
    fl_url_way *ways;
    size_t way_count, *chained, chained_count;
    fl_url_node *trie;
    fl_map names;                                    /* full name to fl_url_name */
    fl_url_space *spaces;
    size_t space_count;
};

/* pattern.c */
void fl_url_part_read(fl_url_part *part, const fl_route *route, bool last, bool with_regex);
const fl_converter *fl_converter_named(fl_str name);
const fl_url_class *fl_url_class_of(const fl_converter *converter);

/* trie.c */
fl_url_node *fl_url_trie_build(const fl_url_table *table);
typedef struct fl_url_capture { fl_str items[FL_URL_ARGUMENTS]; } fl_url_capture;
/* The first way of the trie before `limit` that takes the path: SIZE_MAX if there is none. */
size_t fl_url_trie_find(const fl_url_table *table, fl_str path, size_t limit, fl_url_capture *ret);

/* chain.c: tries one way part by part, as Django does: no part takes back what it took. */
bool fl_url_chain_match(const fl_url_way *way, fl_str path, const fl_match **ret);

/* shape.c: the shapes of a way's paths. None where a regular expression cannot be turned round. */
void fl_url_shapes_make(fl_url_way *way);

/* match.c */
typedef struct fl_url_found { fl_match_argument argument; size_t part; } fl_url_found;     /* captured by which part */
const fl_match *fl_url_match_of(const fl_url_way *way, const fl_url_found *found, size_t n);
_Noreturn void fl_url_bad_pattern(const fl_route *route, const char *format, ...) FL_PRINTF(2, 3);
