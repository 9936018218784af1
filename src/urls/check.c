/* What is doubtful about URL tables: Django's checks, by its ids. */
#include <fleche/buf.h>
#include "urls/urls.h"

typedef struct report { fl_vec(fl_url_problem) problems; fl_vec(const char *) spaces, doubled; const fl_urls *stack[16]; size_t depth; } report;

static void add(report *r, const fl_route *route, const char *id, const char *text, const char *hint)
{
    fl_vec_push(&r->problems,
                ((fl_url_problem){ .id = id, .text = text, .hint = hint, .file = route->file, .line = route->line }));
}

static const char *describe(const fl_route *route)
{
    return route->name == NULL ? fl_text("'%s'", route->pattern) : fl_text("'%s' [name='%s']", route->pattern, route->name);
}

static void check_route(report *r, const fl_route *route)
{
    const char *pattern = route->pattern, *own = describe(route);
    bool regex = route->kind == FL_ROUTE_REGEX || route->regex_prefix,
         leaf = route->kind == FL_ROUTE_PATH || route->kind == FL_ROUTE_REGEX;
    size_t size = strlen(pattern);

    if (!leaf && regex && size > 0 && pattern[size - 1] == '$' && (size < 2 || pattern[size - 2] != '\\'))
        add(r, route, "urls.W001", fl_text("Your URL pattern %s uses include with a route ending with a '$'.", own),
            "Remove the dollar from the route to avoid problems including URLs.");
    if ((pattern[0] == '/' || fl_starts_with(pattern, "^/")) && (route->kind == FL_ROUTE_PATH || pattern[size - 1] != '/'))
        add(r, route, "urls.W002",
            fl_text(
                "Your URL pattern %s has a route beginning with a '/'. Remove this slash as it is unnecessary. If this pattern is "
                "targeted in an include(), ensure the include() pattern has a trailing '/'.",
                own),
            NULL);
    if (leaf && route->name != NULL && strchr(route->name, ':') != NULL)
        add(r, route, "urls.W003",
            fl_text("Your URL pattern %s has a name including a ':'. Remove the colon, to avoid ambiguous namespace references.",
                    own),
            NULL);
    if (!regex && (strstr(pattern, "(?P<") != NULL || pattern[0] == '^' || (size > 0 && pattern[size - 1] == '$')))
        add(r, route, "2_0.W001",
            fl_text(
                "Your URL pattern %s has a route that contains '(?P<', begins with a '^', or ends with a '$'. This was likely an oversight "
                "when migrating to Path().",
                own),
            NULL);
}

static bool has(const char *const *items, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (fl_text_is(items[i], text))
            return true;
    return false;
}

/* Two includes of one namespace: names in them lead to only one of the two. */
static void check_space(report *r, const fl_route *route, const char *path)
{
    if (has(r->spaces.items, r->spaces.count, path) && !has(r->doubled.items, r->doubled.count, path)) {
        fl_vec_push(&r->doubled, path);
        add(r, route, "urls.W005",
            fl_text("URL namespace '%s' isn't unique. You may not be able to reverse all URLs in this namespace", path), NULL);
    }
    fl_vec_push(&r->spaces, path);
}

static void check_urls(report *r, const fl_urls *urls, const char *space)
{
    if (r->depth == FL_LENGTH(r->stack))
        return;                                      /* a table that includes itself: compiling it says so */
    r->stack[r->depth++] = urls;
    for (size_t i = 0; i < urls->count; i++) {
        const fl_route *route = &urls->routes[i];
        const char *name = route->namespace != NULL ? route->namespace : route->app_name, *below = space;
        check_route(r, route);
        if (route->kind != FL_ROUTE_INCLUDE && route->kind != FL_ROUTE_MOUNT)
            continue;
        if (name != NULL)
            check_space(r, route, below = space[0] == '\0' ? name : fl_text("%s:%s", space, name));
        check_urls(r, route->kind == FL_ROUTE_MOUNT ? route->expand(route->mount) : route->include, below);
    }
    r->depth--;
}

size_t fl_urls_check(const fl_urls *root, const fl_url_problem **ret)
{
    report r = { .depth = 0 };

    check_urls(&r, root, "");
    *ret = r.problems.items;
    return r.problems.count;
}
