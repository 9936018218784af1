/* Two ends of a connection, and what is counted around them. */
#pragma once
#include <dirent.h>
#include <errno.h>
#include <fleche/heap.h>
#include <fleche/io.h>
#include <fleche/loop.h>
#include <fleche/sync.h>
#include <fleche/test.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct { fl_conn *a, *b; } ends;

static inline ends ends_of(int domain)
{
    int fds[2];
    ends e;

    fl_expect_equal(socketpair(domain, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
    fl_expect_ok(fl_try_conn_of_fd(fds[0], &e.a));
    fl_expect_ok(fl_try_conn_of_fd(fds[1], &e.b));
    fl_conn_close_here(e.a);
    return e;
}

/* b is the test's to close. */
static inline ends unix_ends(void) { return ends_of(AF_UNIX); }

static inline ends tcp_ends(void)
{
    fl_listener *listener = fl_listen("127.0.0.1:0");
    ends e = { .a = fl_connect(fl_listener_address(listener), FL_SECONDS(5)) };

    fl_conn_close_here(e.a);
    e.b = fl_accept(listener);
    fl_listener_close(listener);
    return e;
}

static inline void reset(fl_conn *conn)
{
    (void)setsockopt(fl_conn_fd(conn), SOL_SOCKET, SO_LINGER, &(struct linger){ 1, 0 }, sizeof(struct linger));
    fl_conn_close(conn);
}

static inline int open_files(void)
{
    DIR *directory = opendir("/proc/self/fd");
    int count = -1;                                  /* the directory's own */

    for (const struct dirent *at; (at = readdir(directory)) != NULL;)
        count += at->d_name[0] != '.';
    (void)closedir(directory);
    return count;
}

static inline void remove_directory(void *path)
{
    DIR *directory = opendir(path);

    for (const struct dirent *at; directory != NULL && (at = readdir(directory)) != NULL;)
        (void)unlinkat(dirfd(directory), at->d_name, 0);
    if (directory != NULL)
        (void)closedir(directory);
    (void)rmdir(path);
}

static inline const char *fresh_directory(void)
{
    char *path = fl_text("/tmp/fleche-test-XXXXXX");

    fl_expect(mkdtemp(path) != NULL);
    fl_defer(remove_directory, path);
    return path;
}

/* Lets the others run until it holds. */
#define until(condition) \
    for (double until_ = fl_monotonic() + 10; !(condition); fl_sleep(FL_MILLISECONDS(1))) \
    fl_expect(fl_monotonic() < until_)
