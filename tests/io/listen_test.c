/* Listening, accepting, connecting: addresses, queues, shortages, names. */
#include <netinet/in.h>
#include <sys/resource.h>
#include "net.h"

typedef struct { const char *address; int code; } bad_address;
static const bad_address bad[] = {
    { "", -EINVAL },
    { "8000", -EINVAL },
    { "127.0.0.1", -EINVAL },
    { "127.0.0.1:", -EINVAL },
    { "127.0.0.1:x", -EINVAL },
    { "127.0.0.1:65536", -EINVAL },
    { "127.0.0.1:-1", -EINVAL },
    { "127.0.0.1:+80", -EINVAL },
    { "127.0.0.1:80 ", -EINVAL },
    { "127.0.0.1:99999999999999999999", -EINVAL },
    { "::1:80", -EINVAL },
    { "[::1]80", -EINVAL },
    { "[]:80", -EINVAL },
    { "[127.0.0.1]:80", -EINVAL },
    { "[::1:80", -EINVAL },
    { "unix:", -EINVAL },
    { "unix:/", -EINVAL },
    { "unix:/tmp", -EADDRINUSE },
    { "unix:@", -EINVAL },
    { "unix:relative", -EINVAL },
    { "unix:/no/such/directory/socket", -ENOENT },
    { "unix:/0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678",
      -ENAMETOOLONG },
    { "198.51.100.1:0", -EADDRNOTAVAIL },            /* documentation's: nobody has it */
};

static void check_bad(const void *row)
{
    const bad_address *b = row;
    fl_listener *listener;

    fl_label("%s", b->address);
    fl_expect_equal(fl_try_listen(b->address, &(fl_listen_options){ 0 }, &listener), b->code);
}

FL_TEST(addresses_that_are_none_are_refused) { fl_table(bad, check_bad); }

static void listen_nowhere(void *data) { (void)fl_listen(data); }
static void connect_nowhere(void *data) { (void)fl_connect(data, FL_SECONDS(1)); }

FL_TEST(errors_name_the_address)
{
    char address[] = "localhost";
    fl_error *error = fl_expect_raises(FL_VALUE_ERROR, listen_nowhere, address);
    fl_expect_contains(error->message, "'localhost' is no address");
    error = fl_expect_raises(FL_VALUE_ERROR, connect_nowhere, address);
    fl_expect_contains(error->message, "'localhost' is no address");
    char closed[] = "127.0.0.1:1";
    error = fl_expect_raises(FL_OS_ERROR, connect_nowhere, closed);
    fl_expect_contains(error->message, "cannot connect to 127.0.0.1:1: ");
    fl_expect_equal(error->code, -ECONNREFUSED);
}

typedef struct { fl_listener *listener; int accepted, code; } accepting;

static void accept_and_echo(void *data)
{
    accepting *a = data;
    fl_conn *conn;
    char bytes[64];
    ssize_t n;

    for (; (a->code = fl_try_accept(a->listener, &conn)) == 0; a->accepted++) {
        while ((n = fl_try_read(conn, bytes, sizeof bytes)) > 0 && fl_try_write(conn, bytes, (size_t)n) == 0)
            ;
        fl_conn_close(conn);
    }
}

static void talk_to(const char *address)
{
    fl_conn *conn = fl_connect(address, FL_SECONDS(5));
    char bytes[4];

    fl_write(conn, "ping", 4);
    fl_expect_ok(fl_try_read_all(conn, bytes, 4));
    fl_expect_bytes(fl_str_n(bytes, 4), fl_lit("ping"));
    fl_conn_close(conn);
}

static void talk_over(const char *address, const char *connect_to)
{
    accepting a = { fl_listen(address), 0, 0 };
    fl_fiber *server = fl_spawn_joinable(accept_and_echo, &a);

    talk_to(connect_to != NULL ? fl_text("%s:%d", connect_to, fl_listener_port(a.listener)) : fl_listener_address(a.listener));
    until(a.accepted == 1);
    fl_listener_close(a.listener);
    fl_join(server);
    fl_expect_equal(a.code, -ECANCELED);
}

FL_TEST(a_server_listens_on_every_kind_of_address)
{
    talk_over("127.0.0.1:0", NULL);
    talk_over(":0", "127.0.0.1");
    talk_over("localhost:0", NULL);
    talk_over("unix:@fleche-test-abstract", NULL);
    talk_over(fl_text("unix:%s/socket", fresh_directory()), NULL);
}

FL_TEST(a_server_listens_on_version_6)
{
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    struct sockaddr_in6 at = { .sin6_family = AF_INET6, .sin6_addr = in6addr_loopback };
    bool there = fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0;

    (void)close(fd);
    if (!there)
        return;                                      /* this machine has none */
    talk_over("[::1]:0", NULL);
    talk_over(":0", "[::1]");
}

FL_TEST(a_peer_has_a_name)
{
    fl_listener *listener = fl_listen(":0");
    fl_conn *conn = fl_connect(fl_text("127.0.0.1:%d", fl_listener_port(listener)), FL_SECONDS(5)),
            *accepted = fl_accept(listener);
    struct sockaddr_in at;
    socklen_t size = sizeof at;

    fl_expect_text(fl_conn_peer(conn), fl_text("127.0.0.1:%d", fl_listener_port(listener)));
    fl_expect_equal(getsockname(fl_conn_fd(conn), (struct sockaddr *)&at, &size), 0);
    fl_expect_text(fl_conn_peer(accepted), fl_text("127.0.0.1:%d", ntohs(at.sin_port)));    /* on a socket for both versions */
    fl_conn_close(conn);
    fl_conn_close(accepted);
    fl_listener_close(listener);
}

FL_TEST(a_port_in_use_is_refused)
{
    fl_listener *listener = fl_listen("127.0.0.1:0"), *second;

    fl_expect_equal(fl_try_listen(fl_listener_address(listener), &(fl_listen_options){ 0 }, &second), -EADDRINUSE);
    fl_listener_close(listener);
}

FL_TEST(a_unix_socket_comes_and_goes_with_its_listener)
{
    const char *path = fl_text("%s/socket", fresh_directory()), *address = fl_text("unix:%s", path);
    fl_listener *listener = fl_listen(address, .unix_mode = 0600, .backlog = 1), *second;
    fl_conn *waiting[8];
    struct stat file;
    int n = 0, code;

    fl_expect_equal(stat(path, &file), 0);
    fl_expect_equal(file.st_mode & 0777, 0600u);
    fl_expect_equal(fl_try_listen(address, &(fl_listen_options){ 0 }, &second), -EADDRINUSE);
    while (n < 8 && (code = fl_try_connect(address, FL_MILLISECONDS(10), &waiting[n])) == 0)
        n++;
    fl_expect_equal(code, -ETIMEDOUT);               /* its queue is full: it lives all the same */
    fl_expect_equal(fl_try_listen(address, &(fl_listen_options){ 0 }, &second), -EADDRINUSE);
    while (n > 0)
        fl_conn_close(waiting[--n]);
    fl_listener_close(listener);
    fl_expect(stat(path, &file) != 0);
}

FL_TEST(a_stale_unix_socket_is_replaced_and_nothing_else)
{
    const char *directory = fresh_directory(), *path = fl_text("%s/socket", directory), *address = fl_text("unix:%s", path);
    fl_listener *old = fl_listen(address), *listener;
    struct stat file;

    fl_expect_equal(rename(path, fl_text("%s/moved", directory)), 0);
    fl_listener *heir = fl_listen(address);
    fl_listener_close(old);                          /* the file is another's now */
    fl_expect_equal(stat(path, &file), 0);
    fl_expect_equal(rename(fl_text("%s/moved", directory), path), 0);        /* nobody listens on this one */
    fl_listener_close(heir);
    listener = fl_listen(address);
    fl_listener_close(listener);
    fl_file_write(path, fl_lit("a file"));
    fl_expect_equal(fl_try_listen(address, &(fl_listen_options){ 0 }, &listener), -EADDRINUSE);
    fl_expect_equal(stat(path, &file), 0);
}

FL_TEST(connecting_ends_when_its_time_is_up)
{
    fl_listener *full = fl_listen("127.0.0.1:0", .backlog = 1);
    fl_conn *conns[8] = { 0 };
    size_t n = 0;
    int code = 0;

    for (; n < 8 && code == 0; n++)                  /* the kernel takes a few beyond the backlog */
        code = fl_try_connect(fl_listener_address(full), FL_MILLISECONDS(50), &conns[n]);
    fl_expect_equal(code, -ETIMEDOUT);
    for (size_t i = 0; i + 1 < n; i++)
        fl_conn_close(conns[i]);
    fl_listener_close(full);
}

typedef struct { const char *address; int code; } connecting;

static void try_connect(void *data)
{
    connecting *c = data;
    fl_conn *conns[8];

    for (int i = 0; i < 8 && (c->code = fl_try_connect(c->address, FL_FOREVER, &conns[i])) == 0; i++)
        fl_conn_close_here(conns[i]);
}

FL_TEST(connecting_and_accepting_can_be_cancelled)
{
    fl_listener *full = fl_listen("127.0.0.1:0", .backlog = 1);
    connecting c = { fl_listener_address(full), 1 };
    accepting a = { fl_listen("127.0.0.1:0"), 0, 0 };
    fl_fiber *connector = fl_spawn_joinable(try_connect, &c), *acceptor = fl_spawn_joinable(accept_and_echo, &a);

    fl_sleep(FL_MILLISECONDS(5));
    fl_cancel(connector);
    fl_cancel(acceptor);
    fl_join(connector);
    fl_join(acceptor);
    fl_expect_equal(c.code, -ECANCELED);
    fl_expect_equal(a.code, -ECANCELED);
    fl_expect_equal(a.accepted, 0);
    talk_over("127.0.0.1:0", NULL);
    fl_listener_close(a.listener);
    fl_listener_close(full);
}

FL_TEST(a_stopped_listener_accepts_nobody_and_refuses_nobody)
{
    accepting a = { fl_listen("127.0.0.1:0"), 0, 0 };
    fl_fiber *acceptor = fl_spawn_joinable(accept_and_echo, &a);
    fl_conn *conn;

    fl_yield();
    fl_listener_stop(a.listener);
    fl_join(acceptor);
    fl_expect_equal(a.code, -ECANCELED);
    conn = fl_connect(fl_listener_address(a.listener), FL_SECONDS(1));
    fl_expect_equal(fl_try_accept(a.listener, &conn), -ECANCELED);
    fl_conn_close(conn);
    fl_listener_close(a.listener);
}

/* -- shortages ------------------------------------------------------------------------------------------------------------------- */

static void talk(void *address) { talk_to(address); }

FL_TEST(out_of_descriptors_nobody_is_lost)
{
    enum { CLIENTS = 6 };
    accepting a = { fl_listen("127.0.0.1:0"), 0, 0 };
    fl_fiber *server = fl_spawn_joinable(accept_and_echo, &a), *clients[CLIENTS];
    fl_conn *conns[CLIENTS];
    struct rlimit before, tight;

    for (int i = 0; i < CLIENTS; i++)
        conns[i] = fl_connect(fl_listener_address(a.listener), FL_SECONDS(1));
    fl_expect_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    tight = (struct rlimit){ 0, before.rlim_max };
    fl_expect_equal(setrlimit(RLIMIT_NOFILE, &tight), 0);
    for (int i = 0; i < CLIENTS; i++)
        fl_conn_close(conns[i]);
    fl_sleep(FL_MILLISECONDS(20));
    fl_expect_equal(a.code, 0);
    fl_expect(a.accepted <= 1);
    fl_expect_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    until(a.accepted == CLIENTS);
    for (int i = 0; i < CLIENTS; i++)
        clients[i] = fl_spawn_joinable(talk, (void *)(uintptr_t)fl_listener_address(a.listener));
    for (int i = 0; i < CLIENTS; i++)
        fl_join(clients[i]);
    until(a.accepted == 2 * CLIENTS);
    fl_listener_close(a.listener);
    fl_join(server);
}

FL_TEST(a_listener_may_close_while_it_pauses)
{
    accepting a = { fl_listen("127.0.0.1:0"), 0, 0 };
    fl_conn *conn = fl_connect(fl_listener_address(a.listener), FL_SECONDS(1));
    struct rlimit before;

    fl_expect_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    fl_expect_equal(setrlimit(RLIMIT_NOFILE, &(struct rlimit){ 0, before.rlim_max }), 0);
    fl_fiber *server = fl_spawn_joinable(accept_and_echo, &a);
    fl_sleep(FL_MILLISECONDS(2));
    fl_listener_close(a.listener);
    fl_join(server);
    fl_expect_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    fl_expect_equal(a.code, -ECANCELED);
    fl_conn_close(conn);
}

typedef struct { const char *address; int times; } aborting;

static void connect_and_abort(void *data)
{
    const aborting *a = data;

    for (int i = 0; i < a->times; i++) {
        fl_conn *conn = fl_connect(a->address, FL_SECONDS(10));
        if (i % 2 == 0)
            fl_write(conn, "x", 1);
        reset(conn);
    }
}

static void serve_until_reset(void *conn)
{
    char bytes[16];

    while (fl_try_read(conn, bytes, sizeof bytes) > 0)
        ;
    fl_conn_close(conn);
}

static void accept_all(void *data)
{
    accepting *a = data;
    fl_conn *conn;

    for (; (a->code = fl_try_accept(a->listener, &conn)) == 0; a->accepted++)
        fl_spawn(serve_until_reset, conn);
}

FL_TEST(ten_thousand_aborts_leave_nothing_behind)
{
    enum { FIBERS = 20, TIMES = 500 };
    int files = open_files();
    accepting a = { fl_listen("127.0.0.1:0"), 0, 0 };
    fl_fiber *server = fl_spawn_joinable(accept_all, &a);
    aborting aborts[FIBERS];

    for (int i = 0; i < FIBERS; i++)
        aborts[i] = (aborting){ fl_listener_address(a.listener), TIMES };
    fl_gather_each(aborts, FIBERS, 0, connect_and_abort);
    until(a.accepted == FIBERS * TIMES && fl_loop_now().fibers == 2);
    fl_listener_close(a.listener);
    fl_join(server);
    fl_expect_equal(open_files(), files);
}

/* -- names ----------------------------------------------------------------------------------------------------------------------- */

FL_TEST(names_become_addresses)
{
    const char *found[8];
    size_t n;

    fl_expect_ok(fl_try_resolve("127.0.0.1", found, 8, &n));
    fl_expect_equal(n, 1u);
    fl_expect_text(found[0], "127.0.0.1");
    fl_expect_ok(fl_try_resolve("localhost", found, 8, &n));
    fl_expect(n >= 1 && (fl_text_is(found[0], "127.0.0.1") || fl_text_is(found[0], "::1")));
    fl_expect_equal(fl_try_resolve("", found, 8, &n), -EINVAL);
    int code = fl_try_resolve("no such host", found, 8, &n);
    fl_expect(code < 0);
    fl_expect(strlen(fl_code_text(code)) > 0);
}

static void resolve_cancelled(void *ret)
{
    const char *found[8];
    size_t n;

    *(int *)ret = fl_try_sleep(FL_HOURS(1));
    if (*(int *)ret == -ECANCELED)
        *(int *)ret = fl_try_resolve("nobody.invalid", found, 8, &n);
}

FL_TEST(a_cancelled_fiber_asks_for_no_names)
{
    int code = 1;
    fl_fiber *fiber = fl_spawn_joinable(resolve_cancelled, &code);

    fl_yield();
    fl_cancel(fiber);
    fl_join(fiber);
    fl_expect_equal(code, -ECANCELED);
}
