/* Telling errors: what a person reads in a terminal, a log or the debug page. */
#include <fleche/buf.h>
#include <stdio.h>
#include "base/unwind.h"

enum { LARGEST = 1 << 20, DEEPEST = 16, SHORT = 512 };

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

/* Without memory: what it is and where. */
static const char *report_in_short(const fl_error *error)
{
    static _Thread_local char text[SHORT];

    (void)snprintf(text, sizeof text, "%s: %.*s\n  at %s:%d\n", error->is->name, SHORT / 2, error->message, error->file,
                   error->line);
    return text;
}

const char *fl_error_report(const fl_error *error)
{
    fl_arena *arena = fl_arena_try_here_();

    if (arena == NULL)
        return report_in_short(error);
    fl_buf out = fl_buf_in(arena, LARGEST);
    add(error, "", 0, &out);
    fl_buf_add_char(&out, '\0');
    return fl_buf_failed(&out) ? report_in_short(error) : out.data;
}
