/* What is said of clients by those between them and us: for the server's own files, tests and fuzzers. */
#pragma once
#include <errno.h>
#include "server/server.h"

/* Whether a peer's address ("" of a Unix socket) is in a list as fl_server_options.trusted. */
bool fl_proxy_is_trusted(const char *const *trusted, fl_str peer);
bool fl_proxy_is_entry(fl_str text);                 /* whether such a list may have it */

typedef struct fl_proxy_source { bool known; int port; char address[64]; } fl_proxy_source;   /* not known: the peer's own counts */
/* A line of the PROXY protocol, version 1 or 2, at the beginning of `bytes`: 0 and how many bytes it has; -EAGAIN: there is more to come;
 * -EBADMSG. */
FL_MUST_CHECK int fl_proxy_parse(fl_str bytes, fl_proxy_source *ret, size_t *ret_used);
