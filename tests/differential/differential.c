/* Both servers, raw requests over sockets, answers taken apart and compared. */
#include "differential.h"
#include <fleche/child.h>
#include <fleche/conditional.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ANSWER_LIMIT = 4 << 20 };

/* -- starting and ending ------------------------------------------------------------------------------------------------------ */

static void stop_gunicorn(void *data)
{
    int status = 0, by_signal = 0;

    fl_child_kill(data, SIGTERM);
    (void)!fl_try_child_wait(data, &status, &by_signal);
}

/* The address from its log: "Listening at: http://127.0.0.1:40123 (77)". */
static const char *listening_at(fl_child *gunicorn)
{
    fl_buf log = fl_buf_in(fl_arena_here(), 1 << 16);
    fl_str text, rest, address;
    char bytes[512];
    size_t at;

    do {
        size_t n = fl_read(fl_child_stdout(gunicorn), bytes, sizeof bytes);
        fl_buf_add_n(&log, bytes, n);
        if (n == 0)
            fl_fail("gunicorn ended: %s", fl_buf_c(&log));
        text = fl_buf_str(&log);
    } while (!fl_str_find(text, fl_lit("Listening at: http://"), &at) ||
             !fl_str_find(fl_str_slice(text, at, SIZE_MAX), fl_lit(" ("), NULL));
    (void)fl_str_after(fl_str_slice(text, at, SIZE_MAX), fl_lit("Listening at: http://"), &rest);
    (void)fl_str_cut(&rest, ' ', &address);
    return fl_str_c(address);
}

static void start_django(sites *t)
{
    static const char *const environment[] = { "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "PYTHONDONTWRITEBYTECODE=1", NULL };
    const char *directory = fl_test_file("differential");

    t->gunicorn = fl_child_start(FL_STRINGS("/usr/bin/gunicorn", "--bind", "127.0.0.1:0", "--workers", "1", "--worker-tmp-dir",
                                            fl_test_directory(), "--chdir", directory, "django_site:application"),
                                 .merge_errors = true, .environment = environment);
    fl_defer(stop_gunicorn, t->gunicorn);
    t->django = listening_at(t->gunicorn);
}

static void take_down(FL_UNUSED void *data) { fl_teardown(); }

static void close_server(void *data) { fl_server_close(data, FL_SECONDS(5)); }

static void start_fleche(sites *t)
{
    static const char *const trusted[] = { "127.0.0.1", NULL };        /* gunicorn trusts it, too */

    fl_setup(&differential_site, NULL);
    fl_defer(take_down, NULL);
    t->server = fl_server_new(.handler = fl_answer, .trusted = trusted);
    fl_defer(close_server, t->server);
    fl_listener *listener = fl_listen("127.0.0.1:0");
    t->fleche = fl_str_c(fl_str_of(fl_listener_address(listener)));
    fl_server_listen(t->server, listener);
}

void sites_setup(sites *t)
{
    if (access("/usr/bin/gunicorn", X_OK) != 0 || access("/usr/lib/python3/dist-packages/django", R_OK) != 0)
        fl_skip("apt-get install python3-django gunicorn");
    start_django(t);
    start_fleche(t);
}

/* -- asking ------------------------------------------------------------------------------------------------------------------- */

static fl_buf request_of(const asking *a)
{
    fl_buf out = fl_buf_in(fl_arena_here(), 8 << 20);
    const char *host = a->host == NULL ? "testserver" : a->host;
    const char *end = a->end == NULL ? "" : a->end;
    size_t times = a->repeat == 0 ? 1 : a->repeat;

    fl_buf_format(&out, "%s %s HTTP/1.1\r\n", a->method, a->target);
    if (host[0] != '\0')
        fl_buf_format(&out, "Host: %s\r\n", host);
    fl_buf_add_c(&out, "Connection: close\r\n");
    fl_buf_add_c(&out, a->headers == NULL ? "" : a->headers);
    if (a->type != NULL)
        fl_buf_format(&out, "Content-Type: %s\r\n", a->type);
    if (a->body != NULL)
        fl_buf_format(&out, "Content-Length: %zu\r\n", strlen(a->body) * times + strlen(end));
    fl_buf_add_c(&out, "\r\n");
    for (size_t i = 0; a->body != NULL && i < times; i++)
        fl_buf_add_c(&out, a->body);
    fl_buf_add_c(&out, end);
    return out;
}

/* A server may answer and close before it has read all that is sent: what it said is read all the same. */
static fl_str talk(const char *address, fl_str request)
{
    fl_buf in = fl_buf_in(fl_arena_here(), ANSWER_LIMIT);
    fl_conn *conn = fl_connect(address, FL_SECONDS(10));
    ssize_t n;

    fl_conn_timeouts(conn, FL_SECONDS(20), FL_SECONDS(20));
    (void)!fl_try_write(conn, request.data, request.size);
    do {
        char bytes[16384];
        n = fl_try_read(conn, bytes, sizeof bytes);
        if (n > 0)
            fl_buf_add_n(&in, bytes, (size_t)n);
    } while (n > 0);
    fl_conn_close(conn);
    return fl_str_of(fl_buf_c(&in)).size == in.size ? fl_buf_str(&in) : fl_str_copy(fl_buf_str(&in));
}

static fl_str without_chunks(fl_str body)
{
    fl_buf out = fl_buf_in(fl_arena_here(), ANSWER_LIMIT);

    for (;;) {
        fl_str line;
        if (!fl_str_cut(&body, '\n', &line))
            fl_fail("a chunked body ends early");
        size_t size = strtoul(fl_str_c(line), NULL, 16);
        if (size == 0)
            return fl_buf_str(&out);
        fl_buf_add(&out, fl_str_slice(body, 0, size));
        body = fl_str_slice(body, size + 2, SIZE_MAX);
    }
}

/* Django's plain pages of errors do not say their charset; ours do, as Django's own HttpResponse. */
static const char *with_charset(const char *type) { return fl_text_is(type, "text/html") ? "text/html; charset=utf-8" : type; }

/* The date of a cookie with an age, and of Expires, is counted from now: that it is a date is enough. */
static const char *timeless(fl_str name, fl_str value)
{
    fl_datetime when;
    size_t at, end;

    if (fl_str_equal(name, fl_lit("content-type")))
        return with_charset(fl_str_c(value));
    if (fl_str_equal(name, fl_lit("expires")) && fl_parse_http_date(fl_str_c(value), &when))
        return "a date";
    bool lives = fl_str_find(value, fl_lit("Max-Age="), NULL) && !fl_str_find(value, fl_lit("Max-Age=0"), NULL);
    if (!fl_str_equal(name, fl_lit("set-cookie")) || !lives || !fl_str_find(value, fl_lit("expires="), &at))
        return fl_str_c(value);
    fl_str rest = fl_str_slice(value, at, SIZE_MAX);
    if (!fl_str_find_char(rest, ';', &end))
        end = rest.size;
    return fl_text("%.*sexpires=a date%.*s", (int)at, value.data, FL_SHOW(fl_str_slice(rest, end, SIZE_MAX)));
}

typedef struct header_lines { const char *lines[64]; size_t count; } header_lines;

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static const char *sorted(header_lines *all)
{
    fl_buf text = fl_buf_in(fl_arena_here(), 1 << 18);

    qsort(all->lines, all->count, sizeof *all->lines, by_text);
    for (size_t i = 0; i < all->count; i++)
        fl_buf_format(&text, "%s\n", all->lines[i]);
    return fl_buf_c(&text);
}

/* gunicorn sends the body that Django leaves in the answer to a HEAD: it is not looked at. */
static answer taken_apart(fl_str text, bool head_only)
{
    answer found = { .headers = "" };
    header_lines all = { .count = 0 };
    bool chunked = false;
    long long status = 0;
    size_t at;

    if (!fl_str_find(text, fl_lit("\r\n\r\n"), &at) || !fl_str_int(fl_str_slice(text, 9, 3), &status))
        return found;
    fl_str head = fl_str_slice(text, 0, at + 2), line, name;
    (void)fl_str_cut(&head, '\n', &line);
    while (fl_str_cut(&head, '\n', &line) && all.count < FL_LENGTH(all.lines)) {
        if (!fl_str_cut(&line, ':', &name) || name.size == 0)
            continue;
        name = fl_str_lower_ascii(name);
        line = fl_str_trim(line);
        if (fl_str_equal(name, fl_lit("content-length")))
            found.length = fl_str_c(line);
        else if (fl_str_equal(name, fl_lit("etag")))
            found.etag = fl_str_c(line);
        else if (fl_str_equal(name, fl_lit("transfer-encoding")))
            chunked = true;
        else if (!fl_text_in(fl_str_c(name), "date", "server", "connection", "keep-alive"))
            all.lines[all.count++] = fl_text("%.*s: %s", FL_SHOW(name), timeless(name, line));
    }
    fl_str body = fl_str_slice(text, at + 4, SIZE_MAX);
    found.status = (int)status;
    found.headers = sorted(&all);
    found.body = head_only ? fl_lit("") : chunked ? without_chunks(body) : body;
    return found;
}

answer ask(const char *address, const asking *a)
{
    fl_buf request = request_of(a);
    return taken_apart(talk(address, fl_buf_str(&request)), fl_text_is(a->method, "HEAD"));
}

const char *answer_header(const answer *from, const char *name)
{
    fl_str rest = fl_str_of(from->headers), value;

    for (fl_str line; fl_str_cut(&rest, '\n', &line);)
        if (fl_str_after(line, fl_str_of(fl_text("%s: ", name)), &value))
            return fl_str_c(value);
    return NULL;
}

/* -- comparing ------------------------------------------------------------------------------------------------------------------ */

static unsigned differences(const answer *a, const answer *b)
{
    bool bodies = fl_str_equal(a->body, b->body),
         lengths = a->length == NULL || b->length == NULL || fl_text_is(a->length, b->length);
    bool described = !bodies || (lengths && fl_text_is(a->etag, b->etag));

    return (a->status == b->status ? 0 : STATUS) | (strcmp(a->headers, b->headers) == 0 && described ? 0 : HEADERS) |
           (bodies ? 0 : BODY);
}

static const char *shown(const answer *a)
{
    return fl_text("%d\n%s\n%.*s", a->status, a->headers, FL_SHOW(fl_str_slice(a->body, 0, 2000)));
}

static bool is_as_it_should(const sites *t, const asking *a)
{
    answer django = ask(t->django, a), fleche = ask(t->fleche, a);
    unsigned found = differences(&django, &fleche);
    bool says = a->ours == NULL || fl_starts_with(shown(&fleche), a->ours) || strstr(shown(&fleche), a->ours) != NULL;

    if (found == a->differs && says)
        return true;
    const char *what = a->differs == 0       ? "the answers differ"
                       : found == a->differs ? "ours is not what it should be then"
                                             : fl_text("the difference is another one, or gone: %s", a->why);
    fprintf(stderr, "%s %.120s %s %.120s: %s (%u, not %u)\n-- Django (length %s): %s\n-- Fleche (length %s): %s\n\n", a->method,
            a->target, a->host == NULL ? "" : a->host, a->headers == NULL ? "" : a->headers, what, found, a->differs,
            django.length == NULL ? "not said" : django.length, shown(&django),
            fleche.length == NULL ? "not said" : fleche.length, shown(&fleche));
    return false;
}

void ask_both(const sites *t, const asking *all, size_t count)
{
    size_t wrong = 0;

    for (size_t i = 0; i < count; i++) {
        fl_scope {
            wrong += !is_as_it_should(t, &all[i]);
        }
    }
    if (wrong > 0)
        fl_fail("%zu of %zu requests are not answered as they should be", wrong, count);
}
