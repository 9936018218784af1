/* What tests of the environment share: a project of their own, with files in it. Each test is a process, so it may set what it
 * likes. */
#pragma once
#include <fleche/env.h>
#include <stdlib.h>
#include "../helpers.h"

static inline void set(const char *name, const char *value) { fl_expect_ok(setenv(name, value, 1)); }

/* This test's directory is the project's, and nothing has been read. */
static inline const char *project(void)
{
    set("FLECHE_BASE_DIR", fl_test_directory());
    fl_base_dir_forget();
    fl_env_forget();
    return fl_test_directory();
}

/* A file in the project; its absolute path. */
static inline const char *written(const char *name, const char *text)
{
    const char *path = fl_text("%s/%s", fl_test_directory(), name);
    FILE *file = fopen(path, "wb");

    fl_expect(file != NULL);
    fl_expect(fputs(text, file) >= 0);
    fl_expect_equal(fclose(file), 0);
    return path;
}
