/* Resolving: the first way that takes a path, and what it captured. */
#include "urls/urls.h"
#include <fleche/buf.h>

/* -- what counts of several arguments: as in Django, the innermost table's -------------------------------------------------------------- */

/* Whether a table further in gives the name again, or this one by a further argument. */
static bool is_given_again(const fl_url_way *way, const fl_url_found *found, size_t n, size_t at)
{
    const char *name = found[at].argument.name;

    for (size_t i = at + 1; i < n; i++)
        if (found[i].argument.name != NULL && fl_text_is(found[i].argument.name, name))
            return true;
    for (size_t i = 0; i < way->match.argument_count; i++)
        if (way->extra_parts[i] >= found[at].part && fl_text_is(way->match.arguments[i].name, name))
            return true;
    return false;
}

/* What an include captures by position is passed on only where nothing has a name from there on. */
static bool is_passed_on(const fl_url_way *way, const fl_url_found *found, size_t n, size_t part)
{
    if (part + 1 == way->part_count)
        return true;
    for (size_t i = 0; i < n; i++)
        if (found[i].argument.name != NULL && found[i].part >= part)
            return false;
    for (size_t i = 0; i < way->match.argument_count; i++)
        if (way->extra_parts[i] >= part)
            return false;
    return true;
}

static bool is_captured_inside(const char *name, size_t part, const fl_url_found *found, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (found[i].part > part && found[i].argument.name != NULL && fl_text_is(found[i].argument.name, name))
            return true;
    return false;
}

const fl_match *fl_url_match_of(const fl_url_way *way, const fl_url_found *found, size_t n)
{
    fl_match *match = fl_alloc(sizeof *match);
    fl_match_argument *all = fl_new_array(fl_match_argument, n + way->match.argument_count + 1);
    size_t count = 0;

    *match = way->match;
    for (size_t i = 0; i < n; i++)
        if (found[i].argument.name != NULL ? !is_given_again(way, found, n, i) : is_passed_on(way, found, n, found[i].part))
            all[count++] = found[i].argument;
    for (size_t i = 0; i < way->match.argument_count; i++)
        if (!is_captured_inside(way->match.arguments[i].name, way->extra_parts[i], found, n))
            all[count++] = way->match.arguments[i];
    match->arguments = all;
    match->argument_count = count;
    return match;
}

/* -- resolving ------------------------------------------------------------------------------------------------------------------------------ */

static const fl_match *match_of_trie(const fl_url_way *way, const fl_url_capture *capture)
{
    fl_url_found found[FL_URL_ARGUMENTS];
    size_t n = 0;

    if (way->parameter_count == 0)
        return &way->match;                          /* nothing was captured: it is made already */
    for (size_t p = 0; p < way->part_count; p++)
        for (size_t t = 0; t < way->parts[p].token_count; t++) {
            const fl_converter *converter = way->parts[p].tokens[t].converter;
            if (converter == NULL)
                continue;
            fl_match_argument argument = { .name = way->parameters[n], .text = fl_str_c(capture->items[n]) };
            if (converter->parse == NULL || !converter->parse(capture->items[n], &argument.value))
                argument.value = fl_box_text(argument.text);
            found[n++] = (fl_url_found){ argument, p };
        }
    return fl_url_match_of(way, found, n);
}

const fl_match *fl_url_resolve(const fl_url_table *table, const char *path)
{
    fl_url_capture capture;
    const fl_match *match;

    if (path[0] != '/')
        return NULL;
    fl_str rest = fl_str_of(path + 1);
    size_t best = fl_url_trie_find(table, rest, SIZE_MAX, &capture);
    for (size_t i = 0; i < table->chained_count && table->chained[i] < best; i++) {
        const fl_url_way *way = &table->ways[table->chained[i]];
        if (fl_str_starts(rest, way->prefix) && fl_url_chain_match(way, rest, &match))
            return match;
    }
    return best == SIZE_MAX ? NULL : match_of_trie(&table->ways[best], &capture);
}

static const fl_url_table *table_here(void)
{
    const fl_request *request = fl_current_request_or_null();

    if (request != NULL && request->urlconf != NULL)
        return fl_urls_compile(request->urlconf);
    return fl_urls_root();
}

bool fl_is_valid_path(const char *path)
{
    const fl_url_table *table = table_here();
    return table != NULL && fl_url_resolve(table, path) != NULL;
}

const fl_match *fl_resolve(const char *path)
{
    const fl_url_table *table = table_here();
    const fl_match *match = table == NULL ? NULL : fl_url_resolve(table, path);

    if (match == NULL)
        fl_raise(FL_NOT_FOUND, "no URL pattern matches %s", path);
    return match;
}

/* -- in the view --------------------------------------------------------------------------------------------------------------------------------- */

static const fl_match_argument *find(const fl_request *request, const char *name)
{
    for (size_t i = 0; request->match != NULL && i < request->match->argument_count; i++)
        if (request->match->arguments[i].name != NULL && fl_text_is(request->match->arguments[i].name, name))
            return &request->match->arguments[i];
    return NULL;
}

const char *fl_kwarg(const fl_request *request, const char *name)
{
    const fl_match_argument *argument = find(request, name);
    return argument == NULL ? NULL : argument->text;
}

fl_value fl_kwarg_value(const fl_request *request, const char *name)
{
    const fl_match_argument *argument = find(request, name);
    return argument == NULL ? FL_NONE_VALUE : argument->value;
}

fl_int fl_kwarg_int(const fl_request *request, const char *name)
{
    const fl_match_argument *argument = find(request, name);
    fl_int value;

    if (argument == NULL) {
        fl_error *error = fl_error_new(FL_VALUE_ERROR, "the URL of %s captures nothing named '%s'",
                                       request->view_name == NULL ? "this request" : request->view_name, name);
        error->hint = "name it in the route: <int:NAME>";
        fl_reraise(error);
    }
    if (!fl_value_to_int(argument->value, &value))
        fl_raise(FL_VALUE_ERROR, "'%s' of the URL is no integer: '%s'", name, argument->text);
    return value;
}

const char *fl_arg(const fl_request *request, size_t at)
{
    for (size_t i = 0; request->match != NULL && i < request->match->argument_count; i++)
        if (request->match->arguments[i].name == NULL && at-- == 0)
            return request->match->arguments[i].text;
    return NULL;
}
