/* Lines appended to a file, one write() each, so that those of several workers stay whole. Behind fl_log_reopen() (USR1) the path is
 * opened anew: whoever rotates logs renames the file first. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include "log/stream.h"
#include "serve/serve.h"

int fl_line_file_open(fl_line_file *file, const char *path)
{
    *file = (fl_line_file){ .path = path, .fd = STDOUT_FILENO, .reopened = fl_log_reopen_count_() };
    if (fl_text_is(path, "-"))
        return 0;
    file->fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640);
    return file->fd < 0 ? -errno : 0;
}

/* What cannot be opened anew goes on where it was. */
static void open_anew(fl_line_file *file)
{
    file->reopened = fl_log_reopen_count_();
    int fd = fl_text_is(file->path, "-") ? -1 : open(file->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640);
    if (fd < 0)
        return;
    (void)close(file->fd);
    file->fd = fd;
}

/* A disk that is full must not hold up the site: what cannot be written is lost. */
void fl_line_file_write(fl_line_file *file, fl_str line)
{
    if (FL_UNLIKELY(file->reopened != fl_log_reopen_count_()))
        open_anew(file);
    (void)!write(file->fd, line.data, line.size);
}

void fl_line_file_close(fl_line_file *file)
{
    if (file->path != NULL && !fl_text_is(file->path, "-"))
        (void)close(file->fd);
}
