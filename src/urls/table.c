/* From declarations to a compiled table: every way from the root to a view, in the order in which Django would try them. */
#include <fleche/buf.h>
#include "urls/urls.h"

enum { DEEPEST = 16 };

typedef struct walk {
    fl_url_table *table;
    fl_vec(fl_url_way) ways;
    fl_vec(fl_url_space) spaces;
    const fl_route *chain[DEEPEST];                  /* from the root to where we are */
    size_t depth, space;                             /* the innermost namespace there, by its number; SIZE_MAX for none */
} walk;

static fl_url_table *tables;                         /* those compiled in this process */
static fl_arena *arena;                              /* where they live */
static const fl_urls *root_urls;

/* -- one way --------------------------------------------------------------------------------------------------------------------------------- */

/* Where an included table begins Django looks only at the rest: what the prefix took, it keeps. The trie would try again with less, so it
 * takes only prefixes of which there is one reading. */
static bool has_one_reading(const fl_url_part *part)
{
    for (size_t i = 0; i < part->token_count; i++) {
        const fl_url_token *token = &part->tokens[i], *next = &part->tokens[i + 1];
        if (token->converter == NULL)
            continue;
        if (token->class == NULL || i + 1 == part->token_count || next->converter != NULL ||
            token->class->takes[(uint8_t)next->text.data[0]])
            return false;
    }
    return true;
}

static bool must_be_chained(const walk *w)
{
    for (size_t i = 0; i < w->depth; i++) {
        fl_url_part part;
        const fl_route *route = w->chain[i];
        if (route->kind == FL_ROUTE_REGEX || route->regex_prefix)
            return true;
        fl_url_part_read(&part, route, i + 1 == w->depth, false);
        for (size_t k = 0; k < part.token_count; k++)
            if (part.tokens[k].converter != NULL && part.tokens[k].class == NULL)
                return true;
        if (i + 1 < w->depth && !has_one_reading(&part))
            return true;
    }
    return false;
}

/* The characters of a regular expression that must stand at the start: "^old/" of "^old/(…)$". */
static fl_str literal_of_regex(const char *pattern)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_-";
    size_t n;

    if (pattern[0] != '^' || strchr(pattern, '|') != NULL)
        return fl_lit("");
    n = strspn(pattern + 1, plain);
    if (n > 0 && pattern[1 + n] != '\0' && strchr("?*+{", pattern[1 + n]) != NULL)
        n--;
    return fl_str_n(pattern + 1, n);
}

/* Every path of the way begins so: a quick look before the expressions are run. */
static fl_str find_prefix(const fl_url_way *way)
{
    fl_buf out = fl_buf_in(arena, 65536);

    for (size_t p = 0; p < way->part_count; p++) {
        const fl_url_part *part = &way->parts[p];
        if (part->token_count == 0 && part->route->pattern[0] != '\0') {
            fl_buf_add(&out, literal_of_regex(part->route->pattern));
            break;
        }
        if (part->token_count > 0 && part->tokens[0].converter == NULL)
            fl_buf_add(&out, part->tokens[0].text);
        if (part->token_count > 1 || (part->token_count == 1 && part->tokens[0].converter != NULL))
            break;
    }
    return fl_buf_str(&out);
}

static const char *join_patterns(const walk *w)
{
    fl_buf out = fl_buf_in(arena, 65536);

    for (size_t i = 0; i < w->depth; i++) {
        const char *pattern = w->chain[i]->pattern;
        fl_buf_add_c(&out, out.size > 0 && pattern[0] == '^' ? pattern + 1 : pattern);
    }
    return fl_buf_c(&out);
}

static void collect_decorators(const walk *w, fl_match *match)
{
    const fl_decorator **all = fl_new_array(const fl_decorator *, w->depth *FL_ROUTE_DECORATORS + 1);

    for (size_t i = 0; i < w->depth; i++)
        for (size_t k = 0; k < FL_ROUTE_DECORATORS && w->chain[i]->decorators[k].wrap != NULL; k++)
            all[match->decorator_count++] = &w->chain[i]->decorators[k];
    match->decorators = all;
}

static const char *namespace_of(const fl_route *route) { return route->namespace != NULL ? route->namespace : route->app_name; }

static void collect_namespaces(const walk *w, fl_match *match)
{
    const char **names = fl_new_array(const char *, w->depth + 1), **apps = fl_new_array(const char *, w->depth + 1);

    for (size_t i = 0; i + 1 < w->depth; i++)
        if (namespace_of(w->chain[i]) != NULL) {
            names[match->namespace_count] = namespace_of(w->chain[i]);
            apps[match->namespace_count++] = w->chain[i]->app_name != NULL ? w->chain[i]->app_name : w->chain[i]->namespace;
        }
    match->namespaces = names;
    match->app_names = apps;
}

static const char *with_namespaces(const fl_match *match, const char *name)
{
    fl_buf out = fl_buf_in(arena, 65536);

    for (size_t i = 0; i < match->namespace_count; i++)
        fl_buf_format(&out, "%s:", match->namespaces[i]);
    fl_buf_add_c(&out, name);
    return fl_buf_c(&out);
}

/* Further arguments: those of includes first; an inner one of the same name counts. */
static void collect_extra(const walk *w, fl_url_way *way)
{
    fl_match *match = &way->match;
    fl_match_argument *all = fl_new_array(fl_match_argument, w->depth * FL_ROUTE_EXTRA / 2 + 1);

    way->extra_parts = fl_new_array(size_t, w->depth * FL_ROUTE_EXTRA / 2 + 1);

    for (size_t i = 0; i < w->depth; i++)
        for (size_t k = 0; k + 1 < FL_ROUTE_EXTRA && w->chain[i]->extra[k] != NULL; k += 2) {
            const char *name = w->chain[i]->extra[k], *text = w->chain[i]->extra[k + 1];
            size_t at = 0;
            while (at < match->argument_count && !fl_text_is(all[at].name, name))
                at++;
            all[at] = (fl_match_argument){ .name = name, .text = text, .value = fl_box_text(text), .extra = true };
            way->extra_parts[at] = i;
            match->argument_count += at == match->argument_count;
        }
    match->arguments = all;
}

static void list_parameters(fl_url_way *way)
{
    for (size_t p = 0; p < way->part_count; p++)
        for (size_t t = 0; t < way->parts[p].token_count; t++)
            if (way->parts[p].tokens[t].converter != NULL) {
                if (way->parameter_count == FL_URL_ARGUMENTS)
                    fl_url_bad_pattern(way->leaf, "has more than %d parameters with those around it", FL_URL_ARGUMENTS);
                way->parameters[way->parameter_count++] = fl_str_c(way->parts[p].tokens[t].text);
            }
}

static void add_way(walk *w)
{
    fl_url_way way = { .order = w->ways.count, .part_count = w->depth, .leaf = w->chain[w->depth - 1], .space = w->space };

    way.chained = must_be_chained(w);
    way.parts = fl_new_array(fl_url_part, w->depth);
    for (size_t i = 0; i < w->depth; i++)
        fl_url_part_read(&way.parts[i], w->chain[i], i + 1 == w->depth, way.chained);
    list_parameters(&way);
    way.prefix = find_prefix(&way);
    way.match = (fl_match){ .route = way.leaf, .view = way.leaf->view, .pattern = join_patterns(w), .url_name = way.leaf->name };
    collect_namespaces(w, &way.match);
    collect_decorators(w, &way.match);
    collect_extra(w, &way);
    const char *own = way.leaf->name != NULL ? way.leaf->name : way.leaf->label != NULL ? way.leaf->label : "view";
    way.match.view_name = with_namespaces(&way.match, own);
    way.full_name = way.leaf->name == NULL ? NULL : way.match.view_name;
    if (way.full_name != NULL)
        fl_url_shapes_make(&way);
    fl_vec_push(&w->ways, way);
}

/* -- all of them ------------------------------------------------------------------------------------------------------------------------------- */

static void note_space(walk *w, const fl_route *route)
{
    fl_buf path = fl_buf_in(arena, 65536);

    if (namespace_of(route) == NULL)
        return;
    for (size_t i = 0; i < w->depth; i++)
        if (namespace_of(w->chain[i]) != NULL)
            fl_buf_format(&path, "%s%s", path.size > 0 ? ":" : "", namespace_of(w->chain[i]));
    fl_url_space space = { .name = namespace_of(route),
                           .app_name = route->app_name != NULL ? route->app_name : route->namespace };
    space.path = fl_buf_c(&path);
    w->space = w->spaces.count;
    fl_vec_push(&w->spaces, space);
}

static void walk_urls(walk *w, const fl_urls *urls);

static void walk_route(walk *w, const fl_route *route)
{
    if (w->depth == DEEPEST)
        fl_url_bad_pattern(route, "is included %d tables deep: does a table include itself?", DEEPEST);
    size_t space_around = w->space;
    w->chain[w->depth++] = route;
    if (route->kind == FL_ROUTE_INCLUDE || route->kind == FL_ROUTE_MOUNT) {
        note_space(w, route);
        walk_urls(w, route->kind == FL_ROUTE_MOUNT ? route->expand(route->mount) : route->include);
    } else if (route->view == NULL) {
        fl_url_bad_pattern(route, "has no view");
    } else {
        add_way(w);
    }
    w->space = space_around;
    w->depth--;
}

static void walk_urls(walk *w, const fl_urls *urls)
{
    for (size_t i = 0; i < urls->count; i++)
        walk_route(w, &urls->routes[i]);
}

/* Where two includes have one namespace, names in it lead to the first. */
static bool is_of_another_space(const fl_url_table *table, size_t space, const fl_url_way *way)
{
    return space != SIZE_MAX && way->space != space && fl_text_is(table->spaces[way->space].path, table->spaces[space].path);
}

static size_t first_space(const fl_url_table *table, const fl_url_way *way)
{
    for (size_t i = 0; way->space != SIZE_MAX && i < way->space; i++)
        if (is_of_another_space(table, i, way))
            return i;
    return way->space;
}

static void fill_names(fl_url_table *table)
{
    table->names = fl_map_of(fl_url_name);
    for (size_t i = 0; i < table->way_count; i++) {
        if (table->ways[i].full_name == NULL || first_space(table, &table->ways[i]) != table->ways[i].space)
            continue;
        fl_url_name *name = fl_map_put(&table->names, fl_str_of(table->ways[i].full_name));
        fl_vec_push(&name->ways, i);
    }
}

static void compile(void *data)
{
    fl_url_table *table = data;
    walk w = { .table = table, .space = SIZE_MAX };

    walk_urls(&w, table->root);
    table->ways = w.ways.items;
    table->way_count = w.ways.count;
    table->spaces = w.spaces.items;
    table->space_count = w.spaces.count;
    table->chained = fl_new_array(size_t, w.ways.count + 1);
    for (size_t i = 0; i < w.ways.count; i++)
        if (w.ways.items[i].chained)
            table->chained[table->chained_count++] = i;
    fill_names(table);
    table->trie = fl_url_trie_build(table);
}

const fl_url_table *fl_urls_compile(const fl_urls *root)
{
    for (const fl_url_table *at = tables; at != NULL; at = at->older)
        if (at->root == root)
            return at;
    if (arena == NULL)
        arena = fl_arena_new("URL tables", FL_NO_LIMIT);
    fl_arena *before = fl_arena_set_here(arena);
    fl_url_table *table = fl_new_of(fl_url_table);
    *table = (fl_url_table){ .older = tables, .root = root };
    fl_error *error = fl_protect(compile, table);
    fl_arena_set_here(before);
    if (error != NULL)
        fl_reraise(error);
    tables = table;
    return table;
}

void fl_urls_forget(void)
{
    fl_arena_free(arena);
    arena = NULL;
    tables = NULL;
    root_urls = NULL;
}

void fl_urls_set_root(const fl_urls *root) { root_urls = root; }
const fl_url_table *fl_urls_root(void) { return root_urls == NULL ? NULL : fl_urls_compile(root_urls); }
