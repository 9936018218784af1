/* Ranges (RFC 9110, section 14): part of a file or a body. One range of bytes is answered; several, and what is not understood, get the
 * whole, which is always a right answer. */
#include "http/etag.h"
#include "http/header.h"
#include "http/response.h"

typedef struct range { fl_int from, size; } range;
typedef enum finding { NO_RANGE, OUTSIDE, INSIDE } finding;

/* Digits only. A number that does not fit is beyond every end. */
static bool read_position(fl_str text, fl_int *ret)
{
    fl_int value = 0;

    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        value = value > INT64_MAX / 10 - 1 ? INT64_MAX : value * 10 + (text.data[i] - '0');
    }
    *ret = value;
    return text.size > 0;
}

/* "-500": the last ones. Of nothing there is no last one, but all of it is no fault either. */
static finding find_suffix(fl_str digits, fl_int size, range *ret)
{
    fl_int count;

    if (!read_position(digits, &count) || (size == 0 && count > 0))
        return NO_RANGE;
    if (count == 0)
        return OUTSIDE;
    count = count < size ? count : size;
    *ret = (range){ size - count, count };
    return INSIDE;
}

/* "bytes=0-499", "bytes=500-", "bytes=-500". */
static finding find_range(fl_str header, fl_int size, range *ret)
{
    fl_str unit, text = fl_str_trim(header);
    fl_int first, last = INT64_MAX;
    size_t dash;

    if (!fl_str_cut(&text, '=', &unit) || !fl_header_same_name(fl_str_trim(unit), fl_lit("bytes")) ||
        fl_str_find_char(text, ',', NULL) || !fl_str_find_char(text, '-', &dash))
        return NO_RANGE;
    fl_str from = fl_str_trim(fl_str_slice(text, 0, dash)), to = fl_str_trim(fl_str_slice(text, dash + 1, SIZE_MAX));
    if (from.size == 0)
        return find_suffix(to, size, ret);
    if (!read_position(from, &first) || (to.size > 0 && !read_position(to, &last)) || last < first)
        return NO_RANGE;
    if (first >= size)
        return OUTSIDE;
    last = last < size ? last : size - 1;
    *ret = (range){ first, last - first + 1 };
    return INSIDE;
}

/* If-Range: the part goes to what the client has of the same version, or the whole. Weak tags, and dates of this very second, are no
 * proof that it is the same to the byte. */
static bool is_same_version(const fl_request *request, const fl_response *response)
{
    fl_str wanted = fl_str_trim(fl_str_of(fl_header(request, "If-Range")));
    const char *modified = fl_response_header(response, "Last-Modified");
    fl_datetime theirs, ours;

    if (wanted.size == 0)
        return true;
    if (wanted.data[0] == '"' || fl_str_starts(wanted, fl_lit("W/"))) {
        fl_str etag = fl_headers_get_str(&response->headers, fl_lit("ETag"));
        return etag.data != NULL && wanted.data[0] == '"' && fl_str_equal(wanted, etag);
    }
    return modified != NULL && fl_http_date_try_parse(wanted, &theirs) == 0 && fl_parse_http_date(modified, &ours) &&
           theirs.us == ours.us && fl_now().us - ours.us >= FL_SECONDS(1).us;
}

static fl_int size_of(const fl_response *response)
{
    if (response->file == NULL)
        return (fl_int)response->body.size;
    return response->file_size >= 0 ? response->file_size : fl_file_size(response->file) - response->file_from;
}

static bool can_be_cut(const fl_request *request, const fl_response *response)
{
    const char *accepted = fl_response_header(response, "Accept-Ranges");

    return fl_is_get(request) && response->status == 200 && response->stream == NULL &&
           fl_response_header(response, "Content-Range") == NULL && (accepted == NULL || fl_text_is(accepted, "bytes"));
}

static fl_response *outside(fl_response *response, fl_int size)
{
    fl_response *instead = fl_status_response(416);

    fl_set_header(instead, "Content-Range", "bytes */%lld", size);
    fl_set_header(instead, "Accept-Ranges", "bytes");
    instead->cookies = response->cookies;
    return fl_response_replace(response, instead);
}

static fl_response *cut(fl_response *response, range part, fl_int size)
{
    response->status = 206;
    fl_set_header(response, "Content-Range", "bytes %lld-%lld/%lld", part.from, part.from + part.size - 1, size);
    if (fl_response_header(response, "Content-Length") != NULL)
        fl_set_header(response, "Content-Length", "%lld", part.size);
    if (response->file == NULL) {
        response->body = (fl_bytes){ response->body.data + part.from, (size_t)part.size };
        response->body_capacity = 0;
        return response;
    }
    response->file_from += part.from;
    response->file_size = part.size;
    return response;
}

fl_response *fl_apply_range(const fl_request *request, fl_response *response)
{
    range part = { 0 };

    if (!can_be_cut(request, response))
        return response;
    fl_set_default_header(response, "Accept-Ranges", "bytes");
    const char *wanted = fl_headers_get(&request->headers, "Range");
    if (wanted == NULL || !fl_text_is(request->method, "GET") || fl_headers_count_of(&request->headers, fl_lit("Range")) > 1 ||
        !is_same_version(request, response))
        return response;
    fl_int size = size_of(response);
    finding found = find_range(fl_str_of(wanted), size, &part);
    return found == NO_RANGE ? response : found == OUTSIDE ? outside(response, size) : cut(response, part, size);
}
