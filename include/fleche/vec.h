/* fl_vec(T): a growing array of any type, in an arena.
 *
 *     fl_vec(int) numbers = { 0 };
 *     fl_vec_push(&numbers, 7);                       // in the current arena, the same one every time
 *     for (size_t i = 0; i < numbers.count; i++) sum += numbers.items[i];
 *
 * Items move when it grows: keep indexes, not pointers. Raises FL_MEMORY_LIMIT or FL_OUT_OF_MEMORY. */
#pragma once
#include "arena.h"

#define fl_vec(T) struct { T *items; size_t count, capacity; fl_arena *arena; }

/* fl_vec_push adds a copy of `item` at the end. */
#define fl_vec_push(vec, ...) ((void)((vec)->count < (vec)->capacity || (fl_vec_grow_(&(struct fl_vec_parts_){ \
        (void **)&(vec)->items, &(vec)->capacity, &(vec)->arena }, sizeof *(vec)->items, (vec)->count + 1), 0)), \
    (void)((vec)->items[(vec)->count++] = (__VA_ARGS__)))
/* fl_vec_pop takes the last item off and gives it; the vector must not be empty. */
#define fl_vec_pop(vec) ((vec)->items[--(vec)->count])
/* fl_vec_reserve makes room for n items in all. */
#define fl_vec_reserve(vec, n) ((void)((n) <= (vec)->capacity || (fl_vec_grow_(&(struct fl_vec_parts_){ \
        (void **)&(vec)->items, &(vec)->capacity, &(vec)->arena }, sizeof *(vec)->items, n), 0)))
#define fl_vec_each(T, it, vec) \
    for (__typeof__(T) *it = (vec)->items, *it##_end_ = (vec)->count == 0 ? it : it + (vec)->count; it < it##_end_; it++)

struct fl_vec_parts_ { void **items; size_t *capacity; fl_arena **arena; };
void fl_vec_grow_(const struct fl_vec_parts_ *vec, size_t item, size_t wanted);
