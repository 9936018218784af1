/* Any path against a fixed table: what matches gives arguments whose texts lie in the path, and reverses to a URL that resolves to the same
 * route again. */
#include <fleche/base.h>
#include <fleche/codec.h>
#include <fleche/urls.h>
#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

static fl_response *view(fl_request *request)
{
    (void)request;
    return NULL;
}

FL_URLS(inner, Path("<slug:slug>/", view, .name = "slug"), RePath("^(?P<n>[0-9]+)\\.html$", view, .name = "html"));
FL_URLS(table_urls, Path("", view, .name = "root"), Path("a/<int:n>/", view, .name = "int"),
        Path("a/<str:s>/", view, .name = "str"), Path("<slug:a>-<int:b>/", view, .name = "dash"),
        Path("u/<uuid:id>", view, .name = "uuid"), RePath("^r/(?:p(?P<page>[0-9]+)/)?$", view, .name = "page"),
        Include("in/<int:id>/", inner), Path("<path:rest>/x/<str:s>", view, .name = "path"));

static void check(const char *path)
{
    const fl_url_table *table = fl_urls_compile(&table_urls);
    const fl_match *match = fl_url_resolve(table, path);

    if (match == NULL) {
        require(fl_len(fl_urls_tried(table, path)) > 0);
        return;
    }
    fl_value *pairs = fl_new_array(fl_value, 2 * match->argument_count + 1);
    for (size_t i = 0; i < match->argument_count; i++) {
        require(strstr(path, match->arguments[i].text) != NULL);
        pairs[2 * i] = fl_box(match->arguments[i].name);
        pairs[2 * i + 1] = fl_box(match->arguments[i].text);
    }
    const char *url = fl_try_reverse(match->url_name, pairs, match->argument_count,
                                     &(const fl_reverse_options){ .table = table });
    if (url == NULL)
        return;                                      /* text that is no UTF-8 is refused */
    fl_buf decoded = fl_buf_in(fl_arena_here(), 1 << 20);
    fl_percent_decode(fl_str_of(url), &decoded);
    const fl_match *again = fl_url_resolve(table, fl_buf_c(&decoded));
    require(again != NULL && again->argument_count == match->argument_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    check(fl_text("/%s", fl_str_c(fl_str_n((const char *)data, size < 4096 ? size : 4096))));
    fl_arena_reset(arena);
    return 0;
}
