/* What tests of settings share. Each test is a process of its own; what it loads is forgotten at its end. */
#pragma once
#include <fleche/settings.h>
#include <stdlib.h>
#include "../helpers.h"

static inline void set(const char *name, const char *value) { fl_expect_ok(setenv(name, value, 1)); }

static inline void forget(FL_UNUSED void *data)
{
    fl_settings_forget();
    fl_env_forget();
}

/* Loads for this test; its directory is the project's. */
static inline void load(const char *name, fl_configure *configure)
{
    set("FLECHE_BASE_DIR", fl_test_directory());
    fl_base_dir_forget();
    fl_defer(forget, NULL);
    fl_settings_load(name, configure);
}

/* load() as what may raise. */
static inline void load_configure(void *configure) { load("test", *(fl_configure **)configure); }
#define expect_refused(configure) fl_expect_raises(FL_IMPROPERLY_CONFIGURED, load_configure, &(fl_configure *){ configure })

static inline const char *written_value(fl_value value)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20);

    fl_value_repr(value, &out);
    return fl_buf_c(&out);
}
