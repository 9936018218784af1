/* The report as a page that needs nothing else: no script, no file beside it. Folding is <details>; everything that an error, a
 * client or a source file says is escaped. */
#include "debug/debug.h"

void fl_html_begin(fl_buf *out, const char *title)
{
    fl_buf_add_c(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n"
                      "<link rel=\"icon\" href=\"data:,\">\n<title>");
    fl_html_text(out, title);
    fl_buf_format(out, "</title>\n<style>%s</style>\n</head>\n", fl_debug_style);
}

/* -- source ------------------------------------------------------------------------------------------------------------------ */

static void put_source(fl_buf *out, const char *file, int line)
{
    fl_source source;

    if (!fl_source_read(file, line, &source)) {
        fl_buf_add_c(out, "<p class=\"none\">The source is not here.</p>\n");
        return;
    }
    fl_buf_add_c(out, "<pre class=\"source\" tabindex=\"0\" role=\"region\" aria-label=\"Source, line ");
    fl_buf_format(out, "%d marked\"><code>", line);
    for (size_t i = 0; i < source.count; i++) {
        int number = source.first + (int)i;
        const char *element = number == line ? "mark" : "span";
        fl_buf_format(out, "<%s class=\"line\" data-n=\"%d\">", element, number);
        fl_escape_to(out, source.lines[i]);
        fl_buf_format(out, "\n</%s>", element);
    }
    fl_buf_add_c(out, "</code></pre>\n");
}

static void put_place(fl_buf *out, const char *file, int line)
{
    fl_buf_add_c(out, "<code class=\"at\">");
    fl_html_text(out, file);
    fl_buf_format(out, ":%d</code>", line);
}

/* -- calls ------------------------------------------------------------------------------------------------------------------- */

static void put_folded_call(fl_buf *out, const fl_call_place *place)
{
    fl_buf_add_c(out, "<li><code class=\"fn\">");
    fl_html_text(out, place->function);
    fl_buf_add_c(out, "</code> ");
    if (place->file != NULL)
        put_place(out, place->file, place->line);
    fl_buf_add_c(out, "</li>\n");
}

/* The calls from `at` on that are not the application's; the result is the place behind them. */
static size_t put_folded(fl_buf *out, const fl_call_place *places, size_t at, size_t n)
{
    size_t end = at;

    while (end < n && !places[end].own)
        end++;
    fl_buf_format(out, "<li class=\"folded\"><details><summary>%zu call%s of the framework</summary><ul>\n", end - at,
                  end - at == 1 ? "" : "s");
    for (; at < end; at++)
        put_folded_call(out, &places[at]);
    fl_buf_add_c(out, "</ul></details></li>\n");
    return end;
}

static void put_own(fl_buf *out, const fl_call_place *place, bool open)
{
    fl_buf_format(out, "<li class=\"own\"><details%s><summary><code class=\"fn\">", open ? " open" : "");
    fl_html_text(out, place->function);
    fl_buf_add_c(out, "</code> ");
    put_place(out, place->file, place->line);
    fl_buf_add_c(out, "</summary>\n");
    put_source(out, place->file, place->line);
    fl_buf_add_c(out, "</details></li>\n");
}

/* Without debugging information nothing is known to be the application's; where it was raised is known always. */
static bool has_own(const fl_call_place *places, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (places[i].own)
            return true;
    return false;
}

static void put_calls(fl_buf *out, const fl_error *error)
{
    const fl_call_place *places;
    size_t n = fl_call_places(error, &places), own = 0;

    if (!has_own(places, n))
        put_source(out, error->file, error->line);
    if (n == 0)
        return;
    fl_buf_add_c(out, "<ol class=\"calls\">\n");
    for (size_t i = 0; i < n;) {
        if (!places[i].own) {
            i = put_folded(out, places, i, n);
            continue;
        }
        put_own(out, &places[i++], own++ == 0);
    }
    fl_buf_add_c(out, "</ol>\n");
}

/* -- errors ------------------------------------------------------------------------------------------------------------------ */

static void put_aside(fl_buf *out, const char *name, const char *text)
{
    if (text == NULL)
        return;
    fl_buf_format(out, "<div class=\"%s\"><dt>%s</dt><dd>", name, name);
    fl_html_text(out, text);
    fl_buf_add_c(out, "</dd></div>\n");
}

static void put_about(fl_buf *out, const fl_error *error)
{
    fl_buf_add_c(out, "<dl class=\"about\">\n<div><dt>raised at</dt><dd>");
    put_place(out, error->file, error->line);
    fl_buf_add_c(out, "</dd></div>\n");
    put_aside(out, "detail", error->detail);
    put_aside(out, "hint", error->hint);
    fl_buf_add_c(out, "</dl>\n");
}

static void put_cause(fl_buf *out, const fl_error *error, const char *relation, int depth)
{
    if (error == NULL || depth == FL_REPORT_CAUSES)
        return;
    fl_buf_format(out, "<section class=\"card cause\">\n<h2><small>%s</small> <code>%s</code></h2>\n<p class=\"message\">",
                  relation, error->is->name);
    fl_html_text(out, error->message);
    fl_buf_add_c(out, "</p>\n");
    put_about(out, error);
    put_calls(out, error);
    fl_buf_add_c(out, "</section>\n");
    put_cause(out, error->cause, "Caused by", depth + 1);
    put_cause(out, error->suppressed, "While it unwound", depth + 1);
}

static void put_error(fl_buf *out, const fl_error *error)
{
    fl_buf_add_c(out, "<section class=\"card\" id=\"backtrace\">\n<h2>Backtrace</h2>\n"
                      "<p class=\"note\">Innermost call first. C keeps no values of variables, so none are shown.</p>\n");
    put_calls(out, error);
    fl_buf_add_c(out, "</section>\n");
    put_cause(out, error->cause, "Caused by", 1);
    put_cause(out, error->suppressed, "While it unwound", 1);
}

/* -- facts ------------------------------------------------------------------------------------------------------------------- */

static void put_facts(fl_buf *out, const fl_facts *facts)
{
    fl_buf_format(out, "<h3>%s</h3>\n", facts->title);
    if (facts->rows.count == 0) {
        fl_buf_add_c(out, "<p class=\"none\">");
        fl_html_text(out, facts->empty);
        fl_buf_add_c(out, ".</p>\n");
        return;
    }
    fl_buf_add_c(out, "<table>\n<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < facts->rows.count; i++) {
        fl_buf_add_c(out, "<tr><th scope=\"row\">");
        fl_html_text(out, facts->rows.items[i].name);
        fl_buf_add_c(out, "</th><td><code>");
        fl_html_text(out, facts->rows.items[i].value);
        fl_buf_add_c(out, "</code></td></tr>\n");
    }
    fl_buf_add_c(out, "</tbody>\n</table>\n");
}

static void put_request(fl_buf *out, const fl_reporter *self, const fl_request *request)
{
    fl_facts facts[FL_FACTS_MOST];

    fl_buf_add_c(out, "<section class=\"card\" id=\"request\">\n<h2>Request</h2>\n");
    if (request == NULL) {
        fl_buf_add_c(out, "<p class=\"none\">There was no request.</p>\n</section>\n");
        return;
    }
    size_t n = fl_facts_of_request(self, request, facts);
    facts[0].title = "General";
    for (size_t i = 0; i < n; i++)
        put_facts(out, &facts[i]);
    fl_buf_add_c(out, "</section>\n");
}

static void put_environment(fl_buf *out, const fl_reporter *self)
{
    fl_facts process = fl_facts_of_process(), settings = fl_facts_of_settings(self);

    fl_buf_add_c(out, "<section class=\"card\" id=\"environment\">\n<h2>Environment</h2>\n");
    put_facts(out, &process);
    fl_buf_add_c(out, "<details class=\"settings\"><summary>Settings</summary>\n");
    put_facts(out, &settings);
    fl_buf_add_c(out, "</details>\n</section>\n");
}

/* -- the page ---------------------------------------------------------------------------------------------------------------- */

static void put_top(fl_buf *out, const fl_request *request, const fl_error *error, int status)
{
    fl_buf_format(
        out,
        "<body>\n<header class=\"top\"><div class=\"wrap\">\n<p class=\"line-of-request\"><span class=\"badge\">%d %s</span>",
        status, fl_status_phrase(status));
    if (request != NULL) {
        fl_buf_add_c(out, " <code>");
        fl_html_text(out, request->method);
        fl_buf_add_char(out, ' ');
        fl_html_text(out, request->path);
        fl_buf_add_c(out, "</code>");
    }
    fl_buf_add_c(out, "</p>\n<h1>");
    fl_html_text(out, error == NULL ? "No error was given" : error->is->name);
    fl_buf_add_c(out, "</h1>\n<p class=\"message\">");
    fl_html_text(out, error == NULL ? "" : error->message);
    fl_buf_add_c(out, "</p>\n");
    if (error != NULL)
        put_about(out, error);
    fl_buf_add_c(
        out,
        "<nav aria-label=\"Parts of this page\"><a href=\"#backtrace\">Backtrace</a> <a href=\"#request\">Request</a> "
        "<a href=\"#environment\">Environment</a> <a href=\"#text\">As text</a></nav>\n</div></header>\n<main class=\"wrap\">\n");
}

static void put_text(fl_buf *out, const char *text)
{
    fl_buf_add_c(out,
                 "<section class=\"card\" id=\"text\">\n<h2>As text</h2>\n"
                 "<p class=\"note\">To be copied and pasted where you ask for help. "
                 "Look it over first: only what sounds secret is hidden.</p>\n"
                 "<textarea readonly rows=\"16\" cols=\"80\" spellcheck=\"false\" aria-label=\"The report as plain text\">\n");
    fl_html_text(out, text);
    fl_buf_add_c(out, "</textarea>\n</section>\n");
}

const char *fl_reporter_html(const fl_reporter *self, const fl_request *request, const fl_error *error, int status)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_REPORT_MOST);
    const char *name = error == NULL ? fl_status_phrase(status) : error->is->name;
    bool debug = fl_settings_are_loaded() && fl_settings_now()->debug;

    fl_html_begin(&out, request == NULL ? name : fl_text("%s at %s", name, request->path));
    put_top(&out, request, error, status);
    if (error != NULL)
        put_error(&out, error);
    put_request(&out, self, request);
    put_environment(&out, self);
    put_text(&out, fl_reporter_text(self, request, error, status));
    fl_buf_add_c(&out, "</main>\n<footer class=\"wrap\">");
    if (debug)
        fl_buf_add_c(
            &out,
            "<p>You see this page because the settings say <code>debug = true</code>. With <code>debug = false</code> there is "
            "a plain page in its place.</p>");
    fl_buf_add_c(&out, "</footer>\n</body>\n</html>\n");
    return fl_buf_c(&out);
}
