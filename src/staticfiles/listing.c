/* The page for a directory: the way up, and what is in it. */
#include <fleche/buf.h>
#include <fleche/html.h>
#include "staticfiles/staticfiles.h"

enum { LARGEST = 8 << 20 };

static void add_link(fl_buf *page, const char *href, const char *name)
{
    fl_buf_add_c(page, "<li><a href=\"");
    fl_buf_add(page, fl_escape(fl_str_of(href)).text);
    fl_buf_add_c(page, "\">");
    fl_buf_add(page, fl_escape(fl_str_of(name)).text);
    fl_buf_add_c(page, "</a></li>\n");
}

/* "./" in front: a name like "javascript:x" is a file here, not a scheme. */
static const char *href_of(const char *name) { return fl_text("./%s", fl_escape_path(name)); }

fl_response *fl_static_listing(const char *relative, const char *const *names, size_t count)
{
    fl_buf page = fl_buf_in(fl_arena_here(), LARGEST);
    fl_str title = fl_escape(fl_str_of(fl_text("Index of /%s", relative))).text;

    fl_buf_format(
        &page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"robots\" content=\"noindex\">\n"
        "<title>%.*s</title>\n</head>\n<body>\n<h1>%.*s</h1>\n<ul>\n",
        FL_SHOW(title), FL_SHOW(title));
    if (*relative != '\0')
        add_link(&page, "../", "../");
    for (size_t i = 0; i < count; i++)
        add_link(&page, href_of(names[i]), names[i]);
    fl_buf_add_c(&page, "</ul>\n</body>\n</html>\n");
    return fl_html_response(fl_buf_c(&page));
}
