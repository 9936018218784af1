/* Inside the WebSockets, the part without a connection: bytes in, events out; messages in, frames out. It never waits, raises
 * or logs, so it can be fuzzed and measured by itself.
 *
 *     fl_websocket_engine_feed(&engine, bytes);                 // a view, which must stay until all of it has been taken
 *     while ((event = fl_websocket_engine_next(&engine)) != FL_ENGINE_MORE) …
 *  */
#pragma once
#include <fleche/arena.h>
#include <fleche/buf.h>
#include <fleche/websocket.h>
#include "websocket/deflate.h"

enum { FL_CONTROL_MOST = 125, FL_REASON_MOST = 123, FL_FRAME_HEADER = 14 };

typedef enum fl_engine_opcode {
    FL_OPCODE_CONTINUATION = 0,
    FL_OPCODE_TEXT = 1,
    FL_OPCODE_BYTES = 2,
    FL_OPCODE_CLOSE = 8,
    FL_OPCODE_PING = 9,
    FL_OPCODE_PONG = 10,
} fl_engine_opcode;

typedef enum fl_engine_event {
    FL_ENGINE_NOTHING,                               /* inside the engine only */
    FL_ENGINE_MORE,                                  /* all that was fed is taken */
    FL_ENGINE_MESSAGE,                               /* `message`, good until the next call */
    FL_ENGINE_PING,
    FL_ENGINE_PONG, /* `control`, the same */
    FL_ENGINE_CLOSE,                                 /* `code`, 1005 for none, the reason in `control`; nothing follows */
    FL_ENGINE_FAILED,                                /* `code` to be sent, `why`; nothing follows */
} fl_engine_event;

typedef struct fl_websocket_engine {
    struct wslay_frame_context *wire;
    fl_str input;                                    /* fed, and not taken by wslay yet */
    struct fl_websocket_frame *out;                            /* being made */
    bool client, ended;
    bool deflate, fresh_in, fresh_out;
    int bits_in, bits_out;
    size_t max_message, max_frame;

    bool in_frame, final;
    uint8_t opcode;                                  /* of this frame */
    uint64_t left;                                   /* bytes of this frame that have not come yet */

    uint8_t kind;                                    /* of the message begun; 0: none */
    bool compressed;
    uint64_t wire_size;                              /* bytes of a compressed message's frames */
    fl_arena *arena;                                 /* the message's; NULL if it needs none */
    fl_buf body;
    size_t checked;                                  /* bytes of the body known to be UTF-8 */
    fl_websocket_inflater inflater;
    fl_websocket_deflater deflater;

    fl_websocket_message message;
    fl_str control;
    char control_bytes[FL_CONTROL_MOST];
    int code;
    const char *why;
} fl_websocket_engine;

FL_MUST_CHECK int fl_websocket_engine_init(fl_websocket_engine *engine, const fl_websocket_agreed *agreed,
                                           const fl_websocket_options *options);      /* with defaults filled in. -ENOMEM */
void fl_websocket_engine_end(fl_websocket_engine *engine);
void fl_websocket_engine_feed(fl_websocket_engine *engine, fl_str bytes);      /* when it wants more */
fl_engine_event fl_websocket_engine_next(fl_websocket_engine *engine);
void fl_websocket_engine_forget(fl_websocket_engine *engine);          /* gives the memory of a delivered message back */

/* A frame ready to be written: header, then payload. A client's payload is a masked copy, given back by
 * fl_websocket_frame_end. */
typedef struct fl_websocket_frame {
    uint8_t header[FL_FRAME_HEADER];
    size_t header_size;
    fl_str payload;
    fl_buf masked;
} fl_websocket_frame;

FL_MUST_CHECK int fl_websocket_frame_make(fl_websocket_engine *engine, fl_engine_opcode opcode, bool compressed, fl_str payload,
                                          fl_websocket_frame *ret);
void fl_websocket_frame_end(fl_websocket_frame *frame);
/* wslay's half of the engine: frame.c. */
FL_MUST_CHECK int fl_websocket_wire_init(fl_websocket_engine *engine);

/* Defaults in place of zeros. */
fl_websocket_options fl_websocket_filled(const fl_websocket_options *options);

bool fl_websocket_code_may_be_sent(int code);            /* and be received */
/* Whether the bytes, the last at most three of a text so far, may become a code point with what follows. */
bool fl_websocket_text_may_go_on(fl_str bytes);
