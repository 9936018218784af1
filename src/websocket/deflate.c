/* Compressed messages: raw deflate, flushed to a byte, without the four bytes 00 00 FF FF that every flush ends in (RFC 7692,
 * 7.2.1). Inflating stops at the buffer's limit, so a bomb costs what a message may cost and no more. */
#include "websocket/deflate.h"
#include <errno.h>
#include <fleche/heap.h>
#include <zlib.h>

enum { STEP = 1024, MEMORY_LEVEL = 5, LEAST_ROOM = 128 };

static const char tail[] = { 0, 0, '\xFF', '\xFF' };

static void *take(void *unused, unsigned items, unsigned size)
{
    (void)unused;
    return fl_heap_alloc((size_t)items * size);
}

static void give_back(void *unused, void *block)
{
    (void)unused;
    fl_heap_free(block);
}

static z_stream *stream_new(void)
{
    z_stream *stream = fl_heap_zalloc(sizeof *stream);

    if (stream != NULL) {
        stream->zalloc = take;
        stream->zfree = give_back;
    }
    return stream;
}

/* zlib only reads what next_in points to, but older headers do not say so. */
static void give(z_stream *stream, fl_str bytes, size_t done)
{
    fl_str left = fl_str_slice(bytes, done, SIZE_MAX);

    stream->next_in = (Bytef *)(uintptr_t)left.data;
    stream->avail_in = left.size > UINT_MAX ? UINT_MAX : (unsigned)left.size;
}

/* -- inflating ------------------------------------------------------------------------------------------------------------- */

static int begin_inflater(fl_websocket_inflater *inflater, int bits)
{
    if (inflater->stream != NULL)
        return 0;
    z_stream *stream = stream_new();
    if (stream == NULL || inflateInit2(stream, -bits) != Z_OK) {
        fl_heap_free(stream);
        return -ENOMEM;
    }
    inflater->stream = stream;
    return 0;
}

/* One step into the buffer, or, where that has reached its limit, into one byte that must stay empty. */
static int inflate_step(z_stream *stream, fl_buf *out, int *ret_status)
{
    Bytef beyond;
    size_t room = out->limit - out->size < STEP ? out->limit - out->size : STEP;

    if (room > 0 && !fl_buf_room(out, room))
        return out->error;
    room = out->capacity - out->size;
    if (room > UINT_MAX)
        room = UINT_MAX;
    stream->next_out = room == 0 ? &beyond : (Bytef *)out->data + out->size;
    stream->avail_out = room == 0 ? 1 : (unsigned)room;
    *ret_status = inflate(stream, Z_SYNC_FLUSH);
    if (room == 0)
        return stream->avail_out == 0 ? -ENOBUFS : 0;
    out->size += room - stream->avail_out;
    return 0;
}

int fl_websocket_inflate(fl_websocket_inflater *inflater, int bits, fl_str bytes, fl_buf *out)
{
    int status = Z_OK, code = begin_inflater(inflater, bits);

    if (code != 0)
        return code;
    z_stream *stream = inflater->stream;
    give(stream, bytes, 0);                          /* never more than wslay's 4 KiB at a time */
    for (;;) {
        code = inflate_step(stream, out, &status);
        if (code != 0)
            return code;
        if (status == Z_MEM_ERROR)
            return -ENOMEM;
        if (status != Z_OK && status != Z_BUF_ERROR && status != Z_STREAM_END)
            return -EBADMSG;
        if (status == Z_STREAM_END)
            (void)inflateResetKeep(stream);          /* a last block is no end: another may follow, with the same window */
        if (stream->avail_in == 0 && stream->avail_out > 0)
            return 0;
    }
}

int fl_websocket_inflate_finish(fl_websocket_inflater *inflater, int bits, fl_buf *out)
{
    enum { BETWEEN_BLOCKS = 128 };
    int code = fl_websocket_inflate(inflater, bits, fl_str_n(tail, sizeof tail), out);

    if (code != 0)
        return code;
    return (inflater->stream->data_type & BETWEEN_BLOCKS) != 0 ? 0 : -EBADMSG;
}

void fl_websocket_inflater_end(fl_websocket_inflater *inflater)
{
    if (inflater->stream != NULL)
        (void)inflateEnd(inflater->stream);
    fl_heap_free(inflater->stream);
    inflater->stream = NULL;
}

/* -- deflating ------------------------------------------------------------------------------------------------------------- */

static int begin_deflater(fl_websocket_deflater *deflater, int bits)
{
    if (deflater->stream != NULL)
        return 0;
    z_stream *stream = stream_new();
    if (stream == NULL ||
        deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -bits, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK) {
        fl_heap_free(stream);
        return -ENOMEM;
    }
    deflater->stream = stream;
    return 0;
}

static int deflate_all(z_stream *stream, fl_str bytes, fl_buf *out)
{
    for (size_t done = 0;;) {
        give(stream, bytes, done);
        unsigned given = stream->avail_in;
        if (!fl_buf_room(out, LEAST_ROOM))
            return -ENOMEM;
        size_t room = out->capacity - out->size;
        stream->next_out = (Bytef *)out->data + out->size;
        stream->avail_out = room > UINT_MAX ? UINT_MAX : (unsigned)room;
        unsigned offered = stream->avail_out;
        (void)deflate(stream, done + given == bytes.size ? Z_SYNC_FLUSH : Z_NO_FLUSH);
        out->size += offered - stream->avail_out;
        done += given - stream->avail_in;
        if (done == bytes.size && stream->avail_out > 0)
            return 0;
    }
}

int fl_websocket_deflate(fl_websocket_deflater *deflater, int bits, fl_str bytes, fl_buf *out)
{
    int code = begin_deflater(deflater, bits);

    if (code == 0 && fl_buf_room(out, bytes.size / 4 + LEAST_ROOM))
        code = deflate_all(deflater->stream, bytes, out);
    if (code == 0 && fl_buf_failed(out))
        code = -ENOMEM;
    if (code != 0) {
        fl_websocket_deflater_end(deflater);
        return code;
    }
    out->size -= sizeof tail;
    return 0;
}

void fl_websocket_deflater_end(fl_websocket_deflater *deflater)
{
    if (deflater->stream != NULL)
        (void)deflateEnd(deflater->stream);
    fl_heap_free(deflater->stream);
    deflater->stream = NULL;
}
