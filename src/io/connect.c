/* Connecting: each address in turn, all within one time limit. */
#include "io/io.h"
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

static int finish(fl_conn *conn, int64_t until)
{
    int error = 0;
    socklen_t size = sizeof error;
    int64_t left = until == INT64_MAX ? 0 : until - fl_monotonic_us();

    if (until != INT64_MAX && left <= 0)
        return -ETIMEDOUT;
    int code = fl_watch_writable(&conn->watch, (fl_duration){ left });
    if (code != 0)
        return code;
    if (getsockopt(conn->fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
        return -errno;
    return -error;
}

static int connect_one(const fl_address *to, int64_t until, fl_conn **ret)
{
    int fd = socket(to->at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    fl_conn *conn;

    if (fd < 0)
        return -errno;
    if (to->at.ss_family != AF_UNIX)
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
    int code = fl_try_conn_of_fd(fd, &conn);
    if (code != 0) {
        (void)close(fd);
        return code;
    }
    if (connect(fd, (const struct sockaddr *)&to->at, to->size) != 0)
        code = errno == EINPROGRESS || errno == EINTR ? finish(conn, until) : -errno;
    if (code != 0) {
        fl_conn_close(conn);
        return code;
    }
    *ret = conn;
    return 0;
}

int fl_try_connect(const char *address, fl_duration timeout, fl_conn **ret)
{
    enum { MOST = 16 };
    fl_address found[MOST];
    size_t count;
    int64_t until = timeout.us <= 0 || timeout.us > INT64_MAX / 2 ? INT64_MAX : fl_monotonic_us() + timeout.us;
    int code = fl_io_begin();

    if (code == 0)
        code = fl_address_parse(address, false, found, MOST, &count);
    if (code != 0)
        return code;
    code = UV_EAI_NODATA;
    for (size_t i = 0; i < count; i++) {
        code = connect_one(&found[i], until, ret);
        if (code == 0 || code == -ECANCELED || code == -ETIMEDOUT)
            break;
    }
    return code;
}
