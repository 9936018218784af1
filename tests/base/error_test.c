/* Errors as things: classes, codes, copies, reports, validation. */
#include <errno.h>
#include <fleche/context.h>
#include <limits.h>
#include "helpers.h"

static FL_ERROR_CLASS(PaymentRefused, FL_BAD_REQUEST, .status = 402, .message = "The payment was refused.");
static FL_ERROR_CLASS(CardExpired, PaymentRefused);

FL_TEST(a_class_is_what_it_and_its_parents_are)
{
    fl_error *e = fl_error_new(CardExpired, "card %d", 1);

    fl_expect(fl_error_is(e, CardExpired) && fl_error_is(e, PaymentRefused));
    fl_expect(fl_error_is(e, FL_BAD_REQUEST) && fl_error_is(e, FL_ERROR_BASE));
    fl_expect(!fl_error_is(e, FL_NOT_FOUND));
    fl_expect(!fl_error_is(fl_error_new(PaymentRefused, "no"), CardExpired));
    fl_expect(!fl_error_is(NULL, FL_ERROR_BASE));
    fl_expect_text(e->is->name, "CardExpired");
}

FL_TEST(a_memory_limit_is_a_lack_of_memory)
{
    fl_expect(fl_error_is(fl_error_new(FL_MEMORY_LIMIT, "full"), FL_OUT_OF_MEMORY));
    fl_expect(fl_error_is(fl_error_new(FL_TIMEOUT, "late"), FL_OS_ERROR));
}

typedef struct status_row { const fl_error_class *is; int status; } status_row;
static const status_row statuses[] = {
    { &FL_ERROR_BASE, 500 },     { &FL_BAD_REQUEST, 400 },     { &FL_UNAUTHENTICATED, 401 },   { &FL_PERMISSION_DENIED, 403 },
    { &FL_NOT_FOUND, 404 },      { &FL_CONFLICT, 409 },        { &FL_VALIDATION_ERROR, 400 },  { &FL_BAD_JSON, 400 },
    { &FL_DATABASE_ERROR, 500 }, { &FL_INTEGRITY_ERROR, 500 }, { &FL_OPERATIONAL_ERROR, 503 }, { &FL_TYPE_ERROR, 500 },
    { &FL_OVERFLOW, 500 },       { &FL_TIMEOUT, 504 },         { &FL_OUT_OF_MEMORY, 503 },     { &FL_MEMORY_LIMIT, 413 },
    { &PaymentRefused, 402 },    { &CardExpired, 402 },
};

static void check_status(const void *row)
{
    const status_row *r = row;
    fl_error *e = fl_error_new_(r->is, __FILE__, __LINE__, "x");

    fl_label("%s", r->is->name);
    fl_expect_equal(fl_error_status(e), r->status);
}

FL_TEST(the_status_is_the_nearest_one_upward) { fl_table(statuses, check_status); }

static void raise_code(void *code) { fl_raise_code(*(int *)code, "cannot open '%s'", "site.toml"); }

FL_TEST(codes_become_errors)
{
    int missing = -ENOENT, late = -ETIMEDOUT, cancelled = -ECANCELED, memory = -ENOMEM;

    fl_error *e = fl_expect_raises(FL_OS_ERROR, raise_code, &missing);
    fl_expect_contains(e->message, "cannot open 'site.toml': ");
    fl_expect_contains(e->message, fl_code_text(missing));
    fl_expect_equal(e->code, -ENOENT);
    fl_expect_error(FL_TIMEOUT, raise_code, &late);
    fl_expect_error(FL_CANCELLED, raise_code, &cancelled);
    fl_expect_error(FL_OUT_OF_MEMORY, raise_code, &memory);
}

static void raise_long(void *data)
{
    (void)data;
    fl_raise_code(-ENOENT, "%s", fl_text("%05000d", 1));
}

FL_TEST(messages_are_not_cut)
{
    fl_error *e = fl_expect_raises(FL_OS_ERROR, raise_long, NULL);

    fl_expect(strlen(e->message) > 5000);
    fl_expect_contains(e->message, fl_code_text(-ENOENT));
}

static fl_error *with_everything(void)
{
    fl_error *e = fl_error_new(CardExpired, "the card ended in %d", 2020);

    e->detail = fl_text("number %s", "4711");
    e->hint = fl_text("use %s card", "another");
    e->cause = fl_error_new(FL_TIMEOUT, "the bank is slow");
    e->suppressed = fl_error_new(FL_CONFLICT, "the door is closed");
    return e;
}

FL_TEST(a_report_tells_everything)
{
    const char *report = fl_error_report(with_everything());

    fl_expect_contains(report, "CardExpired: the card ended in 2020\n  at ");
    fl_expect_contains(report, "error_test.c:");
    fl_expect_contains(report, "\n  detail: number 4711\n  hint: use another card\n");
    fl_expect_contains(report, "caused by FL_TIMEOUT: the bank is slow\n");
    fl_expect_contains(report, "while it unwound, FL_CONFLICT: the door is closed\n");
}

FL_TEST(a_report_of_a_circle_ends)
{
    fl_error *e = fl_error_new(FL_CONFLICT, "round and round");

    e->cause = e;
    fl_expect(strlen(fl_error_report(e)) < 100000);  /* each round has a backtrace in debug builds */
    fl_expect(fl_error_copy(fl_arena_here(), e) != NULL);
}

static void expect_report_in_short(const char *report)
{
    fl_expect(fl_starts_with(report, "FL_CONFLICT: in short\n  at "));
    fl_expect_contains(report, "error_test.c:");
}

FL_TEST(a_report_without_room_is_short)
{
    fl_error *e = fl_error_new(FL_CONFLICT, "in short");
    fl_arena *before = fl_arena_set_here(freed_later(fl_arena_new("full", 10)));
    const char *report = fl_error_report(e);

    (void)fl_arena_set_here(before);
    expect_report_in_short(report);
}

FL_TEST(a_copy_outlives_the_original)
{
    fl_arena *longer = freed_later(fl_arena_new("longer", FL_NO_LIMIT));
    fl_arena *shorter = freed_later(fl_arena_new("shorter", FL_NO_LIMIT));
    fl_arena *before = fl_arena_set_here(shorter);

    fl_error *e = with_everything();
    e->code = -5;
    fl_error *copy = fl_error_copy(longer, e);
    (void)fl_arena_set_here(before);
    free_now(shorter);
    fl_expect_text(copy->message, "the card ended in 2020");
    fl_expect_text(copy->detail, "number 4711");
    fl_expect_text(copy->hint, "use another card");
    fl_expect_text(copy->cause->message, "the bank is slow");
    fl_expect_text(copy->suppressed->message, "the door is closed");
    fl_expect_equal(copy->code, -5);
    fl_expect_same(copy->is, &CardExpired);
    fl_expect(fl_error_copy(longer, NULL) == NULL);
}

/* It moves fl_heap_fail itself. */
FL_TEST(a_report_without_any_memory_is_short, .no_torture = true)
{
    fl_error *e = fl_error_new(FL_CONFLICT, "in short");
    fl_context own, *before = fl_context_here();

    fl_context_init(&own);
    fl_here_ = &own;
    fl_heap_fail(1, true);
    const char *report = fl_error_report(e);
    fl_heap_fail(0, false);
    fl_context_end(&own);
    fl_here_ = before;
    expect_report_in_short(report);
}

/* -- codes ------------------------------------------------------------------------------------------------------------------- */

FL_TEST(codes_have_texts_in_lower_case)
{
    fl_expect_text(fl_code_text(-ENOENT), "no such file or directory");
    fl_expect_text(fl_code_text(-ECHILD), "no child processes");         /* one of the system's own */
    fl_expect_text(fl_code_text(-EDOTDOT), "RFS specific error");
    fl_expect_text(fl_code_text(0), "no error");
    fl_expect_text(fl_code_text(INT_MIN), "unknown error");
    fl_expect_text(fl_code_text(-100000), "unknown error");
    for (int code = -4095; code < 0; code++) {
        const char *text = fl_code_text(code);
        fl_expect(text[0] < 'A' || text[0] > 'Z' || text[1] < 'a');
    }
}

/* -- backtraces -------------------------------------------------------------------------------------------------------------- */

static FL_NOINLINE void raise_from_the_depths(void *data) { fl_raise(FL_CONFLICT, "deep %s", (const char *)data); }

static FL_NOINLINE void raise_from_above(void *data)
{
    raise_from_the_depths(data);
    __asm__ volatile("");                            /* no tail call */
}

FL_TEST(a_backtrace_begins_where_it_was_raised)
{
    fl_backtraces(true);
    fl_error *e = fl_expect_raises(FL_CONFLICT, raise_from_above, (void *)"down");
    fl_expect(e->frame_count >= 3);
#ifdef FL_HAVE_LIBDW
    const char *report = fl_error_report(e);
    fl_expect_contains(report, "  #0 raise_from_the_depths at ");
    fl_expect_contains(report, fl_text("error_test.c:%d\n", e->line));
    fl_expect_contains(report, "  #1 raise_from_above at ");
    fl_expect_same(fl_error_copy(fl_arena_here(), e)->frames[0], e->frames[0]);
#endif
    fl_backtraces(false);
    fl_expect_equal(fl_expect_raises(FL_CONFLICT, raise_from_above, (void *)"down")->frame_count, 0);
}

static void raise_a_code_from_here(void *data)
{
    fl_backtraces(true);
    fl_raise_code(-ENOENT, "%s", (const char *)data);
}

FL_TEST(a_code_s_backtrace_begins_there_too)
{
    fl_error *e = fl_expect_raises(FL_OS_ERROR, raise_a_code_from_here, (void *)"x");

    fl_backtraces(false);
    fl_expect(e->frame_count > 0);
#ifdef FL_HAVE_LIBDW
    fl_expect_contains(fl_error_report(e), "  #0 raise_a_code_from_here at ");
#endif
}

/* -- validation -------------------------------------------------------------------------------------------------------------- */

FL_TEST(validation_collects_in_order)
{
    fl_errors *errors = fl_errors_new();

    fl_expect_equal(fl_errors_count(errors), 0);
    fl_expect_equal(fl_errors_count(NULL), 0);
    for (int i = 0; i < 10; i++)
        fl_errors_add(errors, i % 2 == 0 ? "title" : "", "message %d", i);
    fl_errors_add_code(errors, "email", "unique", "'%s' is taken", "ada@example.org");
    fl_expect_equal(fl_errors_count(errors), 11);
    fl_expect_text(fl_errors_first(errors, "title"), "message 0");
    fl_expect_text(fl_errors_first(errors, ""), "message 1");
    fl_expect_text(fl_errors_first(errors, "email"), "'ada@example.org' is taken");
    fl_expect(fl_errors_first(errors, "body") == NULL && fl_errors_first(NULL, "body") == NULL);
    fl_expect_text(errors->items[10].code, "unique");
    fl_expect(errors->items[0].code == NULL);
    fl_expect_text(errors->items[9].message, "message 9");
    fl_expect_equal(errors->tag.type->length(errors), 11);
    fl_buf out = fl_buf_in(fl_arena_here(), 1000);
    errors->tag.type->print(errors, &out);
    fl_expect_contains(fl_buf_c(&out), "title: message 0\nmessage 1\ntitle: message 2\n");
}

FL_TEST(validation_lives_where_it_was_made)
{
    fl_errors *errors = fl_errors_new();

    fl_scope {
        char *field = fl_text("f%d", 1);
        for (int i = 0; i < 100; i++)
            fl_errors_add(errors, field, "%s", fl_text("message %d", i));
    }
    fl_expect_text(errors->items[99].message, "message 99");
    fl_expect_text(errors->items[99].field, "f1");
}
