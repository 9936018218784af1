/* Health and figures: before the site, of all workers, and true. */
#include <signal.h>
#include <unistd.h>
#include "served.h"

static bool never(void) { return false; }

/* A probe knows no host of the site. */
static const char *probe(const served *s, const char *path)
{
    return served_exchange(s, fl_text("GET %s HTTP/1.1\r\nHost: 10.1.2.3:8000\r\nConnection: close\r\n\r\n", path));
}

SERVED_TEST(health_is_answered_before_the_site_and_its_hosts)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .health = true });
    fl_expect_contains(probe(s, "/livez"), "HTTP/1.1 200 ");
    fl_expect_contains(probe(s, "/readyz"), "HTTP/1.1 200 ");
    fl_expect_contains(probe(s, "/readyz"), "\r\nCache-Control: no-store\r\n");
    fl_expect_contains(probe(s, "/pid/"), "HTTP/1.1 400 "); /* the site itself does not know that host */
    fl_expect_contains(
        served_exchange(s, "POST /livez HTTP/1.1\r\nHost: site.test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        "HTTP/1.1 404 ");
}

SERVED_TEST(the_site_says_when_it_is_ready)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .health = true, .ready = never });
    fl_expect_contains(probe(s, "/readyz"), "HTTP/1.1 503 ");
    fl_expect_contains(probe(s, "/livez"), "HTTP/1.1 200 ");
}

SERVED_TEST(health_can_be_the_sites_own)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1 });
    fl_expect_contains(served_get(s, "/livez"), "HTTP/1.1 404 ");
    fl_expect_contains(served_get(s, "/metrics"), "HTTP/1.1 404 ");
}

SERVED_TEST(a_worker_that_stops_is_not_ready)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .health = true });
    int fd = served_connect(s);
    char text[1024] = "";
    served_send(fd, "GET /slow/ HTTP/1.1\r\nHost: site.test\r\n\r\n");
    (void)served_pid(s);
    served_tell(s, SIGTERM);
    served_wait(s, "a worker is to stop", 1);
    served_send(fd, "GET /readyz HTTP/1.1\r\nHost: site.test\r\n\r\n");
    for (size_t size = 0; strstr(text, "Connection: close") == NULL && size < sizeof text - 1;) {
        ssize_t n = read(fd, text + size, sizeof text - 1 - size);
        if (n <= 0)
            break;
        size += (size_t)n;
    }
    fl_expect_contains(text, "200 OK"); /* the one in progress is finished */
    fl_expect_equal(served_stop(s, 0), 0);
}

/* -- figures -------------------------------------------------------------------------------------------------------------------- */

static long long figure(const char *text, const char *name)
{
    const char *at = strstr(text, fl_text("\n%s ", name));
    long long value = -1;
    fl_str line, rest = fl_str_of(at == NULL ? "" : at + strlen(name) + 2);

    if (!fl_str_cut(&rest, '\n', &line) || !fl_str_int(line, &value))
        fl_fail("there is no %s in:\n%s", name, text);
    return value;
}

static void wait_for_figure(const served *s, const char *path, const char *name, long long value)
{
    long long now = -1;

    for (int64_t until = site_ms() + 20000; site_ms() < until && now != value; (void)usleep(10000))
        fl_scope
            now = figure(served_get(s, path), name);
    fl_expect_equal(now, value);
}

SERVED_TEST(figures_are_those_of_all_workers_even_of_dead_ones)
{
    enum { REQUESTS = 20 };
    served *s = served_start(&(fl_serve_options){ .workers = 2, .metrics = "/metrics" });
    for (int i = 0; i < REQUESTS; i++)
        (void)served_get(s, "/body/");
    for (int i = 0; i < 3; i++)
        (void)served_get(s, "/nothing/");
    (void)served_get(s, "/null/");
    served_wait(s, "a worker has ended", 1);
    (void)kill(served_pid(s), SIGKILL);
    served_wait(s, "a worker has crashed", 1);
    wait_for_figure(s, "/metrics", "fleche_requests_total{class=\"4xx\"}", 3);
    wait_for_figure(s, "/metrics", "fleche_requests_total{class=\"5xx\"}", 1);
    wait_for_figure(s, "/metrics", "fleche_workers", 2);
    wait_for_figure(s, "/metrics", "fleche_worker_crashes_total", 1);
    const char *text = served_get(s, "/metrics");
    fl_expect_contains(text, "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n");
    fl_expect(figure(text, "fleche_requests_total{class=\"2xx\"}") >= REQUESTS);
    fl_expect(figure(text, "fleche_worker_starts_total") >= 4);
    fl_expect(figure(text, "fleche_response_bytes_total") >= 2 * REQUESTS);
    fl_expect(figure(text, "fleche_request_duration_seconds_count") >= REQUESTS + 4);
    fl_expect_equal(figure(text, "fleche_request_duration_seconds_bucket{le=\"+Inf\"}"),
                    figure(text, "fleche_request_duration_seconds_count"));
    fl_expect(figure(text, "fleche_memory_bytes") > 1 << 20);
    fl_expect_equal(served_count(text, "# TYPE "), served_count(text, "# HELP "));
}

SERVED_TEST(figures_can_have_an_address_of_their_own)
{
    const char *path = fl_text("unix:%s/figures.sock", fl_test_directory());
    served *s = served_start(&(fl_serve_options){ .workers = 1, .metrics = "/metrics", .metrics_bind = path });
    fl_expect_contains(served_get(s, "/metrics"), "HTTP/1.1 404 "); /* not where everybody comes in */
    fl_expect_contains(served_unix(path + 5, "GET /metrics HTTP/1.0\r\n\r\n"), "\nfleche_workers 1\n");
    fl_expect_contains(served_unix(path + 5, "GET /pid/ HTTP/1.0\r\n\r\n"), " 404 ");
}
