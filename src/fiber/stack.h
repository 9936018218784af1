/* Stacks: address space in slabs, a guard below each, memory only where it was touched, reused from a pool. One pool a thread. */
#pragma once
#include <fleche/attributes.h>

/* The usual size, its guard page included. Sanitizers put gaps between locals, and without optimization every one has a place. */
#if FL_ASAN || FL_TSAN
enum { FL_STACK_SIZE = 1024 * 1024 };
#elif !defined(__OPTIMIZE__)
enum { FL_STACK_SIZE = 512 * 1024 };
#else
enum { FL_STACK_SIZE = 256 * 1024 };
#endif
enum { FL_STACKS_NEVER_TRIMMED = 64 };               /* pooled ones that keep their memory */

typedef struct fl_stack {
    char *bottom, *top;                              /* the usable part; the guard lies below bottom */
    unsigned valgrind;
    bool own_mapping;                                /* of another size than usual: unmapped, not pooled */
    struct fl_stack *next;                           /* in the pool */
} fl_stack;                                          /* lives at `top` of the stack itself */

/* fl_stack_take gives one of at least `size` bytes (0: the usual). NULL with errno set if there is none to be had. */
fl_stack *fl_stack_take(size_t size);
void fl_stack_give(fl_stack *stack);
void fl_stack_trim(void);                            /* pooled stacks' memory back to the system, all but their tops */
void fl_stack_pool_end(void);                        /* unmaps all: no stack of this thread may be in use */
size_t fl_stack_pooled(void);
size_t fl_stack_touched(const fl_stack *stack);      /* bytes resident, by page */
/* fl_stack_guards tells whether the address lies in a guard page of this thread's stacks. Signal-safe. */
bool fl_stack_guards(const void *address);
