#!/usr/bin/python3
"""Prints tests/data/json.tsv: how Python's json module reads and writes.

Usage: tests/oracle/json.py > tests/data/json.tsv

Columns: style, document, expected. The document is read with json.loads() and written with the options that the style names.
In the fields a backslash stands before a backslash, and tab, newline and carriage return are \\t, \\n and \\r."""
import sys
del sys.path[0]                                             # this file is no module named json
import json
import random

STYLES = {
    "plain": {},
    "utf8": dict(ensure_ascii=False),
    "compact": dict(separators=(",", ":")),
    "sorted": dict(sort_keys=True),
    "indent2": dict(indent=2),
    "indent4": dict(indent=4, sort_keys=True, ensure_ascii=False),
    "indentcompact": dict(indent=1, separators=(",", ":")),
    "html": {},
    "utf8html": dict(ensure_ascii=False),
}
# As django.utils.html.json_script() does to what its encoder wrote.
HTML = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}

DOCUMENTS = [
    "null", "true", "false", "0", "-0", "-0.0", "1", "-1", " 42 ", '""', '"a"', "[]", "{}", "[[]]", "[{}]", '{"":""}', "[ ]", "{ }",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
    "18446744073709551616", "99999999999999999999", "123456789012345678901234567890", "-123456789012345678901234567890",
    "1.0", "1.5", "0.1", "1e5", "1E5", "1e+5", "1e-5", "0.0001", "0.00001", "1e16", "1e15", "123456789.123456789", "1e22", "1e23",
    "5e-324", "2.2250738585072014e-308", "1.7976931348623157e308", "1e-400", "0e0", "0.0e-99", "9007199254740993.0",
    "0.30000000000000004", "100000000000000000000.0", "3.141592653589793238462643383279502884197",
    "[1,2,3]", "[1, [2, [3, [4]]]]", '{"a":1,"b":[true,false,null]}', '{"a":1,"a":2}', '{"b":1,"a":2,"b":3}',
    '{"z":1,"a":{"y":[],"b":{}},"m":[{"k":1},[]]}', '{"é":1,"z":2,"\U0001d11e":3,"\uffee":4,"A":5,"":6}',
    r'"\"\\\/\b\f\n\r\t"', r'"\u0000\u0001\u001f\u0020\u007f\u0080\u00e9\u2028\uffff"', r'"\ud834\udd1e"', r'"\uD83D\uDE00x"',
    '"\x7f"', '"é"', '"日本語のテキスト"', '"\U0001f600"', '"a\u2028b\u2029c"', '"0123456é"', '"01234567é"', '"012345678\\n"',
    '"<script>alert(\'1 & 2\')</script>"', '"a<b"', '{"<k>":"&"}', '"x&y\\u003cz"', '"\\/"',
    '\n\t{ "a" :\r\n [ 1 ,\t2 ] }\n', '[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]', '[" ","\\u0020"]', '{"a":{"b":{"c":{}}}}',
    '[1.0,-1.5e-7,1e100,12345678901234567,0.1e1]', '["\\u00e9\\u00E9"]', '[true,[],null,{},"",0]',
]

def escape(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")

def made(source, depth):
    kind = source.randrange(9 if depth < 4 else 6)
    if kind == 0:
        return source.choice([None, True, False])
    if kind == 1:
        return source.randrange(-10**source.randrange(1, 25), 10**source.randrange(1, 25))
    if kind == 2:
        return source.uniform(-1, 1) * 10.0**source.randrange(-20, 30)
    if kind < 6:
        return "".join(chr(source.choice([source.randrange(0, 128), source.randrange(97, 123), source.randrange(0xa0, 0xd7ff),
                                          source.randrange(0xe000, 0x110000)])) for _ in range(source.randrange(0, 24)))
    if kind == 6:
        return [made(source, depth + 1) for _ in range(source.randrange(0, 6))]
    return {"k%d" % source.randrange(20): made(source, depth + 1) for _ in range(source.randrange(0, 6))}

def row(style, document):
    text = json.dumps(json.loads(document), **STYLES[style])
    print(style, escape(document), escape(text.translate(HTML) if "html" in style else text), sep="\t")

for document in DOCUMENTS:
    row("plain", document)
for document in DOCUMENTS:
    if any(c in document for c in '{["'):
        for style in list(STYLES)[1:]:
            row(style, document)
source = random.Random(7)
for i in range(60):
    row(list(STYLES)[i % len(STYLES)], json.dumps(made(source, 0), ensure_ascii=i % 2 == 0))
