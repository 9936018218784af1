/* QueryDicts: names in the order they came, each with its values. Up to eight names are compared one by one, which costs less than
 * hashing; beyond that an open table leads from a name's hash to its place in the order. Hashes are seeded, so names cannot be chosen to
 * collide. What is taken out leaves a hole, which lookups pass over and growing closes. */
#include "http/querydict.h"
#include <fleche/error.h>

enum { FEW = 8 };
static const fl_list no_values;

fl_querydict *fl_querydict_new_in(fl_arena *arena)
{
    fl_querydict *q = fl_arena_zalloc(arena, sizeof *q);

    q->tag = (fl_tag)FL_OBJECT(fl_querydict_type);
    q->arena = arena;
    return q;
}

fl_querydict *fl_querydict_new(void) { return fl_querydict_new_in(fl_arena_here()); }
void fl_querydict_freeze(fl_querydict *q) { q->frozen = true; }

/* -- the index --------------------------------------------------------------------------------------------------------------- */

static void index_add(fl_querydict *q, size_t at)
{
    size_t slot = q->order[at]->hash & q->mask;

    while (q->slots[slot] != 0)
        slot = (slot + 1) & q->mask;
    q->slots[slot] = (uint32_t)at + 1;
    q->filled++;
}

static void index_again(fl_querydict *q)
{
    memset(q->slots, 0, (q->mask + 1) * sizeof *q->slots);
    q->filled = 0;
    for (size_t i = 0; i < q->used; i++)
        if (q->order[i] != NULL)
            index_add(q, i);
}

static fl_querydict_entry *find_hashed(const fl_querydict *q, fl_str name)
{
    uint64_t hash = fl_hash_bytes(name.data, name.size);

    for (size_t slot = hash & q->mask; q->slots[slot] != 0; slot = (slot + 1) & q->mask) {
        size_t at = q->slots[slot] - 1;
        fl_querydict_entry *entry = at < q->used ? q->order[at] : NULL;
        if (entry != NULL && entry->hash == hash && fl_str_equal(entry->name, name))
            return entry;
    }
    return NULL;
}

fl_querydict_entry *fl_querydict_find(const fl_querydict *q, fl_str name)
{
    if (q->slots != NULL)
        return find_hashed(q, name);
    for (size_t i = 0; i < q->used; i++)
        if (q->order[i] != NULL && fl_str_equal(q->order[i]->name, name))
            return q->order[i];
    return NULL;
}

/* -- names ------------------------------------------------------------------------------------------------------------------- */

/* Room for one more: twice as much, or, where half of it is holes, as much again without them. */
static void grow(fl_querydict *q)
{
    size_t capacity = q->capacity == 0 ? FEW : q->count > q->capacity / 2 ? q->capacity * 2 : q->capacity;
    fl_querydict_entry **order = fl_arena_alloc(q->arena, capacity * sizeof *order);
    uint32_t *slots = capacity > FEW ? fl_arena_alloc(q->arena, 2 * capacity * sizeof *slots) : NULL;
    size_t used = 0;

    for (size_t i = 0; i < q->used; i++)
        if (q->order[i] != NULL) {
            order[used] = q->order[i];
            order[used]->at = used;
            used++;
        }
    if (slots != NULL && q->slots == NULL)
        for (size_t i = 0; i < used; i++)
            order[i]->hash = fl_hash_bytes(order[i]->name.data, order[i]->name.size);
    q->order = order;
    q->used = used;
    q->capacity = capacity;
    q->slots = slots;
    if (slots == NULL)
        return;
    q->mask = 2 * capacity - 1;
    index_again(q);
}

static fl_querydict_entry *add(fl_querydict *q, fl_str name)
{
    if (q->used == q->capacity)
        grow(q);
    fl_querydict_entry *entry = fl_arena_alloc(q->arena, sizeof *entry);
    entry->name = name;
    entry->at = q->used;
    entry->values = (fl_list){ .items = &entry->first, .capacity = 1, .arena = q->arena };
    q->order[q->used++] = entry;
    q->count++;
    if (q->slots == NULL)
        return entry;
    entry->hash = fl_hash_bytes(name.data, name.size);
    if (q->filled == q->capacity)                            /* slots of names that are gone */
        index_again(q);
    else
        index_add(q, q->used - 1);
    return entry;
}

static void push(fl_querydict_entry *entry, fl_str value)
{
    fl_list *values = &entry->values;

    if (values->count == values->capacity) {
        size_t capacity = values->capacity < 4 ? 4 : values->capacity * 2;
        fl_value *items = fl_arena_alloc(values->arena, capacity * sizeof *items);
        memcpy(items, values->items, values->count * sizeof *items);
        values->items = items;
        values->capacity = capacity;
    }
    values->items[values->count++] = (fl_value){ .kind = FL_V_TEXT, .text = value };
}

void fl_querydict_put(fl_querydict *q, fl_str name, fl_str value)
{
    fl_querydict_entry *entry = fl_querydict_find(q, name);

    push(entry != NULL ? entry : add(q, name), value);
}

static void take_out(fl_querydict *q, const fl_querydict_entry *entry)
{
    q->order[entry->at] = NULL;
    q->count--;
    while (q->used > 0 && q->order[q->used - 1] == NULL)
        q->used--;
}

/* -- reading ----------------------------------------------------------------------------------------------------------------- */

size_t fl_querydict_count(const fl_querydict *q) { return q->count; }
bool fl_querydict_has(const fl_querydict *q, const char *name) { return fl_querydict_find(q, fl_str_of(name)) != NULL; }

fl_str fl_querydict_get_str(const fl_querydict *q, fl_str name)
{
    const fl_querydict_entry *entry = fl_querydict_find(q, name);

    if (entry == NULL)
        return (fl_str){ 0 };
    return entry->values.count == 0 ? fl_lit("") : entry->values.items[entry->values.count - 1].text;
}

const char *fl_querydict_get(const fl_querydict *q, const char *name) { return fl_querydict_get_str(q, fl_str_of(name)).data; }

const fl_list *fl_querydict_list(const fl_querydict *q, const char *name)
{
    const fl_querydict_entry *entry = fl_querydict_find(q, fl_str_of(name));
    return entry == NULL ? &no_values : &entry->values;
}

bool fl_querydict_next(const fl_querydict *q, size_t *cursor, fl_str *ret_name, const fl_list **ret_values)
{
    while (*cursor < q->used && q->order[*cursor] == NULL)
        ++*cursor;
    if (*cursor >= q->used)
        return false;
    const fl_querydict_entry *entry = q->order[(*cursor)++];
    if (ret_name != NULL)
        *ret_name = entry->name;
    if (ret_values != NULL)
        *ret_values = &entry->values;
    return true;
}

/* -- changing ---------------------------------------------------------------------------------------------------------------- */

static void want_changeable(const fl_querydict *q)
{
    if (!q->frozen)
        return;
    fl_error *error = fl_error_new(FL_PROGRAMMING_ERROR, "this QueryDict is read-only");
    error->hint = "change a copy: fl_querydict_copy()";
    fl_reraise(error);
}

static fl_str kept(const fl_querydict *q, fl_str text)
{
    return (fl_str){ fl_arena_copy_text(q->arena, text.data, text.size), text.size };
}

void fl_querydict_append_str(fl_querydict *q, fl_str name, fl_str value)
{
    want_changeable(q);
    fl_querydict_entry *entry = fl_querydict_find(q, name);
    fl_str copy = kept(q, value);

    push(entry != NULL ? entry : add(q, kept(q, name)), copy);
}

void fl_querydict_append(fl_querydict *q, const char *name, const char *value)
{
    fl_querydict_append_str(q, fl_str_of(name), fl_str_of(value));
}

/* The entry of that name, new if need be, without values. */
static fl_querydict_entry *emptied(fl_querydict *q, fl_str name)
{
    fl_querydict_entry *entry = fl_querydict_find(q, name);

    if (entry == NULL)
        entry = add(q, kept(q, name));
    entry->values.count = 0;
    return entry;
}

void fl_querydict_set(fl_querydict *q, const char *name, const char *value)
{
    want_changeable(q);
    fl_str copy = kept(q, fl_str_of(value));

    push(emptied(q, fl_str_of(name)), copy);
}

void fl_querydict_set_list(fl_querydict *q, const char *name, const char *const *values)
{
    want_changeable(q);
    fl_querydict_entry *entry = emptied(q, fl_str_of(name));

    for (; *values != NULL; values++)
        push(entry, kept(q, fl_str_of(*values)));
}

const char *fl_querydict_set_default(fl_querydict *q, const char *name, const char *value)
{
    want_changeable(q);
    if (!fl_querydict_has(q, name))
        fl_querydict_set(q, name, value);
    return fl_querydict_get(q, name);
}

const fl_list *fl_querydict_set_list_default(fl_querydict *q, const char *name, const char *const *values)
{
    want_changeable(q);
    if (!fl_querydict_has(q, name))
        fl_querydict_set_list(q, name, values);
    return fl_querydict_list(q, name);
}

static void add_list(fl_querydict *q, const fl_querydict_entry *from)
{
    fl_querydict_entry *entry = fl_querydict_find(q, from->name);
    size_t count = from->values.count;               /* as it was: a QueryDict may be added to itself */

    if (entry == NULL)
        entry = add(q, kept(q, from->name));
    for (size_t i = 0; i < count; i++)
        push(entry, kept(q, from->values.items[i].text));
}

void fl_querydict_update(fl_querydict *q, const fl_querydict *more)
{
    want_changeable(q);
    for (size_t i = 0; i < more->used; i++)
        if (more->order[i] != NULL)
            add_list(q, more->order[i]);
}

fl_querydict *fl_querydict_copy(const fl_querydict *q)
{
    fl_querydict *copy = fl_querydict_new();

    fl_querydict_update(copy, q);
    return copy;
}

fl_querydict *fl_querydict_from_keys(const char *const *names, const char *value)
{
    fl_querydict *q = fl_querydict_new();

    for (; *names != NULL; names++)
        fl_querydict_append(q, *names, value);
    return q;
}

const fl_list *fl_querydict_pop(fl_querydict *q, const char *name)
{
    want_changeable(q);
    const fl_querydict_entry *entry = fl_querydict_find(q, fl_str_of(name));

    if (entry == NULL)
        return NULL;
    take_out(q, entry);
    return &entry->values;
}

bool fl_querydict_pop_item(fl_querydict *q, fl_str *ret_name, const fl_list **ret_values)
{
    want_changeable(q);
    if (q->count == 0)
        return false;
    const fl_querydict_entry *entry = q->order[q->used - 1];
    take_out(q, entry);
    *ret_name = entry->name;
    *ret_values = &entry->values;
    return true;
}

void fl_querydict_clear(fl_querydict *q)
{
    want_changeable(q);
    q->used = q->count = 0;
    if (q->slots != NULL)
        index_again(q);
}
