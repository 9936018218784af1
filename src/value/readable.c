/* The kernel is asked: rt_sigprocmask() with an operation that there is none of reads its 8 bytes first and then refuses, with
 * EFAULT where there are none. One call for a page; the last good one is remembered, so boxing objects in a row costs nothing. */
#include "value/readable.h"
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAGE = 4096, SIGNAL_SET = 8, NO_SUCH_OPERATION = -1 };

static bool word_is_readable(uintptr_t at)
{
    static _Thread_local uintptr_t good_page;

    if (at / PAGE == good_page)
        return true;
    int saved = errno;
    bool readable = syscall(SYS_rt_sigprocmask, NO_SUCH_OPERATION, at, NULL, SIGNAL_SET) == 0 || errno != EFAULT;
    errno = saved;
    if (readable)
        good_page = at / PAGE;
    return readable;
}

bool fl_tag_is_readable(const void *pointer)
{
    uintptr_t at = (uintptr_t)pointer;

    return at % _Alignof(fl_tag) == 0 && at >= PAGE && word_is_readable(at) && word_is_readable(at + SIGNAL_SET);
}
