/* From instants to what clocks show, and back.
 *
 * A zone is a row of spans, each with one kind of time. The span that served last is remembered, for several zones per thread,
 * so that a row of times in one season searches once.
 *
 * From a local time back: it lies in the last span that had begun by then on the local clock. When a span begins there
 * depends on which side of the change one asks from; taking the later of both answers where `fold` is 0, and the earlier
 * where it is 1, gives what Python's fold does in the hours that clocks skip or repeat. */
#include <fleche/error.h>
#include "time/calendar.h"
#include "time/zone.h"

enum { REMEMBERED = 8 };

fl_zone_span fl_zone_find(const fl_zone *zone, int64_t t)
{
    size_t low = 0, high = zone->change_count;       /* the first change behind t is in low ≤ i ≤ high */

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->changes[middle] <= t)
            low = middle + 1;
        else
            high = middle;
    }
    fl_zone_span span = { INT64_MIN, INT64_MAX, zone->kinds[0] };
    if (low == zone->change_count && zone->has_rule)
        span = fl_zone_rule_span(&zone->rule, t);
    else if (low > 0)
        span.kind = zone->kinds[zone->change_kinds[low - 1]];
    if (low > 0 && span.from < zone->changes[low - 1])
        span.from = zone->changes[low - 1];
    if (low < zone->change_count)
        span.until = zone->changes[low];
    return span;
}

static const fl_zone_span *span_at(const fl_zone *zone, int64_t t)
{
    static _Thread_local struct { uint64_t serial; fl_zone_span span; } remembered[REMEMBERED];
    __typeof__(&remembered[0]) slot = &remembered[zone->serial % REMEMBERED];

    if (FL_UNLIKELY(slot->serial != zone->serial || t < slot->span.from || t >= slot->span.until)) {
        slot->span = fl_zone_find(zone, t);
        slot->serial = zone->serial;
    }
    return &slot->span;
}

static const fl_zone_kind *kind_at(const fl_zone *zone, int64_t t)
{
    return zone->serial == 0 ? zone->kinds : &span_at(zone, t)->kind;
}

fl_zone_span fl_zone_span_at(const fl_zone *zone, int64_t t)
{
    return zone->serial == 0 ? fl_zone_find(zone, t) : *span_at(zone, t);
}

fl_civil fl_civil_of(fl_datetime t, const fl_zone *zone)
{
    fl_civil c = { 0 };

    if (!fl_is_none_datetime(t)) {
        const fl_zone_kind *kind = kind_at(zone, fl_us_unix(t.us));
        fl_civil_set(&c, t, kind->offset);
        c.daylight = kind->daylight;
        memcpy(c.zone, kind->name, sizeof c.zone);
    }
    return c;                                        /* the only one, so that it is built in the caller's place */
}

fl_date fl_date_in(fl_datetime t, const fl_zone *zone)
{
    if (fl_is_none_datetime(t))
        return (fl_date){ 0 };
    fl_civil c = fl_civil_of(t, zone);
    return (fl_date){ fl_day_number(c.year, c.month, c.day) };
}

fl_time fl_time_in(fl_datetime t, const fl_zone *zone)
{
    if (fl_is_none_datetime(t))
        return (fl_time){ 0 };
    fl_civil c = fl_civil_of(t, zone);
    return fl_time_of(c.hour, c.minute, c.second, c.microsecond);
}

static int32_t offset_of_local(const fl_zone *zone, int64_t local, int fold)
{
    if (zone->serial == 0)
        return zone->kinds[0].offset;
    fl_zone_span span = *span_at(zone, local - FL_ZONE_OFFSET_MOST);
    while (span.until <= local + FL_ZONE_OFFSET_MOST) {
        fl_zone_span next = fl_zone_find(zone, span.until);
        int32_t before = span.kind.offset, after = next.kind.offset;
        if (span.until + ((fold == 0) == (before > after) ? before : after) > local)
            break;
        span = next;
    }
    return span.kind.offset;
}

fl_datetime fl_datetime_of_civil(fl_civil c, const fl_zone *zone, int fold)
{
    int64_t us;

    if (!fl_civil_us(&c, &us))
        return FL_NEVER;
    us -= offset_of_local(zone, fl_us_unix(us), fold) * FL_SECOND_US;
    return us < 1 || us > FL_LAST_US ? FL_NEVER : (fl_datetime){ us };
}

/* How much the offset at fold 1 is above that at fold 0: more in a skipped hour, less in a repeated one. */
static bool change_at(const fl_civil *c, const fl_zone *zone, int32_t *ret)
{
    int64_t us;

    if (!fl_civil_us(c, &us))
        return false;
    *ret = offset_of_local(zone, fl_us_unix(us), 1) - offset_of_local(zone, fl_us_unix(us), 0);
    return true;
}

bool fl_civil_exists(fl_civil c, const fl_zone *zone)
{
    int32_t change;

    return change_at(&c, zone, &change) && change <= 0;
}

bool fl_civil_is_ambiguous(fl_civil c, const fl_zone *zone)
{
    int32_t change;

    return change_at(&c, zone, &change) && change < 0;
}
