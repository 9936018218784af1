/* Connecting: each address in turn, all within one time limit, of which each that is left has an equal share. */
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
    if (getsockopt(conn->watch.fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
        return -errno;
    return -error;
}

/* A Unix socket whose listener has no room says so at once, and there is nothing to watch: the next try is after a pause. */
static int connect_unix(int fd, const fl_address *to, int64_t until)
{
    enum { FIRST_PAUSE_US = 1000, LONGEST_PAUSE_US = 50000 };

    for (int64_t pause = FIRST_PAUSE_US; connect(fd, (const struct sockaddr *)&to->at, to->size) != 0;) {
        if (errno != EAGAIN && errno != EINTR)
            return -errno;
        if (fl_monotonic_us() + pause > until)
            return -ETIMEDOUT;
        int code = fl_try_sleep((fl_duration){ pause });
        if (code != 0)
            return code;
        pause = pause * 2 < LONGEST_PAUSE_US ? pause * 2 : LONGEST_PAUSE_US;
    }
    return 0;
}

/* A socket is watched only once it has begun to connect: before that it looks like one that was hung up. */
static int connect_inet(int fd, const fl_address *to)
{
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
    return connect(fd, (const struct sockaddr *)&to->at, to->size) == 0 ? 0 : -errno;
}

static int connect_one(const fl_address *to, int64_t until, fl_conn **ret)
{
    int fd = socket(to->at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    fl_conn *conn;

    if (fd < 0)
        return -errno;
    int code = to->at.ss_family == AF_UNIX ? connect_unix(fd, to, until) : connect_inet(fd, to);
    bool under_way = code == -EINPROGRESS || code == -EINTR;
    if (code == 0 || under_way)
        code = fl_conn_new(fd, true, true, &conn);
    if (code != 0) {
        (void)close(fd);
        return code;
    }
    if (under_way && (code = finish(conn, until)) != 0) {
        fl_conn_close(conn);
        return code;
    }
    *ret = conn;
    return 0;
}

static int64_t share_of(int64_t until, size_t left)
{
    int64_t now = fl_monotonic_us();
    return until == INT64_MAX ? until : now + (until - now) / (int64_t)left;
}

int fl_try_connect(const char *address, fl_duration timeout, fl_conn **ret)
{
    enum { MOST = 16 };
    fl_address found[MOST];
    size_t count;
    int64_t until = timeout.us <= 0 || timeout.us > INT64_MAX / 256 ? INT64_MAX : fl_monotonic_us() + timeout.us;
    int code = fl_io_begin(NULL);

    if (code == 0)
        code = fl_address_parse(address, false, found, MOST, &count);
    if (code != 0)
        return code;
    code = UV_EAI_NODATA;
    for (size_t i = 0; i < count && fl_interrupted(fl_fiber_here()) == 0; i++)
        if ((code = connect_one(&found[i], share_of(until, count - i), ret)) == 0)
            return 0;
    int interrupted = fl_interrupted(fl_fiber_here());
    return interrupted != 0 ? interrupted : code;
}
