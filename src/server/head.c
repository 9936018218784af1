/* The head of a request: found, looked at for what no client that means well sends, and taken apart by llhttp.
 *
 * A head is parsed when all of it is there, where it lies: names and values are views of the buffer, with a NUL put behind them over the
 * line's end. What two readers could understand differently is refused, since that is how requests are smuggled. */
#include <errno.h>
#include <limits.h>
#include <llhttp.h>
#include "http/request.h"
#include "server/server.h"

/* -- where it ends ------------------------------------------------------------------------------------------------------------------ */

/* The next byte up to CR, 16 at a time where the processor can: `end` if there is none. */
static size_t next_control(const char *text, size_t i, size_t end)
{
#ifdef __SSE2__
    typedef unsigned char sixteen __attribute__((vector_size(16)));
    typedef char signed_sixteen __attribute__((vector_size(16)));

    for (sixteen bytes; i + sizeof bytes <= end; i += sizeof bytes) {
        memcpy(&bytes, text + i, sizeof bytes);
        int found = __builtin_ia32_pmovmskb128((signed_sixteen)(bytes <= '\r'));
        if (found != 0)
            return i + (size_t)__builtin_ctz((unsigned)found);
    }
#endif
    while (i < end && (uint8_t)text[i] > '\r')
        i++;
    return i;
}

/* Looks on from where it stopped: 0 and *ret_end behind the empty line; -EAGAIN; 400 for a bare CR, LF or NUL, or a folded line. */
static int find_end(fl_http1 *c, size_t *ret_end)
{
    const char *text = c->in;
    size_t i = c->scanned < c->start ? c->start : c->scanned;

    for (; (i = next_control(text, i, c->end)) < c->end; i += 2) {
        if (text[i] == '\t') {
            i--;
            continue;
        }
        if (text[i] != '\r')
            return 400;                              /* a bare LF, a NUL, or another control character */
        if (i + 2 >= c->end)
            break;
        if (text[i + 1] != '\n' || text[i + 2] == ' ' || text[i + 2] == '\t')
            return 400;
        if (text[i + 2] != '\r')
            continue;
        if (i + 3 == c->end)
            break;
        *ret_end = i + 4;
        return text[i + 3] == '\n' ? 0 : 400;
    }
    c->scanned = i < c->end ? i : c->end;
    return -EAGAIN;
}

/* An empty line before a request is forgiven (RFC 9112, 2.2). */
static void skip_empty_lines(fl_http1 *c)
{
    while (c->end - c->start >= 2 && c->in[c->start] == '\r' && c->in[c->start + 1] == '\n')
        c->start += 2;
}

/* -- what llhttp finds ---------------------------------------------------------------------------------------------------------------- */

typedef struct head {
    fl_http1 *c;
    fl_request *request;
    llhttp_t parser;
    fl_str target;
    int status;                                      /* why it is refused */
    size_t hosts;
    bool named, said_close;                          /* named: a value may come now */
} head;

static int on_url(llhttp_t *parser, const char *at, size_t size)
{
    head *h = parser->data;

    h->target = fl_str_n(at, size);
    return 0;
}

static int on_name(llhttp_t *parser, const char *at, size_t size)
{
    head *h = parser->data;
    fl_headers *headers = &h->request->headers;

    if (size == 0 || headers->count == h->c->server->options.limits.headers) {
        h->status = size == 0 ? 400 : 431;
        return -1;
    }
    if (headers->count == headers->capacity) {
        size_t more = headers->capacity == 0 ? 24 : headers->capacity;
        headers->lines = fl_arena_try_resize(headers->arena, headers->lines, headers->capacity * sizeof *headers->lines,
                                             (headers->capacity + more) * sizeof *headers->lines);
        if (headers->lines == NULL) {
            h->status = 503;
            headers->count = headers->capacity = 0;
            return -1;
        }
        headers->capacity += more;
    }
    headers->lines[headers->count++] = (fl_header_line){ .name = fl_str_n(at, size), .value = fl_lit("") };
    h->named = true;
    return 0;
}

static int on_value(llhttp_t *parser, const char *at, size_t size)
{
    head *h = parser->data;

    if (!h->named)
        return -1;                                   /* a value without a name */
    h->named = false;
    fl_header_line *line = &h->request->headers.lines[h->request->headers.count - 1];
    if (size + line->name.size > h->c->server->options.limits.header_line) {
        h->status = 431;
        return -1;
    }
    while (size > 0 && (at[size - 1] == ' ' || at[size - 1] == '\t'))
        size--;
    if (size > 0)
        line->value = fl_str_n(at, size);            /* an empty one stays the literal, which ends with its NUL */
    return 0;
}

static int on_end_of_head(llhttp_t *parser)
{
    (void)parser;
    return HPE_PAUSED;
}

static const llhttp_settings_t head_settings = {
    .on_url = on_url,
    .on_header_field = on_name,
    .on_header_value = on_value,
    .on_headers_complete = on_end_of_head,
};

/* -- hosts --------------------------------------------------------------------------------------------------------------------------- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_name_character(char c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '.' || c == '_';
}
static bool is_address_character(char c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') || c == ':' || c == '.';
}

/* Letters, digits, "-", ".", "_" and a port; an address in brackets. */
static bool is_host(const char *host)
{
    const char *at = host;

    if (*at == '[') {
        for (at++; is_address_character(*at);)
            at++;
        if (*at++ != ']')
            return false;
    } else {
        while (is_name_character(*at))
            at++;
    }
    if (at == host)
        return false;
    if (*at == ':')
        for (at++; is_digit(*at);)
            at++;
    return *at == '\0';
}

/* -- headers that steer the connection -------------------------------------------------------------------------------------------------- */

static bool has_token(fl_str list, fl_str token)
{
    for (fl_str part; fl_str_cut(&list, ',', &part);)
        if (fl_str_equal_ascii(fl_str_trim(part), token))
            return true;
    return false;
}

static void on_host(head *h, fl_str value)
{
    h->hosts++;
    if (value.size > 0 && !is_host(value.data))
        h->status = 400;
    if (h->request->host[0] == '\0')                 /* an absolute target has said it already */
        h->request->host = value.data;
}

static void on_connection(head *h, fl_str value)
{
    h->said_close |= has_token(value, fl_lit("close"));
    if (h->said_close)
        h->c->closing = true;
    else if (h->request->version == 10 && has_token(value, fl_lit("keep-alive")))
        h->c->closing = false;
}

static void on_length(head *h, fl_str value)
{
    (void)value;                                     /* llhttp has checked that it is a number, and the only one */
    if (h->c->framing == FL_FRAMING_CHUNKED || h->parser.content_length > LLONG_MAX)
        h->status = 400;
    h->c->framing = FL_FRAMING_LENGTH;
    h->c->left = h->request->content_length = (long long)h->parser.content_length;
}

static void on_encoding(head *h, fl_str value)
{
    if (h->c->framing != FL_FRAMING_NONE || h->request->version == 10)
        h->status = 400;
    else if (!fl_str_equal_ascii(value, fl_lit("chunked")))
        h->status = 501;
    h->c->framing = FL_FRAMING_CHUNKED;
    h->request->content_length = -1;
}

static void on_expect(head *h, fl_str value)
{
    if (!fl_str_equal_ascii(value, fl_lit("100-continue")))
        h->status = 417;
    h->c->expects_continue = h->request->version > 10;
}

static void on_type(head *h, fl_str value)
{
    (void)value;
    fl_request_set_content_type(h->request);
}

static const struct {
    fl_str name;
    void (*run)(head *h, fl_str value);
} steering[] = {
    { FL_LIT("host"), on_host },
    { FL_LIT("connection"), on_connection },
    { FL_LIT("content-length"), on_length },
    { FL_LIT("transfer-encoding"), on_encoding },
    { FL_LIT("expect"), on_expect },
    { FL_LIT("content-type"), on_type },
};

/* Names with "_" are left out: CGI's names would mix them up with those with "-". */
static void look_at_headers(head *h)
{
    fl_headers *headers = &h->request->headers;
    size_t kept = 0;

    for (size_t i = 0; i < headers->count; i++) {
        fl_header_line line = headers->lines[i];
        if (memchr(line.name.data, '_', line.name.size) != NULL)
            continue;
        if (line.value.size > 0)
            ((char *)line.value.data)[line.value.size] = '\0';
        headers->lines[kept++] = line;
        for (size_t k = 0; k < FL_LENGTH(steering); k++)
            if (line.name.size == steering[k].name.size && fl_str_equal_ascii(line.name, steering[k].name)) {
                steering[k].run(h, line.value);
                break;
            }
    }
    headers->count = kept;
}

/* -- the target ------------------------------------------------------------------------------------------------------------------------- */

static bool after_scheme(fl_str target, fl_str *ret_rest)
{
    static const fl_str schemes[] = { FL_LIT("http://"), FL_LIT("https://") };

    for (size_t i = 0; i < FL_LENGTH(schemes); i++)
        if (fl_str_equal_ascii(fl_str_slice(target, 0, schemes[i].size), schemes[i])) {
            *ret_rest = fl_str_slice(target, schemes[i].size, SIZE_MAX);
            return true;
        }
    return false;
}

/* "http://host/path" names the host as well: the header's does not count then (RFC 9112, 3.2.2). */
static int take_absolute(head *h)
{
    fl_str rest;

    if (!after_scheme(h->target, &rest))
        return 400;
    size_t size = rest.size;
    for (size_t i = 0; i < rest.size && size == rest.size; i++)
        if (rest.data[i] == '/' || rest.data[i] == '?')
            size = i;
    h->request->host = fl_arena_copy_text(h->request->arena, rest.data, size);
    if (!is_host(h->request->host))
        return 400;
    h->target = fl_str_slice(rest, size, SIZE_MAX);
    if (h->target.size == 0)
        h->target = fl_str_copy(fl_lit("/"));
    else if (h->target.data[0] == '?')
        h->target = fl_str_of(fl_text("/%.*s", FL_SHOW(h->target)));
    return 0;
}

static int take_target(head *h)
{
    if (h->target.size > h->c->server->options.limits.request_line)
        return 414;
    for (size_t i = 0; i < h->target.size; i++)
        if ((uint8_t)h->target.data[i] <= ' ' || h->target.data[i] == '#' || h->target.data[i] == 0x7f)
            return 400;
    if (h->target.data[0] == '*' && !fl_text_is(h->request->method, "OPTIONS"))
        return 400;
    if (h->target.data[0] != '/' && h->target.data[0] != '*') {
        int status = take_absolute(h);
        if (status != 0)
            return status;
    }
    return 0;
}

/* NULs take the place of the two spaces around the target. llhttp would take more spaces, which others may read differently. */
static bool end_texts(const head *h)
{
    char *target = (char *)h->target.data, *end = target + h->target.size;
    const char *method = h->request->method;

    if (memchr(method, ' ', (size_t)(target - method)) != target - 1 || end[1] != 'H')
        return false;
    target[-1] = *end = '\0';
    return true;
}

/* -- all of it -------------------------------------------------------------------------------------------------------------------------- */

static int status_of(const head *h, llhttp_errno_t error)
{
    if (h->status != 0)
        return h->status;
    return error == HPE_INVALID_METHOD ? 501 : error == HPE_INVALID_VERSION ? 505 : 400;
}

static void begin(fl_http1 *c, fl_request *request)
{
    c->request = request;
    c->framing = FL_FRAMING_NONE;
    c->left = 0;
    c->overhead = 0;
    c->chunks = (fl_chunks){ 0 };
    c->received = 0;
    c->expects_continue = c->body_broken = false;
    c->body_sent = 0;
    request->exchange = &c->exchange;
}

static int check(head *h)
{
    fl_http1 *c = h->c;

    if (h->status != 0)
        return h->status;
    if (h->hosts > 1 || (h->hosts == 0 && h->request->version > 10))
        return 400;
    if (c->server->options.limits.body > 0 && c->left > c->server->options.limits.body)
        return 413;
    return fl_request_set_target(h->request, h->target) == 0 ? 0 : 400;
}

static int status_of_too_long(const fl_http1 *c)
{
    size_t most = c->server->options.limits.request_line;
    return c->end - c->start > most && memchr(c->in + c->start, '\r', most) == NULL ? 414 : 431;
}

int fl_http1_parse_head(fl_http1 *c)
{
    size_t end;

    skip_empty_lines(c);
    int status = find_end(c, &end);
    if (status != 0)
        return status == -EAGAIN && c->end - c->start > c->server->options.limits.head ? status_of_too_long(c) : status;
    if (end - c->start > c->server->options.limits.head)
        return status_of_too_long(c);

    fl_arena *arena = fl_arena_here();
    head h = { .c = c, .request = fl_arena_alloc(arena, sizeof *h.request) };
    char *text = c->in + c->start;
    fl_request_init(h.request, arena);
    begin(c, h.request);
    llhttp_init(&h.parser, HTTP_REQUEST, &head_settings);
    h.parser.data = &h;
    llhttp_errno_t error = llhttp_execute(&h.parser, text, end - c->start);
    if (error != HPE_PAUSED)
        return status_of(&h, error);
    h.request->version = h.parser.http_major * 10 + h.parser.http_minor;
    if (h.request->version != 10 && h.request->version != 11)
        return 505;
    h.request->method = text;
    if (!end_texts(&h))
        return 400;
    c->closing = h.request->version == 10;
    if ((status = take_target(&h)) != 0)
        return status;
    look_at_headers(&h);
    if ((status = check(&h)) != 0)
        return status;
    c->body_done = c->framing == FL_FRAMING_NONE || (c->framing == FL_FRAMING_LENGTH && c->left == 0);
    c->start = c->scanned = c->body_from = end;
    fl_http1_forwarded(c);
    return 0;
}
