#!/usr/bin/python3 -P
"""Prints tests/data/env_files.tsv: .env files as python-dotenv (Debian's python3-dotenv) reads them.

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN:
  text override faults name value name value …      (values begin with =; - is a name without a value)
faults is how many statements cannot be read. The environment has OUT=side and a=outer. Texts with = and white space before
a #, and those with a byte order mark, are left out: later versions of python-dotenv read them otherwise, and tests/env has
them in a table. So are names with a =, which no environment can have.
"""
import os
import random
import re
import tempfile
from dotenv.main import resolve_variables
from dotenv.parser import parse_stream

os.environ["OUT"] = "side"
os.environ["a"] = "outer"

def escape(text):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in text.encode())

def row(text, override):
    if re.search(r"=[^\S\r\n]+#", text) or text.startswith("\ufeff"):
        return
    with tempfile.NamedTemporaryFile("w", suffix=".env", newline="", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        with open(file.name, encoding="utf-8") as opened:
            bindings = list(parse_stream(opened))
    if any(b.key and "=" in b.key and b.value is not None for b in bindings):
        return
    faults = sum(b.error for b in bindings)
    pairs = [(b.key, b.value) for b in bindings if b.key is not None]
    fields = [escape(text), str(int(override)), str(faults)]
    for name, value in resolve_variables(pairs, override=override).items():
        fields += [escape(name), "-" if value is None else "=" + escape(value)]
    if len(fields) <= 11:
        print(*fields, sep="\t")

corpus = [
    "", "a=b", "'a'=b", "[=b", " a = b ", "export a=b", " export 'a'=b", "# a=b", "a=b#c", "a=b #c", "a=#b", "a=b\t#c",
    "a=b c",
    "a=b\tc", "a=b  c", "a=b\u00a0 c", "a=b c ", "a='b c '", 'a="b c "', "export exported=1", "export p=8", 'a="b\nc"',
    "a='b\nc'",
    'a="b\\nc"', "a='b\\nc'", 'a="b\\"c"', "a='b\\'c'", "a=à", 'a="à"', "bare", "a: b", "a=b\nc=d", "a=b\rc=d", "a=b\r\nc=d",
    "a=\nb=c", "\n\n", "a=b\n\n", "a=b\n\nc=d", 'a="\nb=c', '# comment\na="b\nc"\nd=e\n', "a=b\n# comment 1",
    "# comment 1\n# comment 2",
    'odd[%$="w#rd" #\nx=y', "export", "export=1", "export =1", "=b", "a", "a=", "'a=b", "''=b", "'a b'=c", "a='b' c",
    'a="b"c',
    'a="b" # c', "a='b'#c", 'a="\\\\"', 'a="b\\\\"c"', "a=\"b'c\"", "a='b\"c'", "a='\\t'", 'a="\\a\\b\\f\\n\\r\\t\\v\\x"',
    "a=b=c", "a==b",
    "a=${b}", "b=1\na=${b}", "x=1\ny=${x}${x}", "x=${a}", "x=${OUT}", "x=${NONE:-d}", "x=${OUT:-d}", "x=${NONE}", "x=${}",
    "x=${:-d}", "x=$OUT",
    "x=${OUT", "x=${OUT:d}", "x=$${OUT}", "x='${OUT}'", 'x="${OUT}"', "x=${NONE:-${OUT}}", "x=${NONE:-a}b}",
    "OUT=in\nx=${OUT}",
    "x=1\nx=2\ny=${x}", "x=${x}", "n\nx=${n}", "x=${a b}", "x=${a\n}", "x='1\n2' y=3", "a\u2003=\u2003b", "a=\x0bb",
    "a=b\x85#c", "k=\x1f#",
]
for text in corpus:
    row(text, False)
    row(text, True)

rng = random.Random(7)
pieces = ["a", "b", "OUT", "=", "=", "=", "'", '"', "\\", "\n", "\n", "\r\n", " ", " ", "#", "${", "}", ":-", "${a}",
"${OUT:-x}", "export ",
          "\t", "\u00a0", "é", "\\n", "\\'", '\\"', "x=1\n", "$", ":", "\r"]
for number in range(3000):
    row("".join(rng.choice(pieces) for _ in range(rng.randint(1, 14))), rng.random() < 0.3)
