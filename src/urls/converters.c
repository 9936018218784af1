/* Converters: the five that are always there, and the site's own. */
#include <stdlib.h>
#include "urls/urls.h"

enum { MOST = 64 };

/* -- the usual ones --------------------------------------------------------------------------------------------------------------------------- */

/* More digits than an integer holds cannot be the key of anything: no match. */
static bool parse_int(fl_str text, fl_value *ret)
{
    fl_int value;

    if (!fl_str_int(text, &value))
        return false;
    *ret = fl_box_int(value);
    return true;
}

/* 36 characters, hexadecimal digits and hyphens, were counted: here, whether the hyphens stand where they must. */
static bool parse_uuid(fl_str text, fl_value *ret)
{
    fl_uuid id;

    if (text.size != 36 || text.data[8] != '-' || text.data[13] != '-' || text.data[18] != '-' || text.data[23] != '-')
        return false;
    if (fl_uuid_try_parse(text, &id) != 0)
        return false;
    *ret = fl_box_uuid(id);
    return true;
}

static const fl_converter usual[] = {
    { .name = "int", .regex = "[0-9]+", .parse = parse_int },
    { .name = "str", .regex = "[^/]+" },
    { .name = "slug", .regex = "[-a-zA-Z0-9_]+" },
    { .name = "uuid", .regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", .parse = parse_uuid },
    { .name = "path", .regex = ".+" },
};

/* -- a site's own ---------------------------------------------------------------------------------------------------------------------------- */

static const fl_converter *own[MOST];                /* per process; they are static tables */
static size_t own_count;

const fl_converter *fl_converter_named(fl_str name)
{
    for (size_t i = 0; i < FL_LENGTH(usual); i++)
        if (fl_str_equal(name, fl_str_of(usual[i].name)))
            return &usual[i];
    for (size_t i = 0; i < own_count; i++)
        if (fl_str_equal(name, fl_str_of(own[i]->name)))
            return own[i];
    return NULL;
}

void fl_converter_register(const fl_converter *converter)
{
    const fl_converter *known = fl_converter_named(fl_str_of(converter->name));

    if (known == converter)
        return;
    if (known != NULL)
        fl_raise(FL_VALUE_ERROR, "a converter '%s' is registered already", converter->name);
    if (own_count == MOST)
        fl_raise(FL_VALUE_ERROR, "there are %d converters already; '%s' is one too many", MOST, converter->name);
    own[own_count++] = converter;
}

/* -- what the trie knows of them --------------------------------------------------------------------------------------------------------------- */

static void take_range(fl_url_class *class, unsigned from, unsigned to)
{
    for (unsigned c = from; c <= to; c++)
        class->takes[c] = true;
}

static fl_url_class *make_classes(void)
{
    static fl_url_class classes[FL_LENGTH(usual)];

    for (size_t i = 0; i < FL_LENGTH(usual); i++)
        classes[i] = (fl_url_class){ .converter = &usual[i] };
    take_range(&classes[0], '0', '9');
    take_range(&classes[1], 1, 255);
    classes[1].takes['/'] = false;
    take_range(&classes[2], '0', '9');
    take_range(&classes[2], 'a', 'z');
    take_range(&classes[2], 'A', 'Z');
    classes[2].takes['-'] = classes[2].takes['_'] = true;
    take_range(&classes[3], '0', '9');
    take_range(&classes[3], 'a', 'f');
    classes[3].takes['-'] = true;
    classes[3].exactly = 36;
    take_range(&classes[4], 1, 255);
    classes[4].takes['\n'] = false;
    return classes;
}

const fl_url_class *fl_url_class_of(const fl_converter *converter)
{
    static fl_url_class *classes;

    if (classes == NULL)
        classes = make_classes();
    for (size_t i = 0; i < FL_LENGTH(usual); i++)
        if (converter == &usual[i])
            return &classes[i];
    return NULL;
}
