/* Zones by name, and the current one. A zone's file is read when it is first asked for and kept for the process; those kept
 * stand in buckets that are read without a lock and written with one. Names that have no file are not kept: an attacker
 * could fill memory. */
#include <errno.h>
#include <fcntl.h>
#include <fleche/context.h>
#include <fleche/heap.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "time/calendar.h"
#include "time/zone.h"

#define SYSTEM_ZONES "/usr/share/zoneinfo"

enum { BUCKETS = 64, PATH_MOST = 4096 };

static const fl_zone utc = { .name = "UTC", .kinds = &utc.only, .only = { .name = "UTC" } };
const fl_zone *const FL_UTC = &utc;

static _Atomic(fl_zone *) kept[BUCKETS];
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

/* Parts of letters, digits, '_', '-' and '+' with a '/' between each two: nothing that leaves the directory. */
static bool is_name(fl_str name)
{
    char before = '/';

    if (name.size == 0 || name.size > FL_ZONE_NAME_MOST)
        return false;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool plain = letter || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+';
        if (!plain && (c != '/' || before == '/'))
            return false;
        before = c;
    }
    return before != '/';
}

static int read_all(int fd, uint8_t *buffer, size_t capacity, size_t *ret_size)
{
    size_t size = 0;

    while (size < capacity) {
        ssize_t n = read(fd, buffer + size, capacity - size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno == EISDIR ? -ENOENT : -errno;
        if (n == 0)
            break;
        size += (size_t)n;
    }
    *ret_size = size;
    return 0;
}

static int load(const char *directory, fl_str name, fl_zone **ret)
{
    char path[PATH_MOST];
    size_t size = 0;

    if (snprintf(path, sizeof path, "%s/%.*s", directory, FL_SHOW(name)) >= (int)sizeof path)
        return -ENAMETOOLONG;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOTDIR ? -ENOENT : -errno;
    uint8_t *buffer = fl_heap_alloc(FL_ZONE_FILE_MOST + 1);
    int code = buffer == NULL ? -ENOMEM : read_all(fd, buffer, FL_ZONE_FILE_MOST + 1, &size);
    if (code == 0)
        code = fl_zone_read((fl_bytes){ buffer, size }, name, ret);
    fl_heap_free(buffer);
    (void)close(fd);
    return code;
}

static fl_zone *find_kept(_Atomic(fl_zone *) *bucket, fl_str name)
{
    fl_zone *zone = atomic_load_explicit(bucket, memory_order_acquire);

    while (zone != NULL && (strncmp(zone->name, name.data, name.size) != 0 || zone->name[name.size] != '\0'))
        zone = zone->next;
    return zone;
}

static int load_and_keep(_Atomic(fl_zone *) *bucket, fl_str name, fl_zone **ret)
{
    const char *directory = getenv("ZONEINFO");
    fl_zone *zone = find_kept(bucket, name);         /* another thread may have been first */
    int code = -ENOENT;

    if (zone == NULL) {
        if (directory != NULL && directory[0] != '\0')
            code = load(directory, name, &zone);
        if (code == -ENOENT)
            code = load(SYSTEM_ZONES, name, &zone);
        if (zone == NULL)
            return code;
        zone->next = atomic_load(bucket);
        atomic_store_explicit(bucket, zone, memory_order_release);
    }
    *ret = zone;
    return 0;
}

int fl_zone_try_named(fl_str name, const fl_zone **ret)
{
    unsigned hash = 0;

    if (!is_name(name))
        return -EINVAL;
    if (fl_str_equal(name, fl_lit("UTC"))) {
        *ret = FL_UTC;
        return 0;
    }
    for (size_t i = 0; i < name.size; i++)
        hash = hash * 31 + (unsigned char)name.data[i];
    _Atomic(fl_zone *) *bucket = &kept[hash % BUCKETS];
    fl_zone *zone = find_kept(bucket, name);
    int code = 0;
    if (FL_UNLIKELY(zone == NULL)) {
        (void)pthread_mutex_lock(&loading);
        code = load_and_keep(bucket, name, &zone);
        (void)pthread_mutex_unlock(&loading);
    }
    if (code == 0)
        *ret = zone;
    return code;
}

const fl_zone *fl_zone_named(const char *name)
{
    const fl_zone *zone;
    int code = fl_zone_try_named(fl_str_of(name), &zone);

    if (code == 0)
        return zone;
    if (code != -ENOENT && code != -EINVAL)
        fl_raise_code(code, "the time zone '%.*s' cannot be read", FL_ZONE_NAME_MOST, name);
    fl_error *e = fl_error_new(FL_VALUE_ERROR, "there is no time zone '%.*s'", FL_ZONE_NAME_MOST, name == NULL ? "" : name);
    e->code = code;
    if (access(SYSTEM_ZONES, F_OK) != 0)
        e->hint = "the system has no zone files: install its package tzdata, or set ZONEINFO to a directory of them";
    else
        e->hint = "names are like Europe/Paris; the system's package tzdata has the zones, tzdata-legacy their old names";
    fl_reraise(e);
}

/* The abbreviation is that of zones without one of their own, "+0530", since "UTC+05:30" is longer than any. */
const fl_zone *fl_zone_fixed(int offset_seconds)
{
    if (offset_seconds == 0)
        return FL_UTC;
    if (offset_seconds <= -86400 || offset_seconds >= 86400)
        fl_raise(FL_VALUE_ERROR, "a zone %d seconds from UTC was asked for: less than a day, 86400, is possible", offset_seconds);
    int size = offset_seconds < 0 ? -offset_seconds : offset_seconds, hours = size / 3600, minutes = size / 60 % 60;
    char sign = offset_seconds < 0 ? '-' : '+', seconds[16] = "";
    const char *abbreviation;

    if (size % 60 != 0)
        (void)snprintf(seconds, sizeof seconds, ":%02d", size % 60);
    if (size % 3600 == 0)
        abbreviation = fl_text("%c%02d", sign, hours);
    else
        abbreviation = fl_text("%c%02d%02d%s", sign, hours, minutes, seconds[0] == '\0' ? "" : seconds + 1);
    fl_zone *zone = fl_new_of(fl_zone);
    zone->name = fl_text("UTC%c%02d:%02d%s", sign, hours, minutes, seconds);
    zone->only.offset = offset_seconds;
    memcpy(zone->only.name, abbreviation, strlen(abbreviation) + 1);             /* at most "+hhmmss" */
    zone->kinds = &zone->only;
    return zone;
}

const char *fl_zone_name(const fl_zone *zone) { return zone->name; }

const fl_zone *fl_zone_here(void)
{
    const fl_zone *zone = fl_context_here()->zone;

    return zone == NULL ? FL_UTC : zone;
}

const fl_zone *fl_zone_set_here(const fl_zone *zone)
{
    const fl_zone *before = fl_zone_here();

    fl_here_->zone = zone;
    return before;
}
