/* One request on one connection, and its answer as llhttp reads it. */
#include <errno.h>
#include <fleche/buf.h>
#include <llhttp.h>
#include "fetch/fetch.h"

enum { HEADERS = 200, HEAD_BYTES = 64 << 10 };

typedef struct answer {
    fl_fetched *fetched;
    fl_buf body, text;                               /* text: the header line in progress */
    fl_str name;
    size_t head_bytes;
    bool head, in_value, done, too_large;
} answer;

static int on_name(llhttp_t *parser, const char *at, size_t size);

/* A header line is complete when the next one begins, or the head ends. */
static void finish_line(answer *a)
{
    if (a->in_value)
        fl_headers_add(&a->fetched->headers, a->name, fl_str_trim(fl_buf_str(&a->text)));
    a->in_value = false;
    a->text.size = 0;
}

static int count_head(answer *a, size_t size)
{
    a->head_bytes += size;
    a->too_large |= a->head_bytes > HEAD_BYTES || a->fetched->headers.count > HEADERS;
    return a->too_large ? -1 : 0;
}

static int on_name(llhttp_t *parser, const char *at, size_t size)
{
    answer *a = parser->data;

    if (a->in_value)
        finish_line(a);
    fl_buf_add_n(&a->text, at, size);
    return count_head(a, size);
}

static int on_value(llhttp_t *parser, const char *at, size_t size)
{
    answer *a = parser->data;

    if (!a->in_value) {
        a->name = fl_str_copy(fl_buf_str(&a->text));
        a->text.size = 0;
        a->in_value = true;
    }
    fl_buf_add_n(&a->text, at, size);
    return count_head(a, size);
}

static int on_head(llhttp_t *parser)
{
    answer *a = parser->data;

    finish_line(a);
    a->fetched->status = parser->status_code;
    return a->head || parser->status_code / 100 == 1 ? 1 : 0;
}

static int on_body(llhttp_t *parser, const char *at, size_t size)
{
    answer *a = parser->data;

    fl_buf_add_n(&a->body, at, size);
    a->too_large = fl_buf_failed(&a->body);
    return a->too_large ? -1 : 0;
}

static int on_end(llhttp_t *parser)
{
    answer *a = parser->data;

    if (a->fetched->status / 100 == 1) {             /* "100 Continue": the answer is still to come */
        a->fetched->headers.count = 0;
        return 0;
    }
    a->done = true;
    return HPE_PAUSED;
}

static const llhttp_settings_t settings = {
    .on_header_field = on_name, .on_header_value = on_value, .on_headers_complete = on_head, .on_body = on_body, .on_message_complete = on_end,
};

/* What came to its end with the connection. */
static int at_end(llhttp_t *parser, answer *a)
{
    if (parser->content_length == 0 && a->fetched->status == 0)
        return -ECONNRESET;
    return llhttp_finish(parser) == HPE_OK && a->done ? 0 : a->done ? 0 : -ECONNRESET;
}

int fl_fetch_exchange(fl_conn *conn, fl_str request, bool head, size_t limit, fl_fetch_outcome *ret)
{
    char bytes[16384];
    answer a = { .fetched = fl_new_of(fl_fetched), .head = head, .body = fl_buf_in(fl_arena_here(), limit) };
    llhttp_t parser;
    int code = fl_try_write(conn, request.data, request.size);

    a.text = fl_buf_in(fl_arena_here(), HEAD_BYTES);
    llhttp_init(&parser, HTTP_RESPONSE, &settings);
    parser.data = &a;
    while (code == 0 && !a.done) {
        ssize_t n = fl_try_read(conn, bytes, sizeof bytes);
        if (n <= 0) {
            code = n == 0 ? at_end(&parser, &a) : (int)n;
            break;
        }
        ret->begun = true;
        llhttp_errno_t error = llhttp_execute(&parser, bytes, (size_t)n);
        if (a.too_large)
            code = -EFBIG;
        else if (error != HPE_OK && !(error == HPE_PAUSED && a.done))
            code = -EBADMSG;
    }
    if (code != 0)
        return code;
    ret->keep = llhttp_should_keep_alive(&parser) && !conn->watch.ended;
    a.fetched->body = (fl_str){ fl_buf_c(&a.body), a.body.size };
    ret->fetched = a.fetched;
    return 0;
}
