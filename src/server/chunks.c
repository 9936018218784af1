/* Chunked bodies (RFC 9112, 7.1), taken apart byte for byte as the RFC writes them: no bare line ends, no spaces around sizes, no folded
 * trailers, no sizes beyond 2^63. Each of those is something that others read differently. */
#include <errno.h>
#include "http/header.h"
#include "server/server.h"

enum { FRAME_AT_MOST = 16 << 10, DIGITS_AT_MOST = 16 };

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_text(char c) { return c == '\t' || ((uint8_t)c >= ' ' && c != 0x7f); }

/* -- a byte in each state: the next state, or FL_CHUNK_BAD --------------------------------------------------------------------------- */

static fl_chunk_state in_size(fl_chunks *chunks, char c)
{
    int digit = digit_of(c);

    if (digit < 0)
        return chunks->digits == 0 ? FL_CHUNK_BAD : c == ';' ? FL_CHUNK_EXTENSION : c == '\r' ? FL_CHUNK_SIZE_LF : FL_CHUNK_BAD;
    if (++chunks->digits > DIGITS_AT_MOST || chunks->left > INT64_MAX >> 4)
        return FL_CHUNK_BAD;
    chunks->left = chunks->left << 4 | digit;
    return FL_CHUNK_SIZE;
}

static fl_chunk_state in_extension(fl_chunks *chunks, char c)
{
    (void)chunks;
    return c == '\r' ? FL_CHUNK_SIZE_LF : c == '"' ? FL_CHUNK_QUOTED : is_text(c) ? FL_CHUNK_EXTENSION : FL_CHUNK_BAD;
}

static fl_chunk_state in_quotes(fl_chunks *chunks, char c)
{
    (void)chunks;
    return c == '"' ? FL_CHUNK_EXTENSION : c == '\\' ? FL_CHUNK_ESCAPED : is_text(c) ? FL_CHUNK_QUOTED : FL_CHUNK_BAD;
}

static fl_chunk_state in_escape(fl_chunks *chunks, char c)
{
    (void)chunks;
    return is_text(c) ? FL_CHUNK_QUOTED : FL_CHUNK_BAD;
}

static fl_chunk_state behind_size(fl_chunks *chunks, char c)
{
    chunks->frame = 0;
    chunks->digits = 0;
    return c != '\n' ? FL_CHUNK_BAD : chunks->left > 0 ? FL_CHUNK_CONTENT : FL_CHUNK_TRAILER;
}

static fl_chunk_state behind_content(fl_chunks *chunks, char c)
{
    (void)chunks;
    return c == '\r' ? FL_CHUNK_CONTENT_LF : FL_CHUNK_BAD;
}

static fl_chunk_state at_content_lf(fl_chunks *chunks, char c)
{
    (void)chunks;
    return c == '\n' ? FL_CHUNK_SIZE : FL_CHUNK_BAD;
}

static fl_chunk_state at_trailer(fl_chunks *chunks, char c)
{
    (void)chunks;
    return c == '\r' ? FL_CHUNK_LAST_LF : fl_header_is_token(fl_str_n(&c, 1)) ? FL_CHUNK_NAME : FL_CHUNK_BAD;
}

static fl_chunk_state in_name(fl_chunks *chunks, char c)
{
    (void)chunks;
    return c == ':' ? FL_CHUNK_VALUE : fl_header_is_token(fl_str_n(&c, 1)) ? FL_CHUNK_NAME : FL_CHUNK_BAD;
}

static fl_chunk_state in_value(fl_chunks *chunks, char c)
{
    (void)chunks;
    return c == '\r' ? FL_CHUNK_VALUE_LF : is_text(c) ? FL_CHUNK_VALUE : FL_CHUNK_BAD;
}

static fl_chunk_state behind_value(fl_chunks *chunks, char c)
{
    (void)chunks;
    return c == '\n' ? FL_CHUNK_TRAILER : FL_CHUNK_BAD;
}

static fl_chunk_state at_last_lf(fl_chunks *chunks, char c)
{
    (void)chunks;
    return c == '\n' ? FL_CHUNKS_END : FL_CHUNK_BAD;
}

static fl_chunk_state (*const steps[])(fl_chunks *chunks, char c) = {
    [FL_CHUNK_SIZE] = in_size,
    [FL_CHUNK_EXTENSION] = in_extension,
    [FL_CHUNK_SIZE_LF] = behind_size,
    [FL_CHUNK_QUOTED] = in_quotes,
    [FL_CHUNK_ESCAPED] = in_escape,
    [FL_CHUNK_CR] = behind_content,
    [FL_CHUNK_CONTENT_LF] = at_content_lf,
    [FL_CHUNK_TRAILER] = at_trailer,
    [FL_CHUNK_NAME] = in_name,
    [FL_CHUNK_VALUE] = in_value,
    [FL_CHUNK_VALUE_LF] = behind_value,
    [FL_CHUNK_LAST_LF] = at_last_lf,
};

/* -- all of it ------------------------------------------------------------------------------------------------------------------------ */

static fl_str take_content(fl_chunks *chunks, fl_str bytes, size_t most)
{
    fl_str content = fl_str_slice(bytes, 0, (uint64_t)chunks->left < most ? (size_t)chunks->left : most);

    chunks->left -= (int64_t)content.size;
    if (chunks->left == 0)
        chunks->state = FL_CHUNK_CR;
    return content;
}

int fl_chunks_next(fl_chunks *chunks, fl_str bytes, size_t most, size_t *ret_used, fl_str *ret_content)
{
    size_t i = 0;

    *ret_content = fl_lit("");
    while (i < bytes.size && chunks->state < FL_CHUNKS_END) {
        if (chunks->state == FL_CHUNK_CONTENT) {
            *ret_content = take_content(chunks, fl_str_slice(bytes, i, SIZE_MAX), most);
            i += ret_content->size;
            break;
        }
        chunks->state = ++chunks->frame > FRAME_AT_MOST ? FL_CHUNK_BAD : steps[chunks->state](chunks, bytes.data[i]);
        i++;
    }
    *ret_used = i;
    return chunks->state == FL_CHUNK_BAD ? -EBADMSG : 0;
}
