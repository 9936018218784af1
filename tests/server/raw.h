/* A server in the test, and a client that is played by hand: bytes out, answers in. */
#pragma once
#include <errno.h>
#include <fleche/buf.h>
#include <fleche/server.h>
#include <fleche/sync.h>
#include <fleche/test.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* -- the server -------------------------------------------------------------------------------------------------------------------- */

typedef struct raw_server { fl_server *server; const char *address; } raw_server;

static inline void raw_close(void *data)
{
    raw_server *it = data;
    fl_server *server = it->server;

    it->server = NULL;
    if (server != NULL)
        fl_server_close(server, FL_SECONDS(0));
}

/* It ends with the test, or with the fl_scope or fl_protect that this is called in. */
static inline raw_server *raw_serve_(const fl_server_options *options)
{
    raw_server *it = fl_new_of(raw_server);
    fl_server *server = fl_server_new_(options);

    it->server = server;
    fl_defer(raw_close, it);
    fl_listener *listener = fl_listen("127.0.0.1:0");
    it->address = fl_text("%s", fl_listener_address(listener));
    fl_server_listen(server, listener);
    return it;
}
#define raw_serve(...) raw_serve_(&(const fl_server_options){ __VA_ARGS__ })

/* "POST /a/?b=1 example.com [the body]" */
static inline fl_response *raw_repeat(fl_request *request, void *data)
{
    fl_bytes body = fl_body(request);

    (void)data;
    return fl_text_response(
        fl_text("%s %s %s [%.*s]", request->method, request->full_path, request->host, (int)body.size, (const char *)body.data));
}

/* -- the client ---------------------------------------------------------------------------------------------------------------------- */

typedef struct raw_client { fl_conn *conn; fl_buf in; size_t at; } raw_client;

static inline raw_client *raw_connect(const raw_server *server)
{
    raw_client *client = fl_new_of(raw_client);

    client->conn = fl_connect(server->address, FL_SECONDS(10));
    client->in = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_conn_close_here(client->conn);
    fl_conn_timeouts(client->conn, FL_SECONDS(20), FL_SECONDS(20));
    return client;
}

static inline void raw_send(raw_client *client, fl_str bytes) { fl_write(client->conn, bytes.data, bytes.size); }
static inline void raw_say(raw_client *client, const char *text) { raw_send(client, fl_str_of(text)); }

/* More bytes; false at the end, also at one that is no polite one. */
static inline bool raw_more(raw_client *client)
{
    char bytes[16384];
    ssize_t n = fl_try_read(client->conn, bytes, sizeof bytes);

    fl_expect(n != -ETIMEDOUT);
    if (n <= 0)
        return false;
    fl_buf_add(&client->in, fl_str_n(bytes, (size_t)n));
    return true;
}

static inline fl_str raw_rest(const raw_client *client) { return fl_str_slice(fl_buf_str(&client->in), client->at, SIZE_MAX); }

static inline bool raw_is_closed(raw_client *client) { return raw_rest(client).size == 0 && !raw_more(client); }

/* Everything until the server closes. */
static inline fl_str raw_all(raw_client *client)
{
    while (raw_more(client))
        ;
    return fl_str_copy(raw_rest(client));
}

/* -- answers --------------------------------------------------------------------------------------------------------------------------- */

typedef struct raw_answer { int status; fl_str head, body; bool whole; } raw_answer;   /* whole: it ended as it said */

static inline const char *raw_header(const raw_answer *answer, const char *name)
{
    fl_str rest = answer->head, line, value;
    size_t colon;

    for (; fl_str_cut(&rest, '\n', &line);)
        if (fl_str_find_char(line, ':', &colon) && fl_str_equal_ascii(fl_str_slice(line, 0, colon), fl_str_of(name))) {
            value = fl_str_trim(fl_str_slice(line, colon + 1, SIZE_MAX));
            return fl_text("%.*s", FL_SHOW(value));
        }
    return NULL;
}

static inline bool raw_line(raw_client *client, fl_str *ret)
{
    for (;;) {
        fl_str rest = raw_rest(client);
        const char *end = memmem(rest.data, rest.size, "\r\n", 2);
        if (end != NULL) {
            *ret = fl_str_copy(fl_str_slice(rest, 0, (size_t)(end - rest.data)));
            client->at += ret->size + 2;
            return true;
        }
        if (!raw_more(client))
            return false;
    }
}

static inline bool raw_take(raw_client *client, size_t size, fl_buf *out)
{
    while (raw_rest(client).size < size)
        if (!raw_more(client)) {
            fl_buf_add(out, raw_rest(client));
            client->at = client->in.size;
            return false;
        }
    fl_buf_add(out, fl_str_slice(raw_rest(client), 0, size));
    client->at += size;
    return true;
}

static inline bool raw_take_chunks(raw_client *client, fl_buf *out)
{
    for (fl_str line; raw_line(client, &line);) {
        size_t size = strtoull(fl_text("%.*s", FL_SHOW(line)), NULL, 16);
        if (size > 0 && !raw_take(client, size, out))
            return false;
        if (!raw_line(client, &line))
            return false;
        fl_expect_equal(line.size, (size_t)0);
        if (size == 0)
            return true;
    }
    return false;
}

/* The next answer, by its framing; status 0 if the connection ended instead. `headless`: to a HEAD. */
static inline raw_answer raw_next_(raw_client *client, bool headless)
{
    raw_answer answer = { 0 };
    fl_buf head = fl_buf_in(fl_arena_here(), FL_NO_LIMIT), body = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_str line;

    if (!raw_line(client, &line))
        return answer;
    fl_expect(fl_str_starts(line, fl_lit("HTTP/1.1 ")));
    answer.status = (int)strtol(fl_text("%.*s", FL_SHOW(line)) + 9, NULL, 10);
    while (raw_line(client, &line) && line.size > 0)
        fl_buf_format(&head, "%.*s\n", FL_SHOW(line));
    answer.head = fl_str_of(fl_buf_c(&head));
    const char *length = raw_header(&answer, "Content-Length"), *encoding = raw_header(&answer, "Transfer-Encoding");
    if (headless || answer.status < 200 || answer.status == 204 || answer.status == 304) {
        answer.whole = true;
    } else if (encoding != NULL) {
        answer.whole = raw_take_chunks(client, &body);
    } else if (length != NULL) {
        answer.whole = raw_take(client, strtoull(length, NULL, 10), &body);
    } else {
        (void)raw_all(client);
        answer.whole = raw_take(client, raw_rest(client).size, &body);
    }
    answer.body = fl_str_n(fl_buf_c(&body), body.size);
    return answer;
}

static inline raw_answer raw_next(raw_client *client) { return raw_next_(client, false); }

/* One request on a connection of its own, and its answer. */
static inline raw_answer raw_ask(const raw_server *server, const char *request)
{
    raw_client *client = raw_connect(server);

    raw_say(client, request);
    return raw_next(client);
}

static inline void raw_expect_body(raw_answer answer, const char *body)
{
    fl_expect_text(fl_text("%.*s", FL_SHOW(answer.body)), body);
}

/* Lets the others run until it holds. */
#define until(condition) \
    for (double until_ = fl_monotonic() + 20; !(condition); fl_sleep(FL_MILLISECONDS(1))) \
    fl_expect(fl_monotonic() < until_)
