/* Real clients, where they are installed: they read HTTP their own way. */
#include <fleche/child.h>
#include <fleche/io.h>
#include <unistd.h>
#include "server/raw.h"

static const char *output_of(const char *const *arguments)
{
    fl_output out = fl_child_run(arguments);

    fl_expect_equal(out.status, 0);
    return fl_str_c(out.text);
}
#define run(...) output_of(FL_STRINGS(__VA_ARGS__))

static void need(const char *program, const char *package)
{
    if (access(fl_text("/usr/bin/%s", program), X_OK) != 0)
        fl_skip("%s is not installed: apt-get install %s", program, package);
}

static fl_response *measure(fl_request *request, void *data)
{
    (void)data;
    return fl_text_response(fl_text("%s %zu HTTP/%d\n", request->method, fl_body(request).size, request->version));
}

static const char *url_of(const raw_server *server) { return fl_text("http://%s/", server->address); }

FL_TEST(curl_uploads_with_expect_chunked_and_by_http_1_0)
{
    need("curl", "curl");
    raw_server *server = raw_serve(.handler = measure);
    const char *url = url_of(server), *path = fl_text("%s/upload", fl_test_directory()), *file = fl_text("@%s", path);
    char *content = fl_arena_zalloc(fl_arena_here(), 1500000);

    fl_file_write(path, fl_str_n(content, 1500000));
    fl_expect_text(run("curl", "-s", "-H", "Expect: 100-continue", "--data-binary", file, url), "POST 1500000 HTTP/11\n");
    fl_expect_text(run("curl", "-s", "-H", "Transfer-Encoding: chunked", "--data-binary", file, url), "POST 1500000 HTTP/11\n");
    fl_expect_text(run("curl", "-s", "-0", "--data-binary", file, url), "POST 1500000 HTTP/10\n");
    fl_expect_text(run("curl", "-s", "-T", path, url), "PUT 1500000 HTTP/11\n");
    fl_expect_text(run("curl", "-s", "-I", "-o", "/dev/null", "-w", "%{http_code}", url), "200");
}

FL_TEST(curl_keeps_its_connection)
{
    need("curl", "curl");
    raw_server *server = raw_serve(.handler = measure);
    const char *url = url_of(server);

    fl_expect_text(run("curl", "-s", url, url, url), "GET 0 HTTP/11\nGET 0 HTTP/11\nGET 0 HTTP/11\n");
    fl_expect_equal(fl_server_figures_of(server->server).connections, (uint64_t)1);
    fl_expect_equal(fl_server_figures_of(server->server).requests, (uint64_t)3);
}

FL_TEST(ab_keeps_its_connections)
{
    need("ab", "apache2-utils");
    raw_server *server = raw_serve(.handler = raw_repeat);
    const char *report = run("ab", "-q", "-k", "-n", "2000", "-c", "10", url_of(server));

    fl_expect_contains(report, "Complete requests:      2000");
    fl_expect_contains(report, "Failed requests:        0");
    fl_expect_contains(report, "Keep-Alive requests:    2000");
    fl_expect_equal(fl_server_figures_of(server->server).connections, (uint64_t)10);
}

FL_TEST(wrk_gets_no_errors)
{
    need("wrk", "wrk");
    raw_server *server = raw_serve(.handler = raw_repeat);
    const char *report = run("wrk", "-t1", "-c20", "-d1s", url_of(server));

    fl_expect_contains(report, "requests in");
    fl_expect(strstr(report, "Socket errors") == NULL && strstr(report, "Non-2xx") == NULL);
}
