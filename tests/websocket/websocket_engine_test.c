/* RFC 6455, section by section: what a server (and where it differs, a client) makes of frames, whole and in pieces of every
 * size. */
#include "wire.h"

typedef struct row { const char *name; wire_frame frames[FRAMES]; const char *expected; } row;

static const fl_websocket_agreed server = { .status = 101 };
static const fl_websocket_agreed client = { .client = true };

static void check_row(const void *data)
{
    const row *r = data;

    fl_label("%s", r->name);
    expect_told(wire_of(r->frames, false), &server, NULL, r->expected);
}

/* -- 5.2: opcodes, reserved bits, lengths, masks --------------------------------------------------------------------------- */

static const row opcodes[] = {
    { "text", { F(FIN | TEXT, "Hello") }, "text 'Hello'" },
    { "an empty text", { F(FIN | TEXT, "") }, "text ''" },
    { "bytes", { F(FIN | BIN, "\x01z") }, "bytes '\x01z'" },
    { "empty bytes", { F(FIN | BIN, "") }, "bytes ''" },
    { "a ping", { F(PING, "abc") }, "ping 'abc'" },
    { "an empty ping", { F(PING, "") }, "ping ''" },
    { "a pong nobody asked for", { F(PONG, "abc") }, "pong 'abc'" },
    { "several",
      { F(FIN | TEXT, "a"), F(PING, "b"), F(FIN | BIN, "c"), F(PONG, "d") },
      "text 'a', ping 'b', bytes 'c', pong 'd'" },
    { "opcode 3", { F(FIN | 3, "x") }, "fail 1002" },
    { "opcode 4", { F(FIN | 4, "") }, "fail 1002" },
    { "opcode 5", { F(FIN | 5, "x") }, "fail 1002" },
    { "opcode 6", { F(FIN | 6, "x") }, "fail 1002" },
    { "opcode 7 behind a text", { F(FIN | TEXT, "a"), F(FIN | 7, "x"), F(PING, "") }, "text 'a', fail 1002" },
    { "opcode 11", { F(FIN | 11, "x") }, "fail 1002" },
    { "opcode 12", { F(FIN | 12, "") }, "fail 1002" },
    { "opcode 13", { F(FIN | 13, "x") }, "fail 1002" },
    { "opcode 14", { F(FIN | 14, "x") }, "fail 1002" },
    { "opcode 15", { F(FIN | 15, "x") }, "fail 1002" },
};
FL_TEST(every_opcode_is_known_or_refused) { fl_table(opcodes, check_row); }

static const row reserved[] = {
    { "rsv1 on a text", { F(FIN | RSV1 | TEXT, "x") }, "fail 1002" },
    { "rsv2 on a text", { F(FIN | RSV2 | TEXT, "x") }, "fail 1002" },
    { "rsv3 on a text", { F(FIN | RSV3 | TEXT, "x") }, "fail 1002" },
    { "all on bytes", { F(FIN | RSV1 | RSV2 | RSV3 | BIN, "x") }, "fail 1002" },
    { "rsv1 on a ping", { F(PING | RSV1, "x") }, "fail 1002" },
    { "rsv2 on a pong", { F(PONG | RSV2, "x") }, "fail 1002" },
    { "rsv3 on a close", { F(CLOSE | RSV3, "\x03\xE8") }, "fail 1002" },
    { "rsv1 on a continuation", { F(TEXT, "x"), F(FIN | CONT | RSV1, "y") }, "fail 1002" },
    { "behind a good message", { F(FIN | TEXT, "a"), F(FIN | RSV3 | TEXT, "x") }, "text 'a', fail 1002" },
};
FL_TEST(reserved_bits_are_refused_without_an_extension) { fl_table(reserved, check_row); }

static const row lengths[] = {
    { "126 for a length below 126", { BYTES("\x81\xFE\x00\x7D\x37\xFA\x21\x3D") }, "fail 1002" },
    { "127 for a length below 65536", { BYTES("\x82\xFF\x00\x00\x00\x00\x00\x00\xFF\xFF\x01\x01\x01\x01") }, "fail 1002" },
    { "127 with the highest bit", { BYTES("\x82\xFF\x80\x00\x00\x00\x00\x01\x00\x00\x01\x01\x01\x01z") }, "fail 1002" },
    { "127 with a length over every limit", { BYTES("\x82\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x01\x01\x01z") }, "fail 1009" },
};
FL_TEST(lengths_have_one_form_each) { fl_table(lengths, check_row); }

FL_TEST(payloads_of_every_size_class_come_whole)
{
    static const size_t sizes[] = { 1, 124, 125, 126, 127, 128, 4085, 4086, 4087, 4096, 65535, 65536, 65537, 1 << 20 };

    for (size_t i = 0; i < FL_LENGTH(sizes); i++) {
        fl_str payload = repeated("0123456789abcdef!", sizes[i]);
        fl_label("%zu bytes", sizes[i]);
        expect_told(frame_of(FIN | BIN, true, payload), &server, NULL,
                    sizes[i] > SHOWN ? fl_text("bytes of %zu", sizes[i]) : fl_text("bytes '%.*s'", FL_SHOW(payload)));
    }
}

FL_TEST(bytes_are_what_they_were_before_the_mask)
{
    const fl_websocket_options options = { 0 };
    fl_str payload = repeated("The quick brown fox, ", 100000);

    fl_websocket_engine *engine = engine_of(&server, &options);
    fl_websocket_engine_feed(engine, frame_of(FIN | TEXT, true, payload));
    fl_expect_equal((int)fl_websocket_engine_next(engine), (int)FL_ENGINE_MESSAGE);
    fl_expect_bytes(engine->message.bytes, payload);
}

static const row masks[] = {
    { "a text without a mask", { F_OTHER(FIN | TEXT, "Hello") }, "fail 1002" },
    { "an empty text without a mask", { F_OTHER(FIN | TEXT, "") }, "fail 1002" },
    { "a ping without a mask", { F_OTHER(PING, "") }, "fail 1002" },
    { "a close without a mask", { F_OTHER(CLOSE, "\x03\xE8") }, "fail 1002" },
    { "a continuation without a mask", { F(TEXT, "a"), F_OTHER(FIN | CONT, "b") }, "fail 1002" },
};
FL_TEST(a_server_refuses_frames_without_a_mask) { fl_table(masks, check_row); }

static void check_client_row(const void *data)
{
    const row *r = data;

    fl_label("%s", r->name);
    expect_told(wire_of(r->frames, true), &client, NULL, r->expected);
}

static const row to_client[] = {
    { "a text", { F(FIN | TEXT, "Hello") }, "text 'Hello'" },
    { "in parts", { F(TEXT, "He"), F(PING, "p"), F(FIN | CONT, "llo") }, "ping 'p', text 'Hello'" },
    { "a masked text", { F_OTHER(FIN | TEXT, "Hello") }, "fail 1002" },
    { "a masked ping", { F_OTHER(PING, "x") }, "fail 1002" },
    { "a masked close", { F_OTHER(CLOSE, "\x03\xE8") }, "fail 1002" },
    { "a close", { F(CLOSE, "\x03\xE9gone") }, "close 1001 'gone'" },
};
FL_TEST(a_client_refuses_frames_with_a_mask) { fl_table(to_client, check_client_row); }

/* -- 5.4: fragments -------------------------------------------------------------------------------------------------------- */

static const row fragments[] = {
    { "two", { F(TEXT, "Hel"), F(FIN | CONT, "lo") }, "text 'Hello'" },
    { "two of bytes", { F(BIN, "Hel"), F(FIN | CONT, "lo") }, "bytes 'Hello'" },
    { "five", { F(TEXT, "H"), F(CONT, "e"), F(CONT, "l"), F(CONT, "l"), F(FIN | CONT, "o") }, "text 'Hello'" },
    { "all empty", { F(TEXT, ""), F(CONT, ""), F(FIN | CONT, "") }, "text ''" },
    { "empty ones around", { F(TEXT, ""), F(CONT, "mid"), F(FIN | CONT, "") }, "text 'mid'" },
    { "a ping inside", { F(TEXT, "Hel"), F(PING, "p"), F(FIN | CONT, "lo") }, "ping 'p', text 'Hello'" },
    { "pings and pongs inside",
      { F(BIN, "a"), F(PING, "1"), F(CONT, "b"), F(PONG, "2"), F(PING, ""), F(FIN | CONT, "c") },
      "ping '1', pong '2', ping '', bytes 'abc'" },
    { "a close inside", { F(TEXT, "Hel"), F(CLOSE, "\x03\xE8"), F(FIN | CONT, "lo") }, "close 1000 ''" },
    { "two messages", { F(TEXT, "a"), F(FIN | CONT, "b"), F(BIN, "c"), F(FIN | CONT, "d") }, "text 'ab', bytes 'cd'" },
    { "a continuation of nothing", { F(FIN | CONT, "x") }, "fail 1002" },
    { "a continuation of nothing, not the last", { F(CONT, "x"), F(FIN | CONT, "y") }, "fail 1002" },
    { "a continuation behind a whole message", { F(FIN | TEXT, "a"), F(FIN | CONT, "x") }, "text 'a', fail 1002" },
    { "a continuation behind the last one", { F(TEXT, "a"), F(FIN | CONT, "b"), F(CONT, "x") }, "text 'ab', fail 1002" },
    { "a text inside of a text", { F(TEXT, "a"), F(FIN | TEXT, "b") }, "fail 1002" },
    { "bytes inside of a text", { F(TEXT, "a"), F(CONT, "b"), F(BIN, "c") }, "fail 1002" },
    { "a text begun inside of a text", { F(TEXT, "a"), F(TEXT, "b"), F(FIN | CONT, "c") }, "fail 1002" },
};
FL_TEST(fragments_join_and_nothing_else_comes_between) { fl_table(fragments, check_row); }

FL_TEST(a_message_of_a_thousand_fragments_with_pings_comes_whole)
{
    fl_buf wire = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    put_frame(&wire, TEXT, true, fl_lit("x"));
    for (int i = 0; i < 998; i++)
        put_frame(&wire, CONT, true, fl_lit("x"));
    put_frame(&wire, PING, true, fl_lit("!"));
    put_frame(&wire, FIN | CONT, true, fl_lit("x"));
    expect_told(fl_buf_str(&wire), &server, NULL, "ping '!', text of 1000");
}

/* -- 5.5: control frames --------------------------------------------------------------------------------------------------- */

#define TEN "0123456789"
#define MOST_OF_A_CONTROL TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "01234"

static const row controls[] = {
    { "a ping of 125", { F(PING, MOST_OF_A_CONTROL) }, "ping of 125" },
    { "a pong of 125", { F(PONG, MOST_OF_A_CONTROL) }, "pong of 125" },
    { "a ping of 126", { F(PING, MOST_OF_A_CONTROL "5") }, "fail 1002" },
    { "a pong of 126", { F(PONG, MOST_OF_A_CONTROL "5") }, "fail 1002" },
    { "a close of 126", { F(CLOSE, "\x03\xE8" MOST_OF_A_CONTROL) }, "fail 1002" },
    { "a ping in parts", { F(PING & ~FIN, "a"), F(FIN | CONT, "b") }, "fail 1002" },
    { "a pong in parts", { F(PONG & ~FIN, "a") }, "fail 1002" },
    { "a close in parts", { F(CLOSE & ~FIN, "\x03\xE8") }, "fail 1002" },
    { "a ping in parts inside of a text", { F(TEXT, "a"), F(PING & ~FIN, "b"), F(FIN | CONT, "c") }, "fail 1002" },
    { "ten pings",
      { F(PING, "1"), F(PING, "2"), F(PING, "3"), F(PING, "4"), F(PING, "5"), F(PING, "6"), F(PING, "7"), F(PING, "8") },
      "ping '1', ping '2', ping '3', ping '4', ping '5', ping '6', ping '7', ping '8'" },
};
FL_TEST(control_frames_are_short_and_whole) { fl_table(controls, check_row); }

/* -- 5.5.1, 7.4: closing --------------------------------------------------------------------------------------------------- */

static const row closes[] = {
    { "without a payload", { F(CLOSE, "") }, "close 1005 ''" },
    { "half a code", { F(CLOSE, "\x03") }, "fail 1002" },
    { "a code", { F(CLOSE, "\x03\xE8") }, "close 1000 ''" },
    { "a code and a reason",
      { F(CLOSE, "\x03\xE8"
                 "bye") },
      "close 1000 'bye'" },
    { "a reason in UTF-8",
      { F(CLOSE, "\x03\xE8"
                 "adi\xC3\xB3s") },
      "close 1000 'adi\xC3\xB3s'" },
    { "the longest reason", { F(CLOSE, "\x03\xE8" TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "012") }, "close 1000 of 123" },
    { "a reason that is not UTF-8",
      { F(CLOSE, "\x03\xE8"
                 "a\xFF") },
      "fail 1007" },
    { "a reason that ends inside of a code point",
      { F(CLOSE, "\x03\xE8"
                 "a\xE2\x82") },
      "fail 1007" },
    { "a reason with a surrogate", { F(CLOSE, "\x03\xE8\xED\xA0\x80") }, "fail 1007" },
    { "a text behind it", { F(CLOSE, "\x03\xE8"), F(FIN | TEXT, "late") }, "close 1000 ''" },
    { "a ping behind it", { F(CLOSE, "\x03\xE8"), F(PING, "late") }, "close 1000 ''" },
    { "another behind it", { F(CLOSE, "\x03\xE8"), F(CLOSE, "\x03\xE9") }, "close 1000 ''" },
    { "a text before it", { F(FIN | TEXT, "a"), F(CLOSE, "\x03\xE8") }, "text 'a', close 1000 ''" },
};
FL_TEST(close_frames_have_a_code_and_a_reason_or_nothing) { fl_table(closes, check_row); }

typedef struct codes { int from, to; bool good; } codes;

static void check_codes(const void *data)
{
    const codes *c = data;

    for (int code = c->from; code <= c->to; code++) {
        char payload[] = { (char)(code >> 8), (char)code, 'x' };
        fl_label("%d", code);
        fl_expect_text(told(frame_of(CLOSE, true, fl_str_n(payload, 3)), 1000, &server, NULL),
                       c->good ? fl_text("close %d 'x'", code) : "fail 1002");
    }
}

static const codes all_codes[] = {
    { 0, 0, false },      { 1, 3, false },       { 999, 999, false },   { 1000, 1003, true },  { 1004, 1006, false },
    { 1007, 1014, true }, { 1015, 1020, false }, { 1100, 1101, false }, { 2000, 2001, false }, { 2998, 2999, false },
    { 3000, 3003, true }, { 3998, 4001, true },  { 4998, 4999, true },  { 5000, 5001, false }, { 65534, 65535, false },
};
FL_TEST(close_codes_that_may_not_be_sent_are_refused) { fl_table(all_codes, check_codes); }

/* -- limits ---------------------------------------------------------------------------------------------------------------- */

static const fl_websocket_options small = { .max_message = 10, .max_frame = 8 };

static void check_small(const void *data)
{
    const row *r = data;

    fl_label("%s", r->name);
    expect_told(wire_of(r->frames, false), &server, &small, r->expected);
}

static const row limits[] = {
    { "a frame at its limit", { F(FIN | TEXT, "12345678") }, "text '12345678'" },
    { "a frame over it", { F(FIN | TEXT, "123456789") }, "fail 1009" },
    { "a message at its limit", { F(TEXT, "12345"), F(CONT, "1234"), F(FIN | CONT, "5") }, "text '1234512345'" },
    { "a message over it", { F(TEXT, "12345"), F(CONT, "12345"), F(FIN | CONT, "6") }, "fail 1009" },
    { "over it while it goes on", { F(BIN, "12345"), F(CONT, "12345"), F(CONT, "6") }, "fail 1009" },
    { "a control frame does not count",
      { F(TEXT, "12345"), F(PING, "1234567890123"), F(FIN | CONT, "12345") },
      "ping '1234567890123', text '1234512345'" },
    { "the next message begins anew",
      { F(TEXT, "12345678"), F(FIN | CONT, ""), F(FIN | TEXT, "12345678") },
      "text '12345678', text '12345678'" },
};
FL_TEST(what_is_over_the_limits_is_refused_with_1009) { fl_table(limits, check_small); }

FL_TEST(a_frame_over_the_limit_is_refused_by_its_header_and_takes_no_memory)
{
    const fl_websocket_options options = { .max_message = 100 << 20 };

    fl_websocket_engine *engine = engine_of(&server, &options);
    fl_websocket_engine_feed(engine, fl_lit("\x82\xFF\x00\x00\x00\x00\x06\x00\x00\x00\x01\x01\x01\x01z"));
    fl_expect_equal((int)fl_websocket_engine_next(engine), (int)FL_ENGINE_MORE);
    fl_expect(fl_arena_used(engine->arena) < 65536);          /* a hundred megabytes were announced, one byte came */
    engine = engine_of(&server, &options);
    fl_websocket_engine_feed(engine, fl_lit("\x82\xFF\x00\x00\x00\x00\x06\x40\x00\x01\x01\x01\x01\x01z"));
    fl_expect_equal((int)fl_websocket_engine_next(engine), (int)FL_ENGINE_FAILED);
    fl_expect_equal(engine->code, 1009);
    fl_expect(engine->arena == NULL);
}

/* -- what is sent ---------------------------------------------------------------------------------------------------------- */

static fl_str made(fl_websocket_engine *engine, fl_engine_opcode opcode, fl_str payload)
{
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_websocket_frame made;

    fl_expect_ok(fl_websocket_frame_make(engine, opcode, false, payload, &made));
    fl_buf_add_n(&out, made.header, made.header_size);
    fl_buf_add(&out, made.payload);
    fl_websocket_frame_end(&made);
    return fl_buf_str(&out);
}

FL_TEST(a_server_sends_without_a_mask_and_copies_nothing)
{
    static const size_t sizes[] = { 0, 1, 125, 126, 65535, 65536, 300000 };
    const fl_websocket_options options = { 0 };
    fl_websocket_frame frame;

    fl_websocket_engine *engine = engine_of(&server, &options);
    for (size_t i = 0; i < FL_LENGTH(sizes); i++) {
        fl_str payload = repeated("abc", sizes[i]);
        fl_expect_bytes(made(engine, FL_OPCODE_BYTES, payload), frame_of(FIN | BIN, false, payload));
        fl_expect_ok(fl_websocket_frame_make(engine, FL_OPCODE_BYTES, false, payload, &frame));
        fl_expect_same(frame.payload.data, payload.data);
    }
}

FL_TEST(a_client_masks_what_it_sends_anew_each_time)
{
    const fl_websocket_options options = { 0 };
    fl_str payload = repeated("Hello, ", 9000);

    fl_websocket_engine *engine = engine_of(&client, &options);
    fl_str first = made(engine, FL_OPCODE_TEXT, payload), second = made(engine, FL_OPCODE_TEXT, payload);
    fl_expect(!fl_str_equal(first, second));
    fl_expect(!fl_str_find(first, fl_lit("Hello, Hello, "), NULL));
    fl_expect_text(told(first, 1000, &server, NULL), "text of 9000");
    fl_expect_text(told(second, 1000, &server, NULL), "text of 9000");
    fl_expect_text(told(made(engine, FL_OPCODE_PING, fl_lit("")), 1000, &server, NULL), "ping ''");
}
