/* The heap, for Flèche's own modules: malloc with a name, so that tests can count allocations and make the n-th one fail.
 * Applications use arenas (arena.h). Every module takes raw memory from here and from nowhere else. */
#pragma once
#include "attributes.h"

void *fl_heap_alloc(size_t size);                    /* not zeroed; NULL without memory */
void *fl_heap_zalloc(size_t size);
void *fl_heap_resize(void *block, size_t size);      /* as realloc: NULL leaves the block as it was */
void fl_heap_free(void *block);

/* fl_heap_fails asks whether this place should fail now: for allocations that are no malloc (mmap, a library's own). */
bool fl_heap_fails(void);

/* For tests: the count of allocations in this thread since it began; and failing the `nth` one from now (0: none), once or, with
 * `on`, that one and all behind it. fl_heap_failed is whether one was made to fail. */
size_t fl_heap_count(void);
void fl_heap_fail(size_t nth, bool on);
bool fl_heap_failed(void);
/* Called when one is made to fail, unless NULL; the next fl_heap_fail() forgets it. */
extern _Thread_local void (*fl_heap_failing_)(void);
