/* Errors as things: their classes, how they are made, copied and told.
 *
 * An error is made in the arena of the protected call that will catch it. When that has no room (the error may be that very
 * fact) one of a few reserved errors is used instead, so that running out of memory is an error like any other. */
#include <errno.h>
#include <fleche/buf.h>
#include <stdio.h>
#include <string.h>
#include "base/unwind.h"

#define ROOT(Name, status_, message_) const fl_error_class Name = { .name = #Name, .status = status_, .message = message_ }
#define CLASS(Name, Parent, status_, message_) const fl_error_class Name = { .name = #Name, .parent = &Parent, .status = status_, .message = message_ }

ROOT(FL_ERROR_BASE, 500, "Something went wrong.");
CLASS(FL_BAD_REQUEST, FL_ERROR_BASE, 400, "The request could not be understood.");
CLASS(FL_UNAUTHENTICATED, FL_ERROR_BASE, 401, "Authentication is needed.");
CLASS(FL_PERMISSION_DENIED, FL_ERROR_BASE, 403, "You may not do this.");
CLASS(FL_NOT_FOUND, FL_ERROR_BASE, 404, "Not found.");
CLASS(FL_CONFLICT, FL_ERROR_BASE, 409, "This conflicts with what is there.");
CLASS(FL_VALIDATION_ERROR, FL_BAD_REQUEST, 400, "Some values are not valid.");
CLASS(FL_BAD_JSON, FL_BAD_REQUEST, 400, "This is not valid JSON.");
CLASS(FL_MULTIPLE_OBJECTS, FL_ERROR_BASE, 0, NULL);
CLASS(FL_DATABASE_ERROR, FL_ERROR_BASE, 0, NULL);
CLASS(FL_INTEGRITY_ERROR, FL_DATABASE_ERROR, 0, NULL);
CLASS(FL_OPERATIONAL_ERROR, FL_DATABASE_ERROR, 503, "The database cannot be reached.");
CLASS(FL_PROGRAMMING_ERROR, FL_ERROR_BASE, 0, NULL);
CLASS(FL_TYPE_ERROR, FL_PROGRAMMING_ERROR, 0, NULL);
CLASS(FL_NULL_DEREFERENCE, FL_PROGRAMMING_ERROR, 0, NULL);
CLASS(FL_VALUE_ERROR, FL_ERROR_BASE, 0, NULL);
CLASS(FL_OVERFLOW, FL_VALUE_ERROR, 0, NULL);
CLASS(FL_OS_ERROR, FL_ERROR_BASE, 0, NULL);
CLASS(FL_TIMEOUT, FL_OS_ERROR, 504, "This took too long.");
CLASS(FL_CANCELLED, FL_ERROR_BASE, 0, NULL);
CLASS(FL_OUT_OF_MEMORY, FL_ERROR_BASE, 503, "The server is short of memory.");
CLASS(FL_MEMORY_LIMIT, FL_OUT_OF_MEMORY, 413, "This needs more memory than is allowed.");

enum { RESERVED = 4, RESERVED_TEXT = 256, FRAMES = 48 };

static const fl_type error_type;
static bool backtraces;

void fl_backtraces(bool on)
{
    void *warm_up[2];

    backtraces = on;
    if (on)
        (void)fl_frames_now(warm_up, 2, 0);
}

/* Outside every scope that unwinding will end. */
fl_arena *fl_error_arena(void)
{
    fl_context *here = fl_context_here();

    if (here->frame == NULL)
        return fl_arena_here();
    if (here->frame->arena != NULL)
        return here->frame->arena;
    if (here->own_arena == NULL)
        here->own_arena = fl_arena_new("errors", FL_NO_LIMIT);
    return here->own_arena;
}

static fl_error *make(const fl_error_class *is, const char *file, int line, const char *format, va_list arguments)
{
    static _Thread_local struct { fl_error error; char text[RESERVED_TEXT]; } reserved[RESERVED];
    static _Thread_local size_t next_reserved;
    bool no_memory = is == &FL_OUT_OF_MEMORY;        /* then not even try: making an arena may be what failed */
    fl_arena *arena = no_memory ? NULL : fl_error_arena();
    fl_error *error = arena == NULL ? NULL : fl_arena_try_alloc(arena, sizeof *error);
    char *text = NULL;
    va_list again;

    if (error != NULL) {
        va_copy(again, arguments);
        int size = vsnprintf(NULL, 0, format, again);
        va_end(again);
        text = size < 0 ? NULL : fl_arena_try_alloc(arena, (size_t)size + 1);
        if (text != NULL)
            (void)vsnprintf(text, (size_t)size + 1, format, arguments);
    }
    if (text == NULL) {
        size_t slot = next_reserved++ % RESERVED;
        error = &reserved[slot].error;
        text = reserved[slot].text;
        (void)vsnprintf(text, RESERVED_TEXT, format, arguments);
    }
    *error = (fl_error){ .tag = FL_OBJECT(error_type), .is = is, .message = text, .file = file, .line = line };
    if (backtraces && arena != NULL) {
        void *frames[FRAMES];
        size_t count = fl_frames_now(frames, FRAMES, 2);
        void **kept = fl_arena_try_alloc(arena, count * sizeof *kept);
        if (kept != NULL && count > 0) {
            memcpy(kept, frames, count * sizeof *kept);
            error->frames = kept;
            error->frame_count = count;
        }
    }
    return error;
}

fl_error *fl_error_new_(const fl_error_class *is, const char *file, int line, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fl_error *error = make(is, file, line, format, arguments);
    va_end(arguments);
    return error;
}

void fl_raise_(const fl_error_class *is, const char *file, int line, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fl_error *error = make(is, file, line, format, arguments);
    va_end(arguments);
    fl_unwind(error);
}

static const fl_error_class *class_of_code(int code)
{
    switch (code) {
    case -ECANCELED: return &FL_CANCELLED;
    case -ETIMEDOUT: return &FL_TIMEOUT;
    case -ENOMEM: return &FL_OUT_OF_MEMORY;
    default: return &FL_OS_ERROR;
    }
}

void fl_raise_code_(int code, const char *file, int line, const char *format, ...)
{
    char what[512];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    fl_error *error = fl_error_new_(class_of_code(code), file, line, "%s: %s", what, fl_code_text(code));
    error->code = code;
    fl_unwind(error);
}

bool fl_error_is_(const fl_error *error, const fl_error_class *is)
{
    for (const fl_error_class *at = error == NULL ? NULL : error->is; at != NULL; at = at->parent)
        if (at == is)
            return true;
    return false;
}

int fl_error_status(const fl_error *error)
{
    for (const fl_error_class *at = error->is; at != NULL; at = at->parent)
        if (at->status != 0)
            return at->status;
    return 500;
}

static const char *copy_text(fl_arena *arena, const char *text)
{
    return text == NULL ? NULL : fl_arena_copy_text(arena, text, strlen(text));
}

fl_error *fl_error_copy(fl_arena *arena, const fl_error *error)
{
    if (error == NULL)
        return NULL;
    fl_error *copy = fl_arena_copy(arena, error, sizeof *error);
    copy->message = copy_text(arena, error->message);
    copy->detail = copy_text(arena, error->detail);
    copy->hint = copy_text(arena, error->hint);
    if (error->frame_count > 0)
        copy->frames = fl_arena_copy(arena, error->frames, error->frame_count * sizeof *error->frames);
    copy->cause = fl_error_copy(arena, error->cause);
    copy->suppressed = fl_error_copy(arena, error->suppressed);
    return copy;
}

/* -- telling ------------------------------------------------------------------------------------------------------------------ */

static void report(const fl_error *error, const char *before, fl_buf *out)
{
    fl_buf_format(out, "%s%s: %s\n", before, error->is->name, error->message);
    fl_buf_format(out, "  at %s:%d\n", error->file, error->line);
    if (error->detail != NULL)
        fl_buf_format(out, "  detail: %s\n", error->detail);
    if (error->hint != NULL)
        fl_buf_format(out, "  hint: %s\n", error->hint);
    if (error->frame_count > 0)
        fl_frames_text(error->frames, error->frame_count, out);
    if (error->cause != NULL)
        report(error->cause, "caused by ", out);
    if (error->suppressed != NULL)
        report(error->suppressed, "while it unwound, ", out);
}

const char *fl_error_report(const fl_error *error)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20);

    report(error, "", &out);
    return fl_buf_failed(&out) ? error->message : fl_buf_c(&out);
}

static void print_error(const void *object, fl_buf *out)
{
    const fl_error *error = object;
    fl_buf_add_c(out, error->message);
}

static const fl_type error_type = { .name = "error", .print = print_error };
