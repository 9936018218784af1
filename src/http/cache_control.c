/* What caches are told: Vary and Cache-Control, patched as Django patches them, so that several layers can each add their part. */
#include <fleche/buf.h>
#include <fleche/conditional.h>
#include <fleche/vec.h>
#include "http/header.h"

/* -- Vary ------------------------------------------------------------------------------------------------------------------------------------ */

typedef fl_vec(fl_str) names;

static void add_name(names *all, fl_str name)
{
    fl_vec_each (fl_str, known, all)
        if (fl_header_same_name(*known, name))
            return;
    fl_vec_push(all, name);
}

/* "*" stands for everything, and alone. */
void fl_vary_on_(fl_response *response, const char *const *wanted)
{
    names all = { 0 };
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    for (fl_str name, rest = fl_str_of(fl_response_header(response, "Vary")); fl_header_next_item(&rest, &name);)
        add_name(&all, name);
    for (size_t i = 0; wanted[i] != NULL; i++)
        add_name(&all, fl_str_of(wanted[i]));
    fl_vec_each (fl_str, name, &all) {
        if (fl_str_equal(*name, fl_lit("*"))) {
            fl_put_header(response, fl_lit("Vary"), *name);
            return;
        }
        fl_buf_add(&out, out.size == 0 ? fl_lit("") : fl_lit(", "));
        fl_buf_add(&out, *name);
    }
    if (all.count > 0)
        fl_put_header(response, fl_lit("Vary"), fl_buf_str(&out));
}

/* -- Cache-Control ------------------------------------------------------------------------------------------------------------------------------ */

typedef struct directive { fl_str name, value; } directive;        /* value.data NULL: it stands alone */
typedef fl_vec(directive) directives;

/* "Max_Age=60" is max-age=60: attributes of decorators have underscores. */
static directive parse(fl_str item)
{
    directive d = { .name = item };
    size_t at;

    if (fl_str_find_char(item, '=', &at))
        d = (directive){ fl_str_slice(item, 0, at), fl_str_slice(item, at + 1, SIZE_MAX) };
    d.name = fl_str_replace(fl_str_lower_ascii(fl_str_trim(d.name)), fl_lit("_"), fl_lit("-"));
    return d;
}

static directive *find(const directives *all, fl_str name)
{
    fl_vec_each (directive, d, all)
        if (fl_str_equal(d->name, name))
            return d;
    return NULL;
}

static void drop(directives *all, fl_str name)
{
    size_t kept = 0;

    for (size_t i = 0; i < all->count; i++)
        if (!fl_str_equal(all->items[i].name, name))
            all->items[kept++] = all->items[i];
    all->count = kept;
}

/* no-cache may name fields, several times; alone it means all of them. */
static void put_no_cache(directives *all, directive added)
{
    size_t behind = 0;

    for (size_t i = 0; i < all->count; i++) {
        const directive *d = &all->items[i];
        if (!fl_str_equal(d->name, added.name))
            continue;
        if (d->value.data == NULL || (added.value.data != NULL && fl_str_equal(d->value, added.value)))
            return;
        behind = i + 1;
    }
    if (behind == 0) {
        fl_vec_push(all, added);
        return;
    }
    if (added.value.data == NULL) {
        directive *first = find(all, added.name);
        size_t place = (size_t)(first - all->items);
        drop(all, added.name);
        behind = place;
    }
    fl_vec_push(all, added);
    memmove(all->items + behind + 1, all->items + behind, (all->count - 1 - behind) * sizeof added);
    all->items[behind] = added;
}

static void put(directives *all, directive added)
{
    directive *old = find(all, added.name);

    if (fl_str_equal(added.name, fl_lit("no-cache")))
        put_no_cache(all, added);
    else if (old != NULL)
        old->value = added.value;
    else
        fl_vec_push(all, added);
}

/* The shorter life wins, whoever asks for it. */
static bool is_longer_than_before(const directives *all, directive added)
{
    const directive *old = find(all, added.name);
    long long before, now;

    return old != NULL && fl_str_equal(added.name, fl_lit("max-age")) && fl_str_int(old->value, &before) &&
           fl_str_int(added.value, &now) && now > before;
}

static void write_all(fl_response *response, const directives *all)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_vec_each (directive, d, all) {
        fl_buf_add(&out, out.size == 0 ? fl_lit("") : fl_lit(", "));
        fl_buf_add(&out, d->name);
        if (d->value.data != NULL)
            fl_buf_add_char(&out, '=');
        fl_buf_add(&out, d->value);
    }
    fl_put_header(response, fl_lit("Cache-Control"), fl_buf_str(&out));
}

void fl_patch_cache_control_(fl_response *response, const char *const *wanted)
{
    directives all = { 0 }, added = { 0 };

    for (fl_str item, rest = fl_str_of(fl_response_header(response, "Cache-Control")); fl_header_next_item(&rest, &item);)
        put(&all, parse(item));
    for (size_t i = 0; wanted[i] != NULL; i++) {
        fl_header_check_value(fl_lit("Cache-Control"), fl_str_of(wanted[i]));
        fl_vec_push(&added, parse(fl_str_of(wanted[i])));
    }
    if (find(&added, fl_lit("public")) != NULL && find(&all, fl_lit("private")) != NULL)
        drop(&all, fl_lit("private"));
    else if (find(&added, fl_lit("private")) != NULL)
        drop(&all, fl_lit("public"));
    fl_vec_each (directive, d, &added)
        if (!is_longer_than_before(&all, *d))
            put(&all, *d);
    write_all(response, &all);
}

void fl_never_cache(fl_response *response)
{
    fl_set_default_header(response, "Expires", fl_http_date(fl_now()));
    fl_patch_cache_control(response, "max-age=0");
    fl_patch_cache_control(response, "no-cache", "no-store", "must-revalidate", "private");
}
