/* The client's half of the opening handshake (RFC 6455, 4.1): whether the server's answer is one. */
#include <errno.h>
#include "websocket/handshake.h"

enum { MOST_FIELDS = 100 };

typedef struct answer { fl_str upgrade, connection, accept, protocol, extensions; } answer;

static int refuse(fl_websocket_agreed *ret, const char *why)
{
    ret->why = why;
    return -EPROTO;
}

/* "HTTP/1.1 101 …": the number; 0 if it is no such line. */
static int read_status(fl_str line)
{
    fl_str rest;
    unsigned long long status;

    if (!fl_str_after(line, fl_lit("HTTP/1.1 "), &rest) || rest.size < 3 || (rest.size > 3 && rest.data[3] != ' '))
        return 0;
    return rest.data[0] >= '1' && rest.data[0] <= '9' && fl_str_uint(fl_str_slice(rest, 0, 3), &status) ? (int)status : 0;
}

static bool cut_line(fl_str *rest, fl_str *ret)
{
    size_t at;

    if (!fl_str_find(*rest, fl_lit("\r\n"), &at))
        return false;
    *ret = fl_str_slice(*rest, 0, at);
    *rest = fl_str_slice(*rest, at + 2, SIZE_MAX);
    return true;
}

/* One of those that count may be there once. */
static int read_field(fl_str name, fl_str value, answer *a)
{
    struct {
        fl_str name, *place;
    } known[] = {
        { fl_lit("upgrade"), &a->upgrade },
        { fl_lit("connection"), &a->connection },
        { fl_lit("sec-websocket-accept"), &a->accept },
        { fl_lit("sec-websocket-protocol"), &a->protocol },
        { fl_lit("sec-websocket-extensions"), &a->extensions },
    };

    for (size_t i = 0; i < FL_LENGTH(known); i++) {
        if (!fl_str_equal_ascii(name, known[i].name))
            continue;
        if (known[i].place->size > 0)
            return -EINVAL;
        *known[i].place = value;
    }
    return 0;
}

static int read_fields(fl_str *rest, answer *a)
{
    fl_str line;
    size_t colon;

    for (int count = 0; cut_line(rest, &line); count++) {
        if (line.size == 0)
            return 0;
        if (count == MOST_FIELDS || !fl_str_find_char(line, ':', &colon) || !fl_websocket_is_token(fl_str_slice(line, 0, colon)))
            return -EINVAL;
        fl_str value = fl_str_trim(fl_str_slice(line, colon + 1, SIZE_MAX));
        int code = read_field(fl_str_slice(line, 0, colon), value, a);
        if (code != 0)
            return code;
    }
    return -EINVAL;
}

static const char *ours_named(const char *const *ours, fl_str name)
{
    for (; ours != NULL && *ours != NULL; ours++)
        if (fl_str_equal(name, fl_str_of(*ours)))
            return *ours;
    return NULL;
}

int fl_websocket_read_answer(fl_str head, fl_str key, const fl_websocket_options *options, fl_websocket_agreed *ret)
{
    answer a = { 0 };
    fl_str line;
    char expected[32];

    *ret = (fl_websocket_agreed){ .client = true };
    if (!cut_line(&head, &line) || (ret->status = read_status(line)) == 0)
        return refuse(ret, "it does not answer in HTTP/1.1");
    if (ret->status != 101)
        return refuse(ret, "it does not switch protocols");
    if (read_fields(&head, &a) != 0)
        return refuse(ret, "its header cannot be read");
    if (!fl_str_equal_ascii(a.upgrade, fl_lit("websocket")) || !fl_websocket_list_has(a.connection, fl_lit("upgrade")))
        return refuse(ret, "it switches to another protocol");
    fl_websocket_accept_text(key, expected);
    if (!fl_str_equal(a.accept, fl_str_of(expected)))
        return refuse(ret, "its Sec-WebSocket-Accept does not belong to our key");
    ret->protocol = ours_named(options->protocols, a.protocol);
    if (a.protocol.size > 0 && ret->protocol == NULL)
        return refuse(ret, "it chose a subprotocol that we did not offer");
    if (fl_websocket_extensions_accept(a.extensions, options, ret) != 0)
        return refuse(ret, "it chose an extension that we did not offer");
    return 0;
}
