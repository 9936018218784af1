#!/usr/bin/python3
"""Prints tests/data/check.tsv: reports of system checks as Django's BaseCommand.check() writes them (Django 3.2).

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN.
  report fail-level count color silenced messages result
Silenced ids are apart by spaces; messages by \\x1e, their level, object, id, text and hint by \\x1f, an empty one is none.
"""
import io
import random
import sys

sys.path.pop(0)                                          # json.py beside this file is no module for Django
from unittest import mock  # noqa: E402

from django.conf import settings  # noqa: E402

settings.configure()
import django  # noqa: E402
from django.core import checks  # noqa: E402
from django.core.management.base import BaseCommand, SystemCheckError  # noqa: E402
from django.core.management.color import make_style, no_style  # noqa: E402

django.setup()

def escape(data):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in data.encode())

def report(messages, fail_level=checks.ERROR, count=True, color=False, silenced=()):
    out, err = io.StringIO(), io.StringIO()
    command = BaseCommand(stdout=out, stderr=err)
    command.style = make_style("dark") if color else no_style()
    settings.SILENCED_SYSTEM_CHECKS = list(silenced)
    made = [checks.CheckMessage(level, text, hint=hint or None, obj=obj or None, id=id or None)
            for level, obj, id, text, hint in messages]
    with mock.patch("django.core.checks.run_checks", return_value=made):
        try:
            command.check(display_num_errors=count, fail_level=fail_level)
            text = out.getvalue() + err.getvalue()
        except SystemCheckError as error:
            text = str(error)
            text += "" if text.endswith("\n") else "\n"       # as it is written to stderr
    print("report", fail_level, int(count), int(color), " ".join(silenced),
          escape("\x1e".join("\x1f".join(str(part) for part in m) for m in messages)), escape(text), sep="\t")

A = (40, "blog.Article.title", "fields.E120", "CharFields must define a 'max_length' attribute.", "")
B = (30, "", "security.W004", "You have not set a value for the SECURE_HSTS_SECONDS setting.", "See the docs.\nThen set it.")
C = (50, "", "", "Überhaupt nichts geht", "Ruf an")
D = (20, "x", "x.I001", "By the way", "")
E = (10, "y", "y.D001", "Seen", "")
F = (40, "", "blog.E001", "Another", "Do it")
print("# Django's check command: made by tests/oracle/check.py")
for color in (False, True):
    for count in (False, True):
        report([], count=count, color=color)
        report([A], count=count, color=color)
        report([A, B], count=count, color=color)
        report([B, D, E], count=count, color=color)
        report([E, D, C, B, A, F], count=count, color=color)
        report([A, B], silenced=["fields.E120"], count=count, color=color)
        report([A, B], silenced=["fields.E120", "security.W004"], count=count, color=color)
        report([B], fail_level=30, count=count, color=color)
        report([A], fail_level=50, count=count, color=color)
        report([D, B], fail_level=10, count=count, color=color)
rng = random.Random(3)
for _ in range(60):
    messages = [(rng.choice([0, 10, 15, 20, 29, 30, 35, 40, 45, 50, 60]), rng.choice(["", "a", "b.C", "é"]),
                 rng.choice(["", "x.E001", "x.W002", "y.I003"]), rng.choice(["one", "two", "Three", "ünf"]),
                 rng.choice(["", "hint", "two\nlines"])) for _ in range(rng.randrange(0, 7))]
    report(messages, rng.choice([10, 20, 30, 40, 50]), rng.random() < 0.7, rng.random() < 0.3,
           rng.sample(["x.E001", "x.W002", "y.I003"], rng.randrange(0, 3)))
