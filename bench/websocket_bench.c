/* WebSockets without a connection: frames through the engine, and through wslay's own message interface. */
#include <fleche/bench.h>
#include <stdlib.h>
#include <wslay/wslay.h>
#include "websocket/engine.h"

enum { ROUND = 1 << 16, MOST = ROUND + 64 };

static char wire[MOST];
static size_t wire_size, frames;

/* As many masked frames of this payload as fit a round, by hand. */
static void fill(int first, size_t size)
{
    size_t header = size < 126 ? 6 : size < 65536 ? 8 : 14;

    wire_size = frames = 0;
    while (wire_size + header + size <= MOST) {
        char *at = wire + wire_size;
        at[0] = (char)first;
        at[1] = (char)(0x80 | (size < 126 ? (int)size : 126));
        if (size >= 126) {
            at[2] = (char)(size >> 8);
            at[3] = (char)size;
        }
        memcpy(at + header - 4, "\x37\xFA\x21\x3D", 4);
        for (size_t i = 0; i < size; i++)
            at[header + i] = (char)("the quick brown fox "[i % 20] ^ "\x37\xFA\x21\x3D"[i % 4]);
        wire_size += header + size;
        frames++;
    }
}

static void by_us(int first, size_t size, size_t n)
{
    const fl_websocket_agreed agreed = { .status = 101 };
    fl_websocket_options options = fl_websocket_filled(NULL);
    fl_websocket_engine engine;

    fill(first, size);
    if (fl_websocket_engine_init(&engine, &agreed, &options) != 0)
        abort();
    for (size_t done = 0; done < n; done += frames) {
        fl_websocket_engine_feed(&engine, fl_str_n(wire, wire_size));
        while (fl_websocket_engine_next(&engine) == FL_ENGINE_MESSAGE)
            fl_bench_use(engine.message.bytes.data);
    }
    fl_websocket_engine_end(&engine);
}

typedef struct source { size_t at; } source;

static ssize_t take(wslay_event_context_ptr context, uint8_t *to, size_t size, int flags, void *data)
{
    source *s = data;

    (void)flags;
    if (s->at == wire_size) {
        wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
        return -1;
    }
    if (size > wire_size - s->at)
        size = wire_size - s->at;
    memcpy(to, wire + s->at, size);
    s->at += size;
    return (ssize_t)size;
}

static void got(wslay_event_context_ptr context, const struct wslay_event_on_msg_recv_arg *message, void *data)
{
    (void)context;
    (void)data;
    fl_bench_use(message->msg);
}

static void by_wslay(int first, size_t size, size_t n)
{
    static const struct wslay_event_callbacks callbacks = { .recv_callback = take, .on_msg_recv_callback = got };
    wslay_event_context_ptr context;
    source s = { 0 };

    fill(first, size);
    if (wslay_event_context_server_init(&context, &callbacks, &s) != 0)
        abort();
    for (size_t done = 0; done < n; done += frames) {
        s.at = 0;
        if (wslay_event_recv(context) != 0)
            abort();
    }
    wslay_event_context_free(context);
}

enum { TEXT = 0x81, BIN = 0x82 };

static void our_texts(size_t n) { by_us(TEXT, 64, n); }
static void wslay_texts(size_t n) { by_wslay(TEXT, 64, n); }
FL_BENCH_PAIR(websocket_text_of_64, our_texts, wslay_texts, .unit = "frame", .target = 1, .target_of = FL_TARGET_RATIO_AT_LEAST);

static void our_bytes(size_t n) { by_us(BIN, 64, n); }
static void wslay_bytes(size_t n) { by_wslay(BIN, 64, n); }
FL_BENCH_PAIR(websocket_bytes_of_64, our_bytes, wslay_bytes, .unit = "frame", .target = 1, .target_of = FL_TARGET_RATIO_AT_LEAST);

static void our_large_texts(size_t n) { by_us(TEXT, 16000, n); }
static void wslay_large_texts(size_t n) { by_wslay(TEXT, 16000, n); }
FL_BENCH_PAIR(websocket_text_of_16000, our_large_texts, wslay_large_texts, .unit = "frame", .target = 1,
              .target_of = FL_TARGET_RATIO_AT_LEAST);

/* -- sending --------------------------------------------------------------------------------------------------------------- */

static void send_by_us(size_t size, size_t n)
{
    const fl_websocket_agreed agreed = { .status = 101 };
    fl_websocket_options options = fl_websocket_filled(NULL);
    fl_websocket_engine engine;
    fl_websocket_frame frame;

    if (fl_websocket_engine_init(&engine, &agreed, &options) != 0)
        abort();
    for (size_t i = 0; i < n; i++) {
        if (fl_websocket_frame_make(&engine, FL_OPCODE_BYTES, false, fl_str_n(wire, size), &frame) != 0)
            abort();
        fl_bench_use(frame.payload.data);
        fl_websocket_frame_end(&frame);
    }
    fl_websocket_engine_end(&engine);
}

static ssize_t swallow(wslay_event_context_ptr context, const uint8_t *bytes, size_t size, int flags, void *data)
{
    (void)context;
    (void)flags;
    (void)data;
    fl_bench_use(bytes);
    return (ssize_t)size;
}

static void send_by_wslay(size_t size, size_t n)
{
    static const struct wslay_event_callbacks callbacks = { .send_callback = swallow };
    const struct wslay_event_msg message = { WSLAY_BINARY_FRAME, (const uint8_t *)wire, size };
    wslay_event_context_ptr context;

    if (wslay_event_context_server_init(&context, &callbacks, NULL) != 0)
        abort();
    for (size_t i = 0; i < n; i++)
        if (wslay_event_queue_msg(context, &message) != 0 || wslay_event_send(context) != 0)
            abort();
    wslay_event_context_free(context);
}

static void our_sends(size_t n) { send_by_us(1000, n); }
static void wslay_sends(size_t n) { send_by_wslay(1000, n); }
FL_BENCH_PAIR(websocket_send_of_1000, our_sends, wslay_sends, .unit = "frame", .target = 1,
              .target_of = FL_TARGET_RATIO_AT_LEAST);

static void deflate_rounds(bool fresh, size_t n)
{
    fl_str text = fl_lit(
        "{\"kind\": \"move\", \"player\": \"ada\", \"from\": [3, 4], \"to\": [7, 8], \"note\": \"a quiet move, for now\", "
        "\"clock\": {\"white\": 171.5, \"black\": 169.25}, \"id\": 4711}");
    fl_websocket_deflater deflater = { 0 };
    fl_buf out = fl_buf_heap(4096);

    for (size_t i = 0; i < n; i++) {
        fl_buf_clear(&out);
        if (fl_websocket_deflate(&deflater, 12, text, &out) != 0)
            abort();
        if (fresh)
            fl_websocket_deflater_end(&deflater);
    }
    fl_websocket_deflater_end(&deflater);
    fl_buf_free(&out);
}

FL_BENCH(websocket_deflate_with_context, .unit = "message of 160") { deflate_rounds(false, n); }
FL_BENCH(websocket_deflate_without_context, .unit = "message of 160") { deflate_rounds(true, n); }
