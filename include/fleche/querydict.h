/* fl_querydict: the fields of a query string or a form, several values a name, in the order they came.
 *
 *     fl_querydict *q = fl_querydict_parse(fl_lit("a=1&a=2&b=x"), NULL);
 *     fl_querydict_get(q, "a")                   // "2": the last one; NULL when absent
 *     fl_querydict_list(q, "a")                  // all: "1", "2"
 *     fl_querydict_encode(q, "")                 // "a=1&a=2&b=x"
 *
 * Those of a request are read-only: fl_querydict_copy() gives one to change. Texts are UTF-8 (what is not becomes U+FFFD) and end
 * with a NUL. It is an object: templates see q.name as its last value, and iterate over its names. */
#pragma once
#include "object.h"
#include "value.h"

typedef struct fl_querydict fl_querydict;

typedef struct fl_querydict_limits { size_t fields; } fl_querydict_limits;       /* 0: no limit */

/* fl_querydict_parse reads "a=1&b=2", "&" alone separates; what it gives may be changed. limits NULL: 1000 fields. Raises
 * FL_TOO_MANY_FIELDS beyond the limit; the try form returns -E2BIG. */
fl_querydict *fl_querydict_parse(fl_str text, const fl_querydict_limits *limits);
FL_MUST_CHECK int fl_querydict_try_parse(fl_str text, const fl_querydict_limits *limits, fl_querydict **ret);
fl_querydict *fl_querydict_new(void);                                      /* empty, to be changed; in the current arena */
fl_querydict *fl_querydict_copy(const fl_querydict *q);                   /* to be changed, whatever the original is */
fl_querydict *fl_querydict_from_keys(const char *const *names, const char *value);
void fl_querydict_freeze(fl_querydict *q);                                 /* from now on changes raise FL_PROGRAMMING_ERROR */

/* -- reading ------------------------------------------------------------------------------------------------------------- */
size_t fl_querydict_count(const fl_querydict *q);                         /* names */
bool fl_querydict_has(const fl_querydict *q, const char *name);
const char *fl_querydict_get(const fl_querydict *q, const char *name);    /* the last value; NULL when absent, "" of none */
fl_str fl_querydict_get_str(const fl_querydict *q, fl_str name);          /* the same as a view; data NULL when absent */
const fl_list *fl_querydict_list(const fl_querydict *q, const char *name);/* all values as texts; empty when absent */
/* fl_querydict_next steps through names in order of their first appearance: *cursor starts at 0; either result may be NULL. */
bool fl_querydict_next(const fl_querydict *q, size_t *cursor, fl_str *ret_name, const fl_list **ret_values);
char *fl_querydict_encode(const fl_querydict *q, const char *safe);       /* urlencode(safe): one pair a value */
fl_dict *fl_querydict_dict(const fl_querydict *q);                        /* dict(): each name with its last value */

/* -- changing: raise FL_PROGRAMMING_ERROR if it is read-only ----------------------------------------------------------------- */
void fl_querydict_set(fl_querydict *q, const char *name, const char *value);       /* in place of all values */
void fl_querydict_append(fl_querydict *q, const char *name, const char *value);    /* appendlist */
void fl_querydict_append_str(fl_querydict *q, fl_str name, fl_str value);          /* copies both; for parsers */
void fl_querydict_set_list(fl_querydict *q, const char *name, const char *const *values);
const char *fl_querydict_set_default(fl_querydict *q, const char *name, const char *value);
const fl_list *fl_querydict_set_list_default(fl_querydict *q, const char *name, const char *const *values);   /* setlistdefault */
void fl_querydict_update(fl_querydict *q, const fl_querydict *more);      /* appends, as Django's update() */
const fl_list *fl_querydict_pop(fl_querydict *q, const char *name);       /* all its values, taken out; NULL when absent */
bool fl_querydict_pop_item(fl_querydict *q, fl_str *ret_name, const fl_list **ret_values);   /* the last name; false: empty */
void fl_querydict_clear(fl_querydict *q);
