/* The sockets a supervisor holds for its workers, so that a worker's end refuses nobody. */
#include "process/process.h"
#include <errno.h>
#include <fcntl.h>
#include <fleche/heap.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { FIRST_PASSED_FD = 3 };

/* systemd's protocol: LISTEN_FDS descriptors from 3 on, meant for LISTEN_PID. */
static size_t passed_fds(void)
{
    const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    long long of, n;

    if (pid == NULL || count == NULL || !fl_str_int(fl_str_of(pid), &of) || !fl_str_int(fl_str_of(count), &n))
        return 0;
    if (of != getpid() || n < 1 || n > FL_SUPERVISOR_SOCKETS)
        return 0;
    (void)unsetenv("LISTEN_PID");
    (void)unsetenv("LISTEN_FDS");
    return (size_t)n;
}

static int open_one(const char *address, bool reuse_port, int *ret)
{
    int code = fl_listen_fd(address, &(fl_listen_options){ .reuse_port = reuse_port }, ret);

    if (code == 0)
        return 0;
    fprintf(stderr, "fleche: cannot listen on %s: %s\n", address, code == -EINVAL ? "this is no address (host:port, [v6]:port, :port, unix:/path)" : fl_code_text(code));
    return -1;
}

static int open_for_slots(fl_sockets *sockets, const fl_supervisor *how, int slots)
{
    sockets->of_slots = fl_heap_alloc((size_t)slots * sockets->count * sizeof(int));
    if (sockets->of_slots == NULL) {
        fprintf(stderr, "fleche: no memory for the sockets of %d workers\n", slots);
        return -1;
    }
    for (size_t i = 0; i < (size_t)slots * sockets->count; i++)
        sockets->of_slots[i] = -1;
    for (size_t i = 0; i < (size_t)slots * sockets->count; i++)
        if (open_one(how->listen[i % sockets->count], true, &sockets->of_slots[i]) != 0)
            return -1;
    return 0;
}

int fl_sockets_open(fl_sockets *sockets, const fl_supervisor *how, int slots)
{
    size_t passed = passed_fds();

    *sockets = (fl_sockets){ .count = passed, .activated = passed > 0 };
    for (size_t i = 0; i < FL_SUPERVISOR_SOCKETS; i++)
        sockets->shared[i] = -1;
    for (size_t i = 0; i < passed; i++) {
        sockets->shared[i] = FIRST_PASSED_FD + (int)i;
        (void)fcntl(sockets->shared[i], F_SETFD, FD_CLOEXEC);
        (void)fcntl(sockets->shared[i], F_SETFL, fcntl(sockets->shared[i], F_GETFL) | O_NONBLOCK);
    }
    if (passed > 0)
        return 0;
    while (sockets->count < FL_SUPERVISOR_SOCKETS && how->listen[sockets->count] != NULL)
        sockets->count++;
    if (how->reuse_port && sockets->count > 0)
        return open_for_slots(sockets, how, slots);
    for (size_t i = 0; i < sockets->count; i++) {
        if (open_one(how->listen[i], false, &sockets->shared[i]) != 0)
            return -1;
        const char *path = fl_after_prefix(how->listen[i], "unix:");
        if (path != NULL && path[0] != '@')
            (void)snprintf(sockets->paths[i], sizeof sockets->paths[i], "%s", path);
    }
    return 0;
}

int fl_sockets_fd(const fl_sockets *sockets, int slot, size_t which)
{
    return sockets->of_slots != NULL ? sockets->of_slots[(size_t)slot * sockets->count + which] : sockets->shared[which];
}

void fl_sockets_close(fl_sockets *sockets, int slots)
{
    for (size_t i = 0; i < sockets->count && sockets->of_slots == NULL; i++) {
        if (sockets->shared[i] >= 0)
            (void)close(sockets->shared[i]);
        if (sockets->paths[i][0] != '\0')
            (void)unlink(sockets->paths[i]);
    }
    for (size_t i = 0; sockets->of_slots != NULL && i < (size_t)slots * sockets->count; i++)
        if (sockets->of_slots[i] >= 0)
            (void)close(sockets->of_slots[i]);
    fl_heap_free(sockets->of_slots);
    sockets->of_slots = NULL;
}
