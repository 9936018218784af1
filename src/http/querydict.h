/* Inside of a QueryDict: what its own files share. */
#pragma once
#include <fleche/querydict.h>

/* One name with its values. Nearly every name has one value, which then needs no memory of its own. */
typedef struct fl_querydict_entry {
    fl_str name;
    uint64_t hash;                                   /* known only while there is an index */
    size_t at;                                       /* its place in the order */
    fl_list values;
    fl_value first;
} fl_querydict_entry;

struct fl_querydict {
    fl_tag tag;
    fl_arena *arena;
    bool frozen;
    fl_querydict_entry **order;                      /* as the names came; NULL where one was taken out */
    size_t used, capacity, count;                    /* of `order`; names that are there */
    uint32_t *slots;                                 /* where a hash leads: a place + 1, or 0. NULL: names are compared */
    size_t mask, filled;
};

extern const fl_type fl_querydict_type;

fl_querydict *fl_querydict_new_in(fl_arena *arena);
fl_querydict_entry *fl_querydict_find(const fl_querydict *q, fl_str name);
void fl_querydict_put(fl_querydict *q, fl_str name,
                      fl_str value); /* appends without copying: both live in q->arena, with a NUL behind */
