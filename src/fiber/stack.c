/* Slabs of 64 stacks are mapped at once. Each stack is, from low to high: a guard page, the stack growing down, and at the top its
 * fl_stack and whatever the fiber keeps there, so that a sleeping fiber has one page or two.
 *
 * A guard made by mprotect splits the mapping, and Linux allows 65,530 mappings a process: some 32,000 fibers. Since 6.13 a guard
 * can be a mark in the page table (MADV_GUARD_INSTALL), which splits nothing; it is used where the kernel has it.
 * Huge pages are refused: one touched byte would take 2 MB. */
#include "fiber/stack.h"
#include <errno.h>
#include <fleche/heap.h>
#include <sys/mman.h>
#include <unistd.h>

#if FL_ASAN
#include <sanitizer/asan_interface.h>
#endif
#ifdef FL_HAVE_VALGRIND
#include <valgrind/valgrind.h>
#endif
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

enum { GUARD = 4096, SLAB_STACKS = 64, SLAB = SLAB_STACKS * FL_STACK_SIZE, KEPT_ON_TRIM = 8192 };

typedef struct slab { struct slab *next; char *start; size_t size; } slab;

static _Thread_local struct {
    fl_stack *free;
    slab *slabs;
    char *fresh, *fresh_end;                         /* the part of the newest slab that was never used */
    size_t pooled;
} pool;

static bool install_guard(char *page)
{
    static _Atomic bool no_marks;

    if (!no_marks) {
        if (madvise(page, GUARD, MADV_GUARD_INSTALL) == 0)
            return true;
        no_marks = true;
    }
    return mprotect(page, GUARD, PROT_NONE) == 0;
}

static char *map(size_t size)
{
    char *start = fl_heap_fails()
                      ? MAP_FAILED
                      : mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (start == MAP_FAILED) {
        errno = ENOMEM;
        return NULL;
    }
    (void)madvise(start, size, MADV_NOHUGEPAGE);
    return start;
}

static bool add_slab(void)
{
    slab *added = fl_heap_alloc(sizeof *added);

    if (added == NULL)
        return false;
    char *start = map(SLAB);
    if (start == NULL) {
        fl_heap_free(added);
        return false;
    }
    *added = (slab){ .next = pool.slabs, .start = start, .size = SLAB };
    pool.slabs = added;
    pool.fresh = start;
    pool.fresh_end = start + SLAB;
    return true;
}

static fl_stack *stack_at(char *start, size_t size)
{
    if (fl_heap_fails() || !install_guard(start))
        return NULL;                                 /* ENOMEM: too many mappings */
    fl_stack *stack = (fl_stack *)(void *)(start + size - sizeof(fl_stack) - sizeof(fl_stack) % 16);
    *stack = (fl_stack){ .bottom = start + GUARD, .top = (char *)stack };
#ifdef FL_HAVE_VALGRIND
    stack->valgrind = VALGRIND_STACK_REGISTER(stack->bottom, stack->top);
#endif
    return stack;
}

fl_stack *fl_stack_take(size_t size)
{
    if (size > SIZE_MAX / 2) {
        errno = ENOMEM;
        return NULL;
    }
    if (size + GUARD + sizeof(fl_stack) > FL_STACK_SIZE) {
        size_t whole = (size + GUARD + sizeof(fl_stack) + GUARD - 1) & ~(size_t)(GUARD - 1);
        char *start = map(whole);
        fl_stack *stack = start == NULL ? NULL : stack_at(start, whole);
        if (stack == NULL && start != NULL)
            (void)munmap(start, whole);
        if (stack != NULL)
            stack->own_mapping = true;
        return stack;
    }
    fl_stack *stack = pool.free;
    if (FL_LIKELY(stack != NULL)) {
        pool.free = stack->next;
        pool.pooled--;
        return stack;
    }
    if (pool.fresh == pool.fresh_end && !add_slab()) {
        errno = ENOMEM;
        return NULL;
    }
    stack = stack_at(pool.fresh, FL_STACK_SIZE);
    if (stack != NULL)
        pool.fresh += FL_STACK_SIZE;
    return stack;
}

static void forget(fl_stack *stack)
{
#ifdef FL_HAVE_VALGRIND
    VALGRIND_STACK_DEREGISTER(stack->valgrind);
#else
    (void)stack;
#endif
}

void fl_stack_give(fl_stack *stack)
{
#if FL_ASAN
    ASAN_UNPOISON_MEMORY_REGION(stack->bottom, (size_t)(stack->top - stack->bottom));       /* frames that a jump left */
#endif
    if (stack->own_mapping) {
        char *start = stack->bottom - GUARD;
        forget(stack);
        (void)munmap(start, (((size_t)(stack->top - start) + sizeof *stack) + GUARD - 1) & ~(size_t)(GUARD - 1));
        return;
    }
    stack->next = pool.free;
    pool.free = stack;
    pool.pooled++;
}

void fl_stack_trim(void)
{
    size_t passed = 0;

    if (pool.pooled <= FL_STACKS_NEVER_TRIMMED)
        return;
    for (fl_stack *stack = pool.free; stack != NULL; stack = stack->next)
        if (++passed > FL_STACKS_NEVER_TRIMMED)
            (void)madvise(stack->bottom, (size_t)(stack->top - stack->bottom - KEPT_ON_TRIM) & ~(size_t)(GUARD - 1),
                          MADV_DONTNEED);
}

void fl_stack_pool_end(void)
{
    for (fl_stack *stack = pool.free; stack != NULL; stack = stack->next)
        forget(stack);
    while (pool.slabs != NULL) {
        slab *last = pool.slabs;
        pool.slabs = last->next;
        (void)munmap(last->start, last->size);
        fl_heap_free(last);
    }
    pool.free = NULL;
    pool.fresh = pool.fresh_end = NULL;
    pool.pooled = 0;
}

size_t fl_stack_pooled(void) { return pool.pooled; }

size_t fl_stack_touched(const fl_stack *stack)
{
    unsigned char resident[(4 * FL_STACK_SIZE) / GUARD];
    size_t pages = (size_t)(stack->top - stack->bottom) / GUARD + 1, touched = 0;

    if (pages > sizeof resident)
        pages = sizeof resident;
    if (mincore(stack->bottom, pages * GUARD, resident) != 0)
        return 0;
    for (size_t i = 0; i < pages; i++)
        touched += (resident[i] & 1) * (size_t)GUARD;
    return touched;
}

bool fl_stack_guards(const void *address)
{
    for (const slab *at = pool.slabs; at != NULL; at = at->next) {
        const char *place = address;
        if (place >= at->start && place < at->start + at->size)
            return (size_t)(place - at->start) % FL_STACK_SIZE < GUARD;
    }
    return false;
}
