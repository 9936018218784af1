/* Which hosts are served, and what proxies may say. */
#include "site.h"

static fl_response *where_view(fl_request *request)
{
    return fl_text_response(fl_text("%s %s %s", request->scheme, request->host, fl_absolute_url(request, "/x/")));
}
FL_URLS(host_urls, Path("", where_view));

fl_configure hosts_live, hosts_debug, hosts_none, hosts_proxy, hosts_any;
void hosts_live(fl_settings *s)
{
    s->secret_key = "a key for tests";
    s->allowed_hosts = fl_list_of(".example.com", "exact.org", "[2001:db8::1]", "203.0.113.7");
}
void hosts_debug(fl_settings *s)
{
    s->secret_key = "a key for tests";
    s->debug = true;
}
void hosts_none(fl_settings *s) { s->secret_key = "a key for tests"; }
void hosts_any(fl_settings *s)
{
    s->secret_key = "a key for tests";
    s->allowed_hosts = any_host();
}
void hosts_proxy(fl_settings *s)
{
    hosts_any(s);
    s->use_x_forwarded_host = s->use_x_forwarded_port = true;
    s->secure_proxy_ssl_header = (fl_proxy_header){ "HTTP_X_FORWARDED_PROTO", "https" };
}
FL_SITE(host_site, Settings(hosts_live, hosts_debug, hosts_none, hosts_any, hosts_proxy), Urls(host_urls));

static int status_for(const char *host) { return answer(asked_with("GET", "/", "Host", host))->status; }

/* The rule of Django 3.2: validate_host(split_domain_port(host)). */
static const struct {
    const char *host;
    int status;
} hosts[] = {
    { "example.com", 200 },
    { "EXAMPLE.com", 200 },
    { "www.example.com", 200 },
    { "a.b.example.com:8000", 200 },
    { "example.com.", 200 },
    { "example.com.:80", 200 },
    { "evilexample.com", 400 },
    { "example.com.evil.com", 400 },
    { "exact.org", 200 },
    { "www.exact.org", 400 },
    { "exact.org:80", 200 },
    { "[2001:db8::1]", 200 },
    { "[2001:db8::1]:8000", 200 },
    { "[2001:db8::2]", 400 },
    { "203.0.113.7", 200 },
    { "evil.com", 400 },
    { "example.com:", 400 },
    { "example.com:80a", 400 },
    { "a_b.example.com", 400 },
    { "user@example.com", 400 },
    { "example.com/x", 400 },
    { "a b.example.com", 400 },
    { "[example.com]", 400 },
    { "[2001:db8::1]x", 400 },
    { "", 400 },
    { "caf\u00e9.example.com", 400 },
};

static void check_host(const void *row)
{
    const typeof(*hosts) *it = row;
    fl_label("'%s'", it->host);
    fl_expect_equal(status_for(it->host), it->status);
}

FL_TEST(hosts_are_served_as_the_settings_say)
{
    set_up(&host_site, NULL);
    fl_table(hosts, check_host);
}

FL_TEST(a_host_that_is_not_served_is_a_400_under_its_own_logger)
{
    set_up(&host_site, NULL);
    fl_expect_equal(status_for("evil.com"), 400);
    fl_expect_contains(fl_test_logged(), "fleche.security.FL_DISALLOWED_HOST: invalid HTTP_HOST header: 'evil.com'");
}

static const struct {
    const char *settings, *host;
    int status;
} defaults[] = {
    { "hosts_debug", "localhost:8000", 200 }, { "hosts_debug", "shop.localhost", 200 }, { "hosts_debug", "127.0.0.1:1", 200 },
    { "hosts_debug", "[::1]:8000", 200 },     { "hosts_debug", "example.com", 400 },    { "hosts_none", "localhost", 400 },
    { "hosts_any", "whatever.example", 200 }, { "hosts_any", "what_ever", 400 },
};

static void check_default(const void *row)
{
    const typeof(*defaults) *it = row;

    fl_label("%s %s", it->settings, it->host);
    fl_setup(&host_site, it->settings);
    int status = status_for(it->host);
    fl_teardown();
    fl_expect_equal(status, it->status);
}

FL_TEST(without_hosts_debug_serves_this_machine_and_nothing_else_serves_anybody) { fl_table(defaults, check_default); }

FL_TEST(what_one_site_allowed_the_next_does_not)
{
    set_up(&host_site, "hosts_any");
    fl_expect_equal(status_for("evil.com"), 200);
    fl_teardown();
    fl_setup(&host_site, "hosts_live");
    fl_expect_equal(status_for("evil.com"), 400);
}

static fl_request *behind_proxy(const char *host, const char *port, const char *scheme)
{
    fl_request *request = asked_with("GET", "/", "Host", "inner.example");

    if (host != NULL)
        fl_headers_put(&request->headers, fl_lit("X-Forwarded-Host"), fl_str_of(host));
    if (port != NULL)
        fl_headers_put(&request->headers, fl_lit("X-Forwarded-Port"), fl_str_of(port));
    if (scheme != NULL)
        fl_headers_put(&request->headers, fl_lit("X-Forwarded-Proto"), fl_str_of(scheme));
    return request;
}

static const struct {
    const char *host, *port, *scheme, *body;
} proxies[] = {
    { NULL, NULL, NULL, "http inner.example http://inner.example/x/" },
    { "outer.example", NULL, NULL, "http outer.example http://outer.example/x/" },
    { "outer.example", "8443", "https", "https outer.example:8443 https://outer.example:8443/x/" },
    { "outer.example", "443", "https", "https outer.example https://outer.example/x/" },
    { "outer.example:1", "80", "http", "http outer.example http://outer.example/x/" },
    { "[::1]", "8000", NULL, "http [::1]:8000 http://[::1]:8000/x/" },
    { "[::1]:1", "8000", NULL, "http [::1]:8000 http://[::1]:8000/x/" },
    { NULL, NULL, "https, http", "https inner.example https://inner.example/x/" },
    { NULL, NULL, "http, https", "http inner.example http://inner.example/x/" },
    { NULL, NULL, " https ", "https inner.example https://inner.example/x/" },
};

static void check_proxy(const void *row)
{
    const typeof(*proxies) *it = row;
    fl_expect_text(body_of(answer(behind_proxy(it->host, it->port, it->scheme))), it->body);
}

FL_TEST(what_a_proxy_says_counts_where_the_settings_believe_it)
{
    set_up(&host_site, "hosts_proxy");
    fl_table(proxies, check_proxy);
    fl_expect_equal(answer(behind_proxy("a, b", NULL, NULL))->status, 400);
    fl_expect_equal(answer(behind_proxy("a", "x", NULL))->status, 400);
}

FL_TEST(without_such_settings_a_proxy_says_nothing)
{
    set_up(&host_site, "hosts_any");
    fl_expect_text(body_of(answer(behind_proxy("outer.example", "8443", "https"))), "http inner.example http://inner.example/x/");
}
