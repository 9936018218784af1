/* URL tables of 500 routes: finding the view of a path, and the URL of a view; peer: each route's expression tried in turn, as a list of
 * patterns is read. */
#include <fleche/bench.h>
#include <fleche/regex.h>
#include <fleche/urls.h>

enum { APPS = 100, ROUTES = 5 * APPS };

static fl_response *view(fl_request *request)
{
    (void)request;
    return NULL;
}

static fl_route routes[ROUTES];
static fl_urls urls = { "bench", routes, ROUTES };

/* A hundred apps, each with the five routes that apps have. */
static const fl_url_table *table(void)
{
    static const fl_url_table *made;
    static const struct {
        const char *pattern, *name;
    } shapes[] = {
        { "app#/", "list#" },
        { "app#/new/", "new#" },
        { "app#/<int:id>/", "detail#" },
        { "app#/<int:id>/edit/", "edit#" },
        { "app#/<int:year>/<slug:slug>/", "slug#" },
    };

    if (made != NULL)
        return made;
    fl_arena *before = fl_arena_set_here(fl_arena_new("routes", FL_NO_LIMIT));
    for (size_t i = 0; i < ROUTES; i++) {
        fl_str app = fl_str_of(fl_text("%zu", i / 5));
        routes[i] = (fl_route){ .kind = FL_ROUTE_PATH, .view = view, .label = "view", .file = __FILE__, .line = __LINE__ };
        routes[i].pattern = fl_str_c(fl_str_replace(fl_str_of(shapes[i % 5].pattern), fl_lit("#"), app));
        routes[i].name = fl_str_c(fl_str_replace(fl_str_of(shapes[i % 5].name), fl_lit("#"), app));
    }
    (void)fl_arena_set_here(before);
    return made = fl_urls_compile(&urls);
}

static void resolve(const char *path, size_t n)
{
    const fl_url_table *all = table();

    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_url_resolve(all, path));
        }
}

FL_BENCH(urls_static, .unit = "path", .target = 200, .target_of = FL_TARGET_NANOSECONDS) { resolve("/app73/new/", n); }
FL_BENCH(urls_int, .unit = "path", .target = 200, .target_of = FL_TARGET_NANOSECONDS) { resolve("/app73/20260/", n); }
FL_BENCH(urls_int_slug, .unit = "path", .target = 300, .target_of = FL_TARGET_NANOSECONDS)
{
    resolve("/app73/2026/a-day-in-winter/", n);
}
FL_BENCH(urls_nowhere, .unit = "path", .target = 200, .target_of = FL_TARGET_NANOSECONDS) { resolve("/app73/20260/delete/", n); }

FL_BENCH(urls_reverse, .unit = "URL", .target = 2000, .target_of = FL_TARGET_NANOSECONDS)
{
    const fl_reverse_options options = { .table = table() };

    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_reverse_with("slug73", FL_PAIRS("year", 2026, "slug", "a-day-in-winter"), &options));
        }
}

/* -- against a list that is searched from its start ------------------------------------------------------------------------------------ */

static const fl_regex **expressions(void)
{
    static const fl_regex *all[ROUTES];
    static fl_arena *arena;

    (void)table();
    if (arena != NULL)
        return all;
    arena = fl_arena_new("expressions", FL_NO_LIMIT);
    fl_arena *before = fl_arena_set_here(arena);
    for (size_t i = 0; i < ROUTES; i++) {
        fl_str text = fl_str_replace(fl_str_of(routes[i].pattern), fl_lit("<int:id>"), fl_lit("(?P<id>[0-9]+)"));
        text = fl_str_replace(text, fl_lit("<int:year>"), fl_lit("(?P<year>[0-9]+)"));
        text = fl_str_replace(text, fl_lit("<slug:slug>"), fl_lit("(?P<slug>[-a-zA-Z0-9_]+)"));
        all[i] = fl_regex_new(fl_str_c(text), 0);
    }
    (void)fl_arena_set_here(before);
    return all;
}

static void resolve_by_table(size_t n) { resolve("/app73/2026/a-day-in-winter/", n); }

static void resolve_one_by_one(size_t n)
{
    const fl_regex **all = expressions();

    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_regex_groups groups;
            size_t at = 0;
            while (at < ROUTES && !fl_regex_match(all[at], fl_lit("app73/2026/a-day-in-winter/"), FL_REGEX_FULL, &groups))
                at++;
            fl_bench_use(at);
        }
}

FL_BENCH_PAIR(urls_against_a_list, resolve_by_table, resolve_one_by_one, .unit = "path", .target = 20,
              .target_of = FL_TARGET_TIMES_FASTER);
