/* Torture: a test again and again, each time with its next allocation failing, until a run in which none was left to fail.
 *
 * A run may fail in two ways. An error may end it that is FL_OUT_OF_MEMORY or has it as a cause. Or an expectation may not hold:
 * a test that expects a code of 0 rightly fails when it gets -ENOMEM. What no run may do is crash, hang, displease a sanitizer,
 * end in any other error (then somebody mistook the want of memory for something else), or leave memory, arenas or descriptors
 * behind, however it was cut short, and also on its way out of the process. So a test that can be tortured gives back with
 * fl_defer() what it takes. That an allocation failed is noted at that moment, in memory that the runner sees too: so it is
 * known of runs that crash, and of fibers that outlive the body. */
#include "test/plan.h"

void fl_torture_forgive(fl_turn *turn, const fl_record *record, fl_end end)
{
    const unsigned grave = FL_FLAW_ERROR | FL_FLAW_LEAK;
    bool well_ended = record->ended && end.status == 0 && !end.timed_out;

    if (turn->nth == 0 || turn->outcome != FL_FAILED)
        return;
    if (well_ended && record->heap_failed && record->flaws != 0 && (record->flaws & grave) == 0)
        turn->outcome = FL_PASSED;
    else if (record->heap_failed)
        turn->text = fl_str_of(fl_text("with allocation %zu failing:\n%.*s", turn->nth, FL_SHOW(turn->text)));
    else
        turn->nth = 0;                               /* it fails without any torture */
}

bool fl_torture_goes_on(const fl_settings *settings, const fl_turn *turn, const fl_record *record)
{
    return settings->torture && turn->outcome != FL_FAILED && record->heap_failed && turn->nth < settings->torture_limit;
}
