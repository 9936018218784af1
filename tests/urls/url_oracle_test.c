/* The compiled table against a plain reading of the same routes: each as a regular expression, one after the other. */
#include <fleche/regex.h>
#include <fleche/vec.h>
#include "tables.h"

enum { ROUNDS = 100, ROUTES = 12, PATHS = 100 };

typedef struct dice { uint64_t state; } dice;

static size_t roll(dice *d, size_t sides)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(d->state >> 33) % sides;
}

/* Few letters and short pieces, so that routes are ambiguous and paths match often. */
static const char *random_route(dice *d)
{
    static const char *const pieces[] = { "a", "b", "ab", "/", "/", "-", "1", "<int:%c>", "<str:%c>", "<slug:%c>", "<path:%c>" };
    fl_buf out = fl_buf_in(fl_arena_here(), 512);
    char name = 'm';

    for (size_t n = roll(d, 6) + 1; n > 0; n--) {
        const char *piece = pieces[roll(d, FL_LENGTH(pieces))];
        size_t percent = strcspn(piece, "%");
        fl_buf_add_n(&out, piece, percent);
        if (piece[percent] != '\0')
            fl_buf_format(&out, "%c>", name++);
    }
    return fl_buf_c(&out);
}

static const char *random_path(dice *d)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 64);

    for (size_t n = roll(d, 9); n > 0; n--)
        fl_buf_add_char(&out, "ab/-1/a1"[roll(d, 8)]);
    return fl_buf_c(&out);
}

/* The route as Django writes it for re: a second reading, not the one under test. */
static const char *plain_regex(const char *route)
{
    static const struct {
        const char *kind, *regex;
    } kinds[] = {
        { "<int:", "([0-9]+)" },
        { "<str:", "([^/]+)" },
        { "<slug:", "([-a-zA-Z0-9_]+)" },
        { "<path:", "(.+)" },
    };
    fl_buf out = fl_buf_in(fl_arena_here(), 4096);

    while (*route != '\0') {
        size_t kind = 0;
        while (kind < FL_LENGTH(kinds) && !fl_starts_with(route, kinds[kind].kind))
            kind++;
        fl_buf_add_c(&out, kind < FL_LENGTH(kinds) ? kinds[kind].regex : fl_text("%c", *route));
        route = kind < FL_LENGTH(kinds) ? strchr(route, '>') + 1 : route + 1;
    }
    return fl_buf_c(&out);
}

static fl_urls random_urls(dice *d, fl_regex **regexes)
{
    fl_route *routes = fl_new_array(fl_route, ROUTES);

    for (size_t i = 0; i < ROUTES; i++) {
        routes[i] = (fl_route){
            .kind = FL_ROUTE_PATH, .pattern = random_route(d), .view = no_view, .file = "random", .line = (int)i
        };
        regexes[i] = fl_regex_new(plain_regex(routes[i].pattern), 0);
    }
    return (fl_urls){ "random", routes, ROUTES };
}

static void compare(const fl_url_table *table, const fl_urls *urls, fl_regex *const *regexes, const char *path)
{
    fl_regex_groups groups;
    size_t first = 0;

    while (first < ROUTES && !fl_regex_match(regexes[first], fl_str_of(path), FL_REGEX_FULL, &groups))
        first++;
    const fl_match *match = fl_url_resolve(table, fl_text("/%s", path));
    fl_label("'%s' should be route %zu", path, first);
    fl_expect_equal(match != NULL, first < ROUTES);
    if (match == NULL)
        return;
    fl_label("'%s' is '%s', got '%s'", path, urls->routes[first].pattern, match->pattern);
    fl_expect_same(match->route, &urls->routes[first]);
    fl_expect_equal(match->argument_count, groups.count - 1);
    for (size_t i = 0; i < match->argument_count; i++)
        fl_expect_bytes(fl_str_of(match->arguments[i].text), groups.items[i + 1]);
}

FL_TEST(ten_thousand_random_paths_find_what_a_linear_search_finds, .no_torture = true, .timeout = 60)     /* too many allocations */
{
    dice d = { 20260101 };

    fl_defer(forget_tables, NULL);
    for (size_t round = 0; round < ROUNDS; round++)
        fl_scope {
            fl_regex *regexes[ROUTES];
            fl_urls urls = random_urls(&d, regexes);
            const fl_url_table *table = fl_urls_compile(&urls);
            for (size_t i = 0; i < PATHS; i++)
                compare(table, &urls, regexes, random_path(&d));
            fl_urls_forget();
        }
}
