#!/usr/bin/python3
"""Prints tests/data/middleware.tsv: what Django's middleware and security checks do with the same settings, requests and responses.

One vector a line, fields apart by tabs, bytes outside of printable ASCII and the backslash as \\xNN. Settings are name=value, apart by |;
headers are Name: value, apart by |.
  run middleware settings method target scheme request-headers status response-headers body status headers
  mask secret mask token
  csrf method scheme cookie header referer accepted
  check settings message…                          each "id text"

Headers of results are sorted; Content-Type is not among them, nor the length of error pages and of compressed bodies. The URLs are /x/,
/no/ (no_append_slash) and /bare. W001 and W009 have the words of later versions.
"""
import sys

sys.path.pop(0)                             # the other oracles here have names of Python's modules
import types
from unittest import mock

import django
from django.conf import settings

root = types.ModuleType("oracle_urls")
sys.modules["oracle_urls"] = root
settings.configure(SECRET_KEY="x" * 10, ALLOWED_HOSTS=["*"], ROOT_URLCONF="oracle_urls", INSTALLED_APPS=[], MIDDLEWARE=[],
                   LOGGING_CONFIG=None, DEFAULT_AUTO_FIELD="django.db.models.AutoField")
django.setup()

import logging
import re
from django.core.checks import run_checks
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.middleware import clickjacking, common, csrf, gzip, http, security
from django.test import RequestFactory, override_settings
from django.urls import path, resolve, Resolver404
from django.views.decorators.common import no_append_slash

logging.disable()
root.urlpatterns = [path("x/", lambda r: None), path("no/", no_append_slash(lambda r: None)), path("bare", lambda r: None)]
CLASSES = {"security": security.SecurityMiddleware, "common": common.CommonMiddleware, "gzip": gzip.GZipMiddleware,
           "conditional": http.ConditionalGetMiddleware, "clickjacking": clickjacking.XFrameOptionsMiddleware}
NAMES = {"security": "django.middleware.security.SecurityMiddleware", "csrf": "django.middleware.csrf.CsrfViewMiddleware",
         "clickjacking": "django.middleware.clickjacking.XFrameOptionsMiddleware"}
LISTS = {"secure_redirect_exempt", "disallowed_user_agents", "allowed_hosts", "middleware"}


def field(value):
    data = value.encode() if isinstance(value, str) else value
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\x%02x" % b for b in data)


def emit(*fields):
    print("\t".join(field(f) for f in fields))


def read_settings(text):
    result = {}
    for pair in filter(None, text.split("|")):
        name, value = pair.split("=", 1)
        if name in LISTS:
            value = [v for v in value.split(",") if v]
            if name == "disallowed_user_agents":
                value = [re.compile(v) for v in value]
            if name == "middleware":
                value = [NAMES[v] for v in value]
        elif name == "apps":
            name, value = "installed_apps", ["django.contrib." + value]
        elif value in ("0", "1"):
            value = value == "1"
        elif value.isdigit():
            value = int(value)
        result[name.upper()] = value
    return result


def headers(text):
    return [tuple(h.split(": ", 1)) for h in filter(None, text.split("|"))]


def run(name, options="", method="GET", target="/x/", scheme="http", asks="", status="200", says="", body="hello"):
    extra = {"HTTP_" + k.upper().replace("-", "_"): v for k, v in headers(asks)}
    extra.setdefault("HTTP_HOST", "example.com")
    with override_settings(**read_settings(options)):
        request = RequestFactory().generic(method, "/", secure=scheme == "https", **extra)
        request.path = request.path_info = target.split("?")[0]
        request.META["QUERY_STRING"] = target.split("?")[1] if "?" in target else ""

        def view(request):
            try:
                resolve(request.path_info)
            except Resolver404:
                return HttpResponse("", status=404)
            response = HttpResponse(body, status=int(status))
            for k, v in headers(says):
                response[k] = v
            return response

        try:
            response = CLASSES[name](view)(request)
        except PermissionDenied:
            response = HttpResponse("", status=403)
        left_out = {"content-type"}
        if response.status_code in (301, 403, 404, 304) or "Content-Encoding" in response:
            left_out.add("content-length")
        result = sorted("%s: %s" % item for item in response.items() if item[0].lower() not in left_out)
    emit("run", name, options, method, target, scheme, asks, status, says, body, str(response.status_code), "|".join(result))


def security_vectors():
    for options in ("", "secure_hsts_seconds=3600", "secure_hsts_seconds=31536000|secure_hsts_include_subdomains=1|secure_hsts_preload=1",
                    "secure_hsts_seconds=60|secure_hsts_preload=1", "secure_content_type_nosniff=0",
                    "secure_referrer_policy=no-referrer, strict-origin-when-cross-origin", "secure_referrer_policy= same-origin "):
        for scheme in ("http", "https"):
            run("security", options, scheme=scheme)
            run("security", options, scheme=scheme, says="Strict-Transport-Security: max-age=1|X-Content-Type-Options: own|Referrer-Policy: own")
    for options in ("secure_ssl_redirect=1", "secure_ssl_redirect=1|secure_ssl_host=secure.example.com",
                    "secure_ssl_redirect=1|secure_redirect_exempt=^x/$,^health", "secure_ssl_redirect=1|secure_redirect_exempt=^/x"):
        for scheme in ("http", "https"):
            for target in ("/x/", "/x/?a=1&b=%20", "/health/now"):
                run("security", options, scheme=scheme, target=target)
    run("security", "secure_ssl_redirect=1", method="POST")


def common_vectors():
    for target in ("/x/", "/x", "/x?a=1", "/x?a=b/", "/no", "/no/", "/bare", "/bare/", "/nowhere", "/nowhere/", "//x", "/caf\u00e9"):
        for options in ("", "append_slash=0", "prepend_www=1"):
            run("common", options, target=target)
    run("common", "prepend_www=1", asks="Host: www.example.com")
    run("common", "prepend_www=1", asks="Host: example.com:8000", scheme="https", target="/x/?q=1")
    for agent in ("good", "BadBot/1.0", "badbot"):
        run("common", "disallowed_user_agents=^BadBot,crawler$", asks="User-Agent: " + agent)
    run("common", "disallowed_user_agents=^BadBot")
    run("common", says="Content-Length: 77")
    for body in ("", "a", "\u00e9" * 100):
        run("common", body=body)


def other_vectors():
    for says in ("", "X-Frame-Options: own"):
        for options in ("", "x_frame_options=SAMEORIGIN", "x_frame_options=DENY"):
            run("clickjacking", options, says=says)
    etag = '"5d41402abc4b2a76b9719d911017c592"'
    for method in ("GET", "HEAD", "POST"):
        for asks in ("", "If-None-Match: " + etag, "If-None-Match: W/" + etag, 'If-None-Match: "x"', "If-None-Match: *",
                     "If-Match: " + etag, 'If-Match: "x"', "If-Modified-Since: Sat, 12 Feb 2011 17:38:44 GMT"):
            for says in ("", 'ETag: "own"', "Last-Modified: Sat, 12 Feb 2011 17:38:44 GMT", "Cache-Control: no-store"):
                run("conditional", method=method, asks=asks, says=says)
    run("conditional", asks="If-None-Match: " + etag, status="404")
    run("conditional", asks="If-None-Match: " + etag, status="201")
    run("conditional", body="")
    for body in ("a" * 199, "a" * 200, "\u00e9" * 100):
        for asks in ("", "Accept-Encoding: gzip", "Accept-Encoding: br, gzip;q=0.8", "Accept-Encoding: br", "Accept-Encoding: deflate"):
            run("gzip", asks=asks, body=body)
    for says in ("Content-Encoding: br", 'ETag: "a"', 'ETag: W/"a"', "Vary: Cookie", "Vary: accept-encoding"):
        run("gzip", asks="Accept-Encoding: gzip", says=says, body="a" * 300)


def csrf_vectors():
    alphabet = csrf.CSRF_ALLOWED_CHARS
    secrets = ["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef", alphabet[:32], alphabet[30:], "9" * 32]
    masks = ["0123456789abcdefghijklmnopqrstuv", "a" * 32, "9" * 32, alphabet[15:47]]
    for secret in secrets:
        for mask in masks:
            with mock.patch.object(csrf, "_get_new_csrf_string", lambda: mask):
                token = csrf._mask_cipher_secret(secret)
            assert csrf._unmask_cipher_token(token) == secret
            emit("mask", secret, mask, token)
    good = masks[0] + "qsuwyACEGIKMOQSUWY02468aceqsuwyA"
    for method in ("GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "DELETE"):
        for cookie in ("", secrets[0], good, "short"):
            for token in ("", good, secrets[0], secrets[1], "short"):
                judge(method, "http", cookie, token, "")
    for referer in ("", "https://example.com/", "https://example.com", "http://example.com/", "https://example.com.evil.org/", "example.com",
                    "https://", "https://evil.org/?https://example.com/", "https://EXAMPLE.com/a", "https://sub.example.com/"):
        judge("POST", "https", good, good, referer)


def judge(method, scheme, cookie, token, referer):
    extra = {"HTTP_HOST": "example.com"}
    if cookie:
        extra["HTTP_COOKIE"] = "csrftoken=" + cookie
    if token:
        extra["HTTP_X_CSRFTOKEN"] = token
    if referer:
        extra["HTTP_REFERER"] = referer
    request = RequestFactory().generic(method, "/x/", secure=scheme == "https", **extra)
    middleware = csrf.CsrfViewMiddleware(lambda r: None)
    middleware.process_request(request)
    refused = middleware.process_view(request, lambda r: None, (), {})
    emit("csrf", method, scheme, cookie, token, referer, "0" if refused else "1")


def check_vectors():
    full = "middleware=security,csrf,clickjacking"
    safe = ("secure_hsts_seconds=60|secure_hsts_include_subdomains=1|secure_hsts_preload=1|secure_ssl_redirect=1|csrf_cookie_secure=1|"
            "allowed_hosts=example.com|secret_key=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRST")
    for options in ("debug=1|allowed_hosts=", full, full + "|secure_hsts_seconds=60", full + "|" + safe,
                    full + "|" + safe + "|x_frame_options=SAMEORIGIN", full + "|" + safe + "|secure_referrer_policy=wrong",
                    full + "|" + safe + "|secure_referrer_policy=no-referrer, origin", full + "|" + safe + "|secure_content_type_nosniff=0",
                    full + "|" + safe + "|secret_key=django-insecure-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ",
                    full + "|" + safe + "|secret_key=" + "abcd" * 20, safe,
                    full + "|" + safe + "|apps=sessions|session_cookie_secure=0|session_cookie_httponly=0",
                    full + "|" + safe + "|apps=sessions|session_cookie_secure=1|session_cookie_httponly=1"):
        with override_settings(**read_settings(options)):
            messages = [m for m in run_checks(include_deployment_checks=True) if m.id.startswith("security.")]
        lines = []
        for m in messages:
            text = m.msg.replace("SECURE_BROWSER_XSS_FILTER, SECURE_REFERRER_POLICY, and",
                                 "SECURE_REFERRER_POLICY, SECURE_CROSS_ORIGIN_OPENER_POLICY, and")
            text = text.replace("Please generate a long and random SECRET_KEY", "Please generate a long and random value")
            lines.append("%s %s" % (m.id, text) + (" HINT " + m.hint if m.hint else ""))
        emit("check", options, *sorted(lines))


print("# Django's middleware and security checks: made by tests/oracle/middleware.py")
security_vectors()
common_vectors()
other_vectors()
csrf_vectors()
check_vectors()
