/* Zone files: nothing in one may lead outside of it, and what it says must be the same whichever way it is asked for: by
 * halving, by going through all changes, and through the cache. */
#include <fleche/heap.h>
#include <stdlib.h>
#include "../src/time/zone.h"

#define check(condition) \
    do { \
        if (!(condition)) \
            abort(); \
    } while (0)

static fl_zone_kind slow_kind(const fl_zone *zone, int64_t t)
{
    size_t i = zone->change_count;

    if (zone->has_rule && (i == 0 || zone->changes[i - 1] <= t))
        return fl_zone_rule_span(&zone->rule, t).kind;
    while (i > 0 && zone->changes[i - 1] > t)
        i--;
    return zone->kinds[i == 0 ? 0 : zone->change_kinds[i - 1]];
}

static void check_at(const fl_zone *zone, int64_t t)
{
    fl_zone_span span = fl_zone_find(zone, t), remembered = fl_zone_span_at(zone, t);
    fl_zone_kind slow = slow_kind(zone, t);

    check(span.from <= t && t < span.until && remembered.from == span.from && remembered.until == span.until);
    check(span.kind.offset == slow.offset && span.kind.daylight == slow.daylight && strcmp(span.kind.name, slow.name) == 0);
    check(remembered.kind.offset == slow.offset);
    check(abs(span.kind.offset) <= FL_ZONE_OFFSET_MOST);
    check(span.from == INT64_MIN || fl_zone_find(zone, span.from - 1).until == span.from);
    check(span.until == INT64_MAX || fl_zone_find(zone, span.until).from == span.until);
}

/* A local time is there, or is skipped; where it is there, one of its two instants shows it. */
static void check_local(const fl_zone *zone, int64_t t)
{
    fl_civil c = fl_civil_of(fl_datetime_of_unix(t, 0), zone);
    fl_datetime first = fl_datetime_of_civil(c, zone, 0), second = fl_datetime_of_civil(c, zone, 1);

    check(!fl_is_none_datetime(first) && !fl_is_none_datetime(second));
    check(!fl_civil_is_ambiguous(c, zone) || (fl_civil_exists(c, zone) && first.us < second.us));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fl_zone *zone;
    fl_zone_rule rule;

    if (fl_zone_rule_read((fl_str){ (const char *)data, size }, &rule) == 0) {
        fl_zone_span span = fl_zone_rule_span(&rule, (int64_t)size * 50000000);
        check(span.from <= (int64_t)size * 50000000 && (int64_t)size * 50000000 < span.until);
    }
    if (fl_zone_read((fl_bytes){ data, size }, (fl_str){ "Fuzz", 4 }, &zone) != 0)
        return 0;
    for (int64_t t = -62135000000; t < 253402000000; t += 15770000003)
        check_at(zone, t);
    for (size_t i = 0; i < zone->change_count && i < 64; i++) {
        int64_t at = zone->changes[i];
        if (at < -62135000000 || at > 253402000000)
            continue;
        check_at(zone, at - 1);
        check_at(zone, at);
        check_local(zone, at - 1);
        check_local(zone, at);
    }
    fl_heap_free(zone);
    return 0;
}
