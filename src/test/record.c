/* Noting failures. They are noted where they happen, not where an error is caught: an expectation that fails on another fiber, or
 * under a handler that swallows every error, or just before a crash, fails its test all the same. */
#include <fleche/heap.h>
#include "test/record.h"

const fl_error_class FL_EXPECTATION = { .name = "FL_EXPECTATION", .parent = &FL_ERROR_BASE };
const fl_error_class FL_TEST_SKIPPED = { .name = "FL_TEST_SKIPPED", .parent = &FL_ERROR_BASE };

static fl_record outside;                            /* for expectations in programs that are no tests */
fl_record *fl_test_record = &outside;

void fl_record_begin(fl_record *record)
{
    record->ended = record->skipped = record->heap_failed = false;
    record->flaws = 0;
    record->size = 0;
    record->directory[0] = '\0';
    fl_test_record = record;
    fl_parts_begin();
}

const char *fl_place_of(const char *file)
{
    for (const char *rest; (rest = fl_after_prefix(file, "../")) != NULL;)
        file = rest;
    return file;
}

void fl_test_note(unsigned flaw, const char *file, int line, fl_str message)
{
    fl_record *record = fl_test_record;
    size_t room = sizeof record->text - record->size;
    fl_buf out = fl_buf_over(record->text + record->size, room);

    record->flaws |= flaw;
    if (file != NULL)
        fl_buf_format(&out, "%s:%d: ", fl_place_of(file), line);
    fl_parts_text(&out);
    if (room > out.size + 2)
        fl_buf_add(&out, fl_str_slice(message, 0, room - out.size - 2));
    fl_buf_add_char(&out, '\n');
    record->size += out.size;
}

static bool is_about_memory(const fl_error *error)
{
    for (; error != NULL; error = error->cause)
        if (fl_error_is(error, FL_OUT_OF_MEMORY))
            return true;
    return false;
}

/* At once: what is to be told of a run that crashes is whether it was without memory. */
void fl_test_note_heap(void) { fl_test_record->heap_failed = true; }

void fl_test_note_error(const fl_error *error)
{
    if (fl_error_is(error, FL_EXPECTATION) || fl_error_is(error, FL_TEST_SKIPPED))
        return;
    bool memory = is_about_memory(error), wanted = memory && fl_test_record->heap_failed;
    /* What a torture brought about is not worth looking up the lines of a backtrace, hundreds of times. */
    const char *text = wanted ? error->message : fl_error_report(error);
    fl_test_note(memory ? FL_FLAW_MEMORY : FL_FLAW_ERROR, error->file, error->line, fl_str_trim(fl_str_of(text)));
}

void fl_test_fail(const char *file, int line, fl_str message)
{
    fl_test_note(FL_FLAW_EXPECTATION, file, line, message);
    fl_raise_(&FL_EXPECTATION, file, line, "%.*s", FL_SHOW(message));
}

void fl_fail_(const char *file, int line, const char *format, ...)
{
    char text[4096];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fl_test_fail(file, line, fl_str_of(text));
}

void fl_skip_(const char *format, ...)
{
    fl_record *record = fl_test_record;
    char why[512];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    if (record->flaws == 0 && !record->skipped)
        record->size = (size_t)snprintf(record->text, sizeof record->text, "%s", why);
    record->skipped = true;
    fl_raise(FL_TEST_SKIPPED, "%s", why);
}
