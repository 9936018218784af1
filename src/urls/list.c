/* Tables as people want to see them: every way to a view, and what was tried for a path in vain. */
#include <fleche/buf.h>
#include "urls/urls.h"

size_t fl_urls_list(const fl_url_table *table, const fl_route_line **ret)
{
    fl_route_line *lines = fl_new_array(fl_route_line, table->way_count + 1);

    for (size_t i = 0; i < table->way_count; i++) {
        const fl_url_way *way = &table->ways[i];
        lines[i] = (fl_route_line){ .pattern = fl_text("/%s", way->match.pattern),
                                    .name = way->full_name == NULL ? "" : way->full_name,
                                    .view = way->leaf->label,
                                    .file = way->leaf->file,
                                    .line = way->leaf->line,
                                    .decorators = way->match.decorators,
                                    .decorator_count = way->match.decorator_count };
    }
    *ret = lines;
    return table->way_count;
}

/* How many parts of the way the path goes through; the one it stops at counts. */
static size_t parts_tried(const fl_url_way *way, fl_str path)
{
    fl_regex_groups groups;

    for (size_t i = 0; i < way->part_count; i++) {
        fl_url_part part = way->parts[i];
        if (part.regex == NULL)
            fl_url_part_read(&part, way->parts[i].route, i + 1 == way->part_count, true);
        if (fl_regex_try_match(part.regex, path, part.how, &groups) != 1)
            return i + 1;
        path = fl_str_slice(path, (size_t)(groups.items[0].data + groups.items[0].size - path.data), SIZE_MAX);
    }
    return way->part_count;
}

static bool same_parts(const fl_url_way *a, size_t n_a, const fl_url_way *b, size_t n_b)
{
    if (a == NULL || n_a != n_b)
        return false;
    for (size_t i = 0; i < n_a; i++)
        if (a->parts[i].route != b->parts[i].route)
            return false;
    return true;
}

const fl_list *fl_urls_tried(const fl_url_table *table, const char *path)
{
    fl_list *all = fl_list_new();
    const fl_url_way *last = NULL;
    size_t last_parts = 0;

    for (size_t i = 0; i < table->way_count; i++) {
        const fl_url_way *way = &table->ways[i];
        size_t n = parts_tried(way, fl_str_of(path[0] == '/' ? path + 1 : path));
        if (same_parts(last, last_parts, way, n))
            continue;                                /* an include that did not match: once */
        fl_list *parts = fl_list_new();
        for (size_t p = 0; p < n; p++)
            fl_list_push(parts, way->parts[p].route->pattern);
        if (n == way->part_count && way->leaf->name != NULL)
            fl_list_push(parts, fl_text("[name='%s']", way->leaf->name));
        fl_list_push(all, parts);
        last = way;
        last_parts = n;
    }
    return all;
}
