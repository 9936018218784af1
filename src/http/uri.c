/* Which characters may stand in a URI as they are, and the encoding of the others: Django's iri_to_uri and escape_uri_path. */
#include "http/uri.h"
#include <fleche/buf.h>
#include <fleche/codec.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"
#define IRI_SAFE "/#%[]=:;$&()+,!?*@'~"
#define PATH_SAFE "/:@&+$,-_.!~*'()"

bool fl_uri_is_plain(fl_str text, fl_uri_class which)
{
    static _Thread_local uint8_t classes[256];       /* one bit a class; made when first asked for */

    if (classes['a'] == 0) {
        for (const char *c = LETTERS; *c != '\0'; c++)
            classes[(uint8_t)*c] = FL_URI_PATH | FL_URI_QUERY;
        for (const char *c = PATH_SAFE; *c != '\0'; c++)
            classes[(uint8_t)*c] |= FL_URI_PATH;
        for (const char *c = IRI_SAFE; *c != '\0'; c++)
            classes[(uint8_t)*c] |= FL_URI_QUERY;
    }
    for (size_t i = 0; i < text.size; i++)
        if ((classes[(uint8_t)text.data[i]] & (unsigned)which) == 0)
            return false;
    return true;
}

static const char *encode(const char *text, fl_uri_class which, const char *safe)
{
    fl_str all = fl_str_of(text);

    if (fl_uri_is_plain(all, which))
        return text;
    fl_buf out = fl_buf_in(fl_arena_here(), 3 * all.size);
    fl_percent_encode(all, safe, &out);
    return fl_buf_c(&out);
}

const char *fl_iri_to_uri(const char *iri) { return encode(iri, FL_URI_QUERY, IRI_SAFE); }
const char *fl_escape_path(const char *path) { return encode(path, FL_URI_PATH, PATH_SAFE); }
