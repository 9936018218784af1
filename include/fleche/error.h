/* Errors that unwind: fl_raise() leaves for the nearest fl_protect(), and what was registered with fl_defer() runs on the way.
 *
 *     FL_ERROR_CLASS(PaymentRefused, FL_BAD_REQUEST, .status = 402, .message = "The payment was refused.");
 *
 *     static void try_charge(void *data)
 *     {
 *         charge *c = data;
 *         fl_defer(close_session, c->session);                       // runs on success and on error
 *         if (c->cents > 100000)
 *             fl_raise(PaymentRefused, "%d cents is over the limit", c->cents);
 *     }
 *
 *     fl_error *error = fl_protect(try_charge, &c);                  // NULL, or what was raised inside
 *     if (fl_error_is(error, PaymentRefused)) …
 *     if (error != NULL) fl_reraise(error);
 *
 * Three tiers, never a fourth: the ground, the runtime and the engines return codes (0 or a negative errno) and never log; the
 * framework and applications raise; validation collects into an fl_errors. A NULL result means expected absence, never failure.
 *
 * To catch is to call a function, because locals that change between setjmp and longjmp are stale at -O2. For the same reason
 * __attribute__((cleanup)) does not run when an error passes: code that may raise uses fl_defer(). Never raise out of a foreign
 * library's callback (qsort, sqlite3, libpq): protect inside it and return a code.
 *
 * An error lives in the arena that was current when its catching fl_protect() was called; that arena is current again then. */
#pragma once
#include "arena.h"
#include "object.h"

typedef struct fl_error_class {
    const char *name;                            /* "PaymentRefused" */
    const struct fl_error_class *parent;         /* FL_ERROR_BASE at the end of the chain */
    int status;                                  /* the HTTP status that answers it; 0: the parent's */
    const char *message;                         /* for people, where the raiser gave none; NULL: the parent's */
} fl_error_class;

#define FL_ERROR_CLASS(Name, Parent, ...) const fl_error_class Name = { .name = #Name, .parent = &Parent, __VA_ARGS__ }

typedef struct fl_error {
    fl_tag tag;
    const fl_error_class *is;
    const char *message;                         /* what happened: lower case, no full stop, names the user's identifiers */
    const char *detail;                          /* facts; NULL for none */
    const char *hint;                            /* what to do; NULL for none */
    const char *file;
    int line;
    int code;                                    /* the negative errno beneath, or 0 */
    struct fl_error *cause;                      /* what it was raised for, or NULL */
    struct fl_error *suppressed;                 /* raised by a deferred function while this one unwound, or NULL */
    void *const *frames;                         /* return addresses, innermost first, where backtraces are on */
    size_t frame_count;
} fl_error;

extern const fl_error_class FL_ERROR_BASE,
    FL_BAD_REQUEST, FL_UNAUTHENTICATED, FL_PERMISSION_DENIED, FL_NOT_FOUND, FL_CONFLICT, FL_VALIDATION_ERROR,
    FL_MULTIPLE_OBJECTS, FL_DATABASE_ERROR, FL_INTEGRITY_ERROR, FL_OPERATIONAL_ERROR,
    FL_TYPE_ERROR, FL_VALUE_ERROR, FL_OVERFLOW, FL_TIMEOUT, FL_CANCELLED, FL_OS_ERROR, FL_BAD_JSON,
    FL_MEMORY_LIMIT, FL_OUT_OF_MEMORY, FL_NULL_DEREFERENCE, FL_PROGRAMMING_ERROR;

/* fl_raise(Class, "format", …) unwinds to the nearest fl_protect(). With none on this stack the process ends, with the error. */
#define fl_raise(Class, ...) fl_raise_(&(Class), __FILE__, __LINE__, __VA_ARGS__)
_Noreturn void fl_raise_(const fl_error_class *is, const char *file, int line, const char *format, ...)
    FL_COLD FL_PRINTF(4, 5);

/* fl_error_new(Class, "format", …) makes the error without raising it, to be given a detail, a hint or a cause first:
 *     fl_error *e = fl_error_new(FL_NOT_FOUND, "no article %lld", id);
 *     e->hint = "see ./manage showmigrations";
 *     fl_reraise(e); */
#define fl_error_new(Class, ...) fl_error_new_(&(Class), __FILE__, __LINE__, __VA_ARGS__)
fl_error *fl_error_new_(const fl_error_class *is, const char *file, int line, const char *format, ...)
    FL_COLD FL_PRINTF(4, 5);

/* fl_raise_code raises for a code of the lower tiers: -ECANCELED as FL_CANCELLED, -ETIMEDOUT as FL_TIMEOUT, -ENOMEM as
 * FL_OUT_OF_MEMORY, any other as FL_OS_ERROR; the message is yours, a colon, and the code's text. */
#define fl_raise_code(code, ...) fl_raise_code_(code, __FILE__, __LINE__, __VA_ARGS__)
_Noreturn void fl_raise_code_(int code, const char *file, int line, const char *format, ...) FL_COLD FL_PRINTF(4, 5);
const char *fl_code_text(int code);              /* "no such file or directory"; never NULL */

/* fl_reraise goes on with an error as it was: place, cause and backtrace are those of the first raise. It is copied to where its
 * next catcher looks, so it may come from a scope that ends now. */
_Noreturn void fl_reraise(fl_error *error);

/* fl_protect runs `run(data)`. Returns NULL, or the error raised inside; then all it deferred has run. */
FL_MUST_CHECK fl_error *fl_protect(void (*run)(void *data), void *data);

/* fl_defer registers `run(data)` for the end of the protected call (request, task, test) or fl_scope it is called in, last
 * registered first, however it ends, and with the arena that is current now; `data` must live until then. If there is no memory
 * to register it, runs it at once and raises FL_OUT_OF_MEMORY. */
void fl_defer(void (*run)(void *data), void *data);
/* fl_undefer takes back the newest fl_defer(run, data) without running it; false if there is none in this protected call. */
bool fl_undefer(void (*run)(void *data), void *data);

#define fl_error_is(error, Class) fl_error_is_(error, &(Class))
bool fl_error_is_(const fl_error *error, const fl_error_class *is);  /* of the class or one below it; false for NULL */
int fl_error_status(const fl_error *error);                           /* the HTTP status of its class */

/* fl_error_copy copies the error, its causes and its texts into `arena`: how errors cross fibers and outlive requests. */
fl_error *fl_error_copy(fl_arena *arena, const fl_error *error);

/* fl_error_report writes the error as a person reads it: class, message, place, detail, hint, causes, and the backtrace with
 * function, file and line where the binary has debugging information. Text in the current arena; without memory for that, class,
 * message and place, until the thread's next such report. Never raises. */
const char *fl_error_report(const fl_error *error);

/* fl_backtraces(true) makes every raise record its return addresses (a few µs each). Off by default; debug builds turn it on. */
void fl_backtraces(bool on);

/* -- validation: collects, never unwinds ----------------------------------------------------------------------------------- */

typedef struct fl_field_error { const char *field, *message, *code; } fl_field_error;   /* field "" is the whole object's */
typedef struct fl_errors { fl_tag tag; fl_arena *arena; fl_field_error *items; size_t count, capacity; } fl_errors;

fl_errors *fl_errors_new(void);                  /* empty, in the current arena */
void fl_errors_add(fl_errors *errors, const char *field, const char *format, ...) FL_PRINTF(3, 4);
void fl_errors_add_code(fl_errors *errors, const char *field, const char *code, const char *format, ...) FL_PRINTF(4, 5);
size_t fl_errors_count(const fl_errors *errors); /* 0 for NULL */
const char *fl_errors_first(const fl_errors *errors, const char *field);   /* the field's first message, or NULL */
