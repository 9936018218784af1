/* Connections: try the system call, wait only when it would block. A short read says that the socket is empty now, which saves the
 * call that would only hear EAGAIN. */
#include "io/io.h"
#include <errno.h>
#include <fleche/heap.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <unistd.h>

int fl_conn_new(int fd, bool is_socket, bool is_stream, fl_conn **ret)
{
    fl_conn *conn = fl_heap_zalloc(sizeof *conn);

    if (conn == NULL)
        return -ENOMEM;
    conn->is_socket = is_socket;
    conn->is_stream = is_stream;
    int code = fl_watch_start(&conn->watch, fd);
    if (code != 0) {
        fl_heap_free(conn);
        return code;
    }
    *ret = conn;
    return 0;
}

int fl_try_conn_of_fd(int fd, fl_conn **ret)
{
    int type = 0;
    socklen_t size = sizeof type;
    bool is_socket = getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0;

    if (ioctl(fd, FIONBIO, &(int){ 1 }) != 0)
        return -errno;
    return fl_conn_new(fd, is_socket, is_socket && type == SOCK_STREAM, ret);
}

void fl_conn_close(fl_conn *conn)
{
    if (conn == NULL)
        return;
    fl_watch_end(&conn->watch);
    (void)close(conn->watch.fd);
    fl_heap_free(conn);
}

static void close_conn(void *conn) { fl_conn_close(conn); }
void fl_conn_close_here(fl_conn *conn) { fl_defer(close_conn, conn); }
int fl_conn_fd(const fl_conn *conn) { return conn->watch.fd; }

const char *fl_conn_peer(const fl_conn *conn)
{
    struct sockaddr_storage at = { 0 };
    socklen_t size = sizeof at;
    fl_conn *self = (fl_conn *)conn;                 /* the text is made when it is first asked for */

    if (self->peer[0] == '\0') {
        if (getpeername(conn->watch.fd, (struct sockaddr *)&at, &size) != 0)
            size = 0;
        fl_address_text((struct sockaddr *)&at, size, self->peer, sizeof self->peer);
    }
    return conn->peer;
}

/* Beyond a thousand years there is none. */
static fl_duration limit(fl_duration time) { return time.us > INT64_MAX / 256 || time.us < 0 ? (fl_duration){ 0 } : time; }

void fl_conn_timeouts(fl_conn *conn, fl_duration read, fl_duration write)
{
    conn->read_timeout = limit(read);
    conn->write_timeout = limit(write);
}

/* -- reading ------------------------------------------------------------------------------------------------------------------- */

ssize_t fl_try_read(fl_conn *conn, void *ret, size_t size)
{
    int code = fl_io_begin(&conn->watch.reader);

    while (code == 0) {
        if (!conn->watch.readable && (code = fl_watch_readable(&conn->watch, conn->read_timeout)) != 0)
            break;
        ssize_t n = conn->is_socket ? recv(conn->watch.fd, ret, size, 0) : read(conn->watch.fd, ret, size);
        if (n >= 0) {
            if (n > 0 && (size_t)n < size && conn->is_stream && !conn->watch.ended)
                conn->watch.readable = false;
            return n;
        }
        if (errno == EAGAIN)
            conn->watch.readable = false;
        else if (errno != EINTR)
            code = -errno;
    }
    return code;
}

int fl_try_read_all(fl_conn *conn, void *ret, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t n = fl_try_read(conn, (char *)ret + done, size - done);
        if (n <= 0)
            return n == 0 ? -ENODATA : (int)n;
        done += (size_t)n;
    }
    return 0;
}

/* -- writing ------------------------------------------------------------------------------------------------------------------- */

/* Behind a system call that did not write: 0 to try again. */
static int after_failure(fl_conn *conn)
{
    if (errno == EINTR)
        return 0;
    return errno == EAGAIN ? fl_watch_writable(&conn->watch, conn->write_timeout) : -errno;
}

int fl_try_write(fl_conn *conn, const void *bytes, size_t size)
{
    const char *at = bytes;
    int code = fl_io_begin(&conn->watch.writer);

    while (code == 0 && size > 0) {
        ssize_t n = conn->is_socket ? send(conn->watch.fd, at, size, MSG_NOSIGNAL) : write(conn->watch.fd, at, size);
        if (n < 0) {
            code = after_failure(conn);
            continue;
        }
        at += n;
        size -= (size_t)n;
    }
    return code;
}

/* Skips what was written; the first part left may have lost its head, so the parts are a copy. */
static void skip(struct iovec **parts, int *count, size_t written)
{
    while (*count > 0 && written >= (*parts)->iov_len) {
        written -= (*parts)->iov_len;
        (*parts)++;
        (*count)--;
    }
    if (*count > 0) {
        (*parts)->iov_base = (char *)(*parts)->iov_base + written;
        (*parts)->iov_len -= written;
    }
}

int fl_try_writev(fl_conn *conn, const struct iovec *parts, int count)
{
    enum { AT_ONCE = 64 };
    struct iovec copy[AT_ONCE];
    int code = fl_io_begin(&conn->watch.writer);

    while (code == 0 && count > 0) {
        int n = count < AT_ONCE ? count : AT_ONCE;
        struct iovec *left = copy;
        memcpy(copy, parts, (size_t)n * sizeof *copy);
        parts += n;
        count -= n;
        skip(&left, &n, 0);                          /* empty ones at the start */
        while (code == 0 && n > 0) {
            struct msghdr message = { .msg_iov = left, .msg_iovlen = (size_t)n };
            ssize_t written = conn->is_socket ? sendmsg(conn->watch.fd, &message, MSG_NOSIGNAL) : writev(conn->watch.fd, left, n);
            if (written < 0)
                code = after_failure(conn);
            else
                skip(&left, &n, (size_t)written);
        }
    }
    return code;
}

int fl_try_sendfile(fl_conn *conn, int fd, int64_t offset, size_t size)
{
    off_t at = offset;
    int code = fl_io_begin(&conn->watch.writer);

    while (code == 0 && size > 0) {
        ssize_t n = sendfile(conn->watch.fd, fd, &at, size);
        if (n == 0)
            return -ENODATA;                         /* the file is shorter than was said */
        if (n < 0)
            code = after_failure(conn);
        else
            size -= (size_t)n;
    }
    return code;
}

int fl_try_shutdown(fl_conn *conn) { return shutdown(conn->watch.fd, SHUT_WR) == 0 ? 0 : -errno; }

/* -- without a fiber, and for others' libraries --------------------------------------------------------------------------------- */

int fl_try_wait_readable(fl_conn *conn)
{
    int code = fl_io_begin(&conn->watch.reader);
    return code != 0 ? code : fl_watch_anew(&conn->watch, true, conn->read_timeout);
}

int fl_try_wait_writable(fl_conn *conn)
{
    int code = fl_io_begin(&conn->watch.writer);
    return code != 0 ? code : fl_watch_anew(&conn->watch, false, conn->write_timeout);
}

void fl_conn_park(fl_conn *conn, fl_fiber_main *run, void *data)
{
    int code = fl_watch_park(&conn->watch, run, data);

    if (code != 0)
        fl_raise_code(code, "the connection of %s cannot be parked", fl_conn_peer(conn));
}

bool fl_conn_unpark(fl_conn *conn) { return fl_watch_unpark(&conn->watch); }
