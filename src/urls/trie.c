/* The trie: all ways made of plain paths, merged where they begin alike.
 *
 * A node has a text, which must stand where the search is, and behind it further nodes by their first character, and edges that take a
 * parameter. The search goes everywhere a path can, but not below nodes whose ways all come later than one found already; so the answer
 * is the first in the tables' order. A parameter takes as much as it can, and less where only that leads on, as a regular expression's.
 * Where what follows cannot begin with a character of the parameter's ("sure"), less is never tried. */
#include "urls/urls.h"

/* -- building ----------------------------------------------------------------------------------------------------------------------------- */

static fl_url_node *node_new(fl_str text)
{
    fl_url_node *node = fl_new_of(fl_url_node);

    node->text = text;
    node->way = node->least = SIZE_MAX;
    return node;
}

static size_t shared(fl_str a, fl_str b)
{
    size_t n = 0;

    while (n < a.size && n < b.size && a.data[n] == b.data[n])
        n++;
    return n;
}

static void add_next(fl_url_node *node, fl_url_node *next)
{
    size_t n = node->next_count++;
    fl_arena *arena = fl_arena_here();

    node->firsts = fl_arena_resize(arena, node->firsts, n, n + 1);
    node->next = fl_arena_resize(arena, node->next, n * sizeof(void *), (n + 1) * sizeof(void *));
    node->firsts[n] = (uint8_t)next->text.data[0];
    node->next[n] = next;
}

/* The node keeps the first `at` characters; what it was goes on below. */
static void split(fl_url_node *node, size_t at)
{
    fl_url_node *below = fl_new_of(fl_url_node);

    *below = *node;
    below->text = fl_str_slice(node->text, at, SIZE_MAX);
    *node = (fl_url_node){ .text = fl_str_slice(node->text, 0, at), .way = SIZE_MAX, .least = node->least };
    add_next(node, below);
}

/* The node behind a literal that begins below `node`, made where it is missing. */
static fl_url_node *walk_text(fl_url_node *node, fl_str text, size_t way)
{
    while (text.size > 0) {
        const uint8_t *found = node->next_count == 0 ? NULL : memchr(node->firsts, (uint8_t)text.data[0], node->next_count);
        fl_url_node *next = found == NULL ? NULL : node->next[found - node->firsts];
        if (next == NULL) {
            next = node_new(text);
            add_next(node, next);
        }
        size_t n = shared(next->text, text);
        if (n < next->text.size)
            split(next, n);
        if (way < next->least)
            next->least = way;
        text = fl_str_slice(text, n, SIZE_MAX);
        node = next;
    }
    return node;
}

static fl_url_node *walk_parameter(fl_url_node *node, const fl_url_class *class, size_t way)
{
    for (size_t i = 0; i < node->edge_count; i++)
        if (node->edges[i].class == class) {
            if (way < node->edges[i].to->least)
                node->edges[i].to->least = way;
            return node->edges[i].to;
        }
    size_t n = node->edge_count++;
    node->edges = fl_arena_resize(fl_arena_here(), node->edges, n * sizeof *node->edges, (n + 1) * sizeof *node->edges);
    node->edges[n] = (fl_url_edge){ .class = class, .to = node_new(fl_lit("")) };
    node->edges[n].to->least = way;
    return node->edges[n].to;
}

static void insert(fl_url_node *root, const fl_url_way *way)
{
    fl_url_node *node = root;

    for (size_t p = 0; p < way->part_count; p++)
        for (size_t t = 0; t < way->parts[p].token_count; t++) {
            const fl_url_token *token = &way->parts[p].tokens[t];
            node = token->converter == NULL ? walk_text(node, token->text, way->order)
                                            : walk_parameter(node, token->class, way->order);
        }
    if (way->order < node->way)
        node->way = way->order;
    if (way->order < root->least)
        root->least = way->order;
}

static bool is_sure(const fl_url_edge *edge)
{
    if (edge->to->edge_count > 0)
        return false;
    for (size_t i = 0; i < edge->to->next_count; i++)
        if (edge->class->takes[edge->to->firsts[i]])
            return false;
    return true;
}

static void settle(fl_url_node *node)
{
    for (size_t i = 0; i < node->edge_count; i++) {
        node->edges[i].sure = is_sure(&node->edges[i]);
        settle(node->edges[i].to);
    }
    for (size_t i = 0; i < node->next_count; i++)
        settle(node->next[i]);
}

fl_url_node *fl_url_trie_build(const fl_url_table *table)
{
    fl_url_node *root = node_new(fl_lit(""));

    for (size_t i = 0; i < table->way_count; i++)
        if (!table->ways[i].chained)
            insert(root, &table->ways[i]);
    settle(root);
    return root;
}

/* -- searching -------------------------------------------------------------------------------------------------------------------------------- */

enum { STEPS = 20000 };                              /* a bound for tables made to be ambiguous */

typedef struct search {
    const fl_url_table *table;
    const char *at, *end;
    size_t best, depth, steps;
    fl_str taken[FL_URL_ARGUMENTS];
    fl_url_capture *found;
} search;

static void look(search *s, const fl_url_node *node, const char *at);

/* Values are checked here: one that its converter refuses is no match. */
static bool is_taken(const search *s, size_t way)
{
    size_t n = 0;
    const fl_url_way *w = &s->table->ways[way];
    fl_value value;

    for (size_t p = 0; p < w->part_count; p++)
        for (size_t t = 0; t < w->parts[p].token_count; t++) {
            const fl_converter *converter = w->parts[p].tokens[t].converter;
            if (converter == NULL)
                continue;
            if (converter->parse != NULL && !converter->parse(s->taken[n], &value))
                return false;
            n++;
        }
    return true;
}

static void take(search *s, const fl_url_edge *edge, const char *at)
{
    const char *stop = at;
    size_t room = edge->class->exactly == 0 ? (size_t)(s->end - at) : edge->class->exactly;

    if (edge->to->least >= s->best || s->depth == FL_URL_ARGUMENTS || room > (size_t)(s->end - at))
        return;
    while (stop < at + room && edge->class->takes[(uint8_t)*stop])
        stop++;
    if (stop == at || (edge->class->exactly > 0 && stop < at + room))
        return;
    for (size_t depth = s->depth++; stop > at && s->steps < STEPS; stop--) {
        s->taken[depth] = fl_str_n(at, (size_t)(stop - at));
        look(s, edge->to, stop);
        if (edge->sure || edge->class->exactly > 0)
            break;
    }
    s->depth--;
}

static void look(search *s, const fl_url_node *node, const char *at)
{
    s->steps++;
    if (at == s->end && node->way < s->best && is_taken(s, node->way)) {
        s->best = node->way;
        memcpy(s->found->items, s->taken, s->depth * sizeof *s->taken);
    }
    if (at == s->end)
        return;
    const uint8_t *first = node->next_count == 0 ? NULL : memchr(node->firsts, (uint8_t)*at, node->next_count);
    if (first != NULL) {
        const fl_url_node *next = node->next[first - node->firsts];
        if (next->least < s->best && next->text.size <= (size_t)(s->end - at) &&
            memcmp(next->text.data, at, next->text.size) == 0)
            look(s, next, at + next->text.size);
    }
    for (size_t i = 0; i < node->edge_count; i++)
        take(s, &node->edges[i], at);
}

size_t fl_url_trie_find(const fl_url_table *table, fl_str path, size_t limit, fl_url_capture *ret)
{
    search s = { .table = table, .at = path.data, .end = path.data + path.size, .best = limit, .found = ret };

    look(&s, table->trie, path.data);
    return s.best == limit ? SIZE_MAX : s.best;
}
