/* Reversing: from a name and arguments to the path that leads there. */
#include <fleche/buf.h>
#include <fleche/codec.h>
#include "urls/urls.h"

FL_ERROR_CLASS(FL_NO_REVERSE_MATCH, FL_VALUE_ERROR, .message = "No URL leads there.");

static const char *prefix_set;                       /* one a process */

void fl_set_script_prefix(const char *prefix) { prefix_set = prefix; }

const char *fl_script_prefix(void)
{
    const fl_request *request = fl_current_request_or_null();
    const char *script = request != NULL && request->script_name[0] != '\0' ? request->script_name : prefix_set;

    if (script == NULL || script[0] == '\0')
        return "/";
    return script[strlen(script) - 1] == '/' ? script : fl_text("%s/", script);
}

/* -- arguments ---------------------------------------------------------------------------------------------------------------------------------- */

typedef struct given {                               /* what the caller gives */
    const fl_value *pairs;
    size_t n;
    const fl_value *args;
    size_t arg_count;
} given;

static const fl_value *find(const given *g, const char *name)
{
    for (size_t i = 0; i < g->n; i++)
        if (fl_str_equal(g->pairs[2 * i].text, fl_str_of(name)))
            return &g->pairs[2 * i + 1];
    return NULL;
}

static bool is_parameter(const fl_url_shape *shape, fl_str name)
{
    for (size_t i = 0; i < shape->count; i++)
        if (shape->pieces[i].parameter != NULL && fl_str_equal(fl_str_of(shape->pieces[i].parameter), name))
            return true;
    return false;
}

static const fl_match_argument *find_extra(const fl_url_way *way, fl_str name)
{
    for (size_t i = 0; i < way->match.argument_count; i++)
        if (fl_str_equal(fl_str_of(way->match.arguments[i].name), name))
            return &way->match.arguments[i];
    return NULL;
}

/* The names must be those of the shape; one may be among the route's further arguments, if it has that value. */
static bool fits(const fl_url_way *way, const fl_url_shape *shape, const given *g)
{
    if (g->arg_count > 0)
        return g->arg_count == shape->parameters;
    for (size_t i = 0; i < shape->count; i++)
        if (shape->pieces[i].parameter != NULL && find(g, shape->pieces[i].parameter) == NULL)
            return false;
    for (size_t i = 0; i < g->n; i++) {
        const fl_match_argument *extra = find_extra(way, g->pairs[2 * i].text);
        if (extra == NULL ? !is_parameter(shape, g->pairs[2 * i].text)
                          : !fl_text_is(extra->text, fl_value_text(g->pairs[2 * i + 1])))
            return false;
    }
    return true;
}

/* The text of a parameter; NULL if its converter would not read it again. */
static const char *text_of(const fl_url_piece *piece, fl_value value)
{
    const char *text = piece->converter != NULL && piece->converter->text != NULL ? piece->converter->text(value)
                                                                                  : fl_value_text(value);

    if (text == NULL || piece->converter == NULL)
        return text;
    const fl_regex *regex = fl_regex_cached(piece->converter->regex, 0);
    return fl_regex_try_match(regex, fl_str_of(text), FL_REGEX_FULL, NULL) == 1 ? text : NULL;
}

static const char *fill(const fl_url_way *way, const fl_url_shape *shape, const given *g)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20);
    const fl_match *match;
    size_t position = 0;

    for (size_t i = 0; i < shape->count; i++) {
        const fl_url_piece *piece = &shape->pieces[i];
        if (piece->parameter == NULL) {
            fl_buf_add(&out, piece->text);
            continue;
        }
        const char *text = text_of(piece, g->arg_count > 0 ? g->args[position++] : *find(g, piece->parameter));
        if (text == NULL)
            return NULL;
        fl_buf_add_c(&out, text);
    }
    const char *path = fl_buf_c(&out);
    return way->chained && !fl_url_chain_match(way, fl_buf_str(&out), &match) ? NULL : path;
}

/* -- namespaces ----------------------------------------------------------------------------------------------------------------------------------- */

static bool is_below(const fl_url_space *space, fl_str parent)
{
    fl_str rest = fl_str_of(space->path);
    size_t colon;

    if (!fl_str_find_last(rest, ':', &colon))
        return parent.size == 0;
    return fl_str_equal(fl_str_slice(rest, 0, colon), parent);
}

/* The instance that a name means below `parent`: of an app the current one, the one of its own name, or the last; NULL: neither app nor
 * namespace. */
static const fl_url_space *choose_space(const fl_url_table *table, fl_str parent, fl_str name, fl_str current)
{
    const fl_url_space *of_app = NULL, *same = NULL, *exact = NULL;

    for (size_t i = table->space_count; i-- > 0;) {
        const fl_url_space *space = &table->spaces[i];
        if (!is_below(space, parent))
            continue;
        if (fl_str_equal(fl_str_of(space->name), name))
            exact = space;
        if (!fl_str_equal(fl_str_of(space->app_name), name))
            continue;
        if (current.size > 0 && fl_str_equal(fl_str_of(space->name), current))
            return space;
        if (fl_str_equal(fl_str_of(space->name), name))
            same = space;
        if (of_app == NULL)
            of_app = space;
    }
    return same != NULL ? same : of_app != NULL ? of_app : exact;
}

/* "polls:detail" to the full name in the tables, "second-polls:detail". False and *ret_unknown: no such namespace. */
static bool resolve_spaces(const fl_url_table *table, fl_str name, fl_str current, fl_str *ret, fl_str *ret_unknown)
{
    fl_str parent = fl_lit("");
    size_t colon;

    while (fl_str_find_char(name, ':', &colon)) {
        fl_str space_name = fl_str_slice(name, 0, colon), now = fl_lit("");
        bool has_current = current.size > 0 && fl_str_cut(&current, ':', &now);
        const fl_url_space *space = choose_space(table, parent, space_name, has_current ? now : fl_lit(""));
        if (space == NULL) {
            *ret_unknown = space_name;
            return false;
        }
        if (!fl_str_equal(fl_str_of(space->name), now))
            current = fl_lit("");
        parent = fl_str_of(space->path);
        name = fl_str_slice(name, colon + 1, SIZE_MAX);
    }
    *ret = parent.size == 0 ? name : fl_str_of(fl_text("%.*s:%.*s", FL_SHOW(parent), FL_SHOW(name)));
    return true;
}

static const char *current_app(const fl_reverse_options *options)
{
    const fl_request *request = fl_current_request_or_null();
    fl_buf out = fl_buf_in(fl_arena_here(), 65536);

    if (options->current_app != NULL)
        return options->current_app;
    if (request == NULL || request->current_app != NULL)
        return request == NULL ? "" : request->current_app;
    for (size_t i = 0; request->match != NULL && i < request->match->namespace_count; i++)
        fl_buf_format(&out, "%s%s", i > 0 ? ":" : "", request->match->namespaces[i]);
    return fl_buf_c(&out);
}

/* -- the URL -------------------------------------------------------------------------------------------------------------------------------------- */

static const char *finish(const char *path, const fl_reverse_options *options)
{
    const char *prefix = fl_script_prefix();
    fl_buf out = fl_buf_in(fl_arena_here(), 4 << 20);
    fl_str all = fl_str_of(fl_text("%s%s", prefix, path));

    fl_percent_encode(all, "!$&'()*+,;=/~:@", &out);
    if (out.size > 1 && out.data[0] == '/' && out.data[1] == '/') {        /* "//host" would lead elsewhere */
        fl_str rest = fl_str_copy(fl_str_slice(fl_buf_str(&out), 2, SIZE_MAX));
        out.size = 0;
        fl_buf_add(&out, fl_lit("/%2F"));
        fl_buf_add(&out, rest);
    }
    const char *query = options->query == NULL ? "" : fl_querydict_encode(options->query, "");
    if (query[0] != '\0')
        fl_buf_format(&out, "?%s", query);
    if (options->fragment != NULL) {
        fl_buf_add_char(&out, '#');
        fl_percent_encode(fl_str_of(options->fragment), "!$&'()*+,;=/~:@?", &out);
    }
    return fl_buf_c(&out);
}

typedef struct outcome { const char *url; const fl_url_name *tried; const fl_url_table *table; fl_str unknown_space; } outcome;

static const fl_url_table *table_of(const fl_reverse_options *options)
{
    const fl_request *request = fl_current_request_or_null();

    if (options->table != NULL)
        return options->table;
    return request != NULL && request->urlconf != NULL ? fl_urls_compile(request->urlconf) : fl_urls_root();
}

/* Of several routes with the name, the last written is tried first. */
static outcome look(const char *name, const given *g, const fl_reverse_options *options)
{
    outcome found = { .table = table_of(options) };
    fl_str full;

    if (found.table == NULL)
        return found;
    if (!resolve_spaces(found.table, fl_str_of(name), fl_str_of(current_app(options)), &full, &found.unknown_space))
        return found;
    found.tried = fl_map_get(&found.table->names, full);
    for (size_t i = found.tried == NULL ? 0 : found.tried->ways.count; i-- > 0;) {
        const fl_url_way *way = &found.table->ways[found.tried->ways.items[i]];
        for (size_t s = 0; s < way->shape_count; s++) {
            const char *path = fits(way, &way->shapes[s], g) ? fill(way, &way->shapes[s], g) : NULL;
            if (path != NULL) {
                found.url = finish(path, options);
                return found;
            }
        }
    }
    return found;
}

const char *fl_try_reverse(const char *name, const fl_value *kwargs, size_t n, const fl_reverse_options *options)
{
    static const fl_reverse_options none;
    given g = { .pairs = kwargs, .n = n };

    if (options == NULL)
        options = &none;
    g.args = options->args;
    g.arg_count = options->arg_count;
    if (g.n > 0 && g.arg_count > 0)
        fl_raise(FL_VALUE_ERROR, "don't mix arguments by name and by position in a call to fl_reverse");
    return look(name, &g, options).url;
}

static const char *show_arguments(const given *g)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 65536);

    if (g->n == 0 && g->arg_count == 0)
        return "no arguments";
    if (g->n > 0)
        fl_value_repr(fl_box_dict(fl_dict_of_(g->pairs, g->n)), &out);
    for (size_t i = 0; i < g->arg_count; i++) {
        fl_buf_add_c(&out, i > 0 ? ", " : "");
        fl_value_repr(g->args[i], &out);
    }
    return fl_text("%s '%s'", g->n > 0 ? "keyword arguments" : "arguments", fl_buf_c(&out));
}

static _Noreturn FL_COLD void fail(const char *name, const given *g, const outcome *found)
{
    fl_buf tried = fl_buf_in(fl_arena_here(), 65536);

    if (found->table == NULL)
        fl_raise(FL_NO_REVERSE_MATCH, "there are no URL tables to look for '%s' in", name);
    if (found->unknown_space.size > 0)
        fl_raise(FL_NO_REVERSE_MATCH, "'%.*s' is not a registered namespace", FL_SHOW(found->unknown_space));
    if (found->tried == NULL)
        fl_raise(FL_NO_REVERSE_MATCH, "reverse for '%s' not found: '%s' is no name of a route", name, name);
    for (size_t i = 0; i < found->tried->ways.count; i++)
        fl_buf_format(&tried, "%s'%s'", i > 0 ? ", " : "", found->table->ways[found->tried->ways.items[i]].match.pattern);
    fl_raise(FL_NO_REVERSE_MATCH, "reverse for '%s' with %s not found; %zu pattern(s) tried: [%s]", name, show_arguments(g),
             found->tried->ways.count, fl_buf_c(&tried));
}

const char *fl_reverse_with(const char *name, const fl_value *kwargs, size_t n, const fl_reverse_options *options)
{
    const char *url = fl_try_reverse(name, kwargs, n, options);
    given g = { kwargs, n, options->args, options->arg_count };

    if (url != NULL)
        return url;
    outcome found = look(name, &g, options);
    fail(name, &g, &found);
}

const char *fl_reverse_(const char *name, const fl_value *kwargs, size_t n)
{
    return fl_reverse_with(name, kwargs, n, &(const fl_reverse_options){ 0 });
}
