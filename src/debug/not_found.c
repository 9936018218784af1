/* Why a path leads nowhere: the patterns that were tried for it, or the view that raised. */
#include "debug/debug.h"

typedef struct search { const fl_request *request; const fl_error *error; const fl_list *tried; } search;

static void put_top(fl_buf *out, const search *it)
{
    fl_html_begin(out, fl_text("Not found: %s", it->request->path));
    fl_buf_add_c(out, "<body>\n<header class=\"top calm\"><div class=\"wrap\">\n"
                      "<p class=\"line-of-request\"><span class=\"badge\">404 Not Found</span> <code>");
    fl_html_text(out, it->request->method);
    fl_buf_add_char(out, ' ');
    fl_html_text(out, fl_facts_url(fl_reporter_now(), it->request));
    fl_buf_add_c(out, "</code></p>\n<h1>Page not found</h1>\n");
    if (it->request->match != NULL) {
        fl_buf_add_c(out, "<p class=\"message\">");
        fl_html_text(out, it->error->message);
        fl_buf_add_c(out, "</p>\n");
    }
    fl_buf_add_c(out, "</div></header>\n<main class=\"wrap\">\n");
}

static void put_view(fl_buf *out, const search *it)
{
    const fl_match *match = it->request->match;

    fl_buf_add_c(out, "<section class=\"card\" id=\"view\">\n<h2>Raised by the view <code>");
    fl_html_text(out, match->view_name);
    fl_buf_add_c(out, "</code></h2>\n<p>The path matched <code>");
    fl_html_text(out, match->pattern[0] == '\0' ? "\"\"" : match->pattern);
    fl_buf_format(out, "</code>. The error was raised at <code class=\"at\">");
    fl_html_text(out, fl_text("%s:%d", it->error->file, it->error->line));
    fl_buf_add_c(out, "</code>.</p>\n");
    if (it->error->hint != NULL) {
        fl_buf_add_c(out, "<p>Hint: ");
        fl_html_text(out, it->error->hint);
        fl_buf_add_c(out, "</p>\n");
    }
    fl_buf_add_c(out, "</section>\n");
}

static void put_tried(fl_buf *out, const search *it)
{
    fl_buf_add_c(out, "<section class=\"card\" id=\"tried\">\n<h2>Patterns that were tried</h2>\n<ol class=\"tried\">\n");
    for (size_t i = 0; i < it->tried->count; i++) {
        const fl_list *parts = it->tried->items[i].list;
        fl_buf_add_c(out, "<li>");
        for (size_t k = 0; k < parts->count; k++) {
            fl_buf_add_c(out, k == 0 ? "<code>" : " <code>");
            fl_html_text(out, fl_value_text(parts->items[k]));
            fl_buf_add_c(out, "</code>");
        }
        fl_buf_add_c(out, "</li>\n");
    }
    fl_buf_add_c(out, "</ol>\n<p>The path <code>");
    fl_html_text(out, it->request->path);
    fl_buf_add_c(out, it->tried->count == 0 ? "</code> was looked for, but there are no patterns.</p>\n</section>\n"
                                            : "</code> matched none of them.</p>\n</section>\n");
}

static const char *as_html(const search *it)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_REPORT_MOST);

    put_top(&out, it);
    if (it->request->match != NULL)
        put_view(&out, it);
    else
        put_tried(&out, it);
    fl_buf_add_c(&out,
                 "</main>\n<footer class=\"wrap\"><p>You see this page because the settings say <code>debug = true</code>. With "
                 "<code>debug = false</code> there is a plain 404 page in its place.</p></footer>\n</body>\n</html>\n");
    return fl_buf_c(&out);
}

static const char *as_text(const search *it)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_REPORT_MOST);

    fl_buf_format(&out, "404 Not Found: %s %s\n\n", it->request->method, it->request->path);
    if (it->request->match != NULL) {
        fl_buf_format(&out, "%s\n  raised by the view %s at %s:%d\n", it->error->message, it->request->match->view_name,
                      it->error->file, it->error->line);
        return fl_buf_c(&out);
    }
    fl_buf_add_c(&out, "Patterns that were tried:\n");
    for (size_t i = 0; i < it->tried->count; i++) {
        const fl_list *parts = it->tried->items[i].list;
        fl_buf_format(&out, "  %zu.", i + 1);
        for (size_t k = 0; k < parts->count; k++)
            fl_buf_format(&out, " %s", fl_value_text(parts->items[k]));
        fl_buf_add_char(&out, '\n');
    }
    fl_buf_add_c(&out, "The settings say debug = true: else there is a plain 404 page in place of this.\n");
    return fl_buf_c(&out);
}

fl_response *fl_debug_not_found(fl_request *request, fl_error *error)
{
    const fl_url_table *table = request->urlconf != NULL ? fl_urls_compile(request->urlconf) : fl_urls_root();
    search it = { request, error, table == NULL ? fl_list_new() : fl_urls_tried(table, request->path_info) };
    bool html = fl_wants_html(request);

    return fl_debug_response(request, html ? as_html(&it) : NULL, html ? NULL : as_text(&it), 404);
}
