/* Listening and accepting. When descriptors or memory run out, accepting pauses: the kernel's queue keeps who comes meanwhile. */
#include "io/io.h"
#include <errno.h>
#include <fleche/heap.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 511, UNIX_MODE = 0660, FIRST_PAUSE_US = 5000, LONGEST_PAUSE_US = 200000 };

static const char *path_of(const fl_address *at)
{
    return at->at.ss_family == AF_UNIX ? ((const struct sockaddr_un *)&at->at)->sun_path : "";   /* empty: an abstract one */
}

/* A Unix socket's file that nobody listens on any more is in the way. One whose queue is full is not stale: connecting to it
 * must not wait. */
static bool remove_stale(const fl_address *at)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct stat file;
    const char *path = path_of(at);

    if (fd < 0)
        return false;
    bool refused = connect(fd, (const struct sockaddr *)&at->at, at->size) != 0 && errno == ECONNREFUSED;
    (void)close(fd);
    return refused && path[0] != '\0' && stat(path, &file) == 0 && S_ISSOCK(file.st_mode) && unlink(path) == 0;
}

static int bind_and_listen(int fd, const fl_address *at, const fl_listen_options *options)
{
    bool is_unix = at->at.ss_family == AF_UNIX;

    if (!is_unix)
        (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 }, sizeof(int));
    if (at->at.ss_family == AF_INET6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &(int){ 0 }, sizeof(int));
    if (options->reuse_port && setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &(int){ 1 }, sizeof(int)) != 0)
        return -errno;
    if (bind(fd, (const struct sockaddr *)&at->at, at->size) != 0) {
        int code = -errno;
        if (code != -EADDRINUSE || !is_unix || !remove_stale(at))
            return code;
        if (bind(fd, (const struct sockaddr *)&at->at, at->size) != 0)
            return -errno;
    }
    if (path_of(at)[0] != '\0' && chmod(path_of(at), (mode_t)(options->unix_mode == 0 ? UNIX_MODE : options->unix_mode)) != 0)
        return -errno;
    if (!is_unix)                                    /* what is accepted inherits it */
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
    return listen(fd, options->backlog <= 0 ? BACKLOG : options->backlog) == 0 ? 0 : -errno;
}

int fl_listen_fd(const char *address, const fl_listen_options *options, int *ret)
{
    enum { MOST = 8 };
    fl_address found[MOST];
    size_t count, best = 0;
    int code = fl_address_parse(address, true, found, MOST, &count);

    if (code != 0)
        return code;
    code = UV_EAI_NODATA;
    if (address[0] == ':')                           /* all interfaces: the IPv6 socket takes IPv4 too */
        for (size_t i = 0; i < count; i++)
            if (found[i].at.ss_family == AF_INET6)
                best = i;
    for (size_t tries = 0; tries < count; tries++) {
        const fl_address *at = &found[(best + tries) % count];
        int fd = socket(at->at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        code = fd < 0 ? -errno : bind_and_listen(fd, at, options);
        if (code == 0) {
            *ret = fd;
            return 0;
        }
        if (fd >= 0)
            (void)close(fd);
        if (code != -EAFNOSUPPORT && code != -EADDRNOTAVAIL)
            break;                                   /* in use, not allowed: half of what was asked for is not good enough */
    }
    return code;
}

static void describe(fl_listener *listener)
{
    struct sockaddr_storage at = { 0 };
    socklen_t size = sizeof at;

    if (getsockname(listener->watch.fd, (struct sockaddr *)&at, &size) != 0)
        size = 0;
    fl_address_text((struct sockaddr *)&at, size, listener->address, sizeof listener->address);
    if (at.ss_family == AF_INET)
        listener->port = ntohs(((struct sockaddr_in *)&at)->sin_port);
    else if (at.ss_family == AF_INET6)
        listener->port = ntohs(((struct sockaddr_in6 *)&at)->sin6_port);
}

int fl_try_listener_of_fd(int fd, fl_listener **ret)
{
    fl_listener *listener = fl_heap_zalloc(sizeof *listener);

    if (listener == NULL)
        return -ENOMEM;
    int code = ioctl(fd, FIONBIO, &(int){ 1 }) == 0 ? fl_watch_start(&listener->watch, fd) : -errno;
    if (code != 0) {
        fl_heap_free(listener);
        return code;
    }
    describe(listener);
    *ret = listener;
    return 0;
}

static const char *file_of(const fl_listener *listener)
{
    const char *path = fl_after_prefix(listener->address, "unix:");
    return path != NULL && path[0] == '/' ? path : NULL;
}

int fl_try_listen(const char *address, const fl_listen_options *options, fl_listener **ret)
{
    struct stat file;
    int fd;
    int code = fl_listen_fd(address, options, &fd);

    if (code != 0)
        return code;
    code = fl_try_listener_of_fd(fd, ret);
    if (code != 0) {
        (void)close(fd);
        if (fl_starts_with(address, "unix:/"))
            (void)unlink(address + sizeof "unix:" - 1);
        return code;
    }
    if (file_of(*ret) != NULL && stat(file_of(*ret), &file) == 0) {
        (*ret)->remove_file = true;
        (*ret)->owner_pid = getpid();
        (*ret)->device = file.st_dev;
        (*ret)->inode = file.st_ino;
    }
    return 0;
}

/* Another process may have put a socket of its own there meanwhile. */
static void remove_own_file(const fl_listener *listener)
{
    struct stat file;

    if (listener->remove_file && listener->owner_pid == getpid() && stat(file_of(listener), &file) == 0 &&
        file.st_dev == listener->device && file.st_ino == listener->inode)
        (void)unlink(file_of(listener));
}

void fl_listener_close(fl_listener *listener)
{
    if (listener == NULL)
        return;
    fl_watch_end(&listener->watch);
    remove_own_file(listener);
    (void)close(listener->watch.fd);
    fl_heap_free(listener);
}

void fl_listener_stop(fl_listener *listener)
{
    listener->stopped = true;
    fl_watch_end(&listener->watch);
}

int fl_listener_fd(const fl_listener *listener) { return listener->watch.fd; }
int fl_listener_port(const fl_listener *listener) { return listener->port; }
const char *fl_listener_address(const fl_listener *listener) { return listener->address; }

/* -- accepting ------------------------------------------------------------------------------------------------------------------- */

static bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

/* Errors of one connection that is gone again, not of the listener. */
static bool is_passing(int error)
{
    switch (error) {
    case EINTR:
    case ECONNABORTED:
    case EPROTO:
    case EPERM:
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENONET:
    case ENOPROTOOPT:
    case ETIMEDOUT: return true;
    default: return false;
    }
}

/* Waits for a better moment, in the place of who waits for a connection, where closing finds it. */
static int pause_accepting(fl_listener *listener, int64_t *pause)
{
    int code = fl_watch_readable(&listener->watch, (fl_duration){ *pause });

    *pause = *pause * 2 < LONGEST_PAUSE_US ? *pause * 2 : LONGEST_PAUSE_US;
    return code == -ETIMEDOUT ? fl_interrupted(fl_fiber_here()) : code;
}

int fl_try_accept(fl_listener *listener, fl_conn **ret)
{
    int64_t pause = FIRST_PAUSE_US;
    int code = listener->stopped ? -ECANCELED : fl_io_begin(&listener->watch.reader);

    while (code == 0) {
        if (!listener->watch.readable && (code = fl_watch_readable(&listener->watch, (fl_duration){ 0 })) != 0)
            break;
        int fd = accept4(listener->watch.fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            code = fl_conn_new(fd, true, true, ret);
            if (code != 0)
                (void)close(fd);
            return code;
        }
        if (errno == EAGAIN)
            listener->watch.readable = false;
        else if (is_shortage(errno))
            code = pause_accepting(listener, &pause);
        else if (!is_passing(errno))
            code = -errno;
    }
    return code;
}
