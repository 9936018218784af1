/* What the files of this module share. */
#pragma once
#include <fleche/check.h>

const fl_check *fl_check_at(size_t at);              /* NULL behind the last */
bool fl_check_has_tag(const fl_check *check, const char *const *tags);    /* one of them, at least */
