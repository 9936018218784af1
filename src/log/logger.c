/* Loggers: which records are wanted, and their way to the handlers.
 *
 * A configuration is looked up at the first record of a place in the code and remembered there as one number, the threshold:
 * the configuration's generation plus the least level wanted. A newer generation is above every threshold of an older one, so a
 * single comparison finds both what is wanted and what must be looked up anew.
 *
 * Configurations are read without a lock, since what writes to a slow descriptor must not hold up those who log elsewhere, nor
 * a fork. There are two slots: a reader counts itself into the current one and looks whether it still is; fl_log_set fills the
 * other, makes it current, and waits until nobody is left in the old one before it closes handlers. */
#include <errno.h>
#include <fleche/context.h>
#include <fleche/heap.h>
#include <fleche/time.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>
#include "log/stream.h"

enum { GENERATION = 8, MESSAGE = 2048 };

typedef struct setup {
    fl_log_handler *handlers[FL_LOG_HANDLERS];
    struct {
        fl_str logger;
        fl_level level;
    } levels[FL_LOG_LEVELS];
    size_t handler_count, level_count;
    unsigned users;
} setup;

static setup slots[2] = { { .handlers = { &fl_log_default_.handler }, .handler_count = 1 } };
static setup *current = &slots[0];
static unsigned lowest = FL_WARNING;                 /* the least level of any logger */
static pthread_mutex_t setting = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local bool inside;                    /* a handler */

unsigned fl_log_generation_ = GENERATION;

/* Of what other threads held only the copy is left. */
static void after_fork(void)
{
    slots[0].users = slots[1].users = 0;
    if (inside)
        current->users = 1;
    setting = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
}

__attribute__((constructor)) static void begin(void) { (void)pthread_atfork(NULL, NULL, after_fork); }

static setup *enter(void)
{
    for (;;) {
        setup *s = __atomic_load_n(&current, __ATOMIC_SEQ_CST);
        __atomic_add_fetch(&s->users, 1, __ATOMIC_SEQ_CST);
        if (FL_LIKELY(s == __atomic_load_n(&current, __ATOMIC_SEQ_CST)))
            return s;
        __atomic_sub_fetch(&s->users, 1, __ATOMIC_SEQ_CST);
    }
}

static void leave(setup *s) { __atomic_sub_fetch(&s->users, 1, __ATOMIC_SEQ_CST); }

/* -- what is wanted ---------------------------------------------------------------------------------------------------------- */

static bool is_above(fl_str ancestor, fl_str name)
{
    if (ancestor.size == 0 || !fl_str_starts(name, ancestor))
        return ancestor.size == 0;
    return name.size == ancestor.size || name.data[ancestor.size] == '.';
}

static fl_level level_of(const setup *s, fl_str name)
{
    size_t nearest = 0;
    fl_level level = FL_WARNING;

    for (size_t i = 0; i < s->level_count; i++)
        if (s->levels[i].logger.size >= nearest && is_above(s->levels[i].logger, name)) {
            nearest = s->levels[i].logger.size;
            level = s->levels[i].level;
        }
    return level;
}

static fl_level handler_level(const fl_log_handler *handler) { return __atomic_load_n(&handler->level, __ATOMIC_RELAXED); }

/* The least level that the logger and one of the handlers want. */
static fl_level wanted(const setup *s, const char *name)
{
    fl_level least = FL_LEVEL_OFF, level = level_of(s, fl_str_of(name));

    for (size_t i = 0; i < s->handler_count; i++)
        if (handler_level(s->handlers[i]) < least)
            least = handler_level(s->handlers[i]);
    return level > least ? level : least;
}

static bool may_be_wanted(fl_level level)
{
    return level >= __atomic_load_n(&lowest, __ATOMIC_RELAXED) && level < FL_LEVEL_OFF && !inside;
}

bool fl_log_wants(fl_level level, const char *logger)
{
    char room[FL_LOG_NAME];

    if (!may_be_wanted(level))
        return false;
    setup *s = enter();
    bool is_wanted = level >= wanted(s, fl_log_name_(logger, room));
    leave(s);
    return is_wanted;
}

fl_log_handler *fl_log_at_least(fl_log_handler *handler, fl_level level)
{
    __atomic_store_n(&handler->level, level, __ATOMIC_RELAXED);
    __atomic_add_fetch(&fl_log_generation_, GENERATION, __ATOMIC_RELEASE);
    return handler;
}

/* -- configuring ------------------------------------------------------------------------------------------------------------- */

static void fill(setup *s, const fl_log_config *config)
{
    char room[FL_LOG_NAME];

    s->handler_count = s->level_count = 0;
    if (config == NULL) {
        s->handlers[s->handler_count++] = &fl_log_default_.handler;
        return;
    }
    while (s->handler_count < FL_LOG_HANDLERS && config->handlers[s->handler_count] != NULL) {
        s->handlers[s->handler_count] = config->handlers[s->handler_count];
        s->handler_count++;
    }
    for (size_t i = 0; i < FL_LOG_LEVELS && config->levels[i].logger != NULL; i++) {
        s->levels[i].logger = fl_str_of(fl_log_intern_(fl_log_name_(config->levels[i].logger, room)));
        s->levels[i].level = config->levels[i].level;
        s->level_count++;
    }
}

static bool has(const setup *s, const fl_log_handler *handler)
{
    for (size_t i = 0; i < s->handler_count; i++)
        if (s->handlers[i] == handler)
            return true;
    return false;
}

static void retire(setup *old, const setup *fresh)
{
    while (__atomic_load_n(&old->users, __ATOMIC_SEQ_CST) != 0)
        (void)sched_yield();
    for (size_t i = 0; i < old->handler_count; i++)
        if (!has(fresh, old->handlers[i]) && old->handlers[i]->close != NULL)
            old->handlers[i]->close(old->handlers[i]);
}

/* Whether all that is needed is there. Names are looked up before anything changes, so that a failure changes nothing. */
static bool is_complete(const fl_log_config *config)
{
    char room[FL_LOG_NAME];

    for (size_t i = 0; i < FL_LOG_HANDLERS && config->handlers[i] != NULL; i++)
        if (config->handlers[i] == &fl_log_no_memory_)
            return false;
    for (size_t i = 0; i < FL_LOG_LEVELS && config->levels[i].logger != NULL; i++)
        if (fl_log_intern_(fl_log_name_(config->levels[i].logger, room)) == NULL)
            return false;
    return true;
}

/* Closes the handlers that are not in use: nobody else has them. */
static void discard(const fl_log_config *config)
{
    (void)pthread_mutex_lock(&setting);
    for (size_t i = 0; i < FL_LOG_HANDLERS && config->handlers[i] != NULL; i++)
        if (!has(current, config->handlers[i]) && config->handlers[i]->close != NULL)
            config->handlers[i]->close(config->handlers[i]);
    (void)pthread_mutex_unlock(&setting);
}

void fl_log_set(const fl_log_config *config)
{
    fl_level least = FL_WARNING;

    if (inside)
        fl_raise(FL_PROGRAMMING_ERROR, "the log is configured anew by one of its handlers");
    if (config != NULL && !is_complete(config)) {
        discard(config);
        fl_raise(FL_OUT_OF_MEMORY, "no memory to configure the log");
    }
    (void)pthread_mutex_lock(&setting);
    setup *old = current, *fresh = old == &slots[0] ? &slots[1] : &slots[0];
    fill(fresh, config);
    for (size_t i = 0; i < fresh->level_count; i++)
        if (fresh->levels[i].level < least)
            least = fresh->levels[i].level;
    fl_log_crash_to_(fresh->handlers, fresh->handler_count);
    __atomic_store_n(&lowest, least, __ATOMIC_RELAXED);
    __atomic_store_n(&current, fresh, __ATOMIC_SEQ_CST);
    __atomic_add_fetch(&fl_log_generation_, GENERATION, __ATOMIC_RELEASE);
    retire(old, fresh);
    (void)pthread_mutex_unlock(&setting);
}

/* -- records
 * ------------------------------------------------------------------------------------------------------------------ */

typedef struct delivery { fl_log_handler *handler; const fl_log_record *record; } delivery;

static void write_one(void *data)
{
    delivery *d = data;
    d->handler->write(d->handler, d->record);
}

static void deliver(const setup *s, const fl_log_record *record)
{
    inside = true;
    for (size_t i = 0; i < s->handler_count; i++)
        if (record->level >= handler_level(s->handlers[i])) {
            fl_error *ignored = fl_protect(write_one, &(delivery){ s->handlers[i], record });
            (void)ignored;                           /* there is nowhere to say it */
        }
    inside = false;
}

/* Text that was cut to size, without the character at its end that may not be whole. */
static size_t whole(const char *text, size_t size)
{
    size_t at = size;

    while (at > 0 && size - at < 3 && ((unsigned char)text[at - 1] & 0xC0) == 0x80)
        at--;
    return at > 0 && (unsigned char)text[at - 1] >= 0xC0 ? at - 1 : size;
}

static void format_and_deliver(const setup *s, fl_log_record *record, const char *format, va_list arguments) FL_PRINTF(3, 0);
static void format_and_deliver(const setup *s, fl_log_record *record, const char *format, va_list arguments)
{
    char room[MESSAGE], *text = room, *larger = NULL;
    va_list again;

    va_copy(again, arguments);
    int length = vsnprintf(room, sizeof room, format, again);
    va_end(again);
    if (length < 0)                                  /* wide text that has no form here: better the format than nothing */
        length = snprintf(room, sizeof room, "%s", format);
    size_t size = (size_t)length, kept = size < sizeof room ? size : sizeof room - 1;
    if (size > kept) {
        size_t most = size < FL_LOG_LINE ? size : FL_LOG_LINE;
        larger = fl_heap_alloc(most + 1);
        if (larger != NULL) {
            (void)vsnprintf(larger, most + 1, format, arguments);
            text = larger;
            kept = most;
        }
    }
    if (kept < size)
        kept = whole(text, kept);
    record->message = fl_str_n(text, kept);
    record->cut = size - kept;
    deliver(s, record);
    fl_heap_free(larger);
}

static fl_log_record record_now(fl_level level, const char *logger, int64_t unix_us)
{
    return (fl_log_record){ .level = level,
                            .logger = fl_str_of(logger),
                            .unix_us = unix_us,
                            .pid = getpid(),
                            .fiber = fl_fiber_name_hook == NULL ? NULL : fl_fiber_name_hook() };
}

static int64_t unix_us_now(void) { return fl_now().us - fl_datetime_of_unix(0, 0).us; }

static const char *site_name(fl_log_site *site, char room[FL_LOG_NAME])
{
    const char *name = __atomic_load_n(&site->name, __ATOMIC_ACQUIRE), *kept;

    if (FL_LIKELY(name != NULL))
        return name;
    name = fl_log_name_(site->logger, room);
    if (name == room && (kept = fl_log_intern_(name)) != NULL)
        name = kept;
    if (name != room)
        __atomic_store_n(&site->name, name, __ATOMIC_RELEASE);
    return name;
}

void fl_log_at_(fl_log_site *site, fl_level level, const char *format, ...)
{
    int saved = errno;
    char room[FL_LOG_NAME];
    unsigned held_back;
    va_list arguments;

    if (inside || level >= FL_LEVEL_OFF)
        return;
    unsigned generation = __atomic_load_n(&fl_log_generation_, __ATOMIC_ACQUIRE);
    setup *s = enter();
    const char *name = site_name(site, room);
    fl_level least = wanted(s, name);
    __atomic_store_n(&site->threshold, generation + least, __ATOMIC_RELAXED);
    int64_t now = level >= least ? unix_us_now() : 0;
    if (level >= least && fl_log_passes_(site, now / 1000000, &held_back)) {
        fl_log_record record = record_now(level, name, now);
        record.file = site->file;
        record.line = site->line;
        record.held_back = held_back;
        va_start(arguments, format);
        errno = saved;
        format_and_deliver(s, &record, format, arguments);
        va_end(arguments);
    }
    leave(s);
    errno = saved;
}

static void log_v(fl_level level, const char *logger, fl_str fields, const char *format, va_list arguments) FL_PRINTF(4, 0);
static void log_v(fl_level level, const char *logger, fl_str fields, const char *format, va_list arguments)
{
    int saved = errno;
    char room[FL_LOG_NAME];
    const char *name = fl_log_name_(logger, room);
    setup *s = enter();

    if (level >= wanted(s, name)) {
        fl_log_record record = record_now(level, name, unix_us_now());
        record.fields = fields;
        errno = saved;
        format_and_deliver(s, &record, format, arguments);
    }
    leave(s);
    errno = saved;
}

void fl_log(fl_level level, const char *logger, const char *format, ...)
{
    va_list arguments;

    if (!may_be_wanted(level))
        return;
    va_start(arguments, format);
    log_v(level, logger, (fl_str){ 0 }, format, arguments);
    va_end(arguments);
}

void fl_log_with(fl_level level, const char *logger, const fl_value *pairs, size_t n, const char *format, ...)
{
    int saved = errno;
    char room[MESSAGE], *larger = NULL;
    size_t left;
    va_list arguments;

    if (!fl_log_wants(level, logger))
        return;
    inside = true;                                   /* an object's own functions may log: not into this record */
    fl_str fields = fl_log_fields_(pairs, n, room, sizeof room, &left);
    if (left > 0 && (larger = fl_heap_alloc(FL_LOG_LINE / 2)) != NULL)
        fields = fl_log_fields_(pairs, n, larger, FL_LOG_LINE / 2, &left);
    inside = false;
    errno = saved;
    va_start(arguments, format);
    log_v(level, logger, fields, format, arguments);
    va_end(arguments);
    fl_heap_free(larger);
    errno = saved;
}
