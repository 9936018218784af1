#!/usr/bin/python3
"""Prints tests/data/codec.tsv: base64, hex, percent and form encoding by Python's standard library.

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN.
  base64 bytes standard url url-padded hex
  quote bytes safe result              unquote text bytes
  form name value result               query text name value name value …
  base62 number text                   base36 number text      (Django's alphabets)
"""
import base64
import random
import string
from urllib.parse import parse_qsl, quote, quote_plus, unquote_to_bytes

def escape(data):
    data = data.encode() if isinstance(data, str) else data
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in data)

def row(*fields):
    print(*(str(f) if isinstance(f, int) else escape(f) for f in fields), sep="\t")

def in_base(number, digits):
    text = ""
    sign, number = ("-", -number) if number < 0 else ("", number)
    while number or not text:
        number, digit = divmod(number, len(digits))
        text = digits[digit] + text
    return sign + text

rng = random.Random(11)
print("# Python's base64 and urllib.parse: made by tests/oracle/codec.py")
for size in list(range(0, 40)) + [63, 64, 65]:
    data = rng.randbytes(size)
    url = base64.urlsafe_b64encode(data)
    row("base64", data, base64.b64encode(data), url.rstrip(b"="), url, data.hex())
for data in (b"\xff" * 9, b"\xfb\xef\xbe" * 3, bytes(12)):
    url = base64.urlsafe_b64encode(data)
    row("base64", data, base64.b64encode(data), url.rstrip(b"="), url, data.hex())

TEXTS = ["", "plain", "a b+c", "é ü", "日本語", "/path/to?x=1&y=2#z", "100%", "~-_.", "a\tb\nc", "\"<>'()*!", "=&;+ %", "\x00\x7f"]
for text in TEXTS + [rng.randbytes(24), bytes(range(128, 160)), bytes(range(33, 127))]:
    for safe in ("", "/", "/:?#[]@!$&'()*+,;=", "~%"):
        row("quote", text, safe, quote(text, safe))
for text in ["", "plain", "%41%42", "%e4%B8%ad", "%", "%%", "%4", "%4g", "%g4", "a%", "%%41", "%2541", "+", "%00", "é%20",
        "%C3%A9%", "%aF%Fa", "100%25"]:
    row("unquote", text, unquote_to_bytes(text))
for name in ("a", "a b", "é&=", ""):
    for value in TEXTS:
        row("form", name, value, quote_plus(name) + "=" + quote_plus(value))
QUERIES = ["", "a=1", "a=1&b=2", "a", "a=", "=a", "=", "&", "&&a=1&&", "a=1&a=2", "a=b=c", "a+b=c+d", "a%20b=%26%3D",
        "%=%&%2=%zz", "a;b=1;c", "a=%2B+%2b",
           "n%C3%A9e=%E2%82%AC", "a&b&c=", "a=1&", "&a", "x=%00", "%3d=%3D", "==", "a==b", "é=ü"]
for text in QUERIES + ["".join(rng.choice("ab=&+%20") for _ in range(20)) for _ in range(60)]:
    plain = text.encode().decode("latin-1")              # bytes as characters: their text form is another's business
    fields = [f.encode("latin-1") for pair in parse_qsl(plain, keep_blank_values=True, encoding="latin-1") for f in pair]
    if len(fields) <= 10:
        row("query", text, *fields)

NUMBERS = [0, 1, 9, 10, 35, 36, 61, 62, 1234567, 1 << 31, 1700000000, (1 << 63) - 1] + [rng.getrandbits(b) for b in range(4,
        64, 5)]
for number in NUMBERS + [-1, -62, -(1 << 63)]:
    row("base62", number, in_base(number, string.digits + string.ascii_uppercase + string.ascii_lowercase))
for number in NUMBERS:
    row("base36", number, in_base(number, string.digits + string.ascii_lowercase))
