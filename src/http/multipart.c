/* multipart/form-data as a stream: bytes in as they come, events out. Content is looked through with memmem(), which skips by the length
 * of the boundary, and handed on where it lies; only a tail that may be the beginning of a boundary is held back, and copied.
 *
 * What is a boundary is what Django takes for one: "--" and the announced text, wherever it stands, with an LF and then a CR in front
 * taken off. What stands before the first one, and behind the closing one, is nobody's. */
#include <errno.h>
#include <fleche/codec.h>
#include <fleche/error.h>
#include "http/header_value.h"
#include "http/multipart.h"

enum {
    BOUNDARY = 201,                                  /* bytes at most, as Django's */
    NEEDLE = 2 + BOUNDARY,                           /* with its dashes */
    HELD = NEEDLE + 1,                               /* CR, LF, and all but the last byte of it */
    JOINED = HELD + NEEDLE + 1,
    HEAD_STEP = 512,
    NAMELESS = 1000,                                 /* parts without a name: nobody sends them but to keep us busy */
    BASE64 = 4096,
};

typedef enum where { PREAMBLE, BEHIND, HEAD, CONTENT, NAMELESS_CONTENT, DONE, FAILED } where;

struct fl_multipart {
    const fl_multipart_events *events;
    void *data;
    where where;
    bool told, base64, padded;                       /* of this part: its event was sent; it is to be decoded; "=" has come */
    int code;                                        /* why it failed */
    const char *error;
    size_t nameless, dashes;
    char needle[NEEDLE];
    size_t needle_size;
    char held[HELD];
    size_t held_size;
    fl_arena *part_arena;                            /* for one part's headers at a time */
    fl_multipart_part part;
    fl_buf head, decoded;
    char quads[BASE64];
    size_t quads_size;
};

static int fail(fl_multipart *parser, int code, const char *error)
{
    parser->where = FAILED;
    parser->error = error;
    return parser->code = code;
}

/* -- content to the events --------------------------------------------------------------------------------------------------- */

static int send_quads(fl_multipart *parser)
{
    size_t whole = parser->quads_size & ~(size_t)3;
    fl_str text = { parser->quads, whole };

    if (whole == 0)
        return 0;
    fl_buf_clear(&parser->decoded);
    if (parser->padded || fl_base64_decode(text, FL_BASE64, &parser->decoded) != 0)
        return fail(parser, -EBADMSG, "the base64 of a file cannot be decoded");
    parser->padded = text.data[whole - 1] == '=';
    parser->quads_size -= whole;
    memmove(parser->quads, parser->quads + whole, parser->quads_size);
    return parser->events->bytes(parser->data, fl_buf_str(&parser->decoded));
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static int send_base64(fl_multipart *parser, fl_str bytes)
{
    int code = 0;

    for (size_t i = 0; i < bytes.size && code == 0; i++) {
        if (is_space(bytes.data[i]))
            continue;
        parser->quads[parser->quads_size++] = bytes.data[i];
        if (parser->quads_size == BASE64)
            code = send_quads(parser);
    }
    return code != 0 ? code : send_quads(parser);
}

/* The part itself is told with its first byte, or its end: not before it is sure to be one. */
static int tell(fl_multipart *parser)
{
    if (parser->told)
        return 0;
    parser->told = true;
    return parser->events->part(parser->data, &parser->part);
}

static int send(fl_multipart *parser, const char *bytes, size_t size)
{
    if (size == 0 || parser->where != CONTENT)
        return 0;
    int code = tell(parser);
    if (code != 0)
        return code;
    fl_str content = { bytes, size };
    return parser->base64 ? send_base64(parser, content) : parser->events->bytes(parser->data, content);
}

/* A boundary has come. `bare`: nothing stands between it and the headers, not even a line's end. As in Django that is no part. */
static int end_content(fl_multipart *parser, bool bare)
{
    bool is_part = parser->where == CONTENT && (parser->told || !bare);

    if (is_part) {
        int code = tell(parser);
        if (code == 0 && parser->quads_size > 0)
            code = fail(parser, -EBADMSG, "the base64 of a file cannot be decoded");
        if (code == 0)
            code = parser->events->end(parser->data);
        if (code != 0)
            return code;
    }
    parser->where = BEHIND;
    parser->dashes = 0;
    return 0;
}

/* -- where boundaries are ---------------------------------------------------------------------------------------------------- */

/* Without the line's end in front of the boundary. */
static size_t content_before(const char *bytes, size_t size)
{
    size -= size > 0 && bytes[size - 1] == '\n';
    return size - (size > 0 && bytes[size - 1] == '\r');
}

static bool may_begin_boundary(const fl_multipart *parser, const char *bytes, size_t size)
{
    size_t line_end = bytes[0] == '\r';

    line_end += line_end < size && bytes[line_end] == '\n';
    return size - line_end < parser->needle_size && memcmp(bytes + line_end, parser->needle, size - line_end) == 0;
}

/* How much of the end may be the beginning of a boundary. */
static size_t tail_to_hold(const fl_multipart *parser, const char *bytes, size_t size)
{
    size_t most = parser->needle_size + 1;

    for (size_t n = size < most ? size : most; n > 0; n--) {
        char c = bytes[size - n];
        if ((c == '-' || c == '\r' || c == '\n') && may_begin_boundary(parser, bytes + size - n, n))
            return n;
    }
    return 0;
}

static int send_and_hold(fl_multipart *parser, const char *bytes, size_t size)
{
    size_t hold = tail_to_hold(parser, bytes, size);

    memcpy(parser->held, bytes + size - hold, hold);
    parser->held_size = hold;
    return send(parser, bytes, size - hold);
}

/* What was held back, together with what came: as much of it as shows whether a boundary begins in what was held. */
static ssize_t read_joined(fl_multipart *parser, fl_str bytes)
{
    char joined[JOINED];
    size_t held = parser->held_size, n = bytes.size <= parser->needle_size ? bytes.size : parser->needle_size + 1;

    memcpy(joined, parser->held, held);
    memcpy(joined + held, bytes.data, n);
    const char *found = memmem(joined, held + n, parser->needle, parser->needle_size);
    parser->held_size = 0;
    int code;
    if (found != NULL) {
        size_t at = (size_t)(found - joined), size = content_before(joined, at);
        code = send(parser, joined, size);
        return code != 0 ? code : (code = end_content(parser, at == 0)) != 0 ? code : (ssize_t)(at + parser->needle_size - held);
    }
    if (n == bytes.size) {
        code = send_and_hold(parser, joined, held + n);
        return code != 0 ? code : (ssize_t)n;
    }
    return send(parser, joined, held);               /* nothing of what came is used up yet */
}

static ssize_t read_content(fl_multipart *parser, fl_str bytes)
{
    if (parser->held_size > 0)
        return read_joined(parser, bytes);

    const char *found = memmem(bytes.data, bytes.size, parser->needle, parser->needle_size);
    if (found == NULL) {
        int code = send_and_hold(parser, bytes.data, bytes.size);
        return code != 0 ? code : (ssize_t)bytes.size;
    }
    size_t at = (size_t)(found - bytes.data);
    int code = send(parser, bytes.data, content_before(bytes.data, at));
    if (code == 0)
        code = end_content(parser, at == 0);
    return code != 0 ? code : (ssize_t)(at + parser->needle_size);
}

/* Behind a boundary: two dashes close the form, anything else belongs to the first line of a part's head. */
static ssize_t read_behind(fl_multipart *parser, fl_str bytes)
{
    if (bytes.data[0] == '-') {
        parser->where = ++parser->dashes == 2 ? DONE : BEHIND;
        return 1;
    }
    fl_buf_clear(&parser->head);
    if (parser->dashes == 1)
        fl_buf_add_char(&parser->head, '-');
    parser->where = HEAD;
    return 0;
}

/* -- heads of parts ---------------------------------------------------------------------------------------------------------- */

static int begin_content(fl_multipart *parser, size_t head_size)
{
    fl_str head = fl_str_slice(fl_buf_str(&parser->head), 0, head_size);

    fl_arena_reset(parser->part_arena);
    fl_arena *before = fl_arena_set_here(parser->part_arena);
    int code = fl_part_read(head, &parser->part);
    fl_arena_set_here(before);
    if (code < 0)
        return fail(parser, code, "a part of the form has too many headers");
    if (code == 0 && ++parser->nameless > NAMELESS)
        return fail(parser, -EBADMSG, "the form has too many parts without a name");
    parser->where = code == 0 ? NAMELESS_CONTENT : CONTENT;
    parser->told = parser->padded = false;
    parser->quads_size = 0;
    parser->base64 = code == 1 && parser->part.is_file && fl_str_equal(parser->part.encoding, fl_lit("base64"));
    return 0;
}

/* A boundary before the end of a head: it was none. */
static int end_head(fl_multipart *parser)
{
    parser->where = BEHIND;
    parser->dashes = 0;
    return ++parser->nameless > NAMELESS ? fail(parser, -EBADMSG, "the form has too many parts without a name") : 0;
}

/* Where `part` is in what was gathered, if it ends behind `before`: what stands before that was looked through already. */
static size_t find_new(const fl_buf *head, size_t before, size_t end, const char *part, size_t size)
{
    size_t from = before < size ? 0 : before - size + 1;
    const char *found = end <= from ? NULL : memmem(head->data + from, end - from, part, size);

    return found == NULL ? SIZE_MAX : (size_t)(found - head->data);
}

/* Gathers the head until its empty line. */
static ssize_t read_head(fl_multipart *parser, fl_str bytes)
{
    fl_buf *head = &parser->head;
    size_t before = head->size, n = bytes.size < HEAD_STEP ? bytes.size : HEAD_STEP;

    fl_buf_add_n(head, bytes.data, n);
    if (fl_buf_failed(head))
        return fail(parser, head->error, "no memory for the headers of a part of the form");
    size_t boundary = find_new(head, before, head->size, parser->needle, parser->needle_size);
    size_t size = find_new(head, before, boundary < head->size ? boundary : head->size, "\r\n\r\n", 4);
    size_t open = head->size < parser->needle_size + 3 ? 0 : head->size - parser->needle_size - 3;   /* the rest may begin either */
    size_t end = size != SIZE_MAX ? size : boundary != SIZE_MAX ? boundary : open;
    if (end > FL_PART_HEADERS)
        return fail(parser, -E2BIG, "the headers of a part of the form are longer than 8192 bytes");
    int code = 0;
    if (size != SIZE_MAX)
        code = begin_content(parser, size);
    else if (boundary != SIZE_MAX)
        code = end_head(parser);
    else
        return (ssize_t)n;
    if (code != 0)
        return code;
    return (ssize_t)((size != SIZE_MAX ? size + 4 : boundary + parser->needle_size) - before);
}

/* -- the parser -------------------------------------------------------------------------------------------------------------- */

int fl_multipart_feed(fl_multipart *parser, fl_str bytes)
{
    static ssize_t (*const steps[])(fl_multipart * parser, fl_str bytes) = {
        [PREAMBLE] = read_content,         [BEHIND] = read_behind, [HEAD] = read_head, [CONTENT] = read_content,
        [NAMELESS_CONTENT] = read_content,
    };

    while (bytes.size > 0 && parser->where != DONE) {
        if (parser->where == FAILED)
            return parser->code;
        ssize_t used = steps[parser->where](parser, bytes);
        if (used < 0) {
            if (parser->where != FAILED)             /* an event's own code */
                (void)fail(parser, (int)used, "the form was not wanted any more");
            return (int)used;
        }
        bytes = fl_str_slice(bytes, (size_t)used, SIZE_MAX);
    }
    return 0;
}

int fl_multipart_finish(fl_multipart *parser)
{
    if (parser->where == DONE)
        return 0;
    return parser->where == FAILED ? parser->code : fail(parser, -EBADMSG, "the form ends before its closing boundary");
}

bool fl_multipart_is_done(const fl_multipart *parser) { return parser->where == DONE; }
const char *fl_multipart_error(const fl_multipart *parser) { return parser->error == NULL ? "" : parser->error; }

static bool is_boundary(fl_str boundary)
{
    if (boundary.size == 0 || boundary.size > BOUNDARY || boundary.data[boundary.size - 1] == ' ')
        return false;
    for (size_t i = 0; i < boundary.size; i++)
        if (boundary.data[i] < ' ' || boundary.data[i] > '~')
            return false;
    return true;
}

static bool is_ascii(fl_str text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((uint8_t)text.data[i] >= 0x80)
            return false;
    return true;
}

static void free_part_arena(void *arena) { fl_arena_free(arena); }

fl_multipart *fl_multipart_new(fl_str content_type, const fl_multipart_events *events, void *data, const char **reterr)
{
    fl_header_value type;

    *reterr = "the content type is not multipart";
    if (!fl_str_equal_ascii(fl_str_slice(content_type, 0, 10), fl_lit("multipart/")))
        return NULL;
    *reterr = "the content type has other characters than ASCII";
    if (!is_ascii(content_type))
        return NULL;
    *reterr = "the content type has no boundary, or one that cannot be used";
    if (!fl_header_value_parse(content_type, &type))
        return NULL;
    fl_str boundary = fl_querydict_get_str(type.parameters, fl_lit("boundary"));
    if (!is_boundary(boundary))
        return NULL;
    fl_multipart *parser = fl_new_of(fl_multipart);
    parser->events = events;
    parser->data = data;
    memcpy(parser->needle, "--", 2);
    memcpy(parser->needle + 2, boundary.data, boundary.size);
    parser->needle_size = 2 + boundary.size;
    parser->head = fl_buf_in(fl_arena_here(), FL_PART_HEADERS + 2 * HEAD_STEP);
    parser->decoded = fl_buf_in(fl_arena_here(), BASE64);
    parser->part_arena = fl_arena_new("a part's headers", 4 << 20);
    fl_arena_on_end(fl_arena_here(), free_part_arena, parser->part_arena);
    *reterr = NULL;
    return parser;
}
