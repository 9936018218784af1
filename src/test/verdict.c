/* What a test's end means: how its process ended, what it noted, what was expected of it. */
#include <signal.h>
#include <sys/wait.h>
#include "test/plan.h"
#include "test/sanitizer.h"

static const char *end_text(int status)
{
    if (WIFSIGNALED(status))
        return fl_text("was ended by SIG%s", sigabbrev_np(WTERMSIG(status)));
    if (WEXITSTATUS(status) == FL_SANITIZER_EXIT)
        return "was stopped by a sanitizer";
    return fl_text("exited with status %d", WEXITSTATUS(status));
}

static bool ended_as_expected(const fl_test_options *options, int status)
{
    if (options->expect_signal != 0)
        return WIFSIGNALED(status) && WTERMSIG(status) == options->expect_signal;
    return WIFEXITED(status) && WEXITSTATUS(status) == options->expect_exit;
}

/* NULL, or what is wrong with how it ended, whatever it noted. */
static const char *wrong_end(const fl_test_options *options, const fl_record *record, fl_end end)
{
    const char *place = record->ended ? "came to its end" : end_text(end.status);

    if (end.timed_out)
        return fl_text("took longer than %g s", end.timeout);
    if (options->expect_signal != 0 || options->expect_exit != 0) {
        if (!record->ended && ended_as_expected(options, end.status))
            return NULL;
        if (options->expect_signal != 0)
            return fl_text("should have been ended by SIG%s; it %s", sigabbrev_np(options->expect_signal), place);
        return fl_text("should have exited with status %d; it %s", options->expect_exit, place);
    }
    if (!record->ended)
        return place;
    return end.status == 0 ? NULL : fl_text("came to its end, but its process %s", end_text(end.status));
}

void fl_judge(fl_turn *turn, const fl_record *record, fl_end end)
{
    fl_str noted = { record->text, record->size };
    const char *wrong = record->skipped && record->ended ? NULL : wrong_end(&turn->test->options, record, end);

    if (wrong != NULL)
        turn->text = fl_str_of(
            fl_text("%s%s:%d: %s %s\n", fl_str_c(noted), fl_place_of(turn->test->file), turn->test->line, turn->name, wrong));
    else
        turn->text = fl_str_copy(noted);
    if (wrong != NULL || record->flaws != 0)
        turn->outcome = FL_FAILED;
    else
        turn->outcome = record->skipped ? FL_SKIPPED : FL_PASSED;
}
