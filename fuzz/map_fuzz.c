/* fl_map against a list that is searched from its start: each three bytes are an operation, a kind of key and a key. */
#include <fleche/base.h>
#include <stdlib.h>

enum { MOST = 4096 };
typedef struct pair { fl_map_key key; uint32_t value; } pair;
static pair model[MOST];
static size_t count;

static void must(bool holds)
{
    if (!holds)
        abort();
}

static size_t find(const fl_map_key *key)
{
    size_t at = 0;

    while (at < count && !(model[at].key.is_number == key->is_number && model[at].key.number == key->number &&
                           fl_str_equal(model[at].key.text, key->text)))
        at++;
    return at;
}

static void remove_at(size_t at)
{
    memmove(&model[at], &model[at + 1], (count - at - 1) * sizeof *model);
    count--;
}

static void put(fl_map *map, const fl_map_key *key, uint32_t value)
{
    size_t at = find(key);
    uint32_t *place = key->is_number ? fl_map_put_int(map, key->number) : fl_map_put(map, key->text);

    must(*place == (at == count ? 0 : model[at].value));
    *place = value;
    if (at == count)
        model[count++].key = *key;
    model[at].value = value;
}

static void forget(fl_map *map, const fl_map_key *key)
{
    size_t at = find(key);
    bool deleted = key->is_number ? fl_map_delete_int(map, key->number) : fl_map_delete(map, key->text);

    must(deleted == (at < count));
    if (deleted)
        remove_at(at);
}

static void get(const fl_map *map, const fl_map_key *key)
{
    size_t at = find(key);
    const uint32_t *place = key->is_number ? fl_map_get_int(map, key->number) : fl_map_get(map, key->text);

    must((place != NULL) == (at < count));
    must(place == NULL || *place == model[at].value);
}

/* In order and, where `modulo` is not 0, deleting as it goes. */
static void iterate(fl_map *map, uint32_t modulo)
{
    size_t at = 0;

    fl_map_each (uint32_t, it, map) {
        must(at < count && find(&it.key) == at && *it.at == model[at].value);
        if (modulo == 0 || *it.at % modulo != 0) {
            at++;
            continue;
        }
        must(it.key.is_number ? fl_map_delete_int(map, it.key.number) : fl_map_delete(map, it.key.text));
        remove_at(at);
    }
    must(at == count && map->count == count);
}

static void operate(fl_map *map, const uint8_t *at)
{
    static const char text[512];
    uint32_t value = at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16;
    fl_map_key key = { .number = (int8_t)at[2], .is_number = true };

    if (at[1] % 2 == 0)                              /* keys that differ in size, and in place */
        key = (fl_map_key){ .text = { at[1] % 4 == 0 ? text + at[2] : (const char *)at, at[1] % 4 == 0 ? at[2] : 3 } };
    switch (at[0] % 16) {
    case 0: iterate(map, at[2] % 4); break;
    case 1: must(fl_map_sane(map)); break;
    case 2:
    case 3: get(map, &key); break;
    case 4:
    case 5:
    case 6:
    case 7:
    case 8: forget(map, &key); break;
    case 9:
        if (at[1] > 250) {
            fl_map_clear(map);
            count = 0;
        }
        break;
    default: put(map, &key, value); break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    fl_map map = fl_map_of(uint32_t);
    count = 0;
    if (size / 3 > MOST)
        size = (size_t)MOST * 3;
    for (size_t at = 0; at + 3 <= size; at += 3)
        operate(&map, data + at);
    iterate(&map, 0);
    must(fl_map_sane(&map));
    fl_arena_reset(arena);
    return 0;
}
