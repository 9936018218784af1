/* What all pages share: the head, the style, the foot. */
#include <fleche/html.h>
#include "kitchen.h"

static const char style[] =
    ":root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1d1c1a;--soft:#6d6a63;--line:#dedad0;--arrow:#b3361d}"
    "@media(prefers-color-scheme:dark){:root{--paper:#171614;--ink:#ece9e2;--soft:#a09b90;--line:#37342e;--arrow:#ff8a66}}"
    "*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1.05rem/1.6 system-ui,sans-serif}"
    "main{max-width:44rem;margin:0 auto;padding:3rem 1.25rem}h1{font-size:2.2rem;line-height:1.15;margin:0 0 .5rem}"
    "h1 b{color:var(--arrow)}h2{font-size:1.15rem;margin:2.5rem 0 .75rem}p{margin:.5rem 0}a{color:var(--arrow)}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.45rem .75rem .45rem 0;border-top:1px solid var(--line);"
    "vertical-align:top}code{font:0.92em ui-monospace,monospace;overflow-wrap:anywhere}small,footer{color:var(--soft)}"
    "form{border:1px solid var(--line);border-radius:.5rem;padding:1rem;display:grid;gap:.75rem}label{display:grid;gap:.25rem}"
    "input,button{font:inherit;padding:.5rem .75rem;border:1px solid var(--line);border-radius:.35rem;background:transparent;color:inherit;"
    "max-width:100%}button{background:var(--arrow);border-color:var(--arrow);color:var(--paper);cursor:pointer}"
    "footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:1rem}";

fl_response *page(const char *title, fl_value body)
{
    fl_value html = fl_format_html(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>{} · Flèche</title>\n"
        "<style>{}</style>\n<main>\n{}\n<footer><small>Flèche's kitchen: one of everything.</small></footer>\n"
        "</main>\n</html>\n",
        title, fl_safe(fl_box(style)), body);
    return fl_html_response(html.text.data);
}
