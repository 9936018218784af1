/* Uploads in memory: every file of a form that announces no more than the limit. */
#include <fleche/buf.h>
#include "http/request.h"

typedef struct memory_upload {
    bool active;
    const fl_upload_info *info;
    fl_buf bytes;
    fl_arena *arena;
} memory_upload;

static void *begin(fl_request *request, fl_int content_length)
{
    memory_upload *m = fl_new_of(memory_upload);
    size_t limit = fl_request_parts_of(request)->limits->in_memory;

    m->active = content_length >= 0 && (size_t)content_length <= limit;
    m->arena = request->arena;
    return m;
}

static fl_upload_verdict new_file(void *state, const fl_upload_info *info)
{
    memory_upload *m = state;

    if (!m->active)
        return FL_UPLOAD_GO_ON;
    m->info = info;
    m->bytes = fl_buf_in(m->arena, FL_NO_LIMIT);
    return FL_UPLOAD_TAKEN;
}

static fl_upload_verdict receive(void *state, fl_str *chunk, FL_UNUSED fl_int start)
{
    memory_upload *m = state;

    if (!m->active)
        return FL_UPLOAD_GO_ON;
    fl_buf_add(&m->bytes, *chunk);
    return FL_UPLOAD_TAKEN;
}

static fl_file *file_complete(void *state, FL_UNUSED fl_int size)
{
    memory_upload *m = state;

    if (!m->active)
        return NULL;
    (void)fl_buf_c(&m->bytes);                       /* raises if there was no memory */
    fl_file *file = fl_file_of_bytes(m->info->name, fl_buf_str(&m->bytes));
    if (*m->info->content_type != '\0')
        fl_file_set_content_type(file, m->info->content_type);
    return file;
}

const fl_upload_handler fl_memory_upload = {
    .name = "memory",
    .begin = begin,
    .new_file = new_file,
    .receive = receive,
    .file_complete = file_complete,
};
