/* What asynchronous frameworks promise, of views that are plain functions: over the web layer, on one process and one thread.
 * Not with failing allocations: both ends of each connection are in one process, and the client is not what is tested. */
#include <fleche/app.h>
#include <fleche/offload.h>
#include <fleche/web.h>
#include <pthread.h>
#include "server/raw.h"

enum { CLIENTS = 200, ADDITIONS = 1000 };

static struct { int counter, streams, waiting; fl_mutex mutex; pthread_t thread; bool other_thread; } shared;

static void note_thread(void) { shared.other_thread |= !pthread_equal(pthread_self(), shared.thread); }

/* -- views ------------------------------------------------------------------------------------------------------------------------------ */

static void ask_upstream(void *data)
{
    fl_sleep(FL_MILLISECONDS(100));
    *(int *)data = 7;
    note_thread();
}

static fl_response *gathered(FL_UNUSED fl_request *request)
{
    int a = 0, b = 0, c = 0;

    fl_gather({ ask_upstream, &a }, { ask_upstream, &b }, { ask_upstream, &c });
    return fl_text_response(fl_text("%d", a + b + c));
}

static void compute(void *data) { *(pthread_t *)data = pthread_self(); }

/* Work that would hold the loop goes to a thread, and comes back; beside it, a wait. */
static void compute_elsewhere(void *data)
{
    pthread_t thread;

    fl_offload(compute, &thread);
    *(int *)data = pthread_equal(thread, pthread_self()) ? 0 : 1;
}

static fl_response *offloaded(FL_UNUSED fl_request *request)
{
    int elsewhere = 0, waited = 0;

    fl_gather({ compute_elsewhere, &elsewhere }, { ask_upstream, &waited });
    note_thread();
    return fl_text_response(fl_text("%d %d", elsewhere, waited));
}

static bool tick(void *state, fl_response *response)
{
    int *n = state;

    shared.waiting++;
    until(shared.waiting >= CLIENTS);
    note_thread();
    fl_response_printf(response, "data: %d\n\n", ++*n);
    fl_response_flush(response);
    return *n < 3;
}

static void count_down(FL_UNUSED void *data) { shared.streams--; }

static fl_response *events(fl_request *request)
{
    fl_response *response = fl_stream_response("text/event-stream", tick, fl_arena_zalloc(request->arena, sizeof(int)));

    shared.streams++;
    fl_response_on_close(response, count_down, NULL);
    return response;
}

static fl_response *added(fl_request *request)
{
    const char *mine = fl_query(request, "n");

    fl_mutex_lock_here(&shared.mutex);
    int before = shared.counter;
    fl_yield();
    shared.counter = before + 1;
    fl_expect_same(fl_current_request(), request);
    return fl_text_response(fl_text("%s", fl_query(fl_current_request(), "n") == mine ? mine : "mixed up"));
}

static fl_response *uploaded(fl_request *request) { return fl_text_response(fl_text("%zu", fl_body(request).size)); }

static void echo(fl_websocket *ws, FL_UNUSED void *state)
{
    fl_websocket_message m;

    while (fl_websocket_next(ws, &m))
        fl_websocket_send(ws, m.kind, m.bytes);
}

static fl_response *chat(fl_request *request) { return fl_websocket_response(request, echo, NULL, NULL); }
static fl_response *plain(FL_UNUSED fl_request *request) { return fl_text_response("Hello, World!"); }

static fl_response *slept(FL_UNUSED fl_request *request)
{
    fl_sleep(FL_SECONDS(600));
    return fl_text_response("late");
}

FL_URLS(async_urls, Path("gathered/", gathered), Path("offloaded/", offloaded), Path("events/", events), Path("added/", added),
        Path("uploaded/", uploaded), Path("chat/", chat), Path("plain/", plain), Path("slept/", slept));
FL_SITE(async_site, Settings(async_settings), Urls(async_urls));

void async_settings(fl_settings *s)
{
    s->secret_key = "a key for tests only, of more than fifty characters, as is asked for";
    s->allowed_hosts = fl_list_of("*");
}

/* -- the site, served ------------------------------------------------------------------------------------------------------------------- */

static void take_down(FL_UNUSED void *data) { fl_teardown(); }

static raw_server *serve_site(const fl_server_options *options)
{
    fl_setup(&async_site, NULL);
    fl_defer(take_down, NULL);
    shared.thread = pthread_self();
    return raw_serve_(options);
}

#define GET(target) "GET " target " HTTP/1.1\r\nHost: testserver\r\n\r\n"

/* ASY-01: the waits of a view are beside one another, not behind. Behind one another they would take 300 ms and more. */
FL_TEST(three_waits_of_a_view_take_the_time_of_one, .no_torture = true)
{
    raw_server *server = serve_site(&(const fl_server_options){ .handler = fl_answer });
    double best = 1000;

    for (int i = 0; i < 5 && best > 0.25; i++) {
        double before = fl_monotonic();
        raw_expect_body(raw_ask(server, GET("/gathered/")), "21");
        double took = fl_monotonic() - before;
        best = took < best ? took : best;
    }
    fl_expect(best < 0.25);
    fl_expect(!shared.other_thread);
}

/* ASY-02, ASY-03: blocking work is offered a thread, and its result comes back to the view's own. */
FL_TEST(a_view_gathers_blocking_work_and_a_wait, .no_torture = true)
{
    raw_server *server = serve_site(&(const fl_server_options){ .handler = fl_answer });

    raw_expect_body(raw_ask(server, GET("/offloaded/")), "1 7");
    fl_expect(!shared.other_thread);
}

typedef struct visitor { raw_server *server; int number; raw_answer answer; } visitor;

static void visit_events(void *data)
{
    visitor *it = data;
    it->answer = raw_ask(it->server, GET("/events/"));
}

/* ASY-05, ASY-07: nobody gets a first event before all 200 are there, and all of it happens on one thread. */
FL_TEST(two_hundred_clients_are_streamed_to_at_once, .no_torture = true)
{
    raw_server *server = serve_site(&(const fl_server_options){ .handler = fl_answer });
    visitor *visitors = fl_alloc(CLIENTS * sizeof *visitors);

    for (int i = 0; i < CLIENTS; i++)
        visitors[i] = (visitor){ .server = server };
    fl_gather_each(visitors, CLIENTS, 0, visit_events);
    for (int i = 0; i < CLIENTS; i++) {
        fl_expect(visitors[i].answer.whole);
        raw_expect_body(visitors[i].answer, "data: 1\n\ndata: 2\n\ndata: 3\n\n");
    }
    until(shared.streams == 0);
    fl_expect(!shared.other_thread);
}

static void visit_added(void *data)
{
    visitor *it = data;
    it->answer = raw_ask(it->server,
                         fl_text("GET /added/?n=%d HTTP/1.1\r\nHost: testserver\r\nConnection: close\r\n\r\n", it->number));
}

/* ASY-09: a counter that is read, waited over and written back, under a mutex; each view finds its own request as the current one. */
FL_TEST(a_thousand_parallel_additions_are_exact, .no_torture = true)
{
    raw_server *server = serve_site(&(const fl_server_options){ .handler = fl_answer });
    visitor *visitors = fl_alloc(ADDITIONS * sizeof *visitors);

    for (int i = 0; i < ADDITIONS; i++)
        visitors[i] = (visitor){ .server = server, .number = i };
    fl_gather_each(visitors, ADDITIONS, 100, visit_added);
    for (int i = 0; i < ADDITIONS; i++)
        raw_expect_body(visitors[i].answer, fl_text("%d", i));
    fl_expect_equal(shared.counter, ADDITIONS);
}

/* ASY-08: there is one kind of process: plain views, uploads, streams and WebSockets beside one another. */
FL_TEST(one_process_serves_all_kinds, .no_torture = true)
{
    raw_server *server = serve_site(&(const fl_server_options){ .handler = fl_answer });
    fl_websocket *ws = fl_websocket_dial(fl_text("ws://%s/chat/", server->address));
    fl_websocket_message m;

    shared.waiting = CLIENTS;
    raw_client *stream = raw_connect(server);
    raw_say(stream, GET("/events/"));
    fl_websocket_send_text(ws, "hello");
    raw_expect_body(raw_ask(server, GET("/plain/")), "Hello, World!");
    raw_expect_body(raw_ask(server, "POST /uploaded/ HTTP/1.1\r\nHost: testserver\r\nContent-Length: 5\r\n\r\nhello"), "5");
    fl_expect(fl_websocket_next(ws, &m));
    fl_expect_bytes(m.bytes, fl_lit("hello"));
    raw_expect_body(raw_next(stream), "data: 1\n\ndata: 2\n\ndata: 3\n\n");
    fl_websocket_close(ws, FL_WEBSOCKET_NORMAL, "");
}

FL_TEST(statuses_of_the_server_pass_through_a_site, .no_torture = true)
{
    raw_server *server = serve_site(
        &(const fl_server_options){ .handler = fl_answer,
                                    .timeouts = { .request = FL_MILLISECONDS(200), .body = FL_MILLISECONDS(200) },
                                    .limits = { .body = 1000 } });
    const char *head = "POST /uploaded/ HTTP/1.1\r\nHost: testserver\r\n";

    fl_expect_equal(raw_ask(server, GET("/slept/")).status, 503);
    fl_expect_equal(raw_ask(server, fl_text("%sContent-Length: 10\r\n\r\nhello", head)).status, 408);
    fl_expect_equal(raw_ask(server, fl_text("%sTransfer-Encoding: chunked\r\n\r\n3e9\r\n%01001d\r\n0\r\n\r\n", head, 0)).status,
                    413);
    fl_expect_equal(raw_ask(server, fl_text("%sTransfer-Encoding: chunked\r\n\r\nx\r\n", head)).status, 400);
}
