/* Zone files: TZif, RFC 9636. Version 1 has one block with 32-bit times; from version 2 on a second one with 64-bit times
 * follows, and behind it a footer, the rule for the time to come. A file may be damaged or hostile: every count and index is
 * checked. Files with leap seconds (those in "right/") are refused, since our seconds have none. */
#include <errno.h>
#include <fleche/heap.h>
#include <stdatomic.h>
#include <string.h>
#include "time/zone.h"

enum { HEAD_SIZE = 44, KIND_SIZE = 6, MOST_KINDS = 256 };

#define EARLIEST (-(INT64_C(1) << 59))               /* "the big bang" of the older compilers of zones */

typedef struct head { uint8_t version; uint32_t utc_marks, standard_marks, leaps, changes, kinds, characters; } head;

static uint32_t read_16(const uint8_t *at) { return (uint32_t)at[0] << 8 | at[1]; }
static uint32_t read_32(const uint8_t *at) { return read_16(at) << 16 | read_16(at + 2); }
static int64_t read_64(const uint8_t *at) { return (int64_t)((uint64_t)read_32(at) << 32 | read_32(at + 4)); }
static int64_t read_time(const uint8_t *at, size_t wide) { return wide == 8 ? read_64(at) : (int32_t)read_32(at); }

static bool read_head(fl_bytes file, head *ret)
{
    const uint8_t *at = file.data;

    if (file.size < HEAD_SIZE || memcmp(at, "TZif", 4) != 0)
        return false;
    *ret = (head){ .version = at[4],
                   .utc_marks = read_32(at + 20),
                   .standard_marks = read_32(at + 24),
                   .leaps = read_32(at + 28),
                   .changes = read_32(at + 32),
                   .kinds = read_32(at + 36),
                   .characters = read_32(at + 40) };
    return (ret->version == 0 || (ret->version >= '2' && ret->version <= '9')) && ret->utc_marks <= MOST_KINDS &&
           ret->standard_marks <= MOST_KINDS && ret->leaps <= FL_ZONE_FILE_MOST && ret->changes <= FL_ZONE_FILE_MOST &&
           ret->kinds <= MOST_KINDS && ret->characters <= FL_ZONE_FILE_MOST;
}

static size_t block_size(const head *h, size_t wide)
{
    return h->changes * (wide + 1) + h->kinds * (size_t)KIND_SIZE + h->characters + h->leaps * (wide + 4) + h->standard_marks +
           h->utc_marks;
}

static bool read_kinds(const uint8_t *at, const head *h, fl_zone_kind *ret)
{
    const char *names = (const char *)at + h->kinds * (size_t)KIND_SIZE;

    for (size_t i = 0; i < h->kinds; i++, at += KIND_SIZE) {
        int32_t offset = (int32_t)read_32(at);
        uint8_t name = at[5];
        if (offset < -FL_ZONE_OFFSET_MOST || offset > FL_ZONE_OFFSET_MOST || at[4] > 1 || name >= h->characters)
            return false;
        size_t size = strnlen(names + name, h->characters - name);
        if (size == h->characters - name)            /* no NUL behind it */
            return false;
        ret[i] = (fl_zone_kind){ .offset = offset, .daylight = at[4] };
        memcpy(ret[i].name, names + name, size < sizeof ret[i].name ? size : sizeof ret[i].name - 1);
    }
    return true;
}

static bool read_changes(const uint8_t *at, const head *h, size_t wide, int64_t *ret_changes, uint8_t *ret_kinds)
{
    const uint8_t *kinds = at + h->changes * wide;

    for (size_t i = 0; i < h->changes; i++) {
        ret_changes[i] = read_time(at + i * wide, wide);
        ret_kinds[i] = kinds[i];
        if (ret_changes[i] < EARLIEST || ret_changes[i] > -EARLIEST || kinds[i] >= h->kinds ||
            (i > 0 && ret_changes[i] <= ret_changes[i - 1]))
            return false;
    }
    return true;
}

/* "\nCET-1CEST,M3.5.0,M10.5.0/3\n"; "\n\n" says nothing of the time to come. */
static int read_footer(const uint8_t *at, size_t size, fl_zone *zone)
{
    const uint8_t *end = size < 2 || at[0] != '\n' ? NULL : memchr(at + 1, '\n', size - 1);

    if (end == NULL)
        return -EINVAL;
    zone->has_rule = end > at + 1;
    return zone->has_rule ? fl_zone_rule_read(fl_str_n((const char *)at + 1, (size_t)(end - at - 1)), &zone->rule) : 0;
}

/* The zone and all it points to in one block: kinds, changes, their kinds, the name. */
static fl_zone *zone_alloc(const head *h, fl_str name)
{
    size_t kinds = sizeof(fl_zone), changes = kinds + h->kinds * sizeof(fl_zone_kind);
    size_t change_kinds = changes + h->changes * sizeof(int64_t), text = change_kinds + h->changes;
    char *block = fl_heap_zalloc((text + name.size + 1 + 7) & ~(size_t)7);
    fl_zone *zone = (void *)block;

    _Static_assert(sizeof(fl_zone) % 8 == 0 && sizeof(fl_zone_kind) % 8 == 0, "what follows is aligned");
    if (block == NULL)
        return NULL;
    zone->kinds = (void *)(block + kinds);
    zone->changes = (void *)(block + changes);
    zone->change_kinds = (void *)(block + change_kinds);
    zone->change_count = h->changes;
    zone->name = memcpy(block + text, name.data, name.size);
    return zone;
}

int fl_zone_read(fl_bytes file, fl_str name, fl_zone **ret)
{
    static _Atomic uint64_t last_serial;
    size_t wide = 4, at = HEAD_SIZE;
    head h;

    if (file.size > FL_ZONE_FILE_MOST || !read_head(file, &h))
        return -EINVAL;
    if (h.version != 0) {
        size_t first = HEAD_SIZE + block_size(&h, 4);
        if (first > file.size || !read_head((fl_bytes){ file.data + first, file.size - first }, &h))
            return -EINVAL;
        wide = 8;
        at = first + HEAD_SIZE;
    }
    size_t size = block_size(&h, wide);
    if (size > file.size - at || h.kinds == 0 || h.leaps != 0)
        return -EINVAL;

    fl_zone *zone = zone_alloc(&h, name);
    if (zone == NULL)
        return -ENOMEM;
    const uint8_t *block = file.data + at;
    if (!read_changes(block, &h, wide, (int64_t *)zone->changes, (uint8_t *)zone->change_kinds) ||
        !read_kinds(block + h.changes * (wide + 1), &h, (fl_zone_kind *)zone->kinds) ||
        (wide == 8 && read_footer(block + size, file.size - at - size, zone) != 0)) {
        fl_heap_free(zone);
        return -EINVAL;
    }
    if (h.changes > 0 || zone->has_rule)
        zone->serial = atomic_fetch_add(&last_serial, 1) + 1;
    *ret = zone;
    return 0;
}
