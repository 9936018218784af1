/* From a response to bytes. Heads and small bodies gather in the connection's buffer, which leaves when nothing more is there to be
 * answered; larger bodies leave with it in one system call, without being copied; files leave by sendfile(). */
#include <errno.h>
#include <fleche/base.h>
#include "server/server.h"

enum { COPIED_AT_MOST = 8192, CHUNK = FL_SERVER_BUFFER };

/* -- pieces of a head ------------------------------------------------------------------------------------------------------------------ */

/* "Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n", made once a second. */
static fl_str date_line(void)
{
    static _Thread_local char line[64];
    static _Thread_local size_t size;
    static _Thread_local time_t made;
    static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME_COARSE, &now);
    if (now.tv_sec != made) {
        struct tm parts;
        (void)gmtime_r(&now.tv_sec, &parts);         /* the C locale's names, whatever the locale */
        size = (size_t)snprintf(line, sizeof line, "Date: %s, %02d %s %d %02d:%02d:%02d GMT\r\n", days[parts.tm_wday],
                                parts.tm_mday, months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min,
                                parts.tm_sec);
        made = now.tv_sec;
    }
    return fl_str_n(line, size);
}

static void add_status(fl_buf *out, const fl_response *response)
{
    if (FL_LIKELY(response->status == 200 && response->reason == NULL)) {
        fl_buf_add(out, fl_lit("HTTP/1.1 200 OK\r\n"));
        return;
    }
    fl_buf_add(out, fl_lit("HTTP/1.1 "));
    fl_buf_add_int(out, response->status);
    fl_buf_add_char(out, ' ');
    fl_buf_add_c(out, response->reason != NULL ? response->reason : fl_status_phrase(response->status));
    fl_buf_add(out, fl_lit("\r\n"));
}

static void add_line(fl_buf *out, fl_str name, fl_str value)
{
    if (FL_LIKELY(fl_buf_room(out, name.size + value.size + 4))) {
        fl_buf_add(out, name);
        fl_buf_add(out, fl_lit(": "));
        fl_buf_add(out, value);
        fl_buf_add(out, fl_lit("\r\n"));
    }
}

static bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

static fl_int file_size(const fl_response *response)
{
    return response->file_size >= 0 ? response->file_size : (fl_int)fl_file_size(response->file) - response->file_from;
}

/* Says how long the body is, or that it comes in chunks, or that the connection's end is its end. */
static void add_length(fl_http1 *c, fl_response *response)
{
    fl_buf *out = &c->out;
    bool said = fl_headers_get_str(&response->headers, fl_lit("Content-Length")).data != NULL;

    c->chunked = false;
    if (response->upgrade != NULL || said || !has_body(response->status))
        return;
    if (response->stream != NULL) {
        c->chunked = c->request->version > 10;
        c->closing |= !c->chunked;
        if (c->chunked)
            fl_buf_add(out, fl_lit("Transfer-Encoding: chunked\r\n"));
        return;
    }
    fl_buf_add(out, fl_lit("Content-Length: "));
    fl_buf_add_int(out, response->file != NULL ? file_size(response) : (fl_int)response->body.size);
    fl_buf_add(out, fl_lit("\r\n"));
}

static void add_connection(fl_http1 *c, const fl_response *response)
{
    const fl_server_limits *limits = &c->server->options.limits;

    c->closing |= response->close || c->server->stopping || (limits->requests > 0 && c->served >= limits->requests);
    if (response->upgrade != NULL)
        return;
    if (FL_UNLIKELY(c->closing))
        fl_buf_add(&c->out, fl_lit("Connection: close\r\n"));
    else if (c->request->version == 10)
        fl_buf_add(&c->out, fl_lit("Connection: keep-alive\r\n"));
}

/* Cookies are sent in the order in which they were set first. */
static void add_cookies(fl_buf *out, const fl_set_cookie *cookie)
{
    for (; cookie != NULL; cookie = cookie->next)
        add_line(out, fl_lit("Set-Cookie"), fl_str_of(cookie->header));
}

/* What says how long the body is and what becomes of the connection is the server's to say: of a view's own words, only the wish to
 * close counts. No length stands beside a status that has no body (RFC 9110, 8.6). An upgrade's headers are its own. */
static bool is_ours(fl_http1 *c, const fl_response *response, fl_header_line line)
{
    if (line.name.size == 10 && fl_str_equal_ascii(line.name, fl_lit("Connection")) && response->upgrade == NULL) {
        c->closing |= fl_str_equal_ascii(line.value, fl_lit("close"));
        return true;
    }
    if (line.name.size == 14 && (response->status < 200 || response->status == 204))
        return fl_str_equal_ascii(line.name, fl_lit("Content-Length"));
    return line.name.size == 17 && fl_str_equal_ascii(line.name, fl_lit("Transfer-Encoding"));
}

static void add_head(fl_http1 *c, fl_response *response)
{
    fl_buf *out = &c->out;
    const char *name = c->server->options.name;

    add_status(out, response);
    fl_buf_add(out, date_line());
    if (name != NULL)
        add_line(out, fl_lit("Server"), fl_str_of(name));
    if (response->content_type != NULL && has_body(response->status))
        add_line(out, fl_lit("Content-Type"), fl_str_of(response->content_type));
    for (size_t i = 0; i < response->headers.count; i++)
        if (FL_LIKELY(!is_ours(c, response, response->headers.lines[i])))
            add_line(out, response->headers.lines[i].name, response->headers.lines[i].value);
    add_length(c, response);
    add_cookies(out, response->cookies);
    add_connection(c, response);
    fl_buf_add(out, fl_lit("\r\n"));
    response->sent = true;
}

/* -- bodies ------------------------------------------------------------------------------------------------------------------------------ */

static int add_body(fl_http1 *c, fl_str body)
{
    c->body_sent += (long long)body.size;
    if (body.size <= COPIED_AT_MOST) {
        fl_buf_add(&c->out, body);
        return c->out.size >= CHUNK ? fl_http1_send(c) : 0;
    }
    struct iovec parts[] = { { c->out.data, c->out.size }, { (char *)body.data, body.size } };
    c->out.size = 0;
    return fl_try_writev(c->conn, parts, 2);
}

static int add_file(fl_http1 *c, fl_response *response)
{
    fl_int size = file_size(response);
    fl_str bytes;

    if (fl_file_in_memory(response->file, &bytes))
        return add_body(c, fl_str_slice(bytes, (size_t)response->file_from, (size_t)size));
    int fd = fl_try_file_fd(response->file);
    int code = fd < 0 ? fd : fl_http1_send(c);
    if (code != 0)
        return code;
    c->body_sent += size;
    return fl_try_sendfile(c->conn, fd, response->file_from, (size_t)size);
}

/* Several writes make one chunk; it leaves when it is large enough, or when it must. */
int fl_http1_flush(fl_exchange *exchange, fl_response *response)
{
    fl_http1 *c = (fl_http1 *)exchange;

    (void)response;
    if (c->chunk.size > 0 && c->chunked) {
        fl_buf_format(&c->out, "%zx\r\n", c->chunk.size);
        fl_buf_add(&c->out, fl_buf_str(&c->chunk));
        fl_buf_add(&c->out, fl_lit("\r\n"));
    } else {
        fl_buf_add(&c->out, fl_buf_str(&c->chunk));
    }
    c->chunk.size = 0;
    return fl_http1_send(c);
}

int fl_http1_write(fl_exchange *exchange, fl_response *response, fl_str bytes)
{
    fl_http1 *c = (fl_http1 *)exchange;

    while (bytes.size > 0) {
        fl_str part = fl_str_slice(bytes, 0, CHUNK - 1 - c->chunk.size);
        c->body_sent += (long long)part.size;
        fl_buf_add(&c->chunk, part);
        bytes = fl_str_slice(bytes, part.size, SIZE_MAX);
        if (c->chunk.size < CHUNK - 1)
            return fl_buf_failed(&c->chunk) ? -ENOMEM : 0;
        int code = fl_http1_flush(exchange, response);
        if (code != 0)
            return code;
    }
    return 0;
}

static void stream_all(void *data)
{
    fl_response *response = data;

    for (bool more = true; more;)
        fl_scope
            more = response->stream(response->stream_state, response);
}

/* Whether a stream has written more or less than the Content-Length of its own: the client would take the one for the other. */
static bool is_unlike_said(const fl_http1 *c, const fl_response *response)
{
    fl_str said = fl_headers_get_str(&response->headers, fl_lit("Content-Length"));
    long long size;

    return said.data != NULL && !(fl_str_int(said, &size) && size == c->body_sent);
}

/* A stream that raises ends without its last chunk: the client sees that it is not all. */
static int add_stream(fl_http1 *c, fl_response *response)
{
    char *room = fl_server_buffer_take();

    if (room == NULL)
        return -ENOMEM;
    c->chunk = (fl_buf){ .data = room, .capacity = CHUNK - 1, .limit = CHUNK - 1 };
    response->exchange = &c->exchange;
    fl_error *error = fl_protect(stream_all, response);
    int code = error == NULL ? fl_http1_flush(&c->exchange, response) : -ECONNRESET;
    fl_server_buffer_give(c->chunk.data);
    response->exchange = NULL;
    fl_http1_tell_lost(c, error);
    if (code == 0 && c->chunked)
        fl_buf_add(&c->out, fl_lit("0\r\n\r\n"));
    return code == 0 && is_unlike_said(c, response) ? -ECONNRESET : code;
}

/* -- answering ---------------------------------------------------------------------------------------------------------------------------- */

typedef struct handing { fl_response *response; fl_conn *conn; fl_str early; } handing;

static void take_over(void *data)
{
    const handing *it = data;
    it->response->upgrade(it->response->upgrade_state, it->conn, it->early);
}

static int hand_over(fl_http1 *c, fl_response *response)
{
    fl_str early = fl_str_copy(fl_str_n(c->in + c->start, c->end - c->start));
    int code = fl_http1_send(c);

    c->closing = true;
    c->start = c->end;
    if (code != 0)
        return code;
    fl_conn_timeouts(c->conn, FL_FOREVER, c->server->options.timeouts.write);
    fl_watch_on_end(&c->conn->watch, NULL, NULL);
    fl_http1_release(c);
    handing it = { response, c->conn, early };
    c->conn = NULL;
    c->handed_over = true;
    if (c->server->stopping)
        fl_cancel(c->fiber);                         /* there is no time for long talks any more */
    fl_http1_tell_lost(c, fl_protect(take_over, &it));
    return -ESHUTDOWN;                               /* whoever took it over has ended it */
}

/* Members are set without a check of their own: a line end in one would begin another header. */
static bool is_one_line(const char *text)
{
    for (; text != NULL && *text != '\0'; text++)
        if (FL_UNLIKELY((uint8_t)*text < ' ' || *text == 0x7f))
            return false;
    return true;
}

int fl_http1_answer(fl_http1 *c, fl_response *response)
{
    if (FL_UNLIKELY(!is_one_line(response->content_type) || !is_one_line(response->reason))) {
        fl_http1_tell_lost(c, fl_error_new(FL_BAD_HEADER, "a response's content type and reason can't contain newlines"));
        response = fl_text_response(fl_status_phrase(500), .status = 500);
    }
    bool headless = fl_text_is(c->request->method, "HEAD") || !has_body(response->status);

    if (response->upgrade == NULL)
        fl_http1_settle_body(c);
    add_head(c, response);
    if (response->upgrade != NULL)
        return hand_over(c, response);
    if (headless)
        return 0;
    if (response->stream != NULL)
        return add_stream(c, response);
    return response->file != NULL ? add_file(c, response) : add_body(c, fl_response_body(response));
}

/* -- refusing ------------------------------------------------------------------------------------------------------------------------------ */

void fl_http1_refuse(fl_http1 *c, int status)
{
    const char *phrase = fl_status_phrase(status);

    fl_buf_format(&c->out, "HTTP/1.1 %d %s\r\n", status, phrase);
    fl_buf_add(&c->out, date_line());
    fl_buf_format(&c->out, "Content-Type: text/plain; charset=utf-8\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s\n",
                  strlen(phrase) + 1, phrase);
    c->closing = c->linger = true;
    c->server->figures.refused++;
    c->server->figures.by_class[status / 100]++;
    fl_http1_tell_refused(c, status);
}
