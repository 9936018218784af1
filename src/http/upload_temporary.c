/* Uploads on disk: a temporary file each, which ends with the request unless somebody saves it. */
#include <unistd.h>
#include "http/request.h"

typedef struct temporary_upload {
    fl_file *file;                                   /* the one that is being written; NULL between files */
    const fl_upload_info *info;
    const char *directory;
} temporary_upload;

static void *begin(fl_request *request, FL_UNUSED fl_int content_length)
{
    temporary_upload *t = fl_new_of(temporary_upload);

    t->directory = fl_request_parts_of(request)->limits->temporary_directory;
    return t;
}

/* One that nobody gets: skipped, or broken off. Its space on the disk is not held until the request ends. */
static void drop(void *state)
{
    temporary_upload *t = state;

    if (t->file == NULL)
        return;
    (void)unlink(fl_file_path(t->file));
    fl_file_keep(t->file);                           /* there is nothing to remove any more */
    int code = fl_try_file_close(t->file);           /* what the kernel says of bytes that are gone matters to nobody */
    (void)code;
    t->file = NULL;
}

static fl_upload_verdict new_file(void *state, const fl_upload_info *info)
{
    temporary_upload *t = state;

    drop(t);
    t->info = info;
    t->file = fl_file_temporary(info->name, .directory = t->directory);
    return FL_UPLOAD_GO_ON;
}

static fl_upload_verdict receive(void *state, fl_str *chunk, FL_UNUSED fl_int start)
{
    const temporary_upload *t = state;

    fl_file_write_bytes(t->file, *chunk);
    return FL_UPLOAD_TAKEN;
}

static fl_file *file_complete(void *state, FL_UNUSED fl_int size)
{
    temporary_upload *t = state;
    fl_file *file = t->file;

    fl_file_close(file);                             /* a form of a hundred files holds no hundred descriptors */
    if (*t->info->content_type != '\0')
        fl_file_set_content_type(file, t->info->content_type);
    t->file = NULL;
    return file;
}

const fl_upload_handler fl_temporary_upload = {
    .name = "temporary",
    .begin = begin,
    .new_file = new_file,
    .receive = receive,
    .file_complete = file_complete,
    .complete = drop,
    .interrupted = drop,
};
