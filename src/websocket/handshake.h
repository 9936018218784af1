/* What both ends of the opening handshake read and write. */
#pragma once
#include <fleche/buf.h>
#include <fleche/websocket.h>

bool fl_websocket_is_token(fl_str text);                  /* RFC 9110's: not empty */
bool fl_websocket_list_has(fl_str list, fl_str token);    /* one of the list's elements, in any case */
/* Takes the next element off *rest, without the space around it: false at the end. Empty elements are skipped. */
bool fl_websocket_list_next(fl_str *rest, fl_str *ret_element);

/* Sec-WebSocket-Accept for a key: 28 characters and a NUL. */
void fl_websocket_accept_text(fl_str key, char ret[32]);

/* -- permessage-deflate (RFC 7692, 7) -------------------------------------------------------------------------------------- */

typedef struct fl_websocket_deflate_terms {
    bool server_fresh, client_fresh;                 /* …_no_context_takeover */
    int server_bits, client_bits;                    /* …_max_window_bits; 0: not there */
    bool client_bits_bare;                           /* there, without a value */
} fl_websocket_deflate_terms;

/* The next extension of a Sec-WebSocket-Extensions: 1; 0 at the end; -EINVAL for what is no list of extensions.
 * *ret_is_deflate is whether it is permessage-deflate with parameters that may be, which *ret then has. */
FL_MUST_CHECK int fl_websocket_extensions_next(fl_str *rest, bool *ret_is_deflate, fl_websocket_deflate_terms *ret);

/* A server's choice among what a client offers, filled into *ret; 0 or -EINVAL. */
FL_MUST_CHECK int fl_websocket_extensions_choose(fl_str offers, const fl_websocket_options *options, fl_websocket_agreed *ret);
void fl_websocket_extensions_offer(const fl_websocket_options *options, fl_buf *out);           /* a client's header value */
/* What a client makes of the server's choice: 0 or -EINVAL if it chose what was not offered. */
FL_MUST_CHECK int fl_websocket_extensions_accept(fl_str chosen, const fl_websocket_options *options, fl_websocket_agreed *ret);

/* -- the client's half ----------------------------------------------------------------------------------------------------- */

/* The head of the server's answer, up to and with its empty line: 0, or -EPROTO and why. */
FL_MUST_CHECK int fl_websocket_read_answer(fl_str head, fl_str key, const fl_websocket_options *options,
                                           fl_websocket_agreed *ret);
