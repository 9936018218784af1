/* Running the sample programs and looking at what they wrote. */
#pragma once
#include <fleche/test.h>

typedef struct sample_run { int status; const char *text; } sample_run;        /* exit status; stdout and stderr */

/* sample_run_("sample-tests", { "--filter", "x", NULL }): the programs lie in test/sample/ beside this one. */
sample_run run_sample_(const char *program, const char *const *arguments);
#define run_sample(...) run_sample_("sample-tests", FL_STRINGS(__VA_ARGS__))
#define run_bench(...) run_sample_("sample-bench", FL_STRINGS(__VA_ARGS__))

const char *read_text(const char *path);             /* a whole file, in the current arena */
