/* The sockets a supervisor holds for its workers, so that a worker's end refuses nobody. */
#include "process/process.h"
#include <errno.h>
#include <fcntl.h>
#include <fleche/heap.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { FIRST_PASSED_FD = 3 };

/* A descriptor that was opened by somebody else, made as ours are. */
static int adopt(int fd)
{
    int flags = fcntl(fd, F_GETFL);

    if (flags >= 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0)
        return 0;
    fprintf(stderr, "fleche: the socket passed in as descriptor %d cannot be used: %s\n", fd, fl_code_text(-errno));
    return -1;
}

/* systemd's protocol: LISTEN_FDS descriptors from 3 on, meant for LISTEN_PID. */
static int take_passed(fl_sockets *sockets)
{
    const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    long long of, n;

    if (pid == NULL || count == NULL || !fl_str_int(fl_str_of(pid), &of) || !fl_str_int(fl_str_of(count), &n))
        return 0;
    if (of != getpid() || n < 1)
        return 0;
    (void)unsetenv("LISTEN_PID");
    (void)unsetenv("LISTEN_FDS");
    (void)unsetenv("LISTEN_FDNAMES");
    if (n > FL_SUPERVISOR_SOCKETS) {
        fprintf(stderr, "fleche: %lld sockets were passed in, at most %d can be\n", n, FL_SUPERVISOR_SOCKETS);
        return -1;
    }
    sockets->activated = true;
    for (; sockets->count < (size_t)n; sockets->count++) {
        sockets->shared[sockets->count] = FIRST_PASSED_FD + (int)sockets->count;
        if (adopt(sockets->shared[sockets->count]) != 0)
            return -1;
    }
    return 0;
}

/* "fd://5": a socket that listens already. */
static int open_passed(const char *number, int *ret)
{
    long long fd;

    if (!fl_str_int(fl_str_of(number), &fd) || fd < 0 || fd > INT_MAX) {
        fprintf(stderr, "fleche: fd://%s names no descriptor\n", number);
        return -1;
    }
    *ret = (int)fd;
    return adopt(*ret);
}

static int open_one(const char *address, const fl_listen_options *options, int *ret)
{
    const char *number = fl_after_prefix(address, "fd://");

    if (number != NULL)
        return open_passed(number, ret);
    int code = fl_listen_fd(address, options, ret);
    if (code == 0)
        return 0;
    fprintf(stderr, "fleche: cannot listen on %s: %s\n", address,
            code == -EINVAL ? "this is no address (host:port, [v6]:port, :port, unix:/path, fd://5)" : fl_code_text(code));
    return -1;
}

/* One socket a slot for the first one's address, whose port may have been the kernel's choice. */
static int open_for_slots(fl_sockets *sockets, size_t which, const fl_listen_options *options)
{
    struct sockaddr_storage at = { 0 };
    socklen_t size = sizeof at;
    char address[FL_ADDRESS_TEXT];

    if (getsockname(sockets->shared[which], (struct sockaddr *)&at, &size) != 0)
        return -1;
    fl_address_text((struct sockaddr *)&at, size, address, sizeof address);
    for (size_t slot = 1; slot < sockets->slots; slot++)
        if (open_one(address, options, &sockets->of_slots[slot * FL_SUPERVISOR_SOCKETS + which]) != 0)
            return -1;
    return 0;
}

static int open_listed(fl_sockets *sockets, const fl_supervisor *how)
{
    for (; sockets->count < FL_SUPERVISOR_SOCKETS && how->listen[sockets->count] != NULL; sockets->count++) {
        size_t which = sockets->count;
        const char *address = how->listen[which], *path = fl_after_prefix(address, "unix:");
        bool queues = how->reuse_port && path == NULL && !fl_starts_with(address, "fd:");     /* a file leads to one socket */
        fl_listen_options options = { .backlog = how->backlog, .reuse_port = queues, .unix_mode = how->unix_mode };
        if (open_one(address, &options, &sockets->shared[which]) != 0)
            return -1;
        if (path != NULL && path[0] != '@')
            (void)snprintf(sockets->paths[which], sizeof sockets->paths[which], "%s", path);
        if (queues && open_for_slots(sockets, which, &options) != 0) {
            sockets->count++;                        /* the ones that are open are to be closed */
            return -1;
        }
    }
    return 0;
}

int fl_sockets_open(fl_sockets *sockets, const fl_supervisor *how, int slots)
{
    *sockets = (fl_sockets){ .slots = (size_t)slots };
    if (take_passed(sockets) != 0)
        return -1;
    if (sockets->activated)
        return 0;
    if (how->reuse_port) {
        sockets->of_slots = fl_heap_alloc((size_t)slots * FL_SUPERVISOR_SOCKETS * sizeof(int));
        if (sockets->of_slots == NULL) {
            fprintf(stderr, "fleche: no memory for the sockets of %d workers\n", slots);
            return -1;
        }
        for (size_t i = 0; i < (size_t)slots * FL_SUPERVISOR_SOCKETS; i++)
            sockets->of_slots[i] = -1;
    }
    return open_listed(sockets, how);
}

static int own_fd(const fl_sockets *sockets, size_t slot, size_t which)
{
    return sockets->of_slots == NULL || slot >= sockets->slots ? -1 : sockets->of_slots[slot * FL_SUPERVISOR_SOCKETS + which];
}

int fl_sockets_fd(const fl_sockets *sockets, int slot, size_t which)
{
    int own = own_fd(sockets, (size_t)slot, which);
    return own >= 0 ? own : sockets->shared[which];
}

void fl_sockets_keep(fl_sockets *sockets, int slot)
{
    for (size_t which = 0; which < sockets->count; which++) {
        int kept = fl_sockets_fd(sockets, slot, which);
        for (size_t other = 1; other < sockets->slots; other++)
            if (own_fd(sockets, other, which) >= 0 && own_fd(sockets, other, which) != kept)
                (void)close(own_fd(sockets, other, which));
        if (sockets->shared[which] != kept)
            (void)close(sockets->shared[which]);
        sockets->shared[which] = kept;
    }
    fl_heap_free(sockets->of_slots);
    sockets->of_slots = NULL;
}

void fl_sockets_drop(fl_sockets *sockets, int slot)
{
    for (size_t which = 0; which < sockets->count; which++) {
        int fd = own_fd(sockets, (size_t)slot, which);
        if (fd < 0)
            continue;
        (void)close(fd);
        sockets->of_slots[(size_t)slot * FL_SUPERVISOR_SOCKETS + which] = -1;
    }
}

void fl_sockets_abandon(const fl_sockets *sockets)
{
    for (size_t which = 0; which < sockets->count && !sockets->activated; which++)
        (void)shutdown(sockets->shared[which], SHUT_RDWR);
}

/* The file goes before its socket: behind it, it might be the next supervisor's already. */
void fl_sockets_close(fl_sockets *sockets)
{
    for (size_t which = 0; which < sockets->count; which++) {
        if (sockets->paths[which][0] != '\0' && !sockets->activated)
            (void)unlink(sockets->paths[which]);
        (void)close(sockets->shared[which]);
        for (size_t slot = 1; slot < sockets->slots; slot++)
            if (own_fd(sockets, slot, which) >= 0)
                (void)close(own_fd(sockets, slot, which));
    }
    fl_heap_free(sockets->of_slots);
    sockets->of_slots = NULL;
}
