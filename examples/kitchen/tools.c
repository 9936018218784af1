/* The endpoints for tools: the plain ones that benchmarks and clients want to find. */
#include <fleche/conditional.h>
#include <fleche/fiber.h>
#include <fleche/server.h>
#include <fleche/websocket.h>
#include "kitchen.h"

fl_response *plaintext(fl_request *req)
{
    (void)req;
    return fl_text_response("Hello, World!", .content_type = "text/plain");
}

fl_response *json(fl_request *req)
{
    (void)req;
    return fl_json_response(fl_json_object("message", "Hello, World!"));
}

fl_response *echo(fl_request *req)
{
    const char *type = fl_header_or_null(req, "Content-Type");
    return fl_bytes_response(fl_body(req), .content_type = type == NULL ? "application/octet-stream" : type);
}

static bool next_chunk(void *state, fl_response *response)
{
    int *number = state;

    fl_response_printf(response, "chunk %d\n", ++*number);
    fl_response_flush(response);
    fl_sleep(FL_MILLISECONDS(20));
    return *number < 5;
}

fl_response *stream(fl_request *req)
{
    (void)req;
    return fl_stream_response("text/plain; charset=utf-8", next_chunk, fl_new_of(int));
}

/* 100,000 bytes that never change: a line of the alphabet, over and over. */
fl_response *file(fl_request *req)
{
    enum { SIZE = 100000 };
    static char bytes[SIZE];
    static const char line[] = "abcdefghijklmnopqrstuvwxyz0123456789\n";

    for (size_t i = 0; i < SIZE && bytes[SIZE - 1] == '\0'; i++)
        bytes[i] = line[i % (sizeof line - 1)];
    fl_response *response = fl_bytes_response(((fl_bytes){ (const uint8_t *)bytes, SIZE }), .content_type = "text/plain");
    fl_set_header(response, "ETag", "%s", fl_etag_of(fl_response_body(response)));
    fl_set_header(response, "Last-Modified", "%s", fl_http_date(fl_datetime_of_unix(1700000000, 0)));
    return fl_apply_range(req, fl_conditional_of(req, response));
}

fl_response *slow(fl_request *req)
{
    (void)req;
    fl_sleep(FL_SECONDS(2));
    return fl_text_response("That took two seconds.\n");
}

fl_response *redirect_home(fl_request *req) { return fl_redirect(req, "home"); }

static void say_again(fl_websocket *socket, void *data)
{
    fl_websocket_message message;

    (void)data;
    while (fl_websocket_next(socket, &message))
        fl_websocket_send(socket, message.kind, message.bytes);
}

fl_response *socket_echo(fl_request *req) { return fl_websocket_response(req, say_again, NULL, NULL); }
