/* The site that is compared with Django's: its routes, its settings, and the views about URLs. */
#include <fleche/middleware.h>
#include "differential.h"
#include "views.h"

fl_response *arguments(fl_request *req)
{
    fl_list *all = fl_list_new();

    for (size_t i = 0; i < req->match->argument_count; i++) {
        const fl_match_argument *one = &req->match->arguments[i];
        const char *type = one->value.kind == FL_V_UUID ? "UUID" : one->value.kind == FL_V_TEXT ? "str" : "int";
        fl_list_push(all, fl_list_of(one->name, type, fl_value_text(one->value)));
    }
    return fl_json_response(fl_json_of(all));
}

fl_response *by_position(fl_request *req)
{
    fl_list *all = fl_list_new();

    for (size_t i = 0; fl_arg(req, i) != NULL; i++)
        fl_list_push(all, fl_arg(req, i));
    return fl_json_response(fl_json_of(all));
}

static fl_value names(const char *const *all, size_t count)
{
    fl_list *list = fl_list_new();

    for (size_t i = 0; i < count; i++)
        fl_list_push(list, all[i]);
    return fl_box(list);
}

fl_response *matched(fl_request *req)
{
    const fl_match *match = req->match;
    return fl_json_response(fl_json_object("route", match->pattern, "url_name", match->url_name, "view_name",
                                           match->url_name == NULL ? "" : match->view_name, "namespaces",
                                           names(match->namespaces, match->namespace_count), "app_names",
                                           names(match->app_names, match->namespace_count)));
}

fl_response *reversed_name(fl_request *req)
{
    enum { MOST = 8 };
    fl_value pairs[2 * MOST];
    size_t count = 0, cursor = 0;

    for (fl_str name; count < MOST && fl_querydict_next(fl_query_all(req), &cursor, &name, NULL);) {
        if (fl_str_equal(name, fl_lit("name")))
            continue;
        pairs[2 * count] = fl_box(name);
        pairs[2 * count++ + 1] = fl_box(fl_query(req, fl_str_c(name)));
    }
    const char *url = fl_try_reverse(fl_query(req, "name"), pairs, count, NULL);
    return say(url == NULL ? "no match" : url);
}

/* -- routes ----------------------------------------------------------------------------------------------------------------- */

static const char *tag_of_version(FL_UNUSED fl_request *req) { return "\"v1\""; }
static const char *weak_tag(FL_UNUSED fl_request *req) { return "W/\"weak\""; }
static fl_datetime date_of_version(FL_UNUSED fl_request *req) { return fl_datetime_of_unix(MODIFIED, 0); }

FL_URLS(differential_asked_urls, Path("query/", query), Path("form/", form), Path("body/", body),
        Path("form-then-body/", form_then_body), Path("meta/", meta), Path("headers/", headers), Path("paths/", paths),
        Path("paths/<path:rest>", paths), Path("host/", host), Path("accepts/", accepts), Path("cookies/", cookies),
        Path("set-cookie/", set_cookie), Path("delete-cookie/", delete_cookie), Path("sign-cookie/", sign_cookie),
        Path("signed-cookie/", signed_cookie));

FL_URLS(differential_answer_urls, Path("redirect-to/", redirect_to), Path("redirect-by-name/", redirect_by_name),
        Path("redirect-as-shortcut/", redirect_as_shortcut), Path("status/<int:code>/", status),
        Path("not-modified/", not_modified), Path("not-allowed/", not_allowed), Path("fails/<slug:how>/", fails),
        Path("types/", types), Path("json-list/", json_list), Path("set-headers/", set_headers), Path("vary/", vary),
        Path("patched/", patched), Path("stream/", stream), Path("file/", file),
        Path("conditional/", conditional, .decorators = { FL_CONDITION(tag_of_version, date_of_version) }),
        Path("weakly-tagged/", weakly_tagged, .decorators = { FL_CONDITION(.etag = weak_tag) }),
        Path("dated/", dated, .decorators = { FL_CONDITION(.last_modified = date_of_version) }),
        Path("get-only/", plain_answer, .decorators = { FL_GET_ONLY }, .extra = { "say", "got" }),
        Path("post-only/", plain_answer, .decorators = { FL_POST_ONLY }, .extra = { "say", "posted" }),
        Path("safe-only/", plain_answer, .decorators = { FL_SAFE_ONLY }, .extra = { "say", "safe" }),
        Path("three-methods/", plain_answer, .decorators = { FL_METHODS("GET", "PUT", "PATCH") }, .extra = { "say", "by" }),
        Path("never-cached/", plain_answer, .decorators = { FL_NEVER_CACHE }, .extra = { "say", "new" }),
        Path("cached/", plain_answer, .decorators = { FL_CACHE_CONTROL("max-age=60", "public") }, .extra = { "say", "old" }),
        Path("varied/", plain_answer, .decorators = { FL_VARY_ON("Accept-Language", "Cookie") }, .extra = { "say", "varied" }));

FL_URLS(differential_article_urls, Path("", matched, .name = "list"), Path("<int:year>/", matched, .name = "year"),
        Path("<int:year>/<slug:name>/", matched, .name = "detail"),
        RePath("^old/(?P<number>[0-9]+)\\.html$", matched, .name = "old"));

FL_URLS(differential_urls, Include("", differential_asked_urls), Include("", differential_answer_urls),
        Path("int/<int:x>/", arguments, .name = "int"), Path("str/<str:x>/", arguments, .name = "str"),
        Path("plain/<x>/", arguments, .name = "plain"), Path("slug/<slug:x>/", arguments, .name = "slug"),
        Path("uuid/<uuid:x>/", arguments, .name = "uuid"), Path("path/<path:x>/end/", arguments, .name = "path"),
        Path("pair/<int:a>-<int:b>/", arguments, .name = "pair"), Path("café/<str:x>/", arguments, .name = "cafe"),
        Path("dot.and+plus/<x>", arguments, .name = "dot"),
        Path("extra/<int:x>/", arguments, .name = "extra", .extra = { "y", "more" }),
        Path("article/<int:number>/", arguments, .name = "article"), RePath("^hex/(?P<x>[0-9a-f]+)/$", arguments, .name = "hex"),
        RePath("^part/([a-z]+)/([0-9]+)/$", by_position), RePath("^maybe/(?:(?P<x>[0-9]+)/)?$", arguments),
        RePath("^any/(?P<x>.*)$", arguments, .name = "any"), RePath("open-end/(?P<x>\\w+)", arguments),
        Path("first/", arguments, .extra = { "x", "one" }), Path("first/", arguments, .extra = { "x", "two" }),
        Include("blog/", differential_article_urls, .namespace = "blog", .app_name = "articles"),
        Include("news/", differential_article_urls, .namespace = "news", .app_name = "articles"),
        Include("in/<slug:section>/", differential_article_urls, .namespace = "sections", .app_name = "articles"),
        Path("reverse/", reversed_name));

FL_SITE(differential_site, Settings(differential_settings), Urls(differential_urls));

void differential_settings(fl_settings *s)
{
    s->secret_key = "only for this comparison, the same in both";
    s->allowed_hosts = fl_list_of("testserver", ".example.com", "127.0.0.1", "[::1]");
    fl_use_middleware(s, fl_security, fl_conditional_get, fl_common, fl_clickjacking);
    s->secure_cross_origin_opener_policy = NULL;           /* not in Django 3.2 */
    s->signed_cookie_legacy_salt_fallback = true;          /* Django 3.2 signs cookies so */
}
