/* What happened, in order, as one line of words: fibers note, tests compare. */
#pragma once
#include <fleche/test.h>
#include <stdio.h>

static char trace[512];
static inline void note(const char *word)
{
    size_t size = strlen(trace);
    (void)snprintf(trace + size, sizeof trace - size, "%s%s", size == 0 ? "" : " ", word);
}
static inline void note_word(void *word) { note(word); }
