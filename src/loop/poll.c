/* The look at the kernel: an epoll of the loop's own, whose edges wake fibers without a detour, and libuv's in it as one more.
 *
 * libuv serves what it is best at (threads, signals, child processes, and the handles that libraries bring) and runs only when it
 * has something to do. A socket is registered once in its life: an edge says that something came, and who read until nothing was left
 * waits for the next edge. */
#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>
#include "loop/loop.h"

enum { EVENTS = 256 };

int fl_poll_begin(fl_loop *loop)
{
    struct epoll_event of_libuv = { .events = EPOLLIN, .data.ptr = NULL };

    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (loop->epoll < 0)
        return -errno;
    if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, uv_backend_fd(&loop->uv), &of_libuv) != 0) {
        int code = -errno;
        (void)close(loop->epoll);
        return code;
    }
    (void)uv_prepare_init(&loop->uv, &loop->keeper);
    return 0;
}

void fl_poll_end(fl_loop *loop) { (void)close(loop->epoll); }

static int control(int operation, int fd, uint32_t events, fl_watched *watched)
{
    struct epoll_event event = { .events = events | EPOLLET, .data.ptr = watched };
    return epoll_ctl(fl_loop_here_->epoll, operation, fd, &event) == 0 ? 0 : -errno;
}

int fl_loop_watch(int fd, uint32_t events, fl_watched *watched) { return control(EPOLL_CTL_ADD, fd, events, watched); }
int fl_loop_watch_again(int fd, uint32_t events, fl_watched *watched) { return control(EPOLL_CTL_MOD, fd, events, watched); }
void fl_loop_unwatch(int fd) { (void)control(EPOLL_CTL_DEL, fd, 0, NULL); }

/* libuv polls nothing while no handle of its own counts as active, but an edge of a thread that is done may be left in it. */
static void nothing(uv_prepare_t *keeper) { (void)keeper; }

static void run_libuv(fl_loop *loop)
{
    (void)uv_prepare_start(&loop->keeper, nothing);
    (void)uv_run(&loop->uv, UV_RUN_NOWAIT);
    (void)uv_prepare_stop(&loop->keeper);
}

static int sooner(int a, int b) { return a < 0 ? b : b < 0 || a < b ? a : b; }

/* Milliseconds until libuv wants to run: 0 now, -1 when a descriptor of its says so. */
static int libuv_waits(fl_loop *loop)
{
    if (!uv_loop_alive(&loop->uv))
        return -1;
    uv_update_time(&loop->uv);
    return uv_backend_timeout(&loop->uv);
}

void fl_poll(fl_loop *loop, int milliseconds)
{
    struct epoll_event events[EVENTS];
    bool libuv = false;

    if (milliseconds != 0)
        milliseconds = sooner(milliseconds, libuv_waits(loop));
    int n = epoll_wait(loop->epoll, events, EVENTS, milliseconds);
    for (int i = 0; i < n; i++) {
        fl_watched *watched = events[i].data.ptr;
        if (watched == NULL)
            libuv = true;
        else
            watched->happened(watched, events[i].events);
    }
    if (libuv || libuv_waits(loop) == 0)
        run_libuv(loop);
}
