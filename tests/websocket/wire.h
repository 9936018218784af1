/* Frames written by hand, byte by byte as RFC 6455 5.2 draws them, and an engine's account of what it makes of them. */
#pragma once
#include <fleche/websocket.h>
#include "helpers.h"
#include "websocket/engine.h"

/* other: masked as its sender must not */
typedef struct wire_frame { int first; const char *data; size_t size; bool other; } wire_frame;

enum { RAW = -1, FRAMES = 8, SHOWN = 60 };
#define F(first, text) \
    { \
        first, text, sizeof(text) - 1, false \
    }
#define F_OTHER(first, text) \
    { \
        first, text, sizeof(text) - 1, true \
    }
#define BYTES(text) \
    { \
        RAW, text, sizeof(text) - 1, false \
    }

/* First bytes: FIN, or not, and the opcode. */
enum {
    CONT = 0x00,
    TEXT = 0x01,
    BIN = 0x02,
    FIN = 0x80,
    CLOSE = 0x88,
    PING = 0x89,
    PONG = 0x8A,
    RSV1 = 0x40,
    RSV2 = 0x20,
    RSV3 = 0x10
};

static inline void put_length(fl_buf *out, size_t size, int mask_bit)
{
    size_t bytes = size < 126 ? 0 : size < 65536 ? 2 : 8;

    fl_buf_add_char(out, (char)(mask_bit | (int)(bytes == 0 ? size : bytes == 2 ? 126 : 127)));
    while (bytes-- > 0)
        fl_buf_add_char(out, (char)(size >> (8 * bytes) & 0xFF));
}

static inline void put_frame(fl_buf *out, int first, bool masked, fl_str payload)
{
    static const char key[4] = { 0x37, '\xFA', 0x21, 0x3D };

    fl_buf_add_char(out, (char)first);
    put_length(out, payload.size, masked ? 0x80 : 0);
    if (masked)
        fl_buf_add_n(out, key, sizeof key);
    for (size_t i = 0; i < payload.size; i++)
        fl_buf_add_char(out, masked ? (char)(payload.data[i] ^ key[i % 4]) : payload.data[i]);
}

static inline fl_str frame_of(int first, bool masked, fl_str payload)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    put_frame(&out, first, masked, payload);
    return fl_buf_str(&out);
}

/* All frames of a row, until the first without data. To a server they are masked. */
static inline fl_str wire_of(const wire_frame frames[FRAMES], bool to_client)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    for (int i = 0; i < FRAMES && frames[i].data != NULL; i++) {
        fl_str payload = fl_str_n(frames[i].data, frames[i].size);
        if (frames[i].first == RAW)
            fl_buf_add(&out, payload);
        else
            put_frame(&out, frames[i].first, to_client == frames[i].other, payload);
    }
    return fl_buf_str(&out);
}

static inline fl_str repeated(const char *unit, size_t size)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    while (out.size < size)
        fl_buf_add_c(&out, unit);
    out.size = size;
    return fl_buf_str(&out);
}

static inline void say(fl_buf *out, const char *what, fl_str bytes)
{
    if (out->size > 0)
        fl_buf_add(out, fl_lit(", "));
    if (bytes.size > SHOWN)
        fl_buf_format(out, "%s of %zu", what, bytes.size);
    else
        fl_buf_format(out, "%s '%.*s'", what, FL_SHOW(bytes));
}

/* What the engine makes of what is fed to it now. */
static inline void account(fl_websocket_engine *engine, fl_buf *out)
{
    for (;;)
        switch (fl_websocket_engine_next(engine)) {
        case FL_ENGINE_MORE:
        case FL_ENGINE_NOTHING: return;
        case FL_ENGINE_MESSAGE:
            say(out, engine->message.kind == FL_WEBSOCKET_TEXT ? "text" : "bytes", engine->message.bytes);
            fl_websocket_engine_forget(engine);
            break;
        case FL_ENGINE_PING: say(out, "ping", engine->control); break;
        case FL_ENGINE_PONG: say(out, "pong", engine->control); break;
        case FL_ENGINE_CLOSE: say(out, fl_text("close %d", engine->code), engine->control); return;
        case FL_ENGINE_FAILED: fl_buf_format(out, "%sfail %d", out->size > 0 ? ", " : "", engine->code); return;
        }
}

static inline void end_engine(void *engine) { fl_websocket_engine_end(engine); }

/* Ended with the test, or by it before. */
static inline fl_websocket_engine *engine_of(const fl_websocket_agreed *agreed, const fl_websocket_options *options)
{
    fl_websocket_options filled = fl_websocket_filled(options);
    fl_websocket_engine *engine = fl_alloc(sizeof *engine);

    fl_expect_ok(fl_websocket_engine_init(engine, agreed, &filled));
    fl_defer(end_engine, engine);
    return engine;
}

/* Fed in steps of so many bytes: "text 'Hello', ping '', close 1000 'bye'", or "… fail 1002". */
static inline const char *told(fl_str wire, size_t step, const fl_websocket_agreed *agreed, const fl_websocket_options *options)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_websocket_engine *engine = engine_of(agreed, options);

    for (size_t at = 0; at < wire.size && !engine->ended; at += step) {
        fl_str part = fl_str_slice(wire, at, step);
        /* memory of its own, so that the sanitizers see a step too far */
        fl_websocket_engine_feed(engine, fl_str_n(fl_arena_copy(fl_arena_here(), part.data, part.size), part.size));
        account(engine, &out);
    }
    fl_expect(fl_undefer(end_engine, engine));
    fl_websocket_engine_end(engine);
    return fl_buf_c(&out);
}

/* The same however it comes. */
static inline void expect_told(fl_str wire, const fl_websocket_agreed *agreed, const fl_websocket_options *options,
                               const char *expected)
{
    static const size_t steps[] = { SIZE_MAX / 2, 1, 2, 7, 4096 };

    for (size_t i = 0; i < FL_LENGTH(steps); i++)
        if (wire.size < 65536 || steps[i] > 1024)
            fl_expect_text(told(wire, steps[i], agreed, options), expected);
}
