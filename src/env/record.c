/* What was read and what .env files set: two tables of the process, on the heap, since they live as long as it does. Both are
 * short; a variable is looked up in them by going through. */
#include <fleche/heap.h>
#include <stdlib.h>
#include "env/env.h"

enum { RECORDS_MOST = 4096 };

static struct { fl_env_entry *items; size_t count, capacity; } records;
static struct { env_loaded *items; size_t count, capacity; } loaded;

static char *copied(const char *text)
{
    size_t size = text == NULL ? 0 : strlen(text) + 1;
    char *copy = size == 0 ? NULL : fl_heap_alloc(size);

    if (copy != NULL)
        memcpy(copy, text, size);
    return copy;
}

static bool room(void **items, size_t *capacity, size_t count, size_t item)
{
    if (count < *capacity)
        return true;
    size_t wanted = *capacity == 0 ? 16 : *capacity * 2;
    void *larger = fl_heap_resize(*items, wanted * item);
    if (larger == NULL)
        return false;
    *items = larger;
    *capacity = wanted;
    return true;
}

/* -- reads ------------------------------------------------------------------------------------------------------------------- */

static fl_env_entry *record_of(const char *name)
{
    for (size_t i = 0; i < records.count; i++)
        if (strcmp(records.items[i].name, name) == 0)
            return &records.items[i];
    return NULL;
}

static void free_texts(fl_env_entry *entry)
{
    fl_heap_free((void *)entry->name);
    fl_heap_free((void *)entry->fallback);
    fl_heap_free((void *)entry->from);
}

static bool add(const fl_env_entry *entry)
{
    fl_env_entry copy = *entry;

    if (records.count >= RECORDS_MOST)               /* names made up at run time: the report has enough of them */
        return true;
    if (!room((void **)&records.items, &records.capacity, records.count, sizeof *records.items))
        return false;
    copy.name = copied(entry->name);
    copy.fallback = copied(entry->fallback);
    copy.from = copied(entry->from);
    copy.reads = 1;
    if (copy.name == NULL || (entry->fallback != NULL && copy.fallback == NULL) || (entry->from != NULL && copy.from == NULL)) {
        free_texts(&copy);
        return false;
    }
    records.items[records.count++] = copy;
    return true;
}

/* A variable that was read before keeps the place and the type of its first read; how it is now is how it is. */
bool env_record(const fl_env_entry *entry)
{
    fl_env_entry *before = record_of(entry->name);

    if (before == NULL)
        return add(entry);
    before->reads++;
    before->required |= entry->required;
    before->secret |= entry->secret;
    before->missing = entry->missing;
    before->wrong = entry->wrong;
    if (before->source == entry->source && fl_text_is(before->from, entry->from))
        return true;
    char *from = copied(entry->from);
    if (entry->from != NULL && from == NULL)
        return false;
    fl_heap_free((void *)before->from);
    before->from = from;
    before->source = entry->source;
    return true;
}

void env_record_wrong(const char *name)
{
    fl_env_entry *entry = record_of(name);

    if (entry != NULL)
        entry->wrong = true;
}

const fl_env_entry *env_recorded(size_t at) { return at < records.count ? &records.items[at] : NULL; }

/* -- what was loaded --------------------------------------------------------------------------------------------------------- */

static void drop(size_t at)
{
    env_loaded gone = loaded.items[at];

    loaded.count--;
    memmove(&loaded.items[at], &loaded.items[at + 1], (loaded.count - at) * sizeof gone);
    fl_heap_free(gone.name);
    fl_heap_free(gone.value);
    fl_heap_free(gone.path);
    fl_heap_free(gone.before);
}

static bool all_copied(const env_loaded *at, const char *before)
{
    return at->name != NULL && at->value != NULL && at->path != NULL && (at->before != NULL) == (before != NULL);
}

/* A second file that overrides the first one leaves, when it is unloaded, what the first one set. */
bool env_load_record(const char *name, const char *value, const char *path, int line)
{
    const char *before = getenv(name);

    if (!room((void **)&loaded.items, &loaded.capacity, loaded.count, sizeof *loaded.items))
        return false;
    env_loaded *at = &loaded.items[loaded.count++];
    *at = (env_loaded){ copied(name), copied(value), copied(path), copied(before), .line = line };
    if (all_copied(at, before))
        return true;
    drop(loaded.count - 1);
    return false;
}

env_loaded *env_loaded_now(const char *name)
{
    for (size_t i = loaded.count; i-- > 0;)
        if (strcmp(loaded.items[i].name, name) == 0)
            return fl_text_is(getenv(name), loaded.items[i].value) ? &loaded.items[i] : NULL;
    return NULL;
}

const env_loaded *env_loaded_at(size_t at) { return at < loaded.count ? &loaded.items[at] : NULL; }

void env_mark_used(const char *name)
{
    for (size_t i = 0; i < loaded.count; i++)
        if (strcmp(loaded.items[i].name, name) == 0)
            loaded.items[i].used = true;
}

void env_unload(const char *path)
{
    for (size_t i = loaded.count; i-- > 0;) {
        const env_loaded *at = &loaded.items[i];
        if (path != NULL && strcmp(at->path, path) != 0)
            continue;
        if (fl_text_is(getenv(at->name), at->value))
            (void)(at->before == NULL ? unsetenv(at->name) : setenv(at->name, at->before, 1));
        drop(i);
    }
}

void env_forget_records(void)
{
    env_unload(NULL);
    fl_heap_free(loaded.items);
    memset(&loaded, 0, sizeof loaded);
    for (size_t i = 0; i < records.count; i++)
        free_texts(&records.items[i]);
    fl_heap_free(records.items);
    memset(&records, 0, sizeof records);
}
