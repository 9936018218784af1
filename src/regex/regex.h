/* What the files of this module share: a pattern in its forms. */
#pragma once
#define PCRE2_CODE_UNIT_WIDTH 8
#include <fleche/regex.h>
#include <pcre2.h>
#include <stdatomic.h>

/* PCRE2's compiler makes fast code only of what is anchored when it is compiled, so there is a form for each way to match; and
 * each way has one that looks at the clock as it goes, for what might take long. All but the first are made when first needed. */
enum { WAYS = FL_REGEX_FULL + 1, FORMS = 2 * WAYS };

struct fl_regex {
    fl_str pattern, translated;                      /* the latter as PCRE2 reads it */
    unsigned flags;
    size_t groups, names;
    fl_regex_name *name;                             /* texts of the first form */
    _Atomic(pcre2_code *) *forms;                    /* what changes behind a const fl_regex; never back to NULL */
};

/* fl_regex_make compiles into the heap; fl_regex_free takes it back. */
int fl_regex_make(fl_str pattern, unsigned flags, fl_regex **ret, fl_regex_error *reterr);
void fl_regex_free(void *regex);

/* fl_regex_form gives the form, compiled now if it must be; NULL without memory. */
const pcre2_code *fl_regex_form(const fl_regex *regex, fl_regex_how how, bool watched);

/* fl_regex_translate writes the pattern as PCRE2 must read it to mean what it means to Python; *ret_flags are `flags` and
 * those it begins with. -EINVAL, -E2BIG or -ENOMEM with *reterr. */
int fl_regex_translate(fl_str pattern, unsigned flags, fl_buf *out, unsigned *ret_flags, fl_regex_error *reterr);
/* fl_regex_place is where in the pattern stands what begins at `offset` of its translation. */
size_t fl_regex_place(fl_str pattern, unsigned flags, size_t offset);

int fl_regex_fault(fl_regex_error *reterr, int code, size_t offset, const char *format, ...) FL_PRINTF(4, 5);
_Noreturn void fl_regex_raise(int code, const fl_regex *regex, fl_str text);
