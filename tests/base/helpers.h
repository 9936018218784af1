/* What several of these tests need. */
#pragma once
#include "../helpers.h"

/* Runs `run(data)` with its first allocation failing, then its second, … until none is left to fail; each time it must either
 * succeed or raise FL_OUT_OF_MEMORY, and leave no arena behind. With `on` all behind the failing one fail too. Gives how many
 * could fail. */
static inline size_t until_memory_suffices(void (*run)(void *data), void *data, bool on)
{
    (void)fl_arena_here();                           /* is no leak */
    for (size_t nth = 1;; nth++) {
        size_t live = fl_arena_live();
        fl_expect(nth < 1000);
        fl_heap_fail(nth, on);
        fl_error *error = fl_protect(run, data);
        bool failed = fl_heap_failed();
        fl_heap_fail(0, false);
        fl_expect_equal(fl_arena_live(), live);
        if (error != NULL && !fl_error_is(error, FL_OUT_OF_MEMORY))
            fl_reraise(error);
        if (!failed) {
            fl_expect(error == NULL);
            return nth - 1;
        }
    }
}
