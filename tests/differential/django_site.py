"""The site of site.c, written for Django, in one file: /usr/bin/gunicorn django_site:application.

What both answer to the same requests is compared by the tests in this folder. Views have the same names in both files.
"""
import datetime
import decimal
import io
import uuid

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="only for this comparison, the same in both",
    DEBUG=False,
    ALLOWED_HOSTS=["testserver", ".example.com", "127.0.0.1", "[::1]"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.http.ConditionalGetMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    INSTALLED_APPS=[],
    LOGGING_CONFIG=None,
    USE_TZ=True,
    USE_I18N=False,
)
django.setup()

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation  # noqa: E402
from django.core.signing import BadSignature  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import (  # noqa: E402
    FileResponse, Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified, HttpResponsePermanentRedirect,
    HttpResponseRedirect, JsonResponse, StreamingHttpResponse,
)
from django.shortcuts import redirect  # noqa: E402
from django.urls import NoReverseMatch, include, path, re_path, reverse  # noqa: E402
from django.utils.cache import patch_cache_control, patch_vary_headers  # noqa: E402
from django.views.decorators.cache import cache_control, never_cache  # noqa: E402
from django.views.decorators.http import condition, require_GET, require_http_methods, require_POST, require_safe  # noqa: E402
from django.views.decorators.vary import vary_on_headers  # noqa: E402

MODIFIED = datetime.datetime(2023, 11, 14, 22, 13, 20, tzinfo=datetime.timezone.utc)


def lists(fields):
    return [[name, fields.getlist(name)] for name in fields]


def text(value):
    return HttpResponse(value, content_type="text/plain; charset=utf-8")


# -- what was asked -----------------------------------------------------------------------------------------------------------


def query(request):
    return JsonResponse({"all": lists(request.GET), "a": request.GET.get("a"), "again": request.GET.urlencode()})


def form(request):
    files = []
    for name in ["f", "g", "caf\u00e9", "a b", "x[]"]:
        for one in request.FILES.getlist(name):
            files.append([name, one.name, one.content_type, one.size, one.read().hex()])
    return JsonResponse({"post": lists(request.POST), "files": files})


def body(request):
    return HttpResponse(request.body, content_type="application/octet-stream")


def form_then_body(request):
    count = len(request.POST)
    return JsonResponse({"fields": count, "body": len(request.body)})


ASKED = [
    "REQUEST_METHOD", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH", "PATH_INFO", "SERVER_PROTOCOL", "HTTP_HOST", "HTTP_X_FOO",
    "HTTP_X_BAR", "HTTP_USER_AGENT", "HTTP_ACCEPT", "HTTP_COOKIE", "HTTP_REFERER", "HTTP_X_LARGE", "HTTP_CONTENT_TYPE",
    "HTTP_CONTENT_LENGTH", "HTTP_X_123", "HTTP_ACCEPT_LANGUAGE", "HTTP_MISSING",
]


def meta(request):
    return JsonResponse([[name, request.META.get(name)] for name in ASKED], safe=False)


def headers(request):
    return JsonResponse([request.headers.get(name) for name in ["x-foo", "X-BAR", "user-agent", "content-type", "absent"]], safe=False)


def paths(request, rest=""):
    return JsonResponse({
        "rest": rest, "path": request.path, "path_info": request.path_info, "full": request.get_full_path(),
        "absolute": request.build_absolute_uri(), "beside": request.build_absolute_uri("x/?y=1"),
    })


def host(request):
    return JsonResponse({
        "host": request.get_host(), "port": request.get_port() if "port" in request.GET else "", "scheme": request.scheme, "secure": request.is_secure(),
        "url": request.build_absolute_uri("/x/"),
    })


def accepts(request):
    types = ["text/html", "application/json", "image/png", "text/*", "*/*"]
    return JsonResponse([request.accepts(one) for one in types], safe=False)


# -- cookies ------------------------------------------------------------------------------------------------------------------


def cookies(request):
    return JsonResponse([[name, request.COOKIES[name]] for name in request.COOKIES], safe=False)


def attributes(request):
    found = {"path": request.GET.get("path", "/")}
    for name in ["domain", "samesite"]:
        if name in request.GET:
            found[name] = request.GET[name]
    return found


def set_cookie(request):
    response = text("set")
    more = attributes(request)
    if "max_age" in request.GET:
        more["max_age"] = int(request.GET["max_age"])
    if "expires" in request.GET:
        more["expires"] = MODIFIED
    for name in ["secure", "httponly"]:
        more[name] = name in request.GET
    for value in request.GET.getlist("value"):
        response.set_cookie(request.GET.get("name", "c"), value, **more)
    return response


def delete_cookie(request):
    response = text("deleted")
    response.delete_cookie(request.GET.get("name", "c"), **attributes(request))
    return response


def sign_cookie(request):
    response = text("signed")
    response.set_signed_cookie(request.GET["name"], request.GET["value"], salt=request.GET.get("salt", ""))
    return response


def signed_cookie(request):
    name = request.GET["name"]
    if name not in request.COOKIES:
        return text("absent")
    try:
        return text(request.get_signed_cookie(name, salt=request.GET.get("salt", "")))
    except BadSignature:
        return text("refused")


# -- answers ------------------------------------------------------------------------------------------------------------------


def redirect_to(request):
    kind = HttpResponsePermanentRedirect if "permanent" in request.GET else HttpResponseRedirect
    return kind(request.GET["to"])


def redirect_by_name(request):
    return redirect("article", number=7, permanent="permanent" in request.GET)


def redirect_as_shortcut(request):
    return redirect(request.GET["to"])


def status(request, code):
    return HttpResponse("status %d" % code, status=code, content_type="text/plain; charset=utf-8")


def not_modified(request):
    return HttpResponseNotModified()


def not_allowed(request):
    return HttpResponseNotAllowed(["GET", "PUT"])


def fails(request, how):
    if how == "missing":
        raise Http404("there is no such thing")
    if how == "denied":
        raise PermissionDenied("not for you")
    if how == "bad":
        raise BadRequest("this cannot be")
    if how == "suspicious":
        raise SuspiciousOperation("this is odd")
    raise ValueError("this went wrong")


def types(request):
    zone = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
    return JsonResponse({
        "text": "caf\u00e9 \U0001f600 \"quoted\" \\ / <b>&'\u2028\x7f\t\n\x01", "empty": "", "int": 42, "negative": -7, "big": 9223372036854775807,
        "unsigned": 18446744073709551615, "float": 0.1, "whole": 3.0, "large": 1e22, "small": 1e-7, "zero": -0.0, "third": 1 / 3, "true": True,
        "false": False, "none": None, "date": datetime.date(2024, 2, 29), "time": datetime.time(13, 37, 5),
        "time_us": datetime.time(13, 37, 5, 123456), "utc": datetime.datetime(2024, 2, 29, 13, 37, 5, 123456, tzinfo=datetime.timezone.utc),
        "utc_whole": MODIFIED, "zoned": datetime.datetime(2024, 2, 29, 13, 37, 5, 1000, tzinfo=zone) if "zoned" in request.GET else None,
        "duration": datetime.timedelta(days=3, hours=4, minutes=5, seconds=6), "duration_us": datetime.timedelta(seconds=1, microseconds=500),
        "negative_duration": -datetime.timedelta(hours=1), "decimal": decimal.Decimal("1.10"), "decimal_large": decimal.Decimal("1E+3"),
        "uuid": uuid.UUID("12345678-1234-5678-1234-567812345678"), "list": [1, "two", [], {}], "nested": {"a": {"b": [None]}}, "kl\u00e4": 1,
    })


def json_list(request):
    return JsonResponse([1, 2.5, "x"], safe=False)


def set_headers(request):
    response = text("headers")
    response["X-One"] = "1"
    response["x-two"] = "second"
    response["X-One"] = "again"
    response["X-Gone"] = "x"
    del response["x-gone"]
    response.setdefault("X-One", "default")
    response.setdefault("X-Three", "third")
    response["Content-Language"] = "en"
    return response


def vary(request):
    response = text("vary")
    for names in request.GET.getlist("on"):
        patch_vary_headers(response, names.split(","))
    return response


def patched(request):
    response = text("patched")
    more = {}
    if "cache" in request.GET:
        response["Cache-Control"] = request.GET["cache"]
    for one in request.GET.getlist("with"):
        name, _, value = one.partition("=")
        more[name.replace("-", "_")] = int(value) if value else True
    patch_cache_control(response, **more)
    return response


def stream(request):
    return StreamingHttpResponse(iter(["one\n", "two\n", "caf\u00e9\n"]), content_type="text/plain; charset=utf-8")


def file(request):
    found = io.BytesIO(b"0123456789" * 10)
    name = request.GET.get("name", "")
    if name:
        found.name = name
    return FileResponse(found, as_attachment="attachment" in request.GET)


@condition(etag_func=lambda request: '"v1"', last_modified_func=lambda request: MODIFIED)
def conditional(request):
    return text("version 1 by %s" % request.method)


@condition(etag_func=lambda request: 'W/"weak"')
def weakly_tagged(request):
    return text("weak")


@condition(last_modified_func=lambda request: MODIFIED)
def dated(request):
    return text("dated")


@require_GET
def get_only(request):
    return text("got")


@require_POST
def post_only(request):
    return text("posted")


@require_safe
def safe_only(request):
    return text("safe")


@require_http_methods(["GET", "PUT", "PATCH"])
def three_methods(request):
    return text("by " + request.method)


@never_cache
def never_cached(request):
    return text("new")


@cache_control(max_age=60, public=True)
def cached(request):
    return text("old")


@vary_on_headers("Accept-Language", "Cookie")
def varied(request):
    return text("varied")


# -- URLs ---------------------------------------------------------------------------------------------------------------------


def arguments(request, **found):
    return JsonResponse([[name, type(found[name]).__name__, str(found[name])] for name in found], safe=False)


def by_position(request, *found):
    return JsonResponse([str(one) for one in found], safe=False)


def matched(request, **found):
    match = request.resolver_match
    return JsonResponse({
        "route": match.route, "url_name": match.url_name, "view_name": match.view_name if match.url_name else "",
        "namespaces": match.namespaces, "app_names": match.app_names,
    })


def reversed_name(request):
    known = [(name, value) for name, value in request.GET.items() if name != "name"]
    try:
        return text(reverse(request.GET["name"], kwargs=dict(known)))
    except NoReverseMatch:
        return text("no match")


articles = ([
    path("", matched, name="list"),
    path("<int:year>/", matched, name="year"),
    path("<int:year>/<slug:name>/", matched, name="detail"),
    re_path(r"^old/(?P<number>[0-9]+)\.html$", matched, name="old"),
], "articles")

urlpatterns = [
    path("query/", query), path("form/", form), path("body/", body), path("form-then-body/", form_then_body), path("meta/", meta),
    path("headers/", headers), path("paths/", paths), path("paths/<path:rest>", paths), path("host/", host), path("accepts/", accepts),
    path("cookies/", cookies), path("set-cookie/", set_cookie), path("delete-cookie/", delete_cookie), path("sign-cookie/", sign_cookie),
    path("signed-cookie/", signed_cookie), path("redirect-to/", redirect_to), path("redirect-by-name/", redirect_by_name),
    path("redirect-as-shortcut/", redirect_as_shortcut), path("status/<int:code>/", status), path("not-modified/", not_modified),
    path("not-allowed/", not_allowed), path("fails/<slug:how>/", fails), path("types/", types), path("json-list/", json_list),
    path("set-headers/", set_headers), path("vary/", vary), path("patched/", patched), path("stream/", stream), path("file/", file),
    path("conditional/", conditional), path("weakly-tagged/", weakly_tagged), path("dated/", dated), path("get-only/", get_only),
    path("post-only/", post_only), path("safe-only/", safe_only), path("three-methods/", three_methods),
    path("never-cached/", never_cached), path("cached/", cached), path("varied/", varied),
    path("int/<int:x>/", arguments, name="int"), path("str/<str:x>/", arguments, name="str"), path("plain/<x>/", arguments, name="plain"),
    path("slug/<slug:x>/", arguments, name="slug"), path("uuid/<uuid:x>/", arguments, name="uuid"),
    path("path/<path:x>/end/", arguments, name="path"), path("pair/<int:a>-<int:b>/", arguments, name="pair"),
    path("caf\u00e9/<str:x>/", arguments, name="cafe"), path("dot.and+plus/<x>", arguments, name="dot"),
    path("extra/<int:x>/", arguments, {"y": "more"}, name="extra"), path("article/<int:number>/", arguments, name="article"),
    re_path(r"^hex/(?P<x>[0-9a-f]+)/$", arguments, name="hex"), re_path(r"^part/([a-z]+)/([0-9]+)/$", by_position),
    re_path(r"^maybe/(?:(?P<x>[0-9]+)/)?$", arguments), re_path(r"^any/(?P<x>.*)$", arguments, name="any"),
    re_path(r"open-end/(?P<x>\w+)", arguments),
    path("first/", arguments, {"x": "one"}), path("first/", arguments, {"x": "two"}),
    path("blog/", include(articles, namespace="blog")), path("news/", include(articles, namespace="news")),
    path("in/<slug:section>/", include(articles, namespace="sections")), path("reverse/", reversed_name),
]

application = get_wsgi_application()
