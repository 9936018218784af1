/* A request costs no allocation: what it needs was needed before. Not with failing allocations: both ends of each connection are in one
 * process, and the client is not what is tested. */
#include <fleche/app.h>
#include <fleche/heap.h>
#include <fleche/web.h>
#include "server/raw.h"

static fl_response *hello(FL_UNUSED fl_request *request) { return fl_text_response("Hello, World!"); }
static fl_response *plain(fl_request *request, FL_UNUSED void *data) { return hello(request); }

static void ask(raw_client *client, int times, char *bytes, size_t room)
{
    static const char request[] = "GET / HTTP/1.1\r\nHost: testserver\r\nUser-Agent: a\r\nAccept: */*\r\nCookie: a=b\r\n\r\n";

    for (int i = 0; i < times; i++) {
        fl_write(client->conn, request, sizeof request - 1);
        ssize_t n = fl_try_read(client->conn, bytes, room);
        fl_expect(n > 100 && memcmp(bytes, "HTTP/1.1 200", 12) == 0);
    }
}

static size_t allocations_of_1000(fl_handler *handler)
{
    raw_server *server = raw_serve(.handler = handler);
    raw_client *client = raw_connect(server);
    char *bytes = fl_arena_alloc_text(fl_arena_here(), 4096);

    ask(client, 100, bytes, 4096);
    size_t before = fl_heap_count();
    ask(client, 1000, bytes, 4096);
    return fl_heap_count() - before;
}

FL_TEST(a_request_to_a_bare_handler_allocates_nothing, .no_torture = true)
{
    fl_expect_equal(allocations_of_1000(plain), (size_t)0);
}

FL_URLS(heap_urls, Path("", hello));
FL_SITE(heap_site, Settings(heap_settings), Urls(heap_urls));

void heap_settings(fl_settings *s)
{
    s->secret_key = "a key for tests only, of more than fifty characters, as is asked for";
    s->allowed_hosts = fl_list_of("*");
}

FL_TEST(a_request_through_a_site_allocates_nothing, .no_torture = true)
{
    fl_setup(&heap_site, NULL);
    size_t allocations = 0;
    fl_scope
        allocations = allocations_of_1000(fl_answer);
    fl_teardown();
    fl_expect_equal(allocations, (size_t)0);
}
