/* What goes wrong in views, and what comes slowly or too large: one request is lost, or none; the worker is replaced. */
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>
#include "served.h"

SERVED_TEST(null_in_a_view_costs_its_request_alone)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1 });
    int worker = served_pid(s), other = served_connect(s);
    served_send(other, "GET /slow/ HTTP/1.1\r\nHost: site.test\r\n\r\n");
    (void)served_pid(s);
    fl_expect_contains(served_get(s, "/null/"), "HTTP/1.1 500 ");
    fl_expect_contains(served_receive(other), fl_text("\r\n\r\n%d\n", worker));    /* of the same worker, which then makes room */
    served_wait(s, "a worker has ended", 1);
    fl_expect(served_pid(s) != worker);
    fl_expect_equal(served_count(served_errors(s), "has crashed"), (size_t)0);
}

SERVED_TEST(a_fault_is_reported_with_its_place_and_the_worker_replaced)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1 });
    int worker = served_pid(s), load = served_load_start(s);
    fl_expect_text(served_get(s, "/fault/"), "");
    served_wait(s, "a worker has crashed", 1);
    served_wait(s, "served_site.c", 1);              /* the frame of the view, with its file */
    served_wait(s, "write_to", 1);
    served_load_wait(s, 20);
    served_load_end(s, load);
    fl_expect(served_pid(s) != worker);
    fl_expect((int)s->load->failures <= 1);          /* what was in flight in that worker */
}

SERVED_TEST(a_worker_that_stands_still_is_aborted_and_replaced)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .timeout = FL_MILLISECONDS(500) });
    int worker = served_pid(s);
    fl_expect_text(served_get(s, "/spin/"), "");
    served_wait(s, "a worker stands still and is aborted", 1);
    served_wait(s, "spin", 1);                       /* it says where it was */
    fl_expect(served_pid(s) != worker);
}

SERVED_TEST(a_worker_is_replaced_after_its_share_of_requests)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .max_requests = 10, .max_requests_jitter = 5 });
    int load = served_load_start(s);
    served_wait(s, "a worker asks to be replaced", 3);
    served_wait(s, "a worker has ended", 3);
    served_load_wait(s, 5);
    served_load_end(s, load);
    fl_expect_equal((int)s->load->failures, 0);
}

SERVED_TEST(a_worker_that_has_grown_too_large_is_replaced)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .memory_limit = 64 << 20 });
    int worker = served_pid(s);
    fl_expect_contains(served_get(s, "/grow/"), "200 OK");
    served_wait(s, "a worker asks to be replaced", 1);
    served_wait(s, "a worker has ended", 1);
    fl_expect(served_pid(s) != worker);
}

/* -- slow and large ------------------------------------------------------------------------------------------------------------- */

SERVED_TEST(slow_heads_and_bodies_are_cut)
{
    static const struct {
        const char *bytes, *answer;
    } slow[] = {
        { "", "" },
        { "GET /pid/ HTTP/1.1\r\nHost: si", "HTTP/1.1 408 " },
        { "POST /body/ HTTP/1.1\r\nHost: site.test\r\nContent-Length: 10\r\n\r\nabc", "HTTP/1.1 4" },
    };
    served *s = served_start(
        &(fl_serve_options){ .workers = 1, .timeouts = { .head = FL_MILLISECONDS(300), .body = FL_MILLISECONDS(300) } });
    for (size_t i = 0; i < FL_LENGTH(slow); i++) {
        fl_label("\"%s\"", slow[i].bytes);
        const char *answer = served_exchange(s, slow[i].bytes);
        fl_expect(fl_starts_with(answer, slow[i].answer) && (answer[0] == '\0') == (slow[i].answer[0] == '\0'));
    }
    (void)served_pid(s);
}

SERVED_TEST(idle_connections_are_closed)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .keepalive = FL_MILLISECONDS(300) });
    fl_expect_contains(served_exchange(s, "GET /pid/ HTTP/1.1\r\nHost: site.test\r\n\r\n"), "200 OK");
}

static const char *of(const char *head, char fill, size_t count, const char *tail)
{
    fl_buf text = fl_buf_in(fl_arena_here(), 1 << 20);

    fl_buf_add_c(&text, head);
    for (size_t i = 0; i < count; i++)
        fl_buf_add_char(&text, fill);
    fl_buf_add_c(&text, tail);
    return fl_buf_c(&text);
}

SERVED_TEST(limits_answer_with_their_status)
{
    served *s = served_start(&(fl_serve_options){
        .workers = 1,
        .limits = { .request_line = 100, .header_line = 200, .headers = 5, .body = 1000 },
    });
    const struct {
        const char *bytes, *status;
    } cases[] = {
        { of("GET /", 'a', 200, " HTTP/1.1\r\nHost: site.test\r\n\r\n"), " 414 " },
        { of("GET /pid/ HTTP/1.1\r\nHost: site.test\r\nX-Long: ", 'a', 300, "\r\n\r\n"), " 431 " },
        { "GET /pid/ HTTP/1.1\r\nHost: site.test\r\nA: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\nE: 1\r\n\r\n", " 431 " },
        { "POST /body/ HTTP/1.1\r\nHost: site.test\r\nContent-Length: 1001\r\n\r\n", " 413 " },
        { "GET /pid/ HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\nA: 1\r\nB: 1\r\n\r\n", " 200 " },
    };
    for (size_t i = 0; i < FL_LENGTH(cases); i++)
        fl_expect_contains(served_exchange(s, cases[i].bytes), cases[i].status);
}

SERVED_TEST(a_connection_too_many_is_answered_with_503)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .worker_connections = 2 });
    for (int i = 0; i < 2; i++)
        served_send(served_connect(s), "GET /stream/ HTTP/1.1\r\nHost: site.test\r\n\r\n");
    const char *answer = "";
    for (int64_t until = site_ms() + 20000; !fl_starts_with(answer, "HTTP/1.1 503 ") && site_ms() < until;)
        answer = served_get(s, "/pid/");
    fl_expect_contains(answer, "HTTP/1.1 503 ");
}

/* -- long ones ------------------------------------------------------------------------------------------------------------------ */

SERVED_TEST(streams_end_within_the_graceful_timeout)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .graceful_timeout = FL_SECONDS(1) });
    int fd = served_connect(s);
    char first[16];
    served_send(fd, "GET /stream/ HTTP/1.1\r\nHost: site.test\r\n\r\n");
    fl_expect(read(fd, first, sizeof first) > 0);
    int64_t began = site_ms();
    fl_expect_equal(served_stop(s, SIGTERM), 0);
    fl_expect(site_ms() - began < 10000);
    fl_expect_contains(served_receive(fd), "still here");
}

SERVED_TEST(websockets_are_told_that_the_server_goes)
{
    served *s = served_start(&(fl_serve_options){ .workers = 1, .graceful_timeout = FL_SECONDS(20) });
    int fd = served_connect(s);
    char head[512] = "";
    served_send(fd, "GET /talk/ HTTP/1.1\r\nHost: site.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    fl_expect(read(fd, head, sizeof head - 1) > 0);
    fl_expect_contains(head, "HTTP/1.1 101 ");
    served_tell(s, SIGTERM);
    unsigned char frame[64] = "";
    fl_expect(recv(fd, frame, sizeof frame, 0) >= 4);
    fl_expect_equal(frame[0], 0x88);                 /* close … */
    fl_expect_equal(frame[2] << 8 | frame[3], 1001); /* … since the server goes away */
    int64_t began = site_ms();
    fl_expect_equal(served_stop(s, 0), 0);
    fl_expect(site_ms() - began < 15000);            /* long before the time for requests is over */
}
