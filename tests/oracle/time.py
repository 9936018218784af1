"""Vectors for the tests of module time, from Python's datetime, zoneinfo and email.utils, and Django's dateparse and duration.

    /usr/bin/python3 tests/oracle/time.py zones                     > tests/data/time_zones.tsv
    /usr/bin/python3 tests/oracle/time.py local                     > tests/data/time_local.tsv
    /usr/bin/python3 tests/oracle/time.py text  DIRECTORY_OF_DJANGO > tests/data/time_text.tsv
    /usr/bin/python3 tests/oracle/time.py parse DIRECTORY_OF_DJANGO > tests/data/time_parse.tsv

Zone files are those of tests/data/zoneinfo. Django is 3.2 (Debian's python3-django). Columns are separated by tabs; nothing is escaped.

zones: zone, seconds since 1970, offset, 1 in summer time, abbreviation.
local: zone, local time, fold, seconds since 1970, exists, is ambiguous.
text:  kind, number of microseconds (of a datetime: since 1970; its offset behind a comma), text. Kinds: str, iso, json, http, mail
       of datetimes; duration_str, duration_iso.
parse: kind, text, result. Kinds: date, time, datetime (read in UTC), duration, mail. Results: the day's number, microseconds since
       midnight, microseconds since 1970, microseconds; "form" for what has not the form, "range" for what is no such thing.
"""
import sys

sys.path.pop(0)     # modules here are called like those of the library

import email.utils
import os
import random
import zoneinfo
from datetime import date, datetime, time, timedelta, timezone

HERE = os.path.dirname(os.path.abspath(__file__))
ZONES = os.path.join(HERE, "..", "data", "zoneinfo")
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
random.seed(7)


def names():
    for directory, _, files in sorted(os.walk(ZONES)):
        for file in sorted(files):
            yield os.path.relpath(os.path.join(directory, file), ZONES)


def unix(instant):
    return (instant - EPOCH) // timedelta(seconds=1)


def changes(zone):
    """The instants of 1840 to 2110 at which the zone changes, found by steps of a day and halving."""
    def state(t):
        local = datetime.fromtimestamp(t, zone)
        return local.utcoffset(), local.dst(), local.tzname()
    t, end, found = -4102444800, 4417977600, []
    while t < end:
        if state(t) != state(t + 86400):
            low, high = t, t + 86400
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if state(middle) == state(low) else (low, middle)
            found.append(high)
        t += 86400
    return found


def some(found):
    """The first few, the last few, and some between."""
    if len(found) <= 9:
        return found
    return sorted(set(found[:3] + found[-2:] + random.sample(found[3:-2], 4)))


def zones():
    for name in names():
        zone = zoneinfo.ZoneInfo(name)
        instants = [unix(datetime(1, 1, 3, tzinfo=timezone.utc)), 0, unix(datetime(9999, 12, 29, tzinfo=timezone.utc))]
        instants += [random.randrange(-4 * 10**9, 6 * 10**9) for _ in range(4)]
        for change in some(changes(zone)):
            instants += [change - 1, change]
        for t in sorted(instants):
            at = (EPOCH + timedelta(seconds=t)).astimezone(zone)
            print(name, t, int(at.utcoffset().total_seconds()), int(bool(at.dst())), at.tzname(), sep="\t")


def local():
    for name in names():
        zone = zoneinfo.ZoneInfo(name)
        times = [datetime(1900, 1, 1, 12), datetime(2000, 7, 1), datetime(2099, 7, 1, 3, 4, 5)]
        for change in some(changes(zone)):
            before = datetime.fromtimestamp(change - 1, zone).replace(tzinfo=None, fold=0) + timedelta(seconds=1)
            after = datetime.fromtimestamp(change, zone).replace(tzinfo=None, fold=0)
            times += [min(before, after) - timedelta(seconds=1), min(before, after), min(before, after) + abs(after - before) / 2,
                      max(before, after) - timedelta(seconds=1), max(before, after)]
        for at in sorted(set(t.replace(microsecond=0) for t in times)):
            offsets = [at.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)]
            for fold in (0, 1) if offsets[0] != offsets[1] else (0,):
                t = unix(at.replace(tzinfo=timezone.utc)) - int(offsets[fold].total_seconds())
                print(name, at.isoformat(), fold, t, int(offsets[0] >= offsets[1]), int(offsets[0] > offsets[1]), sep="\t")


def text():
    from django.core.serializers.json import DjangoJSONEncoder
    from django.utils import duration
    from django.utils.http import http_date
    instants = [0, 1, -1, 999999, 10**6, 1795167000 * 10**6 + 1, 951782400 * 10**6, -62135596800 * 10**6, 253402300799999999]
    instants += [random.randrange(-62 * 10**15, 253 * 10**15) for _ in range(20)]
    for us in instants:
        for offset in (0, 3600, -12600):
            if (offset < 0 and us < -62 * 10**15) or (offset > 0 and us > 253 * 10**15):
                continue
            at = (EPOCH + timedelta(microseconds=us)).astimezone(timezone(timedelta(seconds=offset)))
            iso = at.isoformat()
            key = f"{us},{offset}"
            print("str", key, at, sep="\t")
            print("iso", key, iso[:-6] + "Z" if offset == 0 else iso, sep="\t")
            print("json", key, DjangoJSONEncoder().default(at), sep="\t")
            print("mail", key, email.utils.format_datetime(at), sep="\t")
            if offset == 0:
                print("http", key, http_date(us // 10**6), sep="\t")
    for us in [0, 1, -1, 60 * 10**6, 86400 * 10**6, -86400 * 10**6, 172800 * 10**6 + 5, -90061000001, 10**17, 999999, 3661 * 10**6,
               -172800 * 10**6] + [random.randrange(-10**16, 10**16) for _ in range(12)]:
        length = timedelta(microseconds=us)
        print("duration_str", us, length, sep="\t")
        print("duration_iso", us, duration.duration_iso_string(length), sep="\t")


DATES = """2026-11-20|2026-1-2|0001-01-01|9999-12-31|2024-02-29|2023-02-29|2026-13-01|2026-00-01|2026-01-00|2026-01-32|0000-01-01|
226-01-01|20260-1-1|2026-1-|2026-1|2026/01/01|2026-111-1|2026-1-111| 2026-01-01|2026-01-01 |20260101|-2026-01-01|""".replace("\n", "").split("|")
TIMES = """09:30|9:30|9:3|09:30:15|9:3:5|23:59:59.999999|10:20:30.4|10:20:30,4|10:20:30.400|10:20:30.1234567|10:20:30.123456789012|
24:00|12:60|12:00:60|12|12:|:12|12:00:|12:00:00.|12:000|a:b|99:99""".replace("\n", "").split("|")
DATETIMES = """2026-11-20T09:30:00Z|2026-11-20 09:30|2026-11-20t09:30|2012-4-9 4:8:16|2012-04-23T10:20:30.400+02:30|
2012-04-23T10:20:30.400-02|2012-04-23T10:20:30,400-0230|2012-04-23T10:20:30.1234567Z|2012-04-23T10:20:30.123456789012+01|2012-04-23T25:00|
2012-04-56T04:08:16|2012-04-23|2012-04-23T10|2012-04-23T10:20+1|2012-04-23T10:20+100|2012-04-23T10:20+01:0|2012-04-23T10:20+24:00|
2012-04-23T10:20-23:59|2012-04-23T10:20z|2012-04-23T10:20ZZ|2012-04-23T10:20Z |0001-01-01T00:00Z|9999-12-31T23:59:59.999999Z|
2012-04-23T10:20.5Z|2012-04-23  10:20|2023-02-29 00:00Z|20120423091500|2012-04-23T10:20:30.1234567890123""".replace("\n", "").split("|")
DURATIONS = """4|30|-30|15:30|-15:30|1:15:30|-1:15:30|10:15:30|4 15:30|4 10:15:30|-4 15:30|4 -15:30|-4 -10:15:30|1 day, 1:02:03|
3 days, 4:05:06.000007|-1 day, 23:59:59.999999|-2 days, 0:00:00|15:30.1|15:30.12,5|15:30,123456|15:30.1234567|15:30.123456789012|
15:30.1234567890123|4 days|4 days |4 day|1 day 00:00:00|3 days 04:05:06|-4 days -15:00:30|-1 days +03:00:00.5|+03:00:00|03:00:00.1234567|
4 days 1:2:3|1 day04:05:06|1:2:3:4|1::2|1:|:1|P4Y|P4M|P4D|-P1D|+P1D|P0.5D|P0,5D|PT5H|-PT5H|PT5M|PT5S|PT0.000005S|PT0,000005S|-PT0.000005S|
-P4DT1H|P1DT2H3M4.5S|P1D2H|PT1H2S|P1.D|P.5D|PT1.5H|PT1.25M|P-1D|P1DT|4 days,|x|4x|1 2 3|--4|5 hours|1.5|1,5|-0.5|.5|5.|
99999999 0:00:00|999999999|00:00:00|0|-0|1e3""".replace("\n", "").split("|")
MAILS = """Fri, 20 Nov 2026 09:30:00 +0000|20 Nov 2026 09:30:00 +0100|Fri, 20 Nov 2026 09:30 -0330|fri, 20 nov 2026 09:30:00 gmt|
Fri, 20 Nov 99 09:30:00 EST|Fri, 20 Nov 49 09:30:00 PDT|Fri, 20 Nov 2026 09:30:00 UT|Thu, 1 Jan 1970 00:00:00 -0000|
Fri, 20 Nov 2026 09:30:00 MST|Fri, 20 Nov 2026 09:30:00 CDT""".replace("\n", "").split("|")


def micros(length):
    return length // timedelta(microseconds=1)


def parse_datetime(value):
    from django.utils import dateparse
    at = dateparse.parse_datetime(value)
    return at and micros((at if at.tzinfo else at.replace(tzinfo=timezone.utc)) - EPOCH)


def parse_time(value):
    from django.utils import dateparse
    at = dateparse.parse_time(value)
    return at and micros(datetime.combine(date.min, at) - datetime.min)


def parse():
    from django.utils import dateparse
    ways = [
        ("date", DATES, lambda v: (lambda d: d and d.toordinal())(dateparse.parse_date(v))),
        ("time", [t for t in TIMES if dateparse.time_re.fullmatch(t) or not dateparse.time_re.match(t)], parse_time),
        ("datetime", DATETIMES, parse_datetime),
        ("duration", DURATIONS, lambda v: (lambda d: None if d is None else micros(d))(dateparse.parse_duration(v))),
        ("mail", MAILS, lambda v: (email.utils.mktime_tz(email.utils.parsedate_tz(v)) * 10**6)),
    ]
    for kind, values, way in ways:
        for value in values:
            try:
                result = way(value)
            except (ValueError, OverflowError):
                result = "range"
            print(kind, value, "form" if result is None else result, sep="\t")


zoneinfo.reset_tzpath([os.path.abspath(ZONES)])
if len(sys.argv) > 2:
    sys.path.append(sys.argv[2])
{"zones": zones, "local": local, "text": text, "parse": parse}[sys.argv[1]]()
