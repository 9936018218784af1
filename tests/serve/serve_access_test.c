/* The access log: gunicorn's atoms, Apache's combined line, JSON; what clients send cannot break a line. */
#include <fleche/json.h>
#include <fleche/log.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "serve/serve.h"
#include "served.h"

static fl_access sample(void)
{
    fl_request *request = fl_request_new("GET", "/a%20b/?q=1&r=%22");
    fl_response *response = fl_text_response("hello");

    request->remote_address = "203.0.113.9";
    request->host = "site.test";
    fl_headers_add(&request->headers, fl_lit("Referer"), fl_lit("https://example.com/"));
    fl_headers_add(&request->headers, fl_lit("User-Agent"), fl_lit("a \"b\" \\ \xc3\xa9"));
    fl_headers_add(&request->headers, fl_lit("Authorization"), fl_lit("Basic YWRhOnNlY3JldA=="));
    fl_set_header(response, "X-Cache", "miss");
    return (fl_access){
        .request = request,
        .response = response,
        .status = 200,
        .bytes = 5,
        .started = fl_datetime_parse("2026-11-20T10:15:00.25Z"),
        .took = FL_MICROSECONDS(1234567),
        .peer = "127.0.0.1",
    };
}

static const char *line_of(const char *format, const fl_access *access)
{
    fl_access_format parts;
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    fl_access_format_read(&parts, format);
    fl_access_format_write(&parts, access, &out);
    return fl_buf_c(&out);
}

typedef struct atom {
    const char *format, *line;
} atom;

static void check_atom(const void *row)
{
    const atom *it = row;
    const fl_access access = sample();

    fl_label("%s", it->format);
    fl_expect_text(line_of(it->format, &access), it->line);
}

static void in_utc(void)
{
    (void)setenv("TZ", "UTC", 1);
    tzset();
}

FL_TEST(every_atom_says_what_gunicorn_says)
{
    static const atom atoms[] = {
        { "%(h)s", "203.0.113.9\n" },
        { "%(l)s", "-\n" },
        { "%(u)s", "ada\n" },
        { "%(t)s", "[20/Nov/2026:10:15:00 +0000]\n" },
        { "%(r)s", "GET /a%20b/?q=1&r=%22 HTTP/1.1\n" },
        { "%(m)s %(U)s %(q)s %(H)s", "GET /a%20b/ q=1&r=%22 HTTP/1.1\n" },
        { "%(s)s %(B)s %(b)s", "200 5 5\n" },
        { "%(f)s", "https://example.com/\n" },
        { "%(a)s", "a \\\"b\\\" \\\\ \\xc3\\xa9\n" },
        { "%(T)s %(M)s %(D)s %(L)s", "1 1234 1234567 1.234567\n" },
        { "%({user-agent}i)s|%({x-none}i)s", "a \\\"b\\\" \\\\ \\xc3\\xa9|-\n" },
        { "%({x-cache}o)s %({Content-Type}o)s", "miss text/plain; charset=utf-8\n" },
        { "%({FLECHE_NO_SUCH_VARIABLE}e)s", "-\n" },
        { "100%% of %(s)s.", "100% of 200.\n" },
        { "", "\n" },
    };
    in_utc();
    fl_table(atoms, check_atom);
    const fl_access access = sample();
    fl_expect_text(line_of("%(p)s", &access), fl_text("<%d>\n", (int)getpid()));
}

/* As Apache 2.4 writes "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"" for the same request. */
FL_TEST(the_default_is_the_combined_format)
{
    in_utc();
    fl_access access = sample();
    fl_expect_text(line_of(NULL, &access),
                   "203.0.113.9 - ada [20/Nov/2026:10:15:00 +0000] \"GET /a%20b/?q=1&r=%22 HTTP/1.1\" 200 5 "
                   "\"https://example.com/\" \"a \\\"b\\\" \\\\ \\xc3\\xa9\"\n");
    access.bytes = 0;
    fl_expect_contains(line_of(NULL, &access), "\" 200 - \"");
    fl_access refused = { .status = 400, .started = access.started, .peer = "203.0.113.9" };
    fl_expect_text(line_of(NULL, &refused), "203.0.113.9 - - [20/Nov/2026:10:15:00 +0000] \"-\" 400 - \"-\" \"-\"\n");
}

FL_TEST(control_characters_cannot_forge_a_line)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 10);
    fl_access_add_escaped(&out, fl_lit("a\nb\r\0c\x7f\x1b[31m"));
    fl_expect_text(fl_buf_c(&out), "a\\x0ab\\x0d\\x00c\\x7f\\x1b[31m");
}

FL_TEST(json_lines_are_json)
{
    fl_access access = sample();
    const fl_json *line = fl_json_parse(line_of("json", &access));
    fl_expect_text(fl_json_text(line, "path"), "/a%20b/?q=1&r=%22");
    fl_expect_text(fl_json_text(line, "time"), "2026-11-20T10:15:00.250Z");
    fl_expect_text(fl_json_text(line, "user"), "ada");
    fl_expect_text(fl_json_text(line, "remote_address"), "203.0.113.9");
    fl_expect_text(fl_json_text(line, "user_agent"), "a \"b\" \\ \xc3\xa9");
}

static void read_format(void *format)
{
    fl_access_format parts;
    fl_access_format_read(&parts, format);
}

static void check_refused(const void *row)
{
    const char *const *format = row;
    fl_error *error = fl_expect_raises(FL_IMPROPERLY_CONFIGURED, read_format, *format);

    fl_expect_contains(error->message, *format);
    fl_expect(error->hint != NULL);
}

FL_TEST(what_is_no_format_is_refused_at_the_start)
{
    static const char *const formats[] = { "%h", "%(z)s", "%(h)", "%({x}z)s", "%({}i)s", "100%", "%()s" };
    fl_table(formats, check_refused);
}

SERVED_TEST(lines_are_written_to_standard_output_with_ids)
{
    served *s = served_start(&(fl_serve_options){
        .workers = 1,
        .access_log = "-",
        .access_log_format = "%(r)s %(s)s %({x-request-id}o)s",
        .request_ids = true,
        .forwarded_allow_ips = "127.0.0.1",
    });
    const char *answer = served_exchange(
        s, "GET /pid/ HTTP/1.1\r\nHost: site.test\r\nX-Request-ID: from-the-proxy\r\nConnection: close\r\n\r\n");
    fl_expect_contains(answer, "\r\nX-Request-ID: from-the-proxy\r\n");
    answer = served_exchange(s, "GET /pid/ HTTP/1.1\r\nHost: site.test\r\nX-Request-ID: a b\"c\r\nConnection: close\r\n\r\n");
    fl_expect_contains(answer, "\r\nX-Request-ID: ");
    fl_expect(strstr(answer, "a b\"c") == NULL); /* no id: one is made */
    (void)served_exchange(s, "GET /pid/ HTTP/1.1\r\n\r\n");
    fl_expect_equal(served_stop(s, SIGTERM), 0);
    const char *lines = served_output(s);
    fl_expect_contains(lines, "GET /pid/ HTTP/1.1 200 from-the-proxy\n");
    fl_expect_contains(lines, "- 400 -\n");
    fl_expect_equal(served_count(lines, "\n"), (size_t)3);
}

SERVED_TEST(strangers_do_not_choose_their_ids)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .request_ids = true });
    const char *answer = served_exchange(
        s, "GET /pid/ HTTP/1.1\r\nHost: site.test\r\nX-Request-ID: mine\r\nConnection: close\r\n\r\n");
    fl_expect_contains(answer, "\r\nX-Request-ID: ");
    fl_expect(strstr(answer, "mine") == NULL);
}
