/* A static file of 100 KB: what its answer costs without a connection, and over one, by the server and by a bare loop that reads a
 * request and calls sendfile(). */
#include <fcntl.h>
#include <fleche/app.h>
#include <fleche/bench.h>
#include <fleche/fiber.h>
#include <fleche/io.h>
#include <fleche/server.h>
#include <fleche/staticfiles.h>
#include <stdlib.h>
#include <unistd.h>

enum { SIZE = 100000 };
static const char asking[] = "GET /static/file.bin HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, br\r\n\r\n";
static char directory[] = "/tmp/fleche-bench-static-XXXXXX";

static fl_response *home(fl_request *request)
{
    (void)request;
    return fl_text_response("home");
}
FL_URLS(static_bench_urls, Path("", home));

fl_configure static_bench_settings;
void static_bench_settings(fl_settings *s)
{
    s->static_url = "/static/";
    s->static_root = directory;
    s->allowed_hosts = fl_list_of("*");
    fl_use_middleware(s, fl_staticfiles);
}
FL_SITE(static_bench, Settings(static_bench_settings), Urls(static_bench_urls));

static const char *begin(void)
{
    char *bytes = fl_alloc(SIZE);

    memcpy(directory + sizeof directory - 7, "XXXXXX", 6);
    if (mkdtemp(directory) == NULL)
        abort();
    const char *path = fl_text("%s/file.bin", directory);
    fl_file_write(path, fl_str_n(bytes, SIZE));
    return path;
}

static void end(const char *path)
{
    (void)unlink(path);
    (void)rmdir(directory);
}

/* Asks n times and reads all that comes; the head of an answer is as long each time. */
static void ask(const char *address, size_t n)
{
    static char bytes[1 << 17];
    fl_conn *conn = fl_connect(address, FL_SECONDS(5));

    for (size_t i = 0; i < n; i++) {
        size_t got = 0, head = 0;
        fl_write(conn, asking, sizeof asking - 1);
        while (head == 0 || got < head + SIZE) {
            size_t at;
            size_t part = fl_read(conn, bytes + got, sizeof bytes - got);
            if (part == 0)
                abort();
            got += part;
            if (head == 0 && fl_str_find(fl_str_n(bytes, got), fl_lit("\r\n\r\n"), &at))
                head = at + 4;
        }
    }
    fl_conn_close(conn);
}

static void ask_the_server(void *data)
{
    const size_t n = *(size_t *)data;
    const char *path = begin();

    fl_setup(&static_bench, NULL);
    fl_server *server = fl_server_new(.handler = fl_answer);
    fl_listener *listener = fl_listen("127.0.0.1:0");
    const char *address = fl_text("%s", fl_listener_address(listener));
    fl_server_listen(server, listener);
    ask(address, n);
    fl_server_close(server, FL_SECONDS(1));
    fl_teardown();
    end(path);
}

typedef struct bare {
    fl_listener *listener;
    int fd;
} bare;

static void answer_barely(void *data)
{
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
    bare *it = data;
    fl_conn *conn = fl_accept(it->listener);
    char bytes[1024];

    while (fl_read(conn, bytes, sizeof bytes) > 0) {
        fl_write(conn, head, sizeof head - 1);
        fl_sendfile(conn, it->fd, 0, SIZE);
    }
    fl_conn_close(conn);
}

static void ask_a_bare_loop(void *data)
{
    const size_t n = *(size_t *)data;
    const char *path = begin();
    bare it = { fl_listen("127.0.0.1:0"), open(path, O_RDONLY | O_CLOEXEC) };
    fl_fiber *fiber = fl_spawn_joinable(answer_barely, &it);

    ask(fl_listener_address(it.listener), n);
    fl_join(fiber);
    fl_listener_close(it.listener);
    (void)close(it.fd);
    end(path);
}

static void by_the_server(size_t n) { (void)fl_run(ask_the_server, &n); }
static void by_a_bare_loop(size_t n) { (void)fl_run(ask_a_bare_loop, &n); }
FL_BENCH_PAIR(static_file_100k, by_the_server, by_a_bare_loop, .unit = "file of 100 KB", .fixed = 20000, .rounds = 3);

static void answer(void *data)
{
    const size_t n = *(size_t *)data;
    const char *path = begin();

    fl_setup(&static_bench, NULL);
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_request *request = fl_request_new("GET", "/static/file.bin");
            request->host = "localhost";
            fl_bench_use(fl_answer(request, NULL));
        }
    fl_teardown();
    end(path);
}

FL_BENCH(static_answer, .unit = "answer", .fixed = 100000) { (void)fl_run(answer, &n); }
