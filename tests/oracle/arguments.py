#!/usr/bin/python3
"""Prints tests/data/arguments.tsv: command lines as Python's argparse reads them.

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN.
  table words values        each word and each value ends with \\x1f; values is "error" where argparse refuses the words

Options between the words are read with parse_intermixed_args, as newer versions of argparse do by themselves. Left out is what
argparse changed since 3.11: -1e5 as a number, a value behind = in a bundle of flags, words on both sides of -- that it misplaces.
"""
import argparse
import random
import re

class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise ValueError(message)

def options():
    p = Parser(add_help=False)
    p.add_argument("path")
    p.add_argument("rest", nargs="*")
    p.add_argument("-n", "--name")
    p.add_argument("-l", "--limit", type=int, default=1000)
    p.add_argument("--line-length", type=int, default=0)
    p.add_argument("-r", "--ratio", type=float, default=0.5)
    p.add_argument("-d", "--dry-run", action="store_true")
    p.add_argument("-v", "--verbose", action="store_true")
    p.add_argument("--input", action=argparse.BooleanOptionalAction, default=True)
    p.add_argument("-i", "--ignore", action="append", default=[])
    p.add_argument("-o", "--output", choices=["json", "xml", "jsonl"], default="json")
    return p

def words():
    p = Parser(add_help=False)
    p.add_argument("first")
    p.add_argument("second", nargs="?", default="none")
    p.add_argument("rest", nargs="*")
    p.add_argument("last")
    p.add_argument("-x", action="store_true", dest="x")
    p.add_argument("--needed", type=int, required=True)
    return p

def digits():
    p = Parser(add_help=False)
    p.add_argument("number", nargs="?", default="0")
    p.add_argument("-1", "--one", action="store_true")
    p.add_argument("-2", "--two", type=int, default=0)
    p.add_argument("--no-three", action="store_false", dest="three", default=True)
    return p

TABLES = {"options": options, "words": words, "digits": digits}
TOKENS = {
    "options": """a b list.csv 5 -5 -.5 x=y - -- --name --name=ada --name= --nam --na=x --n -n -nada -n=ada -n= --limit --limit=7
        --lim --li --l -l -l7 -l-7 -l=7 --limit=x --limit=1.5 -r -r.25 --ratio=1e3 --ratio=x --dry-run --dry --dry-run=1 -d -v -dv
        -vd -dvl3 -dvn -dx -vnada --verbose --v --input --no-input --no --inp --no-inp --in --i --ignore --ignore=*.o -i -i*.c -ix
        --output --output=xml --output=jso -oxml -ojsonl --out --unknown -q -qd ---name --=x""".split()
        + ["", "a b", "-a b", "--a b", "-n x", "--name x", "é"],
    "words": "a b c d e -x --needed --needed=1 --need=2 --needed=x 3 -4 -- --other - -y".split() + [""],
    "digits": "-1 -2 -25 -12 -127 --one --on --two=-2 --two -3 3 -.5 --no-three --no --three -- x".split(),
}

def left_out(argv):
    before = argv[:argv.index("--")] if "--" in argv else argv
    new_numbers = [a for a in before if re.match(r"-\.?\d", a) and not re.match(r"-\d+$|-\d*\.\d+$|-[12]", a)]
    return new_numbers or any(re.match(r"-[a-z]+=", a) and not re.match(r"-[nlrio]=", a) for a in before)

def read(table, argv):
    try:
        return vars(TABLES[table]().parse_args(argv))
    except ValueError:
        pass
    if "--" in argv:
        return None
    try:
        return vars(TABLES[table]().parse_intermixed_args(argv))
    except ValueError:
        return "error"

def show(value):
    if isinstance(value, list):
        return "[" + ",".join(value) + "]"
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)

def escape(text):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in text.encode())

def row(table, argv):
    if left_out(argv) or argv.count("--") > 1:
        return
    values = read(table, argv)
    if values is None or values == "error" and "--" in argv:
        return
    order = [a.dest for a in TABLES[table]()._actions]
    text = values if values == "error" else "".join(show(values[name]) + "\x1f" for name in order)
    print(table, escape("".join(a + "\x1f" for a in argv)), escape(text), sep="\t")

rng = random.Random(5)
print("# Python's argparse: made by tests/oracle/arguments.py")
for table, tokens in TOKENS.items():
    begin = ["--needed", "1", "p"] if table == "words" else ["p"] if table == "options" else []
    seen = [[], begin] + [lead + [token] + trail for token in tokens for lead in ([], begin) for trail in ([], ["z"])]
    for _ in range(400):
        argv = [rng.choice(tokens) for _ in range(rng.randrange(1, 6))]
        seen += [argv, begin + argv]
    for argv in [a for i, a in enumerate(seen) if a not in seen[:i]]:
        row(table, argv)
