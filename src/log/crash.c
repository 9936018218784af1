/* The last words of a process, from a signal handler: nothing but write(), to descriptors noted beforehand, since the
 * handlers may be what is broken. */
#include <errno.h>
#include <unistd.h>
#include "log/log.h"

static int descriptors[FL_LOG_HANDLERS] = { STDERR_FILENO, -1, -1, -1, -1, -1, -1, -1 };

_Static_assert(FL_LOG_HANDLERS == 8, "the list above ends with -1");

void fl_log_crash_to_(fl_log_handler *const *handlers, size_t n)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        if (handlers[i]->fd >= 0)
            __atomic_store_n(&descriptors[count++], handlers[i]->fd, __ATOMIC_RELAXED);
    if (count == 0)
        __atomic_store_n(&descriptors[count++], STDERR_FILENO, __ATOMIC_RELAXED);
    while (count < FL_LOG_HANDLERS)
        __atomic_store_n(&descriptors[count++], -1, __ATOMIC_RELAXED);
}

static void write_piece(int fd, const char *piece)
{
    size_t size = 0;

    while (piece[size] != '\0')
        size++;
    while (size > 0) {
        ssize_t n = write(fd, piece, size);
        if (n <= 0)
            return;                                  /* there is nobody left to tell */
        piece += n;
        size -= (size_t)n;
    }
}

void fl_log_crash(const char *const *pieces, size_t count)
{
    int saved = errno;

    for (size_t i = 0; i < FL_LOG_HANDLERS; i++) {
        int fd = __atomic_load_n(&descriptors[i], __ATOMIC_RELAXED);
        for (size_t p = 0; fd >= 0 && p < count; p++)
            if (pieces[p] != NULL)
                write_piece(fd, pieces[p]);
    }
    errno = saved;
}
