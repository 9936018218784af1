/* Expectations: each compares, and says both sides when they do not fit. Messages are written into memory of their own, because a
 * test that fails may be one that has used up its arena. */
#include <fleche/heap.h>
#include <math.h>
#include "test/record.h"

static _Thread_local char memory[1 << 14];

static fl_buf message(void) { return fl_buf_over(memory, sizeof memory); }

void fl_expect_(bool ok, const char *text, const char *file, int line)
{
    if (!ok)
        fl_fail_(file, line, "expected %s", text);
}

static _Noreturn void fail_values(fl_value a, fl_value b, const char *a_text, const char *relation, const char *b_text,
                                  const char *file, int line)
{
    fl_buf out = message();

    fl_buf_format(&out, "expected %s %s %s", a_text, relation, b_text);
    if (a.kind == FL_V_TEXT && b.kind == FL_V_TEXT) {
        fl_show_texts(&out, a.text, b.text, false);
    } else {
        fl_buf_format(&out, "\n  left:  ");
        fl_show_value(&out, a);
        fl_buf_format(&out, "\n  right: ");
        fl_show_value(&out, b);
    }
    fl_test_fail(file, line, fl_buf_str(&out));
}

void fl_expect_equal_(fl_value a, fl_value b, const char *a_text, const char *b_text, const char *file, int line)
{
    if (!fl_value_equal(a, b))
        fail_values(a, b, a_text, "==", b_text, file, line);
}

void fl_expect_differs_(fl_value a, fl_value b, const char *a_text, const char *b_text, const char *file, int line)
{
    if (fl_value_equal(a, b))
        fail_values(a, b, a_text, "!=", b_text, file, line);
}

static void expect_same_bytes(fl_str a, fl_str b, bool bytes, const char *a_text, const char *b_text, const char *file, int line)
{
    fl_buf out = message();

    if ((a.data == NULL) == (b.data == NULL) && (a.data == NULL || fl_str_equal(a, b)))
        return;
    fl_buf_format(&out, "expected %s == %s", a_text, b_text);
    fl_show_texts(&out, a, b, bytes);
    fl_test_fail(file, line, fl_buf_str(&out));
}

void fl_expect_text_(const char *a, const char *b, const char *a_text, const char *b_text, const char *file, int line)
{
    expect_same_bytes(fl_str_of(a), fl_str_of(b), false, a_text, b_text, file, line);
}

/* An empty view may have any data. */
static fl_str not_null(fl_str s) { return s.size == 0 ? fl_lit("") : s; }

void fl_expect_bytes_(fl_str a, fl_str b, const char *a_text, const char *b_text, const char *file, int line)
{
    expect_same_bytes(not_null(a), not_null(b), true, a_text, b_text, file, line);
}

void fl_expect_same_(const void *a, const void *b, const char *a_text, const char *b_text, const char *file, int line)
{
    if (a != b)
        fl_fail_(file, line, "expected %s == %s\n  left:  %p\n  right: %p", a_text, b_text, a, b);
}

void fl_expect_contains_(const char *text, const char *part, const char *expression, const char *file, int line)
{
    fl_buf out = message();

    if (text != NULL && part != NULL && strstr(text, part) != NULL)
        return;
    fl_buf_format(&out, "expected %s to contain ", expression);
    fl_show_text(&out, fl_str_of(part));
    fl_buf_format(&out, "\n  it is: ");
    fl_show_text(&out, fl_str_of(text));
    fl_test_fail(file, line, fl_buf_str(&out));
}

void fl_expect_near_(double a, double b, double by, const char *a_text, const char *b_text, const char *file, int line)
{
    if (a == b || fabs(a - b) <= by)                 /* equal infinities are near; NaN is near nothing */
        return;
    fl_fail_(file, line, "expected %s to be within %.17g of %s\n  left:  %.17g\n  right: %.17g", a_text, by, b_text, a, b);
}

void fl_expect_ok_(long long code, const char *text, const char *file, int line)
{
    if (code < 0)
        fl_fail_(file, line, "expected %s to succeed\n  it gave %lld: %s", text, code, fl_code_text((int)code));
}

fl_error *fl_expect_raises_(const fl_error_class *is, void (*run)(void *), void *data, const char *text, const char *file,
                            int line)
{
    fl_error *error = fl_protect(run, data);

    if (error == NULL)
        fl_fail_(file, line, "expected %s to raise %s; it raised nothing", text, is->name);
    if (fl_error_is_(error, is))
        return error;
    /* Ends of this test, which only pass through here; and what the torture made to fail is not this test's affair. */
    if (fl_error_is(error, FL_EXPECTATION) || fl_error_is(error, FL_TEST_SKIPPED))
        fl_reraise(error);
    if (fl_heap_failed() && fl_error_is(error, FL_OUT_OF_MEMORY))
        fl_reraise(error);
    fl_fail_(file, line, "expected %s to raise %s; it raised %s: %s", text, is->name, error->is->name, error->message);
}
