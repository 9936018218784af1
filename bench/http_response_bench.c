/* Responses: what a view costs beyond its own work. */
#include <fleche/bench.h>
#include <fleche/conditional.h>

FL_BENCH(http_text_response, .unit = "response")
{
    for (size_t i = 0; i < n; i++)
        fl_scope
            fl_bench_use(fl_text_response("Hello, World!"));
}

FL_BENCH(http_five_headers, .unit = "response with five headers")
{
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_response *response = fl_text_response("Hello, World!");
            fl_set_header(response, "X-Frame-Options", "DENY");
            fl_set_header(response, "X-Content-Type-Options", "nosniff");
            fl_set_header(response, "Referrer-Policy", "same-origin");
            fl_set_header(response, "Cross-Origin-Opener-Policy", "same-origin");
            fl_set_header(response, "X-Request-Id", "%zu", i);
            fl_bench_use(response);
        }
}

static fl_headers twenty(void)
{
    static const char *const names[] = {
        "Host",
        "User-Agent",
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "Connection",
        "Cookie",
        "Upgrade-Insecure-Requests",
        "Sec-Fetch-Dest",
        "Sec-Fetch-Mode",
        "Sec-Fetch-Site",
        "Sec-Fetch-User",
        "Priority",
        "Pragma",
        "Cache-Control",
        "DNT",
        "Referer",
        "If-None-Match",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
    };
    fl_headers headers = { 0 };

    for (size_t i = 0; i < FL_LENGTH(names); i++)
        fl_headers_add(&headers, fl_str_of(names[i]), fl_lit("some value"));
    return headers;
}

FL_BENCH(http_header_last_of_twenty, .unit = "lookup")
{
    fl_headers headers = twenty();

    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_headers_get(&headers, "x-forwarded-proto"));
}

FL_BENCH(http_header_absent_of_twenty, .unit = "lookup")
{
    fl_headers headers = twenty();

    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_headers_get(&headers, "Authorization"));
}

/* The same by comparing letter after letter. */
static void by_letters(size_t n)
{
    fl_headers headers = twenty();

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < headers.count; j++)
            if (fl_str_equal_ascii(headers.lines[j].name, fl_lit("x-forwarded-proto")))
                fl_bench_use(headers.lines[j].value.data);
}

FL_BENCH_PAIR(http_header_lookup, http_header_last_of_twenty, by_letters, .unit = "lookup");

FL_BENCH(http_set_cookie, .unit = "cookie")
{
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_response *response = fl_text_response("");
            fl_set_cookie(response, "sessionid", "0123456789abcdef0123456789abcdef", .max_age = FL_DAYS(14), .http_only = true,
                          .same_site = "Lax");
            fl_bench_use(response);
        }
}

FL_BENCH(http_accepts, .unit = "browser's Accept")
{
    fl_request *request = fl_request_new("GET", "/");

    fl_headers_add(&request->headers, fl_lit("Accept"),
                   fl_lit("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_accepts(request, "application/json"));
}
