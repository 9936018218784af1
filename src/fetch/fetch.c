/* fl_fetch: a request made, sent, tried again where that is safe, and followed where it is told to. */
#include "fetch/fetch.h"
#include <errno.h>
#include <fleche/buf.h>

FL_ERROR_CLASS(FL_FETCH_ERROR, FL_OPERATIONAL_ERROR, .status = 502, .message = "Another server did not answer.");

typedef struct plan {                                /* what is asked for, and how */
    const fl_fetch_options *options;
    const char *url, *method;
    fl_fetch_url to;
    fl_str body;
    const char *content_type;
    fl_fetched *fetched;
    unsigned tries;
} plan;

/* -- the request -------------------------------------------------------------------------------------------------------------------------- */

static bool is_repeatable(const char *method) { return !fl_text_in(method, "POST", "PATCH", "CONNECT"); }

static void add_line(fl_buf *out, const char *name, const char *value) { fl_buf_format(out, "%s: %s\r\n", name, value); }

static fl_str request_text(const plan *p)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    const fl_headers *more = p->options->headers;

    fl_buf_format(&out, "%s %s HTTP/1.1\r\n", p->method, p->to.target);
    add_line(&out, "Host", p->to.host);
    for (size_t i = 0; more != NULL && i < more->count; i++)
        fl_buf_format(&out, "%.*s: %.*s\r\n", FL_SHOW(more->lines[i].name), FL_SHOW(more->lines[i].value));
    if (p->content_type != NULL && (more == NULL || fl_headers_get(more, "Content-Type") == NULL))
        add_line(&out, "Content-Type", p->content_type);
    if (p->content_type != NULL || fl_text_in(p->method, "POST", "PUT", "PATCH"))
        fl_buf_format(&out, "Content-Length: %zu\r\n", p->body.size);
    fl_buf_add(&out, fl_lit("\r\n"));
    fl_buf_add(&out, p->body);
    return (fl_str){ fl_buf_c(&out), out.size };
}

static void take_options(plan *p)
{
    const fl_fetch_options *options = p->options;

    p->body = options->body;
    p->content_type = options->body.size == 0 ? NULL : options->content_type == NULL ? "application/octet-stream" : options->content_type;
    if (options->json != NULL) {
        p->body = fl_str_of(fl_json_dump(options->json));
        p->content_type = "application/json";
    }
    p->method = options->method != NULL ? options->method : p->content_type != NULL ? "POST" : "GET";
}

/* -- one try ------------------------------------------------------------------------------------------------------------------------------- */

typedef struct on_one { plan *plan; fl_conn *conn; fl_fetch_outcome *outcome; int code; } on_one;

static void ask(void *data)
{
    on_one *it = data;
    const plan *p = it->plan;
    size_t limit = p->options->limit == 0 ? 16 << 20 : p->options->limit;

    it->code = fl_fetch_exchange(it->conn, request_text(p), fl_text_is(p->method, "HEAD"), limit, it->outcome);
}

static int on_connection(plan *p, fl_conn *conn, fl_fetch_outcome *ret)
{
    on_one it = { .plan = p, .conn = conn, .outcome = ret };
    fl_error *error = fl_protect(ask, &it);          /* whatever it raises, the connection is not lost */

    if (error == NULL && it.code == 0 && ret->keep)
        fl_fetch_keep(p->to.address, conn);
    else
        fl_conn_close(conn);
    if (error != NULL)
        fl_reraise(error);
    return it.code;
}

/* A kept connection may have ended just now: without a byte of an answer nothing has been lost by asking on a new one. */
static int try_once(plan *p)
{
    fl_fetch_outcome outcome = { .keep = false };
    fl_conn *conn = fl_fetch_take(p->to.address);
    fl_duration limit = p->options->connect_timeout.us == 0 ? FL_SECONDS(5) : p->options->connect_timeout;

    p->tries++;
    int code = conn == NULL ? -ECONNRESET : on_connection(p, conn, &outcome);
    bool lost = code == -ECONNRESET || code == -EPIPE;
    if (lost && !outcome.begun && (conn == NULL || is_repeatable(p->method))) {
        code = fl_try_connect(p->to.address, limit, &conn);
        if (code == 0)
            code = on_connection(p, conn, &outcome);
    }
    p->fetched = code == 0 ? outcome.fetched : NULL;
    return code;
}

static bool is_passing(const plan *p, int code)
{
    if (code == -ECANCELED || code == -EFBIG || code == -EBADMSG)
        return false;
    return code != 0 || p->fetched->status == 502 || p->fetched->status == 503 || p->fetched->status == 504;
}

/* Retry-After in seconds, if the server says so and it is no longer than a minute. */
static fl_duration pause_before(const plan *p, unsigned tries)
{
    const char *after = p->fetched == NULL ? NULL : fl_headers_get(&p->fetched->headers, "Retry-After");
    fl_duration pause = p->options->pause.us == 0 ? FL_MILLISECONDS(100) : p->options->pause;
    long long seconds;

    if (after != NULL && fl_str_int(fl_str_of(after), &seconds) && seconds >= 0 && seconds <= 60)
        return FL_SECONDS(seconds);
    return (fl_duration){ pause.us << (tries < 10 ? tries : 10) };
}

static _Noreturn FL_COLD void fail(const plan *p, int code)
{
    if (code == -ECANCELED)
        fl_raise(FL_CANCELLED, "%s %s is not wanted any more", p->method, p->url);
    if (code == -ETIMEDOUT)
        fl_raise(FL_TIMEOUT, "%s %s was not answered in time", p->method, p->url);
    fl_error *error = fl_error_new(FL_FETCH_ERROR, "%s %s has no answer: %s", p->method, p->url,
                                   code == -EBADMSG ? "what came is not HTTP"
                                   : code == -EFBIG ? "it is longer than the limit"
                                                    : fl_code_text(code));
    error->code = code;
    fl_reraise(error);
}

static void try_repeatedly(plan *p)
{
    int code = try_once(p);

    for (unsigned i = 0; i < p->options->retries && is_repeatable(p->method) && is_passing(p, code); i++) {
        fl_sleep(pause_before(p, i));
        code = try_once(p);
    }
    if (code != 0)
        fail(p, code);
}

/* -- redirects ------------------------------------------------------------------------------------------------------------------------------- */

static bool is_redirect(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

static const char *location_of(const plan *p)
{
    const char *location = fl_headers_get(&p->fetched->headers, "Location");

    if (location == NULL || !is_redirect(p->fetched->status))
        return NULL;
    if (strstr(location, "://") != NULL)
        return location;
    return fl_text("http://%s%s%s", p->to.host, location[0] == '/' ? "" : "/", location);
}

static void follow(plan *p, const char *location)
{
    if (p->fetched->status == 303 || (p->fetched->status < 303 && fl_text_is(p->method, "POST"))) {
        p->method = fl_text_is(p->method, "HEAD") ? "HEAD" : "GET";
        p->body = fl_lit("");
        p->content_type = NULL;
    }
    p->url = location;
    fl_fetch_read_url(location, &p->to);
    try_repeatedly(p);
}

static void run(void *data)
{
    plan *p = data;

    fl_fetch_read_url(p->url, &p->to);
    take_options(p);
    try_repeatedly(p);
    for (unsigned i = 0; i < p->options->redirects; i++) {
        const char *location = location_of(p);
        if (location == NULL)
            break;
        follow(p, location);
    }
    p->fetched->url = p->url;
    p->fetched->tries = p->tries;
}

fl_fetched *fl_fetch_(const char *url, const fl_fetch_options *options)
{
    plan p = { .options = options, .url = url };

    fl_deadline(options->timeout.us == 0 ? FL_SECONDS(30) : options->timeout, run, &p);
    return p.fetched;
}

typedef struct attempt { const char *url; const fl_fetch_options *options; fl_fetched *fetched; } attempt;

static void run_attempt(void *data)
{
    attempt *it = data;
    it->fetched = fl_fetch_(it->url, it->options);
}

fl_error *fl_try_fetch(const char *url, const fl_fetch_options *options, fl_fetched **ret)
{
    attempt it = { .url = url, .options = options };
    fl_error *error = fl_protect(run_attempt, &it);

    if (fl_error_is(error, FL_CANCELLED))
        fl_reraise(error);
    if (error == NULL)
        *ret = it.fetched;
    return error;
}

const char *fl_fetched_header(const fl_fetched *fetched, const char *name) { return fl_headers_joined(&fetched->headers, name); }

const fl_json *fl_fetched_json(const fl_fetched *fetched) { return fl_json_parse(fetched->body.data); }
