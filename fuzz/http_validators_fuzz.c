/* Conditions and ranges: a tag that is quoted parses as itself, an answer is one of its four, and a part lies inside of the whole. */
#include <fleche/conditional.h>
#include <stdlib.h>

static const char *const headers[] = { "Range",    "If-Range",          "If-None-Match",
                                       "If-Match", "If-Modified-Since", "If-Unmodified-Since" };

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void check_tags(fl_str text)
{
    const fl_list *tags = fl_parse_etags(fl_str_c(text));

    for (size_t i = 0; i < tags->count; i++) {
        const char *tag = tags->items[i].text.data;
        if (fl_text_is(tag, "*"))
            continue;
        const fl_list *again = fl_parse_etags(tag);
        require(fl_quote_etag(tag) == tag);
        require(again->count == 1 && fl_text_is(again->items[0].text.data, tag));
    }
}

static void check_range(const fl_request *request)
{
    static const char body[] = "0123456789";
    fl_response *response = fl_text_response(body);

    fl_set_header(response, "ETag", "\"a\"");
    fl_set_header(response, "Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT");
    response = fl_apply_range(request, response);
    fl_str sent = fl_response_body(response);
    require(response->status == 200 || response->status == 206 || response->status == 416);
    require((response->status == 200) == (fl_response_header(response, "Content-Range") == NULL));
    require(response->status != 200 || sent.size == 10);
    require(response->status != 206 || (sent.size >= 1 && sent.data >= body && sent.data + sent.size <= body + 10));
}

/* A line for each header. */
static void check(fl_str text)
{
    fl_request *request = fl_request_new(text.size % 3 == 0 ? "PUT" : "GET", "/");
    fl_str line;

    if (memchr(text.data, '\0', text.size) != NULL || memchr(text.data, '\r', text.size) != NULL)
        return;
    for (size_t i = 0; fl_str_cut(&text, '\n', &line) && i < FL_LENGTH(headers); i++) {
        if (line.size <= 65536)
            fl_headers_add(&request->headers, fl_str_of(headers[i]), line);
        check_tags(line);
    }
    check_range(request);
    const fl_response *response = fl_conditional(request, "W/\"a\"", fl_datetime_of_unix(784111777, 0));
    require(response == NULL || response->status == 412 || (response->status == 304 && fl_is_get(request)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    check(fl_str_n((const char *)data, size));
    fl_arena_reset(arena);
    return 0;
}
