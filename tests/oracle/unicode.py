#!/usr/bin/python3
"""Prints tests/data/unicode.tsv: what Python's str and unicodedata make of text.

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN.
  NAME input output          a function's result; the text as UTF-8, for `repair` any bytes
  assigned first last        code points that Python's version of Unicode knows (without surrogates and private ones)
  hash NAME first hash       FNV-1a of the results for all assigned code points of the 4096 from `first`, each before a 0xFF
"""
import random
import unicodedata

def escape(data):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in data)

def strip(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))

FUNCTIONS = {
    "casefold": str.casefold, "lower": str.lower, "upper": str.upper, "strip": strip,
    **{form.lower(): (lambda form: lambda text: unicodedata.normalize(form, text))(form) for form in ("NFC", "NFD", "NFKC",
        "NFKD")},
}
CLASSES = lambda c: "".join("01"[f] for f in (c.isalpha(), c.isdigit(), c.isspace(), c.isprintable()))

def fnv(parts):
    value = 0xCBF29CE484222325
    for part in parts:
        for byte in part + b"\xff":
            value = (value ^ byte) * 0x100000001B3 & (1 << 64) - 1
    return value

def ranges(points):
    first = last = None
    for c in points:
        if last is not None and c == last + 1:
            last = c
            continue
        if last is not None:
            yield first, last
        first = last = c
    yield first, last

TEXTS = [
    "", "plain", "Hello, World! 123 @[`{", "Straße", "ŒUVRE œuvre", "ﬁnancial ofﬁce", "İstanbul ıIiİ",
        "ΣΑΣ ΟΔΥΣΣΕΥΣ Σ AΣ. Σ.A aΣ'b",
    "A\u0301Σ\u0301 B", "Σ1 AΣ1 1Σ \u00aaΣ Ⓐ\u03a3 ʰΣ Aʰ\u03a3ʰ Aʰ\u03a3ʰB", "ǅ ǆ Ǆ ŉ ǰ ᾳ ᾼ ᾈ ΐ և", "ẞß", "e\u0301\u0323",
        "e\u0323\u0301", "é", "Å Å A\u030a",
    "한글 각", "가각힣 ᄀ\u1161 \u1100\u1161\u11a8", "ﷺ", "①² ½ ﬀ", "क़ ড়", "\u0344", "\u2126", "q\u0307\u0323\u0307", "ệ ế",
        "日本語ﾃｽﾄ", "\U0001d15e \U0002f800",
    "\u0958\u0301", "a\u0315\u0300\u05ae\u0062", "\u0301\u0301 alone first", "Ĳ ĳ Ⅷ ⅷ", "𐐀𐐨", "Ꭰ ꭰ Ა ა", "\u1e9b\u0323", "𝒜 𝕬",
]

def texts():
    yield from TEXTS
    rng = random.Random(7)
    marks = [chr(c) for c in (0x300, 0x301, 0x307, 0x308, 0x316, 0x323, 0x327, 0x338, 0x345, 0x5B0, 0x3099, 0x1161, 0x11A8,
        0x94D)]
    letters = list("aAeEiIoSsΣσςΙαβωΩİıßé. 'ĳ가1ᾳเกか") + ["\u1100", "\ufb03", "\u0915", "\u1e9b", "\u212b", "\U0001f600"]
    for _ in range(60):
        yield "".join(rng.choice(marks) if rng.random() < 0.5 else rng.choice(letters) for _ in range(rng.randint(1, 14)))

def broken():
    yield from (b"", b"ok", b"\xff", b"a\x80b", b"\xc0\x80", b"\xc1\xbf", b"\xe0\x80\x80", b"\xe0\xa0", b"\xed\xa0\x80",
        b"\xed\x9f\xbf", b"\xf0\x8f\xbf\xbf",
                b"\xf0\x90\x80", b"\xf4\x90\x80\x80", b"\xf4\x8f\xbf\xbf", b"\xf5\x80\x80\x80", b"\xe4\xb8", b"\xe4\xb8x",
        b"\xf0\x9f\x98", b"\xf0\x9f\x98x", b"\xf0\x9f",
                b"\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41", b"0123456789abcdef0123456789abcdef\x80", b"\xef\xbf\xbd",
        b"\xc3\xa9\xc3", b"\xfe\xfe\xff\xff")
    rng = random.Random(5)
    pool = [b"a", b"\x80", b"\xbf", b"\xc2", b"\xc3\xa9", b"\xe0", b"\xe2\x82\xac", b"\xe2\x82", b"\xed", b"\x9f", b"\xa0",
        b"\xf0\x9f\x98\x80", b"\xf0\x9f", b"\xf4", b"\x8f", b"\x90", b"\xf8"]
    for _ in range(80):
        yield b"".join(rng.choice(pool) for _ in range(rng.randint(2, 12)))

print("# Python, Unicode %s: made by tests/oracle/unicode.py" % unicodedata.unidata_version)
for text in texts():
    for name, function in FUNCTIONS.items():
        print(name, escape(text.encode()), escape(function(text).encode()), sep="\t")
for data in broken():
    print("repair", escape(data), escape(data.decode("utf-8", "replace").encode()), sep="\t")
assigned = [c for c in range(0x110000) if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co")]
for first, last in ranges(assigned):
    print("assigned", first, last, sep="\t")
for first in range(0, 0x110000, 4096):
    points = [chr(c) for c in assigned if first <= c < first + 4096]
    if points:
        for name, function in {**FUNCTIONS, "classes": CLASSES}.items():
            print("hash", name, first, "%016x" % fnv(function(c).encode() for c in points), sep="\t")
