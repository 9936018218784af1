/* "/" of a site that has no routes yet. */
#include "debug/debug.h"

static const char arrow[] =
    "<svg class=\"arrow\" viewBox=\"0 0 240 80\" width=\"240\" height=\"80\" aria-hidden=\"true\" focusable=\"false\">"
    "<path d=\"M12 40 H206\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"5\" stroke-linecap=\"round\"/>"
    "<path d=\"M186 18 L226 40 L186 62 L196 40 Z\" fill=\"currentColor\"/>"
    "<path d=\"M10 20 L34 40 M26 20 L50 40 M42 20 L66 40 M10 60 L34 40 M26 60 L50 40 M42 60 L66 40\" "
    "fill=\"none\" stroke=\"currentColor\" stroke-width=\"5\" stroke-linecap=\"round\"/></svg>\n";

fl_response *fl_debug_welcome(fl_request *request)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_REPORT_MOST);
    const fl_project *project = fl_project_now();

    if (!fl_wants_html(request))
        return fl_debug_response(request, NULL, "It works. The site has no routes yet: add one with FL_URLS.\n", 200);
    fl_html_begin(&out, "It works: your site is running");
    fl_buf_format(&out,
                  "<body class=\"welcome\">\n<main class=\"wrap\">\n%s<h1>It works. Your site is running.</h1>\n"
                  "<p class=\"message\">Flèche %s serves <code>",
                  arrow, FL_VERSION);
    fl_html_text(&out, project == NULL ? "a site" : project->name);
    fl_buf_add_c(&out, "</code>, which has no routes yet. Give it one:</p>\n"
                       "<pre class=\"source plain\" tabindex=\"0\" role=\"region\" aria-label=\"A first view\"><code>");
    fl_html_text(&out, "static fl_response *hello(fl_request *req)\n{\n    return fl_text_response(\"Hello, World!\");\n}\n\n"
                       "FL_URLS(urls, Path(\"\", hello));\nFL_PROJECT(site, Urls(urls));\n");
    fl_buf_add_c(&out, "</code></pre>\n</main>\n<footer class=\"wrap\">"
                       "<p>You see this page because the settings say <code>debug = true</code> and "
                       "no URL pattern has been written.</p></footer>\n</body>\n</html>\n");
    return fl_debug_response(request, fl_buf_c(&out), NULL, 200);
}
