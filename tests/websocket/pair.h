/* A server's WebSocket and the raw other end of its connection, which the test plays by hand. */
#pragma once
#include <errno.h>
#include <fleche/io.h>
#include <sys/socket.h>
#include "wire.h"

typedef struct pair { fl_websocket *ws; fl_conn *peer; } pair;

static inline fl_conn *conn_of(int fd)
{
    fl_conn *conn;

    fl_expect_ok(fl_try_conn_of_fd(fd, &conn));
    return conn;
}

static inline void two_ends(int ret[2]) { fl_expect_ok(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ret)); }

static inline pair pair_of(const fl_websocket_agreed *agreed, const fl_websocket_options *options, fl_str early)
{
    int fds[2];
    pair p;

    two_ends(fds);
    p.peer = conn_of(fds[1]);
    fl_conn_close_here(p.peer);
    fl_conn_timeouts(p.peer, FL_SECONDS(20), FL_SECONDS(20));
    p.ws = fl_websocket_open(conn_of(fds[0]), early, agreed, options);
    return p;
}

static inline pair server_pair(const fl_websocket_options *options)
{
    static const fl_websocket_agreed agreed = { .status = 101 };
    return pair_of(&agreed, options, (fl_str){ 0 });
}

static inline void peer_says(pair *p, int first, fl_str payload)
{
    fl_str bytes = frame_of(first, true, payload);
    fl_write(p->peer, bytes.data, bytes.size);
}

/* The next bytes from the server must be this frame. */
static inline void peer_hears(fl_conn *peer, int first, fl_str payload)
{
    fl_str expected = frame_of(first, false, payload);
    char *bytes = fl_alloc(expected.size);

    fl_read_all(peer, bytes, expected.size);
    fl_expect_bytes(fl_str_n(bytes, expected.size), expected);
}

static inline void peer_hears_end(fl_conn *peer)
{
    char byte;
    fl_expect_equal(fl_try_read(peer, &byte, 1), (ssize_t)0);
}

static inline void expect_end(const fl_websocket *ws, int code, const char *reason, int sent)
{
    const fl_websocket_end *end = fl_websocket_ending(ws);

    fl_expect_equal(end->code, code);
    fl_expect_text(end->reason, reason);
    fl_expect_equal(end->sent, sent);
}

static inline void echo(void *data)
{
    fl_websocket_message m;

    while (fl_websocket_next(data, &m))
        fl_websocket_send(data, m.kind, m.bytes);
}

#define until(condition) \
    for (double until_ = fl_monotonic() + 10; !(condition); fl_sleep(FL_MILLISECONDS(1))) \
    fl_expect(fl_monotonic() < until_)
