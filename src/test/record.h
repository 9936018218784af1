/* What a test's process tells the runner, in memory that both share: what was noted before a crash is told all the same. */
#pragma once
#include <fleche/test.h>

enum { FL_RECORD_TEXT = 1 << 16, FL_RECORD_PATH = 512 };

/* What was wrong with a test, as bits: a run with a failing allocation may show the first two. */
enum { FL_FLAW_EXPECTATION = 1, FL_FLAW_MEMORY = 2, FL_FLAW_ERROR = 4, FL_FLAW_LEAK = 8 };

typedef struct fl_record {
    bool ended;                                  /* the body returned or raised; false after a crash or an exit() */
    bool skipped;
    bool heap_failed;                            /* an allocation was made to fail */
    unsigned flaws;
    size_t size;                                 /* of text: what failed, a paragraph each, or why it was skipped */
    char directory[FL_RECORD_PATH];              /* of fl_test_directory(); empty for none */
    char text[FL_RECORD_TEXT];
} fl_record;

extern fl_record *fl_test_record;                /* of the test that runs in this process */
extern const fl_error_class FL_EXPECTATION, FL_TEST_SKIPPED;

void fl_record_begin(fl_record *record);         /* makes it the current one, empty */

/* fl_test_note notes a failure, with its place and the labels of the parts around; file NULL for no place. fl_test_note_error
 * does so for an error that ended the test or a part of it, unless it is the end of an expectation, which was noted when it
 * failed. */
void fl_test_note(unsigned flaw, const char *file, int line, fl_str message);
void fl_test_note_error(const fl_error *error);
void fl_test_note_heap(void);                    /* an allocation was made to fail */
_Noreturn void fl_test_fail(const char *file, int line, fl_str message);     /* notes it and ends the test */

void fl_parts_begin(void);                       /* no part, no label */
void fl_parts_text(fl_buf *out);                 /* "years[3]: " for the parts around, or nothing */

const char *fl_place_of(const char *file);       /* __FILE__ without the way up from the build directory */

/* A buffer over memory of a fixed size: tells failures without allocating. A buffer has a byte behind its capacity for a NUL. */
static inline fl_buf fl_buf_over(char *memory, size_t size)
{
    return (fl_buf){ .data = memory, .capacity = size - 1, .limit = size - 1 };
}

/* -- how values are shown ------------------------------------------------------------------------------------------------ */
void fl_show_value(fl_buf *out, fl_value value);
/* Both texts, each quoted on a line of its own; of long ones, where they differ first and what stands around. Bytes show
 * everything that is not printable ASCII as \xNN. A NULL data is shown as NULL. */
void fl_show_texts(fl_buf *out, fl_str a, fl_str b, bool bytes);
void fl_show_text(fl_buf *out, fl_str text);     /* quoted, its beginning if it is long */

/* -- in a test's process ------------------------------------------------------------------------------------------------- */
void fl_test_run_one(const fl_test *test, size_t nth, fl_record *record);    /* failing the nth allocation; 0: none */
void fl_test_log_begin(void);
void fl_test_tell_crashes(const fl_test *test);  /* fatal signals write a backtrace and then kill as ever */
void fl_test_directory_end(fl_record *record);   /* removes it */
