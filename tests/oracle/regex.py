#!/usr/bin/python3
"""Prints tests/data/regex.tsv: what Python's re makes of patterns.

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN. Flags are letters of imsxa.
  match how pattern flags text result    how: search, match or fullmatch; result: - or the groups' places in bytes: 0-4,-,2-3
  all pattern flags text result…         finditer(): the places of all matches, at most six
  sub pattern flags with text most result
  names pattern flags result             name=number …
  refused pattern flags                  Python raises re.error
  escape text result
"""
import random
import re
import warnings

warnings.simplefilter("ignore")

def escape(data):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in data.encode())

def row(*fields):
    print(*(escape(str(f)) for f in fields), sep="\t")

def flags_of(letters):
    value = 0
    for letter in letters:
        value |= {"i": re.I, "m": re.M, "s": re.S, "x": re.X, "a": re.A}[letter]
    return value

def places(m, text):
    if m is None:
        return "-"
    def at(i):
        return len(text[:i].encode())
    return ",".join("-" if m.start(i) < 0 else "%d-%d" % (at(m.start(i)), at(m.end(i))) for i in range(m.re.groups + 1))

def match(pattern, texts, flags="", hows=("search", "match", "fullmatch")):
    compiled = re.compile(pattern, flags_of(flags))
    for text in texts:
        for how in hows:
            row("match", how, pattern, flags, text, places(getattr(compiled, how)(text), text))

print("# Python's re: made by tests/oracle/regex.py")

URL = r"articles/(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<slug>[-a-zA-Z0-9_]+)/"
match(URL, ["articles/2026/11/a-day-in-winter/", "articles/2026/11/x/comments/", "articles/26/11/x/", "/articles/2026/1/x/", ""])
match("a|ab", ["ab", "a", "abc", "xab", "b", ""])
match(r"^x\Z", ["x", "x\n", "xx", "\nx"])
match("x$", ["x", "x\n", "x\n\n", "xy", "y\nx"])
match("^x$", ["x", "a\nx\nb", "a\nx\n", "\nx"], "m")
match("a.c", ["abc", "a\nc", "a\rc", "aéc", "a\u2028c"])
match("a.c", ["abc", "a\nc", "a\rc"], "s")
match("(?s)a.c", ["a\nc"])
match("(?i)straße É", ["STRAßE é", "strasse É"])
match("k", ["K", "\u212a", "k"], "i")
match(r"\d+", ["42", "٤٢", "x7", "²", "Ⅷ"])
match(r"\d+", ["42", "٤٢", "x7"], "a")
match(r"\w+", ["naïve", "x_1-y", "日本語", "!?", "é"])
match(r"\w+", ["naïve", "x_1-y", "日本語", "é"], "a")
match(r"(?a)\w+", ["naïve", "é"])
match(r"(?u)\w+", ["é"])
match(r"\s", [" ", "\u00a0", "\u2003", "\t", "\v", "x", "\x85"])
match(r"\s", [" ", "\u00a0", "\v"], "a")
match(r"\bé\b", ["é", "éa", "é é"])
match(r"\bé", ["é", " é"], "a")
match(r"a\vb|\x41\u00e9\U0001F600|\07\101\x00", ["a\vb", "Aé\U0001F600", "\x07A\x00", "a\x0ab"])
match(r"[\v\x41\u00e9\101\0]+", ["\vAé\0", "a"])
match("[[:alpha:]]", ["a]", ":]", "[]", "x"])
match("[]a]+|[^]b]+x", ["]a]", "ccx", "b]"])
match("x{,2}y", ["y", "xy", "xxy", "xxxy", "x{,2}y"])
match("x{2,}y|z{3}|w{1,2}", ["xxy", "xxxxy", "zzz", "www"])
match("x{}y|x{a}|x{,|x{2|{", ["x{}y", "x{a}", "x{,", "x{2", "{"])
match("x{,}y", ["y", "xxxy"])
match(r"(a)(b)?(c)?", ["a", "ab", "ac", "abc", "xa"])
match(r"(a)|(b)", ["a", "b"])
match(r"(?P<q>['\"])(?P<text>.*?)(?P=q)", ["say 'hi' now", "\"it's\"", "'open"])
match(r"(.)\1|(x)(y)\3", ["aab", "xyy", "abc"])
match(r"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10", ["abcdefghijj", "abcdefghija0"])
match(r"(a)?(?(1)b|c)", ["ab", "c", "ac", "b"])
match(r"(?P<R>a)?(?(R)b|c)", ["ab", "c"])
match(r"(?P<DEFINE>a)?(?(DEFINE)b|c)x", ["abx", "cx"])
match(r"(?<=a)b|(?<!a)c|d(?=e)|f(?!g)", ["ab", "b", "ac", "xc", "de", "df", "fg", "fh"])
match(r"(?>a+)ab|c++c|d*+e", ["aab", "ccc", "dde"])
match(r"(?i:a)b(?-i:c)", ["Abc", "ABc", "AbC"])
match(r"(?i:a(?-i:b))c", ["ABc", "AbC", "Abc"])
match("a b # the (rest [ is\n c", ["abc", "a b c"], "x")
match("(?x) a  b#)\n", ["ab", "a b"])
match(r"a[ #]b\ c\#d", ["a b c#d", "a#b c#d", "abc"], "x")
match("a # x\n b", ["ab", "a # x\n b"])
match("(?x: a b # (\n) c d", ["ab c d", "abcd"])
match("(?x)(?-x: a)b", [" ab", "ab"])
match("a(?#comment [ ( )b+", ["abb", "a"])
match("(?P<größe>é+)", ["éé"])
match("\\é\\-\\ \\/", ["é- /"])
match("(?:)", ["", "a"])
match("", ["", "a"])
match(r"\A\w+\b\B", ["", "ab"])
match("a.*b", ["xaxbxb", "a\nb"])
match("日(.)語", ["日本語", "x日本語y"])

def every(pattern, texts, flags=""):
    compiled = re.compile(pattern, flags_of(flags))
    for text in texts:
        row("all", pattern, flags, text, *[places(m, text) for m in compiled.finditer(text)][:6])

every("x*", ["", "xx", "axb", "éxé", "xxaxx"])
every("a|", ["aba", ""])
every(r"\b", ["ab cd", "", "é a"])
every("^", ["a\nb\n", "", "\n"], "m")
every("$", ["a\nb\n", "a", ""], "m")
every("$", ["a\n", "a"])
every(r"(?P<w>\w)(\d)?", ["a1 b c2"])
every("(?<=a)b?", ["abab"])

def sub(pattern, replacement, texts, flags="", most=0):
    compiled = re.compile(pattern, flags_of(flags))
    for text in texts:
        row("sub", pattern, flags, replacement, text, most, compiled.sub(replacement, text, count=most))

sub("x*", "-", ["abxd", "", "xx", "éx"])
sub(r"(\w+) (\w+)", r"\2 \1", ["hello world", "one", "a b c d"])
sub(r"(?P<a>\w)(?P<b>\d)?", r"[\g<b>\g<a>\g<0>\g<1>0]", ["a1b", "é"])
sub("a", r"\n\t\\\-\060\101\07", ["aba"])
sub("a", "", ["banana"], most=2)
sub(r"\s+", " ", ["a  b\u00a0\n c"])
sub("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)", r"\11\1\10", ["abcdefghijk"])
sub("b", "日本", ["abc"])

for pattern in (URL, "(a)(?P<b>c)(?:d)(?P<a>e)", "x"):
    row("names", pattern, "", " ".join("%s=%d" % pair for pair in re.compile(pattern).groupindex.items()))

for pattern in [
        "(", ")", "a)", "(a", "[", "[a", "[]", "*", "a**", "+a", "?", "a|*", "(*UTF)a", "(*NO_JIT)a",
        "(*LIMIT_MATCH=9)a", "(?P<a>x)(?P<a>y)", "(?P<1a>x)", "(?P<>x)", "(?P<a", "(?P=nope)", "(?P>a)", "(?Pa)",
        "(?<a>x)", "(?'a'x)", "(?R)", "(?1)", "(?&a)", "(?|a|b)", "(?C)", "(?C1)", "(?^i)", "(?i", "(?iz)",
        "(?z:a)", "(?-i)", "(?U)a", "(?J)a", "(?n)a", "a(?i)b", "(a|(?i)b)", "(?", "(?#", "(?(", "(?(1",
        "(?()a)", "(?(a-b)c)", "(?(1)a)", "(?(nope)a)", "\\", "a\\", "[\\", r"\q", r"\C", r"\K", r"\G", r"\R",
        r"\X", r"\Qa\E", r"\h", r"\H", r"\N", r"\p{L}", r"\e", r"\cA", r"\o{1}", r"\g{1}", r"\k<a>", r"\x4",
        r"\x{41}", r"\u12", r"\U0001F60", r"[\q]", r"[\Z]", r"[\A]", r"[\8]", r"\400", r"\1", r"(a)\2", "[b-a]",
        "x{3,2}", "(?<=a+)b", "(?<=a|bc)b"]:
    try:
        re.compile(pattern)
        if pattern not in ("(?<=a|bc)b",):
            raise SystemExit("Python takes " + pattern)
    except re.error:
        if pattern != "(?<=a|bc)b":                      # each branch of its own width: PCRE2 takes it
            row("refused", pattern, "")

for text in ["", "a.b", "()[]{}?*+-|^$\\.&~# \t\n\r\v\f", "é_1,;:!\"%'/<>=@`", "日\0"]:
    row("escape", text, re.escape(text))

# Patterns at random over a small alphabet: what both make of the same text.
rng = random.Random(5)

def atom(depth):
    kind = rng.randrange(12)
    if kind < 4 or depth == 0:
        return rng.choice("abc")
    if kind < 6:
        return rng.choice([".", "[ab]", "[^a]", "\\w", "\\b", "^", "$", "a{1,2}", "(?=a)", "(?!b)"])
    inner = alternatives(depth - 1)
    return rng.choice(["(%s)", "(?:%s)", "(?:%s)?", "(%s)*", "(?:%s)+?", "(?:%s){,2}"]) % inner

def alternatives(depth):
    return "|".join("".join(atom(depth) + rng.choice(["", "", "", "?", "*", "+"]) if rng.random() < 0.5 else atom(depth)
                            for _ in range(rng.randrange(1, 4))) for _ in range(rng.choice([1, 1, 2])))

made = 0
while made < 150:
    pattern = alternatives(2)
    try:
        compiled = re.compile(pattern)
    except re.error:
        continue
    made += 1
    text = "".join(rng.choice("aabbc\n") for _ in range(rng.randrange(0, 9)))
    for how in ("search", "fullmatch"):
        m = getattr(compiled, how)(text)
        row("match", how, pattern, "", text, "-" if m is None else "%d-%d" % m.span() + ",?" * compiled.groups)
