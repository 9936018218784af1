/* zlib's format, in and out of buffers. */
#include <errno.h>
#include <fleche/heap.h>
#include <limits.h>
#include <zlib.h>
#include "signing/signing.h"

enum { STEP = 4096 };

static void *take(FL_UNUSED void *data, unsigned count, unsigned size) { return fl_heap_alloc((size_t)count * size); }
static void give_back(FL_UNUSED void *data, void *block) { fl_heap_free(block); }

static z_stream stream_of(fl_str bytes)
{
    return (z_stream){
        .next_in = (z_const Bytef *)(uintptr_t)bytes.data, .avail_in = (uInt)bytes.size, .zalloc = take, .zfree = give_back
    };
}

/* A step of either direction into the buffer; gives zlib's answer, Z_MEM_ERROR where the buffer is full. */
static int step(z_stream *stream, int (*run)(z_stream *stream, int flush), int flush, fl_buf *out)
{
    Bytef room[STEP];

    stream->next_out = room;
    stream->avail_out = sizeof room;
    int result = run(stream, flush);
    fl_buf_add_n(out, room, sizeof room - stream->avail_out);
    return fl_buf_failed(out) ? Z_BUF_ERROR : result;
}

int fl_deflated(fl_str bytes, fl_buf *out)
{
    z_stream stream = stream_of(bytes);
    int result;

    if (bytes.size > INT_MAX)
        return -E2BIG;
    if (deflateInit(&stream, Z_DEFAULT_COMPRESSION) != Z_OK)
        return -ENOMEM;
    do
        result = step(&stream, deflate, Z_FINISH, out);
    while (result == Z_OK);
    (void)deflateEnd(&stream);
    return result == Z_STREAM_END ? 0 : out->error == -ENOBUFS ? -E2BIG : -ENOMEM;
}

/* What ends early or has something behind its end is broken. */
int fl_inflated(fl_str bytes, fl_buf *out)
{
    z_stream stream = stream_of(bytes);
    int result;

    if (bytes.size > INT_MAX)
        return -E2BIG;
    if (inflateInit(&stream) != Z_OK)
        return -ENOMEM;
    do
        result = step(&stream, inflate, Z_NO_FLUSH, out);
    while (result == Z_OK);
    bool whole = result == Z_STREAM_END && stream.avail_in == 0;
    (void)inflateEnd(&stream);
    if (fl_buf_failed(out))
        return out->error == -ENOBUFS ? -E2BIG : -ENOMEM;
    return whole ? 0 : result == Z_MEM_ERROR ? -ENOMEM : -EBADMSG;
}
