/* Close codes, and what options mean where they are left out. */
#include "websocket/engine.h"

/* IANA's registry as of RFC 6455 and what was added since; 1004, 1005, 1006 and 1015 stand for what no frame says. */
bool fl_websocket_code_may_be_sent(int code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

static size_t size_or(size_t size, size_t otherwise) { return size == 0 ? otherwise : size; }
static fl_duration time_or(fl_duration time, int seconds) { return time.us <= 0 ? FL_SECONDS(seconds) : time; }

fl_websocket_options fl_websocket_filled(const fl_websocket_options *options)
{
    static const fl_websocket_options none;
    enum { MESSAGE = 1 << 20, QUEUE = 1 << 20, THRESHOLD = 128, BITS = 12, LEAST_BITS = 9, MOST_BITS = 15 };
    enum { PING_EVERY = 20, PING_TIMEOUT = 20, CLOSE = 10, OPEN = 10 };
    fl_websocket_options filled = options == NULL ? none : *options;

    filled.max_message = size_or(filled.max_message, MESSAGE);
    filled.max_frame = size_or(filled.max_frame, filled.max_message);
    filled.max_queue = size_or(filled.max_queue, QUEUE);
    filled.deflate_threshold = size_or(filled.deflate_threshold, THRESHOLD);
    filled.ping_every = time_or(filled.ping_every, PING_EVERY);
    filled.ping_timeout = time_or(filled.ping_timeout, PING_TIMEOUT);
    filled.close_timeout = time_or(filled.close_timeout, CLOSE);
    filled.open_timeout = time_or(filled.open_timeout, OPEN);
    if (filled.deflate_window_bits == 0)
        filled.deflate_window_bits = BITS;
    if (filled.deflate_window_bits < LEAST_BITS)
        filled.deflate_window_bits = LEAST_BITS;
    if (filled.deflate_window_bits > MOST_BITS)
        filled.deflate_window_bits = MOST_BITS;
    return filled;
}
