/* Ways with regular expressions: part by part, each on what the one before it left. */
#include "urls/urls.h"

typedef struct captures { fl_url_found items[FL_URL_ARGUMENTS]; size_t count; } captures;

/* Named groups come by name, and those that took no part are left out; without any, all groups come by position, NULL for absent ones. */
static bool capture(const fl_url_part *part, size_t number, const fl_regex_groups *groups, captures *to)
{
    for (size_t g = 1; g < groups->count; g++) {
        if (part->named && (part->group_names[g] == NULL || groups->items[g].data == NULL))
            continue;
        if (to->count == FL_URL_ARGUMENTS)
            return false;
        const fl_converter *converter = part->group_converters[g];
        fl_match_argument argument = { .name = part->group_names[g] };
        if (groups->items[g].data != NULL)
            argument.text = fl_str_c(groups->items[g]);
        argument.value = fl_box_text(argument.text);
        if (converter != NULL && converter->parse != NULL && !converter->parse(groups->items[g], &argument.value))
            return false;
        to->items[to->count++] = (fl_url_found){ argument, number };
    }
    return true;
}

bool fl_url_chain_match(const fl_url_way *way, fl_str path, const fl_match **ret)
{
    captures found = { .count = 0 };
    fl_regex_groups groups;

    for (size_t i = 0; i < way->part_count; i++) {
        const fl_url_part *part = &way->parts[i];
        if (fl_regex_try_match(part->regex, path, part->how, &groups) != 1 || !capture(part, i, &groups, &found))
            return false;
        path = fl_str_slice(path, (size_t)(groups.items[0].data + groups.items[0].size - path.data), SIZE_MAX);
    }
    *ret = fl_url_match_of(way, found.items, found.count);
    return true;
}
