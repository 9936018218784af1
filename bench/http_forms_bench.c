/* Forms: query strings, cookies, and multipart by the byte. The peer of multipart is memcpy: what it would cost to copy the body once. */
#include <fleche/bench.h>
#include <fleche/upload.h>
#include <stdio.h>

enum { BODY = 4 << 20, CHUNK = 65536 };

#define FORM "csrf=h7Gk20PqLx&title=A+day+in+d%C3%A9cembre&body=It+was+cold%2C+and+so+on&tags=a&tags=b&save="

FL_BENCH(querydict_of_six_fields, .unit = "form")
{
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_querydict_get(fl_querydict_parse(fl_lit(FORM), NULL), "title"));
        }
}

FL_BENCH(querydict_of_one_field, .unit = "query")
{
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_querydict_get(fl_querydict_parse(fl_lit("page=2"), NULL), "page"));
        }
}

static fl_str many_fields(void)
{
    static char text[32 << 10];
    size_t size = 0;

    for (int i = 0; i < 1000; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%sfield%d=value+%d", i == 0 ? "" : "&", i, i);
    return fl_str_n(text, size);
}

FL_BENCH(querydict_of_a_thousand_fields, .unit = "form")
{
    fl_str text = many_fields();

    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_querydict_get(fl_querydict_parse(text, NULL), "field999"));
        }
}

FL_BENCH(cookies_of_a_browser, .unit = "header")
{
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_request *request = fl_request_new("GET", "/");
            fl_headers_add(
                &request->headers, fl_lit("Cookie"),
                fl_lit(
                    "_ga=GA1.2.1094211.1700000000; sessionid=h2l8xk3q9d0v5m1z7c4b6n8a; csrftoken=Yk2; theme=\"dark\\054 blue\""));
            fl_bench_use(fl_cookie(request, "sessionid"));
        }
}

/* -- multipart ---------------------------------------------------------------------------------------------------------------- */

static char body[BODY + 1024], copy[BODY + 1024];
static size_t body_size, seen;

/* One file, filled with what `unit` says, over and over; or with noise. Once for all runs with it. */
static void fill(const char *boundary, const char *unit)
{
    static const char *filled = "";
    unsigned random = 1;

    if (filled == unit)
        return;
    filled = unit;
    size_t size = (size_t)snprintf(body, sizeof body, "--%s\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\n",
                                   boundary);

    for (size_t i = 0; i < BODY; i++) {
        random = random * 1103515245u + 12345u;
        body[size++] = unit == NULL ? (char)(random >> 16) : unit[i % strlen(unit)];
    }
    body_size = size + (size_t)snprintf(body + size, sizeof body - size, "\r\n--%s--\r\n", boundary);
}

static int part(void *data, const fl_multipart_part *p) { return data == NULL && p == NULL ? -1 : 0; }
static int bytes(void *data, fl_str content)
{
    seen += content.size;
    return data == NULL ? 0 : -1;
}
static int end(void *data) { return data == NULL ? 0 : -1; }

static void parse(const char *boundary, size_t n)
{
    static const fl_multipart_events events = { part, bytes, end };
    const char *error;

    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_multipart *parser = fl_multipart_new(fl_str_of(fl_text("multipart/form-data; boundary=%s", boundary)), &events,
                                                    NULL, &error);
            int code = 0;
            for (size_t at = 0; at < body_size && code == 0; at += CHUNK)
                code = fl_multipart_feed(parser, fl_str_slice(fl_str_n(body, body_size), at, CHUNK));
            fl_bench_use(code);
        }
}

static void copy_body(size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t at = 0; at < body_size; at += CHUNK) {
            memcpy(copy, body + at, body_size - at < CHUNK ? body_size - at : CHUNK);
            fl_bench_use(copy);
        }
}

static const char prose[] = "The quick brown fox\r\njumps over the lazy dog -- twice.\r\n", dashes[] = "-";
static const char browser[] = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

static void parse_noise(size_t n)
{
    fill(browser, NULL);
    parse(browser, n);
}

static void parse_text(size_t n)
{
    fill(browser, prose);
    parse(browser, n);
}

/* A boundary and content chosen to be slow: each byte may begin the boundary, and half of it fits. */
static void parse_hostile(size_t n)
{
    char boundary[202] = { 0 };

    memset(boundary, '-', 201);
    boundary[100] = 'x';
    fill(boundary, dashes);
    parse(boundary, n);
}

FL_BENCH_PAIR(multipart_of_noise, parse_noise, copy_body, .unit = "4 MiB", .target = 4e6, .target_of = FL_TARGET_NANOSECONDS);
FL_BENCH_PAIR(multipart_of_text, parse_text, copy_body, .unit = "4 MiB", .target = 4e6, .target_of = FL_TARGET_NANOSECONDS);
FL_BENCH(multipart_hostile, .unit = "4 MiB") { parse_hostile(n); }

FL_BENCH(multipart_of_six_fields, .unit = "form")
{
    static const fl_multipart_events events = { part, bytes, end };
    fl_buf form = fl_buf_heap(1 << 16);
    const char *error;

    for (int i = 0; i < 6; i++)
        fl_buf_format(&form, "--%s\r\nContent-Disposition: form-data; name=\"field%d\"\r\n\r\nvalue %d\r\n", browser, i, i);
    fl_buf_format(&form, "--%s--\r\n", browser);
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_multipart *parser = fl_multipart_new(fl_lit("multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW"),
                                                    &events, NULL, &error);
            fl_bench_use(fl_multipart_feed(parser, fl_buf_str(&form)));
        }
    fl_buf_free(&form);
}
