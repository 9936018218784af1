/* A request that becomes a WebSocket: the handshake's values go out of its headers and into those of the answer. */
#include <fleche/websocket.h>
#include "server/server.h"

typedef struct upgrade {
    fl_websocket_run *run;
    void *state;
    fl_websocket_options options;
    fl_websocket_agreed agreed;
} upgrade;

static fl_str header(const fl_request *request, const char *name) { return fl_str_of(fl_header(request, name)); }

static fl_websocket_handshake asked_by(const fl_request *request)
{
    return (fl_websocket_handshake){
        .method = fl_str_of(request->method),
        .version = request->version == 11 ? fl_lit("HTTP/1.1") : fl_lit("HTTP/1.0"),
        .upgrade = header(request, "Upgrade"),
        .connection = header(request, "Connection"),
        .sec_websocket_key = header(request, "Sec-WebSocket-Key"),
        .sec_websocket_version = header(request, "Sec-WebSocket-Version"),
        .sec_websocket_protocol = header(request, "Sec-WebSocket-Protocol"),
        .sec_websocket_extensions = header(request, "Sec-WebSocket-Extensions"),
    };
}

static fl_response *refusal(const fl_websocket_agreed *agreed)
{
    fl_response *response = fl_text_response(fl_text("%s\n", agreed->why), .status = agreed->status);

    if (agreed->status == 405)
        fl_set_header(response, "Allow", "GET");
    if (agreed->status == 426) {
        fl_set_header(response, "Upgrade", "websocket");
        fl_set_header(response, "Sec-WebSocket-Version", "13");
    }
    return response;
}

static void run(void *state, fl_conn *conn, fl_str early)
{
    const upgrade *it = state;
    fl_websocket *ws = fl_websocket_open(conn, early, &it->agreed, &it->options);

    it->run(ws, it->state);
}

fl_response *fl_websocket_response(fl_request *request, fl_websocket_run *run_, void *state, const fl_websocket_options *options)
{
    fl_websocket_handshake asked = asked_by(request);
    upgrade *it = fl_arena_zalloc(request->arena, sizeof *it);

    *it = (upgrade){ .run = run_, .state = state };
    if (options != NULL)
        it->options = *options;
    if (fl_websocket_try_handshake(&asked, &it->options, &it->agreed) != 0)
        return refusal(&it->agreed);

    fl_response *response = fl_status_response(101);
    response->content_type = NULL;
    response->upgrade = run;
    response->upgrade_state = it;
    fl_set_header(response, "Upgrade", "websocket");
    fl_set_header(response, "Connection", "Upgrade");
    fl_set_header(response, "Sec-WebSocket-Accept", "%s", it->agreed.accept);
    if (it->agreed.protocol != NULL)
        fl_set_header(response, "Sec-WebSocket-Protocol", "%s", it->agreed.protocol);
    if (it->agreed.extensions[0] != '\0')
        fl_set_header(response, "Sec-WebSocket-Extensions", "%s", it->agreed.extensions);
    return response;
}
