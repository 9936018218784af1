#!/usr/bin/python3
"""Prints tests/data/signing.tsv: what django.core.signing and django.utils.crypto make (Django 3.2, with sha256).

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN.
  hmac hash salt value secret hex
  sign key salt separator algorithm value result         an empty salt is the default
  timed key salt time value result
  object key salt json compress result                   Signer.sign_object
  dumps key salt time json compress result
  pbkdf2 hash password salt iterations hex
"""
import sys

sys.path.pop(0)                                          # json.py beside this file is no module for Django
import hashlib  # noqa: E402
import json  # noqa: E402
from unittest import mock  # noqa: E402

from django.conf import settings  # noqa: E402

KEY = "compat-test-secret-key-0123456789abcdefghijklmnopqrstuvwx"
settings.configure(SECRET_KEY=KEY, DEFAULT_HASHING_ALGORITHM="sha256")
from django.core import signing  # noqa: E402
from django.utils import crypto  # noqa: E402

def escape(data):
    data = data.encode() if isinstance(data, str) else data
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in data)

def row(*fields):
    print(*(str(f) if isinstance(f, int) else escape(f) for f in fields), sep="\t")

print("# Django's signing: made by tests/oracle/signing.py")
VALUES = ["hello", "", "a:b:c", "é ü 日本", "x" * 300, "line\nbreak", "1", ":", "::"]
for algorithm in ("sha1", "sha256", "sha512", "md5"):
    for salt, value, secret in (("salt", "value", KEY), ("", "", "k"), ("é", "日本" * 40, "ключ" * 30)):
        row("hmac", algorithm, salt, value, secret, crypto.salted_hmac(salt, value, secret, algorithm=algorithm).hexdigest())
for value in VALUES:
    for key, salt, separator, algorithm in ((KEY, "", ":", "sha256"), ("short", "extra", ":", "sha256"),
                                            (KEY, "é", "|", "sha256"),
                                            (KEY, "long separator", "~::~", "sha256"), (KEY, "s", "*", "sha512"),
                                            (KEY, "s", ".", "sha1")):
        signer = signing.Signer(key, sep=separator, salt=salt or None, algorithm=algorithm)
        row("sign", key, salt, separator, algorithm, value, signer.sign(value))
for value in VALUES:
    for time in (0, 1, 1700000000, 4102444800):
        for salt in ("", "extra"):
            with mock.patch("time.time", return_value=time + 0.75):
                row("timed", KEY, salt, time, value, signing.TimestampSigner(KEY, salt=salt or None).sign(value))
OBJECTS = [{"a": 1, "b": "é"}, [], {}, None, True, 0, -1.5, "text", "日本\u2028\U0001F600\"\\/\n", [1, [2, {"x": None}], "y"],
           {"a": "x" * 100}, {"list": list(range(200))}, "short", [1.0, 1e300, 123456789012345678901234567890], {"": {"": {}}}]
for value in OBJECTS:
    for compress in (0, 1):
        text = json.dumps(value)
        row("object", KEY, "", text, compress, signing.Signer(KEY).sign_object(value, compress=bool(compress)))
        with mock.patch("time.time", return_value=1700000000):
            row("dumps", KEY, "", 1700000000, text, compress, signing.dumps(value, compress=bool(compress)))
            row("dumps", "other", "ns", 1700000000, text, compress, signing.dumps(value, "other", "ns", compress=bool(compress)))
for hash in ("sha1", "sha256"):
    for iterations in (1, 1000):
        row("pbkdf2", hash, "pässword", "salt", iterations, crypto.pbkdf2("pässword", "salt", iterations,
                                                                         digest=getattr(hashlib, hash)).hex())
