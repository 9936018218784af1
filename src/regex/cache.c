/* Patterns that stand in the code, compiled once in a process.
 *
 * A table of fixed size that only grows: what is in it is never freed while the process runs, so no one who has a pattern from it
 * need know when that ends. What comes when it is full lives as long as the arena of who asked. */
#include <fleche/arena.h>
#include <pthread.h>
#include "regex/regex.h"

enum { SLOTS = 1024, MOST = SLOTS / 2 };

static struct { fl_regex *regex; unsigned flags; } slots[SLOTS];           /* the flags as asked for */
static size_t count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((destructor)) static void free_all(void)
{
    for (size_t i = 0; i < SLOTS; i++)
        fl_regex_free(slots[i].regex);
}

/* Where the pattern is, or the empty slot where it belongs. */
static size_t slot_of(fl_str pattern, unsigned flags)
{
    size_t at = (fl_hash_bytes(pattern.data, pattern.size) + flags) % SLOTS;

    while (slots[at].regex != NULL && (slots[at].flags != flags || !fl_str_equal(slots[at].regex->pattern, pattern)))
        at = (at + 1) % SLOTS;
    return at;
}

/* NULL if it is not there, and cannot be put there, which is told by fl_regex_new(). */
static fl_regex *kept(fl_str pattern, unsigned flags)
{
    size_t at = slot_of(pattern, flags);
    fl_regex *made;

    if (slots[at].regex != NULL || count == MOST)
        return slots[at].regex;
    if (fl_regex_make(pattern, flags, &made, NULL) != 0)
        return NULL;
    slots[at].regex = made;
    slots[at].flags = flags;
    count++;
    return made;
}

const fl_regex *fl_regex_cached(const char *pattern, unsigned flags)
{
    (void)pthread_mutex_lock(&lock);
    fl_regex *regex = kept(fl_str_of(pattern), flags);
    (void)pthread_mutex_unlock(&lock);
    return regex != NULL ? regex : fl_regex_new(pattern, flags);
}
