/* Expectations, first form. */
#include <fleche/test.h>
#include <string.h>

static FL_ERROR_CLASS(FL_EXPECTATION, FL_ERROR_BASE);

void fl_expect_(bool ok, const char *text, const char *file, int line)
{
    if (!ok)
        fl_raise_(&FL_EXPECTATION, file, line, "expected %s", text);
}

void fl_expect_equal_(fl_value a, fl_value b, const char *a_text, const char *b_text, const char *file, int line)
{
    bool same = a.kind == b.kind && (a.kind == FL_V_TEXT ? fl_str_equal(a.text, b.text) : a.i == b.i);
    if (!same)
        fl_raise_(&FL_EXPECTATION, file, line, "expected %s (%lld) == %s (%lld)", a_text, a.i, b_text, b.i);
}

void fl_expect_text_(const char *a, const char *b, const char *a_text, const char *b_text, const char *file, int line)
{
    if (!fl_text_is(a, b))
        fl_raise_(&FL_EXPECTATION, file, line, "expected %s == %s\n  left:  %s\n  right: %s", a_text, b_text, a, b);
}

void fl_expect_bytes_(fl_str a, fl_str b, const char *a_text, const char *b_text, const char *file, int line)
{
    if (!fl_str_equal(a, b))
        fl_raise_(&FL_EXPECTATION, file, line, "expected %s == %s\n  left:  %.*s\n  right: %.*s", a_text, b_text, FL_SHOW(a), FL_SHOW(b));
}

void fl_expect_contains_(const char *text, const char *part, const char *expression, const char *file, int line)
{
    if (text == NULL || strstr(text, part) == NULL)
        fl_raise_(&FL_EXPECTATION, file, line, "expected %s to contain %s: %s", expression, part, text);
}

void fl_expect_ok_(long long code, const char *text, const char *file, int line)
{
    if (code < 0)
        fl_raise_(&FL_EXPECTATION, file, line, "%s: %s", text, fl_code_text((int)code));
}

void fl_expect_same_(const void *a, const void *b, const char *a_text, const char *b_text, const char *file, int line)
{
    if (a != b)
        fl_raise_(&FL_EXPECTATION, file, line, "expected %s (%p) == %s (%p)", a_text, a, b_text, b);
}

void fl_fail_(const char *file, int line, const char *format, ...)
{
    va_list arguments;
    fl_buf text = fl_buf_in(fl_arena_here(), 1 << 16);

    va_start(arguments, format);
    fl_buf_format_v(&text, format, arguments);
    va_end(arguments);
    fl_raise_(&FL_EXPECTATION, file, line, "%s", fl_buf_c(&text));
}

fl_error *fl_expect_raises_(const fl_error_class *is, void (*run)(void *), void *data, const char *text, const char *file, int line)
{
    fl_error *error = fl_protect(run, data);

    if (error == NULL)
        fl_raise_(&FL_EXPECTATION, file, line, "expected %s to raise %s; it raised nothing", text, is->name);
    if (!fl_error_is_(error, is))
        fl_raise_(&FL_EXPECTATION, file, line, "expected %s to raise %s; it raised %s: %s", text, is->name, error->is->name, error->message);
    return error;
}

void fl_label(const char *format, ...) { (void)format; }

void fl_table_(const void *rows, size_t row, size_t n, void (*run)(const void *row), const char *text, const char *file, int line)
{
    (void)text, (void)file, (void)line;
    for (size_t i = 0; i < n; i++)
        run((const char *)rows + i * row);
}

const char *fl_test_file(const char *path) { return fl_text("%s/%s", FL_TESTS_DIRECTORY, path); }
