/* Where URLs lead: Django's corpus, redirects, domains. */
#include "vectors.h"

static void check_safe(const vector *v)
{
    fl_expect_equal(fl_url_has_allowed_host_and_scheme(fl_str_c(v->fields[1]), vector_words(v, 2), vector_bool(v, 3)),
                    vector_bool(v, 4));
}

/* A NUL ends a C string: what stands behind one is never seen, so such vectors do not say the same. */
static void check_safe_text(const vector *v)
{
    if (memchr(v->fields[1].data, '\0', v->fields[1].size) == NULL)
        check_safe(v);
}

FL_TEST(urls_are_judged_as_django_judges_them, .timeout = 60) { each_http_vector("safe", check_safe_text); }

FL_TEST(slashes_backslashes_and_control_characters_lead_away)
{
    static const char *const bad[] = { "",
                                       "///evil.com",
                                       "////evil.com",
                                       "\\\\evil.com",
                                       "/\\evil.com",
                                       "//evil.com",
                                       "http:\\\\evil.com",
                                       "http:///evil.com",
                                       "\x08//evil.com",
                                       "/\t/evil.com",
                                       "//\t//evil.com",
                                       "\\\\\r//evil.com",
                                       "javascript:alert(1)",
                                       "java\nscript:alert(1)",
                                       "http://site@evil.com",
                                       "https://evil.com\\@site",
                                       "ftp://site/a" };
    static const char *const good[] = { "/a", "/a?next=http://evil.com", "http://site/a", "//site/a", "HTTPS://site", " /a ",
                                        "a/b" };
    const char *const hosts[] = { "site", NULL };

    for (size_t i = 0; i < FL_LENGTH(bad); i++)
        if (fl_url_has_allowed_host_and_scheme(bad[i], hosts, false))
            fl_fail("%s is let through", bad[i]);
    for (size_t i = 0; i < FL_LENGTH(good); i++)
        if (!fl_url_has_allowed_host_and_scheme(good[i], hosts, false))
            fl_fail("%s is held back", good[i]);
    fl_expect(!fl_url_has_allowed_host_and_scheme(NULL, hosts, false));
    fl_expect(fl_url_has_allowed_host_and_scheme("/a", NULL, true));
    fl_expect(!fl_url_has_allowed_host_and_scheme("http://site/a", hosts, true));
}

static void check_domain(const vector *v) { fl_expect_equal(fl_is_same_domain(v->fields[1], v->fields[2]), vector_bool(v, 3)); }
FL_TEST(domains_match_exactly_or_behind_a_dot) { each_http_vector("domain", check_domain); }

static void check_iri(const vector *v) { fl_expect_bytes(fl_str_of(fl_iri_to_uri(fl_str_c(v->fields[1]))), v->fields[2]); }
FL_TEST(iris_become_uris) { each_http_vector("iri", check_iri); }

/* -- redirects ---------------------------------------------------------------------------------------------------------------------------- */

static void redirect(void *location) { (void)fl_redirect_to(location); }

static void check_redirect(const vector *v)
{
    char *location = fl_str_c(v->fields[1]);

    if (fl_str_equal(v->fields[2], fl_lit("refused"))) {
        fl_error *error = fl_expect_raises(FL_DISALLOWED_REDIRECT, redirect, location);
        fl_expect_contains(error->message, "unsafe redirect to a URL with protocol");
        fl_expect_equal(fl_error_status(error), 400);
        return;
    }
    fl_response *response = fl_redirect_to(location);
    fl_expect_equal(response->status, 302);
    fl_expect_bytes(fl_str_of(fl_response_header(response, "Location")), v->fields[2]);
}

FL_TEST(redirects_lead_where_django_lets_them) { each_http_vector("redirect", check_redirect); }

FL_TEST(redirects_have_four_statuses)
{
    fl_expect_equal(fl_redirect_to("/")->status, 302);
    fl_expect_equal(fl_redirect_to("/", .permanent = true)->status, 301);
    fl_expect_equal(fl_redirect_to("/", .preserve_request = true)->status, 307);
    fl_expect_equal(fl_redirect_to("/", .permanent = true, .preserve_request = true)->status, 308);
}

static void redirect_shortly(void *location) { (void)fl_redirect_to(location, .max_length = 5); }

FL_TEST(a_location_has_an_end)
{
    char *location = fl_alloc(16386);

    memset(location, 'x', 16384);
    redirect(location);
    location[16384] = 'x';
    fl_expect_contains(fl_expect_raises(FL_DISALLOWED_REDIRECT, redirect, location)->message, "exceeding 16384 characters");
    redirect_shortly((char *)"/four");
    fl_expect_error(FL_DISALLOWED_REDIRECT, redirect_shortly, "/fives");
    fl_expect_error(FL_DISALLOWED_REDIRECT, redirect_shortly, "/é");
}
