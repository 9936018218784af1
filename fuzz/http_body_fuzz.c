/* Chunks: taken apart in pieces of any size, they are what they are when they come whole; and what is taken has the RFC's form. The first
 * byte says how the rest is cut. */
#include <errno.h>
#include <fleche/base.h>
#include <stdlib.h>
#include "server/server.h"

typedef struct result { int code; size_t used, size; uint64_t hash; fl_chunk_state state; } result;

static void require(bool ok)
{
    if (!ok)
        abort();
}

static result take(fl_str bytes, size_t piece, size_t most)
{
    fl_chunks chunks = { 0 };
    result it = { .hash = 5381 };

    while (it.code == 0 && it.used < bytes.size && chunks.state != FL_CHUNKS_END) {
        fl_str content, part = fl_str_slice(bytes, it.used, piece);
        size_t used;
        it.code = fl_chunks_next(&chunks, part, most, &used, &content);
        require(used > 0 && used <= part.size && content.size <= most && content.size <= used);
        it.used += used;
        it.size += content.size;
        for (size_t i = 0; i < content.size; i++)
            it.hash = it.hash * 33 + (uint8_t)content.data[i];
    }
    it.state = chunks.state;
    return it;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    fl_str bytes = fl_str_n((const char *)data + 1, size - 1);
    result whole = take(bytes, SIZE_MAX, SIZE_MAX), parts = take(bytes, data[0] % 16 + 1, data[0] / 16 + 1);

    require(whole.code == parts.code && whole.used == parts.used && whole.size == parts.size && whole.hash == parts.hash);
    require(whole.state == parts.state && (whole.code == 0 || whole.code == -EBADMSG));
    if (whole.state == FL_CHUNKS_END)
        require(whole.used >= 5 && memcmp(bytes.data + whole.used - 2, "\r\n", 2) == 0);
    return 0;
}
