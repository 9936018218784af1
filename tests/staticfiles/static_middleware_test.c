/* Files served in front of the site: headers as WhiteNoise documents them, negotiation, ranges, debug and production. */
#include "site.h"

static const char manifest[] = "{\"paths\": {\"css/a.css\": \"css/a.b132f9589593.css\"}, \"version\": \"1.1\", \"hash\": \"x\"}";

static void put_tree(void)
{
    put_file("out/staticfiles.json", manifest);
    put_file("out/css/a.css", "0123456789");
    put_file("out/css/a.b132f9589593.css", "0123456789");
    put_file("out/app.js", "plain script, which is longer than its forms");
    put_file("out/app.js.gz", "gzip of a script");
    put_file("out/app.js.br", "brotli of it");
    put_file("out/a b.bin", "x");
    put_file("out/lone.gz", "compressed alone");
}

FL_TEST(headers_are_complete)
{
    put_tree();
    set_up(NULL);
    fl_expect_text(
        all_headers(get("/static/css/a.css")),
        "200 text/css; charset=\"utf-8\"\nCache-Control: max-age=60, public\nAccess-Control-Allow-Origin: *\n"
        "Last-Modified: Tue, 14 Nov 2023 22:13:20 GMT\nETag: \"6553f100-a\"\nContent-Length: 10\nAccept-Ranges: bytes");
    fl_expect_text(all_headers(get_with("/static/app.js", "Accept-Encoding", "gzip")),
                   "200 text/javascript; charset=\"utf-8\"\nCache-Control: max-age=60, public\nAccess-Control-Allow-Origin: *\n"
                   "Vary: Accept-Encoding\nLast-Modified: Tue, 14 Nov 2023 22:13:20 GMT\nETag: \"6553f100-2c-gzip\"\n"
                   "Content-Length: 16\nContent-Encoding: gzip\nAccept-Ranges: bytes");
    fl_expect_text(get("/static/a%20b.bin")->content_type, "application/octet-stream");
    fl_expect_text(get("/static/lone.gz")->content_type, "application/gzip");
    fl_expect_text(body_of(get("/static/css/a.css")), "0123456789");
}

FL_TEST(hashed_names_are_for_ever)
{
    put_tree();
    set_up(NULL);
    fl_expect_text(header(get("/static/css/a.b132f9589593.css"), "Cache-Control"), "max-age=315360000, public, immutable");
    fl_expect_text(header(get("/static/css/a.css"), "Cache-Control"), "max-age=60, public");
}

static const struct {
    const char *accepted, *body;
} codings[] = {
    { NULL, "plain" },           { "", "plain" },
    { "gzip", "gzip" },          { "br", "brotli" },
    { "gzip, br", "brotli" },    { "gzip, deflate, br;q=0.5", "gzip" },
    { "br;q=0, gzip", "gzip" },  { "gzip;q=0", "plain" },
    { "identity", "plain" },     { "*", "plain" },
    { "deflate", "plain" },      { "gzip;q=0.5, identity;q=0.9", "plain" },
    { "identity;q=0", "plain" },
};
static void check_coding(const void *row)
{
    const __typeof__(*codings) *it = row;
    fl_response *response = it->accepted == NULL ? get("/static/app.js")
                                                 : get_with("/static/app.js", "Accept-Encoding", it->accepted);

    fl_label("%s", it->accepted == NULL ? "(none)" : it->accepted);
    fl_expect(fl_starts_with(body_of(response), it->body));
    fl_expect_text(header(response, "Vary"), "Accept-Encoding");
}
FL_TEST(the_form_is_the_one_the_client_likes_best)
{
    put_tree();
    set_up(NULL);
    fl_table(codings, check_coding);
}

FL_TEST(what_the_client_has_is_a_304)
{
    put_tree();
    set_up(NULL);
    fl_response *response = get_with("/static/css/a.css", "If-None-Match", "\"6553f100-a\"");
    fl_expect_equal(response->status, 304);
    fl_expect_text(all_headers(response),
                   "304 -\nCache-Control: max-age=60, public\nLast-Modified: Tue, 14 Nov 2023 22:13:20 GMT\n"
                   "ETag: \"6553f100-a\"");
    fl_expect_equal(get_with("/static/css/a.css", "If-None-Match", "\"other\"")->status, 200);
    fl_expect_equal(get_with("/static/css/a.css", "If-Modified-Since", "Tue, 14 Nov 2023 22:13:20 GMT")->status, 304);
    fl_expect_equal(get_with("/static/css/a.css", "If-Modified-Since", "Tue, 14 Nov 2023 22:13:19 GMT")->status, 200);
}

FL_TEST(ranges_are_cut_from_the_form_that_is_sent)
{
    put_tree();
    set_up(NULL);
    fl_response *response = get_with("/static/css/a.css", "Range", "bytes=-3");
    fl_expect_equal(response->status, 206);
    fl_expect_text(header(response, "Content-Range"), "bytes 7-9/10");
    fl_expect_text(header(response, "Content-Length"), "3");
    fl_expect_text(body_of(response), "789");
    fl_expect_equal(get_with("/static/css/a.css", "Range", "bytes=99-")->status, 416);
    fl_request *request = request_for("GET", "/static/app.js", "Range", "bytes=0-3");
    fl_headers_add(&request->headers, fl_lit("Accept-Encoding"), fl_lit("br"));
    fl_expect_text(body_of(fl_answer(request, NULL)), "brot");
    fl_request *stale = request_for("GET", "/static/app.js", "Range", "bytes=0-3");
    fl_headers_add(&stale->headers, fl_lit("If-Range"), fl_lit("\"6553f100-2c-gzip\""));
    fl_expect_equal(fl_answer(stale, NULL)->status, 200);
}

FL_TEST(head_is_answered_and_other_methods_go_on_to_the_site)
{
    put_tree();
    set_up(NULL);
    fl_response *response = fl_answer(request_for("HEAD", "/static/css/a.css", NULL, NULL), NULL);
    fl_expect_equal(response->status, 200);
    fl_expect_text(header(response, "Content-Length"), "10");
    fl_expect_equal(fl_answer(request_for("POST", "/static/css/a.css", NULL, NULL), NULL)->status, 404);
    fl_expect_equal(get("/static/none.css")->status, 404);
    fl_expect_text(body_of(get("/home/")), "home");
}

static const char *const hostile[] = {
    "/static/..%2f..%2fetc/passwd",
    "/static/../secret",
    "/static/%2e%2e/secret",
    "/static/..%2fsecret",
    "/static//etc/passwd",
    "/static/%2fetc%2fpasswd",
    "/static/css/..%2f..%2f..%2fsecret",
    "/static/..%5csecret",
    "/static/a%00.css",
    "/static/",
    "/static",
    "/static/css",
    "/static/css/",
    "/static/.%2e/secret",
    "/static/..;/secret",
};
static void refuse_all(void)
{
    for (size_t i = 0; i < FL_LENGTH(hostile); i++) {
        fl_label("%s", hostile[i]);
        fl_expect_equal(get(hostile[i])->status, 404);
        fl_expect_equal(fl_staticfiles_answer(request_for("GET", hostile[i], NULL, NULL), NULL)->status, 404);
    }
}
FL_TEST(traversal_is_a_404)
{
    put_tree();
    put_file("secret", "s");
    set_up(NULL);
    refuse_all();
}
FL_TEST(traversal_in_debug_is_a_404)
{
    put_tree();
    put_file("secret", "s");
    put_file("www/robots.txt", "r");
    fl_use_staticfiles(&(const fl_staticfiles_options){ .root = in_test("www"), .index_file = "index.html" });
    set_up("debug_settings");
    refuse_all();
    fl_expect_equal(get("/../secret")->status, 404);
    fl_expect_equal(get("/..%2fsecret")->status, 404);
    fl_expect_equal(get("//etc/passwd")->status, 404);
}

FL_TEST(links_out_of_the_root_are_not_in_the_table)
{
    put_tree();
    put_file("secret", "s");
    fl_expect_equal(symlink(in_test("secret"), in_test("out/link.txt")), 0);
    set_up(NULL);
    fl_expect_equal(get("/static/link.txt")->status, 404);
}
FL_TEST(links_out_of_the_root_are_followed_if_asked_for)
{
    put_tree();
    put_file("secret", "s");
    fl_expect_equal(symlink(in_test("secret"), in_test("out/link.txt")), 0);
    fl_use_staticfiles(&(const fl_staticfiles_options){ .follow_links = true });
    set_up(NULL);
    fl_expect_text(body_of(get("/static/link.txt")), "s");
}

/* The table was made at start; what is put there later is not in it, and what was replaced keeps its content. */
FL_TEST(production_serves_what_was_there_at_start)
{
    put_tree();
    set_up(NULL);
    put_file("out/new.css", "new");
    fl_expect_equal(get("/static/new.css")->status, 404);
    fl_expect_text(body_of(get("/static/css/a.css")), "0123456789");
    put_file("out/css/a.css", "replaced, and longer");
    fl_expect_text(body_of(get("/static/css/a.css")), "0123456789");
    put_file("out/app.js", "replaced");
    fl_expect_equal(get("/static/app.js")->status, 404);
}

FL_TEST(debug_serves_what_the_finders_have_now)
{
    set_up("debug_settings");
    put_file("assets/new.css", "new");
    fl_response *response = get("/static/new.css");
    fl_expect_text(body_of(response), "new");
    fl_expect_text(header(response, "Cache-Control"), "max-age=0, public");
    put_file("assets/new.css", "newer");
    fl_expect_text(body_of(get("/static/new.css")), "newer");
}

FL_TEST(the_development_server_needs_no_middleware)
{
    set_up("debug_settings");
    fl_settings_override(middleware, NULL);
    put_file("assets/x.css", "x");
    fl_expect_text(body_of(fl_staticfiles_answer(request_for("GET", "/static/x.css", NULL, NULL), NULL)), "x");
    fl_expect_equal(fl_staticfiles_answer(request_for("GET", "/static/none", NULL, NULL), NULL)->status, 404);
    fl_expect_text(body_of(fl_staticfiles_answer(request_for("GET", "/home/", NULL, NULL), NULL)), "home");
}

/* -- options ------------------------------------------------------------------------------------------------------------------------------ */

FL_TEST(a_second_root_serves_the_top)
{
    put_file("www/robots.txt", "Disallow: /");
    put_file("www/docs/index.html", "docs");
    put_file("www/index.html", "top");
    fl_use_staticfiles(&(const fl_staticfiles_options){ .root = in_test("www"), .index_file = "index.html" });
    set_up(NULL);
    fl_expect_text(body_of(get("/robots.txt")), "Disallow: /");
    fl_expect_text(body_of(get("/")), "top");
    fl_expect_text(body_of(get("/docs/")), "docs");
    fl_response *response = get("/docs?a=1");
    fl_expect_equal(response->status, 302);
    fl_expect_text(header(response, "Location"), "./docs/?a=1");
    fl_expect_text(header(get("/docs/index.html"), "Location"), "./");
}

FL_TEST(a_second_root_serves_the_top_in_debug)
{
    put_file("www/robots.txt", "Disallow: /");
    put_file("www/docs/index.html", "docs");
    fl_use_staticfiles(&(const fl_staticfiles_options){ .root = in_test("www"), .index_file = "index.html" });
    set_up("debug_settings");
    fl_expect_text(body_of(get("/robots.txt")), "Disallow: /");
    fl_expect_text(body_of(get("/docs/")), "docs");
    fl_expect_text(header(get("/docs"), "Location"), "./docs/");
    fl_expect_text(header(get("/docs/index.html"), "Location"), "./");
}

static void add_headers(fl_headers *headers, const char *path, const char *url)
{
    (void)path;
    fl_headers_put(headers, fl_lit("X-Url"), fl_str_of(url));
}
static bool all_are_immutable(const char *path, const char *url)
{
    (void)path, (void)url;
    return true;
}

FL_TEST(types_ages_charset_and_headers_are_options)
{
    static const fl_mime_override types[] = { { ".weird", "application/x-weird" }, { "feed", "application/rss+xml" }, { 0 } };

    put_tree();
    put_file("out/x.weird", "");
    put_file("out/feed", "");
    put_file("out/crossdomain.xml", "");
    fl_use_staticfiles(&(const fl_staticfiles_options){
        .types = types, .charset = "latin-1", .max_age = 5, .no_origin = true, .add_headers = add_headers });
    set_up(NULL);
    fl_expect_text(get("/static/x.weird")->content_type, "application/x-weird");
    fl_expect_text(get("/static/feed")->content_type, "application/rss+xml");
    fl_expect_text(get("/static/crossdomain.xml")->content_type, "text/x-cross-domain-policy; charset=\"latin-1\"");
    fl_response *response = get("/static/css/a.css");
    fl_expect_text(header(response, "Cache-Control"), "max-age=5, public");
    fl_expect_text(header(response, "Access-Control-Allow-Origin"), "-");
    fl_expect_text(header(response, "X-Url"), "/static/css/a.css");
}

FL_TEST(what_never_changes_may_be_said)
{
    put_tree();
    fl_use_staticfiles(&(const fl_staticfiles_options){ .immutable = all_are_immutable });
    set_up(NULL);
    fl_expect_text(header(get("/static/css/a.css"), "Cache-Control"), "max-age=315360000, public, immutable");
}

FL_TEST(a_proxy_may_send_the_files)
{
    put_tree();
    fl_use_staticfiles(&(const fl_staticfiles_options){ .send_by = FL_SEND_X_ACCEL_REDIRECT, .accel_prefix = "/_static/" });
    set_up(NULL);
    fl_response *response = get_with("/static/app.js", "Accept-Encoding", "gzip");
    fl_expect_text(header(response, "X-Accel-Redirect"), "/_static/app.js.gz");
    fl_expect_text(header(response, "Content-Length"), "-");
    fl_expect_text(header(response, "Content-Encoding"), "gzip");
    fl_expect_text(body_of(response), "");
    fl_expect_text(header(get("/static/a%20b.bin"), "X-Accel-Redirect"), "/_static/a%20b.bin");
}
FL_TEST(a_proxy_may_be_given_the_path)
{
    put_tree();
    fl_use_staticfiles(&(const fl_staticfiles_options){ .send_by = FL_SEND_X_SENDFILE });
    set_up(NULL);
    fl_expect_text(header(get("/static/css/a.css"), "X-Sendfile"), in_test("out/css/a.css"));
}
