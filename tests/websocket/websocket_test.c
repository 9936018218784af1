/* A WebSocket on its connection: messages there and back, pings, both ends of the closing handshake, peers that vanish or
 * stall. */
#include "pair.h"
#include <poll.h>

/* -- messages -------------------------------------------------------------------------------------------------------------- */

FL_TEST(messages_are_answered_in_a_straight_loop)
{
    pair p = server_pair(NULL);
    fl_fiber *server = fl_spawn_joinable(echo, p.ws);

    peer_says(&p, FIN | TEXT, fl_lit("Hello"));
    peer_hears(p.peer, FIN | TEXT, fl_lit("Hello"));
    peer_says(&p, BIN, fl_lit("ab"));
    peer_says(&p, FIN | CONT, fl_lit("cd"));
    peer_hears(p.peer, FIN | BIN, fl_lit("abcd"));
    peer_says(&p, FIN | TEXT, fl_lit(""));
    peer_hears(p.peer, FIN | TEXT, fl_lit(""));
    peer_says(&p, CLOSE,
              fl_lit("\x03\xE8"
                     "bye"));
    peer_hears(p.peer, CLOSE, fl_lit("\x03\xE8"));
    peer_hears_end(p.peer);
    fl_join(server);
    expect_end(p.ws, 1000, "bye", 1000);
    fl_expect_contains(fl_websocket_ending(p.ws)->why, "peer");
}

FL_TEST(messages_of_every_size_are_answered)
{
    static const size_t sizes[] = { 1, 125, 126, 1023, 1024, 1025, 5000, 65535, 65536, 500000, 1 << 20 };
    pair p = server_pair(NULL);
    fl_fiber *server = fl_spawn_joinable(echo, p.ws);

    for (size_t i = 0; i < FL_LENGTH(sizes); i++)
        fl_scope {
            fl_str text = repeated("0123456789abcdefghijk", sizes[i]);
            peer_says(&p, FIN | TEXT, text);
            peer_hears(p.peer, FIN | TEXT, text);
        }
    peer_says(&p, CLOSE, fl_lit(""));
    peer_hears(p.peer, CLOSE, fl_lit(""));
    fl_join(server);
    expect_end(p.ws, 1005, "", 1005);
}

FL_TEST(bytes_that_came_with_the_handshake_come_first)
{
    const fl_websocket_agreed agreed = { .status = 101 };
    fl_str whole = frame_of(FIN | TEXT, true, fl_lit("early")), next = frame_of(FIN | TEXT, true, fl_lit("late"));
    fl_buf bytes = fl_buf_in(fl_arena_here(), 1000);
    fl_websocket_message m;

    fl_buf_add(&bytes, whole);
    fl_buf_add(&bytes, fl_str_slice(next, 0, 3));
    pair p = pair_of(&agreed, NULL, fl_buf_str(&bytes));
    memset(bytes.data, 0, bytes.size);               /* the caller's again */
    fl_expect(fl_websocket_next(p.ws, &m));
    fl_expect_bytes(m.bytes, fl_lit("early"));
    fl_write(p.peer, next.data + 3, next.size - 3);
    fl_expect(fl_websocket_next(p.ws, &m));
    fl_expect_bytes(m.bytes, fl_lit("late"));
}

FL_TEST(the_memory_of_a_message_is_taken_back_by_the_next)
{
    pair p = server_pair(NULL);
    fl_str text = repeated("x", 100000);
    fl_websocket_message m;
    size_t arenas = fl_arena_live(), here = fl_arena_used(fl_arena_here());

    for (int i = 0; i < 20; i++) {
        fl_scope {
            peer_says(&p, FIN | TEXT, fl_str_slice(text, 0, 4000));
            peer_says(&p, TEXT, text);               /* more than the socket holds at once comes in its own time */
            peer_says(&p, FIN | CONT, text);
        }
        fl_expect(fl_websocket_next(p.ws, &m));
        fl_expect(fl_websocket_next(p.ws, &m));
        fl_expect_equal(m.bytes.size, 200000u);
    }
    fl_expect_equal(fl_arena_live(), arenas + 1);
    fl_expect_equal(fl_arena_used(fl_arena_here()), here);
}

FL_TEST(pings_are_answered_with_what_they_say)
{
    pair p = server_pair(NULL);
    fl_fiber *server = fl_spawn_joinable(echo, p.ws);

    peer_says(&p, PING, fl_lit("are you there"));
    peer_hears(p.peer, PONG, fl_lit("are you there"));
    peer_says(&p, TEXT, fl_lit("a"));
    peer_says(&p, PING, fl_lit(""));
    peer_hears(p.peer, PONG, fl_lit(""));
    peer_says(&p, PONG, fl_lit("unasked"));
    peer_says(&p, FIN | CONT, fl_lit("b"));
    peer_hears(p.peer, FIN | TEXT, fl_lit("ab"));
    fl_websocket_ping(p.ws, fl_lit("mine"));
    peer_hears(p.peer, PING, fl_lit("mine"));
    fl_cancel(server);
    fl_expect(fl_error_is(fl_try_join(server), FL_CANCELLED));
}

/* -- what the peer does wrong ---------------------------------------------------------------------------------------------- */

typedef struct wrong { const char *name; wire_frame frames[FRAMES]; const char *close; int sent; } wrong;

static void check_wrong(const void *data)
{
    const wrong *w = data;
    pair p = server_pair(&(fl_websocket_options){ .max_message = 100 });
    fl_fiber *server = fl_spawn_joinable(echo, p.ws);
    fl_str bytes = wire_of(w->frames, false);

    fl_label("%s", w->name);
    fl_write(p.peer, bytes.data, bytes.size);
    peer_hears(p.peer, CLOSE, fl_str_n(w->close, 2));
    peer_hears_end(p.peer);
    fl_shutdown(p.peer);
    fl_join(server);
    expect_end(p.ws, 1006, "", w->sent);
    fl_expect_differs(fl_websocket_ending(p.ws)->why[0], '\0');
}

static const wrong wrongs[] = {
    { "a reserved opcode", { F(FIN | 3, "x") }, "\x03\xEA", 1002 },
    { "no mask", { F_OTHER(FIN | TEXT, "x") }, "\x03\xEA", 1002 },
    { "half a code", { F(CLOSE, "\x03") }, "\x03\xEA", 1002 },
    { "a code that may not be", { F(CLOSE, "\x03\xED") }, "\x03\xEA", 1002 },
    { "not UTF-8", { F(FIN | TEXT, "\xFF") }, "\x03\xEF", 1007 },
    { "too much",
      { F(FIN | BIN, "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901") },
      "\x03\xF1",
      1009 },
};

FL_TEST(a_fault_is_answered_with_its_code_and_ends_the_connection) { fl_table(wrongs, check_wrong); }

/* Unread bytes at close would reset the connection, and our Close would be lost. */
FL_TEST(a_peer_that_goes_on_sending_still_hears_why_it_was_refused)
{
    pair p = server_pair(&(fl_websocket_options){ .max_message = 1000 });
    fl_fiber *server = fl_spawn_joinable(echo, p.ws);
    fl_str text = repeated("x", 100000);

    peer_says(&p, FIN | TEXT, text);
    peer_says(&p, FIN | TEXT, text);
    peer_hears(p.peer, CLOSE, fl_lit("\x03\xF1"));
    fl_shutdown(p.peer);
    fl_join(server);
    expect_end(p.ws, 1006, "", 1009);
}

FL_TEST(a_peer_that_never_ends_is_left_when_the_time_is_up)
{
    pair p = server_pair(&(fl_websocket_options){ .close_timeout = FL_MILLISECONDS(20) });
    fl_fiber *server = fl_spawn_joinable(echo, p.ws);

    peer_says(&p, FIN | TEXT, fl_lit("\xFF"));
    fl_join(server);                                 /* the peer neither reads nor closes */
    expect_end(p.ws, 1006, "", 1007);
}

FL_TEST(a_compressed_bomb_ends_in_1009)
{
    const fl_websocket_agreed agreed = { .deflate = true, .bits_in = 15, .bits_out = 12 };
    pair p = pair_of(&agreed, &(fl_websocket_options){ .max_message = 200 }, (fl_str){ 0 });
    fl_fiber *server = fl_spawn_joinable(echo, p.ws);
    fl_websocket_deflater deflater = { 0 };
    fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);

    fl_expect_ok(fl_websocket_deflate(&deflater, 15, repeated("z", 100000), &out));
    fl_websocket_deflater_end(&deflater);
    fl_expect(out.size < 200);
    peer_says(&p, FIN | RSV1 | TEXT, fl_buf_str(&out));
    peer_hears(p.peer, CLOSE, fl_lit("\x03\xF1"));
    fl_shutdown(p.peer);
    fl_join(server);
    expect_end(p.ws, 1006, "", 1009);
}

/* -- peers that vanish ----------------------------------------------------------------------------------------------------- */

FL_TEST(a_peer_that_vanishes_ends_it_with_1006)
{
    pair p = server_pair(NULL);
    fl_websocket_message m;

    peer_says(&p, TEXT, fl_lit("half a mess"));
    fl_shutdown(p.peer);
    fl_expect(!fl_websocket_next(p.ws, &m));
    fl_expect(!fl_websocket_next(p.ws, &m));         /* and again */
    expect_end(p.ws, 1006, "", 0);
    fl_expect_equal(fl_websocket_try_send(p.ws, FL_WEBSOCKET_TEXT, fl_lit("x")), -EPIPE);
    fl_expect_equal(fl_websocket_try_ping(p.ws, fl_lit("")), -EPIPE);
    fl_expect_ok(fl_websocket_try_close(p.ws, 1000, fl_lit("")));
}

FL_TEST(silence_is_asked_about_and_an_answer_is_enough)
{
    pair p = server_pair(&(fl_websocket_options){ .ping_every = FL_MILLISECONDS(5), .ping_timeout = FL_SECONDS(15) });
    fl_fiber *server = fl_spawn_joinable(echo, p.ws);

    for (int i = 0; i < 3; i++) {
        peer_hears(p.peer, PING, fl_lit(""));
        peer_says(&p, PONG, fl_lit(""));
    }
    peer_hears(p.peer, PING, fl_lit(""));
    peer_says(&p, CLOSE, fl_lit("\x03\xE9"));
    peer_hears(p.peer, CLOSE, fl_lit("\x03\xE9"));
    fl_join(server);
    expect_end(p.ws, 1001, "", 1001);
}

FL_TEST(a_peer_that_answers_no_ping_is_told_1011_and_left)
{
    pair p = server_pair(&(fl_websocket_options){ .ping_every = FL_MILLISECONDS(5), .ping_timeout = FL_MILLISECONDS(5) });
    fl_websocket_message m;

    fl_expect(!fl_websocket_next(p.ws, &m));
    expect_end(p.ws, 1006, "", 1011);
    fl_expect_contains(fl_websocket_ending(p.ws)->why, "ping");
    peer_hears(p.peer, PING, fl_lit(""));
    peer_hears(p.peer, CLOSE, fl_lit("\x03\xF3"));
    peer_hears_end(p.peer);
}

FL_TEST(no_ping_is_sent_where_none_is_wanted)
{
    pair p = server_pair(&(fl_websocket_options){ .ping_every = FL_FOREVER, .ping_timeout = FL_MILLISECONDS(1) });
    fl_fiber *server = fl_spawn_joinable(echo, p.ws);

    fl_sleep(FL_MILLISECONDS(20));
    peer_says(&p, FIN | TEXT, fl_lit("x"));
    peer_hears(p.peer, FIN | TEXT, fl_lit("x"));     /* nothing before it */
    peer_says(&p, CLOSE, fl_lit(""));
    fl_join(server);
}

static void send_much(void *data)
{
    fl_str much = repeated("x", 1 << 20);

    for (;;)
        fl_websocket_send(data, FL_WEBSOCKET_BYTES, much);
}

FL_TEST(a_peer_that_takes_nothing_is_left)
{
    pair p = server_pair(&(fl_websocket_options){ .ping_timeout = FL_MILLISECONDS(10) });
    fl_websocket_message m;

    fl_expect_error(FL_TIMEOUT, send_much, p.ws);
    fl_expect(!fl_websocket_next(p.ws, &m));
    expect_end(p.ws, 1006, "", 0);
    fl_expect_equal(fl_websocket_try_send(p.ws, FL_WEBSOCKET_TEXT, fl_lit("x")), -EPIPE);
}

/* -- closing --------------------------------------------------------------------------------------------------------------- */

typedef struct closing { fl_websocket *ws; int code; const char *reason; } closing;

static void close_it(void *data)
{
    closing *c = data;
    fl_websocket_close(c->ws, c->code, c->reason);
}

typedef struct listening { fl_websocket *ws; size_t count; } listening;

static void listen_to_all(void *data)
{
    listening *l = data;
    fl_websocket_message m;

    for (; fl_websocket_next(l->ws, &m); l->count++)
        fl_expect_bytes(m.bytes, fl_lit("last words"));
}

FL_TEST(closing_waits_for_the_peer_to_agree)
{
    pair p = server_pair(NULL);
    closing c = { p.ws, 4000, "enough" };
    fl_fiber *closer = fl_spawn_joinable(close_it, &c);

    peer_hears(p.peer, CLOSE,
               fl_lit("\x0F\xA0"
                      "enough"));
    fl_expect_equal(fl_websocket_ending(p.ws)->code, 0);
    fl_expect_equal(fl_websocket_try_send(p.ws, FL_WEBSOCKET_TEXT, fl_lit("x")), -EPIPE);
    peer_says(&p, FIN | TEXT, fl_lit("thrown away"));
    peer_says(&p, PING, fl_lit("not answered any more"));
    peer_says(&p, CLOSE, fl_lit("\x0F\xA0"));
    peer_hears_end(p.peer);
    fl_join(closer);
    expect_end(p.ws, 4000, "", 4000);
    fl_expect_contains(fl_websocket_ending(p.ws)->why, "we");
}

FL_TEST(while_it_closes_the_one_who_reads_gets_what_still_comes)
{
    pair p = server_pair(NULL);
    closing c = { p.ws, 1000, "" };
    listening l = { .ws = p.ws };
    fl_fiber *reader = fl_spawn_joinable(listen_to_all, &l);

    fl_yield();
    fl_fiber *closer = fl_spawn_joinable(close_it, &c);
    peer_hears(p.peer, CLOSE, fl_lit("\x03\xE8"));
    peer_says(&p, FIN | TEXT, fl_lit("last words"));
    peer_says(&p, CLOSE, fl_lit("\x03\xE8"));
    fl_join(reader);
    fl_join(closer);
    fl_expect_equal(l.count, 1u);
    expect_end(p.ws, 1000, "", 1000);
}

FL_TEST(who_comes_to_read_while_another_fiber_closes_waits_for_the_end)
{
    pair p = server_pair(NULL);
    closing c = { p.ws, 1000, "" };
    listening l = { .ws = p.ws };
    fl_fiber *closer = fl_spawn_joinable(close_it, &c);

    peer_hears(p.peer, CLOSE, fl_lit("\x03\xE8"));
    fl_fiber *reader = fl_spawn_joinable(listen_to_all, &l);
    peer_says(&p, FIN | TEXT, fl_lit("thrown away"));
    fl_yield();
    fl_cancel(closer);                               /* the other one goes on */
    fl_expect(fl_error_is(fl_try_join(closer), FL_CANCELLED));
    peer_says(&p, CLOSE, fl_lit("\x03\xE8"));
    fl_join(reader);
    fl_expect_equal(l.count, 0u);
    expect_end(p.ws, 1000, "", 1000);
}

static void read_once(void *data)
{
    fl_websocket_message m;
    fl_expect(fl_websocket_next(data, &m));
}

FL_TEST(a_reader_that_does_not_come_back_holds_up_no_close)
{
    pair p = server_pair(&(fl_websocket_options){ .close_timeout = FL_MILLISECONDS(10) });
    fl_fiber *reader = fl_spawn_joinable(read_once, p.ws);

    fl_yield();
    peer_says(&p, FIN | TEXT, fl_lit("once"));
    fl_websocket_close(p.ws, 1000, "");
    fl_join(reader);
    expect_end(p.ws, 1006, "", 1000);
}

FL_TEST(a_peer_that_does_not_agree_is_left_when_the_time_is_up)
{
    pair p = server_pair(&(fl_websocket_options){ .close_timeout = FL_MILLISECONDS(10) });

    fl_websocket_close(p.ws, 1000, "");
    expect_end(p.ws, 1006, "", 1000);
    fl_expect_contains(fl_websocket_ending(p.ws)->why, "in time");
    pair q = server_pair(&(fl_websocket_options){ .close_timeout = FL_MILLISECONDS(10) });
    fl_fiber *reader = fl_spawn_joinable(echo, q.ws);
    fl_yield();
    fl_websocket_close(q.ws, 1000, "");              /* the same while another fiber reads */
    fl_join(reader);
    expect_end(q.ws, 1006, "", 1000);
}

typedef struct code { int code; const char *reason; bool good; } code;

static void check_code(const void *data)
{
    const code *c = data;
    pair p = server_pair(&(fl_websocket_options){ .close_timeout = FL_MILLISECONDS(1) });

    fl_label("%d '%s'", c->code, c->reason);
    fl_expect_equal(fl_websocket_try_close(p.ws, c->code, fl_str_of(c->reason)), c->good ? 0 : -EINVAL);
    fl_expect_equal(fl_websocket_ending(p.ws)->sent, c->good ? c->code : 0);
}

#define TEN "0123456789"
static const code codes[] = {
    { 1000, "", true },
    { 1001, "going", true },
    { 1003, "", true },
    { 1008, "", true },
    { 1011, "", true },
    { 3000, "", true },
    { 4999, "", true },
    { 0, "", false },
    { 999, "", false },
    { 1004, "", false },
    { 1005, "", false },
    { 1006, "", false },
    { 1015, "", false },
    { 2999, "", false },
    { 5000, "", false },
    { 70000, "", false },
    { -1, "", false },
    { 1000, "\xFF", false },
    { 1000, TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "012", true },
    { 1000, TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "0123", false },
};
FL_TEST(only_codes_that_may_be_sent_are_sent) { fl_table(codes, check_code); }

static void close_badly(void *ws) { fl_websocket_close(ws, 1006, ""); }

FL_TEST(an_error_says_what_may_be_said)
{
    pair p = server_pair(NULL);
    const fl_error *e = fl_expect_raises(FL_VALUE_ERROR, close_badly, p.ws);

    fl_expect_contains(e->message, "1006");
    fl_expect_contains(e->hint, "3000-4999");
}

FL_TEST(a_server_that_goes_says_so_and_does_not_wait)
{
    pair p = server_pair(NULL), q = server_pair(&(fl_websocket_options){ .close_timeout = FL_MILLISECONDS(10) });
    fl_fiber *server = fl_spawn_joinable(echo, p.ws), *other = fl_spawn_joinable(echo, q.ws);

    fl_yield();
    fl_websocket_drain(p.ws);
    fl_websocket_drain(q.ws);
    fl_websocket_drain(p.ws);                        /* once is enough */
    peer_hears(p.peer, CLOSE, fl_lit("\x03\xE9"));
    peer_says(&p, CLOSE, fl_lit("\x03\xE9"));
    peer_hears_end(p.peer);
    fl_join(server);
    fl_join(other);                                  /* its peer never answers */
    expect_end(p.ws, 1001, "", 1001);
    expect_end(q.ws, 1006, "", 1001);
}

/* -- who owns it ----------------------------------------------------------------------------------------------------------- */

typedef struct owner { int fd; const fl_error_class *raises; } owner;

static void own(void *data)
{
    static const fl_websocket_agreed agreed = { .status = 101 };
    owner *o = data;
    fl_websocket *ws = fl_websocket_open(conn_of(o->fd), (fl_str){ 0 }, &agreed, NULL);

    fl_expect(ws != NULL);
    if (o->raises != NULL)
        fl_raise_(o->raises, __FILE__, __LINE__, "on purpose");
}

static void check_owner(const fl_error_class *raises, const char *close)
{
    int fds[2];

    two_ends(fds);
    fl_conn *peer = conn_of(fds[1]);
    fl_conn_close_here(peer);
    fl_error *error = fl_protect(own, &(owner){ fds[0], raises });
    fl_expect_equal(error != NULL, raises != NULL);
    peer_hears(peer, CLOSE, fl_str_n(close, 2));
    peer_hears_end(peer);
}

FL_TEST(left_by_its_owner_it_says_1000_and_1011_if_an_error_unwinds)
{
    check_owner(NULL, "\x03\xE8");
    check_owner(&FL_VALUE_ERROR, "\x03\xF3");
    check_owner(&FL_CANCELLED, "\x03\xE9");
}

static void read_one(void *data)
{
    fl_websocket_message m;
    fl_expect(!fl_websocket_next(data, &m));
}
static void send_one(void *data)
{
    fl_expect_equal(fl_websocket_try_send(data, FL_WEBSOCKET_BYTES, repeated("y", 4 << 20)), -EPIPE);
}

FL_TEST(whoever_is_inside_when_the_owner_goes_finds_the_end)
{
    static const fl_websocket_agreed agreed = { .status = 101 };
    int fds[2];
    fl_websocket *ws;

    two_ends(fds);
    fl_expect_ok(fl_websocket_try_open(conn_of(fds[0]), (fl_str){ 0 }, &agreed, NULL, &ws));
    fl_conn_close_here(conn_of(fds[1]));
    fl_fiber *reader = fl_spawn_joinable(read_one, ws), *sender = fl_spawn_joinable(send_one, ws),
             *next = fl_spawn_joinable(send_one, ws);
    fl_sleep(FL_MILLISECONDS(2));
    fl_websocket_free(ws);
    fl_join(reader);
    fl_join(sender);
    fl_join(next);
}

FL_TEST(a_second_reader_is_told_so)
{
    pair p = server_pair(NULL);
    fl_fiber *reader = fl_spawn_joinable(read_one, p.ws);
    fl_websocket_message m;

    fl_yield();
    fl_expect_equal(fl_websocket_try_next(p.ws, &m), -EBUSY);
    fl_shutdown(p.peer);
    fl_join(reader);
}

static void read_soon(void *ws) { fl_deadline(FL_MILLISECONDS(2), read_one, ws); }

FL_TEST(a_deadline_ends_a_wait_and_the_websocket_goes_on)
{
    pair p = server_pair(NULL);
    fl_websocket_message m;

    peer_says(&p, TEXT, fl_lit("a"));
    fl_expect_error(FL_TIMEOUT, read_soon, p.ws);
    peer_says(&p, FIN | CONT, fl_lit("b"));
    fl_expect(fl_websocket_next(p.ws, &m));
    fl_expect_bytes(m.bytes, fl_lit("ab"));
    fl_fiber *reader = fl_spawn_joinable(read_one, p.ws);
    fl_yield();
    fl_cancel(reader);
    fl_expect(fl_error_is(fl_try_join(reader), FL_CANCELLED));
    peer_says(&p, FIN | TEXT, fl_lit("c"));
    fl_expect(fl_websocket_next(p.ws, &m));
}

/* -- senders --------------------------------------------------------------------------------------------------------------- */

typedef struct sending { fl_websocket *ws; char letter; size_t size; int code; bool done; } sending;

static void send_letters(void *data)
{
    sending *s = data;

    s->code = fl_websocket_try_send(s->ws, FL_WEBSOCKET_BYTES, repeated((const char[]){ s->letter, '\0' }, s->size));
    s->done = true;
}

FL_TEST(senders_wait_their_turn_and_too_many_are_refused)
{
    enum { BIG = 4 << 20, SOME = 1000 };
    pair p = server_pair(&(fl_websocket_options){ .max_queue = 2 * SOME + 10, .max_message = 1 });
    sending all[] = {
        { p.ws, 'a', BIG, 1, false }, { p.ws, 'b', SOME, 1, false }, { p.ws, 'c', SOME, 1, false }, { p.ws, 'd', SOME, 1, false }
    };
    fl_fiber *fibers[4];

    for (size_t i = 0; i < 4; i++)
        fibers[i] = fl_spawn_joinable(send_letters, &all[i]);
    until(all[3].done);
    fl_expect_equal(all[3].code, -ENOBUFS);
    fl_expect(!all[0].done && !all[1].done && !all[2].done);
    peer_hears(p.peer, FIN | BIN, repeated("a", BIG));
    peer_hears(p.peer, FIN | BIN, repeated("b", SOME));
    peer_hears(p.peer, FIN | BIN, repeated("c", SOME));
    for (size_t i = 0; i < 4; i++)
        fl_join(fibers[i]);
    for (size_t i = 0; i < 3; i++)
        fl_expect_equal(all[i].code, 0);
}

FL_TEST(a_close_waits_its_turn_however_much_waits_already)
{
    enum { BIG = 4 << 20, SOME = 1000 };
    pair p = server_pair(&(fl_websocket_options){ .max_queue = SOME });
    sending a = { p.ws, 'a', BIG, 1, false }, b = { p.ws, 'b', SOME, 1, false }, c = { p.ws, 'c', 0, 1, false };
    closing end = { p.ws, 1000, "" };
    fl_fiber *first = fl_spawn_joinable(send_letters, &a), *second = fl_spawn_joinable(send_letters, &b);

    fl_sleep(FL_MILLISECONDS(2));
    send_letters(&c);
    fl_expect_equal(c.code, -ENOBUFS);
    fl_fiber *closer = fl_spawn_joinable(close_it, &end);
    peer_hears(p.peer, FIN | BIN, repeated("a", BIG));
    peer_hears(p.peer, FIN | BIN, repeated("b", SOME));
    peer_hears(p.peer, CLOSE, fl_lit("\x03\xE8"));
    peer_says(&p, CLOSE, fl_lit("\x03\xE8"));
    fl_join(first);
    fl_join(second);
    fl_join(closer);
    expect_end(p.ws, 1000, "", 1000);
}

FL_TEST(a_peer_that_is_busy_taking_what_is_sent_is_not_asked)
{
    enum { BIG = 4 << 20 };
    pair p = server_pair(&(fl_websocket_options){ .ping_every = FL_MILLISECONDS(2) });
    sending s = { p.ws, 'a', BIG, 1, false };
    fl_fiber *sender = fl_spawn_joinable(send_letters, &s), *server = fl_spawn_joinable(echo, p.ws);

    fl_sleep(FL_MILLISECONDS(20));
    peer_hears(p.peer, FIN | BIN, repeated("a", BIG));
    peer_hears(p.peer, PING, fl_lit(""));            /* now that it may be heard */
    fl_join(sender);
    fl_cancel(server);
    fl_expect(fl_error_is(fl_try_join(server), FL_CANCELLED));
}

FL_TEST(a_ping_that_comes_while_another_fiber_sends_is_answered_behind_that)
{
    enum { BIG = 4 << 20 };
    pair p = server_pair(NULL);
    sending s = { p.ws, 'a', BIG, 1, false };
    fl_fiber *sender = fl_spawn_joinable(send_letters, &s), *server = fl_spawn_joinable(echo, p.ws);

    peer_says(&p, PING, fl_lit("one"));
    peer_says(&p, PING, fl_lit("two"));              /* the one before need not be answered any more */
    fl_sleep(FL_MILLISECONDS(2));
    peer_hears(p.peer, FIN | BIN, repeated("a", BIG));
    peer_hears(p.peer, PONG, fl_lit("two"));
    fl_join(sender);
    fl_websocket_drain(p.ws);
    peer_hears(p.peer, CLOSE, fl_lit("\x03\xE9"));
    peer_says(&p, CLOSE, fl_lit("\x03\xE9"));
    fl_join(server);
}

FL_TEST(going_away_while_another_fiber_sends_comes_behind_that)
{
    enum { BIG = 4 << 20 };
    pair p = server_pair(NULL);
    sending s = { p.ws, 'a', BIG, 1, false };
    fl_fiber *sender = fl_spawn_joinable(send_letters, &s), *server = fl_spawn_joinable(echo, p.ws);

    fl_sleep(FL_MILLISECONDS(2));
    fl_websocket_drain(p.ws);
    fl_expect_equal(fl_websocket_try_send(p.ws, FL_WEBSOCKET_TEXT, fl_lit("x")), -EPIPE);
    peer_hears(p.peer, FIN | BIN, repeated("a", BIG));
    peer_hears(p.peer, CLOSE, fl_lit("\x03\xE9"));
    peer_says(&p, CLOSE, fl_lit("\x03\xE9"));
    fl_join(sender);
    fl_join(server);
    fl_expect_equal(s.code, 0);
    expect_end(p.ws, 1001, "", 1001);
}

FL_TEST(a_cancelled_sender_in_the_middle_of_a_frame_ends_it)
{
    enum { BIG = 4 << 20 };
    pair p = server_pair(NULL);
    sending s = { p.ws, 'a', BIG, 1, false };
    fl_fiber *sender = fl_spawn_joinable(send_letters, &s);
    fl_websocket_message m;

    fl_sleep(FL_MILLISECONDS(2));
    fl_cancel(sender);
    fl_join(sender);
    fl_expect_equal(s.code, -ECANCELED);
    fl_expect_equal(fl_websocket_try_send(p.ws, FL_WEBSOCKET_TEXT, fl_lit("x")), -EPIPE);
    fl_expect(!fl_websocket_next(p.ws, &m));
}

static void send_bad_text(void *ws) { fl_websocket_send_text(ws, "caf\xE9"); }

FL_TEST(what_may_not_be_sent_is_refused_before_it_is)
{
    pair p = server_pair(NULL);

    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, send_bad_text, p.ws)->hint, "FL_WEBSOCKET_BYTES");
    fl_expect_equal(fl_websocket_try_send(p.ws, FL_WEBSOCKET_TEXT, fl_lit("\xC0\x80")), -EILSEQ);
    fl_expect_equal(fl_websocket_try_send(p.ws, (fl_websocket_kind)9, fl_lit("x")), -EINVAL);
    fl_expect_equal(fl_websocket_try_ping(p.ws, repeated("x", 126)), -EINVAL);
    fl_websocket_send_text(p.ws, "caf\xC3\xA9");
    peer_hears(p.peer, FIN | TEXT, fl_lit("caf\xC3\xA9"));
    fl_websocket_send_bytes(p.ws, "\xFF", 1);
    peer_hears(p.peer, FIN | BIN, fl_lit("\xFF"));
}

static void send_late(void *ws) { fl_websocket_send_text(ws, "late"); }

FL_TEST(a_send_behind_the_end_raises_with_what_ended_it)
{
    pair p = server_pair(NULL);
    fl_websocket_message m;

    fl_shutdown(p.peer);
    fl_expect(!fl_websocket_next(p.ws, &m));
    const fl_error *e = fl_expect_raises(FL_WEBSOCKET_CLOSED, send_late, p.ws);
    fl_expect_contains(e->detail, "without a close");
    fl_expect(fl_error_is(e, FL_OS_ERROR));
}

/* -- compression ----------------------------------------------------------------------------------------------------------- */

FL_TEST(long_messages_are_compressed_and_short_ones_are_not)
{
    const fl_websocket_agreed agreed = { .deflate = true, .bits_in = 15, .bits_out = 12 };
    pair p = pair_of(&agreed, &(fl_websocket_options){ .deflate_threshold = 20 }, (fl_str){ 0 });
    fl_str text = repeated("compress me ", 3000);
    fl_websocket_deflater deflater = { 0 };

    for (int i = 0; i < 2; i++) {                    /* the second one with the first one's window */
        fl_buf out = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
        fl_websocket_send(p.ws, FL_WEBSOCKET_TEXT, text);
        fl_expect_ok(fl_websocket_deflate(&deflater, 12, text, &out));
        peer_hears(p.peer, FIN | RSV1 | TEXT, fl_buf_str(&out));
    }
    fl_websocket_deflater_end(&deflater);
    fl_websocket_send_text(p.ws, "short");
    peer_hears(p.peer, FIN | TEXT, fl_lit("short"));
}
