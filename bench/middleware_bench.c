/* Middleware: what the usual ones add to a request that needs nothing of them. */
#include <fleche/app.h>
#include <fleche/bench.h>
#include <fleche/middleware.h>

static fl_response *hello(FL_UNUSED fl_request *request) { return fl_text_response("Hello, World!"); }
FL_URLS(bench_urls, Path("hello/", hello));

fl_configure bench_bare, bench_usual, bench_headers;
void bench_bare(fl_settings *s) { s->allowed_hosts = fl_list_of("*"); }
void bench_headers(fl_settings *s)
{
    bench_bare(s);
    fl_use_middleware(s, fl_security, fl_common, fl_clickjacking);
}
void bench_usual(fl_settings *s)
{
    bench_bare(s);
    fl_use_middleware(s, fl_security, fl_conditional_get, fl_common, fl_clickjacking);
}
FL_SITE(bench_site, Settings(bench_bare, bench_headers, bench_usual), Urls(bench_urls));

/* A site is set up once for all runs of a benchmark, in an arena that they do not give back. */
static void set_up(const char *settings)
{
    static const char *now;

    if (fl_text_is(now, settings))
        return;
    fl_teardown();
    fl_setup(&bench_site, settings);
    now = settings;
}

static void answer(size_t n, const char *settings)
{
    set_up(settings);
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_request *request = fl_request_new("GET", "/hello/");
            request->host = "example.com";
            fl_bench_use(fl_answer(request, NULL));
        }
}

FL_BENCH(middleware_none, .unit = "request", .fixed = 20000) { answer(n, "bench_bare"); }
FL_BENCH(middleware_security_common_clickjacking, .unit = "request", .fixed = 20000) { answer(n, "bench_headers"); }
FL_BENCH(middleware_security_conditional_common_clickjacking, .unit = "request", .fixed = 20000, .target = 1650,
         .target_of = FL_TARGET_NANOSECONDS)
{
    answer(n, "bench_usual");
}
