/* permessage-deflate's two machines over zlib, made when first needed. */
#pragma once
#include <fleche/buf.h>

struct z_stream_s;
typedef struct fl_websocket_inflater { struct z_stream_s *stream; } fl_websocket_inflater;
typedef struct fl_websocket_deflater { struct z_stream_s *stream; } fl_websocket_deflater;

/* fl_websocket_inflate appends what the bytes become, at most to the buffer's limit: 0; -ENOBUFS beyond it, -EBADMSG for no
 * deflate, -ENOMEM. fl_websocket_inflate_finish does so at the end of a message. */
FL_MUST_CHECK int fl_websocket_inflate(fl_websocket_inflater *inflater, int bits, fl_str bytes, fl_buf *out);
FL_MUST_CHECK int fl_websocket_inflate_finish(fl_websocket_inflater *inflater, int bits, fl_buf *out);
void fl_websocket_inflater_end(fl_websocket_inflater *inflater);

/* fl_websocket_deflate appends a whole message, compressed. 0 or -ENOMEM; behind that the deflater begins anew, so the peer
 * must too: the connection cannot go on unless each message stands by itself. */
FL_MUST_CHECK int fl_websocket_deflate(fl_websocket_deflater *deflater, int bits, fl_str bytes, fl_buf *out);
void fl_websocket_deflater_end(fl_websocket_deflater *deflater);
