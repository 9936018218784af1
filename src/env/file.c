/* Small files, read whole at start, before there is a loop to wait in. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include "env/env.h"

static int read_whole(int fd, fl_buf *out)
{
    while (fl_buf_room(out, 4096)) {
        ssize_t n = read(fd, out->data + out->size, 4096);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0 ? 0 : -errno;
        out->size += (size_t)n;
    }
    return out->error == -ENOBUFS ? -EFBIG : out->error;
}

int env_read_file(const char *path, fl_str *ret)
{
    fl_buf out = fl_buf_in(fl_arena_here(), ENV_FILE_MOST + 4096);
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return -errno;
    int code = read_whole(fd, &out);
    (void)close(fd);
    if (code == -ENOMEM)
        fl_raise_code(code, "cannot read %s", path);
    if (code == 0 && out.size > ENV_FILE_MOST)
        code = -EFBIG;
    if (code == 0)
        *ret = fl_buf_str(&out);
    return code;
}
