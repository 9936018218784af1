/* The layering of the house. floors.txt names floors and their modules from the ground up; a module has a rank, its place in that list,
 * and may include what has no higher rank. Whose a file is, its path says: include/fleche/x.h is the module's that lists x,
 * src/<module>/… the module's own. */
#include "layers.h"
#include <unistd.h>

enum { UNKNOWN = -1 };

typedef struct module { fl_str name, floor; long long number; } module;
typedef struct header { fl_str name; int rank; } header;
typedef struct house {
    const char *root;
    fl_vec(module) modules;                      /* by rank */
    fl_vec(header) headers;
    fl_buf *complaints;
} house;
typedef struct place { const char *path; int line; int rank; } place;   /* of an include, and its module */

static int rank_of(const house *h, fl_str name)
{
    for (size_t i = 0; i < h->modules.count; i++)
        if (fl_str_equal(h->modules.items[i].name, name))
            return (int)i;
    return UNKNOWN;
}

/* `name` without its .h */
static int rank_of_header(const house *h, fl_str name)
{
    for (size_t i = 0; i < h->headers.count; i++)
        if (fl_str_equal(h->headers.items[i].name, name))
            return h->headers.items[i].rank;
    return UNKNOWN;
}

static int rank_of_header_file(const house *h, fl_str file)
{
    return fl_str_ends(file, fl_lit(".h")) ? rank_of_header(h, fl_str_slice(file, 0, file.size - 2)) : UNKNOWN;
}

/* -- floors.txt --------------------------------------------------------------------------------------------------------------- */

/* "floor 1 runtime" */
static bool read_floor(fl_str line, module *floor)
{
    fl_str rest, number;

    return fl_str_after(line, fl_lit("floor "), &rest) && fl_str_cut(&rest, ' ', &number) && fl_str_int(number, &floor->number) &&
           (floor->floor = fl_str_trim(rest)).size > 0;
}

/* "fiber: fiber sync" */
static bool read_module(house *h, fl_str line, const module *floor)
{
    fl_str name, rest = line;

    if (!fl_str_find_char(line, ':', NULL) || !fl_str_cut(&rest, ':', &name) || floor->floor.size == 0 ||
        rank_of(h, name) != UNKNOWN)
        return false;
    fl_vec_push(&h->modules, (module){ name, floor->floor, floor->number });
    for (fl_str word; fl_str_cut(&rest, ' ', &word);) {
        if (word.size == 0)
            continue;
        if (rank_of_header(h, word) != UNKNOWN)
            return false;
        fl_vec_push(&h->headers, (header){ word, (int)h->modules.count - 1 });
    }
    return true;
}

static void read_floors(house *h)
{
    fl_str rest = house_read(h->root, "floors.txt");
    module floor = { 0 };
    int number = 0;

    for (fl_str line; fl_str_cut(&rest, '\n', &line);) {
        number++;
        line = fl_str_trim(line);
        if (line.size > 0 && line.data[0] != '#' && !read_floor(line, &floor) && !read_module(h, line, &floor))
            fl_buf_format(h->complaints, "floors.txt:%d: neither 'floor N name' nor a new 'module: its public headers'\n",
                          number);
    }
}

/* -- includes ----------------------------------------------------------------------------------------------------------------- */

/* `#include "x"` or <x>: its name with the quotes or brackets. */
static bool read_include(fl_str line, fl_str *ret)
{
    fl_str rest;

    line = fl_str_trim(line);
    if (!fl_str_after(line, fl_lit("#"), &rest) || !fl_str_after(fl_str_trim(rest), fl_lit("include"), &rest))
        return false;
    rest = fl_str_trim(rest);
    size_t end = 0;
    if (rest.size < 2 || !fl_str_find_char(fl_str_slice(rest, 1, SIZE_MAX), rest.data[0] == '<' ? '>' : '"', &end))
        return false;
    *ret = fl_str_slice(rest, 0, end + 2);
    return true;
}

static void complain(house *h, const place *at, fl_str include, int rank)
{
    const module *from = &h->modules.items[at->rank], *to = &h->modules.items[rank];

    fl_buf_format(h->complaints,
                  "%s:%d: %.*s (floor %lld, %.*s) includes %.*s of %.*s (floor %lld, %.*s), which stands above it\n", at->path,
                  at->line, FL_SHOW(from->name), from->number, FL_SHOW(from->floor), FL_SHOW(include), FL_SHOW(to->name),
                  to->number, FL_SHOW(to->floor));
}

static void check_include(house *h, const place *at, fl_str include)
{
    fl_str name = fl_str_slice(include, 1, include.size - 2), public_name, folder, rest = name;
    bool is_public = fl_starts_with(at->path, "include/"), is_quoted = include.data[0] == '"';
    int rank;

    if (fl_str_after(name, fl_lit("fleche/"), &public_name))
        rank = rank_of_header_file(h, public_name);
    else if (!is_quoted)
        return;                                  /* a system's */
    else if (is_public)
        rank = rank_of_header_file(h, name);
    else
        rank = fl_str_find_char(name, '/', NULL) && fl_str_cut(&rest, '/', &folder) ? rank_of(h, folder) : UNKNOWN;

    if (rank == UNKNOWN)
        fl_buf_format(h->complaints,
                      "%s:%d: %.*s is in no module of floors.txt; public headers are <fleche/x.h>, others \"module/x.h\"\n",
                      at->path, at->line, FL_SHOW(include));
    else if (rank > at->rank)
        complain(h, at, include, rank);
}

static int rank_of_path(const house *h, const char *path)
{
    fl_str rest, folder;

    if (fl_str_after(fl_str_of(path), fl_lit("include/fleche/"), &rest))
        return rank_of_header_file(h, rest);
    return fl_str_after(fl_str_of(path), fl_lit("src/"), &rest) && fl_str_cut(&rest, '/', &folder) ? rank_of(h, folder) : UNKNOWN;
}

static void check_file(house *h, const char *path)
{
    place at = { .path = path, .rank = rank_of_path(h, path) };
    fl_str include, rest = house_read(h->root, path);

    if (at.rank == UNKNOWN) {
        fl_buf_format(h->complaints, "%s: belongs to no module of floors.txt\n", path);
        return;
    }
    for (fl_str line; fl_str_cut(&rest, '\n', &line);) {
        at.line++;
        if (read_include(line, &include))
            check_include(h, &at, include);
    }
}

static void check_headers_exist(house *h)
{
    fl_vec_each (header, it, &h->headers)
        if (access(fl_text("%s/include/fleche/%.*s.h", h->root, FL_SHOW(it->name)), R_OK) != 0)
            fl_buf_format(h->complaints, "floors.txt: include/fleche/%.*s.h does not exist\n", FL_SHOW(it->name));
}

static house house_of(const char *root, fl_buf *complaints)
{
    house h = { .root = root, .complaints = complaints };
    read_floors(&h);
    return h;
}

void layers_check(const char *root, fl_buf *complaints)
{
    house h = house_of(root, complaints);
    house_paths paths = { 0 };

    house_find(root, "src", &paths);
    house_find(root, "include/fleche", &paths);
    fl_vec_each (house_path, path, &paths)
        if (!fl_str_ends(fl_str_of(*path), fl_lit("meson.build")) && !fl_text_is(*path, "src/banned.h"))
            check_file(&h, *path);
    check_headers_exist(&h);
}

const char *layers_modules(const char *root)
{
    fl_buf complaints = house_complaints(), names = house_complaints();
    house h = house_of(root, &complaints);

    for (size_t i = 0; i < h.modules.count; i++)
        fl_buf_format(&names, "%s%.*s", i == 0 ? "" : " ", FL_SHOW(h.modules.items[i].name));
    return fl_buf_c(&names);
}
