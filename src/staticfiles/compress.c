/* Compressed forms beside a file, made once so that no request pays for them. What is compressed already is left alone, and a form
 * that saves less than a twentieth is not kept; where brotli does not help, gzip would not either. */
#include <errno.h>
#include <fleche/buf.h>
#include <fleche/heap.h>
#include <unistd.h>
#include <zlib.h>
#include "files/files.h"
#include "staticfiles/staticfiles.h"
#if FL_HAVE_BROTLI
#include <brotli/encode.h>
#endif

static const char *const compressed_already[] = {
    /* clang-format off */
    "jpg", "jpeg", "png", "gif", "webp", "avif", "jxl",
    "zip", "gz", "tgz", "bz2", "tbz", "xz", "br", "zst",
    "swf", "flv", "woff", "woff2",
    "3gp", "3gpp", "asf", "avi", "m4v", "mov", "mp4", "mpeg", "mpg", "webm", "wmv", NULL,
    /* clang-format on */
};

static bool is_compressed(const char *path)
{
    fl_str name = fl_str_of(path);
    size_t dot = fl_extension_at(name);

    return dot < name.size && fl_text_in_(fl_str_lower_ascii(fl_str_slice(name, dot + 1, SIZE_MAX)).data, compressed_already);
}

static bool is_effective(size_t before, size_t after) { return before > 0 && after * 20 <= before * 19; }

static void *take(FL_UNUSED void *data, unsigned count, unsigned size) { return fl_heap_alloc((size_t)count * size); }
static void give_back(FL_UNUSED void *data, void *block) { fl_heap_free(block); }

/* At the highest level, without a time, so that the same content gives the same bytes. Empty if it cannot be. */
static fl_str gzipped(fl_str content)
{
    z_stream stream = { .zalloc = take, .zfree = give_back };

    if (content.size > UINT32_MAX / 2 ||
        deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return fl_lit("");
    size_t room = deflateBound(&stream, content.size);
    uint8_t *out = fl_arena_try_alloc(fl_arena_here(), room);
    stream.next_in = (Bytef *)(uintptr_t)content.data;
    stream.avail_in = (unsigned)content.size;
    stream.next_out = out;
    stream.avail_out = (unsigned)room;
    bool done = out != NULL && deflate(&stream, Z_FINISH) == Z_STREAM_END;
    size_t size = stream.total_out;
    (void)deflateEnd(&stream);
    return done ? fl_str_n((const char *)out, size) : fl_lit("");
}

#if FL_HAVE_BROTLI
static fl_str brotlied(fl_str content)
{
    size_t size = BrotliEncoderMaxCompressedSize(content.size);
    uint8_t *out = fl_alloc(size + 1);
    bool done = BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_DEFAULT_MODE, content.size,
                                      (const uint8_t *)content.data, &size, out) == BROTLI_TRUE;

    return done ? fl_str_n((const char *)out, size) : fl_lit("");
}
#endif

static bool is_current(const char *path, const struct stat *original)
{
    struct stat about;
    return stat(path, &about) == 0 && about.st_mtim.tv_sec == original->st_mtim.tv_sec &&
           about.st_mtim.tv_nsec == original->st_mtim.tv_nsec;
}

/* One that does not help is removed: it may be of an earlier content. */
static bool keep(const char *path, fl_str form, fl_str content, const struct stat *about)
{
    bool helps = form.size > 0 && is_effective(content.size, form.size);

    if (helps)
        fl_static_write(path, form, about);
    else
        (void)unlink(path);
    return helps;
}

static size_t compress_file(const char *path, const struct stat *about, const fl_collect_options *options)
{
    fl_str content = fl_static_read(path);
    const char *gz = fl_text("%s.gz", path);
    size_t count = 0;

#if FL_HAVE_BROTLI
    if (!keep(fl_text("%s.br", path), brotlied(content), content, about)) {
        (void)unlink(gz);
        return 0;
    }
    count++;
#endif
    count += keep(gz, gzipped(content), content, about);
    if (count > 0)
        fl_static_tell(options, 2, "Compressed '%s'", path);
    return count;
}

size_t fl_static_compress(const char *path, const fl_collect_options *options)
{
    struct stat about;
    size_t count = 0;

    if (is_compressed(path) || stat(path, &about) != 0 || is_current(fl_text("%s.gz", path), &about))
        return 0;
    fl_scope {
        count = compress_file(path, &about, options);
    }
    return count;
}
