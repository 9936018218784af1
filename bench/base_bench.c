/* The ground: what every request does thousands of times. */
#include <fleche/bench.h>
#include <stdio.h>
#include <stdlib.h>

enum { KEYS = 1000 };

FL_BENCH(arena_alloc, .unit = "allocation", .target = 3, .target_of = FL_TARGET_NANOSECONDS)
{
    fl_arena *arena = fl_arena_new("bench", FL_NO_LIMIT);

    for (size_t i = 0; i < n; i++) {
        fl_bench_use(fl_arena_alloc(arena, 32));
        if (i % 1000 == 999)
            fl_arena_reset(arena);
    }
    fl_arena_free(arena);
}

FL_BENCH(scope, .unit = "scope", .target = 60, .target_of = FL_TARGET_NANOSECONDS)
{
    for (size_t i = 0; i < n; i++)
        fl_scope
            fl_bench_use(fl_arena_here());
}

static void nothing(void *data) { (void)data; }
static void refuse(void *data) { fl_raise(FL_NOT_FOUND, "no article %d", *(int *)data); }
static void defer_one(void *data) { fl_defer(nothing, data); }

FL_BENCH(protect, .unit = "call", .target = 20, .target_of = FL_TARGET_NANOSECONDS)
{
    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_protect(nothing, NULL));
}

FL_BENCH(protect_and_defer, .unit = "call", .target = 50, .target_of = FL_TARGET_NANOSECONDS)
{
    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_protect(defer_one, NULL));
}

FL_BENCH(raise_and_catch, .unit = "error", .target = 400, .target_of = FL_TARGET_NANOSECONDS)
{
    int id = 7;

    for (size_t i = 0; i < n; i++)
        fl_scope
            fl_bench_use(fl_protect(refuse, &id));
}

/* -- maps against the table one writes in an afternoon: chains of nodes, FNV-1a, no seed, no order --------------------------- */

static fl_str key_of(size_t i)
{
    static char texts[KEYS][16];
    static fl_str keys[KEYS];

    if (keys[i].data == NULL)
        keys[i] = fl_str_n(texts[i], (size_t)snprintf(texts[i], sizeof texts[i], "key-%zu", i * 7919));
    return keys[i];
}

typedef struct node { struct node *next; uint64_t hash; char *text; size_t size; long value; } node;

static node **chain_of(node **table, fl_str key, uint64_t *ret_hash)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (size_t i = 0; i < key.size; i++)
        hash = (hash ^ (uint8_t)key.data[i]) * 0x100000001b3u;
    node **at = &table[hash % 2048];
    while (*at != NULL && !((*at)->hash == hash && (*at)->size == key.size && memcmp((*at)->text, key.data, key.size) == 0))
        at = &(*at)->next;
    *ret_hash = hash;
    return at;
}

static void chained_put_get(size_t n)
{
    for (size_t done = 0; done < n; done += KEYS) {
        node *table[2048] = { NULL };
        uint64_t hash;
        for (size_t i = 0; i < KEYS; i++) {
            node **at = chain_of(table, key_of(i), &hash), *made = malloc(sizeof *made);
            *made = (node){ .hash = hash, .text = malloc(16), .size = key_of(i).size, .value = (long)i };
            memcpy(made->text, key_of(i).data, made->size);
            *at = made;
        }
        for (size_t i = 0; i < KEYS; i++)
            fl_bench_use((*chain_of(table, key_of(i), &hash))->value);
        for (size_t i = 0; i < 2048; i++)
            for (node *at = table[i], *next; at != NULL; at = next) {
                next = at->next;
                free(at->text);
                free(at);
            }
    }
}

static void map_put_get(size_t n)
{
    fl_arena *arena = fl_arena_new("bench", FL_NO_LIMIT);

    for (size_t done = 0; done < n; done += KEYS) {
        fl_map map = { .item = sizeof(long), .arena = arena };
        for (size_t i = 0; i < KEYS; i++)
            *(long *)fl_map_put(&map, key_of(i)) = (long)i;
        for (size_t i = 0; i < KEYS; i++)
            fl_bench_use(*(long *)fl_map_get(&map, key_of(i)));
        fl_arena_reset(arena);
    }
    fl_arena_free(arena);
}

FL_BENCH_PAIR(map_put_get_1000_texts, map_put_get, chained_put_get, .unit = "key put and got", .target = 0.7,
              .target_of = FL_TARGET_RATIO_AT_LEAST);

FL_BENCH(map_get, .unit = "get", .target = 40, .target_of = FL_TARGET_NANOSECONDS)
{
    fl_arena *arena = fl_arena_new("bench", FL_NO_LIMIT);
    fl_map map = { .item = sizeof(long), .arena = arena };

    for (size_t i = 0; i < KEYS; i++)
        *(long *)fl_map_put(&map, key_of(i)) = (long)i;
    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_map_get(&map, key_of(i % KEYS)));
    fl_arena_free(arena);
}
