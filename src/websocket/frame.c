/* Frames on the wire, by wslay. Its callbacks only move bytes between memory and memory: what it reads was fed before, what
 * it writes is noted, a server's payload by its address alone, to be sent when wslay has returned. */
#include <errno.h>
#include <fleche/crypto.h>
#include <fleche/heap.h>
#include <wslay/wslay.h>
#include "websocket/engine.h"

static ssize_t take_input(uint8_t *to, size_t size, int flags, void *data)
{
    fl_websocket_engine *engine = data;

    (void)flags;
    if (engine->input.size == 0)
        return -1;
    if (size > engine->input.size)
        size = engine->input.size;
    memcpy(to, engine->input.data, size);
    engine->input.data += size;
    engine->input.size -= size;
    return (ssize_t)size;
}

static ssize_t note_output(const uint8_t *bytes, size_t size, int flags, void *data)
{
    fl_websocket_frame *frame = ((fl_websocket_engine *)data)->out;

    (void)flags;
    if (frame->header_size == 0) {
        memcpy(frame->header, bytes, size);
        frame->header_size = size;
    } else if ((const char *)bytes != frame->payload.data) {
        fl_buf_add_n(&frame->masked, bytes, size);
    }
    return (ssize_t)size;
}

static int make_mask(uint8_t *mask, size_t size, void *data)
{
    (void)data;
    fl_random_bytes(mask, size);
    return 0;
}

int fl_websocket_wire_init(fl_websocket_engine *engine)
{
    static const struct wslay_frame_callbacks callbacks = { note_output, take_input, make_mask };

    return fl_heap_fails() || wslay_frame_context_init(&engine->wire, &callbacks, engine) != 0 ? -ENOMEM : 0;
}

int fl_websocket_frame_make(fl_websocket_engine *engine, fl_engine_opcode opcode, bool compressed, fl_str payload,
                            fl_websocket_frame *ret)
{
    struct wslay_frame_iocb how = { .fin = 1,
                                    .rsv = compressed ? WSLAY_RSV1_BIT : WSLAY_RSV_NONE,
                                    .opcode = (uint8_t)opcode,
                                    .payload_length = payload.size,
                                    .mask = engine->client,
                                    .data = (const uint8_t *)payload.data,
                                    .data_length = payload.size };

    *ret = (fl_websocket_frame){ .payload = payload, .masked = fl_buf_heap(payload.size) };
    if (engine->client && payload.size > 0 && !fl_buf_room(&ret->masked, payload.size))
        return -ENOMEM;                              /* before wslay has begun: it could not stop half-way */
    engine->out = ret;
    ssize_t n = wslay_frame_send(engine->wire, &how);
    engine->out = NULL;
    if (n < 0)
        return -EINVAL;
    if (engine->client)
        ret->payload = fl_buf_str(&ret->masked);
    return 0;
}

void fl_websocket_frame_end(fl_websocket_frame *frame) { fl_buf_free(&frame->masked); }
