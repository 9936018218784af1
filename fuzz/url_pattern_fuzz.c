/* Routes as an author may mistype them: a table of the text as a path and as an expression compiles, or says what is wrong with it; and
 * what compiles takes any path, lists itself, and is reversed without harm. The first line is the route, the second a path. */
#include <fleche/base.h>
#include <fleche/env.h>
#include <fleche/urls.h>
#include <stdlib.h>

static fl_response *view(fl_request *request)
{
    (void)request;
    return NULL;
}

static void use(void *data)
{
    const fl_urls *urls = data;
    const fl_url_table *table = fl_urls_compile(urls);
    const fl_route_line *lines;
    const fl_url_problem *problems;
    const fl_value seven = fl_box(7);

    (void)fl_url_resolve(table, urls->name);
    (void)fl_urls_tried(table, urls->name);
    (void)fl_urls_list(table, &lines);
    (void)fl_urls_check(urls, &problems);
    (void)fl_try_reverse("x", NULL, 0, &(const fl_reverse_options){ .table = table });
    (void)fl_try_reverse("x", NULL, 0, &(const fl_reverse_options){ .table = table, .args = &seven, .arg_count = 1 });
}

static void try_route(const char *pattern, const char *path, fl_route_kind kind)
{
    fl_route route = { .kind = kind, .pattern = pattern, .view = view, .name = "x", .label = "view", .file = "fuzz", .line = 1 };
    fl_urls urls = { path, &route, 1 };
    fl_error *error = fl_protect(use, &urls);

    if (error != NULL && !fl_error_is(error, FL_IMPROPERLY_CONFIGURED) && !fl_error_is(error, FL_MEMORY_LIMIT))
        abort();
    fl_urls_forget();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;
    fl_str rest = fl_str_n((const char *)data, size < 512 ? size : 512), pattern = { 0 };

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    (void)fl_str_cut(&rest, '\n', &pattern);
    const char *path = fl_text("/%s", fl_str_c(rest)), *text = fl_str_c(pattern);
    try_route(text, path, FL_ROUTE_PATH);
    try_route(text, path, FL_ROUTE_REGEX);
    fl_arena_reset(arena);
    return 0;
}
