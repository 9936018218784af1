/* The engine: frames become messages.
 *
 * wslay gives a frame's payload in chunks of at most 4 KiB, unmasked. A message that came in one chunk is handed on where it
 * lies; any other is collected in an arena of its own, inflated and checked for UTF-8 as it comes, so a fault is known with
 * the byte that makes it. */
#include "websocket/engine.h"
#include <errno.h>
#include <fleche/unicode.h>
#include <wslay/wslay.h>
#include "base/unwind.h"

enum { RESERVED_AT_ONCE = 65536, ARENA_SLACK = 65536, COMPRESSED_SLACK = 1024 };

int fl_websocket_engine_init(fl_websocket_engine *engine, const fl_websocket_agreed *agreed, const fl_websocket_options *options)
{
    *engine = (fl_websocket_engine){ .client = agreed->client,
                                     .deflate = agreed->deflate,
                                     .fresh_in = agreed->fresh_in,
                                     .fresh_out = agreed->fresh_out,
                                     .bits_in = agreed->bits_in,
                                     .bits_out = agreed->bits_out,
                                     .max_message = options->max_message,
                                     .max_frame = options->max_frame };
    return fl_websocket_wire_init(engine);
}

void fl_websocket_engine_forget(fl_websocket_engine *engine)
{
    engine->message = (fl_websocket_message){ 0 };
    if (engine->kind != 0)
        return;                                      /* what is there is the next one's */
    fl_arena_free(engine->arena);
    engine->arena = NULL;
    engine->body = (fl_buf){ 0 };
}

void fl_websocket_engine_end(fl_websocket_engine *engine)
{
    engine->kind = 0;
    fl_websocket_engine_forget(engine);
    fl_websocket_inflater_end(&engine->inflater);
    fl_websocket_deflater_end(&engine->deflater);
    if (engine->wire != NULL)
        wslay_frame_context_free(engine->wire);
    engine->wire = NULL;
}

void fl_websocket_engine_feed(fl_websocket_engine *engine, fl_str bytes) { engine->input = bytes; }

static fl_engine_event fail(fl_websocket_engine *engine, int code, const char *why)
{
    engine->ended = true;
    engine->code = code;
    engine->why = why;
    return FL_ENGINE_FAILED;
}

/* -- the beginning of a frame ---------------------------------------------------------------------------------------------- */

static bool is_control(uint8_t opcode) { return opcode >= FL_OPCODE_CLOSE; }

/* What RFC 6455 5.2 to 5.4 say of a header that wslay does not look at; NULL if all is well. */
static const char *fault_of(const fl_websocket_engine *engine, const struct wslay_frame_iocb *frame)
{
    bool begins = frame->opcode == FL_OPCODE_TEXT || frame->opcode == FL_OPCODE_BYTES;

    if (frame->mask == engine->client)
        return engine->client ? "a masked frame from a server" : "a frame without a mask from a client";
    if ((frame->opcode > FL_OPCODE_BYTES && frame->opcode < FL_OPCODE_CLOSE) || frame->opcode > FL_OPCODE_PONG)
        return "a reserved opcode";
    if (frame->rsv != 0 && (frame->rsv != WSLAY_RSV1_BIT || !engine->deflate || !begins))
        return "a reserved bit that no extension uses here";
    if (begins && engine->kind != 0)
        return "a new message inside of another one";
    if (frame->opcode == FL_OPCODE_CONTINUATION && engine->kind == 0)
        return "a continuation of no message";
    return NULL;
}

static fl_engine_event begin_frame(fl_websocket_engine *engine, const struct wslay_frame_iocb *frame)
{
    const char *fault = fault_of(engine, frame);

    if (fault != NULL)
        return fail(engine, FL_WEBSOCKET_PROTOCOL_ERROR, fault);
    engine->in_frame = true;
    engine->final = frame->fin;
    engine->opcode = frame->opcode;
    engine->left = frame->payload_length;
    if (is_control(frame->opcode)) {
        engine->control = fl_str_n(engine->control_bytes, 0);
        return FL_ENGINE_NOTHING;
    }
    if (frame->payload_length > engine->max_frame)
        return fail(engine, FL_WEBSOCKET_TOO_BIG, "a frame over the limit");
    if (frame->opcode != FL_OPCODE_CONTINUATION) {
        fl_websocket_engine_forget(engine);          /* nothing, unless the last message's memory was kept for its reader */
        engine->kind = frame->opcode;
        engine->compressed = frame->rsv != 0;
        engine->checked = 0;
        engine->wire_size = 0;
    }
    engine->wire_size += frame->payload_length;
    uint64_t most = engine->max_message, already = engine->compressed ? 0 : engine->body.size;
    if (engine->compressed ? engine->wire_size > most + most / 64 + COMPRESSED_SLACK : frame->payload_length > most - already)
        return fail(engine, FL_WEBSOCKET_TOO_BIG, "a message over the limit");
    return FL_ENGINE_NOTHING;
}

/* -- its payload ----------------------------------------------------------------------------------------------------------- */

static fl_engine_event no_memory(fl_websocket_engine *engine) { return fail(engine, FL_WEBSOCKET_INTERNAL, "no memory"); }

/* A buffer that has grown by doubling has left as much behind as it holds. */
static bool begin_body(fl_websocket_engine *engine)
{
    size_t most = engine->max_message, limit = most > (SIZE_MAX - ARENA_SLACK) / 4 ? FL_NO_LIMIT : most * 4 + ARENA_SLACK;

    if (engine->arena != NULL)
        return true;
    engine->arena = fl_arena_try_new_(NULL, "a WebSocket's message", limit);
    if (engine->arena == NULL)
        return false;
    engine->body = fl_buf_in(engine->arena, most);
    return true;
}

static fl_engine_event check_text(fl_websocket_engine *engine, bool final)
{
    fl_str rest = fl_str_slice(fl_buf_str(&engine->body), engine->checked, SIZE_MAX);
    size_t good = rest.size == 0 ? 0 : fl_utf8_valid_prefix(rest);

    engine->checked += good;
    rest = fl_str_slice(rest, good, SIZE_MAX);
    if (rest.size == 0 || (!final && rest.size < 4 && fl_websocket_text_may_go_on(rest)))
        return FL_ENGINE_NOTHING;
    return fail(engine, FL_WEBSOCKET_BAD_TEXT, "a text that is not UTF-8");
}

static fl_engine_event add_inflated(fl_websocket_engine *engine, int code)
{
    if (code == -ENOBUFS)
        return fail(engine, FL_WEBSOCKET_TOO_BIG, "a message over the limit, inflated");
    if (code == -EBADMSG)
        return fail(engine, FL_WEBSOCKET_BAD_TEXT, "a compressed message that is not deflate");
    return code == 0 ? FL_ENGINE_NOTHING : no_memory(engine);
}

static fl_engine_event add_data(fl_websocket_engine *engine, fl_str chunk)
{
    if (chunk.size == 0)
        return FL_ENGINE_NOTHING;
    if (!begin_body(engine))
        return no_memory(engine);
    if (engine->compressed) {
        fl_engine_event event = add_inflated(engine,
                                             fl_websocket_inflate(&engine->inflater, engine->bits_in, chunk, &engine->body));
        if (event != FL_ENGINE_NOTHING)
            return event;
    } else {
        uint64_t expected = chunk.size + engine->left;      /* an honest length saves growing; one that is not costs little */
        if (engine->body.size == 0 && expected <= RESERVED_AT_ONCE)
            (void)fl_buf_room(&engine->body, (size_t)expected);
        fl_buf_add(&engine->body, chunk);
    }
    if (fl_buf_failed(&engine->body))
        return no_memory(engine);
    return engine->kind == FL_OPCODE_TEXT ? check_text(engine, false) : FL_ENGINE_NOTHING;
}

static fl_engine_event add_control(fl_websocket_engine *engine, fl_str chunk)
{
    if (chunk.size > 0)
        memcpy(engine->control_bytes + engine->control.size, chunk.data, chunk.size);
    engine->control.size += chunk.size;
    return FL_ENGINE_NOTHING;
}

/* -- its end --------------------------------------------------------------------------------------------------------------- */

static fl_engine_event deliver(fl_websocket_engine *engine, fl_str bytes)
{
    engine->message = (fl_websocket_message){ (fl_websocket_kind)engine->kind, bytes };
    engine->kind = 0;
    return FL_ENGINE_MESSAGE;
}

static fl_engine_event end_message(fl_websocket_engine *engine)
{
    fl_engine_event event = FL_ENGINE_NOTHING;

    if (engine->compressed) {
        if (!begin_body(engine))
            return no_memory(engine);
        event = add_inflated(engine, fl_websocket_inflate_finish(&engine->inflater, engine->bits_in, &engine->body));
        if (engine->fresh_in)
            fl_websocket_inflater_end(&engine->inflater);
    }
    if (event == FL_ENGINE_NOTHING && engine->kind == FL_OPCODE_TEXT)
        event = check_text(engine, true);
    return event != FL_ENGINE_NOTHING ? event : deliver(engine, fl_buf_str(&engine->body));
}

static fl_engine_event closed(fl_websocket_engine *engine)
{
    const uint8_t *at = (const uint8_t *)engine->control_bytes;
    fl_str reason = fl_str_slice(engine->control, 2, SIZE_MAX);

    if (engine->control.size == 1)
        return fail(engine, FL_WEBSOCKET_PROTOCOL_ERROR, "a close frame with half a code");
    int code = engine->control.size == 0 ? FL_WEBSOCKET_NO_CODE : at[0] << 8 | at[1];
    if (engine->control.size > 0 && !fl_websocket_code_may_be_sent(code))
        return fail(engine, FL_WEBSOCKET_PROTOCOL_ERROR, "a close code that may not be sent");
    if (!fl_utf8_valid(reason))
        return fail(engine, FL_WEBSOCKET_BAD_TEXT, "a close reason that is not UTF-8");
    engine->ended = true;
    engine->code = code;
    engine->control = reason;
    return FL_ENGINE_CLOSE;
}

static fl_engine_event end_frame(fl_websocket_engine *engine)
{
    engine->in_frame = false;
    switch (engine->opcode) {
    case FL_OPCODE_CLOSE: return closed(engine);
    case FL_OPCODE_PING: return FL_ENGINE_PING;
    case FL_OPCODE_PONG: return FL_ENGINE_PONG;
    default: return engine->final ? end_message(engine) : FL_ENGINE_NOTHING;
    }
}

/* A whole message in one chunk needs no memory of its own. */
static bool is_whole(const fl_websocket_engine *engine)
{
    return engine->final && engine->left == 0 && !engine->compressed && engine->opcode != FL_OPCODE_CONTINUATION &&
           !is_control(engine->opcode);
}

static fl_engine_event take_chunk(fl_websocket_engine *engine, const struct wslay_frame_iocb *frame)
{
    fl_str chunk = { (const char *)frame->data, frame->data_length };
    fl_engine_event event = engine->in_frame ? FL_ENGINE_NOTHING : begin_frame(engine, frame);
    bool first = engine->left == frame->payload_length;

    if (event != FL_ENGINE_NOTHING)
        return event;
    engine->left -= chunk.size;
    if (first && is_whole(engine)) {
        engine->in_frame = false;
        if (engine->kind == FL_OPCODE_TEXT && !fl_utf8_valid(chunk))
            return fail(engine, FL_WEBSOCKET_BAD_TEXT, "a text that is not UTF-8");
        return deliver(engine, chunk);
    }
    event = is_control(engine->opcode) ? add_control(engine, chunk) : add_data(engine, chunk);
    return event != FL_ENGINE_NOTHING || engine->left > 0 ? event : end_frame(engine);
}

fl_engine_event fl_websocket_engine_next(fl_websocket_engine *engine)
{
    fl_engine_event event = FL_ENGINE_NOTHING;
    struct wslay_frame_iocb frame;

    if (engine->ended)
        return FL_ENGINE_MORE;
    while (event == FL_ENGINE_NOTHING) {
        ssize_t n = wslay_frame_recv(engine->wire, &frame);
        if (n == WSLAY_ERR_WANT_READ)
            return FL_ENGINE_MORE;
        event = n < 0 ? fail(engine, FL_WEBSOCKET_PROTOCOL_ERROR,
                             "a frame whose length no frame may have, or a control frame in parts")
                      : take_chunk(engine, &frame);
    }
    return event;
}
