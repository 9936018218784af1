/* Without memory: every allocation of a whole conversation fails once, and nothing is lost. */
#include <fleche/child.h>
#include <fleche/offload.h>
#include "net.h"

static void echo_once(void *data)
{
    fl_listener *listener = data;
    fl_conn *conn = fl_accept(listener);
    char bytes[8];

    fl_conn_close_here(conn);
    fl_conn_timeouts(conn, FL_SECONDS(5), FL_SECONDS(5));
    fl_write(conn, bytes, fl_read(conn, bytes, sizeof bytes));
}

static void close_listener(void *listener) { fl_listener_close(listener); }

static void converse(void *data)
{
    fl_listener *listener = fl_listen("127.0.0.1:0");
    char bytes[8];

    (void)data;
    fl_defer(close_listener, listener);
    fl_fiber *server = fl_crew_go(fl_crew_open(), echo_once, listener);
    (void)server;
    fl_conn *conn = fl_connect(fl_listener_address(listener), FL_SECONDS(5));
    fl_conn_close_here(conn);
    fl_conn_timeouts(conn, FL_SECONDS(5), FL_SECONDS(5));
    fl_write(conn, "ping", 4);
    fl_read_all(conn, bytes, 4);
}

static void listen_on_file(void *path) { fl_listener_close(fl_listen(path)); }

static void run_child(void *data)
{
    (void)data;
    fl_output out = fl_child_run(FL_STRINGS("cat"), .input = fl_lit("text"), .timeout = FL_SECONDS(10));
    fl_expect_bytes(out.text, fl_lit("text"));
}

static void nothing(void *data) { (void)data; }
static void offload(void *data) { fl_offload(nothing, data); }
static void resolve(void *data)
{
    const char *found[4];
    size_t n;
    int code = fl_try_resolve("localhost", found, 4, &n);

    (void)data;
    if (code != 0)
        fl_raise_code(code, "to resolve");
}

static void write_and_read(void *path)
{
    fl_file_write(path, fl_lit("text"));
    fl_expect_bytes(fl_file_read(path, 100), fl_lit("text"));
}

/* Whether it went well with its nth allocation failing, and whether there was an nth. Its arena is a fresh one, so that its chunks are
 * allocations that can fail too. */
static bool try_failing(void (*run)(void *data), void *data, size_t nth, bool *ret_touched)
{
    fl_arena *arena = fl_arena_new("try", FL_NO_LIMIT), *before = fl_arena_set_here(arena);

    fl_heap_fail(nth, false);
    fl_error *error = fl_protect(run, data);
    *ret_touched = fl_heap_failed();
    fl_heap_fail(0, false);
    bool well = error == NULL, late = fl_error_is(error, FL_TIMEOUT);
    (void)fl_arena_set_here(before);
    fl_arena_free(arena);
    fl_expect(!late);
    return well;
}

static void fail_each(void (*run)(void *data), void *data)
{
    enum { MOST = 500 };
    bool touched = true;

    fl_expect(try_failing(run, data, 0, &touched));
    int files = open_files();
    size_t fibers = fl_loop_now().fibers, arenas = fl_arena_live();
    touched = true;
    for (size_t nth = 1; touched; nth++) {
        bool well = try_failing(run, data, nth, &touched);
        fl_expect(touched || well);
        until(fl_loop_now().fibers == fibers);
        fl_expect_equal(open_files(), files);
        fl_expect_equal(fl_arena_live(), arenas);
        fl_expect_equal(fl_loop_now().timers, 0u);
        fl_expect(nth < MOST);
    }
}

FL_TEST(a_conversation_without_memory_loses_nothing, .no_torture = true) { fail_each(converse, NULL); }
FL_TEST(a_child_without_memory_loses_nothing, .no_torture = true) { fail_each(run_child, NULL); }
FL_TEST(an_offload_without_memory_loses_nothing, .no_torture = true) { fail_each(offload, NULL); }
FL_TEST(a_name_without_memory_loses_nothing, .no_torture = true) { fail_each(resolve, NULL); }

FL_TEST(files_without_memory_lose_nothing, .no_torture = true)
{
    const char *directory = fresh_directory();
    char *path = fl_text("%s/file", directory), *address = fl_text("unix:%s/socket", directory);

    fail_each(write_and_read, path);
    fail_each(listen_on_file, address);
    fl_expect_equal(unlink(path), 0);
    fl_expect_equal(rmdir(directory), 0);            /* no file of a half-made listener or write is left */
}

static void take_note(void *data) { ++*(int *)data; }

typedef struct { fl_fiber *fibers[200]; size_t count; } hoard;
static void hoard_one(void *data)
{
    hoard *h = data;
    fl_fiber *one = fl_spawn_joinable(nothing, NULL);
    h->fibers[h->count++] = one;
}

FL_TEST(a_parked_connection_waits_for_memory, .no_torture = true)
{
    ends e = unix_ends();
    hoard stacks = { .count = 0 };
    volatile int runs = 0;

    fl_conn_close_here(e.b);
    fl_conn_park(e.a, take_note, (void *)&runs);
    fl_sleep(FL_MILLISECONDS(1));                    /* the loop has room for timers now */
    fl_heap_fail(1, true);
    while (stacks.count < FL_LENGTH(stacks.fibers) && fl_protect(hoard_one, &stacks) == NULL)
        ;                                            /* every stack at hand */
    fl_write(e.b, "x", 1);
    fl_sleep(FL_MILLISECONDS(25));
    fl_heap_fail(0, false);
    fl_expect_equal(runs, 0);
    while (stacks.count > 0)
        fl_join(stacks.fibers[--stacks.count]);
    until(runs == 1);
}
