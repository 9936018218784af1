/* The client: connects, asks, looks at the answer, goes on as a WebSocket. */
#include <errno.h>
#include <fleche/codec.h>
#include <fleche/crypto.h>
#include "websocket/engine.h"
#include "websocket/handshake.h"

enum { REQUEST_MOST = 65536, ANSWER_MOST = 16384, KEY_SIZE = 16 };

typedef struct target { const char *authority, *address, *path; } target;

static _Noreturn void refuse_url(const char *url)
{
    fl_error *e = fl_error_new(FL_VALUE_ERROR, "'%s' is no address of a WebSocket", url);

    e->hint = fl_starts_with(url, "wss:") ? "there is no TLS here: let a proxy speak it, and dial ws:// behind that"
                                          : "give ws://host:port/path?query, in ASCII, without a fragment";
    fl_reraise(e);
}

/* What stands between the authority's last ']' and its end has the port. */
static const char *with_port(fl_str authority)
{
    size_t bracket = 0;
    bool has_bracket = fl_str_find_last(authority, ']', &bracket);
    fl_str tail = has_bracket ? fl_str_slice(authority, bracket, SIZE_MAX) : authority;

    return fl_str_find_char(tail, ':', NULL) ? fl_str_c(authority) : fl_text("%.*s:80", FL_SHOW(authority));
}

static target split_url(const char *url)
{
    const char *rest = fl_after_prefix(url, "ws://");

    if (rest == NULL)
        refuse_url(url);
    for (const char *at = rest; *at != '\0'; at++)
        if (*at <= ' ' || *at > '~' || *at == '#' || *at == '@')
            refuse_url(url);
    size_t size = strcspn(rest, "/?");
    if (size == 0)
        refuse_url(url);
    const char *path = rest + size;
    return (target){ fl_str_c(fl_str_n(rest, size)), with_port(fl_str_n(rest, size)),
                     *path == '\0'  ? "/"
                     : *path == '?' ? fl_text("/%s", path)
                                    : path };
}

/* A line break in a header would begin another one. */
static void add_headers(const char *const *headers, fl_buf *out)
{
    for (; headers != NULL && *headers != NULL; headers++) {
        if (strpbrk(*headers, "\r\n") != NULL || strchr(*headers, ':') == NULL)
            fl_raise(FL_VALUE_ERROR, "'%s' is no line of a header: give \"Name: value\"", *headers);
        fl_buf_format(out, "%s\r\n", *headers);
    }
}

static void add_protocols(const char *const *protocols, fl_buf *out)
{
    for (size_t i = 0; protocols != NULL && protocols[i] != NULL; i++) {
        if (!fl_websocket_is_token(fl_str_of(protocols[i])))
            fl_raise(FL_VALUE_ERROR, "'%s' is no name of a subprotocol", protocols[i]);
        fl_buf_format(out, "%s%s", i == 0 ? "Sec-WebSocket-Protocol: " : ", ", protocols[i]);
    }
    if (protocols != NULL && protocols[0] != NULL)
        fl_buf_add(out, fl_lit("\r\n"));
}

static const char *request_text(const target *to, const char *key, const fl_websocket_options *options)
{
    fl_buf out = fl_buf_in(fl_arena_here(), REQUEST_MOST);

    fl_buf_format(&out,
                  "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n",
                  to->path, to->authority, key);
    add_protocols(options->protocols, &out);
    if (options->deflate) {
        fl_buf_add(&out, fl_lit("Sec-WebSocket-Extensions: "));
        fl_websocket_extensions_offer(options, &out);
        fl_buf_add(&out, fl_lit("\r\n"));
    }
    add_headers(options->headers, &out);
    fl_buf_add(&out, fl_lit("\r\n"));
    return fl_buf_c(&out);
}

static char *new_key(void)
{
    char bytes[KEY_SIZE];
    fl_buf out = fl_buf_in(fl_arena_here(), 2 * KEY_SIZE);

    fl_random_bytes(bytes, sizeof bytes);
    fl_base64_encode(fl_str_n(bytes, sizeof bytes), FL_BASE64, &out);
    return fl_buf_c(&out);
}

/* The head of the answer, and what came behind it. */
static fl_str read_head(fl_conn *conn, const char *url, fl_str *ret_early)
{
    char *bytes = fl_arena_alloc_text(fl_arena_here(), ANSWER_MOST);
    size_t size = 0, at;

    for (;;) {
        size_t n = fl_read(conn, bytes + size, ANSWER_MOST - size);
        size += n;
        fl_str all = fl_str_n(bytes, size);
        if (fl_str_find(all, fl_lit("\r\n\r\n"), &at)) {
            *ret_early = fl_str_slice(all, at + 4, SIZE_MAX);
            return fl_str_slice(all, 0, at + 4);
        }
        if (n == 0 || size == ANSWER_MOST)
            fl_raise(FL_WEBSOCKET_REFUSED, "'%s' %s", url,
                     n == 0 ? "ended before it had answered" : "answers with too long a header");
    }
}

typedef struct dialling {
    const char *url;
    const fl_websocket_options *options;
    fl_websocket_agreed agreed;
    fl_conn *conn;
    fl_str early;
} dialling;

/* In a deadline, which is a protected call: what it defers would end with it, so the connection is taken out of that at the
 * end. */
static void shake_hands(void *data)
{
    dialling *d = data;
    target to = split_url(d->url);
    const char *key = new_key(), *request = request_text(&to, key, d->options);

    d->conn = fl_connect(to.address, d->options->open_timeout);
    fl_write(d->conn, request, strlen(request));
    fl_str head = read_head(d->conn, d->url, &d->early);
    if (fl_websocket_read_answer(head, fl_str_of(key), d->options, &d->agreed) == 0)
        return;
    fl_error *e = fl_error_new(FL_WEBSOCKET_REFUSED, "'%s' is no WebSocket: %s", d->url, d->agreed.why);
    size_t line = 0;
    (void)fl_str_find(head, fl_lit("\r\n"), &line);
    e->detail = fl_text("its answer begins \"%.*s\"", (int)(line > 200 ? 200 : line), head.data);
    fl_reraise(e);
}

static void shake_hands_in_time(void *data)
{
    dialling *d = data;

    if (d->options->open_timeout.us == INT64_MAX)
        shake_hands(d);
    else
        fl_deadline(d->options->open_timeout, shake_hands, d);
}

fl_websocket *fl_websocket_dial_(const char *url, const fl_websocket_options *options)
{
    fl_websocket_options filled = fl_websocket_filled(options);
    dialling d = { .url = url, .options = &filled };
    fl_error *error = fl_protect(shake_hands_in_time, &d);

    if (error != NULL) {
        fl_conn_close(d.conn);
        fl_reraise(error);
    }
    return fl_websocket_open(d.conn, d.early, &d.agreed, &filled);
}
