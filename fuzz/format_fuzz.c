/* Formats of dates, numbers and fragments that come from elsewhere: any text is one, and what it cannot say is refused with an
 * error. */
#include <fleche/base.h>
#include <fleche/format.h>
#include <fleche/html.h>
#include <stdlib.h>

typedef struct job { const char *format; fl_value value; } job;

static void format_moment(void *data)
{
    job *j = data;
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20);
    fl_format_moment_to(&out, j->value, j->format);
}

static void format_fragment(void *data) { (void)fl_format_html(((job *)data)->format, 1, "<"); }
static void format_named(void *data) { (void)fl_format_html_named(((job *)data)->format, "a", 1, "b", "<"); }

static void run(void (*format)(void *data), job *j)
{
    fl_error *error = fl_protect(format, j);

    if (error != NULL && !fl_error_is(error, FL_TYPE_ERROR) && !fl_error_is(error, FL_VALUE_ERROR))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    fl_str text = fl_str_copy(fl_str_n((const char *)data, size));
    const fl_value values[] = { fl_box(fl_datetime_of_unix(1700000000, 5)), fl_box(fl_date_of(2024, 2, 29)),
                                fl_box(fl_time_of(0, 0, 1, 0)) };

    for (size_t i = 0; i < FL_LENGTH(values); i++)
        run(format_moment, &(job){ text.data, values[i] });
    run(format_fragment, &(job){ .format = text.data });
    run(format_named, &(job){ .format = text.data });
    (void)fl_number_format(text, .grouping = { 3, 2 }, .decimals = 2);
    fl_arena_reset(arena);
    return 0;
}
