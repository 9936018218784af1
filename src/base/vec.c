/* Growing arrays. The pointer to the items is read and written as bytes, since its type is the caller's. */
#include <fleche/error.h>
#include <fleche/vec.h>
#include <string.h>

void fl_vec_grow_(const struct fl_vec_parts_ *vec, size_t item, size_t wanted)
{
    size_t capacity = *vec->capacity < 4 ? 4 : *vec->capacity * 2, size;
    void *items;

    if (capacity < wanted)
        capacity = wanted;
    if (__builtin_mul_overflow(capacity, item, &size))
        fl_raise(FL_OUT_OF_MEMORY, "an array of %zu items of %zu bytes is larger than memory", capacity, item);
    if (*vec->arena == NULL)
        *vec->arena = fl_arena_here();
    memcpy(&items, vec->items, sizeof items);
    items = fl_arena_resize(*vec->arena, items, *vec->capacity * item, size);
    memcpy(vec->items, &items, sizeof items);
    *vec->capacity = capacity;
}
