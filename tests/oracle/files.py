#!/usr/bin/python3 -P
"""Prints tests/data/files.tsv: paths, names, types and dispositions by Django 3.2 and Python's standard library.

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN; "!" for what is refused.
  join result base count part …
  valid result name                     get_valid_filename
  upload result name                    the multipart parser's sanitize_file_name, then UploadedFile's name
  name result folders name              validate_file_name: "ok" or "!"
  type type encoding name               mimetypes' own table, without the system's
  disposition value attachment name     FileResponse
  suffixes root suffixes name           what stands around the random part of an alternative name
Where Django 6.1 does otherwise, its rule is written out here: unprintable characters leave the names of uploads, names that cannot be
quoted are encoded, and alternative names keep all suffixes.
"""
import html
import io
import mimetypes
import pathlib
import random
import re
from urllib.parse import quote

from django.conf import settings
settings.configure()
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.utils import validate_file_name
from django.http import FileResponse
from django.http.multipartparser import MultiPartParser
from django.utils._os import safe_join
from django.utils.text import get_valid_filename

def escape(data):
    data = data.encode() if isinstance(data, str) else data
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in data)

def row(*fields):
    print(*(str(f) if isinstance(f, int) else escape(f) for f in fields), sep="\t")

def refused(run, *arguments):
    try:
        return run(*arguments)
    except SuspiciousFileOperation:
        return "!"

rng = random.Random(7)
print("# Paths, names, types, dispositions by Django and Python: made by tests/oracle/files.py")

def join(base, *parts):
    row("join", refused(safe_join, base, *parts), base, len(parts), *parts)

for base in ("/srv/media", "/srv/media/", "/", "//", "///srv", "/srv/./media/../x", "//srv/media", "/a"):
    join(base)
    for part in ("", "a", "a/b", "./a", "a/", "a//b", "..", "../", ".", "a/..", "a/../..", "a/../../media", "../media", "../media2",
                 "../mediax/y", "/etc/passwd", "/srv/media/a", "/srv/media", "/srv/mediax", "/", "//", "//srv/media/a", "...", "..a",
                 "a..", "../../../../etc/passwd", "a\\..\\b", "é/ü", "a/./b/../c", "/a", "/ab", "~", " .. "):
        join(base, part)
    join(base, "a", "b", "..", "c")
    join(base, "a", "/b")
    join(base, "..", "srv", "media")
PARTS = ["a", "b", "..", ".", "", "media", "srv", "/", "//", "/srv", "../..", "a/b/", "..."]
for _ in range(200):
    join(rng.choice(["/srv/media", "/srv", "/", "/a/b/c"]), *(rng.choice(PARTS) for _ in range(rng.randint(1, 5))))

NAMES = ["john's portrait in 2004.jpg", "été (1).tar.gz", " a b ", "a.txt", "", ".", "..", "...", " . ", "$.", "$..", "!!!", "-", "_",
         "a/b", "a\\b", "/etc/passwd", "../../etc/passwd", "C:\\x\\y.txt", "名前.png", "naïve.txt", "файл №1.doc", "a\u00a0b", "\u3000x\u3000",
         "½²Ⅷ٣.txt", "a\u0301.txt", "x\ty\nz", "\u2028a", "a+b=c&d.txt", "emoji 😀.png", "ﬁ.txt", "a\x00b", "\x00", "\u200b.txt", "\ufeffa"]
for name in NAMES:
    row("valid", refused(get_valid_filename, name), name)

def upload(name):
    name = MultiPartParser.sanitize_file_name(None, name)
    if name is None:
        return "!"
    name = "".join(c for c in name if c.isprintable())
    return "!" if name in ("", ".", "..") else UploadedFile(io.BytesIO(), name).name

UPLOADS = ["a/b/&amp;.txt", "&#47;etc&#x2F;passwd", "a&sol;b", "a&bsol;b.txt", "&#92;x", "&period;&period;", "&#46;&#46", "&#8364;.txt",
           "&#128;.txt", "&#x80", "&#0;.txt", "&#xD800;", "&#99999999999;", "&#1114112;x", "&#x10ffff;", "&#;", "&#x;", "&#xg", "&", "&&", "&amp",
           "&ampfoo", "&amp;amp;", "&lt;a&gt;", "&quot;x&quot;", "&AMP;", "&apos;", "&apos", "&colon;&num;&comma;", "&unknown;", "a&b.txt",
           "a\r\nb.txt", "a\x00.php\x00.png", "\x01", "..\x01", ".\x7f.", "a\u202egnp.exe", "a\u200b.txt", "x" * 300, "x" * 300 + ".txt",
           "x." + "y" * 300, "." + "y" * 300, "x" * 251 + ".txt", "x" * 252 + ".txt", "&#13;&#10;x", "&#129;x", "C:some.txt", "a/", "a\\", "a/..",
           "a\\..", "..\\..", ".htaccess", "&semi;&lpar;&rpar;&plus;&percnt;&lowbar;", "&Tab;a&NewLine;", "&nbsp;a", "&LTx", "&GT;", "&QUOT"]
for name in NAMES + UPLOADS:
    row("upload", upload(name), name)

def check(name, folders):
    validate_file_name(name, allow_relative_path=folders)
    return "ok"

for name in NAMES + ["a/b/c.txt", "a/../b", "a/..", "../a", "a\\..\\b", "..\\a", "\\a", "a/.", "a/", "/a", "//a", "a//b", "./a", "a/./b", "...", "a..b/c"]:
    if "\0" not in name:
        for folders in (0, 1):
            row("name", refused(check, name, bool(folders)), folders, name)

plain = mimetypes.MimeTypes(())
SAME = sorted(e for e in plain.types_map[True] if e not in (".js", ".mjs"))    # text/javascript since Python 3.12
for name in ["a" + e for e in SAME] + ["A" + e.upper() for e in SAME] + [
        "a.tar.gz", "a.tgz", "a.TGZ", "a.taz", "a.tz", "a.tbz2", "a.txz", "a.svgz", "a.SVGZ", "a.css.br", "a.html.Z", "a.html.z", "a.txt.GZ",
        "a.txt.bz2", "a.json.xz", ".gz", "gz", ".css", "css", "a.", "a.css.", "", ".", "..", "..css", "a..css", "a.css/b", "a/b.css", "a/.css",
        "a.b.c.html", "é.png", "a.gz", "a.x.gz", "a.unknown", "a.gz.gz", "a.css.gz.br", "..tgz", "x.tar.tgz", "a b.html", "a.html ",
        "a.webmanifestx"]:
    kind, encoding = plain.guess_type(name)
    row("type", kind or "!", encoding or "!", name)

def disposition(attachment, name):
    if re.fullmatch(r"[\t \x21-\x7e]*", name) is None:
        return "%s; filename*=utf-8''%s" % ("attachment" if attachment else "inline", quote(name))
    return FileResponse(io.BytesIO(), as_attachment=attachment, filename=name).headers.get("Content-Disposition", "!")

DISPOSED = ["", "a.txt", "naïve.txt", 'a "b".txt', "a\\b.txt", '\\"', "a b;c=d.txt", "a\tb", "a\nb", "a\r\nX: y", "a\x00b", "a\x7fb", "日本 語/x.png",
            "100%.txt", "é'()*!.txt", "~-_.ü", "a'b", "😀", "&=?#é"]
for name in DISPOSED:
    for attachment in (0, 1):
        row("disposition", disposition(bool(attachment), name), attachment, name)

for name in ["a", "a.txt", "a.tar.gz", ".htaccess", ".a.b", "..a.b", "a.", "a.b.", "a..b", "photo 1.2.2024 final.jpg", "été.tar.gz", "...", "a.b.c.d.e"]:
    suffixes = "".join(pathlib.PurePath(name).suffixes)
    row("suffixes", name.removesuffix(suffixes), suffixes, name)
