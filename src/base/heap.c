/* The heap with a counter in front. Failing the n-th allocation is a comparison away, so tests can try every one (torture). */
#define FL_THE_HEAP_ITSELF
#include <fleche/heap.h>
#include <stdlib.h>
#undef malloc
#undef calloc
#undef realloc
#undef free

static _Thread_local size_t count, fail_at;          /* fail_at is a value of count; 0: none */
static _Thread_local bool fail_on, failed;
_Thread_local void (*fl_heap_failing_)(void);

bool fl_heap_fails(void)
{
    count++;
    if (FL_LIKELY(fail_at == 0 || count < fail_at))
        return false;
    if (count > fail_at && !fail_on)
        return false;
    failed = true;
    if (fl_heap_failing_ != NULL)
        fl_heap_failing_();
    return true;
}

void *fl_heap_alloc(size_t size) { return fl_heap_fails() ? NULL : malloc(size); }
void *fl_heap_zalloc(size_t size) { return fl_heap_fails() ? NULL : calloc(1, size); }

/* A size of 0 must not free the block. */
void *fl_heap_resize(void *block, size_t size) { return fl_heap_fails() ? NULL : realloc(block, size + (size == 0)); }

void fl_heap_free(void *block) { free(block); }

size_t fl_heap_count(void) { return count; }

void fl_heap_fail(size_t nth, bool on)
{
    fail_at = nth == 0 ? 0 : count + nth;
    fail_on = on;
    failed = false;
    fl_heap_failing_ = NULL;
}

bool fl_heap_failed(void) { return failed; }
