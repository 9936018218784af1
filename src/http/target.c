/* The request's target, taken apart: "/caf%C3%A9/?page=2" is path "/café/", query "page=2". Where nothing is encoded, the path is the
 * target itself, without a copy. */
#include <errno.h>
#include <fleche/buf.h>
#include <fleche/unicode.h>
#include "http/request.h"
#include "http/uri.h"

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-decoding in place. An encoded NUL stays encoded: paths are C strings. */
static size_t decode(char *text, size_t size)
{
    char *to = text;

    for (size_t i = 0; i < size; i++) {
        int high, low;
        if (text[i] == '%' && i + 2 < size && (high = digit_of(text[i + 1])) >= 0 && (low = digit_of(text[i + 2])) >= 0 &&
            (high | low) != 0) {
            *to++ = (char)(high << 4 | low);
            i += 2;
        } else {
            *to++ = text[i];
        }
    }
    *to = '\0';
    return (size_t)(to - text);
}

/* Bytes that are no UTF-8 are encoded again, so that the path is text and nothing is lost. */
static const char *encode_faults(fl_str path)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 3 * path.size);

    while (path.size > 0) {
        size_t good = fl_utf8_valid_prefix(path);
        fl_buf_add(&out, fl_str_slice(path, 0, good));
        if (good == path.size)
            break;
        fl_buf_format(&out, "%%%02X", (uint8_t)path.data[good]);
        path = fl_str_slice(path, good + 1, SIZE_MAX);
    }
    return fl_buf_c(&out);
}

static const char *join_full_path(const char *path, const char *query)
{
    const char *escaped_path = fl_escape_path(path);
    const char *escaped_query = fl_iri_to_uri(query);

    return *query == '\0' ? escaped_path : fl_text("%s?%s", escaped_path, escaped_query);
}

int fl_request_set_target(fl_request *request, fl_str target)
{
    char *text = (char *)target.data;
    size_t path_size = target.size;

    if (target.size == 0 || (text[0] != '/' && !fl_str_equal(target, fl_lit("*"))))
        return -EBADMSG;
    bool has_query = fl_str_find_char(target, '?', &path_size);
    fl_str path = fl_str_slice(target, 0, path_size);
    bool plain = fl_uri_is_plain(path, FL_URI_PATH);

    request->query_string = has_query ? text + path_size + 1 : "";
    if (FL_LIKELY(plain && !has_query)) {
        request->path = request->full_path = text;
    } else if (plain) {
        request->full_path = fl_arena_copy_text(fl_arena_here(), text, *request->query_string == '\0' ? path_size : target.size);
        text[path_size] = '\0';
        request->path = text;
        if (!fl_uri_is_plain(fl_str_of(request->query_string), FL_URI_QUERY))
            request->full_path = join_full_path(request->path, request->query_string);
    } else {
        path.size = decode(text, path_size);
        request->path = fl_utf8_valid(path) ? text : encode_faults(path);
        request->full_path = join_full_path(request->path, request->query_string);
    }
    request->path_info = request->path;
    return 0;
}
