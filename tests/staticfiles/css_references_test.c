/* References in style sheets and scripts. */
#include "site.h"

/* Each reference in brackets. */
static const char *found_in(const char *text, bool script)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);
    size_t at = 0;

    for (fl_css_reference found; fl_css_next_reference(fl_str_of(text), script, &at, &found);)
        fl_buf_format(&out, "[%.*s]", FL_SHOW(found.url));
    return fl_buf_c(&out);
}

static const struct {
    const char *text, *found;
} sheets[] = {
    { "a{b:url(x.png)}", "[x.png]" },
    { "a{b:url(\"x.png\")}", "[x.png]" },
    { "a{b:url('x.png')}", "[x.png]" },
    { "a{b:URL( x.png)}", "[x.png]" },
    { "a{b:url(\"\n x.png\")}", "[x.png]" },
    { "a{b:url(x\n.png)}", "" },
    { "@import \"x.css\";@IMPORT\t'y.css'", "[x.css][y.css]" },
    { "@import url(x.css)", "[x.css]" },
    { "@import x", "" },
    { "/* url(x.png) */ b:url(y.png)", "[y.png]" },
    { "/* url(x.png)", "[x.png]" },
    { "a{}\n/*# sourceMappingURL=a.css.map */", "[a.css.map]" },
    { "a{}\n/*# sourceMappingURL=a.css.map*/\nb{}", "[a.css.map]" },
    { "a{} /*# sourceMappingURL=a.css.map */", "" },
    { "/*# sourcemappingurl=a.css.map */", "" },
    { "url(", "" },
    { "", "" },
};
static void check_sheet(const void *row)
{
    const __typeof__(*sheets) *it = row;

    fl_label("%s", it->text);
    fl_expect_text(found_in(it->text, false), it->found);
}
FL_TEST(style_sheets) { fl_table(sheets, check_sheet); }

static const struct {
    const char *text, *found;
} scripts[] = {
    { "f();\n//# sourceMappingURL=a.js.map\n", "[a.js.map]" },
    { "f();\r\n//# sourceMappingURL=a.js.map\r\n", "[a.js.map]" },
    { "/*\n//# sourceMappingURL=a.js.map\n*/", "" },
    { "f(); //# sourceMappingURL=a.js.map", "" },
    { "import('./a.js'); url(x)", "" },
};
static void check_script(const void *row)
{
    const __typeof__(*scripts) *it = row;

    fl_label("%s", it->text);
    fl_expect_text(found_in(it->text, true), it->found);
}
FL_TEST(scripts_have_their_source_map) { fl_table(scripts, check_script); }
