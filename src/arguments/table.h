/* Tables made ready for a reading: every argument with its place in the caller's struct, and all names of options. */
#pragma once
#include <fleche/arguments.h>
#include <fleche/vec.h>

typedef struct fl_place {
    const fl_argument *is;
    void *at;                                    /* the member it fills */
    bool given;
} fl_place;

typedef struct fl_option_name {
    const char *text;                            /* "--dry-run", "-d" */
    fl_place *place;
    bool sets;                                   /* what a flag becomes: false for --no-… */
} fl_option_name;

typedef struct fl_table {
    fl_place *places;                            /* in the order of the declarations */
    size_t count;
    fl_vec(fl_option_name) names;
    bool has_digit;                              /* an option is a digit, so -5 is no number */
} fl_table;

/* fl_table_of sets every member to its default too. Raises FL_PROGRAMMING_ERROR for a declaration that makes no sense. */
fl_table fl_table_of(const fl_argument_group *groups, size_t count);

static inline bool fl_argument_is_option(const fl_argument *a)
{
    return a->kind != FL_ARGUMENT_WORD && a->kind != FL_ARGUMENT_REST;
}
static inline bool fl_argument_is_list(const fl_argument *a)
{
    return a->kind == FL_ARGUMENT_REST || a->kind == FL_ARGUMENT_TEXTS;
}
static inline bool fl_argument_is_flag(const fl_argument *a) { return a->kind >= FL_ARGUMENT_FLAG; }
bool fl_argument_is_needed(const fl_argument *argument);       /* an error if it is not given */
bool fl_argument_default_is_true(const fl_argument *argument);

/* The option's long names, "--dry-run" and "--no-dry-run": NULL where it has none of that kind. */
const char *fl_argument_long_name(const fl_argument *argument);
const char *fl_argument_no_name(const fl_argument *argument);
const char *fl_argument_shown(const fl_argument *argument);    /* for messages: "-l/--limit", "path" */

/* fl_argument_read puts the value that `text` says at `at`; a list gets it appended. NULL, or what is wrong: "'x' is not a …".
 * Not for flags. */
const char *fl_argument_read(const fl_argument *argument, const char *text, void *at);
const char *fl_argument_quoted(const char *text);              /* 'as Python shows it', cut if long */
const char *fl_argument_wants(const fl_argument *argument);    /* "a whole number" */
