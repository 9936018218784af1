/* Compressed messages (RFC 7692): its own examples, byte by byte, and what an attacker may send. */
#include <zlib.h>
#include "wire.h"

typedef struct row { const char *name; wire_frame frames[FRAMES]; const char *expected; } row;

static const fl_websocket_agreed kept = { .deflate = true, .bits_in = 15, .bits_out = 12 };
static const fl_websocket_agreed fresh = { .deflate = true, .bits_in = 15, .bits_out = 12, .fresh_in = true, .fresh_out = true };

static void check_kept(const void *data)
{
    const row *r = data;

    fl_label("%s", r->name);
    expect_told(wire_of(r->frames, false), &kept, NULL, r->expected);
}

static void check_fresh(const void *data)
{
    const row *r = data;

    fl_label("%s", r->name);
    expect_told(wire_of(r->frames, false), &fresh, NULL, r->expected);
}

#define HELLO "\xF2\x48\xCD\xC9\xC9\x07\x00"
enum { ZTEXT = FIN | RSV1 | TEXT, ZTEXT_BEGIN = RSV1 | TEXT };

/* 7.2.3.1 to 7.2.3.6 */
static const row examples[] = {
    { "one block", { F(ZTEXT, HELLO) }, "text 'Hello'" },
    { "two frames", { F(ZTEXT_BEGIN, "\xF2\x48\xCD"), F(FIN | CONT, "\xC9\xC9\x07\x00") }, "text 'Hello'" },
    { "a ping between its frames",
      { F(ZTEXT_BEGIN, "\xF2\x48\xCD"), F(PING, "p"), F(FIN | CONT, "\xC9\xC9\x07\x00") },
      "ping 'p', text 'Hello'" },
    { "the window is shared", { F(ZTEXT, HELLO), F(ZTEXT, "\xF2\x00\x11\x00\x00") }, "text 'Hello', text 'Hello'" },
    { "a block that is stored", { F(ZTEXT, "\x00\x05\x00\xFA\xFF\x48\x65\x6C\x6C\x6F\x00") }, "text 'Hello'" },
    { "a last block", { F(ZTEXT, "\xF3\x48\xCD\xC9\xC9\x07\x00\x00") }, "text 'Hello'" },
    { "a message behind a last block",
      { F(ZTEXT, "\xF3\x48\xCD\xC9\xC9\x07\x00\x00"), F(ZTEXT, HELLO) },
      "text 'Hello', text 'Hello'" },
    { "two blocks", { F(ZTEXT, "\xF2\x48\x05\x00\x00\x00\xFF\xFF\xCA\xC9\xC9\x07\x00") }, "text 'Hello'" },
    { "an empty message", { F(ZTEXT, "\x00") }, "text ''" },
    { "one that is not compressed", { F(ZTEXT, HELLO), F(FIN | TEXT, "plain") }, "text 'Hello', text 'plain'" },
    { "bytes", { F(FIN | RSV1 | BIN, HELLO) }, "bytes 'Hello'" },
};
FL_TEST(the_examples_of_the_rfc_are_read) { fl_table(examples, check_kept); }

static const row apart[] = {
    { "each by itself", { F(ZTEXT, HELLO), F(ZTEXT, HELLO) }, "text 'Hello', text 'Hello'" },
    { "a window that was agreed away", { F(ZTEXT, HELLO), F(ZTEXT, "\xF2\x00\x11\x00\x00") }, "text 'Hello', fail 1007" },
};
FL_TEST(without_context_each_message_stands_by_itself) { fl_table(apart, check_fresh); }

static const row refused[] = {
    { "rsv1 on a continuation", { F(ZTEXT_BEGIN, "\xF2\x48\xCD"), F(FIN | RSV1 | CONT, "\xC9\xC9\x07\x00") }, "fail 1002" },
    { "rsv1 on a continuation of plain text", { F(TEXT, "a"), F(FIN | RSV1 | CONT, "b") }, "fail 1002" },
    { "rsv1 on a ping", { F(PING | RSV1, HELLO) }, "fail 1002" },
    { "rsv1 on a pong", { F(PONG | RSV1, HELLO) }, "fail 1002" },
    { "rsv1 on a close", { F(CLOSE | RSV1, "\x03\xE8") }, "fail 1002" },
    { "rsv1 and rsv2", { F(ZTEXT | RSV2, HELLO) }, "fail 1002" },
    { "rsv3", { F(FIN | RSV3 | TEXT, HELLO) }, "fail 1002" },
    { "a reserved kind of block", { F(ZTEXT, "\x07\x00") }, "fail 1007" },
    { "no deflate", { F(ZTEXT, "\xFF\xFF\xFF\xFF") }, "fail 1007" },
    { "the end inside of a block", { F(ZTEXT, "\xF2\x48\xCD") }, "fail 1007" },
    { "a distance before the beginning", { F(ZTEXT, "\xF2\x00\x11\x00\x00") }, "fail 1007" },
    { "not UTF-8 inside", { F(ZTEXT, "\x00\x02\x00\xFD\xFF\x61\xFF\x00") }, "fail 1007" },
    { "cut short inside", { F(ZTEXT, "\x00\x02\x00\xFD\xFF\xE2\x82\x00") }, "fail 1007" },
    { "not UTF-8, but bytes", { F(FIN | RSV1 | BIN, "\x00\x01\x00\xFE\xFF\xFF\x00") }, "bytes '\xFF'" },
};
FL_TEST(what_is_not_compression_is_refused) { fl_table(refused, check_kept); }

/* -- sizes ----------------------------------------------------------------------------------------------------------------- */

/* As a peer would, with zlib itself. */
static fl_str deflated(fl_str bytes, int bits)
{
    size_t most = bytes.size + bytes.size / 8 + 100;
    char *out = fl_alloc(most);
    z_stream stream = { .next_in = (Bytef *)(uintptr_t)bytes.data,
                        .avail_in = (unsigned)bytes.size,
                        .next_out = (Bytef *)out,
                        .avail_out = (unsigned)most };

    fl_expect_equal(deflateInit2(&stream, 9, Z_DEFLATED, -bits, 9, Z_DEFAULT_STRATEGY), Z_OK);
    fl_expect_equal(deflate(&stream, Z_SYNC_FLUSH), Z_OK);
    (void)deflateEnd(&stream);
    return fl_str_n(out, stream.total_out - 4);
}

FL_TEST(a_bomb_is_refused_and_takes_no_more_than_a_message_may)
{
    static const char zeros[1 << 16];
    const fl_websocket_options options = { .max_message = 100000 };
    fl_buf much = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    for (int i = 0; i < 256; i++)
        fl_buf_add_n(&much, zeros, sizeof zeros);
    fl_str bomb = deflated(fl_buf_str(&much), 15);
    fl_expect(bomb.size < 20000);                    /* 16 MiB */
    fl_websocket_engine *engine = engine_of(&kept, &options);
    fl_websocket_engine_feed(engine, frame_of(FIN | RSV1 | BIN, true, bomb));
    fl_expect_equal((int)fl_websocket_engine_next(engine), (int)FL_ENGINE_FAILED);
    fl_expect_equal(engine->code, 1009);
    fl_expect(fl_arena_used(engine->arena) <= 5 * 100000);
}

FL_TEST(a_message_at_its_limit_inflated_is_taken_and_one_over_it_is_not)
{
    const fl_websocket_options options = { .max_message = 5000 };

    expect_told(frame_of(FIN | RSV1 | BIN, true, deflated(repeated("ab", 5000), 15)), &kept, &options, "bytes of 5000");
    expect_told(frame_of(FIN | RSV1 | BIN, true, deflated(repeated("ab", 5001), 15)), &kept, &options, "fail 1009");
}

/* Empty stored blocks inflate to nothing, as many as one likes. */
FL_TEST(a_compressed_message_may_not_be_long_on_the_wire_either)
{
    const fl_websocket_options options = { .max_message = 5000, .max_frame = 100000 };
    fl_str blocks = repeated("\x02\x02\x02\x02\x02", 50000);

    fl_expect_text(told(frame_of(FIN | RSV1 | BIN, true, blocks), 4096, &kept, &options), "fail 1009");
}

FL_TEST(every_window_is_read_with_its_size)
{
    fl_str text = repeated("Django for people who write C; ", 60000);

    for (int bits = 9; bits <= 15; bits++) {
        const fl_websocket_agreed agreed = { .deflate = true, .bits_in = bits, .bits_out = 12 };
        fl_label("%d bits", bits);
        expect_told(frame_of(ZTEXT, true, deflated(text, bits)), &agreed, NULL, "text of 60000");
    }
}

/* -- what is sent ---------------------------------------------------------------------------------------------------------- */

FL_TEST(what_is_compressed_here_is_read_there)
{
    static const size_t sizes[] = { 0, 1, 127, 5000, 70000, 900000 };

    for (int bits = 9; bits <= 15; bits += 3) {
        const fl_websocket_agreed peer = { .deflate = true, .bits_in = bits };
        fl_websocket_deflater deflater = { 0 };
        fl_buf wire = fl_buf_in(fl_arena_here(), FL_NO_LIMIT), expected = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
        for (size_t i = 0; i < FL_LENGTH(sizes); i++) {
            fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
            fl_str text = repeated("a text, and another one; 0123456789 ", sizes[i]);
            fl_expect_ok(fl_websocket_deflate(&deflater, bits, text, &out));
            put_frame(&wire, ZTEXT, true, fl_buf_str(&out));
            say(&expected, "text", text);
        }
        fl_websocket_deflater_end(&deflater);
        fl_expect_text(told(fl_buf_str(&wire), 4096, &peer, NULL), fl_buf_c(&expected));
    }
}

FL_TEST(bytes_that_cannot_be_compressed_come_through)
{
    const fl_websocket_agreed peer = { .deflate = true, .bits_in = 12 };
    const fl_websocket_options options = { 0 };
    char *noise = fl_alloc(200000);
    fl_websocket_deflater deflater = { 0 };
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_random_bytes(noise, 200000);
    fl_expect_ok(fl_websocket_deflate(&deflater, 12, fl_str_n(noise, 200000), &out));
    fl_websocket_deflater_end(&deflater);
    fl_websocket_engine *engine = engine_of(&peer, &options);
    fl_websocket_engine_feed(engine, frame_of(FIN | RSV1 | BIN, true, fl_buf_str(&out)));
    fl_expect_equal((int)fl_websocket_engine_next(engine), (int)FL_ENGINE_MESSAGE);
    fl_expect_bytes(engine->message.bytes, fl_str_n(noise, 200000));
}

FL_TEST(the_second_of_two_equal_messages_is_shorter_with_context)
{
    fl_str text = fl_lit("{\"kind\": \"move\", \"player\": \"ada\", \"from\": [3, 4], \"to\": [7, 8]}");
    fl_websocket_deflater deflater = { 0 };
    fl_buf first = fl_buf_in(fl_arena_here(), 1000), second = fl_buf_in(fl_arena_here(), 1000);

    fl_expect_ok(fl_websocket_deflate(&deflater, 12, text, &first));
    fl_expect_ok(fl_websocket_deflate(&deflater, 12, text, &second));
    fl_websocket_deflater_end(&deflater);
    fl_expect(second.size * 4 < first.size);
}
