/* The raising forms: each names its peer and what was tried. */
#include "io/io.h"
#include <errno.h>

/* A cancelled call has no connection to name: it may be the one that was closed. */
static _Noreturn void fail(int code, const char *what, const fl_conn *conn)
{
    if (code == -ECANCELED || (code == -ETIMEDOUT && fl_interrupted(fl_fiber_here()) != 0))
        fl_raise_wait(code, fl_text("to %s a connection", what));
    fl_raise_code(code, "cannot %s %s", what, fl_conn_peer(conn));
}

size_t fl_read(fl_conn *conn, void *ret, size_t size)
{
    ssize_t n = fl_try_read(conn, ret, size);

    if (n < 0)
        fail((int)n, "read from", conn);
    return (size_t)n;
}

void fl_read_all(fl_conn *conn, void *ret, size_t size)
{
    int code = fl_try_read_all(conn, ret, size);

    if (code == -ENODATA)
        fl_raise(FL_OS_ERROR, "%s ended the stream before all of %zu bytes had come", fl_conn_peer(conn), size);
    if (code != 0)
        fail(code, "read from", conn);
}

void fl_write(fl_conn *conn, const void *bytes, size_t size)
{
    int code = fl_try_write(conn, bytes, size);

    if (code != 0)
        fail(code, "write to", conn);
}

void fl_writev(fl_conn *conn, const struct iovec *parts, int count)
{
    int code = fl_try_writev(conn, parts, count);

    if (code != 0)
        fail(code, "write to", conn);
}

void fl_sendfile(fl_conn *conn, int fd, int64_t offset, size_t size)
{
    int code = fl_try_sendfile(conn, fd, offset, size);

    if (code != 0)
        fail(code, "send a file to", conn);
}

void fl_shutdown(fl_conn *conn)
{
    int code = fl_try_shutdown(conn);

    if (code != 0)
        fail(code, "half-close", conn);
}

fl_listener *fl_listen_(const char *address, const fl_listen_options *options)
{
    fl_listener *listener;
    int code = fl_try_listen(address, options, &listener);

    if (code == 0)
        return listener;
    if (code == -EINVAL)
        fl_raise(FL_VALUE_ERROR, "'%s' is no address: give host:port, [v6]:port, :port or unix:/path", address);
    fl_raise_code(code, "cannot listen on %s", address);
}

fl_conn *fl_accept(fl_listener *listener)
{
    fl_conn *conn;
    int code = fl_try_accept(listener, &conn);

    if (code == -ECANCELED || code == -ETIMEDOUT)
        fl_raise_wait(code, "for a connection");
    if (code != 0)
        fl_raise_code(code, "cannot accept a connection");
    return conn;
}

fl_conn *fl_connect(const char *address, fl_duration timeout)
{
    fl_conn *conn;
    int code = fl_try_connect(address, timeout, &conn);

    if (code == 0)
        return conn;
    if (code == -EINVAL)
        fl_raise(FL_VALUE_ERROR, "'%s' is no address: give host:port, [v6]:port or unix:/path", address);
    if (code == -ECANCELED)
        fl_raise_wait(code, "for a connection");
    fl_raise_code(code, "cannot connect to %s", address);
}
