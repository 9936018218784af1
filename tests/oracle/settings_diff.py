#!/usr/bin/python3 -P
"""Prints tests/settings/data/diff.tsv: what Django's diffsettings prints of the configurations that are in
tests/settings/diff_test.c too.

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN:
  case form text          (form: hash, unified, against; all only has the lines of settings that both have,
  with the same default)
Debian's Django 3.2 has other defaults for some settings than later versions: those are not in it.
"""
import io
import sys
import types
from django.conf import Settings, global_settings, settings
from django.core.management import call_command
from django.core.management.commands.diffsettings import Command

CASES = {
    "plain": dict(DEBUG=True, ALLOWED_HOSTS=["a.example", ".b.example"], SECRET_KEY="it's", TIME_ZONE="UTC",
    STATIC_URL="/static/",
                  EMAIL_PORT=587, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"), FORCE_SCRIPT_NAME="/x"),
    "none": dict(SECRET_KEY="x", DATA_UPLOAD_MAX_MEMORY_SIZE=None, CSRF_COOKIE_AGE=None, EMAIL_TIMEOUT=7,
    FILE_UPLOAD_PERMISSIONS=None,
                 SESSION_COOKIE_AGE=3600, SESSION_COOKIE_SAMESITE=None, LANGUAGE_COOKIE_AGE=60),
    "own": dict(SECRET_KEY="x", PAYMENT_URL="https://pay.example", RETRIES=3, ROOT_URLCONF="set", PAGE_SIZE=20,
                DATABASES={"default": {"ENGINE": "postgresql", "NAME": "db", "PORT": "5432"},
                "replica": {"ENGINE": "sqlite", "NAME": ":memory:",
                           "OPTIONS": {"timeout": 5}}}, CACHES={"default": {"BACKEND": "redis", "LOCATION": "redis://h",
                           "TIMEOUT": 60}},
                MIDDLEWARE=["fl_security", "fl_common"], ADMINS=["ada@example.com"], INTERNAL_IPS=[]),
}

def escape(text):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in text.encode())

def module(name, values):
    made = types.ModuleType(name)
    for key, value in values.items():
        setattr(made, key, value)
    sys.modules[name] = made

def diff(**options):
    out = io.StringIO()
    call_command(Command(), stdout=out, no_color=True, **options)
    return out.getvalue().rstrip("\n")

for name, values in CASES.items():
    module(name, values)
for name in CASES:
    settings._wrapped = Settings(name)
    print(name, "hash", escape(diff(output="hash")), sep="\t")
    print(name, "unified", escape(diff(output="unified")), sep="\t")
    print(name, "against", escape(diff(output="hash", default="plain")), sep="\t")
    print(name, "all", escape(diff(output="hash", all=True)), sep="\t")
    print(name, "unified-all", escape(diff(output="unified", all=True)), sep="\t")
