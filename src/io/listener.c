/* Listening and accepting. When descriptors or memory run out, accepting pauses: the kernel's queue keeps who comes meanwhile. */
#include "io/io.h"
#include <errno.h>
#include <fcntl.h>
#include <fleche/heap.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 511, UNIX_MODE = 0660, FIRST_PAUSE_US = 5000, LONGEST_PAUSE_US = 200000 };

/* A Unix socket's file that nobody listens on any more is in the way. */
static bool remove_stale(const fl_address *at)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct stat file;
    const char *path = ((const struct sockaddr_un *)&at->at)->sun_path;

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
    const char *path = ((const struct sockaddr_un *)&at->at)->sun_path;
    if (is_unix && path[0] != '\0')
        (void)chmod(path, (mode_t)(options->unix_mode == 0 ? UNIX_MODE : options->unix_mode));
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
    }
    return code;
}

static void describe(fl_listener *listener)
{
    struct sockaddr_storage at = { 0 };
    socklen_t size = sizeof at;

    if (getsockname(listener->fd, (struct sockaddr *)&at, &size) != 0)
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
    listener->fd = fd;
    int code = fl_watch_start(&listener->watch, fd);
    if (code != 0) {
        fl_heap_free(listener);
        return code;
    }
    describe(listener);
    *ret = listener;
    return 0;
}

int fl_try_listen(const char *address, const fl_listen_options *options, fl_listener **ret)
{
    int fd;
    int code = fl_listen_fd(address, options, &fd);

    if (code != 0)
        return code;
    code = fl_try_listener_of_fd(fd, ret);
    if (code != 0) {
        (void)close(fd);
        return code;
    }
    (*ret)->remove_file = fl_starts_with((*ret)->address, "unix:/");
    (*ret)->owner_pid = getpid();
    return 0;
}

void fl_listener_close(fl_listener *listener)
{
    if (listener == NULL)
        return;
    fl_watch_end(&listener->watch);
    (void)close(listener->fd);
    if (listener->remove_file && listener->owner_pid == getpid())
        (void)unlink(listener->address + sizeof "unix:" - 1);
    fl_heap_free(listener);
}

void fl_listener_stop(fl_listener *listener)
{
    listener->stopped = true;
    fl_watch_dismiss(&listener->watch);
}

int fl_listener_fd(const fl_listener *listener) { return listener->fd; }
int fl_listener_port(const fl_listener *listener) { return listener->port; }
const char *fl_listener_address(const fl_listener *listener) { return listener->address; }

/* -- accepting ------------------------------------------------------------------------------------------------------------------- */

static bool is_passing(int error) { return error == EINTR || error == ECONNABORTED || error == EPROTO; }
static bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

int fl_try_accept(fl_listener *listener, fl_conn **ret)
{
    int64_t pause = FIRST_PAUSE_US;
    int code = fl_io_begin();

    while (code == 0) {
        if (listener->stopped)
            return -ECANCELED;
        if (!listener->watch.readable && (code = fl_watch_readable(&listener->watch, (fl_duration){ 0 })) != 0)
            break;
        int fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            if (listener->port != 0)
                (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
            code = fl_try_conn_of_fd(fd, ret);
            if (code != 0)
                (void)close(fd);
            return code;
        }
        if (errno == EAGAIN) {
            listener->watch.readable = false;
        } else if (is_shortage(errno)) {
            code = fl_try_sleep((fl_duration){ pause });
            pause = pause * 2 < LONGEST_PAUSE_US ? pause * 2 : LONGEST_PAUSE_US;
        } else if (!is_passing(errno)) {
            code = -errno;
        }
    }
    return code;
}
