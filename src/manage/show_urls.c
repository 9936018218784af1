/* show_urls: every way from the root of the URL tables to a view. */
#include <fleche/buf.h>
#include <fleche/manage.h>

FL_COMMAND_NAMED(fl_manage_show_urls, "show_urls", "Lists every route: its pattern, its view, its name and its decorators.",
                 Flag(json, .help = "as JSON"), Options(.no_checks = true));

static const char *decorators_of(const fl_route_line *line)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 65536);

    for (size_t i = 0; i < line->decorator_count; i++)
        fl_buf_format(&out, "%s%s", i > 0 ? ", " : "", line->decorators[i]->name);
    return fl_buf_c(&out);
}

static int print_json(const fl_route_line *lines, size_t n)
{
    fl_list *all = fl_list_new();

    for (size_t i = 0; i < n; i++)
        fl_list_push(all, fl_dict_of("route", lines[i].pattern, "name", lines[i].name, "view", lines[i].view, "decorators",
                                     decorators_of(&lines[i]), "file", lines[i].file, "line", lines[i].line));
    fl_print("%s\n", fl_json_dump_as(fl_json_of(all), .indent = 2, .utf8 = true));
    return 0;
}

static int fl_manage_show_urls(const fl_manage_show_urls_args *args)
{
    const fl_route_line *lines = NULL;
    const fl_url_table *table = fl_urls_root();
    size_t n = table == NULL ? 0 : fl_urls_list(table, &lines), wide = 0, wide_view = 0;

    if (args->json)
        return print_json(lines, n);
    for (size_t i = 0; i < n; i++) {
        wide = strlen(lines[i].pattern) > wide ? strlen(lines[i].pattern) : wide;
        wide_view = strlen(lines[i].view) > wide_view ? strlen(lines[i].view) : wide_view;
    }
    for (size_t i = 0; i < n; i++) {
        const char *decorators = decorators_of(&lines[i]);
        const char *text = fl_text("%-*s  %-*s  %s%s%s", (int)wide, lines[i].pattern, (int)wide_view, lines[i].view,
                                   lines[i].name, *decorators == '\0' ? "" : "  ", decorators);
        fl_str trimmed = fl_str_trim(fl_str_of(text));
        fl_print("%.*s\n", FL_SHOW(trimmed));
    }
    return 0;
}
