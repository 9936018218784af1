/* What the built-in commands share. */
#pragma once
#include <fleche/manage.h>

/* The ids that the settings silence: ends with NULL; NULL for none. */
const char *const *fl_silenced_checks(void);
