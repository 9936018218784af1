/* What a WebSocket holds while nothing comes: the fiber, the connection, the machines of compression, all in all. */
#include "pair.h"
#include <stdlib.h>
#include <unistd.h>

enum { MANY = 200, MOST_EACH = 20 << 10 };

typedef struct crowd {
    int peers[MANY], ours[MANY];
    fl_fiber *fibers[MANY];
    const fl_websocket_agreed *agreed;
    size_t ready;
} crowd;
typedef struct member { crowd *crowd; int fd; } member;

static size_t resident(void)
{
    char text[128] = "";
    unsigned long long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    fl_str rest, part;

    fl_expect(file != NULL);
    fl_expect(fgets(text, sizeof text, file) != NULL);
    (void)fclose(file);
    rest = fl_str_of(text);
    fl_expect(fl_str_cut(&rest, ' ', &part) && fl_str_cut(&rest, ' ', &part) && fl_str_uint(part, &pages));
    return (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void serve(void *data)
{
    const member *m = data;
    fl_websocket *ws = fl_websocket_open(conn_of(m->fd), (fl_str){ 0 }, m->crowd->agreed, NULL);
    fl_websocket_message message;

    while (fl_websocket_next(ws, &message)) {
        fl_websocket_send(ws, message.kind, message.bytes);
        m->crowd->ready++;
    }
}

/* Each has echoed a message of 3000 bytes, compressed where that was agreed, and now waits. Blocking descriptors at the other end
 * take no memory of this process. */
static size_t each_holds(const fl_websocket_agreed *agreed)
{
    crowd *c = fl_alloc(sizeof *c);
    member *members = fl_alloc(MANY * sizeof *members);
    fl_websocket_deflater deflater = { 0 };
    fl_buf payload = fl_buf_in(fl_arena_here(), 10000);
    char room[8192];

    fl_expect_ok(fl_websocket_deflate(&deflater, 12, repeated("idle hands ", 3000), &payload));
    fl_websocket_deflater_end(&deflater);
    fl_str frame = agreed->deflate ? frame_of(FIN | RSV1 | TEXT, true, fl_buf_str(&payload))
                                   : frame_of(FIN | TEXT, true, repeated("idle hands ", 3000));
    c->agreed = agreed;
    for (size_t i = 0; i < MANY; i++) {
        int fds[2];
        two_ends(fds);
        c->ours[i] = fds[0];
        c->peers[i] = closed_later(fds[1]);
        members[i] = (member){ c, fds[0] };
    }
    size_t before = resident();
    for (size_t i = 0; i < MANY; i++)
        c->fibers[i] = fl_spawn_joinable(serve, &members[i]);
    for (size_t i = 0; i < MANY; i++)
        fl_expect_equal(write(c->peers[i], frame.data, frame.size), (ssize_t)frame.size);
    until(c->ready == MANY);
    fl_sleep(FL_MILLISECONDS(1));
    size_t after = resident();
    for (size_t i = 0; i < MANY; i++) {
        fl_expect(read(c->peers[i], room, sizeof room) > 0);
        fl_expect_ok(shutdown(c->peers[i], SHUT_WR));
        fl_join(c->fibers[i]);
    }
    return after <= before ? 0 : (after - before) / MANY;
}

static bool is_measured(void) { return FL_ASAN == 0 && FL_TSAN == 0 && getenv("VALGRIND_OPTS") == NULL; }

FL_TEST(an_idle_websocket_holds_20_KiB_at_most, .no_torture = true /* it counts memory */)
{
    static const fl_websocket_agreed plain = { .status = 101 };
    size_t each = each_holds(&plain);

    printf("%zu bytes each\n", each);
    fl_expect(!is_measured() || each <= MOST_EACH);
}

FL_TEST(an_idle_websocket_that_compresses_without_context_holds_no_more, .no_torture = true /* it counts memory */)
{
    static const fl_websocket_agreed fresh = {
        .deflate = true, .bits_in = 15, .bits_out = 12, .fresh_in = true, .fresh_out = true
    };
    size_t each = each_holds(&fresh);

    printf("%zu bytes each\n", each);
    fl_expect(!is_measured() || each <= MOST_EACH);
}

FL_TEST(with_context_the_windows_stay_and_are_bounded, .no_torture = true /* it counts memory */)
{
    static const fl_websocket_agreed kept = { .deflate = true, .bits_in = 12, .bits_out = 12 };
    size_t each = each_holds(&kept);

    printf("%zu bytes each\n", each);
    fl_expect(!is_measured() || each <= MOST_EACH + (64 << 10));
}

/* -- none left ------------------------------------------------------------------------------------------------------------- */

/* 0: it was read in spite of what failed; else the close code, or -ENOMEM for none to begin with. */
static int read_without(size_t nth, fl_str wire)
{
    static const fl_websocket_agreed agreed = { .deflate = true, .bits_in = 15, .bits_out = 12 };
    fl_websocket_options options = fl_websocket_filled(NULL);
    fl_websocket_engine engine;
    fl_engine_event event = FL_ENGINE_MORE;

    fl_heap_fail(nth, false);
    int code = fl_websocket_engine_init(&engine, &agreed, &options);
    if (code == 0) {
        fl_websocket_engine_feed(&engine, wire);
        event = fl_websocket_engine_next(&engine);
    }
    int closed = engine.code;
    fl_websocket_engine_end(&engine);
    fl_heap_fail(0, false);
    return code != 0 ? code : event == FL_ENGINE_MESSAGE ? 0 : closed;
}

FL_TEST(memory_that_runs_out_ends_in_1011, .no_torture = true /* it fails allocations itself */)
{
    fl_str packed = fl_str_n("\xF2\x48\xCD\xC9\xC9\x07\x00", 7);
    fl_buf wire = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    int refused = 0;

    put_frame(&wire, RSV1 | TEXT, true, fl_str_slice(packed, 0, 3));
    put_frame(&wire, FIN | CONT, true, fl_str_slice(packed, 3, 4));
    fl_expect_equal(read_without(1, fl_buf_str(&wire)), -ENOMEM);
    for (size_t nth = 2; nth < 10; nth++) {
        int code = read_without(nth, fl_buf_str(&wire));
        fl_expect(code == 0 || code == 1011);
        refused += code != 0;
    }
    fl_expect(refused >= 3);                         /* the machine, its state, its window, the message */
}

FL_TEST(a_message_that_cannot_be_compressed_for_want_of_memory_ends_it_where_a_window_is_kept, .no_torture = true)
{
    static const fl_websocket_agreed kept = { .deflate = true, .bits_in = 12, .bits_out = 12 };
    static const fl_websocket_agreed fresh = { .deflate = true, .bits_in = 12, .bits_out = 12, .fresh_out = true };

    for (int i = 0; i < 2; i++) {
        pair p = pair_of(i == 0 ? &kept : &fresh, NULL, (fl_str){ 0 });
        fl_str text = repeated("again ", 1000);
        fl_heap_fail(1, false);
        int code = fl_websocket_try_send(p.ws, FL_WEBSOCKET_TEXT, text);
        fl_heap_fail(0, false);
        fl_expect_equal(code, -ENOMEM);
        fl_expect_equal(fl_websocket_try_send(p.ws, FL_WEBSOCKET_TEXT, text), i == 0 ? -EPIPE : 0);
    }
}
