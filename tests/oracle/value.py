"""Vectors of values: python3 -P tests/oracle/value.py > tests/data/value.tsv

One line a vector, tab separated: question, first value, second value (or '-'), Python's answer. A value is a letter, a colon and text:
  n: none  b:0 or b:1  i:integer (64 bits)  u:unsigned  g:any integer's digits  f:float.hex(), inf or nan  d:decimal  t:text
  y:bytes in hex  D:date, T:time, W:datetime (UTC), P:timedelta (all as microseconds, the first days as date.toordinal())
In texts and answers backslash, tab, line feed, carriage return and NUL are written \\\\ \\t \\n \\r \\0.
str, repr, truth (0, 1). compare: -1, 0, 1, or 'none' where < raises TypeError or a NaN is compared. equal: 0, 1.
uuid: str(uuid.UUID(text)) or EINVAL. int, float: int(v) and float(v).hex() of what is exactly such a number, else 'none'."""
import datetime
import random
import uuid
from decimal import Decimal, InvalidOperation

random.seed(7)
EPOCH = datetime.datetime(1, 1, 1, tzinfo=datetime.timezone.utc)
MICRO = datetime.timedelta(microseconds=1)


def escape(text):
    for raw, escaped in (('\\', '\\\\'), ('\t', '\\t'), ('\n', '\\n'), ('\r', '\\r'), ('\0', '\\0')):
        text = text.replace(raw, escaped)
    return text


def write(v):
    if v is None:
        return 'n:'
    if isinstance(v, bool):
        return f'b:{int(v)}'
    if isinstance(v, int):
        return f'i:{v}' if -2**63 <= v < 2**63 else f'u:{v}' if 0 < v < 2**64 and v % 2 else f'g:{v}'
    if isinstance(v, float):
        return f'f:{v.hex()}'
    if isinstance(v, Decimal):
        return f'd:{v}'
    if isinstance(v, str):
        return 't:' + escape(v)
    if isinstance(v, bytes):
        return 'y:' + v.hex()
    if isinstance(v, datetime.datetime):
        return f'W:{(v - EPOCH) // MICRO}'
    if isinstance(v, datetime.date):
        return f'D:{v.toordinal()}'
    if isinstance(v, datetime.time):
        return f'T:{((v.hour * 60 + v.minute) * 60 + v.second) * 1000000 + v.microsecond}'
    return f'P:{v // MICRO}'


def show(question, a, b, answer):
    print(question, a if isinstance(a, str) and question == 'uuid' else write(a), '-' if b is show else write(b), escape(str(answer)), sep='\t')


INTEGERS = [0, 1, -1, 2, 7, 10, 2**53, 2**53 + 1, 2**63 - 1, -2**63, 2**63, 2**63 + 1, 2**64 - 1, 2**64, 2**64 + 1, -2**64, 10**22, 10**23, 10**38, 10**40,
            -10**40, 10**308, 10**309, 2**1023, 123456789012345678901234567890]
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 0.1, 2.0**53, 2.0**53 + 2, 2.0**63, -2.0**63, 2.0**64, 1e16, 1e15, 123456.789, 1e22, 1e23, 1e-5, 1e-4, 5e-324,
          1.7976931348623157e308, float('inf'), float('-inf'), float('nan'), 3.0, 1e100, 2.0**1023]
DECIMALS = [Decimal(t) for t in ('0', '-0', '0.00', '1', '1.0', '1.00', '-1', '0.1', '0.5', '1E+3', '1E-7', '10000000000000000000000', '9223372036854775808',
                                 '9007199254740993', '0.1000000000000000055511151231257827021', '1E+40', '1E+23', '99999999999999999999999999999999999999',
                                 'Infinity', '-Infinity', 'NaN', '1.5', '3')]
TEXTS = ['', 'abc', "it's", '"quoted"', 'both \' and "', 'back\\slash', 'tab\there', 'line\nfeed\r', '\0', '\x01\x1f', '\x7f', '\x80\x9f', '\xa0', '\xad', 'é', 'naïve', '日本',
         '\u200b', '\u200d', '\u2028', '\u2029', '\u3000', '\ufeff', '\ufffd', '\ue000', '\U0001f600', '\U000e0001', '\U0010ffff', '\u0378', '1', ' 12 ', '1.5', '-7', 'x' * 40, 'е́',
         "'", '"', '\x1b[0m', 'ÿ', '\u0600', '\u180e']
BYTES = [b'', b'abc', b"it's", b'"', b'\'"', bytes(range(0, 16)), bytes(range(120, 136)), b'\\', b'\xff\x00', b'\t\r\n']
UTC = datetime.timezone.utc
DATETIMES = [datetime.datetime(*t, tzinfo=UTC) for t in ((2026, 11, 20, 9, 30), (2026, 11, 20, 9, 30, 5), (2026, 11, 20, 9, 30, 0, 1), (1, 1, 1, 0, 0, 0, 1),
                                                         (9999, 12, 31, 23, 59, 59, 999999), (1970, 1, 1), (2000, 2, 29, 12))]
DATES = [datetime.date(*t) for t in ((2026, 11, 20), (1, 1, 1), (9999, 12, 31), (2000, 2, 29))]
TIMES = [datetime.time(*t) for t in ((0, 0), (9, 30), (9, 30, 5), (9, 30, 0, 1), (23, 59, 59, 999999), (12, 0, 0, 500000))]
SPANS = [datetime.timedelta(**t) for t in ({}, {'days': 1}, {'seconds': 1}, {'microseconds': 1}, {'days': 1, 'seconds': 2}, {'days': 3, 'hours': 4, 'microseconds': 7},
                                           {'microseconds': -1}, {'days': -1}, {'days': -2, 'seconds': 5}, {'days': 365 * 40})]
ALL = [None, True, False] + INTEGERS + FLOATS + DECIMALS + TEXTS + BYTES + DATETIMES + DATES + TIMES + SPANS

for v in ALL:
    if write(v) == 'W:0':
        continue
    show('str', v, show, str(v))
    show('repr', v, show, repr(v))
    show('truth', v, show, int(bool(v)))

NUMBERS = [True, False] + INTEGERS + FLOATS + DECIMALS
FIXED = [(a, b) for a in NUMBERS for b in random.sample(NUMBERS, 8)]
FIXED += [(a, b) for a in NUMBERS for b in NUMBERS if a == b and (type(a) is not type(b) or random.random() < 0.3)]
FIXED += [(2**53 + 1, 2.0**53), (2.0**53, 2**53 + 1), (Decimal('0.1'), 0.1), (10**23, 1e23), (Decimal('1E+23'), 1e23), (-10**40, Decimal('-1E+40'))]
for group in (TEXTS, BYTES, DATETIMES, DATES, TIMES, SPANS):
    FIXED += [(a, b) for a in group for b in random.sample(group, 3)]
FIXED += [(a, b) for a in random.sample(ALL, 40) for b in random.sample(ALL, 3)]
for a, b in FIXED:
    nan = any(isinstance(x, (float, Decimal)) and x != x for x in (a, b))
    try:
        order = 'none' if nan else (-1 if a < b else 1 if b < a else 0)
    except (TypeError, InvalidOperation):
        order = 'none'
    show('compare', a, b, order)
    show('equal', a, b, int(a == b))

for v in NUMBERS + ['12', ' 12 ', '-7', '9223372036854775808', '1.5', '', 'abc', '1e5'] + [None, b'1']:
    whole = None
    if isinstance(v, (bool, int)) or (isinstance(v, (float, Decimal)) and v == v and abs(v) != float('inf') and v == int(v)):
        whole = int(v)
    elif isinstance(v, str):
        whole = int(v) if v.strip().lstrip('-').isdigit() else None
    show('int', v, show, 'none' if whole is None or not -2**63 <= whole < 2**63 else whole)
    try:
        answer = 'none' if v is None or isinstance(v, bytes) else float(v).hex()
    except (ValueError, OverflowError):
        answer = 'none'
    show('float', v, show, answer)

HEX = '12345678123456781234567812345678'
for text in (HEX, '12345678-1234-5678-1234-567812345678', '{12345678-1234-5678-1234-567812345678}', 'urn:uuid:12345678-1234-5678-1234-567812345678',
             'ABCDEFAB-CDEF-ABCD-EFAB-CDEFABCDEFAB', 'uuid:' + HEX, '1-2345678123456781234567812345678', '{' + HEX, HEX + '}', HEX[1:], HEX + '1', '',
             'g' + HEX[1:], '{}', '----', 'urn:' + HEX, HEX[:31] + 'G', '00000000-0000-0000-0000-000000000000'):
    try:
        show('uuid', text, show, uuid.UUID(text))
    except ValueError:
        show('uuid', text, show, 'EINVAL')
