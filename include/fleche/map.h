/* fl_map: an ordered hash map from strings or integers to items of one size, and sets of them.
 *
 *     fl_map ages = fl_map_of(int);
 *     *(int *)fl_map_put(&ages, fl_lit("ada")) = 36;                 // the item's place, zeroed when new
 *     int *age = fl_map_get(&ages, fl_lit("ada"));                    // or NULL
 *     fl_map_each (int, it, &ages) printf("%.*s is %d\n", FL_SHOW(it.key.text), *it.at);
 *
 * Iteration is in the order of insertion, deleted items left out; the current key may be deleted while it goes on, nothing may be
 * put. Hashes are seeded per process. Keys are copied into the map's arena (the one current when the first item comes) with a NUL
 * behind. A place is good until the next put, and aligned to 8 bytes, to 16 where the item's size is a multiple of that. One map
 * holds both kinds of keys: 1 and "1" are two. Raises FL_MEMORY_LIMIT or FL_OUT_OF_MEMORY, and then is as it was. */
#pragma once
#include "arena.h"
#include "str.h"

typedef struct fl_map_key { fl_str text; long long number; bool is_number; } fl_map_key;
typedef struct fl_map {
    size_t item, count;                          /* bytes of an item; live items; the rest is private */
    char *entries;                               /* in order of insertion, each with its item behind it */
    uint32_t *slots;                             /* where the hash leads: 0, or bits of the hash above an entry's index + 1 */
    size_t used, capacity, mask;                 /* entries in use (deleted ones too), room for so many; slots - 1 */
    fl_arena *arena;
} fl_map;

#define fl_map_of(T) ((fl_map){ .item = sizeof(T) })
#define fl_set_of_keys() ((fl_map){ .item = 0 })

void *fl_map_put(fl_map *map, fl_str key);                       /* the place of the key's item, made and zeroed if new */
void *fl_map_get(const fl_map *map, fl_str key);                 /* the place, or NULL; any non-NULL pointer for a set */
bool fl_map_delete(fl_map *map, fl_str key);                     /* false if it was not there */
void *fl_map_put_int(fl_map *map, long long key);
void *fl_map_get_int(const fl_map *map, long long key);
bool fl_map_delete_int(fl_map *map, long long key);
static inline bool fl_map_has(const fl_map *map, fl_str key) { return fl_map_get(map, key) != NULL; }
static inline bool fl_map_has_int(const fl_map *map, long long key) { return fl_map_get_int(map, key) != NULL; }
static inline void fl_set_add(fl_map *set, fl_str key) { (void)fl_map_put(set, key); }
static inline void fl_set_add_int(fl_map *set, long long key) { (void)fl_map_put_int(set, key); }
void fl_map_clear(fl_map *map);                                  /* empty, its memory kept for reuse */

/* fl_map_next steps through: *cursor starts at 0; gives the item's place and the key, NULL at the end. */
void *fl_map_next(const fl_map *map, size_t *cursor, fl_map_key *ret_key);
#define fl_map_each(T, it, map) \
    for (struct { T *at; fl_map_key key; size_t cursor; } it = { 0 }; (it.at = fl_map_next(map, &it.cursor, &it.key)) != NULL;)

bool fl_map_sane(const fl_map *map);                             /* checks every invariant: for tests */
