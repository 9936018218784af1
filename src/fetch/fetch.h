/* Inside the client: where to, over which connection, and one exchange on it. */
#pragma once
#include <fleche/fetch.h>
#include "io/io.h"

typedef struct fl_fetch_url { const char *address, *host, *target; } fl_fetch_url;     /* "host:80", "host", "/path?query" */
void fl_fetch_read_url(const char *url, fl_fetch_url *ret);          /* raises FL_VALUE_ERROR */

/* A kept connection to the address, if there is one that still stands; else NULL. */
fl_conn *fl_fetch_take(const char *address);
void fl_fetch_keep(const char *address, fl_conn *conn);

/* One request and its answer. 0; *ret_keep: the connection can be used again. Codes as those of connections; -EBADMSG: no HTTP; -EFBIG;
 * *ret_begun: some of an answer had come. */
typedef struct fl_fetch_outcome { fl_fetched *fetched; bool keep, begun; } fl_fetch_outcome;
FL_MUST_CHECK int fl_fetch_exchange(fl_conn *conn, fl_str request, bool head, size_t limit, fl_fetch_outcome *ret);
