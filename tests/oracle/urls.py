#!/usr/bin/python3
"""Prints tests/data/urls.tsv: what Django's resolver makes of the tables that tests/urls/url_vectors_test.c has too.

  resolve path route name namespaces app_names args kwargs      args and kwargs as JSON; without a match: resolve path
  reverse name args kwargs current_app url                      url empty: NoReverseMatch
Bytes outside of printable ASCII and the backslash are written as \\xNN.
Two rules are those of later Django versions: a regular expression that ends with "$" takes the whole path, and named groups that took
no part leave their unnamed neighbours unnamed.
"""
import sys

sys.path.pop(0)                                          # json.py beside this file is no module for Django
import itertools  # noqa: E402
import json  # noqa: E402
import random  # noqa: E402
import re  # noqa: E402
import uuid  # noqa: E402

from django.conf import settings  # noqa: E402

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
import django  # noqa: E402

django.setup()
from django.urls import NoReverseMatch, Resolver404, include, path, re_path, register_converter, resolvers  # noqa: E402


def later_match(self, text):
    whole = self._is_endpoint and self.regex.pattern.endswith("$")
    match = self.regex.fullmatch(text) if whole else self.regex.search(text)
    if match is None:
        return None
    named = match.groupdict()
    args = () if named else match.groups()
    return text[match.end():], args, {k: v for k, v in named.items() if v is not None}


resolvers.RegexPattern.match = later_match


class Year:
    regex = "[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return "%04d" % int(value)


class Even:
    regex = "[0-9]+"

    def to_python(self, value):
        if int(value) % 2:
            raise ValueError
        return int(value)

    def to_url(self, value):
        if int(value) % 2:
            raise ValueError
        return str(value)


register_converter(Year, "yyyy")
register_converter(Even, "even")


def v(request, *args, **kwargs):
    pass


polls = [
    path("", v, name="index"),
    path("<int:id>/", v, name="detail"),
    path("<int:id>/edit/", v, {"mode": "edit"}, name="edit"),
    re_path(r"^(?P<slug>[-\w]+)/old/$", v, name="old"),
    path("<str:id>/<slug:x>/", v, {"y": "leaf"}, name="list"),
]
plain = [path("x/<slug:slug>/", v, name="plain"), re_path(r"^([a-z]+)/([0-9]+)/$", v, name="two")]
nested = [path("", v, name="nested"), path("deep/", include((polls, "polls"), namespace="deep")), path("p/", include(plain))]
same = [path("<int:id>/", v, name="same"), path("<str:x>/s/", v, name="shadow")]
positions = [re_path(r"^q(\d)/$", v, name="pq"), path("n/<int:n>/", v, name="pn"), path("e/", v, {"x": "1"}, name="pe")]
twice_a = [path("a/", v, name="a")]
twice_b = [path("a/", v, name="a"), path("b/", v, name="b")]
urlpatterns = [
    path("", v, name="root"),
    path("articles/2003/", v, name="special"),
    path("articles/<int:year>/", v, name="year"),
    path("articles/<int:year>/<int:month>/", v, name="month"),
    path("articles/<int:year>/<int:month>/<slug:slug>/", v, name="article"),
    path("articles/<str:rest>/", v, name="rest"),
    path("y/<yyyy:year>/", v, name="yyyy"),
    path("e/<even:n>/", v, name="even"),
    path("e/<int:n>/", v, name="odd"),
    path("u/<uuid:id>/", v, name="uuid"),
    path("g/<path:dir>/x/<str:name>", v, name="gx"),
    path("f/<path:file>/raw", v, name="raw"),
    path("f/<path:file>", v, name="file"),
    path("<slug:a>-<int:b>/", v, name="dash"),
    path("k/<str:a>.<str:b>", v, name="dots"),
    path("k/<str:a>", v, name="nodots"),
    re_path(r"^old/(?P<year>[0-9]{4})/$", v, name="old"),
    re_path(r"^opt/(?:page-(?P<page>[0-9]+)/)?$", v, name="opt"),
    re_path(r"^optu/(?:([0-9]+)/)?([a-z]*)$", v, name="optu"),
    re_path(r"^comments/(?:page-(\d+)/)?$", v, name="comments"),
    re_path(r"^mixed/(\w+)/(?P<name>\w+)/$", v, name="mixed"),
    re_path(r"^class/[a-f]+\d\.x{2,3}/$", v, name="class"),
    re_path(r"^either/(a|b)/$", v, name="either"),
    re_path(r"^(a|b)lternative|other$", v, name="alternative"),
    re_path(r"any(\d)thing", v, name="any"),
    re_path(r"^i/", include(plain)),
    path("polls/", include((polls, "polls"))),
    path("other/", include((polls, "polls"), namespace="other")),
    path("<int:owner>/things/", include(plain)),
    path("extra/<int:id>/", include(polls), {"x": "outer"}),
    path("same/<int:id>/", include(same), {"x": "outer"}),
    path("words/<path:words>/in/", include(plain)),
    re_path(r"^(?P<lang>[a-z]{2})/(\d+)/", include([re_path(r"^([a-z])/(\d)$", v, name="below")])),
    re_path(r"^p(\d)/", include(positions)),
    path("n/", include((nested, "nested"), namespace="n1")),
    path("m/", include((nested, "nested"), namespace="n2")),
    path("caf\u00e9/<str:name>/", v, name="cafe"),
    path("q'u o+te/<str:name>", v, name="quote"),
    path("dup/a/", v, name="dup"),
    path("dup/<int:n>/", v, name="dup"),
    path("dup/b/", v, name="dup"),
    path("twice/", include((twice_a, "twice"))),
    path("again/", include((twice_b, "twice"))),
]
resolver = resolvers.get_resolver(__name__)


def show(value):
    return str(value) if isinstance(value, uuid.UUID) else value


def escape(text):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in text.encode())


def row(*fields):
    print(*(escape(f) for f in fields), sep="\t")


def resolve(text):
    try:
        m = resolver.resolve("/" + text)
    except Resolver404:
        return row("resolve", "/" + text)
    args = json.dumps([show(a) for a in m.args])
    kwargs = json.dumps({k: show(x) for k, x in m.kwargs.items()}, sort_keys=True)
    row("resolve", "/" + text, m.route, m.url_name or "", ":".join(m.namespaces), ":".join(m.app_names), args, kwargs)


def reverse(name, args, kwargs, current_app=""):
    from django.urls import reverse as django_reverse
    try:
        url = django_reverse(name, args=args or None, kwargs=kwargs or None, current_app=current_app or None)
    except NoReverseMatch:
        url = ""
    except (re.error, KeyError):                         # one group name twice, and a default that is left out: no answer to keep
        return
    row("reverse", name, json.dumps(args), json.dumps(kwargs), current_app, url)


print("# Django's resolver: made by tests/oracle/urls.py")
U = "075194d3-6885-417e-a8a8-6c931e272f00"
PATHS = r"""
articles/2003/|articles/2003|articles/2004/|articles/02004/|articles/0/|articles/-1/|articles/abc/|articles/2004/5/|articles/2004/05/
articles/2004/x/|articles/2004/5/a-b_c/|articles/2004/5/a.b/|articles/2004/5//|articles//|articles/caf\u00e9/|articles/a b/|articles/a/b/
y/2026/|y/12/|y/02026/|y/0012/|y/abcd/|e/2/|e/3/|e/02/|e/x/|u/{U}/|u/{u}/|u/{C}/|u/07519-4d36885417e-a8a8-6c931e27-2f00/|u/x/
g/a/x/b|g/a/x/b/x/c|g/a/b/x/c/d|g//x/b|g/x/x/x|g/x/x|f/a|f/|f/a/b/c|f/a/raw|f/a/raw/raw|f/raw|a-1/|a-b-12/|-1/|--1/|a-/|1-2-3/|a-1|
k/a.b|k/a.b.c|k/.b|k/a.|k/a|k/|k/a/b|k/..|old/2026/|old/206/|old/2026/x|old/2026/\n|xold/2026/|opt/|opt/page-2/|opt/page-/|opt/page-2
optu/|optu/12/|optu/12/ab|optu/ab|optu/12|comments/|comments/page-12/|mixed/a/b/|mixed/a//|class/abc1.xx/|class/abc1.xxxx/|class/a1.xx/
either/a/|either/c/|alternative|blternative|other|another|any1thing|many2things|i/any3thing/|i/x/a-b/|i/abc/12/|i/12/abc/|i/x/12/|i/
polls/|polls/7/|polls/7/edit/|polls/a-b/old/|polls/a/b/|polls/7/old/|polls|polls/7|other/|other/9/|other/9/edit/|other/x/y/|7/things/x/a/
7/things/abc/1/|7/things/|x/things/x/a/|extra/5/|extra/5/6/|extra/5/6/edit/|extra/5/abc/old/|extra/5/a/b/|same/1/2/|same/1/|same/1/abc/s/
words/a/in/x/b/|words/a/in/b/in/x/c/|words/a/in/x/b/in/x/c/|words/a/b/in/abc/12/|words//in/x/a/|nl/12/a/3|nl/12/a/b|nld/12/a/3|p1/q2/|p1/n/3/|p1/e/|p1/
n/|m/|n/deep/|n/deep/4/|m/deep/4/edit/|n/p/x/a/|m/p/ab/1/|n/deep|caf\u00e9/x/|caf\u00e9/\u65e5\u672c/|q'u o+te/a|dup/a/|dup/7/|dup/b/|dup/c/
twice/a/|again/a/|again/b/|twice/b/|/|//|articles/2004//|\u00e9|y/\u0662\u0660\u0662\u0666/|articles/\u0662/|e/\u0662/|f/a\nb|k/a\nb|articles/a\nb/
""".replace("{U}", U).replace("{u}", U.replace("-", "")).replace("{C}", U.upper())
for text in PATHS.strip().replace("\n", "|").split("|"):
    resolve(text.encode("ascii").decode("unicode_escape"))
resolve("")
random.seed(7)
WORDS = ["articles", "2003", "2004", "5", "12", "abc", "a-b", "polls", "other", "n", "m", "deep", "p", "x", "f", "raw", "g", "extra", "same",
         "edit", "old", "things", "in", "words", "y", "e", "k", "a.b", "opt", "page-3", "i", "p1", "q2", "nl", "", "s", U, "u"]
for _ in range(400):
    text = "/".join(random.choice(WORDS) for _ in range(random.randint(1, 6)))
    resolve(text + random.choice(["", "/", "/"]))
NAMES = ["root", "special", "year", "month", "article", "rest", "yyyy", "even", "odd", "uuid", "gx", "raw", "file", "dash", "dots", "nodots",
         "old", "opt", "optu", "comments", "mixed", "class", "either", "alternative", "any", "plain", "two", "index", "detail", "edit", "list",
         "same", "shadow", "below", "pq", "pn", "pe", "cafe", "quote", "dup", "polls:index", "polls:detail", "polls:edit", "polls:old",
         "polls:list", "other:detail", "nested:nested", "n1:nested", "n2:nested", "nested:deep:detail", "n1:deep:detail", "n1:polls:detail",
         "nested:polls:detail", "nested:plain", "n1:two", "twice:a", "twice:b", "nothing", "nothing:a", "polls:nothing", "n1:nothing:a",
         "polls", "polls:", ":index", ""]
ARGS = [[], [7], [2026], ["a"], ["a-b"], ["a b"], [1, 2], ["abc", 12], [2026, 5, "a"], ["caf\u00e9"], ["a/b"], ["/evil"], [U], [-1], ["1"],
        ["x", "y", "z", "w"], ["nl", 12, "a", 3], [7, "abc", 1], ["%2F?#[]"]]
KWARGS = [{"id": 7}, {"id": 7, "mode": "edit"}, {"id": 7, "mode": "x"}, {"year": 2026}, {"year": "2026"}, {"year": 12}, {"year": 2026, "month": 5},
          {"year": 2026, "month": 5, "slug": "a-b"}, {"rest": "a b&c=d;e,f'(g)*!~:@$"}, {"rest": "caf\u00e9"}, {"rest": ""}, {"rest": "a/b"},
          {"n": 2}, {"n": 3}, {"n": "x"}, {"id": U}, {"dir": "a/b", "name": "c"}, {"file": "a/b c"}, {"file": "/etc"}, {"a": "x", "b": 1},
          {"a": "x.y", "b": "z"}, {"page": 3}, {"slug": "a-b"}, {"owner": 7, "slug": "s"}, {"name": "n"}, {"id": 1, "x": "abc"},
          {"id": 5, "x": "outer"}, {"id": 5, "x": "outer", "mode": "edit"}, {"id": 1, "slug": "z", "x": "outer"}, {"words": "a/b", "slug": "s"},
          {"year": 2026, "extra": 1}, {"name": "\u65e5 %"}, {"x": "1"}, {"lang": "nl"}]
for name in NAMES:
    for args in ARGS:
        reverse(name, args, {})
    for kwargs in KWARGS:
        reverse(name, [], kwargs)
for name, current in itertools.product(["polls:index", "nested:nested", "nested:deep:index", "nested:polls:index", "n1:nested", "twice:a"],
                                       ["", "polls", "other", "n1", "n2", "n1:deep", "n2:deep", "n2:other", "deep", "x", "n1:x", "twice"]):
    reverse(name, [], {}, current)
