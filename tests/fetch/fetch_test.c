/* The client, against servers in the same process: our own, and some that misbehave byte by byte. */
#include <fleche/fetch.h>
#include <fleche/server.h>
#include <fleche/test.h>

/* -- a server that does as it is told ------------------------------------------------------------------------------------------------------ */

typedef struct upstream { fl_server *server; const char *url; int requests; } upstream;
static upstream *here;

static fl_response *answer(fl_request *req, void *data)
{
    upstream *up = data;

    up->requests++;
    if (fl_text_is(req->path, "/echo")) {
        fl_bytes body = fl_body(req);
        fl_response *response = fl_bytes_response(body, .content_type = fl_header(req, "Content-Type"));
        fl_set_header(response, "X-Method", "%s", req->method);
        return response;
    }
    if (fl_text_is(req->path, "/slow")) {
        fl_sleep(FL_SECONDS(5));
        return fl_text_response("late");
    }
    if (fl_text_is(req->path, "/wait")) {
        fl_sleep(FL_MILLISECONDS(100));
        return fl_text_response("waited");
    }
    if (fl_text_is(req->path, "/busy"))
        return up->requests < 3 ? fl_status_response(503) : fl_text_response("now");
    if (fl_text_is(req->path, "/moved"))
        return fl_redirect_to("/json");
    if (fl_text_is(req->path, "/json"))
        return fl_json_response(fl_json_object("query", req->query_string, "header", fl_header(req, "X-Mine")));
    if (fl_text_is(req->path, "/big")) {
        fl_response *response = fl_text_response("");
        for (int i = 0; i < 1000; i++)
            fl_response_write(response, "0123456789");
        return response;
    }
    return fl_status_response(404);
}

static void close_upstream(void *server)
{
    fl_fetch_forget();
    fl_server_close(server, FL_MILLISECONDS(10));
}

static void upstream_setup(upstream *up)
{
    fl_listener *listener = fl_listen("127.0.0.1:0");

    up->server = fl_server_new(.handler = answer, .data = up);
    up->url = fl_text("http://%s", fl_listener_address(listener));
    fl_server_listen(up->server, listener);
    fl_defer(close_upstream, up->server);
    here = up;
}

static const char *at(const char *path) { return fl_text("%s%s", here->url, path); }

FL_TEST_WITH(upstream, an_answer_of_any_status_is_an_answer, .no_torture = true)     /* sockets: the server needs memory too */
{
    fl_fetched *found = fl_fetch(at("/json?a=1")), *absent = fl_fetch(at("/nowhere"));

    fl_expect_equal(found->status, 200);
    fl_expect_text(fl_json_text(fl_fetched_json(found), "query"), "a=1");
    fl_expect_text(fl_fetched_header(found, "content-type"), "application/json");
    fl_expect_equal(absent->status, 404);
    fl_expect_equal(absent->body.size, 0);
}

FL_TEST_WITH(upstream, one_connection_serves_one_request_after_the_other, .no_torture = true)        /* as above, and so on */
{
    for (int i = 0; i < 10; i++)
        fl_expect_equal(fl_fetch(at("/json"))->status, 200);
    fl_expect_equal(fl_server_figures_of(t->server).connections, 1);
    fl_expect_equal(t->requests, 10);
}

FL_TEST_WITH(upstream, bodies_and_headers_are_sent, .no_torture = true)
{
    fl_headers headers = { 0 };
    fl_headers_add(&headers, fl_lit("X-Mine"), fl_lit("yes"));

    fl_fetched *json = fl_fetch(at("/echo"), .json = fl_json_object("a", 1));
    fl_expect_text(json->body.data, "{\"a\": 1}");
    fl_expect_text(fl_fetched_header(json, "Content-Type"), "application/json");
    fl_expect_text(fl_fetched_header(json, "X-Method"), "POST");
    fl_fetched *put = fl_fetch(at("/echo"), .method = "PUT", .body = fl_lit("text"), .content_type = "text/x");
    fl_expect_text(put->body.data, "text");
    fl_expect_text(fl_fetched_header(put, "X-Method"), "PUT");
    fl_expect_text(fl_json_text(fl_fetched_json(fl_fetch(at("/json"), .headers = &headers)), "header"), "yes");
    fl_expect_equal(fl_fetch(at("/big"), .method = "HEAD")->body.size, 0);
}

FL_TEST_WITH(upstream, redirects_are_followed_when_asked, .no_torture = true)
{
    fl_expect_equal(fl_fetch(at("/moved"))->status, 302);
    fl_fetched *followed = fl_fetch(at("/moved"), .redirects = 3);
    fl_expect_equal(followed->status, 200);
    fl_expect_text(followed->url, at("/json"));
}

FL_TEST_WITH(upstream, a_busy_server_is_asked_again, .no_torture = true)
{
    fl_fetched *fetched = fl_fetch(at("/busy"), .retries = 5, .pause = FL_MILLISECONDS(1));

    fl_expect_equal(fetched->status, 200);
    fl_expect_equal(fetched->tries, 3);
    t->requests = 0;
    fl_expect_equal(fl_fetch(at("/busy"), .method = "POST", .retries = 5, .pause = FL_MILLISECONDS(1))->status, 503);
    fl_expect_equal(t->requests, 1);
}

static void fetch_slow(void *url) { (void)fl_fetch(url, .timeout = FL_MILLISECONDS(50)); }
static void fetch_short(void *url) { (void)fl_fetch(url, .limit = 100); }
static void fetch_plainly(void *url) { (void)fl_fetch(url); }

FL_TEST_WITH(upstream, a_stalled_server_is_a_time_out, .no_torture = true)
{
    fl_expect_contains(fl_expect_raises(FL_TIMEOUT, fetch_slow, at("/slow"))->message, "/slow was not answered in time");
}

FL_TEST_WITH(upstream, an_answer_has_a_limit, .no_torture = true)
{
    fl_expect_contains(fl_expect_raises(FL_FETCH_ERROR, fetch_short, at("/big"))->message, "longer than the limit");
}

static void wait_for_it(void *data)
{
    fl_fetched **ret = data;
    *ret = fl_fetch(at("/wait"));
}

/* Three servers that take 100 ms each are asked at once; a stalled one holds nobody else up. */
FL_TEST_WITH(upstream, several_are_asked_at_once_and_a_stalled_one_holds_nobody_up, .no_torture = true)
{
    fl_fetched *a, *b, *c;
    double start = fl_monotonic();
    fl_crew *crew = fl_crew_open();

    (void)fl_crew_go(crew, fetch_slow, (void *)at("/slow"));
    fl_gather({ wait_for_it, &a }, { wait_for_it, &b }, { wait_for_it, &c });
    fl_expect(fl_monotonic() - start < 0.28);
    fl_expect_text(a->body.data, "waited");
    fl_expect_text(c->body.data, "waited");
    fl_crew_cancel(crew);
}

/* -- servers that misbehave ---------------------------------------------------------------------------------------------------------------------- */

typedef struct liar { fl_listener *listener; const char *says; int connections; } liar;

static void lie(void *data)
{
    liar *it = data;
    char bytes[4096];

    for (fl_conn *conn; fl_try_accept(it->listener, &conn) == 0; it->connections++) {
        (void)!fl_try_read(conn, bytes, sizeof bytes);
        (void)!fl_try_write(conn, it->says, strlen(it->says));
        fl_conn_close(conn);
    }
}

static const struct { const char *says, *why; int status; const char *body; } lies[] = {
    { "", "connection reset", 0, NULL },
    { "garbage\r\n\r\n", "not HTTP", 0, NULL },
    { "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", "connection reset", 0, NULL },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "connection reset", 0, NULL },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", NULL, 200, "hello" },
    { "HTTP/1.1 200 OK\r\n\r\nuntil the end", NULL, 200, "until the end" },
    { "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok", NULL, 201, "ok" },
    { "HTTP/1.1 204 No Content\r\n\r\n", NULL, 204, "" },
};

typedef struct telling { const char *url; fl_fetched *fetched; } telling;

static void check_lie(const void *row)
{
    const __typeof__(*lies) *l = row;
    liar it = { .listener = fl_listen("127.0.0.1:0"), .says = l->says };
    fl_fiber *fiber = fl_spawn_joinable(lie, &it);
    fl_fetched *fetched = NULL;
    fl_error *error = fl_try_fetch(fl_text("http://%s/", fl_listener_address(it.listener)), &(const fl_fetch_options){ 0 }, &fetched);

    fl_label("%s", l->says);
    fl_listener_close(it.listener);
    fl_error *of_fiber = fl_try_join(fiber);
    fl_expect(of_fiber == NULL);
    if (l->why != NULL) {
        fl_expect(fl_error_is(error, FL_FETCH_ERROR));
        fl_expect_contains(error->message, l->why);
        return;
    }
    fl_expect(error == NULL);
    fl_expect_equal(fetched->status, l->status);
    fl_expect_text(fetched->body.data, l->body);
}

FL_TEST(answers_that_are_none_are_errors_and_odd_ones_are_read, .no_torture = true) { fl_table(lies, check_lie); }

/* -- addresses ------------------------------------------------------------------------------------------------------------------------------------ */

static const struct { const char *url, *why; } bad[] = {
    { "https://example.com/", "TLS is not there yet" },
    { "ftp://example.com/", "does not begin with http://" },
    { "http:///path", "there is no host" },
    { "http://user@host/", "there is no host" },
    { "http://host/a b", "a character that may not be there" },
    { "http://host/\r\nX: y", "a character that may not be there" },
};

static void check_bad(const void *row)
{
    const __typeof__(*bad) *b = row;

    fl_label("%s", b->url);
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, fetch_plainly, b->url)->message, b->why);
}

FL_TEST(urls_that_cannot_be_fetched_are_refused) { fl_table(bad, check_bad); }
