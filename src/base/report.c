/* Telling errors: what a person reads in a terminal, a log or the debug page. */
#include <fleche/buf.h>
#include <fleche/context.h>

enum { LARGEST = 1 << 20, DEEPEST = 16 };

static void add(const fl_error *error, const char *before, int depth, fl_buf *out)
{
    if (error == NULL || depth == DEEPEST)
        return;
    fl_buf_format(out, "%s%s: %s\n", before, error->is->name, error->message);
    fl_buf_format(out, "  at %s:%d\n", error->file, error->line);
    if (error->detail != NULL)
        fl_buf_format(out, "  detail: %s\n", error->detail);
    if (error->hint != NULL)
        fl_buf_format(out, "  hint: %s\n", error->hint);
    if (error->frame_count > 0)
        fl_frames_text(error->frames, error->frame_count, out);
    add(error->cause, "caused by ", depth + 1, out);
    add(error->suppressed, "while it unwound, ", depth + 1, out);
}

const char *fl_error_report(const fl_error *error)
{
    fl_buf out = fl_buf_in(fl_arena_here(), LARGEST);

    add(error, "", 0, &out);
    fl_buf_add_char(&out, '\0');
    return fl_buf_failed(&out) ? error->message : out.data;
}
