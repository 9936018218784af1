/* Redirects, templates through an engine, signed cookies. */
#include <fleche/signing.h>
#include "site.h"

static fl_response *text_view(fl_request *request) { return fl_text_response(request->view_name); }

/* -- redirects -------------------------------------------------------------------------------------------------------------------------- */

static fl_response *to_view(fl_request *request)
{
    const char *kind = fl_kwarg(request, "kind");

    if (fl_text_is(kind, "name"))
        return fl_redirect(request, "article", "pk", 7);
    if (fl_text_is(kind, "moved"))
        return fl_redirect_permanently(request, "/a/");
    if (fl_text_is(kind, "relative"))
        return fl_redirect(request, "../up/");
    if (fl_text_is(kind, "elsewhere"))
        return fl_redirect(request, "https://example.org/x");
    if (fl_text_is(kind, "script"))
        return fl_redirect(request, "javascript:alert(1).x");
    return fl_redirect(request, "nothing");
}

FL_REDIRECT_VIEW(old_article, .pattern_name = "article", .permanent = true);
FL_REDIRECT_VIEW(old_url, .url = "/new/<slug>/", .query_string = true);
FL_REDIRECT_VIEW(kept, .url = "/a/", .preserve_request = true);
FL_REDIRECT_VIEW(kept_for_good, .url = "/a/", .preserve_request = true, .permanent = true);
FL_REDIRECT_VIEW(gone, .pattern_name = "article");

/* -- templates -------------------------------------------------------------------------------------------------------------------------- */

static bool has(const char *name) { return !fl_text_is(name, "missing.html"); }

static void render(fl_request *request, const char *name, const fl_dict *context, fl_buf *out)
{
    (void)request;
    fl_buf_format(out, "%s: %s, %s", name, fl_value_text(fl_dict_get(context, fl_lit("title"))),
                  fl_value_text(fl_dict_get(context, fl_lit("site_name"))));
}
static const fl_template_engine fake = { "fake", has, render };

static void site_settings(fl_request *request, fl_json *context)
{
    (void)request;
    fl_json_put(context, "site_name", "Acme");
    fl_json_put(context, "title", "of the processor");
}

static fl_response *page_view(fl_request *request) { return fl_render(request, "page.html", "title", "Hello"); }
static fl_response *bare_view(fl_request *request) { return fl_render(request, "page.html"); }
static fl_response *created_view(fl_request *request)
{
    return fl_render_as_(request, "page.html", FL_PAIRS("title", "Made"),
                         &(const fl_response_options){ .status = 201, .content_type = "text/x" });
}

static void append(fl_response *response) { fl_response_write(response, " (after)"); }

static fl_response *lazy_view(fl_request *request)
{
    fl_response *response = fl_template_response(request, "page.html", "title", "Lazy");

    fl_response_after_render(response, append);
    fl_expect(!response->lazy->rendered && response->body.size == 0);
    return response;
}

static void change_template(fl_request *request, fl_response *response)
{
    static const char *const names[] = { "missing.html", "changed.html", NULL };

    (void)request;
    response->lazy->names = names;
    fl_dict_put(response->lazy->context, fl_lit("title"), "changed");
}
FL_MIDDLEWARE(changing, .on_template = change_template);

/* -- the site ----------------------------------------------------------------------------------------------------------------------------- */

FL_URLS(shortcut_urls, Path("articles/<int:pk>/", text_view, .name = "article"), Path("to/<slug:kind>/", to_view),
        Path("old/<int:pk>/", old_article), Path("old-url/<slug:slug>/", old_url), Path("kept/", kept),
        Path("kept-for-good/", kept_for_good), Path("gone/<slug:slug>/", gone), Path("page/", page_view),
        Path("bare/", bare_view), Path("created/", created_view), Path("lazy/", lazy_view));

fl_configure shortcut_settings, changing_settings;
void shortcut_settings(fl_settings *s)
{
    s->secret_key = "a key for tests";
    s->allowed_hosts = any_host();
    fl_use_context_processors(s, site_settings);
}
void changing_settings(fl_settings *s)
{
    shortcut_settings(s);
    fl_use_middleware(s, changing);
}
FL_SITE(shortcut_site, Settings(shortcut_settings, changing_settings), Urls(shortcut_urls));

static const struct {
    const char *path;
    int status;
    const char *location;
} redirects[] = {
    { "/to/name/", 302, "/articles/7/" },
    { "/to/moved/", 301, "/a/" },
    { "/to/relative/", 302, "../up/" },
    { "/to/elsewhere/", 302, "https://example.org/x" },
    { "/to/script/", 400, NULL },
    { "/to/nothing/", 500, NULL },
    { "/old/7/", 301, "/articles/7/" },
    { "/old-url/a-b/?page=2", 302, "/new/a-b/?page=2" },
    { "/kept/", 307, "/a/" },
    { "/kept-for-good/", 308, "/a/" },
    { "/gone/a/", 410, NULL },
};

static void check_redirect(const void *row)
{
    const typeof(*redirects) *it = row;
    fl_response *response = got(it->path);

    fl_label("%s", it->path);
    fl_expect_equal(response->status, it->status);
    if (it->location != NULL)
        fl_expect_text(fl_response_header(response, "Location"), it->location);
}

FL_TEST(redirects_lead_to_views_by_name_and_to_urls)
{
    set_up(&shortcut_site, NULL);
    fl_table(redirects, check_redirect);
    fl_expect_contains(fl_test_logged(), "WARNING fleche.request: Gone: /gone/a/");
    fl_expect_contains(fl_test_logged(), "reverse for 'nothing' not found");
}

FL_TEST(a_page_has_the_views_names_over_those_of_the_processors)
{
    set_up(&shortcut_site, NULL);
    fl_use_template_engine(&fake);
    fl_expect_text(body_of(got("/page/")), "page.html: Hello, Acme");
    fl_expect_text(body_of(got("/bare/")), "page.html: of the processor, Acme");
    fl_response *response = got("/created/");
    fl_expect_equal(response->status, 201);
    fl_expect_text(response->content_type, "text/x");
}

FL_TEST(without_an_engine_it_is_told_which_template_waits_for_one)
{
    set_up(&shortcut_site, NULL);
    fl_expect_equal(got("/page/")->status, 500);
    fl_expect_contains(fl_test_logged(), "there is no template engine to render page.html");
}

FL_TEST(a_template_response_is_rendered_behind_the_view_and_then_told)
{
    set_up(&shortcut_site, NULL);
    fl_use_template_engine(&fake);
    fl_expect_text(body_of(got("/lazy/")), "page.html: Lazy, Acme (after)");
}

FL_TEST(a_middleware_changes_template_and_context_before_they_are_rendered)
{
    set_up(&shortcut_site, "changing_settings");
    fl_use_template_engine(&fake);
    fl_expect_text(body_of(got("/lazy/")), "changed.html: changed, Acme (after)");
}

/* -- signed cookies ----------------------------------------------------------------------------------------------------------------------- */

static fl_request *with_cookie(const char *value) { return asked_with("GET", "/", "Cookie", fl_text("seen=%s", value)); }

static const char *signed_value(void)
{
    fl_response *response = fl_text_response("");

    fl_set_signed_cookie(response, "seen", "yes: 1", "salt", .http_only = true);
    fl_expect_contains(response->cookies->header, "; HttpOnly; Path=/");
    fl_str rest = fl_str_of(response->cookies->header), value;
    fl_expect(fl_str_cut(&rest, '=', &value) && fl_str_cut(&rest, ';', &value));
    return fl_str_c(value);
}

typedef struct reading { const char *cookie, *salt; fl_duration age; } reading;

static void read_cookie(void *data)
{
    const reading *it = data;
    (void)fl_signed_cookie(with_cookie(it->cookie), "seen", it->salt, it->age);
}

FL_TEST(a_signed_cookie_comes_back_and_a_changed_one_does_not)
{
    set_up(&shortcut_site, NULL);
    const char *cookie = signed_value();
    fl_expect_text(fl_signed_cookie(with_cookie(cookie), "seen", "salt", FL_SECONDS(0)), "yes: 1");
    fl_expect_text(fl_signed_cookie(with_cookie(cookie), "seen", "salt", FL_SECONDS(60)), "yes: 1");
    fl_expect(fl_signed_cookie(asked("GET", "/"), "seen", "salt", FL_SECONDS(0)) == NULL);
    fl_expect_error(FL_BAD_SIGNATURE, read_cookie, (&(reading){ cookie, "other salt", FL_SECONDS(0) }));
    fl_expect_error(FL_BAD_SIGNATURE, read_cookie, (&(reading){ "yes:1:forged", "salt", FL_SECONDS(0) }));
}
