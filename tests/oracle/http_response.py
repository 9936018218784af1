#!/usr/bin/python3
"""Prints tests/data/http_response.tsv: headers, cookies, conditions, redirects and URLs as Django makes and judges them.

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN. "-" is None. The clock stands at
2023-11-14 22:13:20.25 UTC.
  cookie name value max-age(us) expires(us since 1970) path domain secure httponly samesite line
  delete name path domain samesite line
  vary before names(a|b) after                     "-" before: no such header
  cache before directives(a|b) after               directives as max-age=5, no-cache
  never cache-control-before expires-before cache-control expires
  etags header tags(a|b)                           quote tag quoted
  date text unix-or-"-"
  conditional method if-match if-unmodified-since if-none-match if-modified-since etag last-modified(unix) status
  iri text uri                                     redirect location refused-or-URI
  safe url hosts(a|b) https result                 domain host pattern result
  json value(repr) text

Two things are as in later versions: URLs are taken apart by today's urlsplit, which leaves out what browsers leave out, and more than
2048 characters of a URL are not safe. One is not Django's at all: three slashes in front are unsafe with tabs or line ends between them,
too, since browsers leave those out. What Python's sets leave without an order (fields of no-cache) is not asked.
"""
import sys

sys.path.pop(0)                             # the other oracles here have names of Python's modules
import datetime
import random
import time
import urllib.parse
from unittest import mock

from django.conf import settings

settings.configure(DEFAULT_CHARSET="utf-8", USE_TZ=True)
import django
django.setup()
from django.core.exceptions import DisallowedRedirect
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import cache, encoding, http

NOW = 1700000000.25
UTC = datetime.timezone.utc
rng = random.Random(23)


def escape(data):
    data = data.encode() if isinstance(data, str) else data
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in data)


def row(*fields):
    print(*("-" if f is None else str(int(f)) if isinstance(f, (bool, int)) else escape(f) for f in fields), sep="\t")


class FrozenTime(datetime.datetime):
    @classmethod
    def utcnow(cls):
        return cls(2023, 11, 14, 22, 13, 20, 250000)


mock.patch("time.time", lambda: NOW).start()
mock.patch("datetime.datetime", FrozenTime).start()
mock.patch("email.utils.time.time", lambda: NOW).start()


def modern_urlparse(url, *args):
    return urllib.parse.urlparse(url.lstrip("".join(map(chr, range(33)))), *args)


def has_three_slashes(url):
    return "".join(c for c in url if c not in "\t\r\n").startswith("///")


mock.patch.object(http, "_urlparse", modern_urlparse).start()
safe_before = http._url_has_allowed_host_and_scheme
mock.patch.object(http, "_url_has_allowed_host_and_scheme",
                  lambda url, *args, **kwargs: len(url) <= 2048 and not has_three_slashes(url) and safe_before(url, *args, **kwargs)).start()

print("# Django's headers, cookies, conditions and URLs: made by tests/oracle/http_response.py")


# -- cookies ---------------------------------------------------------------------------------------------------------------------

def cookie(name, value, max_age=None, expires=None, path="/", domain=None, secure=False, httponly=False, samesite=None):
    response = HttpResponse()
    response.set_cookie(name, value, max_age=None if max_age is None else max_age / 1000000,
                        expires=None if expires is None else FrozenTime.fromtimestamp(expires / 1000000, UTC), path=path, domain=domain,
                        secure=secure, httponly=httponly, samesite=samesite)
    row("cookie", name, value, max_age, expires, path, domain, secure, httponly, samesite, response.cookies[name].OutputString())


S = 1000000
VALUES = ["abc", "", " ", "a b;c,\"é\"", "a=b&c", "\"", "\\", "\\\"", "{\"a\": [1, 2]}", "é", "ÿ", "\x80", "a\tb\nc\rd", "\x7f\x01",
          "%20+/=", "abc:def", "~!#$%&'*+-.^_`|~", "<>@()[]{}?", "a,b", "a;b", "".join(map(chr, range(1, 256)))]
for value in VALUES + ["".join(chr(rng.choice([rng.randrange(1, 127), rng.randrange(160, 256)])) for _ in range(12)) for _ in range(20)]:
    cookie("q", value)
cookie("sessionid", "abc", max_age=1209600 * S, secure=True, httponly=True, samesite="Lax")
cookie("csrftoken", "x" * 32, max_age=31449600 * S, samesite="Strict")
for name in ("a", "A-b_c.d", "__Host-id", "__Secure-id", "a:b", "!#$%&'*+-.^_`|~", "x" * 200):
    cookie(name, "v", secure=True)
for max_age in (1, 999999, S, 1500000, 60 * S, 3600 * S + 750000, 400 * 86400 * S):
    cookie("m", "v", max_age=max_age)
for seconds in (-86400, -1, 0, 1, 2, 3600, 86400 * 30):
    for fraction in (0, 100000, 250001, 900000):
        cookie("e", "v", expires=1700000000 * S + seconds * S + fraction)
for path in ("/", "/a/b", "/é" if False else "/%C3%A9", "/a,b"):
    for domain in (None, "example.com", ".example.com"):
        for samesite in (None, "Lax", "lax", "Strict", "None", "none"):
            cookie("p", "v", path=path, domain=domain, secure=samesite == "None", httponly=samesite == "Lax", samesite=samesite)


def delete(name, path="/", domain=None, samesite=None):
    response = HttpResponse()
    response.delete_cookie(name, path=path, domain=domain, samesite=samesite)
    row("delete", name, path, domain, samesite, response.cookies[name].OutputString())


for name in ("sessionid", "__Secure-id", "__Host-id", "__secure-id", "a__Host-"):
    for samesite in (None, "Lax", "None", "none", "Strict"):
        delete(name, samesite=samesite)
delete("a", "/shop", "example.com")

# -- Vary, Cache-Control -----------------------------------------------------------------------------------------------------------

for before in (None, "Cookie", "Accept-Encoding", "accept-encoding, cookie", "Cookie,Accept-Language", "Cookie , Accept", "*", "*, Cookie",
               "Cookie, *", "A, b, C"):
    for names in (("Cookie",), ("COOKIE", "Accept-Encoding"), ("Accept-Language", "Cookie", "X"), ("*",), ("Cookie", "*"), ("B", "a")):
        response = HttpResponse()
        if before is not None:
            response["Vary"] = before
        cache.patch_vary_headers(response, names)
        row("vary", before, "|".join(names), response["Vary"])

DIRECTIVES = ["max_age=10", "max_age=100", "s_maxage=5", "private", "public", "no_cache", "no_store", "no_transform", "must_revalidate",
              "proxy_revalidate", "immutable", "stale_if_error=60", "no_cache=Set-Cookie"]


def cache_control(before, directives):
    response = HttpResponse()
    if before is not None:
        response["Cache-Control"] = before
    arguments = {}
    for directive in directives:
        name, _, value = directive.partition("=")
        arguments[name] = True if not value else int(value) if value.isdigit() else value
    cache.patch_cache_control(response, **arguments)
    row("cache", before, "|".join(d.replace("_", "-") for d in directives), response["Cache-Control"])


BEFORE = [None, "", "max-age=50", "private", "public", "private, max-age=60", "public, max-age=5, immutable", "no-cache", "no-store,no-cache",
          "Max-Age=70, PRIVATE", "no-cache=Set-Cookie", "s-maxage=1 , max-age=20", "community=\"UCI\""]
for before in BEFORE:
    for directive in DIRECTIVES:
        cache_control(before, [directive])
    for _ in range(6):
        chosen = {d.partition("=")[0]: d for d in rng.sample(DIRECTIVES, rng.randrange(2, 5))}
        if before and "no-cache=" in before and chosen.get("no_cache") not in (None, "no_cache"):
            continue
        cache_control(before, list(chosen.values()))
for before in BEFORE[:10]:
    for expires in (None, "Thu, 01 Jan 1970 00:00:00 GMT"):
        response = HttpResponse()
        if before is not None:
            response["Cache-Control"] = before
        if expires is not None:
            response["Expires"] = expires
        cache.add_never_cache_headers(response)
        row("never", before, expires, response["Cache-Control"], response["Expires"])

# -- tags, dates, conditions -----------------------------------------------------------------------------------------------------------

for header in ("", "*", " * ", "\"a\"", "W/\"a\"", "\"a\", \"b\"", "\"a\",W/\"b\" ,\"c\"", "a", "\"a", "a\"", "\"a\"b, \"c\"", "w/\"a\"", "W/a",
               ", ,\"a\",,", "\"\"", "\"a b\"", "*, \"a\"", "\"a\";x, \"b\"", "W/ \"a\", \"b\"", "\"\\x\"", "'a'"):
    row("etags", header, "|".join(http.parse_etags(header)))
for tag in ("", "a", "\"a\"", "W/\"a\"", "\"a", "a\"", "W/a", "\"a\"b\"", "\"", "*", "\"\""):
    row("quote", tag, http.quote_etag(tag))
DATES = ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Tue, 14 Nov 2023 22:13:20 GMT",
         "", "x", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
         "Sun, 6 Nov 1994 08:49:37 GMT", "1994-11-06", "0", "Thu, 01 Jan 1970 00:00:00 GMT", "Monday, 01-Jan-70 00:00:00 GMT",
         "Wednesday, 15-Nov-23 00:00:00 GMT", "Fri Dec 31 23:59:59 1999"]
for text in DATES:
    row("date", text, http.parse_http_date_safe(text))

TIMES = [None, 1700000000, 1699999999, 1700000001]
ETAGS = [None, "\"a\"", "W/\"a\"", "\"b\""]
MATCHES = [None, "*", "\"a\"", "W/\"a\"", "\"b\", \"a\"", "\"c\"", "broken"]


def conditional(method, match, unmodified, none_match, modified, etag, last_modified):
    request = HttpRequest()
    request.method = method
    for name, value in (("MATCH", match), ("UNMODIFIED_SINCE", unmodified), ("NONE_MATCH", none_match), ("MODIFIED_SINCE", modified)):
        if value is not None:
            request.META["HTTP_IF_" + name] = value
    response = cache.get_conditional_response(request, etag=etag, last_modified=last_modified)
    row("conditional", method, match, unmodified, none_match, modified, etag, last_modified, 200 if response is None else response.status_code)


cache.log_response = lambda *args, **kwargs: None
DATE_HEADERS = [None, "x"] + [http.http_date(t) for t in TIMES[1:]]
for match in MATCHES:
    for etag in ETAGS:
        for method in ("GET", "PUT"):
            conditional(method, match, None, None, None, etag, None)
            conditional(method, None, None, match, None, etag, None)
for date in DATE_HEADERS:
    for last_modified in TIMES:
        for method in ("GET", "HEAD", "POST"):
            conditional(method, None, date, None, None, None, last_modified)
            conditional(method, None, None, None, date, None, last_modified)
for _ in range(400):
    conditional(rng.choice(["GET", "HEAD", "PUT", "DELETE"]), rng.choice(MATCHES + [None] * 4), rng.choice(DATE_HEADERS + [None] * 3),
                rng.choice(MATCHES + [None] * 3), rng.choice(DATE_HEADERS + [None] * 2), rng.choice(ETAGS), rng.choice(TIMES))

# -- URLs ----------------------------------------------------------------------------------------------------------------------------------

for text in ("/", "/a b", "/é?ü=ß#ø", "/%C3%A9", "/100%", "http://é.example/日本", "a\\b", "<>\"{}|^`", "/#%[]=:;$&()+,!?*@'~", "/a\nb"):
    row("iri", text, encoding.iri_to_uri(text))
LOCATIONS = ["/", "/a/?b=1#c", "//example.com/x", "http://example.com/", "HTTPS://example.com/", "ftp://example.com/a", "é/ü", "a:b", "1a:b",
             "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:x@example.com", "http:foo", "?a=b",
             "", ":x", "a b:c", "ssh+git://x", "ws://example.com", "./a:b", "/a:b", "tel:+1", "/\r\nSet-Cookie: a=b", "/日本?é", "http:", "x-y.z+1:a",
             "java\tscript:alert(1)", "java\nscript:alert(1)"]
for location in LOCATIONS:
    try:
        row("redirect", location, HttpResponseRedirect(location)["Location"])
    except DisallowedRedirect:
        row("redirect", location, "refused")

CORPUS = """
|/|/a|/a?b=c#d|a|a/b|?a=b|#a|.|..|./a|//|///|////a|//example.com|//example.com/a|///example.com|////example.com|/////example.com
http://example.com|http://example.com/|https://example.com/a|HTTP://example.com|http://EXAMPLE.com|http://example.com:80/|http:example.com
http:/example.com|http:///example.com|http:\\\\example.com|http:\\\\\\example.com|http:/\\example.com|http:\\/example.com|http:///\\example.com
/\\example.com|\\example.com|\\\\example.com|\\\\\\example.com|\\/example.com|/\\/example.com|\\\\\\\\example.com/a|///\\\\example.com|/a\\b
http://testserver|https://testserver/|http://testserver/confirm?email=me@example.com|//testserver/|https://testserver:443|http://testserver@example.com
http://example.com@testserver|http://testserver\\@example.com|http://example.com\\@testserver|http:\\\\testserver\\confirm?email=me@example.com
http:\\\\testserver/confirm|http:\\\\example.com/confirm|ftp://testserver|ftp://example.com|javascript:alert(1)|jaVascript:alert("XSS")|data:,x
http://testserver.example.com|http://testserver.|//testserver:80/a|http://[::1]|http://[::1]:8000/|http://[2001:cdba:0000]/|http://[2001:cdba::3257:9652]/
http://2001:cdba:0000:0000:0000:0000:3257:9652]/|http://[testserver/|//[testserver|http://testserver]/|\x08//example.com|\x00//example.com|\x1f//testserver
javascript:alert('XSS')|\njavascript:alert(1)|java\nscript:alert(1)|\tjavascript:alert(1)|/\t/example.com|/\n/example.com|/\r/testserver
ht\ntp://example.com|http://exam\nple.com|http://test\nserver|\u200b//example.com|\u2028//example.com|\ufeff//example.com|\u00a0//example.com|\ue000/a
 /a |  //testserver  |\u3000/a\u3000|http:///|http://|http:|https:|:|:a|a:|1:2|a.b:c|a b:c|/a:b|./a:b|//a:b@testserver|//testserver?x|//testserver#x
//testserver\\x|//testserver/\\x|https:testserver|https:/testserver|https:\\testserver|http://testserver:80|é|/é|//é|http://é|http://testservér|\U000e0001/a
http://non_ascii.example.com\u2044testserver|//\uff1aexample|//testserver\u2100|http://ho\tst|//x\ty
""".strip("\n").replace("\n", "|")
CORPUS = "|" + CORPUS if not CORPUS.startswith("|") else CORPUS
HOSTS = [(), ("testserver",), ("testserver", "example.com", "[::1]:8000", "testserver:80")]
urls = CORPUS.split("|") + ["/" + "a" * 2047, "/" + "a" * 2048, "/" + "é" * 2047, "/" + "é" * 2048]
ATOMS = ["/", "//", "\\", "http:", "https:", "testserver", "example.com", "@", ":", "?", "#", "\t", "\n", " ", ".", "a", "[", "]", "\x01", "javascript:"]
urls += ["".join(rng.choice(ATOMS) for _ in range(rng.randrange(1, 7))) for _ in range(150)]
for url in urls:
    for hosts in HOSTS:
        for https in (False, True):
            row("safe", url, "|".join(hosts), https, http.url_has_allowed_host_and_scheme(url, set(hosts), require_https=https))

for host in ("example.com", "a.example.com", "a.b.example.com", "badexample.com", "com", "", "example.com:80", "[::1]"):
    for pattern in ("", "example.com", ".example.com", "EXAMPLE.com", ".Example.Com", "com", ".com", "[::1]", "*", "."):
        row("domain", host, pattern, bool(http.is_same_domain(host, pattern)))
