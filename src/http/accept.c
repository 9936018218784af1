/* What the client takes: Accept and Accept-Encoding, by how exactly an entry names a thing and how much it is liked (RFC 9110, 12.5). */
#include <fleche/conditional.h>
#include "http/header.h"

/* -- types -------------------------------------------------------------------------------------------------------------------------------- */

typedef struct media { fl_str main, sub, parameters; bool has_parameters; double quality; int exactness; } media;

static bool is_any(fl_str text) { return fl_str_equal(text, fl_lit("*")); }

/* "text/html;level=1;q=0.8" */
static media parse(fl_str item)
{
    fl_str type, name, value, rest = item;
    media m = { .quality = 1 };

    (void)fl_str_cut(&rest, ';', &type);
    m.parameters = rest;
    type = fl_str_trim(type);
    (void)fl_str_cut(&type, '/', &m.main);
    m.sub = type;
    while (fl_header_next_parameter(&rest, &name, &value)) {
        bool is_quality = fl_header_same_name(name, fl_lit("q"));
        m.has_parameters |= !is_quality;
        if (is_quality)
            m.quality = fl_header_quality(value);
    }
    m.exactness = is_any(m.main) ? 0 : is_any(m.sub) ? 1 : m.has_parameters ? 3 : 2;
    return m;
}

static bool finds_parameter(fl_str parameters, fl_str wanted, fl_str wanted_value)
{
    fl_str name, value;

    while (fl_header_next_parameter(&parameters, &name, &value))
        if (fl_header_same_name(name, wanted) && fl_str_equal(value, wanted_value))
            return true;
    return false;
}

/* Whether all of one side's parameters, but for q, are the other's too. */
static bool are_among(fl_str parameters, fl_str others)
{
    fl_str name, value;

    while (fl_header_next_parameter(&parameters, &name, &value))
        if (!fl_header_same_name(name, fl_lit("q")) && !finds_parameter(others, name, value))
            return false;
    return true;
}

static bool part_fits(fl_str a, fl_str b)
{
    return a.size > 0 && b.size > 0 && (is_any(a) || is_any(b) || fl_header_same_name(a, b));
}

/* An entry without parameters takes the type with any; one with parameters only the very same. */
static bool fits(const media *entry, const media *wanted)
{
    return part_fits(entry->main, wanted->main) && part_fits(entry->sub, wanted->sub) &&
           (!entry->has_parameters ||
            (are_among(entry->parameters, wanted->parameters) && are_among(wanted->parameters, entry->parameters)));
}

typedef struct match { bool found; double quality; int exactness; size_t place; } match;

/* The entry that names the type most exactly decides, even if it says no: with "text/html;q=0" anything but HTML is taken by what is
 * less exact. */
static match match_of(fl_str header, const char *type)
{
    media wanted = parse(fl_str_of(type));
    match best = { .found = false };
    size_t place = 0;

    for (fl_str item, rest = header; fl_header_next_item(&rest, &item); place++) {
        media entry = parse(item);
        bool is_better = !best.found || entry.exactness > best.exactness ||
                         (entry.exactness == best.exactness && entry.quality > best.quality);
        if (is_better && fits(&entry, &wanted))
            best = (match){ true, entry.quality, entry.exactness, place };
    }
    best.found &= best.quality > 0;
    return best;
}

/* Who does not say takes everything. */
static fl_str accepted_by(const fl_request *request)
{
    const char *header = fl_header_or_null(request, "Accept");
    return header == NULL ? fl_lit("*/*") : fl_str_of(header);
}

bool fl_accepts(const fl_request *request, const char *type) { return match_of(accepted_by(request), type).found; }

/* Better liked, else named more exactly, else named earlier. */
static bool is_preferred(match a, match b)
{
    if (a.quality > b.quality || a.quality < b.quality)
        return a.quality > b.quality;
    return a.exactness != b.exactness ? a.exactness > b.exactness : a.place < b.place;
}

const char *fl_preferred_type_(const fl_request *request, const char *const *types)
{
    const char *preferred = NULL;
    match best = { .found = false };

    for (size_t i = 0; types[i] != NULL; i++) {
        match found = match_of(accepted_by(request), types[i]);
        if (!found.found || (preferred != NULL && !is_preferred(found, best)))
            continue;
        preferred = types[i];
        best = found;
    }
    return preferred;
}

/* -- codings -------------------------------------------------------------------------------------------------------------------------------- */

static fl_str real_name(fl_str coding)
{
    return fl_header_same_name(coding, fl_lit("x-gzip"))       ? fl_lit("gzip")
           : fl_header_same_name(coding, fl_lit("x-compress")) ? fl_lit("compress")
                                                               : coding;
}

/* A coding by its own name, else by "*". Nobody needs to name identity; it is out only if that is said. */
double fl_accepts_encoding(const fl_request *request, const char *coding)
{
    fl_str wanted = real_name(fl_str_of(coding)), rest = fl_str_of(fl_header(request, "Accept-Encoding"));
    double by_star = fl_header_same_name(wanted, fl_lit("identity")) ? 1 : 0;

    for (fl_str item; fl_header_next_item(&rest, &item);) {
        fl_str named, name, value;
        double quality = 1;
        (void)fl_str_cut(&item, ';', &named);
        while (fl_header_next_parameter(&item, &name, &value))
            if (fl_header_same_name(name, fl_lit("q")))
                quality = fl_header_quality(value);
        named = real_name(fl_str_trim(named));
        if (fl_header_same_name(named, wanted))
            return quality;
        if (is_any(named))
            by_star = quality;
    }
    return by_star;
}
