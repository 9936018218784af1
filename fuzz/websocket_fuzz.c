/* WebSocket frames: whatever comes and however it is cut, the engine says the same; a text is UTF-8, a message within its
 * limit, a control frame short; and what the engine makes of a message for its peer, the peer's engine reads back.
 *
 * The first byte says which end it is and what was agreed, the second how the rest is cut. */
#include <fleche/base.h>
#include <stdlib.h>
#include "websocket/engine.h"

enum { MOST_MESSAGE = 3000, MOST_FRAME = 2000 };

static void require(bool ok)
{
    if (!ok)
        abort();
}

static fl_websocket_agreed agreed_of(uint8_t flags)
{
    return (fl_websocket_agreed){ .client = (flags & 1) != 0,
                                  .deflate = (flags & 2) != 0,
                                  .fresh_in = (flags & 4) != 0,
                                  .fresh_out = (flags & 8) != 0,
                                  .bits_in = 8 + (flags >> 5),
                                  .bits_out = 9 + (flags >> 5) % 7 };
}

static void note(fl_buf *account, fl_engine_event event, fl_str bytes)
{
    fl_buf_format(account, "%d %zu ", (int)event, bytes.size);
    fl_buf_add(account, bytes);
}

/* To the engine's end, or until it wants more. */
static bool listen_to(fl_websocket_engine *engine, fl_buf *account)
{
    for (;;) {
        fl_engine_event event = fl_websocket_engine_next(engine);
        if (event == FL_ENGINE_MORE)
            return true;
        if (event == FL_ENGINE_MESSAGE) {
            fl_websocket_message m = engine->message;
            require(m.bytes.size <= MOST_MESSAGE && (m.kind != FL_WEBSOCKET_TEXT || fl_utf8_valid(m.bytes)));
            note(account, event, m.bytes);
            fl_websocket_engine_forget(engine);
        } else if (event == FL_ENGINE_FAILED) {
            require(engine->why != NULL && fl_websocket_code_may_be_sent(engine->code));
            /* inflated text may be too long and not UTF-8: which is found first depends on the cuts */
            fl_buf_format(account, "failed %d", engine->compressed ? 0 : engine->code);
            return false;
        } else {
            require(engine->control.size <= FL_CONTROL_MOST);
            note(account, event, engine->control);
            if (event == FL_ENGINE_CLOSE) {
                require(fl_utf8_valid(engine->control));
                return false;
            }
        }
    }
}

static fl_str account_of(fl_str wire, size_t step, uint8_t flags)
{
    fl_websocket_agreed agreed = agreed_of(flags);
    fl_websocket_options options = fl_websocket_filled(
        &(fl_websocket_options){ .max_message = MOST_MESSAGE, .max_frame = MOST_FRAME });
    fl_buf account = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_websocket_engine engine;

    require(fl_websocket_engine_init(&engine, &agreed, &options) == 0);
    for (size_t at = 0; at < wire.size; at += step) {
        fl_websocket_engine_feed(&engine, fl_str_slice(wire, at, step));
        if (!listen_to(&engine, &account))
            break;
    }
    fl_websocket_engine_end(&engine);
    return fl_buf_str(&account);
}

/* The bytes as a message from one end to the other. */
static void there_and_back(fl_str bytes, uint8_t flags)
{
    fl_websocket_agreed from = agreed_of(flags), to = from;
    fl_websocket_options options = fl_websocket_filled(NULL);
    fl_buf packed = fl_buf_in(fl_arena_here(), FL_NO_LIMIT), wire = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_websocket_engine here, there;
    fl_websocket_frame frame;

    to.client = !from.client;
    to.bits_in = from.bits_out;
    require(fl_websocket_engine_init(&here, &from, &options) == 0 && fl_websocket_engine_init(&there, &to, &options) == 0);
    if (from.deflate)
        require(fl_websocket_deflate(&here.deflater, from.bits_out, bytes, &packed) == 0);
    fl_str payload = from.deflate ? fl_buf_str(&packed) : bytes;
    require(fl_websocket_frame_make(&here, FL_OPCODE_BYTES, from.deflate, payload, &frame) == 0);
    fl_buf_add_n(&wire, frame.header, frame.header_size);
    fl_buf_add(&wire, frame.payload);
    fl_websocket_frame_end(&frame);
    fl_websocket_engine_feed(&there, fl_buf_str(&wire));
    require(fl_websocket_engine_next(&there) == FL_ENGINE_MESSAGE);
    require(fl_str_equal(there.message.bytes, bytes));
    require(fl_websocket_engine_next(&there) == FL_ENGINE_MORE);
    fl_websocket_engine_end(&here);
    fl_websocket_engine_end(&there);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;

    if (size < 2)
        return 0;
    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    fl_str wire = fl_str_n((const char *)data + 2, size - 2);
    fl_str whole = account_of(wire, SIZE_MAX / 2, data[0]);
    fl_str cut = account_of(wire, data[1] + 1u, data[0]);
    /* Beyond a small window zlib looks back only as far as its output goes in one piece. */
    require(fl_str_equal(whole, cut) || ((data[0] & 2) != 0 && agreed_of(data[0]).bits_in < 15));
    there_and_back(wire, data[0]);
    fl_arena_reset(arena);
    return 0;
}
