/* Budgets of a block: allocations from the heap, bytes from the arena. What an arena has taken is chunks; what is still free in
 * its newest one is not used yet. Under AddressSanitizer each block has a gap behind it, so that nothing is judged there. */
#include <fleche/heap.h>
#include "test/record.h"

static size_t used_now(bool arena)
{
    if (!arena)
        return fl_heap_count();
    const fl_arena *here = fl_arena_here();
    return fl_arena_used(here) - (size_t)(here->end - here->at);
}

fl_test_budget_ fl_budget_enter_(size_t budget, bool arena, const char *file, int line)
{
    return (fl_test_budget_){ .file = file, .line = line, .before = used_now(arena), .budget = budget, .arena = arena };
}

void fl_budget_leave_(fl_test_budget_ *budget)
{
    size_t now = used_now(budget->arena), used = now > budget->before ? now - budget->before : 0;

    if (!FL_ASAN && used > budget->budget)
        fl_fail_(budget->file, budget->line, "expected at most %zu %s; it took %zu", budget->budget,
                 budget->arena ? "bytes of the arena" : "allocations", used);
}
