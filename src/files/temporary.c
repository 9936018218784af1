/* Temporary files: for uploads that are too large for memory. They have a name, so that they can be moved to where they are kept. */
#include <errno.h>
#include <fcntl.h>
#include <fleche/crypto.h>
#include <stdlib.h>
#include <unistd.h>
#include "files/files.h"
#include "offload/offload.h"

enum { TRIES = 100, LONGEST_EXTENSION = 64 };

typedef struct { const char *path; int fd; } creation;

static void create(void *data)
{
    creation *c = data;

    c->fd = open(c->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (c->fd < 0)
        c->fd = -errno;
}

static const char *directory_of(const fl_temporary_options *options)
{
    const char *directory = options->directory != NULL ? options->directory : getenv("TMPDIR");
    return directory == NULL || *directory == '\0' ? "/tmp" : directory;
}

/* A longer one is no extension that anything is recognized by, and could make the name too long. */
static const char *extension_of(const char *name)
{
    fl_str text = fl_str_of(name), extension = fl_str_slice(text, fl_extension_at(text), SIZE_MAX);
    return extension.size <= LONGEST_EXTENSION ? fl_str_c(extension) : "";
}

int fl_try_file_temporary(const char *name, const fl_temporary_options *options, fl_file **ret)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    const char *directory = directory_of(options), *extension = extension_of(name);

    for (int i = 0; i < TRIES; i++) {
        fl_file *file = fl_file_new(FL_FILE_TEMPORARY, name,
                                    fl_text("%s/tmp%s.upload%s", directory, fl_random_text_of(8, letters), extension));
        creation c = { .path = file->path };
        int code = fl_pool_run(create, &c);
        if (code != 0)
            return code;
        if (c.fd == -EEXIST)
            continue;
        if (c.fd < 0)
            return c.fd;
        file->fd = c.fd;
        file->mode = FL_FILE_WRITE;
        file->removed_at_end = true;
        *ret = file;
        return 0;
    }
    return -EEXIST;
}
