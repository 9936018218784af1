/* Command lines of the runner and of the benchmarks. */
#pragma once
#include <fleche/base.h>

enum { FL_FILTERS = 128 };

typedef struct fl_filters { const char *items[FL_FILTERS]; size_t count; } fl_filters;
bool fl_filters_take(const fl_filters *filters, const char *name);   /* none at all take every name; "=x" takes x alone */

typedef enum fl_option_kind {
    FL_OPTION_FLAG,
    FL_OPTION_COUNT,
    FL_OPTION_NUMBER,
    FL_OPTION_TEXT,
    FL_OPTION_FILTER,
} fl_option_kind;

typedef struct fl_option {
    const char *name, *value, *help;
    fl_option_kind kind;
    void *into;                                  /* a bool, unsigned long long, double, const char * or fl_filters */
    unsigned long long least;                    /* of a count */
} fl_option;

/* fl_options_read reads "--name value" and "--name=value". false when there is nothing to run: the status to exit with is in
 * *ret_status, and the help or what was wrong has been written. */
bool fl_options_read(const fl_option *options, size_t n, int count, char **arguments, int *ret_status);
