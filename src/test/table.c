/* Parts of a test: the rows of a table and subtests. Each is a protected call, so that one that fails does not keep the next from
 * running; its label stands before what it notes. */
#include "test/record.h"

enum { LABEL = 200 };

typedef struct part {
    struct part *outer;
    const char *name;
    bool is_row;
    size_t row;
    char label[LABEL];                               /* given by fl_label; instead of the name */
} part;

static part whole;                                   /* the test itself */
static part *current = &whole;

void fl_parts_begin(void)
{
    current = &whole;
    whole.label[0] = '\0';
}

static void add_part(fl_buf *out, const part *p)
{
    if (p->outer != NULL)
        add_part(out, p->outer);
    if (p->label[0] != '\0')
        fl_buf_format(out, "%s: ", p->label);
    else if (p->is_row)
        fl_buf_format(out, "%s[%zu]: ", p->name, p->row);
    else if (p->name != NULL)
        fl_buf_format(out, "%s: ", p->name);
}

void fl_parts_text(fl_buf *out) { add_part(out, current); }

void fl_label(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(current->label, sizeof current->label, format, arguments);
    va_end(arguments);
}

static void run_part(part *p, void (*run)(void *data), void *data)
{
    p->outer = current;
    current = p;
    fl_error *error = fl_protect(run, data);
    if (error != NULL)
        fl_test_note_error(error);
    current = p->outer;
    if (fl_error_is(error, FL_TEST_SKIPPED))         /* skips the test, not the part */
        fl_reraise(error);
}

void fl_subtest(const char *name, void (*run)(void *data), void *data)
{
    part p = { .name = name };

    run_part(&p, run, data);
}

typedef struct row { void (*run)(const void *row); const void *at; } row;

static void run_row(void *data)
{
    const row *r = data;

    r->run(r->at);
}

void fl_table_(const void *rows, size_t row_size, size_t n, void (*run)(const void *row), const char *text)
{
    for (size_t i = 0; i < n; i++) {
        part p = { .name = text, .is_row = true, .row = i };
        run_part(&p, run_row, &(row){ run, (const char *)rows + i * row_size });
    }
}
