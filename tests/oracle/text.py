"""Prints tests/data/text.tsv: vectors for html.h, text.h and format.h, from Django's utilities and Python's library.

    /usr/bin/python3 tests/oracle/text.py DIRECTORY_OF_DJANGO > tests/data/text.tsv

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN. First field: the function;
last: its result ("!" where it raises); between: its arguments.

The vectors kept were made with Debian's Django 3.2 in which what changed since was brought to the behaviour of 6.1 by hand, from its
sources: escapejs (C1 controls), json_script, smart_urlquote, urlize, Truncator, wrap, timesince, the year of dateformat; and with
html.parser and urllib.parse brought to Python 3.14's and 3.13's. With an unchanged 3.2 the rows of these functions differ, and
urlize has no https.
"""
import sys

sys.path.pop(0)     # modules here are called like those of the library
if len(sys.argv) > 1:
    sys.path.insert(0, sys.argv[1])

import html as python_html
import random
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

settings.configure(USE_TZ=True, TIME_ZONE="UTC", USE_L10N=True, USE_I18N=False)

from django.utils import dateformat, html, numberformat, text, timesince
from django.utils.http import escape_leading_slashes, urlencode

rng = random.Random(23)


def escape(field):
    data = field.encode() if isinstance(field, str) else str(field).encode()
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in data)


def row(*fields):
    print(*(escape(field) for field in fields), sep="\t")


def result(run, *arguments, **options):
    try:
        return str(run(*arguments, **options))
    except Exception:
        return "!"


def some(pieces, most, times):
    for _ in range(times):
        yield "".join(rng.choice(pieces) for _ in range(rng.randrange(most)))


print("# Django's utilities as of 6.1, on Python 3.14's html.parser: made by tests/oracle/text.py, which says how")

# -- escaping ------------------------------------------------------------------------------------------------------------------
TEXTS = ["", "plain", "a < b & c > d", "\"it's\"", "&amp; &#39;", "é <日本> ü", "<" * 40, "x" * 50 + "&", "a\nb\tc\r\x00d\x7f",
         "\u2028\u2029`=;-\\", "\x80\x9f\xa0", "</script><!--", "aaaaaaaaaaaaaaa<aaaaaaaaaaaaaaaa>", "'" * 33]
for t in TEXTS + list(some(["<", ">", "&", '"', "'", "abcdef", " ", "é", "x" * 15], 20, 40)):
    row("escape", t, html.escape(t))
for t in TEXTS + [chr(c) for c in range(1, 128)]:
    row("escapejs", t, html.escapejs(t))
NAMES = ["&amp;", "&lt", "&notit;", "&notin;", "&not", "&hellip;", "&NotEqualTilde;", "&eacute;", "&eacute", "&foo;", "&;", "&", "&#39;",
         "&#x27", "&#X1F600;", "&#0;", "&#128;", "&#xD800;", "&#99999999999;", "&#x;", "&#", "&#1;", "&#x80;", "&CounterClockwiseContourIntegral;",
         "&ampamp;", "&a", "&gt=", "&fjlig;", "&zwnj;x", "&#13;", "&#xFDD0;", "&#12", "&&amp;", "&AMP;&copy2"]
for t in NAMES + ["x".join(NAMES)] + list(some(NAMES + ["a", ";", "&", "#"], 12, 40)):
    row("unescape", t, python_html.unescape(t))

# -- HTML ----------------------------------------------------------------------------------------------------------------------
PIECES = ["<p>", "</p>", "<b>", "</b>", "<a href='x'>", '<a title="a > b">', "</a>", "<br>", "<br/>", "<img src=x />", "<!-- c -->", "<!doctype html>",
          "one ", "two", " three four ", "&eacute;", "&amp;", "&#39;", "\n", "é", "a&b ", "<script>", "</script>", "5 < 6 ", "<x y=z/>", "<A HREF=B>", "</A>",
          "<title>", "</title>", "<textarea>", "</textarea>", "<?php ?>", "<![CDATA[ x ]]>", "quote' "]
BROKEN = PIECES + ["<", ">", "&", "</", "<!", "<!--", "-->", "<a b=", '"', "'", "<a b='", "<a b= \"", "/", "=", "<a/b", "</a b='", "</3>", "</>", "&#", "&#x41", "&x-", "&x.y",
                   "<!-->", "<!--->", "--!>", "<a =b>", "<a b=>", "<a/>", "<a / >", "<b'=\"", "<plaintext>", "<!x", "<?", "]]>", "<scr", "ipt>"]
TAGS = ["<p>See: &#39;&eacute; is an apostrophe followed by e acute</p>", "<adf>a", "</adf>a", "<asdf><asdf>e", "hi, <f x", "234<235, right?",
        "a4<a5 right?", "b7>b2!", "</fe", "<x>b<y>", "a<p onclick=\"alert('<test>')\">b</p>c", "a<p a >b</p>c", "d<a:b c:d>e</p>f",
        '<strong>foo</strong><a href="http://example.com">bar</a>', "&gotcha&#;<>", "<sc<!-- -->ript>test<<!-- -->/script>",
        "<script>alert()</script>&h", "><!" + "&" * 200 + "D", "X<<<<br>br>br>br>X", "<" * 50 + "a>" * 50, "<" * 51 + "a>" * 51, ">" + "<a" * 500 + "a",
        "<a" * 49 + "a" * 951, "<" + "a" * 1002, "<a" * 501, "<a" * 50 + "a" * 2000 + ">"]



for t in TAGS + list(some(PIECES, 9, 150)):
    row("strip_tags", t, result(html.strip_tags, t))
for t in some([p for p in BROKEN if "&#" not in p or p in ("&#39;",)], 9, 400):
    row("strip_tags", t, result(html.strip_tags, t))
for t in ["<p>  x</p>  <b>\n\t</b> ", "> <", ">\xa0<", "> x <", ""]:
    row("strip_spaces", t, html.strip_spaces_between_tags(t))
CUTS = ['<p><a href="x">The quick brown fox jumped over the lazy dog.</a></p>', "<p>one <a>two - three <br>four</a> five</p>",
        "<br/>The <hr />quick <em>brown fox</em>", "<p>I &lt;3 python, what about you?</p>", "Buenos d&iacute;as! &#x00bf;C&oacute;mo est&aacute;?",
        "a" * 20, "<p>caf\u0065\u0301 \u0915\u093f x</p>", "<p>'quotes' \"here\"</p>", "", "   ", "<b>x</b>", "<p>one</p> <p>two</p> <p>three</p>",
        "</p></p>one", "<i><b>one</i> two</b> three", "<script>if (a < b) c()</script> done now"]
for t in CUTS + list(some([p for p in PIECES if p != "a&b "], 9, 120)):
    for raw in ("script", "title", "textarea"):     # unfinished ones: html.parser holds their text back
        if t.rfind(f"<{raw}>") > t.rfind(f"</{raw}>"):
            t += f"</{raw}>"
    for most in (1, 3, 10):
        row("words_html", t, most, "", text.Truncator(t).words(most, html=True))
        row("chars_html", t, most, "", text.Truncator(t).chars(most, html=True))
    row("words_html", t, 2, " [more]", text.Truncator(t).words(2, " [more]", html=True))
    row("chars_html", t, 12, "...", text.Truncator(t).chars(12, "...", html=True))
PLAIN = ["The quick brown fox jumped over the lazy dog.", "", "one", "  one   two\n three ", "oo\u0308oo\u0308o", "\u65e5\u672c\u8a9e", "a\u00a0b c", "e\u0301" * 9, "one..."]
for t in PLAIN:
    for most in (-1, 0, 1, 3, 8, 100):
        for end in ("", "...", "%(truncated_text)s [100%%]", "\u0301x"):
            row("chars", t, most, end, text.Truncator(t).chars(most, end or None))
            row("words", t, most, end, text.Truncator(t).words(most, end or None))

# -- links ----------------------------------------------------------------------------------------------------------------------
LINKS = ["http://google.com", "http://google.com/", "www.google.com", "djangoproject.org", "info@djangoproject.org", "https://google.com/?a=1&b=<2>",
         "http://x.com/a_(b)", "(http://x.com/a_(b))", "[see www.a.com]", "see http://x.org/?s=ug&amp;t=1.", "http://example.com/?x=&amp;", "a@b.c", "foo@example.com.",
         "foo@.example.com", "foo@localhost", "foo@localhost.", "foo@example.com!!", "test@example.com:25", "HTTPS://github.com/", "http://", "http:///", "httpx.com",
         "httpbin.org", "www.", "http://[2001:db8:cafe::2]/api", "http://[::1", "http://a]b/", "http://xn--foo-bar.com/", "http://c✶.org/✶?q=✶#✶", "info@c✶.org",
         "http://example.com/quote=%22x%22", "http://hi.baidu.com/%D6%D8", "http://x.com?a=%26b=%3D", "X.COM/a", "a.b.c.net/x", "-a.com", "a-.com", "a..com", ".com", "1.org",
         "google.com,", "www.a.com:;!", "http://x.com/;;", "http://x.com/&amp;;", "http://x.com/&copy;", "http://x.com/&foo;!", "x@y@z.com", "x..y@z.com", "x.@z.com",
         "x@[127.0.0.1]", "x@z.c", "x@z.co-", "x@127.0.0.1", "http://é.com/é", "http://a.com/" + "b" * 2040, "&amp;x.com", "\"http://x.com\"", "'www.x.com'",
         "<http://x.com>", "a:b.com", "mailto:a@b.com", "yes;this=is&a%valid!email@example.com", "http://x.com/)))", "(((www.a.com", "www.a.com)", "):):):", "a.com):)",
         "http://x.com/a)b)", "::::", "....", "@@@", "http://a\uff0fb.com/", "ftp://x.com", "http://user:pw@x.com:80/", "x.com?q=1", "x.com/?q=a b", "http://x.com/\u2028y"]
for t in LINKS + list(some(LINKS[:60] + [" ", " ", ".", "(", ")", "<br>", "\n", ", ", "&lt;", "]", "text ", "\u00a0"], 7, 150)):
    row("urlize", t, 0, html.urlize(t))
    row("urlize", t, 1, html.urlize(t, autoescape=True, nofollow=True))
    row("urlize", t, 2, html.urlize(t, trim_url_limit=12, autoescape=True, https=True))
QUOTES = ["http://öäü.com/", "https://öäü.com/öäü/", "http://example.com/path/öäü/", "http://example.com/%C3%B6/ä/", "http://example.com/?x=1&y=2+3&z=",
          "http://example.com/?x=%3C%3E%22'", "http://example.com/?q=http://example.com/?x=1%26q=django", "http://example.com/?q=http%3A%2F%2Fexample.com%2F%3Fx%3D1%26q%3Ddjango",
          "http://.www.f oo.bar/", "http://example.com#frag%20ment", "//host/path", "path only", "?q", "#f", "", "mailto:a@b", "http:foo", "http:", "HTTP://X.COM", "http://[::1]:80/a",
          "http://[v1.x]/", "http://[vz]/", "http://[1.2.3.4]/", "http://u@[::1]/", " \thttp://x.com/\n", "a\nb", "http://x.com?&&a=1&&b", "http://x/%FF%C3",
          "//", "///a", "x:y:z", "1a:b", "http://a?b?c#d#e", "http://[::1]/?a=%26b=%3D", "http://[::1.2.3.4%25eth0]/?a=%26b", "http://[fe80::1%eth0]:8/?a=%26b", "~!@$&*()_+-={}[]|\\:;'<>?,./"]
for t in QUOTES:
    row("smart_urlquote", t, result(html.smart_urlquote, t))

# -- paragraphs and lines ----------------------------------------------------------------------------------------------------------
for t in ["", "one", "one\ntwo", "one\n\ntwo", "a\r\nb\rc\n\n\n\nd", "\n", "\n\n", "<b>\n\n&", "a\r\r\nb"] + list(some(["a", "\n", "\r", "\r\n", "<"], 9, 20)):
    row("linebreaks", t, 0, html.linebreaks(t))
    row("linebreaks", t, 1, html.linebreaks(t, autoescape=True))
    row("normalize_newlines", t, text.normalize_newlines(t))
WRAPS = ["this is a long paragraph of text that really needs to be wrapped I'm afraid", "this is a short paragraph of text.\n  But this line should be indented",
         "", " ", "   \n  x", "short\nline", "averylongword short", "  leading  and   inner   ", "tab\there\tand there", "a\r\nb\x0bc\x1dd\x85e\u2028f", "\n\n", "x\n", "日本 語 日本語 日本", "\xa0 a",
         "a" * 30 + " b", " " * 12 + "abc def"]
for t in WRAPS + list(some(["a", "bb ", " ", "ccccc", "\n", "\t", "  "], 20, 30)):
    for width in (1, 5, 14, 40):
        row("wrap", t, width, text.wrap(t, width))

# -- names ---------------------------------------------------------------------------------------------------------------------------
WORDS = ["Hello, World!", " multiple---dash and  space ", "\xe9t\xe9 \xe0 Paris", "_leading_ -trailing-", "日本語 テスト", "ſtraße ﬁx Ⅳ ²", "foo ıç bar", "a\u2003b\x1fc", "", "-_-", "__a__", "ÀÉ İ", "x_ -",
         "spam spam spam", "10 | 000", "un éléphant à l'orée du bois", "Some\tTab", "ΑΣ ΣΑΣ", "it's 3:30", "\U0001F600 smile"]
for t in WORDS:
    row("slugify", t, text.slugify(t))
    row("slugify_unicode", t, text.slugify(t, allow_unicode=True))
    row("filename", t, result(text.get_valid_filename, t))
    row("capfirst", t, text.capfirst(t))
    row("phone", t, text.phone2numeric(t))
for t in ["^&'@{}[],$=!-#()%+~_123.txt", "???", "$.$.$", ".", "..", " a b ", "a/../b"]:
    row("filename", t, result(text.get_valid_filename, t))
for t in ["CamelCase", "HTTPRequest", "simpleXMLParser", "A", "AB", "aB", "already spaced", " XMLHttp ", "aBCd", "ABc", "É", "fooBar2Baz", "A\n", "AB\n", "aÉB"]:
    row("camel", t, text.camel_case_to_spaces(t))
for t in ['This is "a person\'s" test.', r'This is "a person\"s" test.', r"Another 'person\'s' test.", "Another 'person\\'s", '"', "a'b", 'x="y z" w', "", "  ", 'cc"dd ee"ff\'gg hh\' i',
          '"a" "b', "'a\\\nb' c", "url search_page words=hello", "\"\\\"\\\" a", "a\u00a0b", 'say "hi"there\'s x'] + list(some(['"', "'", "a", " ", "\\", "b"], 12, 60)):
    parts = list(text.smart_split(t))
    if len(parts) < 10:
        row("smart_split", t, *parts)
for t in ['"abc"', "'abc'", r'"a \"bc\""', r"'\'ab\' c'", r'"\\\""', r'"a\\b"', "abc", '"', '""', "'a\"", r"'\"'"]:
    row("literal", t, result(text.unescape_string_literal, t))
for t in ["//example.com", "///x", "/a", "", "http://x", "//"]:
    row("slashes", t, escape_leading_slashes(t))

# -- dates and numbers ------------------------------------------------------------------------------------------------------------------
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]
CHARACTERS = "aAbcdDEfFgGhHiIjlLmMnNoOPrsStTuUwWyYzZe"
MOMENTS = [datetime(2024, 2, 29, 0, 0, 0, 5, timezone.utc), datetime(1999, 12, 31, 12, 0, tzinfo=timezone.utc), datetime(2021, 1, 1, 13, 5, 9, tzinfo=timezone.utc),
           datetime(2026, 7, 11, 23, 59, 59, 999999, timezone.utc), datetime(2008, 9, 22, 1, 30, tzinfo=timezone.utc), datetime(476, 9, 4, 5, 0, tzinfo=timezone.utc)]
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
for t in MOMENTS:
    for zone in ZONES:
        local = t.astimezone(ZoneInfo(zone))
        for c in CHARACTERS:
            if t.year < 1900 and zone != "UTC":     # local mean time: the system's zones may leave it out
                continue
            row("date", (t - EPOCH) // timedelta(microseconds=1), zone, c, dateformat.format(local, c))
for f in ["N j, Y", "jS \\of F Y H:i", "\\\\Y", "\\\\\\Y", "Y\\", "\\Y\\\\m", "l, d-M-y P", "é Y é", "", "\\\nY"]:
    row("date", (MOMENTS[2] - EPOCH) // timedelta(microseconds=1), "UTC", f, dateformat.format(MOMENTS[2], f))
for c in CHARACTERS.replace("U", ""):
    row("day", "2024-02-29", c, result(dateformat.format, date(2024, 2, 29), c))
for c in "aAefgGhHiOPsTuZ":
    row("clock", "15:04:05.000006", c, dateformat.time_format(time(15, 4, 5, 6), c))
for day in range(1, 32):
    row("day", f"2024-01-{day:02d}", "jS W o z", result(dateformat.format, date(2024, 1, day), "jS W o z"))
for year in range(1995, 2035):
    row("day", f"{year}-12-29", "W o t L y", result(dateformat.format, date(year, 12, 29), "W o t L y"))
START = datetime(2022, 1, 31, 15, 30, 45, 250000, timezone.utc)
PAIRS = [(START, START + timedelta(seconds=s)) for s in (-5, 0, 1, 59, 60, 61, 3599, 3600, 3661, 86400, 90061, 604800, 694861, 2419200, 2678400, 31536000, 31622400, 99999999, 1e9)]
PAIRS += [(datetime(2020, 2, 29, 10, tzinfo=timezone.utc), datetime(y, m, d, 10, tzinfo=timezone.utc)) for y in (2020, 2021, 2024) for m in (3, 12) for d in (1, 28, 29, 31)]
for _ in range(80):
    a = datetime(1990 + rng.randrange(50), rng.randrange(1, 13), rng.randrange(1, 29), rng.randrange(24), rng.randrange(60), rng.randrange(60), rng.randrange(10**6), timezone.utc)
    PAIRS.append((a, a + timedelta(seconds=rng.choice([10**3, 10**5, 10**7, 10**9]) * rng.random(), microseconds=rng.randrange(10**6))))
for a, b in PAIRS:
    for depth in (1, 2, 6):
        row("timesince", (a - EPOCH) // timedelta(microseconds=1), (b - EPOCH) // timedelta(microseconds=1), depth, timesince.timesince(a, b, depth=depth))

STYLES = [(None, 0), (2, 3), (0, 3), (None, (3, 2, 0)), (5, 0), (1, (4, 2))]
NUMBERS = [0, 1, -1, 1234, -1234567, 10**12, 1234.5, -0.5, 0.1, 1e16, 1.5e300, -1e-7, 123456.789, 1e100,
           Decimal("1234"), Decimal("-1234.33"), Decimal("0.0000001"), Decimal("-0.05"), Decimal("1e16"), Decimal("1E-300"), Decimal("1234E300"),
           Decimal("-9.875e-250"), Decimal("12345678901234567890.123456789"), Decimal("0"), Decimal("3.14"), Decimal("9e200"), Decimal("1e199"), Decimal("1e-199"), "1234.5", "-99999"]
for n in NUMBERS:
    kind = {int: "int", float: "float", Decimal: "decimal", str: "text"}[type(n)]
    for position, grouping in STYLES:
        row("number", kind, repr(n) if kind == "float" else n, "" if position is None else position, grouping if isinstance(grouping, int) else ",".join(map(str, grouping)),
            numberformat.format(n, ".", position, grouping, ",", force_grouping=True))
