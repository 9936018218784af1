/* One request and its answer, seen from the message's side: what a protocol (HTTP/1.1 over a socket; later HTTP/2 over TLS; a test
 * client in memory) does for it. */
#pragma once
#include <fleche/http.h>
#include <sys/types.h>

typedef struct fl_exchange fl_exchange;
typedef struct fl_exchange_type {
    /* The next bytes of the request's body, at most `size`; waits. 0 at its end, -ECONNRESET when the client broke off, -ETIMEDOUT,
     * -EBADMSG for a broken framing, -EFBIG beyond the server's own limit. */
    ssize_t (*read_body)(fl_exchange *exchange, void *ret, size_t size);
    /* Part of a streamed body, or (`bytes` empty) what is held back; waits. Negative codes as those of connections. */
    int (*write)(fl_exchange *exchange, fl_response *response, fl_str bytes);
    int (*flush)(fl_exchange *exchange, fl_response *response);
} fl_exchange_type;
struct fl_exchange {
    const fl_exchange_type *type;
};
