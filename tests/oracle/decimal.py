"""Vectors of decimal arithmetic: python3 -P tests/oracle/decimal.py > tests/data/decimal.tsv

(-P, since this file is named as the module it asks.) One line a vector, tab separated: operation, first operand, second operand (or '-'), expected result. Binary operations are those of
Context(prec=38). A result is the text of the decimal, or
  EDOM     Python has no result (division by zero, an infinity minus itself)
  ERANGE   not one of ours: digits would be lost in a sum or remainder, or the exponent is outside -6144 .. 6144 (a zero's exponent is
           brought inside instead)
  EINVAL   not a number (parse only)
parse: the text (with \\t \\n \\\\ escaped), '-', str() or a code. plain: format(d, 'f'). round: 'places:rounding'. compare: -1, 0, 1.
hash: two operands, 'same' or 'other' as Python's == says. double: float.hex() of float(d). int: int(d) or ERANGE.
digits: of the coefficient. sign: -1, 0, 1."""
import random
from decimal import (ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context,
                     Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow)

LIMIT = 6144
random.seed(38)
TRAPS = [InvalidOperation, DivisionByZero, Overflow]


def context():
    return Context(prec=38, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, traps=TRAPS)


def bounded(d):
    if not d.is_finite():
        return str(d)
    sign, digits, exponent = d.as_tuple()
    if not d:
        return str(Decimal((sign, (0,), max(-LIMIT, min(LIMIT, exponent)))))
    if abs(exponent) > LIMIT or len(digits) > 38:
        return 'ERANGE'
    return str(d)


def show(operation, a, b, result):
    print(operation, a, b, result, sep='\t')


def binary(name, a, b):
    c = context()
    method = {'add': c.add, 'subtract': c.subtract, 'multiply': c.multiply, 'divide': c.divide, 'remainder': c.remainder}[name]
    try:
        result = bounded(method(a, b))
    except DivisionByZero:
        result = 'EDOM'
    except InvalidOperation:
        impossible = name == 'remainder' and a.is_finite() and b.is_finite() and b
        result = 'ERANGE' if impossible else 'EDOM'
    if name in ('add', 'subtract', 'remainder') and c.flags[Inexact]:
        result = 'ERANGE'
    show(name, a, b, result)


def number(digits=None, exponent=None):
    count = digits or random.choice([1, 2, 3, 5, 9, 17, 18, 19, 20, 28, 36, 37, 38, 38])
    kind = random.random()
    text = ('9' * count if kind < 0.15 else '1' + '0' * (count - 1) if kind < 0.3 else
            random.choice('123456789') + ''.join(random.choice('0123456789') for _ in range(count - 1)))
    if kind > 0.9:
        text = text[:1] + text[1:count // 2] + '0' * (count - max(count // 2, 1))
    e = exponent if exponent is not None else random.choice([0, 0, -1, -2, -2, -6, -19, -37, -38, 3, 20, 40, random.randint(-60, 60)])
    return Decimal(random.choice(['', '', '-']) + text + 'E' + str(e))


EDGES = [Decimal(t) for t in (
    '0', '-0', '0.00', '-0.000', '0E+5', '0E-6144', '0E+6144', '1', '-1', '1.0', '10', '0.1', '-0.1', '1E+3', '1E-7', '3', '-7', '5E-1',
    '99999999999999999999999999999999999999', '-99999999999999999999999999999999999999', '1E+38', '1E+37', '1E-38',
    '9.9999999999999999999999999999999999999', '18446744073709551616', '9223372036854775808', '-9223372036854775808', '1E+6144', '1E-6144',
    '12345678901234567890123456789012345678', '0.12345678901234567890123456789012345678', 'Infinity', '-Infinity', 'NaN')]
OPERATIONS = ('add', 'subtract', 'multiply', 'divide', 'remainder')

for name in OPERATIONS:
    for a in EDGES:
        for b in random.sample(EDGES, 4):
            binary(name, a, b)
    for _ in range(80):
        binary(name, number(), number())
    for _ in range(40):                                        # as money is: few digits
        binary(name, number(random.randint(1, 6), random.choice([0, -1, -2, -4])), number(random.randint(1, 4), random.choice([0, -2])))

for text in ('9' * 38 + '|1', '9' * 38 + '|0.5', '1E+38|-1', '1E+40|1000000', '1E+40|100', '1E+40|-1000000', '1E+100|0E-10', '0E+3|5',
             '5|0E+3', '5E+10|0E-50', '1E+39|-1', '1E+38|-0.1', '9' * 38 + 'E+6144|1E+6144', '1E+6144|1E-6144'):
    a, b = map(Decimal, text.split('|'))
    binary('add', a, b)
    binary('subtract', a, b)
for text in ('1E+3100|1E+3044', '1E+3100|1E+3045', '1E-3100|1E-3044', '1E-3100|1E-3045', '9' * 38 + '|' + '9' * 38, '-9E+3072|9E+3072',
             '0E+6000|1E+6000', '1E+19|1E+19', '4611686018427387904|4611686018427387904'):
    a, b = map(Decimal, text.split('|'))
    binary('multiply', a, b)
for text in ('1|3', '2|3', '-1|3', '1|8', '1|1E-6144', '1|1E+6144', '1E-6144|10', '1|7E+6107', '1000|10', '100|1E+2', '5|2E+1', '1|' + '9' * 38,
             '9' * 38 + '|1E-37', '2.40|2', '1.00|0.5', '6.02E+23|2', '1E+20|3E-20'):
    a, b = map(Decimal, text.split('|'))
    binary('divide', a, b)
    binary('remainder', a, b)

ROUNDINGS = (ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_DOWN, ROUND_UP, ROUND_FLOOR, ROUND_CEILING)


def rounded(d, places, which):
    try:
        result = bounded(d.quantize(Decimal((0, (1,), -places)), ROUNDINGS[which], context()))
    except InvalidOperation:
        result = 'EDOM' if d.is_infinite() else 'ERANGE'
    if abs(places) > LIMIT:
        result = 'ERANGE'
    show('round', d, f'{places}:{which}', result)


for which in range(7):
    for text in ('2.5', '3.5', '-2.5', '-3.5', '2.51', '2.49', '-2.51', '0.5', '-0.5', '0.05', '99.5', '2', '-0.0', '1E+2', '149', '150', '151',
                 '99999999999999999999999999999999999999', '9.9999999999999999999999999999999999999'):
        rounded(Decimal(text), random.choice([0, 0, 0, 1, -1, -2]), which)
        rounded(Decimal(text), 0, which)
    for _ in range(20):
        d = number()
        rounded(d, -d.as_tuple().exponent - random.choice([-2, -1, 0, 1, 2, 5, 19, 37, 38, 39, 40]), which)
for text, places in (('1', 37), ('1', 38), ('0', 100), ('0', 6144), ('0', 6145), ('1E+6144', -6144), ('5E+6143', -6144), ('1', 6144), ('1', -6144),
                     ('Infinity', 2), ('NaN', 2), ('123.456', 2), ('9.999', 2)):
    rounded(Decimal(text), places, 0)

SAMPLES = EDGES + [number() for _ in range(24)] + [number(random.randint(1, 6), random.randint(-12, 8)) for _ in range(24)]
for d in SAMPLES:
    show('plain', d, '-', format(d, 'f'))
    c = context()
    normal = c.normalize(d)
    show('normalize', d, '-', bounded(normal) if not d.is_nan() else 'NaN')
    show('negate', d, '-', c.minus(d))
    show('absolute', d, '-', c.abs(d))
    if d.is_finite():
        show('digits', d, '-', len(d.as_tuple().digits))
        show('double', d, '-', float(d).hex())
        show('int', d, '-', int(d) if -2**63 <= int(d) < 2**63 else 'ERANGE')
    if not d.is_nan():
        show('sign', d, '-', (d > 0) - (d < 0))
for text in ('0.1', '123456789012345678', '9007199254740993', '9007199254740992.5', '1.7976931348623157E+308', '1.7976931348623158E+308',
             '5E-324', '2E-324', '2.2250738585072011E-308', '0.30000000000000000000000000000000000001', '8.5E+22', '1E+23', '9007199254740991E-22'):
    show('double', Decimal(text), '-', float(Decimal(text)).hex())
for text in ('1.9', '-1.9', '9223372036854775807', '9223372036854775807.9', '9223372036854775808', '-9223372036854775808',
             '-9223372036854775809', '922337203685477580E+1', '1E+18', '1E+19', '1E-40', '12345E-3'):
    d = Decimal(text)
    show('int', d, '-', int(d) if -2**63 <= int(d) < 2**63 else 'ERANGE')

PLAIN = [d for d in SAMPLES if not d.is_nan()]
for a in PLAIN:
    for b in random.sample(PLAIN, 1) + [a.normalize(context()) if a.is_finite() else a, -a]:
        if len(b.as_tuple().digits) <= 38:
            show('compare', a, b, (a > b) - (a < b))
            show('hash', a, b, 'same' if a == b else 'other')

for text in ('12', '-1.50', '+3', '1e3', '1E-3', '.5', '5.', '-.5', '00012.00', ' 7 ', '\t7\n', '1_000', '1_000.000_1', '_1', '1__2', '1e1_0', 'inf', '-inf', '+Infinity',
             'INFINITY', 'nan', 'NaN', 'infin', 'nan1x', '', ' ', '.', '-', 'e5', '1e', '1e+', '1.2.3', '0x10', '1 2', '--1', '+-1', '1,5', '1e5.0',
             '0', '-0', '-0.00', '0e10', '000', '9' * 38, '9' * 39, '0' * 60 + '1', '0.' + '0' * 60 + '1', '1' + '0' * 38, '1e6144', '1e6145', '1e-6144', '1e-6145',
             '0.1e-6143', '0.1e-6144', '10e6144', '0e7000', '0e-7000', '1e99999', '1e-99999', '1e999999999999999999999999', '-1e-999999999999999999999999',
             '0e999999', '1.' + '0' * 37, '1.' + '0' * 38, 'sNaN', '-snan', '1\\', '١', '1e٣', 'i', 'in', 'n', 'na'):
    try:
        if text.lower().lstrip('-') == 'snan' or not text.isascii():        # Python takes these; we do not
            raise InvalidOperation
        if len(text) > 20 and 'e9999' in text or 'e-9999' in text:
            result = 'ERANGE'
        else:
            result = bounded(Decimal(text))
    except InvalidOperation:
        result = 'EINVAL'
    show('parse', text.replace('\\', '\\\\').replace('\t', '\\t').replace('\n', '\\n'), '-', result)
