/* Fiber-local values: a short list per fiber, copied to the fibers of its crews. Outside of fibers there is one list a thread. */
#include "fiber/fiber.h"
#include <errno.h>
#include <fleche/heap.h>

typedef struct fl_local_entry { struct fl_local_entry *next; const fl_local *key; void *value; } fl_local_entry;

static _Thread_local fl_local_entry *of_thread;

static fl_local_entry **list_here(void)
{
    fl_fiber *self = fl_fiber_here();
    return self == NULL ? &of_thread : &self->locals;
}

void *fl_local_get(const fl_local *key)
{
    for (const fl_local_entry *at = *list_here(); at != NULL; at = at->next)
        if (at->key == key)
            return at->value;
    return NULL;
}

static int put(fl_local_entry **list, const fl_local *key, void *value)
{
    for (fl_local_entry *at = *list; at != NULL; at = at->next)
        if (at->key == key) {
            at->value = value;
            return 0;
        }
    fl_local_entry *added = fl_heap_alloc(sizeof *added);
    if (added == NULL)
        return -ENOMEM;
    *added = (fl_local_entry){ *list, key, value };
    *list = added;
    return 0;
}

void fl_local_set(const fl_local *key, void *value)
{
    if (put(list_here(), key, value) != 0)
        fl_raise(FL_OUT_OF_MEMORY, "no memory for a fiber-local value");
}

int fl_locals_copy(fl_fiber *to)
{
    to->context.work = fl_context_here()->work;
    for (const fl_local_entry *at = *list_here(); at != NULL; at = at->next)
        if (put(&to->locals, at->key, at->value) != 0)
            return -ENOMEM;
    return 0;
}

void fl_locals_free(fl_fiber *fiber)
{
    while (fiber->locals != NULL) {
        fl_local_entry *first = fiber->locals;
        fiber->locals = first->next;
        fl_heap_free(first);
    }
}
