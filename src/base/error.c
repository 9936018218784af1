/* Errors as things: their classes, how they are made, copied and raised. report.c tells them.
 *
 * An error is made in the arena of the protected call that will catch it. When that has no room (the error may be that very
 * fact) one of a few reserved errors is used instead, so that running out of memory is an error like any other. */
#include <errno.h>
#include <fleche/buf.h>
#include <stdio.h>
#include <string.h>
#include "base/unwind.h"

#define ROOT(Name, status_, message_) const fl_error_class Name = { .name = #Name, .status = status_, .message = message_ }
#define CLASS(Name, Parent, status_, message_) FL_ERROR_CLASS(Name, Parent, .status = status_, .message = message_)

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

enum { RESERVED = 4, RESERVED_TEXT = 256, FRAMES = 64, LONGEST = 1 << 16, DEEPEST = 16 };

static _Thread_local struct { fl_error error; char text[RESERVED_TEXT]; } reserved[RESERVED];
static _Thread_local size_t next_reserved;
#ifdef FL_DEBUG_BUILD
static bool backtraces = true;                      /* debug builds */
#else
static bool backtraces;
#endif

static void print_error(const void *object, fl_buf *out) { fl_buf_add_c(out, ((const fl_error *)object)->message); }
static const fl_type error_type = { .name = "error", .print = print_error };

void fl_backtraces(bool on)
{
    void *warm_up[2];

    backtraces = on;
    if (on)
        (void)fl_frames_now(warm_up, 2, 0);
}

/* -- making ------------------------------------------------------------------------------------------------------------------ */

/* Outside of every scope that unwinding will end; NULL without memory. */
fl_arena *fl_error_arena(void)
{
    fl_context *here = fl_context_here();

    if (here->frame == NULL)
        return here->arena != NULL ? here->arena : fl_own_arena_(here);
    return here->frame->errors != NULL ? here->frame->errors : fl_own_arena_(here);
}

static void add_frames(fl_error *error, fl_arena *arena, const void *caller)
{
    void *frames[FRAMES];
    size_t count = fl_frames_now(frames, FRAMES, 0), first = 0;

    while (first < count && frames[first] != caller)
        first++;
    if (first == count)
        first = 0;                                   /* an inlined caller */
    size_t size = (count - first) * sizeof *frames;
    void **kept = fl_arena_try_alloc(arena, size);
    if (kept == NULL)
        return;
    memcpy(kept, frames + first, size);
    error->frames = kept;
    error->frame_count = count - first;
}

/* The error with its text in the arena, or NULL. */
static FL_PRINTF(3, 0) fl_error *make_in(fl_arena *arena, int code, const char *format, va_list arguments)
{
    fl_error *error = fl_arena_try_alloc(arena, sizeof *error);
    fl_buf text = fl_buf_in(arena, LONGEST);

    if (error == NULL)
        return NULL;
    fl_buf_format_v(&text, format, arguments);
    if (code != 0)
        fl_buf_format(&text, ": %s", fl_code_text(code));
    fl_buf_add_char(&text, '\0');
    error->message = text.data;
    return fl_buf_failed(&text) ? NULL : error;
}

static FL_PRINTF(2, 0) fl_error *make_reserved(int code, const char *format, va_list arguments)
{
    size_t slot = next_reserved++ % RESERVED;
    char *text = reserved[slot].text;

    int size = vsnprintf(text, RESERVED_TEXT, format, arguments);
    if (size < 0)
        text[size = 0] = '\0';
    if (code != 0 && size < RESERVED_TEXT)
        (void)snprintf(text + size, (size_t)(RESERVED_TEXT - size), ": %s", fl_code_text(code));
    reserved[slot].error.message = text;
    return &reserved[slot].error;
}

fl_error *fl_error_make_(const fl_error_class *is, int code, const char *file, int line, const void *caller, const char *format,
                         va_list arguments)
{
    fl_arena *arena = fl_error_arena();
    fl_error *error = NULL;
    va_list again;

    if (arena != NULL) {
        va_copy(again, arguments);
        error = make_in(arena, code, format, again);
        va_end(again);
    }
    bool has_arena = error != NULL;
    if (!has_arena)
        error = make_reserved(code, format, arguments);
    *error = (fl_error){
        .tag = FL_OBJECT(error_type), .is = is, .message = error->message, .file = file, .line = line, .code = code
    };
    if (backtraces && has_arena)
        add_frames(error, arena, caller);
    return error;
}

fl_error *fl_error_new_(const fl_error_class *is, const char *file, int line, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fl_error *error = fl_error_make_(is, 0, file, line, __builtin_return_address(0), format, arguments);
    va_end(arguments);
    return error;
}

void fl_raise_(const fl_error_class *is, const char *file, int line, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fl_error *error = fl_error_make_(is, 0, file, line, __builtin_return_address(0), format, arguments);
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
    va_list arguments;

    va_start(arguments, format);
    fl_error *error = fl_error_make_(class_of_code(code), code, file, line, __builtin_return_address(0), format, arguments);
    va_end(arguments);
    fl_unwind(error);
}

/* -- copying ----------------------------------------------------------------------------------------------------------------- */

static const char *copy_text(fl_arena *arena, const char *text)
{
    return text == NULL ? NULL : fl_arena_copy_text(arena, text, strlen(text));
}

/* What is deeper is left out: reserved errors may be in a chain twice. */
static fl_error *copy(fl_arena *arena, const fl_error *error, int depth)
{
    if (error == NULL || depth == DEEPEST)
        return NULL;
    fl_error *made = fl_arena_copy(arena, error, sizeof *error);
    made->message = copy_text(arena, error->message);
    made->detail = copy_text(arena, error->detail);
    made->hint = copy_text(arena, error->hint);
    if (error->frame_count > 0)
        made->frames = fl_arena_copy(arena, error->frames, error->frame_count * sizeof *error->frames);
    made->cause = copy(arena, error->cause, depth + 1);
    made->suppressed = copy(arena, error->suppressed, depth + 1);
    return made;
}

fl_error *fl_error_copy(fl_arena *arena, const fl_error *error) { return copy(arena, error, 0); }

typedef struct moving { fl_arena *arena; fl_error *error; } moving;

static void move(void *data)
{
    moving *m = data;
    m->error = fl_error_copy(m->arena, m->error);
}

/* The class, place and text of an error that nothing else has room for. */
static fl_error *reduce(const fl_error *error)
{
    char text[RESERVED_TEXT];

    (void)snprintf(text, sizeof text, "%s", error->message);
    size_t slot = next_reserved++ % RESERVED;
    memcpy(reserved[slot].text, text, sizeof text);
    reserved[slot].error = (fl_error){ .tag = FL_OBJECT(error_type),
                                       .is = error->is,
                                       .message = reserved[slot].text,
                                       .file = error->file,
                                       .line = error->line,
                                       .code = error->code };
    return &reserved[slot].error;
}

fl_error *fl_error_move_(fl_arena *arena, fl_error *error)
{
    moving m = { arena, error };
    return arena == NULL || fl_protect(move, &m) != NULL ? reduce(error) : m.error;
}

/* It may have been caught inside a scope that ends now, or have been given texts from there: so it moves out. */
_Noreturn void fl_reraise(fl_error *error)
{
    if (fl_context_here()->frame == NULL)
        fl_unwind(error);
    fl_unwind(fl_error_move_(fl_error_arena(), error));
}

/* -- asking ------------------------------------------------------------------------------------------------------------------ */

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
