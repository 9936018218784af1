/* The view that serves one file of a directory. */
#include "site.h"

typedef struct serving {
    const char *relative;
    fl_serve_file_options options;
    fl_response *response;
} serving;

static void serve(void *data)
{
    serving *it = data;
    it->response = fl_serve_file_(fl_request_new("GET", "/f/"), in_test("tree"), it->relative, &it->options);
}

static fl_response *served(const char *relative, const char *name, const char *value)
{
    return fl_serve_file(request_for("GET", "/f/x", name, value), in_test("tree"), relative);
}

FL_TEST(a_file_is_sent_with_type_date_and_tag)
{
    put_file("tree/css/a.css", "0123456789");
    fl_response *response = served("css/a.css", NULL, NULL);
    fl_expect_text(all_headers(response), "200 text/css\nContent-Length: 10\nLast-Modified: Tue, 14 Nov 2023 22:13:20 GMT\n"
                                          "ETag: \"6553f100-a\"\nAccept-Ranges: bytes");
    fl_expect_text(body_of(response), "0123456789");
}

FL_TEST(a_compressed_file_says_its_encoding)
{
    put_file("tree/a.svgz", "x");
    put_file("tree/a.txt.gz", "x");
    fl_response *response = served("a.txt.gz", NULL, NULL);
    fl_expect_text(response->content_type, "text/plain");
    fl_expect_text(header(response, "Content-Encoding"), "gzip");
}

FL_TEST(what_was_not_modified_since_is_a_304)
{
    put_file("tree/a.txt", "abc");
    fl_expect_equal(served("a.txt", "If-Modified-Since", "Tue, 14 Nov 2023 22:13:20 GMT")->status, 304);
    fl_expect_equal(served("a.txt", "If-Modified-Since", "Tue, 14 Nov 2023 22:13:19 GMT")->status, 200);
    fl_response *response = served("a.txt", "If-None-Match", "\"6553f100-3\"");
    fl_expect_equal(response->status, 304);
    fl_expect_text(header(response, "ETag"), "\"6553f100-3\"");
    fl_expect_text(body_of(response), "");
}

FL_TEST(a_range_is_a_206_and_one_outside_a_416)
{
    put_file("tree/a.txt", "0123456789");
    fl_response *response = served("a.txt", "Range", "bytes=2-4");
    fl_expect_equal(response->status, 206);
    fl_expect_text(header(response, "Content-Range"), "bytes 2-4/10");
    fl_expect_text(header(response, "Content-Length"), "3");
    fl_expect_text(body_of(response), "234");
    fl_expect_equal(served("a.txt", "Range", "bytes=10-")->status, 416);
}

static const char *const outside[] = {
    "../secret",   "../../etc/passwd",       "css/../../secret", "..",         "/../secret",         "//etc/passwd",
    "/etc/passwd", "css/../../tree-other/x", "./../secret",      "..//secret", "css/./../../secret", "none.txt",
    "css/a.css/",  "a.css/../../secret",     "\\..\\secret",     "~/x",
};
FL_TEST(nothing_outside_of_the_root_is_found)
{
    put_file("tree/css/a.css", "a");
    put_file("secret", "s");
    put_file("tree-other/x", "s");
    for (size_t i = 0; i < FL_LENGTH(outside); i++) {
        fl_label("%s", outside[i]);
        fl_expect_error(FL_NOT_FOUND, serve, &(serving){ .relative = outside[i] });
    }
}

FL_TEST(a_link_that_leads_outside_is_refused_unless_asked_for)
{
    put_file("tree/in.txt", "inside");
    put_file("secret/s.txt", "secret");
    fl_expect_equal(symlink(in_test("secret/s.txt"), in_test("tree/out.txt")), 0);
    fl_expect_equal(symlink(in_test("secret"), in_test("tree/folder")), 0);
    fl_expect_equal(symlink("in.txt", in_test("tree/alias.txt")), 0);
    fl_expect_text(body_of(served("alias.txt", NULL, NULL)), "inside");
    fl_expect_error(FL_NOT_FOUND, serve, &(serving){ .relative = "out.txt" });
    fl_expect_error(FL_NOT_FOUND, serve, &(serving){ .relative = "folder/s.txt" });
    fl_expect_error(FL_NOT_FOUND, serve, (&(serving){ .relative = "folder", .options = { .show_indexes = true } }));
    serving it = { .relative = "out.txt", .options = { .follow_links = true } };
    serve(&it);
    fl_expect_text(body_of(it.response), "secret");
}

FL_TEST(a_pipe_is_no_file)
{
    put_file("tree/a.txt", "a");
    fl_expect_equal(mkfifo(in_test("tree/pipe"), 0600), 0);
    fl_expect_error(FL_NOT_FOUND, serve, &(serving){ .relative = "pipe" });
}

FL_TEST(a_directory_is_listed_only_if_asked_for)
{
    put_file("tree/d/<b>&.txt", "");
    put_file("tree/d/javascript:x", "");
    put_file("tree/d/sub/x", "");
    put_file("tree/d/.hidden", "");
    fl_expect_error(FL_NOT_FOUND, serve, &(serving){ .relative = "d" });
    serving it = { .relative = "d/", .options = { .show_indexes = true } };
    serve(&it);
    const char *page = body_of(it.response);
    fl_expect_text(it.response->content_type, "text/html; charset=utf-8");
    fl_expect_contains(page, "<title>Index of /d/</title>");
    fl_expect_contains(page, "<li><a href=\"../\">../</a></li>");
    fl_expect_contains(page, ">&lt;b&gt;&amp;.txt</a>");
    fl_expect_contains(page, "<a href=\"./javascript:x\">");
    fl_expect_contains(page, "<a href=\"./sub/\">sub/</a>");
    fl_expect(strstr(page, ".hidden") == NULL);
}

FL_TEST(a_listed_directory_gets_its_slash)
{
    put_file("tree/d/x", "");
    fl_response *response = fl_serve_file(fl_request_new("GET", "/files/d"), in_test("tree"), "d", .show_indexes = true);
    fl_expect_equal(response->status, 302);
    fl_expect_text(header(response, "Location"), "./d/");
}
