/* What one word of a command line is, by itself: an option, or one that there is none of, or no option at all. */
#pragma once
#include "arguments/table.h"

typedef enum fl_match_kind { FL_MATCH_WORD, FL_MATCH_OPTION, FL_MATCH_UNKNOWN, FL_MATCH_UNCLEAR } fl_match_kind;

typedef struct fl_match {
    fl_match_kind kind;
    const fl_option_name *name;
    const char *value;                           /* what stands in the same word, or NULL */
    bool attached;                               /* -nvalue: of a flag, more flags */
    const char *others;                          /* unclear: what it may be, "--version or --verbosity" */
} fl_match;

fl_match fl_match_word(const fl_table *table, const char *text);
const fl_option_name *fl_match_letter(const fl_table *table, char letter);       /* -l; or NULL */
const char *fl_match_nearest(const fl_table *table, const char *text);           /* the option probably meant; or NULL */
