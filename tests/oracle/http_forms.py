#!/usr/bin/python3
"""Prints tests/data/http_forms.tsv: what Django makes of query strings, cookies and forms with files.

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN.
  query text str(QueryDict) urlencode() urlencode(safe="/:")
  cookie header str(dict)
  multipart boundary body str(POST) field name type content field name type content …      (files, at most two)
Made with Django 3.2; inputs where later releases read otherwise (names that are no UTF-8, escaped quotes beside semicolons, a
bare LF in front of a header) are left to tests written by hand.
"""
import io
import random
import sys

sys.path.pop(0)                                      # the scripts beside this one are named as Python's modules

import django
from django.conf import settings

settings.configure(DATA_UPLOAD_MAX_NUMBER_FIELDS=1000)
django.setup()

from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http import QueryDict, parse_cookie
from django.http.multipartparser import MultiPartParser

def escape(data):
    data = data.encode() if isinstance(data, str) else data
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in data)

def row(*fields):
    print(*(escape(f) for f in fields), sep="\t")

rng = random.Random(17)
print("# Django's QueryDict, parse_cookie and MultiPartParser: made by tests/oracle/http_forms.py")

QUERIES = ["", "a=1&a=2", "a=1&b=2&a=3", "a", "a=", "=a", "=", "&", "&&a=1&&", "a=b=c", "a+b=c+d", "a%20b=%26%3D",
    "%=%&%2=%zz", "a;b=1;c",
           "a=%2B+%2b", "n%C3%A9e=%E2%82%AC", "a=%E2%82", "a=%E2%28%A1", "a=%FF%FE&%FF=1", "x=%00&y=a%00b",
           "%3d=%3D&%26=%26", "a==b",
           "é=ü&日本=語", "a=%c3%28", "a=%F0%9F%98%80", "a=%ED%A0%80", "a=é%C3", "a=%C3é",
           "csrf=1&title=A+day&tags=a&tags=b&save=",
           "a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=10&a=11&j=12", "q='\"&w=\\", "a=%0D%0A", "next=/a/b:c/?x=1", "a[]=1&a[]=2",
           "a=%25%32%35",
           b"a=\xe9", b"a=\xe9%C3%A9&b=\xc3\xa9", b"\xff\xfe=1&a=%41", "a=%u0041", "a=1;a=2", "a= 1 &b=\t"]
for _ in range(150):
    QUERIES.append("".join(rng.choice(["a", "b", "=", "&", "+", "%", "2", "%20", "%C3", "%A9", "%26", "é", ";", "F"])
                           for _ in range(rng.randint(1, 24))))
for text in QUERIES:
    text = text.encode() if isinstance(text, str) else text
    q = QueryDict(text)
    row("query", text, str(q), q.urlencode(), q.urlencode(safe="/:"))

COOKIES = ["", "a=1", "a=1; b=2", "a=1;b=2", " a = 1 ;  b = 2 ", "a=1; a=2", "a=1; b=2; a=3", "chips=ahoy; vienna=finger",
    "a=b=c", "a", "a; b",
           "=a", "=", ";", ";;;", "a=", "a=;b=", 'a="b"', 'a="b; c=d"', 'a="\\054"', 'a="x\\"y"', 'a="\\303\\251"',
           'a="\\000"', 'a="\\9"', 'a="\\"',
           'a="\\\\"', 'a="', 'a=""', 'a=" "', "keebler=\"E=mc2; L=\\\"Loves\\\"; fudge=\\012;\"", "a='b'", "a=b c; d=e f",
           "a[0]=1", "a:b=1",
           "a,b=1,2", "django_language=en; sessionid=abc123", "a=\tb\t", "\u00a0a=b\u2003", "é=ü", "a=b\x1c;c=d",
           'a="\\777"', 'a="\\400"', 'a="\\377"',
           'a="\\0541"', 'a="\\05"', 'a="a\\', 'a="\\é"', "$Version=1; a=1", "a=1, b=2", "a = 1 = 2", "__proto__=1",
           "a=%20%41", "expires=Mon, 01 Jan",
           "hello=world; = ; = =", "a==; b"]
for _ in range(120):
    COOKIES.append("".join(rng.choice('ab=; "\\010 5\té') for _ in range(rng.randint(1, 20))))
for _ in range(60):
    COOKIES.append('a="' + "".join(rng.choice('a"\\01254é') for _ in range(rng.randint(1, 16))) + '"')
for text in COOKIES:
    row("cookie", text, str(parse_cookie(text)))

def parse(boundary, body):
    meta = {"CONTENT_TYPE": 'multipart/form-data; boundary="%s"' % boundary, "CONTENT_LENGTH": len(body)}
    handlers = [MemoryFileUploadHandler(), TemporaryFileUploadHandler()]
    return MultiPartParser(meta, io.BytesIO(body), handlers).parse()

def multipart(body, boundary="X"):
    body = body.encode() if isinstance(body, str) else body
    post, files = parse(boundary, body)
    found = [part for field, those in files.lists() for file in those
             for part in (field, file.name, file.content_type, file.read())]
    assert len(found) <= 8, body
    row("multipart", boundary, body, str(post), *found)

def part(name, value, *headers, disposition="form-data"):
    name = '"%s"' % name if name is not None else None
    first = "Content-Disposition: %s%s" % (disposition, "" if name is None else "; name=" + name)
    value = value.encode() if isinstance(value, str) else value
    rest = "".join(h if h.startswith(";") else "\r\n" + h for h in headers)
    return ("--X\r\n" + first + rest + "\r\n\r\n").encode() + value + b"\r\n"

END = b"--X--\r\n"
FILE = '; filename="%s"'
multipart(END)
multipart(part("a", "1") + END)
multipart(part("a", "1") + part("a", "2") + part("b", "") + END)
multipart(part("a", "é\n\r\nx\r") + END)
multipart(part("a", b"\xff\xc3") + END)
multipart(part("a", "1") + b"--X--")
multipart(part("a", "1") + b"--X--\r\nepilogue\r\nmore")
multipart(b"preamble\r\n" + part("a", "1") + END)
multipart(b"\r\n\n" + part("a", "1") + END)
multipart(part("f", "content", FILE % "a.txt", "Content-Type: text/plain") + END)
multipart(part("f", "", FILE % "a.txt") + END)
multipart(part("f", "x", FILE % "") + END)
multipart(part("f", "x", FILE % "a.txt", "content-TYPE :  Image/PNG; charset=utf-8; a=b") + part("f", "y",
    FILE % "b.txt") + END)
multipart(part("g", "x", FILE % "a.txt") + part("f", "y", FILE % "b.txt") + part("n", "1") + END)
multipart(part(None, "x") + part("a", "1") + END)
multipart(part("", "x") + END)
multipart(part(" a ", "x") + END)
multipart(part("a b", "x") + END)
multipart(part("a;b", "x") + part('c"; d="e', "y") + END)
multipart(part("é", "x") + END)
multipart(part("a", "x", disposition="attachment") + part("b", "y", disposition="FORM-DATA") + END)
for name in ("../../etc/passwd", "C:\\x\\y.txt", "a/b/&amp;.txt", "..", ".", "/", "\\", "é.txt", "日本.txt", "a b.txt",
    "a;b.txt", "a=b", "x" * 300 + ".txt",
             "&#x2F;etc&sol;passwd", "&#46;&#46;", "a&lt;b"):
    multipart(part("f", "x", FILE % name) + END)
for parameter in ("filename*=UTF-8''na%C3%AFve.txt", "filename*=utf-8'en'%e2%82%ac.txt", "filename*=iso-8859-1''%E9.txt",
    "filename*=na%C3%AFve.txt",
                  "filename=a.txt; filename*=UTF-8''b.txt", "filename*=UTF-8''b.txt; filename=a.txt",
                  "filename*=\"UTF-8''b%20c.txt\"", "FileName=a.txt",
                  "filename = a.txt", "filename='a.txt'", "filename=a b", "filename=\"a\"b\"", "filename=\"a",
                  "filename=a\"", "filename", "filename=",
                  "filename*=UTF-8''", "filename*0=a; filename*1=b", "filename=a; filename=b", "filename=\"\\\\a\"",
                  ";;; filename=a.txt ;;",
                  "filename*=us-ascii'en'a%41.txt", "filename*=UTF-8''%zz%4", "filename*=UTF-8'a%20b"):
    multipart(part("f", "x", "; " + parameter) + END)
for encoding in ("base64", "BASE64", " base64 ", "8bit", "binary", "quoted-printable", "7bit"):
    multipart(part("f", "aGVsbG8=", FILE % "a.txt", "Content-Transfer-Encoding: " + encoding) + END)
    multipart(part("a", "aGVsbG8=", "Content-Transfer-Encoding: " + encoding) + END)
for text in ("aGVs\r\nbG8g\r\nd29y\r\nbGQ=\r\n", "", " ", "aGVsbG8gd29ybGQh"):
    multipart(part("f", text, FILE % "a.txt", "Content-Transfer-Encoding: base64") + END)
for text in ("aGVsbG8", "a", "", "aGVs\r\nbG8="):
    multipart(part("a", text, "Content-Transfer-Encoding: base64") + END)
multipart(part("a", "=3D=E9", "Content-Transfer-Encoding: quoted-printable") + END)
NESTED = "--Y\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n--Y--"
multipart(part("a", NESTED, "Content-Type: multipart/mixed; boundary=Y") + END)
multipart(part("a", "x--Xy") + END)
multipart(part("a", "x\r\n--Xtra") + END)
multipart(part("a", "x\n--X\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n2") + END)
multipart(part("a", "-\r\n-\r\r\n--\r\n-X\n--x") + END)
multipart(part("a", "\r") + part("b", "\n") + part("c", "\r\n") + part("d", "\n\r") + END)
multipart(b'--X\r\nContent-Disposition: form-data; name="a"\r\n\r\n--X--\r\n')
multipart(b'--X\r\nContent-Disposition: form-data; name="a"\r\n\r\n\n--X--\r\n')
multipart(b'--X\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r--X--\r\n')
multipart(b'--X\r\nContent-Disposition: form-data; name="a"\r\n--X--\r\n')
multipart(b'--X\nContent-Disposition: form-data; name="a"\n\n1\n--X--\n')
multipart(b'--X  \r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--X--\r\n')
multipart(b'--Xtra\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--X--\r\n')
multipart(b'--X-\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--X--\r\n')
multipart(b'--X\r\n\r\n--X--\r\n')
multipart(b'--X\r\n\r\n\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--X--\r\n')
multipart(b'--X\r\nContent-Disposition:form-data;name=a\r\n\r\n1\r\n--X--\r\n')
multipart(b'--X\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n1\r\n--X--\r\n')
multipart(b'--X\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n1\r\n--X--\r\n')
multipart(b'--X\r\nContent-Disposition: form-data; name=a\r\nX: \x00\r\n: \r\nnone\r\n\r\n1\x002\r\n--X--\r\n')
multipart(b'--X\r\nContent-Disposition: form-data; name=a; name=b; NAME=c\r\n\r\n1\r\n--X--\r\n')
multipart(b'--X\r\nContent-Disposition: form-data; name=a\nX-Injected: 1\r\n\r\n1\r\n--X--\r\n')
for boundary in ("a", "a b", "----WebKitFormBoundary7MA4YWxkTrZu0gW", "-" * 40, "x" * 201, "'()+_,-./:=?"):
    content = "--" + boundary[:-1] + "!\r\n-"
    head = 'Content-Disposition: form-data; name="f"; filename="a"'
    multipart("--%s\r\n%s\r\n\r\n%s\r\n--%s--\r\n" % (boundary, head, content, boundary), boundary)

def random_part():
    pieces = [b"a", b"\r", b"\n", b"\r\n", b"-", b"--", b"\r\n--", b"X ", b"--Y", b"\xc3\xa9"]
    return part(rng.choice("ab"), b"".join(rng.choice(pieces) for _ in range(rng.randint(0, 12))))
for _ in range(80):
    multipart(b"".join(random_part() for _ in range(rng.randint(1, 4))) + END)
