/* Locks. A blocking flock() would hold a thread of the pool for as long as somebody else likes, and whoever must unlock may need that
 * thread; so it is asked without waiting, again and again with growing pauses, in which the fiber can be cancelled. */
#include <errno.h>
#include <sys/file.h>
#include "files/files.h"
#include "offload/offload.h"

typedef struct { int fd, operation, code; } locking;

static void lock(void *data)
{
    locking *l = data;

    do
        l->code = flock(l->fd, l->operation) == 0 ? 0 : -errno;
    while (l->code == -EINTR);
}

int fl_try_file_lock(int fd, int how)
{
    enum { LONGEST_PAUSE = 50 };                     /* ms */
    locking l = { .fd = fd, .operation = (how & FL_LOCK_EXCLUSIVE ? LOCK_EX : LOCK_SH) | LOCK_NB };
    int pause = 1;

    for (;;) {
        int code = fl_pool_run(lock, &l);
        if (code != 0)
            return code;
        if (l.code != -EWOULDBLOCK || how & FL_LOCK_NOW)
            return l.code;
        code = fl_try_sleep(FL_MILLISECONDS(pause));
        if (code != 0)
            return code;
        pause = 2 * pause < LONGEST_PAUSE ? 2 * pause : LONGEST_PAUSE;
    }
}

void fl_file_lock(int fd, int how)
{
    int code = fl_try_file_lock(fd, how);

    if (code != 0)
        fl_raise_code(code, "cannot lock descriptor %d", fd);
}

void fl_file_unlock(int fd) { (void)flock(fd, LOCK_UN); }
