/* Asking other servers: an HTTP client that waits on the fiber, not on the thread.
 *
 *     fl_fetched *rates = fl_fetch("http://rates.internal:8080/eur", .timeout = FL_SECONDS(2), .retries = 2);
 *     if (rates->status == 200)
 *         price = fl_json_at(fl_fetched_json(rates), "usd");
 *
 *     fl_fetch("http://hooks.internal/sent", .json = fl_json_object("order", id));          // a POST
 *
 * Connections are kept and used again. An answer of any status is an answer; what raises is that there is none: FL_FETCH_ERROR (no such
 * host, refused, broken off, not HTTP, too large), FL_TIMEOUT. Tried again, with growing pauses, are methods that may be repeated (not POST and
 * PATCH), when there was no answer, or 502, 503 or 504; Retry-After is kept to. Only http: TLS is not there yet. */
#pragma once
#include "http.h"

extern const fl_error_class FL_FETCH_ERROR;      /* a FL_OPERATIONAL_ERROR: there is no answer */

typedef struct fl_fetch_options {
    const char *method;                          /* NULL: GET, or POST with a body */
    fl_str body;
    const char *content_type;                    /* of the body; NULL: application/octet-stream */
    const fl_json *json;                         /* a body instead: application/json */
    const fl_headers *headers;                   /* further ones */
    fl_duration timeout;                         /* for everything, tries and pauses too; 0: 30 s */
    fl_duration connect_timeout;                 /* 0: 5 s */
    unsigned retries;                            /* further tries; 0: none */
    fl_duration pause;                           /* before the first of them, then twice as long each time; 0: 100 ms */
    unsigned redirects;                          /* followed, at most so many; 0: none */
    size_t limit;                                /* bytes of the answer's body; 0: 16 MiB */
} fl_fetch_options;

typedef struct fl_fetched {
    int status;
    const char *url;                             /* where it came from, behind redirects */
    fl_headers headers;
    fl_str body;                                 /* ends with a NUL */
    unsigned tries;
} fl_fetched;

#define fl_fetch(url, ...) fl_fetch_(url, &(const fl_fetch_options){ __VA_ARGS__ })
fl_fetched *fl_fetch_(const char *url, const fl_fetch_options *options);       /* waits; in the current arena */
/* NULL and *ret, or the error that fl_fetch would raise (but for FL_CANCELLED, which is raised). */
FL_MUST_CHECK fl_error *fl_try_fetch(const char *url, const fl_fetch_options *options, fl_fetched **ret);
const char *fl_fetched_header(const fl_fetched *fetched, const char *name);    /* NULL when absent */
const fl_json *fl_fetched_json(const fl_fetched *fetched);                     /* raises FL_BAD_JSON */
void fl_fetch_forget(void);                      /* closes the connections that are kept in this thread */
