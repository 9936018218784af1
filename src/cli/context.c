/* The command that runs now, and where it writes: standard output and error, by way of stdio, so that what a command prints with
 * printf() stays in order; or buffers. */
#include <errno.h>
#include <fleche/fiber.h>
#include <stdio.h>
#include <unistd.h>
#include "cli/cli.h"

static const fl_local current;

const fl_command_context *fl_command_here(void) { return fl_local_get(&current); }

void fl_command_enter(const fl_command_context *context) { fl_local_set(&current, (void *)(uintptr_t)context); }

void fl_command_leave(const fl_command_context *context, const fl_command_context *before)
{
    if (fl_command_here() == context)
        fl_local_set(&current, (void *)(uintptr_t)before);
}

/* -- colors ---------------------------------------------------------------------------------------------------------------- */

static const char *const codes[] = {
    [FL_STYLE_PLAIN] = "",    [FL_STYLE_SUCCESS] = "32;1", [FL_STYLE_WARNING] = "33;1", [FL_STYLE_ERROR] = "31;1",
    [FL_STYLE_NOTICE] = "31", [FL_STYLE_HEADING] = "36;1", [FL_STYLE_LABEL] = "1",
};

bool fl_command_colors(int fd)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");

    return (no_color == NULL || no_color[0] == '\0') && !fl_text_is(terminal, "dumb") && isatty(fd) == 1;
}

/* The line end stays outside of the color, or the rest of the terminal's line would get it. */
static void add_styled(fl_style style, fl_str text, fl_buf *out)
{
    size_t ends = text.size > 0 && text.data[text.size - 1] == '\n';

    fl_buf_format(out, "\x1b[%sm%.*s\x1b[0m%s", codes[style], FL_SHOW(fl_str_slice(text, 0, text.size - ends)), ends ? "\n" : "");
}

const char *fl_styled(fl_style style, const char *text)
{
    const fl_command_context *here = fl_command_here();
    fl_buf out = fl_buf_in(fl_arena_here(), FL_KEPT_OUTPUT);

    if (style == FL_STYLE_PLAIN || !(here == NULL ? fl_command_colors(STDOUT_FILENO) : here->out.color))
        return text;
    add_styled(style, fl_str_of(text), &out);
    return fl_buf_c(&out);
}

/* -- writing --------------------------------------------------------------------------------------------------------------- */

int fl_command_flush(void)
{
    errno = 0;
    int code = fflush(stdout) == 0 && ferror(stdout) == 0 ? 0 : errno == 0 ? -EIO : -errno;
    (void)fflush(stderr);
    return code;
}

static void check_kept(fl_buf *into)
{
    if (fl_buf_failed(into))
        (void)fl_buf_c(into);                        /* raises */
}

static FL_PRINTF(3, 0) void write_out(const fl_command_stream *stream, FILE *file, const char *format, va_list arguments)
{
    if (stream->into != NULL) {
        fl_buf_format_v(stream->into, format, arguments);
        check_kept(stream->into);
        return;
    }
    errno = 0;
    if (vfprintf(file, format, arguments) < 0)
        fl_raise_code(errno == 0 ? -EIO : -errno, "the command's output cannot be written");
}

static FL_PRINTF(3, 4) void write_text(const fl_command_stream *stream, FILE *file, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    write_out(stream, file, format, arguments);
    va_end(arguments);
}

static FL_PRINTF(4, 0) void write_styled(const fl_command_stream *stream, FILE *file, fl_style style, const char *format,
                                         va_list arguments)
{
    if (style == FL_STYLE_PLAIN || !stream->color) {
        write_out(stream, file, format, arguments);
        return;
    }
    fl_scope {
        fl_buf plain = fl_buf_in(fl_arena_here(), FL_KEPT_OUTPUT), styled = plain;
        fl_buf_format_v(&plain, format, arguments);
        add_styled(style, fl_str_of(fl_buf_c(&plain)), &styled);
        write_text(stream, file, "%s", fl_buf_c(&styled));
    }
}

static FL_PRINTF(3, 0) void print(bool is_error, fl_style style, const char *format, va_list arguments)
{
    const fl_command_context *here = fl_command_here();
    const fl_command_stream own = { .color = fl_command_colors(is_error ? STDERR_FILENO : STDOUT_FILENO) };
    const fl_command_stream *stream = here == NULL ? &own : is_error ? &here->err : &here->out;

    if (is_error && stream->into == NULL)
        (void)fflush(stdout);                        /* what was said before is read before */
    write_styled(stream, is_error ? stderr : stdout, style, format, arguments);
}

void fl_print(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(false, FL_STYLE_PLAIN, format, arguments);
    va_end(arguments);
}

void fl_print_as(fl_style style, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(false, style, format, arguments);
    va_end(arguments);
}

void fl_print_warning(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(true, FL_STYLE_WARNING, format, arguments);
    va_end(arguments);
}

void fl_command_complain(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(true, FL_STYLE_PLAIN, format, arguments);
    va_end(arguments);
}

void fl_print_error(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(true, FL_STYLE_ERROR, format, arguments);
    va_end(arguments);
}
