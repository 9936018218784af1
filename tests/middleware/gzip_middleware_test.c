/* Compressed answers: bodies, streams and files, and what they must not tell. */
#include <fleche/io.h>
#include <fleche/server.h>
#include <stdlib.h>
#include <zlib.h>
#include "answers.h"

static fl_response *page(FL_UNUSED fl_request *request)
{
    char *text = fl_alloc(5001);

    memset(text, 'a', 5000);
    return fl_text_response(text);
}

/* What cannot get smaller. */
static fl_response *noise(FL_UNUSED fl_request *request)
{
    char *bytes = fl_alloc(400);
    uint64_t state = 88172645463325252u;

    for (size_t i = 0; i < 400; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes[i] = (char)(state >> 24);
    }
    return fl_bytes_response(((fl_bytes){ (const uint8_t *)bytes, 400 }));
}

static bool count_down(void *state, fl_response *response)
{
    int *left = state;

    fl_response_printf(response, "line %d\n", *left);
    return --*left > 0;
}

static fl_response *stream(FL_UNUSED fl_request *request)
{
    int *left = fl_new_of(int);

    *left = 100;
    return fl_stream_response("text/plain", count_down, left);
}

static fl_response *file(FL_UNUSED fl_request *request)
{
    return fl_file_response(fl_file_of_bytes("a.txt", fl_str_of(body_of(page(request)))));
}

FL_URLS(gzip_urls, Path("page/", page), Path("noise/", noise), Path("stream/", stream), Path("file/", file));
FL_URLS(gzip_page_urls, Path("page/", page), Path("squeezed/", page, .decorators = { FL_GZIP_PAGE }));
fl_configure gzip_settings, no_gzip_settings;
void no_gzip_settings(fl_settings *s) { s->allowed_hosts = fl_list_of("*"); }
void gzip_settings(fl_settings *s)
{
    no_gzip_settings(s);
    fl_use_middleware(s, fl_gzip);
}
FL_SITE(gzip_site, Settings(gzip_settings), Urls(gzip_urls));
FL_SITE(gzip_page_site, Settings(no_gzip_settings), Urls(gzip_page_urls));

static void take_down(FL_UNUSED void *data) { fl_teardown(); }
static void set_up(const fl_project *site)
{
    fl_setup(site, NULL);
    fl_defer(take_down, NULL);
}

static fl_response *get_gzip(const char *target)
{
    fl_request *request = asking("GET", target, "example.com");

    say(request, "Accept-Encoding", "gzip");
    return fl_answer(request, NULL);
}

static void end_inflate(void *stream) { (void)inflateEnd(stream); }

static fl_str inflated(fl_str bytes)
{
    enum { MOST = 1 << 16 };
    char *out = fl_alloc(MOST);
    z_stream z = {
        .next_in = (Bytef *)(uintptr_t)bytes.data, .avail_in = (uInt)bytes.size, .next_out = (Bytef *)out, .avail_out = MOST
    };

    fl_expect_equal(inflateInit2(&z, 31), Z_OK);
    fl_defer(end_inflate, &z);
    fl_expect_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    fl_str all = fl_str_n(out, MOST - z.avail_out);
    fl_expect(fl_undefer(end_inflate, &z));
    end_inflate(&z);
    return all;
}

FL_TEST(a_body_becomes_smaller_and_can_be_read)
{
    set_up(&gzip_site);
    fl_response *response = get_gzip("/page/");
    fl_expect_text(header_of(response, "Content-Encoding"), "gzip");
    fl_expect_text(header_of(response, "Vary"), "Accept-Encoding");
    fl_expect_text(header_of(response, "Content-Length"), fl_text("%zu", response->body.size));
    fl_expect(response->body.size < 300);
    fl_expect_bytes(inflated(fl_response_body(response)), fl_str_of(body_of(page(NULL))));
}

FL_TEST(the_file_name_in_the_header_varies_and_has_less_than_100_characters)
{
    bool varies = false;
    size_t first = 0;

    set_up(&gzip_site);
    for (int i = 0; i < 20; i++) {
        fl_str body = fl_response_body(get_gzip("/page/"));
        fl_expect_equal(body.data[3], 8); /* FNAME is there */
        size_t size = strnlen(body.data + 10, body.size - 10);
        fl_expect(size < 100);
        varies |= i > 0 && size != first;
        first = size;
    }
    fl_expect(varies);
}

FL_TEST(what_would_grow_stays_as_it_is)
{
    set_up(&gzip_site);
    fl_response *response = get_gzip("/noise/");
    fl_expect(header_of(response, "Content-Encoding") == NULL);
    fl_expect_equal(response->body.size, 400);
}

FL_TEST(a_client_that_refuses_gzip_gets_none)
{
    set_up(&gzip_site);
    fl_request *request = asking("GET", "/page/", "example.com");
    say(request, "Accept-Encoding", "gzip;q=0, identity");
    fl_expect(header_of(fl_answer(request, NULL), "Content-Encoding") == NULL);
}

FL_TEST(a_stream_is_compressed_and_each_step_can_be_read_at_once)
{
    fl_buf wanted = fl_buf_in(fl_arena_here(), 1 << 16);

    set_up(&gzip_site);
    fl_response *response = get_gzip("/stream/");
    fl_expect_text(header_of(response, "Content-Encoding"), "gzip");
    fl_expect(response->stream(response->stream_state, response));
    size_t first = response->body.size;
    fl_expect(first > 20); /* more than the header has left */
    fl_str all = inflated(streamed(response));
    for (int i = 100; i > 0; i--)
        fl_buf_format(&wanted, "line %d\n", i);
    fl_expect_bytes(all, fl_buf_str(&wanted));
}

FL_TEST(a_file_is_compressed_as_it_is_read)
{
    set_up(&gzip_site);
    fl_response *response = get_gzip("/file/");
    fl_expect_text(header_of(response, "Content-Encoding"), "gzip");
    fl_expect(header_of(response, "Content-Length") == NULL);
    fl_expect_equal(inflated(streamed(response)).size, 5000);
    fl_response_close(response);
}

FL_TEST(one_view_alone_can_be_compressed)
{
    set_up(&gzip_page_site);
    fl_expect_text(header_of(get_gzip("/squeezed/"), "Content-Encoding"), "gzip");
    fl_expect(header_of(get_gzip("/page/"), "Content-Encoding") == NULL);
}

/* -- over a socket --------------------------------------------------------------------------------------------------------------------------- */

static void close_server(void *server) { fl_server_close(server, FL_SECONDS(0)); }

static fl_str whole_answer(fl_conn *conn)
{
    fl_buf answer = fl_buf_in(fl_arena_here(), 1 << 16);
    char piece[4096];

    for (ssize_t n; (n = fl_try_read(conn, piece, sizeof piece)) > 0;)
        fl_buf_add_n(&answer, piece, (size_t)n);
    return fl_str_n(fl_buf_c(&answer), answer.size);
}

/* "1f\r\n…\r\n0\r\n\r\n" */
static fl_str without_chunks(fl_str body)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 1 << 16);

    for (size_t size; (size = strtoul(body.data, NULL, 16)) > 0;) {
        size_t at;
        fl_expect(fl_str_find_char(body, '\n', &at));
        fl_buf_add(&out, fl_str_slice(body, at + 1, size));
        body = fl_str_slice(body, at + 1 + size + 2, SIZE_MAX);
    }
    return fl_buf_str(&out);
}

/* Not in a torture: without memory the server answers 500 or nothing. */
FL_TEST(a_compressed_stream_arrives_in_chunks, .no_torture = true)
{
    set_up(&gzip_site);
    fl_server *server = fl_server_new(.handler = fl_answer);
    fl_defer(close_server, server);
    fl_listener *listener = fl_listen("127.0.0.1:0");
    const char *address = fl_text("%s", fl_listener_address(listener));
    fl_server_listen(server, listener);
    fl_conn *conn = fl_connect(address, FL_SECONDS(10));
    fl_conn_close_here(conn);
    static const char asked[] =
        "GET /stream/ HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n";
    fl_write(conn, asked, strlen(asked));
    fl_str answer = whole_answer(conn);
    size_t end;
    fl_expect_contains(fl_str_c(answer), "Transfer-Encoding: chunked");
    fl_expect(fl_str_find(answer, fl_lit("\r\n\r\n"), &end));
    fl_str text = inflated(without_chunks(fl_str_slice(answer, end + 4, SIZE_MAX)));
    fl_expect(fl_str_starts(text, fl_lit("line 100\n")) && fl_str_ends(text, fl_lit("line 1\n")));
}
