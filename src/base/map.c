/* Ordered hash maps. The entries stand one behind the other in the order they came, each with its item; a table of slots, probed
 * in line, leads from a hash to an entry. A slot is 32 bits: in the low ones, as many as the table's mask has, the entry's index
 * plus one; in those above, bits of its hash, so that nearly every slot of another key is passed by without a look at its entry.
 *
 * Deletion turns the entry into a hole and leaves its slot, which now leads to nothing that equals any key: probing goes on past
 * it, entries do not move, and iteration is not disturbed. Holes are dropped when the entries are full: where they are a quarter
 * or more, in place; else on the way into a block of twice the size. Entries and slots share one block of the arena. */
#include <fleche/error.h>
#include <fleche/map.h>
#include <string.h>

enum { FEWEST_SLOTS = 8 };
static const size_t MOST_SLOTS = (size_t)1 << 31;
static const uint32_t NUMBER = UINT32_MAX, HOLE = UINT32_MAX - 1, LONGEST_KEY = UINT32_MAX - 2;

typedef struct entry {
    union {
        const char *text;
        long long number;
    };
    uint32_t size, hash;                             /* the text's size, or NUMBER or HOLE; the low half of its hash */
} entry;

_Static_assert(sizeof(entry) == FL_ARENA_ALIGN, "items behind entries must be aligned");

static size_t stride(const fl_map *map) { return sizeof(entry) + ((map->item + 7) & ~(size_t)7); }
static entry *entry_at(const fl_map *map, size_t i) { return (entry *)(void *)(map->entries + i * stride(map)); }
static void *place_of(entry *e) { return e + 1; }
static size_t room_of(size_t slots) { return slots * 2 / 3; }

static fl_map_key text_key(fl_str text) { return (fl_map_key){ .text = text }; }
static fl_map_key number_key(long long number) { return (fl_map_key){ .number = number, .is_number = true }; }

static uint32_t hash_of(const fl_map_key *key)
{
    return (uint32_t)(key->is_number ? fl_hash_int((uint64_t)key->number) : fl_hash_bytes(key->text.data, key->text.size));
}

static fl_map_key key_of(const entry *e)
{
    return e->size == NUMBER ? number_key(e->number) : text_key(fl_str_n(e->text, e->size));
}

static bool is_key(const entry *e, const fl_map_key *key)
{
    if (key->is_number)
        return e->size == NUMBER && e->number == key->number;
    return e->size == key->text.size && (e->size == 0 || memcmp(e->text, key->text.data, e->size) == 0);
}

/* A text of HOLE's or NUMBER's size would be taken for one. */
static bool is_too_long(const fl_map_key *key) { return !key->is_number && key->text.size > LONGEST_KEY; }

static entry *find(const fl_map *map, const fl_map_key *key, uint32_t hash)
{
    const uint32_t mask = (uint32_t)map->mask;
    uint32_t slot;

    for (uint32_t at = hash & mask; (slot = map->slots[at]) != 0; at = (at + 1) & mask) {
        if (((slot ^ hash) & ~mask) != 0)
            continue;
        entry *e = entry_at(map, (slot & mask) - 1);
        if (e->hash == hash && is_key(e, key))
            return e;
    }
    return NULL;
}

static void link_entry(fl_map *map, uint32_t hash, size_t index)
{
    const uint32_t mask = (uint32_t)map->mask;
    uint32_t at = hash & mask;

    while (map->slots[at] != 0)
        at = (at + 1) & mask;
    map->slots[at] = (hash & ~mask) | (uint32_t)(index + 1);
}

/* The live entries of `from`, in order, become those of the map, whose slots are empty. The two may share their block. */
static void take_over(fl_map *map, const fl_map *from)
{
    size_t size = stride(map), used = 0;

    for (size_t i = 0; i < from->used; i++) {
        entry *e = entry_at(from, i);
        if (e->size == HOLE)
            continue;
        link_entry(map, e->hash, used);
        memmove(entry_at(map, used++), e, size);
    }
    map->used = used;
}

static void grow(fl_map *map)
{
    size_t slots = map->capacity == 0 ? FEWEST_SLOTS : 2 * (map->mask + 1), entries, size;
    fl_map from = *map;

    if (slots > MOST_SLOTS)
        fl_raise(FL_MEMORY_LIMIT, "a map of %zu items is full", map->count);
    if (map->arena == NULL)
        map->arena = fl_arena_here();
    if (__builtin_mul_overflow(room_of(slots), stride(map), &entries) ||
        __builtin_add_overflow(entries, slots * sizeof *map->slots, &size))
        fl_raise(FL_OUT_OF_MEMORY, "a map of %zu items of %zu bytes is larger than memory", room_of(slots), map->item);
    map->entries = fl_arena_alloc(map->arena, size);
    map->slots = (uint32_t *)(void *)(map->entries + entries);
    map->mask = slots - 1;
    map->capacity = room_of(slots);
    memset(map->slots, 0, slots * sizeof *map->slots);
    take_over(map, &from);
}

static void drop_holes(fl_map *map)
{
    memset(map->slots, 0, (map->mask + 1) * sizeof *map->slots);
    take_over(map, map);
}

static void make_room(fl_map *map)
{
    if (map->used < map->capacity)
        return;
    if (map->capacity > 0 && map->used - map->count >= (map->capacity + 3) / 4)
        drop_holes(map);
    else
        grow(map);
}

static void *put(fl_map *map, fl_map_key key)
{
    uint32_t hash = hash_of(&key);
    entry *e = map->capacity == 0 ? NULL : find(map, &key, hash);

    if (e != NULL)
        return place_of(e);
    if (is_too_long(&key))
        fl_raise(FL_MEMORY_LIMIT, "a key of %zu bytes is longer than any map takes", key.text.size);
    make_room(map);
    entry made = { .number = key.number, .size = key.is_number ? NUMBER : (uint32_t)key.text.size, .hash = hash };
    if (!key.is_number)
        made.text = fl_arena_copy_text(map->arena, key.text.data, key.text.size);
    e = entry_at(map, map->used);
    *e = made;
    memset(place_of(e), 0, map->item);
    link_entry(map, hash, map->used);
    map->used++;
    map->count++;
    return place_of(e);
}

static entry *get(const fl_map *map, fl_map_key key)
{
    return map->count == 0 || is_too_long(&key) ? NULL : find(map, &key, hash_of(&key));
}

static bool forget(fl_map *map, fl_map_key key)
{
    entry *e = get(map, key);

    if (e == NULL)
        return false;
    e->size = HOLE;
    map->count--;
    return true;
}

static void *place_or_null(entry *e) { return e == NULL ? NULL : place_of(e); }

void *fl_map_put(fl_map *map, fl_str key) { return put(map, text_key(key)); }
void *fl_map_get(const fl_map *map, fl_str key) { return place_or_null(get(map, text_key(key))); }
bool fl_map_delete(fl_map *map, fl_str key) { return forget(map, text_key(key)); }
void *fl_map_put_int(fl_map *map, long long key) { return put(map, number_key(key)); }
void *fl_map_get_int(const fl_map *map, long long key) { return place_or_null(get(map, number_key(key))); }
bool fl_map_delete_int(fl_map *map, long long key) { return forget(map, number_key(key)); }

void fl_map_clear(fl_map *map)
{
    if (map->capacity > 0)
        memset(map->slots, 0, (map->mask + 1) * sizeof *map->slots);
    map->used = map->count = 0;
}

void *fl_map_next(const fl_map *map, size_t *cursor, fl_map_key *ret_key)
{
    while (*cursor < map->used) {
        entry *e = entry_at(map, (*cursor)++);
        if (e->size == HOLE)
            continue;
        *ret_key = key_of(e);
        return place_of(e);
    }
    return NULL;
}

/* Each slot leads to an entry, with bits of that entry's hash; as many slots are taken as there are entries, holes too. */
static bool slots_are_sane(const fl_map *map)
{
    size_t taken = 0;

    for (size_t at = 0; at <= map->mask; at++) {
        uint32_t slot = map->slots[at], index = slot & (uint32_t)map->mask;
        if (slot == 0)
            continue;
        if (index == 0 || index > map->used || ((slot ^ entry_at(map, index - 1)->hash) & ~(uint32_t)map->mask) != 0)
            return false;
        taken++;
    }
    return taken == map->used;
}

bool fl_map_sane(const fl_map *map)
{
    size_t live = 0, slots = map->mask + 1;

    if (map->capacity == 0)
        return map->count == 0 && map->used == 0 && map->entries == NULL && map->slots == NULL && map->mask == 0;
    if (slots < FEWEST_SLOTS || slots > MOST_SLOTS || (slots & map->mask) != 0 || map->capacity != room_of(slots))
        return false;
    if (map->used > map->capacity || map->count > map->used || map->arena == NULL || !slots_are_sane(map))
        return false;
    for (size_t i = 0; i < map->used; i++) {
        const entry *e = entry_at(map, i);
        if (e->size == HOLE)
            continue;
        fl_map_key key = key_of(e);
        if (e->hash != hash_of(&key) || find(map, &key, e->hash) != e || (!key.is_number && e->text[e->size] != '\0'))
            return false;
        live++;
    }
    return live == map->count;
}
