/* Regular expressions that settings list, compiled when a site starts. */
#pragma once
#include <fleche/regex.h>
#include <fleche/value.h>

typedef struct fl_patterns { const fl_regex **items; size_t count; } fl_patterns;

/* In the current arena. Raises FL_IMPROPERLY_CONFIGURED with the setting's name for one that is no regular expression. */
fl_patterns fl_patterns_compile(const fl_list *list, const char *setting, unsigned flags);
/* Whether one of them matches; text that cannot be matched (too hard, no UTF-8) does not. */
bool fl_patterns_match(const fl_patterns *patterns, fl_str text, fl_regex_how how);
