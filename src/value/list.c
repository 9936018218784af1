/* Lists, and sorting them. */
#include <fleche/error.h>
#include <fleche/vec.h>
#include "value/inside.h"

fl_list *fl_list_new(void)
{
    fl_list *list = fl_new_of(fl_list);
    list->arena = fl_arena_here();
    return list;
}

fl_list *fl_list_of_(const fl_value *values, size_t n)
{
    fl_list *list = fl_list_new();

    fl_vec_reserve(list, n);
    for (; list->count < n; list->count++)
        list->items[list->count] = values[list->count];
    return list;
}

void fl_list_push_(fl_list *list, fl_value v) { fl_vec_push(list, v); }
size_t fl_len(const fl_list *list) { return list == NULL ? 0 : list->count; }

fl_value fl_list_at(const fl_list *list, fl_int at)
{
    fl_int count = (fl_int)fl_len(list);

    at += at < 0 ? count : 0;
    return at >= 0 && at < count ? list->items[at] : FL_NONE_VALUE;
}

/* -- sorting -------------------------------------------------------------------------------------------------------------------- */

static bool is_less(const fl_value *a, const fl_value *b)
{
    int order;

    if (a->kind == FL_V_INT && b->kind == FL_V_INT)
        return a->i < b->i;
    if (!fl_value_compare(*a, *b, &order)) {
        fl_error *e = fl_error_new(FL_TYPE_ERROR, "the %s and the %s have no order", fl_value_shown(*a), fl_value_shown(*b));
        e->hint = "sort values of one kind: numbers, texts, dates, or lists of them";
        fl_reraise(e);
    }
    return order < 0;
}

/* Merges from[start, middle) and from[middle, end) into `to`; equal items keep their order. */
static void merge(const fl_value *from, fl_value *to, size_t start, size_t middle, size_t end)
{
    size_t left = start, right = middle, at = start;

    if (middle < end && is_less(&from[middle], &from[middle - 1]))
        while (left < middle && right < end)
            to[at++] = is_less(&from[right], &from[left]) ? from[right++] : from[left++];
    while (left < middle)
        to[at++] = from[left++];
    while (right < end)
        to[at++] = from[right++];
}

static size_t lesser(size_t a, size_t b) { return a < b ? a : b; }

/* Two arrays beside the list, so that a list with items that cannot be compared stays as it was. */
void fl_list_sort(fl_list *list)
{
    size_t count = fl_len(list);

    if (count < 2)
        return;
    fl_scope {
        fl_value *from = fl_new_array(fl_value, count), *to = fl_new_array(fl_value, count);
        memcpy(from, list->items, count * sizeof *from);
        for (size_t width = 1; width < count; width *= 2) {
            for (size_t start = 0; start < count; start += 2 * width)
                merge(from, to, start, lesser(start + width, count), lesser(start + 2 * width, count));
            fl_value *done = to;
            to = from;
            from = done;
        }
        memcpy(list->items, from, count * sizeof *from);
    }
}
