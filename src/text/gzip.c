/* gzip over zlib, with a file name of random length in the header where that is asked for: an attacker who makes a server
 * compress guesses next to a secret (BREACH) reads the size of the result, and this blurs it. */
#include <errno.h>
#include <fleche/crypto.h>
#include <fleche/error.h>
#include <fleche/heap.h>
#include <fleche/text.h>
#include <zlib.h>

enum { LEVEL = 6, GZIP_WINDOW = 15 + 16, MEMORY = 8, UNIX = 3, CHUNK = 4096, LONGEST_NAME = 65536 };

struct fl_gzip_writer {
    z_stream stream;
    gz_header header;
    bool done;
    uint8_t chunk[CHUNK];
};

static void *take(FL_UNUSED void *data, unsigned count, unsigned size) { return fl_heap_alloc((size_t)count * size); }
static void give_back(FL_UNUSED void *data, void *block) { fl_heap_free(block); }

static void end(void *gzip) { (void)deflateEnd(&((fl_gzip_writer *)gzip)->stream); }

static uint8_t *random_name(size_t most)
{
    size_t size = (size_t)fl_random_below(most > LONGEST_NAME ? LONGEST_NAME : most);
    uint8_t *name = fl_alloc(size + 1);

    memset(name, 'a', size);
    return name;
}

fl_gzip_writer *fl_gzip_new(size_t most_random)
{
    fl_gzip_writer *gzip = fl_new_of(fl_gzip_writer);

    gzip->header = (gz_header){ .os = UNIX, .name = most_random == 0 ? NULL : random_name(most_random) };
    gzip->stream.zalloc = take;
    gzip->stream.zfree = give_back;
    if (deflateInit2(&gzip->stream, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        fl_raise_code(-ENOMEM, "nothing can be compressed");
    fl_arena_on_end(fl_arena_here(), end, gzip);
    (void)deflateSetHeader(&gzip->stream, &gzip->header);
    return gzip;
}

/* Compresses what is given, and with a flush all that is still inside. */
static void run(fl_gzip_writer *gzip, fl_str bytes, int flush, fl_buf *out)
{
    fl_str rest = bytes;

    do {
        unsigned part = rest.size > UINT32_MAX / 2 ? UINT32_MAX / 2 : (unsigned)rest.size;
        gzip->stream.next_in = (Bytef *)(uintptr_t)rest.data;
        gzip->stream.avail_in = part;
        do {
            gzip->stream.next_out = gzip->chunk;
            gzip->stream.avail_out = CHUNK;
            (void)deflate(&gzip->stream, part == rest.size ? flush : Z_NO_FLUSH);
            fl_buf_add_n(out, gzip->chunk, CHUNK - gzip->stream.avail_out);
        } while (gzip->stream.avail_out == 0 && !fl_buf_failed(out));
        rest = fl_str_slice(rest, part, SIZE_MAX);
    } while (rest.size > 0 && !fl_buf_failed(out));
}

void fl_gzip_write(fl_gzip_writer *gzip, fl_str bytes, fl_buf *out)
{
    if (bytes.size > 0 && !gzip->done)
        run(gzip, bytes, Z_NO_FLUSH, out);
}

void fl_gzip_flush(fl_gzip_writer *gzip, fl_buf *out)
{
    if (!gzip->done)
        run(gzip, fl_lit(""), Z_SYNC_FLUSH, out);
}

void fl_gzip_finish(fl_gzip_writer *gzip, fl_buf *out)
{
    if (!gzip->done)
        run(gzip, fl_lit(""), Z_FINISH, out);
    gzip->done = true;
}

void fl_compress_string(fl_buf *out, fl_str bytes, size_t most_random)
{
    fl_scope {
        fl_gzip_writer *gzip = fl_gzip_new(most_random);
        fl_gzip_write(gzip, bytes, out);
        fl_gzip_finish(gzip, out);
    }
}
