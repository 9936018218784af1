/* The same request to two servers, Django's behind gunicorn and ours, and what differs between the answers.
 *
 *     static const asking queries[] = {
 *         { "GET", "/query/?a=1&a=2" },
 *         { "GET", "/range/", .headers = "Range: bytes=0-3\r\n", .differs = STATUS | BODY, .ours = "206", .why = "Django has no ranges" },
 *     };
 *     FL_TEST_WITH(sites, queries_are_read_as_django_reads_them) { ask_both(t, queries, FL_LENGTH(queries)); }
 *
 * Left out of the comparison: Date, Server, Connection, Transfer-Encoding; Content-Length unless both say it, and it and an
 * ETag where the bodies differ; the order of headers; the day and time of dates that depend on when the answer was made. */
#pragma once
#include <fleche/app.h>
#include <fleche/server.h>
#include <fleche/test.h>

extern const fl_project differential_site;

typedef struct sites {
    const char *django, *fleche;                 /* addresses */
    struct fl_child *gunicorn;
    fl_server *server;
} sites;
void sites_setup(sites *t);                      /* both run until the test ends; skips it where gunicorn or Django is missing */

enum { STATUS = 1, HEADERS = 2, BODY = 4 };
typedef struct asking {
    const char *method, *target;
    const char *headers;                         /* lines, each with its CR LF */
    const char *host;                            /* NULL: testserver; "" none */
    const char *type, *body;                     /* of the body: with its length; body NULL: none */
    size_t repeat;                               /* the body so often; 0: once */
    const char *end;                             /* and this behind it; NULL: nothing */
    unsigned differs;                            /* what must differ … */
    const char *why;                             /* … for this reason … */
    const char *ours;                            /* … and what our answer has then: a part of "STATUS\nheader: value\n…\n\nBODY" */
} asking;

typedef struct answer {
    int status;
    const char *headers;                         /* "name: value\n" each, names in lower case, sorted */
    const char *length, *etag;                   /* of the body: NULL where they are not said */
    fl_str body;
} answer;
answer ask(const char *address, const asking *a);
const char *answer_header(const answer *from, const char *name);     /* the first one's value; NULL */
/* ask_both sends each request to both and fails the test, at its end, with everything that differs and should not, and what should
 * and does not. */
void ask_both(const sites *t, const asking *all, size_t count);
