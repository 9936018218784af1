/* What a zone is inside: changes read from a file, and a rule for the time behind the last of them. */
#pragma once
#include <fleche/time.h>

enum {
    FL_ZONE_NAME_MOST = 64,
    FL_ZONE_FILE_MOST = 65536,
    FL_ZONE_OFFSET_MOST = 26 * 3600,                 /* seconds; RFC 9636 has zones stay within it */
};

/* What holds for a while: "CEST", two hours east, summer time. */
typedef struct fl_zone_kind { int32_t offset; bool daylight; char name[8]; } fl_zone_kind;

/* A day of every year and a time of it: M3.5.0/2 (the last Sunday of March at 2), J60 (a day, leap days not counted), 59
 * (counted). */
typedef struct fl_zone_day { char form; uint8_t month, week, weekday; uint16_t yearday; int32_t time; } fl_zone_day;

typedef struct fl_zone_rule {
    bool changes;                                    /* false: kinds[0] always */
    fl_zone_kind kinds[2];                           /* standard and summer time */
    fl_zone_day starts[2];                           /* when each of them begins, by the clock of the other */
} fl_zone_rule;

struct fl_zone {
    const char *name;
    struct fl_zone *next;                            /* in its bucket of those kept */
    uint64_t serial;                                 /* of those that change, for the cache; 0: kinds[0] always */
    size_t change_count;
    const int64_t *changes;                          /* seconds since 1970, ascending */
    const uint8_t *change_kinds;                     /* what each changes to; kinds[0] holds before the first */
    const fl_zone_kind *kinds;
    bool has_rule;                                   /* for the time behind the last change; else its kind goes on */
    fl_zone_rule rule;
    fl_zone_kind only;                               /* kinds of a fixed zone */
};

/* The time that one kind holds: from ≤ t < until. */
typedef struct fl_zone_span { int64_t from, until; fl_zone_kind kind; } fl_zone_span;

/* fl_zone_read makes a zone of a TZif file (RFC 9636, versions 1 to 4), in one block from the heap. 0, -EINVAL or -ENOMEM. */
FL_MUST_CHECK int fl_zone_read(fl_bytes file, fl_str name, fl_zone **ret);

/* fl_zone_rule_read reads a POSIX TZ string: "CET-1CEST,M3.5.0,M10.5.0/3". 0 or -EINVAL. */
FL_MUST_CHECK int fl_zone_rule_read(fl_str text, fl_zone_rule *ret);
fl_zone_span fl_zone_rule_span(const fl_zone_rule *rule, int64_t t);

/* fl_zone_span_at is what holds at t, in seconds since 1970; fl_zone_find is the same without the cache. */
fl_zone_span fl_zone_find(const fl_zone *zone, int64_t t);
fl_zone_span fl_zone_span_at(const fl_zone *zone, int64_t t);
