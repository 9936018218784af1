/* What the built-in commands share. */
#pragma once
#include <fleche/manage.h>
#include <fleche/server.h>

/* The ids that the settings silence: ends with NULL; NULL for none. */
const char *const *fl_silenced_checks(void);

/* What answers behind a development server: with static files from the finders, where debug is on or that is asked for. */
fl_handler *fl_manage_handler(bool nostatic, bool insecure);
