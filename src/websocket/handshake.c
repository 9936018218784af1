/* The server's half of the opening handshake (RFC 6455, 4.2), on header values alone. The checks stand in the order in which
 * a client learns most from the answer. */
#include "websocket/handshake.h"
#include <errno.h>
#include <fleche/codec.h>
#include <fleche/crypto.h>
#include <stdio.h>
#include "websocket/engine.h"

enum { KEY_TEXT = 24, BAD_REQUEST = 400, NOT_ALLOWED = 405, UPGRADE_REQUIRED = 426, SWITCHING = 101 };

bool fl_websocket_is_token(fl_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is_word && (c == '\0' || strchr("!#$%&'*+-.^_`|~", c) == NULL))
            return false;
    }
    return text.size > 0;
}

static bool is_space(char c) { return c == ' ' || c == '\t'; }

/* A comma inside of a quoted string is none. */
static size_t element_size(fl_str text)
{
    bool quoted = false;
    size_t i = 0;

    for (; i < text.size && (quoted || text.data[i] != ','); i++)
        if (text.data[i] == '"')
            quoted = !quoted;
    return i;
}

bool fl_websocket_list_next(fl_str *rest, fl_str *ret_element)
{
    while (rest->size > 0) {
        size_t size = element_size(*rest);
        fl_str element = fl_str_slice(*rest, 0, size);
        *rest = fl_str_slice(*rest, size + 1, SIZE_MAX);
        while (element.size > 0 && is_space(element.data[0]))
            element = fl_str_slice(element, 1, SIZE_MAX);
        while (element.size > 0 && is_space(element.data[element.size - 1]))
            element.size--;
        if (element.size == 0)
            continue;
        *ret_element = element;
        return true;
    }
    return false;
}

bool fl_websocket_list_has(fl_str list, fl_str token)
{
    for (fl_str element; fl_websocket_list_next(&list, &element);)
        if (fl_str_equal_ascii(element, token))
            return true;
    return false;
}

/* A buffer over room on the stack, which is as large as it may become. */
static fl_buf buf_over(char *room, size_t size) { return (fl_buf){ .data = room, .capacity = size, .limit = size }; }

void fl_websocket_accept_text(fl_str key, char ret[32])
{
    char joined[KEY_TEXT + 37];
    uint8_t hash[FL_SHA1_SIZE];

    (void)snprintf(joined, sizeof joined, "%.*s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", FL_SHOW(key));
    fl_hash_of(FL_SHA1, fl_str_of(joined), hash);
    fl_buf out = buf_over(ret, 31);
    fl_base64_encode(fl_str_n((const char *)hash, sizeof hash), FL_BASE64, &out);
    ret[out.size] = '\0';
}

static bool is_key(fl_str key)
{
    char bytes[KEY_TEXT];
    fl_buf out = buf_over(bytes, sizeof bytes);

    return key.size == KEY_TEXT && fl_base64_decode(key, FL_BASE64, &out) == 0 && out.size == 16;
}

static bool names_itself_twice(fl_str list)
{
    fl_str name;

    while (fl_websocket_list_next(&list, &name))
        for (fl_str other, rest = list; fl_websocket_list_next(&rest, &other);)
            if (fl_str_equal(name, other))
                return true;
    return false;
}

/* What is wrong with the list of subprotocols; NULL if nothing is. The limit keeps the comparison of all with all small. */
static const char *fault_of_protocols(fl_str list)
{
    enum { MOST = 64 };
    size_t count = 0;

    for (fl_str name, rest = list; fl_websocket_list_next(&rest, &name);)
        if (!fl_websocket_is_token(name))
            return "Sec-WebSocket-Protocol has what is no token";
        else if (++count > MOST)
            return "Sec-WebSocket-Protocol names more than 64";
    return names_itself_twice(list) ? "Sec-WebSocket-Protocol names one twice" : NULL;
}

static bool has(fl_str list, const char *name)
{
    for (fl_str element; fl_websocket_list_next(&list, &element);)
        if (fl_str_equal(element, fl_str_of(name)))
            return true;
    return false;
}

static const char *first_of_ours(const char *const *ours, fl_str theirs)
{
    for (; ours != NULL && *ours != NULL; ours++)
        if (has(theirs, *ours))
            return *ours;
    return NULL;
}

static int refuse(fl_websocket_agreed *ret, int status, const char *why)
{
    *ret = (fl_websocket_agreed){ .status = status, .why = why };
    return -EPROTO;
}

int fl_websocket_try_handshake(const fl_websocket_handshake *client, const fl_websocket_options *options,
                               fl_websocket_agreed *ret)
{
    fl_websocket_options filled = fl_websocket_filled(options);

    if (!fl_str_equal(client->method, fl_lit("GET")))
        return refuse(ret, NOT_ALLOWED, "a WebSocket begins with GET");
    if (!fl_str_equal(client->version, fl_lit("HTTP/1.1")))
        return refuse(ret, BAD_REQUEST, "a WebSocket begins in HTTP/1.1");
    if (!fl_websocket_list_has(client->upgrade, fl_lit("websocket")))
        return refuse(ret, UPGRADE_REQUIRED, "the request does not ask for Upgrade: websocket");
    if (!fl_websocket_list_has(client->connection, fl_lit("upgrade")))
        return refuse(ret, BAD_REQUEST, "the request does not say Connection: Upgrade");
    if (client->sec_websocket_version.size == 0)
        return refuse(ret, BAD_REQUEST, "Sec-WebSocket-Version is missing");
    if (!fl_str_equal(client->sec_websocket_version, fl_lit("13")))
        return refuse(ret, UPGRADE_REQUIRED, "the version of the protocol is not 13");
    if (!is_key(client->sec_websocket_key))
        return refuse(ret, BAD_REQUEST, "Sec-WebSocket-Key is not 16 bytes in base64");
    const char *fault = fault_of_protocols(client->sec_websocket_protocol);
    if (fault != NULL)
        return refuse(ret, BAD_REQUEST, fault);

    *ret = (fl_websocket_agreed){ .status = SWITCHING };
    if (fl_websocket_extensions_choose(client->sec_websocket_extensions, &filled, ret) != 0)
        return refuse(ret, BAD_REQUEST, "Sec-WebSocket-Extensions is no list of extensions");
    ret->protocol = first_of_ours(filled.protocols, client->sec_websocket_protocol);
    fl_websocket_accept_text(client->sec_websocket_key, ret->accept);
    return 0;
}
