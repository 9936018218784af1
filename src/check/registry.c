/* The checks that there are, in the order of registration, and their tags. */
#include <errno.h>
#include <fleche/check.h>
#include <fleche/heap.h>
#include "check/check.h"

FL_ERROR_CLASS(FL_UNKNOWN_TAG, FL_VALUE_ERROR);

static const fl_check **checks;
static size_t count, capacity;

static size_t place_of(const fl_check *check)
{
    size_t at = 0;

    while (at < count && checks[at] != check)
        at++;
    return at;
}

void fl_check_register(const fl_check *check)
{
    if (place_of(check) < count)
        return;
    if (count == capacity) {
        size_t more = capacity == 0 ? 16 : capacity * 2;
        const fl_check **grown = fl_heap_resize(checks, more * sizeof(*grown));
        if (grown == NULL)
            fl_raise_code(-ENOMEM, "registering the check %s", check->name);
        checks = grown;
        capacity = more;
    }
    checks[count++] = check;
}

void fl_check_unregister(const fl_check *check)
{
    size_t at = place_of(check);

    if (at == count)
        return;
    memmove(checks + at, checks + at + 1, (count - at - 1) * sizeof(*checks));
    if (--count > 0)
        return;
    fl_heap_free(checks);
    checks = NULL;
    capacity = 0;
}

const fl_check *fl_check_at(size_t at) { return at < count ? checks[at] : NULL; }

/* -- tags -------------------------------------------------------------------------------------------------------------------- */

/* Django's, whether or not the modules that check them are there: who runs a tag need not know. */
static const char *const known[] = {
    "admin",  "async_support", "caches",  "commands", "compatibility", "database",  "files",       "mail",
    "models", "security",      "signals", "sites",    "staticfiles",   "templates", "translation", "urls",
};

bool fl_check_has_tag(const fl_check *check, const char *const *tags)
{
    for (size_t i = 0; i < FL_CHECK_TAGS && check->tags[i] != NULL; i++)
        if (fl_text_in_(check->tags[i], tags))
            return true;
    return false;
}

/* Sorted, each once. */
static void put(const char **tags, size_t *n, const char *tag)
{
    size_t at = *n;

    for (size_t i = 0; i < *n; i++)
        if (fl_text_is(tags[i], tag))
            return;
    for (; at > 0 && strcmp(tags[at - 1], tag) > 0; at--)
        tags[at] = tags[at - 1];
    tags[at] = tag;
    ++*n;
}

const char *const *fl_checks_tags(bool deploy)
{
    const char **tags = fl_new_array(const char *, FL_LENGTH(known) + count * FL_CHECK_TAGS + 1);
    size_t n = 0;

    for (size_t i = 0; i < FL_LENGTH(known); i++)
        put(tags, &n, known[i]);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < FL_CHECK_TAGS && checks[i]->tags[k] != NULL && (deploy || !checks[i]->deploy); k++)
            put(tags, &n, checks[i]->tags[k]);
    return tags;
}

bool fl_checks_has_tag(const char *tag, bool deploy) { return fl_text_in_(tag, fl_checks_tags(deploy)); }
