/* Files opened below a root. The path's text was looked at before; here it is where the open file lies that counts, so that a link put
 * there in between changes nothing. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>
#include "http/response.h"
#include "staticfiles/staticfiles.h"

static bool lies_below(const char *root, const char *path)
{
    size_t size = strlen(root);

    return fl_text_is(root, "/") || (strncmp(path, root, size) == 0 && (path[size] == '/' || path[size] == '\0'));
}

bool fl_static_is_below(const char *root, const char *path)
{
    char real_root[PATH_MAX], real[PATH_MAX];

    return realpath(root, real_root) != NULL && realpath(path, real) != NULL && lies_below(real_root, real);
}

/* Linux names the file behind a descriptor; elsewhere the path is asked once more. */
static bool is_open_below(const char *root, int fd, const char *path)
{
    char link[64], real[PATH_MAX], real_root[PATH_MAX];

    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, real, sizeof real - 1);
    if (size < 0)
        return fl_static_is_below(root, path);
    real[size] = '\0';
    return realpath(root, real_root) != NULL && lies_below(real_root, real);
}

/* O_NONBLOCK: a named pipe would hold the thread until somebody writes to it. */
int fl_static_open(const char *root, const char *path, bool all_links, struct stat *ret)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    int code = 0;

    if (fd < 0)
        return -errno;
    if (fstat(fd, ret) != 0)
        code = -errno;
    else if (!all_links && !is_open_below(root, fd, path))
        code = -EPERM;
    else if (!S_ISREG(ret->st_mode))
        code = S_ISDIR(ret->st_mode) ? -EISDIR : -EINVAL;
    if (code == 0)
        return fd;
    (void)close(fd);
    return code;
}

const char *fl_static_etag(const struct stat *about)
{
    return fl_text("\"%llx-%llx\"", (unsigned long long)about->st_mtime, (unsigned long long)about->st_size);
}

fl_response *fl_static_file_response(const char *name, int fd, fl_int size, const char *content_type)
{
    fl_file *file = fl_file_of_fd(name, fd);
    fl_response *response = fl_response_make(200, content_type, fl_lit(""));

    response->streaming = true;
    response->file = file;
    response->file_size = size;
    return response;
}
