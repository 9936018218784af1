/* A site whose views do what views should not. */
#include "served_site.h"
#include <fleche/heap.h>
#include <fleche/websocket.h>
#include <unistd.h>

static fl_response *pid(fl_request *req)
{
    (void)req;
    return fl_text_response(fl_text("%d\n", (int)getpid()));
}

static fl_response *slow(fl_request *req)
{
    fl_sleep(FL_MILLISECONDS(300));
    return pid(req);
}

/* The sanitizers would tell of it before the processor does. */
__attribute__((no_sanitize("address", "undefined"))) static FL_NOINLINE void write_to(volatile int *volatile at) { *at = 1; }

static fl_response *null_view(fl_request *req)
{
    write_to(NULL);
    return pid(req);
}

static fl_response *fault(fl_request *req)
{
    write_to((volatile int *)(uintptr_t)0x7000000000);             /* nothing is there, and it is not NULL */
    return pid(req);
}

static fl_response *spin(fl_request *req)
{
    for (volatile bool more = true; more;)
        ;
    return pid(req);
}

static fl_response *grow(fl_request *req)
{
    enum { SIZE = 64 << 20 };
    static char *kept;

    if (kept == NULL)
        kept = fl_heap_alloc(SIZE);
    for (size_t i = 0; kept != NULL && i < SIZE; i += 4096)
        kept[i] = 1;
    return pid(req);
}

static fl_response *client(fl_request *req) { return fl_text_response(fl_text("%s %s\n", req->remote_address, req->scheme)); }

static fl_response *body(fl_request *req) { return fl_text_response(fl_text("%zu\n", fl_body(req).size)); }

static bool say_on(void *state, fl_response *response)
{
    (void)state;
    fl_response_write(response, "data: still here\n\n");
    fl_response_flush(response);
    fl_sleep(FL_MILLISECONDS(50));
    return true;
}

static fl_response *stream(fl_request *req)
{
    (void)req;
    return fl_stream_response("text/event-stream", say_on, NULL);
}

static void talk_on(void *state, fl_conn *conn, fl_str early)
{
    const fl_websocket_agreed *agreed = state;
    fl_websocket_message message;
    fl_websocket *ws = fl_websocket_open(conn, early, agreed, &(const fl_websocket_options){ 0 });

    while (fl_websocket_next(ws, &message))
        ;
}

static fl_response *talk(fl_request *req)
{
    fl_websocket_agreed *agreed = fl_new_of(fl_websocket_agreed);
    fl_response *response = fl_status_response(101);
    fl_websocket_handshake asked = {
        .method = fl_str_of(req->method),
        .version = fl_lit("HTTP/1.1"),
        .upgrade = fl_str_of(fl_header(req, "Upgrade")),
        .connection = fl_str_of(fl_header(req, "Connection")),
        .sec_websocket_key = fl_str_of(fl_header(req, "Sec-WebSocket-Key")),
        .sec_websocket_version = fl_str_of(fl_header(req, "Sec-WebSocket-Version")),
    };

    if (fl_websocket_try_handshake(&asked, NULL, agreed) != 0)
        return fl_status_response(agreed->status);
    fl_set_header(response, "Upgrade", "websocket");
    fl_set_header(response, "Connection", "Upgrade");
    fl_set_header(response, "Sec-WebSocket-Accept", "%s", agreed->accept);
    response->upgrade = talk_on;
    response->upgrade_state = agreed;
    return response;
}

static void served_settings(fl_settings *settings)
{
    settings->secret_key = "not a secret: it is in the sources of a test";
    settings->allowed_hosts = fl_list_of("site.test");
}

FL_URLS(served_urls, Path("pid/", pid), Path("slow/", slow), Path("null/", null_view), Path("fault/", fault), Path("spin/", spin),
        Path("grow/", grow), Path("client/", client), Path("body/", body), Path("stream/", stream), Path("talk/", talk));

const fl_project served_site = { .name = "served", .settings = { { "served", served_settings } }, .urls = &served_urls };
